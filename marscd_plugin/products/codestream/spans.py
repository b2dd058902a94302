"""Byte spans: sorted (start, end) pairs that neither touch nor overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np

Span = tuple[int, int]


def merged(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """Spans in order, those that touch, overlap or lie at most ``gap`` bytes apart made one."""
    found: list[Span] = []
    for start, end in sorted(s for s in spans if s[1] > s[0]):
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What of ``spans`` is not in ``taken`` (both sorted and apart)."""
    found: list[Span] = []
    at = 0
    for start, end in spans:
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        look = at
        while look < len(taken) and taken[look][0] < end:
            if taken[look][0] > start:
                found.append((start, taken[look][0]))
            start = max(start, taken[look][1])
            look += 1
        if start < end:
            found.append((start, end))
    return found


def length(spans: Iterable[Span]) -> int:
    """Bytes in all."""
    return sum(end - start for start, end in spans)


def contains(spans: Sequence[Span], start: int, end: int) -> bool:
    """Does one span hold start..end?"""
    at = bisect_right(spans, (start, 1 << 62)) - 1
    return end <= start or (at >= 0 and spans[at][0] <= start and end <= spans[at][1])


def of_mask(offsets: np.ndarray, mask: np.ndarray) -> list[Span]:
    """Spans of consecutive entries that a mask chooses: entry i fills offsets[i]..offsets[i + 1]."""
    steps = np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return merged((int(offsets[s]), int(offsets[e])) for s, e in zip(starts, ends, strict=True))


def held(spans: Sequence[Span], offsets: np.ndarray) -> np.ndarray:
    """True for each entry offsets[i]..offsets[i + 1] that lies in one span whole."""
    if not spans:
        return np.zeros(len(offsets) - 1, bool)
    starts = np.array([s for s, _ in spans], np.int64)
    ends = np.array([e for _, e in spans], np.int64)
    at = np.searchsorted(starts, offsets[:-1], side="right") - 1
    return (at >= 0) & (offsets[1:] <= ends[np.maximum(at, 0)])
