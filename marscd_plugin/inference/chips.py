"""How a chip's grey values become a network's input: by the chip alone, the same when training and when searching.

Each chip is taken by itself, so that a source's brightness, contrast, unit and haze (which add to and scale all of its
values) decide nothing. What is not finite is nodata.

``chip``      of the finite values the median ``m`` (the lower of two in the middle) and the mean absolute deviation
              ``d`` from it; 1.2533 d is the standard deviation where values are Gaussian, and it stays above zero as
              long as anything in the chip differs, which an interquartile range does not.
              x' = clip((x - m) / (1.2533 d), -4, 4); nodata 0.
``unit``      x' = clip((x - p1) / (p99 - p1), 0, 1) by the 1st and 99th percentile; nodata as the median.
``imagenet``  as ``unit``, on three channels, minus ImageNet's mean and divided by its standard deviation.

A chip without contrast (its spread is nothing but rounding) becomes 0, in ``unit`` 0.5. Only numpy is used.
"""

from __future__ import annotations

import numpy as np

from ..common.errors import InputError

#: What a card's ``normalisation`` may name.
SCHEMES = ("chip", "unit", "imagenet")

#: In the scheme ``chip`` values are cut to -CLIP..CLIP.
CLIP = 4.0

#: A spread below this share of the largest absolute value is rounding (float32 keeps 24 bits).
_ROUNDING = 1e-6
_BINS = 1024
#: Chips that fit a processor's cache together: twice as fast as many at once.
_AT_ONCE = 16
_TO_DEVIATION = 1.2533141  # sqrt(pi / 2)
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)[None, :, None, None]
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)[None, :, None, None]


def normalise_chips(pixels: np.ndarray, scheme: str, channels: int | None = None) -> np.ndarray:
    """Chips (N, height, width) of any real type, NaN where nodata, as float32 (N, channels, height, width).

    ``channels`` 1 or 3 (grey is repeated); None: what the scheme makes (3 for ``imagenet``, else 1). ``pixels`` is
    left as it is. Raises InputError for an unknown scheme or an array of another shape.
    """
    if scheme not in SCHEMES:
        raise InputError(f"There is no normalisation {scheme!r} of chips.", f"Known are {', '.join(SCHEMES)}.")
    if np.ndim(pixels) != 3 or (not np.size(pixels) and len(pixels)):
        raise InputError(f"Chips are an array (N, height, width), not {np.shape(pixels)}.")
    wanted = channels or (3 if scheme == "imagenet" else 1)
    if wanted not in (1, 3) or (scheme == "imagenet" and wanted != 3):
        raise InputError(f"The normalisation {scheme} makes no {wanted} channels.")
    values = np.array(pixels, np.float32)
    count, height, width = values.shape
    flat = values.reshape(count, height * width)
    for at in range(0, count, _AT_ONCE):
        part = flat[at : at + _AT_ONCE]
        # The sum of a chip is finite only where every value is: cheaper than a mask of every pixel.
        with np.errstate(invalid="ignore", over="ignore"):
            whole = np.isfinite(part.sum(axis=1))
        if whole.all():
            _scale(part, scheme)
            continue
        part[whole] = _scale(part[whole], scheme)
        for row in np.flatnonzero(~whole):
            part[row] = _scale_holed(part[row], scheme)
    made = values[:, None]
    if wanted == 3:
        made = np.repeat(made, 3, axis=1)
    if scheme == "imagenet":
        made -= _MEAN
        made /= _DEVIATION
    return made


def _scale(flat: np.ndarray, scheme: str) -> np.ndarray:
    """Rows of finite values (N, pixels), changed in place."""
    if not len(flat):
        return flat
    largest = np.maximum(np.abs(flat.max(axis=1)), np.abs(flat.min(axis=1)))
    if scheme == "chip":
        flat -= _ranked(flat, (50,))[0][:, None]
        spread = np.abs(flat).mean(axis=1, dtype=np.float32) * np.float32(_TO_DEVIATION)
        low, high, none = -CLIP, CLIP, 0.0
    else:
        least, most = _ranked(flat, (1, 99))
        flat -= least[:, None]
        spread = most - least
        low, high, none = 0.0, 1.0, 0.5
    plain = ~(spread > _ROUNDING * largest)
    flat /= np.where(plain, 1.0, spread).astype(np.float32)[:, None]
    np.clip(flat, low, high, out=flat)
    flat[plain] = none
    return flat


def _scale_holed(row: np.ndarray, scheme: str) -> np.ndarray:
    """One chip's values (pixels,) with holes, which get what the median of the rest becomes."""
    there = np.isfinite(row)
    made = np.full(row.shape, 0.0 if scheme == "chip" else 0.5, np.float32)
    if there.any():
        kept = _scale(row[there][None].copy(), scheme)[0]
        made[there] = kept
        if scheme != "chip":
            made[~there] = np.median(kept)
    return made


def _ranked(flat: np.ndarray, percents: tuple[int, ...]) -> list[np.ndarray]:
    """Percentiles of each row (N, pixels) by nearest rank, the lower one in the middle: exact, values of the row.

    A histogram tells in which bin a rank lies, and only that bin is put in order: several times faster than a
    partition of the whole.
    """
    count, size = flat.shape
    low = flat.min(axis=1)
    with np.errstate(over="ignore", divide="ignore"):
        gain = np.float32(_BINS - 1) / (flat.max(axis=1) - low)
    gain[~np.isfinite(gain)] = 0.0
    bins = ((flat - low[:, None]) * gain[:, None]).astype(np.int32)
    bins += np.arange(0, _BINS * count, _BINS, dtype=np.int32)[:, None]
    counts = np.bincount(bins.ravel(), minlength=count * _BINS).reshape(count, _BINS)
    upto = counts.cumsum(axis=1)
    found = []
    for percent in percents:
        rank = (size - 1) // 2 if percent == 50 else round((size - 1) * percent / 100)
        of_rank = (upto <= rank).sum(axis=1)
        inside = flat[bins == (of_rank + _BINS * np.arange(count)).astype(np.int32)[:, None]]
        many = counts[np.arange(count), of_rank]
        within = rank - (upto[np.arange(count), of_rank] - many)
        ends = many.cumsum()
        found.append(
            np.array([np.partition(inside[end - n : end], w)[w] for end, n, w in zip(ends, many, within, strict=True)])
        )
    return found
