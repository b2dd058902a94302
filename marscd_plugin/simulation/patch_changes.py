"""What is change, drawn into a patch: lineae, slope streaks, new craters, moved boulders, shifted dune edges.

Everything is painted as a factor on brightness, per date, with a soft edge; the truth is where the blend of a thing
that stands in one date only exceeds one half. Angles here are image angles: x to the right, y down, in radians.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .fields import Array, blur, grid, rays, smooth_field, smoothstep, soft_lines
from .kinds import Kind

BEFORE, AFTER, BOTH = "before", "after", "both"


@dataclass
class Canvas:
    """Brightness factors of the two dates, the truth and its classes, all (n, n); ``slope`` points downhill."""

    n: int
    slope: tuple[float, float]
    gradient: tuple[Array, Array]
    interest: Array
    sun: tuple[float, float]
    strength: float = 1.0
    before: Array = field(init=False)
    after: Array = field(init=False)
    truth: NDArray[np.bool_] = field(init=False)
    classes: NDArray[np.uint8] = field(init=False)
    kinds: list[dict] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = (self.n, self.n)
        self.before, self.after = np.ones(shape, np.float32), np.ones(shape, np.float32)
        self.truth, self.classes = np.zeros(shape, bool), np.zeros(shape, np.uint8)

    def paint(self, factor: Array, date: str) -> None:
        """Multiply the brightness of that date (or both) by ``factor``, its contrast scaled by ``strength``."""
        if self.strength != 1.0:
            factor = 1.0 + np.float32(self.strength) * (factor - 1.0)
        if date in (BEFORE, BOTH):
            self.before = self.before * factor
        if date in (AFTER, BOTH):
            self.after = self.after * factor

    def label(self, where: NDArray[np.bool_], kind: Kind) -> None:
        """Mark change of that kind."""
        self.truth |= where
        self.classes[where] = int(kind)

    def note(self, kind: Kind, **drawn: float | int | str) -> None:
        """Write what was drawn into the recipe."""
        self.kinds.append({"kind": kind.name.lower(), **drawn})


def trace(
    rng: np.random.Generator, canvas: Canvas, x: NDArray, y: NDArray, turn: NDArray, steps: int, step: float
) -> tuple[NDArray, NDArray]:
    """Paths downhill from the starts, shape (steps + 1, N) each for x and y: momentum, local slope, a little wander."""
    sx, sy = canvas.slope
    gx, gy = canvas.gradient
    heading = math.atan2(sy, sx) + turn
    dx, dy = np.cos(heading), np.sin(heading)
    local = rng.uniform(0.1, 0.6)
    wander = rng.standard_normal((steps, len(x))) * rng.uniform(0.05, 0.22)
    px, py = np.empty((steps + 1, len(x))), np.empty((steps + 1, len(x)))
    px[0], py[0] = x, y
    last = canvas.n - 1
    for i in range(steps):
        row = np.clip(py[i], 0, last).astype(np.intp)
        column = np.clip(px[i], 0, last).astype(np.intp)
        side = wander[i]
        dx, dy = (
            0.8 * dx + 0.2 * sx - local * gx[row, column] - side * dy,
            0.8 * dy + 0.2 * sy - local * gy[row, column] + side * dx,
        )
        length = np.hypot(dx, dy) + 1e-9
        dx, dy = dx / length, dy / length
        px[i + 1], py[i + 1] = px[i] + step * dx, py[i] + step * dy
    return px, py


def _starts(rng: np.random.Generator, canvas: Canvas, count: int) -> tuple[NDArray, NDArray]:
    """Start points in a band across the slope, the roughest of several candidates each: outcrops, as far as seen."""
    n = canvas.n
    sx, sy = canvas.slope
    along = rng.uniform(-0.55, 0.25) * n
    candidates = 8
    u = along + rng.normal(0.0, rng.uniform(0.02, 0.15) * n, (candidates, count))
    v = rng.uniform(-0.55, 0.55, (1, count)) * n * rng.uniform(0.3, 1.0) + rng.normal(0, 4.0, (candidates, count))
    x = n / 2 + u * sx - v * sy
    y = n / 2 + u * sy + v * sx
    row, column = np.clip(y, 0, n - 1).astype(int), np.clip(x, 0, n - 1).astype(int)
    best = np.argmax(canvas.interest[row, column], axis=0)
    pick = np.arange(count)
    return x[best, pick], y[best, pick]


def lineae(rng: np.random.Generator, canvas: Canvas) -> None:
    """Recurring slope lineae: dark, narrow, from outcrops downhill, branching; grown, shrunk, or newly there.

    Widths 1..14 px (0.5-5 m at 0.35-0.5 m a pixel), contrast 5-35 % of brightness, narrow ones fainter
    (papers.md 1.8-1.9). Part of the lines may stand unchanged in both dates.
    """
    n = canvas.n
    count = int(np.clip(rng.lognormal(2.0, 0.8), 1, 36))
    steps = int(rng.uniform(0.12, 0.75) * n / 1.5)
    x, y = _starts(rng, canvas, count)
    px, py = trace(rng, canvas, x, y, rng.normal(0, 0.15, count), steps, 1.5)
    width = np.exp(rng.normal(rng.uniform(0.1, 1.4), 0.45, count)).clip(1.0, 14.0)
    length = rng.uniform(0.35, 1.0, count)
    lines = [(px, py, width, length, np.arange(count))]
    branches = int(count * rng.uniform(0.0, 1.2))
    if branches:
        parent = rng.integers(0, count, branches)
        at = (rng.uniform(0.15, 0.8, branches) * length[parent] * steps).astype(int)
        turn = rng.choice([-1.0, 1.0], branches) * rng.uniform(0.2, 0.7, branches)
        bx, by = trace(rng, canvas, px[at, parent], py[at, parent], turn, max(int(steps * 0.6), 4), 1.5)
        lines.append(
            (
                bx,
                by,
                (width[parent] * rng.uniform(0.4, 0.9, branches)).clip(1.0, 14.0),
                rng.uniform(0.2, 0.9, branches),
                parent,
            )
        )

    contrast = float(np.exp(rng.uniform(math.log(0.07), math.log(0.35))))
    per_line = contrast * rng.uniform(0.7, 1.15, count)
    mode = rng.choice(["appear", "lengthen", "mixed"], p=[0.5, 0.25, 0.25])
    kept_share = {
        "appear": np.zeros(count),
        "lengthen": rng.uniform(0.2, 0.8, count),
        "mixed": np.where(rng.random(count) < 0.4, 1.0, rng.choice([0.0, 0.5], count)),
    }[str(mode)]
    date = AFTER if rng.random() < 0.5 else BEFORE

    points: dict[str, list[NDArray]] = {k: [] for k in ("x", "y", "width", "strength", "kept")}
    for lx, ly, lwidth, llength, parent in lines:
        total = lx.shape[0]
        fine = np.linspace(0, total - 1, 3 * (total - 1) + 1)
        low = np.minimum(fine.astype(int), total - 2)
        f = (fine - low)[:, None]
        fx, fy = lx[low] * (1 - f) + lx[low + 1] * f, ly[low] * (1 - f) + ly[low + 1] * f
        s = (fine / (total - 1))[:, None] / llength
        shown = s <= 1.0
        taper = np.clip(1.25 - 0.7 * s, 0.35, 1.0) * np.clip(0.55 + 3.0 * s, 0.0, 1.0)
        w = np.maximum(lwidth * taper, 1.0)
        # Narrow lineae have higher I/F than wide ones: contrast falls towards half at one pixel.
        c = per_line[parent] * np.clip(0.45 + 0.16 * w, 0.0, 1.0)
        kept = s <= kept_share[parent]
        for name, value in (
            ("x", fx),
            ("y", fy),
            ("width", w),
            ("strength", np.broadcast_to(c, w.shape)),
            ("kept", kept),
        ):
            points[name].append(value[shown])
    flat = {name: np.concatenate(value) for name, value in points.items()}
    kept = flat["kept"].astype(bool)
    shape = (n, n)

    def stroke(chosen: NDArray[np.bool_]) -> tuple[Array, Array]:
        x, y, w, c = (flat[name][chosen] for name in ("x", "y", "width", "strength"))
        return soft_lines(shape, x, y, w, c, 0.5)

    old, old_depth = stroke(kept)
    new, new_depth = stroke(~kept)
    new = new * (1.0 - old)
    mottle = 1.0 + 0.15 * smooth_field(rng, shape, 24)
    if kept.any():
        canvas.paint(1.0 - np.clip(old * old_depth * mottle, 0, 0.6), BOTH)
    canvas.paint(1.0 - np.clip(new * new_depth * mottle, 0, 0.6), date)
    canvas.label(new > 0.5, Kind.RSL)
    canvas.note(
        Kind.RSL,
        date=date,
        mode=str(mode),
        count=count,
        branches=branches,
        contrast=float(contrast),
        width_px=float(width.mean()),
    )


def streak(rng: np.random.Generator, canvas: Canvas) -> None:
    """A slope streak: a wedge that widens downhill from a point, dark (sometimes bright), sharp-edged."""
    n = canvas.n
    rows, columns = grid(n, n)
    sx, sy = canvas.slope
    angle = math.atan2(sy, sx) + rng.normal(0, 0.12)
    x0, y0 = rng.uniform(0.1, 0.9, 2) * n
    x0, y0 = x0 - 0.3 * n * math.cos(angle), y0 - 0.3 * n * math.sin(angle)
    u = (columns - x0) * math.cos(angle) + (rows - y0) * math.sin(angle)
    v = -(columns - x0) * math.sin(angle) + (rows - y0) * math.cos(angle)
    length = rng.uniform(0.15, 0.7) * n
    half = rng.uniform(2.0, 10.0)
    bend = rng.normal(0, 0.12)
    v = v - bend * u * u / length + 0.8 * smooth_field(rng, (n, n), 20)
    s = u / length
    half_width = half * np.clip(s, 0.0, None) ** rng.uniform(0.4, 1.0) * np.sqrt(np.clip(4.0 * (1.0 - s), 0.0, 1.0))
    edge = rng.uniform(0.4, 1.2)
    cover = smoothstep(half_width - np.abs(v), -edge, edge) * ((s > 0) & (s < 1))
    contrast = rng.uniform(0.05, 0.25) * (-0.7 if rng.random() < 0.15 else 1.0)
    # One in five stood there already and still does: not change.
    stands = rng.random() < 0.2
    date = AFTER if rng.random() < 0.5 else BEFORE
    if stands:
        canvas.paint(1.0 - cover * contrast, BOTH)
        canvas.note(Kind.STREAK, date=BOTH, contrast=float(contrast))
        return
    canvas.paint(1.0 - cover * contrast, date)
    canvas.label(cover > 0.5, Kind.STREAK)
    canvas.note(Kind.STREAK, date=date, contrast=float(contrast), width_px=2 * half, length_px=length)


def crater(rng: np.random.Generator, canvas: Canvas) -> None:
    """A new impact: one bowl or a small cluster, with a dark or bright halo and rays."""
    n = canvas.n
    rows, columns = grid(n, n)
    cx, cy = rng.uniform(0.15, 0.85, 2) * n
    radius = float(np.exp(rng.uniform(math.log(1.2), math.log(9.0))))
    members = 1 if rng.random() < 0.7 else int(rng.integers(2, 6))
    factor = np.ones((n, n), np.float32)
    mark = np.zeros((n, n), bool)
    sun_x, sun_y = canvas.sun
    halo_radius = radius * rng.uniform(2.5, 7.0)
    halo = rng.uniform(0.08, 0.4) * (1.0 if rng.random() < 0.75 else -0.7)
    for k in range(members):
        r = radius if k == 0 else radius * rng.uniform(0.3, 0.8)
        ox, oy = (0.0, 0.0) if k == 0 else rng.normal(0, 1.2 * halo_radius, 2)
        dx, dy = columns - (cx + ox), rows - (cy + oy)
        d = np.sqrt(dx * dx + dy * dy)
        reach = halo_radius * (r / radius) * np.clip(1.0 + 0.3 * rays(rng, dy, dx), 0.4, 1.8)
        cover = smoothstep(-d / reach, -1.1, -0.55)
        inside = smoothstep(-d, -(r + 0.7), -(r - 0.7))
        # A bowl: the wall away from the sun is lit, the one towards it is shaded.
        facing = -(dx * sun_x + dy * sun_y) / max(r, 1.0)
        bowl = 1.0 + 0.5 * np.clip(facing, -1, 1) - 0.1
        rim = 0.18 * np.exp(-(((d - r * 1.1) / max(0.35 * r, 0.7)) ** 2))
        factor *= (1.0 - halo * cover) * (1 - inside + inside * bowl) * (1.0 + rim * (1 - inside))
        mark |= (cover > 0.5) | (inside > 0.5)
    date = AFTER if rng.random() < 0.5 else BEFORE
    canvas.paint(np.clip(factor, 0.3, 1.8), date)
    canvas.label(mark, Kind.CRATER)
    canvas.note(Kind.CRATER, date=date, radius_px=radius, halo=float(halo), members=members)


def _boulder(canvas: Canvas, x: float, y: float, radius: float, shadow: float) -> tuple[Array, NDArray[np.bool_]]:
    """Brightness factor and mark of a boulder: a lit disc and a shadow away from the sun."""
    n = canvas.n
    rows, columns = grid(n, n)
    sun_x, sun_y = canvas.sun
    dx, dy = columns - x, rows - y
    disc = smoothstep(-np.sqrt(dx * dx + dy * dy), -(radius + 0.6), -(radius - 0.6))
    along = -(dx * sun_x + dy * sun_y)
    across = np.abs(dx * sun_y - dy * sun_x)
    dark = smoothstep(-across, -(radius + 0.5), -(radius - 0.5)) * smoothstep(along, 0.0, 1.0)
    dark = dark * smoothstep(-along, -(radius + shadow + 0.7), -(radius + shadow - 0.7)) * (1.0 - disc)
    lit = np.clip((dx * sun_x + dy * sun_y) / max(radius, 0.8), -1, 1)
    factor = (1.0 + disc * (0.15 + 0.25 * lit)) * (1.0 - 0.6 * dark)
    return factor.astype(np.float32), (disc > 0.5) | (dark > 0.5)


def boulders(rng: np.random.Generator, canvas: Canvas) -> None:
    """Boulders or ice blocks that left one place and lie downhill at another; some that never moved."""
    n = canvas.n
    sx, sy = canvas.slope
    moved = int(rng.integers(1, 9))
    still = int(rng.integers(0, 8))
    radius = float(np.exp(rng.uniform(math.log(0.9), math.log(4.0))))
    shadow = radius * rng.uniform(0.5, 2.5)
    reverse = rng.random() < 0.5
    for k in range(moved + still):
        x, y = rng.uniform(0.08, 0.92, 2) * n
        r = radius * rng.uniform(0.7, 1.3)
        factor, mark = _boulder(canvas, x, y, r, shadow)
        if k >= moved:
            canvas.paint(factor, BOTH)
            continue
        distance = float(np.exp(rng.uniform(math.log(4 * r + 2), math.log(0.4 * n))))
        there, mark_there = _boulder(canvas, x + sx * distance, y + sy * distance, r, shadow)
        first, second = (AFTER, BEFORE) if reverse else (BEFORE, AFTER)
        canvas.paint(factor, first)
        canvas.paint(there, second)
        canvas.label(mark ^ mark_there, Kind.BOULDER)
    canvas.note(Kind.BOULDER, moved=moved, still=still, radius_px=radius)


def dune_edge(rng: np.random.Generator, canvas: Canvas) -> None:
    """A lobe of dark (or bright) sand whose edge moved by a few pixels; the rest of it stands in both dates."""
    n = canvas.n
    level = smooth_field(rng, (n, n), int(rng.integers(3, 7))) - rng.uniform(0.3, 1.0)
    gy, gx = np.gradient(level)
    steep = np.sqrt(gx * gx + gy * gy) + 0.004
    shift = rng.uniform(2.0, 7.0)
    angle = rng.uniform(0, 2 * math.pi)
    # Only the lee side moves: the part of the edge that faces the wind's direction.
    advance = shift * np.clip(-(gx * math.cos(angle) + gy * math.sin(angle)) / steep, 0.0, 1.0)
    distance = level / steep
    soft = rng.uniform(0.6, 1.5)
    first = smoothstep(distance, -soft, soft)
    second = smoothstep(distance + advance, -soft, soft)
    contrast = rng.uniform(0.08, 0.35) * (1.0 if rng.random() < 0.7 else -0.6)
    if rng.random() < 0.5:
        first, second = second, first
    canvas.paint(1.0 - contrast * first, BEFORE)
    canvas.paint(1.0 - contrast * second, AFTER)
    canvas.label(np.abs(second - first) > 0.5, Kind.DUNE)
    canvas.note(Kind.DUNE, shift_px=float(shift), contrast=float(contrast))


def draw_changes(rng: np.random.Generator, canvas: Canvas) -> None:
    """One main kind of change, sometimes a second; lineae in about half of all."""
    menu = (lineae, streak, crater, boulders, dune_edge)
    for k in rng.choice(
        len(menu), size=1 if rng.random() < 0.75 else 2, replace=False, p=[0.58, 0.14, 0.11, 0.1, 0.07]
    ):
        times = int(rng.integers(1, 4)) if menu[k] is streak else 1
        for _ in range(times):
            menu[k](rng, canvas)


def soften(canvas: Canvas, sigma: float) -> None:
    """Blur both dates' factors a little: nothing on the ground ends in a step of one pixel."""
    canvas.before, canvas.after = blur(canvas.before, sigma), blur(canvas.after, sigma)
