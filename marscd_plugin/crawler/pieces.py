"""What of a file several connections still have to bring: pieces that are taken, shortened, given back."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import pairwise

from .partmap import Run


class Piece:
    """Bytes ``at``..``end`` (end not included) of a file, ``at`` being the next to come."""

    def __init__(self, at: int, end: int) -> None:
        self.at, self.end = at, end

    @property
    def left(self) -> int:
        return self.end - self.at


class Pieces:
    """The gaps of a file. Who has nothing to do takes half of the largest piece that is under way.

    Safe to use from several threads. ``least`` is the fewest bytes that are worth a connection of their own.
    """

    def __init__(self, gaps: Iterable[Run], least: int) -> None:
        self._least = least
        self._lock = threading.Lock()
        self._idle = [Piece(begin, end) for begin, end in gaps if begin < end]
        self._busy: list[Piece] = []

    def cut(self, count: int) -> None:
        """Cut what nobody has taken so that there are up to ``count`` pieces, none shorter than ``least``."""
        with self._lock:
            if len(self._idle) == 1:
                whole = self._idle[0]
                count = max(1, min(count, whole.left // self._least))
                marks = [whole.at + whole.left * n // count for n in range(count + 1)]
                self._idle = [Piece(begin, end) for begin, end in pairwise(marks)]
            while 0 < len(self._idle) < count:
                largest = max(self._idle, key=lambda p: p.left)
                if largest.left < 2 * self._least:
                    return
                middle = largest.at + largest.left // 2
                self._idle.append(Piece(middle, largest.end))
                largest.end = middle

    def take(self) -> Piece | None:
        """A piece to bring; None where there is nothing to do at the moment."""
        with self._lock:
            if self._idle:
                # From the front: what comes first may be looked at first.
                piece = min(self._idle, key=lambda p: p.at)
                self._idle.remove(piece)
            else:
                largest = max(self._busy, key=lambda p: p.left, default=None)
                if largest is None or largest.left < 2 * self._least:
                    return None
                middle = largest.at + largest.left // 2
                piece = Piece(middle, largest.end)
                largest.end = middle
            self._busy.append(piece)
            return piece

    def begin(self, at: int, end: int) -> Piece:
        """Take just these bytes, for an answer that is coming already."""
        with self._lock:
            self._idle = [
                p
                for old in self._idle
                for p in (Piece(old.at, min(old.end, at)), Piece(max(old.at, end), old.end))
                if p.left > 0
            ]
            piece = Piece(at, end)
            self._busy.append(piece)
            return piece

    def advance(self, piece: Piece, size: int) -> tuple[int, int]:
        """``size`` bytes came: (where they belong, how many of them are still wanted)."""
        with self._lock:
            at, used = piece.at, min(size, piece.left)
            piece.at += used
            return at, used

    def back(self, piece: Piece, by: int = 0) -> None:
        """No longer under way; what is left of it (and its last ``by`` bytes) waits for somebody."""
        with self._lock:
            piece.at -= by
            self._busy.remove(piece)
            if piece.left > 0:
                self._idle.append(piece)

    def worth_more(self) -> bool:
        """Is there something for one more connection?"""
        with self._lock:
            return bool(self._idle) or any(p.left >= 2 * self._least for p in self._busy)

    def left(self) -> int:
        """Bytes that have not come."""
        with self._lock:
            return sum(p.left for p in (*self._idle, *self._busy))
