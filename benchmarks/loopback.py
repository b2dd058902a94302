"""What the crawler's benchmarks share: the machine in words, a server on this computer with latency and a cap."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_BLOCK = 1 << 16
_REQUEST = re.compile(rb"(GET|HEAD) (/\S*) HTTP/1\.1\r\n")
_RANGE = re.compile(rb"\r\nRange: bytes=(\d+)-(\d*)\r\n", re.I)


def machine() -> str:
    """One line about the computer and how busy it is."""
    try:
        name = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text()).group(1)
    except (OSError, AttributeError):
        name = "unknown processor"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{name}, {len(os.sched_getaffinity(0))} cores, load {load} (1, 5, 15 min); Python {python}"


class Server:
    """Serves ``files`` (path -> bytes) by HTTP/1.1 with ranges: keep-alive, ETag, ``latency`` seconds before a new
    connection's first request is read and before each answer, ``cap`` bytes a second for each connection.

    ``sent`` lists (path, begin, end) of what was written to each answer; ``most`` is the most connections at a time.
    """

    def __init__(self, files: dict[str, bytes], latency: float = 0.0, cap: float = 0.0) -> None:
        self.files, self.latency, self.cap = files, latency, cap
        self.sent: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.requests = self.open = self.most = 0
        self.first = 0.0  # When the first connection came since this was set to 0.
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self._sockets: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # What a killed client never read must not count as sent.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._sockets.add(connection)
            self.open += 1
            self.most = max(self.most, self.open)
            self.first = self.first or time.monotonic()
        try:
            time.sleep(self.latency)
            held = b""
            while True:
                while b"\r\n\r\n" not in held:
                    more = connection.recv(65536)
                    if not more:
                        return
                    held += more
                head, _, held = held.partition(b"\r\n\r\n")
                if not self._answer(connection, head + b"\r\n"):
                    return
        except OSError:
            return
        finally:
            with self._lock:
                self._sockets.discard(connection)
                self.open -= 1
            connection.close()

    def _answer(self, connection: socket.socket, head: bytes) -> bool:
        asked = _REQUEST.match(head)
        time.sleep(self.latency)
        with self._lock:
            self.requests += 1
        path = asked[2].decode() if asked else ""
        body = self.files.get(path)
        if asked is None or body is None:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return True
        begin, end, status, extra = 0, len(body), "200 OK", ""
        if found := _RANGE.search(head):
            begin = int(found[1])
            end = min(int(found[2]) + 1, len(body)) if found[2] else len(body)
            if begin >= len(body):
                connection.sendall(
                    f"HTTP/1.1 416 No\r\nContent-Range: bytes */{len(body)}\r\nContent-Length: 0\r\n\r\n".encode()
                )
                return True
            status, extra = "206 Partial Content", f"Content-Range: bytes {begin}-{end - 1}/{len(body)}\r\n"
        connection.sendall(
            f'HTTP/1.1 {status}\r\nContent-Type: image/jp2\r\nETag: "{path.strip("/")}-1"\r\n'
            f"Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT\r\nAccept-Ranges: bytes\r\n{extra}"
            f"Content-Length: {end - begin}\r\n\r\n".encode()
        )
        if asked[1] == b"HEAD":
            return True
        return self._body(connection, path, body, begin, end)

    def _body(self, connection: socket.socket, path: str, body: bytes, begin: int, end: int) -> bool:
        started, at, view = time.monotonic(), begin, memoryview(body)
        try:
            while at < end:
                size = min(_BLOCK, end - at)
                connection.sendall(view[at : at + size])
                at += size
                if self.cap and (ahead := (at - begin) / self.cap - (time.monotonic() - started)) > 0.002:
                    time.sleep(ahead)
            return True
        finally:
            with self._lock:
                self.sent[path].append((begin, at))

    def twice(self, path: str) -> int:
        """Bytes of a file that were sent more than once."""
        with self._lock:
            runs = sorted(self.sent[path])
        total = sum(end - begin for begin, end in runs)
        covered, reach = 0, 0
        for begin, end in runs:
            covered += max(0, end - max(begin, reach))
            reach = max(reach, end)
        return total - covered

    def close(self) -> None:
        """Stop answering."""
        self._listener.close()
        with self._lock:
            for connection in self._sockets:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


def table(rows: list[tuple[str, ...]], head: tuple[str, ...]) -> None:
    """Print Markdown."""
    out = sys.stdout.write
    out(f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n")
    for row in rows:
        out(f"| {' | '.join(row)} |\n")
    sys.stdout.flush()
