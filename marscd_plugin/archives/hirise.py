"""HiRISE names and URLs: from a location, and back.

A product is ``PPP_OOOOOO_TTTT_RED`` or ``_COLOR``: mission phase, orbit (counted at the descending equator crossing on
the night side), and target code: the angle flown along the orbit from there to the target, in tenths of a degree,
to the nearest half degree. 0900 is near the south pole, 1800 the equator by day, 2700 near the north pole. The code is
planned for a nadir view; roll, inclination and length move an image by up to two degrees of latitude.
Source: HiRISE RDR SIS and the HiBlog's page on target codes; the tree below the root as of 2012-2026.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from ..common.errors import InputError
from ..common.words import RemoteFile

PHASES = ("INT", "CAL", "ATL", "KSC", "SVT", "LAU", "CRU", "APR", "AEB", "TRA", "REL", "PSP", "ESP")
COLOURS = ("RED", "COLOR")
#: The first orbit of the extended science phase; those before, back to the start of mapping, are PSP.
FIRST_ESP_ORBIT = 11000
#: The first orbits of mapping; those before it are of the transition phase.
FIRST_PSP_ORBIT = 1330
#: So many orbits around a border between phases both names are possible.
_BORDER = 20
#: How far along the ground the next orbit crosses the same latitude further west, in degrees. It fits the published
#: series of Palikir and Garni craters to some degrees over thousands of orbits (orbit manoeuvres make it wander).
DEGREES_PER_ORBIT = 27.3009
#: How far an image may lie from its code's latitude, in degrees.
LATITUDE_SPREAD = 2.0

_ID = re.compile(rf"({'|'.join(PHASES)})_([0-9]{{6}})_([0-9]{{4}})(?:_(RED|COLOR))?")
_ENDINGS = {"image": ".JP2", "label": ".LBL", "browse": ".browse.jpg"}


@dataclass(frozen=True, order=True)
class HiriseId:
    """One observation, or with ``colour`` (RED or COLOR) one of its products."""

    phase: str
    orbit: int
    target: int
    colour: str = ""

    @property
    def observation_id(self) -> str:
        """``ESP_022267_1380``"""
        return f"{self.phase}_{self.orbit:06d}_{self.target:04d}"

    @property
    def product_id(self) -> str:
        """``ESP_022267_1380_RED``; without a colour, the observation's id."""
        return f"{self.observation_id}_{self.colour}" if self.colour else self.observation_id

    @property
    def folder(self) -> str:
        """Where its files lie below ``RDR`` or ``EXTRAS/RDR``, without slashes at the ends."""
        first = self.orbit // 100 * 100
        return f"{self.phase}/ORB_{first:06d}_{first + 99:06d}/{self.observation_id}"

    def __str__(self) -> str:
        return self.product_id


def parse_id(text: str) -> HiriseId:
    """Read an observation's or product's id, in any case. Raises InputError for anything else, paths above all."""
    match = _ID.fullmatch(text.strip().upper()) if len(text) < 40 and text.isascii() else None
    if match is None:
        raise InputError(f"{text[:60]!r} is not a HiRISE id.", "Write it like ESP_022267_1380 or ESP_022267_1380_RED.")
    return HiriseId(match[1], int(match[2]), int(match[3]), match[4] or "")


def phase_of(orbit: int) -> str:
    """The mission phase of a mapping orbit."""
    return "PSP" if orbit < FIRST_ESP_ORBIT else "ESP"


def phases_of(orbit: int) -> tuple[str, ...]:
    """The phases that an image of an orbit may be named after, likeliest first; two near a border between phases."""
    if orbit < FIRST_PSP_ORBIT:
        return ("TRA", "PSP") if orbit > FIRST_PSP_ORBIT - _BORDER else ("TRA",)
    if orbit < FIRST_PSP_ORBIT + _BORDER:
        return ("PSP", "TRA")
    if abs(orbit - FIRST_ESP_ORBIT) < _BORDER:
        return ("PSP", "ESP") if orbit < FIRST_ESP_ORBIT else ("ESP", "PSP")
    return (phase_of(orbit),)


# -- target codes -------------------------------------------------------------------------------------------------


def latitude_of(target: int) -> float:
    """Planned latitude in degrees of a target code 0..3599. Raises InputError for codes off the planet (9000...)."""
    if not 0 <= target < 3600:
        raise InputError(f"The target code {target:04d} is no place on Mars.", "Codes are 0000 to 3595.")
    angle = target / 10
    if angle <= 90:
        return -angle
    return angle - 180 if angle <= 270 else 360 - angle


def by_day(target: int) -> bool:
    """True where the orbit is on its day side (south to north) at that code, poles included."""
    return 900 <= target <= 2700


def target_of(latitude: float, day: bool = True) -> int:
    """The code of a latitude (-90..90 degrees), on the day side or the night side of the orbit."""
    if not -90 <= latitude <= 90:
        raise InputError(f"A latitude of {latitude:g} is outside -90..90 degrees.", "Correct it.")
    if day:
        return 1800 + 5 * math.floor(2 * latitude + 0.5)
    return 5 * math.floor(2 * (-latitude if latitude <= 0 else 360 - latitude) + 0.5) % 3600


def candidate_targets(latitude: float, spread: float = LATITUDE_SPREAD, day: bool = True) -> tuple[int, ...]:
    """Codes within ``spread`` degrees of a latitude, nearest first: what an image of that place may be called."""
    best = target_of(latitude, day)
    steps = math.ceil(2 * spread)
    codes = {(best + 5 * step) % 3600 for step in range(-steps, steps + 1)}
    near = [c for c in codes if by_day(c) == day or c in (900, 2700)]
    near = [c for c in near if abs(latitude_of(c) - latitude) <= spread + 1e-9]
    return tuple(sorted(near, key=lambda c: (abs(latitude_of(c) - latitude), c)))


# -- names from a location ------------------------------------------------------------------------------------------


def candidate_names(
    latitude: float, orbits: Iterable[int], spread: float = LATITUDE_SPREAD, colours: Sequence[str] = ("RED",)
) -> list[str]:
    """Product ids that images of that latitude taken on those orbits may have, by orbit, likeliest code first.

    Most do not exist: ask for each label, and take a 404 for an answer.
    """
    targets = candidate_targets(latitude, spread)
    return [
        HiriseId(phase_of(orbit), orbit, target, colour).product_id
        for orbit in orbits
        for target in targets
        for colour in colours
    ]


def candidate_orbits(
    longitude: float, orbits: Iterable[int], known: HiriseId, known_longitude: float, reach: float = 3.0
) -> list[int]:
    """Those of ``orbits`` whose day track passes within ``reach`` degrees of ``longitude``.

    Reckoned from one ``known`` observation at about the same latitude, centred at ``known_longitude``. Good for a few
    thousand orbits around it; widen ``reach`` (3 degrees is what HiRISE sees by rolling) further away.
    """
    found = []
    for orbit in orbits:
        track = known_longitude - (orbit - known.orbit) * DEGREES_PER_ORBIT
        if abs((track - longitude + 180) % 360 - 180) <= reach:
            found.append(orbit)
    return found


# -- URLs -----------------------------------------------------------------------------------------------------------


def file_url(root: str, product: HiriseId | str, role: str) -> str:
    """URL of a product's ``image``, ``label`` or ``browse`` below an archive root (``https://.../PDS``)."""
    product = parse_id(product) if isinstance(product, str) else product
    if not product.colour:
        raise InputError(f"{product} names an observation, not a product.", "Add _RED or _COLOR.")
    tree = "EXTRAS/RDR" if role == "browse" else "RDR"
    return f"{root.rstrip('/')}/{tree}/{product.folder}/{product.product_id}{_ENDINGS[role]}"


def remote_files(root: str, product: HiriseId | str) -> tuple[RemoteFile, ...]:
    """Image, label and browse image of a product below an archive root; sizes are not known."""
    urls = {role: file_url(root, product, role) for role in _ENDINGS}
    return tuple(RemoteFile(url, url.rsplit("/", 1)[1], role) for role, url in urls.items())


def id_from_url(url: str) -> HiriseId:
    """The product that an URL of the RDR tree names, whatever its root. Raises InputError for any other URL."""
    found = role_and_id(url)
    if found is None:
        raise InputError(f"{url[:200]!r} is not the address of a HiRISE product.", "Use one of the archive's RDR tree.")
    return found[1]


def role_and_id(url: str) -> tuple[str, HiriseId] | None:
    """Role and product of an URL of the RDR tree, or None. The folders above must be those of the name."""
    try:
        parts = urlsplit(url)
        path = unquote(parts.path)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "\\" in path or ".." in path:
        return None
    name = path.rsplit("/", 1)[-1]
    for role, ending in _ENDINGS.items():
        if name.lower().endswith(ending.lower()):
            try:
                product = parse_id(name[: -len(ending)])
            except InputError:
                return None
            tree = "EXTRAS/RDR" if role == "browse" else "RDR"
            fits = path.upper().endswith(f"/{tree}/{product.folder}/{name}".upper())
            return (role, product) if product.colour and fits else None
    return None


def red_of(product: HiriseId | str) -> HiriseId:
    """The RED product of an observation: the one that change is looked for in."""
    product = parse_id(product) if isinstance(product, str) else product
    return replace(product, colour="RED")
