"""One polite HTTP session for a job: retries, timeouts, spacing, the address guard, and a cancel that bites at once."""

from __future__ import annotations

import http.client
import re
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin

import requests
import urllib3

from ..__about__ import metadata, version
from ..common.errors import ArchiveError, CancelledError
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.web import MAX_REPLY_BYTES, Reply
from .address import Guard, is_local_name, origin_of
from .connection import WiredAdapter, Wires
from .manners import Manners, Turns
from .proxy import ProxiedNames, choose
from .retry import PASSING, PatientRetry, WaitTooLongError, backoff

CHUNK = 1 << 16
MAX_REDIRECTS = 5
_AGAIN = "Check the network connection and the proxy settings, then try again: what was fetched is kept."
#: What the passing faults say, in words.
_TROUBLE = {
    429: "it was asked too often",
    500: "a fault of its own",
    502: "a server behind it does not answer",
    503: "it is overloaded or under repair",
    504: "a server behind it is too slow",
}
_READ_FAULTS = (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError)


class NoAnswerError(ArchiveError):
    """No usable answer after ``attempts`` tries."""

    def __init__(self, what: str, remedy: str, attempts: int = 1) -> None:
        self.attempts = attempts
        super().__init__(what, remedy)


class CutOffError(ArchiveError):
    """The answer began and did not end as announced; asking again may help."""


class Stream:
    """An answer whose body is still to come. ``attempts`` is how many times it was asked for."""

    def __init__(self, response: requests.Response, host: str, web: RequestsWeb) -> None:
        self._response, self._host, self._web = response, host, web
        self.status = response.status_code
        self.url = response.url
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        history = getattr(getattr(response.raw, "retries", None), "history", ())
        self.attempts = 1 + len(history)

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
            except _READ_FAULTS as error:
                self._web.check()
                raise CutOffError(f"{self._host} broke off its answer{self._how(error, received)}.", _AGAIN) from error
            self._web.check()
            if not piece:
                break
            received += len(piece)
            yield piece
        if self.length is not None and received < self.length:
            raise CutOffError(f"{self._host} broke off its answer after {received:,} of {self.length:,} bytes.", _AGAIN)

    def _how(self, error: BaseException, received: int) -> str:
        if self.length is not None and "IncompleteRead" in str(error):
            return f" after {received:,} of {self.length:,} bytes"
        return f": {_reason(error)}"


class RequestsWeb:
    """Implements ``common.web.Web`` with requests. Safe to share between threads.

    Proxies are chosen by ``crawler.proxy`` from the usual variables and from ``settings``. A cancel of ``progress``, or
    ``stop()`` from any thread, ends waits and reads within a fraction of a second with CancelledError.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None, manners: Manners | None = None) -> None:
        self._settings = settings
        self.manners = manners or Manners()
        self._progress = progress
        self._guard = Guard(settings)
        self._proxied = ProxiedNames(self._guard)
        self._wires = Wires(self._guard)
        self._turns = Turns(self.manners.parallel, self.manners.spacing)
        self._watch_lock = threading.Lock()
        self._watched = 0
        self._watch_end = threading.Event()
        self._session = self._make_session(use_environment=True)
        # A sandbox on this computer is never reached through a proxy, whatever the environment says.
        self._local_session = self._make_session(use_environment=False)

    def _make_session(self, use_environment: bool) -> requests.Session:
        session = requests.Session()
        session.trust_env = use_environment
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = user_agent()
        retry = PatientRetry.of(self.manners, self.pause)
        adapter = WiredAdapter(self._wires, max_retries=retry, pool_connections=8, pool_maxsize=16)
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        return session

    # -- cancel -------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Break off everything that is under way; the session is of no use afterwards."""
        self._wires.break_off()

    def check(self) -> None:
        """Raise CancelledError once stopped or cancelled."""
        if self._wires.stopped.is_set() or (self._progress is not None and self._progress.cancelled()):
            raise CancelledError()

    def pause(self, seconds: float) -> None:
        """Sleep; raises CancelledError as soon as the run is cancelled."""
        until = time.monotonic() + seconds
        self.check()
        while (left := until - time.monotonic()) > 0:
            self._wires.stopped.wait(min(left, 0.1))
            self.check()

    def pause_after(self, faults: int) -> None:
        """The pause that is due after ``faults`` faults in a row."""
        self.pause(backoff(self.manners, faults))

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """While a request is under way, one thread looks for the cancel that a blocked read cannot see."""
        if self._progress is None:
            yield
            return
        with self._watch_lock:
            self._watched += 1
            if self._watched == 1:
                self._watch_end = threading.Event()
                threading.Thread(target=self._watch, args=(self._watch_end,), name="marscd-cancel", daemon=True).start()
        try:
            yield
        finally:
            with self._watch_lock:
                self._watched -= 1
                if self._watched == 0:
                    self._watch_end.set()

    def _watch(self, end: threading.Event) -> None:
        assert self._progress is not None
        while not end.wait(0.1):
            if self._progress.cancelled():
                self.stop()
                return

    # -- asking -------------------------------------------------------------------------------------------------

    def get(self, url: str, params: Mapping[str, str] | None = None, max_bytes: int = MAX_REPLY_BYTES) -> Reply:
        """See ``common.web.Web.get``. Raises ArchiveError, CancelledError."""
        faults = 0
        while True:
            try:
                with self.open_stream(url, params, {"Accept-Encoding": "gzip"}) as stream:
                    body = _whole(stream, max_bytes)
                    return Reply(stream.status, stream.url, stream.headers, body)
            except CutOffError as error:
                faults += 1
                if faults >= self.manners.tries:
                    raise NoAnswerError(error.what, error.remedy, faults) from error
                self.pause_after(faults)

    @contextmanager
    def open_stream(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Iterator[Stream]:
        """GET whose body the caller reads from the Stream. Without ``headers``, no compression is asked for.

        Any answer but a passing fault (429, 5xx) is handed over. Raises ArchiveError, CancelledError.
        """
        headers = {"Accept-Encoding": "identity", **(headers or {})}
        with self._watching():
            for _ in range(MAX_REDIRECTS + 1):
                host = self._guard.check_url(url)[1]
                local = is_local_name(host)
                with self._turns.turn(host, self.pause, spaced=not local):
                    response = self._send(self._local_session if local else self._session, url, params, headers, host)
                    try:
                        if not response.is_redirect:
                            yield Stream(response, host, self)
                            return
                        url, params = urljoin(response.url, response.headers["location"]), None
                    finally:
                        response.close()
        raise NoAnswerError(
            f"{host} sends the request round in circles.", "Check the archive's address in the settings."
        )

    def _send(
        self,
        session: requests.Session,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        host: str,
    ) -> requests.Response:
        manners = self.manners
        # A direct way is an empty text: requests would look into the environment again for what is not named.
        proxy = choose(url, self._settings) if session is self._session else ""
        if proxy:
            self._proxied.check(origin_of(url))
        try:
            response = session.get(
                url,
                params=params,
                headers=dict(headers),
                stream=True,
                allow_redirects=False,
                proxies={"http": proxy, "https": proxy},
                timeout=(manners.connect_timeout, manners.read_timeout),
            )
        except WaitTooLongError as error:
            minutes = f"{error.seconds / 60:,.0f} minutes"
            raise NoAnswerError(f"{host} asks to be left alone for {minutes}.", "Try again after that.") from error
        except requests.exceptions.ProxyError as error:
            raise _proxy_error(host, _reason(error)) from error
        except requests.exceptions.SSLError as error:
            raise NoAnswerError(
                f"No secure connection to {host}: {_reason(error)}.",
                "Check this computer's clock and certificates, and whether a proxy stands between.",
            ) from error
        except (requests.exceptions.RequestException, *_READ_FAULTS) as error:
            self.check()
            raise NoAnswerError(
                f"{host} did not answer after {manners.tries} tries: {_reason(error)}.", _AGAIN, manners.tries
            ) from error
        if proxy and response.status_code == 407:
            response.close()
            raise _proxy_error(host, "407 Proxy Authentication Required")
        if response.status_code in PASSING:
            response.close()
            raise NoAnswerError(
                f"{host} is in trouble: it answered {response.status_code} to {manners.tries} tries"
                f" ({_TROUBLE.get(response.status_code, 'a fault that may pass')}).",
                "Try again in an hour or so: what was fetched is kept.",
                manners.tries,
            )
        return response

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()
        self._local_session.close()

    def __enter__(self) -> RequestsWeb:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def user_agent() -> str:
    """Who asks, with a page that says what it is, as archive operators want it."""
    return f"MarsCD/{version()} (+{metadata().get('homepage') or 'https://github.com/marscd/marscd'})"


def _whole(stream: Stream, limit: int) -> bytes:
    """The decoded body, bounded before and after decoding."""
    too_large = ArchiveError(
        f"{stream._host} answered more than {limit / 1e6:,.0f} MB.", "Ask for a smaller area or a shorter time."
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
        raise ArchiveError(f"{stream._host} answered in a coding that was not asked for ({coding[:40]}).", _AGAIN)
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = inflate.decompress(body, limit + 1)
    except zlib.error as error:
        raise CutOffError(f"{stream._host} sent a damaged answer: {error}.", _AGAIN) from error
    if len(plain) > limit:
        raise too_large
    if not inflate.eof:
        raise CutOffError(f"{stream._host} broke off its answer.", _AGAIN)
    return plain


def _proxy_error(host: str, reason: str) -> NoAnswerError:
    if "407" in reason:
        return NoAnswerError(
            f"The proxy on the way to {host} asks for a user name and a password, or refuses those it was given.",
            "Give them in QGIS's settings (Network), or in the variable HTTPS_PROXY.",
        )
    return NoAnswerError(
        f"The proxy on the way to {host} did not let it through: {reason}.",
        "Check the proxy in QGIS's settings (Network) or the variable HTTPS_PROXY.",
    )


def _reason(error: BaseException) -> str:
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
