"""Marks become change: measured, painted into two dates, labelled; or left out, where no eye could see them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need
from . import draw_areas, draw_lines, draw_spots
from .fields import Array
from .kinds import Kind
from .marks import Mark, Site, paled, soften, swapped
from .pair import DrawnObject
from .visibility import ROSE, Ground, rose_of

#: Share of the invisible marks that are painted all the same: they are in ``ignore``, not in the truth.
INVISIBLE_SHARE = 0.2
#: No group is paled below this contrast: fainter is lost in what calibration leaves.
FAINTEST = 0.015
#: A piece of change smaller than this (of those that come in pieces) is no object, pixels.
SMALLEST = 12

#: How each kind is drawn, and how often where nothing else is asked for.
MENU: dict[Kind, tuple[Callable[..., list[Mark]], float]] = {
    Kind.RSL: (draw_lines.rsl, 0.42),
    Kind.STREAK: (draw_lines.streak, 0.10),
    Kind.CRATER: (draw_spots.crater, 0.10),
    Kind.BOULDER: (draw_spots.boulders, 0.09),
    Kind.DUNE: (draw_areas.dune_edge, 0.06),
    Kind.FROST: (draw_areas.frost, 0.06),
    Kind.ALBEDO: (draw_areas.albedo, 0.06),
    Kind.RIPPLE: (draw_areas.ripples, 0.04),
    Kind.ICEFALL: (draw_spots.icefall, 0.04),
    Kind.GULLY: (draw_lines.gully, 0.03),
}


@dataclass
class Easel:
    """Brightness factors of both dates, labels, kinds, and what is in them, all (rows, columns)."""

    ground: Ground
    shape: tuple[int, int]
    optics: float = 0.5
    before: Array = field(init=False)
    after: Array = field(init=False)
    labels: NDArray[np.uint16] = field(init=False)
    classes: NDArray[np.uint8] = field(init=False)
    ignore: NDArray[np.bool_] = field(init=False)
    objects: list[DrawnObject] = field(default_factory=list)
    left_out: int = 0
    seen: int = 0
    last: int = 0

    def __post_init__(self) -> None:
        self.before, self.after = np.ones(self.shape, np.float32), np.ones(self.shape, np.float32)
        self.labels, self.classes = np.zeros(self.shape, np.uint16), np.zeros(self.shape, np.uint8)
        self.ignore = np.zeros(self.shape, bool)

    def put(self, rng: np.random.Generator, mark: Mark, strength: float, rose: float) -> None:
        """Paint and label the mark, or leave it out where no eye could see it."""
        rows, columns = mark.where.shape
        window = np.s_[mark.top : mark.top + rows, mark.left : mark.left + columns]
        if mark.where.any():
            if rose < ROSE:
                self.left_out += 1
                if rng.random() >= INVISIBLE_SHARE:
                    return
            else:
                self.seen += 1
            self._label(mark, window, strength, rose)
        for factor, image in ((mark.before, self.before), (mark.after, self.after)):
            if factor is not None:
                image[window] *= factor

    def _measured(self, mark: Mark) -> tuple[float, float]:
        """(strength, rose) of a mark under a blur of ``optics`` px; 0 where it is no change."""
        if not mark.where.any():
            return 0.0, 0.0
        # Shaded and lit parts of one thing must not cancel: magnitudes are averaged.
        step = np.zeros(mark.where.shape, np.float32)
        for factor, sign in ((mark.before, -1.0), (mark.after, 1.0)):
            if factor is not None:
                step += np.float32(sign) * (factor - 1.0)
        size = float(np.abs(soften(step, self.optics)[mark.where]).mean())
        strength = size / self.ground.deviation(mark.width, mark.where, mark.top, mark.left)
        return strength, rose_of(strength, mark.width, mark.length)

    def _label(self, mark: Mark, window: tuple[slice, slice], strength: float, rose: float) -> None:
        visible = rose >= ROSE
        parts = [mark.where]
        if mark.pieces:
            cv2 = need("cv2")
            count, pieces, stats, _ = cv2.connectedComponentsWithStats(mark.where.astype(np.uint8), connectivity=8)
            small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < SMALLEST)
            self.ignore[window] |= np.isin(pieces, small[small > 0])
            parts = [pieces == k for k in range(1, count) if stats[k, cv2.CC_STAT_AREA] >= SMALLEST]
        for where in parts:
            if visible and self.last < 60_000:
                number = self.last = self.last + 1
                self.labels[window][where] = number
                self.classes[window][where] = int(mark.kind)
                self.ignore[window][where] = False
            else:
                number = 0
                self.ignore[window] |= where & (self.labels[window] == 0)
            what = (number, mark.kind, mark.date, mark.width, mark.length, mark.contrast, strength, rose, visible)
            self.objects.append(DrawnObject(*what, int(where.sum()), mark.part))

    def draw(
        self,
        rng: np.random.Generator,
        site: Site,
        kinds: Sequence[Kind] | None,
        width: tuple[float, float] | None,
        date: str | None = None,
        corner: tuple[int, int] = (0, 0),
        faint: float = 0.0,
    ) -> None:
        """One group of change of one of the ``kinds`` (None: all, by their weights) on the ``site``, which lies at
        ``corner`` (top, left). New things stand in ``date`` (None: either). ``faint``: chance that the whole group is
        paled until it can only just be seen."""
        chosen = list(MENU) if kinds is None else list(kinds)
        weights = np.array([MENU[k][1] for k in chosen])
        kind = chosen[int(rng.choice(len(chosen), p=weights / weights.sum()))]
        backwards = bool(rng.random() < 0.5) if date is None else date == "before"
        place = site.reversed() if backwards else site
        drawn = draw_lines.rsl(rng, place, width) if kind is Kind.RSL else MENU[kind][0](rng, place)
        marks = [replace(m, top=m.top + corner[0], left=m.left + corner[1]) for m in drawn]
        if backwards:
            marks = [swapped(mark) for mark in marks]
        measured = [self._measured(mark) for mark in marks]
        share = self._paling(rng, marks, measured) if rng.random() < faint else 1.0
        for mark, (strength, rose) in zip(marks, measured, strict=True):
            self.put(rng, paled(mark, share) if share < 1.0 else mark, share * strength, share * rose)

    @staticmethod
    def _paling(rng: np.random.Generator, marks: list[Mark], measured: list[tuple[float, float]]) -> float:
        """Share of its contrast that leaves the group's middle mark just visible, none below ``FAINTEST``."""
        roses = [rose for _, rose in measured if rose > 0]
        if not roses:
            return 1.0
        wanted = float(np.exp(rng.uniform(math.log(0.9 * ROSE), math.log(3.5 * ROSE))))
        contrast = float(np.median([abs(m.contrast) for m in marks])) + 1e-9
        return min(1.0, max(wanted / float(np.median(roses)), FAINTEST / contrast))

    def settled(self, inside: NDArray[np.bool_]) -> tuple[DrawnObject, ...]:
        """The objects with their area inside the mask as labelled now (later ones lie over earlier ones)."""
        areas = np.bincount(self.labels[inside], minlength=1 + self.last)
        kept = [replace(o, area_px=int(areas[o.id])) if o.id else o for o in self.objects]
        return tuple(o for o in kept if o.area_px > 0)
