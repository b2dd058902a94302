"""A whole series: built, resumed, repaired, opened again; and every bad input ends in one clear message."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal, ogr

from marscd_plugin.common.errors import CancelledError, InputError, OutputError, RegistrationError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series import build as module
from marscd_plugin.series.build import build_series, open_series
from marscd_plugin.series.images import register_images
from marscd_plugin.series.report import report_html


def read(path):
    dataset = gdal.Open(str(path))
    return dataset.ReadAsArray(), dataset


def test_build(series, tmp_path):
    built, _ = series
    assert [e.product_id for e in built.epochs] == ["a_20100501", "b_20100601", "c_20120401"]
    assert [name for name, _ in built.refused] == ["d_20120501"] and built.refused[0][1]
    second = built.epoch("b_20100601").registration
    assert (second.shift_x_px, second.shift_y_px) == (pytest.approx(21.3, abs=0.2), pytest.approx(-12.6, abs=0.2))
    reference, dataset = read(built.epoch("a_20100501").raster)
    assert dataset.GetRasterBand(1).GetNoDataValue() == -9999
    assert dataset.GetMetadata("IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    for other in ("b_20100601", "c_20120401"):
        values, _ = read(built.epoch(other).raster)
        both = (values > -9000) & (reference > -9000)
        assert both.mean() > 0.7 and (reference[:20, :30] == -9999).all()
        # Registered and evened out: what is left is the two dates' noise (and the ramp, which no gain takes away).
        assert np.corrcoef(values[both], reference[both])[0, 1] > 0.97
        assert abs(np.median(values[both] - reference[both])) < 5
    assert {p.before for p in built.pairs} == {"a_20100501", "b_20100601"} and len(built.pairs) == 3
    assert built.folder == tmp_path / "S" and built.reference == "a_20100501"


def test_running_again_does_only_what_is_missing(series, tmp_path, monkeypatch, make_pair, write_raster):
    built, products = series
    folder = tmp_path / "S"
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*.*")}
    monkeypatch.setattr(module, "_make", lambda *_: pytest.fail("an epoch was made again"))
    assert build_series(products, folder, reference="a_20100501") == built
    for path, (changed, data) in before.items():
        assert path.read_bytes() == data
        assert path.suffix != ".tif" or path.stat().st_mtime_ns == changed
    monkeypatch.undo()
    made = []
    original = module._make
    monkeypatch.setattr(module, "_make", lambda *a: made.append(a[1].product_id) or original(*a))
    # A COG lost, an item cut in half, an epoch added: those are made, nothing else.
    built.epoch("b_20100601").raster.unlink()
    item = folder / "epochs" / "c_20120401.json"
    item.write_text(item.read_text()[:200])
    _, moving, _ = make_pair(320, dx=4, dy=4)
    base = gdal.Open(str(products[0].raster))
    left, pixel, _, top, _, _ = base.GetGeoTransform()
    extra = open_user_raster(write_raster("e_20130101.tif", moving, base.GetProjection(), left, top, pixel))
    again = build_series([*products, extra], folder, reference="a_20100501")
    assert sorted(made) == ["b_20100601", "c_20120401", "e_20130101"] and len(again.epochs) == 4


def test_a_stopped_run_goes_on(epochs, tmp_path, monkeypatch):
    products = epochs()
    quiet = Quiet()
    original = module._make

    def stop_after_two(*args):
        if args[1].product_id == "c_20120401":
            quiet.cancel()
        return original(*args)

    monkeypatch.setattr(module, "_make", stop_after_two)
    with pytest.raises(CancelledError):
        build_series(products, tmp_path / "S", reference="a_20100501", progress=quiet)
    assert not list((tmp_path / "S").rglob("*.part*")) and not list((tmp_path / "S").rglob("*scratch*"))
    monkeypatch.setattr(module, "_make", original)
    assert len(build_series(products, tmp_path / "S", reference="a_20100501").epochs) == 3


def test_stac_is_valid(series, tmp_path):
    pystac = pytest.importorskip("pystac")
    from pystac.validation import validate_dict

    folder = tmp_path / "S"
    files = ["catalog.json", "collection.json", *(f"epochs/{e.product_id}.json" for e in series[0].epochs)]
    for name in files:
        # Core schemas only: they come with pystac; the extensions' need the network.
        validate_dict(json.loads((folder / name).read_text()), extensions=[])
    catalogue = pystac.Catalog.from_file(str(folder / "catalog.json"))
    items = list(catalogue.get_items(recursive=True))
    assert len(items) == 3
    item = next(i for i in items if i.id == "b_20100601")
    grid = series[0].grid
    assert item.properties["proj:shape"] == [grid.height, grid.width]
    assert (
        item.properties["proj:transform"][2] == grid.left and item.properties["proj:transform"][4] == -grid.pixel_size
    )
    assert os.path.samefile(item.assets["image"].get_absolute_href(), series[0].epoch("b_20100601").raster)
    west, south, east, north = item.bbox
    assert 72 < west < east < 73 and 15 < south < north < 16


def test_a_moved_series_opens_and_a_hostile_one_does_not(series, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.move(tmp_path / "S", moved)
    assert len(open_series(moved).epochs) == 3
    item = moved / "epochs" / "b_20100601.json"
    sound = item.read_text()
    secret = tmp_path / "secret.tif"
    secret.write_bytes(b"x")
    for href in (
        "../../secret.tif",
        str(secret),
        "/vsicurl/http://example.com/x.tif",
        "http://example.com/x.tif",
        "..\\x",
    ):
        record = json.loads(sound)
        record["assets"]["image"]["href"] = href
        item.write_text(json.dumps(record))
        with pytest.raises(InputError):
            open_series(moved)
    (moved / "epochs" / "link.tif").symlink_to(secret)
    record["assets"]["image"]["href"] = "./link.tif"
    item.write_text(json.dumps(record))
    with pytest.raises(InputError, match="outside itself"):
        open_series(moved)
    for text in ("", "[]", "{}", "{" * 5000, sound.replace("marscd:mars_year", "x")):
        item.write_text(text)
        with pytest.raises(InputError):
            open_series(moved)
    with pytest.raises(InputError, match="no series"):
        open_series(tmp_path)


def test_the_report_stands_alone_and_is_escaped(series, tmp_path):
    text = (tmp_path / "S" / "report.html").read_text()
    assert "refused:" in text and "<svg" in text and "b_20100601" in text
    assert "http" not in text and "<script" not in text
    hostile = replace(series[0], refused=(("<script>alert(1)</script>", "<b>'\"&"),))
    assert "<script" not in report_html(hostile, {}) and "&lt;script" in report_html(hostile, {})


def test_bad_input_of_a_series(epochs, tmp_path, write_raster, fractal):
    products = epochs()
    with pytest.raises(InputError, match="at least two"):
        build_series(products[:1], tmp_path / "S")
    with pytest.raises(InputError, match="more than once"):
        build_series([products[0]] * 2, tmp_path / "S")
    with pytest.raises(InputError, match="no date"):
        build_series([products[0], replace(products[1], time=None)], tmp_path / "S")
    with pytest.raises(InputError, match="not among"):
        build_series(products, tmp_path / "S", reference="nobody")
    bare = open_user_raster(write_raster("n_20200101.tif", fractal(300, 3, 1) * 100 + 500))
    with pytest.raises(InputError, match="no CRS"):
        build_series([products[0], bare], tmp_path / "S")
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError):
        build_series(products, blocked / "S")
    assert not (tmp_path / "S").exists()


def test_a_series_of_strangers_is_refused(write_raster, fractal, tmp_path):
    when = datetime(2010, 1, 1, tzinfo=timezone.utc)
    products = [
        open_user_raster(write_raster(f"{n}.tif", fractal(260, 3, n) * 100 + 500), when.replace(year=2010 + n))
        for n in range(2)
    ]
    with pytest.raises(RegistrationError, match="fewer than two"):
        build_series(products, tmp_path / "S")
    assert not (tmp_path / "S" / "catalog.json").exists()


def test_images_without_a_crs_are_a_series_on_pixels(make_pair, write_raster, tmp_path):
    reference, moving, _ = make_pair(300)
    products = [
        open_user_raster(write_raster(f"{n}.tif", a), datetime(2010 + i, 1, 1))
        for i, (n, a) in enumerate((("a", reference), ("b", moving)))
    ]
    built = build_series(products, tmp_path / "S", reference="a")
    assert built.grid.crs == "" and (built.grid.width, built.grid.height) == (300, 300)
    assert open_series(tmp_path / "S") == built


def test_register_images(epochs, tmp_path):
    a, b, _ = epochs()
    output, ties = tmp_path / "out.tif", tmp_path / "ties.fgb"
    found = register_images(a.raster, b.raster, output, ties)
    assert (found.shift_x_px, found.shift_y_px) == (pytest.approx(21.3, abs=0.1), pytest.approx(-12.6, abs=0.1))
    values, dataset = read(output)
    reference, base = read(a.raster)
    assert values.shape == reference.shape and dataset.GetGeoTransform() == base.GetGeoTransform()
    assert dataset.GetSpatialRef().IsSame(base.GetSpatialRef())
    both = (values > -9000) & (reference > 0)
    assert np.corrcoef(values[both], reference[both])[0, 1] > 0.97
    vector = ogr.Open(str(ties))
    layer = vector.GetLayer()
    assert layer.GetFeatureCount() >= found.tie_point_count
    feature = layer.GetNextFeature()
    assert feature["dx_px"] == pytest.approx(21.3, abs=1) and feature.GetGeometryRef().GetX() < -6e6


def test_finer_pixels_are_averaged_not_skipped(fractal, write_raster, tmp_path):
    """A moving image of a third of the pixel size, with strong pixel noise: averaging must take the noise down."""
    fine = fractal(960, 3, 5) * 100 + 500
    coarse = fine.reshape(320, 3, 320, 3).mean(axis=(1, 3))
    noisy = np.clip(np.roll(fine, (9, -6), (0, 1)) + np.random.default_rng(1).normal(0, 30, fine.shape), 1, 1023)
    crs = equirectangular_wkt(0, 0)
    a = write_raster("a.tif", coarse, crs, 0.0, 0.0, 3.0)
    b = write_raster("b.tif", noisy, crs, 0.0, 0.0, 1.0)
    found = register_images(a, b, tmp_path / "out.tif")
    assert (found.shift_x_px, found.shift_y_px) == (pytest.approx(-2, abs=0.1), pytest.approx(3, abs=0.1))
    values, _ = read(tmp_path / "out.tif")
    inner = np.s_[20:-20, 20:-20]
    assert np.std(values[inner] - coarse[inner]) < 16


def test_register_images_refuses_and_leaves_nothing(epochs, write_raster, fractal, tmp_path):
    products = epochs(unrelated=True)
    output = tmp_path / "out.tif"
    with pytest.raises(RegistrationError):
        register_images(products[0].raster, products[3].raster, output, tmp_path / "t.fgb")
    bare = write_raster("bare.tif", fractal(300, 3, 1) * 100 + 500)
    with pytest.raises(InputError, match="no CRS"):
        register_images(products[0].raster, bare, output)
    with pytest.raises(InputError, match="Moon"):
        register_images(products[0], replace(products[1], body="Moon"), output)
    assert not list(tmp_path.glob("*out*")) and not (tmp_path / "t.fgb").exists()
