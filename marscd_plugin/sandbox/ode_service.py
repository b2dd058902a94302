"""ODE REST over a sandbox archive: queries in, the recorded replies' shape out."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .names import Layout
from .ode_query import BadQueryError, ProductQuery, read_query
from .ode_reply import JSON_TYPE, XML_TYPE, as_json, as_xml, collapse
from .record import STORED_ROOT

log = logging.getLogger(__name__)

NOTHING = "No Products Found"
#: What ``results`` without ``m`` still holds.
_IDS = ("pdsid", "ihid", "iid", "pt")
_P_KEYS = (*_IDS, "Data_Set_Id", "PDSVolume_Id")
_ECHOED = (
    "output", "query", "results", "odemetadb", "ihid", "iid", "pt", "target", "minlat", "maxlat", "westernlon",
    "easternlon",
    "loc", "minobtime", "maxobtime", "pdsid", "odeid", "limit", "offset",
)  # fmt: skip
_ALIASES = {"westlon": "westernlon", "eastlon": "easternlon", "productid": "pdsid"}
_UPPER = ("output", "query", "results")


@dataclass(frozen=True)
class Answer:
    """A finished body and its content type. ODE's errors come as HTTP 200 too."""

    body: bytes
    content_type: str


class OdeService:
    """Answers queries over the records in ``layout``; products published while it runs are found at once."""

    def __init__(self, layout: Layout, hirise_root: str, others: Mapping[str, str] | None = None) -> None:
        """``hirise_root`` is this server's ``/PDS`` address: it takes the place of the archive's host in all URLs.

        ``others`` are further roots as they are stored, with this server's address of each.
        """
        self._layout, self._root = layout, hirise_root.rstrip("/")
        self._roots = {STORED_ROOT: self._root, **(others or {})}
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[tuple[int, int], dict[str, Any]]] = {}

    def answer(self, parameters: Iterable[tuple[str, str]]) -> Answer:
        """The reply to a query string's parameters."""
        started = time.perf_counter()
        given = {key.lower(): value.strip() for key, value in parameters}
        # XML is what comes where output is missing.
        wants_json = given.get("output", "").lower() in ("json", "j")
        try:
            tree = self._tree(given, started)
        except BadQueryError as error:
            tree = {"Status": "ERROR", "Error": str(error)}
        return Answer(as_json(tree), JSON_TYPE) if wants_json else Answer(as_xml(tree), XML_TYPE)

    def _tree(self, given: Mapping[str, str], started: float) -> dict[str, Any]:
        kind = given.get("query", "").lower()
        if kind in ("product", "products"):
            return self._products(given, started)
        if kind == "product_files":
            return self._product_files(given, started)
        if kind == "iipt":
            return {
                "Status": "Success",
                "QuerySummary": _summary(given, started),
                "IIPTSets": {"IIPTSet": self._iipt()},
            }
        if not kind:
            raise BadQueryError("Missing query parameter")
        if kind in ("ihostii", "featureclasses", "featurenames", "featuredata", "thumbnail", "browse"):
            raise BadQueryError(f"The MarsCD sandbox does not answer query={kind}")
        raise BadQueryError(f"Invalid query: {given['query']}")

    def _products(self, given: Mapping[str, str], started: float) -> dict[str, Any]:
        query = read_query(given)
        hits = [record for record in self.records() if query.holds(record)]
        tree: dict[str, Any] = {"Count": str(len(hits))} if "c" in query.results else {}
        tree |= {"Status": "Success", "QuerySummary": _summary(given, started)}
        if query.results != {"c"}:
            page = hits[query.offset - 1 : query.offset - 1 + query.limit]
            shown = [self._shown(record, query) for record in page]
            tree["Products"] = {"Product": collapse(shown)} if shown else NOTHING
        return tree

    def _product_files(self, given: Mapping[str, str], started: float) -> dict[str, Any]:
        query = read_query(given)
        if not (query.patterns or query.ode_ids):
            raise BadQueryError("Missing pdsid")
        files = [file for r in self.records() if query.holds(r) for file in r["Product_files"]["Product_file"]]
        tree = {"Status": "Success", "QuerySummary": _summary(given, started)}
        return tree | {"Product_files": {"Product_file": collapse(files)} if files else NOTHING}

    def _shown(self, record: dict[str, Any], query: ProductQuery) -> dict[str, Any]:
        letters = query.results
        if "m" in letters:
            shown = {key: value for key, value in record.items() if key not in ("Product_files", "ode_id")}
        else:
            shown = {key: record[key] for key in (_P_KEYS if "p" in letters else _IDS)}
        if "o" in letters:
            shown = {"ode_id": record["ode_id"], **shown}
        if "l" in letters:
            shown["label"] = {"Line": self._label_lines(record)}
        if "f" in letters:
            files = record["Product_files"]["Product_file"]
            shown["Product_files"] = {"Product_file": collapse(files)}
        return shown

    def _label_lines(self, record: Mapping[str, Any]) -> list[str]:
        path = self._layout.pds / record["LabelURL"].removeprefix(self._root + "/")
        try:
            return path.read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return []

    def _iipt(self) -> Any:
        kinds: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for record in self.records():
            kinds.setdefault((record["ihid"], record["iid"], record["pt"]), []).append(record)
        sets = []
        for (ihid, iid, pt), records in sorted(kinds.items()):
            orbits = [int(r["Start_orbit_number"]) for r in records]
            times = sorted(r["Observation_time"] for r in records)
            sets.append(
                {
                    "ODEMetaDB": "mars", "IHID": ihid, "IHName": "Mars Reconnaissance Orbiter", "IID": iid,
                    "IName": "High Resolution Imaging Science Experiment", "PT": pt,
                    "PTName": "Reduced Data Record with Embedded Map Projection",
                    "DataSetId": records[0]["Data_Set_Id"],
                    "NumberProducts": str(len(records)), "ValidTargets": {"ValidTarget": "MARS"},
                    "ValidFootprints": "T",
                    "MinOrbit": str(min(orbits)), "MaxOrbit": str(max(orbits)),
                    "MinObservationTime": times[0], "MaxObservationTime": times[-1],
                }
            )  # fmt: skip
        return collapse(sets)

    def records(self) -> list[dict[str, Any]]:
        """All records by orbit and product id, with this server's URLs; a file is read again only when it changed."""
        with self._lock:
            seen: dict[Path, tuple[tuple[int, int], dict[str, Any]]] = {}
            for path in sorted(self._layout.records.glob("*.json")):
                try:
                    status = path.stat()
                    stamp = (status.st_mtime_ns, status.st_size)
                    known = self._read.get(path)
                    if known is not None and known[0] == stamp:
                        seen[path] = known
                        continue
                    text = path.read_text(encoding="utf-8")
                    for stored, ours in self._roots.items():
                        text = text.replace(stored, ours)
                    record = json.loads(text)
                    seen[path] = (stamp, record)
                    _ = record["pdsid"], int(record["Start_orbit_number"])
                except (OSError, ValueError, KeyError, TypeError) as error:
                    log.warning("%s is not an ODE record (%s)", path, error)
                    seen.pop(path, None)
            self._read = seen
            found = [record for _, record in seen.values()]
        return sorted(found, key=lambda r: (int(r["Start_orbit_number"]), r["pdsid"]))


def _summary(given: Mapping[str, str], started: float) -> dict[str, str]:
    """The query as the service echoes it: aliases in their long names, some values in capitals."""
    named = {_ALIASES.get(key, key): value for key, value in given.items()}
    now = datetime.now(timezone.utc)
    summary = {"Date": now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}"}
    for key in _ECHOED:
        if named.get(key):
            summary[key] = named[key].upper() if key in _UPPER else named[key]
    summary.setdefault("output", "XML")
    summary["Query_Elapsed_Time"] = f"00:00:{time.perf_counter() - started:010.7f}"
    return summary
