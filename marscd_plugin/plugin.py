"""The plugin's entry: registers what QGIS should know, and takes each registration back on unload."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .__about__ import translation
from .common import packages


class MarscdPlugin:
    """Made by QGIS with its interface, or with None in ``qgis_process``."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: Any = None
        self.translator: QTranslator | None = None
        self.window: Any = None

    def initProcessing(self) -> None:  # noqa: N802 - the name QGIS calls
        """Register the Processing provider; all that a headless run needs."""
        packages.set_host_geos(Qgis.geosVersion())
        packages.use(packages.folder_in(QgsApplication.qgisSettingsDirPath()))
        self._load_translation()
        from .processing.provider import MarscdProvider

        provider = MarscdProvider()
        if not QgsApplication.processingRegistry().addProvider(provider):
            # Already there (and QGIS has deleted the second one): nothing of ours to take back.
            return
        self.provider = provider
        # Graphical models find their steps only once the provider is in the registry: load once more.
        self.provider.refreshAlgorithms()

    def initGui(self) -> None:  # noqa: N802 - the name QGIS calls
        """Register everything, inside QGIS's window."""
        self.initProcessing()
        if self.iface is None:
            return
        from .gui.window import Window

        self.window = Window(self.iface)

    def unload(self) -> None:
        """Take every registration back."""
        if self.window is not None:
            self.window.release()
            self.window = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
        packages.leave()

    def _load_translation(self) -> None:
        locale = str(QgsSettings().value("locale/userLocale", "en", type=str))
        path = translation(locale)
        if path is None:
            return
        translator = QTranslator()
        if translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            self.translator = translator
