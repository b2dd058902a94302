"""The whole job: an area and a season become a map of changes. Resumable at any instant."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ..change.comparer import context_of
from ..change.detector import detect_changes
from ..change.job import DetectJob
from ..change.report import write_change_report
from ..common.errors import InputError, RegistrationError
from ..common.files import need_folder, sha256_of, write_json
from ..common.progress import Progress, parts
from ..common.provenance import Provenance, jsonable, key_of
from ..common.settings import Settings
from ..common.words import Area, ChangeMap, Observation, Pair, Query, Season, Series
from ..inference.models import find_model
from ..inference.session import load_model
from ..series.plan import choose_observations, plan_pairs
from .changes import iso
from .combine import all_polygons, highest_probability, union_of_masks
from .compared import KIND
from .fetch import FetchJob, need_some, run_fetch
from .parts import estimated_size
from .search import find_observations
from .series import SeriesJob, observation_ids, run_series

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MonitorJob:
    """What to watch, and where everything goes. ``model`` is a bundled name or a path.

    ``base`` and ``dtm`` are rasters ("" for none): a base map that the series is tied to, and a terrain model for the
    series and for the slopes of what changed.
    """

    area: Area
    folder: Path
    model: str
    instruments: tuple[str, ...] = ("HIRISE",)
    season: Season = field(default_factory=Season)
    device: str = "AUTO"
    max_products: int | None = None
    max_download_mb: float | None = None
    base: str = ""
    dtm: str = ""


@dataclass(frozen=True)
class MonitorOutcome:
    """Paths of the results, and the map of each compared pair."""

    series: Series
    probability: Path
    mask: Path
    polygons: Path
    report: Path
    maps: tuple[ChangeMap, ...]


def run_monitor(job: MonitorJob, settings: Settings, progress: Progress) -> MonitorOutcome:
    """Search, fetch, register, detect, combine, report. Raises any MarscdError; what was finished stays."""
    folder = need_folder(job.folder)
    # What can fail without a byte fetched fails first.
    model = load_model(find_model(job.model), job.device)
    searching, fetching, building, detecting, combining = parts(progress, 3, 30, 30, 32, 5)

    query = Query(job.area, job.instruments, job.season)
    found = find_observations(query, settings, searching)
    chosen = chosen_observations(found.observations, job)
    searching.report(1.0, "Chosen: " + ", ".join(o.product_id for o in chosen))

    fetched = run_fetch(
        FetchJob(tuple(chosen), folder / "products", job.area, job.max_products, job.max_download_mb),
        settings,
        fetching,
    )
    need_some(fetched, at_least=2)
    whole = set(fetched.whole_products())
    series = run_series(
        SeriesJob(
            folder=folder / "series",
            products_folder=folder / "products",
            product_ids=tuple(i for i in observation_ids(chosen) if i in whole),
            area=job.area,
            base=job.base,
            dtm=job.dtm,
        ),
        building,
    )
    pairs = spanning_pairs(series)
    maps = []
    for pair, part in zip(pairs, parts(detecting, *[1.0] * len(pairs)), strict=True):
        part.report(0.0, f"Comparing {pair.before} with {pair.after}")
        maps.append(_compare(series, pair, folder / "changes", job, model, part))
    return _combined(series, maps, model, folder, combining)


def chosen_observations(observations: Sequence[Observation], job: MonitorJob) -> list[Observation]:
    """The products that make the best series within the job's limits. Raises InputError unless there are two."""
    chosen = list(choose_observations(observations, job.area, job.max_products or len(observations)))
    if job.max_download_mb is not None:
        # The planner puts the best first; what does not fit the budget goes, and the rest may still fit.
        total, kept = 0.0, []
        for observation in chosen:
            size = estimated_size(observation, job.area) / 1e6
            if total + size <= job.max_download_mb:
                kept.append(observation)
                total += size
        chosen = kept
    if len(chosen) < 2:
        raise InputError(
            f"{len(observations)} products were found and {len(chosen)} of them can be used; a comparison needs two.",
            "Widen the area, the Mars Years or the solar longitude, or raise MAX_PRODUCTS or MAX_DOWNLOAD_MB.",
        )
    return chosen


def spanning_pairs(series: Series) -> list[Pair]:
    """The fewest pairs that compare every epoch, chosen by their scores: a maximum spanning tree (Kruskal 1956)."""
    group = {epoch.product_id: epoch.product_id for epoch in series.epochs}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    order = {epoch.product_id: index for index, epoch in enumerate(series.epochs)}
    chosen = []
    for pair in sorted(plan_pairs(series.epochs), key=lambda p: -p.score):
        a, b = root(pair.before), root(pair.after)
        if a != b:
            group[a] = b
            chosen.append(pair)
    if not chosen:
        raise RegistrationError("No two epochs of the series can be compared.", "Widen the area or the season.")
    return sorted(chosen, key=lambda p: (order[p.before], order[p.after]))


def _compare(series: Series, pair: Pair, folder: Path, job: MonitorJob, model, progress: Progress) -> ChangeMap:
    """One pair's rasters and polygons; taken as they stand where the same inputs and model made them."""
    before, after = series.epoch(pair.before), series.epoch(pair.after)
    place = need_folder(folder / f"{pair.before}__{pair.after}")
    record = place / "change.json"
    key = key_of(sha256_of(before.raster), sha256_of(after.raster), model.sha256, model.device, *terrain_key(job.dtm))
    earlier = _earlier(record, key, place)
    if earlier is not None:
        progress.report(1.0, f"{pair.before} with {pair.after}: done before")
        return earlier
    change = detect_changes(
        DetectJob(
            before=str(before.raster),
            after=str(after.raster),
            model=str(model.path),
            device=job.device,
            probability=str(place / "probability.tif"),
            mask=str(place / "mask.tif"),
            polygons=str(place / "polygons.fgb"),
            before_id=pair.before,
            after_id=pair.after,
            before_time=iso(before.time),
            after_time=iso(after.time),
            registration=jsonable(after.registration or before.registration or {}),
            dtm=job.dtm,
            kind=str(place / KIND),
            context=context_of(before, after),
        ),
        progress,
        model=model,
    )
    write_json(record, {"key": key, "map": jsonable(change)})
    return change


def terrain_key(dtm: str) -> tuple[str, ...]:
    """What of a terrain model makes a result another: nothing without one, so that earlier results keep their key."""
    path = Path(dtm)
    if not dtm:
        return ()
    return (dtm, *((str(path.stat().st_size), str(path.stat().st_mtime_ns)) if path.is_file() else ()))


def _earlier(record: Path, key: str, place: Path) -> ChangeMap | None:
    """The finished map of that key, if all its files are there."""
    try:
        stored: Mapping[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        values = dict(stored["map"])
        if stored["key"] != key or set(values) != {f.name for f in fields(ChangeMap)}:
            return None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read (%s): the pair is compared again.", record, error)
        return None
    # The folder may have been moved: names are ours, their place is here.
    for name in ("probability", "mask", "polygons"):
        values[name] = place / Path(values[name]).name
        if not values[name].is_file():
            return None
    values["warnings"] = tuple(values["warnings"])
    return ChangeMap(**values)


def _combined(series: Series, maps: list[ChangeMap], model, folder: Path, progress: Progress) -> MonitorOutcome:
    outcome = MonitorOutcome(
        series=series,
        probability=folder / "probability.tif",
        mask=folder / "mask.tif",
        polygons=folder / "polygons.fgb",
        report=folder / "report.html",
        maps=tuple(maps),
    )
    provenance = Provenance(
        process="marscd:monitorarea",
        inputs=[e.product_id for e in series.epochs],
        parameters={"pairs": [[m.before, m.after] for m in maps], "threshold": maps[0].threshold},
        model=model.card.name,
        model_sha256=model.sha256,
        device=model.device,
    )
    first, second, third, last = parts(progress, 4, 4, 1, 1)
    highest_probability(maps, outcome.probability, provenance, first)
    union_of_masks(maps, outcome.mask, provenance, second)
    all_polygons(maps, outcome.polygons, third)
    notes = ["How well the epochs lie on each other: series/report.html."]
    notes += [f"{product} was left out: {reason}." for product, reason in series.refused]
    write_change_report(outcome.report, maps, series=series, notes=notes)
    last.report(1.0, f"The report is {outcome.report}")
    return outcome
