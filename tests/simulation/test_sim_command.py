"""The picture command."""

from __future__ import annotations

from osgeo import gdal

from marscd_plugin.simulation.__main__ import main


def test_sheets_are_written(tmp_path, capsys):
    assert main(["--out", str(tmp_path / "sheets"), "--size", "192", "--seed", "2"]) == 0
    paths = capsys.readouterr().out.split()
    assert len(paths) == 5
    for path in paths:
        dataset = gdal.OpenEx(path, gdal.OF_RASTER, allowed_drivers=["PNG"])
        assert dataset is not None and dataset.RasterXSize >= 150
        assert dataset.ReadAsArray().std() > 5


def test_a_folder_that_cannot_be_made_is_one_clear_failure(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["--out", str(tmp_path / "file" / "sheets"), "--size", "192"]) == 1
    assert capsys.readouterr().out == ""
