"""The plugin takes back all that it registers: loaded and unloaded five times, nothing is left behind."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from marscd_plugin.gui.dock import PAGES, MarscdDock
from marscd_plugin.plugin import MarscdPlugin

ROOT = Path(__file__).resolve().parents[2]


class Iface:
    """QGIS's interface over a real main window: menus, tool bar, docks, options. What is not here must not be used."""

    def __init__(self, canvas) -> None:
        from qgis.gui import QgsAdvancedDigitizingDockWidget, QgsLayerTreeView, QgsMessageBar
        from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar

        self.main = QMainWindow()
        self.main.setCentralWidget(canvas)
        self.menu = QMenu("Plugins", self.main)
        self.menus: dict[str, QMenu] = {}
        self.bar = QToolBar("Plugins", self.main)
        self.factories: list = []
        self.filters: list = []
        self.canvas = canvas
        self.messages, self.tree = QgsMessageBar(self.main), QgsLayerTreeView(self.main)
        self.cad = QgsAdvancedDigitizingDockWidget(canvas, self.main)
        self.shown_options: list[str] = []

    def mainWindow(self):
        return self.main

    def mapCanvas(self):
        return self.canvas

    def addDockWidget(self, area, dock) -> None:
        self.main.addDockWidget(area, dock)
        dock.show()

    def removeDockWidget(self, dock) -> None:
        self.main.removeDockWidget(dock)

    def addPluginToMenu(self, name, action) -> None:
        if name not in self.menus:
            self.menus[name] = self.menu.addMenu(name)
        self.menus[name].addAction(action)

    def removePluginMenu(self, name, action) -> None:
        self.menus[name].removeAction(action)
        if self.menus[name].isEmpty():
            self.menus.pop(name).deleteLater()

    def addToolBarIcon(self, action) -> None:
        self.bar.addAction(action)

    def removeToolBarIcon(self, action) -> None:
        self.bar.removeAction(action)

    def registerOptionsWidgetFactory(self, factory) -> None:
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory) -> None:
        self.factories.remove(factory)

    def registerLocatorFilter(self, made) -> None:
        self.filters.append(made)

    def deregisterLocatorFilter(self, made) -> None:
        self.filters.remove(made)

    def showOptionsDialog(self, parent, page="") -> None:
        self.shown_options.append(page)

    def layerTreeView(self):
        return self.tree

    def messageBar(self):
        return self.messages

    def cadDockWidget(self):
        return self.cad


@pytest.fixture
def iface(qgis_app, qgis_new_project, own_settings):
    from qgis.gui import QgsMapCanvas

    made = Iface(QgsMapCanvas())
    made.main.show()
    yield made
    made.main.close()
    made.main.deleteLater()
    qgis_app.processEvents()


def settle(qgis_app) -> None:
    from qgis.PyQt.QtCore import QCoreApplication, QEvent

    for _ in range(3):
        qgis_app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def standing(iface) -> dict[str, object]:
    """Everything of this process that a plugin may have added to."""
    from qgis.core import QgsApplication, QgsProject
    from qgis.PyQt.QtCore import QObject
    from qgis.PyQt.QtGui import QAction
    from qgis.PyQt.QtWidgets import QApplication, QDockWidget

    project, canvas, registry = QgsProject.instance(), iface.canvas, QgsApplication.processingRegistry()
    listened = {
        "project": (project, ["readProject", "cleared", "layersAdded", "layersRemoved", "layersWillBeRemoved",
                              "layerWasAdded", "layerWillBeRemoved", "crsChanged", "ellipsoidChanged", "removeAll",
                              "homePathChanged", "writeProject", "projectSaved"]),
        "root": (project.layerTreeRoot(), ["visibilityChanged", "addedChildren", "removedChildren", "nameChanged"]),
        "canvas": (canvas, ["extentsChanged", "mapToolSet", "layersChanged", "destinationCrsChanged", "scaleChanged",
                            "xyCoordinates", "renderComplete", "mapCanvasRefreshed", "temporalRangeChanged"]),
        "tasks": (QgsApplication.taskManager(), ["taskAdded", "allTasksFinished", "countActiveTasksChanged"]),
        "messages": (iface.messages, ["widgetAdded", "widgetRemoved"]),
        "layer tree": (iface.tree, ["currentLayerChanged", "clicked"]),
        "application": (QApplication.instance(), ["aboutToQuit", "focusChanged", "applicationStateChanged"]),
    }  # fmt: skip
    return {
        "docks": sorted(d.objectName() for d in iface.main.findChildren(QDockWidget)),
        "actions": Counter(a.text() for a in iface.main.findChildren(QAction)),
        "menus": sorted(iface.menus),
        "menu actions": [a.text() for a in iface.menu.actions()],
        "tool bar": [a.text() for a in iface.bar.actions()],
        "options": len(iface.factories),
        "locator": len(iface.filters),
        "providers": sorted(p.id() for p in registry.providers()),
        "children of the window": Counter(type(c).__name__ for c in iface.main.findChildren(QObject)),
        "children of the canvas": Counter(type(c).__name__ for c in iface.canvas.findChildren(QObject)),
        "items on the canvas": len(iface.canvas.scene().items()),
        "children of the application": Counter(type(c).__name__ for c in QApplication.instance().children()),
        "windows": Counter(type(w).__name__ for w in QApplication.topLevelWidgets()),
        "map tool": type(iface.canvas.mapTool()).__name__,
        "layers": sorted(project.mapLayers()),
        "path": list(sys.path),
        "finders": [type(f).__name__ for f in sys.meta_path],
        "translated": QApplication.translate("MarsCD", "Area"),
        **{
            f"listeners of {name}": {s: thing.receivers(getattr(thing, s)) for s in signals if hasattr(thing, s)}
            for name, (thing, signals) in listened.items()
        },
    }


def use(iface, qgis_app) -> None:
    """Open every page, as a user who looks around."""
    dock = iface.main.findChild(MarscdDock)
    for page in PAGES:
        dock.show_page(page.name)
        qgis_app.processEvents()
        assert type(dock._current).__name__ == page.cls
    dock.show_help()
    dock.close()
    dock.show()
    qgis_app.processEvents()


@pytest.mark.parametrize("used", [False, True])
def test_five_times_loaded_and_unloaded_leaves_nothing(iface, qgis_app, qgis_processing, used):
    settle(qgis_app)

    def once() -> None:
        plugin = MarscdPlugin(iface)
        plugin.initGui()
        assert iface.main.findChild(MarscdDock) is not None
        assert [f.title() for f in iface.factories] == ["MarsCD"]
        assert len(iface.bar.actions()) == 1 and "MarsCD" in iface.menus
        if used:
            use(iface, qgis_app)
        plugin.unload()
        settle(qgis_app)

    once()  # What Qt and QGIS make once for themselves (tool bar buttons, a first map tool) is theirs.
    before = standing(iface)
    for _ in range(5):
        once()
    after = standing(iface)
    assert {k: v for k, v in after.items() if v != before[k]} == {}, {k: v for k, v in before.items() if v != after[k]}
    assert (
        "MarscdDock" not in before["docks"]
        and before["options"] == 0
        and before["menus"] == []
        and before["tool bar"] == []
    )
    assert "marscd" not in before["providers"]


def test_no_interface_means_the_provider_alone(qgis_app, qgis_processing):
    from qgis.core import QgsApplication

    plugin = MarscdPlugin(None)
    plugin.initGui()
    registry = QgsApplication.processingRegistry()
    assert registry.providerById("marscd") is not None and plugin.window is None
    plugin.unload()
    assert registry.providerById("marscd") is None
    plugin.unload()  # A second time does no harm.


def test_the_action_shows_and_hides_the_dock(iface, qgis_app, qgis_processing):
    plugin = MarscdPlugin(iface)
    plugin.initGui()
    dock, action = iface.main.findChild(MarscdDock), iface.bar.actions()[0]
    qgis_app.processEvents()
    assert dock.objectName() == "MarscdDock" and dock.isVisible() and action.isChecked()
    action.trigger()
    assert not dock.isVisible() and not action.isChecked()
    action.trigger()
    assert dock.isVisible()
    dock.show_settings()
    assert iface.shown_options == ["marscdOptions"]
    plugin.unload()


@pytest.mark.parametrize("open_before", [True, False])
def test_a_reloaded_plugin_shows_its_dock_as_it_was(iface, qgis_app, qgis_processing, open_before):
    first = MarscdPlugin(iface)
    first.initGui()
    iface.main.findChild(MarscdDock).setUserVisible(open_before)
    first.unload()
    again = MarscdPlugin(iface)
    again.initGui()
    assert iface.main.findChild(MarscdDock).isHidden() is not open_before
    again.unload()


def test_qgis_restores_the_dock_by_its_name(iface, qgis_app, qgis_processing):
    """QGIS calls restoreState once the plugins are loaded; that state wins over ours."""
    plugin = MarscdPlugin(iface)
    plugin.initGui()
    iface.main.findChild(MarscdDock).setUserVisible(False)
    state = iface.main.saveState()
    iface.main.findChild(MarscdDock).setUserVisible(True)
    plugin.unload()
    again = MarscdPlugin(iface)
    again.initGui()
    assert iface.main.findChild(MarscdDock).isVisible()
    assert iface.main.restoreState(state) and not iface.main.findChild(MarscdDock).isVisible()
    again.unload()


LIGHT = """
import sys
import qgis.core, qgis.gui
before = set(sys.modules)
import marscd_plugin, marscd_plugin.plugin, marscd_plugin.gui.window, marscd_plugin.processing.provider
heavy = {"shapely", "cv2", "onnxruntime", "matplotlib", "scipy", "requests", "sqlite3", "osgeo", "numpy"}
new = set(sys.modules) - before
print("LOADED", *sorted({m.split(".")[0] for m in new} & heavy), *(m for m in new if m.endswith(".page")))
"""


def test_nothing_heavy_is_imported_at_start():
    done = subprocess.run(
        [sys.executable, "-c", LIGHT], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=60
    )
    assert "LOADED" in done.stdout.split("\n")[-2], done.stderr
    assert done.stdout.split("\n")[-2].split() == ["LOADED"]


def test_help_texts_and_titles_are_there_for_each_page(qgis_app):
    from marscd_plugin.gui.dock import titles

    assert set(titles()) == {p.name for p in PAGES}
