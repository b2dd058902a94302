"""From an index and targets to what a user gets: ranked matches, surfaces, pictures and a page, all or none of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..analogue.boxplot import Box, box_picture
from ..analogue.index import Index
from ..analogue.matches import MatchRow, check_name, write_matches
from ..analogue.png import png_bytes
from ..analogue.raster import spread, write_surfaces
from ..analogue.report import PagePair, SearchPage, search_html
from ..analogue.sheet import SheetPair, sheet_picture
from ..common.errors import InputError, MissingPackageError, OutputError
from ..common.files import need_space, whole_file
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance
from ..common.words import Match
from .analogue_jobs import SimilarityResult
from .analogue_kept import Kept
from .analogue_measured import OWN, Measured, matches_of, measure, percentiles, ranked
from .analogue_words import facts_of, summary_of, surface_of, unseen_of

#: Thumbnails written at most.
MOST_THUMBNAILS = 500
THUMBNAIL_PX = 160
_OURS = re.compile(r"\d{4,}|target-\d+(-\d+)?")

#: Numbers of chips -> their pictures (uint8), None where one cannot be read.
Pictures = Callable[[Sequence[int], Progress], Mapping[int, "np.ndarray | None"]]


@dataclass(frozen=True)
class Wanted:
    """Where results go. ``thumbnails``, ``surface`` and ``sheet`` stand beside ``matches``."""

    matches: Path
    distance: Path | None
    report: Path | None
    count: int
    pictures: bool

    def __post_init__(self) -> None:
        """Raise OutputError for names that nothing can be written to, before any work."""
        check_name(Path(self.matches))
        if self.distance is not None and Path(self.distance).suffix.lower() not in (".tif", ".tiff"):
            raise OutputError(f"{self.distance} is not a GeoTIFF name.", "Give a file name that ends in .tif.")

    def beside(self, ending: str) -> Path:
        """A file or folder beside MATCHES."""
        return Path(self.matches).with_name(f"{Path(self.matches).stem}-{ending}")


@dataclass
class Notes:
    """Warnings, passed on and kept, each once."""

    progress: Progress
    said: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        """Tell and keep."""
        if text not in self.said:
            self.said.append(text)
            self.progress.warn(text)


def deliver(
    index: Index,
    kept: Kept,
    wanted: Wanted,
    progress: Progress,
    notes: Notes,
    pictures: Pictures,
    record: Provenance,
    scores: np.ndarray | None = None,
    reused: bool = False,
) -> SimilarityResult:
    """Rank, draw and write. ``scores`` (N,) of a round of refining rank instead of the distances.

    Raises InputError, OutputError, CancelledError.
    """
    ranking, seeing, drawing, writing = parts(progress, 2, 4, 4, 4)
    ranking.report(0.0, "Comparing with the targets")
    measured = measure(index, kept, ranking)
    ids = ranked(index, kept, measured, scores, wanted.count)
    matches = matches_of(index, kept, measured, ids)
    summary, weak = summary_of(matches, kept, OWN, refined=scores is not None)
    _tell_weak_targets(kept, measured, matches, notes)
    seeing.report(0.0, "Making thumbnails")
    pages = pictures([m.index for m in matches[:MOST_THUMBNAILS]], seeing)
    if any(p is None for p in pages.values()):
        notes.warn("Some matches have no thumbnail: the searched image could not be read there.")
    distance = spread(kept.cells, measured.best, kept.grid)
    drawing.report(0.0, "Drawing")
    sheet = surface = boxes = None
    if wanted.pictures:
        sheet, surface, boxes = _drawn(kept, measured, matches, pages, distance, notes, drawing)
    drawing.report(1.0)

    folder = wanted.beside("thumbnails")
    rows, files = _rows(kept, matches, pages, measured, scores, folder)
    unseen = unseen_of(index, kept, len(matches), wanted.count)
    if wanted.report is not None:
        png, names = {p.name: data for p, data in files.items()}, kept.picture_names()
        page = SearchPage(
            title="Where does it look like this?" if scores is None else "Where does it look like this? Another round",
            summary=summary, weak=weak, warnings=notes.said, facts=facts_of(index, kept, matches, record),
            pairs=[
                PagePair(m, png.get(names[measured.row[m.index]]), png.get(f"{m.rank:04d}.png")) for m in matches
            ],
            matches=matches, scores={} if scores is None else {m.index: float(scores[m.index]) for m in matches},
            surface=surface, boxes=boxes, quartiles=_quartiles(kept, measured), unseen=unseen,
            provenance=record.as_dict(),
        )  # fmt: skip
        files[Path(wanted.report)] = search_html(page).encode("utf-8")
    files[Path(f"{wanted.matches}.provenance.json")] = _record(record, kept, unseen).encode("utf-8")
    drawn = {wanted.beside("surface.png"): surface, wanted.beside("sheet.png"): sheet}
    files |= {path: data for path, data in drawn.items() if data is not None}
    check(progress)
    writing.report(0.0, "Writing the results")
    _write(wanted, kept, distance, measured, scores, rows, files, record, writing)
    _sweep(folder, {p.name for p in files if p.parent == folder})
    for path in [p for p, data in drawn.items() if data is None]:
        path.unlink(missing_ok=True)  # Of an earlier run: it would show other matches.
    writing.report(1.0, summary)
    first = matches[0] if matches else None
    return SimilarityResult(
        best_distance=first.distance if first else None,
        best_percentile=first.percentile if first else None,
        match_count=len(matches),
        weak_count=sum(m.weak for m in matches),
        weak=weak,
        summary=summary,
        chips=index.count,
        unusable=index.count - int(index.usable.sum()),
        device=kept.device,
        model=kept.model,
        chip_size=kept.chip_size,
        step=kept.step,
        search_body=kept.body,
        targets=tuple(t.name for t in kept.targets),
        matches=Path(wanted.matches),
        index=index.folder,
        thumbnails=folder,
        distance=wanted.distance,
        report=wanted.report,
        surface=wanted.beside("surface.png") if surface else None,
        sheet=wanted.beside("sheet.png") if sheet else None,
        index_reused=reused,
        accepted=kept.accepted,
        rejected=kept.rejected,
        warnings=tuple(notes.said),
        found=tuple(matches),
    )


def _tell_weak_targets(kept: Kept, measured: Measured, matches: Sequence[Match], notes: Notes) -> None:
    """Where there are several targets, name those for which nothing is near; the best match speaks for its own."""
    if len(kept.targets) < 2:
        return
    for number, (target, null) in enumerate(zip(kept.targets, measured.nulls, strict=True)):
        if matches and matches[0].target == target.name:
            continue
        judged = null.judge(0, float(measured.least[number]))
        if judged.weak:
            notes.warn(f"For the target {target.name} the best match is weak: {judged.reason}.")


def _quartiles(kept: Kept, measured: Measured) -> list[tuple[str, float, float, float, float]]:
    rows = []
    for number, (target, null) in enumerate(zip(kept.targets, measured.nulls, strict=True)):
        box = null.quartiles(0)
        rows.append((target.name, float(measured.least[number]), box.first, box.median, box.third))
    return rows


def _drawn(
    kept: Kept, measured: Measured, matches: Sequence[Match], pages: Mapping[int, np.ndarray | None],
    distance: np.ndarray, notes: Notes, progress: Progress,
) -> tuple[bytes | None, bytes | None, bytes | None]:  # fmt: skip
    try:
        pairs = [SheetPair(m, kept.pictures[measured.row[m.index]], pages.get(m.index)) for m in matches]
        unit = "m" if kept.body else "pixels"
        sheet = sheet_picture(pairs, "The best matches", f"Chips of {kept.chip_size:g} {unit}.")
        check(progress)
        progress.report(0.4)
        surface = surface_of(kept, distance, matches)
        check(progress)
        progress.report(0.8)
        boxes = box_picture(
            [
                Box(t.name, null.distances[0], tuple(m.distance for m in matches if m.target == t.name), "matches")
                for t, null in zip(kept.targets, measured.nulls, strict=True)
            ],
            "Distances of random places of the search area to each target", "Distance",
        )  # fmt: skip
    except MissingPackageError as error:
        notes.warn(f"There are no drawings: {error}")
        return None, None, None
    return sheet, surface, boxes


def _rows(
    kept: Kept, matches: Sequence[Match], pages: Mapping[int, np.ndarray | None], measured: Measured,
    scores: np.ndarray | None, folder: Path,
) -> tuple[list[MatchRow], dict[Path, bytes]]:  # fmt: skip
    """The rows of MATCHES, and the thumbnails' files."""
    names = kept.picture_names()
    files = {folder / name: png_bytes(picture) for name, picture in zip(names, kept.pictures, strict=True)}
    rows = []
    accepted = set(kept.accepted)
    for m in matches:
        picture = pages.get(m.index)
        name = ""
        if picture is not None:
            name = f"{m.rank:04d}.png"
            files[folder / name] = png_bytes(picture)
        rows.append(
            MatchRow(
                m,
                f"{folder.name}/{name}" if name else "",
                "accepted" if m.index in accepted else "",
                None if scores is None else float(scores[m.index]),
                f"{folder.name}/{names[measured.row[m.index]]}",
            )
        )
    return rows, files


def _write(
    wanted: Wanted, kept: Kept, distance: np.ndarray, measured: Measured, scores: np.ndarray | None,
    rows: Sequence[MatchRow], files: Mapping[Path, bytes], record: Provenance, progress: Progress,
) -> None:  # fmt: skip
    """All files or none: each is made beside its place, and moved in once all are made."""
    need_space(Path(wanted.matches).parent, distance.nbytes + sum(map(len, files.values())))
    with ExitStack() as stack:
        if wanted.distance is not None:
            bands = {"distance": distance, "percentile": spread(kept.cells, percentiles(measured), kept.grid)}
            if scores is not None:
                bands["score"] = spread(kept.cells, scores, kept.grid)
            part = stack.enter_context(whole_file(wanted.distance))
            write_surfaces(part, kept.grid, bands, record.raster_tags(), progress)
        part = stack.enter_context(whole_file(wanted.matches))
        write_matches(part, kept.crs, rows)
        check(progress)
        for path, data in files.items():
            stack.enter_context(whole_file(path)).write_bytes(data)


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove thumbnails of ours that an earlier, longer list left; whatever else lies there stays."""
    for path in folder.glob("*.png"):
        if _OURS.fullmatch(path.stem) and path.name not in keep:
            path.unlink(missing_ok=True)


def _record(record: Provenance, kept: Kept, unseen: Sequence[str]) -> str:
    told: dict[str, Any] = record.as_dict()
    told["not_looked_at"] = list(unseen)
    names = kept.picture_names()
    told["target_thumbnails"] = {t.name: [names[r] for r in t.rows] for t in kept.targets}
    told["search_key"] = kept.key
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def need_ids(index: Index, ids: Sequence[int], word: str) -> None:
    """Raise InputError unless verdicts are on chips that can be compared."""
    for i in ids:
        if not 0 <= i < index.count or not index.usable[i]:
            raise InputError(
                f"Match {i} cannot be {word}: there is no such chip in the index {index.folder}.",
                "Use the numbers of the field `index` of this search's MATCHES.",
            )
