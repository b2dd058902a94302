"""Which chips say anything: a chip that is flat, saturated, noise alone or mostly nodata looks like nothing."""

from __future__ import annotations

import numpy as np

from ..common.errors import InputError

#: A chip of which more than this share holds nothing is not compared: what is filled in would decide.
MOST_NODATA = 0.25
#: Grey levels between the 2nd and 98th percentile of whole-numbered images: fewer are rounding and JPEG's own marks.
LEAST_LEVELS = 3.0
#: The same for floating point, as a share of the values' own size: float32 itself rounds at 6e-8.
LEAST_RELATIVE = 2e-6
#: A chip of which more than this share has exactly its least, or its greatest, value is saturated or filled.
MOST_SAME = 0.8
#: Means of 4 x 4 pixels of pure noise spread a quarter as far as its pixels do; terrain spreads farther.
LEAST_STRUCTURE = 1.25

NODATA, TEXTURE = "nodata", "texture"
_CELL = 4
_AT_ONCE = 64
_ENOUGH = 3000


def judge(pixels: np.ndarray, step: float) -> tuple[np.ndarray, tuple[str, ...]]:
    """Which chips can be compared, and why not: ``""``, ``"nodata"`` or ``"texture"``.

    ``pixels`` is float32 (N, px, px) with NaN where nothing is, ``step`` the least difference that the image can hold
    (1 for whole numbers, 0 for floating point).
    """
    why: list[str] = []
    for start in range(0, len(pixels), _AT_ONCE):
        part = pixels[start : start + _AT_ONCE]
        share = np.isfinite(part).mean(axis=(1, 2)) if part.size else np.zeros(len(part))
        told = np.where(share < 1.0 - MOST_NODATA, NODATA, "").astype(object)
        whole = np.flatnonzero(share == 1.0)
        if len(whole):
            flat = part[whole].reshape(len(whole), -1)
            told[whole[_is_flat(flat, step) | _is_noise(part[whole])]] = TEXTURE
        for number in np.flatnonzero((share < 1.0) & (told == "")):
            if _is_flat(part[number][np.isfinite(part[number])][None], step)[0]:
                told[number] = TEXTURE
        why += told.tolist()
    return np.array([w == "" for w in why], bool), tuple(why)


def _is_flat(values: np.ndarray, step: float) -> np.ndarray:
    """bool (N,) for values (N, pixels): hardly any contrast, or one value nearly everywhere."""
    # Some thousands of pixels tell percentiles well enough; an odd stride meets every column.
    some = values[:, :: max(values.shape[1] // _ENOUGH, 1) | 1]
    at = [int(0.02 * (some.shape[1] - 1)), int(0.98 * (some.shape[1] - 1))]
    low, high = np.partition(some, at, axis=1)[:, at].T
    contrast = high - low
    flat = ~(contrast > np.maximum(LEAST_LEVELS * step, LEAST_RELATIVE * np.maximum(np.abs(low), np.abs(high))))
    for extreme in (values.min(axis=1), values.max(axis=1)):
        flat |= (values == extreme[:, None]).mean(axis=1) > MOST_SAME
    return flat


def _is_noise(chips: np.ndarray) -> np.ndarray:
    """bool (N,): the means of cells spread no farther than those of pixels without any relation to each other would.

    The noise is that of second differences both ways, which a slope does not enter (after J. Immerkaer 1996), its
    spread robust.
    """
    count, side, _ = chips.shape
    n = side // _CELL * _CELL
    if n < 4 * _CELL:
        return np.zeros(count, bool)
    part = chips[:, :n, :n]
    above, below = part[:, 0::2], part[:, 1::2]
    cross = (above[:, :, :-1:3] - above[:, :, 1::3] - below[:, :, :-1:3] + below[:, :, 1::3]).reshape(count, -1)
    middle = cross.shape[1] // 2
    noise = 1.4826 / 2.0 * np.partition(np.abs(cross), middle, axis=1)[:, middle]
    rows = part.reshape(count, n // _CELL, _CELL, n).sum(axis=2)
    cells = rows.reshape(count, n // _CELL, n // _CELL, _CELL).sum(axis=3) / _CELL**2
    spread = cells.std(axis=(1, 2), dtype=np.float64)
    return (noise > 0) & (spread < LEAST_STRUCTURE * noise / _CELL)


def need_target_texture(block, name: str = "") -> None:
    """Raise InputError, naming the target, where no chip of ``block`` (a ChipBlock) has texture."""
    if bool(np.any(block.usable)):
        return
    shown = name or ", ".join(sorted({r for r in block.regions if r})) or "The target"
    count = len(block.ids)
    if count and all(w == NODATA for w in block.why):
        raise InputError(
            f"The target {shown!r} holds no data: the image has nothing there."
            if shown != "The target"
            else "The target holds no data: the image has nothing there.",
            "Mark it where the image has pixels.",
        )
    where = f"The target {shown!r}" if shown != "The target" else "The target"
    raise InputError(
        f"{where} has no texture: nothing in it could be told from any other flat ground.",
        "Mark a place with visible landforms, a larger one, or use a sharper image.",
    )
