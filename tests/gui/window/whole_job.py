"""The whole job by hand in QGIS's window: draw, search, fetch with a pause and a fault, series, blink, detect.

``MARSCD_WINDOW_PLACE`` is "lon,lat,half-width in degrees" of the scene in the served archive.
"""

import os

from driver import drive
from qgis.core import QgsPointXY, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog

LON, LAT, HALF = (float(v) for v in os.environ["MARSCD_WINDOW_PLACE"].split(","))
#: Corners of the drawn polygon, as parts of the scene's half-width.
CORNERS = ((-0.8, -0.8), (-0.75, 0.8), (0.1, 0.85), (0.8, 0.7), (0.75, -0.8))


def at(d, lon, lat):
    """Where on the canvas a place is."""
    to_pixel = d.iface.mapCanvas().getCoordinateTransform()
    point = to_pixel.transform(QgsPointXY(lon, lat))
    return QPoint(round(point.x()), round(point.y()))


def steps(d):
    canvas = d.iface.mapCanvas()
    view = canvas.viewport()
    yield lambda: d.dock.context is not None
    page = d.dock.page
    state = d.dock.context.state
    yield 1.0
    d.iface.messageBar().clearWidgets()
    d.shot("01-first-sight")

    d.step("mars project")
    page("area").map_box.start.click()
    yield lambda: QgsProject.instance().crs().isValid() and "Mars" in QgsProject.instance().crs().celestialBodyName()
    yield 3.0
    d.note("project", QgsProject.instance().crs().authid())
    d.shot("02-mars")

    d.step("area")
    canvas.setExtent(QgsRectangle(LON - 1.6 * HALF, LAT - 1.3 * HALF, LON + 1.6 * HALF, LAT + 1.3 * HALF))
    canvas.refresh()
    yield lambda: not canvas.isDrawing()
    yield 0.5
    page("area").draws["polygon"].click()
    for right, up in CORNERS:
        place = at(d, LON + right * HALF, LAT + up * HALF)
        QTest.mouseMove(view, place)
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        yield 0.15
    d.shot("03-drawing")
    QTest.mouseClick(view, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place)
    yield lambda: state.area is not None
    yield 1.0
    d.shot("04-area")

    d.step("search")
    page("area").next.click()
    yield 0.5
    d.shot("05-season")
    find = page("find")
    find.search_button.click()
    yield lambda: len(state.observations) > 0
    yield 1.0
    d.note("found", len(state.observations))
    reds = [o.product_id for o in state.observations if o.product_id.endswith("_RED")]
    find.choosing.tick(reds[: int(os.environ.get("MARSCD_WINDOW_MOST", "8"))], True)
    yield 2.5
    d.note("chosen", len(state.chosen))
    d.note("sources", find.notes.text())
    d.note("choice", find.facts.text())
    d.shot("06-found")

    d.step("fetch")
    find.fetch_button.click()
    fetch = page("fetch")
    yield lambda: fetch.plan_box.start.isEnabled()
    yield 0.5
    yield lambda: fetch.pairs_box.plan is not None
    fetch.pairs_box.setCollapsed(False)
    fetch.pairs_box.show_on_map()
    yield lambda: fetch.pairs_box._job is None
    yield 0.5
    d.note("plan", fetch.plan_box.summary.text())
    d.note("pairs", fetch.pairs_box.title())
    d.shot("07-before-fetch")
    controller = d.dock._fetching
    fetch.plan_box.start.click()
    # The labels come first: they say which part of each image the area needs.
    yield lambda: controller.now is not None
    yield lambda: not controller.busy or (controller.now is not None and any(p.bytes for p in controller.now.files))
    yield 0.3
    d.shot("08-fetching")
    if controller.busy:
        fetch.job_box.pause.click()
        yield lambda: not controller.busy
        yield 0.5
        d.note("paused", fetch.job_box.headline.text())
        d.shot("09-paused")
        fetch.job_box.pause.click()
    yield lambda: not controller.busy and controller.now is not None
    yield 1.0
    d.note("fetched", fetch.job_box.headline.text())
    d.note("attempts", sum(p.attempts for p in controller.now.files))
    d.note("files", sorted(f"{p.name}: {p.state}" for p in controller.now.files))
    d.shot("10-fetched")

    d.step("series")
    d.dock.show_page("series")
    series = page("series")
    yield lambda: series.build_box._start.isEnabled()
    series.build_box._start.click()
    yield 2.0
    d.shot("11-building")
    yield lambda: state.series is not None and not series.build_box.running
    yield 3.0
    d.note("epochs", [e.product_id for e in state.series.epochs])
    d.note("refused", list(state.series.refused))
    seen = canvas.extent()
    d.note(
        "view",
        [
            seen.xMinimum(),
            seen.yMinimum(),
            seen.xMaximum(),
            seen.yMaximum(),
            canvas.mapSettings().destinationCrs().authid(),
        ],
    )
    d.shot("12-series")

    d.step("blink")
    series.compare.start_blink()
    yield 2.0
    d.shot("13-blink-a")
    yield 0.6
    d.shot("14-blink-b")
    series.compare.stop()
    d.step("swipe")
    series.compare.start_swipe()
    yield 2.0
    d.shot("15-swipe")
    series.compare.stop()
    yield 0.5

    d.step("detect")
    d.dock.show_page("changes")
    changes = page("changes")
    yield 1.5
    d.shot("16-pair")
    changes.detect()
    yield 3.0
    d.shot("17-detecting")
    yield lambda: len(state.pairs) > 0
    yield 3.0
    d.note("changes", changes.results.words.text())
    d.shot("18-changes")
    changes.results.step(1)
    yield 2.0
    d.shot("19-one-change")

    d.step("end")
    d.note("messages", d.messages())
    d.note("dialogs", [w.windowTitle() for w in d.iface.mainWindow().findChildren(QDialog) if w.isVisible()])
    d.dock.show_help()
    yield 0.5
    d.screen("20-help")


drive(steps, patience=300.0)
