"""When and where Mars Reconnaissance Orbiter flew on an orbit: enough to tell which orbits passed a place.

The spacecraft's orbit is adjusted now and then, so no single period holds. ``ANCHORS`` are orbits whose images are
public: for each the time and the longitude at which it crossed the equator northwards (the day side), reckoned from
one image's time and centre. Between anchors both run evenly. Left out one at a time, 157 images of 2006 to 2020 lie
within 0.5 degrees of the track that the others give (median), and 95 of 100 within 3.5 (which holds the roll of the
spacecraft too). Beyond the last anchor tracks are soon unknown.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from ..common.words import Season
from ..planet.time import mars_date, season_holds

#: How far west the next orbit crosses the equator, degrees, on average.
DEGREES_PER_ORBIT = 27.3009
#: Degrees between the orbit's plane and the equator, and one orbit in seconds.
INCLINATION = 92.65
PERIOD = 6732.0
#: How far an image may lie from its orbit's track, degrees of arc: the roll of the spacecraft and the track's own
#: uncertainty, which grows by ``DRIFT`` degrees with every thousand orbits from the nearest anchor.
REACH = 4.0
DRIFT = 0.7
#: Orbits beyond the last anchor for which a track is still told; it may be off by some degrees by then.
BEYOND = 1500


@dataclass(frozen=True, order=True)
class Anchor:
    """One orbit: UTC and east longitude (0..360) of its northward equator crossing."""

    orbit: int
    time: datetime
    longitude: float


def _anchors(*rows: tuple[int, str, float]) -> tuple[Anchor, ...]:
    return tuple(Anchor(o, datetime.fromisoformat(t).replace(tzinfo=timezone.utc), lon) for o, t, lon in rows)


#: From the records of CTX and HiRISE images of those orbits (one of each cluster, the middle one).
ANCHORS = _anchors(
    (2042, "2007-01-02T13:32:04", 139.2), (3208, "2007-04-03T10:04:29", 345.7), (5476, "2007-09-27T03:29:54", 346.8),
    (6966, "2008-01-21T06:10:52", 345.2), (7361, "2008-02-21T00:58:48", 0.0), (9616, "2008-08-14T18:48:13", 345.6),
    (10183, "2008-09-27T23:10:23", 345.4), (11261, "2008-12-20T23:13:44", 74.8), (13951, "2009-07-18T13:49:51", 74.7),
    (16430, "2010-01-27T17:39:37", 76.4), (19242, "2010-09-03T20:27:11", 345.2), (20877, "2011-01-09T06:03:53", 346.3),
    (23817, "2011-08-26T08:15:11", 359.9), (25779, "2012-01-26T05:20:58", 76.3), (32059, "2013-05-29T13:32:17", 346.7),
    (33905, "2013-10-20T09:55:42", 344.9), (37017, "2014-06-19T21:49:11", 346.0), (38349, "2014-10-01T16:32:29", 345.1),
    (39391, "2014-12-21T20:34:40", 347.3), (39879, "2015-01-28T21:05:58", 345.5), (44204, "2015-12-31T21:13:06", 345.3),
    (45048, "2016-03-06T15:16:38", 346.4), (45971, "2016-05-17T13:18:16", 346.5), (46815, "2016-07-22T07:43:05", 345.7),
    (48239, "2016-11-10T07:04:21", 345.5), (49307, "2017-02-01T12:31:55", 345.5), (50797, "2017-05-28T15:02:02", 345.6),
    (51786, "2017-08-13T16:34:37", 345.1), (52709, "2017-10-24T14:45:28", 345.1), (53988, "2018-02-01T06:44:57", 345.7),
    (55188, "2018-05-05T18:48:26", 344.9), (56863, "2018-09-13T06:35:06", 345.2), (57206, "2018-10-09T23:52:34", 345.3),
    (57905, "2018-12-03T10:38:23", 345.6), (59540, "2019-04-09T20:27:35", 347.1), (64208, "2020-04-07T14:21:21", 345.4),
    (65817, "2020-08-10T23:04:47", 345.2), (67466, "2020-12-17T09:40:20", 345.4), (68155, "2021-02-09T01:14:07", 269.4),
    (69274, "2021-05-07T04:15:50", 345.1),
)  # fmt: skip
#: The first orbit of the mapping mission whose images are public; before it the orbit was another.
FIRST_ORBIT = 600


class Tracks:
    """Where orbits passed, from anchors (at least two)."""

    def __init__(self, anchors: Sequence[Anchor] = ANCHORS) -> None:
        self._anchors = tuple(sorted(anchors))
        self._orbits = [a.orbit for a in self._anchors]
        # The longitude that is left when the even motion is taken off changes slowly: it is unwrapped step by step.
        self._phases: list[float] = []
        for a in self._anchors:
            phase = (a.longitude + a.orbit * DEGREES_PER_ORBIT) % 360.0
            if self._phases:
                phase += 360.0 * round((self._phases[-1] - phase) / 360.0)
            self._phases.append(phase)

    @property
    def last_orbit(self) -> int:
        """The last orbit whose track is told."""
        return self._orbits[-1] + BEYOND

    def time_of(self, orbit: int) -> datetime:
        """UTC of the northward equator crossing, to some minutes."""
        i, share = self._place(orbit)
        a, b = self._anchors[i], self._anchors[i + 1]
        return a.time + timedelta(seconds=(b.time - a.time).total_seconds() * share)

    def longitude_of(self, orbit: int) -> float:
        """East longitude 0..360 of the northward equator crossing."""
        i, share = self._place(orbit)
        # Beyond the ends the drift of the last stretch is not carried on: nobody knows when it was stopped.
        share = min(max(share, 0.0), 1.0)
        phase = self._phases[i] + (self._phases[i + 1] - self._phases[i]) * share
        return (phase - orbit * DEGREES_PER_ORBIT) % 360.0

    def orbit_at(self, time: datetime) -> float:
        """The orbit number at a time, with a fraction; the inverse of ``time_of``."""
        times = [a.time for a in self._anchors]
        i = min(max(bisect_right(times, time) - 1, 0), len(times) - 2)
        a, b = self._anchors[i], self._anchors[i + 1]
        share = (time - a.time) / (b.time - a.time)
        return a.orbit + (b.orbit - a.orbit) * share

    def reach_of(self, orbit: int) -> float:
        """Within how many degrees of arc of the track an image of that orbit is looked for."""
        i, _ = self._place(orbit)
        return REACH + DRIFT * min(abs(orbit - self._orbits[i]), abs(orbit - self._orbits[i + 1])) / 1000.0

    def over(
        self, longitude: float, latitude: float, orbits: range, day: bool = True, wider: float = 0.0
    ) -> Iterator[tuple[int, float]]:
        """Those of ``orbits`` whose day (or night) track passes near a place, and how far east of it it passes, as a
        share (-1..1) of what is near: ``reach_of`` and ``wider`` degrees of arc."""
        east = track_offset(latitude, day)
        shrink = max(math.cos(math.radians(latitude)), 0.02)
        for orbit in orbits:
            apart = (self.longitude_of(orbit) + east - longitude + 180.0) % 360.0 - 180.0
            share = apart * shrink / (self.reach_of(orbit) + wider)
            if abs(share) <= 1.0:
                yield orbit, share

    def _place(self, orbit: int) -> tuple[int, float]:
        i = min(max(bisect_right(self._orbits, orbit) - 1, 0), len(self._orbits) - 2)
        return i, (orbit - self._orbits[i]) / (self._orbits[i + 1] - self._orbits[i])


def season_possible(season: Season, time: datetime, margin: timedelta) -> bool:
    """Whether what was taken about then may lie in the season: ``time`` is known to ``margin``."""
    for moment in (time, time - margin, time + margin):
        date = mars_date(moment)
        if season_holds(season, moment, date.mars_year, date.solar_longitude):
            return True
    return False


def track_offset(latitude: float, day: bool = True) -> float:
    """Degrees of longitude from the northward equator crossing to where the track passes ``latitude``.

    On the day side the spacecraft flies north, on the night side south; the planet turns beneath it. Latitudes that
    the orbit does not reach are taken at its turning point.
    """
    inclination, flown = math.radians(INCLINATION), math.radians(_flown(latitude, day))
    along = math.degrees(math.atan2(math.cos(inclination) * math.sin(flown), math.cos(flown)))
    return along - DEGREES_PER_ORBIT * flown / (2.0 * math.pi)


def local_hour(latitude: float, day: bool = True) -> float:
    """Local mean solar time, 0..24 hours, at which the orbit passes a latitude: about 3 in the afternoon at the
    equator by day (measured 14.6 to 15.6 between 2006 and 2021)."""
    turned = track_offset(latitude, day) + DEGREES_PER_ORBIT * _flown(latitude, day) / 360.0
    return (15.0 + turned / 15.0) % 24.0


def seconds_after_node(latitude: float, day: bool = True) -> float:
    """Seconds from the northward equator crossing to ``latitude``; negative in the southern day."""
    return _flown(latitude, day) / 360.0 * PERIOD


def _flown(latitude: float, day: bool) -> float:
    """Degrees along the orbit from the northward equator crossing to a latitude."""
    height = math.sin(math.radians(latitude)) / math.sin(math.radians(INCLINATION))
    flown = math.degrees(math.asin(min(max(height, -1.0), 1.0)))
    return flown if day else 180.0 - flown


def tracks_of(images: Iterable[tuple[int, datetime, float, float, bool]], every: int = 150) -> Tracks:
    """Tracks from many images: (orbit, UTC, east longitude, latitude, by day). One anchor in ``every`` orbits.

    Of each stretch of orbits the image of the middle longitude counts. The built-in anchors stay outside the stretch
    that the images span, and all of them where the images are too few to be trusted.
    """
    stretches: dict[int, list[Anchor]] = {}
    for orbit, time, longitude, latitude, day in images:
        if orbit >= FIRST_ORBIT:
            node = (longitude - track_offset(latitude, day)) % 360.0
            made = Anchor(orbit, time - timedelta(seconds=seconds_after_node(latitude, day)), node)
            stretches.setdefault(orbit // every, []).append(made)
    chosen = []
    for _, group in sorted(stretches.items()):
        turned = sorted(
            (((a.longitude - group[0].longitude + (a.orbit - group[0].orbit) * DEGREES_PER_ORBIT + 180) % 360), a)
            for a in group
        )
        chosen.append(turned[len(turned) // 2][1])
    if len(chosen) < 10:
        return Tracks()
    first, last = chosen[0].orbit, chosen[-1].orbit
    return Tracks([*(a for a in ANCHORS if not first - every <= a.orbit <= last + every), *chosen])
