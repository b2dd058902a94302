"""Small HiRISE-like products, written by the test: label text in the layout of real labels, JP2 by GDAL."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

LABEL = """PDS_VERSION_ID            = PDS3
/* Identification Information */
NOT_APPLICABLE_CONSTANT   = -9998
DATA_SET_NAME             = "MRO MARS HIGH RESOLUTION IMAGING SCIENCE
                            EXPERIMENT RDR V1.1"
OBSERVATION_ID            = "{observation}"
PRODUCT_ID                = "{product}"
TARGET_NAME               = "MARS"
OBJECT = IMAGE_MAP_PROJECTION
    MAP_PROJECTION_TYPE          = "{kind}"
    A_AXIS_RADIUS                = {a_radius} <KM>
    B_AXIS_RADIUS                = {a_radius} <KM>
    C_AXIS_RADIUS                = {c_radius} <KM>
    CENTER_LATITUDE              = {lat_ts} <DEG>
    CENTER_LONGITUDE             = {lon_0} <DEG>
    LINE_FIRST_PIXEL             = 1
    LINE_LAST_PIXEL              = {lines}
    SAMPLE_FIRST_PIXEL           = 1
    SAMPLE_LAST_PIXEL            = {samples}
    MAP_PROJECTION_ROTATION      = 0.0 <DEG>
    MAP_RESOLUTION               = {resolution!r} <PIX/DEG>
    MAP_SCALE                    = {scale} <METERS/PIXEL>
    MAXIMUM_LATITUDE             = {north!r} <DEG>
    MINIMUM_LATITUDE             = {south!r} <DEG>
    LINE_PROJECTION_OFFSET       = {l0} <PIXEL>
    SAMPLE_PROJECTION_OFFSET     = {s0} <PIXEL>
    EASTERNMOST_LONGITUDE        = {east!r} <DEG>
    WESTERNMOST_LONGITUDE        = {west!r} <DEG>
END_OBJECT = IMAGE_MAP_PROJECTION
GROUP = TIME_PARAMETERS
    MRO:OBSERVATION_START_TIME   = 2009-07-18T13:54:41.340
    START_TIME                   = 2009-07-18T13:54:41.485
END_GROUP = TIME_PARAMETERS
GROUP = INSTRUMENT_SETTING_PARAMETERS
    MRO:BINNING                 = (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, -9998, -9998,
                                  -9998, -9998)
END_GROUP = INSTRUMENT_SETTING_PARAMETERS
GROUP = VIEWING_PARAMETERS
    INCIDENCE_ANGLE   = 49.990076 <DEG>
    EMISSION_ANGLE    = 8.476113 <DEG>
    PHASE_ANGLE       = -9998
    SOLAR_LONGITUDE   = 305.594678 <DEG>
    SUB_SOLAR_AZIMUTH = 135.482409 <DEG>
    NORTH_AZIMUTH     = 270.000000 <DEG>
END_GROUP = VIEWING_PARAMETERS
OBJECT = COMPRESSED_FILE
    FILE_NAME                  = "{file}"
    RECORD_TYPE                = UNDEFINED
    UNCOMPRESSED_FILE_NAME     = "{product}_cnode26:398.IMG"
END_OBJECT = COMPRESSED_FILE
OBJECT = UNCOMPRESSED_FILE
    FILE_NAME    = "{product}_cnode26:398.IMG"
    RECORD_TYPE  = FIXED_LENGTH
    ^IMAGE       = "{product}_cnode26:398.IMG"
    OBJECT = IMAGE
        LINES                      = {lines}
        LINE_SAMPLES               = {samples}
        BANDS                      = {label_bands}
        SAMPLE_BIT_MASK            = 2#0000001111111111#
        SCALING_FACTOR             = 1.07543902665525e-04
        OFFSET                     = 0.081203337858079
        CORE_NULL                  = 0
        CORE_LOW_REPR_SATURATION   = 1
        CORE_LOW_INSTR_SATURATION  = 2
        CORE_HIGH_REPR_SATURATION  = 1023
        CORE_HIGH_INSTR_SATURATION = 1022
    END_OBJECT = IMAGE
END_OBJECT = UNCOMPRESSED_FILE
END
"""


def fields(polar: bool = False, bands: int = 1, samples: int = 300, lines: int = 200) -> dict:
    """What a sound label says of an image near 15 N, 72 E, or near the south pole."""
    suffix = "RED" if bands == 1 else "COLOR"
    observation = "ESP_013857_1070" if polar else "ESP_013951_1955"
    product = f"{observation}_{suffix}"
    value = {
        "observation": observation, "product": product, "file": f"{product}.JP2", "label_bands": bands,
        "samples": samples, "lines": lines, "scale": 0.5,
    }  # fmt: skip
    if polar:
        radius, l0, s0 = 3376200.0, -1460000.5, 1000000.5
        left, top = (0.5 - s0) * 0.5, (l0 - 0.5) * 0.5
        corners = [(left + i * samples * 0.5, top - j * lines * 0.5) for i in (0, 1) for j in (0, 1)]
        latitudes = [-(90 - math.degrees(2 * math.atan(math.hypot(x, y) / (2 * radius)))) for x, y in corners]
        longitudes = [math.degrees(math.atan2(x, y)) % 360 for x, y in corners]
        value |= {"kind": "POLAR STEREOGRAPHIC", "a_radius": 3396.19, "c_radius": 3376.2, "lat_ts": -90.0, "lon_0": 0.0}
        value |= {"north": max(latitudes), "south": min(latitudes), "east": max(longitudes), "west": min(longitudes)}
    else:
        radius, l0, s0 = 3394839.8133163, 1872006.5, 12278395.5
        degree = math.radians(1) * radius
        parallel = degree * math.cos(math.radians(15))
        left, top = (0.5 - s0) * 0.5, (l0 - 0.5) * 0.5
        value |= {"kind": "EQUIRECTANGULAR", "a_radius": 3394.8398133163, "c_radius": 3394.8398133163, "lat_ts": 15.0}
        value |= {"lon_0": 180.0, "north": top / degree, "south": (top - lines * 0.5) / degree}
        value |= {"west": 180 + left / parallel, "east": 180 + (left + samples * 0.5) / parallel}
    return value | {"l0": l0, "s0": s0, "resolution": math.radians(1) * radius / 0.5}


@pytest.fixture
def make_product(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """``make_product(polar=, bands=, **label fields)`` writes one product into tmp_path: (label, image)."""

    def make(polar: bool = False, bands: int = 1, crlf: bool = True, **changed: object) -> tuple[Path, Path]:
        value = fields(polar, bands)
        rng = np.random.default_rng(1)
        dn = rng.integers(3, 1021, (bands, value["lines"], value["samples"])).astype("uint16")
        dn[:, :20, :20] = 0
        image = tmp_path / value["file"]
        memory = gdal.GetDriverByName("MEM").Create("", value["samples"], value["lines"], bands, gdal.GDT_UInt16)
        for number in range(bands):
            memory.GetRasterBand(number + 1).WriteArray(dn[number])
        options = ["QUALITY=100", "REVERSIBLE=YES", "NBITS=10", "YCC=NO"]
        assert gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(image), memory, 0, options) is not None
        text = LABEL.format(**(value | changed))
        label = image.with_suffix(".LBL")
        label.write_bytes(text.replace("\n", "\r\n").encode() if crlf else text.encode())
        return label, image

    return make
