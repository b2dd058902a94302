"""A HiRISE RDR label's bytes as an ``Observation``: what the other sources know of a product is in its label too."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from ..common.errors import ArchiveError, MarscdError
from ..common.words import Area, Observation, RemoteFile
from ..planet.crs import geographic_wkt, transformer
from ..planet.geometry import area_from_extent, area_from_polygons
from ..planet.sun import NORTH_UP, azimuth_on_map
from ..products.label import Label, parse_label
from ..products.projection import label_projection
from . import hirise
from .filter import mars_season

log = logging.getLogger(__name__)

_MAP, _VIEW = "IMAGE_MAP_PROJECTION", "VIEWING_PARAMETERS"
#: Points along each edge of a polar map, whose edges are bent in degrees.
_EDGE_POINTS = 16


def observation_of_label(
    data: bytes,
    expected: hirise.HiriseId,
    files: Sequence[RemoteFile],
    source: str,
    footprint: Area | None = None,
) -> Observation:
    """The product that a label describes, coverage not yet known.

    Without a ``footprint`` it is the map's own frame: a label does not give the corners of the swath in it, so the
    frame is somewhat larger than what was seen. Raises ArchiveError for a label of another product, or one without a
    time or a place; ProductError where the bytes are no label.
    """
    label = parse_label(data, f"The label of {expected}")
    stated = (label.text("PRODUCT_ID") or "").upper()
    if stated != expected.product_id:
        raise ArchiveError(f"The label of {expected} is that of {stated[:40] or 'no product'}.", "It is left out.")
    time = label.time("TIME_PARAMETERS", "START_TIME") or label.time("TIME_PARAMETERS", "MRO:OBSERVATION_START_TIME")
    if time is None:
        raise ArchiveError(f"The label of {expected} gives no START_TIME.", "It is left out.")
    year, longitude = mars_season(time, _angle(label, "SOLAR_LONGITUDE", 0.0, 360.0), expected.product_id)
    return Observation(
        product_id=expected.product_id,
        observation_id=expected.observation_id,
        instrument="HIRISE",
        start_time=time,
        mars_year=year,
        solar_longitude=longitude,
        footprint=footprint or frame_of(label, expected),
        files=tuple(files),
        incidence=_angle(label, "INCIDENCE_ANGLE", 0.0, 180.0),
        emission=_angle(label, "EMISSION_ANGLE", 0.0, 180.0),
        phase=_angle(label, "PHASE_ANGLE", 0.0, 180.0),
        sub_solar_azimuth=_azimuth(label),
        map_scale=_scale(label),
        source=source,
        orbit=expected.orbit,
    )


def frame_of(label: Label, expected: hirise.HiriseId) -> Area:
    """The ground that the product's map covers. Raises ArchiveError where the label does not say."""
    try:
        projection = label_projection(label)
        left, dx, _, top, _, dy = projection.geotransform
        step = np.linspace(0.0, 1.0, _EDGE_POINTS if projection.polar else 1, endpoint=False)
        zero, one = np.zeros_like(step), np.ones_like(step)
        x = left + projection.width * dx * np.concatenate([step, one, 1 - step, zero])
        y = top + projection.height * dy * np.concatenate([zero, step, one, 1 - step])
        lon, lat = transformer(projection.crs, geographic_wkt()).points(x, y)
        lon = np.unwrap(lon, period=360.0)
        if abs(lon[-1] - lon[0]) <= 180.0:
            return area_from_polygons([[np.column_stack([lon, lat]).tolist()]])
        return area_from_polygons([[np.column_stack([(lon + 180.0) % 360.0 - 180.0, lat]).tolist()]])
    except MarscdError as error:
        log.info("%s: its map's frame cannot be told (%s)", expected, error)
    edges = [label.number(_MAP, f"{k}_LATITUDE") for k in ("MINIMUM", "MAXIMUM")]
    sides = [label.number(_MAP, f"{k}_LONGITUDE") for k in ("WESTERNMOST", "EASTERNMOST")]
    if None in edges or None in sides:
        raise ArchiveError(f"The label of {expected} does not say where it lies.", "It is left out.")
    return area_from_extent(sides[0], edges[0], sides[1], edges[1])  # type: ignore[arg-type]


def _angle(label: Label, keyword: str, low: float, high: float) -> float | None:
    value = label.number(_VIEW, keyword)
    return value if value is not None and low <= value <= high else None


def _azimuth(label: Label) -> float | None:
    """Both of the label's angles count clockwise from the image's three o'clock; the answer from north."""
    sun, north = _angle(label, "SUB_SOLAR_AZIMUTH", -360.0, 360.0), _angle(label, "NORTH_AZIMUTH", 0.0, 360.0)
    return None if sun is None else round(azimuth_on_map(sun, NORTH_UP if north is None else north), 4) % 360.0


def _scale(label: Label) -> float | None:
    value = label.number(_MAP, "MAP_SCALE")
    return value if value is not None and 1e-3 <= value <= 1e5 else None
