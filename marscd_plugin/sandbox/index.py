"""RDRCUMINDEX: 54 columns, 821 bytes a row with its CRLF, and the label that describes them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from .facts import Facts, clock_count, seconds
from .projection import local_radius

ROW_BYTES = 821
MISSION_ALTITUDE_KM = 255.0

#: name, PDS data type, bytes, format. Text is quoted; the quotes and commas are not counted in the bytes.
COLUMNS: tuple[tuple[str, str, int, str], ...] = (
    ("VOLUME_ID", "CHARACTER", 10, "A10"),
    ("FILE_NAME_SPECIFICATION", "CHARACTER", 67, "A67"),
    ("INSTRUMENT_HOST_ID", "CHARACTER", 3, "A3"),
    ("INSTRUMENT_ID", "CHARACTER", 6, "A6"),
    ("OBSERVATION_ID", "CHARACTER", 15, "A15"),
    ("PRODUCT_ID", "CHARACTER", 21, "A21"),
    ("PRODUCT_VERSION_ID", "CHARACTER", 3, "A3"),
    ("TARGET_NAME", "CHARACTER", 32, "A32"),
    ("ORBIT_NUMBER", "ASCII_INTEGER", 6, "I6"),
    ("MISSION_PHASE_NAME", "CHARACTER", 30, "A30"),
    ("RATIONALE_DESC", "CHARACTER", 75, "A75"),
    ("OBSERVATION_START_TIME", "TIME", 24, "A24"),
    ("OBSERVATION_START_COUNT", "CHARACTER", 16, "A16"),
    ("START_TIME", "TIME", 24, "A24"),
    ("SPACECRAFT_CLOCK_START_COUNT", "CHARACTER", 16, "A16"),
    ("STOP_TIME", "TIME", 24, "A24"),
    ("SPACECRAFT_CLOCK_STOP_COUNT", "CHARACTER", 16, "A16"),
    ("IMAGE_LINES", "ASCII_INTEGER", 6, "I6"),
    ("LINE_SAMPLES", "ASCII_INTEGER", 6, "I6"),
    ("EMISSION_ANGLE", "ASCII_REAL", 8, "F8.5"),
    ("INCIDENCE_ANGLE", "ASCII_REAL", 7, "F7.4"),
    ("PHASE_ANGLE", "ASCII_REAL", 8, "F7.4"),
    ("SPACECRAFT_ALTITUDE", "ASCII_REAL", 8, "F8.3"),
    ("TARGET_CENTER_DISTANCE", "ASCII_REAL", 7, "F7.2"),
    ("SLANT_DISTANCE", "ASCII_REAL", 8, "F8.3"),
    ("NORTH_AZIMUTH", "ASCII_REAL", 10, "F10.4"),
    ("SUB_SOLAR_AZIMUTH", "ASCII_REAL", 10, "F10.4"),
    ("SUB_SOLAR_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("SUB_SOLAR_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("SUB_SPACECRAFT_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("SUB_SPACECRAFT_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("SOLAR_DISTANCE", "ASCII_REAL", 10, "F10.5"),
    ("SOLAR_LONGITUDE", "ASCII_REAL", 10, "F10.3"),
    ("LOCAL_TIME", "ASCII_REAL", 10, "F10.4"),
    ("STEREO_FLAG", "CHARACTER", 3, "A3"),
    ("MINIMUM_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("MAXIMUM_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("MINIMUM_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("MAXIMUM_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("MAP_SCALE", "ASCII_REAL", 5, "F5.2"),
    ("MAP_RESOLUTION", "ASCII_REAL", 10, "F10.3"),
    ("MAP_PROJECTION_TYPE", "CHARACTER", 19, "A19"),
    ("PROJECTION_CENTER_LATITUDE", "ASCII_REAL", 5, "F5.1"),
    ("PROJECTION_CENTER_LONGITUDE", "ASCII_REAL", 8, "F8.3"),
    ("LINE_PROJECTION_OFFSET", "ASCII_REAL", 12, "F12.1"),
    ("SAMPLE_PROJECTION_OFFSET", "ASCII_REAL", 12, "F12.1"),
    ("CORNER1_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER1_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER2_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER2_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER3_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER3_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER4_LATITUDE", "ASCII_REAL", 10, "F10.4"),
    ("CORNER4_LONGITUDE", "ASCII_REAL", 10, "F10.4"),
)


def _quoted_column(kind: str) -> bool:
    return kind in ("CHARACTER", "TIME")


def coarse(value: float) -> float:
    """A number as the real table holds its large ones: six significant digits, then single precision.

    ESP_012600_1655's LINE_PROJECTION_OFFSET is -1673830.0 there, and AEB_000001_0150's MAP_RESOLUTION 40183.102.
    """
    return struct.unpack("f", struct.pack("f", float(f"{value:.6g}")))[0]


def _values(facts: Facts) -> list[object]:
    name, grid, view, sun = facts.name, facts.grid, facts.viewing, facts.viewing.sun
    lon, lat = facts.centre
    latitudes = [c[1] for c in facts.corners]
    longitudes = [c[0] for c in facts.corners]
    count = clock_count(facts.start)
    return [
        "MROHR_0001", name.image_path, "MRO", "HIRISE", name.observation_id, name.product_id, "1", "MARS", name.orbit,
        name.phase_name.title(), facts.rationale, seconds(facts.start), count, seconds(facts.start), count,
        seconds(facts.stop), clock_count(facts.stop), grid.lines, grid.samples, view.emission, view.incidence,
        view.phase,
        MISSION_ALTITUDE_KM, local_radius(lat) / 1000 + MISSION_ALTITUDE_KM, MISSION_ALTITUDE_KM, facts.north_azimuth,
        facts.sub_solar_azimuth, sun.latitude, sun.longitude, lat, lon, sun.distance,
        facts.solar_longitude, view.local_time, "NO", min(latitudes), max(latitudes), min(longitudes), max(longitudes),
        grid.scale, coarse(grid.projection.resolution(grid.scale)), grid.projection.name,
        grid.projection.center_latitude,
        grid.projection.center_longitude, coarse(grid.line_offset), coarse(grid.sample_offset),
        *(value for corner in facts.corners for value in (corner[1], corner[0])),
    ]  # fmt: skip


def index_row(facts: Facts) -> str:
    """One row of the table, 819 characters, without its line end."""
    cells = []
    for (column, kind, width, form), value in zip(COLUMNS, _values(facts), strict=True):
        if _quoted_column(kind):
            text = str(value).encode("ascii", "replace").decode().replace('"', "'")
            cells.append('"' + text[:width].ljust(width) + '"')
            continue
        text = str(value) if form.startswith("I") else f"{value:.{form.partition('.')[2]}f}"
        if len(text) > width:
            raise ValueError(f"{column} of {facts.name.product_id} does not fit its {width} bytes: {text}")
        cells.append(text.rjust(width))
    row = ",".join(cells)
    if len(row) != ROW_BYTES - 2:
        raise ValueError(
            f"the index row of {facts.name.product_id} has {len(row)} characters instead of {ROW_BYTES - 2}"
        )
    return row


def index_table(rows: Sequence[str]) -> bytes:
    """The whole table, rows in the order given."""
    return "".join(row + "\r\n" for row in rows).encode("ascii")


def index_label(rows: int) -> str:
    """The table's own PDS3 label."""
    lines = [
        "PDS_VERSION_ID = PDS3", "RECORD_TYPE = FIXED_LENGTH", f"RECORD_BYTES = {ROW_BYTES}", f"FILE_RECORDS = {rows}",
        '^RDR_INDEX_TABLE = "RDRCUMINDEX.TAB"', "OBJECT = RDR_INDEX_TABLE", "    INDEX_TYPE = SINGLE",
        "    INTERCHANGE_FORMAT = ASCII", f"    ROWS = {rows}", f"    ROW_BYTES = {ROW_BYTES}",
        f"    COLUMNS = {len(COLUMNS)}",
    ]  # fmt: skip
    start = 1
    for name, kind, width, form in COLUMNS:
        quote = 1 if _quoted_column(kind) else 0
        lines += [
            "    OBJECT = COLUMN", f"        NAME = {name}", f"        DATA_TYPE = {kind}",
            f"        START_BYTE = {start + quote}",
            f"        BYTES = {width}", f'        FORMAT = "{form}"', "    END_OBJECT",
        ]  # fmt: skip
        start += width + 2 * quote + 1
    lines += ["END_OBJECT = RDR_INDEX_TABLE", "END"]
    return "\r\n".join(lines) + "\r\n"
