"""Pairs compared one after the other: the algorithm, then the record and the report of each, off the main thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...common.words import ChangeMap, Series
from ..jobs import Job
from ..state import ComparedPair
from ..words import tr

log = logging.getLogger(__name__)

#: Share of a pair's bar that the algorithm takes; the rest is the report.
_DETECTING = 0.95


@dataclass(frozen=True)
class Wanted:
    """A pair to compare. ``parameters`` go to ``marscd:detectchanges`` beside its outputs.

    ``standard``: a whole pair of a series at the model's threshold. ``series`` is for the report.
    """

    before: str
    after: str
    label: str
    folder: Path
    parameters: dict[str, Any] = field(default_factory=dict)
    standard: bool = False
    series: Series | None = None


def results_of(change: ChangeMap) -> dict[str, Any]:
    """What ``ComparedPair.results`` holds: names as the algorithm's outputs."""
    return {
        "CHANGED_AREA": change.changed_area,
        "POLYGON_COUNT": change.polygon_count,
        "DEVICE_USED": change.device,
        "THRESHOLD": change.threshold,
        "CHANGED_PIXELS": change.changed_pixels,
        "COMPARED_PIXELS": change.compared_pixels,
        "WARNINGS": change.warnings,
    }


def compared(folder: Path, change: ChangeMap) -> ComparedPair:
    """The pair as the dock's state keeps it."""
    return ComparedPair(change.before, change.after, folder, results_of(change))


def change_map(pair: ComparedPair) -> ChangeMap:
    """And back."""
    told = pair.results
    return ChangeMap(
        probability=pair.probability,
        mask=pair.mask,
        polygons=pair.polygons,
        before=pair.before,
        after=pair.after,
        threshold=float(told.get("THRESHOLD") or 0.5),
        device=str(told.get("DEVICE_USED") or ""),
        changed_area=told.get("CHANGED_AREA"),
        changed_pixels=int(told.get("CHANGED_PIXELS") or 0),
        compared_pixels=int(told.get("COMPARED_PIXELS") or 0),
        polygon_count=int(told.get("POLYGON_COUNT") or 0),
        warnings=tuple(told.get("WARNINGS") or ()),
    )


class DetectQueue(QObject):
    """One pair at a time."""

    #: A pair begins: its label, its number from 1, how many there are.
    began = pyqtSignal(str, int, int)
    #: 0..1 of the whole queue, and what is being done ("" for no news).
    progressed = pyqtSignal(float, str)
    #: The ComparedPair, when its files, record and report are there.
    finished = pyqtSignal(object)
    #: The Wanted that did not work, and why.
    failed = pyqtSignal(object, str)
    #: Nothing is left: how many pairs were finished; True where it was stopped.
    ended = pyqtSignal(int, bool)

    def __init__(self, jobs: Any, before_each: Callable[[Wanted], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._before_each = jobs, before_each
        self._waiting: list[Wanted] = []
        self._job: Job | None = None
        self._total = self._index = self._done = 0
        self._stopped = False
        self._warnings: list[str] = []

    @property
    def running(self) -> bool:
        return self._job is not None

    def start(self, wanted: list[Wanted]) -> None:
        """Compare these; those still waiting stay in front."""
        fresh = self._job is None and not self._waiting
        self._waiting += wanted
        if fresh:
            self._total, self._index, self._done, self._stopped = len(wanted), 0, 0, False
            self._next()
        else:
            self._total += len(wanted)

    def cancel(self) -> None:
        """Stop what runs and forget what waits; finished pairs stay."""
        self._stopped = True
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        if not self._waiting:
            self._job = None
            self.ended.emit(self._done, self._stopped)
            return
        wanted = self._waiting.pop(0)
        self._index += 1
        self._warnings = []
        self._before_each(wanted)
        self.began.emit(wanted.label, self._index, self._total)
        outputs = {
            "PROBABILITY": str(wanted.folder / "probability.tif"),
            "MASK": str(wanted.folder / "mask.tif"),
            "POLYGONS": str(wanted.folder / "polygons.fgb"),
            "KIND": str(wanted.folder / "kind.tif"),
        }
        title = tr("Compare {pair}").format(pair=wanted.label)
        self._run(
            wanted,
            self._jobs.algorithm("marscd:detectchanges", {**wanted.parameters, **outputs}, title),
            lambda _: self._finish(wanted),
            (0.0, _DETECTING),
        )

    def _finish(self, wanted: Wanted) -> None:
        warnings = tuple(dict.fromkeys(self._warnings))

        def finish(progress) -> ComparedPair:
            from ...workflows.compared import record_pair, report_pair

            progress.report(0.0, tr("Writing the report"))
            change = record_pair(wanted.folder, warnings, wanted.standard, progress)
            report_pair(wanted.folder, change, wanted.series)
            return compared(wanted.folder, change)

        job = self._jobs.background(tr("Report of {pair}").format(pair=wanted.label), finish)
        self._run(wanted, job, self._made, (_DETECTING, 1.0))

    def _made(self, pair: ComparedPair) -> None:
        self._done += 1
        self.finished.emit(pair)
        self._next()

    def _run(self, wanted: Wanted, job: Job, then: Callable[[Any], None], span: tuple[float, float]) -> None:
        self._job = job
        start, end = span

        def tell(fraction: float, text: str = "") -> None:
            whole = (self._index - 1 + start + fraction * (end - start)) / max(self._total, 1)
            self.progressed.emit(whole, text)

        state = {"fraction": 0.0}

        def moved(fraction: float) -> None:
            state["fraction"] = fraction
            tell(fraction)

        job.progressed.connect(moved)
        job.said.connect(lambda text: tell(state["fraction"], text))
        job.warned.connect(self._warnings.append)
        job.succeeded.connect(then)
        job.failed.connect(lambda message: self._broke(wanted, message))
        job.stopped.connect(self._halt)

    def _broke(self, wanted: Wanted, message: str) -> None:
        self.failed.emit(wanted, message)
        self._next()

    def _halt(self) -> None:
        self._stopped = True
        self._waiting.clear()
        self._next()
