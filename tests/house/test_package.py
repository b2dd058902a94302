"""What QGIS and a worker install is whole, and needs no QGIS below the border."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_package  # noqa: E402
import package  # noqa: E402

MODELS = ("marscd-analogue", "paper-analogue", "paper-rsl")

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


INSTALL = """
import sys
from marscd_plugin.inference.install import install_models, missing
from marscd_plugin.inference.models import find_model
print(sorted(missing()))
install_models(sys.argv[1])
print(missing(), find_model("paper-rsl").stem)
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
    whole, repository, models = (set(zipfile.ZipFile(path).namelist()) for path in zips)
    for name in ("__init__.py", "metadata.txt", "LICENSE", "resources/icon.svg", "resources/help/monitorarea.md",
                 "resources/graphical_models/changes_of_an_area.model3", "resources/gazetteer.csv",
                 "constraints-qgis.txt", "resources/help/pages/area.md", "resources/help/fr/pages/area.md",
                 "resources/help/zh_CN/pages/area.md", "resources/basemaps/mars_viking_mdim21_2160.tif",
                 "i18n/marscd_fr.qm", "i18n/marscd_zh_CN.qm"):  # fmt: skip
        assert "marscd_plugin/" + name in whole & repository, name
    # The plugin repository wants no model files. Training is run beside QGIS (trainchangemodel), never in it.
    assert not [n for n in repository if n.endswith(".onnx")]
    assert "marscd_plugin/training/finetune.py" in whole & repository
    assert not [n for n in whole | repository if "__pycache__" in n]
    assert models == {f"marscd_plugin/resources/models/{name}.onnx" for name in MODELS} == whole - repository
    assert repository - whole == {"marscd_plugin/resources/models/checksums.json"}
    assert zips[2].stat().st_size < 16e6


def test_a_plugin_from_the_repository_installs_its_models(zips, tmp_path):
    plugin = tmp_path / "plugins"
    zipfile.ZipFile(zips[1]).extractall(plugin)
    done = subprocess.run(
        [sys.executable, "-c", INSTALL, str(zips[2])], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(plugin), "PATH": "", "MARSCD_MODELS_DIR": str(tmp_path / "models")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(list(MODELS)), "[] paper-rsl"]


def test_an_unpacked_worker_runs_without_qgis(zips, tmp_path):
    zipfile.ZipFile(zips[0]).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", WORKER, str(tmp_path)],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["MarsCD", "paper-rsl", "Crater"]


def test_the_plugin_repository_takes_its_zip(zips):
    # Bandit's defaults and detect-secrets over all of it: what the site runs on an upload.
    assert check_package.problems(zips[1]) == []
    assert check_package.form(zips[0]) == []


def test_what_the_plugin_repository_refuses_is_seen(tmp_path):
    path = tmp_path / "bad.zip"
    secret = 'token = "' + "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c" + '"\n'
    metadata = (ROOT / "metadata.txt").read_text().replace("homepage=https", "homepage=http") + "tagline=100 % Mars\n"
    with zipfile.ZipFile(path, "w") as made:
        code = "import subprocess\nsubprocess.call(subprocess.argv, shell=True)\n"
        made.writestr("marscd_plugin/__init__.py", code + secret)
        made.writestr("marscd_plugin/metadata.txt", metadata)
        made.writestr("marscd_plugin/.hidden", "")
        made.writestr("other/run.sh", "")
    found = "\n".join(check_package.problems(path))
    for words in (
        "hidden",
        "run.sh",
        "one folder",
        "LICENSE is missing",
        "homepage",
        "per cent",
        "B602",
        "Hex High Entropy",
    ):
        assert words in found, words
