"""Change polygons as a file that reopens on Mars: FlatGeobuf (default), GeoPackage, GeoJSON. Whole, or not there.

FlatGeobuf keeps every Mars CRS. GeoPackage loses IAU codes, so it gets the ESRI twin with equal coordinates. GeoJSON
cannot name a body at all: its coordinates are written as planetocentric, east-positive degrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, ogr, osr

from ..common.errors import OutputError
from ..common.rasters import gdal_quiet
from ..planet.crs import body_of, geographic_wkt, gpkg_twin, spatial_reference
from ..planet.transform import transformer

DRIVERS = {".fgb": "FlatGeobuf", ".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}
LAYER = "changes"
_TYPES = {"real": ogr.OFTReal, "integer": ogr.OFTInteger64, "text": ogr.OFTString, "time": ogr.OFTDateTime}


@dataclass(frozen=True)
class Column:
    """A column: its name and kind (``real``, ``integer``, ``text``, ``time``)."""

    name: str
    kind: str


@dataclass(frozen=True)
class Feature:
    """A multipolygon in the layer's CRS, and its values in the order of the columns; None is null."""

    geometry: ogr.Geometry
    values: tuple[Any, ...]


def write_polygons(path: Path, crs: str, columns: Sequence[Column], features: Iterable[Feature]) -> None:
    """Write to ``path`` (call it with ``whole_file``'s temporary one). Raises OutputError.

    The format follows the ending: .fgb, .gpkg, .geojson or .json.
    """
    driver_name = DRIVERS.get(path.suffix.lower())
    driver = gdal.GetDriverByName(driver_name) if driver_name else None
    if driver is None:
        raise OutputError(f"Polygons cannot be written to {path}.", f"Use a name ending in {', '.join(DRIVERS)}.")
    degrees = driver_name == "GeoJSON" and bool(crs)
    if driver_name == "GPKG":
        crs = gpkg_twin(crs) or crs if crs else crs
    reference: osr.SpatialReference | None = None
    if crs and driver_name != "GeoJSON":
        reference = spatial_reference(crs)
    turn = transformer(crs, geographic_wkt(body_of(crs) or "Mars")) if degrees else None
    with gdal_quiet():
        try:
            _write(driver, path, reference, columns, features, turn)
        except RuntimeError as error:
            raise OutputError(
                f"{path} could not be written ({error}).", "Check the disk, or choose another folder."
            ) from error


def _write(driver: gdal.Driver, path: Path, reference, columns, features, turn) -> None:  # type: ignore[no-untyped-def]
    dataset = driver.Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg().strip() or "it cannot be created")
    options = ["RFC7946=NO", "COORDINATE_PRECISION=9"] if driver.ShortName == "GeoJSON" else []
    layer = dataset.CreateLayer(LAYER, reference, ogr.wkbMultiPolygon, options)
    if layer is None:
        raise RuntimeError(gdal.GetLastErrorMsg().strip() or "it cannot hold a layer")
    for column in columns:
        layer.CreateField(ogr.FieldDefn(column.name, _TYPES[column.kind]))
    definition = layer.GetLayerDefn()
    transactions = driver.ShortName == "GPKG"
    if transactions:
        layer.StartTransaction()
    for item in features:
        feature = ogr.Feature(definition)
        for index, (column, value) in enumerate(zip(columns, item.values, strict=True)):
            if value is None or (isinstance(value, float) and not np.isfinite(value)):
                feature.SetFieldNull(index)
            elif column.kind == "time":
                _set_time(feature, index, value)
            elif column.kind == "integer":
                feature.SetFieldInteger64(index, int(value))
            else:
                feature.SetField(index, float(value) if column.kind == "real" else str(value))
        feature.SetGeometryDirectly(_in_degrees(item.geometry, turn) if turn else item.geometry.Clone())
        if layer.CreateFeature(feature) != 0:
            raise RuntimeError(gdal.GetLastErrorMsg().strip() or "a feature could not be added")
    if transactions:
        layer.CommitTransaction()
    gdal.ErrorReset()
    dataset.FlushCache()
    layer = dataset = None  # FlatGeobuf writes its file on closing
    if gdal.GetLastErrorType() >= gdal.CE_Failure or not path.exists():
        raise RuntimeError(gdal.GetLastErrorMsg().strip() or "it could not be closed")


def _set_time(feature: ogr.Feature, index: int, value: datetime) -> None:
    seconds = value.second + value.microsecond / 1e6
    # 100 is OGR's mark of UTC.
    feature.SetField(index, value.year, value.month, value.day, value.hour, value.minute, seconds, 100)


def _in_degrees(geometry: ogr.Geometry, turn: Any) -> ogr.Geometry:
    """A copy of a multipolygon with each ring's vertices transformed."""
    out = ogr.Geometry(ogr.wkbMultiPolygon)
    for p in range(geometry.GetGeometryCount()):
        polygon = ogr.Geometry(ogr.wkbPolygon)
        part = geometry.GetGeometryRef(p)
        for r in range(part.GetGeometryCount()):
            points = np.array(part.GetGeometryRef(r).GetPoints(), float)
            lon, lat = turn.points(points[:, 0], points[:, 1])
            ring = ogr.Geometry(ogr.wkbLinearRing)
            for x, y in zip(lon.tolist(), lat.tolist(), strict=True):
                ring.AddPoint_2D(x, y)
            polygon.AddGeometryDirectly(ring)
        out.AddGeometryDirectly(polygon)
    return out
