"""What the plugin costs QGIS at start-up: importing it, classFactory, initGui (with the provider) and unload.

    python benchmarks/bench_startup.py [--runs 7]

Each run is a fresh QGIS process (offscreen) with a main window, in which QGIS's own Processing plugin has been loaded,
as QGIS loads it before others. "cold" has no compiled Python files of ours, as on the first start after an
installation; "warm" has them. Times are medians; processor time is the main thread's own, which other work on the
computer disturbs less. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from environment import environment  # noqa: E402

#: Modules that no start-up may load.
HEAVY = ("onnxruntime", "cv2", "shapely", "scipy", "matplotlib", "requests", "sqlite3", "torch")

WORKER = r"""
import gc, json, os, sys, time
from qgis.core import QgsApplication
app = QgsApplication([], True)
app.initQgis()
import qgis.utils
from qgis.PyQt.QtWidgets import QMainWindow
sys.path.append("/usr/share/qgis/python/plugins")
from processing.core.Processing import Processing
Processing.initialize()

class Iface:
    def __init__(self):
        self.window = QMainWindow()
    def mainWindow(self):
        return self.window
    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)
    def __getattr__(self, name):
        return lambda *a, **k: None

iface = Iface()
iface.window.show()
sys.path.insert(0, os.environ["QGIS_PLUGINPATH"])
before = set(sys.modules)
gc.collect()  # Or a sweep over QGIS's own objects falls into one run and not into the other.
now, cpu = time.perf_counter, time.thread_time
a, begun = now(), cpu()
import marscd_plugin
plugin = marscd_plugin.classFactory(iface)
b = now()
plugin.initGui()
c, used = now(), cpu() - begun
new = {m.split(".")[0] for m in set(sys.modules) - before}
count = sum(m.startswith("marscd_plugin") for m in sys.modules)
d = now()
plugin.unload()
e = now()
sys.__stdout__.write("BENCH " + json.dumps([b - a, c - b, e - d, used, count, sorted(new)]) + "\n")
sys.__stdout__.flush()
os._exit(0)
"""


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    rows, heavy, count = [], set(), 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("cold", "warm"):
            times = []
            for number in range(runs + (kind == "warm")):
                cache = Path(folder) / (f"cold{number}" if kind == "cold" else "warm")
                made = _run(cache)
                if kind == "warm" and number == 0:
                    continue
                times.append(made[:4])
                count = made[4]
                heavy |= set(made[5]) & set(HEAVY)
            rows.append((kind, [statistics.median(t) * 1e3 for t in zip(*times, strict=True)], times))
    out = sys.stdout.write
    columns = (
        "Python files",
        "import + classFactory, ms",
        "initGui, ms",
        "both, ms (least to most)",
        "both, processor ms",
    )
    out(f"| {' | '.join(columns)} | unload, ms |\n{'|---' * 6}|\n")
    for kind, (factory, gui, unload, used), times in rows:
        both = sorted((t[0] + t[1]) * 1e3 for t in times)
        out(
            f"| {kind} | {factory:.0f} | {gui:.0f} | {statistics.median(both):.0f} ({both[0]:.0f} to {both[-1]:.0f}) "
            f"| {used:.0f} | {unload:.0f} |\n"
        )
    found = ", ".join(sorted(heavy)) or "none"
    out(f"\n{count} of our modules are loaded; heavy ones among what came with them: {found}.\n")


def _run(cache: Path) -> list:
    env = {k: v for k, v in environment().items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPYCACHEPREFIX": str(cache), "QT_QPA_PLATFORM": "offscreen"}
    # QGIS's own Python, by its name: a virtual environment's would hide what the system lacks.
    python = f"{sys.base_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    done = subprocess.run([python, "-c", WORKER], env=env, capture_output=True, text=True, check=False, timeout=120)
    for line in done.stdout.splitlines():
        if line.startswith("BENCH "):
            return json.loads(line[6:])
    sys.exit(f"bench_startup: QGIS did not start:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    main()
