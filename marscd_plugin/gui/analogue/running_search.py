"""A search from the button to its files: folder, targets, the algorithm in its own process, the record."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...common.words import Area
from ..area_file import write_area
from ..folder import JobFolder
from ..jobs import Job
from ..page import DockContext
from ..words import tr
from .images import Image
from .stored import Search, new_folder, record, round_folder
from .targets import Marked, write_targets

_ALGORITHM, _REFINE = "marscd:analoguesimilarity", "marscd:refineanalogues"


@dataclass(frozen=True)
class Wanted:
    """What the user asked for. ``targets`` empty: the whole of the target's image."""

    target_image: Image
    targets: tuple[Marked, ...]
    search_image: Image
    area: Area | None
    model: str
    device: str
    chip_size: float
    step: float
    count: int = 50

    def asked(self) -> dict[str, Any]:
        """As it is kept in the folder."""
        return {
            "target_source": self.target_image.source,
            "target_label": self.target_image.label,
            "targets": [t.name for t in self.targets] or [self.target_image.label],
            "whole": not self.targets,
            "search_source": self.search_image.source,
            "search_label": self.search_image.label,
            "search_body": self.search_image.body,
            "part": self.area is not None,
            "model": self.model,
            "device": self.device,
            "chip_size": self.chip_size,
            "step": self.step,
            "count": self.count,
        }


class SearchRunner(QObject):
    """One run at a time. ``progressed`` (0..1, words); then ``finished`` or ``failed``; then ``ended`` (stopped)."""

    progressed = pyqtSignal(float, str)
    finished = pyqtSignal(object)
    failed = pyqtSignal(str)
    warned = pyqtSignal(str)
    ended = pyqtSignal(bool)

    def __init__(self, context: DockContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._search: Search | None = None
        self._stopping = False
        self._fraction = 0.0

    @property
    def busy(self) -> bool:
        return self._job is not None

    def start(self, wanted: Wanted, job: JobFolder) -> None:
        """Search. ``finished`` carries the Search."""
        if self.busy:
            return
        self._stopping = False
        self._fraction = 0.0

        def prepare(progress: Any) -> Search:
            folder = new_folder(job)
            if wanted.targets:
                write_targets(wanted.targets, folder / "targets.fgb")
            if wanted.area is not None:
                write_area(wanted.area, folder / "area.fgb")
            kept = str(index_of(wanted, job))
            return Search(folder, int(folder.name), 1, wanted.asked(), {"INDEX": kept})

        first = self._context.jobs.background(tr("Prepare the search"), prepare)
        self._follow(first, lambda search: self._run(search, _ALGORITHM, parameters(wanted, search)))

    def refine(self, search: Search, accepted: tuple[int, ...], rejected: tuple[int, ...]) -> None:
        """The next round of a search, by verdicts."""
        if self.busy:
            return
        self._stopping = False
        self._fraction = 0.0

        def prepare(progress: Any) -> Search:
            folder = round_folder(search)
            number = int(folder.name.removeprefix("round-"))
            return Search(folder, search.number, number, {**search.asked, "accepted": list(accepted),
                                                          "rejected": list(rejected)})  # fmt: skip

        def run(made: Search) -> None:
            self._run(
                made,
                _REFINE,
                {
                    "INDEX": str(search.index),
                    "OF": str(search.matches),
                    "ACCEPTED": ",".join(map(str, accepted)),
                    "REJECTED": ",".join(map(str, rejected)),
                    "COUNT": int(search.asked.get("count") or 50),
                    **outputs(made),
                },
            )

        self._follow(self._context.jobs.background(tr("Prepare the round"), prepare), run)

    def cancel(self) -> None:
        """Stop within a second or two."""
        self._stopping = True
        if self._job is not None:
            self._job.cancel()

    def _tidy(self) -> None:
        """Nothing came of it: its folder goes, if nothing but what we put there is in it."""
        search, self._search = self._search, None
        if search is not None:
            self._context.jobs.background(tr("Tidy up"), lambda progress: tidy(search.folder))

    def _run(self, search: Search, algorithm: str, given: Mapping[str, Any]) -> None:
        self._search = search
        title = tr("Find analogues") if algorithm == _ALGORITHM else tr("Search again with verdicts")
        try:
            job = self._context.jobs.algorithm(algorithm, dict(given), title)
        except LookupError:
            self._end(tr("{algorithm} is not there. Switch MarsCD off and on in the plugin manager.").format(
                algorithm=algorithm))  # fmt: skip
            return
        self._follow(job, lambda results: self._keep(search, results))

    def _keep(self, search: Search, results: Mapping[str, Any]) -> None:
        done = Search(search.folder, search.number, search.round, search.asked, dict(results))
        job = self._context.jobs.background(tr("Keep the search"), lambda progress: record(done))
        self._follow(job, lambda _: self._made(done))

    def _made(self, search: Search) -> None:
        self._job = self._search = None
        self.finished.emit(search)
        self.ended.emit(False)

    def _follow(self, job: Job, then: Any) -> None:
        self._job = job
        job.progressed.connect(self._moved)
        job.said.connect(lambda text: self.progressed.emit(self._fraction, text))
        job.warned.connect(self.warned.emit)
        job.succeeded.connect(lambda value: self._end("") if self._stopping else then(value))
        job.failed.connect(self._end)
        job.stopped.connect(lambda: self._end(""))

    def _moved(self, fraction: float) -> None:
        self._fraction = fraction
        self.progressed.emit(fraction, "")

    def _end(self, message: str) -> None:
        self._job = None
        self._tidy()
        if message:
            self.failed.emit(message)
        self.ended.emit(not message)


def parameters(wanted: Wanted, search: Search) -> dict[str, Any]:
    """For ``marscd:analoguesimilarity``."""
    made: dict[str, Any] = {
        "SEARCH": wanted.search_image.source,
        "MODEL": wanted.model,
        "DEVICE": wanted.device,
        "CHIP_SIZE": wanted.chip_size,
        "STEP": wanted.step,
        "COUNT": wanted.count,
        "INDEX": str(search.results["INDEX"]),
        **outputs(search),
    }
    if wanted.targets:
        made |= {"TARGET_AREAS": str(search.folder / "targets.fgb"), "TARGET_IMAGE": wanted.target_image.source}
    else:
        made["TARGETS"] = [wanted.target_image.source]
    if wanted.area is not None:
        made["AREA"] = str(search.folder / "area.fgb")
    return made


def index_of(wanted: Wanted, job: JobFolder) -> Path:
    """Where the vectors of the searched ground are kept: one folder for all searches of the same ground with the same
    model, so that a further target costs only its own vectors. For a worker. Raises ModelError."""
    from ...inference.models import find_embedding

    told = [
        wanted.search_image.source, _stamp(Path(wanted.search_image.source)), _stamp(find_embedding(wanted.model)),
        wanted.model, wanted.chip_size, wanted.step, wanted.area.polygons if wanted.area is not None else None,
    ]  # fmt: skip
    key = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
    return job.analogues / f"index-{key}"


def _stamp(path: Path) -> tuple[int, int] | None:
    """(size, time) of a file; None for what is none, such as an address."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def tidy(folder: Path) -> None:
    """Take away a search's folder in which there is nothing but what was asked. For a worker."""
    with contextlib.suppress(OSError):
        if {p.name for p in folder.iterdir()} <= {"targets.fgb", "area.fgb"}:
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()


def outputs(search: Search) -> dict[str, str]:
    """Where the results go."""
    return {"DISTANCE": str(search.distance), "MATCHES": str(search.matches), "REPORT": str(search.report)}
