"""Only an area of a cloud-optimised GeoTIFF: its tiles by HTTP ranges, through our own session, into a file of its own.

GDAL could read such a file over the network by itself (/vsicurl), but then past our address guard, size limits, proxy
rules and cancel. So the bytes come through the session, and GDAL sees a file of this computer only.
"""

from __future__ import annotations

import logging
import math
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from osgeo import gdal

from ..common.errors import ArchiveError, CancelledError, DownloadError, InputError, MarscdError, OutputError
from ..common.files import need_folder, need_space, sha256_of, whole_file
from ..common.progress import Progress, check, parts
from ..common.rasters import Window, copy_as_cog, gdal_quiet, open_raster
from ..common.settings import Settings
from ..common.web import Reply
from ..common.words import Area, Observation
from ..crawler.fetch import FileRequest, FileResult, destination
from ..crawler.session import RequestsWeb
from ..planet.geometry import project
from ..products.ard import DRIVERS
from ..products.cog import Span, merged, read_directories
from .parts import MARGIN

log = logging.getLogger(__name__)

#: Bytes between two needed ranges that are fetched along rather than asked around; the most in one request.
GAP, MOST = 64 << 10, 16 << 20
#: What is asked for first, and how much more at a time while directories are read.
_HEAD, _BLOCK = 64 << 10, 256 << 10
_LARGEST = 1 << 36
_TAGS = ("MARSCD_SOURCE", "MARSCD_WINDOW")
_RANGE = re.compile(r"bytes\s+(\d{1,15})-(\d{1,15})/(\d{1,15})")


class WholeOnlyError(ArchiveError):
    """The archive, or the file, cannot be read in parts: the whole file must be fetched."""


@dataclass(frozen=True)
class Brought:
    """The area's file, the bytes that came for it (0 where it was there), and the size of the archive's whole file."""

    path: Path
    fetched: int
    whole: int
    present: bool = False


def area_name(name: str) -> str:
    """What the area's file of an image is called: ``X.tif`` -> ``X.area.tif``."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.area.{ending}"


def bring_window(web: RequestsWeb, url: str, path: Path, area: Area, progress: Progress) -> Brought:
    """Bring the area's part (and MARGIN around it) of the COG at ``url`` to ``path``, a COG itself.

    The pixels are the archive's own. What stands at ``path`` already and holds the area is kept. Raises
    WholeOnlyError where ranges are not served or the file has no tiles, InputError where the image does not show the
    area, DownloadError, ArchiveError, OutputError, CancelledError.
    """
    need_folder(path.parent)
    reading, bringing, writing = parts(progress, 15, 70, 15)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".marscd-area-") as folder:
        copy = _Sparse(web, url, Path(folder) / "image.tif", progress)
        directories = read_directories(copy.read, copy.size, url.rsplit("/", 1)[-1])
        reading.report(1.0)
        wanted = _window(copy.path, area, url)
        tags = dict(zip(_TAGS, (url, f"{wanted.column},{wanted.row},{wanted.width},{wanted.height}"), strict=True))
        if _serves(path, tags):
            return Brought(path, 0, copy.size, present=True)
        spans = merged(directories.spans(wanted), GAP)
        need_space(path.parent, 2 * sum(end - first for first, end in spans))
        copy.bring(spans, bringing)
        _cut(copy.path, wanted, tags, path, writing)
        return Brought(path, copy.fetched, copy.size)


class _Sparse:
    """A local file of the remote one's size, in which what was fetched stands at its place and all else is a hole."""

    def __init__(self, web: RequestsWeb, url: str, path: Path, progress: Progress) -> None:
        self._web, self._url, self._progress = web, url, progress
        self.path, self.fetched, self._have = path, 0, list[Span]()
        # A server that ignores ranges would send it all: its first line says so, and nothing of the body is read.
        with web.open_stream(url, headers={"Range": f"bytes=0-{_HEAD - 1}"}) as stream:
            if stream.status == 200:
                self._no_parts()
        reply = self._ask(0, _HEAD)
        self._version = _version(reply)
        self.size = self._total(reply)
        if not 16 <= self.size <= _LARGEST:
            raise DownloadError(f"{url} is {self.size:,} bytes long.", "It is no image that can be used.")
        with path.open("wb") as file:
            file.truncate(self.size)
        self._store(0, reply.body)

    def read(self, first: int, count: int) -> bytes:
        """Bytes, fetched in blocks where they are not here yet; fewer at the file's end."""
        end = min(first + count, self.size)
        for start, stop in self._missing(first, end):
            self.bring([(start, min(max(stop, start + _BLOCK), self.size))])
        with self.path.open("rb") as file:
            file.seek(first)
            return file.read(end - first)

    def bring(self, spans: list[Span], progress: Progress | None = None) -> None:
        """Fetch ranges; what is here already is not fetched again."""
        missing = [m for first, end in spans for m in self._missing(first, end)]
        total, done = sum(end - first for first, end in missing), 0
        for first, end in missing:
            for start in range(first, end, MOST):
                check(self._progress)
                stop = min(start + MOST, end)
                reply = self._ask(start, stop)
                if self._total(reply) != self.size or _version(reply) != self._version:
                    raise DownloadError(f"{self._url} was changed while it was read.", "Try again.")
                if len(reply.body) != stop - start:
                    raise DownloadError(
                        f"{urlsplit(self._url).hostname} sent {len(reply.body):,} of {stop - start:,} bytes of "
                        f"{self._url.rsplit('/', 1)[-1]}.",
                        "Try again.",
                    )
                self._store(start, reply.body)
                done += stop - start
                if progress is not None:
                    progress.report(done / total, "")

    def _ask(self, first: int, end: int) -> Reply:
        reply = self._web.get(
            self._url, max_bytes=end - first + 1, headers={"Range": f"bytes={first}-{end - 1}"}
        )  # fmt: skip
        name, host = self._url.rsplit("/", 1)[-1], urlsplit(self._url).hostname
        if reply.status == 200:
            self._no_parts()
        if reply.status != 206:
            raise DownloadError(f"{host} answered {reply.status} when it was asked for {name}.", "Search again.")
        match = _RANGE.fullmatch(reply.headers.get("content-range", "").strip())
        if match is None or int(match[1]) != first:
            raise WholeOnlyError(f"{host} serves other parts of {name} than were asked for.", "Fetch the whole image.")
        return reply

    def _no_parts(self) -> NoReturn:
        host, name = urlsplit(self._url).hostname, self._url.rsplit("/", 1)[-1]
        raise WholeOnlyError(f"{host} does not serve parts of {name}.", "Fetch the whole image.")

    @staticmethod
    def _total(reply: Reply) -> int:
        match = _RANGE.fullmatch(reply.headers.get("content-range", "").strip())
        return int(match[3]) if match else 0

    def _store(self, first: int, data: bytes) -> None:
        with self.path.open("r+b") as file:
            file.seek(first)
            file.write(data)
        self.fetched += len(data)
        self._have = merged([*self._have, (first, first + len(data))])

    def _missing(self, first: int, end: int) -> list[Span]:
        gaps, place = [], first
        for start, stop in self._have:
            if stop <= place or start >= end:
                continue
            if start > place:
                gaps.append((place, start))
            place = max(place, stop)
        if place < end:
            gaps.append((place, end))
        return gaps


def _version(reply: Reply) -> str:
    tag = reply.headers.get("etag", "").strip()
    return tag if tag and not tag.startswith("W/") else reply.headers.get("last-modified", "").strip()


def _window(image: Path, area: Area, url: str) -> Window:
    """The pixels of the area and the margin around it. Raises InputError where the image does not show it."""
    dataset = open_raster(image, list(DRIVERS))
    transform = dataset.GetGeoTransform(can_return_null=True)
    name = url.rsplit("/", 1)[-1]
    if transform is None or not dataset.GetProjection() or transform[2] or transform[4]:
        raise WholeOnlyError(f"{name} does not say where it lies.", "Fetch the whole image.")
    left, bottom, right, top = project(area, dataset.GetProjection()).bounds
    left, bottom, right, top = left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN
    column, row = math.floor((left - transform[0]) / transform[1]), math.floor((top - transform[3]) / transform[5])
    stop_column = math.ceil((right - transform[0]) / transform[1])
    stop_row = math.ceil((bottom - transform[3]) / transform[5])
    column, row = max(column, 0), max(row, 0)
    width = min(stop_column, dataset.RasterXSize) - column
    height = min(stop_row, dataset.RasterYSize) - row
    if width <= 0 or height <= 0:
        raise InputError(f"{name} does not show the area.", "Leave it out.")
    return Window(column, row, width, height)


def _serves(path: Path, tags: dict[str, str]) -> bool:
    """Whether what stands there is this window of this image."""
    if not path.is_file():
        return False
    try:
        found = open_raster(path, list(DRIVERS)).GetMetadata() or {}
    except InputError:
        return False
    return all(found.get(key) == value for key, value in tags.items())


def _cut(image: Path, window: Window, tags: dict[str, str], path: Path, progress: Progress) -> None:
    """The window as a file of its own. A tile that cannot be read is an error, never ground."""
    with gdal_quiet():
        gdal.ErrorReset()
        source = open_raster(image, list(DRIVERS))
        cut = gdal.Translate(
            "", source, format="VRT", srcWin=[window.column, window.row, window.width, window.height],
            metadataOptions=[f"{key}={value}" for key, value in tags.items()],
        )  # fmt: skip
    if cut is None:
        raise DownloadError(f"{path.name} could not be cut out.", "Fetch the whole image instead.")
    with whole_file(path) as part:
        copy_as_cog(cut, part, path, ["OVERVIEWS=IGNORE_EXISTING"], progress)


# -- within a fetch ---------------------------------------------------------------------------------------------------


def is_cog(observation: Observation, request: FileRequest) -> bool:
    """Whether a request is for the image of the USGS's analysis-ready data."""
    return observation.source == "STAC" and request.role == "image" and request.path.suffix.lower() in (".tif", ".tiff")


def bring_windows(
    requests: Sequence[FileRequest],
    observations: Iterable[Observation],
    area: Area,
    settings: Settings,
    progress: Progress,
) -> tuple[list[FileRequest], dict[Path, FileResult]]:
    """Bring the area's part of those requests that are for COGs: (the other requests, results by the part's place).

    An image that cannot be had in parts stays among the requests, and so does one that stands whole in the folder.
    Raises OutputError, CancelledError.
    """
    by_id = {o.product_id: o for o in observations}
    cogs = [
        r for r in requests
        if r.product_id in by_id and is_cog(by_id[r.product_id], r) and not r.path.is_file()
    ]  # fmt: skip
    results: dict[Path, FileResult] = {}
    taken: set[Path] = set()
    if not cogs:
        return list(requests), results
    progress.report(0.0, f"Of {len(cogs)} cloud-optimised images, the part within {MARGIN:g} m of the area is fetched.")
    with RequestsWeb(settings, progress) as web:
        for request, part in zip(cogs, parts(progress, *[1.0] * len(cogs)), strict=True):
            path = destination(request.path.parent, area_name(request.path.name))
            try:
                brought = bring_window(web, request.url, path, area, part)
            except (CancelledError, OutputError):
                raise
            except WholeOnlyError as error:
                progress.warn(f"{error.what} The whole image is fetched.")
                continue
            except MarscdError as error:
                taken.add(request.path)
                results[path] = _result(request, path, "failed", 0, "", str(error), None)
                continue
            taken.add(request.path)
            state = "present" if brought.present else "fetched"
            size = path.stat().st_size
            results[path] = _result(request, path, state, size, sha256_of(path), "", brought.whole)
            if not brought.present:
                progress.report(
                    0.0, f"{path.name}: {brought.fetched / 1e6:,.2f} of {brought.whole / 1e6:,.1f} MB were fetched."
                )
    return [r for r in requests if r.path not in taken], results


def _result(
    request: FileRequest, path: Path, state: str, size: int, sha256: str, reason: str, whole: int | None
) -> FileResult:
    return FileResult(
        request.product_id, path.name, request.url, state, size, 1, sha256, path, reason, whole_bytes=whole
    )
