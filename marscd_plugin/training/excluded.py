"""Parts of the anaglyph pairs in which the ground itself visibly changed: left out where false alarms are counted.

Drawn by eye on 20 November 2026 over both dates side by side and their difference, after registration by the plugin
and before ``marscd-change`` was run on any of these pairs; no model's map was looked at for it. What ``paper-rsl``
had marked on one of the pairs (docs/real-runs.md) had been read in words before. Excluded is only albedo that is there
in one date and not in the other; parallax, relit scarps, moved shadows, seams of the detectors and differences of
stretch are not change and stay in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.packages import need


@dataclass(frozen=True)
class Excluded:
    """A polygon ((column, row), ...) in pixels of BEFORE from its upper-left corner, and what changed inside."""

    polygon: tuple[tuple[int, int], ...]
    reason: str


def _box(left: int, top: int, right: int, bottom: int) -> tuple[tuple[int, int], ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


#: By the stem of the pair's files in ``data/pairs/stereo_anaglyph``.
EXCLUDED: dict[str, tuple[Excluded, ...]] = {
    # 7.7 years apart.
    "ESP_021683_1735_ESP_057933_1740": (
        Excluded(_box(0, 0, 512, 990), "a net of thin dark tracks over the whole plain in the later image only"),
        Excluded(_box(350, 990, 512, 1050), "end of the same net: dark patch at the right, brightened lobe"),
        Excluded(_box(365, 1100, 500, 1300), "dark tracks and a darkened band in the later image only"),
        Excluded(
            ((340, 1640), (512, 1640), (512, 1705), (445, 1765), (445, 1800), (395, 1792), (340, 1700)),
            "criss-cross thin dark tracks in the later image only",
        ),
        Excluded(
            ((405, 2325), (450, 2325), (475, 2400), (475, 2470), (430, 2470), (425, 2380)),
            "dark lines across the ripples in the later image only",
        ),
    ),
    # 2.0 years apart.
    "ESP_047471_2015_ESP_056886_2015": (
        Excluded(
            ((20, 310), (95, 310), (165, 405), (165, 455), (60, 445), (20, 400)), "sheets of dark sand that faded"
        ),
        Excluded(_box(320, 590, 432, 700), "dark sand moved: one patch faded, streaks new beside it"),
        Excluded(_box(455, 698, 512, 775), "dark sand sheet that darkened and spread"),
        Excluded(_box(395, 1110, 490, 1165), "new dark streaks of sand before the last dune"),
    ),
    # 28 days apart: bright and dark tails behind craters, that is wind streaks.
    "ESP_057866_2125_ESP_058222_2125": (
        Excluded(
            ((290, 190), (365, 190), (365, 235), (300, 255), (290, 235)), "end of a bright wind streak that faded"
        ),
        Excluded(((35, 640), (100, 640), (100, 660), (60, 715), (35, 700)), "dark edge of a wind streak that faded"),
        Excluded(((385, 1435), (430, 1435), (430, 1480), (400, 1505), (385, 1500)), "wind streak that darkened"),
        Excluded(((430, 1425), (480, 1425), (480, 1455), (435, 1490), (425, 1470)), "wind streak that brightened"),
        Excluded(((330, 1530), (375, 1530), (375, 1570), (345, 1605), (325, 1600)), "wind streak that darkened"),
        Excluded(_box(135, 2120, 190, 2205), "dark patch beside a small ridge that is gone"),
        Excluded(_box(335, 2120, 375, 2205), "wind streak behind a small crater that darkened"),
        Excluded(
            ((385, 2230), (390, 2190), (490, 2090), (512, 2090), (512, 2165), (445, 2230)),
            "dark edge of a wind streak that faded",
        ),
    ),
    # 33 and 5 days apart: no change was seen.
    "ESP_057767_1755_ESP_058189_1755": (),
    "ESP_058627_2015_ESP_058561_2015": (),
}


def excluded_mask(stem: str, shape: tuple[int, ...]) -> np.ndarray:
    """Where a pair's pixels are left out, bool (rows, columns); all False for pairs that are not listed."""
    cv2 = need("cv2")
    mask = np.zeros(shape, np.uint8)
    for part in EXCLUDED.get(stem, ()):
        cv2.fillPoly(mask, [np.array(part.polygon, np.int32)], (1,))
    return mask.astype(bool)
