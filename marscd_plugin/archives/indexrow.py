"""The index row that ODE repeats in a note of every product: it says what ODE's own keys lack."""

from __future__ import annotations

from ..planet.sun import NORTH_UP, azimuth_on_map
from .indexlayout import LAYOUTS, Row

_MARK = "note: index record:"
_READ = {
    "HIRISE": ("PRODUCT_ID", "NORTH_AZIMUTH", "SUB_SOLAR_AZIMUTH"),
    "CTX": ("PRODUCT_ID", "VOLUME_ID", "NORTH_AZIMUTH", "SUB_SOLAR_AZIMUTH", "DATA_QUALITY_DESC", "TARGET_NAME"),
}


def index_row(notes: list[str]) -> str:
    """The row among ODE's notes: after the mark, in the same note or in the next; "" where there is none."""
    for place, note in enumerate(notes):
        start = note.lower().find(_MARK)
        if start >= 0:
            rest = note[start + len(_MARK) :].strip()
            if not rest and place + 1 < len(notes):
                rest = notes[place + 1].strip()
            return rest
    return ""


def read_note(row: str, instrument: str, product_id: str) -> Row:
    """What the row says of this product; an empty Row where it is another's, or unreadable."""
    found = LAYOUTS[instrument].read(row, _READ[instrument])
    return found if found is not None and found["PRODUCT_ID"] == product_id else Row()


def sun_azimuth(row: Row) -> float | None:
    """Degrees clockwise from north on the map, or None where the row does not say.

    Both tables count SUB_SOLAR_AZIMUTH and NORTH_AZIMUTH clockwise from the image's 3 o'clock, CTX's of the image
    turned upright; their difference is the azimuth. CTX's writes 0.0 twice where it knows neither.
    """
    sun, north = row.number("SUB_SOLAR_AZIMUTH", 0, 360), row.number("NORTH_AZIMUTH", 0, 360)
    if sun is None or (sun == 0.0 and north == 0.0):
        return None
    # The tables have four decimals at most; so has this, without the noise of binary fractions.
    return round(azimuth_on_map(sun, NORTH_UP if north is None else north), 4) % 360.0
