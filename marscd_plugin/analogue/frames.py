"""Frames: pieces of ground as north-up grids of true metres, cut from any image in any CRS.

A frame's pixels are taken back to the image through a lattice of exact transformations; the image is shrunk there by
averaging (overviews first) to about the frame's scale and sampled bilinearly. Frames are small enough that the scale of
their local map is true within 0.5 %, and that memory is bounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress, Quiet, check
from ..common.rasters import Window
from ..common.words import Area, Grid
from ..planet.crs import spatial_reference, transformer
from .ground import Local, base_wkt, kept_transformer, period_of, radius_of
from .images import Image
from .places import region_on
from .reader import Reader

#: Pixels along the edge of a frame.
FRAME = 1536
#: Source pixels, once shrunk, that a frame may need: four times its own, and room round a pole.
_MOST_SHRUNK = 40_000_000
_LATTICE = 16  # pixels between exact transformations
_HALF = 0.5  # a pixel holds something where at least half of what it is made of does
_MAX_FRAMES = 1_000_000


@dataclass(frozen=True)
class Frame:
    """A grid of ``width`` x ``height`` square pixels of ``metres`` about ``x``, ``y`` of the image's CRS.

    ``left`` and ``top`` are its upper left corner in the local map (metres east and north of that place); without a CRS
    everything is in pixels of the image times its pixel size.
    """

    image: Image
    x: float
    y: float
    left: float
    top: float
    metres: float
    width: int
    height: int

    @property
    def grid(self) -> Grid:
        """The frame in its local map."""
        local = Local(self.image.crs, self.x, self.y, self.image.metres)
        return Grid(local.wkt, self.left, self.top, self.metres, self.width, self.height)

    def read(self, progress: Progress | None = None, reader: Reader | None = None) -> np.ndarray:
        """Grey float32 (height, width), NaN where the image has nothing. Raises InputError, CancelledError."""
        local = Local(self.image.crs, self.x, self.y, self.image.metres)
        return sample(reader or Reader(self.image), local, self, progress or Quiet())


def sample(reader: Reader, local: Local, frame: Frame, progress: Progress) -> np.ndarray:
    """The frame's pixels; see ``Frame.read``. ``local`` is the map about the frame's place."""
    check(progress)
    image = reader.image
    empty = np.full((frame.height, frame.width), np.nan, np.float32)
    columns, rows, period = _places(image, local, frame)
    if not (np.isfinite(columns) & np.isfinite(rows)).any():
        return empty
    fx, fy = _size(columns, rows)
    level = reader.level_for(fx, fy)
    columns, rows = columns / level.ratio_x, rows / level.ratio_y
    nx, ny = max(1, round(fx / level.ratio_x)), max(1, round(fy / level.ratio_y))
    turn = period / level.ratio_x if period else None
    window = _window(columns, rows, nx, ny, level.width, level.height, turn)
    if window is None:
        return empty
    if window.width // nx * (window.height // ny) > _MOST_SHRUNK:
        raise InputError(
            f"A part of {image.name} is too distorted in its own map to be cut into chips.",
            "Warp it to a map made for the place, or choose another area.",
        )
    mean, share = reader.shrunk(level, window, nx, ny, progress, turn)
    if not share.any():
        return empty
    across = ((columns - window.column) / nx - 0.5).astype(np.float32)
    down = ((rows - window.row) / ny - 0.5).astype(np.float32)
    del columns, rows
    across[~np.isfinite(across)] = -100.0
    down[~np.isfinite(down)] = -100.0
    cv2 = need("cv2")
    weight = cv2.remap(share, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    if share.min() >= 1.0:
        # At the image's very edge the mean alone is right: the weight says what is outside.
        value = cv2.remap(mean, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    else:
        value = cv2.remap(mean * share, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
        value = value / np.maximum(weight, 1e-6)
    value[weight < _HALF - 1e-3] = np.nan
    return value


def _places(image: Image, local: Local, frame: Frame) -> tuple[np.ndarray, np.ndarray, float | None]:
    """Column and row (edges, whole image) of each pixel's middle, float64; and the columns once round the body."""
    i, j = _knots(frame.width), _knots(frame.height)
    u = frame.left + (i + 0.5) * frame.metres
    v = frame.top - (j + 0.5) * frame.metres
    x, y = local.to_map(*np.meshgrid(u, v))
    columns, rows = image.pixel_of(x, y)
    period = _columns_round(image)
    if period is not None:
        pole = _pole_row(image, local, frame, period)
        if pole is not None:
            return *_round_pole(image, columns, rows, pole, period, (i, j), frame), period
        middle = _middle_of(columns, image)
        columns = middle + (columns - middle + period / 2) % period - period / 2
    columns, rows = _without_jumps(columns, rows)
    return _dense(columns, i, j, frame), _dense(rows, i, j, frame), period


def _knots(count: int) -> np.ndarray:
    return np.append(np.arange(0, max(count - 1, 1), _LATTICE), max(count - 1, 1)).astype(float)


def _dense(values: np.ndarray, i: np.ndarray, j: np.ndarray, frame: Frame) -> np.ndarray:
    """Bilinear between the knots."""
    return (
        _weights(j, frame.height) @ values @ _weights(i, frame.width).T
        if np.isfinite(values).all()
        else (_dense_gaps(values, i, j, frame))
    )


def _dense_gaps(values: np.ndarray, i: np.ndarray, j: np.ndarray, frame: Frame) -> np.ndarray:
    """The same where some knots have no place: NaN in every cell that touches one."""
    hole = ~np.isfinite(values)
    wj, wi = _weights(j, frame.height), _weights(i, frame.width)
    dense = wj @ np.where(hole, 0.0, values) @ wi.T
    dense[(wj @ hole.astype(float) @ wi.T) > 1e-12] = np.nan
    return dense


def _weights(knots: np.ndarray, count: int) -> np.ndarray:
    """(count, knots): what each knot counts for at each pixel."""
    at = np.arange(count, dtype=float)
    cell = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    t = (at - knots[cell]) / (knots[cell + 1] - knots[cell])
    weights = np.zeros((count, len(knots)))
    weights[np.arange(count), cell] = 1.0 - t
    weights[np.arange(count), cell + 1] += t
    return weights


def _columns_round(image: Image) -> float | None:
    """Columns once round the body, for north-up images on maps that repeat themselves."""
    if not image.crs or image.transform[2] or image.transform[4]:
        return None
    period = period_of(image.crs)
    return period / abs(image.transform[1]) if period else None


def _middle_of(columns: np.ndarray, image: Image) -> float:
    good = columns[np.isfinite(columns)]
    if len(good) == 0:
        return image.width / 2
    centre = columns[columns.shape[0] // 2, columns.shape[1] // 2]
    return float(centre if np.isfinite(centre) else good[len(good) // 2])


def _pole_row(image: Image, local: Local, frame: Frame, period: float) -> float | None:
    """The row of a pole in or near the frame on a map that shows poles as lines; None where there is none near."""
    reach = math.hypot(abs(frame.left) + frame.width * frame.metres, abs(frame.top) + frame.height * frame.metres)
    for latitude in (90.0, -90.0):
        if abs(latitude - local.latitude) > math.degrees(2.0 * reach / radius_of(image.crs)):
            continue
        px, py = kept_transformer(base_wkt(image.crs), image.crs).points(0.0, latitude)
        if not np.isfinite(py):
            continue
        u, v = transformer(base_wkt(image.crs), local.wkt).points(0.0, latitude)
        column = (float(u) - frame.left) / frame.metres
        row = (frame.top - float(v)) / frame.metres
        room = 0.5 * max(frame.width, frame.height)
        if -room < column < frame.width + room and -room < row < frame.height + room:
            at = float(image.pixel_of(px, py)[1])
            # Mercator's poles lie nowhere; what PROJ answers there is no line of the map.
            if abs(at) < 10 * period and spatial_reference(image.crs).GetAttrValue("PROJECTION") not in _NO_POLES:
                return at
    return None


_NO_POLES = ("Mercator_1SP", "Mercator_2SP", "Mercator_Auxiliary_Sphere", "Popular_Visualisation_Pseudo_Mercator")


def _round_pole(
    image: Image, columns: np.ndarray, rows: np.ndarray, pole: float, period: float,
    knots: tuple[np.ndarray, np.ndarray], frame: Frame,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Round a pole columns are angles: what is smooth there is (distance from the pole) x (cosine, sine)."""
    angle, reach = columns * (math.tau / period), np.abs(rows - pole)
    real = _dense(reach * np.cos(angle), *knots, frame)
    imaginary = _dense(reach * np.sin(angle), *knots, frame)
    middle = image.width / 2
    column = np.arctan2(imaginary, real) * (period / math.tau)
    column = middle + (column - middle + period / 2) % period - period / 2
    side = 1.0 if np.nanmean(rows) >= pole else -1.0
    return column, pole + side * np.hypot(real, imaginary)


def _without_jumps(columns: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """NaN at knots beside the seam of a map, where neighbours on the ground lie far apart on it."""
    columns, rows = columns.copy(), rows.copy()
    for axis in (0, 1):
        if columns.shape[axis] < 3:
            continue
        size = np.hypot(np.diff(columns, axis=axis), np.diff(rows, axis=axis))
        usual = np.nanmedian(size) if np.isfinite(size).any() else 0.0
        jump = size > 20.0 * usual + 64.0
        if jump.any():
            before = [slice(None), slice(None)]
            after = [slice(None), slice(None)]
            before[axis], after[axis] = slice(0, -1), slice(1, None)
            for values in (columns, rows):
                values[tuple(before)][jump] = np.nan
                values[tuple(after)][jump] = np.nan
    return columns, rows


def _size(columns: np.ndarray, rows: np.ndarray) -> tuple[float, float]:
    """Columns and rows of the image a pixel of the frame (medians of every 8th pixel)."""
    answer = []
    for values in (columns, rows):
        part = values[:: max(values.shape[0] // 64, 1), :: max(values.shape[1] // 64, 1)]
        step_i, step_j = max(values.shape[1] // 64, 1), max(values.shape[0] // 64, 1)
        across = np.diff(part, axis=1)[:-1] / step_i if part.shape[1] > 1 and part.shape[0] > 1 else np.zeros((1, 1))
        down = np.diff(part, axis=0)[:, :-1] / step_j if part.shape[0] > 1 and part.shape[1] > 1 else np.zeros((1, 1))
        both = np.hypot(across, down)
        good = both[np.isfinite(both)]
        answer.append(max(float(np.median(good)), 1e-6) if len(good) else 1.0)
    return answer[0], answer[1]


def _window(
    columns: np.ndarray, rows: np.ndarray, nx: int, ny: int, width: int, height: int, period: float | None
) -> Window | None:
    """The window of a level that holds those places and a margin, its sides multiples of nx, ny; None if it misses."""
    good = np.isfinite(columns) & np.isfinite(rows)
    left, right = _span(float(columns[good].min()), float(columns[good].max()), nx)
    top, bottom = _span(float(rows[good].min()), float(rows[good].max()), ny)
    top, bottom = _clipped(top, bottom, ny, height)
    if period is None:
        left, right = _clipped(left, right, nx, width)
    if left >= right or top >= bottom or bottom <= 0 or top >= height:
        return None
    if period is None and (right <= 0 or left >= width):
        return None
    return Window(left, top, -(-(right - left) // nx) * nx, -(-(bottom - top) // ny) * ny)


def _span(first: float, last: float, n: int) -> tuple[int, int]:
    """From where n pixels about ``first`` begin (whole shrinks then average just what a pixel covers), and a margin."""
    return math.floor(first - n / 2 + 0.5) - 2 * n, math.ceil(last + n / 2) + 2 * n


def _clipped(start: int, end: int, n: int, size: int) -> tuple[int, int]:
    """The span without what lies far outside 0 .. size; its start moves by whole multiples of n."""
    return start + max(-(-(-2 * n - start) // n), 0) * n, min(end, size + 2 * n)


def frames_over(image: Image, area: Area | None, metres: float) -> tuple[Frame, ...]:
    """Frames of ``metres`` a pixel that together hold the part of ``area`` (None: all) that the image covers.

    Neighbours may overlap a little. Raises InputError: another body, no overlap, too many frames.
    """
    if not (math.isfinite(metres) and metres > 0):
        raise InputError(f"A ground scale of {metres:g} m a pixel cannot be.", "Give a positive number of metres.")
    west, south, east, north = region_on(image, area, image.crs).bounds
    todo, frames = [(west, south, east, north)], []
    while todo:
        west, south, east, north = todo.pop()
        local = Local(image.crs, (west + east) / 2, (south + north) / 2, image.metres)
        t = np.linspace(0.0, 1.0, 9)
        x, y = np.meshgrid(west + t * (east - west), south + t * (north - south))
        u, v = local.from_map(x, y)
        good = np.isfinite(u) & np.isfinite(v)
        reach = float(np.hypot(u[good], v[good]).max()) if good.any() else math.inf
        wide, high = np.ptp(u[good]) / metres, np.ptp(v[good]) / metres
        if good.all() and reach <= local.max_reach and wide <= FRAME and high <= FRAME:
            left, top = math.floor(u.min() / metres) * metres, math.ceil(v.max() / metres) * metres
            frames.append(Frame(image, (west + east) / 2, (south + north) / 2, left, top, metres,
                                max(math.ceil((u.max() - left) / metres), 1),
                                max(math.ceil((top - v.min()) / metres), 1)))  # fmt: skip
            continue
        if len(todo) + len(frames) > _MAX_FRAMES:
            raise InputError("The area needs too many frames at that scale.", "Choose a smaller area or larger pixels.")
        if (east - west) * _aspect(image) >= north - south:
            middle = (west + east) / 2
            todo += [(middle, south, east, north), (west, south, middle, north)]
        else:
            middle = (south + north) / 2
            todo += [(west, south, east, middle), (west, middle, east, north)]
    return tuple(frames)


def _aspect(image: Image) -> float:
    return abs(image.transform[1] / image.transform[5]) if image.transform[5] else 1.0
