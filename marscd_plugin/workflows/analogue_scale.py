"""How large a chip is where nobody said: so that a target is one look, and no source is enlarged much."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..analogue.images import Image
from ..common.words import Area
from ..planet.bodies import body
from ..planet.boxes import bounds

#: A chip holds at least this share of the model's pixels as real pixels of its source.
_LEAST_REAL = 0.5
#: A target raster no longer than so many chips at its own resolution is taken as one look at a landform.
_ONE_LOOK = 8


def choose_chip_size(
    targets: Sequence[tuple[Image, Area | None]], search: Image | None, chip_px: int
) -> tuple[float, str]:
    """The edge of a chip (metres; pixels where no image has a scale) and, for the user, why.

    An area that was drawn fits into one chip: its longer side, the smallest area's where there are several. Of a whole
    raster it is the shorter side, unless that holds more than ``_ONE_LOOK`` times the model's pixels: then the model's
    pixels at the raster's resolution. Never so small that a source holds fewer than half the model's pixels in it.
    """
    unit = "m" if any(image.pixel_size for image, _ in targets) else "pixels"
    wishes: list[tuple[float, str]] = []  # An area is rounded up, to fit in; a raster down, to hold the chip.
    for image, area in targets:
        if area is not None and (side := _longer_side(area)) > 0:
            wishes.append((_rounded(side), "so that a target fits into one chip"))
            continue
        own = chip_px * image.metres
        short = min(image.width, image.height) * image.metres
        if area is None and short <= _ONE_LOOK * own:
            wishes.append((_rounded(short, up=False), "the shorter side of the target"))
        else:
            wishes.append((_rounded(own, up=False), f"{chip_px} pixels of the target"))
    size, why = min(wishes)
    images = [image for image, _ in targets] + ([search] if search is not None else [])
    coarsest = max(images, key=lambda image: image.metres)
    least = _LEAST_REAL * chip_px * coarsest.metres
    if size < least:
        size, why = _rounded(least), f"the smallest that {coarsest.name} shows well enough"
    return size, f"CHIP_SIZE was not given: chips of {size:g} {unit} are compared ({why})."


def _longer_side(area: Area) -> float:
    """Metres of the longer side of the area's box; 0 for a point."""
    west, south, east, north = bounds(area)
    radius = body(area.body).radius
    wide = (east - west) % 360.0 if east != west else 0.0
    across = math.radians(wide) * radius * math.cos(math.radians((south + north) / 2.0))
    return max(across, math.radians(north - south) * radius)


def _rounded(size: float, up: bool = True) -> float:
    """To three significant digits: a size that can be said and given again."""
    unit = 10.0 ** (math.floor(math.log10(size)) - 2)
    whole = math.ceil(size / unit - 1e-6) if up else math.floor(size / unit + 0.05)
    return float(f"{whole * unit:.6g}")
