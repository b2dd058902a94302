"""Finding a named place: names as one types, near misses, and coordinates."""

from __future__ import annotations

import re
from functools import lru_cache

from qgis.PyQt.QtCore import QStringListModel, Qt
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit

from ...common.errors import InputError
from ...planet.bodies import MARS
from ...planet.gazetteer import Place, find, places
from ..words import tr

_NUMBER = r"([-+]?\d+(?:\.\d+)?)\s*°?\s*([NSEW]?)"
_PAIR = re.compile(rf"^\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*$", re.IGNORECASE)
#: Degrees around a place without a size that are shown.
_POINT_RADIUS = 0.5


def look_up(text: str) -> Place:
    """The place of that name, or of those coordinates (longitude, latitude, or with N, S, E, W in any order).

    Raises InputError with the nearest names.
    """
    match = _PAIR.match(text)
    if match is None:
        return find(text)
    first, a, second, b = float(match[1]), match[2].upper(), float(match[3]), match[4].upper()
    # Letters may turn the order round; without any it is longitude, latitude.
    if a in ("N", "S") or b in ("E", "W"):
        first, a, second, b = second, b, first, a
    if a in ("N", "S") or b in ("E", "W"):
        raise InputError(
            tr("{text!r} does not name one longitude and one latitude.").format(text=text.strip()),
            tr("Write 202.3 E, 41.6 S."),
        )
    lon, lat = (-first if a == "W" else first), (-second if b == "S" else second)
    if abs(lat) > 90 or abs(lon) > 360:
        raise InputError(
            tr("Longitude {lon:g}, latitude {lat:g} is not on the globe.").format(lon=lon, lat=lat),
            tr("The longitude comes first, 0 to 360 east; the latitude is -90 to 90. Or write 202.3 E, 41.6 S."),
        )
    return Place(text.strip(), "", lat, (lon + 180.0) % 360.0 - 180.0, None)


def radius_of(place: Place) -> float:
    """Degrees around a place that show it with some of its surroundings."""
    if place.diameter_m is None:
        return _POINT_RADIUS
    return min(max(place.diameter_m / 2 / (MARS.radius * 0.0174532925) * 1.3, 0.05), 60.0)


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """All names, the large ones first: what a completer offers in this order."""
    return tuple(dict.fromkeys(p.name for p in sorted(places(), key=lambda p: -(p.diameter_m or 0.0))))


def place_edit(parent=None) -> QLineEdit:
    """A line for a place's name that completes it from any part of the name."""
    edit = QLineEdit(parent)
    edit.setClearButtonEnabled(True)
    edit.setPlaceholderText(tr("Gale, Olympus Mons, 202.3 E 41.6 S ..."))
    completer = QCompleter(edit)
    completer.setModel(QStringListModel(list(names()), completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(12)
    edit.setCompleter(completer)
    return edit
