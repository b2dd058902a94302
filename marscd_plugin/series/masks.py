"""What a pixel of an epoch is fit for: shadow, saturation and the rest as named bits of a byte raster beside its COG.

Values stay in the COG where there are any: who compares light leaves shadows out by the mask, who looks at pictures
does not care. Only saturated and missing pixels, and places where the registration cannot be trusted, are nodata there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..common.packages import need

#: No measurement: outside the image, or the product's own nodata.
NO_DATA: Final = 1
#: The detector was full: brighter than it could say.
SATURATED: Final = 2
#: So dark that hardly any sunlight can have come from there.
SHADOW: Final = 4
#: By terrain model and sun, no sunlight reaches the place.
CAST_SHADOW: Final = 8
#: Where the image lies cannot be said well enough.
UNTRUSTED: Final = 16

BITS: Final = {
    "no data": NO_DATA, "saturated": SATURATED, "shadow": SHADOW, "cast shadow": CAST_SHADOW,
    "registration not trusted": UNTRUSTED,
}  # fmt: skip

#: Shadow is darker than this share of the median, and this many robust spreads below it; by judgement: on Mars the sky
#: lights a shadow with a tenth to a quarter of what the sun gives, while dark sand has a third of dust's brightness.
SHARE, SPREADS = 0.3, 3.0
#: A median above this is no I/F: relative brightness has no zero, so that no share of it means anything.
MOST_IF = 1.5
_FEWEST = 400


@dataclass(frozen=True)
class Shares:
    """How much of an epoch's grid is what, 0..1, by the names in ``BITS``."""

    pixels: int
    counts: dict[str, int]

    def as_json(self) -> dict[str, float]:
        """Shares to a hundred thousandth."""
        return {name: round(count / max(self.pixels, 1), 5) for name, count in self.counts.items()}


def shadow_limit(values: np.ndarray, valid: np.ndarray) -> float | None:
    """I/F below which a pixel is in shadow; None where the image has no I/F, or too little contrast to say.

    ``values`` is the epoch (any reduction), I/F before any normalisation. Median and the upper half's spread: shadows
    have no part in the latter, and pull the former little while they are less than a third of the image.
    """
    seen = values[valid]
    if seen.size < _FEWEST:
        return None
    middle, high = np.percentile(seen, (50, 75))
    if not 0 < middle <= MOST_IF:
        return None
    spread = float(high - middle) / 0.6745
    limit = min(SHARE * float(middle), float(middle) - SPREADS * spread)
    return limit if limit > 0 else None


def shadows(values: np.ndarray, valid: np.ndarray, limit: float | None) -> np.ndarray:
    """(rows, columns) bool: dark pixels that are no speckles (an opening by 3 x 3)."""
    if limit is None:
        return np.zeros(values.shape, bool)
    dark = (values < np.float32(limit)) & valid
    if not dark.any():
        return dark
    cv2 = need("cv2")
    # At a block's edge the block's own border repeats: a shadow that goes on outside is not eaten there.
    kernel = np.ones((3, 3), np.uint8)
    padded = cv2.copyMakeBorder(dark.astype(np.uint8), 2, 2, 2, 2, cv2.BORDER_REPLICATE)
    return cv2.morphologyEx(padded, cv2.MORPH_OPEN, kernel)[2:-2, 2:-2].astype(bool)


def counted(mask: np.ndarray) -> dict[str, int]:
    """How many pixels have each bit."""
    return {name: int(np.count_nonzero(mask & bit)) for name, bit in BITS.items()}
