"""Is a file what its role says? Signatures and structure, before any reader touches it.

GDAL chooses a driver by content, not by name: a VRT named ``.jp2`` opens as a VRT and reads whatever it points at. So a
downloaded file is looked at here first, and then opened with its own driver only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from ..common.errors import ProductError
from .envi import MAX_HEADER_BYTES, check_envi_bytes, read_envi
from .isis import check_isis_bytes
from .jp2 import SIGNATURE, check_jp2
from .label import MAX_LABEL_BYTES, check_label_bytes, read_attached_label
from .tiff import check_tiff

_REMEDY = "Fetch it again from the archive; if it comes the same, the archive has a fault."
#: A header is a label, a raw image an image with its label attached.
_ROLES = {"image": "image", "raw": "image", "label": "label", "header": "label", "browse": "browse", "other": "other"}
#: How a file is named until it is whole.
_PART = ".part"


def check_file(path: Path | str, role: str) -> None:
    """Raise ProductError unless the file is whole and of its role: ``image``, ``label``, ``browse`` or ``other``, or
    ``raw`` (an image) or ``header`` (a label). A name that ends in ``.part`` counts without that.

    Images: JP2, TIFF, a PDS3 image with its label attached (CTX EDR), a raw ENVI cube (CRISM). Labels: PDS3, ENVI
    headers (.hdr) and ISIS labels (.isis.hdr).
    """
    path = Path(path)
    if role not in _ROLES:
        raise ValueError(f"unknown role {role!r}")
    role = _ROLES[role]
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(max(size - 1024, 0))
            tail = file.read(1024)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    if not head:
        raise ProductError(f"{path} is empty.", _REMEDY)
    if role == "image":
        _check_image(path, head, size)
    elif role == "label":
        _check_label(path, head)
    elif role == "browse":
        if not head.startswith(b"\xff\xd8\xff"):
            raise _wrong(path, head, "a JPEG browse image")
        if b"\xff\xd9" not in tail:
            raise ProductError(f"{path} is cut short: the JPEG has no end.", _REMEDY)
    elif kind_of(head) == "an HTML page":
        raise _wrong(path, head, "the file that was asked for")


def kind_of(head: bytes) -> str:
    """What the first bytes of a file look like, in words."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    for start, kind in (
        (SIGNATURE, "a JP2 image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"II+\0", "a TIFF image"),
        (b"MM\0+", "a TIFF image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"\x89PNG", "a PNG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format 3", "an SQLite database"),
    ):
        if head.startswith(start):
            return kind
    if text.startswith((b"<!doctype html", b"<html")) or b"<html" in text:
        return "an HTML page"
    if b"<vrtdataset" in text or b"<vrtraster" in text:
        return "a GDAL VRT"
    if text.startswith(b"<gdal_"):
        return "a GDAL service description"
    if text.startswith(b"<"):
        return "an XML document"
    if text.startswith((b"{", b"[")):
        return "a JSON document"
    if text.startswith((b"pds_version_id", b"ccsd")):
        return "a PDS label"
    if text.startswith(b"object = isiscube") or text.startswith(b"object=isiscube"):
        return "an ISIS label"
    if text.startswith(b"envi"):
        return "an ENVI header"
    if head and all(32 <= b < 127 or b in (9, 10, 13) for b in head[:256]):
        return "a text file"
    return "of no known kind"


def _named(path: Path) -> Path:
    """The name that the file will have once it is whole."""
    return path.with_name(path.name.removesuffix(_PART)) if path.name.endswith(_PART) else path


def _ending(path: Path) -> str:
    return _named(path).suffix.lower()


def _check_image(path: Path, head: bytes, size: int) -> None:
    kind = kind_of(head)
    if kind == "a JP2 image":
        check_jp2(path)
    elif kind == "a TIFF image":
        check_tiff(path)
        if _ending(path) in (".jp2", ".j2k"):
            raise _wrong(path, head, "a JP2 image")
    elif _ending(path) == ".img":
        _check_raw(path, head, kind, size)
    else:
        wanted = "a TIFF image" if _ending(path) in (".tif", ".tiff") else "a JP2 image"
        raise _wrong(path, head, wanted)


def _check_raw(path: Path, head: bytes, kind: str, size: int) -> None:
    """A PDS3 image with its label before it, or a raw cube: as long as label or header say."""
    if kind == "a PDS label":
        label = read_attached_label(path)
        wanted = label.need_number("RECORD_BYTES") * label.need_number("FILE_RECORDS")
        if size < wanted:
            raise ProductError(f"{path} is cut short: {size:,} bytes where {wanted:,.0f} are due.", _REMEDY)
    elif kind not in ("of no known kind", "a text file"):
        raise _wrong(path, head, "a raw image")
    else:
        header = next((p for e in (".hdr", ".HDR") if (p := _named(path).with_suffix(e)).is_file()), None)
        if header is not None:
            check_cube_size(path, read_envi(header), size)


#: ENVI's data types that occur, with GDAL's names and bytes.
ENVI_TYPES = {"1": 1, "2": 2, "3": 4, "4": 4, "5": 8, "12": 2, "13": 4}


def check_cube_size(path: Path, header: Mapping[str, str], size: int) -> tuple[int, int, int]:
    """(samples, lines, bands) of a header. Raises ProductError unless they are sane and the file holds as much."""
    try:
        shape = (int(header["samples"]), int(header["lines"]), int(header["bands"]))
        start, each = int(header.get("header offset", "0") or 0), ENVI_TYPES[header["data type"].strip()]
    except (KeyError, ValueError) as error:
        raise ProductError(f"The header of {path} does not give its size and data type.", _REMEDY) from error
    if not (0 <= start <= 1 << 20 and all(0 < n <= 1 << 17 for n in shape) and math.prod(shape) <= 1 << 36):
        raise ProductError(f"The header of {path} claims an absurd size: {shape}.", _REMEDY)
    wanted = start + math.prod(shape) * each
    if size < wanted:
        raise ProductError(f"{path} is cut short: {size:,} bytes where {wanted:,} are due.", _REMEDY)
    return shape


def _check_label(path: Path, head: bytes) -> None:
    if _ending(path) == ".hdr":
        with path.open("rb") as file:
            data = file.read(MAX_HEADER_BYTES + 1)
        isis = _named(path).name.lower().endswith(".isis.hdr") or kind_of(head) == "an ISIS label"
        (check_isis_bytes if isis else check_envi_bytes)(data, str(path))
        return
    if kind_of(head) != "a PDS label":
        raise _wrong(path, head, "a PDS3 label")
    with path.open("rb") as file:
        check_label_bytes(file.read(MAX_LABEL_BYTES + 1), str(path))


def _wrong(path: Path, head: bytes, wanted: str) -> ProductError:
    return ProductError(f"{path} is not {wanted}: it is {kind_of(head)}.", _REMEDY)
