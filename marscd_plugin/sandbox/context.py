"""Fill a sandbox archive with what CTX and CRISM saw of one place: simulated, small, the same for the same seed.

CTX images are of the orbits of the Palikir preset, so that they go with its HiRISE images; the ground is one and the
same, seen under each date's sun, so that a series of them registers.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np

from ..common.files import write_json
from ..common.progress import Progress, check
from ..planet.time import mars_date
from .crism import CrismWish, publish_crism
from .ctx import CtxWish, publish_ctx, update_ctx_index
from .facts import viewing_of
from .ground import heights, reflectance
from .names import Layout
from .publish import open_archive, read_records

log = logging.getLogger(__name__)

LONGITUDE, LATITUDE = 202.3, -41.6
STAMP = "context.json"
#: Id, volume, UTC, how far (pixels east, south) the pointing was off.
_CTX = (
    ("G08_021555_1380_XN_42S157W", "mrox_1268", "2011-03-03T05:10:00", (0, 0)),
    ("G11_022689_1380_XN_42S157W", "mrox_1338", "2011-05-30T04:19:40", (7, -4)),
    ("D03_028438_1380_XN_42S157W", "mrox_1701", "2012-08-19T17:20:00", (-5, 6)),
    ("D09_030464_1380_XN_42S157W", "mrox_1790", "2013-01-24T14:02:00", (3, 9)),
)
#: One that was garbled on its way: listed, and not to be used.
_GARBLED = ("B05_011428_1380_XN_42S157W", "mrox_0697", "2009-01-03T20:00:00", (0, 0))
_CRISM = (("FRT0000938E_07", 7361, "2008-02-24T06:12:00"), ("HRL0001B2D0_07", 22689, "2011-05-30T04:19:30"))
_MARGIN = 16


def fill_context(root: Path, progress: Progress, seed: int = 11, size: int = 480, pixel: float = 6.0) -> dict[str, Any]:
    """Publish CTX images of ``size`` pixels (``pixel`` metres) and CRISM cubes around Palikir. Nothing is done where
    the archive holds them already. Returns what is there. Raises OutputError, CancelledError."""
    layout = open_archive(Path(root))
    stamp = {"simulated": True, "seed": seed, "size": size, "pixel": pixel}
    path = layout.root / STAMP
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if {key: found.get(key) for key in stamp} == stamp:
            return found
    except (OSError, ValueError):
        log.debug("%s is not there: the archive is filled", path)
    products = _fill_ctx(layout, progress, seed, size, pixel) + _fill_crism(layout, progress, seed)
    update_ctx_index(layout, read_records(layout))
    made = {**stamp, "products": products}
    write_json(path, made)
    return made


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def _fill_ctx(layout: Layout, progress: Progress, seed: int, size: int, pixel: float) -> list[str]:
    edge = size + 2 * _MARGIN
    ground = heights(edge, edge, pixel, seed)
    made = []
    for place, (name, volume, when, (right, down)) in enumerate((*_CTX, _GARBLED)):
        check(progress)
        time = _time(when)
        date = mars_date(time)
        view = viewing_of(LONGITUDE, LATITUDE, date.solar_longitude)
        seen = reflectance(ground, pixel, min(view.incidence, 70.0), view.azimuth, seed + place)
        # What the label does not tell: the camera looked a little aside.
        top, left = _MARGIN + down, _MARGIN + right
        image = seen[top : top + size, left : left + size]
        quality = "ERROR" if name == _GARBLED[0] else "OK"
        wish = CtxWish(name, volume, time, LONGITUDE, LATITUDE, pixel, image, quality=quality)
        made.append(publish_ctx(layout, wish))
    return made


def _fill_crism(layout: Layout, progress: Progress, seed: int, size: int = 40) -> list[str]:
    made = []
    for place, (name, orbit, when) in enumerate(_CRISM):
        check(progress)
        rows, columns = np.mgrid[0:size, 0:size]
        depths = 0.25 * np.exp(-(((rows - size / 2) ** 2 + (columns - size / 3) ** 2) / (size / 5) ** 2))
        depths[:3, :3] = np.nan
        time = _time(when) + timedelta(seconds=place)
        made += publish_crism(layout, CrismWish(name, orbit, time, LONGITUDE, LATITUDE, depths))
    return made
