"""CTX names, volumes and addresses.

A product is ``P16_007361_1800_XN_00S000W``: phase and cycle, orbit, target code (any four digits: HiRISE's half degrees
do not hold), command mode, and a place whose longitude counts to the *west*. Its volume (``mrox_0433``) is not in the
name: ODE and the cumulative index know it.

The archive has raw images only. ASU calibrates and projects one when it is asked for: slow to begin, without a length,
not to be continued where it broke off; its label lies beside it, for a simple cylindrical map (``.scyl``) or, at the
poles, a stereographic one (``.ps``). Which of the two there is shows only when it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from ..common.errors import InputError
from ..common.words import RemoteFile
from .addresses import name_in

_ID = re.compile(r"((?:[A-Z][0-9]{2})|MOI|CRU)_([0-9]{6})_([0-9]{4})_X([IN])_([0-9]{2})([NS])([0-9]{3})W")
_VOLUME = re.compile(r"mrox_[0-9]{4}")
_IN_URL = re.compile(r"/(mrox_[0-9]{4})/", re.IGNORECASE)
#: Hosts that ODE still names and that are gone: their files moved to the imaging node's present tree.
GONE = ("pds-imaging.jpl.nasa.gov", "pdsimage2.wr.usgs.gov", "pdsimage.wr.usgs.gov")
#: Above this latitude the polar label is asked for first.
_POLAR = 65.0
_LABELS = (".scyl.isis.hdr", ".ps.isis.hdr")
_ON_DISK = ".isis.hdr"


@dataclass(frozen=True, order=True)
class CtxId:
    """One raw image. ``latitude`` and ``longitude`` are the name's whole degrees, turned east-positive."""

    product_id: str
    orbit: int
    target: int
    latitude: int
    longitude: int


def parse_id(text: str) -> CtxId:
    """Read a product id, in any case. Raises InputError for anything else, paths above all."""
    name = text.strip().upper()
    match = _ID.fullmatch(name) if len(name) < 40 and name.isascii() else None
    if match is None:
        raise InputError(f"{text[:60]!r} is not a CTX id.", "Write it like P16_007361_1800_XN_00S000W.")
    latitude = int(match[5]) * (1 if match[6] == "N" else -1)
    east = (180 - int(match[7])) % 360 - 180
    return CtxId(name, int(match[2]), int(match[3]), latitude, east)


def volume_of(*texts: str) -> str:
    """``mrox_NNNN`` from the first text that is a volume's id or an address inside one; "" where none is."""
    for text in texts:
        name = text.strip().lower()
        if _VOLUME.fullmatch(name):
            return name
        found = _IN_URL.search(text)
        if found:
            return found[1].lower()
    return ""


def raw_url(root: str, volume: str, product_id: str) -> str:
    """Address of the raw image below the CTX root (``https://.../mro/ctx``)."""
    return f"{root.rstrip('/')}/{volume}/data/{product_id}.IMG"


def stream_url(root: str, volume: str, name: str) -> str:
    """Address of one file of ASU's stream: the TIFF, or a label."""
    place = "prj_full" if name.endswith((".tiff", ".jp2")) else "stage"
    return f"{root.rstrip('/')}/{quote(name)}?image=/mars/images/ctx/{volume}/{place}/{quote(name)}"


def stream_files(root: str, volume: str, product_id: str, latitude: float) -> tuple[RemoteFile, RemoteFile]:
    """The projected image and the label that is likelier there, made on demand."""
    image = f"{product_id}.tiff"
    label = product_id + _LABELS[abs(latitude) > _POLAR]
    return (
        RemoteFile(stream_url(root, volume, image), image, "image", stream=True),
        RemoteFile(stream_url(root, volume, label), f"{product_id}{_ON_DISK}", "label", stream=True),
    )


def name_on_disk(url: str) -> str:
    """The file name that an address stands for. The stream's labels have one name, whichever of the two it is."""
    name = name_in(url)
    if is_stream(url):
        for ending in _LABELS:
            name = name.removesuffix(ending) + _ON_DISK if name.endswith(ending) else name
    return name


def other_label(url: str) -> str:
    """The address of the same product's label of the other projection; "" for an address that is no such label."""
    name = name_in(url)
    for ending, other in (_LABELS, _LABELS[::-1]):
        if name.endswith(ending):
            return url.replace(name, name.removesuffix(ending) + other)
    return ""


def is_stream(url: str) -> bool:
    """Whether an address is one of ASU's stream: made on demand."""
    return "?image=/mars/images/ctx/" in url


def index_url(root: str, volume: str) -> str:
    """Address of a volume's cumulative index; the newest volume's is of all."""
    return f"{root.rstrip('/')}/{volume}/index/cumindex.tab"
