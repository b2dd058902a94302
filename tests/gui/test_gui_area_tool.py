"""Drawing with a mouse and keys on a real canvas."""

from __future__ import annotations

import pytest
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSnappingConfig,
    QgsSnappingUtils,
    QgsTolerance,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasSnappingUtils, QgsMapToolPan, QgsRubberBand
from qgis.PyQt.QtCore import QEvent, QPoint, QSize, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest

from marscd_plugin.gui.draw.drawing import POLYGON, RECTANGLE, Drawing
from marscd_plugin.gui.mars.project import MapKind, crs_of

PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def canvas(qgis_new_project, qgis_app):
    made = QgsMapCanvas()
    made.setDestinationCrs(crs_of(MapKind.GLOBE))
    made.resize(QSize(400, 400))
    made.show()
    qgis_app.processEvents()
    made.setExtent(QgsRectangle(0, 0, 40, 40))
    yield made
    made.deleteLater()


@pytest.fixture
def hand(canvas):
    """Draws: ``hand.click(x, y)`` in degrees of the map."""

    class Hand:
        def __init__(self):
            self.drawing = Drawing(canvas)
            self.rings, self.words, self.shapes = [], [], []
            self.drawing.drawn.connect(self.rings.append)
            self.drawing.said.connect(self.words.append)
            self.drawing.shape_changed.connect(self.shapes.append)

        def at(self, x, y):
            point = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
            return QPoint(round(point.x()), round(point.y()))

        def move(self, x, y):
            QTest.mouseMove(canvas.viewport(), self.at(x, y))

        def click(self, x, y, button=LEFT):
            self.move(x, y)
            QTest.mouseClick(canvas.viewport(), button, PLAIN, self.at(x, y))

        def key(self, key, modifier=PLAIN):
            QTest.keyClick(canvas, key, modifier)

        @property
        def count(self):
            return len(self.drawing.tool.points)

    made = Hand()
    yield made
    made.drawing.stop()


def _near(ring, *corners):
    assert len(ring) == len(corners)
    for got, wanted in zip(ring, corners, strict=True):
        assert got == pytest.approx(wanted, abs=0.2)


def _bands(canvas):
    return [i for i in canvas.scene().items() if isinstance(i, QgsRubberBand)]


def test_a_polygon(hand, canvas):
    hand.drawing.start(POLYGON)
    for corner in ((5, 5), (20, 5), (20, 20)):
        hand.click(*corner)
    assert "3 corners" in hand.words[-1]
    hand.click(30, 30, RIGHT)
    _near(hand.rings[0], (5, 5), (20, 5), (20, 20))


def test_enter_ends_as_well(hand):
    hand.drawing.start(POLYGON)
    for corner in ((5, 5), (20, 5), (20, 20), (5, 20)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    assert len(hand.rings[0]) == 4


def test_corners_are_taken_back(hand):
    hand.drawing.start(POLYGON)
    for corner in ((5, 5), (20, 5), (20, 20), (5, 20)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Delete)
    assert hand.count == 1
    for _ in range(3):
        hand.key(Qt.Key.Key_Backspace)
    assert hand.count == 0 and hand.drawing.tool is not None


def test_qgis_does_not_get_the_undo(hand, canvas):
    """Ctrl+Z is QGIS's own shortcut: while drawing it must not undo an edit in some layer."""
    hand.drawing.start(POLYGON)
    from qgis.PyQt.QtCore import QCoreApplication

    for key, modifier in ((Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Delete, PLAIN), (Qt.Key.Key_Escape, PLAIN)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
        event.ignore()
        QCoreApplication.sendEvent(canvas, event)
        assert event.isAccepted()
    hand.drawing.stop()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
    event.ignore()
    QCoreApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


def test_esc_leaves_and_the_former_tool_is_back(hand, canvas):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    hand.drawing.start(POLYGON)
    hand.click(5, 5)
    hand.key(Qt.Key.Key_Escape)
    assert canvas.mapTool() is pan and hand.drawing.tool is None
    assert hand.shapes == [POLYGON, ""] and hand.words[-1] == "" and not hand.rings


def test_another_tool_ends_drawing_and_stays(hand, canvas):
    first, second = QgsMapToolPan(canvas), QgsMapToolPan(canvas)
    canvas.setMapTool(first)
    hand.drawing.start(POLYGON)
    hand.click(5, 5)
    canvas.setMapTool(second)
    assert canvas.mapTool() is second and hand.drawing.tool is None and hand.shapes[-1] == ""


def test_a_rectangle_by_two_clicks(hand):
    hand.drawing.start(RECTANGLE)
    hand.click(5, 6)
    hand.move(12, 12)
    hand.click(20, 30)
    _near(hand.rings[0], (5, 6), (20, 6), (20, 30), (5, 30))


def test_a_rectangle_by_a_drag(hand, canvas):
    hand.drawing.start(RECTANGLE)
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, PLAIN, hand.at(30, 30))
    QTest.mouseMove(view, hand.at(10, 10))
    QTest.mouseRelease(view, LEFT, PLAIN, hand.at(10, 5))
    _near(hand.rings[0], (30, 30), (10, 30), (10, 5), (30, 5))


def test_a_refused_rectangle_is_begun_anew(hand):
    hand.drawing.start(RECTANGLE)
    hand.click(5, 6)
    hand.click(20, 30)
    hand.drawing.again()
    assert hand.count == 0
    hand.click(1, 1)
    hand.click(2, 3)
    _near(hand.rings[1], (1, 1), (2, 1), (2, 3), (1, 3))


def test_a_right_click_without_corners_leaves(hand):
    hand.drawing.start(POLYGON)
    hand.click(5, 5, RIGHT)
    assert hand.drawing.tool is None and not hand.rings


def test_snapping_to_a_layer(hand, canvas, wait):
    layer = QgsVectorLayer("Polygon?crs=IAU_2015:49900", "old", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((10 10,30 10,30 30,10 10))"))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    canvas.setLayers([layer])
    config = QgsSnappingConfig(QgsProject.instance())
    config.setEnabled(True)
    config.setMode(Qgis.SnappingMode.AllLayers)
    config.setTypeFlag(Qgis.SnappingType.Vertex)
    config.setTolerance(20)
    config.setUnits(QgsTolerance.UnitType.Pixels)
    utils = QgsMapCanvasSnappingUtils(canvas)
    utils.setConfig(config)
    utils.setIndexingStrategy(QgsSnappingUtils.IndexingStrategy.IndexAlwaysFull)
    canvas.setSnappingUtils(utils)
    canvas.refresh()
    wait(lambda: not canvas.isDrawing())
    wait(lambda: utils.snapToMap(QgsPointXY(29.5, 29.5)).isValid(), why="the index")
    hand.drawing.start(POLYGON)
    hand.click(10.8, 9.4)
    hand.click(29.5, 29.5)
    points = [(p.x(), p.y()) for p in hand.drawing.tool.points]
    assert points[-1] == pytest.approx((30, 30), abs=1e-9), "exactly the layer's vertex"


def test_nothing_is_left_on_the_canvas(hand, canvas, wait):
    before = len(canvas.scene().items())
    for shape in (POLYGON, RECTANGLE, POLYGON):
        hand.drawing.start(shape)
        hand.click(5, 5)
        hand.drawing.stop()
    wait(lambda: len(canvas.scene().items()) == before)
    assert not _bands(canvas)
