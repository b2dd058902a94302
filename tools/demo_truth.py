"""The simulation's truth, laid where the demo's series lies, so that its map can be judged.

The series lies on its reference epoch, whose pointing error its label does not tell; the simulation knows it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from osgeo import gdal

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marscd_plugin.common.files import whole_file  # noqa: E402
from marscd_plugin.common.rasters import grid_of, open_raster, read  # noqa: E402
from marscd_plugin.common.words import MASK_NODATA, Grid  # noqa: E402
from marscd_plugin.series.build import open_series  # noqa: E402


def truth_of_pair(archive: Path, before: str, after: str, reference: str, grid: Grid) -> np.ndarray:
    """(rows, columns) byte on the series' grid: 1 where the ground differs between the two epochs, 255 unknown."""
    truth = archive / "truth"
    shift_x, shift_y = json.loads((truth / "epochs.json").read_text())[reference]["shift_m"]
    path = next(p for p in (truth / f"{before}__{after}.tif", truth / f"{after}__{before}.tif") if p.exists())
    shifted = gdal.GetDriverByName("MEM").CreateCopy("", open_raster(path))
    left, dx, rx, top, ry, dy = shifted.GetGeoTransform()
    shifted.SetGeoTransform((left + shift_x, dx, rx, top + shift_y, ry, dy))
    left, bottom, right, top = grid.bounds
    warped = gdal.Warp(
        "", shifted, format="MEM", dstSRS=grid.crs, outputBounds=(left, bottom, right, top),
        width=grid.width, height=grid.height, resampleAlg="near", dstNodata=MASK_NODATA,
    )  # fmt: skip
    return read(warped.GetRasterBand(1))


def truth_on_grid(archive: Path, folder: Path, path: Path) -> Path:
    """Write the union of the truths of the pairs that were compared in ``folder``; returns ``path``."""
    gdal.UseExceptions()
    series = open_series(folder / "series")
    grid = grid_of(open_raster(folder / "mask.tif"))
    union = np.zeros((grid.height, grid.width), np.uint8)
    for record in sorted((folder / "changes").glob("*/change.json")):
        before, after = record.parent.name.split("__")
        truth = truth_of_pair(archive, before, after, series.reference, grid)
        union = np.where(union == MASK_NODATA, union, np.where(truth == MASK_NODATA, MASK_NODATA, union | truth))
    with whole_file(path) as part:
        out = gdal.GetDriverByName("GTiff").Create(
            str(part), grid.width, grid.height, 1, gdal.GDT_Byte, ["COMPRESS=DEFLATE"]
        )
        out.SetProjection(grid.crs)
        out.SetGeoTransform(grid.geotransform)
        out.GetRasterBand(1).SetNoDataValue(MASK_NODATA)
        out.GetRasterBand(1).WriteArray(union)
        out = None
    return path
