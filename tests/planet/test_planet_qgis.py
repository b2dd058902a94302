"""What QGIS makes of our CRSs: asked in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from marscd_plugin.planet import crs

ASK = """
import json, sys
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject)
app = QgsApplication([], False)
app.initQgis()
degrees = QgsCoordinateReferenceSystem("IAU_2015:49900")
answers = {}
for name, (wkt, lon, lat) in json.load(sys.stdin).items():
    found = QgsCoordinateReferenceSystem.fromWkt(wkt)
    go = QgsCoordinateTransform(degrees, found, QgsProject.instance())
    back = QgsCoordinateTransform(found, degrees, QgsProject.instance())
    point = go.transform(QgsPointXY(lon, lat))
    again = back.transform(point)
    answers[name] = [found.isValid(), found.celestialBodyName(), go.isValid() and back.isValid(),
                     point.x(), point.y(), again.x(), again.y()]
sys.stdout.write("ANSWERS" + json.dumps(answers))
sys.stdout.flush()
"""

PLACES = {
    "local": (crs.local_wkt(202.3, -41.6), 202.1 - 360, -41.5),
    "north": (crs.local_wkt(30, 82), 31.0, 82.5),
    "south": (crs.local_wkt(10, -80), 9.0, -80.5),
    "label": (crs.equirectangular_wkt(-40, 180, 3387887.658), 202.1 - 360, -41.5),
    "label at 60": (crs.equirectangular_wkt(60, 180, 3381164.392), 100.0, 63.0),
    "polar label": (crs.polar_wkt(False, polar_radius=3376200.0), 30.0, -72.5),
    "geographic": (crs.geographic_wkt(), 30.0, -72.5),
    "twin": (crs.gpkg_twin("IAU_2015:49910"), 30.0, -72.5),
}


def test_qgis_reads_them_as_mars():
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps(PLACES),
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
    )
    if "No module named 'qgis'" in run.stderr:
        pytest.skip("needs QGIS, which is not here")
    answers = json.loads(run.stdout.split("ANSWERS", 1)[1])
    for name, (wkt, lon, lat) in PLACES.items():
        valid, body, transforms, x, y, back_x, back_y = answers[name]
        assert (valid, body, transforms) == (True, "Mars", True), name
        assert (back_x, back_y) == pytest.approx((lon, lat), abs=1e-8), name
        ours = crs.transformer("IAU_2015:49900", wkt).points(lon, lat)
        assert (x, y) == pytest.approx((float(ours[0]), float(ours[1])), abs=1e-3), name
