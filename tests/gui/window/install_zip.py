"""The zip into a fresh profile by QGIS's own installer, twice: first as new, then over itself as an upgrade.

``MARSCD_WINDOW_ZIP`` is the whole package. Nothing of the checkout is on the path.
"""

import os
import sys
from pathlib import Path

import pyplugin_installer
import qgis.utils
from driver import drive
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtWidgets import QDialog, QMessageBox
from qgis.utils import plugins

PAGES = ("area", "find", "fetch", "series", "changes", "analogue")


def seen_of(d):
    """What the installed plugin says of itself."""
    module = sys.modules["marscd_plugin"]
    main = d.iface.mainWindow()
    return {
        "file": module.__file__,
        "version": sys.modules["marscd_plugin.__about__"].version(),
        "pages": [type(d.dock.page(name)).__module__ for name in PAGES],
        "active": QgsSettings().value("/PythonPlugins/marscd_plugin", False, type=bool),
        "algorithms": len(QgsApplication.processingRegistry().providerById("marscd").algorithms()),
        "models": [p.name for p in sys.modules["marscd_plugin.inference.models"].bundled_models().values()],
        "embeddings": [p.name for p in sys.modules["marscd_plugin.inference.models"].embedding_models().values()],
        "docks": len([w for w in main.findChildren(type(d.dock)) if w.objectName() == "MarscdDock"]),
        "shown": d.dock.isUserVisible(),
        "setup": d.dock._setup.isVisible(),
        "lacking": [found.package.module for found in d.dock._setup.found],
        "folder of packages": str(d.dock._setup.folder),
    }


def steps(d):
    archive = os.environ["MARSCD_WINDOW_ZIP"]
    profile = Path(QgsApplication.qgisSettingsDirPath())
    d.note("profile", str(profile))
    d.note("before", "marscd_plugin" in plugins)
    # QGIS shows a plugin's error in a box that nobody here would close.
    qgis.utils.open_stack_dialog = lambda kind, value, trace, *rest: d._unforeseen(kind, value, trace)
    d.step("install")
    installer = pyplugin_installer.instance()
    installer.installFromZipFile(archive)
    yield lambda: "marscd_plugin" in plugins
    d.plugin.window.action.setChecked(True)
    yield lambda: d.dock.context is not None
    yield 0.5
    import marscd_plugin.inference.models

    d.note("first", seen_of(d))
    assert marscd_plugin.__file__.startswith(str(profile)), f"another copy runs: {marscd_plugin.__file__}"
    d.shot("installed")

    d.step("upgrade")
    # What an update must leave alone: packages and models stand outside the plugin's folder; what it must take away:
    # a file that the new version no longer has.
    packages = Path(seen_of(d)["folder of packages"])
    packages.mkdir(parents=True, exist_ok=True)
    (packages / "kept.py").write_text("KEPT = True\n")
    models = marscd_plugin.inference.models.models_folder()
    models.mkdir(parents=True, exist_ok=True)
    (models / "of-mine.onnx").write_bytes(b"installed by hand")
    stale = Path(marscd_plugin.__file__).parent / "of_an_older_version.py"
    stale.write_text("")
    first = id(d.plugin)
    installer.installFromZipFile(archive)
    yield lambda: id(plugins.get("marscd_plugin")) != first
    d.plugin.window.action.setChecked(True)
    yield lambda: d.dock.context is not None
    yield 0.5
    import marscd_plugin.inference.models

    d.note("second", seen_of(d))
    d.note("stale", stale.exists())
    d.note("kept", (packages / "kept.py").is_file() and (models / "of-mine.onnx").is_file())
    d.note("path", [p for p in sys.path if p == str(packages)])
    boxes = [w for w in QgsApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    d.note("boxes", [w.text() for w in boxes])
    d.note("dialogs", [w.windowTitle() for w in d.iface.mainWindow().findChildren(QDialog) if w.isVisible()])
    d.note("said", d.messages())


drive(steps)
