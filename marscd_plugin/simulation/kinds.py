"""The kinds of change that are simulated, as the classes of a byte raster."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """Class values of ``SimulatedPair.classes`` and ``Scene.phenomena``; 0 is plain ground."""

    NONE = 0
    RSL = 1
    STREAK = 2
    CRATER = 3
    BOULDER = 4
    DUNE = 5
    FROST = 6
    ALBEDO = 7
    RIPPLE = 8
    ICEFALL = 9
    GULLY = 10
