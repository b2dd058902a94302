"""The third tab: change over all dates of the series at once, and its seasonal curve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..running import Running
from ..scroll import UprightArea
from ..words import tr
from .over_time_plot import CurvePlot

#: Dates from which a change can be told from a bad image.
ENOUGH = 4


class OverTimePanel(UprightArea):
    """What will be compared, a button, and what was found."""

    detect_wanted = pyqtSignal()
    show_wanted = pyqtSignal()
    report_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dates = 0
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 6, 6, 6)
        self.hint = QLabel(body)
        self.hint.setWordWrap(True)
        self.hint.setAccessibleName(tr("What will be compared"))
        column.addWidget(self.hint)
        column.addLayout(self._choice(body))
        self.settings = QLabel(body)
        self.settings.setWordWrap(True)
        self.settings.setAccessibleName(tr("Settings"))
        column.addWidget(self.settings)
        self.go_button = QPushButton(tr("Detect over all &dates"), body)
        self.go_button.setMinimumHeight(30)
        font = self.go_button.font()
        font.setBold(True)
        self.go_button.setFont(font)
        self.go_button.setToolTip(
            tr(
                "Compare the dates with one another, and tell what came and stays, what comes again, and what one bad "
                "image made up"
            )
        )
        self.go_button.clicked.connect(lambda: self.detect_wanted.emit())
        column.addWidget(self.go_button)
        self.running = Running(body)
        column.addWidget(self.running)
        column.addWidget(self._result(body))
        column.addStretch(1)
        self.setWidget(body)
        self.set_result(None)
        self.set_series(0)

    @property
    def feature(self) -> str:
        """DARK, BRIGHT or NEW."""
        return str(self.feature_box.currentData())

    def set_series(self, dates: int) -> None:
        """How many dates the series has; 0 for none."""
        self._dates = dates
        if dates < 2:
            text = tr("Build a series of four or more dates in the step Series first.")
        elif dates < ENOUGH:
            text = tr(
                "The series has {count} dates. With fewer than four, one bad image can look like a change: nothing "
                "will be called certain."
            ).format(count=dates)
        else:
            text = tr(
                "Compares all {count} dates of the series with one another: when did each place change, does it stay, "
                "does it come again each Mars Year?"
            ).format(count=dates)
        self.hint.setText(text)
        self._enable()

    def set_settings(self, model: str, least_area: float) -> None:
        """What the tab Compare has chosen, in words."""
        if least_area > 0:
            text = tr("Model {model}, changes from {area} m² on: as chosen under Compare.").format(
                model=model, area=f"{least_area:g}"
            )
        else:
            text = tr("Model {model}, changes of any size: as chosen under Compare.").format(model=model)
        self.settings.setText(text)

    def set_running(self) -> None:
        """After ``running`` began or ended."""
        self._enable()

    def set_result(self, found: Any, counts: Mapping[str, int] | None = None) -> None:
        """Points of a curve and objects by class; None for nothing."""
        self.result.setVisible(found is not None)
        if found is None:
            return
        self.plot.set_points(found)
        self.words.setText(count_words(counts or {}))
        suspects = [p.product_id for p in found if p.suspect]
        self.doubts.setText(
            tr("⚠ {images}: as a whole unlike the other images. What only this shows is not drawn.").format(
                images=", ".join(suspects)
            )
        )
        self.doubts.setVisible(bool(suspects))

    def _enable(self) -> None:
        self.go_button.setEnabled(self._dates >= 2 and not self.running.active)
        self.feature_box.setEnabled(not self.running.active)

    def _choice(self, parent: QWidget) -> QFormLayout:
        self.feature_box = QComboBox(parent)
        for text, value, tip in (
            (tr("darker ground"), "DARK", tr("Slope lineae, fresh streaks, most new impacts")),
            (tr("brighter ground"), "BRIGHT", tr("Frost, ice, bright deposits")),
            (tr("whatever the first date was not"), "NEW", tr("Any change against the first image")),
        ):
            self.feature_box.addItem(text, value)
            self.feature_box.setItemData(self.feature_box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.feature_box.setToolTip(tr("Which look of a place counts as the change being there"))
        self.feature_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.feature_box.setMinimumContentsLength(12)
        form = QFormLayout()
        form.addRow(tr("&Look for"), self.feature_box)
        return form

    def _result(self, parent: QWidget) -> QWidget:
        self.result = QFrame(parent)
        column = QVBoxLayout(self.result)
        column.setContentsMargins(0, 6, 0, 0)
        self.plot = CurvePlot(self.result)
        column.addWidget(self.plot)
        self.doubts = QLabel(self.result)
        self.doubts.setWordWrap(True)
        column.addWidget(self.doubts)
        self.words = QLabel(self.result)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("Changes by class"))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setToolTip(
            tr(
                "Unconfirmed: only the first or the last image shows it, the next one will tell. Single: one image "
                "alone shows it, with others before and after: most likely the image."
            )
        )
        column.addWidget(self.words)
        self.show_button = QPushButton(tr("S&how on map"), self.result)
        self.show_button.setToolTip(tr("Put first seen, last seen and the outlines on the map again"))
        self.show_button.clicked.connect(lambda: self.show_wanted.emit())
        self.report = QPushButton(tr("&Report"), self.result)
        self.report.setToolTip(tr("Open the report in the web browser"))
        self.report.clicked.connect(lambda: self.report_wanted.emit())
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addStretch(1)
        row.addWidget(self.report)
        column.addLayout(row)
        return self.result


def count_words(counts: Mapping[str, int]) -> str:
    """Objects by class, in one sentence each; classes without any are left out."""
    said = [
        (tr("{count} came and stay"), counts.get("persists", 0)),
        (tr("{count} came, stay and grow"), counts.get("grows", 0)),
        (tr("{count} faded"), counts.get("fades", 0)),
        (tr("{count} come again in another Mars Year"), counts.get("recurs", 0)),
        (tr("{count} come and go"), counts.get("varies", 0)),
        (tr("{count} unconfirmed"), counts.get("unconfirmed", 0)),
        (tr("{count} single (suspicious)"), counts.get("single", 0)),
    ]
    parts = [text.format(count=f"{count:,}") for text, count in said if count]
    return (" · ".join(parts) + ".") if parts else tr("No change was found.")
