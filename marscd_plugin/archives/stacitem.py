"""One STAC item of the USGS's analysis-ready data: which image it is, where, and which of its assets are which.

Addresses are the assets' own and never built: the buckets and folders have moved more than once. Two vocabularies are
in use; assets are told apart by what they are (media type, roles, name), and by their keys only where that is not
enough. ``datetime`` is when the item was made: no time of an image is read here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..common.errors import ArchiveError, InputError
from ..common.words import Area, RemoteFile
from ..planet.geometry import area_from_extent, area_from_polygons
from . import hirise
from .addresses import name_in, web_address

_CTX_ID = re.compile(r"[A-Z][0-9]{2}_[0-9]{6}_[0-9]{4}_X[IN]_[0-9]{2}[NS][0-9]{3}W")
_MOST_ASSETS = 60
_MOST_VERTICES = 100_000
#: Keys that name an image to compare, in both vocabularies, best first.
_IMAGE_KEYS = ("image", "orthoimage", "ortho image", "ortho", "ortho_image")
#: What is a TIFF and no image of the ground: heights and their by-products.
_NOT_IMAGES = re.compile(r"dem|dtm|hillshade|shade|err|qa|mask|slope|count|good", re.IGNORECASE)


@dataclass(frozen=True)
class ArdItem:
    """An item of ours: ``product_id`` names it and ``acquired_as`` is the product whose time and sun are its own."""

    product_id: str
    acquired_as: str
    observation_id: str
    instrument: str
    footprint: Area
    files: tuple[RemoteFile, ...]
    pixel_size: float | None

    @property
    def label(self) -> RemoteFile | None:
        """The label of the product that the image was made from."""
        return next((f for f in self.files if f.role == "label"), None)


def item_of(item: Mapping[str, Any]) -> ArdItem | None:
    """The item, or None where it is no image of HiRISE or CTX (a terrain model, a mosaic, another body).

    Raises ArchiveError naming the item where it is one that cannot be used.
    """
    name = _text(item.get("id"))
    properties = item.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    target = properties.get("ssys:targets")
    if isinstance(target, list) and target and "mars" not in [str(t).lower() for t in target]:
        return None
    identified = _identify(name)
    if identified is None:
        return None
    product, acquired, observation, instrument = identified
    files = _files(item.get("assets"), product)
    if not any(f.role == "image" for f in files):
        raise ArchiveError(f"{name} has no cloud-optimised image among its assets.", "It is left out.")
    # The size of a pixel that a stereo pair's item tells is its terrain model's, not its image's.
    pixel = _pixel(properties) if instrument == "HIRISE" else None
    return ArdItem(product, acquired, observation, instrument, _footprint(item, name), files, pixel)


def _identify(name: str) -> tuple[str, str, str, str] | None:
    """(product id, the product that it was acquired as, observation id, instrument)."""
    try:
        product = hirise.parse_id(name)
    except InputError:
        pair = _CTX_ID.findall(name)
        if len(pair) != 2 or not name.startswith(f"{pair[0]}__{pair[1]}"):
            return None
        # An orthoimage of a stereo pair shows its first image (ASP's left one), whose name comes first.
        return f"{pair[0]}__{pair[1]}", pair[0], pair[0], "CTX"
    if not product.colour:
        return None
    return product.product_id, product.product_id, product.observation_id, "HIRISE"


def _files(assets: Any, product: str) -> tuple[RemoteFile, ...]:
    """Image, label and browse image, each at most once, in that order; what else there is as ``other``."""
    if not isinstance(assets, Mapping):
        return ()
    roles: dict[str, RemoteFile] = {}
    others: list[RemoteFile] = []
    ranked = sorted(list(assets.items())[:_MOST_ASSETS], key=lambda a: _rank(str(a[0])))
    for key, asset in ranked:
        url = web_address(_text(asset.get("href"))) if isinstance(asset, Mapping) else ""
        name = name_in(url)
        if not url or not name:
            continue
        role = _role(str(key), asset, name)
        file = RemoteFile(url, name, role, _size(asset))
        # Another product's file must not be taken for this one's image or label.
        if role in ("image", "label") and not name.upper().startswith(product.upper().split("__")[0]):
            role = "other"
        if role != "other" and role not in roles:
            roles[role] = file
        else:
            others.append(RemoteFile(url, name, "other", file.size))
    return (*(roles[r] for r in ("image", "label", "browse") if r in roles), *others)


def _rank(key: str) -> int:
    key = key.lower()
    return _IMAGE_KEYS.index(key) if key in _IMAGE_KEYS else len(_IMAGE_KEYS)


def _role(key: str, asset: Mapping[str, Any], name: str) -> str:
    listed = asset.get("roles")
    roles = {str(r).lower() for r in listed} if isinstance(listed, list) else set()
    kind = _text(asset.get("type")).lower()
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in ("tif", "tiff") and "profile=cloud-optimized" in kind.replace(" ", ""):
        by_role = not roles or bool(roles & {"data", "visual", "reflectance"})
        told = key.lower() in _IMAGE_KEYS or not _NOT_IMAGES.search(key)
        return "image" if by_role and told else "other"
    if ending == "lbl":
        return "label"
    if ending in ("jpg", "jpeg") and (kind in ("", "image/jpeg") or "thumbnail" in roles):
        return "browse"
    return "other"


def _size(asset: Mapping[str, Any]) -> int | None:
    """The file extension's ``file:size``."""
    size = asset.get("file:size")
    return size if isinstance(size, int) and not isinstance(size, bool) and 0 < size < 1 << 44 else None


def _footprint(item: Mapping[str, Any], name: str) -> Area:
    geometry = item.get("geometry")
    try:
        if isinstance(geometry, Mapping):
            coordinates = geometry.get("coordinates")
            polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
            if geometry.get("type") in ("Polygon", "MultiPolygon") and isinstance(polygons, list):
                return area_from_polygons(_rings(polygons))
        box = item.get("bbox")
        if isinstance(box, list) and len(box) in (4, 6) and all(_finite(v) for v in box):
            half = len(box) // 2
            return area_from_extent(box[0], box[1], box[half], box[half + 1])
    except (InputError, ValueError, TypeError) as error:
        raise ArchiveError(f"{name} has a footprint that cannot be read.", "It is left out.") from error
    raise ArchiveError(f"{name} has no footprint.", "It is left out.")


def _rings(polygons: list[Any]) -> list[list[list[tuple[float, float]]]]:
    """Positions as plain pairs; a third number (a height) is dropped. Raises ValueError, TypeError."""
    made, count = [], 0
    for polygon in polygons:
        rings = []
        for ring in polygon:
            count += len(ring)
            if count > _MOST_VERTICES:
                raise ValueError("too many vertices")
            if not all(_finite(p[0]) and _finite(p[1]) for p in ring):
                raise ValueError("a coordinate is no number")
            rings.append([(float(p[0]), float(p[1])) for p in ring])
        made.append(rings)
    return made


def _pixel(properties: Mapping[str, Any]) -> float | None:
    value = properties.get("gsd")
    return float(value) if _finite(value) and 1e-3 <= value <= 1e5 else None  # type: ignore[operator,arg-type]


def _finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= 4000 else ""
