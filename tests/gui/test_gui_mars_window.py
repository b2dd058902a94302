"""What only QGIS's own window shows: the red bar's absence, its tools and messages. Skips where there is no Xvfb."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "window"))
sys.path.insert(0, str(HERE.parents[1] / "tools"))

import window  # noqa: E402
from tile_server import TileServer  # noqa: E402


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What the script noted."""
    if not window.ready():
        pytest.skip("needs xvfb-run, xauth and qgis to open a real window")
    folder = tmp_path_factory.mktemp("mars")
    server = TileServer()
    try:
        variables = {
            "MARSCD_BASEMAP_URL": server.url,
            "MARSCD_ALLOW_LOOPBACK": "1",
            "MARSCD_CACHE_DIR": str(folder / "cache"),
            "MARSCD_TEST_STOP": f"{server.url}/stop/0/0/0.jpg",
        }
        profiles = window.make_profile(folder / "profile")
        result = window.run(HERE / "window" / "mars_area.py", folder / "out", profiles, variables, timeout=200)
    finally:
        server.close()
    assert result["failed"] is None, result["failed"]
    assert "unforeseen" not in result, result["unforeseen"]
    return result


def test_the_project(seen):
    notes = seen["notes"]
    assert notes["crs"] == "IAU_2015:49900" and len(notes["layers"]) == 4 and "Viking" in notes["line"]
    assert notes["ellipsoid"] == "PARAMETER:nan:nan", "QGIS's own choice was put right"


def test_no_red_bar_about_transforms(seen):
    assert seen["notes"]["standing"] == []
    assert seen["notes"]["taken"] >= 4, "QGIS did want to show it"


def test_other_messages_stay(seen):
    assert seen["notes"]["kept"] == ["something else failed"]


def test_drawing(seen):
    assert seen["notes"]["after undo"] == 3 and seen["notes"]["size"].endswith("km²")


def test_a_network_that_goes_away_says_nothing(seen):
    assert seen["notes"]["storm"] == []
    assert "switched off" in seen["notes"]["offline line"]


def test_release_leaves_nothing(seen):
    assert seen["notes"]["tool gone"] and not seen["notes"]["listening"]
    assert seen["code"] == 0
