"""Provenance: what made a result travels with it, in raster metadata and beside vectors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ..__about__ import version


@dataclass(frozen=True)
class Provenance:
    """Inputs (ids or paths), parameters, model and its hash, registration quality, the plugin's version."""

    process: str
    inputs: Sequence[str]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""
    model_sha256: str = ""
    registration: Mapping[str, Any] = field(default_factory=dict)
    device: str = ""

    def as_dict(self) -> dict[str, Any]:
        """JSON-able, with version and time of making."""
        record = jsonable(asdict(self))
        record["software"] = f"MarsCD {version()}"
        record["created"] = datetime.now(timezone.utc).isoformat(timespec="seconds")
        return record

    def raster_tags(self) -> dict[str, str]:
        """For GDAL's default metadata domain: one tag, JSON."""
        return {"MARSCD_PROVENANCE": json.dumps(self.as_dict(), sort_keys=True)}


def jsonable(value: Any) -> Any:
    """``value`` with paths, times, tuples and dataclasses turned into what JSON has. NaN becomes None."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(k): jsonable(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(v) for v in value]
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if hasattr(value, "item"):
        return jsonable(value.item())
    return value


def key_of(*parts: Any) -> str:
    """A short stable key (16 hex digits) of inputs, model hash and parameters, to name outputs by."""
    text = json.dumps(jsonable(list(parts)), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
