"""Put simulated spectra into a sandbox archive as CRISM's map products (MTRDR): cubes of I/F and of summary parameters,
each with its PDS label and ENVI header, a browse image, and their ODE records; and cubes in sensor geometry (TRDR).

No label of a real MTRDR was at hand: the layout follows the Data Product SIS, names and folders those of the archive.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..common.errors import InputError
from ..common.files import whole_file, write_json
from ..common.rasters import gdal_quiet
from ..planet.time import mars_date
from .facts import milliseconds, viewing_of
from .names import Layout
from .projection import ImageGrid, grid_around
from .record import number

STORED_ROOT = "https://pds-geosciences.wustl.edu/mro"
RATIONALE = "SIMULATED by MarsCD, not a CRISM observation"
PIXEL = 18.0
NODATA = 65535.0
#: Wavelengths of the joined cubes, nanometres: the infrared detector's, 6.55 apart.
WAVELENGTHS = np.arange(1001.35, 3900.0, 6.55)
_FOLDERS = {
    "MTR3": ("mro-m-crism-5-rdr-mptargeted-v1", "mrocr_4001", "mtrdr", "MTRDR"),
    "TER3": ("mro-m-crism-4-rdr-targeted-v1", "mrocr_6001", "ter", "TER"),
    "TRR3": ("mro-m-crism-3-rdr-targeted-v1", "mrocr_2101", "trdr", "TRDR"),
}
_OBSERVATION = re.compile(r"[A-Z]{3}[0-9A-F]{8}_[0-9A-F]{2}")
#: Name, middle and width (nm) of the absorption whose depth stands in a band of the summary cube.
_SUMMARY = (("BD1400", 1395, 20), ("BD1900_2", 1930, 25), ("BD2210_2", 2210, 20), ("D2300", 2310, 25),
            ("BD2500_2", 2480, 30))  # fmt: skip


@dataclass(frozen=True)
class CrismWish:
    """One observation: ``depths`` (rows, columns) 0..1 is the depth of the 1.9 and 2.21 um absorptions, NaN: none."""

    observation_id: str
    orbit: int
    time: datetime
    longitude: float
    latitude: float
    depths: NDArray[np.float64]
    incidence: float | None = None


def publish_crism(layout: Layout, wish: CrismWish) -> list[str]:
    """Publish the observation's I/F cube, summary cube, browse image and one TRDR cube; returns their product ids.

    The same id again replaces it. Raises InputError, OutputError.
    """
    if not _OBSERVATION.fullmatch(wish.observation_id):
        raise InputError(f"{wish.observation_id} is no CRISM observation.", "Write one such as FRT0000938E_07.")
    lines, samples = wish.depths.shape
    grid = grid_around(wish.longitude, wish.latitude, PIXEL, lines, samples)
    spectra = _spectra(wish.depths)
    base = wish.observation_id
    made = [
        _publish(layout, wish, grid, f"{base}_IF163J_MTR3", spectra, _spectral_header()),
        _publish(layout, wish, grid, f"{base}_SR163J_MTR3", _summary(spectra), _summary_header()),
        _publish_browse(layout, wish, grid, f"{base}_BRHYDJ_MTR3", wish.depths),
        _publish(layout, wish, grid, f"{base}_IF163L_TRR3", spectra[:: 8], ""),
    ]  # fmt: skip
    return made


def _spectra(depths: NDArray[np.float64]) -> NDArray[np.float32]:
    nm = WAVELENGTHS[:, None, None]
    continuum = 0.22 + 0.03 * (nm - 1000) / 3000
    lost = 0.0
    for middle, share in ((1400, 0.3), (1930, 0.7), (2210, 1.0)):
        lost = lost + share * np.exp(-0.5 * ((nm - middle) / 22.0) ** 2)
    noise = np.random.default_rng(7).normal(0.0, 4e-4, (len(WAVELENGTHS), *depths.shape))
    values = continuum * (1 - np.nan_to_num(depths)[None] * lost) + noise
    return np.where(np.isnan(depths)[None], NODATA, values).astype(np.float32)


def _summary(spectra: NDArray[np.float32]) -> NDArray[np.float32]:
    """Depth below the straight line between both shoulders."""
    bands = []
    for _, middle, width in _SUMMARY:
        left, centre, right = (int(np.abs(WAVELENGTHS - w).argmin()) for w in (middle - 3 * width, middle,
                                                                              middle + 3 * width))  # fmt: skip
        line = (spectra[left].astype(float) + spectra[right]) / 2
        depth = 1 - spectra[centre] / np.maximum(line, 1e-6)
        bands.append(np.where(spectra[centre] == NODATA, NODATA, depth))
    return np.stack(bands).astype(np.float32)


def _folder(name: str, wish: CrismWish) -> str:
    data_set, volume, kind, _ = _FOLDERS[name[-4:]]
    day = f"{wish.time.year}_{wish.time.timetuple().tm_yday:03d}"
    return f"{data_set}/{volume}/{kind}/{wish.time.year}/{day}/{wish.observation_id.split('_')[0].lower()}"


def _publish(
    layout: Layout, wish: CrismWish, grid: ImageGrid, name: str, values: NDArray[np.float32], header: str
) -> str:
    folder = layout.root / "mro" / _folder(name, wish)
    stem = name.lower()
    bands, lines, samples = values.shape
    mapped = name.endswith("MTR3")
    files = {f"{stem}.img": values.astype("<f4").tobytes()}
    label = _label(wish, grid if mapped else None, name, bands, lines, samples)
    files[f"{stem}.lbl"] = label.replace("\n", "\r\n").encode("ascii")
    if header:
        files[f"{stem}.hdr"] = (_header_start(grid, bands, lines, samples) + header).encode("ascii")
    for file, data in files.items():
        _write(folder / file, data)
    _write_record(layout, wish, grid, name, {file: len(data) for file, data in files.items()})
    return name


def _publish_browse(layout: Layout, wish: CrismWish, grid: ImageGrid, name: str, depths: NDArray[np.float64]) -> str:
    folder = layout.root / "mro" / _folder(name, wish)
    path = folder / f"{name.lower()}.png"
    grey = np.where(np.isnan(depths), 0, 1 + 254 * np.clip(np.nan_to_num(depths) * 3, 0, 1)).astype(np.uint8)
    memory = gdal.GetDriverByName("MEM").Create("", grey.shape[1], grey.shape[0], 1, gdal.GDT_Byte)
    memory.GetRasterBand(1).WriteArray(grey)
    with whole_file(path) as part, gdal_quiet():
        gdal.GetDriverByName("PNG").CreateCopy(str(part), memory)
    label = _label(wish, grid, name, 1, *grey.shape).replace("\n", "\r\n").encode("ascii")
    _write(folder / f"{name.lower()}.lbl", label)
    sizes = {path.name: path.stat().st_size, f"{name.lower()}.lbl": len(label)}
    _write_record(layout, wish, grid, name, sizes)
    return name


def _label(wish: CrismWish, grid: ImageGrid | None, name: str, bands: int, lines: int, samples: int) -> str:
    date = mars_date(wish.time)
    head = f"""PDS_VERSION_ID = PDS3
/* Written by the MarsCD sandbox: not a product of the CRISM team. */
DATA_SET_ID = "{_FOLDERS[name[-4:]][0].upper().removesuffix("-V1")}-V1.0"
PRODUCT_ID = "{name}"
INSTRUMENT_HOST_NAME = "MARS RECONNAISSANCE ORBITER"
INSTRUMENT_ID = CRISM
TARGET_NAME = MARS
START_TIME = {milliseconds(wish.time)}
STOP_TIME = {milliseconds(wish.time + timedelta(seconds=120))}
SOLAR_LONGITUDE = {date.solar_longitude:.6f}
ORBIT_NUMBER = {wish.orbit}
OBJECT = FILE
  ^IMAGE = "{name}.IMG"
  RECORD_TYPE = FIXED_LENGTH
  RECORD_BYTES = {samples * 4}
  FILE_RECORDS = {lines * bands}
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
"""
    if grid is None:
        return head + "END\n"
    south, north, west, east = grid.bounds()
    projection = grid.projection
    radius = projection.axes[0] / 1000
    return f"""{head}OBJECT = IMAGE_MAP_PROJECTION
  MAP_PROJECTION_TYPE = "{projection.name}"
  PROJECTION_LATITUDE_TYPE = PLANETOCENTRIC
  A_AXIS_RADIUS = {radius:.6f} <KM>
  B_AXIS_RADIUS = {radius:.6f} <KM>
  C_AXIS_RADIUS = {projection.axes[2] / 1000:.6f} <KM>
  POSITIVE_LONGITUDE_DIRECTION = EAST
  CENTER_LATITUDE = {projection.center_latitude:.1f} <DEG>
  CENTER_LONGITUDE = {projection.center_longitude:.1f} <DEG>
  MAP_SCALE = {PIXEL / 1000:.6f} <KM/PIXEL>
  MAP_RESOLUTION = {projection.resolution(PIXEL)!r} <PIXEL/DEGREE>
  MAXIMUM_LATITUDE = {north!r} <DEG>
  MINIMUM_LATITUDE = {south!r} <DEG>
  EASTERNMOST_LONGITUDE = {east!r} <DEG>
  WESTERNMOST_LONGITUDE = {west!r} <DEG>
  LINE_PROJECTION_OFFSET = {grid.line_offset!r} <PIXEL>
  SAMPLE_PROJECTION_OFFSET = {grid.sample_offset!r} <PIXEL>
END_OBJECT = IMAGE_MAP_PROJECTION
END
"""


def _header_start(grid: ImageGrid, bands: int, lines: int, samples: int) -> str:
    left, _, _, top, _, _ = grid.geotransform
    return f"""ENVI
description = {{ SIMULATED by the MarsCD sandbox }}
samples = {samples}
lines = {lines}
bands = {bands}
header offset = 0
file type = ENVI Standard
data type = 4
interleave = bsq
byte order = 0
map info = {{Mars Equirectangular, 1.0000, 1.0000, {left!r}, {top!r}, {PIXEL}, {PIXEL}, units=Meters}}
data ignore value = 65535
"""


def _spectral_header() -> str:
    listed = ",\n".join(f"{w:.4f}" for w in WAVELENGTHS)
    good = ",".join("1" for _ in WAVELENGTHS)
    return f"wavelength units = Nanometers\nwavelength = {{\n{listed}}}\nbbl = {{\n{good}}}\n"


def _summary_header() -> str:
    return "band names = {" + ", ".join(name for name, _, _ in _SUMMARY) + "}\n"


def _write_record(layout: Layout, wish: CrismWish, grid: ImageGrid, name: str, sizes: Mapping[str, int]) -> None:
    south, north, west, east = grid.bounds()
    right = east if east > west else east + 360.0
    corners = [(right, south), (west, south), (west, north), (right, north)]

    def ring(wrap: Any) -> str:
        points = ", ".join(f"{number(wrap(x))} {number(y)}" for x, y in [*corners, corners[0]])
        return f"POLYGON (({points}))"

    date = mars_date(wish.time)
    view = viewing_of(wish.longitude % 360, wish.latitude, date.solar_longitude, wish.incidence)
    root = f"{STORED_ROOT}/{_folder(name, wish)}"
    described = {"img": "PRODUCT DATA FILE", "lbl": "PRODUCT LABEL FILE", "hdr": "ENVI HEADER FILE", "png": "BROWSE"}
    listed = [
        {"Description": described[file.rsplit(".", 1)[1]], "FileName": file.upper(),
         "KBytes": str(math.ceil(size / 1024)), "Type": "Browse" if file.endswith(".png") else "Product",
         "URL": f"{root}/{file}"}
        for file, size in sizes.items()
    ]  # fmt: skip
    stop = wish.time + timedelta(seconds=120)
    write_json(
        layout.records / f"{name}.json",
        {
            "pdsid": name, "ode_id": str(12_000_000 + zlib.crc32(name.encode()) % 1_000_000), "ihid": "MRO",
            "iid": "CRISM", "pt": _FOLDERS[name[-4:]][3], "Data_Set_Id": _FOLDERS[name[-4:]][0].upper(),
            "PDSVolume_Id": _FOLDERS[name[-4:]][1].upper(), "LabelFileName": f"{name}.lbl".lower(),
            "Target_name": "MARS", "Observation_time": milliseconds(wish.time + (stop - wish.time) / 2),
            "Start_orbit_number": str(wish.orbit), "Stop_orbit_number": str(wish.orbit),
            "UTC_start_time": milliseconds(wish.time), "UTC_stop_time": milliseconds(stop),
            "Emission_angle": number(view.emission), "Incidence_angle": number(view.incidence),
            "Phase_angle": number(view.phase), "Map_scale": number(PIXEL),
            "Solar_longitude": number(date.solar_longitude), "Center_latitude": number(wish.latitude),
            "Center_longitude": number(wish.longitude % 360.0), "Easternmost_longitude": number(east),
            "Westernmost_longitude": number(west), "Maximum_latitude": number(north), "Minimum_latitude": number(south),
            "Footprint_geometry": ring(lambda x: x % 360.0),
            "Footprint_C0_geometry": ring(lambda x: (x + 180.0) % 360.0 - 180.0),
            "Footprint_GL_geometry": ring(lambda x: x % 360.0), "Footprint_NP_geometry": "MULTIPOLYGON EMPTY",
            "Footprint_SP_geometry": "MULTIPOLYGON EMPTY", "Footprints_cross_meridian": str(west > east),
            "Pole_state": "none", "Footprint_souce": "Label", "Comment": RATIONALE,
            "ODE_notes": {"ODE_note": ["NOTE: Product Type set by ODE"]}, "LabelURL": f"{root}/{name.lower()}.lbl",
            "Product_files": {"Product_file": listed[0] if len(listed) == 1 else listed},
        },
    )  # fmt: skip


def _write(path: Path, data: bytes) -> None:
    with whole_file(path) as part:
        part.write_bytes(data)
