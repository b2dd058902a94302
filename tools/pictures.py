"""Draw the demo's layers with QGIS, as a user sees them, into docs/pictures/ (``make pictures``)."""

from __future__ import annotations

import json
import os
import sys

from demo import DEMO
from environment import ROOT, VENV, environment

IMAGES = ROOT / "docs" / "pictures"
JOB = DEMO / "sandbox"
#: Edge of a picture in pixels, and of the ground it shows in metres.
SIZE, WINDOW = 560, 260.0


def draw() -> None:
    from osgeo import ogr
    from qgis.core import (
        QgsApplication,
        QgsContrastEnhancement,
        QgsMapRendererParallelJob,
        QgsMapSettings,
        QgsRasterLayer,
        QgsRectangle,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    application = QgsApplication([], True)
    application.initQgis()
    # The pair with the most changes shows most.
    records = [json.loads(p.read_text())["map"] for p in (JOB / "changes").glob("*/change.json")]
    record = max(records, key=lambda r: r["polygon_count"])
    folder = JOB / "changes" / f"{record['before']}__{record['after']}"

    def raster(path, name: str) -> QgsRasterLayer:
        layer = QgsRasterLayer(str(path), name)
        if not layer.isValid():
            sys.exit(f"pictures: {path} cannot be opened; run make demo first")
        return layer

    def image(product: str, like: QgsRasterLayer | None = None) -> QgsRasterLayer:
        layer = raster(JOB / "series" / "epochs" / f"{product}.tif", product)
        if like is None:
            layer.setContrastEnhancement(QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum)
        else:
            # One stretch for both dates, or brightness itself would look like change.
            layer.setRenderer(like.renderer().clone())
        return layer

    before = image(record["before"])
    after = image(record["after"], before)
    changes = QgsVectorLayer(str(JOB / "polygons.fgb"), "changes", "ogr")
    changes.loadNamedStyle(str(JOB / "polygons.qml"))
    changes.setSubsetString(f"\"before_id\" = '{record['before']}' AND \"after_id\" = '{record['after']}'")
    probability = raster(folder / "probability.tif", "probability")
    probability.loadNamedStyle(str(JOB / "probability.qml"))

    # Where the largest change is.
    source = ogr.Open(str(folder / "polygons.fgb"))
    largest = max(source.GetLayer(0), key=lambda f: f.GetField("area_m2"))
    centre = largest.GetGeometryRef().Centroid()
    x, y = centre.GetX(), centre.GetY()

    def picture(name: str, layers: list, window: float, size: int = SIZE) -> None:
        # Moved inside the image, so that a change at its edge does not show half a black picture.
        whole = before.extent()
        east = min(max(x, whole.xMinimum() + window / 2), whole.xMaximum() - window / 2)
        north = min(max(y, whole.yMinimum() + window / 2), whole.yMaximum() - window / 2)
        settings = QgsMapSettings()
        settings.setLayers(layers)
        settings.setDestinationCrs(before.crs())
        settings.setOutputSize(QSize(size, size))
        settings.setBackgroundColor(QColor("black"))
        settings.setExtent(QgsRectangle(east - window / 2, north - window / 2, east + window / 2, north + window / 2))
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        IMAGES.mkdir(parents=True, exist_ok=True)
        if not job.renderedImage().save(str(IMAGES / f"{name}.jpg"), "JPG", 82):
            sys.exit(f"pictures: {name}.jpg could not be written")

    picture("changes", [changes, after], 1.6 * WINDOW, 800)
    picture("before", [before], WINDOW)
    picture("after", [after], WINDOW)
    picture("probability", [probability, after], WINDOW)
    picture("polygons", [changes, after], WINDOW)
    application.exitQgis()


if __name__ == "__main__":
    if os.environ.get("QGIS_PLUGINPATH") is None:
        os.execve(VENV / "bin" / "python", ["python", __file__], environment())
    draw()
