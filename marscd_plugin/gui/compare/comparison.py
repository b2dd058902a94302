"""Blink and swipe: two layers compared on the canvas, the layer tree and the map tool left as they are."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayer
from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal

from .overlay import Overlay, Tag
from .snapshots import Snapshots


class Comparison(QObject):
    """What both have in common: pictures, labels, keys, and the way out. ``stop`` (or Esc on the map) ends it."""

    #: It is over, for whatever reason.
    ended = pyqtSignal()

    def __init__(self, canvas: Any, before: QgsMapLayer, after: QgsMapLayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.names = (before.name(), after.name())
        self.snapshots = Snapshots(canvas, (before, after), self)
        self.overlay: Overlay | None = None
        self.tags: tuple[Tag, ...] = ()

    @property
    def running(self) -> bool:
        return self.overlay is not None

    def start(self) -> None:
        """Put it on the canvas as soon as both layers are drawn."""
        self.overlay = Overlay(self.canvas)
        self.tags = (Tag(self.canvas, 0), Tag(self.canvas, 1))
        for tag in self.tags:
            tag.hide()
        self.snapshots.changed.connect(self._drawn)
        self.snapshots.gone.connect(self.stop)
        self.canvas.installEventFilter(self)
        self.canvas.viewport().installEventFilter(self)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.prepare()
        self.snapshots.start()

    def stop(self) -> None:
        """Take everything off the canvas. A second call does nothing."""
        overlay, self.overlay = self.overlay, None
        if overlay is None:
            return
        self.put_away()
        self.snapshots.stop()
        self.canvas.removeEventFilter(self)
        self.canvas.viewport().removeEventFilter(self)
        self.canvas.scene().removeItem(overlay)
        for tag in self.tags:
            tag.hide()
            tag.deleteLater()
        self.tags = ()
        self.canvas.viewport().update()
        self.ended.emit()

    def prepare(self) -> None:
        """Subclasses: set the overlay up."""

    def put_away(self) -> None:
        """Subclasses: stop timers, give the cursor back."""

    def place_tags(self) -> None:
        """Subclasses: show the labels that belong to what is shown."""

    def key(self, key: int) -> bool:
        """Subclasses: True where the key was theirs."""
        return False

    def mouse(self, event: Any) -> bool:
        """Subclasses: True where the mouse was theirs."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self.overlay is None:
            return False
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            if event.key() == Qt.Key.Key_Escape:
                if kind == QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                self.stop()
                return True
            if kind == QEvent.Type.KeyPress:
                return self.key(event.key())
        elif kind == QEvent.Type.KeyRelease:
            # The canvas would end a pan that its Space key never began.
            return event.key() == Qt.Key.Key_Space
        elif kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            return watched is self.canvas.viewport() and self.mouse(event)
        elif kind == QEvent.Type.Resize and watched is self.canvas:
            QTimer.singleShot(0, self._moved)
        return False

    def _moved(self) -> None:
        if self.overlay is not None and self.snapshots.pictures:
            self.place_tags()

    def _drawn(self) -> None:
        if self.overlay is None:
            return
        self.overlay.set_pictures(self.snapshots.pictures)
        self.place_tags()


class Blink(Comparison):
    """A and B in turn, from pictures drawn once: nothing is rendered from one beat to the next."""

    #: The picture on the map changed: 0 is A, 1 is B.
    turned = pyqtSignal(int)
    #: Stopped (True) or going again: by the Space key too.
    paused = pyqtSignal(bool)

    def __init__(self, canvas: Any, before: QgsMapLayer, after: QgsMapLayer, parent: QObject | None = None) -> None:
        super().__init__(canvas, before, after, parent)
        self.is_paused = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.turn)
        self.set_rate(2.0)

    def prepare(self) -> None:
        self._timer.start()

    def put_away(self) -> None:
        self._timer.stop()

    def set_rate(self, rate: float) -> None:
        """Pictures a second."""
        self._timer.setInterval(round(1000 / rate))

    def pause(self, held: bool) -> None:
        """Hold the picture that is shown, or go on."""
        if held == self.is_paused or self.overlay is None:
            return
        self.is_paused = held
        if held:
            self._timer.stop()
        else:
            self._timer.start()
        self.paused.emit(held)

    def turn(self) -> None:
        """Show the other one."""
        if self.overlay is not None and self.snapshots.pictures:
            self.show_side(1 - self.overlay.side)

    def show_side(self, side: int) -> None:
        """0: A, 1: B."""
        if self.overlay is None:
            return
        self.overlay.side = side
        self.overlay.update()
        self.place_tags()
        self.turned.emit(side)

    def place_tags(self) -> None:
        if self.overlay is None or not self.snapshots.pictures:
            return
        shown = self.overlay.side
        self.tags[shown].show_text(self.names[shown])
        self.tags[1 - shown].hide()

    def key(self, key: int) -> bool:
        if key == Qt.Key.Key_Space:
            self.pause(not self.is_paused)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.is_paused:
            self.show_side(0 if key == Qt.Key.Key_Left else 1)
        else:
            return False
        return True


class Swipe(Comparison):
    """A on one side of a divider, B on the other. Dragging elsewhere still does what the map tool does."""

    #: The divider's place, a share of the canvas.
    slid = pyqtSignal(float)
    _REACH = 8
    _STEP = 0.02

    def __init__(self, canvas: Any, before: QgsMapLayer, after: QgsMapLayer, parent: QObject | None = None) -> None:
        super().__init__(canvas, before, after, parent)
        self._upright = True
        self._dragging = False
        self._hand = False

    def prepare(self) -> None:
        assert self.overlay is not None
        self.overlay.divider = 0.5
        self.overlay.upright = self._upright

    def put_away(self) -> None:
        self._show_hand(False)

    def set_upright(self, upright: bool) -> None:
        """A divider from top to bottom, or from left to right."""
        self._upright = upright
        if self.overlay is not None:
            self.overlay.upright = upright
            self.slide(self.overlay.divider or 0.5)

    def slide(self, share: float) -> None:
        """Move the divider."""
        if self.overlay is None:
            return
        self.overlay.divider = min(max(share, 0.0), 1.0)
        self.overlay.update()
        self.place_tags()
        self.slid.emit(self.overlay.divider)

    def place_tags(self) -> None:
        if self.overlay is None or not self.snapshots.pictures:
            return
        a, b = self.tags
        if self.overlay.upright:
            a.show_text(self.names[0])
            b.show_text(self.names[1], right=True)
        else:
            at = self.overlay.divider_at()
            a.show_text(self.names[0], base=at - 10)
            b.show_text(self.names[1], base=at + 10 + b.sizeHint().height())

    def key(self, key: int) -> bool:
        assert self.overlay is not None
        upright, at = self.overlay.upright, self.overlay.divider or 0.0
        back, forth = (Qt.Key.Key_Left, Qt.Key.Key_Right) if upright else (Qt.Key.Key_Up, Qt.Key.Key_Down)
        moves = {back: at - self._STEP, forth: at + self._STEP, Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: 1.0}
        if key not in moves:
            return False
        self.slide(moves[key])
        return True

    def mouse(self, event: Any) -> bool:
        overlay = self.overlay
        if overlay is None or not self.snapshots.pictures:
            return False
        place = event.pos()
        view = self.canvas.viewport().rect()
        along, length = (place.x(), view.width()) if overlay.upright else (place.y(), view.height())
        near = abs(along - overlay.divider_at()) <= self._REACH
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and near and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._dragging:
            self._dragging = False
            return True
        if kind == QEvent.Type.MouseMove:
            if self._dragging:
                self.slide(along / max(length, 1))
                return True
            if not event.buttons():
                self._show_hand(near)
        return False

    def _show_hand(self, near: bool) -> None:
        if near == self._hand:
            return
        self._hand = near
        if near and self.overlay is not None:
            shape = Qt.CursorShape.SplitHCursor if self.overlay.upright else Qt.CursorShape.SplitVCursor
            self.canvas.viewport().setCursor(shape)
        else:
            self.canvas.viewport().unsetCursor()
