"""What QGIS itself measures in the projects we make: right, or no number."""

from __future__ import annotations

import math

import pytest
from qgis.core import QgsDistanceArea, QgsGeometry, QgsMapSettings, QgsPointXY, QgsProject

from marscd_plugin.gui.mars.project import MapKind, RightMeasures, crs_of, ellipsoid_for, is_mars, kind_of
from marscd_plugin.gui.mars.view import wkt_of
from marscd_plugin.planet.crs import geographic_wkt, transformer
from marscd_plugin.planet.measure import line_length_m, ring_area_m2

PLACES = [(0.0, 0.0), (202.3, -41.6), (30.0, 80.0), (179.5, -85.0), (0.0, -0.0005)]


def _measure(crs):
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsProject.instance().transformContext())
    assert measure.setEllipsoid(ellipsoid_for(crs))
    return measure


@pytest.mark.parametrize("lon, lat", PLACES)
def test_degrees_are_measured_right(qgis_app, lon, lat):
    measure = _measure(crs_of(MapKind.GLOBE))
    got = measure.measureLine(QgsPointXY(lon, lat), QgsPointXY(lon + 1, lat))
    assert got == pytest.approx(line_length_m([lon, lon + 1], [lat, lat]), rel=1e-6)
    ring = [(lon, lat), (lon + 0.1, lat), (lon + 0.1, lat + 0.1), (lon, lat + 0.1)]
    got = measure.measureArea(QgsGeometry.fromPolygonXY([[QgsPointXY(*p) for p in [*ring, ring[0]]]]))
    # Great circles against parallels: the same within 1e-4 on a tenth of a degree.
    assert got == pytest.approx(ring_area_m2(*zip(*ring, strict=True)), rel=1e-4)


def test_one_degree_at_the_equator(qgis_app):
    measure = _measure(crs_of(MapKind.GLOBE))
    assert measure.measureLine(QgsPointXY(0, 0), QgsPointXY(1, 0)) == pytest.approx(59274.7, abs=0.1)


@pytest.mark.parametrize("kind", [MapKind.NORTH, MapKind.SOUTH, MapKind.LOCAL])
@pytest.mark.parametrize("lon, lat", PLACES)
def test_no_number_on_projected_maps(qgis_app, kind, lon, lat):
    crs = crs_of(kind, lon, lat)
    x, y = transformer(geographic_wkt(), wkt_of(crs)).points([lon, lon + 1e-3, lon], [lat, lat, lat + 1e-3])
    points = [QgsPointXY(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    measure = _measure(crs)
    assert math.isnan(measure.measureLine(points[0], points[1]))
    assert math.isnan(measure.measureArea(QgsGeometry.fromPolygonXY([[*points, points[0]]])))


def test_the_choice_survives_saving(qgis_new_project, tmp_path):
    project = QgsProject.instance()
    for kind in (MapKind.GLOBE, MapKind.NORTH):
        project.setCrs(crs_of(kind), False)
        project.setEllipsoid(ellipsoid_for(project.crs()))
        path = str(tmp_path / f"{kind.name}.qgz")
        assert project.write(path)
        project.clear()
        assert project.read(path)
        assert kind_of(project.crs()) is kind
        assert project.ellipsoid() == ellipsoid_for(project.crs())
        # A map takes it over too, so that no other one lingers there.
        assert QgsMapSettings().setEllipsoid(project.ellipsoid())


def test_qgis_own_choice_is_put_right(qgis_new_project, wait):
    """QGIS's CRS dialog and a project's first layer choose an ellipsoid with which nothing can be measured."""
    project = QgsProject.instance()
    keeper = RightMeasures()
    try:
        project.setCrs(crs_of(MapKind.GLOBE), True)
        assert project.ellipsoid() == "IAU_2015:49900"
        wait(lambda: project.ellipsoid() == ellipsoid_for(project.crs()))
        project.setCrs(crs_of(MapKind.SOUTH), True)
        wait(lambda: project.ellipsoid() == ellipsoid_for(project.crs()))
    finally:
        keeper.release()
    project.setCrs(crs_of(MapKind.NORTH), True)
    assert project.ellipsoid() == "IAU_2015:49900", "nobody listens after release"


def test_kinds(qgis_app):
    from qgis.core import QgsCoordinateReferenceSystem as Crs

    assert not is_mars(Crs("EPSG:4326")) and not is_mars(Crs()) and not is_mars(Crs("IAU_2015:30100"))
    assert kind_of(Crs("EPSG:3857")) is None
    assert kind_of(Crs("IAU_2015:49910")) is MapKind.LOCAL
    assert kind_of(Crs("ESRI:104971")) is MapKind.GLOBE
    local = crs_of(MapKind.LOCAL, 202.3, -41.6)
    assert is_mars(local) and not local.isGeographic()
