"""Takes away one message of QGIS's, and no other: that there is no transform between Mars and Earth.

Where it comes from (stack traces of QGIS 3.40.6): whenever the map's CRS changes QGIS asks for a transform to EPSG:4326
(for GPS), each rendering asks for one to the ellipsoid of WGS 84 (QgsRenderContext.fromMapSettings), and each layer's
wgs84Extent for one to EPSG:4326. On Mars PROJ rightly refuses; QgsAppMissingGridHandler then shows a red bar, once for
each pair of CRSs, though nothing is wrong. It cannot be switched off from Python, and to give QGIS a transform between
the planets would be a lie, so the bar is closed as it comes.

WGS 84's ellipsoid has no name as a CRS: QGIS calls it "Custom CRS". A layer of the user's own in such a CRS is what the
bar is for: with one in the project it stays.
"""

from __future__ import annotations

import re
from typing import Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsEllipsoidUtils, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from .project import is_mars

_MARS = re.compile(r"(?<![a-z])mars(?![a-z])|IAU_2015:499\d\d|ESRI:(?:1049(?:05|71)|10388[3-5])", re.IGNORECASE)
_EARTH = re.compile(r"EPSG:\d+|OGC:CRS84")
#: The context and text of QGIS's message: translated as QGIS itself does it.
_CONTEXT, _TEXT = "QgsAppMissingGridHandler", "No transform available between %1 and %2"

_SHORT = QgsCoordinateReferenceSystem.IdentifierType.ShortString
#: How long after a correction a bar may still come.
_SECONDS = 2


class TransformBar(QObject):
    """Listens to QGIS's message bar until ``release``."""

    def __init__(self, bar: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._ellipsoid_too = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SECONDS * 1000)
        self._soon.timeout.connect(self._only_earth)
        self.taken = 0
        bar.widgetAdded.connect(self._look)
        self._look()

    def release(self) -> None:
        self._soon.stop()
        self._bar.widgetAdded.disconnect(self._look)

    def ellipsoid_corrected(self) -> None:
        """QGIS had set its own ellipsoid for Mars: for a moment bars about that come too."""
        self._ellipsoid_too = True
        self._soon.start()
        self._look()

    def _only_earth(self) -> None:
        self._ellipsoid_too = False

    def _look(self, *_added: Any) -> None:
        # The signal's own argument arrives in Python as a plain QWidget, without level and text.
        for item in self._bar.items():
            if item.level() == Qgis.MessageLevel.Critical and is_between_planets(item.text(), self._ellipsoid_too):
                self.taken += 1
                self._bar.popWidget(item)


def is_between_planets(text: str, ellipsoid: bool = False) -> bool:
    """Whether this is QGIS's message about a missing transform, from a CRS on Mars to Earth or the other way round.

    ``ellipsoid``: QGIS's ellipsoid for Mars, nameless too, may stand for Mars.
    """
    for phrase in {_TEXT, QCoreApplication.translate(_CONTEXT, _TEXT)}:
        pattern = re.escape(phrase).replace("%1", "(.+)").replace("%2", "(.+)")
        match = re.fullmatch(pattern, text.strip(), re.DOTALL)
        if match:
            source, target = (part.strip() for part in match.groups())
            if target == _nameless():
                return (_on_mars(source) or (ellipsoid and _on_earth(source))) and not _nameless_layers()
            return (_on_mars(source) and _on_earth(target)) or (_on_mars(target) and _on_earth(source))
    return False


def _nameless() -> str:
    """What QGIS shows of a CRS without a name, in its language."""
    crs = QgsEllipsoidUtils.ellipsoidParameters("IAU_2015:49900").crs
    return crs.userFriendlyIdentifier(_SHORT)


def _nameless_layers() -> bool:
    """Whether a layer of the project lies in a CRS without a name."""
    name = _nameless()
    return any(
        layer.crs().isValid() and layer.crs().userFriendlyIdentifier(_SHORT) == name
        for layer in QgsProject.instance().mapLayers().values()
    )


def _on_earth(name: str) -> bool:
    return bool(_EARTH.fullmatch(name.strip()))


def _on_mars(name: str) -> bool:
    """``name`` is what QGIS shows of a CRS: its code, else its own name, else its definition."""
    name = name.strip()
    if _EARTH.fullmatch(name):
        return False
    if _MARS.search(name):
        return True
    if re.fullmatch(r"[A-Z_0-9]+:\d+", name):
        return is_mars(QgsCoordinateReferenceSystem(name))
    there = [layer.crs() for layer in QgsProject.instance().mapLayers().values()]
    return any(is_mars(crs) and crs.userFriendlyIdentifier(_SHORT) == name for crs in there)
