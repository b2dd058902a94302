"""What archive clients need of HTTP: one small protocol, so that ``archives`` need not know the crawler's session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

#: Largest reply that is read into memory.
MAX_REPLY_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """A finished answer: ``status`` is the HTTP status, ``body`` the decoded bytes, header names lower-case."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class Web(Protocol):
    """A polite, retrying HTTP client."""

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        max_bytes: int = MAX_REPLY_BYTES,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """GET, retried on faults. Raises ArchiveError when no answer comes, or one larger than ``max_bytes``.

        Any finished answer is returned whatever its status: 403, 404 and 410 are answers.
        """

    def post(self, url: str, body: bytes, content_type: str, max_bytes: int = MAX_REPLY_BYTES) -> Reply:
        """POST of a question that changes nothing at the other end (a search), so it is retried as GET is.

        Raises as ``get`` does, and where the answer is a redirect: a body is not sent on to another place.
        """
