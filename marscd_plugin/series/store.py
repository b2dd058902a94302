"""A series on disk: a STAC 1.1 catalogue with a collection, one item and one COG an epoch, all hrefs relative.

Plain JSON, written and read here: nothing but the standard library is needed to open a series. Files depend only on
their inputs (no time of writing), so running again writes the same bytes. Longitudes and latitudes in GeoJSON parts
are planetocentric degrees on Mars; the ``ssys`` extension says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ..common.errors import InputError
from ..common.files import safe_name, write_json
from ..common.words import Epoch, Grid, Pair, Registration, Series
from ..planet.seasons import parse_utc
from .basetie import BaseTie, tie_of
from .loops import Loop, loop_of
from .masks import BITS
from .stacjson import (
    COG,
    PROJECTION,
    SSYS,
    STAC,
    VIEW,
    grid_json,
    grid_of,
    place,
    projection_json,
    ties_json,
    ties_of,
    utc,
)
from .ties import TiePoints

COLLECTION_ID = "marscd-series"
TIE_POINTS = "tie_points.fgb"
REPORT = "report.html"
_MAX_JSON = 16 << 20
_MAX_EPOCHS = 10_000


@dataclass(frozen=True)
class Stored:
    """What a folder holds: the series and, for each refusal, the key of what it was tried with; loops and base map."""

    series: Series
    refused_keys: Mapping[str, str]
    loops: tuple[Loop, ...] = ()
    base: BaseTie | None = None


def epoch_paths(folder: Path, product_id: str) -> tuple[Path, Path]:
    """(item, COG) of an epoch."""
    name = safe_name(product_id)
    return folder / "epochs" / f"{name}.json", folder / "epochs" / f"{name}.tif"


def mask_path(epoch: Epoch) -> Path:
    """The mask of an epoch (bits of ``masks.BITS``), which series built by earlier versions lack."""
    return epoch.raster.parent.parent / "masks" / epoch.raster.name


def write_item(
    folder: Path, epoch: Epoch, grid: Grid, key: str, extra: Mapping[str, Any], ties: TiePoints | None = None
) -> None:
    """Write an epoch's STAC item beside its COG, and its tie points. The item comes last: it makes the epoch whole.

    Its mask is named where it is there.
    """
    item, cog = epoch_paths(folder, epoch.product_id)
    geometry, box = place(grid)
    registration = asdict(epoch.registration) if epoch.registration else None
    properties: dict[str, Any] = {
        "datetime": utc(epoch.time),
        "ssys:targets": ["Mars"],
        "marscd:mars_year": epoch.mars_year,
        "marscd:solar_longitude": epoch.solar_longitude,
        "marscd:valid_fraction": epoch.valid_fraction,
        "marscd:incidence": epoch.incidence,
        "marscd:emission": epoch.emission,
        "marscd:phase": epoch.phase,
        "marscd:sub_solar_azimuth": epoch.sub_solar_azimuth,
        "marscd:registration": registration,
        "marscd:grid": grid_json(grid),
        "marscd:key": key,
        **extra,
    }
    extensions = [SSYS]
    if epoch.sub_solar_azimuth is not None and epoch.incidence is not None:
        # view's own incidence angle is that of the line of sight: what planetary science calls emission.
        properties["view:sun_azimuth"] = epoch.sub_solar_azimuth
        properties["view:sun_elevation"] = 90.0 - epoch.incidence
        if epoch.emission is not None:
            properties["view:incidence_angle"] = epoch.emission
        extensions.append(VIEW)
    kept = {k: v for k, v in properties.items() if v is not None}
    if grid.crs:
        kept |= projection_json(grid)
        extensions.append(PROJECTION)
    record: dict[str, Any] = {
        "type": "Feature",
        "stac_version": STAC,
        "stac_extensions": extensions,
        "id": epoch.product_id,
        "geometry": geometry,
        **({"bbox": box} if box else {}),
        "properties": kept,
        "collection": COLLECTION_ID,
        "links": [
            {"rel": "root", "href": "../catalog.json", "type": "application/json"},
            {"rel": "parent", "href": "../collection.json", "type": "application/json"},
            {"rel": "collection", "href": "../collection.json", "type": "application/json"},
        ],
        "assets": {"image": {"href": f"./{cog.name}", "type": COG, "roles": ["data"], "title": epoch.product_id}},
    }
    mask = mask_path(epoch)
    if mask.is_file():
        record["assets"]["mask"] = {
            "href": f"../masks/{mask.name}", "type": COG, "roles": ["data-mask"], "title": "what a pixel is fit for",
            "marscd:bits": BITS,
        }  # fmt: skip
    if ties is not None:
        side = _ties_path(item)
        write_json(side, ties_json(ties))
        record["assets"]["tie-points"] = {"href": f"./{side.name}", "type": "application/json", "roles": ["metadata"]}
    write_json(item, record)


def write_catalogue(stored: Stored) -> None:
    """Write collection and catalogue over the items that are there. The catalogue comes last."""
    series = stored.series
    _, box = place(series.grid)
    times = [e.time for e in series.epochs]
    collection = {
        "type": "Collection",
        "stac_version": STAC,
        "stac_extensions": [SSYS],
        "id": COLLECTION_ID,
        "title": "MarsCD series",
        "description": f"{len(series.epochs)} epochs of one place on Mars, registered to {series.reference}.",
        "license": "other",
        "ssys:targets": ["Mars"],
        "extent": {
            "spatial": {"bbox": [box or [-180.0, -90.0, 180.0, 90.0]]},
            "temporal": {"interval": [[utc(min(times)), utc(max(times))]]},
        },
        "marscd:reference": series.reference,
        "marscd:grid": grid_json(series.grid),
        "marscd:pairs": [asdict(p) | {"reasons": list(p.reasons)} for p in series.pairs],
        "marscd:refused": [
            {"id": name, "reason": reason, "key": stored.refused_keys.get(name, "")} for name, reason in series.refused
        ],
        "marscd:closure": [loop.as_json() for loop in stored.loops],
        **({"marscd:base": stored.base.as_json()} if stored.base is not None else {}),
        "links": [
            {"rel": "root", "href": "./catalog.json", "type": "application/json"},
            {"rel": "parent", "href": "./catalog.json", "type": "application/json"},
            *(
                {"rel": "item", "href": f"./epochs/{safe_name(e.product_id)}.json", "type": "application/geo+json"}
                for e in series.epochs
            ),
        ],
    }
    assets = {}
    for name, title, kind in (
        (REPORT, "How well the epochs lie on each other", "text/html"),
        (TIE_POINTS, "Tie points of all epochs", "application/vnd.flatgeobuf"),
    ):
        if (series.folder / name).is_file():
            role = {"href": f"./{name}", "type": kind, "title": title, "roles": ["metadata"]}
            assets[name.split(".")[0].replace("_", "-")] = role
    if assets:
        collection["assets"] = assets
    write_json(series.folder / "collection.json", collection)
    write_json(
        series.folder / "catalog.json",
        {
            "type": "Catalog",
            "stac_version": STAC,
            "id": "marscd",
            "description": "A time series made by MarsCD.",
            "links": [
                {"rel": "root", "href": "./catalog.json", "type": "application/json"},
                {"rel": "child", "href": "./collection.json", "type": "application/json"},
            ],
        },
    )


def read_store(folder: Path | str) -> Stored:
    """Read a series' folder. Raises InputError where it is none, damaged, or points outside itself."""
    folder = Path(folder)
    if not (folder / "catalog.json").is_file():
        raise InputError(f"{folder} holds no series (no catalog.json).", "Choose a folder that buildseries has made.")
    try:
        _read(folder / "catalog.json")
        collection = _read(folder / "collection.json")
        links = [link["href"] for link in collection["links"] if link["rel"] == "item"]
        if len(links) > _MAX_EPOCHS:
            raise InputError(f"{folder} lists more than {_MAX_EPOCHS} epochs.", "Build the series again.")
        epochs = []
        grid = grid_of(collection["marscd:grid"])
        for href in links:
            item_path = inside(folder, folder, href)
            item = _read(item_path)
            epoch = _epoch(folder, item_path, item)
            if grid_of(item["properties"]["marscd:grid"]) != grid:
                raise InputError(f"{item_path} lies on another grid than its series.", "Build the series again.")
            epochs.append(epoch)
        pairs = tuple(
            Pair(str(p["before"]), str(p["after"]), float(p["score"]), tuple(map(str, p["reasons"])))
            for p in collection["marscd:pairs"]
        )
        refused = [(str(r["id"]), str(r["reason"]), str(r["key"])) for r in collection["marscd:refused"]]
        reference = str(collection["marscd:reference"])
        loops = tuple(loop_of(v) for v in collection.get("marscd:closure", ()))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{folder} holds a damaged series ({error!r}).", "Build the series again.") from error
    epochs.sort(key=lambda e: (e.time, e.product_id))
    series = Series(folder, grid, reference, tuple(epochs), pairs, tuple((n, r) for n, r, _ in refused))
    return Stored(series, {n: k for n, _, k in refused}, loops, tie_of(collection.get("marscd:base")))


def read_base(folder: Path) -> BaseTie | None:
    """How an earlier run tied this series to a base map; None where it did not, or nothing can be read."""
    try:
        return tie_of(_read(folder / "collection.json").get("marscd:base"))
    except InputError:
        return None


def read_loops(folder: Path) -> tuple[Loop, ...]:
    """The loops an earlier run closed; empty where nothing can be read."""
    try:
        return tuple(loop_of(v) for v in _read(folder / "collection.json").get("marscd:closure", ()))
    except (InputError, KeyError, TypeError, ValueError, AttributeError):
        return ()


def read_refused(folder: Path, grid: Grid) -> dict[str, tuple[str, str]]:
    """Product id -> (reason, key) of what an earlier run on this grid refused; empty where nothing can be read."""
    try:
        collection = _read(folder / "collection.json")
        if grid_of(collection["marscd:grid"]) != grid:
            return {}
        return {str(r["id"]): (str(r["reason"]), str(r["key"])) for r in collection["marscd:refused"]}
    except (InputError, KeyError, TypeError, ValueError, AttributeError):
        return {}


def read_item(folder: Path, product_id: str, grid: Grid) -> tuple[Epoch, str] | None:
    """An epoch that an earlier run finished on this grid, with its key; None where there is none, or it is damaged."""
    path, cog = epoch_paths(folder, product_id)
    if not (path.is_file() and cog.is_file()):
        return None
    try:
        item = _read(path)
        if grid_of(item["properties"]["marscd:grid"]) != grid:
            return None
        mask = item["assets"].get("mask")
        if mask is not None:
            inside(folder, path.parent, mask["href"])
        return _epoch(folder, path, item), str(item["properties"]["marscd:key"])
    except (InputError, KeyError, TypeError, ValueError, AttributeError):
        return None


def read_extra(folder: Path, product_id: str) -> dict[str, Any]:
    """What an epoch's item says in fields of our own, without their prefix; empty where it cannot be read."""
    try:
        properties = _read(epoch_paths(folder, product_id)[0])["properties"]
        return {k.removeprefix("marscd:"): v for k, v in properties.items() if k.startswith("marscd:")}
    except (InputError, KeyError, AttributeError):
        return {}


def forget(folder: Path, product_id: str) -> None:
    """Take an epoch's files away: the item first, so that nothing names what is gone."""
    item, cog = epoch_paths(folder, product_id)
    for path in (item, _ties_path(item), cog, folder / "masks" / cog.name):
        path.unlink(missing_ok=True)


def read_ties(folder: Path, product_id: str) -> TiePoints | None:
    """An epoch's tie points, or None where there are none (the reference), or they cannot be read."""
    path = _ties_path(epoch_paths(folder, product_id)[0])
    if not path.is_file():
        return None
    try:
        return ties_of(_read(path))
    except (InputError, KeyError, TypeError, ValueError):
        return None


def _ties_path(item: Path) -> Path:
    return item.with_name(f"{item.stem}.ties.json")


def inside(folder: Path, base: Path, href: str) -> Path:
    """The file a relative href names. Raises InputError unless it stays inside ``folder``, links followed."""
    plain = PurePosixPath(href)
    path = base / Path(*plain.parts)
    if (
        plain.is_absolute()
        or ":" in href
        or "\\" in href
        or "\x00" in href
        or not path.resolve().is_relative_to(folder.resolve())
    ):
        raise InputError(f"{folder} points outside itself ({href!r}).", "Do not use this series; build it again.")
    if not path.is_file():
        raise InputError(f"{path} is missing.", "Build the series again: it makes only what is missing.")
    return path


def _epoch(folder: Path, path: Path, item: Mapping[str, Any]) -> Epoch:
    properties = item["properties"]
    registration = properties.get("marscd:registration")

    def number(name: str) -> float | None:
        value = properties.get(f"marscd:{name}")
        return None if value is None else float(value)

    return Epoch(
        product_id=str(item["id"]),
        raster=inside(folder, path.parent, item["assets"]["image"]["href"]),
        time=parse_utc(properties["datetime"]),
        mars_year=int(properties["marscd:mars_year"]),
        solar_longitude=float(properties["marscd:solar_longitude"]),
        valid_fraction=float(properties["marscd:valid_fraction"]),
        registration=Registration(**registration) if registration else None,
        incidence=number("incidence"),
        emission=number("emission"),
        phase=number("phase"),
        sub_solar_azimuth=number("sub_solar_azimuth"),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_JSON:
            raise InputError(f"{path} is too large for a catalogue.", "Build the series again.")
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} cannot be read ({error}).", "Build the series again.") from error
    if not isinstance(value, dict):
        raise InputError(f"{path} is no STAC object.", "Build the series again.")
    return value
