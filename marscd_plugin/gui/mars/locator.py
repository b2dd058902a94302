"""Named places of Mars in QGIS's own locator bar (Ctrl+K): type ``mars gale``."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsLocatorFilter, QgsLocatorResult, QgsProject

from ...common.errors import InputError
from ...planet.gazetteer import Place, find, places
from ..words import tr
from . import view
from .project import is_mars
from .search import radius_of

_MOST = 30


class PlaceFilter(QgsLocatorFilter):
    """QGIS clones it for each search; results come from a worker thread, the zoom happens in the main one."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self._iface = iface

    def clone(self) -> PlaceFilter:
        return PlaceFilter(self._iface)

    def name(self) -> str:
        return "marscd_places"

    def displayName(self) -> str:  # noqa: N802 - QGIS's name
        return tr("Places on Mars")

    def prefix(self) -> str:
        return "mars"

    def fetchResults(self, string: str, context: Any, feedback: Any) -> None:  # noqa: N802 - QGIS's name
        # A global search offers them on a map of Mars only: there is a Paris on Earth as well.
        if len(string.strip()) < 2 or not (context.usingPrefix or is_mars(context.targetExtentCrs)):
            return
        for place in matching(string)[:_MOST]:
            if feedback.isCanceled():
                return
            result = QgsLocatorResult()
            result.filter = self
            result.displayString = place.name
            result.description = place.kind
            result.setUserData(place.name)
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:  # noqa: N802 - QGIS's name
        if is_mars(QgsProject.instance().crs()):
            place = find(str(result.userData))
            view.show_place(self._iface.mapCanvas(), place.longitude, place.latitude, radius_of(place))


def matching(text: str) -> list[Place]:
    """Places whose name holds the text, those that begin with it first, large before small; else the nearest name."""
    key = text.strip().casefold()
    found = [p for p in places() if key in p.name.casefold()]
    found.sort(key=lambda p: (not p.name.casefold().startswith(key), -(p.diameter_m or 0.0)))
    if not found:
        try:
            found = [find(text)]
        except InputError:
            found = []
    return found


def register(iface: Any) -> PlaceFilter:
    """Put the filter into QGIS's locator; hand it to ``unregister`` later."""
    made = PlaceFilter(iface)
    iface.registerLocatorFilter(made)
    return made


def unregister(iface: Any, registered: PlaceFilter) -> None:
    """Take it out again (QGIS deletes it)."""
    iface.deregisterLocatorFilter(registered)
