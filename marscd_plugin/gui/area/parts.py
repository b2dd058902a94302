"""Small widgets that the page's parts share."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QLabel


def heading(text: str) -> QLabel:
    """The title of a step."""
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setContentsMargins(0, 4, 0, 0)
    return label


def words(text: str = "", small: bool = False) -> QLabel:
    """Text that wraps, and never makes the dock wider."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setMinimumSize(QSize(10, 0))
    if small:
        font = label.font()
        font.setPointSizeF(max(font.pointSizeF() - 1, 7.0))
        label.setFont(font)
    return label
