"""Change over all dates of a stored series; and seasonal curves of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path

from osgeo import gdal

from ..change.comparer import Comparing
from ..change.curve import CurvePoint, curve_of_histories, curve_of_pairs, read_curve, write_curve
from ..change.plot import seasonal_svg
from ..change.seriesdetector import detect_series_changes
from ..change.seriesjob import SeriesChanges, SeriesDetectJob
from ..change.seriesobjects import CLASSES
from ..change.seriesreport import write_curve_page
from ..common.errors import InputError
from ..common.files import write_text
from ..common.progress import Progress
from ..common.rasters import gdal_quiet
from ..common.words import Epoch, Pair, Series
from ..series.comparing import compare_pair
from ..series.masks import CAST_SHADOW, NO_DATA, SATURATED, SHADOW, UNTRUSTED
from ..series.store import mask_path, read_store

#: Bits of a series' masks under which a pixel tells nothing of change.
HIDE = NO_DATA | SATURATED | SHADOW | CAST_SHADOW | UNTRUSTED

#: Files of a series' changes in a folder of their own, as the dock makes them.
FIRST_SEEN, LAST_SEEN, COUNT, POLYGONS, CURVE, REPORT = (
    "first_seen.tif", "last_seen.tif", "count.tif", "changes.fgb", "curve.csv", "report.html"
)  # fmt: skip


@dataclass(frozen=True)
class SeriesChangesJob:
    """``folder`` is a series that ``buildseries`` made; the rest is as in ``change.seriesjob.SeriesDetectJob``."""

    folder: Path
    model: str
    first_seen: str
    last_seen: str
    count: str
    polygons: str
    curve: str = ""
    report: str = ""
    device: str = "AUTO"
    threshold: float | None = None
    false_alarms: float | None = None
    min_area_m2: float = 0.0
    extent: tuple[float, float, float, float] | None = None
    extent_crs: str = ""
    feature: str = "DARK"
    singles: bool = True
    dtm: str = ""


def run_series_changes(
    job: SeriesChangesJob, progress: Progress, model: Comparing | None = None
) -> tuple[SeriesChanges, Series]:
    """Do the job; returns what was found and the series it was found in. Raises what ``detect_series_changes`` does."""
    series = read_store(job.folder).series
    masks = [mask_path(epoch) for epoch in series.epochs]
    found = detect_series_changes(
        SeriesDetectJob(
            epochs=series.epochs,
            grid=series.grid,
            pairs=light_pairs(series.epochs),
            model=job.model,
            first_seen=job.first_seen,
            last_seen=job.last_seen,
            count=job.count,
            polygons=job.polygons,
            curve=job.curve,
            report=job.report,
            masks=tuple(str(m) if m.is_file() else "" for m in masks),
            hide=HIDE,
            device=job.device,
            threshold=job.threshold,
            false_alarms=job.false_alarms,
            min_area_m2=job.min_area_m2,
            extent=job.extent,
            extent_crs=job.extent_crs,
            feature=job.feature,
            singles=job.singles,
            dtm=job.dtm,
        ),
        progress,
        model=model,
    )
    return found, series


@dataclass(frozen=True)
class KeptSeriesChanges:
    """What an earlier run left in a folder: the curve, and objects by class."""

    points: tuple[CurvePoint, ...]
    counts: Mapping[str, int]

    @property
    def suspects(self) -> tuple[str, ...]:
        """Product ids of images that as a whole look unlike the others."""
        return tuple(p.product_id for p in self.points if p.suspect)


def is_series_changes(folder: Path) -> bool:
    """True where a finished run's files are all there."""
    return all((folder / name).is_file() for name in (FIRST_SEEN, LAST_SEEN, COUNT, POLYGONS, CURVE))


def read_series_changes(folder: Path) -> KeptSeriesChanges:
    """What a finished run left in ``folder``, under this module's names. Raises InputError where it is damaged."""
    points = tuple(read_curve(folder / CURVE))
    counts = dict.fromkeys(CLASSES, 0)
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(folder / POLYGONS), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf"])
        except RuntimeError:
            dataset = None
        if dataset is None or dataset.GetLayerCount() < 1:
            raise InputError(f"{folder / POLYGONS} cannot be opened.", "Look for changes over all dates again.")
        for row in dataset.GetLayer(0):
            name = row.GetField("class")
            if name in counts:
                counts[name] += 1
    return KeptSeriesChanges(points, counts)


def light_pairs(epochs: Sequence[Epoch]) -> tuple[Pair, ...]:
    """Every pair of epochs, scored by how alike their light is, and by nothing else.

    The planner's own score falls with the season, too: two seasons show different ground. Here that difference is the
    very thing that is looked for.
    """
    found = []
    for first, second in combinations(epochs, 2):
        factors = compare_pair(first, second).factors
        score = factors["incidence"] * factors["azimuth"] * factors["emission"]
        found.append(Pair(first.product_id, second.product_id, round(score, 4)))
    return tuple(found)


@dataclass(frozen=True)
class SeasonalCurve:
    """Where a curve went, and its points."""

    points: tuple[CurvePoint, ...]
    table: Path
    plot: Path | None
    report: Path | None


def curve_of_rows(rows: Iterable[Mapping[str, object]], with_singles: bool = False) -> list[CurvePoint]:
    """The curve of polygons, given as their columns: of a series' objects, or of pairs. Raises InputError.

    Of a series' objects those that only one image shows (class ``single``) are left out unless asked for.
    """
    histories: list[str] = []
    pairs: list[tuple[datetime, str, float]] = []
    count = 0
    for row in rows:
        count += 1
        if row.get("history"):
            if with_singles or row.get("class") != CLASSES[-1]:
                histories.append(str(row["history"]))
        elif isinstance(row.get("after_time"), datetime) and isinstance(row.get("area_m2"), int | float):
            time, area = row["after_time"], row["area_m2"]
            pairs.append((time, str(row.get("direction")), float(area)))  # type: ignore[arg-type]
    if histories and pairs:
        raise InputError("Some polygons are of a series and some of pairs.", "Use the polygons of one result.")
    if count and not histories and not pairs:
        raise InputError(
            "These polygons have neither a history nor the date and area of a pair.",
            "Use POLYGONS of marscd:detectserieschanges, marscd:detectchanges or marscd:monitorarea.",
        )
    return curve_of_histories(histories) if histories else curve_of_pairs(pairs)


def run_seasonal_curve(
    points: list[CurvePoint] | Path, table: Path, plot: Path | None, report: Path | None, title: str
) -> SeasonalCurve:
    """Write the table, the drawing (SVG) and the page of a curve, given by points or a table. Raises InputError."""
    made = read_curve(points) if isinstance(points, Path) else points
    if not made:
        raise InputError("There is no change to draw a curve of.", "Choose polygons, or a curve, that hold some.")
    write_curve(table, made)
    if plot is not None:
        value = "seen" if any(p.seen is not None for p in made) else "appeared"
        write_text(plot, seasonal_svg(made, title, value))
    if report is not None:
        write_curve_page(report, made, title)
    return SeasonalCurve(tuple(made), table, plot, report)
