"""What stands in the job's folder: one folder a search below ``analogues``, with a small file of what was asked.

analogues/001/          targets.fgb, area.fgb, search.json, distance.tif, matches.fgb, report.html, ...
analogues/001/round-2/  the same outputs, after verdicts
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ...common.errors import OutputError
from ...common.files import need_folder, write_json
from ..folder import JobFolder
from ..words import tr

RECORD = "search.json"
_MAX_JSON = 1 << 20
_MOST = 999


@dataclass(frozen=True)
class Search:
    """A finished search, or a later round of one.

    ``asked`` is what the user asked for (targets' names, sources, model, chip size ...), ``results`` what the
    algorithm answered. ``number`` counts searches, ``round`` the rounds of one (1 is the first).
    """

    folder: Path
    number: int
    round: int = 1
    asked: Mapping[str, Any] = field(default_factory=dict)
    results: Mapping[str, Any] = field(default_factory=dict)

    @property
    def matches(self) -> Path:
        return self.folder / "matches.fgb"

    @property
    def distance(self) -> Path:
        return self.folder / "distance.tif"

    @property
    def report(self) -> Path:
        return self.folder / "report.html"

    @property
    def surface(self) -> Path:
        return self.folder / "matches-surface.png"

    @property
    def thumbnails(self) -> Path:
        return self.folder / "matches-thumbnails"

    @property
    def index(self) -> Path:
        """Where the vectors are kept: the first round's."""
        told = str(self.results.get("INDEX") or "")
        first = self.folder if self.round == 1 else self.folder.parent
        return Path(told) if told and Path(told).is_dir() else first / "matches-index"

    @property
    def targets(self) -> Path:
        """The marked targets: the first round's."""
        return (self.folder if self.round == 1 else self.folder.parent) / "targets.fgb"

    @property
    def key(self) -> str:
        """What marks its layers."""
        return f"{self.number:03d}" if self.round == 1 else f"{self.number:03d}/{self.round}"


def title(search: Search) -> str:
    """A search in the list of searches."""
    made = tr("{number}: {targets} in {image}").format(
        number=search.number,
        targets=_names(search.asked.get("targets")),
        image=search.asked.get("search_label") or "?",
    )
    return made if search.round == 1 else made + " " + tr("(round {number})").format(number=search.round)


def new_folder(job: JobFolder) -> Path:
    """An empty folder for the next search. Raises OutputError."""
    base = job.analogues
    for number in range(1, _MOST + 1):
        folder = base / f"{number:03d}"
        if not folder.exists():
            return need_folder(folder)
    raise OutputError(tr("{folder} is full.").format(folder=base), tr("Start a new job, or delete searches there."))


def round_folder(search: Search) -> Path:
    """An empty folder for the next round of a search. Raises OutputError."""
    first = search.folder if search.round == 1 else search.folder.parent
    for number in range(2, _MOST + 1):
        folder = first / f"round-{number}"
        if not folder.exists():
            return need_folder(folder)
    raise OutputError(tr("{folder} is full.").format(folder=first), tr("Start a new search."))


def record(search: Search) -> None:
    """Keep what was asked and answered. Raises OutputError."""
    write_json(
        search.folder / RECORD,
        {
            "version": 1,
            "made": datetime.now().astimezone().isoformat(timespec="seconds"),
            "round": search.round,
            "asked": dict(search.asked),
            "results": {k: v for k, v in search.results.items() if isinstance(v, (str, int, float, bool, type(None)))},
        },
    )


def load(job: JobFolder) -> list[Search]:
    """All finished searches and rounds, oldest first; what is damaged or unfinished is left out. For a worker."""
    base = job.analogues
    found = []
    if base.is_dir():
        for folder in sorted(p for p in base.iterdir() if re.fullmatch(r"\d{3}", p.name)):
            rounds = sorted(folder.glob("round-*"), key=lambda p: _round(p.name))
            for place in (folder, *rounds):
                one = _read(place, int(folder.name))
                if one is not None:
                    found.append(one)
    return found


def _read(folder: Path, number: int) -> Search | None:
    path = folder / RECORD
    try:
        if path.stat().st_size > _MAX_JSON:
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
        asked, results = told["asked"], told["results"]
        if not isinstance(asked, dict) or not isinstance(results, dict):
            return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    search = Search(folder, number, max(_round(folder.name), 1), asked, results)
    return search if search.matches.is_file() else None


def _round(name: str) -> int:
    match = re.fullmatch(r"round-(\d{1,4})", name)
    return int(match[1]) if match else 1


def _names(names: Any) -> str:
    if not isinstance(names, list) or not names:
        return "?"
    first = ", ".join(str(n) for n in names[:2])
    return first if len(names) <= 2 else tr("{names} and {count} more").format(names=first, count=len(names) - 2)
