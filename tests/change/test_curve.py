"""Curves: their table survives a round, histories and pairs add up, and the drawing says what it must."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime, timezone

import pytest

from marscd_plugin.change.curve import (
    by_year,
    curve_of_histories,
    curve_of_pairs,
    point_at,
    read_curve,
    write_curve,
)
from marscd_plugin.change.plot import nice_top, seasonal_svg
from marscd_plugin.change.seriesobjects import story_of
from marscd_plugin.common.errors import InputError


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


POINTS = [
    point_at(at("2011-03-03T02:12:00"), product_id="A", seen=0.0, known=10.0, observed=100.0, appeared=0.0, faded=0.0),
    point_at(at("2011-05-30T10:56:00"), product_id="B", seen=8.0, known=10.0, observed=100.0, appeared=8.0, faded=0.0),
    point_at(at("2013-03-16T00:19:00"), product_id="C & <D>", seen=4.0, known=5.0, suspect=True),
]


def test_a_table_is_read_as_it_was_written(tmp_path):
    write_curve(tmp_path / "c.csv", POINTS)
    again = read_curve(tmp_path / "c.csv")
    assert [(p.time, p.mars_year, p.product_id, p.seen, p.observed, p.suspect) for p in again] == [
        (p.time, p.mars_year, p.product_id, p.seen, p.observed, p.suspect) for p in POINTS
    ]
    assert again[2].observed is None and again[2].share == pytest.approx(0.8)


@pytest.mark.parametrize("text", ["", "time,ls\n1,2\n", "x" * 50, "time,mars_year,ls\n2011,30,inf\n"])
def test_a_table_that_is_none_is_told(tmp_path, text):
    path = tmp_path / "c.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=r"c\.csv"):
        read_curve(path)
    with pytest.raises(InputError, match=r"gone\.csv"):
        read_curve(tmp_path / "gone.csv")


def test_histories_add_up():
    points = curve_of_histories(["2011-03-03T02:12:00Z=0.00/5.00;2011-05-30T10:56:00Z=4.00/5.00",
                                 "2011-05-30T10:56:00Z=2.50/3.00"])  # fmt: skip
    assert [(p.seen, p.known) for p in points] == [(0.0, 5.0), (6.5, 8.0)]
    assert points[0].mars_year == 30 and points[0].solar_longitude == pytest.approx(247.0, abs=0.1)
    for bad in ("yesterday=1/2", "2011-03-03T02:12:00Z=nan/1", "2011-03-03T02:12:00Z"):
        with pytest.raises(InputError, match="no history"):
            curve_of_histories([bad])


def test_pairs_add_up():
    points = curve_of_pairs([(at("2011-05-30"), "appeared", 2.0), (at("2011-05-30"), "faded", 1.0),
                             (at("2011-05-30"), "appeared", 3.0), (at("2013-01-25"), "faded", 4.0)])  # fmt: skip
    assert [(p.appeared, p.faded, p.seen) for p in points] == [(5.0, 1.0, None), (0.0, 4.0, None)]


def test_the_drawing_is_sound_xml_with_a_line_a_year():
    root = ET.fromstring(seasonal_svg(POINTS, "A <title> & more"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}polyline")) == 1
    words = [e.text for e in root.iter(f"{space}text")]
    assert {"A <title> & more", "MY 30", "MY 31", "Solar longitude Ls (degrees)"} <= set(words)
    marks = [c for c in root.findall(f"{space}circle") if c.find(f"{space}title") is not None]
    assert len(marks) == 3 and any("C & <D>" in c.find(f"{space}title").text for c in marks)
    # The third date sees half of what ever changed: hollow.
    assert [c.get("fill") == "#fff" for c in marks] == [False, False, True]
    assert list(by_year(POINTS)) == [30, 31]
    assert "MY" not in seasonal_svg([], "Nothing")


def test_axes_end_at_plain_numbers():
    assert [nice_top(v) for v in (0, 0.013, 1, 1.01, 2.2, 4999, 5001)] == [1, 0.02, 1, 2, 2.5, 5000, 10000]


DAYS = [0.0, 60.0, 120.0, 500.0, 690.0, 750.0]


@pytest.mark.parametrize(
    ("seen", "sure", "alone", "name"),
    [
        ([0, 0, 5, 5, 5, 5], 1, False, "persists"),
        ([0, 0, 5, 6, 8, 9], 1, False, "grows"),
        ([0, 5, 9, 0, 0, 0], 1, False, "fades"),
        ([9, 9, 9, 1, 1, 1], 1, False, "fades"),
        ([0, 5, 9, 0, 5, 9], 1, False, "recurs"),
        ([0, 9, 0, 9, 0, 0], 1, False, "recurs"),
        ([9, 0, 9, 9, 9, 9], 1, False, "varies"),
        ([0, 0, 9, 0, 0, 0], 0, True, "single"),
        ([0, 0, 9, 0, 0, 0], 0, False, "single"),
        ([0, 0, 0, 0, 0, 9], 0, False, "unconfirmed"),
        ([0, 9, 9, 9, 9, 9], 0, False, "unconfirmed"),
    ],
)
def test_what_becomes_of_an_object(seen, sure, alone, name):
    import numpy as np

    story = story_of(np.array(seen, float), np.full(6, 10.0), 10.0, np.array(DAYS), sure, alone)
    assert story.name == name
    if name == "grows":
        assert (story.first, story.before, story.last, story.after, story.there) == (2, 1, 5, -1, 4)
    # A date that hardly sees the object says nothing of it.
    observed = np.full(6, 10.0)
    observed[3] = 2.0
    assert story_of(np.array(seen, float), observed, 10.0, np.array(DAYS), sure, alone).known == 5
