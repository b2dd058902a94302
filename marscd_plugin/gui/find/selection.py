"""Which observations are selected, once for table, map and plot: who sets it says so, and does not hear itself."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QObject, pyqtSignal


class Selection(QObject):
    """A set of product ids. ``changed(origin)`` carries the object that set it."""

    changed = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        return self._ids

    def set(self, ids: Iterable[str], origin: object) -> None:
        """Select exactly these."""
        wanted = frozenset(ids)
        if wanted != self._ids:
            self._ids = wanted
            self.changed.emit(origin)
