"""Verdicts of a person: kept, found again, written as a layer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from osgeo import ogr

from marscd_plugin.change.review import (
    ACCEPTED,
    REJECTED,
    Label,
    Review,
    geometry_of,
    match,
    outline_of,
    read_review,
    write_labels,
    write_review,
)
from marscd_plugin.common.errors import InputError
from marscd_plugin.planet.crs import geographic_wkt


def square(left: float, bottom: float, side: float = 10.0):
    right, top = left + side, bottom + side
    return (((((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))),),)


def test_what_was_said_comes_back(tmp_path: Path) -> None:
    review = Review("A", "B").with_label(Label(ACCEPTED, square(0, 0))).with_label(Label(REJECTED, square(20, 0)))
    write_review(tmp_path, review)
    assert read_review(tmp_path, "x", "y") == review
    assert review.count(ACCEPTED) == review.count(REJECTED) == 1


def test_no_review_is_an_empty_one(tmp_path: Path) -> None:
    assert read_review(tmp_path, "A", "B") == Review("A", "B")


def test_a_second_verdict_takes_the_place_of_the_first() -> None:
    review = Review("A", "B").with_label(Label(ACCEPTED, square(0, 0))).with_label(Label(REJECTED, square(0, 0)))
    assert [label.verdict for label in review.labels] == [REJECTED]
    assert review.without(review.labels[0]).labels == ()


def test_a_redrawn_outline_takes_the_place_of_the_found_one() -> None:
    found = Label(ACCEPTED, square(0, 0))
    redrawn = Label(ACCEPTED, square(0, 0, 8), "redrawn")
    assert Review("A", "B", (found,)).with_label(redrawn, found).labels == (redrawn,)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 2, "before": "A", "after": "B", "labels": []}',
        '{"version": 1, "before": "A", "after": "B", '
        '"labels": [{"verdict": "maybe", "origin": "found", "outline": []}]}',
        '{"version": 1, "before": "A", "after": "B", "labels": [{"verdict": "accepted", "origin": "found", '
        '"outline": [[[[0, 0], [1, 0], [NaN, 1], [0, 0]]]]}]}',
        '{"version": 1, "before": "A", "after": "B", "labels": [{"verdict": "accepted", "origin": "found", '
        '"outline": [[[[0, 0], [1, 0]]]]}]}',
    ],
)
def test_a_damaged_review_is_told_not_lost(tmp_path: Path, text: str) -> None:
    (tmp_path / "review.json").write_text(text)
    with pytest.raises(InputError, match=r"review\.json"):
        read_review(tmp_path, "A", "B")
    assert (tmp_path / "review.json").read_text() == text


def test_verdicts_find_their_polygons_after_another_cut() -> None:
    accepted, rejected = Label(ACCEPTED, square(0, 0)), Label(REJECTED, square(100, 0))
    drawn = Label(ACCEPTED, square(200, 0), "drawn")
    review = Review("A", "B", (accepted, rejected, drawn))
    now = {1: square(1, 1, 9), 2: square(100, 0), 3: square(200, 0), 4: square(9, 9, 30)}
    assert match(review, now) == {1: accepted, 2: rejected}


def test_labels_are_a_layer_on_mars(tmp_path: Path) -> None:
    review = Review("A", "B", (Label(ACCEPTED, square(0, 0)), Label(REJECTED, square(20, 0), "redrawn")))
    path = tmp_path / "labels.fgb"
    write_labels(path, review, geographic_wkt("Mars"))
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    rows = {(f.GetField("verdict"), f.GetField("origin"), f.GetField("before_id")) for f in layer}
    assert rows == {("accepted", "found", "A"), ("rejected", "redrawn", "A")}
    assert "Mars" in layer.GetSpatialRef().ExportToWkt()


def test_nothing_judged_is_an_error_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="judged"):
        write_labels(tmp_path / "labels.fgb", Review("A", "B"), "")
    assert not list(tmp_path.iterdir())


def test_outlines_and_geometries_are_the_same() -> None:
    outline = square(3, 4)
    assert outline_of(geometry_of(outline)) == outline
    assert json.loads(json.dumps(outline)) == [[[list(p) for p in outline[0][0]]]]
