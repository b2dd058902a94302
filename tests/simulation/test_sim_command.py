"""The picture command."""

from __future__ import annotations

from osgeo import gdal

from marscd_plugin.simulation.__main__ import main
from marscd_plugin.simulation.kinds import Kind


def test_sheets_are_written(tmp_path, capsys):
    assert main(["--out", str(tmp_path / "sheets"), "--size", "192", "--seed", "2"]) == 0
    paths = capsys.readouterr().out.split()
    names = {path.rsplit("/", 1)[1] for path in paths}
    # A sheet for every kind of change, and those of what is not change.
    assert {f"kind_{kind.name.lower()}.png" for kind in list(Kind)[1:]} < names
    assert {"kinds.png", "nuisances.png", "unchanged_near.png", "unchanged_hard.png", "pairs_terrain.png"} < names
    assert len((tmp_path / "sheets" / "nuisances.txt").read_text().splitlines()) == 12
    for path in paths:
        dataset = gdal.OpenEx(path, gdal.OF_RASTER, allowed_drivers=["PNG"])
        assert dataset is not None and dataset.RasterXSize >= 150
        assert dataset.ReadAsArray().std() > 5


def test_a_folder_that_cannot_be_made_is_one_clear_failure(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["--out", str(tmp_path / "file" / "sheets"), "--size", "192"]) == 1
    assert capsys.readouterr().out == ""
