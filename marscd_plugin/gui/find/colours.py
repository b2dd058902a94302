"""Colours that mean something, for light and dark palettes: the quarters of the year, RED and COLOR, Mars Years."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette

#: Northern spring, summer, autumn, winter: told apart by most kinds of colour blindness (after Okabe and Ito).
_QUARTERS = ("#009e73", "#e69f00", "#cc6d3d", "#56a6dc")
#: Text nearer to its background than this (lightness, 0..255) is not read easily.
_LEAST_CONTRAST = 110
#: RED products, COLOR products, others.
_KINDS_LIGHT = {"RED": "#b3331d", "COLOR": "#1f5fa8", "": "#555555"}
_KINDS_DARK = {"RED": "#ff8a70", "COLOR": "#7fb8ff", "": "#c0c0c0"}
#: Mars Years in turn; neighbouring years differ most.
_YEARS = ("#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e", "#e6ab02", "#a6761d", "#1f78b4")


def is_dark(palette: QPalette) -> bool:
    """Whether text is light on dark in this palette."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def ink(palette: QPalette, on: QPalette.ColorRole = QPalette.ColorRole.Base) -> QColor:
    """The palette's text colour for drawing ``on`` that background; black or white where it could not be read there.

    QGIS's dark themes are style sheets that leave the palette's text black over dark backgrounds.
    """
    text = QPalette.ColorRole.Text if on == QPalette.ColorRole.Base else QPalette.ColorRole.WindowText
    ground, colour = palette.color(on), palette.color(text)
    if abs(ground.lightness() - colour.lightness()) >= _LEAST_CONTRAST:
        return colour
    return QColor("#f0f0f0" if ground.lightness() < 128 else "#101010")


def quarter_colour(index: int) -> QColor:
    return QColor(_QUARTERS[index % 4])


def year_colour(mars_year: int) -> QColor:
    return QColor(_YEARS[mars_year % len(_YEARS)])


def kind_of(product_id: str) -> str:
    """``RED``, ``COLOR`` or "" of a product id."""
    if product_id.endswith("_RED"):
        return "RED"
    return "COLOR" if product_id.endswith("_COLOR") else ""


def kind_colour(kind: str, dark: bool) -> QColor:
    return QColor((_KINDS_DARK if dark else _KINDS_LIGHT)[kind])
