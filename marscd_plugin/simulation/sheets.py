"""Contact sheets: what the simulation makes, as PNG pictures to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..common.errors import OutputError
from ..common.files import whole_file, write_text
from ..common.progress import Progress, check
from .backdrops import named_backdrops, simulated_backdrop
from .fields import Array
from .kinds import Kind
from .pair import SimulatedPair, TerrainPatch
from .pairs import make_pair
from .scene import Scene, SceneSpec, palikir

Bytes = NDArray[np.uint8]


def stretched(image: Array, low: float | None = None, high: float | None = None) -> Bytes:
    """Bytes of an image between its 0.5th and 99.5th percentile, or between ``low`` and ``high``; nodata is black."""
    seen = np.isfinite(image) & (image != 0)
    if not seen.any():
        return np.zeros(image.shape, np.uint8)
    if low is None or high is None:
        low, high = (float(v) for v in np.quantile(image[seen], (0.005, 0.995)))
    level = np.clip((image - low) / max(high - low, 1e-9), 0.0, 1.0) * 254.0 + 1.0
    return np.where(seen, np.nan_to_num(level), 0.0).astype(np.uint8)


def mask(truth: Bytes) -> Bytes:
    """White where the truth says change."""
    return np.where(truth > 0, 255, 0).astype(np.uint8)


def sheet(tiles: Sequence[Sequence[Bytes]], gap: int = 4) -> Bytes:
    """Rows of tiles of one size on a white ground."""
    rows = []
    for row in tiles:
        padded = [np.pad(tile, gap // 2, constant_values=255) for tile in row]
        rows.append(np.hstack(padded))
    width = max(row.shape[1] for row in rows)
    return np.vstack([np.pad(row, ((0, 0), (0, width - row.shape[1])), constant_values=255) for row in rows])


def write_png(path: Path, image: Bytes) -> None:
    """A grey PNG, whole or not there. Raises OutputError."""
    memory = gdal.GetDriverByName("MEM").Create("", image.shape[1], image.shape[0], 1, gdal.GDT_Byte)
    memory.GetRasterBand(1).WriteArray(np.ascontiguousarray(image))
    with whole_file(path) as part:
        made = gdal.GetDriverByName("PNG").CreateCopy(str(part), memory)
        if made is None:
            raise OutputError(f"{path} could not be written.", "Choose another folder, or free some space.")
        made.FlushCache()
        del made


def pair_sheet(pairs: Sequence[SimulatedPair]) -> Bytes:
    """One column a pair: before, after, truth; six pairs a row."""
    tiles = []
    for start in range(0, len(pairs), 6):
        group = pairs[start : start + 6]
        tiles.append([stretched(p.before) for p in group])
        tiles.append([stretched(p.after) for p in group])
        tiles.append([(p.truth * 255 + (~p.valid) * 80).astype(np.uint8) for p in group])
    return sheet(tiles)


def write_sheets(folder: Path, seed: int, shared: Path | None, scene_size: int, progress: Progress) -> list[Path]:
    """All sheets into ``folder``; real backdrops where ``shared`` is given. Returns the paths."""
    rng = np.random.default_rng(seed)
    written = []

    def put(name: str, image: Bytes) -> None:
        path = folder / name
        write_png(path, image)
        written.append(path)

    from . import kind_sheets

    ground: list[Array | TerrainPatch] = kind_sheets.terrain_pool(rng)
    if shared is not None:
        # Of the training split: the others are not looked at.
        ground = [image for k, (_, _, image) in enumerate(named_backdrops(shared, "train")) if k % 11 == 0]
    for kind in list(Kind)[1:]:
        check(progress)
        progress.report(0.0, f"Change of kind {kind.name.lower()}")
        put(f"kind_{kind.name.lower()}.png", kind_sheets.kind_sheet(rng, ground, kind))
    put("kinds.png", kind_sheets.all_kinds_sheet(rng, ground))
    put("unchanged_near.png", kind_sheets.unchanged_sheet(rng, ground, 0.0))
    put("unchanged_hard.png", kind_sheets.unchanged_sheet(rng, ground, 0.6))
    picture, names = kind_sheets.nuisance_sheet(rng, ground)
    put("nuisances.png", picture)
    write_text(folder / "nuisances.txt", "\n".join(names) + "\n")
    progress.report(0.1, "Pairs over simulated terrain")
    put("pairs_terrain.png", pair_sheet([make_pair(rng, simulated_backdrop(rng)) for _ in range(12)]))
    if shared is not None:
        progress.report(0.2, "Pairs over real crops")
        pool: list[Array | TerrainPatch] = [image for _, _, image in named_backdrops(shared, "train")]
        for name, change in (("pairs_real_change.png", True), ("pairs_real_no_change.png", False)):
            check(progress)
            chosen = rng.integers(0, len(pool), 12)
            put(name, pair_sheet([make_pair(rng, pool[i], change=change) for i in chosen]))
    progress.report(0.4, "Palikir scene")
    spec, epochs = palikir(scene_size)
    scene = Scene(spec)
    images = []
    for epoch in epochs:
        check(progress)
        images.append(scene.image(epoch))
    low, high = (float(v) for v in np.nanquantile(np.stack([i[::4, ::4] for i in images]), (0.002, 0.998)))
    put("palikir_epoch_4.png", stretched(images[3], low, high))
    edge = min(384, scene_size)
    activity = scene.truth(epochs[0], epochs[3]).astype(np.float32)
    top, left = _busiest(activity, edge)
    part = (slice(top, top + edge), slice(left, left + edge))
    put(
        "palikir_series.png",
        sheet(
            [
                [stretched(image[part], low, high) for image in images[:4]],
                [stretched(image[part], low, high) for image in images[4:]],
                [mask(scene.truth(epochs[0], epoch)[part]) for epoch in epochs[:4]],
                [mask(scene.truth(epochs[0], epoch)[part]) for epoch in epochs[4:]],
            ]
        ),
    )
    for preset in ("dunes", "plain"):
        check(progress)
        progress.report(0.8, f"Scene {preset}")
        other = Scene(SceneSpec(seed=seed, width=768, height=768, preset=preset))
        put(f"scene_{preset}.png", sheet([[stretched(other.image(epochs[0])), stretched(other.image(epochs[3]))]]))
    return written


def _busiest(activity: Array, edge: int) -> tuple[int, int]:
    """Upper-left corner of the square of ``edge`` px with the most change."""
    step = max(edge // 4, 1)
    best, corner = -1.0, (0, 0)
    for top in range(0, activity.shape[0] - edge + 1, step):
        for left in range(0, activity.shape[1] - edge + 1, step):
            value = float(activity[top : top + edge, left : left + edge].sum())
            if value > best:
                best, corner = value, (top, left)
    return corner
