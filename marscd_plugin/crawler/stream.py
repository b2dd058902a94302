"""An answer whose body is still to come, and the two ways in which none comes."""

from __future__ import annotations

import http.client
import re
import zlib
from collections.abc import Iterator
from typing import Protocol

import requests
import urllib3

from ..common.errors import ArchiveError

CHUNK = 1 << 16
AGAIN = "Check the network connection and the proxy settings, then try again: what was fetched is kept."
READ_FAULTS = (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError)


class NoAnswerError(ArchiveError):
    """No usable answer after ``attempts`` tries."""

    def __init__(self, what: str, remedy: str, attempts: int = 1) -> None:
        self.attempts = attempts
        super().__init__(what, remedy)


class CutOffError(ArchiveError):
    """The answer began and did not end as announced; asking again may help."""


class Reader(Protocol):
    """What a stream needs of its session."""

    def check(self) -> None:
        """Raise CancelledError on a stop."""

    def came(self, size: int) -> None:
        """``size`` bytes came: may pause to keep within the bandwidth."""


class Stream:
    """An answer whose body is still to come. ``attempts`` is how many times it was asked for."""

    def __init__(self, response: requests.Response, host: str, web: Reader, attempts: int = 1) -> None:
        self._response, self.host, self._web = response, host, web
        self.status = response.status_code
        self.url = response.url
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self.attempts = attempts

    @property
    def length(self) -> int | None:
        """The announced length of the body in bytes, as sent (not decoded)."""
        text = self.headers.get("content-length", "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """The body as sent, in pieces. Raises CutOffError where it ends early, CancelledError on a stop."""
        received = 0
        while True:
            try:
                piece = self._response.raw.read(size, decode_content=False)
            except READ_FAULTS as error:
                self._web.check()
                raise CutOffError(f"{self.host} broke off its answer{self._how(error, received)}.", AGAIN) from error
            self._web.check()
            if not piece:
                break
            received += len(piece)
            yield piece
            self._web.came(len(piece))
        if self.length is not None and received < self.length:
            raise CutOffError(f"{self.host} broke off its answer after {received:,} of {self.length:,} bytes.", AGAIN)

    def _how(self, error: BaseException, received: int) -> str:
        if self.length is not None and "IncompleteRead" in str(error):
            return f" after {received:,} of {self.length:,} bytes"
        return f": {reason_of(error)}"


def whole_body(stream: Stream, limit: int) -> bytes:
    """The decoded body, bounded before and after decoding. Raises ArchiveError, CutOffError."""
    too_large = ArchiveError(
        f"{stream.host} answered more than {limit / 1e6:,.0f} MB.", "Ask for a smaller area or a shorter time."
    )
    pieces, size = [], 0
    for piece in stream.chunks():
        size += len(piece)
        if size > limit:
            raise too_large
        pieces.append(piece)
    body = b"".join(pieces)
    coding = stream.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ArchiveError(f"{stream.host} answered in a coding that was not asked for ({coding[:40]}).", AGAIN)
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = inflate.decompress(body, limit + 1)
    except zlib.error as error:
        raise CutOffError(f"{stream.host} sent a damaged answer: {error}.", AGAIN) from error
    if len(plain) > limit:
        raise too_large
    if not inflate.eof:
        raise CutOffError(f"{stream.host} broke off its answer.", AGAIN)
    return plain


def reason_of(error: BaseException) -> str:
    """The innermost cause, in one short line without object addresses."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        inner = getattr(error, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((a for a in getattr(error, "args", ()) if isinstance(a, BaseException)), None)
        if inner is None:
            break
        error = inner
    if isinstance(error, (urllib3.exceptions.ReadTimeoutError, TimeoutError)):
        return "it took too long"
    # urllib3 puts the connection's own representation first.
    text = re.sub(r"^(<.* at 0x[0-9a-fA-F]+>|\w+\(host=[^)]*\)): ", "", str(error))
    text = re.sub(r"^\[Errno -?\d+\] ", "", text).strip()
    text = re.sub(r"//[^/@\s]*@", "//", text)  # A proxy's password.
    return (text or type(error).__name__).rstrip(".")[:200]
