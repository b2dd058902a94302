"""A QGIS without a window for test_gui_fetch: ``run`` fetches until it is killed, ``resume`` is the next start.

fetch_process.py run|resume FILES(JSON) JOB_FOLDER PROFILE
"""

import json
import os
import sys
import time
from pathlib import Path

what, files, root, profile = sys.argv[1:]
sys.path.insert(0, os.getcwd())

from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QSettings  # noqa: E402
from qgis.PyQt.QtWidgets import QWidget  # noqa: E402

QCoreApplication.setOrganizationName("QGIS")
QCoreApplication.setApplicationName("QGIS3")
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, profile)
app = QgsApplication([], True)
app.initQgis()

from marscd_plugin.crawler.fetch import FileRequest  # noqa: E402
from marscd_plugin.gui.fetch.controller import controller_of  # noqa: E402
from marscd_plugin.gui.fetch.unfinished import remembered  # noqa: E402
from marscd_plugin.gui.jobs import Jobs  # noqa: E402
from marscd_plugin.gui.messages import Messages  # noqa: E402
from marscd_plugin.gui.page import DockContext  # noqa: E402
from marscd_plugin.gui.state import DockState  # noqa: E402

holder = QWidget()
context = DockContext(None, DockState(holder), Jobs(holder), Messages(holder))
controller = controller_of(context)


def wait(condition, seconds=150.0):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            sys.exit("it took too long")
        app.processEvents()
        time.sleep(0.01)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if what == "run":
    requests = [FileRequest(u, Path(root) / "products" / n, p, r, s) for u, n, p, r, s in json.loads(files)]
    context.state.open_folder(Path(root))
    controller.start(Path(root), requests)
    wait(lambda: [f.again_at is not None for f in controller.now.files].count(True) == 2)
    say("held")
    wait(lambda: False)
pages = []
context.state.page_wanted.connect(pages.append)
controller.offer()
wait(lambda: controller._offers)
offer = controller._offers[0]
text = offer.text
offer.resume()
wait(lambda: controller.now is not None and controller.now.state == "ended" and not controller.busy)
now = controller.now
say(
    json.dumps(
        {
            "offer": text,
            "page": pages,
            "files": {f.name: f.state for f in now.files},
            "came": sum(f.came for f in now.files),
            "remembered": [str(r) for r in remembered()],
        }
    )
)
controller.release()
context.jobs.release()
os._exit(0)
