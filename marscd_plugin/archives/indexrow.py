"""One row of HiRISE's cumulative index (RDRCUMINDEX.TAB), which ODE repeats in a note of every product.

Only what ODE's own keys lack is read. Column positions are those of RDRCUMINDEX.LBL (START_BYTE, counted from 1), as
measured on a real row; where ODE has squeezed blanks out, the row is read by its commas.
"""

from __future__ import annotations

import csv

from ..planet.sun import NORTH_UP, azimuth_on_map

#: name -> (first byte from 1, bytes, place in the row from 0)
_COLUMNS = {"PRODUCT_ID": (118, 21, 5), "NORTH_AZIMUTH": (504, 10, 25), "SUB_SOLAR_AZIMUTH": (515, 10, 26)}
_FIELDS = 54
_LENGTHS = range(810, 830)
_MARK = "note: index record:"


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


def sub_solar_azimuth(row: str, product_id: str) -> float | None:
    """Degrees clockwise from north on the map, or None where the row is not this product's or does not say."""
    sun, north = _value(row, product_id, "SUB_SOLAR_AZIMUTH"), _value(row, product_id, "NORTH_AZIMUTH")
    # The index has four decimals; so has this, without the noise of binary fractions.
    return None if sun is None else round(azimuth_on_map(sun, NORTH_UP if north is None else north), 4) % 360.0


def _value(row: str, product_id: str, name: str) -> float | None:
    """An angle 0..360 of the row; the archive's marks for "not known" lie outside."""
    try:
        value = float(_text(row, product_id, name))
    except ValueError:
        return None
    return value if 0.0 <= value <= 360.0 else None


def _text(row: str, product_id: str, name: str) -> str:
    if len(row) in _LENGTHS and _cut(row, "PRODUCT_ID") == product_id:
        return _cut(row, name)
    try:
        fields = next(csv.reader([row], skipinitialspace=True), [])
    except csv.Error:
        return ""
    if len(fields) != _FIELDS or fields[_COLUMNS["PRODUCT_ID"][2]].strip() != product_id:
        return ""
    return fields[_COLUMNS[name][2]].strip()


def _cut(row: str, name: str) -> str:
    start, width, _ = _COLUMNS[name]
    return row[start - 1 : start - 1 + width].strip()
