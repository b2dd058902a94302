"""The image in hand: its thumbnail and its facts, beside each other."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QPixmap
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ...common.words import Observation
from ..words import tr
from .names import season_word


class Preview(QWidget):
    """Shows one observation, or a hint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = self.fontMetrics().height() * 6
        self._picture = QLabel(self)
        self._picture.setFixedSize(QSize(self._side, self._side))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFrameShape(QLabel.Shape.StyledPanel)
        self._picture.setWordWrap(True)
        self._picture.setAccessibleName(tr("Thumbnail"))
        self._facts = QLabel(self)
        self._facts.setWordWrap(True)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts.setAccessibleName(tr("The image in hand"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._picture)
        row.addWidget(self._facts, 1)
        self.show_observation(None, None, "")

    def show_observation(self, one: Observation | None, picture: QPixmap | None, why_not: str) -> None:
        """Show it; ``why_not`` is why there is no picture, "" while it is on its way."""
        self.setVisible(one is not None)
        if one is None:
            return
        if picture is not None and not picture.isNull():
            mode = Qt.TransformationMode.SmoothTransformation
            small = picture.scaled(self._side - 4, self._side - 4, Qt.AspectRatioMode.KeepAspectRatio, mode)
            self._picture.setPixmap(small)
            self._picture.setToolTip(tr("The archive's browse image of {product}").format(product=one.product_id))
        else:
            self._picture.setText(tr("no picture") if why_not else "\u2026")
            self._picture.setToolTip(why_not or tr("The picture is on its way."))
        lines = [
            one.product_id,
            one.start_time.strftime("%Y-%m-%d %H:%M UTC"),
            tr("Mars Year {year}, Ls {ls}\u00b0, {season}").format(
                year=one.mars_year, ls=f"{one.solar_longitude:.1f}", season=season_word(one)
            ),
        ]
        sun = []
        if one.incidence is not None:
            sun.append(tr("sun {angle}\u00b0 from overhead").format(angle=f"{one.incidence:.0f}"))
        if one.emission is not None:
            sun.append(tr("seen {angle}\u00b0 off straight down").format(angle=f"{one.emission:.0f}"))
        lines.append(", ".join(sun))
        if one.linked:
            lines.append(tr("taken together with {products}").format(products=", ".join(one.linked)))
        self._facts.setText("\n".join(line for line in lines if line))
