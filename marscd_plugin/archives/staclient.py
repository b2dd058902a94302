"""pystac-client on our own session: its search and its paging, our address guard, sizes, retries and cancel.

pystac-client asks through a ``requests`` session of its own: no address guard, no limit on a reply's size, no cancel,
files of this computer read where a link names one, and paging that follows any link for ever. ``WebIO`` takes the place
of its input and output: every request goes through ``common.web.Web``, and to the address that the user configured and
nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from ..common.errors import ArchiveError
from ..common.packages import need
from ..common.progress import Progress, check
from ..common.web import Reply, Web

PAGE = 100
#: More pages than this are no search but a download of the archive.
MOST_PAGES = 200
_MOST_BYTES = 32 * 1024 * 1024
_LATER = "Try again later; if it stays so, check the archive's address in the settings (MARSCD_STAC_URL)."
#: Statuses with which a server says that it takes no POST.
_NO_POST = (404, 405, 501)


class RefusedError(ArchiveError):
    """The service answered, and not with a search's result. ``status`` is the answer's."""

    def __init__(self, what: str, remedy: str, status: int) -> None:
        self.status = status
        super().__init__(what, remedy)


def items(
    web: Web, root: str, collections: Sequence[str], box: Sequence[float], progress: Progress, page: int = PAGE
) -> Iterator[dict[str, Any]]:
    """Items of ``collections`` that touch a box (west, south, east, north, -180..180), as the service gives them.

    Asked by POST, and by GET where the service takes no POST. Raises ArchiveError, MissingPackageError, CancelledError.
    """
    try:
        yield from _search("POST", web, root, collections, box, progress, page)
    except RefusedError as error:
        if error.status not in _NO_POST:
            raise
        yield from _search("GET", web, root, collections, box, progress, page)


def _search(
    method: str, web: Web, root: str, collections: Sequence[str], box: Sequence[float], progress: Progress, page: int
) -> Iterator[dict[str, Any]]:
    client = need("pystac_client")
    search = client.ItemSearch(
        url=f"{root.rstrip('/')}/search", method=method, collections=list(collections), bbox=list(box), limit=page,
        stac_io=_io_class()(web, root, progress),
    )  # fmt: skip
    host = urlsplit(root).hostname
    try:
        for item in search.items_as_dicts():
            if isinstance(item, dict):
                yield item
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        # pystac-client trusts the shape of pages and links.
        raise ArchiveError(f"STAC at {host} answered a page that is no search's result.", _LATER) from error


def _io_class() -> type:
    """Made when it is needed: pystac-client is imported here and nowhere else."""
    stac_api_io = need("pystac_client.stac_api_io").StacApiIO

    class WebIO(stac_api_io):  # type: ignore[misc,valid-type]
        """pystac-client's input and output over ``Web``, at one address."""

        def __init__(self, web: Web, root: str, progress: Progress) -> None:
            super().__init__(max_retries=None)
            self._web, self._root, self._progress = web, root.rstrip("/"), progress
            self._asked: set[tuple[str, str, str]] = set()

        def read_text(self, source: Any, *args: Any, **kwargs: Any) -> str:
            if not hasattr(source, "to_dict"):
                return self.request(str(source), *args, **kwargs)
            return super().read_text(source, *args, **kwargs)

        def request(
            self,
            href: str,
            method: str | None = None,
            headers: Mapping[str, str] | None = None,
            parameters: Mapping[str, Any] | None = None,
        ) -> str:
            check(self._progress)
            url, method = on_root(href, self._root), (method or "GET").upper()
            if method not in ("GET", "POST"):
                raise ArchiveError(f"STAC at {self._host} wants a page to be asked for by {method[:20]}.", _LATER)
            body = json.dumps(parameters or {}, sort_keys=True)
            if (method, url, body) in self._asked or len(self._asked) >= MOST_PAGES:
                raise ArchiveError(
                    f"STAC at {self._host} sends the search round in circles, or has more than "
                    f"{MOST_PAGES * PAGE:,} images here.",
                    "Choose a smaller area.",
                )
            self._asked.add((method, url, body))
            if method == "POST":
                reply = self._web.post(url, body.encode("utf-8"), "application/json", _MOST_BYTES)
            else:
                texts = {
                    k: ",".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in (parameters or {}).items()
                }
                reply = self._web.get(url, texts or None, max_bytes=_MOST_BYTES)
            return text_of(reply, self._host)

        def write_text_to_href(self, href: str, *args: Any, **kwargs: Any) -> None:
            raise ArchiveError(f"{href[:200]} is not written to: archives are only read.", "")

        @property
        def _host(self) -> str:
            return urlsplit(self._root).hostname or self._root

    return WebIO


def on_root(href: str, root: str) -> str:
    """The same page at the configured address. The service names its backing host in links, which is not asked.

    Raises ArchiveError for a link that is no page of a search or of a collection.
    """
    try:
        parts = urlsplit(href)
        path = parts.path
    except ValueError:
        path = ""
    for mark in ("/collections/", "/search"):
        start = path.rfind(mark)
        rest = path[start:]
        if start >= 0 and ".." not in rest and (mark != "/search" or rest == "/search"):
            query = f"?{parts.query}" if parts.query else ""
            return f"{root.rstrip('/')}{rest}{query}"
    raise ArchiveError(f"A STAC reply leads to {href[:200]!r}, which is no page of the search.", _LATER)


def text_of(reply: Reply, host: str) -> str:
    """The body of a good answer, which must be a JSON object. Raises RefusedError, ArchiveError."""
    text = reply.body.decode("utf-8-sig", errors="replace")
    if reply.status != 200:
        raise RefusedError(f"STAC at {host} answered with status {reply.status}{_said(text)}.", _LATER, reply.status)
    if not text.lstrip().startswith("{"):
        raise ArchiveError(
            f"STAC at {host} answered {'a web page' if text.lstrip()[:1] == '<' else 'something'} that is no JSON.",
            "A proxy or a login page may stand between: check the network. " + _LATER,
        )
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"STAC at {host} answered damaged JSON.", _LATER) from error
    features = value.get("features")
    if not isinstance(features, list) or not isinstance(value.get("links", []), list):
        raise ArchiveError(f"STAC at {host} answered JSON that is no search's result{_said(text)}.", _LATER)
    return text


def _said(text: str) -> str:
    """What an error answer says of itself, in brackets; "" where it says nothing."""
    try:
        value = json.loads(text[:100_000])
        said = value.get("description") or value.get("message") if isinstance(value, dict) else ""
    except (ValueError, RecursionError):
        return ""
    plain = " ".join("".join(c if c.isprintable() else " " for c in str(said or "")).split())[:160]
    return f" ({plain})" if plain else ""
