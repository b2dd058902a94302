"""A STAC API over a sandbox archive, as stac-server answers: item search by POST and GET, pages, collections.

Next links of a POST search carry their whole body and name the backing host that the real service names, which is not
this server: a client must go on at the address that it was given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from osgeo import ogr

from ..common.rasters import gdal_quiet
from .ard import COLLECTION, CogMaker, item_of
from .names import Layout

#: The host behind the real service, as recorded in a reply of 2026.
BACKING = "https://3hr5l9mbj6.execute-api.us-west-2.amazonaws.com/prod"
DEFAULT_LIMIT = 10
MOST = 10_000
_TYPE = "application/geo+json; charset=utf-8"
_LONGEST_BODY = 1 << 20


@dataclass(frozen=True)
class StacAnswer:
    """Status, body and content type."""

    status: int
    body: bytes
    content_type: str = _TYPE


class _BadRequestError(Exception):
    """A search that cannot be carried out."""


class StacService:
    """Answers below ``/api``; ``records`` gives the ODE records of the moment."""

    def __init__(
        self, layout: Layout, records: Callable[[], list[dict[str, Any]]], api_root: str, files_root: str
    ) -> None:
        self._records, self._api, self._files = records, api_root.rstrip("/"), files_root.rstrip("/")
        self.cogs = CogMaker(layout)

    def answer(self, method: str, path: str, query: Iterable[tuple[str, str]], body: bytes = b"") -> StacAnswer:
        """The reply to a request below ``/api``; ``path`` begins with a slash or is empty."""
        # The real service knows no address that ends with a slash.
        if path.endswith("/") and path != "/":
            return _json(404, {"code": "NotFound", "description": "Not Found"})
        try:
            if path in ("", "/"):
                return _json(200, self._landing())
            if path == "/collections":
                return _json(200, {"collections": [self._collection()], "links": []})
            if path == f"/collections/{COLLECTION}":
                return _json(200, self._collection())
            if path == f"/collections/{COLLECTION}/items" and method == "GET":
                return self._search({**_from_query(query), "collections": [COLLECTION]}, "GET", path)
            if path == "/search":
                asked = _from_body(body) if method == "POST" else _from_query(query)
                return self._search(asked, method, path)
        except _BadRequestError as error:
            return _json(400, {"code": "BadRequest", "description": str(error)})
        return _json(404, {"code": "NotFound", "description": "Not Found"})

    def prepare(self, path: str) -> None:
        """Make the files of an item before ``path`` (below ``/ard``) is looked for; nothing where there is no such."""
        name = path.rsplit("/", 1)[0].rsplit("/", 1)[-1]
        for record in self._hirise():
            if record["pdsid"] == name:
                self.cogs.ensure(name, record)

    # -- search -----------------------------------------------------------------------------------------------------

    def _search(self, asked: dict[str, Any], method: str, path: str) -> StacAnswer:
        shape = _shape(asked)
        limit = _limit(asked.get("limit", DEFAULT_LIMIT))
        collections, ids = asked.get("collections"), asked.get("ids")
        hits = []
        for record in self._hirise():
            item = item_of(record, self._files, BACKING)
            if collections and COLLECTION not in collections:
                continue
            if ids and item["id"] not in ids:
                continue
            if shape is not None and not _geometry(item["geometry"]).Intersects(shape):
                continue
            if not _dated(item["properties"]["datetime"], asked.get("datetime")):
                continue
            hits.append(item)
        # Newest first, then by id, as stac-server sorts; the token names the last one of the page before.
        hits.sort(key=lambda i: i["id"])
        hits.sort(key=lambda i: i["properties"]["datetime"], reverse=True)
        tokens = [f"{i['properties']['datetime']},{i['id']},{COLLECTION}" for i in hits]
        first = 0
        if token := asked.get("next"):
            if token not in tokens:
                raise _BadRequestError("next is no token of this search")
            first = tokens.index(token) + 1
        page = hits[first : first + limit]
        links: list[dict[str, Any]] = [{"rel": "root", "type": "application/json", "href": BACKING}]
        if first + limit < len(hits):
            links.insert(0, _next_link(asked, method, path, tokens[first + limit - 1]))
        return _json(
            200,
            {
                "type": "FeatureCollection", "stac_version": "1.0.0", "stac_extensions": [],
                "context": {"limit": limit, "matched": len(hits), "returned": len(page)},
                "numberMatched": len(hits), "numberReturned": len(page), "features": page, "links": links,
            },
        )  # fmt: skip

    def _hirise(self) -> list[dict[str, Any]]:
        return [r for r in self._records() if r.get("iid") == "HIRISE" and r.get("pt") == "RDRV11"]

    def _landing(self) -> dict[str, Any]:
        core = "https://api.stacspec.org/v1.0.0"
        return {
            "type": "Catalog", "id": "marscd-sandbox", "stac_version": "1.0.0",
            "description": "A MarsCD sandbox: simulated or published images, not the USGS's archive.",
            "conformsTo": [f"{core}/core", f"{core}/collections", f"{core}/item-search", f"{core}/ogcapi-features"],
            "links": [
                {"rel": "self", "type": "application/json", "href": BACKING},
                {"rel": "root", "type": "application/json", "href": BACKING},
                {"rel": "data", "type": "application/json", "href": f"{BACKING}/collections"},
                {"rel": "search", "method": "GET", "type": "application/geo+json", "href": f"{BACKING}/search"},
                {"rel": "search", "method": "POST", "type": "application/geo+json", "href": f"{BACKING}/search"},
            ],
        }  # fmt: skip

    def _collection(self) -> dict[str, Any]:
        return {
            "type": "Collection", "id": COLLECTION, "stac_version": "1.0.0", "license": "CC0-1.0",
            "description": "HiRISE images in a sandbox, not controlled to one another.", "ssys:targets": ["Mars"],
            "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}},
            "links": [{"rel": "root", "type": "application/json", "href": BACKING}],
        }  # fmt: skip


def _json(status: int, value: Any) -> StacAnswer:
    kind = _TYPE if isinstance(value, Mapping) and value.get("type") == "FeatureCollection" else "application/json"
    return StacAnswer(status, json.dumps(value).encode("utf-8"), kind)


def _next_link(asked: dict[str, Any], method: str, path: str, token: str) -> dict[str, Any]:
    if method == "POST":
        return {
            "rel": "next", "title": "Next page of Items", "method": "POST", "type": "application/geo+json",
            "href": f"{BACKING}{path}", "merge": False, "body": {**asked, "next": token},
        }  # fmt: skip
    parameters = {k: ",".join(map(str, v)) if isinstance(v, list) else v for k, v in asked.items()}
    if isinstance(parameters.get("intersects"), dict):
        parameters["intersects"] = json.dumps(parameters["intersects"])
    if path.startswith("/collections/"):
        parameters.pop("collections")
    return {
        "rel": "next", "title": "Next page of Items", "method": "GET", "type": "application/geo+json",
        "href": f"{BACKING}{path}?{urlencode({**parameters, 'next': token})}",
    }  # fmt: skip


def _from_body(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body[:_LONGEST_BODY] or b"{}")
    except ValueError as error:
        raise _BadRequestError("Invalid JSON") from error
    if not isinstance(asked, dict):
        raise _BadRequestError("Invalid body")
    return asked


def _from_query(query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    asked: dict[str, Any] = dict(query)
    try:
        if "bbox" in asked:
            asked["bbox"] = [float(v) for v in asked["bbox"].split(",")]
        if "intersects" in asked:
            asked["intersects"] = json.loads(asked["intersects"])
    except ValueError as error:
        raise _BadRequestError("Invalid bbox or intersects") from error
    for key in ("collections", "ids"):
        if key in asked:
            asked[key] = asked[key].split(",")
    return asked


def _limit(value: Any) -> int:
    try:
        limit = int(value)
    except (TypeError, ValueError) as error:
        raise _BadRequestError("Invalid limit") from error
    if limit < 1:
        raise _BadRequestError("Invalid limit value, must be between 1 and 10000 inclusive")
    return min(limit, MOST)


def _shape(asked: Mapping[str, Any]) -> Any:
    if "bbox" in asked and "intersects" in asked:
        raise _BadRequestError("Expected bbox OR intersects, not both")
    if "intersects" in asked:
        shape = _geometry(asked["intersects"])
        if shape is None:
            raise _BadRequestError("Invalid intersects")
        return shape
    if "bbox" not in asked:
        return None
    box = asked["bbox"]
    if not (isinstance(box, list) and len(box) == 4 and all(isinstance(v, (int, float)) for v in box)):
        raise _BadRequestError("Invalid bbox, must have 4 or 6 points")
    west, south, east, north = box
    # The real service's index refuses a box without an inside.
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise _BadRequestError("Invalid bbox")
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return _geometry({"type": "Polygon", "coordinates": [ring]})


def _geometry(value: Any) -> Any:
    with gdal_quiet():
        return ogr.CreateGeometryFromJson(json.dumps(value))


def _dated(moment: str, wanted: Any) -> bool:
    if not wanted:
        return True
    start, _, end = str(wanted).partition("/")
    end = end or start
    return (start in ("..", "") or start <= moment) and (end in ("..", "") or moment <= end)
