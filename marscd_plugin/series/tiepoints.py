"""Tie points as a vector layer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from osgeo import gdal, ogr

from ..common.errors import OutputError
from ..common.files import whole_file
from ..common.rasters import gdal_quiet
from ..common.words import Grid
from ..planet.crs import gpkg_twin, spatial_reference
from .registration import Alignment
from .ties import TiePoints

_DRIVERS = {".fgb": "FlatGeobuf", ".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "ESRI Shapefile"}
_FIELDS = (
    ("x_px", ogr.OFTReal), ("y_px", ogr.OFTReal), ("dx_px", ogr.OFTReal), ("dy_px", ogr.OFTReal),
    ("residual_x", ogr.OFTReal), ("residual_y", ogr.OFTReal), ("residual", ogr.OFTReal), ("held_out", ogr.OFTInteger),
)  # fmt: skip


def write_tie_points(path: Path, grid: Grid, alignment: Alignment) -> None:
    """Points on the grid's CRS (or pixels, y down as negative) with their shift and residual. Raises OutputError."""
    write_series_ties(path, grid, {"": alignment.ties})


def write_series_ties(path: Path, grid: Grid, ties: Mapping[str, TiePoints]) -> None:
    """The same for several epochs, by product id, which becomes a column. Raises OutputError."""
    name = _DRIVERS.get(path.suffix.lower())
    if name is None:
        raise OutputError(f"{path} has no vector format's name.", "Give a name that ends in .fgb or .gpkg.")
    spatial = None
    if grid.crs:
        wkt = (gpkg_twin(grid.crs) or grid.crs) if name == "GPKG" else grid.crs
        spatial = spatial_reference(wkt)
    with whole_file(path) as part, gdal_quiet():
        try:
            if not _write(part, name, spatial, grid, ties):
                raise OutputError(f"{path} could not be written ({gdal.GetLastErrorMsg()}).", "Choose another folder.")
        except RuntimeError as error:
            raise OutputError(f"{path} could not be written ({error}).", "Choose another folder.") from error
        # A shapefile is several files; all of them move with the first.
        for side in part.parent.glob(part.stem + ".*"):
            if side != part and side.suffix.lower() in (".shx", ".dbf", ".prj", ".cpg"):
                side.replace(path.with_suffix(side.suffix))


def _write(part: Path, driver: str, spatial: object, grid: Grid, ties: Mapping[str, TiePoints]) -> bool:
    dataset = gdal.GetDriverByName(driver).Create(str(part), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("tie_points", spatial, ogr.wkbPoint) if dataset is not None else None
    if layer is None:
        return False
    named = any(ties)
    if named:
        layer.CreateField(ogr.FieldDefn("product_id", ogr.OFTString))
    for name, kind in _FIELDS:
        layer.CreateField(ogr.FieldDefn(name, kind))
    for product_id, points in ties.items():
        if not _add(layer, product_id if named else None, points, grid):
            return False
    return dataset.FlushCache() in (None, 0)


def _add(layer: ogr.Layer, product_id: str | None, ties: TiePoints, grid: Grid) -> bool:
    for point, target, residual, held in zip(ties.points, ties.targets, ties.residuals, ties.held_out, strict=True):
        feature = ogr.Feature(layer.GetLayerDefn())
        x, y = float(point[0]), float(point[1])
        values = (x, y, *(target - point), *residual, float((residual**2).sum() ** 0.5))
        if product_id is not None:
            feature.SetField("product_id", product_id)
        for (name, _), value in zip(_FIELDS, (*map(float, values), int(held)), strict=True):
            feature.SetField(name, value)
        geometry = ogr.Geometry(ogr.wkbPoint)
        geometry.AddPoint_2D(grid.left + (x + 0.5) * grid.pixel_size, grid.top - (y + 0.5) * grid.pixel_size)
        feature.SetGeometry(geometry)
        if layer.CreateFeature(feature) != 0:
            return False
    return True
