"""Do a label and its image belong together? Asked when the second of the two has come, before it is moved in."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..common.errors import ProductError

_REMEDY = "Fetch it again from the archive."
_PLACES: tuple[tuple[str, ...], ...] = ((), ("COMPRESSED_FILE",), ("FILE",), ("UNCOMPRESSED_FILE",))


class PairError(ProductError):
    """The image is not the one that its label describes."""


def check_pair(label_path: Path, image_path: Path, label_name: str, image_name: str) -> None:
    """Compare what a PDS3 label says of its image with the image: checksum and size in pixels.

    One of the two still has a partial file's name: ``label_name`` and ``image_name`` are what they will be called.
    Labels of other kinds, and what a label does not say, are not judged; the name that a label states is the readers'
    business (``products.hirise``): fetching the image again would not mend it. Raises PairError where the image is to
    blame, ProductError for a label that points elsewhere.
    """
    from ..products.codestream.record import read_record
    from ..products.jp2 import SIGNATURE, check_jp2
    from ..products.label import read_label

    with label_path.open("rb") as file:
        if b"PDS_VERSION_ID" not in file.read(4096):
            return
    label = read_label(label_path)
    _check_names([label.get(*place, key) for place in _PLACES for key in ("FILE_NAME", "^IMAGE")], label_name)
    stated = label.get("COMPRESSED_FILE", "FILE_NAME")
    if _remade(stated, image_name):
        return
    # A part of an image has bytes of its own.
    for place in _PLACES[:3] if read_record(image_path) is None else ():
        md5 = label.get(*place, "MD5_CHECKSUM")
        md5 = md5.strip().lower() if isinstance(md5, str) else ""
        if re.fullmatch(r"[0-9a-f]{32}", md5) and md5 != _md5(image_path):
            raise PairError(f"{image_name} does not have the checksum that its label states.", _REMEDY)
    with image_path.open("rb") as file:
        jp2 = file.read(len(SIGNATURE)) == SIGNATURE
    shape = [label.number("UNCOMPRESSED_FILE", "IMAGE", key) for key in ("LINE_SAMPLES", "LINES")]
    if jp2 and None not in shape:
        size = check_jp2(image_path)
        if [size.width, size.height] != shape:
            raise PairError(
                f"{label_name} and {image_name} do not belong together: the label says "
                f"{shape[0]:g} x {shape[1]:g} pixels, the image has {size.width} x {size.height}.",
                _REMEDY,
            )


def _remade(stated: object, image_name: str) -> bool:
    """Is the image the USGS's (analysis-ready data), made from the label's? Other bytes and pixels then."""
    stem, _, ending = image_name.rpartition(".")
    same = isinstance(stated, str) and stated.strip().rpartition(".")[0].lower() == stem.lower()
    return same and ending.lower() in ("tif", "tiff")


def _check_names(names: list[object], label_name: str) -> None:
    """Every file a label points at lies beside it: a plain name. (Readers follow none of them.)"""
    for name in names:
        for part in name if isinstance(name, tuple) else (name,):
            if isinstance(part, str) and (re.search(r"[/\\\x00]", part) or part.strip() in (".", "..")):
                raise ProductError(f"{label_name} points outside its own folder ({part[:100]!r}).", _REMEDY)


def _md5(path: Path) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
