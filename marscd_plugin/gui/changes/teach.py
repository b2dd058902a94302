"""The third tab: what was judged teaches a model, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..running import Running
from ..scroll import UprightArea
from ..words import tr

#: Verdicts of each kind below which a run is no use, and below which its figures say little.
LEAST, FAIR = 2, 10


class TeachPanel(UprightArea):
    """Widgets alone; ``teaching.Teaching`` fills them and does the work."""

    train_wanted = pyqtSignal()
    use_wanted = pyqtSignal()
    report_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accepted = self._rejected = 0
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 6, 6, 6)
        words = QLabel(tr("Teach a model from what you accepted and rejected in the tab Look through."), body)
        words.setWordWrap(True)
        column.addWidget(words)
        column.addWidget(self._reviewed(body))
        self.counts = QLabel(body)
        self.counts.setWordWrap(True)
        self.counts.setAccessibleName(tr("Number of verdicts"))
        column.addWidget(self.counts)
        column.addLayout(self._options(body))
        self.train = QPushButton(tr("&Train"), body)
        self.train.setToolTip(
            tr("Learn in a process of its own; QGIS stays free. Started again after a stop, it goes on where it was")
        )
        self.train.clicked.connect(self.train_wanted)
        column.addWidget(self.train)
        self.running = Running(body)
        self.running.stop.setToolTip(tr("Stop within a few seconds; train again with the same settings to go on"))
        column.addWidget(self.running)
        column.addWidget(self._outcome(body))
        column.addStretch(1)
        self.setWidget(body)
        self.set_reviewed([])

    # What the user chose

    @property
    def name(self) -> str:
        return self.name_box.text().strip()

    @property
    def base(self) -> str:
        return self.base_box.currentData() or ""

    def set_models(self, names: Sequence[str], default: str) -> None:
        """Offer these to start from; what was chosen stays."""
        chosen = self.base or default
        self.base_box.clear()
        for name in names:
            self.base_box.addItem(name, name)
        self.base_box.setCurrentIndex(max(self.base_box.findData(chosen), 0))

    # What is told

    def set_reviewed(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """(label, accepted, rejected) of each judged pair."""
        self.pairs.clear()
        for label, accepted, rejected in rows:
            item = QTreeWidgetItem([label, f"{accepted:,}", f"{rejected:,}"])
            item.setToolTip(0, label)
            for place in (1, 2):
                item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.pairs.addTopLevelItem(item)
        self.pairs.setVisible(bool(rows))
        self._accepted, self._rejected = sum(r[1] for r in rows), sum(r[2] for r in rows)
        self._say()

    def set_running(self, running: bool) -> None:
        for part in (self.base_box, self.minutes, self.name_box, self.complete):
            part.setEnabled(not running)
        self.train.setEnabled(not running and self.enough)

    @property
    def enough(self) -> bool:
        """Whether a run could be started with these verdicts."""
        return self._accepted >= LEAST and (self._rejected >= LEAST or self.complete.isChecked())

    def set_outcome(self, text: str, better: bool = True) -> None:
        """What came of a run; "" hides it."""
        self.outcome_words.setText(text if better or not text else "⚠ " + text)
        self.outcome.setVisible(bool(text))

    # Parts

    def _reviewed(self, body: QWidget) -> QWidget:
        self.pairs = QTreeWidget(body)
        self.pairs.setHeaderLabels([tr("Judged pair"), tr("Accepted"), tr("Rejected")])
        self.pairs.setRootIsDecorated(False)
        self.pairs.setAccessibleName(tr("Judged pairs"))
        self.pairs.setToolTip(tr("The pairs of this folder in which changes were judged"))
        self.pairs.setMaximumHeight(130)
        head = self.pairs.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in (1, 2):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        return self.pairs

    def _options(self, body: QWidget) -> QFormLayout:
        self.base_box = QComboBox(body)
        self.base_box.setToolTip(tr("The model that is taught further; it stays as it is"))
        self.base_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.base_box.setMinimumContentsLength(12)
        self.minutes = QDoubleSpinBox(body)
        self.minutes.setRange(0.5, 1440.0)
        self.minutes.setDecimals(1)
        self.minutes.setValue(10.0)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setToolTip(tr("How long to learn at most; few verdicts need less, and it stops by itself"))
        self.complete = QCheckBox(tr("I looked through these pairs &wholly"), body)
        self.complete.setToolTip(
            tr("Then whatever has no outline counts as no change. Leave it off where only some changes were judged")
        )
        self.complete.toggled.connect(lambda _: self._say())
        self.name_box = QLineEdit(body)
        self.name_box.setMaxLength(48)
        self.name_box.setToolTip(tr("The new model's name in the list of models: letters, digits, dots and dashes"))
        form = QFormLayout()
        form.addRow(tr("&Start from"), self.base_box)
        form.addRow(tr("Learn f&or"), self.minutes)
        form.addRow(tr("New &name"), self.name_box)
        form.addRow(self.complete)
        return form

    def _outcome(self, body: QWidget) -> QWidget:
        self.outcome = QWidget(body)
        self.outcome_words = QLabel(self.outcome)
        self.outcome_words.setWordWrap(True)
        self.outcome_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.outcome_words.setAccessibleName(tr("Before and after"))
        self.use = QPushButton(tr("&Use this model"), self.outcome)
        self.use.setToolTip(tr("Choose it in the tab Compare"))
        self.use.clicked.connect(self.use_wanted)
        self.report = QPushButton(tr("Re&port"), self.outcome)
        self.report.setToolTip(tr("Before and after, in full, in the browser"))
        self.report.clicked.connect(self.report_wanted)
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addWidget(self.report)
        row.addStretch(1)
        column = QVBoxLayout(self.outcome)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.outcome_words)
        column.addLayout(row)
        self.outcome.hide()
        return self.outcome

    def _say(self) -> None:
        accepted, rejected = self._accepted, self._rejected
        if not accepted + rejected:
            text = tr("Nothing was judged in this folder yet. Compare two dates, then press A or R in Look through.")
        else:
            text = tr("{accepted} accepted and {rejected} rejected changes.").format(
                accepted=f"{accepted:,}", rejected=f"{rejected:,}"
            )
            if not self.enough:
                text += " " + tr("At least {least} of each are needed, on ground apart.").format(least=LEAST)
            elif min(accepted, rejected or accepted) < FAIR:
                text += " " + tr("With fewer than {fair} of each, expect little, and trust the figures little.").format(
                    fair=FAIR
                )
        self.counts.setText(text)
        if not self.running.active:
            self.train.setEnabled(self.enough)


def outcome_words(results: dict[str, Any]) -> tuple[str, bool]:
    """(what came of a run in words, whether the new model is no worse) from the algorithm's results."""
    accepted, rejected = int(results["HELD_OUT_ACCEPTED"]), int(results["HELD_OUT_REJECTED"])
    before, after = float(results["HELD_OUT_F1_BEFORE"]), float(results["HELD_OUT_F1_AFTER"])
    told = [
        tr("On ground that was kept out of the learning:"),
        tr("found {after} of {count} accepted changes (before: {before});").format(
            count=accepted,
            after=_number(results["HELD_OUT_RECALL_AFTER"], accepted),
            before=_number(results["HELD_OUT_RECALL_BEFORE"], accepted),
        ),
    ]
    if rejected:
        told.append(
            tr("still flags {after} of {count} rejected ones (before: {before}).").format(
                count=rejected,
                after=_number(results["HELD_OUT_FALSE_FLAGS_AFTER"], rejected),
                before=_number(results["HELD_OUT_FALSE_FLAGS_BEFORE"], rejected),
            )
        )
    told.append(tr("F1 {before} → {after}.").format(before=f"{before:.2f}", after=f"{after:.2f}"))
    forgot = float(results["SIMULATED_FOUND_AFTER"]) < float(results["SIMULATED_FOUND_BEFORE"]) - 0.05
    if after < before:
        told.append(tr("It does worse than the model it was taught from: keep that one."))
    elif forgot:
        told.append(tr("It finds less of other (simulated) change than before; see the report."))
    elif min(accepted, rejected or accepted) < FAIR:
        told.append(tr("These are few: judge more to be sure."))
    return " ".join(told), after >= before and not forgot


def _number(share: float | None, count: int) -> int:
    return round(float(share or 0.0) * count)
