"""The changes of a pair as rows for a table, read in a worker; and what they come to, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...common.errors import InputError
from ...common.progress import Progress, check
from ...common.words import ChangeMap
from ..words import tr

_MOST = 500_000
#: Edge in pixels of the copy that a stretch is read from.
_SMALL = 512
#: Column of the file -> field of ``Change``.
_REAL = {
    "area_m2": "area",
    "length_m": "length",
    "width_m": "width",
    "azimuth": "azimuth",
    "probability_mean": "mean",
    "probability_max": "maximum",
}


@dataclass(frozen=True)
class Change:
    """One polygon: its feature id, its number, measures (m2, m, degrees from north, 0..1; None is unknown), its box.

    ``box`` is (left, bottom, right, top) in the layer's CRS.
    """

    fid: int
    number: int
    direction: str
    area: float | None
    length: float | None
    width: float | None
    azimuth: float | None
    mean: float | None
    maximum: float | None
    before: str
    after: str
    box: tuple[float, float, float, float]


def read_rows(polygons: Path, progress: Progress) -> list[Change]:
    """The polygons of ``detectchanges``, by their numbers. Raises InputError, CancelledError."""
    from osgeo import gdal

    from ...common.rasters import gdal_quiet

    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(polygons), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf", "GPKG", "GeoJSON"])
        except RuntimeError:
            dataset = None
    layer = dataset.GetLayer(0) if dataset is not None and dataset.GetLayerCount() else None
    if layer is None:
        raise InputError(tr("{polygons} cannot be opened.").format(polygons=polygons), tr("Compare the pair again."))
    definition = layer.GetLayerDefn()
    at = {definition.GetFieldDefn(i).GetName(): i for i in range(definition.GetFieldCount())}
    missing = {"change_id", "direction", *_REAL} - set(at)
    if missing:
        raise InputError(
            tr("{polygons} lacks {columns}.").format(polygons=polygons, columns=", ".join(sorted(missing))),
            tr("Compare the pair again."),
        )
    rows: list[Change] = []
    for feature in layer:
        if len(rows) % 500 == 0:
            check(progress)
            if len(rows) >= _MOST:
                raise InputError(
                    tr("{polygons} holds more than {most:,} changes.").format(polygons=polygons, most=_MOST),
                    tr("Raise the threshold."),
                )
        rows.append(_row(feature, at))
    return sorted(rows, key=lambda row: row.number)


def _row(feature: Any, at: dict[str, int]) -> Change:
    reals = {
        field: feature.GetFieldAsDouble(at[name]) if feature.IsFieldSetAndNotNull(at[name]) else None
        for name, field in _REAL.items()
    }
    shape = feature.GetGeometryRef()
    left, right, bottom, top = shape.GetEnvelope() if shape is not None else (0.0, 0.0, 0.0, 0.0)

    def text(name: str) -> str:
        return feature.GetFieldAsString(at[name]) if name in at else ""

    return Change(
        fid=feature.GetFID(),
        number=feature.GetFieldAsInteger(at["change_id"]),
        direction=text("direction"),
        before=text("before_time")[:10].replace("/", "-"),
        after=text("after_time")[:10].replace("/", "-"),
        box=(left, bottom, right, top),
        **reals,
    )


def stretch_of(raster: str) -> tuple[float, float]:
    """Low and high value (1st and 99th of a hundred) of a raster's first band, from a small copy. Raises InputError."""
    import numpy as np

    from ...common.rasters import open_raster, read

    dataset = open_raster(raster)
    band = dataset.GetRasterBand(1)
    shape = (min(dataset.RasterYSize, _SMALL), min(dataset.RasterXSize, _SMALL))
    values = read(band, out_shape=shape, dtype="float32")
    nodata = band.GetNoDataValue()
    kept = values[np.isfinite(values) & (values != (np.float32(nodata) if nodata is not None else np.nan))]
    if kept.size == 0:
        return 0.0, 1.0
    low, high = (float(v) for v in np.percentile(kept, (1.0, 99.0)))
    return low, high if high > low else low + 1.0


def summary(change: ChangeMap, rows: Sequence[Change]) -> str:
    """The result in one line: how many, how much, which way, and how much of the ground that is."""
    if not rows:
        return tr("No change was found at threshold {threshold}.").format(threshold=f"{change.threshold:g}")
    appeared = sum(row.direction == "appeared" for row in rows)
    faded = len(rows) - appeared
    if change.changed_area is None:
        size = tr("size unknown (the images have no place on Mars)")
    else:
        size = tr("{area} m²").format(area=f"{change.changed_area:,.0f}")
    count = tr("1 change") if len(rows) == 1 else tr("{count} changes").format(count=f"{len(rows):,}")
    line = tr("{count}, {size}, {appeared} appeared and {faded} faded").format(
        count=count, size=size, appeared=f"{appeared:,}", faded=f"{faded:,}"
    )
    if change.compared_pixels:
        share = 100 * change.changed_pixels / change.compared_pixels
        line += tr("; {share} % of the compared ground").format(share=f"{share:.2g}")
    return line + "."
