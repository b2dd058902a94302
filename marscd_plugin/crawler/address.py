"""Which addresses may be asked: hosts of the allow-list, by http or https, at public addresses.

Archive replies name URLs that are then fetched, and a redirect can name any. Without this a reply could make the plugin
read a service that only this computer can reach, or fetch from anybody. Addresses of this computer and its network are
asked only where they are roots of the settings and MARSCD_ALLOW_LOOPBACK says so.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from ..common.errors import ArchiveError
from ..common.settings import Settings
from .hosts import KNOWN, AllowList

Origin = tuple[str, str, int]
PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> Origin:
    """(scheme, host, port) of an http or https URL, lower-case. Raises ArchiveError for anything else."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
        strange = any(c.isspace() or ord(c) < 33 for c in url) or "@" in parts.netloc
    except ValueError:
        scheme, host, port, strange = "", "", None, True
    if scheme not in PORTS or not host or strange:
        raise ArchiveError(
            f"{url[:200]!r} is not an address MarsCD fetches from.", "Only plain http and https addresses are allowed."
        )
    return scheme, host, port or PORTS[scheme]


def is_public(address: str) -> bool:
    """True for an IP address of the open internet. A scope (``%eth0``) is ignored; IPv4 inside IPv6 is unwrapped."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


def is_local_name(host: str) -> bool:
    """True for a host that names this computer or a non-public address by itself, before any look-up."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False


class Guard:
    """The rule for one job's settings."""

    def __init__(self, settings: Settings, also: Iterable[str] = ()) -> None:
        """``also`` are addresses whose hosts the user named elsewhere (a mirror of the models)."""
        roots = {origin_of(root) for root in settings.roots.values()}
        self._origins = roots if settings.allow_loopback else set()
        named = {origin_of(url)[1] for url in also}
        self._hosts = AllowList([*KNOWN, *settings.allowed_hosts, *(host for _, host, _ in roots), *named])

    def check_url(self, url: str) -> Origin:
        """Raise ArchiveError for a URL that cannot be allowed whatever its name resolves to; else its origin."""
        origin = origin_of(url)
        if is_local_name(origin[1]) and origin not in self._origins:
            raise refusal(origin, origin[1])
        if origin not in self._origins and origin[1] not in self._hosts:
            raise stranger(origin[1])
        return origin

    def allows(self, origin: Origin, address: str) -> bool:
        """May ``origin``, whose name resolved to the IP ``address``, be asked?"""
        return origin in self._origins or is_public(address)


def stranger(host: str) -> ArchiveError:
    """What to raise for a host that is not on the allow-list."""
    return ArchiveError(
        f"{host} is not one of the archives that MarsCD knows, and was not asked.",
        f"If you trust it, add {host} to the allowed hosts in MarsCD's settings, or to the variable "
        "MARSCD_ALLOWED_HOSTS (several are separated by commas).",
    )


def refusal(origin: Origin, address: str) -> ArchiveError:
    """What to raise for an address that is not allowed."""
    scheme, host, port = origin
    where = "" if host == address else f" ({address})"
    return ArchiveError(
        f"{scheme}://{host}:{port}{where} is on this computer or its own network, and was not asked.",
        "If it is your own archive, name it as a root (for example MARSCD_ODE_URL) and set MARSCD_ALLOW_LOOPBACK=1.",
    )
