"""One browse image: fetched small, proven to be a picture, made smaller still, kept on disk. For worker threads."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from qgis.PyQt.QtGui import QImage, QImageReader

from ...common.errors import ArchiveError, OutputError
from ...common.files import need_folder, whole_file
from ..words import tr

if TYPE_CHECKING:
    from ...common.web import Web

log = logging.getLogger(__name__)

#: A browse image larger than this is not fetched to the end, bytes.
MAX_BYTES = 12 * 1024 * 1024
#: Nor is one unpacked that has more pixels.
MAX_PIXELS = 120_000_000
MAX_SIDE = 60_000
#: What is kept of it, pixels a side.
SIDE = 256
#: Thumbnails kept on disk; the oldest go first.
MAX_KEPT = 4000
_FORMATS = ((b"\xff\xd8\xff", b"jpeg"), (b"\x89PNG\r\n\x1a\n", b"png"))


class PictureError(ArchiveError):
    """No picture could be had; says why."""


def kept_picture(folder: Path, url: str) -> QImage | None:
    """The thumbnail that an earlier fetch left, or None."""
    path = _place(folder, url)
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        return decode(path.read_bytes())
    except (OSError, PictureError):
        return None


def fetch_picture(web: Web, folder: Path, url: str) -> QImage:
    """The thumbnail of ``url``, at most SIDE pixels a side, kept in ``folder``. Raises PictureError, CancelledError,
    ArchiveError where the archive does not answer at all."""
    reply = web.get(url, max_bytes=MAX_BYTES)
    if reply.status != 200:
        raise PictureError(tr("The archive has no picture of it (it answered {status}).").format(status=reply.status))
    image = decode(reply.body)
    try:
        _keep(folder, url, image)
    except (OSError, OutputError) as error:
        # The picture is at hand all the same; it is only fetched again another day.
        log.info("a thumbnail could not be kept: %s", error)
    return image


def decode(body: bytes) -> QImage:
    """A JPEG or PNG, at most SIDE pixels a side. Raises PictureError for anything else, or for an absurd size."""
    kind = next((name for start, name in _FORMATS if body.startswith(start)), None)
    if kind is None:
        raise PictureError(tr("What the archive sent is no JPEG or PNG picture."))
    data = QByteArray(body)
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > MAX_SIDE or size.width() * size.height() > MAX_PIXELS:
        raise PictureError(tr("The picture that the archive sent is damaged or absurdly large."))
    # JPEG is made small while it is read: little memory, little time.
    reader.setScaledSize(_within(size))
    image = reader.read()
    if image.isNull():
        raise PictureError(tr("The picture that the archive sent is damaged."))
    return image


def trim(folder: Path, most: int = MAX_KEPT) -> None:
    """Let the oldest thumbnails go where there are more than ``most``."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((e.stat().st_mtime, e.path) for e in entries if e.name.endswith(".jpg"))
    except OSError:
        return
    for _, path in found[: max(len(found) - most, 0)]:
        with suppress(OSError):
            os.unlink(path)


def _within(size: QSize) -> QSize:
    if max(size.width(), size.height()) <= SIDE:
        return size
    small = size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    return QSize(max(small.width(), 1), max(small.height(), 1))


def _place(folder: Path, url: str) -> Path:
    return folder / f"{hashlib.sha256(url.encode('utf-8')).hexdigest()[:40]}.jpg"


def _keep(folder: Path, url: str, image: QImage) -> None:
    need_folder(folder)
    with whole_file(_place(folder, url)) as part:
        if not image.save(os.fspath(part), "JPG", 88):
            raise OSError("Qt could not write it")
