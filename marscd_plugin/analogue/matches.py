"""MATCHES: ranked places as points that reopen on the body they are on. Whole, or not there.

FlatGeobuf keeps every CRS. GeoPackage loses IAU codes, so it gets the ESRI twin with equal coordinates. GeoJSON cannot
name a body: its coordinates are degrees of longitude and latitude.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ..common.errors import InputError, OutputError
from ..common.rasters import gdal_quiet
from ..common.words import Match
from ..planet.crs import gpkg_twin, spatial_reference

DRIVERS = {".fgb": "FlatGeobuf", ".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}
LAYER = "matches"
#: Name and kind of each column, in order.
COLUMNS = (
    ("rank", "integer"),
    ("distance", "real"),
    ("percentile", "real"),
    ("weak", "boolean"),
    ("reason", "text"),
    ("target", "text"),
    ("longitude", "real"),
    ("latitude", "real"),
    ("x", "real"),
    ("y", "real"),
    ("size_m", "real"),
    ("body", "text"),
    ("index", "long"),
    ("thumbnail", "text"),
    ("verdict", "text"),
    ("score", "real"),
    ("target_thumbnail", "text"),
)
_TYPES = {"real": ogr.OFTReal, "integer": ogr.OFTInteger, "long": ogr.OFTInteger64, "boolean": ogr.OFTInteger,
          "text": ogr.OFTString}  # fmt: skip
_MOST_ROWS = 1_000_000
VERDICTS = ("accepted", "rejected")


@dataclass(frozen=True)
class MatchRow:
    """A match and what its point tells beside it.

    ``thumbnail`` and ``target_thumbnail`` are paths relative to the layer's folder, with "/"; ``verdict`` is "" or one
    of VERDICTS; ``score`` 0..1 is of a round of refining, None in the first.
    """

    match: Match
    thumbnail: str = ""
    verdict: str = ""
    score: float | None = None
    target_thumbnail: str = ""

    def values(self) -> tuple[Any, ...]:
        """In the order of COLUMNS; None is null."""
        m, c = self.match, self.match.chip
        size = c.size if c.body else None
        return (
            m.rank, m.distance, m.percentile, int(m.weak), m.reason or None, m.target, c.longitude, c.latitude, c.x,
            c.y, size, c.body or None, m.index, self.thumbnail or None, self.verdict or None, self.score,
            self.target_thumbnail or None,
        )  # fmt: skip


def check_name(path: Path) -> str:
    """The driver for a file's ending. Raises OutputError."""
    driver = DRIVERS.get(Path(path).suffix.lower())
    if driver is None:
        raise OutputError(f"Matches cannot be written to {path}.", f"Use a name ending in {', '.join(DRIVERS)}.")
    return driver


def write_matches(path: Path, crs: str, rows: Iterable[MatchRow]) -> None:
    """Write to ``path`` (call it with ``whole_file``'s temporary one); ``crs`` is the searched source's WKT, or "".

    Raises OutputError.
    """
    driver = gdal.GetDriverByName(check_name(path))
    if driver is None:
        raise OutputError(f"This GDAL cannot write {path}.", "Use another format, such as .gpkg.")
    name = driver.ShortName
    if name == "GPKG" and crs:
        crs = gpkg_twin(crs) or crs
    reference = spatial_reference(crs) if crs and name != "GeoJSON" else None
    with gdal_quiet():
        try:
            _write(driver, path, reference, name == "GeoJSON" and bool(crs), rows)
        except RuntimeError as error:
            raise OutputError(
                f"{path} could not be written ({error}).", "Check the disk, or choose another folder."
            ) from error


def _write(driver: gdal.Driver, path: Path, reference: Any, degrees: bool, rows: Iterable[MatchRow]) -> None:
    dataset = driver.Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg().strip() or "it cannot be created")
    # A FlatGeobuf's spatial index would put the rows in another order than their ranks.
    options = {"GeoJSON": ["RFC7946=NO", "COORDINATE_PRECISION=9"], "FlatGeobuf": ["SPATIAL_INDEX=NO"]}
    layer = dataset.CreateLayer(LAYER, reference, ogr.wkbPoint, options.get(driver.ShortName, []))
    if layer is None:
        raise RuntimeError(gdal.GetLastErrorMsg().strip() or "it cannot hold a layer")
    for column, kind in COLUMNS:
        field = ogr.FieldDefn(column, _TYPES[kind])
        if kind == "boolean":
            field.SetSubType(ogr.OFSTBoolean)
        layer.CreateField(field)
    definition = layer.GetLayerDefn()
    for row in rows:
        feature = ogr.Feature(definition)
        for index, ((_, kind), value) in enumerate(zip(COLUMNS, row.values(), strict=True)):
            if value is None or (isinstance(value, float) and not math.isfinite(value)):
                feature.SetFieldNull(index)
            elif kind in ("integer", "long", "boolean"):
                feature.SetFieldInteger64(index, int(value))
            else:
                feature.SetField(index, float(value) if kind == "real" else _plain(str(value)))
        chip = row.match.chip
        point = ogr.Geometry(ogr.wkbPoint)
        if degrees and chip.longitude is not None and chip.latitude is not None:
            point.AddPoint_2D(float(chip.longitude), float(chip.latitude))
        else:
            point.AddPoint_2D(float(chip.x), float(chip.y))
        feature.SetGeometryDirectly(point)
        if layer.CreateFeature(feature) != 0:
            raise RuntimeError(gdal.GetLastErrorMsg().strip() or "a feature could not be added")
    gdal.ErrorReset()
    dataset.FlushCache()
    layer = dataset = None  # FlatGeobuf writes its file on closing.
    if gdal.GetLastErrorType() >= gdal.CE_Failure or not path.exists():
        raise RuntimeError(gdal.GetLastErrorMsg().strip() or "it could not be closed")


def _plain(text: str) -> str:
    """Text as every format takes it: no NUL, no lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def read_matches(path: Path | str) -> tuple[str, list[dict[str, Any]]]:
    """CRS (WKT, or "") and the rows of a MATCHES file as dictionaries by column, in its order. Raises InputError."""
    path = Path(path)
    again = "Choose the MATCHES of marscd:analoguesimilarity."
    driver = DRIVERS.get(path.suffix.lower())
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=[driver]) if driver else None
        except RuntimeError:
            dataset = None
        if dataset is None or dataset.GetLayerCount() < 1:
            raise InputError(f"{path} cannot be opened as a layer of matches.", again)
        layer = dataset.GetLayer(0)
        names = {f.GetName() for f in layer.schema}
        if not {"rank", "distance", "index"} <= names or layer.GetFeatureCount() > _MOST_ROWS:
            raise InputError(f"{path} is no layer of matches: it lacks rank, distance or index.", again)
        reference = layer.GetSpatialRef()
        rows = [{n: f.GetField(n) for n, _ in COLUMNS if n in names} for f in layer]
        return (reference.ExportToWkt(["FORMAT=WKT2_2019"]) if reference is not None else ""), rows


def verdicts_of(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of accepted and of rejected chips in rows of a MATCHES layer; capitals and spaces do not matter."""
    found: dict[str, list[int]] = {v: [] for v in VERDICTS}
    for row in rows:
        verdict, index = str(row.get("verdict") or "").strip().lower(), row.get("index")
        if verdict in found and index is not None:
            found[verdict].append(int(index))
    return tuple(found["accepted"]), tuple(found["rejected"])
