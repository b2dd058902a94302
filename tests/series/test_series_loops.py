"""A series closes, or the epoch at fault is left out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.common.words import Epoch, Grid, Registration
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series import epochs as making
from marscd_plugin.series import loops as module
from marscd_plugin.series.build import build_series
from marscd_plugin.series.loops import Loop, at_fault, loop_of, plan_loops, shared_part
from marscd_plugin.series.transform import Warp

START = datetime(2010, 1, 1, tzinfo=timezone.utc)


def epoch(name, day, azimuth=90.0, residual=0.1):
    registration = Registration(True, "", residual_px=residual, disagreement_px=0.05)
    return Epoch(name, Path(name), START + timedelta(days=day), 30, 10.0, 1.0, registration, 50.0, 5.0, 50.0, azimuth)


def loop(first, second, rms=0.1):
    closes = rms is not None and rms <= 0.3
    return Loop(first, second, rms, rms, 100, closes, "", f"{first}-{second}")


def test_each_epoch_is_in_a_loop_and_pays_for_one_at_most():
    found = [epoch(n, 30 * k, azimuth=90 + 5 * (k % 3)) for k, n in enumerate("abcdefg")]
    pairs = plan_loops(found, "a")
    assert {n for pair in pairs for n in pair} == set("bcdefg") and len(pairs) <= 6
    assert all(first < second for first, second in pairs)
    assert plan_loops(found[:2], "a") == [] and plan_loops(found[:3], "a") == [("b", "c")]


def test_who_is_at_fault():
    found = [epoch(n, k, residual=0.3 if n == "c" else 0.1) for k, n in enumerate("abcde")]
    assert at_fault([loop("b", "c"), loop("c", "d")], found) is None
    assert at_fault([loop("b", "c", None)], found) is None, "what could not be measured is nobody's fault"
    # d fails twice; then, of two alone, the one whose own registration leaves more.
    assert at_fault([loop("b", "c"), loop("b", "d", 2.0), loop("d", "e", 3.0)], found)[0] == "d"
    assert at_fault([loop("b", "c", 0.9)], found)[0] == "c"
    # c closes with e, so b is the odd one, though its residual is the smaller.
    name, worst = at_fault([loop("b", "c", 0.9), loop("c", "e")], found)
    assert name == "b" and worst.rms == 0.9
    assert loop_of(json.loads(json.dumps(loop("b", "c").as_json()))) == loop("b", "c")


@pytest.fixture
def four(make_pair, write_raster):
    """A reference and three epochs of 256 pixels."""
    shifts = {"b_20110101": (6.3, -4.6), "c_20120101": (-3.4, 5.2), "d_20130101": (2.2, 7.7)}
    arrays = {"a_20100101": make_pair(256)[0]}
    arrays |= {name: make_pair(256, dx=dx, dy=dy)[1] for name, (dx, dy) in shifts.items()}
    crs = equirectangular_wkt(0, 0)
    return [open_user_raster(write_raster(f"{n}.tif", a, crs, 0.0, 0.0, 1.0)) for n, a in arrays.items()]


def test_a_sound_series_closes_and_says_so(four, tmp_path, monkeypatch):
    built = build_series(four, tmp_path / "S", reference="a_20100101")
    assert len(built.epochs) == 4 and not built.refused
    told = json.loads((tmp_path / "S" / "collection.json").read_text())["marscd:closure"]
    assert {n for entry in told for n in (entry["first"], entry["second"])} == {e.product_id for e in built.epochs[1:]}
    assert all(entry["closes"] and entry["rms"] < 0.15 for entry in told)
    report = (tmp_path / "S" / "report.html").read_text()
    assert "Does the series close?" in report and "going round leaves" in report
    monkeypatch.setattr(module, "measure", lambda *_: pytest.fail("a loop was measured again"))
    assert build_series(four, tmp_path / "S", reference="a_20100101") == built


def test_an_epoch_that_breaks_the_loop_is_left_out(four, tmp_path, monkeypatch):
    """c's registration is a pixel off without knowing it: no residual shows it, the loop does."""
    original = making.attempt

    def wrong(scene, gate, progress):
        found = original(scene, gate, progress)
        if found.registration.shift_x_px < -2:
            warp = found.warp
            affine = warp.affine + np.array([[0, 0, 0.8], [0, 0, -0.6]])
            return replace(found, warp=Warp(affine, warp.nodes, warp.step, warp.seams))
        return found

    monkeypatch.setattr(making, "attempt", wrong)
    built = build_series(four, tmp_path / "S", reference="a_20100101")
    assert [e.product_id for e in built.epochs] == ["a_20100101", "b_20110101", "d_20130101"]
    name, reason = built.refused[0]
    assert name == "c_20120101" and "does not close" in reason and "px" in reason
    assert not list((tmp_path / "S").rglob("c_20120101*")), "nothing of it stays"
    assert "does not close" in (tmp_path / "S" / "report.html").read_text()
    monkeypatch.setattr(making, "attempt", lambda *_: pytest.fail("it was tried again"))
    assert build_series(four, tmp_path / "S", reference="a_20100101") == built
    # Of two that contradict each other one goes, and the reason says how far.
    monkeypatch.setattr(making, "attempt", wrong)
    again = build_series([four[0], *four[1:3]], tmp_path / "T", reference="a_20100101")
    assert len(again.epochs) == 2 and len(again.refused) == 1


def test_the_part_that_is_looked_at_is_where_both_are(write_raster, tmp_path):
    from osgeo import gdal

    grid = Grid("", 0.0, 0.0, 1.0, 3000, 2500)
    paths = []
    for k, (rows, columns) in enumerate((((900, 2500), (1200, 3000)), ((0, 2300), (1400, 3000)))):
        values = np.full((2500, 3000), -9999, np.float32)
        values[rows[0] : rows[1], columns[0] : columns[1]] = 1
        path = tmp_path / f"{k}.tif"
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), 3000, 2500, 1, gdal.GDT_Float32)
        dataset.GetRasterBand(1).WriteArray(values)
        dataset = None
        paths.append(path)
    part = shared_part(*paths, grid)
    assert (part.width, part.height) == (1024, 1024)
    assert part.column >= 1380 and part.row >= 880 and part.column + 1024 <= 3000 and part.row + 1024 <= 2320
