"""The ground of a scene: height in metres, normal albedo, where bedrock crops out. One builder a preset."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from .fields import Array, blur, grid, smooth_field, smoothstep
from .sun import towards
from .terrain import dunes, fractal, scatter_craters

#: Normal reflectance of the soil, I/F under overhead sun: mid-latitude dust-poor ground.
SOIL = 0.21


@dataclass(frozen=True)
class Ground:
    """``height`` in metres, ``albedo`` (I/F at normal incidence), ``outcrop`` 0..1, ``talus`` 0..1 (steep, loose);
    all (H, W) float32. ``downhill`` is the azimuth of the regional slope; ``notes`` says what was built."""

    height: Array
    albedo: Array
    outcrop: Array
    talus: Array
    downhill: float
    notes: dict[str, object]


def build(preset: str, rng: np.random.Generator, shape: tuple[int, int], pixel_size: float) -> Ground:
    """Build the ground of ``preset``: ``crater_wall``, ``dunes`` or ``plain``. Raises InputError for another."""
    builders = {"crater_wall": crater_wall, "dunes": dune_field, "plain": plain}
    if preset not in builders:
        raise InputError(
            f"There is no scene preset called {preset!r}.", f"Choose one of {', '.join(sorted(builders))}."
        )
    return builders[preset](rng, shape, pixel_size)


def crater_wall(rng: np.random.Generator, shape: tuple[int, int], pixel_size: float) -> Ground:
    """A wall: rim plateau, bedrock cliff cut by spurs and alcoves, talus near 31 degrees with chutes, apron, floor."""
    rows, columns = grid(*shape)
    extent = min(shape) * pixel_size
    downhill = float(rng.uniform(305, 340))
    ux, uy = towards(downhill)
    x = (columns - shape[1] / 2) * np.float32(pixel_size)
    y = (rows - shape[0] / 2) * np.float32(pixel_size)
    wander = np.float32(0.022 * extent) * smooth_field(rng, shape, 5)
    u = x * ux + y * uy + wander
    # Smooth enough that what follows it keeps its slope, rough enough that nothing runs dead straight.
    ragged = blur(fractal(rng, shape, 4.2, 120.0 / pixel_size), 2.0 / pixel_size)
    v = -x * uy + y * ux + np.float32(0.004 * extent) * ragged
    # Spurs and alcoves: ridges along the fall line, a function of v, their spacing about a tenth of the scene.
    table = np.linspace(-1.2 * extent, 1.2 * extent, 4096)
    ridge = _line_noise(rng, table, 0.10 * extent) + 0.5 * _line_noise(rng, table, 0.04 * extent)
    fine = _line_noise(rng, table, 0.015 * extent)
    spur = np.interp(v, table, ridge).astype(np.float32)
    chute = np.interp(v + 0.006 * extent * ragged, table, fine).astype(np.float32)
    rim = -0.32 * extent + np.float32(0.018 * extent) * (spur + 0.3 * ragged)
    t = (u - rim) / np.float32(extent)
    # Slope (tangent) along the fall line at break points of t.
    knots = np.array([-1.2, -0.02, 0.0, 0.05, 0.08, 0.12, 0.42, 0.60, 1.6])
    tangents = np.array([0.06, 0.10, 0.9, 1.0, 0.75, 0.62, 0.58, 0.10, 0.03])
    tt = np.linspace(-1.2, 1.6, 4096)
    profile = -np.concatenate([[0.0], np.cumsum(np.interp(tt[:-1], knots, tangents))]) * (tt[1] - tt[0]) * extent
    height = np.interp(t, tt, profile).astype(np.float32)
    cliff = smoothstep(t, -0.01, 0.01) * (1.0 - smoothstep(t, 0.07, 0.12))
    talus = smoothstep(t, 0.06, 0.12) * (1.0 - smoothstep(t, 0.45, 0.60))
    floor = smoothstep(t, 0.5, 0.65)
    rough = fractal(rng, shape, 3.4, 60.0 / pixel_size)
    coarse = fractal(rng, shape, 3.8, 200.0 / pixel_size)
    # Bedrock: most of the cliff, and ledges that break through the upper talus.
    ledge = smoothstep(coarse + 0.5 * rough, 0.9, 1.4) * smoothstep(t, 0.08, 0.12) * (1.0 - smoothstep(t, 0.22, 0.32))
    outcrop = np.clip(cliff * smoothstep(rough + 0.6 * coarse, -0.6, 0.2) + ledge, 0.0, 1.0)
    patchy = smoothstep(fractal(rng, shape, 3.0, 120.0 / pixel_size), -1.0, 1.5)
    height = height + np.float32(0.010 * extent) * spur * (cliff + talus * (0.30 - 0.25 * smoothstep(t, 0.12, 0.40)))
    height = height + np.float32(0.0010 * extent) * chute * (0.6 * cliff + talus * patchy)
    height = height + rough * (0.12 + 1.1 * outcrop + 0.15 * (1 - talus)) + coarse * (0.6 + 0.6 * cliff)
    # Rubble: relief near the pixel scale, in patches.
    height = height + fractal(rng, shape, 2.5, 6.0 / pixel_size) * (0.012 + 0.03 * patchy)
    # Blocks: bedrock breaks along steps, so its roughness is sharpened.
    height = height + outcrop * 0.5 * np.abs(fractal(rng, shape, 2.8, 14.0 / pixel_size))
    scatter_craters(rng, height, pixel_size, 0.35, 2.0, 40.0)
    height = height + floor * dunes(rng, shape, 12.0 / pixel_size, 0.35)
    strewn = _strew_boulders(rng, height, pixel_size, outcrop, talus, density=9.0)
    streaky = np.interp(v, table, _line_noise(rng, table, 0.006 * extent)).astype(np.float32)
    albedo = 1.0 + 0.035 * fractal(rng, shape, 2.6, 150.0 / pixel_size) + 0.012 * streaky * talus * patchy
    albedo = albedo * (1.0 + 0.10 * outcrop) * (1.0 - 0.06 * floor)
    notes: dict[str, object] = {"preset": "crater_wall", "downhill_azimuth": downhill, "boulders": strewn}
    return Ground(
        height.astype(np.float32), (SOIL * np.clip(albedo, 0.6, 1.5)).astype(np.float32),
        outcrop.astype(np.float32), talus, downhill, notes,
    )  # fmt: skip


def dune_field(rng: np.random.Generator, shape: tuple[int, int], pixel_size: float) -> Ground:
    """Dark transverse dunes with ripples over a brighter, cratered floor."""
    height = fractal(rng, shape, 3.6, 300.0 / pixel_size) * 1.5 + fractal(rng, shape, 3.0, 10.0 / pixel_size) * 0.03
    scatter_craters(rng, height, pixel_size, 0.5, 2.0, 30.0)
    sand = dunes(rng, shape, 70.0 / pixel_size, 8.0) * smoothstep(smooth_field(rng, shape, 6), -1.6, 0.8)
    cover = smoothstep(sand, 0.4, 1.6)
    height = height + sand + cover * dunes(rng, shape, 4.0 / pixel_size, 0.12)
    albedo = (1.0 + 0.05 * fractal(rng, shape, 2.6, 120.0 / pixel_size)) * (1.0 - 0.35 * cover)
    talus = smoothstep(sand, 2.0, 4.0)
    none = np.zeros(shape, np.float32)
    return Ground(height.astype(np.float32), (SOIL * np.clip(albedo, 0.4, 1.5)).astype(np.float32), none, talus,
                  float(rng.uniform(0, 360)), {"preset": "dunes"})  # fmt: skip


def plain(rng: np.random.Generator, shape: tuple[int, int], pixel_size: float) -> Ground:
    """A cratered plain with rubble: little slope, no lineae."""
    height = fractal(rng, shape, 3.8, 600.0 / pixel_size) * 2.0 + fractal(rng, shape, 2.9, 6.0 / pixel_size) * 0.02
    scatter_craters(rng, height, pixel_size, 6.0, 4.0, 120.0)
    none = np.zeros(shape, np.float32)
    strewn = _strew_boulders(rng, height, pixel_size, none, none, density=1.5)
    albedo = 1.0 + 0.06 * fractal(rng, shape, 2.6, 200.0 / pixel_size)
    return Ground(height.astype(np.float32), (SOIL * np.clip(albedo, 0.6, 1.5)).astype(np.float32), none, none,
                  float(rng.uniform(0, 360)), {"preset": "plain", "boulders": strewn})  # fmt: skip


def with_backdrop(ground: Ground, backdrop: Array) -> Ground:
    """The same ground, its albedo texture from a real image: laid to fit, small images mirrored on.

    The image holds shading of its own, which stays as albedo: its contrast is therefore halved.
    """
    image = np.asarray(backdrop, np.float32)
    if image.ndim != 2 or min(image.shape) < 32:
        raise InputError("The backdrop is not an image of at least 32 x 32 pixels.", "Give one band as an array.")
    seen = np.isfinite(image)
    if not seen.any():
        raise InputError("The backdrop holds no seen pixel.", "Give another image.")
    middle = float(np.median(image[seen]))
    image = np.where(seen, image, middle)
    rows, columns = ground.height.shape
    tiles = np.pad(
        image[:rows, :columns],
        ((0, max(rows - image.shape[0], 0)), (0, max(columns - image.shape[1], 0))),
        mode="symmetric",
    )
    spread = float(np.std(tiles)) + 1e-9
    texture = np.clip((tiles - middle) / spread, -3, 3)
    albedo = ground.albedo * np.clip(1.0 + np.float32(0.06) * texture, 0.5, 1.6)
    notes = {**ground.notes, "albedo": "texture of a real image, its contrast reduced"}
    return Ground(ground.height, albedo.astype(np.float32), ground.outcrop, ground.talus, ground.downhill, notes)


def add_boulder(height: Array, x: float, y: float, radius_m: float, pixel_size: float) -> None:
    """A boulder as a bump of 1.4 radii high, in place; ``x, y`` in pixels."""
    r = radius_m / pixel_size
    reach = math.ceil(r + 1)
    top, left = max(int(y) - reach, 0), max(int(x) - reach, 0)
    part = height[top : int(y) + reach + 2, left : int(x) + reach + 2]
    if part.size == 0:
        return
    yy = np.arange(top, top + part.shape[0], dtype=np.float32)[:, None] - np.float32(y)
    xx = np.arange(left, left + part.shape[1], dtype=np.float32)[None, :] - np.float32(x)
    d2 = (xx * xx + yy * yy) / np.float32(r * r)
    part += np.float32(1.4 * radius_m) * np.sqrt(np.clip(1.0 - d2, 0.0, None))


def _strew_boulders(
    rng: np.random.Generator, height: Array, pixel_size: float, outcrop: Array, talus: Array, density: float
) -> int:
    """Boulders of 0.5..2 m, more of them under outcrops; ``density`` a square of 100 m. Returns how many."""
    rows, columns = height.shape
    count = int(rng.poisson(density * rows * columns * pixel_size**2 / 1e4))
    x, y = rng.uniform(0, columns - 1, count * 3), rng.uniform(0, rows - 1, count * 3)
    likely = 0.25 + 0.75 * np.maximum(talus, outcrop)[y.astype(int), x.astype(int)]
    chosen = np.flatnonzero(rng.random(count * 3) < likely)[:count]
    for k in chosen:
        radius = min(0.5 * (1.0 - rng.random()) ** -0.4, 2.0)
        add_boulder(height, float(x[k]), float(y[k]), radius, pixel_size)
    return len(chosen)


def _line_noise(rng: np.random.Generator, at: np.ndarray, wavelength: float) -> np.ndarray:
    """Smooth noise of about unit deviation along a line, changing over ``wavelength``."""
    knots = np.arange(at[0] - 2 * wavelength, at[-1] + 2 * wavelength, max(wavelength / 2, 1e-6))
    values = rng.standard_normal(len(knots))
    smooth = np.convolve(values, [0.25, 0.5, 0.25], "same") * 1.6
    return np.interp(at, knots, smooth)
