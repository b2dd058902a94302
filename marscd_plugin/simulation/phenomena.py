"""What happens on the ground of a scene: lineae that come and go with the season, and events with a date.

Positions are pixels of the scene's grid (with its margin). Nothing here knows of suns or sensors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from .fields import Array, blur, rays, smoothstep, soft_lines
from .ground import Ground
from .sun import towards

#: Solar longitude at which lineae start to grow, stand longest, start to fade and are gone (southern mid-latitudes:
#: activity from about Ls 245 on, lengthening into late summer, fading after; McEwen et al. 2011, Dundas et al. 2015).
RSL_START, RSL_FULL, RSL_FADE, RSL_GONE = 240.0, 345.0, 360.0, 410.0
#: Steepness below which a lineae's flow stops.
STOP_SLOPE = math.tan(math.radians(24.0))


@dataclass(frozen=True)
class Lineae:
    """Paths of all lineae as dense points: position (px), distance along / full length (0..1), width (px), contrast.

    ``line`` numbers the line of each point. ``spacing`` px lie between points.
    """

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    along: NDArray[np.float32]
    width: NDArray[np.float32]
    contrast: NDArray[np.float32]
    line: NDArray[np.int32]
    count: int
    lag: NDArray[np.float32]
    spacing: float


@dataclass(frozen=True)
class Event:
    """Something that happened at ``time``: ``kind`` ``crater``, ``streak`` or ``boulder``; size in metres.

    A boulder went from (x, y) to (x2, y2). ``contrast`` > 0 is darker. ``seed`` draws its details.
    """

    kind: str
    time: datetime
    x: float
    y: float
    size: float
    contrast: float
    seed: int
    x2: float = 0.0
    y2: float = 0.0


def growth(solar_longitude: float) -> tuple[float, float]:
    """(length 0..1, visibility 0..1) of lineae at a solar longitude, in the Mars Year's own season.

    Length grows from Ls 240 to 345 and then holds; visibility falls from Ls 360 to 410 (50 of the next year).
    """
    ls = solar_longitude % 360.0
    if ls < RSL_START - 120.0:
        ls += 360.0
    if ls <= RSL_START or ls >= RSL_GONE:
        return 0.0, 0.0
    t = min((ls - RSL_START) / (RSL_FULL - RSL_START), 1.0)
    length = t * (2.0 - t)
    visible = 1.0 - max(ls - RSL_FADE, 0.0) / (RSL_GONE - RSL_FADE)
    return length, visible


def season_year(mars_year: int, solar_longitude: float) -> int:
    """The Mars Year in whose summer the lineae of that date grew: early in a year they are last year's."""
    return mars_year - 1 if solar_longitude % 360.0 < RSL_START - 120.0 else mars_year


def flow(
    rng: np.random.Generator, height: Array, pixel_size: float, x: NDArray, y: NDArray, steps: int, wander: float
) -> tuple[NDArray, NDArray, NDArray]:
    """Down the steepest slope from each start, one pixel a step: x and y (steps + 1, N), and how many steps hold.

    The gradient is of the height smoothed over 1.5 m; a flow has some inertia, wanders a little, and stops for good
    where the slope falls below 24 degrees or the raster ends.
    """
    smooth = blur(height, 1.5 / pixel_size)
    gy, gx = np.gradient(smooth, np.float32(pixel_size))
    rows, columns = height.shape
    px, py = np.empty((steps + 1, len(x)), np.float32), np.empty((steps + 1, len(x)), np.float32)
    px[0], py[0] = x, y
    dx, dy = np.zeros(len(x)), np.zeros(len(x))
    holds = np.full(len(x), steps)
    side = rng.standard_normal((steps, len(x))) * wander
    for i in range(steps):
        r, c = np.clip(py[i], 0, rows - 1).astype(np.intp), np.clip(px[i], 0, columns - 1).astype(np.intp)
        sx, sy = -gx[r, c], -gy[r, c]
        slope = np.hypot(sx, sy) + 1e-9
        weight = 0.2
        dx = (1 - weight) * dx + weight * sx / slope
        dy = (1 - weight) * dy + weight * sy / slope
        norm = np.hypot(dx, dy) + 1e-9
        dx, dy = dx / norm - side[i] * dy / norm, dy / norm + side[i] * dx / norm
        outside = (px[i] <= 1) | (py[i] <= 1) | (px[i] >= columns - 2) | (py[i] >= rows - 2)
        # The first few steps may cross a flat ledge of the outcrop.
        stops = outside | ((slope < STOP_SLOPE) & (i > 6))
        holds = np.where(stops & (holds == steps), i, holds)
        px[i + 1], py[i + 1] = px[i] + dx, py[i] + dy
    return px, py, holds


def make_lineae(rng: np.random.Generator, ground: Ground, pixel_size: float, per_km2: float) -> Lineae:
    """Lineae that start at the lower edges of outcrops: 0.5..5 m wide, up to some 200 m long, branching.

    ``per_km2``: how many a square kilometre. Contrast 8..30 %; narrow ones fainter.
    """
    rows, columns = ground.height.shape
    sx, sy = towards(ground.downhill)
    reach = 6.0 / pixel_size
    below = np.roll(ground.outcrop, (round(sy * reach), round(sx * reach)), (0, 1))
    edge = ((below > 0.5) & (ground.outcrop < 0.4) & (ground.talus > 0.3)).nonzero()
    wanted = int(per_km2 * rows * columns * pixel_size**2 / 1e6)
    if len(edge[0]) == 0 or wanted == 0:
        return _no_lineae()
    # They come in groups: a few places along the edge, many lines each.
    groups = max(wanted // 14, 1)
    centre = rng.integers(0, len(edge[0]), groups)
    member = rng.integers(0, groups, wanted)
    near = 18.0 / pixel_size
    want_x = edge[1][centre][member] + rng.normal(0, near, wanted)
    want_y = edge[0][centre][member] + rng.normal(0, near, wanted)
    pick = rng.integers(0, len(edge[0]), 6000)
    distance = (edge[1][pick][None, :] - want_x[:, None]) ** 2 + (edge[0][pick][None, :] - want_y[:, None]) ** 2
    nearest = pick[np.argmin(distance, axis=1)]
    x, y = edge[1][nearest] + rng.uniform(-1, 1, wanted), edge[0][nearest] + rng.uniform(-1, 1, wanted)
    steps = int(220.0 / pixel_size)
    px, py, holds = flow(rng, ground.height, pixel_size, x, y, steps, 0.09)
    length = np.minimum(holds, (rng.lognormal(math.log(70.0), 0.6, wanted) / pixel_size)).astype(int)
    width = np.exp(rng.normal(math.log(1.3), 0.5, wanted)).clip(0.5, 5.0)
    kept = np.flatnonzero(length * pixel_size > 8.0)
    branches = kept[rng.random(len(kept)) < 0.5]
    at = (length[branches] * rng.uniform(0.2, 0.7, len(branches))).astype(int)
    bx, by, bholds = flow(
        rng, ground.height, pixel_size, px[at, branches] + rng.normal(0, 1.5, len(branches)),
        py[at, branches] + rng.normal(0, 1.5, len(branches)), steps, 0.18,
    )  # fmt: skip
    blength = np.minimum(bholds, (length[branches] - at) * rng.uniform(0.4, 1.1, len(branches))).astype(int)
    contrast = rng.uniform(0.14, 0.34, wanted)

    # A branch starts when its parent reaches it: along runs from the parent's share on.
    stem = [(px[:, k], py[:, k], length[k], width[k], contrast[k], 0.0, k) for k in kept]
    side = [
        (bx[:, j], by[:, j], blength[j], width[k] * 0.6, contrast[k], at[j] / max(length[k], 1), k)
        for j, k in enumerate(branches)
    ]
    return _dense(stem + side, pixel_size, wanted, rng)


def _dense(lines: list, pixel_size: float, count: int, rng: np.random.Generator) -> Lineae:
    spacing = 0.5
    parts: list[list[NDArray]] = [[], [], [], [], [], []]
    for lx, ly, length, width, contrast, start, number in lines:
        if length < 4:
            continue
        fine = np.arange(0.0, length, spacing)
        whole = np.arange(length + 1)
        s = fine / length
        taper = np.clip(0.5 + 4.0 * s, 0, 1) * np.clip(1.25 - 0.6 * s, 0.5, 1.0)
        w = np.clip(width * taper, 0.5, 5.0) / pixel_size
        # Narrow lineae have higher I/F than wide ones: contrast falls with width (papers.md 1.8).
        c = contrast * np.clip(0.45 + 0.35 * w * pixel_size, 0.0, 1.0)
        # What is narrower than a pixel fills part of it.
        c, w = c * np.minimum(w, 1.0), np.maximum(w, 1.0)
        values = (
            np.interp(fine, whole, lx[: length + 1]), np.interp(fine, whole, ly[: length + 1]),
            start + (1.0 - start) * s, w, c, np.full(len(fine), number),
        )  # fmt: skip
        for part, value in zip(parts, values, strict=True):
            part.append(np.asarray(value, np.float32))
    if not parts[0]:
        return _no_lineae()
    x, y, along, w, c, line = (np.concatenate(p) for p in parts)
    lag = rng.uniform(0.0, 0.35, count).astype(np.float32)
    return Lineae(x, y, along, w, c, line.astype(np.int32), count, lag, spacing)


def _no_lineae() -> Lineae:
    none = np.zeros(0, np.float32)
    return Lineae(none, none, none, none, none, none.astype(np.int32), 0, none, 0.5)


def draw_lineae(
    lineae: Lineae, shape: tuple[int, int], mars_year: int, solar_longitude: float, seed: int
) -> tuple[Array, Array]:
    """(cover 0..1, contrast) of the lineae at that date.

    Within one season the drawn set only grows (nested in Ls); each year every line comes again to 75-100 % of its
    length, a few stay away (those are drawn by ``seed`` and the year alone).
    """
    length, visible = growth(solar_longitude)
    if lineae.count == 0 or length <= 0.0 or visible <= 0.0:
        zero = np.zeros(shape, np.float32)
        return zero, zero
    year = np.random.default_rng((seed, season_year(mars_year, solar_longitude), 77))
    reach = year.uniform(0.75, 1.0, lineae.count) * (year.random(lineae.count) < 0.88)
    shown_to = np.clip((length - lineae.lag) / (1.0 - lineae.lag), 0.0, 1.0) * reach
    shown = (lineae.along <= shown_to[lineae.line]) & (shown_to[lineae.line] > 0)
    cover, contrast = soft_lines(
        shape, lineae.x[shown], lineae.y[shown], lineae.width[shown], lineae.contrast[shown], lineae.spacing
    )
    return cover * np.float32(visible), contrast


def make_events(
    rng: np.random.Generator, ground: Ground, pixel_size: float, start: datetime, end: datetime, margin: int
) -> tuple[Event, ...]:
    """New craters, slope streaks and moved boulders, dated evenly at random between ``start`` and ``end``."""
    rows, columns = ground.height.shape
    area = (rows - 2 * margin) * (columns - 2 * margin) * pixel_size**2 / 1e6
    sx, sy = towards(ground.downhill)
    talus = (ground.talus[margin:-margin, margin:-margin] > 0.5).nonzero()

    def number(per_km2: float, least: int) -> int:
        return max(int(rng.poisson(per_km2 * area)), least)

    def when() -> datetime:
        return start + timedelta(seconds=float(rng.uniform(0, (end - start).total_seconds())))

    def somewhere(steep: bool) -> tuple[float, float]:
        if steep and len(talus[0]):
            k = int(rng.integers(0, len(talus[0])))
            return float(talus[1][k] + margin), float(talus[0][k] + margin)
        edge = margin + 12
        return float(rng.uniform(edge, columns - edge)), float(rng.uniform(edge, rows - edge))

    events = []
    # In a small scene a large impact would leave nothing unchanged.
    largest = float(np.clip(0.02 * min(rows - 2 * margin, columns - 2 * margin) * pixel_size, 1.2, 5.0))
    for _ in range(number(2.0, 1)):
        x, y = somewhere(False)
        size = float(np.exp(rng.uniform(math.log(1.0), math.log(largest))))
        contrast = float(rng.uniform(0.12, 0.35)) * (1.0 if rng.random() < 0.8 else -0.7)
        events.append(Event("crater", when(), x, y, size, contrast, int(rng.integers(2**31))))
    if len(talus[0]):
        for _ in range(number(3.0, 1)):
            x, y = somewhere(True)
            events.append(
                Event("streak", when(), x, y, float(rng.uniform(30, 120)), float(rng.uniform(0.08, 0.22)),
                      int(rng.integers(2**31)))
            )  # fmt: skip
    for _ in range(number(10.0, 2)):
        for _attempt in range(20):
            x, y = somewhere(True)
            distance = float(np.exp(rng.uniform(math.log(6.0), math.log(60.0)))) / pixel_size
            turn = rng.normal(0, 0.2)
            x2 = x + distance * (sx * math.cos(turn) - sy * math.sin(turn))
            y2 = y + distance * (sx * math.sin(turn) + sy * math.cos(turn))
            if margin < x2 < columns - margin and margin < y2 < rows - margin:
                break
        events.append(
            Event("boulder", when(), x, y, float(rng.uniform(0.8, 2.2)), 0.0, int(rng.integers(2**31)), x2, y2)
        )
    return tuple(events)


def crater_mark(event: Event, shape: tuple[int, int], pixel_size: float) -> tuple[slice, slice, Array, Array]:
    """(rows, columns, cover 0..1 of halo and bowl, halo contrast) of a new crater, on its own window."""
    rng = np.random.default_rng(event.seed)
    r = event.size / pixel_size
    halo = r * rng.uniform(3.0, 6.0)
    reach = math.ceil(halo * 1.8)
    rows, columns, yy, xx = _window(event.x, event.y, reach, shape)
    d = np.sqrt(xx * xx + yy * yy)
    edge = halo * np.clip(1.0 + 0.3 * rays(rng, yy, xx), 0.5, 1.7)
    cover = np.maximum(smoothstep(-d / edge, -1.1, -0.6), smoothstep(-d, -(r + 1.0), -r))
    return rows, columns, cover, np.where(d < r, 0.6 * event.contrast, event.contrast).astype(np.float32)


def streak_mark(event: Event, ground: Ground, pixel_size: float) -> tuple[slice, slice, Array]:
    """(rows, columns, cover 0..1) of a slope streak: a wedge down the flow line from its start."""
    rng = np.random.default_rng(event.seed)
    shape = (ground.height.shape[0], ground.height.shape[1])
    steps = int(event.size / pixel_size)
    rows, columns, _, _ = _window(event.x, event.y, steps + 20, shape)
    x0, y0 = np.array([event.x - columns.start]), np.array([event.y - rows.start])
    part = ground.height[rows, columns]
    px, py, holds = flow(rng, blur(part, 6.0 / pixel_size), pixel_size, x0, y0, steps, 0.02)
    length = max(int(holds[0]), 2)
    fine = np.arange(0.0, length, 0.5)
    x = np.interp(fine, np.arange(length + 1), px[: length + 1, 0])
    y = np.interp(fine, np.arange(length + 1), py[: length + 1, 0])
    s = fine / length
    widest = float(rng.uniform(0.06, 0.14)) * event.size
    width = np.clip(widest * s**0.8 * np.clip(5.0 * (1.0 - s), 0.2, 1.0), 0.6, None) / pixel_size
    cover, _ = soft_lines((part.shape[0], part.shape[1]), x, y, width, np.ones(len(x)), 0.5)
    return rows, columns, cover


def _window(x: float, y: float, reach: int, shape: tuple[int, int]) -> tuple[slice, slice, Array, Array]:
    top, bottom = max(int(y) - reach, 0), min(int(y) + reach + 1, shape[0])
    left, right = max(int(x) - reach, 0), min(int(x) + reach + 1, shape[1])
    bottom, right = max(bottom, top + 2), max(right, left + 2)
    yy = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)
    xx = np.arange(left, right, dtype=np.float32)[None, :] - np.float32(x)
    return slice(top, bottom), slice(left, right), yy, xx
