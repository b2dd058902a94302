"""What stands in the job's folder: pairs compared before, their series; and where a new pair goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...common.progress import Progress
from ...common.words import Series
from ..folder import JobFolder
from ..state import ComparedPair
from .choices import Choice
from .queue import compared

_MAX_JSON = 1 << 20
_MOST_NAMES = 1000


def load_folder(folder: JobFolder, need_series: bool, progress: Progress) -> tuple[list[ComparedPair], Series | None]:
    """(finished pairs, the series or None). For a worker. A damaged series is left to the step Series to tell."""
    from ...common.errors import InputError
    from ...series.store import read_store
    from ...workflows.compared import finished_pairs

    pairs = [compared(place, change) for place, change in finished_pairs(folder.root / "changes", progress)]
    series = None
    if need_series and (folder.series / "catalog.json").is_file():
        try:
            series = read_store(folder.series).series
        except InputError:
            series = None
    return pairs, series


def place_for(folder: JobFolder, before: Choice, after: Choice) -> Path:
    """The pair's folder. Layers of one file name from different places get folders of their own."""
    place = folder.changes(before.key, after.key)
    if before.epoch is not None and after.epoch is not None:
        return place
    for number in range(2, _MOST_NAMES):
        told = _images_of(place)
        if told is None or told == (before.source, after.source):
            break
        place = folder.changes(before.key, f"{after.key}-{number}")
    return place


def replaced(pairs: tuple[ComparedPair, ...], pair: ComparedPair) -> tuple[ComparedPair, ...]:
    """The pairs with this one as the newest."""
    return (*(p for p in pairs if p.folder != pair.folder), pair)


def _images_of(place: Path) -> tuple[str, str] | None:
    """Which files a pair was made of, as it says itself; None where nothing is there."""
    path = place / "polygons.fgb.provenance.json"
    try:
        if path.stat().st_size > _MAX_JSON:
            return None
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["parameters"]
        return str(told["before"]), str(told["after"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
