"""From a shape on a map to an ``Area`` (shared by the pages)."""

from __future__ import annotations

from ..shapes import MOST_CORNERS, Points, area_of_polygons, area_of_shape, checked, degrees, first_crossing

__all__ = ["MOST_CORNERS", "Points", "area_of_polygons", "area_of_shape", "checked", "degrees", "first_crossing"]
