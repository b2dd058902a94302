"""Taking results elsewhere: polygons as GeoPackage, GeoJSON or FlatGeobuf, the table as CSV, the mask as GeoTIFF.

Written whole by workers with the room's own writer rather than QgsVectorFileWriter: it keeps Mars's CRS in a
GeoPackage (the ESRI twin of equal coordinates), turns to degrees for GeoJSON, and leaves nothing half-written.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from ...common.errors import InputError, OutputError
from ...common.files import need_space, whole_file
from ...common.progress import Progress, check
from ..words import tr

ENDINGS = {"gpkg": ".gpkg", "geojson": ".geojson", "fgb": ".fgb", "csv": ".csv", "mask": ".tif"}
_COPY_BLOCK = 4 << 20


def filters(kind: str) -> str:
    """For the file dialog."""
    return {
        "gpkg": tr("GeoPackage (*.gpkg)"),
        "geojson": tr("GeoJSON (*.geojson)"),
        "fgb": tr("FlatGeobuf (*.fgb)"),
        "csv": tr("CSV table (*.csv)"),
        "mask": tr("GeoTIFF (*.tif)"),
    }[kind]


def warning(kind: str) -> str:
    """What is lost in that format; "" where nothing is."""
    if kind == "geojson":
        return tr(
            "GeoJSON cannot say that it lies on Mars: coordinates are degrees of longitude (east) and latitude, and "
            "other programs will draw them on Earth. GeoPackage keeps Mars."
        )
    return ""


def export_polygons(source: Path, target: Path, fids: Collection[int] | None, progress: Progress) -> int:
    """Write the changes (those of ``fids``; None: all) as the ending of ``target`` says; returns how many.

    Raises InputError, OutputError, CancelledError.
    """
    from ...change.polygons import COLUMNS
    from ...change.vectors import write_polygons
    from ...processing.styles import style

    layer, dataset = _open(source)
    crs = layer.GetSpatialRef()
    wkt = crs.ExportToWkt(["FORMAT=WKT2_2019"]) if crs is not None else ""
    count = [0]
    with whole_file(target) as part:
        write_polygons(part, wkt, COLUMNS, _features(layer, COLUMNS, fids, count, progress))
    del dataset
    style(target, "polygons")
    return count[0]


def export_table(source: Path, target: Path, fids: Collection[int] | None, progress: Progress) -> int:
    """The attributes as CSV (UTF-8, comma, point; times ISO UTC); returns how many rows."""
    from ...change.polygons import COLUMNS

    layer, _dataset = _open(source)
    count = [0]
    with whole_file(target) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([c.name for c in COLUMNS])
        for feature in _features(layer, COLUMNS, fids, count, progress):
            writer.writerow(
                ["" if v is None else v.isoformat() if hasattr(v, "isoformat") else v for v in feature.values]
            )
    return count[0]


def copy_raster(source: Path, target: Path, progress: Progress) -> int:
    """A whole copy of a raster file; returns its bytes."""
    if source.resolve() == target.resolve():
        raise OutputError(tr("{target} is the file itself.").format(target=target), tr("Choose another name."))
    size = source.stat().st_size
    need_space(target.parent, size)
    with whole_file(target) as part, source.open("rb") as reader, part.open("wb") as writer:
        while block := reader.read(_COPY_BLOCK):
            check(progress)
            writer.write(block)
            progress.report(writer.tell() / max(size, 1))
    style_file = source.with_suffix(".qml")
    if style_file.is_file() and not target.with_suffix(".qml").exists():
        shutil.copyfile(style_file, target.with_suffix(".qml"))
    return size


def _open(source: Path) -> tuple[Any, Any]:
    from osgeo import gdal

    from ...common.rasters import gdal_quiet

    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(source), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf"])
        except RuntimeError:
            dataset = None
    if dataset is None or dataset.GetLayerCount() < 1:
        raise InputError(tr("{source} cannot be opened.").format(source=source), tr("Compare the pair again."))
    return dataset.GetLayer(0), dataset


def _features(layer, columns, fids: Collection[int] | None, count: list[int], progress: Progress) -> Iterator[Any]:
    from ...change.vectors import Feature

    definition = layer.GetLayerDefn()
    at = [(c, definition.GetFieldIndex(c.name)) for c in columns]
    total = max(layer.GetFeatureCount(), 1)
    for number, row in enumerate(layer):
        if number % 200 == 0:
            check(progress)
            progress.report(number / total)
        if fids is not None and row.GetFID() not in fids:
            continue
        count[0] += 1
        yield Feature(row.GetGeometryRef(), tuple(_value(row, c.kind, i) for c, i in at))


def _value(row, kind: str, index: int) -> Any:
    """A field as ``write_polygons`` takes it."""
    from datetime import datetime, timezone

    if index < 0 or not row.IsFieldSetAndNotNull(index):
        return None
    if kind == "real":
        return row.GetFieldAsDouble(index)
    if kind == "integer":
        return row.GetFieldAsInteger64(index)
    if kind == "time":
        year, month, day, hour, minute, second, _ = row.GetFieldAsDateTime(index)
        return datetime(
            year, month, day, hour, minute, int(second), round(1e6 * (second % 1)) % 1_000_000, tzinfo=timezone.utc
        )
    return row.GetFieldAsString(index)
