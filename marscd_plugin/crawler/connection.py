"""Connections that look where they connect to, and that another thread can break off.

A blocked read knows nothing of a cancel. Every open socket is therefore known here, and ``break_off`` shuts them down,
which wakes the reader at once.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
import time
import weakref
from contextlib import suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from ..common.errors import CancelledError
from .address import Guard, refusal

_UNDER_WAY = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN, getattr(errno, "WSAEWOULDBLOCK", errno.EINPROGRESS)}


class Wires:
    """The open sockets of one session."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def add(self, sock: Any) -> None:
        """Remember an open socket; one opened after the stop is shut at once."""
        with self._lock:
            self._sockets.add(sock)
        if self.stopped.is_set():
            self.break_off()

    def break_off(self) -> None:
        """Stop every read and connect that is under way, now and later."""
        self.stopped.set()
        with self._lock:
            sockets = list(self._sockets)
        for sock in sockets:
            # SSLSocket.shutdown would also drop the TLS state under the reader's feet: only the wire is cut.
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def open(self, connection: Any, scheme: str, guarded: bool) -> socket.socket:
        """A connected socket for an urllib3 connection; with ``guarded``, only to an address that is allowed."""
        host, port = connection._dns_host, connection.port
        try:
            found = socket.getaddrinfo(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or error
            raise NewConnectionError(connection, f"its name could not be looked up: {why}") from error
        if guarded:
            origin = (scheme, host.rstrip(".").lower(), port)
            allowed = [f for f in found if self.guard.allows(origin, str(f[4][0]))]
            if not allowed:
                raise refusal(origin, str(found[0][4][0]))
            found = allowed
        timeout = connection.timeout if isinstance(connection.timeout, (int, float)) else 30.0
        last: OSError | None = None
        for family, kind, protocol, _, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                for option in connection.socket_options or ():
                    sock.setsockopt(*option)
                self._connect(sock, address, timeout)
                sock.settimeout(timeout)
                return sock
            except OSError as error:
                sock.close()
                last = error
            except BaseException:
                sock.close()
                raise
        if isinstance(last, TimeoutError):
            raise ConnectTimeoutError(connection, f"no connection within {timeout:g} s") from last
        raise NewConnectionError(connection, str(last)) from last

    def _connect(self, sock: socket.socket, address: Any, timeout: float) -> None:
        """Connect, looking up from the wait five times a second to see whether to stop."""
        sock.setblocking(False)
        code = sock.connect_ex(address)
        if code == 0:
            return
        if code not in _UNDER_WAY:
            raise OSError(code, os.strerror(code))
        deadline = time.monotonic() + timeout
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_WRITE)
            while not selector.select(0.2):
                if self.stopped.is_set():
                    raise CancelledError()
                if time.monotonic() > deadline:
                    raise TimeoutError(errno.ETIMEDOUT, "timed out")
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))


def _pools(wires: Wires, guarded: bool) -> dict[str, type[HTTPConnectionPool]]:
    """Pool classes whose connections go through ``wires``: urllib3 makes connections by class, not by factory."""

    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return wires.open(self, "http", guarded)

        def connect(self) -> None:
            super().connect()
            wires.add(self.sock)

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return wires.open(self, "https", guarded)

        def connect(self) -> None:
            super().connect()
            wires.add(self.sock)

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = Https

    return {"http": HttpPool, "https": HttpsPool}


class WiredAdapter(HTTPAdapter):
    """requests' adapter over ``Wires``. A proxy the user set may stand anywhere, so its own address is not guarded."""

    def __init__(self, wires: Wires, **arguments: Any) -> None:
        self._wires = wires
        super().__init__(**arguments)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **named: Any) -> None:
        # Not through requests' own: before 2.30 it hands urllib3 an argument that urllib3 2 warns of.
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **named)
        self.poolmanager.pool_classes_by_scheme = _pools(self._wires, guarded=True)

    def proxy_manager_for(self, proxy: Any, **named: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **named)
        if not str(proxy).lower().startswith("socks"):
            manager.pool_classes_by_scheme = _pools(self._wires, guarded=False)
        return manager
