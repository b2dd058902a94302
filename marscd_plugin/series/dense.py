"""Many small windows at once: the shift left in each and how well it is known, for the field fitted through them.

As ``ties`` with ``correlation`` does for single windows, but hundreds of windows share one transform. Positions of the
peaks are found by Newton's method on the inverse transform itself, which needs no finely sampled surface.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.packages import need
from ..common.progress import Progress, check
from ..common.rasters import Window
from .scene import Scene
from .texture import SPREAD_BOX, band_pass
from .ties import HOLD_OUT, TiePoints
from .transform import Warp

#: Low pass and power kept of the cross-spectrum, as in ``correlation``.
_CUT, _KEEP = 0.22, 0.5
#: Of the window's taper, how much must see valid pixels of both images.
_MIN_VALID = 0.5
_MIN_SHARPNESS = 1.1
#: Spread of a band-passed window (1 is typical) above which it has texture that ought to match.
_TEXTURE = 0.6
_MIN_AGREEMENT = 0.2
_STRIP = 1536
_NEAR = 2


@dataclass(frozen=True)
class DenseTies:
    """Tie points with ``weight`` (n,): the inverse variance of each shift, up to a common factor.

    ``against`` (m, 2): middles of windows that have texture in both images, and yet do not match.
    """

    ties: TiePoints
    weight: np.ndarray
    against: np.ndarray


def dense_ties(
    scene: Scene, warp: Warp, progress: Progress, size: int, spacing: float, reach: float, level: int = 1
) -> DenseTies:
    """Correlate windows of ``size`` reduced pixels, ``spacing`` full pixels apart; ``reach``: largest shift, reduced.

    Every fifth window, in a knight's-move pattern, is marked as held out.
    """
    span = size * level
    rows, columns = _starts(scene.height, span, spacing), _starts(scene.width, span, spacing)
    # Windows that overlap or nearly touch are read together; ones further apart each alone.
    close = spacing < 1.25 * span + SPREAD_BOX * level
    per_strip = max(1, int((_STRIP * level - span) // max(spacing, 1)) + 1) if close else 1
    parts: list[tuple[np.ndarray, ...]] = []
    against: list[np.ndarray] = [np.empty((0, 2))]
    tried = 0
    together = max(1, min(per_strip, int((512 * level) // max(spacing, 1)))) if close else 1
    for first in range(0, len(rows), together):
        for start in range(0, len(columns), per_strip):
            check(progress)
            block_rows, block_columns = rows[first : first + together], columns[start : start + per_strip]
            column, row = max(block_columns[0], 0), max(block_rows[0], 0)
            right, bottom = min(block_columns[-1] + span, scene.width), min(block_rows[-1] + span, scene.height)
            whole = Window(column, row, right - column, bottom - row)
            found = _strip(scene, warp, whole, block_rows, block_columns, size, reach, level)
            if found is None:
                continue
            tried += found[0]
            against.append(found[6])
            order = (first + found[1]) + 2 * (start + found[2])
            parts.append((*found[3:6], order))
    if parts:
        points, left, weight, order = (np.concatenate(p) for p in zip(*parts, strict=True))
    else:
        points, left, weight, order = np.empty((0, 2)), np.empty((0, 2)), np.empty(0), np.empty(0, int)
    moved = points + left
    targets = np.column_stack(warp.apply(moved[:, 0], moved[:, 1]))
    held = order % HOLD_OUT == HOLD_OUT // 2
    return DenseTies(TiePoints(points, targets, left, held, span, tried, level), weight, np.vstack(against))


def _starts(length: int, span: int, spacing: float) -> list[int]:
    """Where windows begin: evenly, the first and last standing out of the frame by a quarter of their size."""
    room = length - span + span // 2
    if room <= 0:
        return [(length - span) // 2]
    count = int(np.ceil(room / spacing)) + 1
    return [int(v) for v in np.round(np.linspace(-(span // 4), room - span // 4, count))]


def _strip(
    scene: Scene, warp: Warp, whole: Window, rows: list[int], columns: list[int], size: int, reach: float, level: int
) -> tuple | None:
    """(tried, row and column numbers, points, shifts, weights, against) of a block's windows; None without data."""
    grown = whole.grown(SPREAD_BOX // 2 * level, scene.width, scene.height)
    reference = scene.reference(grown, level)
    if not reference.valid.any():
        return None
    moving = scene.moving(grown, level, warp)
    both = reference.valid & moving.valid
    if not both.any():
        return None
    a, b = band_pass(reference.values, reference.valid), band_pass(moving.values, moving.valid)
    a[~both] = 0
    b[~both] = 0
    # Windows may stand out of the frame, where nothing is valid.
    out = size // 2
    a, b, both = (np.pad(image, out) for image in (a, b, both))
    taper = _taper(size)
    picked, at, centre = [], [], []
    for j, row in enumerate(rows):
        for i, column in enumerate(columns):
            top, left = (row - grown.row) // level + out, (column - grown.column) // level + out
            if min(top, left) < 0 or top + size > both.shape[0] or left + size > both.shape[1]:
                continue
            seen = taper * both[top : top + size, left : left + size]
            share = float(seen.sum())
            if share < _MIN_VALID * (size / 2) ** 2:
                continue
            # What is measured is the shift in the middle of what is seen, not of the window.
            along = np.arange(size)
            centre.append((float(seen.sum(0) @ along) / share, float(seen.sum(1) @ along) / share))
            picked.append((j, i))
            at.append((top, left))
    if not at:
        return None
    windows_a, windows_b = (
        np.stack([image[top : top + size, left : left + size] for top, left in at]) for image in (a, b)
    )
    shift, sharp, agreed, bend = correlate(windows_a, windows_b, reach)
    good = (sharp >= _MIN_SHARPNESS) & (agreed >= _MIN_AGREEMENT) & (np.abs(shift).max(axis=1) < reach)
    numbers = np.array(picked)[good]
    middle = (np.array(at, float)[:, ::-1] - out + np.array(centre)) * level + (level - 1) / 2
    points = np.array([grown.column, grown.row]) + middle
    agreed, bend = agreed[good], bend[good]
    # Variance of a shift: what does not agree, over what does, times the steepness of the texture.
    weight = agreed**2 / np.maximum(1 - agreed**2, 0.02) * bend
    # Band-passed texture has unit spread; where an image has none, the band-pass leaves only a little noise.
    textured = np.minimum(*(np.sqrt((w * w * taper).mean(axis=(1, 2)) * 4) for w in (windows_a, windows_b))) >= _TEXTURE
    return len(at), numbers[:, 0], numbers[:, 1], points[good], shift[good] * level, weight, points[textured & ~good]


def _taper(size: int) -> np.ndarray:
    hann = (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(size) + 0.5) / size)).astype(np.float32)
    return hann[:, None] * hann[None, :]


def correlate(a: np.ndarray, b: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Shifts of stacks of windows (n, size, size): (shift (n, 2), sharpness, agreement, bend).

    ``sharpness``: the peak over the highest value not next to it; ``agreement``: correlation coefficient of the tapered
    windows at the shift, up to what their parts outside each other cost; ``bend``: the weaker curvature of the peak,
    1 / pixel^2, relative to its height.
    """
    fft = need("scipy.fft")
    n, size, _ = a.shape
    taper = _taper(size)
    fy = np.fft.fftfreq(size, 1.0).astype(np.float32)[:, None]
    fx = np.fft.rfftfreq(size, 1.0).astype(np.float32)[None, :]
    low = np.exp(-0.5 * (fy * fy + fx * fx) / (_CUT * _CUT)).astype(np.float32)
    twice = np.full(fx.shape[1], 2.0, np.float32)
    twice[0] = 1.0
    if size % 2 == 0:
        twice[-1] = 1.0
    shift, sharp = np.zeros((n, 2)), np.zeros(n)
    agreed, bend = np.zeros(n), np.zeros(n)
    for part in (slice(k, k + 128) for k in range(0, n, 128)):
        fa, fb = fft.rfft2(a[part] * taper), fft.rfft2(b[part] * taper)
        cross = fb * np.conj(fa)
        amount = np.abs(cross)
        spectrum = cross / np.maximum(amount, 1e-9) ** np.float32(1 - _KEEP) * low
        surface = fft.irfft2(spectrum, s=(size, size))
        x, y, ratio = _peaks(surface, reach)
        power = [np.sqrt((np.abs(f) ** 2 * (low * twice)).sum(axis=(1, 2))) for f in (fa, fb)]
        x, y, curve = _newton(spectrum * twice, fy.ravel(), fx.ravel(), x, y)
        real = _value(cross * (low * twice), fy.ravel(), fx.ravel(), x, y)
        shift[part] = np.column_stack([x, y])
        sharp[part] = ratio
        agreed[part] = np.clip(real / np.maximum(power[0] * power[1], 1e-12), -1, 1)
        bend[part] = curve
    return shift, sharp, agreed, bend


def _peaks(surface: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Highest value within ``reach`` of no shift, whole pixels, and its height over the next that is not beside it."""
    n, size, _ = surface.shape
    limit = int(min(max(np.ceil(reach), 1), size // 2 - 1))
    # The rest of the peak must be seen to be judged: a few pixels more than can be reached.
    wide = int(min(limit + 4, size // 2 - 1))
    steps = np.arange(-wide, wide + 1)
    near = surface[:, (steps % size)[:, None], (steps % size)[None, :]]
    inner = near[:, wide - limit : wide + limit + 1, wide - limit : wide + limit + 1]
    flat = inner.reshape(n, -1).argmax(axis=1)
    row, column = flat // inner.shape[2] + wide - limit, flat % inner.shape[2] + wide - limit
    top = near[np.arange(n), row, column]
    beside = (np.abs(np.arange(len(steps))[None, :, None] - row[:, None, None]) <= _NEAR) & (
        np.abs(np.arange(len(steps))[None, None, :] - column[:, None, None]) <= _NEAR
    )
    second = np.where(beside, -np.inf, near).reshape(n, -1).max(axis=1)
    ratio = np.where(second > 0, top / np.maximum(second, 1e-12), np.where(top > 0, np.inf, 0.0))
    return steps[column].astype(float), steps[row].astype(float), ratio


def _value(spectrum: np.ndarray, fy: np.ndarray, fx: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    ey = np.exp(2j * np.pi * y[:, None] * fy[None]).astype(np.complex64)
    ex = np.exp(2j * np.pi * x[:, None] * fx[None]).astype(np.complex64)
    line = np.einsum("nyx,nx->ny", spectrum, ex)
    return np.real((line * ey).sum(axis=1))


def _newton(
    spectrum: np.ndarray, fy: np.ndarray, fx: np.ndarray, x: np.ndarray, y: np.ndarray, rounds: int = 4
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The maximum of each inverse transform near (x, y), and the weaker curvature there over the height."""
    start_x, start_y = x.copy(), y.copy()
    wy, wx = 2 * np.pi * fy, 2 * np.pi * fx
    weak = np.zeros(len(x))
    for _ in range(rounds):
        ey = np.exp(1j * y[:, None] * wy[None]).astype(np.complex64)
        ex = np.exp(1j * x[:, None] * wx[None]).astype(np.complex64)
        basis = np.stack([ex, ex * wx, ex * wx * wx], axis=2).astype(np.complex64)
        lines = np.matmul(spectrum, basis)
        down = np.stack([ey, ey * wy, ey * wy * wy], axis=1).astype(np.complex64)
        moments = np.matmul(down, lines)
        height = moments[:, 0, 0].real
        gx, gy = -moments[:, 0, 1].imag, -moments[:, 1, 0].imag
        hxx, hyy, hxy = moments[:, 0, 2].real, moments[:, 2, 0].real, moments[:, 1, 1].real
        # h is minus the Hessian: positive definite at a maximum.
        spread = np.sqrt(((hxx - hyy) / 2) ** 2 + hxy**2)
        weak = ((hxx + hyy) / 2 - spread) / np.maximum(height, 1e-12)
        det = hxx * hyy - hxy**2
        safe = (det > 1e-9 * (hxx + hyy) ** 2) & (hxx > 0)
        det = np.where(safe, det, 1.0)
        step_x = np.where(safe, (hyy * gx - hxy * gy) / det, 0.0)
        step_y = np.where(safe, (hxx * gy - hxy * gx) / det, 0.0)
        x, y = x + np.clip(step_x, -0.5, 0.5), y + np.clip(step_y, -0.5, 0.5)
    lost = (np.abs(x - start_x) > 1.5) | (np.abs(y - start_y) > 1.5) | (weak <= 0)
    x, y = np.where(lost, np.inf, x), np.where(lost, np.inf, y)
    return np.where(lost, 1e6, x), np.where(lost, 1e6, y), np.where(lost, 0.0, np.maximum(weak, 0))
