"""What a choice means before anything is fetched: coverage of the area, gigabytes, and how much is here already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...common.errors import CancelledError
from ...common.progress import Progress
from ...common.words import Area, Observation
from ...planet import geometry
from ..words import tr

#: Footprints united at once, between looks at the cancel.
_AT_ONCE = 200


@dataclass(frozen=True)
class ChoiceFacts:
    """``covered`` is the share (0..1) of the area under at least one footprint, None without an area; sizes are bytes.

    ``unknown`` counts products whose size the archive does not say.
    """

    count: int
    covered: float | None
    total: int
    here: int
    unknown: int


def facts_of(chosen: Sequence[Observation], area: Area | None, folder: Path | None, progress: Progress) -> ChoiceFacts:
    """Work it out, in a worker; looks at the folder's files. Raises CancelledError."""
    # The crawler brings its HTTP library along: here it is the worker that waits for it.
    from ...crawler.fetch import file_requests

    total = here = 0
    for one in chosen:
        total += one.size or 0
    if folder is not None and folder.is_dir():
        for request in file_requests(chosen, folder):
            try:
                here += request.path.stat().st_size
            except OSError:
                continue
    covered = None if area is None else united_coverage([o.footprint for o in chosen], area, progress)
    return ChoiceFacts(len(chosen), covered, total, here, sum(o.size is None for o in chosen))


def united_coverage(footprints: Sequence[Area], area: Area, progress: Progress) -> float:
    """The share of ``area`` under the union of ``footprints``, on the sphere. Raises CancelledError."""
    from ...common.packages import need

    shapely = need("shapely")
    whole = geometry.to_shapely(area)
    united = None
    for start in range(0, len(footprints), _AT_ONCE):
        if progress.cancelled():
            raise CancelledError()
        parts = [geometry.to_shapely(f) for f in footprints[start : start + _AT_ONCE]]
        # Only what lies over the area counts, and is quickly united.
        parts = [p.intersection(whole) for p in parts if p.intersects(whole)]
        united = shapely.union_all(parts if united is None else [united, *parts])
    if united is None or united.is_empty:
        return 0.0
    return geometry.coverage(area, geometry.from_shapely(united))


def in_words(facts: ChoiceFacts) -> str:
    """One line."""
    if not facts.count:
        return tr("Nothing chosen yet: tick images in the table.")
    said = [tr("{count} chosen").format(count=f"{facts.count:,}")]
    if facts.covered is not None:
        said.append(tr("cover {share} % of the area").format(share=_percent(facts.covered)))
    if facts.unknown < facts.count:
        said.append(tr("{size} to fetch").format(size=size_text(max(facts.total - facts.here, 0))))
    if facts.here:
        said.append(tr("{size} here already").format(size=size_text(facts.here)))
    if facts.unknown:
        said.append(tr("size of {count} not known").format(count=facts.unknown))
    return ", ".join(said)


def size_text(size: int) -> str:
    """Bytes as GB or MB (of a thousand)."""
    if size >= 1e9:
        return tr("{number} GB").format(number=f"{size / 1e9:,.2f}")
    return tr("{number} MB").format(number=f"{size / 1e6:.1f}")


def _percent(share: float) -> str:
    """Not 100 where something is missing, not 0 where something is there."""
    percent = 100.0 * share
    if 0 < percent < 0.5:
        return "<1"
    return f"{min(percent, 99.0) if share < 0.9995 else 100.0:.0f}"
