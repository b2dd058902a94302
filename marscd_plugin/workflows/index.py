"""Build or update the offline index: bring the archives' cumulative tables, and put them into one file to search.

An update asks whether the table has changed (ETag, If-Modified-Since) before it brings anything. The table comes in one
stream and is taken up again where it broke off; the old index stays until the new one is whole.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..archives.ctx import index_url as ctx_index_url
from ..archives.ctx import volume_of
from ..archives.ode import newest_volumes
from ..archives.offline import INSTRUMENTS, IndexState, build, index_path, index_state_or_none
from ..common.disks import network_disk
from ..common.errors import ArchiveError, InputError
from ..common.files import need_folder, need_space, output_error
from ..common.progress import Progress, check, parts
from ..common.settings import Settings
from ..crawler.session import CutOffError, RequestsWeb

log = logging.getLogger(__name__)

#: The tables have 80 to 170 MB.
MAX_TABLE_BYTES = 2 << 30
_LABEL_BYTES = 1 << 20
_TRIES = 8
_LATER = "The old index, if there is one, stays. Try again later."


@dataclass(frozen=True)
class IndexUpdate:
    """How it ended: the index as it is now, and whether it is a new one. ``brought`` is bytes received."""

    state: IndexState
    changed: bool
    brought: int


def update_index(
    instrument: str, settings: Settings, progress: Progress, url: str = "", table: str | Path = ""
) -> IndexUpdate:
    """Build the instrument's index, or bring it up to date.

    ``url`` is the table's address (found by itself where it is not given); ``table`` a file brought by hand, for
    which no network is used. Raises InputError, ArchiveError (the old index stays), OutputError, CancelledError.
    """
    if instrument not in INSTRUMENTS:
        raise InputError(f"There is no index of {instrument} to build.", f"Choose from {', '.join(INSTRUMENTS)}.")
    path = index_path(settings, instrument)
    need_folder(path.parent)
    if kind := network_disk(path.parent):
        progress.warn(
            f"{path.parent} lies on a network disk ({kind}), where the index is slow and may be damaged: set "
            "MARSCD_CACHE_DIR to a folder on this computer."
        )
    if table:
        return _from_file(instrument, settings, progress, Path(table))
    bringing, building = parts(progress, 1, 2)
    with RequestsWeb(settings, bringing) as web:
        url = url or _address(instrument, web, settings, bringing)
        old = index_state_or_none(settings, instrument)
        known = _conditions(old) if old is not None and old.url == url else {}
        part = path.with_name(f".{path.stem}.tab.part")
        try:
            got = _bring(web, url, known, part, bringing)
            if got is None:
                assert old is not None
                progress.report(1.0, f"The index of {instrument} is up to date: {old.rows:,} products ({url}).")
                return IndexUpdate(old, False, 0)
            label = _label(web, url)
            size = part.stat().st_size
            with part.open("rb") as file:
                state = build(
                    file, instrument, settings, building, size=size, url=url, etag=got.get("etag", ""),
                    modified=got.get("last-modified", ""), label=label,
                )  # fmt: skip
        finally:
            part.unlink(missing_ok=True)
    return _told(state, size, progress)


def _from_file(instrument: str, settings: Settings, progress: Progress, table: Path) -> IndexUpdate:
    label = next((p for e in (".LBL", ".lbl") if (p := table.with_suffix(e)).is_file()), None)
    try:
        size = table.stat().st_size
        with table.open("rb") as file:
            data = label.read_bytes()[: _LABEL_BYTES + 1] if label is not None else None
            state = build(file, instrument, settings, progress, size=size, url=str(table), label=data)
    except OSError as error:
        raise InputError(f"{table} cannot be read: {error.strerror or error}.", "Check the file.") from error
    return _told(state, 0, progress)


def _told(state: IndexState, brought: int, progress: Progress) -> IndexUpdate:
    progress.report(1.0, f"The index of {state.instrument} now holds {state.rows:,} products.")
    if state.skipped:
        reasons = sorted(state.reasons.items(), key=lambda r: -r[1])
        progress.report(
            1.0, f"{state.skipped:,} rows were left out: " + "; ".join(f"{n:,} {why}" for why, n in reasons) + "."
        )
    return IndexUpdate(state, True, brought)


# -- addresses ------------------------------------------------------------------------------------------------------


def _address(instrument: str, web: RequestsWeb, settings: Settings, progress: Progress) -> str:
    """HiRISE's table has one address; CTX's lies in the newest volume, which ODE knows."""
    if instrument == "HIRISE":
        return f"{settings.hirise_url}/INDEX/RDRCUMINDEX.TAB"
    volumes = newest_volumes(web, settings, progress)
    if not volumes:
        raise ArchiveError("ODE names no volume of CTX, so its table cannot be found.", "Give its address as URL.")
    for volume in volumes:
        url = ctx_index_url(settings.ctx_url, volume)
        status = web.get(url, headers={"Range": "bytes=0-0"}, max_bytes=MAX_TABLE_BYTES).status
        if status in (200, 206):
            progress.report(0.0, f"The newest volume of CTX with a table is {volume_of(volume)}.")
            return url
        log.info("%s answered %d", url, status)
    raise ArchiveError(
        f"None of CTX's newest volumes ({', '.join(volumes)}) has a cumulative table.", "Give its address as URL."
    )


def _conditions(old: IndexState) -> dict[str, str]:
    found = {"If-None-Match": old.etag} if old.etag else {}
    return found | ({"If-Modified-Since": old.modified} if old.modified else {})


def _label(web: RequestsWeb, url: str) -> bytes | None:
    """The table's label beside it, or None where there is none: then the known layout is used."""
    for ending, other in ((".TAB", ".LBL"), (".tab", ".lbl")):
        if url.endswith(ending):
            reply = web.get(url.removesuffix(ending) + other, max_bytes=_LABEL_BYTES)
            return reply.body if reply.status == 200 else None
    return None


# -- bytes ----------------------------------------------------------------------------------------------------------


def _bring(
    web: RequestsWeb, url: str, known: Mapping[str, str], part: Path, progress: Progress
) -> dict[str, str] | None:
    """The table into ``part``; the answer's headers, or None where it has not changed. Raises ArchiveError."""
    part.unlink(missing_ok=True)
    validator, faults, first = "", 0, {}
    while True:
        have = part.stat().st_size if part.exists() else 0
        if have and not validator:
            part.unlink()
            have = 0
        headers = dict(known) if not have else {"Range": f"bytes={have}-", "If-Range": validator}
        try:
            with web.open_stream(url, headers={"Accept-Encoding": "identity", **headers}) as stream:
                if stream.status == 304 and not have:
                    return None
                if stream.status not in (200, 206):
                    raise ArchiveError(f"{url} answered with status {stream.status}.", _LATER)
                if stream.headers.get("content-encoding", "identity") not in ("", "identity"):
                    raise ArchiveError(f"{url} came compressed though nobody asked for it.", _LATER)
                offset = have if stream.status == 206 else 0
                if stream.status == 206 and _begin(stream.headers) != have:
                    raise ArchiveError(f"{url} answered another part than was asked for.", _LATER)
                if not offset:
                    first = dict(stream.headers)
                    validator = _validator(first)
                _receive(stream.chunks(), stream.length, part, offset, url, progress)
                return first
        except CutOffError as error:
            grown = part.exists() and part.stat().st_size > have
            faults = 1 if grown else faults + 1
            if faults >= _TRIES:
                raise ArchiveError(f"{url} could not be brought whole: {error.what}", _LATER) from error
            web.pause_after(faults)


def _receive(chunks, length: int | None, part: Path, offset: int, url: str, progress: Progress) -> None:
    if length is not None:
        need_space(part.parent, 2 * length)
    have, told = offset, 0
    try:
        with part.open("ab" if offset else "wb") as file:
            for chunk in chunks:
                check(progress)
                have += len(chunk)
                if have > MAX_TABLE_BYTES:
                    raise ArchiveError(f"{url} has more than 2 GB, as no table of an archive has.", _LATER)
                if have == len(chunk) and chunk.lstrip()[:1] == b"<":
                    raise ArchiveError(f"{url} answered a web page instead of a table.", _LATER)
                file.write(chunk)
                if have - told > 1 << 20:
                    told = have
                    progress.report(min(have / (offset + length), 1.0) if length else 0.5, "")
    except OSError as error:
        raise output_error(error, part) from error


def _begin(headers: Mapping[str, str]) -> int:
    found = re.match(r"\s*bytes\s+(\d{1,15})-", headers.get("content-range", ""))
    return int(found[1]) if found else -1


def _validator(headers: Mapping[str, str]) -> str:
    etag = headers.get("etag", "").strip()
    return etag if etag.startswith('"') and len(etag) < 500 else headers.get("last-modified", "").strip()[:60]
