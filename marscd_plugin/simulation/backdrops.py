"""Backdrops for simulated pairs: real ground from ``shared/data`` (split by observation), and simulated terrain.

What may be trained on follows shared/data/README.md. Never given out here: every folder of ``pairs``, observations
whose id ends in 2570 (perhaps the frosted dunes), and every observation that an evaluation pair shows.
"""

from __future__ import annotations

import csv
import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..common.errors import InputError
from ..common.packages import need
from .fields import Array
from .pair import TerrainPatch
from .terrain import patch_terrain

log = logging.getLogger(__name__)

#: The splits, and where the hash of an observation's id (0..1) ends each. ``test`` is for the last word only: no
#: training, no threshold, no look along the way. ``tune`` is for choosing.
SPLITS = {"test": 0.18, "tune": 0.30, "train": 1.0}
#: Observations shown by the evaluation-only pairs (no_visible_change, frosted_dunes, stereo_anaglyph).
EVALUATION_ONLY = frozenset(
    {
        "ESP_018299_2245", "ESP_019011_2245", "ESP_016613_2570", "ESP_016758_2570",
        "ESP_021683_1735", "ESP_057933_1740", "ESP_047471_2015", "ESP_056886_2015", "ESP_057767_1755",
        "ESP_058189_1755", "ESP_057866_2125", "ESP_058222_2125", "ESP_058627_2015", "ESP_058561_2015",
    }
)  # fmt: skip
#: The one raw channel without the bit-flip defect.
NATIVE = "PSP_001446_1790_BG12_0.tif"
#: Largest image read whole, pixels.
MAX_PIXELS = 40_000_000

_OBSERVATION = re.compile(r"^(?:PSP|ESP|TRA)_\d{6}_\d{4}")


def hash_of(observation_id: str) -> float:
    """A fixed number 0..1 for an observation id, the same on every machine, forever."""
    digest = hashlib.sha256(observation_id.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def split_of(observation_id: str) -> str:
    """``test``, ``tune`` or ``train``, by ``hash_of`` the observation id."""
    value = hash_of(observation_id)
    return next(name for name, end in SPLITS.items() if value < end)


def usable(observation_id: str) -> bool:
    """Whether crops of that observation may be trained on or used as backdrops at all.

    The raw channel's observation is for training whatever its hash, so no other image of it is given out.
    """
    shown = observation_id in EVALUATION_ONLY or observation_id == NATIVE[:15]
    return not observation_id.endswith("2570") and not shown


def named_backdrops(shared: Path | str, split: str) -> Iterator[tuple[str, str, Array]]:
    """(observation id, folder, brightness (H, W) float32 with NaN where nothing was seen) of one split, in fixed order.

    ``split``: one of ``SPLITS``. Strips and the native channel come cut into overlapping-free squares, so
    that every backdrop is small. Raises InputError where the folder or the split's name is wrong.
    """
    if split not in SPLITS:
        raise InputError(f"There is no split called {split!r}.", f"Ask for one of {', '.join(SPLITS)}.")
    data = Path(shared) / "data"
    labels = data / "hirise_crops" / "labels.csv"
    if not labels.is_file():
        raise InputError(f"{labels} is not there.", "Give the folder that holds data/hirise_crops.")
    with labels.open(newline="", encoding="utf-8") as file:
        rows = sorted((row["file"], row["observation_id"]) for row in csv.DictReader(file))
    for name, observation in rows:
        if usable(observation) and split_of(observation) == split:
            image = _clean(_read(data / "hirise_crops" / name, "JPEG"))
            if image is not None:
                yield observation, "hirise_crops", image
    for path in sorted((data / "hirise_strips").glob("*.jpg")):
        match = _OBSERVATION.match(path.name)
        # The thumbnail is the same ground a second time.
        if match is None or "thumb" in path.name or not usable(match[0]) or split_of(match[0]) != split:
            continue
        for tile in _tiles(_read(path, "JPEG"), 640):
            image = _clean(tile)
            if image is not None:
                yield match[0], "hirise_strips", image
    native = data / "native" / NATIVE
    # One observation only, and the only ground at the sensor's own scale: it is for training.
    if native.is_file() and split == "train":
        for image in _native(_read(native, "GTiff")):
            yield NATIVE[:15], "native", image


def real_backdrops(shared: Path | str, split: str) -> Iterator[Array]:
    """The arrays of ``named_backdrops`` alone."""
    for _, _, image in named_backdrops(shared, split):
        yield image


def simulated_backdrop(rng: np.random.Generator, size: int = 320) -> TerrainPatch:
    """A patch of simulated terrain with true height, so that ``make_pair`` shades it twice; >= size + 32 is right."""
    height, albedo = patch_terrain(rng, size)
    return TerrainPatch(height, albedo)


def _read(path: Path, driver: str) -> NDArray:
    """The first band whole. Raises InputError."""
    dataset = gdal.OpenEx(str(path), gdal.OF_RASTER, allowed_drivers=[driver])
    if dataset is None:
        raise InputError(f"{path} cannot be read as {driver}.", "Fetch the file again.")
    if dataset.RasterXSize * dataset.RasterYSize > MAX_PIXELS:
        raise InputError(f"{path} is too large for a backdrop.", "Cut it into parts first.")
    array = dataset.GetRasterBand(1).ReadAsArray()
    if array is None:
        raise InputError(f"{path} is damaged: its pixels cannot be read.", "Fetch the file again.")
    return array


def _clean(image: NDArray) -> Array | None:
    """Float image with the black fill (and the JPEG's ringing beside it) as NaN; None where too little is left."""
    ndimage = need("scipy.ndimage")
    fill = image <= 2
    if fill.mean() > 0.002:
        # Only large black areas are fill; small ones are shadows.
        labelled, count = ndimage.label(fill)
        sizes = ndimage.sum_labels(fill, labelled, np.arange(1, count + 1))
        fill = np.isin(labelled, 1 + np.flatnonzero(sizes > 0.002 * image.size))
        fill = ndimage.binary_dilation(fill, iterations=4)
    else:
        fill = np.zeros(image.shape, bool)
    if fill.mean() > 0.25:
        return None
    clean = image.astype(np.float32)
    if float(np.std(clean[~fill])) < 1.0:
        return None
    clean[fill] = np.nan
    return clean


def _tiles(image: NDArray, edge: int) -> Iterator[NDArray]:
    for top in range(0, image.shape[0] - edge + 1, edge):
        for left in range(0, image.shape[1] - edge + 1, edge):
            yield image[top : top + edge, left : left + edge]


def _native(image: NDArray) -> Iterator[Array]:
    """Squares of the raw channel, its dark first columns dropped and its fixed column pattern taken out."""
    part = image[:, 12:-4].astype(np.float32)
    column = np.median(part, axis=0)
    part = part - (column - np.median(column))[None, :]
    edge = part.shape[1]
    for top in range(0, part.shape[0] - edge + 1, edge):
        yield part[top : top + edge]
