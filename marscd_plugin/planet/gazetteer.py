"""Named places on Mars, from ``resources/gazetteer.csv`` (made by ``tools/gazetteer.py`` from ODE's feature list)."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..__about__ import resource
from ..common.errors import InputError


@dataclass(frozen=True)
class Place:
    """A named feature: its kind (``Crater``, ``Vallis``...), the centre of its box (degrees) and its size in metres.

    ``diameter_m`` is the longer side of the box at the centre's latitude, on the sphere; None where the list has a
    point (albedo features, landers).
    """

    name: str
    kind: str
    latitude: float
    longitude: float
    diameter_m: float | None


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """All places, in the file's (alphabetical) order. Raises InputError where the file is missing or damaged."""
    path = resource("gazetteer.csv")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(
                Place(r["name"], r["kind"], float(r["latitude"]), float(r["longitude"]), _size(r["diameter_m"]))
                for r in csv.DictReader(file)
            )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"The list of named places, {path}, could not be read: {error}.", "Install MarsCD again."
        ) from error


def find(name: str) -> Place:
    """The place of that name, whatever its case and accents; ``Crater`` and the like may be added or left out.

    Raises InputError with the nearest names where there is none.
    """
    key = _plain(name)
    by_name = _index()
    if key in by_name:
        return by_name[key]
    near = difflib.get_close_matches(key, by_name, n=5, cutoff=0.6)
    begins = [k for k in by_name if key and k.startswith(key)][:5]
    shown = dict.fromkeys(by_name[k].name for k in [*begins, *near])
    hint = f"Did you mean {', '.join(list(shown)[:5])}?" if shown else "Give the place as longitude and latitude."
    raise InputError(f"No place on Mars is called {name.strip()[:60]!r} here.", hint)


@lru_cache(maxsize=1)
def _index() -> dict[str, Place]:
    """Plain names, alone and with their kind, to places; of several the largest."""
    by_size = sorted(places(), key=lambda p: p.diameter_m or 0.0)
    found = {_plain(f"{p.name} {p.kind}"): p for p in by_size}
    return found | {_plain(p.name): p for p in by_size}


def _size(text: str) -> float | None:
    return float(text) if text else None


def _plain(text: str) -> str:
    """Lower case, without accents, words parted by one space."""
    split = unicodedata.normalize("NFKD", text[:200]).casefold().replace("\u2019", "'")
    return " ".join("".join(c for c in split if not unicodedata.combining(c)).replace("-", " ").split())
