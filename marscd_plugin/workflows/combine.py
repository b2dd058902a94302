"""One map of several compared pairs: the highest probability, the union of masks, all polygons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr

from ..common.errors import OutputError
from ..common.files import whole_file
from ..common.progress import Progress, check
from ..common.provenance import Provenance
from ..common.rasters import RasterWriter, gdal_quiet, grid_of, open_raster, read, windows
from ..common.words import MASK_NODATA, ChangeMap


def highest_probability(maps: Sequence[ChangeMap], path: Path, provenance: Provenance, progress: Progress) -> None:
    """Write, per pixel, the highest probability over the maps; nodata only where no map has an answer."""
    sources = [open_raster(m.probability) for m in maps]
    nodata = sources[0].GetRasterBand(1).GetNoDataValue()
    grid = grid_of(sources[0])
    with RasterWriter(
        path,
        grid,
        np.float32,
        nodata=nodata,
        descriptions=["change probability"],
        tags=provenance.raster_tags(),
        progress=progress,
    ) as out:
        for window in windows(grid.width, grid.height, progress):
            stack = np.stack([read(s.GetRasterBand(1), window) for s in sources])
            # Nodata lies below every probability, so the plain maximum is the answer.
            out.write(window, stack.max(axis=0))


def union_of_masks(maps: Sequence[ChangeMap], path: Path, provenance: Provenance, progress: Progress) -> int:
    """Write 1 where any map has change, 0 where one has an answer and none has change; returns the changed pixels."""
    sources = [open_raster(m.mask) for m in maps]
    grid = grid_of(sources[0])
    changed = 0
    with RasterWriter(
        path,
        grid,
        np.uint8,
        nodata=MASK_NODATA,
        descriptions=["change"],
        tags=provenance.raster_tags(),
        categorical=True,
        progress=progress,
    ) as out:
        for window in windows(grid.width, grid.height, progress):
            stack = np.stack([read(s.GetRasterBand(1), window) for s in sources])
            known = (stack != MASK_NODATA).any(axis=0)
            change = (stack == 1).any(axis=0)
            changed += int(change.sum())
            out.write(window, np.where(known, change, MASK_NODATA).astype(np.uint8))
    return changed


def all_polygons(maps: Sequence[ChangeMap], path: Path, progress: Progress) -> int:
    """Write the polygons of all maps into one FlatGeobuf; returns their number."""
    count = 0
    with whole_file(path) as part, gdal_quiet():
        target = ogr.GetDriverByName("FlatGeobuf").CreateDataSource(str(part))
        layer = None
        for change_map in maps:
            check(progress)
            source = gdal.OpenEx(str(change_map.polygons), gdal.OF_VECTOR)
            if source is None or target is None:
                raise OutputError(f"{path} could not be written ({gdal.GetLastErrorMsg()}).", "Choose another folder.")
            rows = source.GetLayer(0)
            if layer is None:
                layer = target.CreateLayer("changes", rows.GetSpatialRef(), rows.GetGeomType())
                definition = rows.GetLayerDefn()
                for index in range(definition.GetFieldCount()):
                    layer.CreateField(definition.GetFieldDefn(index))
            for row in rows:
                feature = ogr.Feature(layer.GetLayerDefn())
                feature.SetFrom(row)
                count += 1
                # Numbered anew: each pair counted from one.
                feature.SetField("change_id", count)
                if layer.CreateFeature(feature) != 0:
                    raise OutputError(
                        f"{path} could not be written ({gdal.GetLastErrorMsg()}).", "Choose another folder."
                    )
        layer = None
        target = None
    return count
