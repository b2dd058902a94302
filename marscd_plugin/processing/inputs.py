"""The border for inputs: what QGIS hands over becomes the core's words, or one clear error.

Rules (docs/interface.md): exactly one of AREA and EXTENT; what lies on Earth is refused, except where a format cannot
name a body or nothing was named: then it is read as planetocentric, east-positive degrees of Mars, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingUtils,
)

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.words import Area
from .base import destination, is_file
from .words import tr

#: Formats that cannot say which body they lie on.
BODILESS = ("GEOJSON", "KML", "LIBKML", "GPX")
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
EXTENT_TEXT = re.compile(rf"^\s*({NUMBER})\s*,\s*({NUMBER})\s*,\s*({NUMBER})\s*,\s*({NUMBER})\s*(?:\[([^\]]*)\])?\s*$")


def area_parameters(optional: bool = False) -> list[Any]:
    """AREA and EXTENT; one of them is to be given, which ``area_of`` checks."""
    word = tr("only there") if optional else tr("or an extent")
    return [
        QgsProcessingParameterFeatureSource(
            "AREA",
            tr("Area: a polygon layer") + f" ({word})",
            [QgsProcessing.SourceType.TypeVectorPolygon],
            optional=True,
        ),
        QgsProcessingParameterExtent("EXTENT", tr("Area: an extent (across 180 degrees: 170,190,...)"), optional=True),
    ]


def area_of(algorithm, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> Area:
    """The Area that AREA or EXTENT gives. Raises InputError."""
    area = optional_area_of(algorithm, parameters, context, progress)
    if area is None:
        raise InputError(
            tr("Neither AREA nor EXTENT is given."),
            tr("Give one: a polygon layer, or an extent such as 202.0,202.6,-41.9,-41.3."),
        )
    return area


def optional_area_of(
    algorithm, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress
) -> Area | None:
    """The same, or None where both are empty."""
    given = [name for name in ("AREA", "EXTENT") if parameters.get(name) not in (None, "")]
    if len(given) == 2:
        raise InputError(tr("Both AREA and EXTENT are given."), tr("Give exactly one of them."))
    if not given:
        return None
    return (_area_of_layer if given == ["AREA"] else _area_of_extent)(algorithm, parameters, context, progress)


def _area_of_layer(algorithm, parameters, context, progress) -> Area:
    from ..planet import geometry

    source = algorithm.parameterAsSource(parameters, "AREA", context)
    if source is None:
        raise InputError(
            tr("AREA {layer} cannot be opened as a polygon layer.").format(layer=parameters["AREA"]),
            tr("Check the path."),
        )
    wkt = body_wkt(source.sourceCrs(), tr("AREA"), progress, bodiless=is_bodiless(source, parameters["AREA"], context))
    polygons: list[list[list[tuple[float, float]]]] = []
    for feature in source.getFeatures():
        polygons.extend(polygons_of(feature.geometry(), wkt))
    if not polygons:
        raise InputError(
            tr("AREA {layer} holds no polygon.").format(layer=source.sourceName()), tr("Draw or select at least one.")
        )
    return geometry.area_from_polygons(polygons)


def box_of(algorithm, parameters, name, context) -> tuple[float, float, float, float, QgsCoordinateReferenceSystem]:
    """West, east, south, north of an extent as it was written, and its CRS (not valid where none was named).

    Text is read by us: QGIS would turn 170,-170 into the rest of the planet.
    """
    import numpy as np

    value = parameters[name]
    match = EXTENT_TEXT.match(value) if isinstance(value, str) else None
    if match:
        west, east, south, north = (float(match[i]) for i in range(1, 5))
        named = QgsCoordinateReferenceSystem(match[5].strip()) if match[5] else QgsCoordinateReferenceSystem()
        if match[5] and not named.isValid():
            raise InputError(
                tr("{name} names an unknown CRS: {crs}.").format(name=name, crs=match[5]),
                tr("Mars's own is IAU_2015:49900."),
            )
    else:
        box = algorithm.parameterAsExtent(parameters, name, context)
        west, east, south, north = box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum()
        named = algorithm.parameterAsExtentCrs(parameters, name, context)
        if box.isNull() or (box.isEmpty() and not named.isValid()):
            raise InputError(
                tr("{name} {value} is neither four numbers nor a layer.").format(name=name, value=value),
                tr("Write west,east,south,north, for example 202.0,202.6,-41.9,-41.3."),
            )
    if not all(np.isfinite((west, east, south, north))):
        raise InputError(
            tr("{name} {value} is not four numbers.").format(name=name, value=value),
            tr("Write west,east,south,north, for example 202.0,202.6,-41.9,-41.3."),
        )
    return west, east, south, north, named


def extent_of(algorithm, parameters, name, context) -> tuple[tuple[float, float, float, float], str] | None:
    """((left, bottom, right, top), WKT or "" where no CRS was named) of an extent over a raster; None where empty."""
    if parameters.get(name) in (None, ""):
        return None
    west, east, south, north, named = box_of(algorithm, parameters, name, context)
    return (west, south, east, north), named.toWkt() if named.isValid() else ""


def _area_of_extent(algorithm, parameters, context, progress) -> Area:
    from ..planet import crs, geometry

    value = parameters["EXTENT"]
    west, east, south, north, named = box_of(algorithm, parameters, "EXTENT", context)
    wkt = body_wkt(named, "EXTENT", progress, bodiless=not named.isValid())
    if crs.spatial_reference(wkt).IsGeographic():
        if west > east:
            # QGIS itself reads 170,-170 as the rest of the planet: what was meant cannot be known.
            raise InputError(
                tr("EXTENT {value} runs from east to west.").format(value=value),
                tr("Across 180 degrees write it as 170,190,..."),
            )
        return geometry.area_from_extent(west, south, east, north)
    if west >= east or south >= north:
        raise InputError(
            tr("EXTENT {value} is empty.").format(value=value),
            tr("Write west,east,south,north with west < east and south < north."),
        )
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return geometry.area_from_polygons([[to_degrees(corners, wkt)]])


def body_wkt(reference: QgsCoordinateReferenceSystem, what: str, progress: Progress, bodiless: bool) -> str:
    """WKT of a CRS on Mars. ``bodiless``: nothing could name a body, so Mars degrees are taken, with a warning."""
    from ..planet import crs

    body = crs.body_of(reference.toWkt()) if reference.isValid() else None
    if body == "Mars":
        return reference.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)
    if bodiless:
        progress.warn(
            tr(
                "{what} does not say which body it lies on: read as planetocentric, east-positive degrees of Mars."
            ).format(what=what)
        )
        return crs.geographic_wkt()
    if body is None:
        raise InputError(
            tr("{what} has no CRS that names a body.").format(what=what),
            tr("Set its CRS to one of Mars, for example IAU_2015:49900."),
        )
    raise InputError(
        tr("{what} lies on {body} ({crs}).").format(
            what=what, body=body, crs=reference.authid() or reference.description()
        ),
        tr("Give it in a CRS of Mars, for example IAU_2015:49900."),
    )


def is_bodiless(source, value, context) -> bool:
    """True where the layer's own format cannot name a body, or its CRS is empty."""
    if not source.sourceCrs().isValid():
        return True
    layer = QgsProcessingUtils.mapLayerFromString(str(getattr(value, "source", value)), context)
    storage = layer.dataProvider().storageType().upper() if layer is not None and layer.dataProvider() else ""
    return storage.split(" ")[0] in BODILESS


def polygons_of(shape: QgsGeometry, wkt: str, body: str = "Mars") -> Iterable[list[list[tuple[float, float]]]]:
    """A feature's polygons, each a list of rings of (longitude, latitude) on ``body``."""
    parts = shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]
    for part in parts:
        if part:
            yield [to_degrees([(p.x(), p.y()) for p in ring], wkt, body) for ring in part]


def to_degrees(
    ring: list[tuple[float, float]], wkt: str, body: str = "Mars", steps: int = 20
) -> list[tuple[float, float]]:
    """A ring as (longitude, latitude), unbroken across the antimeridian unless it goes round a pole.

    A projected ring gets points along its edges first, since straight lines on the map are not straight in degrees.
    """
    import numpy as np

    from ..planet import crs

    if crs.spatial_reference(wkt).IsGeographic():
        return ring
    points = np.asarray(ring, dtype=float)
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[:, None]
    edges = [points[i] + t * (points[i + 1] - points[i]) for i in range(len(points) - 1)]
    dense = np.vstack([*edges, points[-1:]])
    lon, lat = crs.transformer(wkt, crs.geographic_wkt(body)).points(dense[:, 0], dense[:, 1])
    lon = np.unwrap(lon, period=360.0)
    if abs(lon[-1] - lon[0]) > 180.0:
        # Round a pole: broken at 180, since closing an unbroken ring would take all the turn back.
        lon = (lon + 180.0) % 360.0 - 180.0
    return list(zip(lon.tolist(), lat.tolist(), strict=True))


def raster_source(algorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
    """What GDAL can open for a raster parameter: the layer's source, or the path as it was written. "" where empty."""
    value = parameters.get(name)
    if value in (None, ""):
        return ""
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    if layer is not None and layer.isValid():
        if layer.providerType() != "gdal":
            raise InputError(
                tr("{name} is a {kind} layer.").format(name=name, kind=layer.providerType()),
                tr("Save it as a GeoTIFF first."),
            )
        return layer.source()
    return str(value)


def raster_sources(algorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> list[str]:
    """The same for a list of rasters: layer sources, or paths as written."""
    value = parameters.get(name)
    if value in (None, ""):
        return []
    items = value if isinstance(value, (list, tuple)) else str(value).split(";")
    sources = []
    for item in items:
        layer = item if hasattr(item, "source") else context.getMapLayer(str(item))
        sources.append(layer.source() if layer is not None else str(item))
    return [s for s in sources if s]


def vector_crs(parameters: dict[str, Any], name: str, wkt: str) -> QgsCoordinateReferenceSystem:
    """The CRS to write a vector output with: GeoPackage loses IAU codes, so it gets the ESRI twin of equal coordinates.

    A path without an ending becomes .gpkg in QGIS, whatever our provider's default says.
    """
    from ..planet import crs

    target = destination(parameters, name)
    suffix = Path(target.split("|")[0]).suffix.lower()
    if is_file(target) and suffix in (".gpkg", ""):
        twin = crs.gpkg_twin(wkt)
        if twin:
            return QgsCoordinateReferenceSystem.fromWkt(crs.spatial_reference(twin).ExportToWkt())
    return QgsCoordinateReferenceSystem.fromWkt(wkt)
