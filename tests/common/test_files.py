"""Files are whole or not there."""

from __future__ import annotations

import json
import os
import subprocess

import numpy as np
import pytest

from marscd_plugin.common.errors import OutputError
from marscd_plugin.common.files import need_folder, need_space, safe_name, whole_file, write_json
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import RasterWriter, Window, grid_of, open_raster, read, windows
from marscd_plugin.common.words import Grid


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 2 MB; needs root."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small tmpfs needs root")
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("this machine does not let tests mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_failure_leaves_neither_the_file_nor_its_part(tmp_path):
    target = tmp_path / "result.txt"
    target.write_text("before")
    with pytest.raises(ValueError), whole_file(target) as part:
        part.write_text("half")
        raise ValueError("stopped")
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_json_is_written_whole_and_refuses_nan(tmp_path):
    write_json(tmp_path / "a.json", {"ls": 250.0})
    assert json.loads((tmp_path / "a.json").read_text()) == {"ls": 250.0}
    with pytest.raises(ValueError):
        write_json(tmp_path / "b.json", {"ls": float("nan")})
    assert not (tmp_path / "b.json").exists()


def test_a_folder_where_a_file_stands_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Choose another folder"):
        need_folder(tmp_path / "file" / "below")


def test_a_full_disk_is_named_and_leaves_nothing(small_disk):
    grid = Grid("", 0, 0, 1, 2048, 2048)
    noise = np.random.default_rng(0).random((1024, 1024), dtype=np.float32)
    with (
        pytest.raises(OutputError, match="disk"),
        RasterWriter(small_disk / "out.tif", grid, np.float32) as out,
    ):
        for window in windows(2048, 2048, Quiet()):
            out.write(window, noise)
    assert list(small_disk.iterdir()) == []
    with pytest.raises(OutputError, match="MB are needed"):
        need_space(small_disk, 10_000_000)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "", "x" * 500, ".hidden", "a\x00b", "a\\b:c"])
def test_a_safe_name_is_one_plain_component(name):
    safe = safe_name(name)
    assert safe and not safe.startswith(".") and len(safe) <= 180
    assert not set("/\\\x00:") & set(safe)


def test_a_raster_is_a_tiled_cog_with_its_tags(tmp_path):
    grid = Grid("", 0, 0, 1, 700, 600)
    path = tmp_path / "out.tif"
    with RasterWriter(path, grid, np.float32, nodata=-1, tags={"MARSCD": "x"}, descriptions=["p"]) as out:
        for window in windows(700, 600, Quiet(), 256):
            out.write(window, np.full((window.height, window.width), window.column, np.float32))
    dataset = open_raster(path)
    band = dataset.GetRasterBand(1)
    assert (band.GetBlockSize(), band.GetNoDataValue(), band.GetDescription()) == ([512, 512], -1, "p")
    assert dataset.GetMetadata("IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    assert dataset.GetMetadataItem("MARSCD") == "x"
    assert read(band, Window(600, 10, 1, 1))[0, 0] == 512
    assert (grid_of(dataset).width, grid_of(dataset).height) == (700, 600)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.tif"]
