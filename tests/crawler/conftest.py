"""A small HTTP server on this computer whose answers a test scripts, request by request."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from marscd_plugin.common.errors import ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.manners import Manners

Fault = Callable[["Handler", bytes], None]
END = b"END OF IMAGE"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        path = self.path.split("?", 1)[0]
        with site.lock:
            site.log.append(SimpleNamespace(path=self.path, headers=dict(self.headers), at=time.monotonic()))
            plan = site.plan[path]
            fault = plan.pop(0) if len(plan) > 1 or (plan and path not in site.forever) else (plan[0] if plan else None)
        body = site.files.get(path)
        try:
            if fault is not None:
                fault(self, body or b"")
            elif body is None:
                self.answer(404, b"no such file", {"Content-Type": "text/plain"})
            else:
                self.serve(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = -1) -> None:
        """``length`` -1 is the truth, None leaves the header out."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(len(body) if length == -1 else length))
        if length != -1:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def serve(self, body: bytes) -> None:
        """A good server: ETag, ranges, If-Range."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        headers = {"ETag": etag, "Accept-Ranges": "bytes"}
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked and self.headers.get("If-Range", etag) == etag:
            start, end = int(asked[1]), min(int(asked[2] or len(body)) + 1, len(body))
            if start >= len(body):
                self.answer(416, b"", {**headers, "Content-Range": f"bytes */{len(body)}"})
                return
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(body)}"
            self.answer(206, body[start:end], headers)
            return
        self.answer(200, body, headers)


class Site:
    """``files`` are served well, after the faults of ``plan[path]``, one a request (``forever``: the last stays)."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.root = f"http://127.0.0.1:{server.server_address[1]}"
        self.files: dict[str, bytes] = {}
        self.plan: defaultdict[str, list[Fault]] = defaultdict(list)
        self.forever: set[str] = set()
        self.log: list[SimpleNamespace] = []
        self.lock = threading.Lock()
        self.gate = threading.Event()

    def put(self, path: str, body: bytes, *faults: Fault, forever: bool = False) -> str:
        self.files[path] = body
        self.plan[path] = list(faults)
        if forever:
            self.forever.add(path)
        return self.root + path

    def asked(self, path: str) -> list[SimpleNamespace]:
        return [entry for entry in self.log if entry.path == path]


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.answer(code, body, named)


def cut(after: int) -> Fault:
    """The right length is announced, then the line breaks; a range is honoured."""

    def fault(handler: Handler, body: bytes) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        headers = {"ETag": etag}
        if asked:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        handler.answer(206 if asked else 200, body[start : start + after], headers, length=len(body) - start)

    return fault


def without_length(handler: Handler, body: bytes) -> None:
    handler.answer(200, body, length=None)


def without_length_cut(handler: Handler, body: bytes) -> None:
    handler.answer(200, body[: len(body) // 2], length=None)


def html(handler: Handler, _: bytes) -> None:
    handler.answer(200, b"<!DOCTYPE html><html><body>Please log in</body></html>", {"Content-Type": "text/html"})


def ignore_range(handler: Handler, body: bytes) -> None:
    handler.answer(200, body)


def wrong_range(handler: Handler, body: bytes) -> None:
    handler.answer(206, body[:100], {"Content-Range": f"bytes 0-99/{len(body)}"})


def packed(handler: Handler, body: bytes) -> None:
    handler.answer(200, gzip.compress(body), {"Content-Encoding": "gzip"})


def damaged(handler: Handler, body: bytes) -> None:
    handler.answer(200, body[: -len(END)] + b"x" * len(END))


def stuck(handler: Handler, _: bytes) -> None:
    """Nothing comes until the test is over."""
    handler.server.site.gate.wait(60)  # type: ignore[attr-defined]
    handler.close_connection = True


def trickle(step: int, seconds: float) -> Fault:
    def fault(handler: Handler, body: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:12]}"')
        handler.end_headers()
        gate = handler.server.site.gate  # type: ignore[attr-defined]
        for start in range(0, len(body), step):
            handler.wfile.write(body[start : start + step])
            handler.wfile.flush()
            if gate.wait(seconds):
                break
        handler.close_connection = True

    return fault


FAULTS = SimpleNamespace(
    status=status,
    cut=cut,
    without_length=without_length,
    without_length_cut=without_length_cut,
    html=html,
    ignore_range=ignore_range,
    wrong_range=wrong_range,
    packed=packed,
    damaged=damaged,
    stuck=stuck,
    trickle=trickle,
)


@pytest.fixture
def faults() -> SimpleNamespace:
    return FAULTS


@pytest.fixture
def site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # Clients break off on purpose.
    server.site = Site(server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.site  # type: ignore[attr-defined]
    server.site.gate.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def settings(site: Site) -> Settings:
    return Settings(
        ode_url=site.root + "/ode",
        hirise_url=site.root,
        allow_loopback=True,
        allowed_hosts=("archive.example.org", "no-such-archive.invalid"),
    )


@pytest.fixture
def manners() -> Manners:
    """In a hurry."""
    return Manners(
        tries=4,
        backoff=0.01,
        backoff_cap=0.05,
        connect_timeout=3,
        read_timeout=3,
        spacing=0.0,
        breaker_rest=0.05,
        others=0.3,
    )


@pytest.fixture
def progress() -> Quiet:
    return Quiet()


@pytest.fixture
def image() -> bytes:
    """300 kB that begin like a JP2 and end with a mark that ``verify`` looks for."""
    noise = b"".join(hashlib.sha256(bytes([i % 256, i // 256])).digest() for i in range(9600))
    return b"\x00\x00\x00\x0cjP  \r\n\x87\n" + noise + END


@pytest.fixture
def verify() -> Callable[[Path, str], None]:
    def check(path: Path, role: str) -> None:
        if role == "image" and not path.read_bytes().endswith(END):
            raise ProductError(f"{path} is cut short.", "Fetch it again.")

    return check
