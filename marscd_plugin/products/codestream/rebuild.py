"""A valid, smaller JP2 of the packets that are there: every other packet becomes an empty one.

An empty packet is one zero byte (ISO/IEC 15444-1, B.10.3), with the markers around it that the codestream's style asks
for; a decoder takes its code-blocks for zero. Lists of lengths (TLM, PLM, PLT) would no longer be
true and are left out; our record keeps the originals.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from . import words as w
from .packets import count_packets
from .spans import Span, held
from .words import Header, Style, TilePart

_DROPPED = (w.TLM, w.PLM, w.PLT)
_PIECE = 1 << 20

Read = Callable[[int, int], bytes]


@dataclass(frozen=True)
class Run:
    """Consecutive packets of a tile-part: bytes of the archive's file, or ``empty`` packets from ``first`` on."""

    start: int
    end: int
    empty: int = 0
    first: int = 0


@dataclass(frozen=True)
class Built:
    """A tile-part as it will be: its header, its runs, and whether its packets carry SOP and EPH markers."""

    head: bytes
    runs: tuple[Run, ...]
    style: Style

    @property
    def size(self) -> int:
        """Bytes in all."""
        one = empty_size(self.style)
        return len(self.head) + sum(one * r.empty if r.empty else r.end - r.start for r in self.runs)


def offsets_of(part: TilePart) -> np.ndarray:
    """Where each packet begins, and where the last ends."""
    assert part.lengths is not None
    return np.concatenate(([part.body], part.body + np.cumsum(part.lengths)))


def empty_size(style: Style) -> int:
    """Bytes of an empty packet."""
    return 1 + 6 * style.sop + 2 * style.eph


def empty_packets(style: Style, first: int, count: int) -> bytes:
    """``count`` empty packets; ``first`` is the number of the first within its tile, which SOP carries."""
    end = b"\x00" + (b"\xff\x92" if style.eph else b"")
    if not style.sop:
        return end * count
    return b"".join(struct.pack(">HHH", w.SOP, 4, (first + i) & 0xFFFF) + end for i in range(count))


def build_parts(
    header: Header, parts: Sequence[TilePart], styles: dict[int, Style], present: Sequence[Span]
) -> list[Built]:
    """The tile-parts of the smaller codestream. ``styles`` has an entry for each tile whose lengths were read.

    A tile without is given all its packets empty, in one tile-part, as the main header codes them.
    """
    built: list[Built] = []
    seen: dict[int, int] = {}
    for part in parts:
        style = styles.get(part.tile)
        if style is None or part.lengths is None:
            if part.tile not in seen:
                count = count_packets(header.size, header.style, part.tile)
                seen[part.tile] = count
                runs: tuple[Run, ...] = (Run(0, 0, count),) if count else ()
                built.append(_with_head(part.tile, 0, 1, (), runs, header.style))
            continue
        first = seen.get(part.tile, 0)
        seen[part.tile] = first + len(part.lengths)
        built.append(
            _with_head(
                part.tile, part.index, part.count, part.segments, tuple(_runs(part, first, present)), style
            )
        )  # fmt: skip
    return built


def file_size(header: Header, built: Sequence[Built]) -> int:
    """Bytes of the JP2 that ``write`` gives."""
    return len(header.boxes) + 8 + len(_main_header(header)) + sum(b.size for b in built) + 2


def write(header: Header, built: Sequence[Built], read: Read) -> Iterator[bytes]:
    """The smaller JP2, piece by piece. ``read(offset, size)`` gives bytes of the archive's file."""
    main = _main_header(header)
    content = len(main) + sum(b.size for b in built) + 2
    yield header.boxes
    # A box of 4 GB and more would need a longer head; a part is never that large.
    yield struct.pack(">I4s", content + 8, b"jp2c")
    yield main
    for tile_part in built:
        yield tile_part.head
        for run in tile_part.runs:
            if run.empty:
                yield empty_packets(tile_part.style, run.first, run.empty)
                continue
            for start in range(run.start, run.end, _PIECE):
                yield read(start, min(_PIECE, run.end - start))
    yield struct.pack(">H", w.EOC)


def places(header: Header, built: Sequence[Built]) -> list[tuple[int, int, int]]:
    """(start, end, place) of every run of real bytes: where in the smaller file the archive's bytes are."""
    at = len(header.boxes) + 8 + len(_main_header(header))
    found = []
    for tile_part in built:
        at += len(tile_part.head)
        for run in tile_part.runs:
            if run.empty:
                at += run.empty * empty_size(tile_part.style)
            else:
                found.append((run.start, run.end, at))
                at += run.end - run.start
    return found


def _main_header(header: Header) -> bytes:
    kept = b"".join(s.packed() for s in header.segments if s.code not in _DROPPED)
    return struct.pack(">H", w.SOC) + kept


def _with_head(
    tile: int, index: int, count: int, segments: Sequence[w.Segment], runs: tuple[Run, ...], style: Style
) -> Built:
    kept = b"".join(s.packed() for s in segments if s.code not in _DROPPED)
    head = 12 + len(kept) + 2
    size = Built(b"", runs, style).size + head
    sot = struct.pack(">HHHIBB", w.SOT, 10, tile, size, index, count)
    return Built(sot + kept + struct.pack(">H", w.SOD), runs, style)


def _runs(part: TilePart, first: int, present: Sequence[Span]) -> Iterator[Run]:
    """Real and empty runs by turns."""
    offsets = offsets_of(part)
    mask = held(present, offsets)
    edges = np.flatnonzero(np.diff(mask)) + 1
    bounds = [0, *(int(e) for e in edges), len(mask)]
    for low, high in pairwise(bounds):
        if high == low:
            continue
        if mask[low]:
            yield Run(int(offsets[low]), int(offsets[high]))
        else:
            yield Run(0, 0, high - low, first + low)
