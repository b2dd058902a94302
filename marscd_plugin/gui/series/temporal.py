"""Epochs on QGIS's time slider: one at a time, also after the project was saved and opened again.

A raster layer's fixed range loses its "end excluded" flag in a saved project, and its fractions of a second: an end
at the next epoch's start would show both there. So times are whole seconds, and each range ends a second before the
next begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from qgis.core import Qgis, QgsDateTimeRange, QgsInterval, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QDateTime, QObject, pyqtSignal

from ...processing.observations import to_qdatetime

_SECOND = timedelta(seconds=1)
#: How long the last of a series stays when nothing says more.
_ALONE = timedelta(days=1)


def spans(times: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """(first, last whole second, both included) that each epoch is shown, in the order of ``times``.

    From its own time to a second before the next later one; the last stays as long as the median step. Epochs of the
    same second share their span.
    """
    starts = [t.replace(microsecond=0) for t in times]
    distinct = sorted(set(starts))
    steps = sorted(b - a for a, b in pairwise(distinct))
    tail = steps[len(steps) // 2] if steps else _ALONE
    ends = {a: max(a, b - _SECOND) for a, b in zip(distinct, [*distinct[1:], distinct[-1] + tail], strict=True)}
    return [(start, ends[start]) for start in starts]


def date_layer(layer: QgsRasterLayer, span: tuple[datetime, datetime]) -> None:
    """Date a raster layer."""
    properties = layer.temporalProperties()
    properties.setIsActive(True)
    properties.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
    properties.setFixedTemporalRange(QgsDateTimeRange(to_qdatetime(span[0]), to_qdatetime(span[1])))


def frames(times: Sequence[datetime]) -> list[QgsDateTimeRange]:
    """One frame an epoch, in time order."""
    return [QgsDateTimeRange(to_qdatetime(a), to_qdatetime(b)) for a, b in sorted(set(spans(times)))]


def date_project(times: Sequence[datetime]) -> None:
    """The project's time is the series', a step an epoch: what QGIS's Temporal Controller panel starts from."""
    made = frames(times)
    settings = QgsProject.instance().timeSettings()
    settings.setTemporalRange(QgsDateTimeRange(made[0].begin(), made[-1].end()))
    settings.setTimeStep(1)
    settings.setTimeStepUnit(Qgis.TemporalUnit.IrregularStep)
    settings.setFramesPerSecond(1.0)


class TimeSlider(QObject):
    """The canvas's temporal controller, set to step through a series; as it was when stopped."""

    #: The time (QDateTime, UTC) at which the frame that is shown begins, whoever moved the slider.
    stepped = pyqtSignal(QDateTime)

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._before: tuple[Any, ...] | None = None

    @property
    def running(self) -> bool:
        return self._before is not None

    @property
    def controller(self) -> Any:
        """QgsTemporalNavigationObject, or None where the canvas has none."""
        return self._canvas.temporalController()

    def start(self, times: Sequence[datetime]) -> bool:
        """Frame 0 is the first epoch. False where the canvas has no controller."""
        controller = self.controller
        if controller is None:
            return False
        made = frames(times)
        if self._before is None:
            self._before = (
                controller.navigationMode(),
                controller.temporalExtents(),
                controller.frameDuration(),
                controller.framesPerSecond(),
                controller.temporalRangeCumulative(),
                controller.availableTemporalRanges(),
            )
            controller.updateTemporalRange.connect(self._stepped)
        date_project(times)
        controller.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
        controller.setTemporalRangeCumulative(False)
        controller.setAvailableTemporalRanges(made)
        controller.setTemporalExtents(QgsDateTimeRange(made[0].begin(), made[-1].end()))
        controller.setFrameDuration(QgsInterval(1, Qgis.TemporalUnit.IrregularStep))
        controller.setFramesPerSecond(1.0)
        controller.rewindToStart()
        return True

    def go_to(self, time: datetime) -> None:
        """Show the epoch of that time. Nothing happens while the slider is not running."""
        controller = self.controller
        if not self.running or controller is None:
            return
        wanted = to_qdatetime(time.replace(microsecond=0))
        for number, frame in enumerate(controller.availableTemporalRanges()):
            if frame.contains(wanted):
                controller.setCurrentFrameNumber(number)

    def _stepped(self, shown: QgsDateTimeRange) -> None:
        if self.running and not shown.isInfinite():
            self.stepped.emit(shown.begin())

    def stop(self) -> None:
        """Give the controller back as it was found, and show the whole of time again."""
        controller, before, self._before = self.controller, self._before, None
        if controller is None or before is None:
            return
        mode, extents, duration, rate, cumulative, available = before
        controller.updateTemporalRange.disconnect(self._stepped)
        controller.pause()
        controller.setAvailableTemporalRanges(available)
        controller.setTemporalExtents(extents)
        controller.setFrameDuration(duration)
        controller.setFramesPerSecond(rate)
        controller.setTemporalRangeCumulative(cumulative)
        controller.setNavigationMode(mode)


def as_qt(time: datetime) -> QDateTime:
    """For comparing with what a layer says."""
    return to_qdatetime(time.replace(microsecond=0))
