"""Fill a sandbox archive with simulated time series whose true changes are known.

The truth lies beside the archive, in ``truth/``, and is never served.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..__about__ import PACKAGE, version
from ..common.errors import InputError
from ..common.files import write_json, write_text
from ..common.progress import Part, Progress, check, parts
from ..common.rasters import RasterWriter, Window, open_raster, read
from ..common.words import MASK_NODATA, Grid
from ..planet.crs import equirectangular_wkt, polar_wkt
from ..simulation.scene import EpochSpec, Scene, SceneSpec, palikir
from .facts import Radiometry
from .names import Layout, ProductName, parse_product_id
from .projection import POLAR_RADIUS, ImageGrid, grid_around
from .publish import Wish, open_archive, publish_dns, update_index, wish

log = logging.getLogger(__name__)

#: Name -> (spec, epochs) of a seed (None: the preset's own) and an edge in pixels.
PRESETS: dict[str, Callable[..., tuple[SceneSpec, tuple[EpochSpec, ...]]]] = {"palikir": palikir}
DEFAULT_SIZE = 2048
STAMP = "fill.json"
#: Pointing errors of the epochs, east and north in metres: what their labels do not tell.
EPOCHS = "epochs.json"
RATIONALE = "SIMULATED by MarsCD, not a HiRISE observation: scene with known truth"
#: HiRISE's colour strip is the middle fifth of the swath.
_COLOUR_SHARE = 0.2
#: How much brighter than RED the near infrared and blue-green of a rust-coloured ground are, roughly.
_COLOURS = (1.05, 1.0, 0.55)
_SPECIAL = np.array([0, 1, 2, 1022, 1023], np.uint16)
_MAX_BACKDROP = 4096


def fill(
    root: Path,
    seed: int | None,
    preset: str,
    backdrops: Path | None,
    progress: Progress,
    size: int = DEFAULT_SIZE,
) -> dict[str, Any]:
    """Publish a preset's epochs and write the truth of its pairs. Nothing is done where the archive already holds them.

    ``size``: edge of the scene in pixels. Returns what is there: products, truth rasters, and whether it was made now.
    Raises InputError, OutputError, CancelledError.
    """
    if preset not in PRESETS:
        raise InputError(f"There is no preset {preset!r}.", f"Choose one of: {', '.join(PRESETS)}.")
    spec, epochs = PRESETS[preset](size=size) if seed is None else PRESETS[preset](size=size, seed=seed)
    layout = open_archive(Path(root))
    pairs = truth_pairs(epochs)
    stamp = {
        "simulated": True,
        "preset": preset,
        "seed": spec.seed,
        "size": size,
        "backdrops": _digest(_images(backdrops)) if backdrops else "",
        "code": _code(),
        "products": [name.product_id for epoch in epochs for name in _names(epoch)],
        "truth": [f"truth/{_truth_name(a, b)}" for a, b in pairs],
    }
    if _holds(layout, stamp):
        log.info("%s already holds the preset %s with seed %d", root, preset, spec.seed)
        return _report(stamp, made=False)
    (layout.root / STAMP).unlink(missing_ok=True)
    progress.report(0.0, f"Simulating the scene {preset} (seed {spec.seed}, {size} x {size} pixels)")
    scene = Scene(spec, _backdrop(backdrops, spec) if backdrops else None)
    grid = grid_around(spec.longitude, spec.latitude, spec.pixel_size, spec.height, spec.width)
    steps = parts(progress, *[8.0] * len(epochs), *[1.0] * len(pairs))
    for epoch, step in zip(epochs, steps, strict=False):
        check(progress)
        _publish_epoch(layout, scene, epoch, grid, step)
    for (a, b), step in zip(pairs, steps[len(epochs) :], strict=True):
        check(progress)
        write_truth(layout, scene, a, b, grid)
        step.report(1.0)
    update_index(layout)
    write_text(layout.truth / "README", _readme(preset, spec, scene, pairs))
    write_json(layout.truth / EPOCHS, {_names(e)[0].product_id: {"shift_m": list(e.shift_m)} for e in epochs})
    write_json(layout.root / STAMP, stamp)
    return _report(stamp, made=True)


def truth_pairs(epochs: Sequence[EpochSpec]) -> list[tuple[EpochSpec, EpochSpec]]:
    """Every pair of epochs, earlier first: whichever two a client compares, their truth is there."""
    return list(combinations(sorted(epochs, key=lambda e: e.time), 2))


def _names(epoch: EpochSpec) -> tuple[ProductName, ProductName]:
    red = parse_product_id(epoch.product_id)
    return red, replace(red, kind="COLOR")


def _truth_name(a: EpochSpec, b: EpochSpec) -> str:
    return f"{_names(a)[0].product_id}__{_names(b)[0].product_id}.tif"


def _holds(layout: Layout, stamp: dict[str, Any]) -> bool:
    try:
        found = json.loads((layout.root / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    names = [parse_product_id(name) for name in stamp["products"]]
    wanted = [layout.root / path for path in stamp["truth"]] + [layout.index]
    wanted += [p for n in names for p in (layout.record(n), layout.pds / n.image_path, layout.pds / n.label_path)]
    return found == stamp and all(path.is_file() for path in wanted)


def _report(stamp: dict[str, Any], made: bool) -> dict[str, Any]:
    return {"made": made, **{key: stamp[key] for key in ("simulated", "preset", "seed", "products", "truth")}}


def _publish_epoch(layout: Layout, scene: Scene, epoch: EpochSpec, grid: ImageGrid, progress: Part) -> None:
    dn, factor, offset = scene.dn(epoch)
    radiometry = Radiometry(factor, offset)
    red, colour = _names(epoch)

    def wanted(name: ProductName) -> Wish:
        return wish(name.product_id, epoch.time, epoch.incidence, epoch.sub_solar_azimuth, rationale=RATIONALE)

    progress.report(0.5, f"Publishing {red.product_id} (simulated)")
    publish_dns(layout, _dataset(dn[None]), grid, radiometry, wanted(red), progress)
    strip, strip_grid = _colour_strip(dn, grid)
    publish_dns(layout, _dataset(strip), strip_grid, radiometry, wanted(colour), progress)


def _colour_strip(dn: NDArray[np.uint16], grid: ImageGrid) -> tuple[NDArray[np.uint16], ImageGrid]:
    """The middle of the swath in three bands: RED made brighter and darker, special values kept."""
    width = max(round(grid.samples * _COLOUR_SHARE), 64)
    first = (grid.samples - width) // 2
    red = dn[:, first : first + width]
    special = np.isin(red, _SPECIAL)
    bands = [np.where(special, red, np.clip(np.rint(red * factor), 3, 1021)) for factor in _COLOURS]
    return np.stack(bands).astype(np.uint16), replace(grid, sample_offset=grid.sample_offset - first, samples=width)


def _dataset(bands: NDArray[np.uint16]) -> gdal.Dataset:
    count, rows, columns = bands.shape
    dataset = gdal.GetDriverByName("MEM").Create("", columns, rows, count, gdal.GDT_UInt16)
    for number, band in enumerate(bands, start=1):
        dataset.GetRasterBand(number).WriteArray(band)
    return dataset


def write_truth(layout: Layout, scene: Scene, a: EpochSpec, b: EpochSpec, grid: ImageGrid) -> Path:
    """The true change between two epochs: byte GeoTIFF, 1 changed, 0 not, 255 none, on the scene's unshifted ground."""
    changed = scene.truth(a, b)
    projection = grid.projection
    if projection.polar:
        wkt = polar_wkt(projection.center_latitude > 0, polar_radius=POLAR_RADIUS)
    else:
        wkt = equirectangular_wkt(projection.center_latitude, projection.center_longitude, projection.radius)
    left, pixel, _, top, _, _ = grid.geotransform
    place = Grid(wkt, left, top, pixel, grid.samples, grid.lines)
    path = layout.truth / _truth_name(a, b)
    tags = {"MARSCD_SIMULATED": "yes", "MARSCD_BEFORE": a.product_id, "MARSCD_AFTER": b.product_id}
    with RasterWriter(path, place, np.uint8, nodata=MASK_NODATA, tags=tags, categorical=True) as writer:
        writer.write(Window(0, 0, grid.samples, grid.lines), changed)
    return path


def _images(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        raise InputError(f"{folder} is not a folder of backdrop images.", "Give a folder of JPEG, PNG or TIFF images.")
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png", ".tif", ".tiff"))
    if not found:
        raise InputError(f"{folder} holds no image.", "Give a folder of JPEG, PNG or TIFF images.")
    return found


def _backdrop(folder: Path, spec: SceneSpec) -> NDArray[np.float32]:
    """One image of the folder, chosen by the seed: the largest of a few, as large as the scene at most."""
    found = _images(folder)
    rng = np.random.default_rng((spec.seed, 5))
    few = [open_raster(found[i]) for i in rng.permutation(len(found))[:8]]
    best = max(few, key=lambda d: min(d.RasterXSize, _MAX_BACKDROP) * min(d.RasterYSize, _MAX_BACKDROP))
    log.info("backdrop: %s", best.GetDescription())
    window = Window(0, 0, min(best.RasterXSize, _MAX_BACKDROP), min(best.RasterYSize, _MAX_BACKDROP))
    return read(best.GetRasterBand(1), window, dtype=np.float32)


def _digest(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}|{path.stat().st_size}|".encode())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _code() -> str:
    """The version, and a digest of the code that makes the pixels: after a change of it the archive is made anew."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.read_bytes())
    return f"{version()} {digest.hexdigest()[:16]}"


def _sources() -> Iterator[Path]:
    for room in ("sandbox", "simulation"):
        yield from sorted((PACKAGE / room).glob("*.py"))


def _readme(preset: str, spec: SceneSpec, scene: Scene, pairs: Sequence[tuple[EpochSpec, EpochSpec]]) -> str:
    lines = [
        "These are SIMULATED scenes. Product ids are in HiRISE's form, some of them those of real observations, but",
        "no pixel comes from them: the ground, its changes and the images were made by marscd_plugin.simulation.",
        "",
        f"preset {preset}, seed {spec.seed}, {spec.width} x {spec.height} pixels of {spec.pixel_size} m, centre "
        f"{spec.latitude} N {spec.longitude} E",
        f"recipe {json.dumps(scene.recipe, sort_keys=True, default=str)}",
        "",
        "BEFORE__AFTER.tif: 1 where the ground differs between the two dates, 0 where not, 255 (nodata) not known.",
        "They lie on the true ground. The published images carry pointing errors (shift in metres east and north,",
        "rotation in degrees) that their labels do not tell, as real uncontrolled images do:",
        "",
    ]
    seen = {epoch.product_id: epoch for pair in pairs for epoch in pair}
    for name, epoch in seen.items():
        lines.append(
            f"  {name}  {epoch.time.isoformat()}  MY {epoch.mars_year}  Ls {epoch.solar_longitude:.2f}  "
            f"shift {epoch.shift_m[0]:+.1f} {epoch.shift_m[1]:+.1f} m  rotation {epoch.rotation:+.3f}"
        )
    return "\n".join(lines) + "\n"
