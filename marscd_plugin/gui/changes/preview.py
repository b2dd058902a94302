"""Another threshold for a finished pair: shown on the map while it moves, made real by Apply."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..words import tr
from .threshold import Threshold

#: A slider moves faster than a map can be drawn: the preview waits so many milliseconds for the next move.
_WAIT_MS = 60


class ThresholdBox(QWidget):
    """The threshold, and what to do where it is no longer the pair's own."""

    #: Show this threshold on the map; None: the pair's own again.
    preview_wanted = pyqtSignal(object)
    #: Make mask and polygons at it.
    apply_wanted = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: float | None = None
        self._share: Callable[[float], float] | None = None
        self._previewing = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._preview)
        self.threshold = Threshold(self)
        self.threshold.changed.connect(self._changed)
        label = QLabel(tr("&Threshold"), self)
        label.setBuddy(self.threshold)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.threshold, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._frame())
        self._say()

    @property
    def value(self) -> float:
        return self.threshold.value

    @property
    def share(self) -> Callable[[float], float] | None:
        """How much of the compared ground (0..1) lies at or above a threshold; None while unknown."""
        return self._share

    def set_own(self, value: float) -> None:
        """The threshold of the pair's mask and polygons; nothing is previewed any more."""
        self._own, self._previewing = value, False
        self._wait.stop()
        self.threshold.set_value(value)
        self._say()

    def set_default(self, value: float | None) -> None:
        """The model's own."""
        kept = self.threshold.value
        self.threshold.set_default(value)
        self.threshold.set_value(kept)

    def set_share(self, share: Callable[[float], float] | None) -> None:
        self._share = share
        self._say()

    def put_back(self) -> None:
        """Back to the pair's own threshold, on the map too."""
        self._wait.stop()
        if self._own is not None:
            self.threshold.set_value(self._own)
            self._say()
            self._preview()

    def stop(self) -> None:
        """Forget what waits."""
        self._wait.stop()

    def _frame(self) -> QFrame:
        self.frame = QFrame(self)
        self.frame.setFrameShape(QFrame.Shape.StyledPanel)
        self.words = QLabel(self.frame)
        self.words.setWordWrap(True)
        self.apply = QPushButton(tr("&Apply"), self.frame)
        self.apply.setToolTip(tr("Make mask and outlines at this threshold; the network does not run again"))
        self.apply.clicked.connect(lambda: self.apply_wanted.emit(self.value))
        self.back = QPushButton(tr("&Back"), self.frame)
        self.back.setToolTip(tr("Back to the threshold of the mask and the outlines"))
        self.back.clicked.connect(self.put_back)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        inner = QVBoxLayout(self.frame)
        inner.setContentsMargins(6, 4, 6, 4)
        inner.addWidget(self.words)
        inner.addLayout(buttons)
        return self.frame

    def _changed(self, _value: float) -> None:
        self._say()
        self._wait.start()

    def _preview(self) -> None:
        differs = self._differs()
        # Whoever never moved it keeps the layers as they ticked them.
        if differs or self._previewing:
            self._previewing = differs
            self.preview_wanted.emit(self.value if differs else None)

    def _differs(self) -> bool:
        return self._own is not None and abs(self.value - self._own) >= 0.005

    def _say(self) -> None:
        self.frame.setVisible(self._differs())
        if self._own is None or not self._differs():
            return
        text = tr("The map shows a preview; mask, outlines and list are still those of {threshold}.").format(
            threshold=f"{self._own:g}"
        )
        if self._share is not None:
            marked = tr("At {threshold}, {share} % of the ground would be marked.").format(
                threshold=f"{self.value:g}", share=f"{100 * self._share(self.value):.2g}"
            )
            text = f"{marked} {text}"
        self.words.setText(text)
