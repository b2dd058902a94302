"""What the canvas shows, in degrees of Mars: reading it, and moving it to a place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ...planet.crs import geographic_wkt, transformer
from ...planet.rings import circle


def wkt_of(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as the core's modules read it."""
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)


def seen(canvas: Any) -> tuple[float, float, float] | None:
    """(longitude, latitude, radius) in degrees of what the canvas shows; None where its middle is off the globe."""
    box: QgsRectangle = canvas.extent()
    wkt = wkt_of(canvas.mapSettings().destinationCrs())
    middle = box.center()
    xs = [middle.x(), middle.x(), box.xMinimum(), box.xMaximum()]
    ys = [middle.y(), box.yMaximum(), middle.y(), middle.y()]
    lon, lat = transformer(wkt, geographic_wkt()).points(xs, ys)
    if not (math.isfinite(lon[0]) and math.isfinite(lat[0]) and abs(lat[0]) <= 90):
        return None
    away = [angle(lon[0], lat[0], x, y) for x, y in zip(lon[1:], np.clip(lat[1:], -90, 90), strict=True)]
    known = [a for a in away if math.isfinite(a)]
    return float((lon[0] + 180) % 360 - 180), float(lat[0]), min(max([*known, 1e-4]), 180.0)


def box_around(lon: float, lat: float, radius: float, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """The box on a map of Mars that holds all within ``radius`` degrees of a place."""
    x, y = circle(lon, lat, min(max(radius, 1e-5), 89.0), sides=72)
    if crs.isGeographic():
        # On this side of 180, though the circle may cross it; a pole inside makes it as wide as the planet.
        x = lon + (x - lon + 180.0) % 360.0 - 180.0
        polar = abs(lat) + radius >= 90
        box = QgsRectangle(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        if polar:
            box = QgsRectangle(
                lon - 90, box.yMinimum() if lat > 0 else -90, lon + 90, 90 if lat > 0 else box.yMaximum()
            )
        return box
    px, py = transformer(geographic_wkt(), wkt_of(crs)).points(np.append(x, lon), np.append(y, lat))
    good = np.isfinite(px) & np.isfinite(py)
    px, py = px[good], py[good]
    if not len(px):
        return QgsRectangle()
    middle = (float(px[-1]), float(py[-1]))
    # Points that wrapped round to the far edge of a cylindrical map are mirrored back to the place's side.
    half_x = float(np.median(np.abs(px - middle[0]))) * 1.5
    half_y = float(np.median(np.abs(py - middle[1]))) * 1.5
    return QgsRectangle(middle[0] - half_x, middle[1] - half_y, middle[0] + half_x, middle[1] + half_y)


def show_place(canvas: Any, lon: float, lat: float, radius: float) -> None:
    """Bring all within ``radius`` degrees of a place into view."""
    box = box_around(lon, lat, radius, canvas.mapSettings().destinationCrs())
    if not box.isEmpty():
        canvas.setExtent(box)
        canvas.refresh()


def show_globe(canvas: Any) -> None:
    """The whole planet, in degrees."""
    canvas.setExtent(QgsRectangle(-180, -90, 180, 90))
    canvas.refresh()


def angle(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Degrees between two places along the sphere (haversine)."""
    a, b, c, d = map(math.radians, (lon, lat, lon2, lat2))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(min(max(h, 0.0), 1.0))))
