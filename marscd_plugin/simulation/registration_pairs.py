"""Pairs of images whose displacement is known at every pixel: what registration is measured and tested by.

One ground (relief and albedo) is seen twice. The second look has another place, rotation and scale, smooth parallax,
CCD seams and jitter along track, another sun, blur, noise and gain. Everything is simulated, and the truth is the
viewing geometry itself, not an estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fields import Array, blur, sample, smooth_field
from .sensor import Sensor, expose, from_dn, to_dn
from .sun import SunPosition, shade, shadow
from .terrain import fractal, patch_terrain

KINDS = ("relief", "albedo", "mixed")
STRANGERS = ("other ground", "other ground, one frame", "no texture", "no texture, one column pattern", "half textured")
_SHADOW_REACH = 64


@dataclass(frozen=True)
class Difference:
    """What sets the second look apart. Pixels and degrees; ``seams``: (column of the second image, dx, dy) each."""

    shift: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    scale: float = 1.0
    parallax: float = 0.0
    parallax_cells: int = 3
    azimuth: float = 0.0
    incidence: float = 0.0
    seams: tuple[tuple[float, float, float], ...] = ()
    jitter: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True)
class RegistrationPair:
    """Two images (I/F, NaN where saturated) and where reference pixels lie in the second one.

    ``points`` (n, 2) are reference pixels on a lattice inside the overlap, ``targets`` (n, 2) where they really lie.
    """

    reference: Array
    moving: Array
    points: NDArray[np.float64]
    targets: NDArray[np.float64]
    kind: str
    difference: Difference


class Viewing:
    """Where the second image's pixels look on the ground, in pixels of the first image's frame."""

    def __init__(self, rng: np.random.Generator, size: int, difference: Difference) -> None:
        d = difference
        self.size, self.difference = size, d
        angle = math.radians(d.rotation)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        # Forward: second = linear (first - middle) + middle + shift.
        self.linear = d.scale * turn
        self.back = np.linalg.inv(self.linear)
        self.middle = np.array([(size - 1) / 2, (size - 1) / 2])
        self.shift = np.array(d.shift)
        field = smooth_field(rng, (size // 4, size // 4), d.parallax_cells)
        field = field - field.mean()
        self.parallax = field * np.float32(d.parallax / (float(np.abs(field).max()) + 1e-9))
        # Two cameras look across the track; a rolled pass leaves a little of it along track.
        lean = rng.uniform(-0.2, 0.2)
        self.across = np.array([math.cos(lean), math.sin(lean)])

    def offsets(self, x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
        """What parallax, seams and jitter add to where pixel (x, y) of the second image looks."""
        p = sample(self.parallax, (y - 1.5) / 4, (x - 1.5) / 4).astype(np.float64)
        dx, dy = p * self.across[0], p * self.across[1]
        for column, step_x, step_y in self.difference.seams:
            dx = dx + step_x * (x >= column)
            dy = dy + step_y * (x >= column)
        for period, phase, by_x, by_y in self.difference.jitter:
            wave = np.sin(2 * math.pi * y / period + phase)
            dx, dy = dx + by_x * wave, dy + by_y * wave
        return dx, dy

    def ground(self, x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
        """First-image coordinates of the ground that pixel (x, y) of the second image sees."""
        u, v = x - self.middle[0] - self.shift[0], y - self.middle[1] - self.shift[1]
        dx, dy = self.offsets(x, y)
        return (
            self.back[0, 0] * u + self.back[0, 1] * v + self.middle[0] + dx,
            self.back[1, 0] * u + self.back[1, 1] * v + self.middle[1] + dy,
        )

    def seen_at(self, x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
        """The inverse of ``ground``, by iteration; NaN beside a seam, where ground is seen twice or not at all."""
        to_x, to_y = np.array(x, float), np.array(y, float)
        off_x = off_y = np.zeros_like(to_x)
        for _ in range(40):
            u, v = x - off_x - self.middle[0], y - off_y - self.middle[1]
            to_x = self.linear[0, 0] * u + self.linear[0, 1] * v + self.middle[0] + self.shift[0]
            to_y = self.linear[1, 0] * u + self.linear[1, 1] * v + self.middle[1] + self.shift[1]
            off_x, off_y = self.offsets(to_x, to_y)
        back_x, back_y = self.ground(to_x, to_y)
        lost = np.hypot(back_x - x, back_y - y) > 0.01
        return np.where(lost, np.nan, to_x), np.where(lost, np.nan, to_y)


def draw_difference(rng: np.random.Generator, size: int) -> Difference:
    """One of the benchmark's: shift to 300 px, rotation to 2 degrees, scale to 2 %, parallax to 8 px and so on."""
    length, bearing = rng.uniform(0, 300), rng.uniform(0, 2 * math.pi)
    seams: list[tuple[float, float, float]] = []
    if rng.random() < 0.5:
        for column in rng.uniform(80, size - 80, int(rng.integers(1, 4))):
            if all(abs(column - other) >= 150 for other, _, _ in seams):
                step = float(rng.uniform(0.5, 2.0)) * (1 if rng.random() < 0.5 else -1)
                seams.append((float(column), float(rng.uniform(-0.3, 0.3)), step))
    jitter: list[tuple[float, float, float, float]] = []
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(1, 4))):
            period = math.exp(rng.uniform(math.log(150), math.log(600)))
            amplitudes = rng.uniform(-0.8, 0.8, 2)
            jitter.append((period, float(rng.uniform(0, 6.28)), float(amplitudes[0]), float(amplitudes[1])))
    return Difference(
        (length * math.cos(bearing), length * math.sin(bearing)),
        float(rng.uniform(-2, 2)),
        float(rng.uniform(0.98, 1.02)),
        float(rng.uniform(0, 8)),
        int(rng.integers(2, 5)),
        float(rng.uniform(-40, 40)),
        float(rng.uniform(-15, 15)),
        tuple(sorted(seams)),
        tuple(jitter),
    )


def registration_pair(
    seed: int, size: int = 768, difference: Difference | None = None, kind: str | None = None
) -> RegistrationPair:
    """The pair of that seed. ``difference`` and ``kind`` (of ``KINDS``) replace what would be drawn."""
    rng = np.random.default_rng([7919, seed])
    drawn = draw_difference(rng, size)
    difference = difference or drawn
    kind = kind or KINDS[seed % len(KINDS)]
    viewing = Viewing(rng, size, difference)
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float64)
    ground_x, ground_y = viewing.ground(columns, rows)
    pad = 16
    left = math.floor(min(ground_x.min(), 0)) - pad
    top = math.floor(min(ground_y.min(), 0)) - pad
    right = math.ceil(max(ground_x.max(), size)) + pad
    bottom = math.ceil(max(ground_y.max(), size)) + pad
    height, albedo = _ground(rng, max(right - left, bottom - top), kind)
    height, albedo = height[: bottom - top, : right - left], albedo[: bottom - top, : right - left]
    sun = SunPosition(float(rng.uniform(30, 65)), float(rng.uniform(0, 360)))
    other = SunPosition(float(np.clip(sun.incidence + difference.incidence, 5, 78)), sun.azimuth + difference.azimuth)
    # Both looks sample the ground between its pixels: neither is privileged.
    nudge = rng.uniform(0, 1, 2)
    first = _look(rng, height, albedo, sun, columns - left + nudge[0], rows - top + nudge[1])
    second = _look(rng, height, albedo, other, ground_x - left + nudge[0], ground_y - top + nudge[1])
    points, targets = _truth(viewing, size)
    return RegistrationPair(first, second, points, targets, kind, difference)


def _truth(viewing: Viewing, size: int, step: int = 6) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    y, x = (v.ravel().astype(np.float64) for v in np.mgrid[step // 2 : size : step, step // 2 : size : step])
    to_x, to_y = viewing.seen_at(x, y)
    inside = (to_x >= 0) & (to_y >= 0) & (to_x <= size - 1) & (to_y <= size - 1)
    return np.column_stack([x, y])[inside], np.column_stack([to_x, to_y])[inside]


def _ground(rng: np.random.Generator, size: int, kind: str) -> tuple[Array, Array]:
    """(height in pixels, albedo about 1): textured by relief alone, mostly by albedo, or by both."""
    height, albedo = patch_terrain(rng, size)
    if kind == "relief":
        albedo = np.ones_like(albedo)
    elif kind == "albedo":
        height = height * np.float32(rng.uniform(0.1, 0.3))
        texture = fractal(rng, (size, size), float(rng.uniform(2.0, 3.0)), float(rng.uniform(30, 300)))
        albedo = np.clip(1.0 + np.float32(rng.uniform(0.04, 0.15)) * texture, 0.4, 1.8).astype(np.float32)
    return height, albedo


def _look(rng: np.random.Generator, height: Array, albedo: Array, sun: SunPosition, x: NDArray, y: NDArray) -> Array:
    """I/F of the ground under this sun at ground positions (x, y), as a camera has it: ten bits, NaN if saturated."""
    lit = shade(height, 1.0, sun)
    gy, gx = np.gradient(height)
    if float(np.percentile(np.hypot(gx, gy)[::4, ::4], 99.5)) > 1 / math.tan(math.radians(max(sun.incidence, 1))):
        lit = lit * (np.float32(0.08) + np.float32(0.92) * shadow(height, 1.0, sun, _SHADOW_REACH))
    # The optics limit what is sampled, so that sampling between pixels loses nothing.
    scene = blur(albedo * lit * np.float32(rng.uniform(0.15, 0.25)), float(rng.uniform(0.6, 1.1)))
    seen = sample(scene, y.astype(np.float32), x.astype(np.float32))
    seen = expose(rng, seen, Sensor(psf_px=0.0, snr=float(rng.uniform(60, 150)), stripes=0.25))
    ramp = np.linspace(-0.5, 0.5, seen.shape[1], dtype=np.float32)[None] * np.float32(rng.uniform(-0.2, 0.2))
    seen = seen * (np.float32(rng.uniform(0.8, 1.2)) + ramp) + np.float32(rng.uniform(0, 0.03))
    return from_dn(*to_dn(seen.astype(np.float32)))


def stranger_pair(seed: int, size: int = 640) -> tuple[Array, Array, str]:
    """Two images that must not be registered, and why (of ``STRANGERS``): other ground, or nothing to go by."""
    rng = np.random.default_rng([104729, seed])
    why = STRANGERS[seed % len(STRANGERS)]
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float64)
    sun = SunPosition(float(rng.uniform(30, 65)), float(rng.uniform(0, 360)))
    looks = []
    pattern = rng.standard_normal((1, size), dtype=np.float32)
    for number in range(2):
        bare = why.startswith("no texture") or (why == "half textured" and number == 1)
        if bare:
            ground, albedo = (np.zeros((size + 32, size + 32), np.float32) for _ in range(2))
            albedo = albedo + 1 + np.float32(0.02) * smooth_field(rng, (size + 32, size + 32), 2)
        else:
            ground, albedo = _ground(rng, size + 32, KINDS[int(rng.integers(3))])
        image = _look(rng, ground, albedo, sun, columns + 16, rows + 16)
        if "pattern" in why:
            image = image * (1 + np.float32(0.01) * pattern)
        if "frame" in why:
            image = np.where((columns > 40 + 0.2 * rows) & (columns < size - 150 + 0.2 * rows), image, np.nan)
        looks.append(image.astype(np.float32))
    return looks[0], looks[1], why
