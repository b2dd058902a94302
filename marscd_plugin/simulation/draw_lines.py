"""Change that runs downhill: recurring slope lineae, slope streaks, gullies. Each returns its marks, one an object."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .fields import Array, smooth_field, smoothstep
from .kinds import Kind
from .marks import Mark, Site, box, coordinates, downhill, strokes

#: Pixels a step of a traced path.
STEP = 3.0


def rsl(rng: np.random.Generator, site: Site, width: tuple[float, float] | None = None) -> list[Mark]:
    """A group of recurring slope lineae: dark, narrow, from outcrops downhill, branching.

    Between the dates they come, go, lengthen or pale, all of the group in one sense (a season), some not at all. Full
    widths 1..20 px (0.5-5 m at 0.25 m a pixel, and a quarter of the groups at 1-2 px), contrast up to 40 %, narrow ones
    fainter (papers.md 1.8-1.9). ``width`` gives other bounds. A line and its branches are one object.
    """
    rows, columns = site.shape
    n = math.sqrt(rows * columns)
    count = int(np.clip(rng.lognormal(1.7, 0.8), 1, 24))
    if width is None:
        low, high = (1.0, 2.0) if rng.random() < 0.25 else (1.5, 20.0)
    else:
        low, high = width
    middle = low * (high / low) ** float(rng.beta(1.0, 2.0))
    full = np.clip(middle * np.exp(rng.normal(0, 0.3, count)), low, high)
    # Wide lineae are long: a dozen widths at least.
    longest = float(np.clip(max(rng.uniform(0.1, 0.7) * n, 12 * middle), 15.0, n))
    steps = max(int(longest / STEP), 5)
    x, y = _starts(rng, site, count, middle)
    px, py = downhill(rng, site, x, y, rng.normal(0, 0.15, count), steps, STEP)
    reach = rng.uniform(0.35, 1.0, count)
    contrast = float(np.exp(rng.uniform(math.log(0.06), math.log(0.40))))
    # Narrow lineae have higher I/F than wide ones.
    depth = np.clip(contrast * rng.uniform(0.7, 1.2, count) * np.clip(0.45 + 0.14 * full, 0.0, 1.0), 0.02, 0.45)
    early, late, pale_early, pale_late = _season(rng, count)
    soft = float(rng.uniform(0.0, 0.8))
    mottle = 1.0 + 0.1 * smooth_field(rng, site.shape, 24)
    branches = _branches(rng, site, px, py, full, reach, steps)
    marks = []
    for k in range(count):
        lines = [(px[:, k], py[:, k], float(full[k]), 0.0, float(reach[k])), *branches.get(k, [])]
        shown, pale = (float(early[k]), float(late[k])), (float(pale_early[k]), float(pale_late[k]))
        mark = _lineae(rng, site, lines, shown, pale, float(depth[k]), soft, mottle)
        if mark is not None:
            marks.append(mark)
    return marks


def _season(rng: np.random.Generator, count: int) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Share of the full length in both dates, and share of the full contrast in both, (count,) each."""
    none, whole = np.zeros(count), np.ones(count)
    mode = rng.choice(["come", "lengthen", "mixed", "fade"], p=[0.45, 0.2, 0.2, 0.15])
    late = rng.uniform(0.7, 1.0, count)
    early, pale_early, pale_late = none, whole, rng.uniform(0.85, 1.15, count)
    if mode == "lengthen":
        early = late * rng.uniform(0.2, 0.8, count)
    elif mode == "mixed":
        early = late * rng.choice([0.0, 0.5, 1.0], count, p=[0.4, 0.2, 0.4])
    elif mode == "fade":
        early, pale_early = late, rng.uniform(0.0, 0.5, count)
        pale_late = whole
    return early, late, pale_early, pale_late


def _starts(rng: np.random.Generator, site: Site, count: int, width: float) -> tuple[NDArray, NDArray]:
    """Start points in a band across the slope, the roughest of several candidates each: outcrops, as far as seen."""
    rows, columns = site.shape
    n = math.sqrt(rows * columns)
    sx, sy = site.slope
    candidates = 8
    spread = max(rng.uniform(0.1, 1.0) * n, 3 * width * count)
    u = rng.normal(0.0, rng.uniform(0.02, 0.12) * n, (candidates, count)) - 0.15 * n
    v = rng.uniform(-0.5, 0.5, (1, count)) * spread + rng.normal(0, 4.0, (candidates, count))
    cx, cy = rng.uniform(0.2, 0.8) * columns, rng.uniform(0.2, 0.8) * rows
    x, y = cx + u * sx - v * sy, cy + u * sy + v * sx
    row, column = np.clip(y, 0, rows - 1).astype(int), np.clip(x, 0, columns - 1).astype(int)
    best = np.argmax(site.interest[row, column], axis=0)
    pick = np.arange(count)
    return x[best, pick], y[best, pick]


#: A line as (x, y, full width, where it starts, where it ends), the last two as shares of the main line's length.
Line = tuple[NDArray, NDArray, float, float, float]


def _branches(
    rng: np.random.Generator, site: Site, px: NDArray, py: NDArray, full: NDArray, reach: NDArray, steps: int
) -> dict[int, list[Line]]:
    """Branches of the lines, by the line's number: none on three of five, else one or two."""
    numbers = rng.choice([0, 1, 2], size=len(full), p=[0.6, 0.28, 0.12])
    parent = np.repeat(np.arange(len(full)), numbers)
    made: dict[int, list[Line]] = {}
    if len(parent) == 0:
        return made
    at = rng.uniform(0.15, 0.75, len(parent)) * reach[parent]
    start = (at * steps).astype(int)
    turn = rng.choice([-1.0, 1.0], len(parent)) * rng.uniform(0.25, 0.7, len(parent))
    ahead = np.maximum((steps * rng.uniform(0.2, 0.6, len(parent))).astype(int), 3)
    width = np.maximum(full[parent] * rng.uniform(0.5, 0.9, len(parent)), 1.0)
    bx, by = downhill(rng, site, px[start, parent], py[start, parent], turn, int(ahead.max()), STEP)
    for b, k in enumerate(parent):
        cut = int(ahead[b]) + 1
        line = (bx[:cut, b], by[:cut, b], float(width[b]), float(at[b]), float(at[b] + ahead[b] / steps))
        made.setdefault(int(k), []).append(line)
    return made


def _lineae(
    rng: np.random.Generator,
    site: Site,
    lines: list[Line],
    shown: tuple[float, float],
    pale: tuple[float, float],
    depth: float,
    soft: float,
    mottle: Array,
) -> Mark | None:
    """One line with its branches: grown to ``shown`` (shares of its length), at ``pale`` of its contrast."""
    full = max(line[2] for line in lines)
    cut: dict[float, list[tuple[NDArray, NDArray, NDArray]]] = {share: [] for share in shown}
    # They start narrow at the outcrop, are widest in the middle, and end in a tip, each line uneven in its own way.
    knots = np.array([0.0, 0.12, 0.3, 0.6, 0.8, 1.0])
    widths = np.array([0.35, 0.8, 1.0, 0.95, 0.8, 0.5]) * np.exp(rng.normal(0, 0.12, 6))
    for x, y, w, start, end in lines:
        s = start + (end - start) * np.linspace(0, 1, len(x))
        width = np.interp(s, knots, w * widths).clip(min(w, 1.0))
        for share in cut:
            keep = int(np.searchsorted(s, share * lines[0][4]))
            if keep >= 2:
                tip = np.interp(np.arange(keep)[::-1], [0, max(2.0 * w / STEP, 1.0)], [0.35, 1.0])
                cut[share].append((x[:keep], y[:keep], np.maximum(width[:keep] * tip, min(w, 1.0))))
    drawn = list(cut[max(shown)])
    if not drawn:
        return None
    all_x, all_y = np.concatenate([d[0] for d in drawn]), np.concatenate([d[1] for d in drawn])
    window = box(site.shape, all_x, all_y, full + 3)
    if window is None:
        return None
    mottle = mottle[window[0] : window[0] + window[2], window[1] : window[1] + window[3]]
    covers = {share: strokes(window, parts, soft) if parts else np.zeros(window[2:], np.float32)
              for share, parts in cut.items()}  # fmt: skip
    first, second = (covers[share] * np.float32(p) for share, p in zip(shown, pale, strict=True))
    step = np.abs(first - second)
    # A paler line is change once it has lost two fifths; a little paler is the light.
    same = abs(shown[0] - shown[1]) < 1e-6 and abs(pale[0] - pale[1]) < 0.4
    where = np.zeros(step.shape, bool) if same else step > 0.4
    factors = [1.0 - np.clip(np.float32(depth) * part * mottle, 0.0, 0.6) for part in (first, second)]
    part = "" if min(shown) == 0 else ("grown" if shown[0] != shown[1] else "paled")
    date = "both" if min(shown) > 0 and part == "paled" else "after"
    length = float(STEP * len(drawn[0][0])) * (1.0 if part != "grown" else 1.0 - min(shown) / max(shown))
    change = 1.0 if part != "paled" else abs(pale[0] - pale[1])
    return Mark(Kind.RSL, window[0], window[1], factors[0], factors[1], where, date, full, length,
                -depth * change, part)  # fmt: skip


def streak(rng: np.random.Generator, site: Site) -> list[Mark]:
    """One to three slope streaks: wedges that widen downhill from a point, dark (sometimes bright), sharp-edged; one in
    five stood there already."""
    rows, columns = site.shape
    n = math.sqrt(rows * columns)
    marks = []
    for _ in range(int(rng.integers(1, 4))):
        angle = math.atan2(site.slope[1], site.slope[0]) + rng.normal(0, 0.12)
        length = float(np.clip(rng.uniform(0.15, 0.7) * n, 20, 250))
        half = float(np.exp(rng.uniform(math.log(1.5), math.log(11.0))))
        x0, y0 = rng.uniform(0.0, 1.0) * columns, rng.uniform(0.0, 1.0) * rows
        x0, y0 = x0 - 0.4 * length * math.cos(angle), y0 - 0.4 * length * math.sin(angle)
        bend = rng.normal(0, 0.12)
        ends = np.array([0.0, 0.5, 1.0])
        side = np.array([0.0, 0.25, 1.0]) * bend * length
        path_x = x0 + ends * length * math.cos(angle) - side * math.sin(angle)
        path_y = y0 + ends * length * math.sin(angle) + side * math.cos(angle)
        window = box(site.shape, path_x, path_y, 2.2 * half + 6)
        cover = None if window is None else _wedge(rng, window, x0, y0, angle, length, half, bend)
        if window is None or cover is None:
            continue
        contrast = float(rng.uniform(0.05, 0.25)) * (-0.7 if rng.random() < 0.15 else 1.0)
        factor = 1.0 - cover * np.float32(contrast)
        stands = rng.random() < 0.2
        where = np.zeros(cover.shape, bool) if stands else cover > 0.5
        marks.append(Mark(Kind.STREAK, window[0], window[1], factor if stands else None, factor, where,
                          "both" if stands else "after", 2 * half, length, -contrast))  # fmt: skip
    return marks


def _wedge(
    rng: np.random.Generator, window: tuple[int, int, int, int], x0: float, y0: float, angle: float, length: float,
    half: float, bend: float, ragged: float = 0.15,
) -> Array:  # fmt: skip
    """Cover 0..1 of a wedge that widens from (x0, y0); ``ragged``: how uneven its sides are, of the half width."""
    dx, dy = coordinates(window, x0, y0)
    c, s = np.float32(math.cos(angle)), np.float32(math.sin(angle))
    u, v = dx * c + dy * s, dy * c - dx * s
    cells = int(np.clip(max(window[2:]) / 12, 2, 24))
    v = v - np.float32(bend / length) * u * u + np.float32(ragged * half) * smooth_field(rng, window[2:], cells)
    t = u * np.float32(1.0 / length)
    t = t * (1.0 + np.float32(0.8 * (ragged - 0.15)) * smooth_field(rng, window[2:], cells))
    opening = np.clip(t, 0.0, None) ** np.float32(rng.uniform(0.4, 1.0))
    reach = half * opening * np.sqrt(np.clip(4.0 * (1.0 - t), 0.0, 1.0))
    edge = rng.uniform(0.4, 1.2)
    return smoothstep(reach - np.abs(v), -edge, edge) * ((t > 0) & (t < 1))


def gully(rng: np.random.Generator, site: Site) -> list[Mark]:
    """A gully at work: a channel cut or widened (one wall lit, one in shade, under each date's sun), and a fan of
    bright or dark debris below it. Channel and fan are an object each (Dundas et al. 2015)."""
    rows, columns = site.shape
    n = math.sqrt(rows * columns)
    x, y = rng.uniform(0.15, 0.85, 1) * columns, rng.uniform(0.15, 0.85, 1) * rows
    steps = max(int(rng.uniform(0.12, 0.4) * n / STEP), 6)
    x, y = x - site.slope[0] * steps, y - site.slope[1] * steps
    px, py = (p[:, 0] for p in downhill(rng, site, x, y, rng.normal(0, 0.1, 1), steps, STEP))
    width = float(np.exp(rng.uniform(math.log(2.0), math.log(9.0))))
    marks = []
    window = box(site.shape, px, py, width + 4)
    relief = rng.uniform(0.1, 0.35)
    if window is not None:
        uneven = width * np.exp(0.25 * np.cumsum(rng.normal(0, 0.4, len(px)))).clip(0.5, 1.6)
        cover = strokes(window, [(px, py, uneven)], 0.3 * width)
        gy, gx = np.gradient(cover)
        peak = float(np.hypot(gx, gy).max()) + 1e-6
        # The floor lies lower by the cover: its wall that faces the sun is bright. Fresh ground is a little darker.
        light = gx * np.float32(site.suns[1][0]) + gy * np.float32(site.suns[1][1])
        factor = np.clip(1.0 + np.float32(relief / peak) * light - np.float32(0.3 * relief) * cover, 0.4, 1.6)
        marks.append(Mark(Kind.GULLY, window[0], window[1], None, factor.astype(np.float32), cover > 0.5, "after",
                          width, STEP * steps, -0.5 * float(relief), "channel"))  # fmt: skip
    angle = math.atan2(py[-1] - py[-3], px[-1] - px[-3])
    length, half = float(rng.uniform(0.3, 0.9)) * STEP * steps, width * rng.uniform(1.0, 3.0)
    reach = np.array([px[-1], px[-1] + length * math.cos(angle)]), np.array([py[-1], py[-1] + length * math.sin(angle)])
    window = box(site.shape, reach[0], reach[1], 2.2 * half + 4)
    if window is not None:
        cover = _wedge(rng, window, float(px[-1]), float(py[-1]), angle, length, half, 0.0, 0.45)
        contrast = float(rng.uniform(0.06, 0.25)) * (1.0 if rng.random() < 0.6 else -1.0)
        marks.append(Mark(Kind.GULLY, window[0], window[1], None, 1.0 + np.float32(contrast) * cover, cover > 0.5,
                          "after", 2 * half, length, contrast, "fan"))  # fmt: skip
    return marks
