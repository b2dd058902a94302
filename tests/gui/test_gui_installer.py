"""The zip that users get, put into a fresh profile by QGIS's own installer. Skips where there is no Xvfb."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "window"))
sys.path.insert(0, str(HERE.parents[1] / "tools"))

import check_metadata  # noqa: E402
import environment  # noqa: E402
import package  # noqa: E402
import window  # noqa: E402

EMBEDDINGS = ["marscd-analogue.onnx", "paper-analogue.onnx"]


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What the script noted."""
    if not window.ready():
        pytest.skip("needs xvfb-run, xauth and qgis to open a real window")
    folder = tmp_path_factory.mktemp("installer")
    earlier, package.DIST = package.DIST, folder / "dist"
    try:
        whole = package.package()[0]
    finally:
        package.DIST = earlier
    profiles = window.make_profile(folder / "profile", plugin=False)
    # A profile that has never heard of us: a plugin that was once switched off stays off when it is installed again.
    ini = next(profiles.rglob("QGIS3.ini"))
    ini.write_text("".join(line for line in ini.read_text().splitlines(True) if "marscd" not in line))
    variables = {
        "MARSCD_WINDOW_ZIP": str(whole),
        # QGIS as it comes: with build/venv/bin first on the path its Python would be that one, where the checkout is
        # installed, and so are the packages.
        "PATH": os.pathsep.join(["/usr/bin", "/bin"]),
        "PYTHONPATH": str(environment.QGIS_PLUGINS),
        "MARSCD_MODELS_DIR": str(folder / "models"),
        "MARSCD_CACHE_DIR": str(folder / "cache"),
        "MARSCD_WORK_DIR": str(folder / "work"),
    }
    result = window.run(
        HERE / "window" / "install_zip.py", folder / "out", profiles, variables, ("QGIS_PLUGINPATH",), timeout=120
    )
    assert result["failed"] is None, result["failed"]
    assert "unforeseen" not in result, result["unforeseen"]
    return result["notes"]


def test_the_installed_copy_runs(seen):
    first = seen["first"]
    assert not seen["before"]
    assert first["file"].startswith(seen["profile"])
    line = next(x for x in (check_metadata.ROOT / "metadata.txt").read_text().splitlines() if x.startswith("version="))
    assert first["version"] == line.partition("=")[2]
    assert first["active"] and first["shown"] and first["algorithms"] >= 9
    assert first["models"] == ["paper-rsl.onnx"] and first["embeddings"] == EMBEDDINGS


def test_every_page_opens_whether_or_not_packages_are_there(seen):
    pages = ["area", "find", "fetch", "series", "changes", "analogue"]
    assert seen["first"]["pages"] == seen["second"]["pages"] == [f"marscd_plugin.gui.{page}.page" for page in pages]
    assert seen["first"]["setup"] == bool(seen["first"]["lacking"]), "what is missing is named"
    assert seen["said"]["dock"] == []


def test_over_itself_it_is_an_upgrade(seen):
    second = seen["second"]
    assert second["file"] == seen["first"]["file"] and second["docks"] == 1
    assert second["active"] and second["shown"] and second["algorithms"] == seen["first"]["algorithms"]
    assert not seen["stale"], "a file of the older version is gone"


def test_what_was_installed_beside_it_stays(seen):
    assert seen["kept"] and seen["path"]
    assert sorted(seen["second"]["models"]) == ["of-mine.onnx", "paper-rsl.onnx"]


def test_nobody_had_to_close_a_box(seen):
    assert seen["boxes"] == [] and seen["dialogs"] == []
