"""A search from the dock: write the area, run the algorithm, read its footprints; each off the main thread."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...common.words import Query
from ..folder import JobFolder
from ..jobs import Job, Jobs
from ..words import tr
from . import names
from .loading import Found, load_found


class Searcher(QObject):
    """One search at a time. Ends with one of ``found``, ``failed``, ``stopped``, then ``ended``."""

    progressed = pyqtSignal(float)
    said = pyqtSignal(str)
    warned = pyqtSignal(str)
    #: Which sources answered, and why others did not: a line each.
    noted = pyqtSignal(str)
    #: A Found whose file is not yet in its place, see ``put_in_place``.
    found = pyqtSignal(object)
    failed = pyqtSignal(str)
    stopped = pyqtSignal()
    ended = pyqtSignal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._new = Path()

    @property
    def running(self) -> bool:
        return self._job is not None

    def start(self, query: Query, folder: JobFolder) -> None:
        """Search; the old result stays until the new one is whole."""
        # Not over the layer that is shown: a file that is read must not be rewritten under QGIS's hands.
        self._new = folder.root / "observations-new.fgb"

        def prepare(_progress) -> None:
            from ..area_file import write_area

            write_area(query.area, folder.area)
            self._new.unlink(missing_ok=True)

        job = self._jobs.background(tr("Writing the area"), prepare)
        self._run(job, lambda _: self._ask(query, folder))

    def cancel(self) -> None:
        """Stop within a second or two."""
        if self._job is not None:
            self._job.cancel()

    def release(self) -> None:
        """No more signals."""
        self.blockSignals(True)
        self.cancel()

    def _ask(self, query: Query, folder: JobFolder) -> None:
        job = self._jobs.algorithm(
            "marscd:searchobservations", parameters_of(query, folder.area, self._new), tr("Searching the archives")
        )
        job.progressed.connect(lambda share: self.progressed.emit(0.9 * share))
        job.said.connect(self.said)
        job.warned.connect(self.warned)
        self._run(job, self._asked)

    def _asked(self, results: dict[str, Any]) -> None:
        self.noted.emit(str(results.get("NOTES", "")))
        self._read()

    def _read(self) -> None:
        path = self._new
        job = self._jobs.background(tr("Reading the footprints"), lambda progress: load_found(path, progress))
        job.progressed.connect(lambda share: self.progressed.emit(0.9 + 0.1 * share))
        self._run(job, self._done)

    def _done(self, found: Found) -> None:
        self._job = None
        self.found.emit(found)
        self.ended.emit()

    def _run(self, job: Job, next_step) -> None:
        self._job = job
        # A step may come to its end between the click on Cancel and its ears: the next one must not begin.
        job.succeeded.connect(lambda value: self._stopped() if job.cancel_asked else next_step(value))
        job.failed.connect(self._failed)
        job.stopped.connect(self._stopped)

    def _failed(self, why: str) -> None:
        self._clean()
        self.failed.emit(why)
        self.ended.emit()

    def _stopped(self) -> None:
        self._clean()
        self.stopped.emit()
        self.ended.emit()

    def _clean(self) -> None:
        self._job = None
        drop(self._new)


def drop(path: Path) -> None:
    """Take a half-made file away, where that is possible; the next search writes over it anyway."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def put_in_place(found: Found, target: Path) -> Found:
    """Move the new footprints to ``target``. Raises OSError."""
    os.replace(found.path, target)
    return Found(target, found.observations, found.feature_ids)


def parameters_of(query: Query, area_file: Path, output: Path) -> dict[str, Any]:
    """``marscd:searchobservations``'s parameters for a query."""
    season = query.season
    parameters: dict[str, Any] = {
        "AREA": str(area_file),
        "INSTRUMENT": list(query.instruments),
        "MARS_YEARS": names.years_text(season.mars_years),
        "SOLAR_LONGITUDE": names.longitude_text(season.solar_longitude),
        "SOURCE": query.source,
        "OUTPUT": str(output),
    }
    for name, time in (("START", season.start), ("END", season.end)):
        if time is not None:
            parameters[name] = time.strftime("%Y-%m-%dT%H:%M:%SZ")
    if query.max_incidence is not None:
        parameters["MAX_INCIDENCE"] = query.max_incidence
    return parameters
