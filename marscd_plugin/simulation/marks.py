"""What every phenomenon draws with: the place it is drawn on, the mark that it leaves, soft brushes in small windows.

A mark is a factor on brightness in each date, in a window of its own: what stands in one date only has a factor of 1
in the other. Angles are image angles: x to the right, y down, radians.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need
from .fields import Array
from .kinds import Kind

#: Pixels of a brush's canvas to one of the image.
FINE = 4


@dataclass(frozen=True)
class Site:
    """Where change is drawn.

    ``shape``: (rows, columns); ``slope``: unit vector (x, y) downhill; ``gradient``: the local uphill slope along x and
    y, (rows, columns), about 0.25 of RMS; ``interest``: where outcrops may be, higher is likelier; ``suns``: unit
    vectors (x, y) towards the sun in both dates; ``tangents``: of both incidences.
    """

    shape: tuple[int, int]
    slope: tuple[float, float]
    gradient: tuple[Array, Array]
    interest: Array
    suns: tuple[tuple[float, float], tuple[float, float]]
    tangents: tuple[float, float] = (1.3, 1.3)

    def reversed(self) -> Site:
        """The same with the dates exchanged."""
        return replace(self, suns=self.suns[::-1], tangents=self.tangents[::-1])


@dataclass(frozen=True)
class Mark:
    """One thing drawn. ``top, left``: the window's corner; ``before``, ``after``: factors (h, w), None for 1 all over;
    ``where``: bool (h, w), where it is change (nowhere: it stands in both dates); ``date``, ``width``, ``length`` in
    px, ``contrast`` and ``part`` as in ``pair.DrawnObject``; ``pieces``: each connected piece is an object."""

    kind: Kind
    top: int
    left: int
    before: Array | None
    after: Array | None
    where: NDArray[np.bool_]
    date: str
    width: float
    length: float
    contrast: float
    part: str = ""
    pieces: bool = False


def swapped(mark: Mark) -> Mark:
    """The same with the dates exchanged."""
    date = {"before": "after", "after": "before"}.get(mark.date, mark.date)
    return replace(mark, before=mark.after, after=mark.before, date=date)


def paled(mark: Mark, share: float) -> Mark:
    """The same with ``share`` of its contrast."""
    before, after = (None if f is None else (1.0 + np.float32(share) * (f - 1.0)) for f in (mark.before, mark.after))
    return replace(mark, before=before, after=after, contrast=share * mark.contrast)


def box(shape: tuple[int, int], x: NDArray, y: NDArray, reach: float) -> tuple[int, int, int, int] | None:
    """(top, left, rows, columns) of a window around the points, ``reach`` px more, inside ``shape``; None: outside."""
    top, left = max(math.floor(float(y.min()) - reach), 0), max(math.floor(float(x.min()) - reach), 0)
    bottom = min(math.ceil(float(y.max()) + reach) + 1, shape[0])
    right = min(math.ceil(float(x.max()) + reach) + 1, shape[1])
    return (top, left, bottom - top, right - left) if bottom - top > 1 and right - left > 1 else None


def coordinates(window: tuple[int, int, int, int], x: float, y: float) -> tuple[Array, Array]:
    """(dx (1, w), dy (h, 1)) of the window's pixels from (x, y)."""
    top, left, rows, columns = window
    dx = np.arange(left, left + columns, dtype=np.float32)[None, :] - np.float32(x)
    dy = np.arange(top, top + rows, dtype=np.float32)[:, None] - np.float32(y)
    return dx, dy


def strokes(window: tuple[int, int, int, int], lines: list[tuple[NDArray, NDArray, NDArray]], soft: float) -> Array:
    """Cover 0..1 (h, w) of lines, each (x, y, full width), all (m,) in px: then blurred by
    ``soft`` px."""
    cv2 = need("cv2")
    top, left, rows, columns = window
    fine = np.zeros((rows * FINE, columns * FINE), np.uint8)
    for x, y, width in lines:
        # On the fine canvas, whose pixel 0 has its centre at -3/8 of the image's pixel 0. Filled shapes are drawn with
        # their outline, which adds a fine pixel to their width.
        px, py = (x - left + 0.5) * FINE - 0.5, (y - top + 0.5) * FINE - 0.5
        half = np.maximum(0.5 * (width * FINE - 1.0), 0.0)
        dx, dy = np.diff(px), np.diff(py)
        length = np.sqrt(dx * dx + dy * dy) + 1e-9
        nx, ny = -dy / length, dx / length
        first, second = half[:-1], half[1:]
        corners = np.stack(
            [px[:-1] + nx * first, py[:-1] + ny * first, px[1:] + nx * second, py[1:] + ny * second,
             px[1:] - nx * second, py[1:] - ny * second, px[:-1] - nx * first, py[:-1] - ny * first], axis=1,
        )  # fmt: skip
        for quad in np.rint(corners * 16).astype(np.int32).reshape(-1, 4, 2):
            cv2.fillConvexPoly(fine, quad, 255, cv2.LINE_8, 4)
        for k in np.flatnonzero(half > 4.0):
            # Discs close the gaps that wide bends leave.
            cv2.circle(fine, (int(px[k] * 16), int(py[k] * 16)), int(half[k] * 16), 255, -1, cv2.LINE_8, 4)
    cover = cv2.resize(fine, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32) * np.float32(1 / 255)
    return soften(cover, soft)


def soften(image: Array, sigma: float) -> Array:
    """Gaussian blur, edges held."""
    if sigma < 0.15:
        return image
    cv2 = need("cv2")
    size = 2 * math.ceil(3.0 * sigma) + 1
    blurred: Array = cv2.GaussianBlur(image, (size, size), sigma, borderType=cv2.BORDER_REPLICATE)
    return blurred


def downhill(
    rng: np.random.Generator, site: Site, x: NDArray, y: NDArray, turn: NDArray, steps: int, step: float
) -> tuple[NDArray, NDArray]:
    """Paths downhill from the starts, (steps + 1, N) each for x and y: momentum, local slope, a little wander."""
    sx, sy = site.slope
    gx, gy = site.gradient
    heading = math.atan2(sy, sx) + turn
    dx, dy = np.cos(heading), np.sin(heading)
    # A step of 1.5 px keeps 0.8 of the heading; longer steps keep as much a pixel.
    keep = 0.8 ** (step / 1.5)
    local = rng.uniform(0.1, 0.6) * (1.0 - keep) / 0.2
    wander = rng.standard_normal((steps, len(x))) * (rng.uniform(0.03, 0.2) * math.sqrt(step / 1.5))
    px, py = np.empty((steps + 1, len(x))), np.empty((steps + 1, len(x)))
    px[0], py[0] = x, y
    rows, columns = site.shape
    for i in range(steps):
        at = np.clip(py[i], 0, rows - 1).astype(np.intp), np.clip(px[i], 0, columns - 1).astype(np.intp)
        dx = keep * dx + (1 - keep) * sx - local * gx[at] - wander[i] * dy
        dy = keep * dy + (1 - keep) * sy - local * gy[at] + wander[i] * dx
        # Nothing runs uphill, whatever the small relief says.
        lift = np.maximum(0.25 - (dx * sx + dy * sy), 0.0)
        dx, dy = dx + lift * sx, dy + lift * sy
        length = np.sqrt(dx * dx + dy * dy) + 1e-9
        dx, dy = dx / length, dy / length
        px[i + 1], py[i + 1] = px[i] + step * dx, py[i] + step * dy
    return px, py
