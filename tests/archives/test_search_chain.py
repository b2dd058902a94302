"""AUTO asks one source after the other, and says which answered and why those before it did not."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from marscd_plugin.archives import search as room
from marscd_plugin.archives.search import CHAIN, search
from marscd_plugin.common.errors import ArchiveError, CancelledError, InputError, MissingPackageError
from marscd_plugin.common.settings import Settings
from marscd_plugin.common.words import Observation, Query
from marscd_plugin.planet.geometry import area_from_extent

AREA = area_from_extent(10, -5, 10.2, -4.8)
SETTINGS = Settings(ode_url="https://ode.test/live2", stac_url="https://stac.test/api", hirise_url="https://h.test/PDS")


def one(name="ESP_041909_1800_RED", instrument="HIRISE", source="", orbit=41909):
    time = datetime(2015, 7, 8, tzinfo=timezone.utc) + timedelta(days=orbit % 7)
    return Observation(name, name[:15], instrument, time, 33, 8.6, AREA, (), source=source, orbit=orbit)


@pytest.fixture
def sources(monkeypatch):
    """What each source does: a list is its answer, an exception is raised. ``asked`` tells the order."""
    does: dict[str, object] = {name: [one(source=name)] for name in CHAIN}
    asked: list[tuple[str, str]] = []

    def act(name, instrument):
        asked.append((name, instrument))
        what = does.get((name, instrument), does[name])
        if isinstance(what, Exception):
            raise what
        return what

    def ard(query, instrument, *rest):
        return room.stac.Found(tuple(act("STAC", instrument)), ("a note of STAC",))

    def named(*args):
        return room.names.Found(tuple(act("NAMES", "HIRISE")), ("12 names were asked for.",))

    monkeypatch.setattr(room.ode, "search_ode", lambda q, i, *rest: act("ODE", i))
    monkeypatch.setattr(room.stac, "search_stac", ard)
    monkeypatch.setattr(room.offline, "search_index", lambda q, i, *rest: act("INDEX", i))
    monkeypatch.setattr(room.offline, "index_state", lambda *a: None)
    monkeypatch.setattr(room.names, "search_names", named)
    return does, asked


def ask(progress, source="AUTO", instruments=("HIRISE",)):
    return search(Query(AREA, instruments, source=source), None, SETTINGS, progress)


@pytest.mark.parametrize("failing", range(4))
def test_the_first_that_answers_is_taken_and_the_others_reasons_are_told(sources, progress, failing):
    does, asked = sources
    for name in CHAIN[:failing]:
        does[name] = ArchiveError(f"{name.lower()}.test is out of order.", "Wait.")
    result = ask(progress)
    assert [a[0] for a in asked] == list(CHAIN[: failing + 1])
    assert result.source == CHAIN[failing] and len(result.observations) == 1
    said = " ".join(result.notes)
    for name in CHAIN[:failing]:
        assert f"{name.lower()}.test is out of order" in said
    assert "1 HiRISE products, 1 RED and 0 COLOR" in said
    assert ".." not in said and ".;" not in said


def test_when_none_answers_every_reason_is_told(sources, progress):
    does, _ = sources
    for name in CHAIN:
        does[name] = ArchiveError(f"{name} failed.", "Wait.")
    with pytest.raises(ArchiveError) as caught:
        ask(progress)
    assert all(f"{name} failed" in str(caught.value) for name in CHAIN)


def test_a_missing_package_is_a_reason_and_not_the_end(sources, progress):
    does, _ = sources
    does["ODE"] = ArchiveError("ode.test does not answer.", "")
    does["STAC"] = MissingPackageError("The Python package pystac-client is missing.", "Install it.")
    result = ask(progress)
    assert result.source == "INDEX" and "pystac-client" in " ".join(result.notes)


def test_a_question_that_is_wrong_and_a_stop_end_the_chain(sources, progress):
    does, asked = sources
    does["ODE"] = InputError("ODE knows 30,000 products here.", "Choose a smaller area.")
    with pytest.raises(InputError):
        ask(progress)
    does["ODE"] = CancelledError()
    with pytest.raises(CancelledError):
        ask(progress)
    assert [a[0] for a in asked] == ["ODE", "ODE"]


def test_an_empty_answer_of_ode_is_an_answer_and_one_of_stac_is_not_the_last_word(sources, progress):
    does, asked = sources
    does["ODE"] = []
    assert ask(progress).source == "ODE" and len(asked) == 1
    does["ODE"], does["STAC"] = ArchiveError("down.", ""), []
    assert ask(progress).source == "INDEX"
    does["INDEX"] = does["NAMES"] = ArchiveError("no.", "")
    result = ask(progress)
    assert (result.source, result.observations) == ("STAC", ())
    assert "2023" in result.notes[0]


def test_instruments_are_asked_by_themselves_and_what_is_down_is_not_asked_twice(sources, progress):
    does, asked = sources
    does["ODE"] = ArchiveError("ode.test does not answer.", "")
    does["STAC", "CTX"] = []
    does["INDEX", "CTX"] = [one("F21_044106_1800_XN_00N220W", "CTX", "INDEX", 44106)]
    result = ask(progress, instruments=("HIRISE", "CTX", "CRISM"))
    assert asked == [("ODE", "HIRISE"), ("STAC", "HIRISE"), ("STAC", "CTX"), ("INDEX", "CTX")]
    assert result.source == "STAC+INDEX" and len(result.observations) == 2
    assert any("No source answers for CRISM" in w for w in progress.warnings)
    assert any("No source answers for CRISM" in n for n in result.notes)


@pytest.mark.parametrize("source", CHAIN)
def test_a_source_that_was_chosen_is_the_only_one_asked(sources, progress, source):
    does, asked = sources
    result = ask(progress, source)
    assert [a[0] for a in asked] == [source] and result.source == source
    assert "it was asked for" in result.notes[0]
    does[source] = ArchiveError("no answer.", "")
    with pytest.raises(ArchiveError, match="no answer"):
        ask(progress, source)
    assert len(asked) == 2


def test_a_source_that_does_not_know_the_instrument_says_so(sources, progress):
    with pytest.raises(InputError, match="NAMES knows nothing of CTX"):
        ask(progress, "NAMES", ("HIRISE", "CTX"))
