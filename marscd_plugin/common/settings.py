"""Settings: one frozen dataclass, each field with the environment variable that overrides it.

QGIS's settings page stores the same fields; the variable wins, so that headless runs use the same code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .errors import InputError
from .words import DEVICES

#: Files fetched at the same time: archives are shared, and more gain little.
MAX_CONCURRENCY = 8
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(\*\.)?{_LABEL}(\.{_LABEL})*")


def _default_cache() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return str(Path(base) / "marscd")


def _default_work() -> str:
    return str(Path.home() / "MarsCD")


@dataclass(frozen=True)
class Settings:
    """Where things are and what to run on. Roots have no trailing slash.

    The proxy's fields are filled in by whoever knows the program around us (``processing.stored``); see
    ``crawler.proxy`` for how they are read.
    """

    ode_url: str = field(default="https://oderest.rsl.wustl.edu/live2", metadata={"env": "MARSCD_ODE_URL"})
    hirise_url: str = field(default="https://hirise-pds.lpl.arizona.edu/PDS", metadata={"env": "MARSCD_HIRISE_URL"})
    ctx_url: str = field(
        default="https://planetarydata.jpl.nasa.gov/img/data/mro/ctx", metadata={"env": "MARSCD_CTX_URL"}
    )
    ctx_stream_url: str = field(default="https://image.mars.asu.edu/stream", metadata={"env": "MARSCD_CTX_STREAM_URL"})
    crism_url: str = field(default="https://pds-geosciences.wustl.edu/mro", metadata={"env": "MARSCD_CRISM_URL"})
    stac_url: str = field(default="https://stac.astrogeology.usgs.gov/api", metadata={"env": "MARSCD_STAC_URL"})
    basemap_url: str = field(default="https://trek.nasa.gov/tiles/Mars/EQ", metadata={"env": "MARSCD_BASEMAP_URL"})
    cache_dir: str = field(default_factory=_default_cache, metadata={"env": "MARSCD_CACHE_DIR"})
    work_dir: str = field(default_factory=_default_work, metadata={"env": "MARSCD_WORK_DIR"})
    device: str = field(default="AUTO", metadata={"env": "MARSCD_DEVICE"})
    concurrency: int = field(default=3, metadata={"env": "MARSCD_CONCURRENCY"})
    allow_loopback: bool = field(default=False, metadata={"env": "MARSCD_ALLOW_LOOPBACK"})
    #: Hosts that may be asked beside the roots' and the archives' known ones; ``*.`` before a name is all below it.
    allowed_hosts: tuple[str, ...] = field(default=(), metadata={"env": "MARSCD_ALLOWED_HOSTS"})
    #: Most megabytes a second that are fetched; 0 is no limit.
    bandwidth: float = field(default=0.0, metadata={"env": "MARSCD_BANDWIDTH"})
    #: (host, user, password) for archives that ask who one is; sent over https only, never shown.
    credentials: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    #: (scheme of the address asked for, proxy's URL); the URL may hold a password, so it is never shown.
    proxies: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    #: Addresses that begin with one of these are asked without any proxy.
    no_proxy: tuple[str, ...] = ()
    #: Addresses that begin with one of these go the system's own way instead of through ``proxies``.
    system_proxy: tuple[str, ...] = ()

    @property
    def roots(self) -> dict[str, str]:
        """The archive roots by field name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name.endswith("_url")}


def variables() -> dict[str, str]:
    """Field name -> environment variable, for the fields that a user sets."""
    return {f.name: f.metadata["env"] for f in fields(Settings) if "env" in f.metadata}


def text_of(value: object) -> str:
    """A field's value as ``parse`` takes it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ", ".join(str(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def parse(name: str, raw: object, origin: str = "") -> Any:
    """The value of the field ``name`` from text (or what QgsSettings gave). Raises InputError naming ``origin``."""
    origin = origin or f"The setting {name}"
    text = str(raw).strip()
    if name == "allow_loopback":
        return text.lower() in ("1", "true", "yes", "on")
    if name.endswith("_url"):
        return _root(text, origin)
    if name == "device":
        return _device(text, origin)
    if name == "concurrency":
        return _concurrency(text, origin)
    if name == "allowed_hosts":
        return _hosts(text, origin)
    if name == "bandwidth":
        return _bandwidth(text, origin)
    return _folder(text, origin)


def load(stored: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from what the user stored (QGIS) and the environment, which wins. Raises InputError on a bad value."""
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for name, variable in variables().items():
        if text := environ.get(variable, "").strip():
            # In a shell a folder may be given from where one stands; a stored one must mean the same everywhere.
            text = os.path.abspath(os.path.expanduser(text)) if name.endswith("_dir") else text
            values[name] = parse(name, text, variable)
        elif (raw := (stored or {}).get(name)) is not None and str(raw).strip():
            values[name] = parse(name, raw)
    return Settings(**values)


def _root(text: str, origin: str) -> str:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise InputError(
            f"{origin} is not an http or https address: {text!r}.",
            "Correct it, or leave it empty for the archive's own.",
        )
    return text.rstrip("/")


def _device(text: str, origin: str) -> str:
    if text.upper() not in DEVICES:
        raise InputError(f"{origin} is {text!r}, which is no device.", f"Choose one of {', '.join(DEVICES)}.")
    return text.upper()


def _concurrency(text: str, origin: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= MAX_CONCURRENCY:
        raise InputError(f"{origin} is {text!r}.", f"Give a whole number from 1 to {MAX_CONCURRENCY}.")
    return number


def _hosts(text: str, origin: str) -> tuple[str, ...]:
    """Names separated by commas, semicolons or spaces; a whole address counts as its host."""
    found = []
    for entry in re.split(r"[\s,;]+", text.strip().lower()):
        host = entry.split("://", 1)[-1].split("/", 1)[0]
        host = re.sub(r":\d{1,5}$", "", host).rstrip(".")
        if host and not (len(host) <= 253 and _HOST.fullmatch(host)):
            raise InputError(
                f"{origin} names no host: {entry[:100]!r}.",
                "Give names such as archive.example.org or *.example.org, separated by commas.",
            )
        if host and host not in found:
            found.append(host)
    return tuple(found)


def _bandwidth(text: str, origin: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100_000:
        raise InputError(f"{origin} is {text!r}.", "Give megabytes a second, for example 2.5, or 0 for no limit.")
    return number


def _folder(text: str, origin: str) -> str:
    # Path("~user") of an unknown user raises; a NUL cannot be in a path at all.
    try:
        path = Path(text).expanduser()
    except (RuntimeError, ValueError):
        path = Path()
    if "\0" in text or not path.is_absolute():
        raise InputError(f"{origin} is not a whole path: {text!r}.", "Give a folder from the root of the disk on.")
    if path.exists() and not path.is_dir():
        raise InputError(f"{origin} names a file: {path}.", "Give a folder.")
    return str(path)
