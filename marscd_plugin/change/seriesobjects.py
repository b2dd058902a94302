"""Objects of a series: what became of each at every date, its class, and its columns.

Classes, from the area seen at each date that sees at least half of the object:

- ``persists``: came, and is there at the last date; ``grows``: the same, and by half at least.
- ``fades``: was there, and is gone (or as good as gone) at the last date.
- ``recurs``: came in two or more Mars Years, with dates without it between; ``varies``: comes and goes otherwise.
- ``unconfirmed``: the first or the last image alone says so; another image will tell.
- ``single``: one image alone says so, with others before and after it: most likely the image, not the ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.words import Epoch, Grid
from .components import Changes
from .facts import downslope_angle, kinds_of
from .ground import Ground
from .shapes import shapes
from .vectors import Column

CLASSES = ("persists", "grows", "fades", "recurs", "varies", "unconfirmed", "single")

COLUMNS = (
    Column("change_id", "integer"),
    Column("class", "text"),
    Column("kind", "text"),
    Column("kind_share", "real"),
    Column("first_seen", "time"),
    Column("last_seen", "time"),
    Column("not_before", "time"),
    Column("gone_by", "time"),
    Column("n_epochs", "integer"),
    Column("n_observed", "integer"),
    Column("direction", "text"),
    Column("area_m2", "real"),
    Column("area_first_m2", "real"),
    Column("area_max_m2", "real"),
    Column("area_last_m2", "real"),
    Column("pixels", "integer"),
    Column("probability_mean", "real"),
    Column("probability_max", "real"),
    Column("agreement", "real"),
    Column("confidence", "real"),
    Column("contrast", "real"),
    Column("if_ratio", "real"),
    Column("length_m", "real"),
    Column("width_m", "real"),
    Column("centreline_m", "real"),
    Column("azimuth", "real"),
    Column("slope", "real"),
    Column("downslope_azimuth", "real"),
    Column("downslope_angle", "real"),
    Column("longitude", "real"),
    Column("latitude", "real"),
    Column("first_id", "text"),
    Column("last_id", "text"),
    Column("history", "text"),
)

#: An object is there at a date at this share of its greatest share, and known at a date that sees this much of it.
_THERE, _KNOWN = 0.25, 0.5
#: How many times larger is grown.
_GROWN = 1.5
#: Returns this far apart lie in two Mars Years: days, half a Mars year and a season's length more.
_ANOTHER_YEAR = 400.0


@dataclass(frozen=True)
class Sums:
    """Of objects, from ``Components``' extra rows: area seen and area observed at each date (n, count), and means."""

    seen: np.ndarray
    observed: np.ndarray
    sure: np.ndarray
    agreement: np.ndarray
    step: np.ndarray
    ratio: np.ndarray
    votes: np.ndarray


def extra_rows(dates: int, kinds: int) -> int:
    """How many rows ``extras_of`` makes."""
    return 2 * dates + 5 + kinds


def extras_of(found: Any, size: np.ndarray, sure: np.ndarray, likely: np.ndarray, kinds: int) -> np.ndarray:
    """Rows for ``Components.add`` of some candidates: ``size`` is a pixel's area in m2, ``likely`` its probability."""
    ratio = np.where(np.isfinite(found.ratio), found.ratio, 0.0)
    votes = np.zeros((kinds, found.rows.size))
    known = np.flatnonzero((found.kind > 0) & (found.kind <= kinds))
    votes[found.kind[known].astype(np.intp) - 1, known] = likely[known]
    return np.concatenate(
        (
            (found.present & found.valid) * size,
            found.valid * size,
            np.stack((sure, found.agreement, found.step, ratio, np.isfinite(found.ratio))).astype(np.float64),
            votes,
        )
    )


def sums_of(changes: Changes, dates: int) -> Sums:
    """Take ``extras_of``'s rows apart again."""
    rows, pixels = changes.extra, np.maximum(changes.pixels, 1)
    rest = rows[2 * dates :]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(rest[4] > 0, rest[3] / rest[4], np.nan)
    return Sums(
        rows[:dates], rows[dates : 2 * dates], rest[0] / pixels, rest[1] / pixels, rest[2] / pixels, ratio, rest[5:]
    )


@dataclass(frozen=True)
class Story:
    """What became of one object. Indices of dates; -1 where there is none."""

    name: str
    first: int
    last: int
    before: int
    after: int
    there: int
    known: int
    stands: bool


def story_of(seen: np.ndarray, observed: np.ndarray, area: float, days: np.ndarray, sure: float, alone: bool) -> Story:
    """The story of one object: areas (n,) in m2 that were seen and observed, its whole area, dates in days.

    ``sure`` is the share of its pixels whose two states were each seen twice; ``alone``: one image alone shows it.
    """
    known = np.flatnonzero(observed >= _KNOWN * area)
    if known.size == 0:
        known = np.flatnonzero(observed > 0)
    share = seen[known] / np.maximum(observed[known], 1e-12)
    there = share >= max(_THERE * float(share.max(initial=0.0)), 1e-9)
    with_it = known[there]
    if with_it.size == 0:
        return Story("single", -1, -1, -1, -1, 0, int(known.size), False)
    first, last = int(with_it[0]), int(with_it[-1])
    earlier, later = known[known < first], known[known > last]
    stands = bool(there[-1])
    runs = np.flatnonzero(np.diff(np.concatenate(([False], there))) & there)
    name = _name(share, there, runs, days[known], sure, alone)
    return Story(
        name, first, last, int(earlier[-1]) if earlier.size else -1, int(later[0]) if later.size else -1,
        int(with_it.size), int(known.size), stands,
    )  # fmt: skip


def _name(share: np.ndarray, there: np.ndarray, runs: np.ndarray, days: np.ndarray, sure: float, alone: bool) -> str:
    if alone:
        return "single"
    count, dates = int(there.sum()), there.size
    if sure < 0.5 and min(count, dates - count) <= 1:
        odd = int(np.argmax(there if count <= dates - count else ~there))
        return "unconfirmed" if odd in (0, dates - 1) or dates < 3 else "single"
    grown = share[there][-1] >= _GROWN * share[there][0]
    if runs.size >= 2:
        return "recurs" if float(days[runs].max() - days[runs].min()) >= _ANOTHER_YEAR else "varies"
    if not there[-1]:
        return "fades"
    if there.all() and not grown:
        # Always there in part: its size tells.
        return "fades" if share[0] >= _GROWN * share[-1] else "persists"
    return "grows" if grown else "persists"


def rows_of(
    changes: Changes,
    ground: Ground,
    grid: Grid,
    epochs: Sequence[Epoch],
    kinds: tuple[str, ...],
    alone: bool,
    start: int,
) -> tuple[list[tuple[Any, ...]], list[str]]:
    """(values of ``COLUMNS``, class) of each object; numbered from ``start`` + 1. ``ground`` is of these objects."""
    sums = sums_of(changes, len(epochs))
    form = shapes(grid, changes.x, changes.y, changes.xx, changes.xy, changes.yy, changes.area, ground.steps)
    slopes = ground.slopes
    days = np.array([e.time.timestamp() / 86400.0 for e in epochs])
    told = kinds_of(kinds, sums.votes, changes.count)
    rows, names = [], []
    angle = downslope_angle(form.azimuth, slopes.descent) if form and slopes else None

    def at(values: np.ndarray | None, k: int) -> float | None:
        return None if values is None else float(values[k])

    for k in range(changes.count):
        seen, observed = sums.seen[:, k], sums.observed[:, k]
        story = story_of(seen, observed, float(changes.area[k]), days, float(sums.sure[k]), alone)
        names.append(story.name)

        def time(index: int) -> Any:
            return epochs[index].time if index >= 0 else None

        rows.append(
            (
                start + k + 1, story.name, *told[k], time(story.first), time(story.last), time(story.before),
                time(story.after), story.there, story.known, "appeared" if story.stands else "faded",
                float(changes.area[k]), at(seen, story.first) if story.first >= 0 else None, float(seen.max()),
                at(seen, story.last) if story.last >= 0 else None, int(changes.pixels[k]),
                float(changes.probability_mean[k]), float(changes.probability_max[k]), float(sums.agreement[k]),
                float(changes.confidence[k]), float(sums.step[k]), float(sums.ratio[k]),
                at(form.length if form else None, k), at(form.width if form else None, k),
                at(form.centreline if form else None, k), at(form.azimuth if form else None, k),
                at(slopes.slope if slopes else None, k), at(slopes.descent if slopes else None, k), at(angle, k),
                at(form.longitude if form else None, k), at(form.latitude if form else None, k),
                epochs[story.first].product_id if story.first >= 0 else None,
                epochs[story.last].product_id if story.last >= 0 else None,
                history_text(epochs, seen, observed, float(changes.area[k])),
            )
        )  # fmt: skip
    return rows, names


def history_text(epochs: Sequence[Epoch], seen: np.ndarray, observed: np.ndarray, area: float) -> str:
    """``time=seen/observed`` in m2 of every date that sees anything of an object, joined by ``;``."""
    return ";".join(
        f"{e.time.strftime('%Y-%m-%dT%H:%M:%SZ')}={s:.2f}/{o:.2f}"
        for e, s, o in zip(epochs, seen.tolist(), observed.tolist(), strict=True)
        if o > 0.0 and area > 0.0
    )
