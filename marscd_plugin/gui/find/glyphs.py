"""The plot's dots and rings, drawn once each and then stamped: thousands of them cost milliseconds."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPixmap

#: How far a ring stands out beyond its dot, pixels on each side.
RING_MARGIN = 5


def dot(size: int, kind: str, filled: bool, colour: QColor, ratio: float) -> QPixmap:
    """A dot of ``size`` pixels and a margin of one: square for COLOR, round for the others."""
    picture, painter = _canvas(size + 2, ratio)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    box = QRectF(1.7, 1.7, size - 1.4, size - 1.4)
    if kind == "COLOR":
        painter.drawRect(box)
    else:
        painter.drawEllipse(box)
    painter.end()
    return picture


def ring(size: int, colour: QColor, thin: bool, ratio: float) -> QPixmap:
    """A ring round a dot of ``size`` pixels; thin ones do not hide their neighbours."""
    side = size + 2 * RING_MARGIN
    picture, painter = _canvas(side, ratio)
    inset = 3.5 if thin else 2.0
    painter.setPen(QPen(colour, 1.0 if thin else 1.8))
    painter.drawEllipse(QRectF(inset, inset, side - 2 * inset, side - 2 * inset))
    painter.end()
    return picture


def stamp(painter: QPainter, picture: QPixmap, points: Iterable[tuple[float, float]]) -> None:
    """Draw the picture centred on each point: on whole pixels (copied, not resampled), once a spot."""
    half = picture.width() / picture.devicePixelRatioF() / 2.0
    for x, y in {(round(x - half), round(y - half)) for x, y in points}:
        painter.drawPixmap(x, y, picture)


def _canvas(side: int, ratio: float) -> tuple[QPixmap, QPainter]:
    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, painter
