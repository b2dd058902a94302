"""Named places: QGIS's locator, completion."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorResult, QgsProject
from qgis.PyQt.QtCore import Qt

from marscd_plugin.gui.mars import locator, view
from marscd_plugin.gui.mars.project import MapKind, crs_of
from marscd_plugin.gui.mars.search import names, place_edit, radius_of
from marscd_plugin.planet.gazetteer import find


def _search(text, prefix=True, crs=None):
    made = locator.PlaceFilter(None).clone()
    asked = QgsLocatorContext()
    asked.usingPrefix = prefix
    if crs is not None:
        asked.targetExtentCrs = crs
    got = []
    made.resultFetched.connect(lambda result: got.append(result.displayString))
    made.fetchResults(text, asked, QgsFeedback())
    return got


def test_the_locator_finds(qgis_app):
    assert _search("gale")[0] == "Gale"
    assert _search("olympus")[0].startswith("Olympus")
    assert "Newton" in _search("newt")
    assert _search("olympos mons") == [] and _search("g") == []
    assert len(_search("an")) == 30


def test_without_its_prefix_only_on_mars(qgis_app):
    assert _search("gale", prefix=False) == []
    assert _search("gale", prefix=False, crs=crs_of(MapKind.NORTH))[0] == "Gale"


def test_choosing_goes_there(context):
    made = locator.PlaceFilter(context.iface)
    result = QgsLocatorResult()
    result.setUserData("Gale")
    before = context.canvas.extent()
    QgsProject.instance().setCrs(crs_of(MapKind.GLOBE), False)
    context.canvas.setDestinationCrs(crs_of(MapKind.GLOBE))
    made.triggerResult(result)
    assert context.canvas.extent() != before
    lon, lat, _ = view.seen(context.canvas)
    gale = find("Gale")
    assert (lon, lat) == pytest.approx((gale.longitude, gale.latitude), abs=0.1)


def test_completion_offers_any_part_of_a_name(qgis_app):
    edit = place_edit()
    completer = edit.completer()
    completer.setCompletionPrefix("marineris")
    assert completer.completionModel().data(completer.completionModel().index(0, 0), Qt.ItemDataRole.DisplayRole) == (
        "Valles Marineris"
    )
    assert len(names()) == len(set(names())) > 1900


@pytest.mark.parametrize("kind", list(MapKind))
@pytest.mark.parametrize("name", ["Gale", "Korolev", "Planum Australe", "Hellas Planitia", "Orcus Patera"])
def test_a_place_is_in_the_middle_of_its_box(qgis_app, kind, name):
    place = find(name)
    if (kind is MapKind.NORTH and place.latitude < -50) or (kind is MapKind.SOUTH and place.latitude > 50):
        pytest.skip("the other pole's map")
    crs = crs_of(kind, place.longitude, place.latitude)
    box = view.box_around(place.longitude, place.latitude, radius_of(place), crs)
    assert not box.isEmpty()
    from marscd_plugin.planet.crs import geographic_wkt, transformer

    x, y = transformer(geographic_wkt(), view.wkt_of(crs)).points(place.longitude, place.latitude)
    from qgis.core import QgsPointXY

    assert box.contains(QgsPointXY(float(x), float(y)))
