"""Settings: one frozen dataclass, each field with the environment variable that overrides it.

QGIS's settings page stores the same fields; the variable wins, so that headless runs use the same code.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from .errors import InputError


def _default_cache() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return str(Path(base) / "marscd")


@dataclass(frozen=True)
class Settings:
    """Where things are and what to run on. Roots have no trailing slash."""

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
    device: str = field(default="AUTO", metadata={"env": "MARSCD_DEVICE"})
    allow_loopback: bool = field(default=False, metadata={"env": "MARSCD_ALLOW_LOOPBACK"})

    @property
    def roots(self) -> dict[str, str]:
        """The archive roots by field name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name.endswith("_url")}


def variables() -> dict[str, str]:
    """Field name -> environment variable."""
    return {f.name: f.metadata["env"] for f in fields(Settings)}


def load(stored: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from what the user stored (QGIS) and the environment, which wins. Raises InputError on a bad value."""
    environ = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for f in fields(Settings):
        variable = f.metadata["env"]
        raw = environ.get(variable)
        origin = variable
        if raw in (None, ""):
            raw = (stored or {}).get(f.name)  # type: ignore[assignment]
            origin = f"the setting {f.name}"
        if raw in (None, ""):
            continue
        if f.name == "allow_loopback":
            values[f.name] = str(raw).strip().lower() in ("1", "true", "yes", "on")
        elif f.name.endswith("_url"):
            values[f.name] = _root(str(raw), origin)
        elif f.name == "device":
            values[f.name] = str(raw).strip().upper()
        else:
            values[f.name] = str(raw)
    return Settings(**values)  # type: ignore[arg-type]


def _root(text: str, origin: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(
            f"{origin} is not an http or https address: {text!r}.",
            "Correct it, or leave it empty for the archive's own.",
        )
    return text.strip().rstrip("/")
