"""Which reader opens a product: chosen by what lies in the folder, never by guessing at content.

| what is there | reader |
|---|---|
| ``X.LBL`` + ``X.JP2`` | HiRISE, or a CTX map of the HiRISE team, as the label says |
| ``X.LBL`` + ``X.area.JP2`` | HiRISE, a part of it, where the whole is not there |
| ``X.LBL`` + ``X.tif`` or ``X.area.tif`` | HiRISE from the USGS's analysis-ready data, whole or the area's part |
| ``X.scyl.isis.hdr`` or ``X.ps.isis.hdr`` + ``X.tiff`` or ``.jp2`` | CTX, ASU's stream |
| ``X.IMG`` with its label attached, and corners | CTX raw image |
| ``X.lbl`` + ``X.hdr`` + ``X.img`` | CRISM map product |

Corners of a raw image: ``X.corners.json`` ({"UPPER_LEFT": [lon, lat], ...}), a CTX index (``*index.tab``) in the
folder, or the observation's footprint.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError, ProductError
from ..common.files import safe_name
from ..common.progress import Progress
from ..common.words import Area, Product
from ..products.ard import open_ard
from ..products.codestream.record import part_name
from ..products.crism import open_crism
from ..products.ctx import IMAGE_ENDINGS, LABEL_ENDINGS, PRODUCT_ID, open_ctx_map, open_ctx_stream, stem_of
from ..products.ctx_corners import Corners, corners_in_index, corners_of_mapping, corners_of_ring
from ..products.ctx_edr import is_ctx_edr, open_ctx_edr
from ..products.hirise import open_hirise
from ..products.label import read_label
from .georeference import georeference, mapped_before

#: A folder with more files than this is no folder of products.
MAX_FILES = 100_000
_CORNERS_BYTES = 1 << 16
#: A HiRISE or CTX product's name: its label is told of where its image is missing.
_NAMED = re.compile(rf"[A-Z]{{3}}_\d{{6}}_\d{{4}}_(?:RED|COLOR)|{PRODUCT_ID.pattern}")
_FETCH = "Fetch the observation again: what is there is kept."


@dataclass(frozen=True)
class Found:
    """One product's files: ``kind`` is ``HIRISE``, ``ARD``, ``CTX-MAP``, ``CTX-STREAM``, ``CTX-EDR`` or ``CRISM``."""

    stem: str
    kind: str
    label: Path
    image: Path | None


def find_products(folder: Path) -> list[Found]:
    """All products of a folder whose main file is there, by name. Raises InputError for a folder that is not one."""
    if not folder.is_dir():
        raise InputError(f"The folder {folder} is not there.", "Fetch observations into it first.")
    files: dict[str, Path] = {}
    for number, path in enumerate(sorted(folder.iterdir())):
        if number >= MAX_FILES:
            raise InputError(f"{folder} holds more than {MAX_FILES:,} files.", "Choose a folder of products only.")
        if path.is_file() and not path.name.startswith("."):
            files.setdefault(path.name.lower(), path)
    found = []
    for path in files.values():
        one = _found(path, files)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda f: f.stem)


def _found(path: Path, files: Mapping[str, Path]) -> Found | None:
    """The product that this file is the main file of, or None."""
    name = path.name.lower()
    if name.endswith(LABEL_ENDINGS):
        stem = stem_of(path)
        image = next((files[stem.lower() + e] for e in IMAGE_ENDINGS if stem.lower() + e in files), None)
        return Found(stem, "CTX-STREAM", path, image)
    stem = path.stem
    if path.suffix.lower() == ".lbl":
        cube = files.get(stem.lower() + ".img")
        if cube is not None and stem.lower() + ".hdr" in files:
            return Found(stem, "CRISM", path, cube)
        if stem.lower() + ".jp2" not in files and not _NAMED.fullmatch(stem.upper()):
            return None  # the label of something that is no image product
        ard = next((files[n] for n in (f"{stem.lower()}.tif", f"{stem.lower()}.area.tif") if n in files), None)
        if ard is not None and f"{stem.lower()}.jp2" not in files and not PRODUCT_ID.fullmatch(stem.upper()):
            return Found(stem, "ARD", path, ard)
        return Found(stem, "CTX-MAP" if PRODUCT_ID.fullmatch(stem.upper()) else "HIRISE", path,
                     files.get(stem.lower() + ".jp2") or files.get(part_name(stem.lower() + ".jp2")))  # fmt: skip
    if path.suffix.lower() == ".img" and PRODUCT_ID.fullmatch(stem.upper()) and is_ctx_edr(path):
        return Found(stem, "CTX-EDR", path, path)
    return None


def named(folder: Path, product_id: str, there: Sequence[Found] | None = None) -> Found:
    """The files of a product; a projected one before a raw one of the same name. Raises InputError.

    ``there``: what ``find_products`` found in the folder, where that is known already.
    """
    wanted = safe_name(product_id).lower()
    matching = [f for f in (find_products(folder) if there is None else there) if f.stem.lower() == wanted]
    for found in sorted(matching, key=lambda f: f.kind == "CTX-EDR"):
        return found
    raise InputError(f"{product_id} is not in {folder}.", _FETCH)


def open_found(
    found: Found,
    progress: Progress,
    footprint: Area | None = None,
    base: Path | str | Product | None = None,
) -> Product:
    """Open one product by its kind. A raw CTX image is laid on ``base`` where one is given, once.

    Without a base it keeps its first geometry, of which a warning tells. Raises InputError (a file or the corners
    missing), ProductError, RegistrationError, OutputError, CancelledError.
    """
    if found.image is None:
        raise InputError(f"The image of {found.stem} is not in {found.label.parent}.", _FETCH)
    if found.kind == "ARD":
        return open_ard(found.label, found.image)
    if found.kind == "CTX-STREAM":
        return open_ctx_stream(found.label, found.image)
    if found.kind == "CRISM":
        return open_crism(found.label)
    if found.kind == "CTX-EDR":
        return _open_raw(found, progress, footprint, base)
    instrument = (read_label(found.label).text("INSTRUMENT_ID") or "").upper()
    return open_ctx_map(found.label, found.image) if "CTX" in instrument else open_hirise(found.label, found.image)


def _open_raw(found: Found, progress: Progress, footprint: Area | None, base: Path | str | Product | None) -> Product:
    product = open_ctx_edr(found.label, find_corners(found, footprint), progress)
    if base is None:
        progress.warn(
            f"{product.product_id} is a raw image placed by its corners, good to some 300 m: "
            "register it to a base map or to another image before using its coordinates."
        )
        return product
    output = found.label.with_name(f"{found.stem}.map.tif")
    # Laid on the same base once: a series that is built again keeps the epoch.
    return mapped_before(product, base, output) or georeference(product, base, output, progress).product


def find_corners(found: Found, footprint: Area | None = None) -> Corners:
    """Corners of a raw CTX image: a file of its own, an index in the folder, or the footprint. Raises InputError."""
    own = found.label.with_name(f"{found.stem}.corners.json")
    if own.is_file():
        return _read_corners(own)
    for index in sorted(found.label.parent.iterdir()):
        if index.name.lower().endswith("index.tab"):
            corners = corners_in_index(index, found.stem.upper())
            if corners is not None:
                return corners
    if footprint is not None and footprint.polygons:
        if len(footprint.polygons) == 1:
            return corners_of_ring(footprint.polygons[0][0])
        raise InputError(
            f"The footprint of {found.stem} is in several parts.", "Put the archive's index (CUMINDEX.TAB) beside it."
        )
    raise InputError(
        f"Nothing says where the corners of {found.stem} lie.",
        f"Put the archive's CTX index (CUMINDEX.TAB) or {own.name} beside it, or use the projected product.",
    )


def _read_corners(path: Path) -> Corners:
    try:
        with path.open("rb") as file:
            data = file.read(_CORNERS_BYTES + 1)
        value = json.loads(data) if len(data) <= _CORNERS_BYTES else None
    except (OSError, ValueError, RecursionError) as error:
        raise ProductError(f"{path} cannot be read as JSON.", "Delete it, or write it again.") from error
    if not isinstance(value, dict):
        raise ProductError(f"{path} holds no corners.", "Delete it, or write it again.")
    return corners_of_mapping(value)
