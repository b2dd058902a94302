"""Which proxy an address is asked through.

In this order, as users of command lines and of QGIS expect it:

1. the variables HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, where they say anything of this address;
2. what QGIS has: ``Settings.no_proxy`` (prefixes of addresses: direct), ``Settings.system_proxy`` (prefixes: see 3),
   then ``Settings.proxies``;
3. the system's own proxy (Windows and macOS keep one; elsewhere there are only the variables).

What the address guard can still say behind a proxy. The peer of our socket is then the proxy, which the user chose and
which may stand anywhere; the name is looked up by the proxy, out of our sight. So

(a) an address that is not public by itself (``http://10.0.0.1/``, ``localhost``) is refused before any proxy is asked,
    and an archive of the user's own on this computer is never asked through one;
(b) a name that *this* computer knows as one of its own or its network's is refused too: a proxy on this computer would
    reach the same service;
(c) a name that this computer cannot look up is left to the proxy's own rules: behind many proxies that is every name.

A name server that lies to us and not to the proxy is not found out.
"""

from __future__ import annotations

import ipaddress
import os
import queue
import socket
import threading
from importlib.util import find_spec
from urllib.parse import urlsplit
from urllib.request import getproxies, getproxies_environment

from requests.utils import select_proxy, should_bypass_proxies

from ..common.errors import ArchiveError
from ..common.settings import Settings
from .address import Guard, Origin, refusal

#: Seconds for this computer's own look-up of a name that a proxy will look up again.
LOOK_UP = 3.0
#: Stand-ins that proxy programs on this computer hand out for every name (RFC 2544's test network).
_STAND_INS = ipaddress.ip_network("198.18.0.0/15")


def choose(url: str, settings: Settings) -> str:
    """The proxy's URL for an http or https address; "" is direct. Raises ArchiveError for a proxy we cannot use."""
    proxy = _chosen(url, settings)
    if proxy.lower().startswith("socks") and find_spec("socks") is None:
        raise ArchiveError(
            "The proxy is of the kind SOCKS, for which the Python package PySocks is missing.",
            "Install PySocks for QGIS's Python, or give an HTTP proxy in QGIS's settings (Network).",
        )
    return proxy


def _chosen(url: str, settings: Settings) -> str:
    environment = getproxies_environment()
    if environment:
        no_proxy = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
        # With neither variable it would ask the system, which comes later.
        if no_proxy and should_bypass_proxies(url, None):
            return ""
        if found := select_proxy(url, environment):
            return _whole(found)
    elif any(os.environ.get(name, "").strip() == "*" for name in ("no_proxy", "NO_PROXY")):
        return ""
    if _begins(url, settings.no_proxy):
        return ""
    if not _begins(url, settings.system_proxy) and (found := select_proxy(url, dict(settings.proxies))):
        return _whole(found)
    if environment or should_bypass_proxies(url, None):
        return ""
    return _whole(select_proxy(url, getproxies()) or "")


def _begins(url: str, prefixes: tuple[str, ...]) -> bool:
    """As QGIS compares: letter by letter from the start, so ``http://a`` also is ``http://archive.org``."""
    return any(prefix.strip() and url.startswith(prefix.strip()) for prefix in prefixes)


def _whole(proxy: str) -> str:
    """``host:port`` is a proxy that speaks HTTP. Raises ArchiveError for what is no address."""
    if not proxy:
        return ""
    text = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(text)
        sound = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or parts.scheme.lower() not in ("http", "https", "socks4", "socks4a", "socks5", "socks5h"):
        raise ArchiveError(
            "The proxy's address cannot be used.",
            "Correct it in QGIS's settings (Network), or in the variables HTTP_PROXY and HTTPS_PROXY.",
        )
    return text


class ProxiedNames:
    """Point (b) above, each name looked up once."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._known: dict[Origin, str] = {}
        self._lock = threading.Lock()

    def check(self, origin: Origin) -> None:
        """Raise ArchiveError where this computer knows the name as one of its own or its network's."""
        with self._lock:
            if origin not in self._known:
                self._known[origin] = self._wrong(origin)
            address = self._known[origin]
        if address:
            raise refusal(origin, address)

    def _wrong(self, origin: Origin) -> str:
        addresses = look_up(origin[1], origin[2])
        allowed = [a for a in addresses if self._guard.allows(origin, a) or _is_stand_in(a)]
        return "" if allowed or not addresses else addresses[0]


def look_up(host: str, port: int, seconds: float = LOOK_UP) -> list[str]:
    """The addresses that this computer knows for a name; none where it knows none within ``seconds``."""
    answer: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answer.put([str(f[4][0]) for f in found])

    # A look-up cannot be broken off, and without a name server it can take a minute.
    threading.Thread(target=ask, name="marscd-look-up", daemon=True).start()
    try:
        return answer.get(timeout=seconds)
    except queue.Empty:
        return []


def _is_stand_in(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    return ip.version == 4 and ip in _STAND_INS
