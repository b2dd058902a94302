"""Rows of the archives' cumulative indexes: HiRISE's RDRCUMINDEX (54 columns) and CTX's cumindex (51 columns).

Both are fixed-length tables of comma-separated, quoted text. A row of the right length is cut by its columns' places
(as the tables' own labels give them: a quote inside a comment does no harm then); one whose blanks somebody squeezed
out, as ODE may, is read by its commas.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass

#: name:bytes, with q where the text stands in quotes (not counted in the bytes).
_HIRISE = (
    "VOLUME_ID:10q FILE_NAME_SPECIFICATION:67q INSTRUMENT_HOST_ID:3q INSTRUMENT_ID:6q OBSERVATION_ID:15q "
    "PRODUCT_ID:21q PRODUCT_VERSION_ID:3q TARGET_NAME:32q ORBIT_NUMBER:6 MISSION_PHASE_NAME:30q RATIONALE_DESC:75q "
    "OBSERVATION_START_TIME:24q OBSERVATION_START_COUNT:16q START_TIME:24q SPACECRAFT_CLOCK_START_COUNT:16q "
    "STOP_TIME:24q SPACECRAFT_CLOCK_STOP_COUNT:16q IMAGE_LINES:6 LINE_SAMPLES:6 EMISSION_ANGLE:8 INCIDENCE_ANGLE:7 "
    "PHASE_ANGLE:8 SPACECRAFT_ALTITUDE:8 TARGET_CENTER_DISTANCE:7 SLANT_DISTANCE:8 NORTH_AZIMUTH:10 "
    "SUB_SOLAR_AZIMUTH:10 SUB_SOLAR_LATITUDE:10 SUB_SOLAR_LONGITUDE:10 SUB_SPACECRAFT_LATITUDE:10 "
    "SUB_SPACECRAFT_LONGITUDE:10 SOLAR_DISTANCE:10 SOLAR_LONGITUDE:10 LOCAL_TIME:10 STEREO_FLAG:3q "
    "MINIMUM_LATITUDE:10 MAXIMUM_LATITUDE:10 MINIMUM_LONGITUDE:10 MAXIMUM_LONGITUDE:10 MAP_SCALE:5 MAP_RESOLUTION:10 "
    "MAP_PROJECTION_TYPE:19q PROJECTION_CENTER_LATITUDE:5 PROJECTION_CENTER_LONGITUDE:8 LINE_PROJECTION_OFFSET:12 "
    "SAMPLE_PROJECTION_OFFSET:12 CORNER1_LATITUDE:10 CORNER1_LONGITUDE:10 CORNER2_LATITUDE:10 CORNER2_LONGITUDE:10 "
    "CORNER3_LATITUDE:10 CORNER3_LONGITUDE:10 CORNER4_LATITUDE:10 CORNER4_LONGITUDE:10"
)
_CTX = (
    "VOLUME_ID:9q FILE_SPECIFICATION_NAME:35q ORIGINAL_PRODUCT_ID:16q PRODUCT_ID:26q IMAGE_TIME:23q INSTRUMENT_ID:6q "
    "INSTRUMENT_MODE_ID:5q LINE_SAMPLES:4 LINES:6 SPATIAL_SUMMING:2 SCALED_PIXEL_WIDTH:8 PIXEL_ASPECT_RATIO:6 "
    "EMISSION_ANGLE:6 INCIDENCE_ANGLE:6 PHASE_ANGLE:6 CENTER_LONGITUDE:6 CENTER_LATITUDE:6 UPPER_LEFT_LONGITUDE:6 "
    "UPPER_LEFT_LATITUDE:6 UPPER_RIGHT_LONGITUDE:6 UPPER_RIGHT_LATITUDE:6 LOWER_LEFT_LONGITUDE:6 "
    "LOWER_LEFT_LATITUDE:6 LOWER_RIGHT_LONGITUDE:6 LOWER_RIGHT_LATITUDE:6 MISSION_PHASE_NAME:10q TARGET_NAME:6q "
    "SPACECRAFT_CLOCK_START_COUNT:15q FOCAL_PLANE_TEMPERATURE:5 LINE_EXPOSURE_DURATION:8 OFFSET_MODE_ID:11q "
    "SAMPLE_FIRST_PIXEL:4 SCALED_IMAGE_WIDTH:7 SCALED_IMAGE_HEIGHT:8 SPACECRAFT_ALTITUDE:7 TARGET_CENTER_DISTANCE:7 "
    "SLANT_DISTANCE:7 USAGE_NOTE:1q NORTH_AZIMUTH:6 SUB_SOLAR_AZIMUTH:6 SUB_SOLAR_LONGITUDE:6 SUB_SOLAR_LATITUDE:6 "
    "SUB_SPACECRAFT_LONGITUDE:6 SUB_SPACECRAFT_LATITUDE:6 SOLAR_DISTANCE:11 SOLAR_LONGITUDE:6 LOCAL_TIME:5 "
    "IMAGE_SKEW_ANGLE:5 RATIONALE_DESC:80q DATA_QUALITY_DESC:6q ORBIT_NUMBER:6"
)


@dataclass(frozen=True)
class Column:
    """``start`` is the first character's place in the row, from 0; ``place`` the column's number, from 0."""

    start: int
    width: int
    place: int


class Row(dict[str, str]):
    """A row's values by column, stripped; what is not there is ""."""

    def __missing__(self, name: str) -> str:
        return ""

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number within its possible range. The tables' marks for "not known" (999.90, -9998) lie outside."""
        try:
            value = float(self[name])
        except ValueError:
            return None
        return value if low <= value <= high else None


@dataclass(frozen=True)
class Layout:
    """One table's columns; ``length`` is a row's without its line end."""

    columns: Mapping[str, Column]
    length: int

    def read(self, line: str, names: tuple[str, ...]) -> Row | None:
        """The named columns of a row, or None where it is none of this table's."""
        if len(line) == self.length and line[self.columns["PRODUCT_ID"].start - 1] == '"':
            columns = self.columns
            return Row(
                (name, line[columns[name].start : columns[name].start + columns[name].width].strip()) for name in names
            )
        try:
            fields = next(csv.reader([line], skipinitialspace=True), [])
        except csv.Error:
            return None
        if len(fields) != len(self.columns):
            return None
        return Row((name, fields[self.columns[name].place].strip()) for name in names)


def _layout(text: str) -> Layout:
    columns: dict[str, Column] = {}
    at = 0
    for place, entry in enumerate(text.split()):
        name, _, size = entry.partition(":")
        quote, width = size.endswith("q"), int(size.rstrip("q"))
        columns[name] = Column(at + quote, width, place)
        at += width + 2 * quote + 1
    return Layout(columns, at - 1)


LAYOUTS: Mapping[str, Layout] = {"HIRISE": _layout(_HIRISE), "CTX": _layout(_CTX)}
