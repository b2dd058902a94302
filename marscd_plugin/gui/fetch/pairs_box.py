"""Which of the chosen images compare well: the planner's pairs, before a byte is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingFeatureSourceDefinition, QgsVectorLayer
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...__about__ import resource
from ...common.words import Observation
from .. import layers
from ..words import tr

if TYPE_CHECKING:
    from ...workflows.plan import PairPlan, PlannedPair

#: Milliseconds without a further tick before pairs are planned.
_QUIET = 300
#: Pairs listed; the layer has all.
_LISTED = 20
#: A score below this is told as bad (docs/archives.md).
_WEAK = 0.3
ROLE = "pairs"


class PairsBox(QgsCollapsibleGroupBox):
    """Follows what is ticked. Hidden while fewer than two images are."""

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.plan: PairPlan | None = None
        self._asked = 0
        self._job: Any = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET)
        self._timer.timeout.connect(self._look)
        self._build()
        context.state.chosen_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: Any) -> None:
        """Other images are ticked: plan again, soon."""
        self._timer.start()

    def release(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._asked += 1
        self.context.state.chosen_changed.disconnect(self.refresh)
        if self._job is not None:
            self._job.cancel()

    def _build(self) -> None:
        self.setTitle(tr("Pairs"))
        # Unfolding shows every child of the box itself, also those that are to be hidden.
        inside = QWidget(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("What the planner says"))
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([tr("Before and after"), tr("Score"), tr("Weakest")])
        for column, tip in enumerate(
            (
                tr("The dates of the two images"),
                tr("How well they compare, 0 to 1: light, view, season, pixel size and ground in common"),
                tr("What spoils the pair most"),
            )
        ):
            self.list.headerItem().setToolTip(column, tip)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(tr("Pairs that compare best"))
        self.list.setMaximumHeight(self.fontMetrics().height() * 9)
        self.untick = QPushButton(tr("Untick the &unpaired"), self)
        self.untick.setToolTip(tr("Untick images that share no ground, or no time apart, with any other chosen one"))
        self.untick.clicked.connect(self._untick)
        self.on_map = QPushButton(tr("Show on the &map"), self)
        self.on_map.setToolTip(tr("All pairs as a layer: the ground that both images show, with scores and reasons"))
        self.on_map.clicked.connect(self.show_on_map)
        row = QHBoxLayout()
        row.addWidget(self.untick)
        row.addWidget(self.on_map)
        row.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.words)
        column.addWidget(self.list)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(inside)
        self.setCollapsed(True)

    def _wanted(self) -> tuple[Observation, ...]:
        return self.context.state.chosen

    def _look(self) -> None:
        wanted = self._wanted()
        self._asked += 1
        asked = self._asked
        self.setVisible(len(wanted) > 1)
        if len(wanted) < 2:
            self.plan = None
            return

        def work(progress: Any) -> PairPlan:
            from ...workflows.plan import PlanJob, run_plan

            return run_plan(PlanJob(wanted), progress)

        job = self.context.jobs.background(tr("Plan pairs"), work)
        job.succeeded.connect(lambda plan: self._planned(asked, plan, ""))
        job.failed.connect(lambda why: self._planned(asked, None, why))

    def _planned(self, asked: int, plan: PairPlan | None, why: str) -> None:
        """An answer, unless other images were ticked since it was asked for."""
        if asked != self._asked:
            return
        if plan is None:
            self._refused(why)
        else:
            self._show(plan)

    def _refused(self, why: str) -> None:
        self.plan = None
        self.setTitle(tr("Pairs"))
        self.words.setText(why)
        for widget in (self.list, self.untick, self.on_map):
            widget.hide()

    def _show(self, plan: PairPlan) -> None:
        self.plan = plan
        good = sum(p.compared.score >= _WEAK for p in plan.pairs)
        self.setTitle(
            tr("Pairs: {good} of {count} compare well").format(good=f"{good:,}", count=f"{len(plan.pairs):,}")
            if plan.pairs
            else tr("Pairs: none")
        )
        self.words.setText(_summary(plan))
        self.list.clear()
        for pair in plan.pairs[:_LISTED]:
            self.list.addTopLevelItem(_row(pair))
        for column in range(3):
            self.list.resizeColumnToContents(column)
        self.list.setVisible(bool(plan.pairs))
        self.on_map.setVisible(bool(plan.pairs))
        self.untick.setVisible(bool(plan.unmatched) and bool(plan.pairs))

    def _untick(self) -> None:
        if self.plan is not None:
            gone = set(self.plan.unmatched)
            self.context.state.set_chosen(o.product_id for o in self._wanted() if o.product_id not in gone)

    def show_on_map(self) -> None:
        """The algorithm itself, on the footprints that are ticked."""
        folder = self.context.state.folder
        if self._job is not None or folder is None or not folder.observations.is_file():
            self.context.messages.hint(tr("The footprints are not in the job's folder; search again."))
            return
        ids = ", ".join("'" + o.product_id.replace("'", "''") + "'" for o in self._wanted())
        source = QgsProcessingFeatureSourceDefinition(
            str(folder.observations), filterExpression=f'"product_id" IN ({ids})'
        )
        path = folder.root / "pairs.fgb"
        layers.remove(layers.ours(ROLE))
        self.on_map.setEnabled(False)
        self._job = job = self.context.jobs.algorithm(
            "marscd:planpairs", {"OBSERVATIONS": source, "PAIRS": str(path)}, tr("Plan pairs")
        )
        job.succeeded.connect(lambda results: self._add_layer(results["PAIRS"]))
        job.failed.connect(lambda why: self.context.messages.failure(why))
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self.on_map.setEnabled(True)

    def _add_layer(self, path: str) -> None:
        layer = QgsVectorLayer(path, tr("Pairs"), "ogr", QgsVectorLayer.LayerOptions(False))
        if not layer.isValid():
            self.context.messages.failure(tr("{path} cannot be opened as a layer.").format(path=path))
            return
        layer.loadNamedStyle(str(resource("styles", "pairs.qml")))
        layers.add(layer, layers.group("MarsCD"), ROLE)


def _summary(plan: PairPlan) -> str:
    if not plan.pairs:
        return tr("No two of these images show the same ground at different times. Tick more, or others.")
    series = tr("1 series") if len(plan.groups) == 1 else tr("{count} series").format(count=len(plan.groups))
    text = tr("The chosen images make {series}.").format(series=series)
    if plan.unmatched:
        text += " " + tr("Without a partner to compare with: {count}.").format(count=len(plan.unmatched))
    return text


def weakest_words() -> dict[str, str]:
    """The name of a factor in words."""
    return {
        "overlap": tr("little ground in common"),
        "season": tr("another season"),
        "incidence": tr("sun higher or lower"),
        "azimuth": tr("sun from elsewhere"),
        "emission": tr("seen from elsewhere"),
        "scale": tr("other pixel size"),
        "gap": tr("hardly any time between"),
    }


def _row(pair: PlannedPair) -> QTreeWidgetItem:
    compared = pair.compared
    dates = f"{pair.before.start_time:%Y-%m-%d} → {pair.after.start_time:%Y-%m-%d}"
    weakest = compared.weakest
    words = weakest_words().get(weakest, weakest) if compared.factors[weakest] < 0.9 else ""
    item = QTreeWidgetItem([dates, f"{compared.score:.2f}", words])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    tip = f"{compared.before}\n{compared.after}\n" + "\n".join(compared.reasons)
    for column in range(3):
        item.setToolTip(column, tip)
    return item
