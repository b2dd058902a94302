"""Simulated CTX files: raw images with companding and dark columns, and maps with ISIS labels as the stream has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from marscd_plugin.products.ctx_companding import compand

PRODUCT = "P16_007361_1800_XN_00S000W"
EDR_LABEL = """PDS_VERSION_ID = PDS3
FILE_NAME = "{product}.IMG"
RECORD_TYPE = FIXED_LENGTH
RECORD_BYTES = {samples}
FILE_RECORDS = {records}
LABEL_RECORDS = {skip}
^IMAGE = {first}
SPACECRAFT_NAME = MARS_RECONNAISSANCE_ORBITER
INSTRUMENT_NAME = "CONTEXT CAMERA"
TARGET_NAME = MARS
INSTRUMENT_ID = CTX
DATA_SET_ID = "MRO-M-CTX-2-EDR-L0-V1.0"
PRODUCT_ID = "{product}"
START_TIME = 2008-02-21T00:58:48.971
SAMPLE_BIT_MODE_ID = "{mode}"
LINE_EXPOSURE_DURATION = 1.877 <MSEC>
SAMPLING_FACTOR = {summing}
SAMPLE_FIRST_PIXEL = {edge}
OBJECT = IMAGE
  LINES = {lines}
  LINE_SAMPLES = {samples}
  LINE_PREFIX_BYTES = 0
  LINE_SUFFIX_BYTES = 0
  SAMPLE_TYPE = UNSIGNED_INTEGER
  SAMPLE_BITS = 8
  SAMPLE_BIT_MASK = 2#11111111#
END_OBJECT = IMAGE
END
"""

STREAM_LABEL = """Object = IsisCube
  Object = Core
    StartByte   = 65537
    Format      = Tile
    Group = Dimensions
      Samples = {samples}
      Lines   = {lines}
      Bands   = 1
    End_Group
  End_Object
  # a comment line
  Group = Instrument
    SpacecraftName = Mars_Reconnaissance_Orbiter
    InstrumentId   = CTX
    StartTime      = 2008-02-21T00:58:48.971
  End_Group
  Group = Archive
    ProductId = {product}
  End_Group
  Group = Mapping
    ProjectionName     = {projection}
    CenterLongitude    = {longitude}
    CenterLatitude     = {latitude}
    TargetName         = Mars
    EquatorialRadius   = 3396190.0 <meters>
    PolarRadius        = {polar} <meters>
    LatitudeType       = {kind}
    LongitudeDirection = PositiveEast
    LongitudeDomain    = 360
    UpperLeftCornerX   = {left} <meters>
    UpperLeftCornerY   = {top} <meters>
    PixelResolution    = {pixel} <meters/pixel>
    Scale              = 9879.0 <pixels/degree>
  End_Group
End_Object
End
"""


def write_edr(
    folder: Path, dn: np.ndarray, dark: tuple[float, float] = (60.0, 75.0), seed: int = 0, edge: int = 2000, **changed
) -> Path:
    """Write (lines, pixels) of 12-bit DN above dark as a raw image of an edited width (16 dark columns first)."""
    rng = np.random.default_rng(seed)
    lines, pixels = dn.shape
    lead, tail = (16, 0) if edge else (38, 18)
    samples = lead + pixels + tail
    level = np.where(np.arange(samples) % 2 == 0, dark[0], dark[1])[None, :]
    line = np.zeros((lines, samples))
    line[:, lead : lead + pixels] = dn
    codes = compand(np.clip(line + level + rng.normal(0, 1.5, line.shape), 1, 4080))
    skip = max(1, -(-2048 // samples))
    value = {
        "product": PRODUCT, "samples": samples, "lines": lines, "records": lines + skip, "skip": skip,
        "first": skip + 1, "mode": "SQROOT", "summing": 1, "edge": edge,
    } | changed  # fmt: skip
    label = EDR_LABEL.format(**value).replace("\n", "\r\n").encode().ljust(skip * samples)
    path = folder / f"{PRODUCT}.IMG"
    path.write_bytes(label + codes.tobytes())
    return path


def write_stream(folder: Path, values: np.ndarray, ending: str = ".tiff", at_pole: bool = False, **changed) -> Path:
    """Write 8-bit (lines, samples) as a product of the stream; returns its label."""
    lines, samples = values.shape
    value = {
        "product": PRODUCT, "samples": samples, "lines": lines, "projection": "SimpleCylindrical", "longitude": 0.0,
        "latitude": 0.0, "polar": "3376200.0", "kind": "Planetocentric", "left": -5000.0, "top": 12000.0, "pixel": 5.5,
    }  # fmt: skip
    if at_pole:
        value |= {"projection": "PolarStereographic", "latitude": -90.0, "left": 300000.0, "top": 500000.0}
    label = folder / (PRODUCT + (".ps" if at_pole else ".scyl") + ".isis.hdr")
    label.write_text(STREAM_LABEL.format(**(value | changed)))
    memory = gdal.GetDriverByName("MEM").Create("", samples, lines, 1, gdal.GDT_Byte)
    memory.GetRasterBand(1).WriteArray(values)
    driver, options = ("GTiff", []) if ending.startswith(".tif") else ("JP2OpenJPEG", ["QUALITY=100", "REVERSIBLE=YES"])
    assert gdal.GetDriverByName(driver).CreateCopy(str(folder / (PRODUCT + ending)), memory, 0, options) is not None
    return label
