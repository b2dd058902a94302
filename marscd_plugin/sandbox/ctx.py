"""Put simulated ground into a sandbox archive as CTX has it: a raw image with its label, what ASU makes of it, the row
of the cumulative index, the ODE record and a browse image.

Sources: the CTX EDR SIS (columns, companding), the label of ISIS's cam2map, a recorded ODE reply (2020) and index rows.
"""

from __future__ import annotations

import math
import re
import zlib
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
from .cumindex import areographic, index_label, index_row, index_table, west
from .facts import Viewing, clock_count, milliseconds, viewing_of
from .names import Layout
from .projection import EQUATORIAL_RADIUS, POLAR_RADIUS
from .record import number

STORED_ROOT = "https://planetarydata.jpl.nasa.gov/img/data/mro/ctx"
INDEX_NOTE = "NOTE: Index Record:"
RATIONALE = "SIMULATED by MarsCD, not a CTX image"
_ID = re.compile(r"([A-Z]\d\d)_(\d{6})_(\d{4})_X[IN]_(\d\d)([NS])(\d{3})W")
_VOLUME = re.compile(r"mrox_\d{4}")
#: Samples of a line that see no light, before and after the image (CTX EDR SIS, summing 1).
_LEAD, _TAIL, _DARK = 38, 18, (14, 38)
_DARK_DN = (60.0, 75.0)
_EXPOSURE = 1.877
_DN_OF_IF = 9000.0
_GROUND_SPEED = 3000.0


@dataclass(frozen=True)
class CtxWish:
    """What to publish: ``image`` is I/F, (rows, columns), north up, of a map with ``pixel`` metres at the equator.

    Longitude and latitude (degrees east, planetocentric) are the middle's; angles as elsewhere in the sandbox.
    """

    product_id: str
    volume: str
    time: datetime
    longitude: float
    latitude: float
    pixel: float
    image: NDArray[np.float64]
    incidence: float | None = None
    azimuth: float | None = None
    emission: float = 1.0
    quality: str = "OK"
    rationale: str = RATIONALE

    @property
    def orbit(self) -> int:
        """From the id."""
        return int(self.product_id.split("_")[1])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the map's edges, degrees; longitudes may run beyond 0..360."""
        degree = math.radians(EQUATORIAL_RADIUS) / self.pixel
        rows, columns = self.image.shape
        half_x, half_y = columns / degree / 2, rows / degree / 2
        return self.longitude - half_x, self.latitude - half_y, self.longitude + half_x, self.latitude + half_y


def publish_ctx(layout: Layout, wish: CtxWish) -> str:
    """Publish one image; the same id again replaces it. The index is left to ``update_ctx_index``. Raises InputError,
    OutputError."""
    if not _ID.fullmatch(wish.product_id) or not _VOLUME.fullmatch(wish.volume):
        raise InputError(
            f"{wish.product_id} on {wish.volume} is no CTX product.", "Write P16_007361_1800_XN_00S000W and mrox_0433."
        )
    volume = layout.root / "ctx" / wish.volume
    asu = layout.root / "asu" / wish.volume
    date = mars_date(wish.time)
    view = viewing_of(
        wish.longitude % 360, wish.latitude, date.solar_longitude, wish.incidence, wish.azimuth, wish.emission
    )
    raw = _ground_pixels(wish)
    edr = _edr(wish, raw)
    image = volume / "data" / f"{wish.product_id}.IMG"
    _write(image, edr)
    _write_tiff(asu / "prj_full" / f"{wish.product_id}.tiff", _stretched(wish.image), "GTiff", ["COMPRESS=LZW"])
    _write(asu / "stage" / f"{wish.product_id}.scyl.isis.hdr", _isis_label(wish).encode("ascii"))
    browse = volume / "extras" / "browse" / f"{wish.product_id}.IMG.jpeg"
    _write_tiff(browse, _stretched(wish.image), "JPEG", ["QUALITY=85"])
    row = index_row(_index_values(wish, view, raw.shape, date.solar_longitude))
    sizes = {"image": math.ceil(len(edr) / 1024), "browse": math.ceil(browse.stat().st_size / 1024)}
    write_json(layout.records / f"{wish.product_id}.json", _record(wish, view, row, sizes, date.solar_longitude))
    return wish.product_id


def update_ctx_index(layout: Layout, records: dict[str, dict[str, Any]]) -> int:
    """Write each volume's cumulative index: its rows and those of the volumes before. Returns the last's rows."""
    rows: dict[str, list[str]] = {}
    for record in records.values():
        notes = record.get("ODE_notes", {}).get("ODE_note", [])
        if record.get("iid") == "CTX" and INDEX_NOTE in notes:
            rows.setdefault(record["PDSVolume_Id"].lower(), []).append(notes[notes.index(INDEX_NOTE) + 1])
    so_far: list[str] = []
    for volume in sorted(rows):
        so_far = so_far + rows[volume]
        folder = layout.root / "ctx" / volume / "index"
        _write(folder / "cumindex.tab", index_table(so_far))
        _write(folder / "cumindex.lbl", index_label(len(so_far)))
    return len(so_far)


def _ground_pixels(wish: CtxWish) -> NDArray[np.float64]:
    """The map as the detector sees it: square pixels on the ground (parallels are shorter than the equator)."""
    columns = wish.image.shape[1]
    samples = max(round(columns * math.cos(math.radians(wish.latitude))), 32)
    at = np.clip((np.arange(samples) + 0.5) * columns / samples - 0.5, 0, columns - 1)
    left = np.floor(at).astype(int)
    share = at - left
    return wish.image[:, left] * (1 - share) + wish.image[:, np.minimum(left + 1, columns - 1)] * share


def _edr(wish: CtxWish, ground: NDArray[np.float64]) -> bytes:
    """The raw file: label, then lines from south to north, as MRO flies by day; companded, with dark columns."""
    lines, pixels = ground.shape
    samples = _LEAD + pixels + _TAIL
    rng = np.random.default_rng(zlib.crc32(wish.product_id.encode()))
    dn = np.zeros((lines, samples))
    dn[:, _LEAD : _LEAD + pixels] = ground[::-1] * _DN_OF_IF * _EXPOSURE
    dn += np.where(np.arange(samples) % 2 == 0, *_DARK_DN) + rng.normal(0, 1.5, dn.shape)
    dn = np.clip(dn, 8.0, 4070.0)
    # Square-root companding, by the SIS's quadratic (good to 0.6 DN from code 8 on).
    codes = np.rint((-1.114 + np.sqrt(1.114**2 + 4 * 0.0583 * (dn - 4.9))) / (2 * 0.0583))
    skip = -(-2500 // samples)
    label = _edr_label(wish, lines, samples, skip).encode("ascii")
    return label.ljust(skip * samples) + np.clip(codes, 1, 254).astype(np.uint8).tobytes()


def _edr_label(wish: CtxWish, lines: int, samples: int, skip: int) -> str:
    text = f"""PDS_VERSION_ID = PDS3
FILE_NAME = "{wish.product_id}.IMG"
RECORD_TYPE = FIXED_LENGTH
RECORD_BYTES = {samples}
FILE_RECORDS = {lines + skip}
LABEL_RECORDS = {skip}
^IMAGE = {skip + 1}
SPACECRAFT_NAME = MARS_RECONNAISSANCE_ORBITER
INSTRUMENT_NAME = "CONTEXT CAMERA"
MISSION_PHASE_NAME = "ESP"
TARGET_NAME = MARS
INSTRUMENT_ID = CTX
PRODUCER_ID = MRO_CTX_TEAM
DATA_SET_ID = "MRO-M-CTX-2-EDR-L0-V1.0"
PRODUCT_ID = "{wish.product_id}"
ORBIT_NUMBER = {wish.orbit}
START_TIME = {milliseconds(wish.time)}
STOP_TIME = {milliseconds(_stop(wish))}
SPACECRAFT_CLOCK_START_COUNT = "{clock_count(wish.time)}"
RATIONALE_DESC = "{wish.rationale}"
DATA_QUALITY_DESC = "{wish.quality}"
FOCAL_PLANE_TEMPERATURE = 293.8 <K>
LINE_EXPOSURE_DURATION = {_EXPOSURE} <MSEC>
SAMPLING_FACTOR = 1
SAMPLE_BIT_MODE_ID = "SQROOT"
SAMPLE_FIRST_PIXEL = 0
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
    return text.replace("\n", "\r\n")


def _isis_label(wish: CtxWish) -> str:
    west_edge, _, _, north = wish.box
    degree = math.radians(EQUATORIAL_RADIUS)
    rows, columns = wish.image.shape
    return f"""Object = IsisCube
  Object = Core
    Group = Dimensions
      Samples = {columns}
      Lines   = {rows}
      Bands   = 1
    End_Group
  End_Object

  Group = Instrument
    SpacecraftName = Mars_Reconnaissance_Orbiter
    InstrumentId   = CTX
    StartTime      = {milliseconds(wish.time)}
  End_Group

  Group = Archive
    ProductId = {wish.product_id}
  End_Group

  Group = Mapping
    ProjectionName     = SimpleCylindrical
    CenterLongitude    = 0.0
    TargetName         = Mars
    EquatorialRadius   = {EQUATORIAL_RADIUS} <meters>
    PolarRadius        = {POLAR_RADIUS} <meters>
    LatitudeType       = Planetocentric
    LongitudeDirection = PositiveEast
    LongitudeDomain    = 180
    UpperLeftCornerX   = {_wrapped(west_edge) * degree!r} <meters>
    UpperLeftCornerY   = {north * degree!r} <meters>
    PixelResolution    = {wish.pixel!r} <meters/pixel>
    Scale              = {degree / wish.pixel!r} <pixels/degree>
  End_Group
End_Object
End
"""


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0


def _stop(wish: CtxWish) -> datetime:
    return wish.time + timedelta(seconds=max(wish.image.shape[0] * wish.pixel / _GROUND_SPEED, 1.0))


def _index_values(wish: CtxWish, view: Viewing, shape: tuple[int, ...], solar_longitude: float) -> dict[str, object]:
    left, south, right, north = wish.box
    south, north = areographic(south), areographic(north)
    altitude = 255.0
    return {
        "VOLUME_ID": wish.volume.upper(), "FILE_SPECIFICATION_NAME": f"DATA/{wish.product_id}.IMG",
        "ORIGINAL_PRODUCT_ID": "4A_04_1000000000", "PRODUCT_ID": wish.product_id,
        "IMAGE_TIME": milliseconds(wish.time), "INSTRUMENT_ID": "CTX", "INSTRUMENT_MODE_ID": "NIFL",
        "LINE_SAMPLES": shape[1] + _LEAD + _TAIL, "LINES": shape[0], "SPATIAL_SUMMING": 1,
        "SCALED_PIXEL_WIDTH": wish.pixel, "PIXEL_ASPECT_RATIO": 1.0, "EMISSION_ANGLE": view.emission,
        "INCIDENCE_ANGLE": view.incidence, "PHASE_ANGLE": view.phase,
        "CENTER_LONGITUDE": west(wish.longitude), "CENTER_LATITUDE": areographic(wish.latitude),
        # The first line is the southernmost.
        "UPPER_LEFT_LONGITUDE": west(left), "UPPER_LEFT_LATITUDE": south,
        "UPPER_RIGHT_LONGITUDE": west(right), "UPPER_RIGHT_LATITUDE": south,
        "LOWER_LEFT_LONGITUDE": west(left), "LOWER_LEFT_LATITUDE": north,
        "LOWER_RIGHT_LONGITUDE": west(right), "LOWER_RIGHT_LATITUDE": north,
        "MISSION_PHASE_NAME": "ESP", "TARGET_NAME": "MARS",
        "SPACECRAFT_CLOCK_START_COUNT": clock_count(wish.time)[:15], "FOCAL_PLANE_TEMPERATURE": 293.8,
        "LINE_EXPOSURE_DURATION": _EXPOSURE, "OFFSET_MODE_ID": "197/233/228", "SAMPLE_FIRST_PIXEL": 0,
        "SCALED_IMAGE_WIDTH": shape[1] * wish.pixel / 1000, "SCALED_IMAGE_HEIGHT": shape[0] * wish.pixel / 1000,
        "SPACECRAFT_ALTITUDE": altitude, "TARGET_CENTER_DISTANCE": 3640.0, "SLANT_DISTANCE": altitude,
        "USAGE_NOTE": "N", "NORTH_AZIMUTH": 270.0, "SUB_SOLAR_AZIMUTH": (view.azimuth + 270.0) % 360.0,
        "SUB_SOLAR_LONGITUDE": west(view.sun.longitude), "SUB_SOLAR_LATITUDE": view.sun.latitude,
        "SUB_SPACECRAFT_LONGITUDE": west(wish.longitude), "SUB_SPACECRAFT_LATITUDE": areographic(wish.latitude),
        "SOLAR_DISTANCE": view.sun.distance * 149597870.7, "SOLAR_LONGITUDE": solar_longitude,
        "LOCAL_TIME": view.local_time, "IMAGE_SKEW_ANGLE": 90.0, "RATIONALE_DESC": wish.rationale,
        "DATA_QUALITY_DESC": wish.quality, "ORBIT_NUMBER": wish.orbit,
    }  # fmt: skip


def _record(wish: CtxWish, view: Viewing, row: str, sizes: dict[str, int], solar_longitude: float) -> dict[str, Any]:
    name, stop = wish.product_id, _stop(wish)
    left, south, right, north = wish.box
    corners = [(right, north), (right, south), (left, south), (left, north)]

    def ring(wrap: Any) -> str:
        points = ", ".join(f"{number(wrap(x))} {number(y)}" for x, y in [*corners, corners[0]])
        return f"POLYGON (({points}))"

    middle = wish.time + (stop - wish.time) / 2
    crosses = (left % 360.0) > (right % 360.0)
    raw = f"{STORED_ROOT}/{wish.volume}/data/{name}.IMG"
    browse = f"{STORED_ROOT}/{wish.volume}/extras/browse/{name}.IMG.jpeg"
    return {
        "pdsid": name, "ode_id": str(9_000_000 + zlib.crc32(name.encode()) % 1_000_000), "ihid": "MRO", "iid": "CTX",
        "pt": "EDR", "Data_Set_Id": "MRO-M-CTX-2-EDR-L0-V1.0", "PDSVolume_Id": wish.volume.upper(),
        "RelativePathtoVol": "data\\", "LabelFileName": f"{name}.IMG".lower(), "Target_name": "MARS",
        "Producer_id": "MRO_CTX_TEAM", "Observation_time": milliseconds(middle),
        "Start_orbit_number": str(wish.orbit), "Stop_orbit_number": str(wish.orbit),
        "UTC_start_time": milliseconds(wish.time), "UTC_stop_time": milliseconds(stop),
        "Emission_angle": number(view.emission, 2), "Incidence_angle": number(view.incidence, 2),
        "Phase_angle": number(view.phase, 2), "Map_scale": number(wish.pixel, 2),
        "Solar_longitude": number(solar_longitude, 2), "Center_georeferenced": "True",
        "Center_latitude": number(wish.latitude), "Center_longitude": number(wish.longitude % 360.0),
        "BB_georeferenced": "True",
        # The service gives these two the wrong way round for what crosses longitude 0.
        "Westernmost_longitude": number((right if crosses else left) % 360.0),
        "Easternmost_longitude": number((left if crosses else right) % 360.0),
        "Maximum_latitude": number(north), "Minimum_latitude": number(south),
        "Footprint_geometry": ring(lambda x: x % 360.0), "Footprint_C0_geometry": ring(_wrapped),
        "Footprint_GL_geometry": ring(lambda x: x % 360.0), "Footprint_NP_geometry": "MULTIPOLYGON EMPTY",
        "Footprint_SP_geometry": "MULTIPOLYGON EMPTY", "Footprints_cross_meridian": str(crosses),
        "Pole_state": "none", "Footprint_souce": "PDS Archive Index Table", "Comment": wish.rationale,
        "ODE_notes": {"ODE_note": ["NOTE: Product Type set by ODE", INDEX_NOTE, row,
                                   "NOTE: CTX location data updated from index table entry"]},
        "LabelURL": raw,
        "Product_files": {"Product_file": [
            {"Description": "PRODUCT DATA FILE WITH LABEL", "FileName": f"{name}.IMG", "KBytes": str(sizes["image"]),
             "Type": "Product", "URL": raw},
            {"Description": "BROWSE IMAGE", "FileName": f"{name}.IMG.JPEG", "KBytes": str(sizes["browse"]),
             "Type": "Browse", "URL": browse},
        ]},
    }  # fmt: skip


def _stretched(image: NDArray[np.float64]) -> NDArray[np.uint8]:
    """8-bit as ASU gives it: relative brightness, 0 for no data."""
    low, high = np.percentile(image, [0.5, 99.5])
    return np.clip(np.rint(1 + (image - low) * 253 / max(high - low, 1e-9)), 1, 254).astype(np.uint8)


def _write_tiff(path: Path, values: NDArray[np.uint8], driver: str, options: list[str]) -> None:
    rows, columns = values.shape
    memory = gdal.GetDriverByName("MEM").Create("", columns, rows, 1, gdal.GDT_Byte)
    memory.GetRasterBand(1).WriteArray(values)
    with whole_file(path) as part, gdal_quiet():
        copy = gdal.GetDriverByName(driver).CreateCopy(str(part), memory, 0, options)
        if copy is None:
            raise InputError(f"{path} could not be written.", "Check GDAL's drivers.")
        copy = None


def _write(path: Path, data: bytes) -> None:
    with whole_file(path) as part:
        part.write_bytes(data)
