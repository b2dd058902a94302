"""QGIS loses a CRS whose first thread has ended; ours are met in the main thread and keep their definition."""

from __future__ import annotations

import subprocess
import sys

#: In a process of its own: the cache of CRSs is the process's. Exit code 0 where the CRS is whole at the end.
PROGRAM = """
import os, sys, threading
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsTask
QgsApplication.setPrefixPath(sys.argv[2], True)
application = QgsApplication([], False)
application.initQgis()
if sys.argv[1] == "met":
    from marscd_plugin.gui.first_crs import meet
    meet()
done = []
def work(task):
    done.append(QgsCoordinateReferenceSystem("IAU_2015:49900").isValid())
task = QgsTask.fromFunction("look", work)
manager = QgsApplication.taskManager()
manager.addTask(task)
while manager.count():
    application.processEvents()
# What a project or a layer would hold now: the same CRS, from QGIS's cache. Then the worker ends.
crs = QgsCoordinateReferenceSystem("IAU_2015:49900")
manager.threadPool().waitForDone()
sys.stdout.write(f"{done} {crs.isValid()} {len(crs.toWkt())}")
sys.stdout.flush()
os._exit(0 if crs.toWkt() else 1)
"""


def run(how: str) -> subprocess.CompletedProcess[str]:
    from qgis.core import QgsApplication

    return subprocess.run(
        [sys.executable, "-c", PROGRAM, how, QgsApplication.prefixPath()],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_a_crs_that_we_met_first_outlives_workers(qgis_app):
    done = run("met")
    assert done.returncode == 0, done.stdout + done.stderr


def test_otherwise_qgis_loses_it(qgis_app):
    # Should this fail one day, QGIS has mended its cache and gui/first_crs.py can go.
    done = run("not met")
    assert done.returncode == 1 and "True 0" in done.stdout, done.stdout + done.stderr
