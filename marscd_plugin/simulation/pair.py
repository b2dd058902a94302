"""What a simulated pair is: two dates, their truth, what was drawn, and under which circumstances."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .fields import Array
from .kinds import Kind


@dataclass(frozen=True)
class TerrainPatch:
    """A simulated backdrop: ``height`` in pixels of its own grid, ``albedo`` about 1, both (H, W) float32."""

    height: Array
    albedo: Array


@dataclass(frozen=True)
class DrawnObject:
    """One thing that changed.

    ``id``: its value in ``labels`` (0 where it is not visible). ``date``: the date in which it stands, ``before`` or
    ``after``; ``both`` where it stands in both and moved or paled. ``width_px`` across, ``length_px`` along.
    ``contrast``: brightness against its surroundings, as a fraction, negative where darker. ``strength``: its mean
    difference over the deviation that the unchanged ground shows at the object's width; ``rose``: the same over all of
    it (``visibility``); ``visible``: whether that is enough for an eye. ``area_px``: pixels of truth. ``part`` says
    what of the thing it is (``grown``, ``track``, ``left`` ...), or nothing.
    """

    id: int
    kind: Kind
    date: str
    width_px: float
    length_px: float
    contrast: float
    strength: float
    rose: float
    visible: bool
    area_px: int
    part: str = ""


@dataclass(frozen=True)
class SimulatedPair:
    """Two dates and their truth, all (size, size).

    ``before`` and ``after``: float32 brightness (like I/F, positive; 0 where not valid); ``truth``: uint8, 1 = change,
    on BEFORE's grid; ``valid``: bool, both dates seen; ``classes``: uint8, the kind of change (``kinds.Kind``);
    ``recipe``: what was drawn, JSON-able. Of ``drawing.draw_pair`` only: ``labels``: uint16, the object's id;
    ``ignore``: bool, changed but too faint for any eye, neither change nor no change; ``objects``; incidence of both
    dates and the turn of the sun's azimuth in degrees; ``residual_px``: RMS misregistration of AFTER, pixels.
    """

    before: Array
    after: Array
    truth: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    recipe: dict[str, Any]
    classes: NDArray[np.uint8]
    labels: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, 0), np.uint16))
    ignore: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), bool))
    objects: tuple[DrawnObject, ...] = ()
    incidence_before: float = 0.0
    incidence_after: float = 0.0
    azimuth_change: float = 0.0
    residual_px: float = 0.0

    @property
    def kind(self) -> NDArray[np.uint8]:
        """The kind of change a pixel, as ``classes``."""
        return self.classes
