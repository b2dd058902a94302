"""Making an index: every chip embedded once, in a way that a stopped build goes on and a larger one keeps the smaller.

Rows are written into a sub-folder named by the embedding's checksum and the grid's identity. A build that is stopped or
killed leaves them, and the same call goes on; the manifest, written last, makes them an index. Where the folder holds
an index of the same embedding with other chips, rows of chips that lie at the same place of the same unchanged source
are copied: a new chip costs its own vector only. (A file is changed when its size or time is; of a service nothing
tells, and its chips count as unchanged until the index is deleted.)
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from ..common.errors import InputError
from ..common.files import need_folder, need_space, output_error, whole_file, write_json
from ..common.progress import Progress, check
from ..common.words import Chip
from ..inference.ahead import ahead
from ..inference.embedding import Embedder
from .indexfiles import (
    EMBEDDED,
    MANIFEST,
    MAX_CHIPS,
    NODATA,
    PLACE,
    PLACES,
    SIGNS,
    STATE,
    STATES,
    STRINGS,
    TODO,
    VECTOR,
    VECTORS,
    Files,
    Manifest,
    Strings,
    header_of,
    is_key,
    open_array,
    read_files,
    read_manifest,
    read_strings,
)
from .nearest import middle_of, signs_of, wants_signs

log = logging.getLogger(__name__)

#: Seconds between two moments from which a killed build goes on.
_CHECKPOINT = 5.0
_PLACES_AT_ONCE = 4096


def write_index(folder: Path, grid: Any, embedder: Embedder, progress: Progress) -> bool:
    """Make the index of ``grid`` in ``folder`` whole; False where it stood there already.

    Raises InputError (an index of another embedding or chip size is there, too many chips), OutputError, CancelledError
    (what is done stays), and what the grid and the embedder raise.
    """
    if not 1 <= grid.count <= MAX_CHIPS:
        raise InputError(
            f"An index takes 1 to {MAX_CHIPS:,} chips, and there are {grid.count:,}.",
            "Choose a larger step, larger chips or a smaller area.",
        )
    if grid.chip_px != embedder.card.chip_px:
        raise InputError(
            f"The chips have {grid.chip_px} pixels a side, and the embedding {embedder.card.name} takes "
            f"{embedder.card.chip_px}.",
            "Cut the chips for this embedding.",
        )
    progress.report(0.0, "Looking at what is already embedded")
    earlier = _earlier(folder, grid, embedder)
    places, strings = places_of(grid, progress)
    grid_identity = identity(places, strings, grid)
    key = hashlib.sha256(f"{embedder.sha256} {grid_identity}".encode()).hexdigest()[:16]
    if earlier is not None and earlier.manifest.key == key:
        return False
    need_folder(folder)
    inside = folder / key
    try:
        todo = _prepared(inside, places, strings, embedder.card.dimensions, earlier)
        _embed(inside, todo, grid, embedder, progress)
        middle = _signs(inside, grid.count, embedder.card.dimensions)
        manifest = Manifest(
            key=key,
            card=embedder.card,
            model=embedder.sha256,
            grid=grid_identity,
            count=grid.count,
            chip_size=None if grid.chip_size is None else float(grid.chip_size),
            step=None if grid.step is None else float(grid.step),
            middle=middle,
        )
        write_json(folder / MANIFEST, manifest.to_json())
        earlier = None
        _tidy(folder, key)
    except OSError as error:
        raise output_error(error, inside) from error
    return True


def _earlier(folder: Path, grid: Any, embedder: Embedder) -> Files | None:
    """The index that stands in the folder, where rows can be taken from it."""
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    need_same(folder, manifest, embedder, grid.chip_size)
    return read_files(folder)


def need_same(folder: Path, manifest: Manifest, embedder: Embedder, chip_size: float | None) -> None:
    """Raises InputError where an index was made with another embedding, or with chips of another size."""
    remedy = "Choose another folder for the index, or delete this one: it is then made anew."
    if manifest.model != embedder.sha256:
        raise InputError(
            f"The index in {folder} was made with another embedding ({manifest.card.name} {manifest.card.version}) "
            f"than {embedder.path}; vectors of two embeddings cannot be compared.",
            remedy,
        )
    made = manifest.chip_size
    if made is not None and chip_size is not None and abs(made - chip_size) > 1e-6 * chip_size:
        raise InputError(
            f"The index in {folder} was made with chips of {made:g} m, and {chip_size:g} m are asked "
            "for; chips of two sizes cannot be compared.",
            remedy,
        )


# -- what the chips are ---------------------------------------------------------------------------------------------


def places_of(grid: Any, progress: Progress) -> tuple[np.ndarray, Strings]:
    """Where every chip of a grid is: an array of ``PLACE``, and the strings that it names."""
    tables: dict[str, dict[str, int]] = {"source": {}, "body": {}, "region": {}}
    made = np.zeros(grid.count, PLACE)
    for at in range(0, grid.count, _PLACES_AT_ONCE):
        check(progress)
        chips = grid.chips(range(at, min(at + _PLACES_AT_ONCE, grid.count)))
        made[at : at + len(chips)] = [_row(chip, tables) for chip in chips]
    sources = tuple(tables["source"])
    return made, Strings(sources, tuple(map(_stamp, sources)), tuple(tables["body"]), tuple(tables["region"]))


def _row(chip: Chip, tables: dict[str, dict[str, int]]) -> tuple[float | int, ...]:
    numbers = []
    for name, text in (("source", chip.source), ("body", chip.body), ("region", chip.region)):
        table = tables[name]
        numbers.append(table.setdefault(text, len(table)) if text or name == "source" else -1)
    longitude = np.nan if chip.longitude is None else chip.longitude
    latitude = np.nan if chip.latitude is None else chip.latitude
    return chip.x, chip.y, chip.size, longitude, latitude, *numbers


def _stamp(source: str) -> str:
    """Size and time of a local file; "" for what is no file here."""
    try:
        found = os.stat(source)
    except (OSError, ValueError):
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def identity(places: np.ndarray, strings: Strings, grid: Any) -> str:
    """A checksum of all that decides which ground each chip is of."""
    digest = hashlib.sha256()
    told = [grid.chip_px, grid.chip_size, grid.step, strings.sources, strings.stamps, strings.regions]
    digest.update(json.dumps(told).encode())
    digest.update(places.tobytes())
    return digest.hexdigest()


def same_ground(places: np.ndarray, strings: Strings) -> np.ndarray:
    """A number for each chip that is the same for the same ground: source, its stamp, place to a millimetre, size."""
    sources = [
        int.from_bytes(hashlib.sha256(f"{s}\n{t}".encode()).digest()[:8], "little")
        for s, t in zip(strings.sources, strings.stamps, strict=True)
    ]
    mixed = np.array(sources, np.uint64)[places["source"]]
    for name in ("x", "y", "size"):
        number = np.round(places[name] * 1000).astype(np.int64).view(np.uint64)
        mixed = (mixed ^ number) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


# -- rows -----------------------------------------------------------------------------------------------------------


def _prepared(inside: Path, places: np.ndarray, strings: Strings, dimensions: int, earlier: Files | None) -> np.ndarray:
    """Lay the files out, or take up those of a stopped build; the ids that are still to be embedded."""
    count = len(places)
    if inside.is_dir():
        try:
            state = np.array(open_array(inside / STATE, np.dtype("u1"), (count,)))
            open_array(inside / VECTORS, np.dtype("<f4"), (count, dimensions))
            found = open_array(inside / PLACES, PLACE, (count,))
            if found.tobytes() == places.tobytes() and read_strings(inside) == strings and state.max() < len(STATES):
                log.info("%d of %d chips were embedded before", int((state != TODO).sum()), count)
                return np.flatnonzero(state == TODO)
        except InputError as error:
            log.warning("A stopped build is not taken up: %s", error.what)
        shutil.rmtree(inside)
    need_space(inside, count * (4 * dimensions + PLACE.itemsize + 1 + dimensions // 8 + 1))
    inside.mkdir(parents=True)
    strings_made = {k: list(getattr(strings, k)) for k in ("sources", "stamps", "bodies", "regions")}
    write_json(inside / STRINGS, strings_made)
    with whole_file(inside / PLACES) as part, part.open("wb") as file:
        file.write(header_of(PLACE, (count,)))
        file.write(places.tobytes())
    state = np.zeros(count, np.uint8)
    with (inside / VECTORS).open("wb") as file:
        header = header_of(np.dtype("<f4"), (count, dimensions))
        file.write(header)
        file.truncate(len(header) + count * dimensions * 4)
    if earlier is not None:
        _copy(inside, earlier, places, strings, dimensions, state)
    with whole_file(inside / STATE) as part, part.open("wb") as file:
        file.write(header_of(np.dtype("u1"), (count,)))
        file.write(state.tobytes())
    return np.flatnonzero(state == TODO)


def _copy(
    inside: Path, earlier: Files, places: np.ndarray, strings: Strings, dimensions: int, state: np.ndarray
) -> None:
    """Rows of chips that an earlier index has; their state is set."""
    old, new = same_ground(earlier.places, earlier.strings), same_ground(places, strings)
    _, there, here = np.intersect1d(old, new, return_indices=True)
    order = np.argsort(here)
    there, here = there[order], here[order]
    with (inside / VECTORS).open("r+b") as file:
        start = len(header_of(np.dtype("<f4"), (len(places), dimensions)))
        for at in range(0, len(here), _PLACES_AT_ONCE):
            rows = slice(at, at + _PLACES_AT_ONCE)
            _put(file, start, here[rows], np.asarray(earlier.vectors[there[rows]]))
    state[here] = earlier.state[there]
    log.info("%d of %d chips are taken from the index that was there", len(here), len(places))


def _put(file: BinaryIO, start: int, ids: np.ndarray, rows: np.ndarray) -> None:
    """Write rows at their places; runs of neighbours at once. (A mapped file would end the process on a full disk.)"""
    rows = np.ascontiguousarray(rows)
    width = rows.dtype.itemsize * (rows.shape[1] if rows.ndim == 2 else 1)
    breaks = np.flatnonzero(np.diff(ids) != 1) + 1
    for first, last in zip([0, *breaks.tolist()], [*breaks.tolist(), len(ids)], strict=True):
        if last > first:
            file.seek(start + int(ids[first]) * width)
            file.write(rows[first:last].tobytes())


class _Mute:
    """For the grid's blocks: asks whether to stop and passes warnings on; the build reports for both."""

    def __init__(self, progress: Progress) -> None:
        self.warn, self.cancelled = progress.warn, progress.cancelled

    def report(self, fraction: float, message: str = "") -> None:
        """Said by the build."""


def _embed(inside: Path, todo: np.ndarray, grid: Any, embedder: Embedder, progress: Progress) -> None:
    """Embed what is to do; at the end, and every few seconds, the disk has it."""
    if not len(todo):
        return
    count, dimensions, done = grid.count, embedder.card.dimensions, 0
    starts = (len(header_of(np.dtype("<f4"), (count, dimensions))), len(header_of(np.dtype("u1"), (count,))))
    waiting: list[tuple[np.ndarray, np.ndarray]] = []
    blocks = grid.blocks(_Mute(progress), ids=todo, size=embedder.batch if embedder.batch >= 16 else 16)
    with (inside / VECTORS).open("r+b") as vectors, (inside / STATE).open("r+b") as state:

        def checkpoint() -> None:
            # A state counts only once its vector is on the disk.
            _sync(vectors)
            for ids, values in waiting:
                _put(state, starts[1], ids, values)
            waiting.clear()
            _sync(state)

        last = time.monotonic()
        stream = embedder.stream(_usable(ahead(blocks, 2)))
        try:
            for (ids, values, usable), made in stream:
                rows = np.full((len(ids), dimensions), np.nan, np.float32)
                rows[usable] = made
                values[usable] = np.where(np.isfinite(made).all(axis=1), EMBEDDED, VECTOR)
                rows[values != EMBEDDED] = np.nan
                _put(vectors, starts[0], ids, rows)
                waiting.append((ids, values))
                done += len(ids)
                progress.report(done / len(todo), f"Embedding chips: {count - len(todo) + done:,} of {count:,}")
                if time.monotonic() - last > _CHECKPOINT:
                    checkpoint()
                    last = time.monotonic()
                check(progress)
        finally:
            stream.close()
            checkpoint()
    if done != len(todo):
        raise InputError(
            f"The source gave {done:,} of {len(todo):,} chips.", "Check that it can be read, and search again."
        )


def _usable(blocks: Iterable[Any]) -> Iterator[tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray]]:
    """Of each block its ids, states and which chips are usable; and the pixels of those."""
    for block in blocks:
        ids, usable = np.asarray(block.ids, np.int64), np.asarray(block.usable, bool)
        states = np.array([STATES.index(why) if why in STATES[NODATA:] else NODATA for why in block.why], np.uint8)
        order = np.argsort(ids, kind="stable")
        ids, usable, states = ids[order], usable[order], states[order]
        yield (ids, states, usable), block.pixels[order][usable]


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _signs(inside: Path, count: int, dimensions: int) -> tuple[float, ...] | None:
    """Write the signs of a large index; their middle, None for a small one."""
    if not wants_signs(count, dimensions):
        return None
    vectors = open_array(inside / VECTORS, np.dtype("<f4"), (count, dimensions))
    middle = middle_of(vectors)
    with whole_file(inside / SIGNS) as part, part.open("wb") as file:
        file.write(header_of(np.dtype("u1"), (count, (dimensions + 7) // 8)))
        for at in range(0, count, 1 << 16):
            file.write(signs_of(vectors[at : at + (1 << 16)], middle).tobytes())
    return tuple(float(m) for m in middle)


def _tidy(folder: Path, key: str) -> None:
    """Remove sub-folders of ours that no manifest names any more."""
    for left in folder.iterdir():
        if is_key(left.name) and left.name != key and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def remove_index(folder: Path | str) -> None:
    """Remove an index's own files from a folder; whatever else is there stays. Raises OutputError."""
    folder = Path(folder)
    if not folder.is_dir():
        return
    try:
        (folder / MANIFEST).unlink(missing_ok=True)
        _tidy(folder, "")
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        raise output_error(error, folder) from error
