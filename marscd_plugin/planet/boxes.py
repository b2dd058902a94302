"""Boxes of longitude and latitude around areas: bounds that may cross 180, and the boxes archives are asked with."""

from __future__ import annotations

from ..common.words import Area

#: More separate boxes than this are asked as one: each costs an archive query.
MAX_BOXES = 12
_TOUCH = 1e-9

Box = tuple[float, float, float, float]  # west, south, east, north; east may exceed 180, never west + 360


def bounds(area: Area) -> Box:
    """(west, south, east, north), degrees within -180..180; west exceeds east where the box crosses 180.

    The box is the narrowest that holds the area; all the way round it is -180, 180.
    """
    boxes = [_box_of(polygon[0]) for polygon in area.polygons]
    south, north = min(b[1] for b in boxes), max(b[3] for b in boxes)
    spans = _merge_spans([(b[0], b[2]) for b in boxes])
    # The widest stretch without area, going east from each span's end to the next one's start, lies outside the box.
    gaps = [(spans[(i + 1) % len(spans)][0] - spans[i][1]) % 360.0 for i in range(len(spans))]
    if len(spans) == 1 and spans[0][1] - spans[0][0] >= 360.0 - _TOUCH:
        return -180.0, south, 180.0, north
    widest = max(range(len(spans)), key=gaps.__getitem__)
    east, west = spans[widest][1], spans[(widest + 1) % len(spans)][0]
    return (west - 360.0 if west >= 180.0 else west), south, (east - 360.0 if east > 180.0 else east), north


def search_boxes(area: Area) -> list[tuple[float, float, float, float]]:
    """Boxes that together hold the area: (min_lat, max_lat, west, east), longitudes 0..360 as ODE wants them.

    West exceeds east where a box crosses the prime meridian; 0, 360 goes all the way round. Boxes that overlap or
    touch, across 180 too, are one; more than ``MAX_BOXES`` become one around all.
    """
    boxes = [_box_of(polygon[0]) for polygon in area.polygons]
    merged = True
    while merged:
        merged = False
        kept: list[Box] = []
        for box in boxes:
            for index, other in enumerate(kept):
                union = _union(other, box)
                if union is not None:
                    kept[index] = union
                    merged = True
                    break
            else:
                kept.append(box)
        boxes = kept
    if len(boxes) > MAX_BOXES:
        west, south, east, north = bounds(area)
        boxes = [(west, south, east if east > west else east + 360.0, north)]
    return [_ode(box) for box in sorted(boxes)]


def _box_of(ring: tuple[tuple[float, float], ...]) -> Box:
    lon, lat = [p[0] for p in ring], [p[1] for p in ring]
    return min(lon), min(lat), max(lon), max(lat)


def _union(a: Box, b: Box) -> Box | None:
    """The box around both where they overlap or touch, b moved by whole turns if need be; else None."""
    if a[1] > b[3] + _TOUCH or b[1] > a[3] + _TOUCH:
        return None
    for turn in (0.0, 360.0, -360.0):
        west, east = b[0] + turn, b[2] + turn
        if west <= a[2] + _TOUCH and a[0] <= east + _TOUCH:
            west, east = min(a[0], west), max(a[2], east)
            if east - west >= 360.0 - _TOUCH:
                west, east = -180.0, 180.0
            elif west < -180.0:
                west, east = west + 360.0, east + 360.0
            return west, min(a[1], b[1]), east, max(a[3], b[3])
    return None


def _merge_spans(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Longitude spans (within -180..180) that overlap or touch made one, also across 180 (the end then exceeds 180)."""
    out: list[tuple[float, float]] = []
    for west, east in sorted(spans):
        if out and west <= out[-1][1] + _TOUCH:
            out[-1] = (out[-1][0], max(out[-1][1], east))
        else:
            out.append((west, east))
    if len(out) > 1 and out[0][0] <= -180.0 + _TOUCH and out[-1][1] >= 180.0 - _TOUCH:
        first = out.pop(0)
        out[-1] = (out[-1][0], first[1] + 360.0)
    return out


def _ode(box: Box) -> tuple[float, float, float, float]:
    west, south, east, north = box
    if east - west >= 360.0 - _TOUCH:
        return south, north, 0.0, 360.0
    return south, north, west % 360.0 % 360.0, (east % 360.0 % 360.0) or 360.0
