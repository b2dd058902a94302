"""The ODE ``Product`` record of a published product, in the recorded shape: every scalar a string.

URLs carry the archive's own host, as real records do; the server puts its own address in their place when it answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .facts import Facts, clock_count, milliseconds, seconds
from .index import index_row

#: What stands before archive paths in stored records.
STORED_ROOT = "https://hirise.lpl.arizona.edu/PDS"
STORED_SITE = "https://ode.rsl.wustl.edu/mars"
EMPTY = "MULTIPOLYGON EMPTY"
_DESCRIPTION = (
    "HiRISE projected and mosaicked product  HiRISE RDR V1.1 files has map projection data embedded in the header - "
    "please see SIS for more details."
)
INDEX_NOTE = "NOTE: Index Record:"


def number(value: float, digits: int = 4) -> str:
    """A decimal without trailing zeros, as ODE prints: 240.114, -14.132, 0."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _ring(points: Sequence[tuple[float, float]]) -> str:
    return ", ".join(f"{number(lon)} {number(lat)}" for lon, lat in [*points, points[0]])


def _cut(points: Sequence[tuple[float, float]], keep_east: bool) -> list[tuple[float, float]]:
    """The part of a ring (longitudes -180..180) east or west of 0, the latter moved to 180..360."""
    kept: list[tuple[float, float]] = []
    for (lon, lat), (lon_1, lat_1) in zip(points, [*points[1:], points[0]], strict=True):
        inside, inside_1 = (lon >= 0) == keep_east, (lon_1 >= 0) == keep_east
        if inside:
            kept.append((lon, lat))
        if inside != inside_1:
            kept.append((0.0, lat + (lat_1 - lat) * (0.0 - lon) / (lon_1 - lon)))
    return kept if keep_east else [(lon + 360.0, lat) for lon, lat in kept]


def footprints(facts: Facts) -> dict[str, str]:
    """Footprint geometries as WKT. ``GL`` is 0..360 and jumps at 0; ``C0`` is -180..180 and jumps at 180."""
    global_ring = list(facts.corners)
    if facts.touches_meridian_from_the_west:
        global_ring = [(lon or 360.0, lat) for lon, lat in global_ring]
    centred = [(lon - 360.0 if lon > 180.0 else lon, lat) for lon, lat in global_ring]
    plain = f"POLYGON (({_ring(global_ring)}))"
    split = plain
    if facts.crosses_meridian:
        parts = [f"POLYGON (({_ring(_cut(centred, keep_east=east))}))" for east in (False, True)]
        split = f"GEOMETRYCOLLECTION ({', '.join(parts)})"
    return {
        "Footprint_geometry": split,
        "Footprint_C0_geometry": f"POLYGON (({_ring(centred)}))",
        "Footprint_GL_geometry": plain,
        "Footprint_NP_geometry": EMPTY,
        "Footprint_SP_geometry": EMPTY,
        "Footprints_cross_meridian": str(facts.crosses_meridian),
    }


def _pole_state(facts: Facts) -> str:
    south, north, _, _ = facts.grid.bounds()
    return "north" if north == 90.0 else "south" if south == -90.0 else "none"


def _files(facts: Facts, kilobytes: Mapping[str, int]) -> list[dict[str, str]]:
    name = facts.name
    listed = [
        ("PRODUCT DATA FILE", "Product", name.image_path),
        ("PRODUCT LABEL FILE", "Product", name.label_path),
        ("BROWSE", "Browse", name.browse_path),
        ("THUMBNAIL", "Browse", name.thumbnail_path),
        ("MAP PROJECTION FILE", "Referenced", "CATALOG/DSMAP.CAT"),
    ]
    return [
        {
            "Description": description,
            "FileName": path.rsplit("/", 1)[-1].upper() if kind == "Browse" else path.rsplit("/", 1)[-1],
            "KBytes": str(kilobytes[path]),
            "Type": kind,
            "URL": f"{STORED_ROOT}/{path}",
        }
        for description, kind, path in listed
        if path in kilobytes
    ]


def product_record(facts: Facts, kilobytes: Mapping[str, int], ode_id: str) -> dict[str, Any]:
    """The record. ``kilobytes`` gives the size of each file by its path under the archive's root, rounded up."""
    name, view = facts.name, facts.viewing
    lon, lat = facts.centre
    latitudes, longitudes = [c[1] for c in facts.corners], [c[0] for c in facts.corners]
    notes = [
        "NOTE: Product Type set by ODE",
        "NOTE: Label keyword Orbit number value used for start orbit number value",
        "NOTE: Label keyword Orbit number value used for stop orbit number value",
        "NOTE: Map Resolution set from label map projection object",
        "NOTE: Map scale from the label map projection object",
        "NOTE: Observation time set to mid-point between start time and stop time",
        INDEX_NOTE,
        index_row(facts),
        "NOTE: HIRISE location data updated from index table entry",
    ]
    return {
        "pdsid": name.product_id,
        "ode_id": ode_id,
        "ihid": "MRO",
        "iid": "HIRISE",
        "pt": "RDRV11",
        "Data_Set_Id": "MRO-M-HIRISE-3-RDR-V1.1",
        "PDSVolume_Id": "MROHR_0001",
        "RelativePathtoVol": "rdr\\" + name.folder.lower().replace("/", "\\") + "\\",
        "LabelFileName": f"{name.product_id}.LBL".lower(),
        "Product_creation_time": f"{seconds(facts.created)}.000",
        "Product_version_id": "1.0",
        "Target_name": "MARS",
        "Observation_id": name.observation_id,
        "Producer_id": "UA",
        "Observation_time": milliseconds(facts.middle),
        "SpaceCraft_clock_start_count": clock_count(facts.start),
        "SpaceCraft_clock_stop_count": clock_count(facts.stop),
        "Start_orbit_number": str(name.orbit),
        "Stop_orbit_number": str(name.orbit),
        "UTC_start_time": milliseconds(facts.start),
        "UTC_stop_time": milliseconds(facts.stop),
        "Description": _DESCRIPTION,
        "Emission_angle": f"{view.emission:.6f}",
        "Incidence_angle": f"{view.incidence:.6f}",
        "Phase_angle": f"{view.phase:.6f}",
        "Map_scale": number(facts.grid.scale, 6),
        "Map_resolution": number(facts.grid.projection.resolution(facts.grid.scale), 8),
        "Solar_longitude": f"{facts.solar_longitude:.6f}",
        "Solar_time": f"{view.local_time:.5f}",
        "Center_georeferenced": "True",
        "Center_latitude": number(lat),
        "Center_longitude": number(lon),
        "BB_georeferenced": "True",
        "Easternmost_longitude": number(max(longitudes)),
        "Maximum_latitude": number(max(latitudes)),
        "Minimum_latitude": number(min(latitudes)),
        "Westernmost_longitude": number(min(longitudes)),
        **footprints(facts),
        "Pole_state": _pole_state(facts),
        "Footprint_souce": "PDS Archive Index Table",
        "Comment": facts.rationale,
        "ODE_notes": {"ODE_note": notes},
        "External_url": f"http://www.uahirise.org/{name.observation_id}",
        "External_url2": f"jpip://hijpip.lpl.arizona.edu:8064/PDS/{name.image_path}",
        "FilesURL": f"{STORED_SITE}/productfiles.aspx?product_id={name.product_id}&product_idGeo={ode_id}",
        "ProductURL": f"{STORED_SITE}/indexproductpage.aspx?product_id={name.product_id}&product_idGeo={ode_id}",
        "LabelURL": f"{STORED_ROOT}/{name.label_path}",
        "Product_files": {"Product_file": _files(facts, kilobytes)},
    }
