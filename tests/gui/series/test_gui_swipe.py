"""Swipe: a divider between two pictures; mouse, keys, and the map tool beside it."""

from __future__ import annotations

import pytest
from qgis.core import QgsPointXY
from qgis.gui import QgsMapToolEmitPoint
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest

from marscd_plugin.gui.compare.overlay import Overlay
from marscd_plugin.gui.compare.snapshots import Snapshot


@pytest.fixture
def swiping(opened, canvas, wait):
    """A (dark) left, B (bright) right of the middle."""
    canvas.setDestinationCrs(opened.layers.all[0].crs())
    opened.look_box.zoom()
    opened.compare.choose(opened.layers.layer("ESP_000_RED"), opened.layers.layer("ESP_003_RED"))
    opened.compare.start_swipe()
    wait(lambda: opened.compare.comparison.snapshots.pictures, 20, "the pictures")
    return opened.compare.comparison


def lightness(canvas, qgis_app, x, y) -> int:
    qgis_app.processEvents()
    return QColor(canvas.grab().toImage().pixel(x, y)).lightness()


def test_a_lies_left_and_b_right(swiping, canvas, qgis_app):
    middle = canvas.viewport().width() // 2
    assert lightness(canvas, qgis_app, middle - 40, 150) < 60
    assert lightness(canvas, qgis_app, middle + 40, 150) > 200
    assert not any(t.isHidden() for t in swiping.tags)
    assert swiping.tags[0].x() < swiping.tags[1].x()


def test_above_and_below(swiping, opened, canvas, qgis_app):
    opened.compare._level.setChecked(True)
    middle = canvas.viewport().height() // 2
    assert lightness(canvas, qgis_app, 200, middle - 40) < 60
    assert lightness(canvas, qgis_app, 200, middle + 40) > 200
    assert swiping.tags[0].y() < swiping.tags[1].y()


def test_the_divider_is_dragged_and_the_map_tool_keeps_the_rest(swiping, canvas):
    tool = QgsMapToolEmitPoint(canvas)
    clicks = []
    tool.canvasClicked.connect(lambda point, button: clicks.append(point))
    canvas.setMapTool(tool)
    view = canvas.viewport()
    middle = view.width() // 2
    slid = []
    swiping.slid.connect(slid.append)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(middle + 2, 120))
    QTest.mouseMove(view, QPoint(middle + 60, 120))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(middle + 60, 120))
    if slid:
        assert slid[-1] == pytest.approx((middle + 60) / view.width(), abs=0.01)
    else:
        swiping.slide(0.65)
    assert not clicks, "the drag was not the tool's"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 120))
    assert len(clicks) == 1
    canvas.unsetMapTool(tool)


def test_keys_move_it_within_the_map(swiping, canvas):
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert swiping.overlay.divider == pytest.approx(0.52)
    QTest.keyClick(canvas, Qt.Key.Key_End)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert swiping.overlay.divider == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert swiping.overlay.divider == 0.0
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not swiping.running


def test_the_picture_lies_on_the_ground_when_the_map_is_moved_or_turned(canvas, swiping, wait, qgis_app):
    """An overlay that is a little off would show a change that is none."""
    for rotation in (0.0, 30.0):
        canvas.setRotation(rotation)
        first = swiping.snapshots.pictures
        canvas.setCenter(QgsPointXY(canvas.center().x() + 2, canvas.center().y()))
        wait(lambda first=first: swiping.snapshots.pictures is not first, 20, "new pictures")
        qgis_app.processEvents()
        overlay: Overlay = swiping.overlay
        picture: Snapshot = swiping.snapshots.pictures[0]
        assert picture.image.width() == canvas.mapSettings().outputSize().width()
        corner = overlay.mapToScene(overlay.boundingRect().topLeft())
        assert abs(corner.x()) < 2.5 and abs(corner.y()) < 2.5
        far = overlay.mapToScene(overlay.boundingRect().bottomRight())
        view = canvas.viewport()
        assert abs(far.x() - view.width()) < 3 and abs(far.y() - view.height()) < 3
