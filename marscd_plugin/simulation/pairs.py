"""Image pairs with known change, made from one backdrop: what a change model is trained and tested on.

``make_pair`` takes a real crop (its relief is guessed from its brightness) or a ``TerrainPatch`` (true height, truly
re-shaded) and makes two dates of it. Differences of sun, position and sensor are **not** labelled; things that
appeared, grew, left or moved are. The truth lies on BEFORE's grid. Nothing here is a real pair: scores on these pairs
say how a model does on simulated change, no more (reference models.md section 10).

This is the first simulation: the weights of ``paper-rsl`` are rebuilt from it, so it stays as it is. Newer models
learn from ``drawing``.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from . import patch_nuisance as nuisance
from .fields import Array, blur, grid, sample, smooth_field
from .pair import SimulatedPair, TerrainPatch
from .patch_changes import Canvas, draw_changes, soften

#: Pixels around the patch that are simulated and cut off: more than any displacement.
MARGIN = 16
#: Share of pairs in which nothing changed.
NO_CHANGE_SHARE = 0.4


def make_pair(
    rng: np.random.Generator,
    backdrop: Array | TerrainPatch,
    size: int = 256,
    *,
    change: bool | None = None,
    difficulty: float | None = None,
    contrast: float | None = None,
) -> SimulatedPair:
    """Two simulated dates of one backdrop.

    ``backdrop``: brightness (H, W), any positive unit, NaN where nothing was seen, at least 64 px a side (smaller than
    the patch: enlarged or mirrored); or a ``TerrainPatch`` of at least ``size + 32``. ``change``: force pairs with
    (True) or without (False) change; None draws (40 % without). ``difficulty`` 0..1: how strong the differences that
    are not change may be; None draws. ``contrast``: deviation of the backdrop's brightness over its mean; None draws
    0.008..0.25, which includes ground so even that noise rules it. Raises InputError on a backdrop that cannot be used.
    """
    n = size + 2 * MARGIN
    recipe: dict[str, Any] = {"simulated": True, "size": size}
    hard = float(rng.beta(1.3, 1.3)) if difficulty is None else float(difficulty)
    changed = bool(rng.random() >= NO_CHANGE_SHARE) if change is None else change
    level = float(rng.uniform(0.05, 0.25))
    sigma_c = float(np.exp(rng.uniform(math.log(0.008), math.log(0.25)))) if contrast is None else float(contrast)
    recipe.update(difficulty=hard, change=changed, level=level, contrast=sigma_c)

    first, second, seen, height, sun = _two_suns(rng, backdrop, n, sigma_c, hard, recipe)
    noise = _noise_level(rng, sigma_c, recipe)
    canvas = _canvas(rng, n, first, height, sun)
    if changed:
        # Often as faint against this ground as real change is, but not lost in texture and noise altogether.
        texture = float(np.std(first[::2, ::2] - blur(first[::2, ::2], 3.0)))
        faint = max(2.0 * texture, 2.2 * noise, 0.03)
        wanted = faint * float(rng.uniform(1.0, 2.2)) if rng.random() < 0.4 else max(0.18, 0.75 * faint)
        canvas.strength = float(np.clip(wanted / 0.18, 0.15, 1.5))
        recipe["strength"] = canvas.strength
        draw_changes(rng, canvas)
        soften(canvas, float(rng.uniform(0.0, 0.5)))
        # What nobody could see is not asked for: fainter than half the fine texture and most of the noise.
        visible = np.abs(canvas.after - canvas.before) > 0.5 * texture + 0.7 * noise
        canvas.truth &= visible
        recipe["changes"] = canvas.kinds
    before = np.maximum(first * canvas.before, 0.02) * np.float32(level)
    after = np.maximum(second * canvas.after, 0.02) * np.float32(level)

    after, seen_after, dy_dx = _moved(rng, after, seen, height, hard, recipe)
    shared_sensor = rng.random() < 0.6
    blur_first = float(rng.uniform(0.3, 0.9))
    blur_second = float(np.clip(blur_first + rng.normal(0, 0.15 + 0.45 * hard), 0.2, 1.6))
    before, seen = _seen_by_sensor(rng, before, seen, blur_first, noise, level, recipe, "before", hard, False)
    after, seen_after = _seen_by_sensor(
        rng, after, seen_after, blur_second,
        noise if shared_sensor else noise * float(np.exp(rng.normal(0, 0.4))), level, recipe, "after", hard, True,
    )  # fmt: skip
    inner = slice(MARGIN, MARGIN + size)
    valid = (seen & seen_after)[inner, inner]
    truth = canvas.truth[inner, inner] & valid
    classes = np.where(truth, canvas.classes[inner, inner], 0).astype(np.uint8)
    recipe["prevalence"] = float(truth.mean())
    recipe["displacement_rms_px"] = dy_dx
    return SimulatedPair(
        before=np.where(seen[inner, inner], before[inner, inner], 0).astype(np.float32),
        after=np.where(seen_after[inner, inner], after[inner, inner], 0).astype(np.float32),
        truth=truth.astype(np.uint8),
        valid=valid,
        recipe=recipe,
        classes=classes,
    )


def _cut(rng: np.random.Generator, images: tuple[Array, ...], n: int, recipe: dict[str, Any]) -> tuple[Array, ...]:
    """The same random square of all images, n x n: cut, turned, mirrored; enlarged or reflected where too small."""
    rows, columns = images[0].shape
    if min(rows, columns) < 64:
        raise InputError(f"A backdrop of {columns} x {rows} pixels is too small.", "Give one of 64 pixels or more.")
    edge = min(rows, columns)
    scale = 1.0
    if edge >= n:
        draw = rng.random()
        if draw < 0.3:
            scale = float(rng.uniform(0.75, 1.0))
        elif draw < 0.6 and edge > 1.1 * n:
            scale = float(min(rng.uniform(1.0, 2.0), edge / n))
        take = round(n * scale)
    else:
        take = edge if rng.random() < 0.6 else int(edge * rng.uniform(0.8, 1.0))
        scale = take / n if rng.random() < 0.75 else 1.0
    top, left = int(rng.integers(0, rows - take + 1)), int(rng.integers(0, columns - take + 1))
    turns, mirror = int(rng.integers(0, 4)), bool(rng.random() < 0.5)
    recipe["backdrop"] = {"scale": scale, "turns": turns, "mirror": mirror}
    made = []
    for image in images:
        part = image[top : top + take, left : left + take].astype(np.float32)
        if scale != 1.0:
            positions = (np.arange(n, dtype=np.float32) + 0.5) * np.float32(take / n) - 0.5
            y, x = np.meshgrid(positions, positions, indexing="ij")
            part = sample(blur(part, 0.35 * scale) if scale > 1.15 else part, y, x, order=1)
        elif take < n:
            low = (n - take) // 2
            part = np.pad(part, ((low, n - take - low),) * 2, mode="symmetric")
        part = np.rot90(part, turns)
        made.append(np.ascontiguousarray(part[:, ::-1] if mirror else part))
    return tuple(made)


def _sun(rng: np.random.Generator, turns: int, mirror: bool) -> NDArray:
    """Unit vector towards the sun in the turned patch: HiRISE looks in the afternoon, so it came from the left."""
    angle = math.pi + rng.normal(0, 0.6) - turns * math.pi / 2
    x, y = math.cos(angle), math.sin(angle)
    return np.array([-x if mirror else x, y], dtype=np.float32)


def _turned(sun: NDArray, angle: float) -> NDArray:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([c * sun[0] - s * sun[1], s * sun[0] + c * sun[1]], dtype=np.float32)


def _two_suns(
    rng: np.random.Generator,
    backdrop: Array | TerrainPatch,
    n: int,
    sigma_c: float,
    hard: float,
    recipe: dict[str, Any],
) -> tuple[Array, Array, NDArray[np.bool_], Array, NDArray]:
    """Brightness about 1 under the first and the second sun; where seen; height of unit deviation; the first sun."""
    turn = float(rng.normal(0, math.radians(5 + 40 * hard)))
    gain = float(np.exp(rng.normal(0, 0.05 + 0.3 * hard)))
    recipe["sun"] = {"turn_degrees": math.degrees(turn), "slope_gain": gain}
    if isinstance(backdrop, TerrainPatch):
        height, albedo = _cut(rng, (backdrop.height, backdrop.albedo), n, recipe)
        height = height / np.float32(recipe["backdrop"]["scale"])
        sun = _sun(rng, 0, False)
        first, second = _shaded(rng, height, albedo, sun, _turned(sun, turn), gain, sigma_c)
        recipe["source"] = "simulated terrain"
        flat = blur(height, 2.0)
        return first, second, np.ones((n, n), bool), (flat - flat.mean()) / (flat.std() + 1e-9), sun
    (image,) = _cut(rng, (np.asarray(backdrop, np.float32),), n, recipe)
    seen = np.isfinite(image)
    if seen.mean() < 0.3:
        seen_somewhere = "where it was cut, it holds almost no seen pixel"
        raise InputError(f"A backdrop cannot be used: {seen_somewhere}.", "Leave out backdrops that are mostly nodata.")
    values = image[seen]
    middle = float(np.median(values[::7]))
    image = np.where(seen, image, middle)
    quartiles = np.quantile(values[::7], (0.1, 0.9))
    spread = float(max((quartiles[1] - quartiles[0]) / 2.563, 1e-6 * abs(middle) + 1e-12))
    detail = np.clip((image - middle) / spread, -5.0, 5.0).astype(np.float32)
    if rng.random() < 0.35:
        # Ground that is rough here and even there: the scene's scale is set by the rough part.
        detail = detail * (0.15 + 0.85 / (1.0 + np.exp(-4.0 * smooth_field(rng, (n, n), int(rng.integers(1, 4))))))
    sun = _sun(rng, recipe["backdrop"]["turns"], recipe["backdrop"]["mirror"])
    texture = float(rng.choice([0.0, 1.0], p=[0.25, 0.75]) * np.exp(rng.uniform(math.log(0.1), math.log(1.0))))
    relief = nuisance.Relief(rng, detail, sun, MARGIN, texture, float(rng.uniform(1.2, 2.4)))
    share = float(rng.uniform(0.3, 1.0))
    base = detail + relief.texture()
    moved = base + relief.moved_sun(_turned(sun, turn), gain, share)
    first, second = 1.0 + sigma_c * base, 1.0 + sigma_c * moved
    if rng.random() < 0.1 + 0.35 * hard:
        length = float(rng.uniform(0.5, 1.0 + 4.0 * hard))
        quantile = float(rng.uniform(0.005, 0.05))
        if rng.random() < 0.5:
            first = nuisance.moved_shadows(first, sun, length, quantile)
        else:
            second = nuisance.moved_shadows(second, _turned(sun, turn), length, quantile)
        recipe["shadow_px"] = length
    recipe.update(source="image", texture=texture, relief_share=share)
    return first.astype(np.float32), second.astype(np.float32), seen, relief.smooth_height(2.5), sun


def _shaded(
    rng: np.random.Generator, height: Array, albedo: Array, sun: NDArray, moved: NDArray, gain: float, sigma_c: float
) -> tuple[Array, Array]:
    """Lambert shading of true relief under two suns, scaled to the wanted contrast (of the first), about 1."""
    gy, gx = np.gradient(height)
    shape = 1.0 / np.sqrt(1.0 + gx * gx + gy * gy)
    tangent = float(np.tan(np.radians(rng.uniform(40, 65))))

    def lit(direction: NDArray, tan_i: float) -> Array:
        cosine = shape * (1.0 - tan_i * (gx * direction[0] + gy * direction[1])) / math.sqrt(1.0 + tan_i * tan_i)
        value = np.maximum(cosine, 0.03) * albedo
        return (value / np.median(value)).astype(np.float32)

    first, second = lit(sun, tangent), lit(moved, float(np.clip(tangent * gain, 0.5, 3.5)))
    factor = np.float32(sigma_c / (float(first.std()) + 1e-6))
    factor = np.clip(factor, 0.05, 2.0)
    return 1.0 + np.clip(factor * (first - 1.0), -0.9, 3.0), 1.0 + np.clip(factor * (second - 1.0), -0.9, 3.0)


def _canvas(rng: np.random.Generator, n: int, image: Array, height: Array, sun: NDArray) -> Canvas:
    """A canvas whose downhill is a regional slope plus the pseudo-height's own."""
    gy, gx = np.gradient(height)
    norm = float(np.sqrt(np.mean(gx * gx + gy * gy))) + 1e-9
    angle = rng.uniform(0, 2 * math.pi)
    interest = np.abs(image - blur(image, 2.0))
    return Canvas(
        n, (math.cos(angle), math.sin(angle)), (gx / np.float32(4 * norm), gy / np.float32(4 * norm)), interest,
        (float(sun[0]), float(sun[1])),
    )  # fmt: skip


def _moved(
    rng: np.random.Generator, image: Array, seen: NDArray[np.bool_], height: Array, hard: float, recipe: dict[str, Any]
) -> tuple[Array, NDArray[np.bool_], float]:
    """The image as registration leaves it: displaced by what it could not take out."""
    n = image.shape[0]
    warp = float(rng.gamma(1.5, 0.1 + 0.35 * hard))
    shift = float(min(rng.exponential(0.15 + 0.5 * hard), 2.0))
    draw = rng.random()
    parallax = 0.0
    if draw < 0.12 * hard * 2:
        parallax = float(rng.uniform(1.0, 4.0) * rng.choice([-1, 1]))
    elif draw < 0.35:
        parallax = float(rng.uniform(0.1, 1.0) * rng.choice([-1, 1]))
    warp = min(warp, 1.8)
    tilt = float(rng.normal(0, 0.003 * hard))
    dy, dx = nuisance.displacement(rng, n, height, warp, parallax, shift, tilt)
    if rng.random() < 0.15:
        step = float(rng.normal(0, 0.8))
        side, gain, jump = nuisance.seam(rng, n, step)
        dy = dy + jump
        image = image * (1.0 + np.float32(gain) * side)
        recipe["seam_px"] = step
    limit = MARGIN - 5.0
    dy, dx = np.clip(dy, -limit, limit), np.clip(dx, -limit, limit)
    rows, columns = grid(n, n)
    y, x = rows + dy, columns + dx
    moved = sample(image, y, x, order=3 if rng.random() < 0.6 else 1)
    if not seen.all():
        seen = sample(seen.astype(np.float32), y, x, order=1) > 0.99
    recipe.update(warp_px=warp, parallax_px=parallax, shift_px=shift)
    return moved, seen, float(np.sqrt(np.mean(dx * dx + dy * dy)))


def _noise_level(rng: np.random.Generator, sigma_c: float, recipe: dict[str, Any]) -> float:
    """Noise over mean brightness: a sensor's (S/N 40..300), or one set against the ground's own contrast."""
    if rng.random() < 0.6:
        noise = 1.0 / float(np.exp(rng.uniform(math.log(40), math.log(300))))
    else:
        noise = sigma_c * float(np.exp(rng.uniform(math.log(0.05), math.log(1.2))))
    noise = min(noise, 0.06)
    recipe["noise"] = noise
    return noise


def _seen_by_sensor(
    rng: np.random.Generator, image: Array, seen: NDArray[np.bool_], psf: float, noise: float, level: float,
    recipe: dict[str, Any], date: str, hard: float, second: bool,
) -> tuple[Array, NDArray[np.bool_]]:  # fmt: skip
    """Optics, haze, drift, noise, stripes, gain, coding: one date's own."""
    n = image.shape[0]
    drawn: dict[str, Any] = {"psf_px": psf}
    image = blur(image, psf)
    if rng.random() < (0.2 if second else 0.12):
        drawn["resampled"] = float(rng.uniform(0.6, 1.0))
        image = nuisance.resampled(image, drawn["resampled"])
    if rng.random() < 0.15 + 0.2 * hard:
        drawn["veil"] = float(rng.uniform(0.0, 0.35))
        image = nuisance.dust(image, level, drawn["veil"], smooth_field(rng, (n, n), int(rng.integers(1, 4))))
    if rng.random() < 0.4:
        drawn["drift"] = float(rng.uniform(0.0, 0.02 + 0.1 * hard))
        image = image * (1.0 + np.float32(drawn["drift"]) * smooth_field(rng, (n, n), int(rng.integers(1, 3))))
    correlation = float(rng.choice([0.0, rng.uniform(0.3, 0.8)]))
    shot = np.sqrt(np.clip(image / level, 0.05, 4.0))
    image = image + np.float32(noise * level) * shot * nuisance.sensor_noise(rng, (n, n), correlation)
    if rng.random() < 0.25:
        drawn["stripes"] = float(rng.uniform(0.1, 0.8))
        image = image + np.float32(noise * level * drawn["stripes"]) * nuisance.columns_pattern(rng, n)
    if rng.random() < 0.3:
        drawn["gamma"] = float(np.exp(rng.normal(0, 0.15)))
        image = level * np.maximum(image / level, 0.01) ** np.float32(drawn["gamma"])
    gain, offset = float(np.exp(rng.normal(0, 0.2))), float(rng.normal(0, 0.15) * level)
    image = image * np.float32(gain) + np.float32(max(offset, -0.3 * gain * level))
    inner = image[MARGIN:-MARGIN:5, MARGIN:-MARGIN:5]
    low, high = np.quantile(inner, (0.002, 0.998))
    room = 0.15 * float(high - low) + 1e-6
    low, high = float(low) - room, float(high) + room
    coding = rng.random()
    if coding < 0.25:
        drawn["jpeg"] = float(rng.uniform(35, 95))
        image = nuisance.jpeg(image, drawn["jpeg"], low, high)
    elif coding < 0.5:
        drawn["bits"] = 8
        image = nuisance.quantised(image, 8, low, high)
    else:
        drawn["bits"] = 10
        image = nuisance.quantised(image, 10, 0.0, max(2.2 * high, 1e-6))
    if rng.random() < 0.06:
        seen = seen & nuisance.nodata_edge(rng, n)
        drawn["edge"] = True
    drawn.update(gain=gain, offset=offset)
    recipe[date] = drawn
    return np.maximum(image, np.float32(1e-4)), seen
