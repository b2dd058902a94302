"""Lists of lengths in marker segments: packets (PLT, PLM), seven bits a byte, and segments in their numbers' order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .words import NotByPartsError

MAX_PACKETS = 4_000_000
#: Bytes of one length: 35 bits, more than a tile-part can hold.
_LONGEST = 5


def in_order(bodies: Sequence[bytes], name: str) -> list[bytes]:
    """Segment bodies without their first byte, which must count them from 0. Raises NotByPartsError."""
    if any(not body or body[0] != number for number, body in enumerate(bodies)):
        # Kakadu and OpenJPEG write them in order; what does not is not guessed at.
        raise NotByPartsError(f"its {name} segments are out of order")
    return [body[1:] for body in bodies]


def packet_lengths(data: bytes) -> np.ndarray:
    """The lengths (int64) that PLT's bytes hold: seven bits a byte, the most significant first, the eighth says that
    more follow. Raises NotByPartsError."""
    digits = np.frombuffer(data, np.uint8)
    if not digits.size:
        return np.zeros(0, np.int64)
    last = np.flatnonzero(digits < 128)
    if not last.size or last[-1] != digits.size - 1:
        raise NotByPartsError("its list of packet lengths breaks off")
    if last.size > MAX_PACKETS:
        raise NotByPartsError(f"it has {last.size:,} packets")
    first = np.concatenate(([0], last[:-1] + 1))
    spans = last - first + 1
    if spans.max() > _LONGEST:
        raise NotByPartsError("its packet lengths are absurd")
    lengths = np.zeros(last.size, np.int64)
    for step in range(int(spans.max())):
        more = spans > step
        lengths[more] = (lengths[more] << 7) | (digits[first[more] + step] & 127)
    return lengths


def plm_lengths(bodies: Sequence[bytes]) -> tuple[np.ndarray, ...]:
    """Packet lengths of each tile-part, from PLM: a count of bytes, then the bytes. Raises NotByPartsError."""
    data, at, found = b"".join(bodies), 0, []
    while at < len(data):
        end = at + 1 + data[at]
        if end > len(data):
            raise NotByPartsError("its list of packet lengths (PLM) breaks off")
        found.append(packet_lengths(data[at + 1 : end]))
        at = end
    return tuple(found)
