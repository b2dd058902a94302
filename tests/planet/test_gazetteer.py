"""Named places: the list, finding in it, and the command that makes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from marscd_plugin.__about__ import resource
from marscd_plugin.common.errors import InputError
from marscd_plugin.planet import gazetteer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("gazetteer_tool", ROOT / "tools" / "gazetteer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list():
    places = gazetteer.places()
    assert len(places) > 1900
    assert resource("gazetteer.csv").stat().st_size < 200_000
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude < 180 for p in places)
    assert all(p.diameter_m is None or 0 < p.diameter_m < 1.1e7 for p in places)
    assert len({p.name for p in places}) == len(places)


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "diameter"),
    [
        ("Palikir", -41.6, 202.3 - 360, 15_600),
        ("garni", -11.5, 290.3 - 360, 2_600),
        ("GALE CRATER", -5.4, 137.8, 154_000),
        ("Jezero crater", 18.4, 77.7, 48_000),
        ("  olympus   mons ", 18.4, 226.3 - 360, 640_000),
        # Features over the prime meridian, whose west exceeds their east.
        ("Airy 0", -5.07, 0.0, 800),
        ("Acidalia Planitia", 41.7, -19.7, 3_200_000),
        # All round a pole.
        ("Planum Australe", -90.0, 0.0, 2_170_000),
    ],
)
def test_well_known_places(name, latitude, longitude, diameter):
    place = gazetteer.find(name)
    assert place.latitude == pytest.approx(latitude, abs=0.25)
    assert place.longitude == pytest.approx(longitude, abs=0.5)
    assert place.diameter_m == pytest.approx(diameter, rel=0.05)


def test_a_point_has_no_size():
    assert gazetteer.find("USA Viking Lander 1").diameter_m is None


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("Palikr", "Palikir"),
        ("Jezerro crater", "Jezero"),
        ("valles marinaris", "Valles Marineris"),
        ("Gal\u00e9e", "Gale"),
    ],
)
def test_near_misses_are_suggested(wrong, hint):
    with pytest.raises(InputError) as caught:
        gazetteer.find(wrong)
    assert hint in caught.value.remedy


@pytest.mark.parametrize("nonsense", ["", "  ", "zzzzqqqq", "x" * 5000])
def test_nonsense_is_refused_with_another_way(nonsense):
    with pytest.raises(InputError) as caught:
        gazetteer.find(nonsense)
    assert len(str(caught.value)) < 300
    assert "longitude and latitude" in caught.value.remedy


def test_accents_do_not_matter():
    assert gazetteer.find("G\u00e0l\u00e9") == gazetteer.find("Gale")


def reply(*features):
    boxes = "".join(
        f"<Feature><FeatureClass>{kind}</FeatureClass><FeatureName>{name}</FeatureName><MinLat>{s}</MinLat>"
        f"<MaxLat>{n}</MaxLat><WestLon>{w}</WestLon><EastLon>{e}</EastLon></Feature>"
        for kind, name, s, n, w, e in features
    )
    return (
        f'<?xml version="1.0"?><ODEResults><Status>Success</Status><Features>{boxes}</Features></ODEResults>'.encode()
    )


def test_boxes_become_centres(tool):
    rows = tool.rows(
        reply(
            ("Crater", "Seam", -1, 1, 359, 1),
            ("Crater", "Back", -1, 1, 179, 181),
            ("Albedo Feature", "Two  Words", 10, 10, 350, 350),
            ("Planum", "Cap", 80, 90, 180, 180),
            ("Cavus", "Lost", 84.3, 85.0, 180, 180),
            ("Fossa", "Long", 59.9, 60.1, 10, 20),
        )
    )
    assert rows == [
        ("Back", "Crater", "0.0000", "-180.0000", "118549"),
        ("Cap", "Planum", "90.0000", "0.0000", "1185494"),
        ("Long", "Fossa", "60.0000", "15.0000", "296373"),
        ("Seam", "Crater", "0.0000", "0.0000", "118549"),
        ("Two Words", "Albedo Feature", "10.0000", "-10.0000", ""),
    ]


@pytest.mark.parametrize(
    "xml",
    [
        b"<html>busy</html>",
        b"not xml",
        b"",
        reply(),
        reply(("Crater", "Bad", 2, 1, 0, 1)),
        reply(("Crater", "Bad", "x", 1, 0, 1)),
        reply(("Crater", "", 0, 1, 0, 1)),
        reply(("Crater", "Bad", "nan", 1, 0, 1)),
        b'<!DOCTYPE a [<!ENTITY b "c">]><ODEResults><Features>&b;</Features></ODEResults>',
    ],
)
def test_what_is_no_reply_is_refused(tool, xml):
    with pytest.raises(InputError):
        tool.rows(xml)


def test_the_command_writes_the_committed_list(tool, shared, tmp_path):
    source, out = shared / "fixtures/ode/ode_feature_query.xml", tmp_path / "places.csv"
    assert tool.main([str(source), str(out)]) == 0
    assert out.read_bytes() == resource("gazetteer.csv").read_bytes()
    assert tool.main([str(tmp_path / "missing.xml"), str(out)]) == 1
