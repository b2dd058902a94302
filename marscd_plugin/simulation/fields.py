"""Small numerical tools of the room: smooth random fields, soft lines, cheap resampling. float32, (rows, columns)."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need

Array = NDArray[np.float32]

#: Full width at half maximum of a Gaussian, in standard deviations.
FWHM = 2.0 * math.sqrt(2.0 * math.log(2.0))


@lru_cache(maxsize=64)
def _basis(n: int, cells: int) -> Array:
    """Cubic B-spline basis, shape (n, cells + 3): ``n`` samples over ``cells`` equal intervals."""
    t = np.linspace(0.0, cells, n, endpoint=False)
    i = np.minimum(t.astype(int), cells - 1)
    u = t - i
    weights = np.stack([(1 - u) ** 3, 3 * u**3 - 6 * u**2 + 4, -3 * u**3 + 3 * u**2 + 3 * u + 1, u**3], axis=1) / 6.0
    basis = np.zeros((n, cells + 3), dtype=np.float32)
    rows = np.arange(n)
    for k in range(4):
        basis[rows, i + k] = weights[:, k]
    return basis


def smooth_field(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> Array:
    """A smooth random field of about unit standard deviation with ``cells`` B-spline intervals an axis."""
    rows, columns = _basis(shape[0], cells), _basis(shape[1], cells)
    knots = rng.standard_normal((cells + 3, cells + 3), dtype=np.float32)
    # 2.1 undoes the smoothing of the basis: measured over many draws, within 3 %.
    return (rows @ knots @ columns.T) * np.float32(2.1)


def smoothstep(x: Array, low: float, high: float) -> Array:
    """0 below ``low``, 1 above ``high``, a cubic between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return (t * t * (3.0 - 2.0 * t)).astype(np.float32)


def blur(image: Array, sigma: float) -> Array:
    """Gaussian blur, cut at 3 sigma; below 0.15 px nothing is done."""
    if sigma < 0.15:
        return image
    ndimage = need("scipy.ndimage")
    return ndimage.gaussian_filter(image, sigma, truncate=3.0, mode="nearest")


def sample(image: Array, y: Array, x: Array, order: int = 3) -> Array:
    """``image`` at float positions (pixel centres are whole numbers), edges held."""
    ndimage = need("scipy.ndimage")
    return ndimage.map_coordinates(image, (y, x), order=order, mode="nearest", output=np.float32)


def rays(rng: np.random.Generator, dy: Array, dx: Array) -> Array:
    """A random function of bearing of about unit deviation, the same all along a ray, closed around the circle."""
    theta = np.linspace(-math.pi, math.pi, 257)
    orders = np.arange(2, 16)
    phase = rng.uniform(0, 2 * math.pi, len(orders))
    weight = rng.standard_normal(len(orders)) * 2.5 / orders
    profile = (weight[:, None] * np.cos(orders[:, None] * theta[None, :] + phase[:, None])).sum(axis=0)
    return np.interp(np.arctan2(dy, dx), theta, profile).astype(np.float32)


@lru_cache(maxsize=16)
def grid(rows: int, columns: int) -> tuple[Array, Array]:
    """Row and column index of every pixel, each (rows, columns). Shared: do not write into them."""
    y, x = np.meshgrid(np.arange(rows, dtype=np.float32), np.arange(columns, dtype=np.float32), indexing="ij")
    y.flags.writeable = x.flags.writeable = False
    return y, x


def splat(shape: tuple[int, int], x: NDArray, y: NDArray, weight: NDArray) -> Array:
    """Sum of point masses, each shared among its four neighbours; points outside are dropped."""
    rows, columns = shape
    inside = (x >= 0) & (y >= 0) & (x < columns - 1) & (y < rows - 1)
    x, y, weight = x[inside], y[inside], weight[inside]
    x0, y0 = x.astype(np.intp), y.astype(np.intp)
    fx, fy = x - x0, y - y0
    flat = y0 * columns + x0
    index = np.concatenate([flat, flat + 1, flat + columns, flat + columns + 1])
    value = np.concatenate(
        [weight * (1 - fx) * (1 - fy), weight * fx * (1 - fy), weight * (1 - fx) * fy, weight * fx * fy]
    )
    return np.bincount(index, value, minlength=rows * columns).reshape(shape).astype(np.float32)


def soft_lines(
    shape: tuple[int, int], x: NDArray, y: NDArray, width: NDArray, strength: NDArray, spacing: float
) -> tuple[Array, Array]:
    """Lines drawn as dense points, with soft edges.

    ``x, y`` are points ``spacing`` px apart along the lines, ``width`` their full width at half depth in px and
    ``strength`` their contrast. Returns (cover 0..1, contrast where covered). Points are gathered in classes of like
    width; each class is one splat and one Gaussian, whose cross-profile has the wanted width.
    """
    cover = np.zeros(shape, np.float32)
    depth = np.zeros(shape, np.float32)
    if len(x) == 0:
        return cover, depth
    edges = np.array([1.4, 2.2, 3.4, 5.2, 8.0, 12.0])
    classes = np.digitize(width, edges)
    for c in np.unique(classes):
        chosen = classes == c
        mean_width = max(float(width[chosen].mean()), 1.0)
        sigma = mean_width / FWHM
        # Sharing a point among four neighbours already spreads it by a variance of about 1/6 px^2.
        kernel = math.sqrt(max(sigma * sigma - 1.0 / 6.0, 0.03))
        peak = math.sqrt(2.0 * math.pi) * sigma * spacing
        mass = splat(shape, x[chosen], y[chosen], np.ones(int(chosen.sum())))
        contrast = splat(shape, x[chosen], y[chosen], strength[chosen])
        g = blur(mass, kernel) * peak
        s = blur(contrast, kernel) * peak
        a = np.minimum(g, 1.0) if mean_width < 2.5 else smoothstep(g, 0.15, 0.85)
        s = s / np.maximum(g, 1e-3)
        wins = a > cover
        cover = np.where(wins, a, cover)
        depth = np.where(wins, s, depth)
    return cover, depth
