"""Folders of chips: what is taken, what is passed over, and what the manifest tells."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.analogue import folders
from marscd_plugin.analogue.folders import folder_chips
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import equirectangular_wkt


def picture(path: Path, size=(64, 64), seed: int = 1, crs: str = "", pixel: float = 5.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    cell = rng.random((size[1] // 8 + 1, size[0] // 8 + 1))
    grey = (np.kron(cell, np.ones((8, 8)))[: size[1], : size[0]] * 200 + rng.random(size[::-1]) * 20).astype(np.uint8)
    memory = gdal.GetDriverByName("MEM").Create("", size[0], size[1], 1, gdal.GDT_Byte)
    memory.GetRasterBand(1).WriteArray(grey)
    if crs:
        memory.SetProjection(crs)
        memory.SetGeoTransform((1000, pixel, 0, 2000, 0, -pixel))
    path.parent.mkdir(parents=True, exist_ok=True)
    driver = {".png": "PNG", ".tif": "GTiff"}[path.suffix]
    gdal.GetDriverByName(driver).CreateCopy(str(path), memory)
    return grey


def refused(call) -> str:
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.remedy, "every error says what to do next"
    return str(caught.value)


def test_one_sub_folder_a_region_in_order(tmp_path):
    greys = {}
    for region in ("dunes", "craters"):
        for name in ("b.png", "a.png"):
            greys[region, name] = picture(tmp_path / region / name, seed=len(greys))
    picture(tmp_path / "dunes" / ".hidden.png")
    (tmp_path / "dunes" / "notes.txt").write_text("no chip")
    picture(tmp_path / "loose.png")
    grid = folder_chips(tmp_path, 64)
    assert grid.count == 4 and grid.regions == ("craters", "dunes") and grid.image is None and grid.raster is None
    assert [c.region for c in grid.chips(range(4))] == ["craters", "craters", "dunes", "dunes"]
    assert [grid.path(i).name for i in range(4)] == ["a.png", "b.png", "a.png", "b.png"]
    (block,) = grid.blocks(Quiet())
    assert block.usable.all() and block.regions == ("craters", "craters", "dunes", "dunes")
    assert np.allclose(block.pixels[0], greys["craters", "a.png"], atol=1e-3)
    assert grid.groups == ("a", "b", "a", "b")
    chip = grid.chip(0)
    assert (chip.body, chip.longitude, chip.size, chip.x) == ("", None, 64.0, 32.0)
    assert [len(b.ids) for b in grid.blocks(Quiet(), size=3)] == [3, 1]
    assert grid.thumbnail(0).shape == (160, 160)


def test_the_middle_square_is_taken_and_brought_to_size(tmp_path):
    grey = picture(tmp_path / "r" / "wide.png", (160, 80))
    grid = folder_chips(tmp_path, 80)
    (block,) = grid.blocks(Quiet())
    assert np.allclose(block.pixels[0], grey[:, 40:120], atol=1e-3)
    half = next(folder_chips(tmp_path, 40).blocks(Quiet())).pixels[0]
    assert np.allclose(half, grey[:, 40:120].reshape(40, 2, 40, 2).mean(axis=(1, 3)), atol=0.01)
    assert next(folder_chips(tmp_path, 300).blocks(Quiet())).why == ("small",)
    assert next(folder_chips(tmp_path, 160).blocks(Quiet())).why == ("",)


def test_the_manifest_tells_place_group_and_size(tmp_path):
    picture(tmp_path / "one" / "a.png")
    picture(tmp_path / "one" / "b.png", seed=2)
    picture(tmp_path / "two" / "c.tif", seed=3, crs=equirectangular_wkt(0.0, 0.0))
    (tmp_path / "manifest.csv").write_text(
        "path,region,group,longitude,latitude,size_m,body,source\n"
        "one/a.png,Linear dunes,ESP_1,350.5,-12.5,640,Mars,x.tif\n"
        "one/b.png,Linear dunes,ESP_2,not a number,-12.5,nan,Mars,x.tif\n"
        "../../etc/passwd,evil,,0,0,1,Mars,\n"
    )
    grid = folder_chips(tmp_path, 64)
    assert grid.regions == ("Linear dunes", "two") and grid.groups == ("ESP_1", "ESP_2", "c") and grid.count == 3
    a, b, c = grid.chips(range(3))
    assert (a.longitude, a.latitude, a.size, a.body) == (-9.5, -12.5, 640.0, "Mars")
    assert b.longitude is None and b.size == 64.0
    # Without a row, its georeference speaks.
    assert (
        c.body == "Mars" and c.size == pytest.approx(320.0, rel=0.01) and c.longitude == pytest.approx(0.0196, abs=1e-3)
    )
    assert grid.chip_size is None
    (tmp_path / "manifest.csv").write_text("file,class\na,b\n")
    assert "no column named path" in refused(lambda: folder_chips(tmp_path, 64))
    (tmp_path / "manifest.csv").write_bytes(b"path\n\xff\xfe\x00bad")
    assert "cannot be read as a table" in refused(lambda: folder_chips(tmp_path, 64))


def test_what_is_no_folder_of_chips_is_refused_in_words(tmp_path):
    assert "There is no folder" in refused(lambda: folder_chips(tmp_path / "gone", 64))
    assert "no sub-folder of it holds a picture" in refused(lambda: folder_chips(tmp_path, 64))
    picture(tmp_path / "a.png")
    assert "its pictures lie in no sub-folder" in refused(lambda: folder_chips(tmp_path, 64))


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_that_leave_the_folder_are_passed_over(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    picture(outside / "secret" / "a.png")
    picture(inside / "region" / "b.png")
    (inside / "leak").symlink_to(outside / "secret", target_is_directory=True)
    (inside / "region" / "c.png").symlink_to(outside / "secret" / "a.png")
    (inside / "region" / "loop.png").symlink_to(inside / "region" / "loop.png")
    (inside / "region" / "d.png").symlink_to(inside / "region" / "b.png")
    grid = folder_chips(inside, 64)
    assert [grid.path(i).name for i in range(grid.count)] == ["b.png", "d.png"]


def test_damaged_and_hostile_files_do_not_end_a_run(tmp_path, monkeypatch):
    picture(tmp_path / "r" / "good.png")
    (tmp_path / "r" / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    # A VRT in a chip's clothes would name any file of this computer.
    (tmp_path / "r" / "sly.tif").write_text(
        '<VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        f"<SourceFilename>{tmp_path}/r/good.png</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    (tmp_path / "r" / "empty.png").write_bytes(b"")
    picture(tmp_path / "r" / "vast.png", (300, 300))
    monkeypatch.setattr(folders, "MAX_SIDE", 200)
    said = []

    class Told(Quiet):
        def warn(self, message):
            said.append(message)

    grid = folder_chips(tmp_path, 64)
    (block,) = grid.blocks(Told())
    why = dict(zip([grid.path(i).name for i in range(grid.count)], block.why, strict=True))
    assert why == {"bad.png": "unreadable", "good.png": "", "sly.tif": "unreadable", "vast.png": "unreadable"}
    assert len(said) == 3 and any("bad" in s for s in said)
    assert all(c.region == "r" for c in grid.chips(range(4)))
    monkeypatch.setattr(folders, "MAX_FILES", 3)
    assert "more than 3 chips" in refused(lambda: folder_chips(tmp_path, 64))
