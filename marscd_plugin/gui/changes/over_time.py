"""Runs the detection over all dates, and keeps the third tab and the map up with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ...common.errors import MarscdError
from ..jobs import Job
from ..page import DockContext
from ..words import tr
from . import over_time_layers
from .compare import ComparePanel
from .over_time_panel import OverTimePanel

FOLDER = "series-changes"


class OverTime(QObject):
    """Belongs to the page; ``panel`` shows, ``compare`` has the model and the smallest area."""

    def __init__(self, context: DockContext, panel: OverTimePanel, compare: ComparePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._panel, self._compare = context, panel, compare
        self._state = context.state
        self._job: Job | None = None
        self._loading = 0
        self._heard = [
            (self._state.series_changed, self._series_changed),
            (self._state.folder_changed, self._look),
        ]
        for signal, slot in self._heard:
            signal.connect(slot)
        panel.detect_wanted.connect(self.detect)
        panel.show_wanted.connect(self._show)
        panel.report_wanted.connect(self._open_report)
        panel.running.cancel_wanted.connect(self._cancel)
        compare.model.looked.connect(self.refresh)
        compare.least_area.valueChanged.connect(lambda _: self.refresh())
        self._series_changed()
        self._look()

    @property
    def folder(self) -> Path | None:
        """Where the results are; None without a job's folder."""
        return self._state.folder.root / FOLDER if self._state.folder is not None else None

    @property
    def running(self) -> bool:
        """True while a run is under way."""
        return self._job is not None

    def refresh(self) -> None:
        """Say again what is chosen in the other tab."""
        self._panel.set_settings(self._compare.model.name, self._compare.least_area.value())

    def detect(self) -> None:
        """Compare all dates of the series."""
        series = self._state.series
        if series is None or self._job is not None:
            return
        try:
            place = self._state.need_folder().root / FOLDER
        except MarscdError as error:
            self._context.messages.error(error)
            return
        over_time_layers.take_away(place)
        parameters: dict[str, Any] = {
            "SERIES": str(series.folder),
            "MODEL": self._compare.model.name,
            "DEVICE": self._compare.model.device.currentData(),
            "MIN_AREA": self._compare.least_area.value(),
            "FEATURE": self._panel.feature,
            "FIRST_SEEN": str(place / "first_seen.tif"),
            "LAST_SEEN": str(place / "last_seen.tif"),
            "COUNT": str(place / "count.tif"),
            "POLYGONS": str(place / "changes.fgb"),
            "CURVE": str(place / "curve.csv"),
            "REPORT": str(place / "report.html"),
        }
        if not self._compare.threshold.is_default and self._compare.model.card is not None:
            parameters["THRESHOLD"] = self._compare.threshold.value
        # The dates of these files' legends are those of the series at hand.
        for name in ("first_seen", "last_seen", "count"):
            (place / f"{name}.qml").unlink(missing_ok=True)
        self._panel.set_result(None)
        self._panel.running.begin(tr("Comparing all {count} dates").format(count=len(series.epochs)))
        self._panel.set_running()
        job = self._context.jobs.algorithm("marscd:detectserieschanges", parameters, tr("Changes over all dates"))
        self._job = job
        text = ""

        def say(message: str) -> None:
            nonlocal text
            text = message

        job.said.connect(say)
        job.progressed.connect(lambda fraction: self._panel.running.tell(fraction, text))
        job.succeeded.connect(lambda _: self._done())
        job.failed.connect(lambda message: self._context.messages.failure(tr("The dates were not compared."), message))
        job.stopped.connect(lambda: self._context.messages.hint(tr("Stopped. Nothing half-finished was kept.")))
        job.ended.connect(self._ended)

    def release(self) -> None:
        """Stop, and listen no more."""
        self._cancel()
        for signal, slot in self._heard:
            signal.disconnect(slot)
        self._heard = []

    def _done(self) -> None:
        self._look(then_show=True)

    def _ended(self) -> None:
        self._job = None
        self._panel.running.end()
        self._panel.set_running()
        self._look()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _series_changed(self) -> None:
        series = self._state.series
        self._panel.set_series(len(series.epochs) if series is not None else 0)
        self.refresh()

    def _look(self, then_show: bool = False) -> None:
        """What is there of an earlier run, read off the main thread."""
        self._loading += 1
        number, place = self._loading, self.folder
        if place is None or (self.running and not then_show):
            self._panel.set_result(None)
            return

        def read(progress: Any) -> Any:
            from ...workflows.serieschanges import is_series_changes, read_series_changes

            return read_series_changes(place) if is_series_changes(place) else None

        job = self._context.jobs.background(tr("Look for changes over all dates"), read)

        def loaded(kept: Any) -> None:
            if number != self._loading and not then_show:
                return
            self._panel.set_result(kept.points if kept else None, kept.counts if kept else None)
            if kept and then_show:
                self._show()

        job.succeeded.connect(loaded)
        job.failed.connect(lambda message: self._context.messages.warn(message))

    def _show(self) -> None:
        place = self.folder
        if place is None:
            return
        try:
            over_time_layers.show(place)
        except MarscdError as error:
            self._context.messages.error(error)

    def _open_report(self) -> None:
        if self.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder / "report.html")))
