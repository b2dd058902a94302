"""What is not change: another sun, another position, another sensor. Each function does one of them to one patch.

Image angles: x to the right, y down. A sun is (unit vector towards the sun in the image, tangent of incidence).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need
from .fields import Array, blur, grid, sample, smooth_field, smoothstep

#: The luminance table of JPEG (ITU-T T.81, annex K.1), at quality 50.
JPEG_TABLE = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ],
    np.float32,
)


@lru_cache(maxsize=8)
def _wave_numbers(n: int) -> tuple[Array, Array, Array]:
    """(ky, kx, k^2) of an n x n real transform, radians a pixel."""
    ky = (2 * math.pi * np.fft.fftfreq(n, 1.0)).astype(np.float32)[:, None]
    kx = (2 * math.pi * np.fft.rfftfreq(n, 1.0)).astype(np.float32)[None, :]
    k2: Array = (ky * ky + kx * kx).astype(np.float32)
    return ky, kx, k2


@lru_cache(maxsize=8)
def _taper(n: int, margin: int) -> Array:
    """A window that falls to 0 over the outer margin, so that the transform's wrap-around stays out of the patch."""
    ramp = np.ones(n, np.float32)
    edge = (0.5 - 0.5 * np.cos(np.pi * (np.arange(margin) + 0.5) / margin)).astype(np.float32)
    ramp[:margin], ramp[-margin:] = edge, edge[::-1]
    return np.outer(ramp, ramp)


class Relief:
    """A pseudo-height of a patch, by linear shape from shading, with fine invented texture added.

    Pentland (1990, Int. J. Computer Vision 4, 153-162): for gentle slopes brightness is nearly linear in the slope
    towards the sun, b = -s . grad h, so that H = B i(k.s) / (k.s)^2 in the Fourier domain. What varies only across the
    sun's direction leaves no shading and is unknown: a damping term keeps it out. Albedo is mistaken for slope: a
    proxy, good enough to move shading as relief would, not a height.
    """

    def __init__(
        self, rng: np.random.Generator, contrast: Array, sun: NDArray, margin: int, texture: float, slope: float
    ) -> None:
        """``contrast``: brightness about its mean, as a fraction; ``texture``: RMS of the invented fine shading."""
        fft = need("scipy.fft")
        n = contrast.shape[0]
        self.n, self._fft, self.sun = n, fft, sun
        ky, kx, k2 = _wave_numbers(n)
        along = kx * sun[0] + ky * sun[1]
        low = (2 * math.pi / (1.5 * n)) ** 2
        spectrum = fft.rfft2((contrast - contrast.mean()) * _taper(n, margin))
        self.height = spectrum * (1j * along) / (along * along + 0.12 * k2 + low)
        self.fine = None
        if texture > 0:
            noise = rng.standard_normal((2, *k2.shape), dtype=np.float32)
            # Shading has the spectrum of slope: k^(1 - slope); beyond the pixel scale it is cut by the optics.
            amplitude = (k2 + (2 * math.pi / 40) ** 2) ** (-0.5 * slope) * np.exp(-0.08 * k2)
            fine = (noise[0] + 1j * noise[1]) * amplitude
            rms = float(np.sqrt(2 * np.mean(np.abs(along * fine) ** 2)) / n) + 1e-12
            self.fine = fine * np.float32(texture / rms)

    def _back(self, spectrum: NDArray) -> Array:
        return self._fft.irfft2(spectrum, s=(self.n, self.n)).astype(np.float32)

    def texture(self) -> Array:
        """Shading of the invented texture under the patch's own sun."""
        if self.fine is None:
            return np.zeros((self.n, self.n), np.float32)
        ky, kx, _ = _wave_numbers(self.n)
        return self._back(-1j * (kx * self.sun[0] + ky * self.sun[1]) * self.fine)

    def moved_sun(self, sun: NDArray, gain: float, share: float) -> Array:
        """What to add to the patch's contrast so that it looks lit from ``sun``, slopes ``gain`` times as strong.

        ``share`` 0..1 is how much of the patch's own contrast is taken for relief; the texture is relief wholly.
        """
        ky, kx, _ = _wave_numbers(self.n)
        first = kx * self.sun[0] + ky * self.sun[1]
        second = kx * np.float32(sun[0] * gain) + ky * np.float32(sun[1] * gain)
        whole = self.height * np.float32(share)
        if self.fine is not None:
            whole = whole + self.fine
        return self._back(-1j * (second - first) * whole)

    def smooth_height(self, sigma: float) -> Array:
        """The pseudo-height smoothed by ``sigma`` px, scaled to zero mean and unit deviation."""
        _, _, k2 = _wave_numbers(self.n)
        height = self._back(self.height * np.exp(-0.5 * sigma * sigma * k2))
        return (height - height.mean()) / (height.std() + 1e-9)


def moved_shadows(image: Array, sun: NDArray, length: float, share: float) -> Array:
    """Shadows drawn out by ``length`` px away from the sun: the darkest ``share`` of the image, shifted and minned."""
    ndimage = need("scipy.ndimage")
    threshold = float(np.quantile(image[::4, ::4], share))
    dark = np.where(image < threshold, image, np.float32(image.max()))
    steps = max(math.ceil(length), 1)
    result = image
    for k in range(1, steps + 1):
        far = length * k / steps
        moved = ndimage.shift(dark, (-sun[1] * far, -sun[0] * far), order=1, mode="nearest")
        result = np.minimum(result, moved)
    return result


def displacement(
    rng: np.random.Generator, n: int, height: Array, warp: float, parallax: float, shift: float, angle: float
) -> tuple[Array, Array]:
    """(dy, dx) in px of one date against the other: shift, rotation, a smooth warp, parallax along one axis.

    ``warp`` is the RMS of the smooth part, ``parallax`` the displacement for one deviation of height.
    """
    rows, columns = grid(n, n)
    cells = int(rng.integers(1, 7))
    bearing = rng.uniform(0, 2 * math.pi)
    dy = smooth_field(rng, (n, n), cells) * np.float32(0.7 * warp) + np.float32(shift * math.sin(bearing))
    dx = smooth_field(rng, (n, n), cells) * np.float32(0.7 * warp) + np.float32(shift * math.cos(bearing))
    if angle:
        dy = dy + np.float32(angle) * (columns - n / 2)
        dx = dx - np.float32(angle) * (rows - n / 2)
    if rng.random() < 0.1:
        # Jitter: whole lines move together, a few pixels of period to tens.
        period = rng.uniform(12, 80)
        amplitude = rng.uniform(0.1, 0.8) * max(warp, 0.2)
        wave = amplitude * np.sin(2 * math.pi * rows / period + rng.uniform(0, 6.28))
        dx, dy = dx + wave, dy + 0.5 * wave
    if parallax:
        # Stereo: mostly across the track, that is along x.
        lean = rng.normal(0, 0.15)
        dx = dx + np.float32(parallax) * height
        dy = dy + np.float32(parallax * lean) * height
    return dy.astype(np.float32), dx.astype(np.float32)


def seam(rng: np.random.Generator, n: int, step_px: float) -> tuple[Array, float, Array]:
    """A CCD seam: (mask of its far side, gain step of that side, displacement in y (n, n) of that side)."""
    rows, columns = grid(n, n)
    x = rng.uniform(0.1, 0.9) * n + rng.normal(0, 0.03) * (rows - n / 2)
    side = (columns > x).astype(np.float32)
    return side, float(rng.normal(0, 0.012)), side * np.float32(step_px)


def resampled(image: Array, factor: float) -> Array:
    """As seen at ``factor`` (< 1) of the resolution, on the same grid."""
    n = image.shape[0]
    small = max(round(n * factor), 8)
    low = blur(image, 0.45 * (n / small))
    positions = (np.arange(small, dtype=np.float32) + 0.5) * (n / small) - 0.5
    y, x = np.meshgrid(positions, positions, indexing="ij")
    coarse = sample(low, y, x, order=1)
    back = (np.arange(n, dtype=np.float32) + 0.5) * (small / n) - 0.5
    y, x = np.meshgrid(back, back, indexing="ij")
    return sample(coarse, y, x, order=1)


def sensor_noise(rng: np.random.Generator, shape: tuple[int, int], correlation: float) -> Array:
    """Noise of unit deviation; ``correlation`` px of blur, as a later resampling leaves it."""
    noise = rng.standard_normal(shape, dtype=np.float32)
    if correlation < 0.25:
        return noise
    noise = blur(noise, correlation)
    return noise / np.float32(noise.std() + 1e-9)


def columns_pattern(rng: np.random.Generator, n: int) -> Array:
    """Column stripes of unit deviation, upright or slightly slanted as in a map-projected image, fading along y."""
    rows, columns = grid(n, n)
    stripes = rng.standard_normal(2 * n, dtype=np.float32)
    if rng.random() < 0.4:
        stripes = np.convolve(stripes, np.ones(2, np.float32) / 1.414, "same")
    slant = rng.normal(0, 0.15)
    index = np.clip(columns + slant * rows + 0.5 * n, 0, 2 * n - 1).astype(np.intp)
    return stripes[index] * (1.0 + 0.4 * smooth_field(rng, (n, n), 2))


def jpeg(image: Array, quality: float, low: float, high: float) -> Array:
    """As after JPEG at ``quality`` (5..95) of an 8-bit stretch from ``low`` to ``high``: 8x8 blocks quantised."""
    fft = need("scipy.fft")
    rows, columns = image.shape
    scale = 5000.0 / quality if quality < 50 else 200.0 - 2.0 * quality
    table = np.clip(np.round(JPEG_TABLE * (scale / 100.0)), 1, 255)
    pad = ((0, -rows % 8), (0, -columns % 8))
    levels = np.pad(np.clip(np.round((image - low) * (255.0 / (high - low))), 0, 255) - 128.0, pad, mode="edge")
    blocks = levels.reshape(levels.shape[0] // 8, 8, levels.shape[1] // 8, 8).astype(np.float32)
    spectrum = fft.dctn(blocks, axes=(1, 3), norm="ortho")
    table = table[None, :, None, :]
    spectrum = np.round(spectrum / table) * table
    back = fft.idctn(spectrum, axes=(1, 3), norm="ortho").reshape(levels.shape)[:rows, :columns]
    return (np.clip(np.round(back) + 128.0, 0, 255) * ((high - low) / 255.0) + low).astype(np.float32)


def quantised(image: Array, bits: int, low: float, high: float) -> Array:
    """Rounded to ``bits`` between ``low`` and ``high``; what lies outside is cut."""
    top = float(2**bits - 1)
    level = np.clip(np.round((image - low) * (top / (high - low))), 0.0, top)
    return (level * ((high - low) / top) + low).astype(np.float32)


def nodata_edge(rng: np.random.Generator, n: int) -> NDArray[np.bool_]:
    """True on the seen side of a slanted footprint edge; at least three fifths of the patch are seen."""
    rows, columns = grid(n, n)
    angle = rng.choice([0.0, 0.5, 1.0, 1.5]) * math.pi + rng.normal(0, 0.2)
    d = (columns - n / 2) * math.cos(angle) + (rows - n / 2) * math.sin(angle)
    return d < rng.uniform(0.1, 0.48) * n


def dust(image: Array, image_mean: float, amount: float, sharpness: Array) -> Array:
    """Broad frost, dust or haze: brightness drawn towards a bright veil where ``sharpness`` (0..1) says."""
    veil = smoothstep(sharpness, 0.0, 1.0) * np.float32(amount)
    return image * (1.0 - veil) + veil * np.float32(1.3 * image_mean)
