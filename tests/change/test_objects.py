"""Measures of objects: widths of bent and branching lines, slopes, kinds, brightness, confidence."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from osgeo import ogr

from marscd_plugin.change.components import Components
from marscd_plugin.change.detector import detect_changes
from marscd_plugin.change.facts import UNKNOWN, downslope_angle, kinds_of, votes_of
from marscd_plugin.change.job import DetectJob
from marscd_plugin.change.recut import RecutJob, recut_changes
from marscd_plugin.change.shapes import shapes
from marscd_plugin.change.thinning import centreline, steps
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import Window
from marscd_plugin.common.words import Grid
from marscd_plugin.planet.crs import local_wkt

SIZE, PIXEL = 320, 0.5
GRID = Grid(local_wkt(-157.7, -41.6), 0.0, np.radians(-41.6) * 3396190.0, PIXEL, SIZE, SIZE)


def band(lines: list[tuple[np.ndarray, np.ndarray]], width: float, angle: float) -> tuple[np.ndarray, float]:
    """(mask, length in pixels) of a band of ``width`` pixels along lines, turned by ``angle`` degrees."""
    from scipy.spatial import cKDTree

    turn = np.radians(angle)
    points, length = [], 0.0
    for x, y in lines:
        points.append(
            np.stack((160.3 + x * np.cos(turn) - y * np.sin(turn), 160.7 + x * np.sin(turn) + y * np.cos(turn)))
        )
        length += float(np.hypot(np.diff(x), np.diff(y)).sum())
    rows, columns = np.mgrid[0:SIZE, 0:SIZE]
    distance, _ = cKDTree(np.concatenate(points, axis=1).T).query(np.stack((columns.ravel(), rows.ravel()), axis=1))
    return (distance < width / 2).reshape(SIZE, SIZE), length


def straight():
    t = np.arange(-60, 60, 0.5)
    return [(t, 0 * t)]


def bent():
    t = np.arange(-60, 60, 0.5)
    return [(t, 15 * np.sin(t / 120 * 2 * np.pi))]


def branching():
    t, b = np.arange(-60, 60, 0.5), np.arange(0, 60, 0.5)
    return [(t, 0 * t), (b * np.cos(0.6), b * np.sin(0.6)), (-30 + b * np.cos(0.7), -b * np.sin(0.7))]


def measured(mask: np.ndarray, with_centreline: bool = True):
    """(width, length, centreline) in pixels."""
    found = Components(SIZE, SIZE)
    ones = np.ones(mask.shape)
    area = np.full((SIZE, 1), PIXEL**2)
    labels = found.add(Window(0, 0, SIZE, SIZE), mask, ones > 0, ones, ones, area)
    changes = found.finish()
    numbers = changes.polygon_of[np.maximum(labels, 0)]
    line, thick = centreline(mask)
    assert not thick.any()
    taken = steps(line, numbers, changes.count)[:, 1:] if with_centreline else None
    form = shapes(GRID, changes.x, changes.y, changes.xx, changes.xy, changes.yy, changes.area, taken)
    assert form is not None
    return form.width[0] / PIXEL, form.length[0] / PIXEL, form.centreline[0] / PIXEL


@pytest.mark.parametrize("lines", [straight, bent, branching])
@pytest.mark.parametrize("width", [2.0, 3.0, 5.0, 8.0])
def test_widths_of_lines_are_right_however_they_run(lines, width):
    widths, by_moments, along = [], [], []
    for angle in (0, 25, 45, 80, 110, 155):
        mask, length = band(lines(), width, angle)
        one, _, centre = measured(mask)
        widths.append(one)
        along.append(centre / length)
        by_moments.append(measured(mask, with_centreline=False)[0])
    assert np.mean(widths) == pytest.approx(width, rel=0.08) and np.std(widths) < 0.12 * width
    assert np.mean(along) == pytest.approx(1.0, abs=0.1)
    if lines is branching:
        assert np.mean(by_moments) > 1.4 * width


def test_a_bar_is_measured_as_it_was_and_a_blob_has_no_centreline():
    mask = np.zeros((SIZE, SIZE), bool)
    mask[100:110, 50:150] = True
    assert measured(mask)[:2] == pytest.approx((10.0, 100.0), rel=1e-3)
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    _, thick = centreline((x - 160) ** 2 + (y - 160) ** 2 < 70**2)
    assert thick.any()


def test_thinning_leaves_one_pixel_and_every_branch():
    mask, _ = band(branching(), 5.0, 20)
    line, _ = centreline(mask)
    assert (line <= mask).all() and 100 < line.sum() < 320
    from scipy import ndimage

    _, parts = ndimage.label(line, np.ones((3, 3)))
    assert parts == 1
    neighbours = ndimage.convolve(line.astype(int), np.ones((3, 3), int)) - 1
    assert ((neighbours == 1) & line).sum() == 4


# Slopes, kinds and light, end to end

CHANGED = np.s_[100:104, 60:160]


@pytest.fixture
def pair(rasters, terrain, line_models, tmp_path):
    """A dark line of 4 x 100 px from west to east, a tenth darker than it was, and a bright one, a tenth brighter."""
    after = terrain.copy()
    after[CHANGED] *= 0.9
    after[200:204, 60:120] *= 1.1
    out = tmp_path / "out"
    return DetectJob(
        before=rasters.write("before.tif", terrain),
        after=rasters.write("after.tif", after),
        model=str(line_models["split"]),
        probability=str(out / "probability.tif"),
        mask=str(out / "mask.tif"),
        polygons=str(out / "polygons.fgb"),
        kind=str(out / "kind.tif"),
        threshold=0.9,
        min_area_m2=5.0,
    )


def rows_of(path) -> list[dict]:
    dataset = ogr.Open(str(path))
    rows = [json.loads(f.ExportToJson())["properties"] for f in dataset.GetLayer(0)]
    return sorted(rows, key=lambda row: row["change_id"])


def slope_of(rasters, east: float, north: float, pixel: float = 1.0) -> str:
    """A DTM whose height falls by so many metres a metre east and north; its place covers the pair's."""
    rows, columns = np.mgrid[0:160, 0:200]
    height = 500.0 - east * pixel * columns + north * pixel * rows
    return rasters.write("dtm.tif", height.astype(np.float32), pixel=pixel, corner=_corner())


def _corner():
    return (-50.0 - 10.0, -41.58 * np.pi / 180 * 3396190.0 + 40.0 + 10.0)


@pytest.mark.parametrize(
    ("east", "north", "slope", "descent", "angle"),
    [(0.5, 0.0, 26.57, 90.0, 0.0), (0.0, -0.3, 16.70, 180.0, 90.0), (0.2, 0.2, 15.79, 45.0, 45.0)],
)
def test_slope_and_downslope_angle(pair, rasters, east, north, slope, descent, angle):
    detect_changes(replace(pair, dtm=slope_of(rasters, east, north)), Quiet())
    row = rows_of(pair.polygons)[0]
    assert row["azimuth"] == pytest.approx(90, abs=0.2)
    assert row["slope"] == pytest.approx(slope, abs=0.1)
    assert row["downslope_azimuth"] == pytest.approx(descent, abs=0.3)
    assert row["downslope_angle"] == pytest.approx(angle, abs=0.4)


def test_level_ground_has_no_way_down_and_a_dtm_elsewhere_tells_nothing(pair, rasters, terrain):
    detect_changes(replace(pair, dtm=slope_of(rasters, 0.001, 0.0)), Quiet())
    row = rows_of(pair.polygons)[0]
    assert row["slope"] == pytest.approx(0.06, abs=0.01)
    assert row["downslope_azimuth"] is None and row["downslope_angle"] is None
    away = rasters.write("away.tif", terrain, corner=(90_000.0, _corner()[1]))
    detect_changes(replace(pair, dtm=away), Quiet())
    assert rows_of(pair.polygons)[0]["slope"] is None
    with pytest.raises(InputError, match="CRS"):
        detect_changes(replace(pair, dtm=rasters.write("bare.tif", terrain, crs="")), Quiet())


def test_kinds_brightness_and_confidence(pair):
    detect_changes(pair, Quiet())
    dark, bright = rows_of(pair.polygons)
    assert (dark["kind"], bright["kind"]) == ("rsl", "frost") and dark["kind_share"] == pytest.approx(1.0, abs=0.01)
    assert dark["if_ratio"] == pytest.approx(0.9, abs=0.01) and bright["if_ratio"] == pytest.approx(1.1, abs=0.01)
    assert dark["probability_mean"] <= dark["confidence"] <= dark["probability_max"]
    assert dark["width_m"] == pytest.approx(1.0, abs=0.1) and dark["centreline_m"] == pytest.approx(25.0, rel=0.06)


def test_another_threshold_keeps_kinds_and_slopes(pair, rasters):
    job = replace(pair, dtm=slope_of(rasters, 0.5, 0.0))
    detect_changes(job, Quiet())
    first = rows_of(job.polygons)
    recut_changes(RecutJob(job.probability, job.mask, job.polygons, 0.9), Quiet())
    again = rows_of(job.polygons)
    names = ("kind", "kind_share", "slope", "downslope_angle", "width_m", "if_ratio", "confidence")
    for one, two in zip(first, again, strict=True):
        assert [two[n] for n in names] == [pytest.approx(one[n], rel=1e-3) for n in names]


def test_a_raster_of_kinds_from_another_run_is_not_believed(pair, line_models):
    detect_changes(pair, Quiet())
    detect_changes(replace(pair, model=str(line_models["whole"])), Quiet())
    recut_changes(RecutJob(pair.probability, pair.mask, pair.polygons, 0.9), Quiet())
    assert all(row["kind"] == UNKNOWN and row["kind_share"] is None for row in rows_of(pair.polygons))


def test_votes_and_majorities():
    kind = np.array([[1, 2, 2, 255, 0]], np.uint8)
    likely = np.array([[0.9, 0.5, 0.25, 0.8, 0.8]])
    votes = votes_of(kind, likely, np.ones((1, 5), bool), 2)
    np.testing.assert_allclose(votes, [[0.9, 0, 0, 0, 0], [0, 0.5, 0.25, 0, 0]])
    assert votes_of(None, likely, np.ones((1, 5), bool), 2).sum() == 0
    told = kinds_of(("rsl", "dune"), np.array([[0.9, 0.5, 0.0], [0.1, 0.5, 0.0]]), 3)
    assert told == [("rsl", pytest.approx(0.9)), (UNKNOWN, pytest.approx(0.5)), (UNKNOWN, None)]
    assert kinds_of((), None, 2) == [(UNKNOWN, None)] * 2


def test_angles_are_between_axes_not_arrows():
    angle = downslope_angle(np.array([10.0, 170.0, 90.0, np.nan]), np.array([350.0, 10.0, 0.0, 0.0]))
    np.testing.assert_allclose(angle, [20.0, 20.0, 90.0, np.nan])
