"""What the plugin puts into QGIS's window, and how each is taken back: the dock, its action, the settings page."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsSettings
from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction, QIcon

from ..__about__ import resource
from ..processing.stored import GROUP
from .dock import MarscdDock
from .setup import PAGE
from .words import tr

_WAS_OPEN = f"{GROUP}/dock_open"


class OptionsFactory(QgsOptionsWidgetFactory):
    """Our page in QGIS's options dialog; it is made when the dialog is."""

    def __init__(self) -> None:
        super().__init__(tr("MarsCD"), QIcon(str(resource("icon.svg"))), PAGE)

    def createWidget(self, parent: Any = None) -> QgsOptionsPageWidget:  # noqa: N802 - QGIS's name
        from .setup.options import OptionsPage

        return OptionsPage(parent)


class Window:
    """Registers on construction; ``release`` mirrors each step."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        main = iface.mainWindow()
        self.dock = MarscdDock(iface, main)
        self.action = QAction(QIcon(str(resource("icon.svg"))), tr("MarsCD"), main)
        self.action.setObjectName("MarscdToggleDock")
        self.action.setCheckable(True)
        self.action.setToolTip(tr("Show or hide MarsCD: image time series of Mars, and what changed in them"))
        self.dock.setToggleVisibilityAction(self.action)
        self._place_dock()
        iface.addPluginToMenu(tr("MarsCD"), self.action)
        iface.addToolBarIcon(self.action)
        self.options = OptionsFactory()
        iface.registerOptionsWidgetFactory(self.options)

    def _place_dock(self) -> None:
        """QGIS restores its docks after it has loaded the plugins, so at start-up this is only what holds for a dock
        that it has never seen; for a plugin that is switched on or reloaded later it is what counts."""
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        if not QgsSettings().value(_WAS_OPEN, True, type=bool):
            self.dock.setUserVisible(False)

    def release(self) -> None:
        """Take everything back, in the opposite order."""
        QgsSettings().setValue(_WAS_OPEN, not self.dock.isHidden())
        self.iface.unregisterOptionsWidgetFactory(self.options)
        self.iface.removeToolBarIcon(self.action)
        self.iface.removePluginMenu(tr("MarsCD"), self.action)
        self.iface.removeDockWidget(self.dock)
        self.dock.release()
        # At once: a plugin that is loaded again in the same breath must not find its predecessor's widgets.
        sip.delete(self.action)
        sip.delete(self.dock)
        del self.options
