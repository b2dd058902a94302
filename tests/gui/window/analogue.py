"""The page Analogues by hand in QGIS's window: a target on Mars, searched on Mars and on Earth, verdicts, a new round.

``MARSCD_WINDOW_IMAGES`` is "target on Mars;search on Mars;search on Earth" (made images with planted stripes).
"""

import os

from driver import drive
from qgis.core import Qgis, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog

TARGET, MARS, EARTH = os.environ["MARSCD_WINDOW_IMAGES"].split(";")


def click(canvas, x, y):
    point = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    place = QPoint(round(point.x()), round(point.y()))
    QTest.mouseMove(canvas.viewport(), place)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def failed(page):
    return any(item.level() == Qgis.MessageLevel.Critical for item in page.context.messages.items())


def steps(d):
    from marscd_plugin.gui.mars.project import MapKind, set_map

    canvas, project = d.iface.mapCanvas(), QgsProject.instance()
    d.dock.setUserVisible(True)
    yield lambda: d.dock.context is not None
    d.dock.show_page("analogue")
    page = d.dock.page("analogue")
    yield lambda: page.search.how.card is not None
    page.searching.look("stripes")
    yield lambda: page.search.how.name == "stripes"
    yield 0.5
    d.iface.messageBar().clearWidgets()
    d.note("missing at first", page.search.missing.text())
    d.shot("a1-empty")

    d.step("images")
    set_map(d.iface, MapKind.LOCAL, (0.17, 0.33))
    for path, name in ((TARGET, "crater floor"), (MARS, "plain of Mars")):
        layer = QgsRasterLayer(path, name)
        project.addMapLayer(layer)
    yield 0.5
    page.search.where.picker.add_wanted.emit(EARTH)
    yield lambda: len(project.mapLayers()) == 3
    yield 0.5
    d.note("images", [i.label for i in page.search.where.picker._images])
    d.note("words", page.search.where.words.text())
    target = next(m for m in project.mapLayers().values() if m.name() == "crater floor")
    plain = next(m for m in project.mapLayers().values() if m.name() == "plain of Mars")
    earth = next(m for m in project.mapLayers().values() if m.source() == EARTH)
    page.search.target.picker.choose(target.id())
    page.search.where.picker.choose(plain.id())
    canvas.setDestinationCrs(target.crs())
    project.setCrs(target.crs())
    box = QgsRectangle(target.extent())
    box.scale(1.2)
    canvas.setExtent(box)
    canvas.refresh()
    yield lambda: not canvas.isDrawing()
    yield 0.5
    d.shot("a2-images")

    d.step("mark")
    middle = target.extent().center()
    page.search.target.draws["rectangle"].click()
    click(canvas, middle.x() - 190, middle.y() - 190)
    yield 0.2
    d.shot("a3-drawing")
    click(canvas, middle.x() + 190, middle.y() + 190)
    yield lambda: len(page.searching.marking.targets) == 1
    yield 1.0
    d.note("proposal", page.search.how.why.text())
    d.shot("a4-marked")
    # The lower half of the page.
    bar = page.search.scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    yield 0.3
    d.shot("a5-how")
    d.note("missing", page.search.missing.text())

    d.step("search on Mars")
    page.search.find.click()
    yield 1.5
    d.shot("a6-searching")
    yield lambda: page.matches.model.rowCount() > 0 or failed(page)
    yield 1.5
    d.note("messages 1", d.messages())
    d.note("mars", page.matches.words.text())
    d.shot("a7-matches")
    page.matches.step(1)
    yield lambda: not canvas.isDrawing()
    yield 0.5
    d.note("first", page.matches.current().rank)
    seen = canvas.extent()
    d.note("seen", [seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()])
    d.shot("a8-one")

    d.step("verdicts")
    # Without a window manager nobody gives QGIS's window the keyboard.
    d.iface.mainWindow().activateWindow()
    page.matches.view.setFocus()
    yield 0.3
    QTest.keyClick(page.matches.view, Qt.Key.Key_A)
    yield 0.3
    QTest.keyClick(page.matches.view, Qt.Key.Key_R)
    yield 1.5
    d.note("judged", page.matches.counts.text())
    d.shot("a9-judged")
    d.step("second round")
    page.matches.refine.click()
    yield lambda: page.matches.searches.count() == 2 or failed(page)
    yield 1.5
    d.note("messages 2", d.messages())
    d.note("round", page.matches.searches.currentText())
    d.shot("a10-round-2")

    d.step("landing")
    page.tabs.setCurrentWidget(page.sites)
    yield 0.3
    page.sites.rank.click()
    yield lambda: page.sites.table.rowCount() > 0 or failed(page)
    yield 1.0
    d.note("sites", page.sites.table.rowCount())
    d.note("messages 3", d.messages())
    d.shot("a11-landing")

    d.step("search on Earth")
    page.tabs.setCurrentWidget(page.search)
    page.search.where.picker.choose(earth.id())
    yield 0.5
    page.search.where.show_button.click()
    yield 1.5
    d.shot("a12-earth")
    page.search.find.click()
    yield lambda: (page.looking.search is not None and page.looking.search.number == 2) or failed(page)
    yield lambda: page.matches.model.rowCount() > 0
    yield 2.0
    page.matches.step(1)
    yield 1.5
    d.note("earth", page.matches.words.text())
    d.note("place", page.matches.model.data(page.matches.model.index(0, 0)))
    side = page.views.side
    d.note("side", [side.visible, side.canvas.mapSettings().destinationCrs().authid()])
    d.note("crs", project.crs().authid())
    d.shot("a13-matches-on-earth")

    d.step("end")
    d.note("messages", d.messages())
    d.note("dialogs", [w.windowTitle() for w in d.iface.mainWindow().findChildren(QDialog) if w.isVisible()])
    d.dock.show_help()
    yield 0.5
    d.screen("a14-help")


drive(steps, patience=150.0)
