"""The sandbox over HTTP, on this computer only: ODE REST at ``/live2``, the archives' trees, the CTX stream, STAC."""

from __future__ import annotations

import base64
import gzip
import hashlib
import logging
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from fnmatch import fnmatchcase
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..common.errors import OutputError
from .crism import STORED_ROOT as CRISM_ROOT
from .ctx import STORED_ROOT as CTX_ROOT
from .faults import FaultPlan, Rule
from .names import Layout
from .ode_service import OdeService
from .stac_service import StacService
from .stream import FIRST_BYTE_S, find_stream
from .tree import ServedFile, UnsatisfiableError, byte_range, find_file, range_still_holds

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
_CHUNK = 1 << 16
#: Variable -> path of its root here. Base maps do not answer.
ROOTS = {
    "MARSCD_ODE_URL": "/live2",
    "MARSCD_HIRISE_URL": "/PDS",
    "MARSCD_CTX_URL": "/ctx",
    "MARSCD_CTX_STREAM_URL": "/stream",
    "MARSCD_CRISM_URL": "/mro",
    "MARSCD_STAC_URL": "/api",
    "MARSCD_BASEMAP_URL": "/tiles",
}
_LATER = {"tiles": "base maps"}
#: Path -> folder of the archive, for trees that are served as they lie.
_TREES = {"ctx": "ctx", "mro": "mro"}
_HTML = (
    b"<!DOCTYPE html><html><head><title>Service unavailable</title></head>"
    b"<body><h1>The proxy could not reach the archive</h1></body></html>"
)


@dataclass(frozen=True)
class Response:
    """What to send: a body in memory, or a file from ``first`` on."""

    status: int
    content_type: str
    length: int
    body: bytes = b""
    file: ServedFile | None = None
    first: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    #: Sent in chunks of the transfer coding, its length not announced.
    chunked: bool = False

    def chunks(self) -> Iterator[bytes]:
        """The body, piece by piece."""
        if self.file is None:
            yield self.body
            return
        left = self.length
        with self.file.path.open("rb") as file:
            file.seek(self.first)
            while left > 0 and (block := file.read(min(_CHUNK, left))):
                left -= len(block)
                yield block


def plain(status: int, text: str, content_type: str = "text/plain; charset=utf-8", **headers: str) -> Response:
    """A small answer in memory."""
    body = text.encode("utf-8")
    return Response(status, content_type, len(body), body, headers={k.replace("_", "-"): v for k, v in headers.items()})


class SandboxServer:
    """A running sandbox. Use as a context manager, or ``start`` and ``stop``."""

    def __init__(self, root: Path, port: int = 0, plan: FaultPlan | None = None, digests: Sequence[str] = ()) -> None:
        """Bind 127.0.0.1 at ``port`` (0: any free one). Raises OutputError where the port is taken.

        Files whose name matches a glob of ``digests`` are answered with a Repr-Digest; archives of Mars send none.
        """
        self.layout, self.plan, self.digests = Layout(Path(root)), plan or FaultPlan(), digests
        self.stopping = threading.Event()
        try:
            self._http = _Http((HOST, port), _Handler)
        except OSError as error:
            raise OutputError(
                f"Port {port} of {HOST} cannot be used ({error.strerror}).", "Give another --port, or 0."
            ) from error
        self._http.sandbox = self
        self.url = f"http://{HOST}:{self._http.server_address[1]}"
        others = {CTX_ROOT: f"{self.url}/ctx", CRISM_ROOT: f"{self.url}/mro"}
        self.ode = OdeService(self.layout, f"{self.url}/PDS", others)
        self.stac = StacService(self.layout, self.ode.records, f"{self.url}/api", f"{self.url}/ard")
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def variables(self) -> dict[str, str]:
        """The environment that points the plugin here."""
        return {name: self.url + path for name, path in ROOTS.items()} | {"MARSCD_ALLOW_LOOPBACK": "1"}

    def start(self) -> SandboxServer:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering; open connections are closed."""
        self.stopping.set()
        if self._thread.is_alive():
            self._http.shutdown()
        self._http.server_close()
        self._http.close_connections()

    def __enter__(self) -> SandboxServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    sandbox: SandboxServer

    def __init__(self, *args: Any) -> None:
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.debug("a client went away", exc_info=True)

    def close_connections(self) -> None:
        """Break what keep-alive clients hold open."""
        with self._guard:
            for request in self._open:
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "MarsCD-sandbox"
    # A keep-alive connection that nobody uses ends by itself.
    timeout = 60
    # Headers and body are two packets: without this, every small answer would wait for an acknowledgement.
    disable_nagle_algorithm = True
    server: _Http
    _posted = b""

    def do_GET(self) -> None:
        """Answer GET."""
        self._answer()

    def do_POST(self) -> None:
        """Answer POST: STAC's search."""
        # Before anything else: what is left unread would be taken for the connection's next request.
        self._posted = self._asked()
        self._answer()

    def do_HEAD(self) -> None:
        """Answer HEAD."""
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Through logging, and only when asked for."""
        log.debug(format, *args)

    def _answer(self) -> None:
        sandbox = self.server.sandbox
        parts = urlsplit(self.path)
        rule = sandbox.plan.strike(parts.path, parts.query)
        if rule is not None:
            log.debug("fault %s on %s", rule.fault, self.path)
        if rule is not None and rule.fault in ("hang", "slow"):
            sandbox.stopping.wait(rule.seconds)
            if rule.fault == "hang" or sandbox.stopping.is_set():
                self.close_connection = True
                return
        if rule is not None and rule.status is not None:
            self._send(_failure(rule))
        elif rule is not None and rule.fault == "html":
            self._send(Response(HTTPStatus.OK, "text/html; charset=utf-8", len(_HTML), _HTML))
        else:
            self._send(self._response(parts.path, parts.query, rule), rule)

    def _response(self, path: str, query: str, rule: Rule | None) -> Response:
        sandbox = self.server.sandbox
        if path.rstrip("/") == ROOTS["MARSCD_ODE_URL"]:
            answer = sandbox.ode.answer(parse_qsl(query, keep_blank_values=True))
            body = b"\xef\xbb\xbf" + answer.body if rule is not None and rule.fault == "bom" else answer.body
            return Response(HTTPStatus.OK, answer.content_type, len(body), body)
        top, _, rest = path.lstrip("/").partition("/")
        if "/" + top == ROOTS["MARSCD_STAC_URL"]:
            stac = sandbox.stac.answer(self.command, path[len(top) + 1 :], parse_qsl(query), self._posted)
            return Response(stac.status, stac.content_type, len(stac.body), stac.body)
        if top == "ard":
            sandbox.stac.prepare(rest)
            if (file := find_file(sandbox.stac.cogs.root, rest)) is not None:
                return self._file(file, rule)
        if "/" + top == ROOTS["MARSCD_HIRISE_URL"]:
            file = find_file(sandbox.layout.pds, rest)
            if file is not None:
                return self._file(file, rule)
        elif top in _TREES:
            if (file := find_file(sandbox.layout.root / _TREES[top], rest)) is not None:
                return self._file(file, rule)
        elif top == "stream":
            if (path_there := find_stream(sandbox.layout, rest, query)) is not None:
                return self._made_on_demand(path_there)
        elif top in _LATER:
            return plain(HTTPStatus.NOT_FOUND, f"The MarsCD sandbox does not serve {_LATER[top]} yet.\n")
        return plain(HTTPStatus.NOT_FOUND, "The requested URL was not found on this server.\n")

    def _made_on_demand(self, path: Path) -> Response:
        """Slow to begin, chunked: without length, ranges or a date."""
        if self.command == "GET":
            self.server.sandbox.stopping.wait(FIRST_BYTE_S)
        size = path.stat().st_size
        file = ServedFile(path, size, "", "")
        kind = "image/tiff" if path.suffix == ".tiff" else "text/plain"
        return Response(HTTPStatus.OK, kind, size, file=file, chunked=True)

    def _asked(self) -> bytes:
        """The body of a POST, at most a megabyte of it."""
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isdigit() else 0
        self.close_connection |= size > 1 << 20
        return self.rfile.read(min(size, 1 << 20))

    def _file(self, file: ServedFile, rule: Rule | None) -> Response:
        headers = {"ETag": file.etag, "Last-Modified": file.modified, "Accept-Ranges": "bytes"}
        if rule is not None and rule.fault == "no_validator":
            headers = {"Accept-Ranges": "bytes"}
        if any(fnmatchcase(file.path.name, pattern) for pattern in self.server.sandbox.digests):
            digest = base64.b64encode(hashlib.sha256(file.path.read_bytes()).digest()).decode("ascii")
            headers["Repr-Digest"] = f"sha-256=:{digest}:"
        since, tags = self.headers.get("If-Modified-Since"), self.headers.get("If-None-Match")
        # The date is asked for by those who have no ETag; with one, the ETag alone counts (RFC 9110).
        if (tags and file.etag in tags) or (since and not tags and since == file.modified):
            return Response(HTTPStatus.NOT_MODIFIED, file.content_type, 0, headers=headers)
        asked = self.headers.get("Range")
        if (rule is not None and rule.fault == "ignore_range") or not range_still_holds(
            self.headers.get("If-Range"), file
        ):
            asked = None
        try:
            wanted = byte_range(asked, file.size)
        except UnsatisfiableError:
            message = plain(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The range lies beyond the file.\n")
            message.headers.update({"Content-Range": f"bytes */{file.size}", "Accept-Ranges": "bytes"})
            return message
        if wanted is None:
            return Response(HTTPStatus.OK, file.content_type, file.size, file=file, headers=headers)
        first, last = wanted
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
        return Response(
            HTTPStatus.PARTIAL_CONTENT, file.content_type, last - first + 1, file=file, first=first, headers=headers
        )

    def _send(self, response: Response, rule: Rule | None = None) -> None:
        fault = rule.fault if rule is not None else ""
        announced: int | None = response.length
        limit = response.length
        if rule is not None and fault in ("cut", "reset", "stall"):
            limit = min(rule.bytes, response.length)
        elif rule is not None and fault == "lying_length":
            announced = max(response.length + rule.delta, 0)
        elif fault == "gzip" and response.length:
            body = gzip.compress(b"".join(response.chunks()), 1)
            response = Response(
                response.status, response.content_type, len(body), body,
                headers=response.headers | {"Content-Encoding": "gzip"},
            )  # fmt: skip
            announced = limit = len(body)
        elif fault == "no_length":
            announced = None
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif announced is not None:
            self.send_header("Content-Length", str(announced))
        if fault in ("cut", "lying_length", "no_length", "reset", "stall"):
            # The end of the connection is all that tells the client where the body ends.
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command == "HEAD" or response.status == HTTPStatus.NOT_MODIFIED:
            return
        for chunk in response.chunks():
            if self.server.sandbox.stopping.is_set():
                self.close_connection = True
                return
            if fault == "corrupt" and (wrong := response.length // 2 - (response.length - limit)) in range(len(chunk)):
                chunk = chunk[:wrong] + bytes([chunk[wrong] ^ 0x55]) + chunk[wrong + 1 :]
            piece = chunk[:limit]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if response.chunked else piece)
            limit -= len(chunk)
            if limit <= 0:
                break
        if response.chunked and fault not in ("cut", "stall", "reset"):
            self.wfile.write(b"0\r\n\r\n")
        if rule is not None and fault == "stall":
            self.wfile.flush()
            self.server.sandbox.stopping.wait(rule.seconds)
        elif fault == "reset":
            self.wfile.flush()
            # Linger for no time: the connection ends with a reset instead of in peace.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()


def _failure(rule: Rule) -> Response:
    status = rule.status or 500
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Error"
    response = plain(status, f"<html><body><h1>{status} {phrase}</h1></body></html>", "text/html; charset=utf-8")
    if rule.retry_after is not None:
        ahead = formatdate(time() + 2, usegmt=True)
        response.headers["Retry-After"] = ahead if rule.retry_after == "date" else f"{float(rule.retry_after):g}"
    return response
