"""Where does it look like this? A search for what targets show, and second rounds from what it kept.

The search area is embedded once, into an index beside the matches. Another target over the same area costs its own
vectors only, and so does a second round.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import numpy as np

from ..analogue.grids import ChipGrid, PlacedGrid
from ..analogue.images import Image, need_one_scale, open_image
from ..analogue.index import Index, build_index, open_index
from ..analogue.indexfiles import MANIFEST, read_manifest
from ..analogue.probe import probe
from ..analogue.regions import region_chips
from ..analogue.search_area import search_chips
from ..analogue.texture import need_target_texture
from ..analogue.thumbnails import picture
from ..common.errors import InputError
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance
from ..common.settings import Settings
from ..inference.embedding import Embedder, load_embedder
from ..inference.models import find_embedding
from ..planet.boxes import bounds
from .analogue_jobs import RefineJob, SimilarityJob, SimilarityResult, Target
from .analogue_kept import Kept, KeptTarget, keep, keep_verdicts, read_kept
from .analogue_results import THUMBNAIL_PX, Notes, Wanted, deliver, need_ids
from .analogue_scale import choose_chip_size

log = logging.getLogger(__name__)

__all__ = ["RefineJob", "SimilarityJob", "SimilarityResult", "Target", "find_analogues", "refine_analogues"]

#: Chips that a target larger than one chip is divided into (the paper's number of sub-areas).
TARGET_CHIPS = 10
_MOST_INDEXES = 50


def find_analogues(
    job: SimilarityJob, settings: Settings | None, progress: Progress, embedder: Embedder | None = None
) -> SimilarityResult:
    """Search; write MATCHES, DISTANCE, REPORT, thumbnails and drawings, all of them or none. The index stays.

    ``embedder`` is one already loaded, to be used instead of ``job.model``. Raises InputError (a target without
    texture, a search area smaller than a chip, scales that cannot be brought together ...), ModelError, DeviceError,
    OutputError, MissingPackageError, CancelledError.
    """
    notes = Notes(progress)
    wanted = Wanted(Path(job.matches), _path(job.distance), _path(job.report), job.count, job.pictures)
    opening, embedding, results = parts(progress, 4, 76, 20)
    opening.report(0.0, "Opening the images and the embedding")
    images = {t.name: open_image(t.image, job.target_pixel_size) for t in job.targets}
    search = open_image(job.search, job.pixel_size)
    device = job.device if job.device != "AUTO" or settings is None else settings.device
    embedder = embedder or load_embedder(find_embedding(job.model), device, job.threads)
    for note in embedder.notes:
        notes.warn(note)
    chip_px = embedder.card.chip_px
    chip_size, step = _sizes(job, images, search, chip_px, opening)
    for image in images.values():
        for note in need_one_scale(image, search, chip_size, chip_px):
            notes.warn(note)
    _say_scale(search, chip_size / chip_px, embedder, notes)
    grid = search_chips(search, job.area, chip_size, step, chip_px)
    targets, vectors, pictures = _targets(job, images, chip_size, embedder, opening, notes)
    opening.report(1.0, f"Searching {grid.count:,} places of {search.name} on {embedder.device}")

    folder, reused, index = _indexed(job, grid, embedder, embedding)
    assert grid.raster is not None
    kept = Kept(
        search=job.search, pixel_size=job.pixel_size, chip_size=chip_size, step=step, chip_px=chip_px,
        grid=grid.raster, crs=search.crs, body=search.body, targets=targets, model=embedder.card.name,
        device=embedder.device, seed=job.seed, vectors=vectors, pictures=pictures,
        cells=grid.cells().astype(np.int32),
    )  # fmt: skip
    keep(folder, kept)
    record = Provenance(
        process="marscd:analoguesimilarity",
        inputs=[*(t.image for t in job.targets), job.search],
        parameters={
            "targets": [{"name": t.name, "box": bounds(t.area) if t.area is not None else None} for t in job.targets],
            "area": bounds(job.area) if job.area is not None else None,
            "chip_size": chip_size, "step": step, "count": job.count, "seed": job.seed, "pixel_size": job.pixel_size,
            "target_pixel_size": job.target_pixel_size, "index": str(folder),
        },
        model=f"{embedder.card.name} {embedder.card.version}".strip(),
        model_sha256=embedder.sha256,
        device=embedder.device,
    )  # fmt: skip
    return deliver(index, kept, wanted, results, notes, _pictures_of(search, index, chip_px), record, reused=reused)


def refine_analogues(job: RefineJob, settings: Settings | None, progress: Progress) -> SimilarityResult:
    """Another round from a kept index: a linear probe on its vectors ranks anew by what was accepted and rejected.

    No network runs. Raises InputError (no index, unknown matches, nothing accepted or rejected), OutputError,
    CancelledError.
    """
    notes = Notes(progress)
    wanted = Wanted(Path(job.matches), _path(job.distance), _path(job.report), job.count, job.pictures)
    progress.report(0.0, "Opening the index")
    index = open_index(job.index)
    kept = read_kept(job.index, index, job.of)
    accepted, rejected = set(job.accepted), set(job.rejected)
    if job.earlier:
        accepted |= set(kept.accepted) - rejected
        rejected |= set(kept.rejected) - accepted
    if not accepted and not rejected:
        raise InputError("No match was accepted or rejected.", "Mark at least one, then refine.")
    need_ids(index, sorted(accepted), "accepted")
    need_ids(index, sorted(rejected), "rejected")
    scoring, results = parts(progress, 1, 5)
    scoring.report(0.0, "Learning from what was accepted and rejected")
    scores = probe(index.vectors, sorted(accepted), sorted(rejected), kept.vectors, kept.seed)
    check(progress)
    kept = replace(kept, accepted=tuple(sorted(accepted)), rejected=tuple(sorted(rejected)))
    if job.search:
        kept = replace(kept, search=job.search)
    record = Provenance(
        process="marscd:refineanalogues",
        inputs=[str(job.index), kept.search],
        parameters={"accepted": kept.accepted, "rejected": kept.rejected, "count": job.count, "seed": kept.seed,
                    "chip_size": kept.chip_size, "step": kept.step, "targets": [t.name for t in kept.targets]},
        model=f"{index.card.name} {index.card.version}".strip(),
        model_sha256=index.model_sha256,
        device="CPU (no network ran)",
    )  # fmt: skip
    try:
        image: Image | None = open_image(kept.search, kept.pixel_size)
    except InputError as error:
        image = None
        notes.warn(f"There are no thumbnails: {error}")
    found = deliver(
        index, kept, wanted, results, notes, _pictures_of(image, index, kept.chip_px), record, scores, reused=True
    )
    keep_verdicts(Path(job.index), kept, kept.accepted, kept.rejected)
    return found


def _path(path: Path | None) -> Path | None:
    return None if path is None else Path(path)


def _sizes(
    job: SimilarityJob, images: Mapping[str, Image], search: Image, chip_px: int, progress: Progress
) -> tuple[float, float]:
    """CHIP_SIZE and STEP, chosen and told where they were not given."""
    size = job.chip_size
    if size is None:
        size, why = choose_chip_size([(images[t.name], t.area) for t in job.targets], search, chip_px)
        progress.report(0.1, why)
    if job.step is not None and job.step > 4 * size:
        raise InputError(
            f"STEP ({job.step:g}) is more than four chips of {size:g}: most of the ground would not be looked at.",
            "Give a step of about half a chip, or leave it empty.",
        )
    return size, job.step if job.step is not None else size / 2.0


def _say_scale(search: Image, metres: float, embedder: Embedder, notes: Notes) -> None:
    """Warn where chips are coarser or finer than what the embedding was trained on, or finer than the image."""
    trained = embedder.card.pixel_size
    if trained is not None and search.pixel_size and not 0.5 * trained[0] <= metres <= 2.0 * trained[1]:
        notes.warn(
            f"Chips have {metres:.3g} m a pixel; {embedder.card.name} was trained at {trained[0]:g} to "
            f"{trained[1]:g} m. What its scores promise may not hold at this scale."
        )
    if search.pixel_size and search.pixel_size > 1.2 * metres:
        notes.warn(
            f"{search.name} has pixels of {search.pixel_size:.3g} m and is enlarged to {metres:.3g} m: it looks softer "
            "than the target, which may decide. Larger chips avoid that."
        )


def _targets(
    job: SimilarityJob, images: Mapping[str, Image], chip_size: float, embedder: Embedder, progress: Progress,
    notes: Notes,
) -> tuple[tuple[KeptTarget, ...], np.ndarray, np.ndarray]:  # fmt: skip
    """The targets with their vectors (T, D) and pictures (T, px, px). Raises InputError naming one without texture."""
    found: list[KeptTarget] = []
    vectors: list[np.ndarray] = []
    pictures: list[np.ndarray] = []
    for target in job.targets:
        check(progress)
        image = images[target.name]
        grid = region_chips(
            image, [(target.name, target.area)], chip_size, embedder.card.chip_px, TARGET_CHIPS, job.seed
        )
        (block,) = grid.blocks(progress, size=grid.count)
        need_target_texture(block, target.name)
        made = embedder.embed(block.pixels[block.usable])
        good = np.isfinite(made).all(axis=1)
        ids = block.ids[block.usable][good]
        if not len(ids):
            raise InputError(
                f"The target {target.name!r} has no texture that {embedder.card.name} could describe.",
                "Mark a place with visible landforms, or use another model.",
            )
        if left := grid.count - len(ids):
            notes.warn(f"Of the target {target.name} {left} of {grid.count} chips hold too little and were left out.")
        start = len(pictures)
        vectors.append(made[good])
        pictures += [picture(grid.patch(int(i), THUMBNAIL_PX)) for i in ids]
        found.append(
            KeptTarget(
                target.name, target.image, image.body, tuple(range(start, start + len(ids))),
                tuple(
                    None if c.longitude is None or c.latitude is None else (c.longitude, c.latitude)
                    for c in grid.chips(ids)
                ),
            )
        )  # fmt: skip
    return tuple(found), np.concatenate(vectors).astype(np.float32), np.stack(pictures)


def _indexed(
    job: SimilarityJob, grid: ChipGrid, embedder: Embedder, progress: Progress
) -> tuple[Path, bool, Index]:  # fmt: skip
    """The index's folder, whether it was used as it stood, and the index."""
    folder = Path(job.index) if job.index is not None else _free_folder(Path(job.matches), grid, embedder)
    before = _stamp(folder)
    index = build_index(folder, grid, embedder, progress)
    reused = before is not None and before == _stamp(folder)
    if reused and before is not None:
        made = datetime.fromtimestamp(before / 1e9, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
        progress.report(1.0, f"Used the index made on {made}: nothing was embedded anew.")
    return folder, reused, index


def _free_folder(matches: Path, grid: ChipGrid, embedder: Embedder) -> Path:
    """``<matches>-index``, or with a number where that holds an index of another model or chip size."""
    for number in range(1, _MOST_INDEXES):
        folder = matches.with_name(f"{matches.stem}-index" + (f"-{number}" if number > 1 else ""))
        try:
            manifest = read_manifest(folder)
        except InputError as error:
            log.info("%s is passed over: %s", folder, error)
            continue
        if manifest is None:
            return folder
        size = manifest.chip_size or 0.0
        if manifest.model == embedder.sha256 and abs(size - (grid.chip_size or 0.0)) <= 1e-6 * size:
            return folder
    raise InputError(
        f"There are too many indexes beside {matches}.", "Delete those that are not needed, or give INDEX."
    )


def _stamp(folder: Path) -> int | None:
    try:
        return (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        return None


def _pictures_of(image: Image | None, index: Index, chip_px: int):  # type: ignore[no-untyped-def]
    """Thumbnails of an index's chips, cut from the searched image; None for what cannot be read."""

    def pictures(ids: Sequence[int], progress: Progress) -> Mapping[int, np.ndarray | None]:
        size = index.chip_size
        if image is None or size is None or not ids:
            return {}
        rows = index.places[list(ids)]
        # Without a CRS an image's y counts upwards inside, and a chip's row downwards.
        y = rows["y"] if image.crs else -rows["y"]
        grid = PlacedGrid(image, rows["x"].copy(), y.copy(), size, chip_px, runs=np.arange(len(rows)))
        made: dict[int, np.ndarray | None] = {}
        for number, i in enumerate(ids):
            check(progress)
            try:
                made[i] = grid.thumbnail(number, THUMBNAIL_PX)
            except InputError as error:
                log.warning("no thumbnail of chip %d: %s", i, error)
                made[i] = None
            progress.report((number + 1) / len(ids))
        return made

    return pictures
