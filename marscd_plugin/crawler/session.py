"""One polite HTTP session for a job: retries, timeouts, spacing, rests, the address guard, and a cancel that bites."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin

import requests

from ..__about__ import metadata, version
from ..common.errors import ArchiveError, CancelledError
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.web import MAX_REPLY_BYTES, Reply
from .address import Guard, is_local_name, origin_of
from .bandwidth import Bucket
from .breaker import Breakers
from .connection import WiredAdapter, Wires
from .credentials import credentials_for
from .manners import Manners, Turns
from .proxy import ProxiedNames, choose
from .retry import PASSING, backoff, retry_after
from .stream import CHUNK, READ_FAULTS, CutOffError, NoAnswerError, Stream, reason_of, whole_body
from .troubles import FaultError, exhausted, proxy_error

__all__ = ["CHUNK", "CutOffError", "NoAnswerError", "RequestsWeb", "Stream", "user_agent"]

MAX_REDIRECTS = 5


class RequestsWeb:
    """Implements ``common.web.Web`` with requests. Safe to share between threads.

    Proxies are chosen by ``crawler.proxy`` from the usual variables and from ``settings``. A cancel of ``progress``, or
    ``stop()`` from any thread, ends waits and reads within a fraction of a second with CancelledError. ``also`` are
    addresses that the user named outside the settings: their hosts may be asked, too.
    """

    def __init__(
        self,
        settings: Settings,
        progress: Progress | None = None,
        manners: Manners | None = None,
        also: Iterable[str] = (),
    ) -> None:
        self._settings = settings
        self.manners = manners or Manners()
        self._progress = progress
        self._guard = Guard(settings, also)
        self._proxied = ProxiedNames(self._guard)
        self._wires = Wires(self._guard)
        self._turns = Turns(self.manners.parallel, self.manners.spacing)
        self._breakers = Breakers(self.manners)
        self._bucket = Bucket(settings.bandwidth * 1e6)
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
        adapter = WiredAdapter(self._wires, max_retries=0, pool_connections=8, pool_maxsize=16)
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        return session

    # -- cancel and pauses --------------------------------------------------------------------------------------

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

    def rests(self, host: str, seconds: float) -> None:
        """``host`` is given a rest that this request must wait for; a job says so to whoever watches."""
        self.pause(seconds)

    def came(self, size: int) -> None:
        """``size`` bytes of a body came; pauses where the bandwidth is limited."""
        if wait := self._bucket.take(size):
            self.pause(wait)

    @property
    def limited(self) -> bool:
        """Is there a limit on the bandwidth?"""
        return self._bucket.rate > 0

    def rest_of(self, url: str) -> float:
        """Seconds that the host of ``url`` still rests; 0 where it may be asked, or the address is none."""
        try:
            return self._breakers.left(_key(origin_of(url)))
        except ArchiveError:
            return 0.0

    def idle(self, url: str) -> int:
        """How many more connections could be made to the host of ``url`` without making anybody wait."""
        key = _key(origin_of(url))
        return 0 if self._breakers.left(key) else self._turns.idle(key)

    def wanted(self, url: str) -> bool:
        """Does somebody wait for a connection to the host of ``url``?"""
        return self._turns.wanted(_key(origin_of(url)))

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

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        max_bytes: int = MAX_REPLY_BYTES,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """See ``common.web.Web.get``. Raises ArchiveError, CancelledError."""
        # A part of a packed answer is of no use to anyone.
        coding = "identity" if any(name.lower() == "range" for name in headers or ()) else "gzip"
        return self._reply(url, params, {"Accept-Encoding": coding, **(headers or {})}, None, max_bytes)

    def post(self, url: str, body: bytes, content_type: str, max_bytes: int = MAX_REPLY_BYTES) -> Reply:
        """See ``common.web.Web.post``. Raises ArchiveError, CancelledError."""
        return self._reply(url, None, {"Accept-Encoding": "gzip", "Content-Type": content_type}, body, max_bytes)

    def _reply(
        self,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        question: bytes | None,
        max_bytes: int,
    ) -> Reply:
        faults = 0
        while True:
            try:
                with self.open_stream(url, params, headers, body=question) as stream:
                    body = whole_body(stream, max_bytes)
                    return Reply(stream.status, stream.url, stream.headers, body)
            except CutOffError as error:
                faults += 1
                if faults >= self.manners.tries:
                    raise NoAnswerError(error.what, error.remedy, faults) from error
                self.pause_after(faults)

    @contextmanager
    def open_stream(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        patient: bool = False,
        body: bytes | None = None,
    ) -> Iterator[Stream]:
        """GET whose body the caller reads from the Stream. Without ``headers``, no compression is asked for.

        With a ``body`` it is a POST, which is not sent on where it is redirected. Any answer but a passing fault (429,
        5xx) is handed over; those are asked again up to ``manners.tries`` times. ``patient``: the file is made while we
        wait. Raises ArchiveError, CancelledError.
        """
        headers = {"Accept-Encoding": "identity", **(headers or {})}
        attempts = faults = redirects = 0
        with self._watching():
            while True:
                origin = self._guard.check_url(url)
                key, host = _key(origin), origin[1]
                try:
                    with self._turns.turn(
                        key, self.pause, not is_local_name(host), partial(self._permission, key, host)
                    ):
                        attempts += 1
                        response = self._send(url, params, headers, host, patient, body)
                        self._breakers.good(key)
                        try:
                            if not response.is_redirect:
                                yield Stream(response, host, self, attempts)
                                return
                            if body is not None:
                                raise NoAnswerError(
                                    f"{host} sends the search on to another address.",
                                    "Check the archive's address in the settings.",
                                )
                            url, params = urljoin(response.url, response.headers["location"]), None
                        finally:
                            response.close()
                    redirects += 1
                    if redirects > MAX_REDIRECTS:
                        raise NoAnswerError(
                            f"{host} sends the request round in circles.",
                            "Check the archive's address in the settings.",
                        )
                except FaultError as fault:
                    self.check()
                    self._breakers.bad(key, fault.asked)
                    faults += 1
                    if faults >= self.manners.tries:
                        raise exhausted(host, fault, faults, attempts) from fault.__cause__
                    if not fault.asked:
                        self.pause_after(faults)
                finally:
                    self._breakers.undecided(key)

    def _permission(self, key: str, host: str) -> None:
        """Wait until the host may be asked. Raises NoAnswerError where that is too long."""
        while True:
            if asked := self._breakers.shut(key):
                raise NoAnswerError(
                    f"{host} asks to be left alone for {asked / 60:,.0f} minutes.", "Try again after that."
                )
            if self._breakers.given_up(key):
                raise NoAnswerError(
                    f"{host} has failed again and again, with longer and longer rests between, and is left alone now.",
                    "Try again in an hour or so: what was fetched is kept.",
                )
            rest = self._breakers.rest(key)
            if not rest:
                return
            self.rests(host, rest)

    def _send(
        self,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        host: str,
        patient: bool,
        body: bytes | None = None,
    ) -> requests.Response:
        """One try. Raises FaultError, and ArchiveError where asking again is of no use."""
        manners = self.manners
        session = self._local_session if is_local_name(host) else self._session
        # A direct way is an empty text: requests would look into the environment again for what is not named.
        proxy = choose(url, self._settings) if session is self._session else ""
        if proxy:
            self._proxied.check(origin_of(url))
        try:
            response = session.request(
                "GET" if body is None else "POST",
                url,
                params=params,
                data=body,
                headers=dict(headers),
                auth=credentials_for(url, self._settings),
                stream=True,
                allow_redirects=False,
                proxies={"http": proxy, "https": proxy},
                timeout=(manners.connect_timeout, manners.slow_read_timeout if patient else manners.read_timeout),
            )
        except requests.exceptions.ProxyError as error:
            why = reason_of(error)
            if "407" in why:
                raise proxy_error(host, why) from error
            raise FaultError(why, words=proxy_error(host, why)) from error
        except requests.exceptions.SSLError as error:
            why = reason_of(error)
            words = NoAnswerError(
                f"No secure connection to {host}: {why}.",
                "Check this computer's clock and certificates, and whether a proxy stands between.",
            )
            # A certificate does not get better by asking again; a connection that broke may.
            if "certificate" in why.lower():
                raise words from error
            raise FaultError(why, words=words) from error
        except (requests.exceptions.RequestException, *READ_FAULTS) as error:
            raise FaultError(reason_of(error)) from error
        if proxy and response.status_code == 407:
            response.close()
            raise proxy_error(host, "407 Proxy Authentication Required")
        if response.status_code in PASSING:
            asked = retry_after(response.headers.get("Retry-After"))
            response.close()
            raise FaultError("", response.status_code, asked)
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


def _key(origin: tuple[str, str, int]) -> str:
    return f"{origin[1]}:{origin[2]}"
