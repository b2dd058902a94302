"""QGIS's CRSs are met first in the main thread, always.

QGIS 3.40 keeps each CRS it has met in one cache, shared by all threads, and ties it to the thread that met it first.
When a worker that did so ends (30 seconds idle are enough), the CRS loses its definition everywhere: it still calls
itself valid, but its WKT is empty and each transformation to it fails without a word, so that layers lie beside the
map (seen in the window). Hence two rules: workers of QGIS's pool do not end while the dock lives, and the CRSs that our
algorithms use are met here before any of them runs.
"""

from __future__ import annotations

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem

from ..planet.crs import geographic_wkt, gpkg_twin

#: Of the whole planet, the equirectangular map and the poles.
_CODES = ("IAU_2015:49900", "IAU_2015:49910", "IAU_2015:49930", "IAU_2015:49935")


def meet() -> None:
    """In the main thread, before the first worker: some ten milliseconds a CRS."""
    # It holds for workers that are made from now on.
    QgsApplication.taskManager().threadPool().setExpiryTimeout(-1)
    wkt = geographic_wkt()
    for code in _CODES:
        QgsCoordinateReferenceSystem(code).toWkt()
    for text in (wkt, gpkg_twin(wkt)):
        if text:
            QgsCoordinateReferenceSystem.fromWkt(text).toWkt()
