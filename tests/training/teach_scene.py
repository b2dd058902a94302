"""A pair in which dark spots (change) and bright squares (not: a lamp, say) come, and the verdicts on them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

EDGE, CELL = 512, 64
WKT = 'PROJCS["Mars plane",GEOGCS["Mars",DATUM["Mars",SPHEROID["Mars",3396190,0]],PRIMEM["Reference",0],UNIT["degree",0.0174532925199433]],PROJECTION["Equirectangular"],PARAMETER["standard_parallel_1",0],PARAMETER["central_meridian",0],UNIT["metre",1]]'  # noqa: E501


def write(path: Path, array: np.ndarray, pixel: float = 1.0, left: float = 1000.0) -> str:
    """A GeoTIFF of 1 m pixels on Mars."""
    rows, columns = array.shape
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Float32)
    made.SetProjection(WKT)
    made.SetGeoTransform((left, pixel, 0, 2000.0, 0, -pixel))
    made.GetRasterBand(1).WriteArray(array.astype(np.float32))
    made.FlushCache()
    return str(path)


def scene(folder: Path, seed: int = 1, verdicts: bool = True) -> dict[str, str]:
    """BEFORE, AFTER and their labels: a spot or a square in every second cell of 64 pixels."""
    rng = np.random.default_rng(seed)
    ground = 100 + 4 * rng.standard_normal((EDGE, EDGE))
    after = ground + 0.5 * rng.standard_normal((EDGE, EDGE))
    y, x = np.mgrid[:EDGE, :EDGE]
    outlines = []
    for k, (row, column) in enumerate((r, c) for r in range(0, EDGE, CELL) for c in range(0, EDGE, CELL)):
        cy, cx = row + 20 + int(rng.integers(24)), column + 20 + int(rng.integers(24))
        if k % 2:
            after[np.hypot(y - cy, x - cx) < 7] -= 25
        else:
            after[cy - 6 : cy + 6, cx - 6 : cx + 6] += 25
        outlines.append((("accepted" if k % 2 else "rejected"), cx, cy))
    labels = folder / "labels.gpkg"
    layer_of(labels, outlines, verdicts)
    return {
        "before": write(folder / "before.tif", ground),
        "after": write(folder / "after.tif", after),
        "labels": str(labels),
    }


def layer_of(path: Path, outlines: list[tuple[str, float, float]], verdicts: bool = True, half: float = 6.0) -> None:
    """Squares of ``half`` pixels each way around (column, row)."""
    made = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    reference = osr.SpatialReference(WKT)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    layer = made.CreateLayer("changes", reference, ogr.wkbPolygon)
    if verdicts:
        layer.CreateField(ogr.FieldDefn("verdict", ogr.OFTString))
    for verdict, column, row in outlines:
        x, y = 1000.0 + column, 2000.0 - row
        box = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
        ring = ", ".join(f"{a} {b}" for a, b in (*box, box[0]))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
        if verdicts:
            feature.SetField("verdict", verdict)
        layer.CreateFeature(feature)


def job_file(folder: Path, pairs: list[dict[str, object]], model: Path | str, **other: object) -> Path:
    """A job as ``workflows.training`` writes it; small and quick unless told otherwise."""
    told = {
        "pairs": pairs, "model": str(model), "output": str(folder / "taught.onnx"),
        "report": str(folder / "report.html"), "folder": str(folder / "run"), "steps": 3, "size": 64, "rehearsal": 1,
        "threads": 1, **other,
    }  # fmt: skip
    path = folder / "job.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path
