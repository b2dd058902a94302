"""The plot of Mars Years against season: where the dots are, and what hands do with them."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPalette
from qgis.PyQt.QtTest import QTest

from marscd_plugin.common.words import Season
from marscd_plugin.gui.find.plot import SeasonPlot
from marscd_plugin.gui.find.selection import Selection

from .find_tools import many, observation

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

#: Mars Years 28, 30 and 31.
FOUR = (observation(1, 10), observation(1, 10, "COLOR"), observation(2, 1200), observation(3, 2100))


@pytest.fixture
def plot(qgis_app):
    selection = Selection()
    made = SeasonPlot(selection)
    made.selection = selection
    made.resize(400, 240)
    made.set_observations(FOUR, ())
    made.show()
    qgis_app.processEvents()
    made.grab()
    yield made
    made.close()
    made.deleteLater()


def place(plot, index) -> QPoint:
    return QPointF(*plot._points[index]).toPoint()


def test_dots_lie_at_their_season_and_the_latest_year_is_on_top(plot):
    frame = plot._frame()
    for one, (x, y) in zip(FOUR, plot._points, strict=True):
        assert abs((x - frame.left()) / frame.width() * 360 - one.solar_longitude) < 0.01
        row = int((y - frame.top()) / plot._row_height())
        assert 31 - row == one.mars_year
    assert plot._points[0][1] < plot._points[1][1], "RED and COLOR of one observation do not hide each other"


def test_a_year_without_any_image_keeps_its_row(plot):
    assert plot._years == (28, 31)


def test_a_click_selects_what_is_near_and_ctrl_adds(plot):
    QTest.mouseClick(plot, LEFT, NONE, place(plot, 0))
    assert plot.selection.ids == {"ESP_000001_1380_RED"}
    QTest.mouseClick(plot, LEFT, Qt.KeyboardModifier.ControlModifier, place(plot, 3) + QPoint(2, -2))
    assert plot.selection.ids == {"ESP_000001_1380_RED", "ESP_000003_1380_RED"}
    QTest.mouseClick(plot, LEFT, Qt.KeyboardModifier.ControlModifier, place(plot, 3))
    assert plot.selection.ids == {"ESP_000001_1380_RED"}
    QTest.mouseClick(plot, LEFT, NONE, QPoint(5, 5))
    assert not plot.selection.ids


def drag(plot, first: QPoint, last: QPoint) -> None:
    QTest.mousePress(plot, LEFT, NONE, first)
    move = QMouseEvent(QEvent.Type.MouseMove, QPointF(last), QPointF(plot.mapToGlobal(last)), LEFT, LEFT, NONE)
    plot.mouseMoveEvent(move)
    assert plot._band.isVisible()
    QTest.mouseRelease(plot, LEFT, NONE, last)


def test_a_drag_selects_several(plot):
    drag(plot, place(plot, 0) - QPoint(12, 12), place(plot, 1) + QPoint(12, 12))
    assert plot.selection.ids == {"ESP_000001_1380_RED", "ESP_000001_1380_COLOR"}
    assert not plot._band.isVisible()


def colour(plot, point: QPoint) -> QColor:
    return QColor(plot.grab().toImage().pixel(point))


@pytest.mark.parametrize("dark", [False, True])
def test_the_chosen_are_filled_in_light_and_dark(plot, dark):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#202020" if dark else "#ffffff"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#ffffff" if dark else "#000000"))
    plot.setPalette(palette)
    before = colour(plot, place(plot, 2))
    plot.set_chosen(["ESP_000002_1380_RED"])
    after = colour(plot, place(plot, 2))
    assert abs(after.hslHue() - 8) < 12 and after.red() > after.blue() + 100 and after != before


def test_the_seasons_window_is_shaded(plot):
    frame = plot._frame()
    inside = QPoint(int(plot._x(300)), int(plot._y(30)) + 6)
    outside = QPoint(int(plot._x(300)), int(frame.top()) + 4)
    before = colour(plot, inside), colour(plot, outside)
    plot.set_season(Season(((30, 30),), (250.0, 350.0)))
    assert colour(plot, inside) != before[0] and colour(plot, outside) == before[1]


def test_a_season_that_wraps_is_shaded_at_both_ends(plot):
    plot.set_season(Season((), (330.0, 30.0)))
    spots = [QPoint(int(plot._x(ls)), int(plot._y(30)) + 6) for ls in (10, 345, 100)]
    bare = [colour(plot, p) for p in spots]
    plot.set_season(Season())
    changed = [a != colour(plot, p) for a, p in zip(bare, spots, strict=True)]
    assert changed == [True, True, False]


def test_the_tip_names_product_date_and_season(plot):
    from marscd_plugin.gui.find.plot import _tip

    tip = _tip(plot._near(QPointF(place(plot, 0))))
    assert "ESP_000001_1380_RED: 2006-11-11 00:00 UTC, MY 28, Ls 133.6\u00b0, southern winter" in tip
    assert "and 3 more here" in _tip(many(8))


def test_nothing_found_is_said(plot):
    plot.set_observations((), ())
    plot.grab()
    QTest.mouseClick(plot, LEFT, NONE, QPoint(100, 100))
    assert not plot.selection.ids


def test_an_absurd_year_does_not_draw_a_million_rows(plot):
    from dataclasses import replace

    plot.set_observations([replace(FOUR[0], mars_year=-900_000), *FOUR], ())
    plot.grab()
    assert plot._years[1] - plot._years[0] < 100
