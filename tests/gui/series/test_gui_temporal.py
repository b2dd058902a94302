"""The time slider shows one epoch at a time, also after saving and opening the project again."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import Qgis, QgsDateTimeRange, QgsProject
from qgis.PyQt.QtCore import QDateTime

from marscd_plugin.gui.layers import KEY, ours
from marscd_plugin.gui.series import temporal

UTC = timezone.utc
ANY = st.lists(st.datetimes(datetime(1997, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), min_size=1, max_size=9)


@given(ANY)
def test_spans_never_overlap_and_leave_no_gap_of_more_than_a_second(times):
    spans = sorted(set(temporal.spans(times)))
    for (start, end), (following, _) in itertools.pairwise(spans):
        assert start <= end and end <= following
        assert following - end <= timedelta(seconds=1)
        assert end < following
    assert all(s[0] <= t < s[0] + timedelta(seconds=1) for s, t in zip(temporal.spans(times), times, strict=True))


def test_epochs_of_one_second_share_their_span():
    a = datetime(2011, 1, 1, 0, 0, 0, 100_000, tzinfo=UTC)
    b = datetime(2011, 1, 1, 0, 0, 0, 900_000, tzinfo=UTC)
    c = datetime(2011, 1, 2, tzinfo=UTC)
    first, second, third = temporal.spans([a, b, c])
    assert first == second and first[1] == c - timedelta(seconds=1) and third[0] == c
    assert temporal.spans([c])[0][1] > c, "one alone is seen for a while"


def visible(frame: QgsDateTimeRange) -> list[str]:
    return sorted(
        la.customProperty(KEY) for la in ours("epoch") if la.temporalProperties().isVisibleInTemporalRange(frame)
    )


def test_one_epoch_at_a_time_in_memory_and_after_a_reload(opened, series, tmp_path):
    frames = temporal.frames([e.time for e in series.epochs])
    names = [[e.product_id] for e in series.epochs]
    assert [visible(f) for f in frames] == names
    halves = [QgsDateTimeRange(a.begin(), b.begin(), True, False) for a, b in itertools.pairwise(frames)]
    assert [visible(f) for f in halves] == names[:-1]
    assert QgsProject.instance().write(str(tmp_path / "p.qgz"))
    QgsProject.instance().clear()
    assert not ours("epoch")
    assert QgsProject.instance().read(str(tmp_path / "p.qgz"))
    assert [visible(f) for f in frames] == names
    assert [visible(f) for f in halves] == names[:-1]
    settings = QgsProject.instance().timeSettings()
    assert settings.timeStepUnit() == Qgis.TemporalUnit.IrregularStep
    assert settings.temporalRange().begin() == frames[0].begin()


class Map:
    """A canvas's part in it."""

    def __init__(self, controller):
        self._controller = controller

    def temporalController(self):
        return self._controller


#: The canvas is the whole run's and keeps a bare pointer: what it was given once must live as long.
_kept = []


@pytest.fixture
def controller(qgis_app):
    from qgis.core import QgsTemporalNavigationObject

    _kept.append(QgsTemporalNavigationObject())
    return _kept[-1]


def test_the_slider_steps_an_epoch_each_and_is_given_back(controller, series):
    times = [e.time for e in series.epochs]
    before = (controller.navigationMode(), controller.temporalExtents(), controller.framesPerSecond())
    slider = temporal.TimeSlider(Map(controller))
    heard: list[QDateTime] = []
    slider.stepped.connect(heard.append)
    assert slider.start(times) and slider.running
    assert controller.totalFrameCount() == len(times)
    for number, time in enumerate(times):
        slider.go_to(time)
        assert controller.currentFrameNumber() == number
        shown = controller.dateTimeRangeForFrameNumber(number)
        assert shown.begin() == temporal.as_qt(time)
    assert heard[-1] == temporal.as_qt(times[-1])
    slider.stop()
    assert (controller.navigationMode(), controller.temporalExtents(), controller.framesPerSecond()) == before
    count = len(heard)
    controller.setCurrentFrameNumber(0)
    assert len(heard) == count


def test_a_map_without_a_slider_says_so(series):
    assert not temporal.TimeSlider(Map(None)).start([e.time for e in series.epochs])


def test_the_list_follows_the_slider(opened, canvas, controller, series, monkeypatch):
    canvas.setTemporalController(controller)
    opened.look_box._time.setChecked(True)
    if canvas.temporalController() is None:
        pytest.skip("this canvas takes no temporal controller")
    canvas.temporalController().setCurrentFrameNumber(2)
    assert opened.look_box.epochs.current == "ESP_002_RED"
    opened.look_box.show_epoch("ESP_001_RED")
    assert canvas.temporalController().currentFrameNumber() == 1
    opened.look_box._time.setChecked(False)
    assert not opened.look_box.slider.running
