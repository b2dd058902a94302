"""What the dock knows: one object that all pages read, with a signal for each thing that changes.

Pages never talk to each other; they set values here and listen here. All in the main thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..common.files import need_folder
from ..common.words import Area, Observation, Season, Series
from ..processing.stored import current_settings
from .folder import Asked, JobFolder, recall, remember


@dataclass(frozen=True)
class ComparedPair:
    """A finished comparison: where its files are, and what the algorithm said of it."""

    before: str
    after: str
    folder: Path
    results: dict

    @property
    def probability(self) -> Path:
        return self.folder / "probability.tif"

    @property
    def mask(self) -> Path:
        return self.folder / "mask.tif"

    @property
    def polygons(self) -> Path:
        return self.folder / "polygons.fgb"


def free_folder() -> Path:
    """A new empty folder in the user's work folder, named by the day. Raises InputError, OutputError."""
    base = Path(current_settings().work_dir)
    day = datetime.now().astimezone().date().isoformat()
    names = (f"{day}-{number}" for number in range(1, 10_000))
    return need_folder(next(base / n for n in names if not (base / n).exists()))


class DockState(QObject):
    """Area, season, observations, choice, folder, series, comparisons."""

    area_changed = pyqtSignal()
    season_changed = pyqtSignal()
    #: The search's result was replaced.
    observations_changed = pyqtSignal()
    #: Which observations are chosen (to fetch, to build a series of).
    chosen_changed = pyqtSignal()
    folder_changed = pyqtSignal()
    #: Files in ``folder.products`` came or went.
    fetched_changed = pyqtSignal()
    series_changed = pyqtSignal()
    pairs_changed = pyqtSignal()
    #: Ask the frame to show a page, by its name in ``dock.PAGES``.
    page_wanted = pyqtSignal(str)
    #: Ask the series page to compare two epochs on the map (product ids, earlier first); show that page first.
    compare_wanted = pyqtSignal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = Asked()
        self._observations: tuple[Observation, ...] = ()
        self._folder: JobFolder | None = None
        self._series: Series | None = None
        self._pairs: tuple[ComparedPair, ...] = ()

    @property
    def area(self) -> Area | None:
        return self._asked.area

    def set_area(self, area: Area | None) -> None:
        self._ask(area=area)
        self.area_changed.emit()

    @property
    def season(self) -> Season:
        return self._asked.season

    @property
    def instruments(self) -> tuple[str, ...]:
        return self._asked.instruments

    @property
    def max_incidence(self) -> float | None:
        return self._asked.max_incidence

    @property
    def source(self) -> str:
        """Where to search: one of ``common.words.SOURCES``."""
        return self._asked.source

    def set_source(self, source: str) -> None:
        self._ask(source=source)
        self.season_changed.emit()

    def set_season(
        self, season: Season, instruments: tuple[str, ...] | None = None, max_incidence: float | None = None
    ) -> None:
        self._ask(season=season, instruments=instruments or self.instruments, max_incidence=max_incidence)
        self.season_changed.emit()

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What the last search found, by time."""
        return self._observations

    def set_observations(self, observations: tuple[Observation, ...]) -> None:
        self._observations = observations
        there = {o.product_id for o in observations}
        self._ask(chosen=tuple(c for c in self._asked.chosen if c in there))
        self.observations_changed.emit()
        self.chosen_changed.emit()

    @property
    def chosen(self) -> tuple[Observation, ...]:
        """The observations that are ticked, by time."""
        ids = set(self._asked.chosen)
        return tuple(o for o in self._observations if o.product_id in ids)

    def set_chosen(self, product_ids) -> None:
        """Tick exactly these products."""
        if not self._observations:
            # A job was opened and its footprints are still being read: its choice waits for them.
            return
        wanted = set(product_ids)
        ids = tuple(o.product_id for o in self._observations if o.product_id in wanted)
        if ids != self._asked.chosen:
            self._ask(chosen=ids)
            self.chosen_changed.emit()

    @property
    def folder(self) -> JobFolder | None:
        """Where this job's files go; None until the user (or the first step that needs it) chose one."""
        return self._folder

    def open_folder(self, root: Path) -> None:
        """Use ``root``. A folder with something in it is another job: what was asked there comes back, and its pages
        look for its files; an empty one takes up the job that is under way. Raises InputError, OutputError."""
        folder = JobFolder(Path(root))
        asked = recall(folder)
        if asked is None and not folder.used:
            self._folder = folder
            self.save()
            self.folder_changed.emit()
        else:
            self._start(folder, asked or Asked())

    def new_job(self, root: Path) -> None:
        """Begin anew in the empty folder ``root``. Raises OutputError."""
        self._start(JobFolder(need_folder(Path(root))), Asked())
        self.save()

    def _start(self, folder: JobFolder, asked: Asked) -> None:
        self._folder, self._asked = folder, asked
        self._observations, self._series, self._pairs = (), None, ()
        for signal in (
            self.area_changed,
            self.season_changed,
            self.observations_changed,
            self.chosen_changed,
            self.series_changed,
            self.pairs_changed,
            self.folder_changed,
            self.fetched_changed,
        ):
            signal.emit()

    def need_folder(self) -> JobFolder:
        """The job's folder; a new one in the user's work folder where none was chosen. Raises OutputError."""
        if self._folder is None:
            self.open_folder(free_folder())
        assert self._folder is not None
        return self._folder

    def save(self) -> None:
        """Write what was asked into the folder, if there is one. Raises OutputError."""
        if self._folder is not None:
            remember(self._folder, self._asked)

    @property
    def series(self) -> Series | None:
        return self._series

    def set_series(self, series: Series | None) -> None:
        self._series = series
        self.series_changed.emit()

    @property
    def pairs(self) -> tuple[ComparedPair, ...]:
        """The comparisons made so far, oldest first."""
        return self._pairs

    def set_pairs(self, pairs: tuple[ComparedPair, ...]) -> None:
        self._pairs = pairs
        self.pairs_changed.emit()

    def _ask(self, **values) -> None:
        self._asked = replace(self._asked, **values)
        if self._folder is not None and self._folder.root.is_dir():
            self.save()
