"""Asking for byte ranges of one version of one file, patiently; a server that will not is found out at once."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...products.codestream.words import NotByPartsError
from ..session import CutOffError, NoAnswerError, RequestsWeb, Stream
from ..transfer import TransferError, Version

_MOST_REQUESTS = 20_000


class ChangedError(Exception):
    """The archive's file is another one than the ranges that are here belong to."""


class Ranger:
    """``bring`` asks for ranges of ``url``. ``version`` is learnt from the first answer where it is not known."""

    def __init__(self, web: RequestsWeb, url: str, name: str, version: Version) -> None:
        self.web, self.url, self.name, self.version = web, url, name, version
        self.attempts = 0
        #: Bytes that came, those of broken answers included.
        self.received = 0

    def bring(self, start: int, end: int, keep: Callable[[int, bytes], None]) -> int:
        """Bytes start..end-1, handed to ``keep(offset, bytes)`` as they come; returns where the file or they ended.

        Raises ChangedError, NotByPartsError (no ranges here, or no version that could be told from another),
        TransferError, CancelledError, and whatever ``keep`` raises.
        """
        faults, at = 0, start
        while at < end:
            before = at
            try:
                with self.web.open_stream(self.url, headers=self._headers(at, end)) as stream:
                    self.attempts += stream.attempts
                    end = min(end, self._checked(stream, at))
                    for piece in stream.chunks():
                        self.received += len(piece)
                        # A server may send more than was asked for: only what was is believed.
                        piece = piece[: end - at]
                        if not piece:
                            break
                        keep(at, piece)
                        at += len(piece)
                if at == before:
                    raise CutOffError("The archive sent nothing of the part that was asked for.", "Try again later.")
            except CutOffError as error:
                faults = 1 if at > before else faults + 1
                if faults >= self.web.manners.tries or self.attempts >= _MOST_REQUESTS:
                    raise TransferError(self.name, error.what, error.remedy) from error
                self.web.pause_after(faults)
            except NoAnswerError as error:
                self.attempts += error.attempts
                raise TransferError(self.name, error.what, error.remedy) from error
        return end

    def _headers(self, at: int, end: int) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={at}-{end - 1}"}
        if self.version.validator:
            headers["If-Range"] = self.version.validator
        return headers

    def _checked(self, stream: Stream, at: int) -> int:
        """The end of the file that an answer announces. Its body must continue at ``at``."""
        validator = validator_of(stream.headers)
        if stream.status == 416:
            raise ChangedError
        if stream.status == 200:
            if self.version.validator and validator != self.version.validator:
                raise ChangedError
            raise NotByPartsError("the archive does not send parts of files")
        if stream.status != 206:
            # Whoever asks for the whole file next is told what the answer means.
            raise NotByPartsError(f"the archive answered {stream.status}")
        match = re.fullmatch(
            r"\s*bytes\s+([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})\s*", stream.headers.get("content-range", "")
        )
        coding = stream.headers.get("content-encoding", "identity").strip().lower()
        if not match or int(match[1]) != at or coding not in ("", "identity"):
            raise NotByPartsError("the archive answers other parts than are asked for")
        last, total = int(match[2]), int(match[3])
        if not at <= last < total:
            raise NotByPartsError("the archive answers other parts than are asked for")
        if self.version.total is None:
            if not validator:
                raise NotByPartsError("the archive does not say when a file has changed")
            self.version = Version(validator, total)
        elif (total, validator or self.version.validator) != (self.version.total, self.version.validator):
            raise ChangedError
        return total


def validator_of(headers: dict[str, str]) -> str:
    """What If-Range may carry: a strong ETag, else the date; "" where neither is there."""
    etag = headers.get("etag", "").strip()
    if re.fullmatch(r'"[\x21\x23-\x7e]{0,500}"', etag):
        return etag
    date = headers.get("last-modified", "").strip()
    return date if re.fullmatch(r"[A-Za-z0-9 ,:+-]{10,60}", date) else ""
