"""The detached PDS3 label of a HiRISE RDR product, in the layout of the archive's own (CRLF)."""

from __future__ import annotations

from collections.abc import Iterable

from ..__about__ import version
from .facts import Facts, clock_count, milliseconds, seconds

NOT_APPLICABLE = -9998
_WIDTH = 78
_EQUIRECTANGULAR_NOTE = """\
    /* NOTE: The EQUIRECTANGULAR projection is based on the formula  */
    /* for a sphere. To eliminate confusion in the                   */
    /* IMAGE_MAP_PROJECTION object we have set all three radii,      */
    /* A_AXIS_RADIUS, B_AXIS_RADIUS, and C_AXIS_RADIUS to the same   */
    /* number. The value recorded in the three radii is the local    */
    /* radius at the CENTER_LATITUDE on the Mars ellipsoid. That is, */
    /* equatorial radius of 3396.190000 km and polar radius of       */
    /* 3376.200000 kilometers. Using the local radius of the         */
    /* ellipsoid implies that the MAP_SCALE and MAP_RESOLUTION are   */
    /* true at the CENTER_LATITUDE.                                  */"""


def _wrapped(keyword: str, value: str, indent: int, column: int) -> list[str]:
    """``keyword = value`` with the value broken at blanks so that lines stay within the archive's width."""
    head = " " * indent + keyword.ljust(column - indent) + "= "
    lines, line = [], head
    for index, word in enumerate(value.split(" ")):
        piece = word if index == 0 else " " + word
        if index and len(line) + len(piece) > _WIDTH:
            lines.append(line)
            line = " " * len(head) + word
        else:
            line += piece
    return [*lines, line]


def _block(pairs: Iterable[tuple[str, str]], indent: int, column: int) -> list[str]:
    return [line for keyword, value in pairs for line in _wrapped(keyword, value, indent, column)]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'").replace("\r", " ").replace("\n", " ") + '"'


def _sequence(values: Iterable[object]) -> str:
    return "(" + ", ".join(str(v) for v in values) + ")"


def _sources(facts: Facts) -> list[str]:
    observation = facts.name.observation_id
    if facts.name.kind == "RED":
        ccds = [f"RED{n}" for n in range(10)]
    else:
        ccds = ["BG12", "RED4", "IR10", "BG13", "RED5", "IR11"]
    return [f"{observation}_{ccd}_{channel}" for ccd in ccds for channel in (0, 1)]


def _per_ccd(facts: Facts, red: object, colour: object, unused: object) -> list[object]:
    """One value for each of the 14 CCDs: RED0-9, IR10, IR11, BG12, BG13."""
    if facts.name.kind == "RED":
        return [red] * 10 + [unused] * 4
    return [unused] * 4 + [red] * 2 + [unused] * 4 + [colour] * 4


def _identification(facts: Facts) -> list[str]:
    name = facts.name
    pairs = [
        ("NOT_APPLICABLE_CONSTANT", str(NOT_APPLICABLE)),
        ("DATA_SET_ID", '"MRO-M-HIRISE-3-RDR-V1.1"'),
        ("DATA_SET_NAME", '"MRO MARS HIGH RESOLUTION IMAGING SCIENCE EXPERIMENT RDR V1.1"'),
        ("PRODUCER_INSTITUTION_NAME", '"UNIVERSITY OF ARIZONA"'),
        ("PRODUCER_ID", '"UA"'),
        ("PRODUCER_FULL_NAME", '"ALFRED MCEWEN"'),
        ("OBSERVATION_ID", _quoted(name.observation_id)),
        ("PRODUCT_ID", _quoted(name.product_id)),
        ("PRODUCT_VERSION_ID", '"1.0"'),
        ("INSTRUMENT_HOST_NAME", '"MARS RECONNAISSANCE ORBITER"'),
        ("INSTRUMENT_HOST_ID", '"MRO"'),
        ("INSTRUMENT_NAME", '"HIGH RESOLUTION IMAGING SCIENCE EXPERIMENT"'),
        ("INSTRUMENT_ID", '"HIRISE"'),
        ("TARGET_NAME", '"MARS"'),
        ("MISSION_PHASE_NAME", _quoted(name.phase_name)),
        ("ORBIT_NUMBER", str(name.orbit)),
        ("SOURCE_PRODUCT_ID", _sequence(_sources(facts))),
        ("RATIONALE_DESC", _quoted(facts.rationale)),
        ("SOFTWARE_NAME", _quoted(f"MarsCD sandbox {version()}")),
    ]
    return [
        "PDS_VERSION_ID            = PDS3",
        "/* Written by the MarsCD sandbox: not a product of the HiRISE team. */",
        "/* Identification Information */",
        *_block(pairs, 0, 26),
    ]


def _map_projection(facts: Facts) -> list[str]:
    grid, projection = facts.grid, facts.grid.projection
    south, north, west, east = grid.bounds()
    digits = 13 if not projection.polar else 6
    a, b, c = (f"{axis / 1000:.{digits - 3}f} <KM>" for axis in projection.axes)
    first = [
        ("^DATA_SET_MAP_PROJECTION", '"DSMAP.CAT"'),
        ("MAP_PROJECTION_TYPE", _quoted(projection.name)),
        ("PROJECTION_LATITUDE_TYPE", "PLANETOCENTRIC"),
    ]
    second = [
        ("A_AXIS_RADIUS", a),
        ("B_AXIS_RADIUS", b),
        ("C_AXIS_RADIUS", c),
        ("COORDINATE_SYSTEM_NAME", "PLANETOCENTRIC"),
        ("POSITIVE_LONGITUDE_DIRECTION", "EAST"),
        ("KEYWORD_LATITUDE_TYPE", "PLANETOCENTRIC"),
    ]
    third = [
        ("CENTER_LATITUDE", f"{projection.center_latitude:.3f} <DEG>"),
        ("CENTER_LONGITUDE", f"{projection.center_longitude:.3f} <DEG>"),
        ("LINE_FIRST_PIXEL", "1"),
        ("LINE_LAST_PIXEL", str(grid.lines)),
        ("SAMPLE_FIRST_PIXEL", "1"),
        ("SAMPLE_LAST_PIXEL", str(grid.samples)),
        ("MAP_PROJECTION_ROTATION", "0.0 <DEG>"),
        ("MAP_RESOLUTION", f"{projection.resolution(grid.scale):.14g} <PIX/DEG>"),
        ("MAP_SCALE", f"{grid.scale!r} <METERS/PIXEL>"),
        ("MAXIMUM_LATITUDE", f"{north:.14g} <DEG>"),
        ("MINIMUM_LATITUDE", f"{south:.14g} <DEG>"),
        ("LINE_PROJECTION_OFFSET", f"{grid.line_offset!r} <PIXEL>"),
        ("SAMPLE_PROJECTION_OFFSET", f"{grid.sample_offset!r} <PIXEL>"),
        ("EASTERNMOST_LONGITUDE", f"{east:.14g} <DEG>"),
        ("WESTERNMOST_LONGITUDE", f"{west:.14g} <DEG>"),
    ]
    return [
        "OBJECT = IMAGE_MAP_PROJECTION",
        *_block(first, 4, 33),
        *([] if projection.polar else _EQUIRECTANGULAR_NOTE.split("\n")),
        *_block(second, 4, 33),
        "    /* NOTE:  CENTER_LATITUDE and CENTER_LONGITUDE describe the location  */",
        "    /* of the center of projection, which is not necessarily equal to the */",
        "    /* location of the center point of the image.                         */",
        *_block(third, 4, 33),
        "END_OBJECT = IMAGE_MAP_PROJECTION",
    ]


def _times(facts: Facts) -> list[str]:
    return [
        "/* All xxx_COUNT values are for the MRO spacecraft clock (SCLK)         */",
        "/* in seconds:subseconds form. A subsecond tick = 15.2588 microseconds. */",
        "/* All xxx_TIME values are referenced to UTC.                           */",
        "GROUP = TIME_PARAMETERS",
        "    /* Time when the observation first started */",
        *_block([("MRO:OBSERVATION_START_TIME", milliseconds(facts.start))], 4, 33),
        "    /* Time of the first image line */",
        *_block([("START_TIME", milliseconds(facts.start))], 4, 33),
        *_block([("SPACECRAFT_CLOCK_START_COUNT", _quoted(clock_count(facts.start)))], 4, 33),
        "    /* Time of the last image line */",
        *_block([("STOP_TIME", milliseconds(facts.stop))], 4, 33),
        *_block([("SPACECRAFT_CLOCK_STOP_COUNT", _quoted(clock_count(facts.stop)))], 4, 33),
        "    /* Time when this RDR product was created */",
        *_block([("PRODUCT_CREATION_TIME", seconds(facts.created))], 4, 33),
        "END_GROUP = TIME_PARAMETERS",
    ]


def _settings(facts: Facts) -> list[str]:
    binning = 1 if facts.grid.scale < 0.4 else 2 if facts.grid.scale < 0.8 else 4
    pairs = [
        ("MRO:CCD_FLAG", _sequence(["ON"] * 14)),
        ("MRO:BINNING", _sequence(_per_ccd(facts, binning, 2 * binning, NOT_APPLICABLE))),
        ("MRO:TDI", _sequence(_per_ccd(facts, 64, 64, NOT_APPLICABLE))),
        ("MRO:SPECIAL_PROCESSING_FLAG", _sequence(_per_ccd(facts, "NOMINAL", "NOMINAL", '"NULL"'))),
    ]
    return ["GROUP = INSTRUMENT_SETTING_PARAMETERS", *_block(pairs, 4, 32), "END_GROUP = INSTRUMENT_SETTING_PARAMETERS"]


def _viewing(facts: Facts) -> list[str]:
    view = facts.viewing
    pairs = [
        ("INCIDENCE_ANGLE", f"{view.incidence:.6f} <DEG>"),
        ("EMISSION_ANGLE", f"{view.emission:.6f} <DEG>"),
        ("PHASE_ANGLE", f"{view.phase:.6f} <DEG>"),
        ("LOCAL_TIME", f"{view.local_time:.5f} <LOCALDAY/24>"),
        ("SOLAR_LONGITUDE", f"{facts.solar_longitude:.6f} <DEG>"),
        ("SUB_SOLAR_AZIMUTH", f"{facts.sub_solar_azimuth:.6f} <DEG>"),
        ("NORTH_AZIMUTH", f"{facts.north_azimuth:.6f} <DEG>"),
    ]
    return ["GROUP = VIEWING_PARAMETERS", *_block(pairs, 4, 22), "END_GROUP = VIEWING_PARAMETERS"]


def _files(facts: Facts) -> list[str]:
    grid, name = facts.grid, facts.name.product_id
    record_bytes = grid.samples * 2
    records = grid.lines * facts.bands
    compressed = [
        ("FILE_NAME", _quoted(f"{name}.JP2")),
        ("RECORD_TYPE", "UNDEFINED"),
        ("ENCODING_TYPE", '"JP2"'),
        ("ENCODING_TYPE_VERSION_NAME", '"ISO/IEC15444-1:2004"'),
        ("INTERCHANGE_FORMAT", "BINARY"),
        ("UNCOMPRESSED_FILE_NAME", _quoted(f"{name}.IMG")),
        ("REQUIRED_STORAGE_BYTES", f"{record_bytes * records} <BYTES>"),
        ("^DESCRIPTION", '"JP2INFO.TXT"'),
    ]
    uncompressed = [
        ("FILE_NAME", _quoted(f"{name}.IMG")),
        ("RECORD_TYPE", "FIXED_LENGTH"),
        ("RECORD_BYTES", f"{record_bytes} <BYTES>"),
        ("FILE_RECORDS", str(records)),
        ("^IMAGE", _quoted(f"{name}.IMG")),
    ]
    return [
        "",
        "/* The JPEG2000 image data file associated with this label. */",
        "OBJECT = COMPRESSED_FILE",
        *_block(compressed, 4, 31),
        "END_OBJECT = COMPRESSED_FILE",
        "",
        "/* The source image data definition. */",
        "OBJECT = UNCOMPRESSED_FILE",
        *_block(uncompressed, 4, 17),
        *_image(facts),
        "END_OBJECT = UNCOMPRESSED_FILE",
        "END",
    ]


def _image(facts: Facts) -> list[str]:
    colour = facts.bands == 3

    def each(one: str, three: str) -> str:
        return three if colour else one

    first = [
        ("DESCRIPTION", '"HiRISE projected and mosaicked product"'),
        ("LINES", str(facts.grid.lines)),
        ("LINE_SAMPLES", str(facts.grid.samples)),
        ("BANDS", str(facts.bands)),
        ("SAMPLE_TYPE", "MSB_UNSIGNED_INTEGER"),
        ("SAMPLE_BITS", "16"),
        ("SAMPLE_BIT_MASK", "2#0000001111111111#"),
    ]
    second = [
        ("SCALING_FACTOR", f"{facts.radiometry.scaling_factor:.14e}"),
        ("OFFSET", f"{facts.radiometry.offset:.15f}"),
        ("BAND_STORAGE_TYPE", "BAND_SEQUENTIAL"),
        ("CORE_NULL", "0"),
        ("CORE_LOW_REPR_SATURATION", "1"),
        ("CORE_LOW_INSTR_SATURATION", "2"),
        ("CORE_HIGH_REPR_SATURATION", "1023"),
        ("CORE_HIGH_INSTR_SATURATION", "1022"),
        ("CENTER_FILTER_WAVELENGTH", each("700 <NM>", "(900 <NM>, 700 <NM>, 500 <NM>)")),
        ("MRO:MINIMUM_STRETCH", each("3", "(3, 3, 3)")),
        ("MRO:MAXIMUM_STRETCH", each("1021", "(1021, 1021, 1021)")),
        ("FILTER_NAME", each('"RED"', '("NEAR-INFRARED", "RED", "BLUE-GREEN")')),
    ]
    return [
        "    OBJECT = IMAGE",
        *_block(first, 8, 35),
        "        /* NOTE: The conversion from DN to I/F (intensity/flux) is: */",
        "        /* I/F = (DN * SCALING_FACTOR) + OFFSET                     */",
        "        /* I/F is defined as the ratio of the observed radiance and */",
        "        /* the radiance of a 100% lambertian reflector with the sun */",
        "        /* and camera orthogonal to the observing surface.          */",
        *_block(second, 8, 35),
        "    END_OBJECT = IMAGE",
    ]


def label_text(facts: Facts) -> str:
    """The whole label, lines ended by CRLF, ASCII."""
    lines = [
        *_identification(facts),
        *_map_projection(facts),
        *_times(facts),
        *_settings(facts),
        *_viewing(facts),
        *_files(facts),
    ]
    return "\r\n".join(lines) + "\r\n"
