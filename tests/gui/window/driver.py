"""Drives a real QGIS window step by step, from inside: waits by the event loop, never blocks it, and measures how long
the loop stood still.

A script's steps are a generator that yields seconds to wait, or a function that becomes true.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, Qt, QTimer
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface, plugins

OUT = Path(os.environ["MARSCD_WINDOW_OUT"])
#: Milliseconds between the meter's looks.
_TICK = 10


class Meter(QObject):
    """The longest time that the event loop stood still, for each step."""

    def __init__(self):
        super().__init__()
        self.step, self.worst, self.long = "start", {}, []
        self._last = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK)

    def _tick(self):
        now = time.perf_counter()
        if self._last is not None:
            still = 1000 * (now - self._last) - _TICK
            self.worst[self.step] = max(self.worst.get(self.step, 0.0), still)
            if still > 100:
                self.long.append((self.step, round(still)))
        self._last = now

    def skip(self):
        """What the test itself did (a picture) is not the plugin's."""
        self._last = None


class Driver(QObject):
    """Runs steps; writes result.json and leaves QGIS."""

    def __init__(self, steps, size=(1400, 880), patience=90.0):
        super().__init__()
        self.meter = Meter()
        self.seen: dict = {"failed": None, "times": {}, "notes": {}}
        self.iface, self.project = iface, QgsProject.instance()
        self._steps, self._patience = steps(self), patience
        self._wait_for, self._until, self._begun = None, 0.0, time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        # An error anywhere must end the test with its words, not wait in a box that nobody closes.
        sys.excepthook = self._unforeseen
        iface.mainWindow().resize(*size)
        QTimer.singleShot(500, lambda: self._timer.start(30))
        self._tidy()

    def _tidy(self):
        """The layer tree readable, the browser away."""
        main = self.iface.mainWindow()
        docks = {d.objectName(): d for d in main.findChildren(QDockWidget)}
        if "Browser" in docks:
            docks["Browser"].hide()
        if "Layers" in docks:
            docks["Layers"].setMinimumWidth(230)

    @property
    def plugin(self):
        return plugins["marscd_plugin"]

    @property
    def dock(self):
        return self.plugin.window.dock

    def step(self, name):
        """From here on the meter counts for this step."""
        self.seen["times"][name] = round(time.monotonic() - self._begun, 1)
        self.meter.step = name

    def note(self, key, value):
        self.seen["notes"][key] = value

    def shot(self, name, widget=None):
        """A picture of the window (or of a widget) as PNG."""
        (widget or iface.mainWindow()).grab().save(str(OUT / f"{name}.png"))
        self.meter.skip()

    def screen(self, name):
        """A picture of the whole screen: windows and menus that lie above."""
        QGuiApplication.primaryScreen().grabWindow(0).save(str(OUT / f"{name}.png"))
        self.meter.skip()

    def messages(self):
        """What the dock's bar and QGIS's bar say now."""
        bars = {"dock": self.dock.context.messages if self.dock.context else None, "qgis": iface.messageBar()}
        return {n: [i.text() for i in (bar.items() if bar else [])] for n, bar in bars.items()}

    def _unforeseen(self, kind, value, trace):
        self.seen["unforeseen"] = "".join(traceback.format_exception(kind, value, trace))

    def _next(self):
        try:
            if self._wait_for is not None:
                if not self._wait_for():
                    if time.monotonic() > self._until:
                        raise TimeoutError(f"step {self.meter.step}: waited {self._patience:.0f} s in vain")
                    return
                self._wait_for = None
            elif time.monotonic() < self._until:
                return
            wanted = next(self._steps)
            if callable(wanted):
                self._wait_for, self._until = wanted, time.monotonic() + self._patience
            else:
                self._until = time.monotonic() + float(wanted)
        except StopIteration:
            self._end()
        except BaseException:
            self.seen["failed"] = traceback.format_exc()
            try:
                self.seen["messages"] = self.messages()
                self.shot("failed")
            finally:
                self._end()

    def _end(self):
        self._timer.stop()
        self.seen["worst_ms"] = {k: round(v) for k, v in self.meter.worst.items()}
        self.seen["long"] = self.meter.long
        part = OUT / "result.part"
        part.write_text(json.dumps(self.seen, indent=1, default=str))
        part.replace(OUT / "result.json")
        QgsProject.instance().clear()
        QgsProject.instance().setDirty(False)
        # exit code 0 wants the window's own way out, with nothing loaded
        QTimer.singleShot(300, iface.actionExit().trigger)
        QTimer.singleShot(20_000, lambda: QgsApplication.exit(3))


def drive(steps, **options):
    """Keep the driver alive as long as QGIS."""
    sys.modules[__name__].driver = Driver(steps, **options)
