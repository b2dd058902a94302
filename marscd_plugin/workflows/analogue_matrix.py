"""The paper's table: how near is each candidate region to each target, and how evenly over its sub-areas."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..analogue.boxplot import Box, box_picture
from ..analogue.folders import folder_chips
from ..analogue.grids import ChipGrid
from ..analogue.images import Image, need_one_scale, open_image
from ..analogue.regions import region_chips
from ..analogue.report import MatrixPage, matrix_html
from ..analogue.statistics import sub_area_distances
from ..analogue.surface import points_picture
from ..common.errors import InputError, MissingPackageError
from ..common.files import whole_file
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance
from ..common.settings import Settings
from ..common.words import Area, Chip
from ..inference.embedding import Embedder, load_embedder
from ..inference.models import find_embedding
from .analogue_jobs import FolderRegions, ImageRegions, MatrixJob, MatrixResult
from .analogue_scale import choose_chip_size
from .analogue_table import matrix_csv, matrix_summary, pair_wins, paired, quartile_csv, quartile_rows

_MOST_PANELS = 9


@dataclass(frozen=True)
class _Embedded:
    """Regions' chips and vectors, region by region; only usable ones. ``dropped`` by region."""

    vectors: Mapping[str, np.ndarray]
    chips: Mapping[str, tuple[Chip, ...]]
    dropped: Mapping[str, int]
    sized: bool


def matrix_of(
    job: MatrixJob, settings: Settings | None, progress: Progress, embedder: Embedder | None = None
) -> MatrixResult:
    """Compare the regions; write MATRIX and QUARTILES (CSV) and REPORT, all or none.

    ``embedder`` is one already loaded, to be used instead of ``job.model``. Raises InputError (nothing to compare, no
    texture, scales that do not fit), ModelError, DeviceError, OutputError, MissingPackageError, CancelledError.
    """
    opening, left, right, closing = parts(progress, 1, 8, 8, 3)
    warnings: list[str] = []

    def warn(text: str) -> None:
        if text not in warnings:
            warnings.append(text)
            progress.warn(text)

    opening.report(0.0, "Opening the embedding and the images")
    device = job.device or (settings.device if settings else "AUTO")
    embedder = embedder or load_embedder(find_embedding(job.model), device, job.threads)
    for note in embedder.notes:
        warn(note)
    target_image, candidate_image = _image(job.targets), _image(job.candidates)
    chip_size = _chip_size(job, target_image, candidate_image, embedder.card.chip_px, warn, opening)
    target_grid = _grid(job.targets, target_image, chip_size, job, embedder.card.chip_px)
    candidate_grid = _grid(job.candidates, candidate_image, chip_size, job, embedder.card.chip_px)
    left.report(0.0, "Embedding the targets")
    targets = _embedded(target_grid, embedder, left, warn, "target")
    right.report(0.0, "Embedding the candidates")
    candidates = _embedded(candidate_grid, embedder, right, warn, "candidate region")
    if targets.sized != candidates.sized:
        warn("Some chips say how large they are on the ground and some do not: their scales were not compared.")

    rows, columns = tuple(candidates.vectors), tuple(targets.vectors)
    distances = {
        (r, c): sub_area_distances(candidates.vectors[r], targets.vectors[c]) for r in rows for c in columns
    }  # (n,) for each sub-area of r: its distance to the nearest chip of c
    values = tuple(tuple(float(distances[r, c].min()) for c in columns) for r in rows)
    pairs = paired(rows, columns)
    wins = [pair_wins(values, r, c) for r, c in pairs]
    if not pairs:
        warn("No candidate has the name of a target: no diagonal is marked.")
    summary = matrix_summary(rows, columns, values, pairs, wins)
    table = quartile_rows(rows, columns, pairs, distances)
    check(progress)

    closing.report(0.0, "Drawing")
    boxes = surfaces = None
    if job.pictures:
        boxes, surfaces = _pictures(rows, columns, pairs, distances, candidates, warn)
    check(progress)
    quartile_path = job.quartiles or Path(job.matrix).with_name(f"{Path(job.matrix).stem}-quartiles.csv")
    record = _provenance(job, embedder, chip_size, columns, rows)
    unseen = [
        *(f"{n} chips of {name} hold no data or no texture." for part in (targets, candidates)
          for name, n in part.dropped.items() if n),
        f"Of each area {job.per_region} sub-areas were looked at, not all of it.",
        "Colour, and how bright a chip is, were not compared: chips are grey, each normalised on its own.",
    ]  # fmt: skip
    page = MatrixPage(
        title="Analogue matrix", summary=summary, clear=bool(pairs) and all(wins), rows=rows, columns=columns,
        values=values, pairs=pairs, warnings=warnings, quartiles=table, boxes=boxes, surfaces=surfaces, unseen=unseen,
        facts=[
            ("Model", f"{embedder.card.name} {embedder.card.version}".strip()),
            ("Device", embedder.device),
            ("Chip size", f"{chip_size:g} m" if chip_size else "as the folders' images are"),
            ("Candidates", _counts(candidates)),
            ("Targets", _counts(targets)),
        ],
        provenance=record.as_dict(),
    )  # fmt: skip
    texts = {
        Path(job.matrix): matrix_csv(rows, columns, values),
        Path(quartile_path): quartile_csv(table),
        Path(f"{job.matrix}.provenance.json"): _json(record),
    }
    if job.report is not None:
        texts[Path(job.report)] = matrix_html(page)
    stem = Path(job.matrix).with_suffix("")
    drawn = {Path(f"{stem}-quartiles.png"): boxes, Path(f"{stem}-surfaces.png"): surfaces}
    files = {**{p: t.encode("utf-8") for p, t in texts.items()}, **{p: b for p, b in drawn.items() if b}}
    with ExitStack() as stack:
        for path, data in files.items():
            stack.enter_context(whole_file(path)).write_bytes(data)
        check(progress)
    closing.report(1.0, summary)
    return MatrixResult(
        rows=rows,
        columns=columns,
        values=values,
        pairs=pairs,
        diagonal_wins=sum(wins),
        diagonal_count=len(pairs),
        row_nearest=tuple(columns[int(np.argmin(v))] for v in values),
        column_nearest=tuple(rows[int(np.argmin([v[c] for v in values]))] for c in range(len(columns))),
        summary=summary,
        matrix=Path(job.matrix),
        quartiles=Path(quartile_path),
        report=Path(job.report) if job.report is not None else None,
        device=embedder.device,
        model=embedder.card.name,
        chip_size=chip_size,
        pictures=tuple(p for p, b in drawn.items() if b),
        warnings=tuple(warnings),
    )


def _image(regions: FolderRegions | ImageRegions) -> Image | None:
    return open_image(regions.image, regions.pixel_size) if isinstance(regions, ImageRegions) else None


def _chip_size(
    job: MatrixJob, target: Image | None, candidate: Image | None, chip_px: int, warn: Any, progress: Progress
) -> float | None:
    """The chips' edge in metres for areas of images; None where all chips come from folders. Raises InputError."""
    images = [i for i in (target, candidate) if i is not None]
    if not images:
        if job.chip_size is not None:
            warn("CHIP_SIZE is not used: in folders each image is one chip.")
        return None
    size = job.chip_size
    if size is None:
        wanted: list[tuple[Image, Area | None]] = []
        for regions, image in ((job.targets, target), (job.candidates, candidate)):
            if isinstance(regions, ImageRegions) and image is not None:
                wanted += [(image, area) for _, area in regions.regions]
        whole, _ = choose_chip_size(wanted, None, chip_px)
        # Sub-areas of a region are smaller than the region: about PER_REGION of them cover it.
        least = max(0.5 * chip_px * image.metres for image in images)
        size = float(f"{max(whole / max(1.0, job.per_region**0.5), least):.3g}")
        progress.report(0.1, f"CHIP_SIZE was not given: sub-areas of {size:g} m are compared.")
    if target is not None and candidate is not None:
        for note in need_one_scale(target, candidate, size, chip_px):
            warn(note)
    return size


def _grid(
    regions: FolderRegions | ImageRegions, image: Image | None, size: float | None, job: MatrixJob, chip_px: int
) -> ChipGrid:
    if isinstance(regions, FolderRegions):
        return folder_chips(Path(regions.folder), chip_px)
    assert image is not None and size is not None
    return region_chips(image, regions.regions, size, chip_px, job.per_region, job.seed)


def _embedded(grid: ChipGrid, embedder: Embedder, progress: Progress, warn: Any, word: str) -> _Embedded:
    vectors = np.full((grid.count, embedder.card.dimensions), np.nan, np.float32)
    for block in grid.blocks(progress):
        if block.usable.any():
            vectors[block.ids[block.usable]] = embedder.embed(block.pixels[block.usable])
        check(progress)
    chips = grid.chips(range(grid.count))
    usable = np.isfinite(vectors).all(axis=1)
    names = np.array([grid.regions.index(c.region) for c in chips])
    found: dict[str, np.ndarray] = {}
    kept: dict[str, tuple[Chip, ...]] = {}
    dropped: dict[str, int] = {}
    for number, name in enumerate(grid.regions):
        own = np.flatnonzero((names == number) & usable)
        dropped[name] = int((names == number).sum()) - len(own)
        if not len(own):
            warn(f"The {word} {name} is left out: none of its chips has data with texture.")
            continue
        found[name], kept[name] = vectors[own], tuple(chips[i] for i in own)
    if not found:
        raise InputError(f"No {word} has a chip with data and texture.", "Choose other areas, or other images.")
    return _Embedded(found, kept, dropped, all(c.body for c in chips))


def _counts(part: _Embedded) -> str:
    return ", ".join(f"{name} ({len(v)})" for name, v in part.vectors.items())


def _pictures(
    rows: Sequence[str], columns: Sequence[str], pairs: Sequence[tuple[int, int]],
    distances: Mapping[tuple[str, str], np.ndarray], candidates: _Embedded, warn: Any,
) -> tuple[bytes | None, bytes | None]:  # fmt: skip
    shown = [(rows[r], columns[c]) for r, c in pairs] or [(r, columns[0]) for r in rows]
    try:
        boxes = box_picture(
            [Box(f"{r} to {c}", distances[r, c]) for r, c in shown], "Distances of the sub-areas to their target",
            "Distance", "Boxes hold the middle half, lines are medians, dots are sub-areas.",
        )  # fmt: skip
        panels = []
        for r, c in shown[:_MOST_PANELS]:
            places = [(k.longitude, k.latitude) for k in candidates.chips[r]]
            if all(lon is not None and lat is not None for lon, lat in places):
                lon, lat = np.array(places, float).T
                panels.append((f"{r} to {c}", np.degrees(np.unwrap(np.radians(lon))), lat, distances[r, c]))
        return boxes, points_picture(panels, "Distance of the sub-areas to their target, over each region")
    except MissingPackageError as error:
        warn(f"There are no drawings: {error}")
        return None, None


def _provenance(
    job: MatrixJob, embedder: Embedder, chip_size: float | None, columns: Sequence[str], rows: Sequence[str]
) -> Provenance:
    def source(regions: FolderRegions | ImageRegions) -> str:
        return str(regions.folder) if isinstance(regions, FolderRegions) else regions.image

    return Provenance(
        process="marscd:analoguematrix",
        inputs=[source(job.targets), source(job.candidates)],
        parameters={"chip_size": chip_size, "per_region": job.per_region, "seed": job.seed, "targets": list(columns),
                    "candidates": list(rows)},
        model=f"{embedder.card.name} {embedder.card.version}".strip(),
        model_sha256=embedder.sha256,
        device=embedder.device,
    )  # fmt: skip


def _json(record: Provenance) -> str:
    return json.dumps(record.as_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
