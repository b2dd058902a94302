"""Simulated ground: fractal relief, craters, a crater wall with outcrops, dunes; heights in metres, albedo about 1."""

from __future__ import annotations

import math

import numpy as np

from ..common.packages import need
from .fields import Array, grid, smooth_field, smoothstep


def fractal(rng: np.random.Generator, shape: tuple[int, int], slope: float, longest: float) -> Array:
    """Fractal surface of unit deviation: power falls as k^-slope above the wavelength ``longest`` (pixels).

    A slope of 3 to 4 is what planetary relief shows at metre scale (self-affine, Hurst exponent 0.5 to 1, power
    exponent 2H + 2 for surfaces).
    """
    fft = need("scipy.fft")
    rows, columns = (fft.next_fast_len(int(s), real=True) for s in shape)
    ky = np.fft.fftfreq(rows, 1.0).astype(np.float32)[:, None]
    kx = np.fft.rfftfreq(columns, 1.0).astype(np.float32)[None, :]
    k2 = ky * ky + kx * kx + np.float32(1.0 / longest**2)
    noise = rng.standard_normal((2, rows, kx.shape[1]), dtype=np.float32)
    spectrum = (noise[0] + 1j * noise[1]) * k2 ** np.float32(-slope / 4.0)
    surface = fft.irfft2(spectrum, s=(rows, columns))[: shape[0], : shape[1]].astype(np.float32)
    return (surface - surface.mean()) / (surface.std() + np.float32(1e-9))


def add_crater(height: Array, x: float, y: float, radius: float, depth: float, rng: np.random.Generator) -> None:
    """Sink a simple crater into ``height`` (in place): a parabolic bowl, a rim, ejecta thinning as (r/R)^-3.

    Positions and radius in pixels, depth in the unit of height. Fresh simple craters have depth/diameter near 0.2 and
    rim height near 0.04 of the diameter (Pike 1977; Melosh 1989).
    """
    rows, columns = height.shape
    reach = math.ceil(3.0 * radius) + 1
    top, bottom = max(int(y) - reach, 0), min(int(y) + reach + 1, rows)
    left, right = max(int(x) - reach, 0), min(int(x) + reach + 1, columns)
    if top >= bottom or left >= right:
        return
    yy = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)
    xx = np.arange(left, right, dtype=np.float32)[None, :] - np.float32(x)
    phase, lobes = rng.uniform(0, 2 * math.pi), int(rng.integers(3, 8))
    wobble = 1.0 + rng.uniform(0, 0.06) * np.cos(lobes * np.arctan2(yy, xx) + np.float32(phase))
    d = np.sqrt(xx * xx + yy * yy) / np.float32(radius) * wobble
    rim = 0.2 * depth
    bowl = -depth + (depth + rim) * d * d
    outside = rim * np.maximum(d, 1e-3) ** -3 * smoothstep(-d, -3.0, -2.0)
    height[top:bottom, left:right] += np.where(d < 1.0, np.minimum(bowl, rim), outside).astype(np.float32)


def scatter_craters(
    rng: np.random.Generator, height: Array, pixel_size: float, density: float, smallest: float, largest: float
) -> int:
    """Strew craters of radius ``smallest``..``largest`` px, power-law sizes, differently worn; returns how many.

    ``density``: mean number of craters above ``smallest`` in a square of 256 px. Cumulative numbers fall as R^-2 to
    R^-3 in production and equilibrium populations (Melosh 1989, ch. 10); 2.2 here.
    """
    rows, columns = height.shape
    count = int(rng.poisson(density * rows * columns / 65536.0))
    for _ in range(count):
        radius = min(smallest * (1.0 - rng.random()) ** (-1.0 / 2.2), largest)
        fresh = rng.beta(1.2, 2.0)
        depth = 0.4 * radius * pixel_size * (0.15 + 0.85 * fresh)
        add_crater(height, rng.uniform(0, columns), rng.uniform(0, rows), radius, depth, rng)
    return count


def dunes(rng: np.random.Generator, shape: tuple[int, int], wavelength: float, amplitude: float) -> Array:
    """Transverse ridges: gentle windward side, lee side near the angle of repose, crests that wander and end."""
    rows, columns = grid(*shape)
    angle = rng.uniform(0, 2 * math.pi)
    cells = max(int(max(shape) / (2.5 * wavelength)), 2)
    bend = 0.35 * smooth_field(rng, shape, min(cells, 60))
    phase = ((columns * math.cos(angle) + rows * math.sin(angle)) / wavelength + bend) % 1.0
    lee = rng.uniform(0.22, 0.4)
    profile = np.where(phase < 1 - lee, phase / (1 - lee), (1.0 - phase) / lee)
    profile = profile * profile * (3 - 2 * profile)
    where = smoothstep(smooth_field(rng, shape, min(max(cells // 3, 2), 40)), -0.6, 0.8)
    return (profile * where * np.float32(amplitude)).astype(np.float32)


def patch_terrain(rng: np.random.Generator, size: int) -> tuple[Array, Array]:
    """A patch for ``make_pair``: (height in pixels, albedo about 1), each (size, size)."""
    shape = (size, size)
    height = fractal(rng, shape, float(rng.uniform(2.6, 4.0)), float(rng.uniform(40, 400)))
    steep = float(np.exp(rng.uniform(math.log(0.03), math.log(0.25))))
    gy, gx = np.gradient(height)
    height = height * np.float32(steep / (float(np.sqrt(np.mean(gx * gx + gy * gy))) + 1e-9))
    if rng.random() < 0.6:
        scatter_craters(rng, height, 1.0, float(rng.uniform(1, 12)), float(rng.uniform(2, 5)), 70.0)
    if rng.random() < 0.35:
        wavelength = float(rng.uniform(8, 60))
        height = height + dunes(rng, shape, wavelength, wavelength * float(rng.uniform(0.03, 0.12)))
    if rng.random() < 0.3:
        edge = smooth_field(rng, shape, 2)
        height = height + np.float32(rng.uniform(3, 15)) * smoothstep(edge, -0.15, 0.15)
    albedo = 1.0 + np.float32(rng.uniform(0.0, 0.12)) * fractal(rng, shape, 2.5, float(rng.uniform(30, 300)))
    return height.astype(np.float32), np.clip(albedo, 0.4, 1.8).astype(np.float32)
