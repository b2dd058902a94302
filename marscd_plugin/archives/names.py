"""Searching by names alone: from a place to the names that HiRISE images of it may have, and which of them exist.

No index and no service is needed, only the HiRISE archive itself. The orbits that passed the place come from
``orbits``, the codes from the half-degree rule of ``hirise``; a name is asked for by the first bytes of its label, and
the label says all the rest. The likeliest are asked first, and never more than ``MOST_NAMES``: this is a last resort.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ..common.errors import ArchiveError, CancelledError, InputError, MarscdError
from ..common.progress import Progress, check
from ..common.web import Reply, Web
from ..common.words import Observation, Query
from ..planet.geometry import bounds, centre
from ..planet.time import mars_date, utc_windows
from . import hirise
from .filter import wanted
from .hirise_label import observation_of_label
from .orbits import FIRST_ORBIT, Tracks, local_hour, season_possible

log = logging.getLogger(__name__)

#: Names asked for in one search, at most: some five minutes at two a second.
MOST_NAMES = 600
#: Wider areas (degrees) hold too many names to ask for.
WIDEST = 10.0
#: What is asked of a label first. HiRISE's have about 8 kB.
_LABEL_BYTES = 1 << 16
_LONGEST_LABEL = 1 << 20
#: Requests on their way at a time; the session spaces them out.
_PARALLEL = 3
#: An orbit's time is known to some minutes, its solar longitude to some hundredths of a degree.
_MARGIN = timedelta(hours=12)
#: HiRISE does not look where the sun is so far down (degrees from overhead).
_DARK = 96.0
_OBLIQUITY = 25.19
_NOT_THERE = (403, 404, 410, 416)
_MOST_PAGES = 3
_TOTAL = re.compile(r"bytes\s+\d+-\d+/(\d{1,15})")


@dataclass(frozen=True)
class Candidate:
    """A name that an image may have. ``unlikely`` is 0 on the track and at the place's own code, and grows away."""

    product: hirise.HiriseId
    day: bool
    unlikely: float


@dataclass(frozen=True)
class Found:
    """What a search by names brought, and what it has to say of itself."""

    observations: tuple[Observation, ...]
    notes: tuple[str, ...]


def candidates(query: Query, tracks: Tracks | None = None) -> list[Candidate]:
    """RED products that images of the area in the season may be named, likeliest first, of both sides of the orbit.

    Raises InputError for an area too wide, ArchiveError for a season when nobody knows where the orbits passed.
    """
    tracks = tracks or Tracks()
    longitude, latitude = centre(query.area)
    west, south, east, north = bounds(query.area)
    width = (east - west) % 360.0 * math.cos(math.radians(latitude))
    if max(width, north - south) > WIDEST:
        raise InputError(
            f"The area is more than {WIDEST:g} degrees across: too many names to ask for.", "Choose a smaller area."
        )
    found = []
    orbits = list(_orbit_ranges(query, tracks))
    for day in (True, False):
        codes = _codes(latitude, (north - south) / 2, day)
        if not codes:
            continue
        for stretch in orbits:
            for orbit, share in tracks.over(longitude, latitude, stretch, day, width / 2):
                if not season_possible(query.season, tracks.time_of(orbit), _MARGIN) or _dark(
                    latitude, tracks.time_of(orbit), day
                ):
                    continue
                for code, aside in codes:
                    for rank, phase in enumerate(hirise.phases_of(orbit)):
                        product = hirise.HiriseId(phase, orbit, code, "RED")
                        found.append(Candidate(product, day, share**2 + aside**2 + rank))
    return sorted(found, key=lambda c: (c.unlikely, c.product))


def search_names(
    query: Query, web: Web, root: str, progress: Progress, tracks: Tracks | None = None, most: int = MOST_NAMES
) -> Found:
    """RED and COLOR products below ``root`` (the HiRISE archive's address) that touch the area in the season.

    Raises InputError, ArchiveError where the archive does not answer or answers with pages instead of labels, and
    CancelledError.
    """
    tracks = tracks or Tracks()
    possible = candidates(query, tracks)
    asked = possible[:most]
    host = urlsplit(root).hostname or root
    notes = _notes(query, tracks, len(possible), len(asked))
    for note in notes:
        progress.report(0.0, note)
    progress.report(
        0.0, f"{host} is asked for {len(asked):,} names, two a second at most: up to {len(asked) / 120:.0f} minutes."
        if len(asked) > 120 else f"{host} is asked for {len(asked):,} names."
    )  # fmt: skip
    asking = _Asking(web, root, query, progress)
    asking.all_of(asked)
    said = f"{asking.asked:,} names were asked for, {len(asking.there):,} exist and {len(asking.found):,} fit."
    observations = sorted(asking.found.values(), key=lambda o: (o.start_time, o.product_id))
    return Found(tuple(observations), (said, *notes))


def _notes(query: Query, tracks: Tracks, possible: int, asked: int) -> tuple[str, ...]:
    notes = []
    if asked < possible:
        notes.append(
            f"{possible:,} names are possible, and the {asked:,} likeliest are asked for: narrow the season, or use "
            "another source, for all of them."
        )
    ends = [end for _, end in utc_windows(query.season)]
    last = tracks.time_of(tracks.last_orbit)
    if any(end is None or end > last for end in ends):
        notes.append(f"Where the orbits passed is known up to {last:%B %Y}; later images are not found by name.")
    return tuple(notes)


class _Asking:
    """One search's requests, and what came of them."""

    def __init__(self, web: Web, root: str, query: Query, progress: Progress) -> None:
        self._web, self._root, self._query, self._progress = web, root.rstrip("/"), query, progress
        self.found: dict[str, Observation] = {}
        self.there: set[str] = set()
        self.asked = 0
        self._pages = 0
        #: Passes on which an image of the place is found: a pass has no second one.
        self._passed: set[tuple[int, bool]] = set()

    def all_of(self, asked: list[Candidate]) -> None:
        """Ask for all of them, some at a time."""
        told = 0
        with ThreadPoolExecutor(_PARALLEL, thread_name_prefix="marscd-names") as pool:
            for start in range(0, len(asked), _PARALLEL):
                check(self._progress)
                few = [c for c in asked[start : start + _PARALLEL] if (c.product.orbit, c.day) not in self._passed]
                futures = [(c, pool.submit(self._label, c.product)) for c in few]
                for candidate, future in futures:
                    reply = future.result()
                    self.asked += 1
                    if self._take(candidate.product, reply):
                        self._passed.add((candidate.product.orbit, candidate.day))
                        colour = replace(candidate.product, colour="COLOR")
                        self.asked += 1
                        self._take(colour, self._label(colour))
                new, told = len(self.found) > told, len(self.found)
                self._progress.report(
                    (start + _PARALLEL) / (len(asked) + _PARALLEL), f"{told} products found so far" if new else ""
                )

    def _label(self, product: hirise.HiriseId) -> Reply:
        url = hirise.file_url(self._root, product, "label")
        reply = self._web.get(url, max_bytes=_LONGEST_LABEL, headers={"Range": f"bytes=0-{_LABEL_BYTES - 1}"})
        total = _total(reply)
        if reply.status == 206 and total is not None and total > len(reply.body):
            reply = self._web.get(url, max_bytes=_LONGEST_LABEL)
        return reply

    def _take(self, product: hirise.HiriseId, reply: Reply) -> bool:
        """Whether the label's product is there and is what was asked for; it is kept then."""
        if reply.status in _NOT_THERE:
            return False
        if reply.status not in (200, 206):
            raise ArchiveError(
                f"{urlsplit(self._root).hostname} answered {reply.status} when it was asked for {product}.",
                "Try again later; if it stays so, check the archive's address in the settings (MARSCD_HIRISE_URL).",
            )
        if _is_page(reply.body):
            self._pages += 1
            if self._pages >= _MOST_PAGES:
                raise ArchiveError(
                    f"{urlsplit(self._root).hostname} answers with web pages instead of labels.",
                    "A proxy or a login page may stand between: check the network.",
                )
            self._progress.warn(f"Left out: a web page came instead of the label of {product}.")
            return False
        self.there.add(product.product_id)
        try:
            files = hirise.remote_files(self._root, product)
            observation = wanted(observation_of_label(reply.body, product, files, "NAMES"), self._query)
        except CancelledError:
            raise
        except MarscdError as error:
            self._progress.warn(f"Left out: {error.what}")
            return False
        if observation is None:
            return False
        size = self._size(files[0].url)
        sized = tuple(replace(f, size=size) if f.role == "image" else f for f in observation.files)
        self.found[product.product_id] = replace(observation, files=sized)
        return True

    def _size(self, url: str) -> int | None:
        """The image's size in bytes, from the answer to its first byte; None where the archive does not say."""
        try:
            return _total(self._web.get(url, max_bytes=_LABEL_BYTES, headers={"Range": "bytes=0-0"}))
        except ArchiveError as error:
            # A server that ignores ranges sends it all, which is broken off.
            log.info("%s: its size is not known (%s)", url, error)
            return None


def _total(reply: Reply) -> int | None:
    """The whole file's size that a partial answer tells."""
    match = _TOTAL.fullmatch(reply.headers.get("content-range", "").strip())
    return int(match[1]) if match and reply.status == 206 else None


def _is_page(body: bytes) -> bool:
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head"))


# -- which orbits, which codes ----------------------------------------------------------------------------------------


def _orbit_ranges(query: Query, tracks: Tracks) -> Iterator[range]:
    """Stretches of orbits in the season. Raises ArchiveError where all of them lie beyond what is known."""
    last, found, beyond = tracks.last_orbit, False, False
    for start, end in utc_windows(query.season):
        first = FIRST_ORBIT if start is None else math.floor(tracks.orbit_at(start - _MARGIN)) - 1
        until = last if end is None else math.ceil(tracks.orbit_at(end + _MARGIN)) + 1
        beyond |= until > last or first > last
        stretch = range(max(first, FIRST_ORBIT), min(until, last) + 1)
        if stretch:
            found = True
            yield stretch
    if beyond and not found:
        raise ArchiveError(
            f"Names can be told up to {tracks.time_of(last):%B %Y}, where known orbits end; the season is later.",
            "Use another source (ODE, STAC, or the index).",
        )


def _codes(latitude: float, half: float, day: bool) -> list[tuple[int, float]]:
    """Target codes for a stretch of latitudes and how far each lies from it, 0..1."""
    spread = hirise.LATITUDE_SPREAD + half
    # Twice the half degree to which codes are rounded, so that a place just beyond a turning point is not lost.
    return [
        (code, max(abs(hirise.latitude_of(code) - latitude) - half, 0.0) / hirise.LATITUDE_SPREAD)
        for code in hirise.candidate_targets(latitude, spread, day)
    ]


def _dark(latitude: float, time: datetime, day: bool) -> bool:
    """Whether the sun is well below the horizon when the orbit passes."""
    sun = math.asin(math.sin(math.radians(_OBLIQUITY)) * math.sin(math.radians(mars_date(time).solar_longitude)))
    hour, phi = math.radians((local_hour(latitude, day) - 12.0) * 15.0), math.radians(latitude)
    height = math.sin(phi) * math.sin(sun) + math.cos(phi) * math.cos(sun) * math.cos(hour)
    return math.degrees(math.acos(min(max(height, -1.0), 1.0))) > _DARK
