"""Does a series close? A -> B -> C -> A must lead back to where it began.

Two epochs registered to the reference each on its own, and to one another directly, are three measurements of two
unknowns: what is left over is an error that no residual of a single registration shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .registration import Alignment

#: Three registrations of a tenth of a pixel, each in both directions, leave no more than this (RMS, pixels).
TOLERANCE_PX = 0.3
_LATTICE = 64
_FEWEST = 20


@dataclass(frozen=True)
class Closure:
    """What is left after going round, pixels of the grid; ``places`` were compared. ``closes``: within ``tolerance``.

    ``rms`` and the others are None, and ``closes`` False, where fewer than twenty trusted places are common to all.
    """

    rms: float | None
    median: float | None
    worst: float | None
    places: int
    tolerance: float
    closes: bool

    @property
    def reason(self) -> str:
        """In words, for a report."""
        if self.rms is None:
            return f"too little common ground to close the loop ({self.places} places)"
        verdict = "within" if self.closes else "not within"
        return f"going round leaves {self.rms:.2f} px RMS, {verdict} {self.tolerance:g} px ({self.places} places)"


def closure(
    width: int, height: int, first: Alignment, second: Alignment, between: Alignment, tolerance: float = TOLERANCE_PX
) -> Closure:
    """Close the loop over a grid of ``width`` x ``height``.

    ``first`` and ``second`` register two epochs to the reference; ``between`` registers the second to the first, both
    by their own georeferencing on the same grid: ``attempt(RasterScene(grid, first's source, second's source))``. A
    place p of the reference lies at first(p) in the first epoch, so between(first(p)) and second(p) must be one place.
    """
    x, y = (v.ravel() for v in np.meshgrid(np.linspace(0, width - 1, _LATTICE), np.linspace(0, height - 1, _LATTICE)))
    in_first = first.warp.apply(x, y)
    direct = second.warp.apply(x, y)
    round_x, round_y = between.warp.apply(*in_first)
    keep = np.ones(len(x), bool)
    for alignment, at in ((first, (x, y)), (second, (x, y)), (between, in_first)):
        inside = (at[0] >= 0) & (at[1] >= 0) & (at[0] <= width - 1) & (at[1] <= height - 1)
        keep &= inside
        if alignment.trusted is not None:
            keep &= alignment.trusted.at(*at)
    # The moving images end somewhere, too: only what lies near a tie point of the loop's direct side was seen by all.
    keep &= _seen(between, in_first)
    places = int(keep.sum())
    if places < _FEWEST:
        return Closure(None, None, None, places, tolerance, False)
    left = np.hypot(round_x - direct[0], round_y - direct[1])[keep]
    # A pixel beside a CCD seam can fall on either side of it: one in fifty is not counted.
    left = np.sort(left)[: max(1, int(0.98 * places))]
    rms = float(np.sqrt(np.mean(left**2)))
    return Closure(rms, float(np.median(left)), float(left[-1]), places, tolerance, rms <= tolerance)


def _seen(alignment: Alignment, at: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Which places lie within a window of a tie point."""
    points = alignment.ties.points
    out = np.zeros(len(at[0]), bool)
    reach = 1.5 * alignment.ties.window
    for part in (slice(k, k + 512) for k in range(0, len(out), 512)):
        off = np.abs(at[0][part, None] - points[None, :, 0]), np.abs(at[1][part, None] - points[None, :, 1])
        out[part] = (np.maximum(*off) <= reach).any(axis=1)
    return out
