"""Only bars about Mars and Earth are taken, whatever else is said; nothing is taken after release."""

from __future__ import annotations

import pytest
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.gui import QgsMessageBar

from marscd_plugin.gui.mars.transform_bar import TransformBar, is_between_planets

TAKEN = [
    "No transform available between IAU_2015:49900 and EPSG:4326",
    "No transform available between EPSG:4326 and IAU_2015:49910",
    "No transform available between Equirectangular MARS and EPSG:4326",
    "No transform available between Equirectangular Mars and Custom CRS",
    "No transform available between ESRI:103885 and EPSG:3857",
]
LEFT = [
    "No transform available between EPSG:21781 and EPSG:2056",
    "No transform available between IAU_2015:30100 and EPSG:4326",
    "No transform available between Custom CRS and IAU_2015:49900",
    "No transform available between EPSG:4326 and Custom CRS",
    "No transform available between Marsh grid and EPSG:4326",
    "Cannot use preferred transform between IAU_2015:49900 and EPSG:4326",
    "The file about Mars and EPSG:4326 could not be read",
    "",
]


@pytest.fixture
def bar(qgis_new_project):
    made = QgsMessageBar()
    yield made
    made.clearWidgets()
    made.deleteLater()


def _texts(bar):
    return {item.text() for item in bar.items()}


@pytest.mark.parametrize("text", TAKEN)
def test_taken(qgis_new_project, text):
    assert is_between_planets(text)


@pytest.mark.parametrize("text", LEFT)
def test_left(qgis_new_project, text):
    assert not is_between_planets(text)


def test_only_those_go(bar):
    bar.pushMessage("", "another failure", Qgis.MessageLevel.Critical, 0)
    bar.pushMessage("", TAKEN[0], Qgis.MessageLevel.Critical, 0)
    listener = TransformBar(bar)
    assert _texts(bar) == {"another failure"}, "one that was there before goes as well"
    for text in TAKEN[1:]:
        bar.pushWidget(bar.createMessage("", text), Qgis.MessageLevel.Critical, 0)
    bar.pushMessage("", LEFT[0], Qgis.MessageLevel.Critical, 0)
    bar.pushMessage("", TAKEN[1], Qgis.MessageLevel.Info, 0)
    assert _texts(bar) == {"another failure", LEFT[0], TAKEN[1]}, "a message of another level is not QGIS's"
    assert listener.taken == len(TAKEN)
    listener.release()
    bar.pushMessage("", TAKEN[2], Qgis.MessageLevel.Critical, 0)
    assert TAKEN[2] in _texts(bar)


def test_a_layer_without_a_known_crs_keeps_its_bar(bar):
    """There the bar tells the truth: that layer cannot be shown."""
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "odd", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem.fromProj("+proj=longlat +a=6000000 +b=6000000 +no_defs"))
    QgsProject.instance().addMapLayer(layer)
    assert not is_between_planets("No transform available between IAU_2015:49900 and Custom CRS")


def test_qgis_ellipsoid_only_after_a_correction(bar):
    text = "No transform available between EPSG:4326 and Custom CRS"
    listener = TransformBar(bar)
    bar.pushMessage("", text, Qgis.MessageLevel.Critical, 0)
    assert _texts(bar) == {text}
    listener.ellipsoid_corrected()
    assert not _texts(bar)
    listener.release()
