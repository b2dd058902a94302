"""Rankings, files of matches and of distances, drawings and pages: by numbers worked out by hand."""

from __future__ import annotations

import re
import zlib

import numpy as np
import pytest
from osgeo import gdal, ogr

from marscd_plugin.analogue.boxplot import Box, box_picture
from marscd_plugin.analogue.figures import label
from marscd_plugin.analogue.matches import COLUMNS, MatchRow, read_matches, verdicts_of, write_matches
from marscd_plugin.analogue.page import place
from marscd_plugin.analogue.png import data_address, png_bytes
from marscd_plugin.analogue.ranking import overlapping, reach_of, reach_on, thinned
from marscd_plugin.analogue.raster import NODATA, spread, write_surfaces
from marscd_plugin.analogue.report import MatrixPage, PagePair, SearchPage, matrix_html, search_html
from marscd_plugin.analogue.sheet import SheetPair, nearer_than, sheet_picture
from marscd_plugin.analogue.surface import Mark, SurfaceAxes, points_picture, surface_picture
from marscd_plugin.common.errors import InputError, OutputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Chip, Grid, Match
from marscd_plugin.planet.crs import body_of, spatial_reference

HOSTILE = "<script>alert('x')</script>\"&$\\frac{1}{0}$"


def wkt(code: str) -> str:
    return spatial_reference(code).ExportToWkt(["FORMAT=WKT2_2019"])


def match(rank: int = 1, body: str = "Mars", name: str = "dunes", weak: bool = False, **changes) -> Match:
    chip = Chip("/data/search.tif", 1000.0 * rank, -2000.0, 600.0, 10.0 + rank, -5.0, body, name)
    fields = {"distance": 0.25 * rank, "percentile": 0.05 * rank, "reason": "too near chance" if weak else ""}
    return Match(chip=chip, index=100 + rank, rank=rank, target=name, weak=weak, **{**fields, **changes})


# -- ranking --------------------------------------------------------------------------------------------------------


def even(reach: int):
    return lambda column, row: (reach, reach)


def cells_of(height: int, width: int) -> np.ndarray:
    rows, columns = np.divmod(np.arange(height * width), width)
    return np.column_stack([columns, rows])


def test_the_list_takes_each_place_once():
    values = np.ones((20, 30))
    values[5, 7], values[5, 8], values[6, 8], values[15, 20] = 0.1, 0.11, 0.12, 0.3
    found = thinned(values.ravel(), cells_of(20, 30), even(2), 2)
    assert found.tolist() == [5 * 30 + 7, 15 * 30 + 20]


def test_chips_that_only_touch_are_two_places():
    values = np.full((3, 9), 1.0)
    values[1, 2], values[1, 4] = 0.1, 0.2
    assert thinned(values.ravel(), cells_of(3, 9), even(2), 2).tolist() == [1 * 9 + 2, 1 * 9 + 4]
    assert thinned(values.ravel(), cells_of(3, 9), even(3), 2)[1] != 1 * 9 + 4


def test_no_two_of_a_list_overlap_and_the_order_is_by_value():
    values = np.random.default_rng(3).random(70 * 90)
    cells = cells_of(70, 90)
    found = thinned(values, cells, even(4), 100)
    gaps = np.abs(cells[found][:, None] - cells[found][None]).max(axis=2)[~np.eye(len(found), dtype=bool)]
    assert len(found) == 100 and gaps.min() >= 4 and (np.diff(values[found]) >= 0).all()
    assert found[0] == np.argmin(values)


def test_a_long_list_goes_on_beyond_its_first_part():
    values = np.arange(100 * 100, dtype=float)
    found = thinned(values, cells_of(100, 100), even(1), 6000)
    assert found.tolist() == list(range(6000))


def test_unusable_and_skipped_chips_are_no_matches():
    values = np.array([np.nan, 0.1, 0.2, np.inf, 0.3])
    cells = np.array([[0, 0], [5, 0], [10, 0], [15, 0], [20, 0]])
    assert thinned(values, cells, even(1), 9, skip=(1,)).tolist() == [2, 4]
    assert thinned(np.full(3, np.nan), cells[:3], even(1), 9).size == 0


@pytest.mark.parametrize(("size", "step", "reach"), [(600, 300, 2), (600, 600, 1), (600, 900, 1), (600, 250, 3)])
def test_reach_is_where_chips_stop_overlapping(size, step, reach):
    assert reach_of(size, step) == reach


def test_cells_far_from_the_equator_are_narrower():
    grid = Grid(wkt("IAU_2015:49900"), 10.0, 61.0, 0.01, 100, 200)
    step = 0.01 * np.pi / 180 * 3396190.0
    assert reach_on(grid, 2 * step, step)(50, 100) == (4, 2)  # cos 60 degrees is a half.
    assert reach_on(Grid("", 0.0, 0.0, 1.0, 9, 9), 64.0, 32.0)(3, 3) == (2, 2)


def test_own_ground_is_found_across_180_degrees():
    lon, lat = np.array([179.999, -179.999, 178.0, np.nan]), np.array([10.0, 10.0, 10.0, 10.0])
    near = overlapping(lon, lat, 200.0, (-179.9995, 10.0), 3396190.0)
    assert near.tolist() == [True, True, False, False]


# -- files ----------------------------------------------------------------------------------------------------------


def first_point(path) -> tuple[float, float]:
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    feature = layer.GetNextFeature()
    point = feature.GetGeometryRef()
    return point.GetX(), point.GetY()


@pytest.mark.parametrize(
    ("ending", "code", "body"),
    [(".fgb", "IAU_2015:49910", "Mars"), (".gpkg", "IAU_2015:49910", "Mars"), (".fgb", "EPSG:32646", "Earth"),
     (".gpkg", "EPSG:4326", "Earth"), (".fgb", "IAU_2015:49900", "Mars"), (".fgb", "", "")],
)  # fmt: skip
def test_matches_reopen_on_their_body(tmp_path, ending, code, body):
    path = tmp_path / f"matches{ending}"
    rows = [MatchRow(match(1, body), "t/0001.png", "accepted", 0.75), MatchRow(match(2, body, weak=True))]
    write_matches(path, wkt(code) if code else "", rows)
    crs, read = read_matches(path)
    assert (body_of(crs) or "") == body and len(read) == 2
    assert [n for n, _ in COLUMNS] == list(read[0])
    first = read[0]
    assert (first["rank"], first["distance"], first["index"], first["thumbnail"]) == (1, 0.25, 101, "t/0001.png")
    assert first["size_m"] == (600.0 if body else None) and (first["weak"], read[1]["weak"]) == (0, 1)
    assert read[1]["verdict"] is None and read[1]["reason"] == "too near chance" and read[1]["score"] is None
    assert first_point(path) == (1000.0, -2000.0)


def test_geojson_holds_degrees(tmp_path):
    path = tmp_path / "m.geojson"
    write_matches(path, wkt("IAU_2015:49910"), [MatchRow(match(3))])
    assert first_point(path) == (13.0, -5.0)


def test_hostile_names_survive_as_text(tmp_path):
    path = tmp_path / "m.fgb"
    write_matches(path, wkt("IAU_2015:49900"), [MatchRow(match(1, name=HOSTILE + "\0\udc80"))])
    assert read_matches(path)[1][0]["target"].startswith(HOSTILE)


def test_another_layer_is_no_list_of_matches(tmp_path):
    with pytest.raises(OutputError, match="ending in"):
        write_matches(tmp_path / "m.shp", "", [])
    other = tmp_path / "other.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(other))
    source.CreateLayer("other", None, ogr.wkbPoint)
    del source
    with pytest.raises(InputError, match="lacks"):
        read_matches(other)
    with pytest.raises(InputError, match="cannot be opened"):
        read_matches(tmp_path / "nothing.fgb")


def test_verdicts_are_read_whatever_their_case():
    rows = [{"index": 3, "verdict": " Accepted"}, {"index": 4, "verdict": "REJECTED"}, {"index": 5, "verdict": None}]
    assert verdicts_of(rows) == ((3,), (4,))


def test_distance_has_a_pixel_a_chip_and_nodata_elsewhere(tmp_path):
    grid = Grid(wkt("IAU_2015:49910"), 1000.0, 5000.0, 300.0, 3, 2)
    cells = np.array([[0, 0], [2, 0], [1, 1]])
    surface = spread(cells, np.array([0.5, 0.25, np.nan]), grid)
    assert surface[0].tolist()[::2] == [0.5, 0.25] and np.isnan(surface).sum() == 4
    path = tmp_path / "distance.tif"
    write_surfaces(path, grid, {"distance": surface, "percentile": surface * 100}, {"A": "b"}, Quiet())
    dataset = gdal.Open(str(path))
    assert dataset.RasterCount == 2 and dataset.GetRasterBand(1).GetNoDataValue() == NODATA
    assert dataset.GetGeoTransform() == (1000.0, 300.0, 0.0, 5000.0, 0.0, -300.0)
    assert body_of(dataset.GetProjection()) == "Mars"
    assert dataset.ReadAsArray()[:, 0].tolist() == [[0.5, NODATA, 0.25], [50.0, NODATA, 25.0]]
    with pytest.raises(InputError):
        spread(cells, np.zeros(2), grid)


def test_a_png_reads_back_as_it_was(tmp_path):
    grey = np.arange(60, dtype=np.uint8).reshape(6, 10)
    colour = np.random.default_rng(1).integers(0, 255, (5, 7, 3)).astype(np.uint8)
    for name, picture in (("grey.png", grey), ("colour.png", colour)):
        (tmp_path / name).write_bytes(png_bytes(picture))
        read = gdal.Open(str(tmp_path / name)).ReadAsArray()
        assert np.array_equal(read if picture.ndim == 2 else np.moveaxis(read, 0, -1), picture)
    with pytest.raises(ValueError, match="no picture"):
        png_bytes(grey.astype(np.float32))


# -- drawings -------------------------------------------------------------------------------------------------------


def pixels(png: bytes, tmp_path) -> np.ndarray:
    (tmp_path / "drawn.png").write_bytes(png)
    return np.moveaxis(gdal.Open(str(tmp_path / "drawn.png")).ReadAsArray(), 0, -1)[..., :3]


def test_the_surface_is_drawn_and_the_same_each_time(tmp_path):
    pytest.importorskip("matplotlib")
    values = np.random.default_rng(1).random((12, 250)).astype(np.float32)
    values[3, 200], values[0, :20] = -1.0, np.nan
    axes = SurfaceAxes(np.linspace(91, 94, 250), np.linspace(39, 38.8, 12))
    first = surface_picture(values, axes, HOSTILE, [Mark(92.0, 38.9, 0.1, "1")], HOSTILE)
    assert first == surface_picture(values, axes, HOSTILE, [Mark(92.0, 38.9, 0.1, "1")], HOSTILE)
    drawn = pixels(first, tmp_path)
    assert max(drawn.shape) <= 1600 and len(np.unique(drawn.reshape(-1, 3), axis=0)) > 200
    assert surface_picture(np.full((5, 5), np.nan), axes, "nothing") is None
    assert surface_picture(np.ones((1, 9)), axes, "a line") is None


def test_a_flat_surface_and_pixels_without_degrees_are_drawn():
    pytest.importorskip("matplotlib")
    assert surface_picture(np.ones((4, 5)), SurfaceAxes(np.arange(5.0), np.arange(4.0), False, "pixels"), "flat")


def test_regions_in_a_line_have_no_surface():
    pytest.importorskip("matplotlib")
    line = np.arange(6.0)
    assert points_picture([("line", line, 2 * line, line)], "t") is None
    assert points_picture([("few", line[:3], line[:3] ** 2, line[:3])], "t") is None
    assert points_picture([(HOSTILE, line, line**2, line), ("line", line, line, line)], "t") is not None


def test_boxes_and_sheets_are_drawn_of_what_there_is(tmp_path):
    pytest.importorskip("matplotlib")
    boxes = [Box(HOSTILE, np.array([0.1, 0.2, np.nan])), Box("none", np.array([np.nan]))]
    assert box_picture(boxes, HOSTILE, "Distance") is not None
    assert box_picture(boxes[1:], "t", "Distance") is None
    chip = np.full((160, 160), 77, np.uint8)
    png = sheet_picture([SheetPair(match(1, name=HOSTILE), chip, None)], HOSTILE)
    drawn = pixels(png, tmp_path)
    assert (drawn == 77).all(axis=2).sum() > 10_000  # The chip is in the picture.
    assert sheet_picture([], "t") is None


def test_labels_hold_no_formulas():
    assert label("a$b$\n\x07c", 40) == r"a\$b\$ c"
    assert label("x" * 99, 10) == "x" * 9 + "…"


def test_percentiles_in_words():
    assert nearer_than(0.0) == "nearer than every random place"
    assert nearer_than(0.25) == "0.25 % of random places are as near"
    assert nearer_than(float("nan")) == "not compared with chance"
    assert place(-18.39, -5.0) == "18.3900° W, 5.0000° S"


# -- pages ----------------------------------------------------------------------------------------------------------


def test_the_page_says_first_what_a_match_means_and_escapes_names():
    png = png_bytes(np.zeros((4, 4), np.uint8))
    told = SearchPage(
        title=HOSTILE, summary=f"The best match is weak: {HOSTILE}", weak=True, warnings=[HOSTILE],
        facts=[(HOSTILE, HOSTILE)], pairs=[PagePair(match(1, name=HOSTILE, weak=True, reason=HOSTILE), png, None)],
        matches=[match(r, name=HOSTILE) for r in range(1, 260)], scores={101: 0.5}, surface=png,
        quartiles=[(HOSTILE, 0.1, 0.2, 0.3, 0.4)], unseen=[HOSTILE], provenance={"inputs": [HOSTILE]},
    )  # fmt: skip
    text = search_html(told)
    assert "<script" not in text and text.count("&lt;script&gt;") > 5
    assert text.index("The best match is weak") < text.index("<table") and text.index("<h1>") < text.index("lead weak")
    assert not re.search(r"(src|href)=\"(?!data:image/png;base64,)", text)
    assert "59 further matches are in the layer" in text and data_address(png) in text


def test_the_matrix_marks_the_pairs_and_their_rivals():
    told = MatrixPage(
        title="m", summary=HOSTILE, clear=False, rows=["A", HOSTILE], columns=["A'", "B'"],
        values=[[0.1, 0.5], [0.05, None]], pairs=[(0, 0), (1, 1)],
        quartiles=[("A", "A'", 10, 0.1, 0.2, 0.3, 0.4, 0.5, 6)],
    )  # fmt: skip
    text = matrix_html(told)
    assert '<td class="own">0.100</td><td>0.500</td>' in text
    assert '<td class="rival">0.050</td><td class="own">-</td>' in text
    assert "6 of 10" in text and "<script" not in text


def test_a_huge_picture_is_left_out():
    noise = np.random.default_rng(1).integers(0, 255, (1400, 1400, 3)).astype(np.uint8)
    png = png_bytes(noise)
    assert len(zlib.compress(noise.tobytes())) > 3_000_000
    assert "base64" not in search_html(SearchPage("t", "s", False, surface=png))
