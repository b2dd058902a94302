"""Files that are whole or not there: written beside their place and moved in with ``os.replace``."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .errors import OutputError

#: Left free on a disk whatever we write.
RESERVE_BYTES = 64 * 1024 * 1024
#: Bytes of a file's name: most systems take 255, and parts and side files need some.
_LONGEST_NAME = 180


def output_error(error: OSError, path: Path) -> OutputError:
    """The OSError met while writing ``path``, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(
            f"The disk is full: {path} could not be written.", "Free some space, or choose another folder."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return OutputError(f"{path} cannot be written: permission denied.", "Choose a folder you may write to.")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return OutputError(
            f"{path} cannot be written: a file stands where a folder is needed.", "Choose another folder."
        )
    return OutputError(f"{path} could not be written: {error.strerror or error}.", "Choose another folder.")


def need_folder(path: Path | str) -> Path:
    """Make the folder where it is missing and prove it can be written. Raises OutputError."""
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".marscd-{uuid.uuid4().hex}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise output_error(error, path) from error
    return path


def free_space(folder: Path | str) -> int:
    """Bytes free where ``folder`` is, or would be made."""
    folder = Path(folder).absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def need_space(folder: Path | str, size: int) -> None:
    """Raise OutputError unless ``size`` bytes (and a reserve) are free where ``folder`` is, or would be made."""
    free = free_space(folder)
    reserve = min(RESERVE_BYTES, size)
    if free < size + reserve:
        raise OutputError(
            f"The disk is too full: {(size + reserve) / 1e6:,.0f} MB are needed in {folder} "
            f"and {free / 1e6:,.0f} MB are free.",
            "Free some space, or choose another folder.",
        )


@contextmanager
def whole_file(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path beside ``path``, with its ending; moved in on success, deleted on any failure.

    The ending is kept because GDAL and others choose a format by it. An OSError becomes an OutputError.
    """
    path = Path(path)
    need_folder(path.parent)
    part = path.with_name(f".{path.stem}.{uuid.uuid4().hex[:8]}.part{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        raise output_error(error, path) from error
    finally:
        for left in path.parent.glob(part.name + "*"):
            left.unlink(missing_ok=True)


def write_text(path: Path | str, text: str) -> None:
    """Write UTF-8 text whole."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")


def write_json(path: Path | str, value: Any) -> None:
    """Write JSON whole, readable, keys in the order given; NaN is refused (JSON has none)."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def sha256_of(path: Path | str) -> str:
    """Hex SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def safe_name(name: str) -> str:
    """``name`` as one plain file name on every system: what may not stand in one becomes ``_``.

    Never empty, hidden, reserved (CON, NUL, COM1 ... whatever their ending), with a dot at its end, or longer than 180
    bytes; a name that is cut keeps its ending and gets a part of its checksum, so that two stay two.
    """
    kept = "".join(c if c.isalnum() or c in "._-" else "_" for c in unicodedata.normalize("NFC", name))
    kept = kept.lstrip(".").rstrip(".") or "_"
    if re.fullmatch(
        r"(con|prn|aux|nul|conin_|conout_|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])",
        kept.split(".", 1)[0].lower(),
    ):
        kept = f"_{kept}"
    if len(kept.encode("utf-8")) <= _LONGEST_NAME:
        return kept
    stem, dot, ending = kept.rpartition(".")
    ending = f".{ending}" if dot and stem and len(ending.encode("utf-8")) <= 16 else ""
    mark = "_" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12] + ending
    room = _LONGEST_NAME - len(mark.encode("utf-8"))
    return kept.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore") + mark
