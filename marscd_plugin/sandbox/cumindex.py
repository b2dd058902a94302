"""CTX's cumulative index: 51 columns, 555 bytes a row with its CRLF, longitudes west, latitudes areographic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

ROW_BYTES = 555
#: name, bytes, format; text (A) stands in quotes, which are not counted.
COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("VOLUME_ID", 9, "A"), ("FILE_SPECIFICATION_NAME", 35, "A"), ("ORIGINAL_PRODUCT_ID", 16, "A"),
    ("PRODUCT_ID", 26, "A"), ("IMAGE_TIME", 23, "A"), ("INSTRUMENT_ID", 6, "A"), ("INSTRUMENT_MODE_ID", 5, "A"),
    ("LINE_SAMPLES", 4, "0"), ("LINES", 6, "0"), ("SPATIAL_SUMMING", 2, "0"), ("SCALED_PIXEL_WIDTH", 8, "2"),
    ("PIXEL_ASPECT_RATIO", 6, "2"), ("EMISSION_ANGLE", 6, "2"), ("INCIDENCE_ANGLE", 6, "2"), ("PHASE_ANGLE", 6, "2"),
    ("CENTER_LONGITUDE", 6, "2"), ("CENTER_LATITUDE", 6, "2"), ("UPPER_LEFT_LONGITUDE", 6, "2"),
    ("UPPER_LEFT_LATITUDE", 6, "2"), ("UPPER_RIGHT_LONGITUDE", 6, "2"), ("UPPER_RIGHT_LATITUDE", 6, "2"),
    ("LOWER_LEFT_LONGITUDE", 6, "2"), ("LOWER_LEFT_LATITUDE", 6, "2"), ("LOWER_RIGHT_LONGITUDE", 6, "2"),
    ("LOWER_RIGHT_LATITUDE", 6, "2"), ("MISSION_PHASE_NAME", 10, "A"), ("TARGET_NAME", 6, "A"),
    ("SPACECRAFT_CLOCK_START_COUNT", 15, "A"), ("FOCAL_PLANE_TEMPERATURE", 5, "1"), ("LINE_EXPOSURE_DURATION", 8, "3"),
    ("OFFSET_MODE_ID", 11, "A"), ("SAMPLE_FIRST_PIXEL", 4, "0"), ("SCALED_IMAGE_WIDTH", 7, "2"),
    ("SCALED_IMAGE_HEIGHT", 8, "2"), ("SPACECRAFT_ALTITUDE", 7, "2"), ("TARGET_CENTER_DISTANCE", 7, "2"),
    ("SLANT_DISTANCE", 7, "2"), ("USAGE_NOTE", 1, "A"), ("NORTH_AZIMUTH", 6, "2"), ("SUB_SOLAR_AZIMUTH", 6, "2"),
    ("SUB_SOLAR_LONGITUDE", 6, "2"), ("SUB_SOLAR_LATITUDE", 6, "2"), ("SUB_SPACECRAFT_LONGITUDE", 6, "2"),
    ("SUB_SPACECRAFT_LATITUDE", 6, "2"), ("SOLAR_DISTANCE", 11, "1"), ("SOLAR_LONGITUDE", 6, "2"),
    ("LOCAL_TIME", 5, "2"), ("IMAGE_SKEW_ANGLE", 5, "1"), ("RATIONALE_DESC", 80, "A"), ("DATA_QUALITY_DESC", 6, "A"),
    ("ORBIT_NUMBER", 6, "0"),
)  # fmt: skip
_FLATTENING = (3376.2 / 3396.19) ** 2


def west(longitude: float) -> float:
    """Degrees 0..360 to the west of an east longitude."""
    return (-longitude) % 360.0


def areographic(latitude: float) -> float:
    """The planetographic latitude of a planetocentric one, degrees."""
    if abs(latitude) >= 90.0:
        return latitude
    return math.degrees(math.atan(math.tan(math.radians(latitude)) / _FLATTENING))


def index_row(values: Mapping[str, object]) -> str:
    """One row, 553 characters, without its line end. Raises ValueError for a number that does not fit its column."""
    cells = []
    for name, width, form in COLUMNS:
        value = values[name]
        if form == "A":
            text = str(value).encode("ascii", "replace").decode().replace('"', "'")
            cells.append('"' + text[:width].ljust(width) + '"')
            continue
        text = f"{float(str(value)):.{form}f}"
        if len(text) > width:
            raise ValueError(f"{name} of {values['PRODUCT_ID']} does not fit its {width} bytes: {text}")
        cells.append(text.rjust(width))
    row = ",".join(cells)
    if len(row) != ROW_BYTES - 2:
        raise ValueError(f"the index row of {values['PRODUCT_ID']} has {len(row)} characters")
    return row


def index_table(rows: Sequence[str]) -> bytes:
    """The whole table."""
    return "".join(row + "\r\n" for row in rows).encode("ascii")


def index_label(rows: int) -> bytes:
    """The table's own PDS3 label."""
    lines = [
        "PDS_VERSION_ID                 = PDS3", "RECORD_TYPE                    = FIXED_LENGTH",
        f"RECORD_BYTES                   = {ROW_BYTES}", f"FILE_RECORDS                   = {rows}",
        '^TABLE                         = "CUMINDEX.TAB"', 'DATA_SET_ID                    = "MRO-M-CTX-2-EDR-L0-V1.0"',
        "", "OBJECT                         = TABLE", " INTERCHANGE_FORMAT            = ASCII",
        f" ROWS                          = {rows}", f" COLUMNS                       = {len(COLUMNS)}",
        f" ROW_BYTES                     = {ROW_BYTES}", " INDEX_TYPE                    = CUMULATIVE",
    ]  # fmt: skip
    start = 1
    for number, (name, width, form) in enumerate(COLUMNS, start=1):
        quote = form == "A"
        kind = "CHARACTER" if quote else "ASCII_INTEGER" if form == "0" else "ASCII_REAL"
        lines += ["", "OBJECT = COLUMN", f"NAME = {name}", f"COLUMN_NUMBER = {number}", f"DATA_TYPE = {kind}",
                  f"START_BYTE = {start + quote}", f"BYTES = {width}", "END_OBJECT = COLUMN"]  # fmt: skip
        start += width + 2 * quote + 1
    lines += ["", "END_OBJECT                     = TABLE", "END"]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")
