"""One large file by several connections: only where connections to its host stand idle, and the server keeps versions.

Needed are ranges and a validator (a strong ETag or a date): each range is asked for with If-Range, so that all pieces
are of one version. The first connection is the one that any file has; helpers join while nobody else waits for their
slot, each taking what nobody has begun, or half of the largest piece under way. ``partmap`` keeps what is here.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ..common.files import need_space
from .partmap import PartMap
from .pieces import Piece, Pieces
from .session import RequestsWeb
from .stream import CutOffError, NoAnswerError

if TYPE_CHECKING:
    from .transfer import Transfer

#: A connection of its own is worth it from here on.
LEAST = 4 * 1024**2
#: Seconds between looks for an idle connection.
_LOOK = 0.25
#: Bytes between two synchronisations with the disk, of all connections together.
_SYNC = 64 * 1024**2
#: How often a piece may be refused that other connections may have spoilt.
_REFUSALS = 4


def shares(web: RequestsWeb, url: str, held: int = 0) -> int:
    """How many connections could share a file now, ``held`` of them being in use for it already."""
    return max(1, min(web.manners.segments, web.idle(url) + held))


class PieceError(Exception):
    """An answer that is no piece of this file. ``status`` is HTTP's."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"answer {status}")


class Split:
    """``run`` brings what the map lacks. Raises what Transfer raises; the part and its map stay.

    An answer that has begun is read by ``begin`` first, while its connection is held; ``run`` follows when that has
    been given back, for it may be the only one there is.
    """

    def __init__(self, transfer: Transfer, here: PartMap) -> None:
        self._transfer, self._web, self._map = transfer, transfer.web, here
        self._pieces = Pieces(here.missing(), LEAST)
        self._helpers: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._fatal: BaseException | None = None
        self._over = threading.Event()
        self._alone = self._helped = False
        self._looked = 0.0
        self._unsynced = 0

    def begin(self, first: Iterator[bytes], end: int) -> None:
        """Read an answer that has begun, with the file's bytes from 0 to ``end``, as far as nobody takes it over."""
        count = shares(self._web, self._transfer.url, held=1)
        if end == self._map.total and count > 1:
            end = max(LEAST, end // count)  # The rest is for the helpers; the answer is left in its middle.
            # The archive may count that connection for a while after we have left it, as it counts a helper's.
            self._helped = True
        piece = self._pieces.begin(0, end)
        self._pieces.cut(count - 1)
        try:
            self._write(piece, first)
        except BaseException:
            self._end()
            raise
        finally:
            self._pieces.back(piece)

    def run(self) -> None:
        """Bring the rest."""
        transfer = self._transfer
        try:
            need_space(transfer.path.parent, self._pieces.left())
            transfer.arrived(self._map.have, self._map.total)
            self._pieces.cut(shares(self._web, transfer.url))
            self._work()
            self._wait_for_helpers()
        finally:
            self._end()
        if self._pieces.left():
            raise CutOffError("not all pieces of the file came.", "Run it again.")
        # The map goes last: with the part synchronised, its size says all.
        with transfer.part.open("rb+") as file:
            os.fsync(file.fileno())
        self._map.drop()

    # -- the transfer's own thread ------------------------------------------------------------------------------

    def _work(self) -> None:
        cuts = refusals = 0
        while (piece := self._pieces.take()) is not None:
            before = piece.at
            try:
                self._ask(piece)
                cuts = 0
            except CutOffError:
                cuts = 1 if piece.at > before else cuts + 1
                if cuts >= self._web.manners.tries:
                    raise
                self._web.pause_after(cuts)
            except PieceError as error:
                self._end_helpers()
                refusals += 1
                if not self._helped or refusals >= _REFUSALS or error.status in (200, 206, 416):
                    self._transfer.no_piece(error.status)
                # Perhaps the archive takes several connections amiss: again, by one, and after a while.
                self._alone = True
                self._over.clear()
                self._web.pause_after(refusals)
            finally:
                self._pieces.back(piece)
            self._raise_fatal()

    def _wait_for_helpers(self) -> None:
        while self._pieces.left():
            self._web.pause(0.02)
            self._raise_fatal()
            # A helper that gave up has left its piece.
            self._work()

    def _end(self) -> None:
        self._end_helpers()
        self._map.close()

    def _end_helpers(self) -> None:
        self._over.set()
        for helper in self._helpers:
            helper.join()

    def _raise_fatal(self) -> None:
        if self._fatal is not None:
            raise self._fatal

    # -- any thread ---------------------------------------------------------------------------------------------

    def _ask(self, piece: Piece) -> None:
        """One request for the rest of a piece."""
        transfer = self._transfer
        begin, end = piece.at, piece.end
        headers = {
            "Accept-Encoding": "identity",
            "Range": f"bytes={begin}-{end - 1}",
            "If-Range": self._map.validator,
        }
        with self._web.open_stream(transfer.url, headers=headers) as stream:
            with self._lock:
                transfer.attempts += stream.attempts
            if not transfer.is_piece(stream, begin, self._map.total):
                raise PieceError(stream.status)
            self._write(piece, stream.chunks())
        if piece.left > 0:
            raise CutOffError(f"{stream.host} broke off its answer.", "Run it again.")

    def _write(self, piece: Piece, chunks: Iterator[bytes]) -> None:
        with _part(self._transfer.part) as file:
            for chunk in chunks:
                at, used = self._pieces.advance(piece, len(chunk))
                if used:
                    file.seek(at)
                    file.write(chunk[:used])
                    self._map.mark(at, at + used)
                    self._noted(used, file.fileno())
                if piece.left <= 0 or self._over.is_set() or self._fatal is not None:
                    return
                self._look_for_help()

    def _noted(self, size: int, descriptor: int) -> None:
        transfer = self._transfer
        with self._lock:
            self._unsynced += size
            due = self._unsynced >= _SYNC
            self._unsynced = 0 if due else self._unsynced
            transfer.arrived(self._map.have, self._map.total)
        if due:
            need_space(transfer.path.parent, self._pieces.left())
            self._map.sync(descriptor)

    def _look_for_help(self) -> None:
        now = time.monotonic()
        with self._lock:
            self._helpers = [h for h in self._helpers if h.is_alive()]
            if self._alone or now - self._looked < _LOOK or len(self._helpers) + 1 >= self._web.manners.segments:
                return
            self._looked = now
            if self._pieces.worth_more() and self._web.idle(self._transfer.url):
                helper = threading.Thread(target=self._help, name="marscd-piece", daemon=True)
                self._helpers.append(helper)
                self._helped = True
                self._looked = 0.0  # Perhaps there is room for another one.
                helper.start()

    def _help(self) -> None:
        """Bring pieces as long as nobody else wants this connection. A fault ends it: the first thread goes on."""
        try:
            while not self._over.is_set() and not self._web.wanted(self._transfer.url):
                piece = self._pieces.take()
                if piece is None:
                    return
                try:
                    self._ask(piece)
                finally:
                    self._pieces.back(piece)
        except (CutOffError, NoAnswerError, PieceError):
            # Perhaps the archive does not like several connections: no more of them for this file.
            self._alone = True
        # The file changed, or the disk is full: that ends the whole transfer, in its own thread.
        except BaseException as error:
            self._fatal = self._fatal or error


def _part(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return cast(BinaryIO, os.fdopen(os.open(path, flags), "wb", buffering=0))
