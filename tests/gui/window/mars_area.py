"""The Area page in QGIS's own window: a Mars project, its maps, no red bar, drawing, a network that goes away."""

import contextlib
import http.client
import os
import urllib.request

from driver import drive
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

PLAIN, LEFT, RIGHT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def bars(d):
    return [item.text() for item in d.iface.messageBar().items()]


def steps(d):
    from marscd_plugin.gui.mars.project import MapKind

    canvas, project = d.iface.mapCanvas(), QgsProject.instance()
    heard = []
    d.iface.messageBar().widgetAdded.connect(lambda *_: heard.append(bars(d)))
    d.dock.setUserVisible(True)
    yield lambda: d.dock.context is not None
    page = d.dock.page("area")
    box, jobs = page.map_box, d.dock.context.jobs
    yield 1.0
    d.iface.messageBar().clearWidgets()
    d.shot("1-before")

    d.step("start")
    box.start.click()
    yield lambda: not jobs.running and not canvas.isDrawing()
    yield 1.0
    d.note("crs", project.crs().authid())
    d.note("layers", [x.name() for x in project.mapLayers().values()])
    d.note("line", box._line.text())
    d.shot("2-started")

    d.step("place")
    box.place.setText("Gale")
    QTest.keyClick(box.place, Qt.Key.Key_Return)
    yield 1.0
    yield lambda: not canvas.isDrawing()

    d.step("draw")
    page.draws["polygon"].click()
    for x, y in ((200, 200), (400, 150), (500, 350), (300, 500)):
        QTest.mouseMove(canvas.viewport(), QPoint(x, y))
        QTest.mouseClick(canvas.viewport(), LEFT, PLAIN, QPoint(x, y))
        yield 0.1
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    d.note("after undo", len(page.drawing.tool.points))
    d.shot("3-drawing")
    QTest.mouseClick(canvas.viewport(), RIGHT, PLAIN, QPoint(300, 300))
    yield lambda: page.state.area is not None
    d.note("size", page.result.size_line.text())
    page.zoom_to_area()
    yield 1.5
    d.shot("4-area")

    d.step("maps")
    for kind in (MapKind.LOCAL, MapKind.NORTH, MapKind.SOUTH, MapKind.GLOBE):
        box.set_kind(kind)
        yield lambda kind=kind: box.kind.currentData() is kind
        yield 1.0
        yield lambda: not canvas.isDrawing()
        d.shot(f"5-{kind.name.lower()}")
    project.setCrs(QgsCoordinateReferenceSystem("IAU_2015:49910"), True)
    yield 1.0
    d.note("ellipsoid", project.ellipsoid())
    box.set_kind(MapKind.GLOBE)

    d.step("layers")
    for crs in ("IAU_2015:49910", "ESRI:104971"):
        layer = QgsVectorLayer(f"Polygon?crs={crs}", crs, "memory")
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(canvas.extent()))
        layer.dataProvider().addFeature(feature)
        project.addMapLayer(layer)
        layer.wgs84Extent(True)
    yield 1.5
    d.note("red", [text for texts in heard for text in texts if "transform" in text])
    d.note("standing", [text for text in bars(d) if "transform" in text])
    d.note("taken", page.bar.taken)

    d.step("others' messages")
    d.iface.messageBar().pushMessage("", "something else failed", Qgis.MessageLevel.Critical, 0)
    yield 0.5
    d.note("kept", bars(d))
    d.iface.messageBar().clearWidgets()

    d.step("network gone")
    with contextlib.suppress(OSError, http.client.HTTPException):
        urllib.request.urlopen(os.environ["MARSCD_TEST_STOP"], timeout=5)
    for name in ("Hellas Planitia", "Jezero", "Olympus Mons", "Newton"):
        box.place.setText(name)
        box.go()
        yield 1.0
        yield lambda: not canvas.isDrawing()
    yield 1.0
    d.note("storm", bars(d))
    d.note("offline line", box._line.text())
    d.shot("6-offline")

    d.step("unload")
    d.note("bands", sum(type(i).__name__ == "QgsRubberBand" for i in canvas.scene().items()))
    page.draws["rectangle"].click()
    tool = canvas.mapTool()
    d.dock.release()
    yield 0.5
    d.note("tool gone", canvas.mapTool() is not tool)
    d.note("listening", "marscd_places" in _filters(d))


def _filters(d):
    from qgis.gui import QgsLocatorWidget

    found = d.iface.mainWindow().findChildren(QgsLocatorWidget)
    return [f.name() for w in found for f in w.locator().filters()]


drive(steps)
