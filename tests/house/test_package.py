"""What QGIS and a worker install is whole, and needs no QGIS below the border."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import package  # noqa: E402

WORKER = """
import sys
sys.modules["qgis"] = None  # whoever imports it fails
import marscd_plugin, marscd_plugin.workflows.monitor, marscd_plugin.sandbox.fill
from marscd_plugin.__about__ import metadata
from marscd_plugin.inference.models import bundled_models
from marscd_plugin.planet.gazetteer import find
assert marscd_plugin.__file__.startswith(sys.argv[1]), marscd_plugin.__file__
print(metadata()["name"], *bundled_models(), find("Palikir").kind)
"""


@pytest.fixture(scope="module")
def zips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    earlier, package.DIST = package.DIST, folder
    try:
        return package.package()
    finally:
        package.DIST = earlier


def test_the_zips_hold_the_plugin_and_its_models(zips):
    plugin, models = (set(zipfile.ZipFile(path).namelist()) for path in zips)
    for name in ("__init__.py", "metadata.txt", "LICENSE", "resources/icon.svg", "resources/help/monitorarea.md",
                 "resources/graphical_models/changes_of_an_area.model3", "resources/gazetteer.csv"):  # fmt: skip
        assert "marscd_plugin/" + name in plugin, name
    # The plugin repository wants no model files; training needs torch, which must never be near QGIS.
    assert not [n for n in plugin if n.endswith(".onnx") or "/training/" in n or "__pycache__" in n]
    assert models == {"marscd_plugin/resources/models/paper-rsl.onnx"}
    assert zips[1].stat().st_size < 10e6


def test_an_unpacked_worker_runs_without_qgis(zips, tmp_path):
    for path in zips:
        zipfile.ZipFile(path).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", WORKER, str(tmp_path)],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["MarsCD", "paper-rsl", "Crater"]
