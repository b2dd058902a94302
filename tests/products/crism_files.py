"""Small CRISM-like map products, written by the tests: no real MTRDR label was at hand, the layout is the SIS's."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

RADIUS = 3394.8398133163
NM = np.arange(1001.0, 3900.0, 6.55)

LABEL = """PDS_VERSION_ID = PDS3
PRODUCT_ID = "{product}"
TARGET_NAME = MARS
START_TIME = 2008-10-05T12:34:56.789
SOLAR_LONGITUDE = 137.2
OBJECT = FILE
  ^IMAGE = "{image}"
  RECORD_TYPE = FIXED_LENGTH
  RECORD_BYTES = {record}
  OBJECT = IMAGE
    LINES = {lines}
    LINE_SAMPLES = {samples}
    SAMPLE_TYPE = PC_REAL
    SAMPLE_BITS = 32
    BANDS = {bands}
    BAND_STORAGE_TYPE = BAND_SEQUENTIAL
    CORE_NULL = 65535.0
  END_OBJECT = IMAGE
END_OBJECT = FILE
OBJECT = IMAGE_MAP_PROJECTION
  MAP_PROJECTION_TYPE = "EQUIRECTANGULAR"
  A_AXIS_RADIUS = {radius} <KM>
  C_AXIS_RADIUS = {radius} <KM>
  CENTER_LATITUDE = 15.0 <DEG>
  CENTER_LONGITUDE = 180.0 <DEG>
  MAP_SCALE = 0.018 <KM/PIXEL>
  MAP_RESOLUTION = {resolution!r} <PIXEL/DEGREE>
  MAXIMUM_LATITUDE = {north!r} <DEG>
  MINIMUM_LATITUDE = {south!r} <DEG>
  EASTERNMOST_LONGITUDE = {east!r} <DEG>
  WESTERNMOST_LONGITUDE = {west!r} <DEG>
  LINE_PROJECTION_OFFSET = {l0} <PIXEL>
  SAMPLE_PROJECTION_OFFSET = {s0} <PIXEL>
END_OBJECT = IMAGE_MAP_PROJECTION
END
"""

HEADER = """ENVI
description = {{ simulated }}
samples = {samples}
lines = {lines}
bands = {bands}
header offset = 0
file type = ENVI Standard
data type = 4
interleave = bsq
byte order = 0
map info = {{Mars Equirectangular, 1.0000, 1.0000, {left!r}, {top!r}, 18.0, 18.0, units=Meters}}
wavelength units = Nanometers
data ignore value = 65535
wavelength = {{
{wavelengths}}}
bbl = {{
{bbl}}}
"""


def write_cube(folder: Path, values: np.ndarray, nm=NM, bbl=None, upper: bool = False, **changed) -> Path:
    """Write (bands, rows, columns) float32 as a product; returns the label."""
    bands, lines, samples = values.shape
    product = "FRT0000938E_07_IF163J_MTR3"
    stem = product if upper else product.lower()
    endings = (".LBL", ".HDR", ".IMG") if upper else (".lbl", ".hdr", ".img")
    label, header, image = (folder / (stem + e) for e in endings)
    scale, l0, s0 = 18.0, 52000.5, 341000.5
    degree = math.radians(1) * RADIUS * 1e3
    parallel = degree * math.cos(math.radians(15))
    left, top = (0.5 - s0) * scale, (l0 - 0.5) * scale
    value = {
        "product": product, "image": image.name, "record": samples * 4, "lines": lines, "samples": samples,
        "bands": bands, "radius": RADIUS, "resolution": degree / scale, "north": top / degree,
        "south": (top - lines * scale) / degree, "west": (180 + left / parallel) % 360,
        "east": (180 + (left + samples * scale) / parallel) % 360, "l0": l0, "s0": s0, "left": left, "top": top,
        "wavelengths": ",\n".join(f"{w:.4f}" for w in nm), "bbl": ",".join(str(b) for b in (bbl or [1] * bands)),
    } | changed  # fmt: skip
    label.write_text(LABEL.format(**value))
    header.write_text(HEADER.format(**value))
    values.astype("<f4").tofile(image)
    return label


def scene(rows: int = 30, columns: int = 40) -> np.ndarray:
    """I/F 0.3 with a 2.21 um band of depth 0.2 in the right half, and a corner without data."""
    values = np.full((len(NM), rows, columns), 0.3)
    depth = 0.2 * np.exp(-0.5 * ((NM - 2210) / 20) ** 2)
    values[:, :, columns // 2 :] *= (1 - depth)[:, None, None]
    values[:, :5, :5] = 65535.0
    return values
