"""What an answer's headers and body say of the file: its version, its size, where a range lies, how it is packed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .stream import CutOffError, Stream

#: A validator longer than this is no validator.
_LONGEST_VALIDATOR = 500
_CONTENT_RANGE = re.compile(r"\s*bytes\s+([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15}|\*)\s*")


@dataclass(frozen=True)
class Version:
    """Which version of a remote file a partial one belongs to: a strong ETag or a Last-Modified date, and the size."""

    validator: str = ""
    total: int | None = None


class WrongBodyError(Exception):
    """What came is not (a part of) the file: ask again, from the start unless what is here is not to blame.

    ``damaged``: all of it is here, and is to be kept aside if the next try is no better.
    """

    def __init__(self, why: str, keep: bool = False, remedy: str = "", damaged: bool = False) -> None:
        self.keep = keep
        self.damaged = damaged
        self.remedy = remedy or "Try again later; if it stays so, the archive's file has a fault: leave it out."
        super().__init__(why.rstrip("."))


@dataclass(frozen=True)
class Range:
    """What a 206 holds: bytes ``first`` to ``last`` of ``total`` (None: not said)."""

    first: int
    last: int
    total: int | None


def range_of(stream: Stream) -> Range | None:
    """The range that an answer says it holds; None where it says none that can be used as it is."""
    match = _CONTENT_RANGE.fullmatch(stream.headers.get("content-range", ""))
    if stream.status != 206 or not match or not plain(stream):
        return None
    return Range(int(match[1]), int(match[2]), None if match[3] == "*" else int(match[3]))


def plain(stream: Stream) -> bool:
    """True where the body travels as it is."""
    return stream.headers.get("content-encoding", "identity").strip().lower() in ("", "identity")


def length(stream: Stream) -> int | None:
    """The size of the file in a 200 answer; unknown where it travels compressed."""
    return stream.length if plain(stream) else None


def range_total(headers: Mapping[str, str]) -> int | None:
    match = re.fullmatch(r"\s*bytes\s+\*/([0-9]{1,15})\s*", headers.get("content-range", ""))
    return int(match[1]) if match else None


def validator(headers: Mapping[str, str]) -> str:
    """What If-Range may carry: a strong ETag, else the date; "" where neither is there."""
    etag = headers.get("etag", "").strip()
    if re.fullmatch(r'"[\x21\x23-\x7e]*"', etag) and len(etag) <= _LONGEST_VALIDATOR:
        return etag
    date = headers.get("last-modified", "").strip()
    return date if re.fullmatch(r"[A-Za-z0-9 ,:+-]{10,60}", date) else ""


def decoded(stream: Stream) -> Iterator[bytes]:
    """The body in pieces, unpacked where the server compressed it though nobody asked."""
    if plain(stream):
        yield from stream.chunks()
        return
    coding = stream.headers["content-encoding"].strip().lower()
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise WrongBodyError(f"it came in a coding that was not asked for ({coding[:40]})")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for packed in stream.chunks():
            while packed:
                yield inflate.decompress(packed, 1 << 20)
                packed = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        raise WrongBodyError(f"its compression is damaged: {error}") from error
    if not inflate.eof:
        raise CutOffError("the compressed body broke off.", "Run it again.")
