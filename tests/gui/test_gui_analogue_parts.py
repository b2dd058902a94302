"""The page Analogues' parts without the page: proposals, words, files of targets and of verdicts, records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.words import Chip, EmbeddingCard, Match
from marscd_plugin.gui.analogue import rows
from marscd_plugin.gui.analogue.proposal import (
    places,
    places_words,
    propose,
    rounded,
    two_digits,
    warning,
)
from marscd_plugin.gui.analogue.stored import Search, load, new_folder, record, round_folder, title
from marscd_plugin.gui.analogue.targets import (
    Marked,
    edge_of,
    free_name,
    own_name,
    picture,
    read_targets,
    write_targets,
)
from marscd_plugin.gui.folder import JobFolder
from marscd_plugin.planet import geometry

CARD = EmbeddingCard("e", "chips", "vectors", 64, 1, 128, "cosine", "chip", pixel_size=(0.5, 8.0))


def test_the_coarser_image_makes_the_proposal():
    made = propose(CARD, 0.25, 2.0)
    assert made.size == 130 and made.step == 65 and "2 m" in made.why and not made.warning


def test_a_model_that_knows_its_scales_keeps_to_them_where_it_can():
    assert propose(CARD, 0.1, 0.1).size == 32
    coarse = propose(CARD, 20.0, 20.0)
    assert coarse.size == 510 and not coarse.warning, "8 m a pixel, 26 real pixels of 64"
    beyond = propose(CARD, 100.0, 100.0)
    assert beyond.size == 6400 and "trained" in beyond.warning


def test_a_small_target_makes_the_chip_smaller_but_not_mostly_blur():
    plain = replace(CARD, pixel_size=None)
    assert propose(plain, 1.0, 1.0, target_edge=50).size == 50
    tiny = propose(plain, 1.0, 1.0, target_edge=5)
    assert tiny.size == 32 and "half" in tiny.why
    assert propose(plain, 1.0, 1.0, target_edge=500).size == 64


def test_images_without_a_scale_count_in_pixels():
    made = propose(CARD, None, None)
    assert (made.size, made.step) == (64, 32) and "pixels" in made.why


def test_too_few_real_pixels_are_warned_of():
    assert "only 10 real pixels" in warning(CARD, 20.0, 2.0)
    assert warning(CARD, 128.0, 2.0) == ""


def test_places_are_counted_and_told():
    assert places(100, 100, 20, 10) == 81 and places(10, 100, 20, 10) == 0 and places(100, 100, 20, 0) == 0
    assert places_words(0, 2000).startswith("⚠") and "2.0 km" in places_words(0, 2000)
    assert "takes a while" in places_words(300_000, 20) and "too many" in places_words(3_000_000, 20)
    assert "290 places" in places_words(289, 20)


@pytest.mark.parametrize(("value", "up", "made"), [(127.3, False, 130), (0.0213, False, 0.021), (21.3, True, 22),
                                                    (20, True, 20), (0, False, 1)])  # fmt: skip
def test_rounding(value, up, made):
    assert rounded(value, up) == pytest.approx(made)


def test_counts_keep_two_digits():
    assert [two_digits(n) for n in (7, 99, 289, 123_456)] == [7, 99, 290, 120_000]


# Words of a match


def row(**values):
    base = rows.Row(7, 1, 0.12345, 0.15, False, "", "floor", -157.7, -41.6, 0.0, 0.0, 1.0, "Mars", None, None, "", None)
    return replace(base, **values)


@pytest.mark.parametrize(("percentile", "said"), [
    (0.15, "nearer than 99.8 %"), (0.0, "nearer than all random places"), (0.04, "nearer than 99.9 %"),
    (40.0, "nearer than 60 %"), (None, "not compared"),
])  # fmt: skip
def test_no_more_is_claimed_than_was_measured(percentile, said):
    assert rows.nearer(percentile).startswith(said)


def test_places_are_told_as_the_bodys_maps_have_them():
    assert rows.place(row()) == "202.3000° E, 41.6000° S"
    assert rows.place(row(on="Earth", longitude=-91.5, latitude=37.0)) == "91.5000° W, 37.0000° N"
    assert rows.place(row(longitude=None, on="", x=12.0, y=-30.0)) == "column 12, row 30"


def test_weak_ones_say_so_and_verdicts_are_marked():
    weak = row(weak=True, reason="chance gives as much", verdict="rejected", score=0.25)
    assert rows.name(weak) == "✗ 1 · floor"
    assert any("weak" in line for line in rows.lines(weak)) and "25 %" in " ".join(rows.lines(weak))
    assert "chance gives as much" in rows.tip(weak) and "not like this" in rows.tip(weak)
    assert rows.headline([weak]) == ("Weak: even the best match says little. chance gives as much.", True)
    assert rows.headline([])[1] and "No place could be compared" in rows.headline([])[0]
    assert rows.headline([row()])[0].startswith("1 match. ")


# Files


@pytest.fixture
def matches(tmp_path):
    from marscd_plugin.analogue.matches import MatchRow, write_matches

    wkt = osr.SpatialReference()
    wkt.SetFromUserInput("IAU_2015:49910")
    (tmp_path / "m").mkdir()
    path = tmp_path / "m" / "matches.fgb"
    made = []
    for n, picture_path in enumerate(("matches-thumbnails/1.png", "../secret.png", "x.exe", "")):
        chip = Chip("s", 1000.0 + n, 2000.0, 64.0, 10.0, 20.0, "Mars")
        made.append(
            MatchRow(
                Match(chip, 100 + n, n + 1, 0.1, "t", 1.0),
                thumbnail=picture_path,
                target_thumbnail="matches-thumbnails/target-0.png",
            )
        )
    write_matches(path, wkt.ExportToWkt(["FORMAT=WKT2_2019"]), reversed(made))
    return path


def test_rows_come_by_rank_and_pictures_only_from_below(matches):
    found = rows.read_found(matches)
    assert [r.rank for r in found.rows] == [1, 2, 3, 4] and found.rows[0].half == 32.0
    assert [r.thumbnail is not None for r in found.rows] == [True, False, False, False]


def test_verdicts_are_written_and_the_others_stay(matches):
    rows.keep_verdicts(matches, {100: "accepted", 101: "rejected"})
    rows.keep_verdicts(matches, {101: ""})
    found = rows.read_found(matches)
    assert [r.verdict for r in found.rows] == ["accepted", "", "", ""]
    assert rows.judged(found.rows) == ((100,), ())
    assert found.rows[0].target_thumbnail.name == "target-0.png" and found.rows[0].thumbnail.name == "1.png"
    assert found.rows[3].x == 1003.0 and "Mars" in found.crs


def test_a_file_that_is_none_is_refused(tmp_path):
    (tmp_path / "matches.fgb").write_text("not this")
    with pytest.raises(InputError):
        rows.read_found(tmp_path / "matches.fgb")


def test_targets_survive_the_file_on_both_bodies(tmp_path):
    for body in ("Mars", "Earth"):
        area = geometry.area_from_extent(10.0, 20.0, 10.01, 20.02, body)
        write_targets((Marked("one", area), Marked("zwei", area)), tmp_path / "t.fgb")
        read = read_targets(tmp_path / "t.fgb")
        assert [t.name for t in read] == ["one", "zwei"] and read[0].area.body == body
        assert edge_of(read[0].area) == pytest.approx(edge_of(area), rel=1e-6)
    assert read_targets(tmp_path / "none.fgb") == ()
    (tmp_path / "bad.fgb").write_text("x")
    with pytest.raises(InputError):
        read_targets(tmp_path / "bad.fgb")


def test_edges_are_metres_on_the_ground():
    area = geometry.area_from_extent(0.0, 60.0, 2.0, 61.0)
    assert edge_of(area) == pytest.approx(2 * 59274.7 * np.cos(np.radians(60.5)), rel=1e-3)


def test_names_are_free():
    assert free_name(["Target 1", "Target 3"]) == "Target 2"
    assert own_name("a", ["a", "a 2"]) == "a 3" and own_name("  ", ["Target 1"]) == "Target 2"


def test_a_picture_shows_the_place_and_nothing_where_there_is_none(tmp_path):
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "i.tif"), 100, 100, 1, gdal.GDT_Float32)
    reference = osr.SpatialReference()
    reference.SetFromUserInput("IAU_2015:49910")
    made.SetProjection(reference.ExportToWkt())
    made.SetGeoTransform((0, 59.2747, 0, 0, 0, -59.2747))
    values = np.zeros((100, 100), np.float32)
    values[:, 50:] = 1.0
    values[0, 0] = np.nan
    made.GetRasterBand(1).WriteArray(values)
    del made
    shown = picture(str(tmp_path / "i.tif"), geometry.area_from_extent(0.04, -0.06, 0.06, -0.04), 20)
    assert shown.shape == (20, 20) and shown[5:15, :8].max() == 0 and shown[5:15, 12:18].min() == 255
    assert picture(str(tmp_path / "i.tif"), geometry.area_from_extent(40, 40, 41, 41), 20) is None
    assert picture(str(tmp_path / "i.tif"), geometry.area_from_extent(0, 0, 1, 1, "Earth"), 20) is None
    assert picture(str(tmp_path / "i.tif"), None, 20).max() == 255
    assert picture(str(tmp_path / "nothing.tif"), None, 20) is None


def test_records_come_back_in_order_and_half_finished_ones_do_not(tmp_path):
    job = JobFolder(tmp_path)
    first = Search(new_folder(job), 1, 1, {"targets": ["a", "b", "c"], "search_label": "qaidam"}, {"MATCH_COUNT": 3})
    record(first)
    assert load(job) == [], "without its matches it is not finished"
    first.matches.touch()
    second = Search(round_folder(first), 1, 2, first.asked, {})
    record(second)
    second.matches.touch()
    third = Search(new_folder(job), 2, 1, first.asked, {})
    record(third)
    third.matches.touch()
    found = load(job)
    assert [(s.number, s.round) for s in found] == [(1, 1), (1, 2), (2, 1)]
    assert title(found[1]) == "1: a, b and 1 more in qaidam (round 2)"
    assert found[1].index == first.folder / "matches-index" and found[1].targets == first.folder / "targets.fgb"
    assert found[0].results["MATCH_COUNT"] == 3 and job.used
    assert round_folder(found[1]).name == "round-3" and Path(new_folder(job)).name == "003"
