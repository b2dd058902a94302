"""The bytes of one remote file from wherever they are: an earlier part, the store of ranges, the archive itself."""

from __future__ import annotations

from contextlib import suppress

from ...products.codestream.partfile import PartFile
from ...products.codestream.spans import Span, merged, without
from ...products.codestream.words import Reading, T
from ..session import RequestsWeb
from ..transfer import Version
from .ranger import Ranger
from .store import RangeStore

#: Bytes asked for at first, and then at least while headers are read: some 10,000 packet lengths fit into the first.
_FIRST, _AHEAD = 32 << 10, 128 << 10


class Source:
    """``store`` keeps what comes; ``old`` is an earlier part that is built on. Raises as ``Ranger.bring`` does."""

    def __init__(self, web: RequestsWeb, url: str, name: str, store: RangeStore, old: PartFile | None = None) -> None:
        self.store, self.old = store, old
        version = store.version
        if old is not None:
            of_old = Version(old.record.validator, old.record.total)
            if version.total is not None and version != of_old:
                store.forget()
            version = of_old
        self.ranger = Ranger(web, url, name, version)
        #: What readings were given, by offset: the headers, for the record.
        self.pieces: list[tuple[int, bytes]] = []

    def total(self) -> int:
        """The size of the archive's file; asks for its first bytes where nothing is known yet."""
        if self.ranger.version.total is None:
            self._fetch(0, _FIRST)
        assert self.ranger.version.total is not None
        return self.ranger.version.total

    def spans(self) -> list[Span]:
        """The bytes that are here."""
        return merged([*self.store.spans, *(self.old.spans if self.old is not None else ())])

    def drive(self, reading: Reading[T]) -> T:
        """Run a reading, fetching what is missing; what it was given is remembered in ``pieces``."""
        try:
            need = next(reading)
            while True:
                data = self.read(need.offset, need.size)
                if len(data) < need.size:
                    start = need.offset + len(data)
                    self._fetch(start, max(need.offset + need.size, start + _AHEAD))
                    data = self.read(need.offset, need.size)
                self.pieces.append((need.offset, data))
                need = reading.send(data)
        except StopIteration as ended:
            return ended.value

    def _fetch(self, start: int, end: int) -> None:
        end = min(end, self.ranger.version.total or end)
        for low, high in without([(start, end)], self.store.spans):
            self.ranger.bring(low, high, self.keep)

    def keep(self, offset: int, data: bytes) -> None:
        """Put bytes that came into the store."""
        if self.store.version.total is None:
            self.store.begin(self.ranger.version)
        self.store.put(offset, data)

    def read(self, offset: int, size: int) -> bytes:
        """``size`` bytes from ``offset`` on, fewer where one of them is not here."""
        pieces: list[bytes] = []
        while size > 0:
            data = self.store.read(offset, size)
            if not data and self.old is not None:
                data = self.old.read_some(offset, size)
            if not data:
                break
            pieces.append(data)
            offset, size = offset + len(data), size - len(data)
        return b"".join(pieces)

    def close(self, remove: bool = False) -> None:
        """Let go of the files, so that a new one can take their place; ``remove`` the store."""
        self.store.close()
        if self.old is not None:
            self.old.close()
        if remove:
            with suppress(OSError):
                self.store.path.unlink(missing_ok=True)
