"""A backdrop made ready, and seen under two suns: a real crop relit from guessed relief, or true terrain shaded twice.

For crops this is linear shape from shading (``patch_nuisance.Relief``): plausible, not right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.packages import need
from . import patch_nuisance as nuisance
from .fields import Array, smooth_field
from .marks import soften
from .pair import TerrainPatch
from .sun import SunPosition, shadow

#: Cast shadows are followed over so many pixels.
SHADOW_REACH = 32


@dataclass(frozen=True)
class Suns:
    """Incidence in degrees of both dates, and the turn of the sun's azimuth between them, degrees."""

    before: float
    after: float
    turn: float


@dataclass(frozen=True)
class Ready:
    """A backdrop cut to n x n. ``seen``: bool; ``height``: smoothed, of unit deviation; ``sun``: unit vector (x, y) of
    the first date; ``contrast``: deviation over mean; either ``relief`` with ``base`` (unit contrast), or ``terrain``
    (height in px, albedo)."""

    n: int
    seen: NDArray[np.bool_]
    height: Array
    sun: NDArray
    contrast: float
    relief: nuisance.Relief | None
    base: Array | None
    terrain: tuple[Array, Array] | None
    recipe: dict[str, Any]


def draw_suns(rng: np.random.Generator, hard: float) -> Suns:
    """Two suns; at ``hard`` 0 of one season (a few degrees apart), at 1 of any."""
    first = float(np.clip(rng.normal(52, 11), 20, 78))
    second = float(np.clip(first + rng.normal(0, 1.5 + 14 * hard), 18, 80))
    return Suns(first, second, float(np.clip(rng.normal(0, 2.5 + 55 * hard), -150, 150)))


def turned(sun: NDArray, degrees: float) -> NDArray:
    """A unit vector turned in the image."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([c * sun[0] - s * sun[1], s * sun[0] + c * sun[1]], dtype=np.float32)


def make_ready(
    rng: np.random.Generator, backdrop: Array | TerrainPatch, n: int, margin: int, contrast: float | None
) -> Ready:
    """Cut, turned, mirrored, scaled; its relief guessed. Raises InputError on a backdrop that cannot be used."""
    recipe: dict[str, Any] = {}
    sigma = contrast if contrast is not None else _contrast(rng)
    if isinstance(backdrop, TerrainPatch):
        height, albedo = _cut(rng, (backdrop.height, backdrop.albedo), n, recipe)
        height = height / np.float32(recipe["backdrop"]["scale"])
        flat = soften(height, 2.0)
        flat = (flat - flat.mean()) / (flat.std() + 1e-9)
        angle = rng.uniform(0, 2 * math.pi)
        sun = np.array([math.cos(angle), math.sin(angle)], np.float32)
        recipe["source"] = "simulated terrain"
        return Ready(n, np.ones((n, n), bool), flat, sun, sigma, None, None, (height, albedo), recipe)
    (image,) = _cut(rng, (np.asarray(backdrop, np.float32),), n, recipe)
    seen = np.isfinite(image)
    if seen.mean() < 0.3:
        raise InputError(
            "A backdrop cannot be used: where it was cut, it holds almost no seen pixel.",
            "Leave out backdrops that are mostly nodata.",
        )
    values = image[::3, ::3][seen[::3, ::3]]
    low, middle, high = (float(v) for v in np.quantile(values, (0.1, 0.5, 0.9)))
    spread = max((high - low) / 2.563, 1e-6 * abs(middle) + 1e-12)
    detail = np.clip((np.where(seen, image, middle) - middle) / spread, -5.0, 5.0).astype(np.float32)
    if rng.random() < 0.35:
        # Ground that is rough here and even there: the scene's scale is set by the rough part.
        field = smooth_field(rng, (n, n), int(rng.integers(1, 4)))
        detail = detail * (0.15 + 0.85 / (1.0 + np.exp(-4.0 * field)))
    turns, mirror = recipe["backdrop"]["turns"], recipe["backdrop"]["mirror"]
    # HiRISE looks in the afternoon: in its images the sun stands on the left.
    angle = math.pi + rng.normal(0, 0.6) - turns * math.pi / 2
    sun = np.array([-math.cos(angle) if mirror else math.cos(angle), math.sin(angle)], np.float32)
    texture = float(rng.choice([0.0, 1.0], p=[0.25, 0.75]) * np.exp(rng.uniform(math.log(0.08), math.log(0.9))))
    relief = nuisance.Relief(rng, detail, sun, margin, texture, float(rng.uniform(1.2, 2.4)))
    base = detail + relief.texture()
    recipe.update(source="image", texture=texture)
    return Ready(n, seen, relief.smooth_height(2.5), sun, sigma, relief, base, None, recipe)


def _contrast(rng: np.random.Generator) -> float:
    """Deviation of the ground's brightness over its mean: 2-18 %, and 0.6-2 % in one of eight, where noise rules."""
    low, high = (0.006, 0.02) if rng.random() < 0.125 else (0.02, 0.18)
    return float(np.exp(rng.uniform(math.log(low), math.log(high))))


def two_dates(
    rng: np.random.Generator, ready: Ready, suns: Suns, hard: float, recipe: dict[str, Any]
) -> tuple[Array, Array]:
    """Brightness about 1 of the unchanged ground in both dates, (n, n)."""
    second_sun = turned(ready.sun, suns.turn)
    if ready.terrain is not None:
        return _shaded(ready, suns, second_sun)
    assert ready.relief is not None and ready.base is not None
    gain = math.tan(math.radians(suns.after)) / math.tan(math.radians(suns.before))
    share = float(rng.uniform(0.4, 1.0))
    moved = ready.base + ready.relief.moved_sun(second_sun, gain, share)
    sigma = np.float32(ready.contrast)
    first, second = 1.0 + sigma * ready.base, 1.0 + sigma * moved
    recipe["relief_share"] = share
    if rng.random() < 0.08 + 0.35 * hard:
        length, quantile = float(rng.uniform(0.5, 1.0 + 4.0 * hard)), float(rng.uniform(0.005, 0.05))
        if rng.random() < 0.5:
            first = longer_shadows(first, ready.sun, length, quantile)
        else:
            second = longer_shadows(second, second_sun, length, quantile)
        recipe["shadow_px"] = length
    return first, second


def longer_shadows(image: Array, sun: NDArray, length: float, share: float) -> Array:
    """The darkest ``share`` drawn out by ``length`` px away from the sun. What is dark over a few pixels counts, so
    that shadows are drawn out and grains are not."""
    cv2 = need("cv2")
    smooth = soften(image, 1.5)
    dark = np.where(smooth < np.quantile(smooth[::4, ::4], share), smooth, np.float32(image.max()))
    result = dark
    steps = max(math.ceil(length), 1)
    for k in range(1, steps + 1):
        far = length * k / steps
        move = np.array([[1, 0, -sun[0] * far], [0, 1, -sun[1] * far]], np.float32)
        moved = cv2.warpAffine(dark, move, dark.shape[::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        result = np.minimum(result, moved)
    return np.minimum(image, soften(result, 0.5))


def _shaded(ready: Ready, suns: Suns, second_sun: NDArray) -> tuple[Array, Array]:
    """Lambert shading of true relief under both suns, cast shadows; scaled to the contrast of the first, about 1."""
    assert ready.terrain is not None
    height, albedo = ready.terrain
    gy, gx = np.gradient(height)
    square = gx * gx + gy * gy
    shape = 1.0 / np.sqrt(1.0 + square)
    steepest = math.sqrt(float(np.quantile(square[::4, ::4], 0.995)))

    def lit(direction: NDArray, incidence: float) -> Array:
        tangent = math.tan(math.radians(incidence))
        cosine = shape * (1.0 - np.float32(tangent) * (gx * direction[0] + gy * direction[1]))
        value = np.maximum(cosine, 0.04)
        if steepest * tangent > 1:
            azimuth = math.degrees(math.atan2(float(direction[0]), -float(direction[1])))
            value = value * (0.1 + 0.9 * shadow(height, 1.0, SunPosition(incidence, azimuth), SHADOW_REACH))
        value = value * albedo
        return (value / np.median(value[::3, ::3])).astype(np.float32)

    first, second = lit(ready.sun, suns.before), lit(second_sun, suns.after)
    factor = float(np.clip(ready.contrast / (float(first.std()) + 1e-6), 0.05, 2.0))

    def scaled(image: Array) -> Array:
        return (1.0 + np.clip(np.float32(factor) * (image - 1.0), -0.9, 3.0)).astype(np.float32)

    return scaled(first), scaled(second)


def _cut(rng: np.random.Generator, images: tuple[Array, ...], n: int, recipe: dict[str, Any]) -> tuple[Array, ...]:
    """The same random square of all images, n x n: cut, turned, mirrored; enlarged or reflected where too small."""
    cv2 = need("cv2")
    rows, columns = images[0].shape
    edge = min(rows, columns)
    if edge < 64:
        raise InputError(f"A backdrop of {columns} x {rows} pixels is too small.", "Give one of 64 pixels or more.")
    scale = 1.0
    if edge >= n:
        draw = rng.random()
        if draw < 0.2:
            scale = float(rng.uniform(0.75, 1.0))
        elif draw < 0.6 and edge > 1.1 * n:
            # Made smaller: texture that is sharp at the pixel, freed of its own noise and coding.
            scale = float(min(rng.uniform(1.0, 2.5), edge / n))
        take = round(n * scale)
    else:
        take = edge if rng.random() < 0.6 else int(edge * rng.uniform(0.8, 1.0))
        scale = take / n if rng.random() < 0.85 else 1.0
    top, left = int(rng.integers(0, rows - take + 1)), int(rng.integers(0, columns - take + 1))
    turns, mirror = int(rng.integers(0, 4)), bool(rng.random() < 0.5)
    recipe["backdrop"] = {"scale": scale, "turns": turns, "mirror": mirror}
    made = []
    for image in images:
        part = np.ascontiguousarray(image[top : top + take, left : left + take], dtype=np.float32)
        if take != n and scale != 1.0:
            how = cv2.INTER_AREA if take > n else cv2.INTER_CUBIC if np.isfinite(part).all() else cv2.INTER_LINEAR
            part = cv2.resize(part, (n, n), interpolation=how)
        elif take < n:
            low = (n - take) // 2
            part = np.pad(part, ((low, n - take - low),) * 2, mode="symmetric")
        part = np.rot90(part, turns)
        made.append(np.ascontiguousarray(part[:, ::-1] if mirror else part))
    return tuple(made)
