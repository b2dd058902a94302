"""What a search leaves beside its index, so that a second round needs neither the targets nor the network.

    job-<key>.json    what was asked, the targets' names, what was accepted and rejected; written last
    job-<key>.npz     the targets' vectors and pictures, the chips' cells on the search's grid
    job.json          the latest of them

Several searches may share an index: each is known by its key, which stands in its provenance, too. The folder may come
from anybody: sizes are bounded and every array is held against the index.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..analogue.index import Index
from ..common.errors import InputError
from ..common.files import whole_file, write_json
from ..common.provenance import key_of
from ..common.words import Grid
from ..planet.crs import body_of
from .analogue_jobs import MOST_TARGETS

JOB = "job.json"
_KEY = re.compile(r"[0-9a-f]{16}")
#: Searches that an index remembers.
_MOST_JOBS = 40
_FORMAT = 1
_MOST_JSON, _MOST_ARRAYS, _MOST_ROWS, _MOST_PX = 1 << 24, 1 << 30, 4096, 512
_REMEDY = "Search again: that writes it anew (what is embedded is kept)."


@dataclass(frozen=True)
class KeptTarget:
    """A target: its name, where it is from, and its rows among the vectors; (longitude, latitude) or None of each."""

    name: str
    image: str
    body: str
    rows: tuple[int, ...]
    places: tuple[tuple[float, float] | None, ...]


@dataclass(frozen=True)
class Kept:
    """A search as it is kept. ``vectors`` (T, D), ``pictures`` uint8 (T, px, px), ``cells`` (N, 2: column, row)."""

    search: str
    pixel_size: float | None
    chip_size: float
    step: float
    chip_px: int
    grid: Grid
    crs: str
    body: str
    targets: tuple[KeptTarget, ...]
    model: str
    device: str
    seed: int
    vectors: np.ndarray
    pictures: np.ndarray
    cells: np.ndarray
    accepted: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What tells this search from others in the same index."""
        vectors = hashlib.sha256(self.vectors.tobytes()).hexdigest()
        return key_of(vectors, [t.name for t in self.targets], asdict(self.grid), self.chip_size, len(self.cells))

    def picture_names(self) -> tuple[str, ...]:
        """For each row of ``pictures`` a name: ``target-0.png``, further chips of that target ``target-0-1.png``."""
        names = [""] * len(self.vectors)
        for number, target in enumerate(self.targets):
            for k, row in enumerate(target.rows):
                names[row] = f"target-{number}-{k}.png" if k else f"target-{number}.png"
        return tuple(names)

    def names(self) -> np.ndarray:
        """For each row of ``vectors`` the number of its target."""
        numbers = np.zeros(len(self.vectors), np.int64)
        for number, target in enumerate(self.targets):
            numbers[list(target.rows)] = number
        return numbers


_ARRAYS = ("vectors", "pictures", "cells")


def keep(folder: Path, kept: Kept) -> None:
    """Write what is kept, as the latest search of the folder's index. Raises OutputError."""
    told = {k: v for k, v in kept.__dict__.items() if k not in _ARRAYS}
    name = f"job-{kept.key}"
    if not (folder / f"{name}.npz").is_file():
        with whole_file(folder / f"{name}.npz") as part, part.open("wb") as file:
            np.savez_compressed(file, **{n: getattr(kept, n) for n in _ARRAYS})
    whole = {"job": _FORMAT, "arrays": f"{name}.npz", **json.loads(json.dumps(told, default=_plain))}
    write_json(folder / f"{name}.json", whole)
    write_json(folder / JOB, whole)
    jobs = sorted(folder.glob("job-*.json"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for left in jobs[_MOST_JOBS:]:
        left.with_suffix(".npz").unlink(missing_ok=True)
        left.unlink(missing_ok=True)


def keep_verdicts(folder: Path, kept: Kept, accepted: tuple[int, ...], rejected: tuple[int, ...]) -> Kept:
    """Write what was accepted and rejected; what is kept then."""
    kept = replace(kept, accepted=accepted, rejected=rejected)
    keep(folder, kept)
    return kept


def read_kept(folder: Path | str, index: Index, of: Path | None = None) -> Kept:
    """What a search kept beside its index: the search that made the MATCHES ``of``, or the latest.

    Raises InputError, naming the folder, where there is none or it is damaged.
    """
    folder = Path(folder)
    path = folder / (JOB if of is None else f"job-{_key_beside(of)}.json")
    try:
        if path.stat().st_size > _MOST_JSON:
            raise _bad(folder, "has a job that is too long")
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            f"{folder} keeps no such search: there is no {path.name} in it.",
            "Choose the folder of the index that marscd:analoguesimilarity made.",
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _bad(folder, f"has a job that cannot be read ({error})") from error
    try:
        if not isinstance(told, dict) or told.get("job") != _FORMAT:
            raise ValueError("it is of another version")
        arrays = _arrays(folder, str(told["arrays"]))
        kept = _kept(told, arrays)
        _check(kept, index)
    except (KeyError, TypeError, ValueError, AttributeError, OSError, zipfile.BadZipFile, InputError) as error:
        raise _bad(folder, f"has a job that does not fit ({str(error)[:200]})") from error
    return kept


def _key_beside(matches: Path) -> str:
    """The key of the search that made a MATCHES file, from its provenance. Raises InputError."""
    path = Path(f"{matches}.provenance.json")
    try:
        if path.stat().st_size > _MOST_JSON:
            raise ValueError("it is too long")
        key = json.loads(path.read_text(encoding="utf-8"))["search_key"]
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            raise ValueError("its key is none")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{path} does not tell which search made {matches} ({error}).",
            "Refine the latest search of the index, or search again.",
        ) from error
    return key


def _plain(value: Any) -> Any:
    """Dataclasses for JSON."""
    return asdict(value)


def _bad(folder: Path, what: str) -> InputError:
    return InputError(f"The index in {folder} {what}.", _REMEDY)


def _arrays(folder: Path, name: str) -> dict[str, np.ndarray]:
    if Path(name).name != name or not name.startswith("job-") or not name.endswith(".npz"):
        raise ValueError("it names a file elsewhere")
    with zipfile.ZipFile(folder / name) as packed:
        if sum(i.file_size for i in packed.infolist()) > _MOST_ARRAYS or len(packed.infolist()) != len(_ARRAYS):
            raise ValueError("its arrays are too large")
    with np.load(folder / name, allow_pickle=False) as found:
        return {n: found[n] for n in _ARRAYS}


def _kept(told: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Kept:
    grid = told["grid"]
    return Kept(
        search=_text(told["search"], 200_000),
        pixel_size=None if told["pixel_size"] is None else _length(told["pixel_size"]),
        chip_size=_length(told["chip_size"]),
        step=_length(told["step"]),
        chip_px=int(told["chip_px"]),
        grid=Grid(
            _text(grid["crs"], 100_000), float(grid["left"]), float(grid["top"]), _length(grid["pixel_size"]),
            int(grid["width"]), int(grid["height"]),
        ),
        crs=_text(told["crs"], 100_000),
        body=_text(told["body"], 100),
        targets=tuple(
            KeptTarget(
                _text(t["name"], 10_000), _text(t["image"], 200_000), _text(t["body"], 100), tuple(map(int, t["rows"])),
                tuple(None if p is None else (float(p[0]), float(p[1])) for p in t["places"]),
            )
            for t in told["targets"][:MOST_TARGETS]
        ),
        model=_text(told["model"], 10_000),
        device=_text(told["device"], 1000),
        seed=int(told["seed"]),
        accepted=tuple(map(int, told["accepted"])),
        rejected=tuple(map(int, told["rejected"])),
        **arrays,
    )  # fmt: skip


def _check(kept: Kept, index: Index) -> None:
    count, rows = index.count, sum(len(t.rows) for t in kept.targets)
    vectors, cells, pictures, grid = kept.vectors, kept.cells, kept.pictures, kept.grid
    if vectors.dtype != np.float32 or vectors.shape != (rows, index.dimensions) or not 1 <= rows <= _MOST_ROWS:
        raise ValueError("its targets are not of this index")
    if not np.isfinite(vectors).all():
        raise ValueError("its targets are no vectors")
    if sorted(r for t in kept.targets for r in t.rows) != list(range(rows)):
        raise ValueError("its targets' rows are not in order")
    if any(len(t.places) != len(t.rows) for t in kept.targets):
        raise ValueError("its targets' places are not as many as their chips")
    if cells.dtype.kind != "i" or cells.shape != (count, 2):
        raise ValueError("its cells are not of this index")
    if min(grid.width, grid.height) < 1 or grid.width * grid.height > 100_000_000:
        raise ValueError("its grid is no grid")
    if count and ((cells < 0).any() or (cells >= (grid.width, grid.height)).any()):
        raise ValueError("its cells lie outside its grid")
    if pictures.dtype != np.uint8 or pictures.ndim != 3 or len(pictures) != rows or max(pictures.shape[1:]) > _MOST_PX:
        raise ValueError("its pictures are none")
    for wkt in (kept.crs, grid.crs):
        if wkt:
            body_of(wkt)
    if any(not 0 <= i < count for i in (*kept.accepted, *kept.rejected)):
        raise ValueError("it accepted chips that there are not")


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("a name is none")
    return value


def _length(value: Any) -> float:
    number = float(value)
    if not (math.isfinite(number) and number > 0):
        raise ValueError("a length is none")
    return number
