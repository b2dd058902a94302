"""CRSs in one place: making and reading them (``systems``), and going between them (``transform``)."""

from __future__ import annotations

from .systems import (
    ESRI_TWINS,
    POLAR_LATITUDE,
    body_of,
    equirectangular_wkt,
    geographic_wkt,
    gpkg_twin,
    local_wkt,
    planetocentric,
    polar_wkt,
    spatial_reference,
)
from .transform import Transformer, transformer

__all__ = [
    "ESRI_TWINS",
    "POLAR_LATITUDE",
    "Transformer",
    "body_of",
    "equirectangular_wkt",
    "geographic_wkt",
    "gpkg_twin",
    "local_wkt",
    "planetocentric",
    "polar_wkt",
    "spatial_reference",
    "transformer",
]
