"""A part of a JP2 instead of the whole: headers first, then the byte ranges that pixel windows need, then a valid JP2.

What came is kept in a store of ranges (``store``) until the file is made; an earlier part at the same place is built
on, so that a wider area brings the difference only. Where it cannot be done by parts, the whole file is fetched.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...common.errors import ProductError
from ...common.files import need_folder, need_space, output_error, whole_file
from ...common.rasters import Window
from ...products.codestream.index import Index, read_index
from ...products.codestream.partfile import covered, joined, open_part, write_part
from ...products.codestream.rebuild import build_parts, file_size, places
from ...products.codestream.record import MAX_WINDOWS, Record
from ...products.codestream.spans import Span, length, merged, without
from ...products.codestream.words import NotByPartsError, T
from ..transfer import Transfer, TransferError, Whole, hash_of, sync_folder
from .ranger import ChangedError, Ranger
from .source import Source
from .store import RangeStore, store_of
from .wish import PartWish, serves

log = logging.getLogger(__name__)

#: A part of more than this share of the file is not worth being one.
_NEARLY_ALL = 0.9
#: How often the archive's file may change under our hands.
_CHANGES = 3


class PartTransfer:
    """``run`` brings what ``part`` wishes of a JP2; call it once. All other arguments are those of ``Transfer``.

    ``whole_bytes`` is then the size of the archive's file, or None where all of it had to be fetched.
    """

    def __init__(self, *arguments: Any, part: PartWish, **named: Any) -> None:
        # It holds what both ways share, and is the way back where parts cannot be had.
        self._transfer = Transfer(*arguments, **named)
        self._wish = part
        self._rangers: list[Ranger] = []
        self.whole_bytes: int | None = None

    @property
    def attempts(self) -> int:
        """Requests so far."""
        return self._transfer.attempts + sum(r.attempts for r in self._rangers)

    @property
    def received(self) -> int:
        """Bytes that came in parts so far, those of broken answers included."""
        return sum(r.received for r in self._rangers)

    @property
    def path(self) -> Path:
        return self._transfer.path

    def run(self) -> Whole:
        """Raises TransferError, OutputError, CancelledError; what came stays for the next run."""
        try:
            return self._by_parts(self._bring)
        except NotByPartsError as error:
            log.info("%s: %s", self.path.name, error)
            tidy(self.path)
            return self._transfer.run()

    def look(self) -> tuple[int, int | None]:
        """(bytes that ``run`` would still bring, the file's size where they are a part of it). Headers are fetched and
        kept. Raises like ``run``; NotByPartsError where the whole file would come."""
        return self._by_parts(self._look)

    def _by_parts(self, work: Callable[[Source], T]) -> T:
        need_folder(self.path.parent)
        build_on = self.path.is_file()
        for _ in range(_CHANGES):
            old = open_part(self.path) if build_on else None
            try:
                with RangeStore(store_of(self.path), self._transfer.url) as store:
                    there = Source(self._transfer.web, self._transfer.url, self.path.name, store, old)
                    self._rangers.append(there.ranger)
                    return work(there)
            except ChangedError:
                log.info("%s changed in the archive since its parts were fetched", self.path.name)
                # What is here is of an earlier version: it stays until the new one takes its place.
                build_on = False
            finally:
                if old is not None:
                    old.close()
            tidy(self.path)
        raise NotByPartsError("it changes while it is fetched")

    # -- the steps ----------------------------------------------------------------------------------------------

    def _plan(self, there: Source) -> tuple[Index, tuple[Window, ...], list[Span]]:
        """The index, the windows that the file will have, and the spans still to bring."""
        windows = _gathered(there.old.record.windows if there.old is not None else (), self._wish.windows)
        index = there.drive(read_index(there.total(), windows))
        wanted = index.spans(windows)
        if length(wanted) > _NEARLY_ALL * index.header.total:
            raise NotByPartsError("the area needs nearly all of it")
        return index, windows, without(wanted, there.spans())

    def _look(self, there: Source) -> tuple[int, int | None]:
        index, _, missing = self._plan(there)
        return length(merged(missing, self._wish.gap)), index.header.total

    def _bring(self, there: Source) -> Whole:
        if (whole := self._whole_already(there)) is not None:
            return whole
        index, windows, missing = self._plan(there)
        ranges = without(merged(missing, self._wish.gap), there.store.spans)
        total = length(index.spans(windows))
        need_space(self.path.parent, length(ranges) + total)
        left = length(ranges)
        self._transfer.arrived(max(total - left, 0), total)

        def keep(offset: int, data: bytes) -> None:
            nonlocal left
            there.keep(offset, data)
            left -= len(data)
            self._transfer.arrived(max(total - left, 0), total)

        for start, end in ranges:
            there.ranger.bring(start, end, keep)
        return self._made(there, index, windows)

    def _whole_already(self, there: Source) -> Whole | None:
        """A whole file that stands in the place though nobody knew: it serves as it is."""
        if there.old is not None or not self.path.is_file() or not serves(self.path, None):
            return None
        try:
            if self.path.stat().st_size != there.total():
                return None
            self._transfer.verify(self.path, self._transfer.role)
        except ProductError:
            return None
        there.close(remove=True)
        size, sha256 = hash_of(self.path, self._transfer.web.check)
        self._transfer.sealed(size, sha256)
        return Whole(size, sha256, self.attempts, self.path.stat().st_mtime_ns)

    def _made(self, there: Source, index: Index, windows: tuple[Window, ...]) -> Whole:
        """Write, verify and move in the JP2 of what is here."""
        check = self._transfer.web.check
        built = build_parts(index.header, index.parts, index.styles, there.spans())
        spans = tuple((start, end) for start, end, _ in places(index.header, built))
        version = there.ranger.version
        record = Record(index.header.total, version.validator, windows, spans, joined(there.pieces), self._transfer.url)
        need_space(self.path.parent, file_size(index.header, built))
        with whole_file(self.path) as made:
            with made.open("wb") as file:
                write_part(file, index, record, there.read, check)
                file.flush()
                os.fsync(file.fileno())
            try:
                self._transfer.verify(made, self._transfer.role)
            except ProductError as error:
                there.close(remove=True)
                raise TransferError(
                    self.path.name, error.what.replace(str(made), self.path.name), "Try again later."
                ) from error
            size, sha256 = hash_of(made, check)
            self._transfer.sealed(size, sha256)
            there.close()
        sync_folder(self.path.parent)
        tidy(self.path)
        self.whole_bytes = index.header.total
        return Whole(size, sha256, self.attempts, self.path.stat().st_mtime_ns)


def tidy(path: Path) -> None:
    """Remove the store of ranges beside a file. Raises OutputError."""
    try:
        store_of(path).unlink(missing_ok=True)
    except OSError as error:
        raise output_error(error, store_of(path)) from error


def _gathered(old: tuple[Window, ...], new: tuple[Window, ...]) -> tuple[Window, ...]:
    """All windows, without those that others cover."""
    kept = [w for i, w in enumerate(old) if not covered([*old[:i], *new], w)]
    kept += [w for i, w in enumerate(new) if not covered([*kept, *new[:i]], w)]
    if len(kept) <= MAX_WINDOWS:
        return tuple(kept)
    left, top = min(w.column for w in kept), min(w.row for w in kept)
    right, bottom = max(w.column + w.width for w in kept), max(w.row + w.height for w in kept)
    return (Window(left, top, right - left, bottom - top),)
