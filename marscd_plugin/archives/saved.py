"""Replies that somebody saved: ODE's own (JSON or XML), a single record, or what other clients made of them.

Understood beside ODE's replies are GeoJSON with ODE's keys as properties (npt writes it) and tables of ODE's search
page as JSON by column. All go through the readers that live replies go through.
"""

from __future__ import annotations

import json
from typing import Any

from ..common.errors import ArchiveError, MarscdError
from ..common.settings import Settings
from ..common.web import Reply
from ..common.words import Area, Observation
from ..planet.time import parse_utc
from . import crism, hirise, odectx, oderecord
from .filter import mars_season
from .ode import own_root
from .odereply import as_list, products_of, results_of, scalar

_MOST = 100_000
_KEPT = {"HIRISE": ("RDRV11",), "CTX": ("EDR",), "CRISM": ("MTRDR", "TER", "TRDR")}


def observations_in(body: bytes, settings: Settings | None = None) -> tuple[list[Observation], list[str]]:
    """What is in a saved reply, by time, and why the rest was left out, a line each.

    Raises ArchiveError for what is no reply at all, or one without products. A table without geometry gives empty
    footprints.
    """
    settings = settings or Settings()
    found: dict[str, Observation] = {}
    left: list[str] = []
    for record in _records(body)[:_MOST]:
        name = scalar(record, "pdsid", 100) or "a product without id"
        try:
            observation = _read(record, settings)
        except MarscdError as error:
            left.append(f"{name}: {error.what}")
            continue
        found[observation.product_id] = observation
    return sorted(found.values(), key=lambda o: (o.start_time, o.product_id)), left


def _read(record: dict[str, Any], settings: Settings) -> Observation:
    instrument, kind = scalar(record, "iid", 40).upper(), scalar(record, "pt", 40).upper()
    if kind not in _KEPT.get(instrument, ()):
        raise ArchiveError(f"{instrument or 'an unknown instrument'} {kind} is not what MarsCD searches.")
    if "footprint_unknown" in record:
        return _bare(record)
    if instrument == "HIRISE":
        return oderecord.observation_of(record, own_root(settings))
    if instrument == "CTX":
        return odectx.observation_of(record, settings)
    return crism.observation_of(record, settings)


def _bare(record: dict[str, Any]) -> Observation:
    """A HiRISE product of which a table says name and time only."""
    named = hirise.parse_id(scalar(record, "pdsid"))
    time = parse_utc(scalar(record, "Observation_time", 100))
    year, longitude = mars_season(time)
    return Observation(
        named.product_id, named.observation_id, "HIRISE", time, year, longitude, Area(()),
        hirise.remote_files(Settings.hirise_url, named), source="ODE", orbit=named.orbit,
    )  # fmt: skip


def _records(body: bytes) -> list[dict[str, Any]]:
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and "ODEResults" not in value:
        if "pdsid" in value:
            return [value]
        if value.get("type") == "FeatureCollection":
            return [_of_feature(f) for f in as_list(value.get("features")) if isinstance(f, dict)]
        if isinstance(value.get("PRODUCT_ID"), dict):
            return _of_columns(value)
    results = results_of(Reply(200, "https://saved.reply", {}, body))
    if "Products" not in results:
        features = results.get("Features")
        what = "named features of Mars" if isinstance(features, dict) else "no products"
        raise ArchiveError(f"The reply holds {what}, not observations.", "Save the reply to a query for products.")
    return products_of(results)


def _of_feature(feature: dict[str, Any]) -> dict[str, Any]:
    """npt's GeoJSON as the record it was made from."""
    given = feature.get("properties")
    record: dict[str, Any] = dict(given) if isinstance(given, dict) else {}
    record |= {"pdsid": record.get("id"), "iid": record.get("inst"), "pt": record.get("type")}
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Polygon":
        try:
            rings = [", ".join(f"{float(x)} {float(y)}" for x, y, *_ in ring) for ring in geometry["coordinates"]]
            record["Footprint_C0_geometry"] = "POLYGON (" + ", ".join(f"({ring})" for ring in rings) + ")"
        except (TypeError, ValueError, KeyError):
            record["Footprint_C0_geometry"] = ""
    listed = (("image_url", "Product", "PRODUCT DATA FILE"), ("label_url", "Product", "PRODUCT LABEL FILE"),
              ("browse_url", "Browse", "BROWSE"))  # fmt: skip
    record["Product_files"] = {
        "Product_file": [
            {"URL": record[key], "Type": kind, "Description": about}
            | ({"KBytes": record.get("image_kbytes")} if key == "image_url" else {})
            for key, kind, about in listed
            if record.get(key)
        ]
    }
    return record


def _of_columns(table: dict[str, Any]) -> list[dict[str, Any]]:
    """A table by column: {"PRODUCT_ID": {"370": ...}, ...}."""

    def cell(column: str, key: str) -> Any:
        found = table.get(column)
        return found.get(key) if isinstance(found, dict) else None

    return [
        {
            "pdsid": cell("PRODUCT_ID", key),
            "iid": cell("INSTRUMENT_ID", key),
            "pt": cell("ODE_TYPE_ABBREVIATION", key),
            "Observation_time": cell("OBSERVATION_TIME", key),
            "footprint_unknown": True,
        }
        for key in table["PRODUCT_ID"]
    ]
