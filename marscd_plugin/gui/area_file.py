"""The area as a file that algorithms take as AREA."""

from __future__ import annotations

from pathlib import Path

from osgeo import ogr

from ..common.errors import OutputError
from ..common.files import whole_file
from ..common.words import Area
from ..planet.crs import geographic_wkt, spatial_reference
from .words import tr


def write_area(area: Area, path: Path | str) -> Path:
    """Write ``area`` as one multipolygon in a FlatGeobuf, planetocentric degrees of its body; returns the path.

    FlatGeobuf keeps the CRS of Mars (GeoPackage and GeoJSON lose it). Needs neither QGIS nor shapely, so a worker may
    call it. Raises OutputError.
    """
    path = Path(path)
    with whole_file(path) as part:
        write_features(part, geographic_wkt(area.body), ogr.wkbMultiPolygon, {}, [(multipolygon(area), ())])
    return path


def multipolygon(area: Area) -> ogr.Geometry:
    """``area`` as OGR has it, in degrees."""
    shape = ogr.Geometry(ogr.wkbMultiPolygon)
    for rings in area.polygons:
        polygon = ogr.Geometry(ogr.wkbPolygon)
        for ring in rings:
            line = ogr.Geometry(ogr.wkbLinearRing)
            for lon, lat in ring:
                line.AddPoint_2D(lon, lat)
            polygon.AddGeometry(line)
        shape.AddGeometry(polygon)
    return shape


def write_features(path: Path, wkt: str, kind: int, fields: dict[str, int], rows) -> None:
    """A FlatGeobuf of rows (geometry, values as ``fields``: name -> ogr field type). Raises OutputError."""
    driver = ogr.GetDriverByName("FlatGeobuf")
    refused = OutputError(tr("{path} could not be written.").format(path=path), tr("Choose a folder you may write to."))
    try:
        data = driver.CreateDataSource(str(path)) if driver is not None else None
        layer = data.CreateLayer(path.stem, spatial_reference(wkt), kind) if data is not None else None
        if layer is None:
            raise refused
        for name, field in fields.items():
            layer.CreateField(ogr.FieldDefn(name, field))
        definition = layer.GetLayerDefn()
        for geometry, values in rows:
            feature = ogr.Feature(definition)
            feature.SetGeometry(geometry)
            for index, value in enumerate(values):
                if value is None:
                    feature.SetFieldNull(index)
                else:
                    feature.SetField(index, value)
            if layer.CreateFeature(feature) != 0:
                raise refused
        # The file, and its index, is written when the last reference goes.
        del layer, definition, data
    except RuntimeError as error:  # where somebody has switched GDAL's exceptions on
        raise OutputError(
            tr("{path} could not be written: {error}.").format(path=path, error=error),
            tr("Choose a folder you may write to."),
        ) from error
