"""Change at a spot: new craters, boulders that moved, falls of ice blocks. Each returns its marks, one an object."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .fields import Array, rays, smooth_field, smoothstep
from .kinds import Kind
from .marks import Mark, Site, box, coordinates, strokes


def crater(rng: np.random.Generator, site: Site) -> list[Mark]:
    """A new impact: one bowl or a small cluster, with a dark or bright blast zone, rays, and a thin apron of ejecta of
    the other sign in one of four. One in six stood there before: not change, and shaded by each date's own sun."""
    rows, columns = site.shape
    cx, cy = rng.uniform(0.12, 0.88) * columns, rng.uniform(0.12, 0.88) * rows
    radius = float(np.exp(rng.uniform(math.log(1.0), math.log(9.0))))
    members = 1 if rng.random() < 0.65 else int(rng.integers(2, 7))
    blast = radius * rng.uniform(2.5, 8.0)
    halo = float(rng.uniform(0.06, 0.4)) * (1.0 if rng.random() < 0.75 else -0.7)
    apron = rng.random() < 0.25
    stands = rng.random() < 1 / 6
    marks = []
    for k in range(members):
        r = radius if k == 0 else max(radius * rng.uniform(0.3, 0.8), 0.8)
        x, y = (cx, cy) if k == 0 else (cx + rng.normal(0, 1.2 * blast), cy + rng.normal(0, 1.2 * blast))
        reach = blast * r / radius
        window = box(site.shape, np.array([x]), np.array([y]), 1.9 * reach + 3)
        if window is None:
            continue
        dx, dy = coordinates(window, x, y)
        d = np.sqrt(dx * dx + dy * dy)
        ragged = np.clip(1.0 + 0.3 * rays(rng, dy, dx), 0.4, 1.8)
        cover = smoothstep(-d / (reach * ragged), -1.1, -0.55)
        ground = 1.0 - np.float32(halo) * cover
        if apron:
            ground = ground + np.float32(0.7 * halo) * smoothstep(-d / (0.45 * reach * ragged), -1.1, -0.7)
        lights = zip(site.suns, site.tangents, strict=True)
        factors = [ground * _bowl(dx, dy, d, r, sun, tangent) for sun, tangent in lights]
        where = np.zeros(d.shape, bool) if stands else (cover > 0.5) | (d < r)
        marks.append(Mark(Kind.CRATER, window[0], window[1], factors[0] if stands else None, factors[1], where,
                          "both" if stands else "after", 2 * reach, 2 * reach, -halo))  # fmt: skip
    return marks


def _bowl(dx: Array, dy: Array, d: Array, r: float, sun: tuple[float, float], tangent: float) -> Array:
    """Shading of a bowl, depth a fifth of its diameter: the wall away from the sun is lit, that towards it shaded."""
    inside = smoothstep(-d, -(r + 0.7), -(r - 0.7))
    facing = -(dx * np.float32(sun[0]) + dy * np.float32(sun[1])) / np.float32(max(r, 1.0))
    rim = smoothstep(-np.abs(d - (r + 0.8)), -0.9, -0.2)
    slope = np.float32(0.4 * min(tangent, 2.0))
    return np.clip(1.0 + slope * (inside - 0.25 * rim) * np.clip(facing, -1, 1), 0.25, 1.6)


def _block(
    window: tuple[int, int, int, int], x: float, y: float, radius: float, sun: tuple[float, float], shadow: float,
    bright: float,
) -> tuple[Array, NDArray[np.bool_]]:  # fmt: skip
    """Factor and mark of a block: a lit disc and its shadow, ``shadow`` px long, away from the sun."""
    dx, dy = coordinates(window, x, y)
    d = np.sqrt(dx * dx + dy * dy)
    sx, sy = np.float32(sun[0]), np.float32(sun[1])
    disc = smoothstep(-d, -(radius + 0.6), -(radius - 0.6))
    towards = dx * sx + dy * sy
    # The shadow of a rounded block ends round: what lies within its radius of the segment it is thrown along.
    beyond = np.clip(-towards, 0.0, np.float32(shadow))
    off = np.sqrt((dx + beyond * sx) ** 2 + (dy + beyond * sy) ** 2)
    dark = smoothstep(-off, -(radius + 0.5), -(radius - 0.5)) * smoothstep(-towards, 0.0, 1.0) * (1.0 - disc)
    lit = np.clip(towards / np.float32(max(radius, 0.8)), -1, 1)
    factor = (1.0 + disc * (np.float32(bright) + 0.25 * lit)) * (1.0 - 0.6 * dark)
    return factor.astype(np.float32), (disc > 0.5) | (dark > 0.5)


def _blocks(
    site: Site, kind: Kind, x: float, y: float, r: float, height: float, bright: float, date: str, part: str
) -> Mark | None:
    """A block at one place: in the ``after`` or ``before`` date, or in both (then under both suns, and no change)."""
    shadows = [min(height * t, 12.0) for t in site.tangents]
    window = box(site.shape, np.array([x]), np.array([y]), 2 * r + max(shadows) + 2)
    if window is None:
        return None
    drawn = [_block(window, x, y, r, sun, s, bright) for sun, s in zip(site.suns, shadows, strict=True)]
    if date == "both":
        none = np.zeros(drawn[0][1].shape, bool)
        return Mark(kind, window[0], window[1], drawn[0][0], drawn[1][0], none, date, 2 * r, 2 * r, bright, part)
    index = 0 if date == "before" else 1
    factors: list[Array | None] = [None, None]
    factors[index] = drawn[index][0]
    # Its shadow is most of what is seen of a block: the contrast is the mean of both, darker for most.
    contrast = float(drawn[index][0][drawn[index][1]].mean() - 1.0) if drawn[index][1].any() else bright
    return Mark(kind, window[0], window[1], factors[0], factors[1], drawn[index][1], date, 2 * r,
                2 * r + shadows[index], contrast, part)  # fmt: skip


def boulders(rng: np.random.Generator, site: Site) -> list[Mark]:
    """Boulders that left one place and lie downhill at another, with a track between in two of five; some that never
    moved, whose shadows follow the sun."""
    rows, columns = site.shape
    n = math.sqrt(rows * columns)
    moved, still = int(rng.integers(1, 8)), int(rng.integers(0, 8))
    radius = float(np.exp(rng.uniform(math.log(0.9), math.log(4.0))))
    tall = rng.uniform(0.6, 1.4)
    marks: list[Mark | None] = []
    for k in range(moved + still):
        x, y = rng.uniform(0.05, 0.95) * columns, rng.uniform(0.05, 0.95) * rows
        r = float(radius * rng.uniform(0.7, 1.3))
        bright = float(rng.uniform(0.05, 0.25))
        if k >= moved:
            marks.append(_blocks(site, Kind.BOULDER, x, y, r, tall * r, bright, "both", ""))
            continue
        distance = float(np.exp(rng.uniform(math.log(4 * r + 2), math.log(max(0.4 * n, 6 * r + 4)))))
        angle = math.atan2(site.slope[1], site.slope[0]) + rng.normal(0, 0.15)
        to_x, to_y = x + math.cos(angle) * distance, y + math.sin(angle) * distance
        if rng.random() < 0.4 and distance > 10:
            marks.append(_track(rng, site, Kind.BOULDER, (x, y), (to_x, to_y), r))
        marks.append(_blocks(site, Kind.BOULDER, x, y, r, tall * r, bright, "before", "left"))
        marks.append(_blocks(site, Kind.BOULDER, to_x, to_y, r, tall * r, bright, "after", "arrived"))
    return [mark for mark in marks if mark is not None]


def _track(
    rng: np.random.Generator, site: Site, kind: Kind, start: tuple[float, float], end: tuple[float, float], r: float
) -> Mark | None:
    """A faint track, dark, sometimes broken where the boulder bounced."""
    steps = max(int(math.hypot(end[0] - start[0], end[1] - start[1]) / 3), 3)
    t = np.linspace(0, 1, steps)
    sway = np.cumsum(rng.normal(0, 0.25, steps))
    sway = sway - t * sway[-1]
    x = start[0] + t * (end[0] - start[0]) - sway * site.slope[1]
    y = start[1] + t * (end[1] - start[1]) + sway * site.slope[0]
    width = max(1.2 * r, 1.0)
    window = box(site.shape, x, y, width + 3)
    if window is None:
        return None
    bounce = rng.random() < 0.5
    parts = [(x[k : k + 3], y[k : k + 3], np.full(3, width)) for k in range(0, steps - 2, 4 if bounce else 2)]
    cover = strokes(window, parts, 0.4)
    contrast = float(rng.uniform(0.05, 0.2))
    return Mark(kind, window[0], window[1], None, 1.0 - np.float32(contrast) * cover, cover > 0.5, "after", width,
                3.0 * steps, -contrast, "track")  # fmt: skip


def icefall(rng: np.random.Generator, site: Site) -> list[Mark]:
    """A fall of ice blocks below a scarp: new small blocks with shadows, strewn downhill, on a thin fan of debris
    (falls at the north polar scarps: Fanara et al. 2020). Each block is an object, and so is the fan."""
    rows, columns = site.shape
    x0, y0 = rng.uniform(0.1, 0.9) * columns, rng.uniform(0.1, 0.9) * rows
    sx, sy = site.slope
    count = int(np.clip(rng.lognormal(1.9, 0.7), 2, 28))
    run, spread = rng.uniform(8, 70), rng.uniform(3, 16)
    bright = float(rng.uniform(0.1, 0.4))
    marks: list[Mark | None] = []
    if rng.random() < 0.7:
        t = np.linspace(0, 1, 8)
        x, y = x0 + sx * run * t, y0 + sy * run * t
        width = 2 * spread * (0.4 + 0.8 * t)
        window = box(site.shape, x, y, float(width.max()) + 5)
        if window is not None:
            ragged = 1.0 + 0.45 * smooth_field(rng, window[2:], 8)
            cover = smoothstep(strokes(window, [(x, y, width)], 2.0) * ragged, 0.35, 0.75)
            contrast = float(rng.uniform(0.04, 0.2)) * (1.0 if rng.random() < 0.35 else -1.0)
            marks.append(Mark(Kind.ICEFALL, window[0], window[1], None, 1.0 + np.float32(contrast) * cover, cover > 0.5,
                              "after", 2 * spread, float(run), contrast, "fan"))  # fmt: skip
    for _ in range(count):
        u, v = run * math.sqrt(rng.random()) * 1.2, rng.normal(0, 0.6 * spread)
        r = float(np.clip(0.8 * (1.0 - rng.random()) ** -0.5, 0.8, 4.5))
        marks.append(_blocks(site, Kind.ICEFALL, x0 + sx * u - sy * v, y0 + sy * u + sx * v, r,
                             r * rng.uniform(0.6, 1.3), bright, "after", "block"))  # fmt: skip
    return [mark for mark in marks if mark is not None]
