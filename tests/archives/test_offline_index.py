"""The offline index: real column layouts and rows, hostile ones, and searches that give what a plain filter gives."""

from __future__ import annotations

import importlib.util
import io
import random
import sqlite3
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marscd_plugin.archives.filter import wanted
from marscd_plugin.archives.indexentry import READ, SkippedRowError, entry_of
from marscd_plugin.archives.indexlayout import LAYOUTS
from marscd_plugin.archives.offline import build, index_path, index_state, layout_of, search_index
from marscd_plugin.common.errors import ArchiveError, CancelledError, InputError, ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.common.words import Query, Season
from marscd_plugin.planet.geometry import area_from_extent, area_from_polygons, bounds, centre

UTC = timezone.utc
PDS = "fixtures/pds"


def bench():
    """The benchmark's generated table has the real one's layout."""
    path = Path(__file__).parents[2] / "benchmarks" / "bench_index.py"
    spec = importlib.util.spec_from_file_location("bench_index_for_tests", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def table() -> bytes:
    return bench().table(400, seed=5)


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(cache_dir=str(tmp_path))


def built(data: bytes, settings: Settings, instrument: str = "HIRISE", progress=None, **more):
    return build(io.BytesIO(data), instrument, settings, progress or Quiet(), size=len(data), **more)


# -- layouts and rows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "instrument"),
    [("RDRCUMINDEX.LBL", "HIRISE"), ("inputs_mini/ctx/cumindex.lbl", "CTX"), ("pdsc_test_index.lbl", "CTX")],
)
def test_known_layouts_are_those_of_the_real_labels(shared, name, instrument) -> None:
    layout, _ = layout_of((shared / PDS / name).read_bytes(), instrument)
    assert layout == LAYOUTS[instrument]


def test_a_hirise_row(shared) -> None:
    row = (shared / PDS / "hirise_rdrindex_record_ESP_012600_1655_RED.txt").read_text().strip()
    found = entry_of(row, "HIRISE", LAYOUTS["HIRISE"])
    assert (found.product_id, found.orbit, found.scale) == ("ESP_012600_1655_RED", 12600, 0.5)
    assert found.start == datetime(2009, 4, 4, 7, 13, 43, tzinfo=UTC)
    assert (found.mars_year, found.solar_longitude, found.incidence) == (29, 240.167, 49.904)
    assert found.azimuth == pytest.approx(253.766)
    assert bounds(found.footprint) == pytest.approx((-120.012, -14.4483, -119.886, -14.1218))


def test_squeezed_blanks_are_read_by_commas(shared) -> None:
    row = (shared / PDS / "hirise_rdrindex_record_ESP_012600_1655_RED.txt").read_text().strip()
    squeezed = " ".join(row.split())
    assert entry_of(squeezed, "HIRISE", LAYOUTS["HIRISE"]) == entry_of(row, "HIRISE", LAYOUTS["HIRISE"])


def test_ctx_rows_are_west_and_areographic(shared) -> None:
    row = (shared / PDS / "pdsc_test_index.tab").read_text().splitlines()[0]
    found = entry_of(row, "CTX", LAYOUTS["CTX"])
    assert (found.product_id, found.volume, found.orbit) == ("P03_002023_1278_XI_52S055W", "mrox_0033", 2023)
    west, south, east, north = bounds(found.footprint)
    assert (west, east) == pytest.approx((-55.57, -54.74))
    # 52.64 and 51.86 south in the table; a third of a degree nearer to the equator, seen from the middle of Mars.
    assert (south, north) == pytest.approx((-52.313, -51.531), abs=2e-3)
    assert found.size == 7168 * 5056


def test_the_index_agrees_with_ode_on_one_image(shared) -> None:
    """P16_007361: ODE's footprint of the same row, to the table's hundredth of a degree."""
    import json

    record = json.loads((shared / "fixtures/ode/ode_ctx_edr_single_product_fmpc.json").read_text())
    product = record["ODEResults"]["Products"]["Product"]
    row = next(n for n in product["ODE_notes"]["ODE_note"] if n.startswith('"MROX'))
    found = entry_of(row, "CTX", LAYOUTS["CTX"])
    assert bounds(found.footprint) == pytest.approx((-0.26, -0.3657, 0.27, 0.4052), abs=1e-3)


def test_real_tables_and_what_is_left_out(shared, settings) -> None:
    folder = shared / PDS / "inputs_mini"
    data = (folder / "ctx/cumindex.tab").read_bytes()
    state = built(data, settings, "CTX", label=(folder / "ctx/cumindex.lbl").read_bytes())
    assert (state.rows, state.skipped) == (29, 24)
    assert state.reasons == {"not of Mars": 15, "garbled or cut short (DATA_QUALITY_DESC ERROR)": 9}
    data = (folder / "hirise/RDRCUMINDEX.TAB").read_bytes()
    assert built(data, settings, label=(folder / "hirise/RDRCUMINDEX.LBL").read_bytes()).rows == 9
    found = search_index(Query(area_from_extent(299.0, -53.0, 302.5, -46.0)), "HIRISE", settings, Quiet())
    assert [o.product_id for o in found] == ["AEB_000001_0100_RED", "AEB_000001_0150_RED"]
    assert found[0].source == "INDEX" and found[0].file("image").url.endswith("AEB_000001_0100_RED.JP2")
    (one,) = search_index(Query(area_from_extent(-34.0, 7.0, -33.0, 8.0)), "CTX", settings, Quiet())
    assert one.product_id == "T01_000808_1874_XN_07N033W"
    assert [f.role for f in one.files] == ["image", "label", "raw"] and "mrox_0003" in one.files[0].url


def test_sentinels_are_no_places() -> None:
    layout = LAYOUTS["CTX"]
    values = {"TARGET_NAME": "MARS", "PRODUCT_ID": "T01_000801_1353_XN_44S195W", "VOLUME_ID": "MROX_0003",
              "IMAGE_TIME": "2006-09-27T21:58:33.012", "DATA_QUALITY_DESC": "OK", "ORBIT_NUMBER": "801"}  # fmt: skip
    corners = [n for n in READ["CTX"] if n.startswith(("UPPER", "LOWER"))]
    line = bench_row(layout, values | dict.fromkeys(corners, "999.90"))
    with pytest.raises(SkippedRowError, match="no place"):
        entry_of(line, "CTX", layout)


def bench_row(layout, values) -> str:
    """A row with those columns, text in quotes where the layout leaves room for them."""
    text = [" "] * layout.length
    columns = sorted(layout.columns.items(), key=lambda c: c[1].start)
    end_before = -1
    for name, column in columns:
        quoted = column.start - end_before == 2
        value = str(values.get(name, ""))
        piece = value.ljust(column.width) if quoted else value.rjust(column.width)
        text[column.start : column.start + column.width] = piece[: column.width]
        if quoted:
            text[column.start - 1] = text[column.start + column.width] = '"'
        end_before = column.start + column.width + quoted
        if end_before < layout.length:
            text[end_before] = ","
    return "".join(text)


def test_a_pole_inside_a_footprint() -> None:
    layout = LAYOUTS["HIRISE"]
    values = {"TARGET_NAME": "MARS", "PRODUCT_ID": "PSP_005095_0935_RED", "START_TIME": "2007-08-28T12:00:00"}
    for n, (lon, lat) in enumerate([(0, -89.9), (90, -89.9), (180, -89.9), (270, -89.9)], start=1):
        values |= {f"CORNER{n}_LONGITUDE": f"{lon:.4f}", f"CORNER{n}_LATITUDE": f"{lat:.4f}"}
    found = entry_of(bench_row(layout, values), "HIRISE", layout)
    assert bounds(found.footprint)[1] == -90.0
    assert centre(found.footprint)[1] == pytest.approx(-90.0, abs=0.01)


def test_a_strip_beside_the_pole_is_straight_on_the_ground() -> None:
    """T01_000826: its corners lie at 81 and 83 north, on both sides of the pole, which it covers nearly."""
    layout = LAYOUTS["CTX"]
    corners = [(188.0, 81.38), (184.58, 81.54), (331.29, 83.17), (327.09, 83.17)]
    values = {"TARGET_NAME": "MARS", "PRODUCT_ID": "T01_000826_2673_XN_87N236W", "VOLUME_ID": "MROX_0003",
              "IMAGE_TIME": "2006-09-29T21:21:01.584", "DATA_QUALITY_DESC": "OK"}  # fmt: skip
    names = ("UPPER_LEFT", "UPPER_RIGHT", "LOWER_RIGHT", "LOWER_LEFT")
    for name, (lon, lat) in zip(names, corners, strict=True):
        values |= {f"{name}_LONGITUDE": f"{lon:.2f}", f"{name}_LATITUDE": f"{lat:.2f}"}
    found = entry_of(bench_row(layout, values), "CTX", layout)
    # Straight in degrees it would stay at 82 to 83.
    assert bounds(found.footprint)[3] > 86.0


@hypothesis_settings(max_examples=80)
@given(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=900),
    st.sampled_from(["HIRISE", "CTX"]),
)
def test_any_row_is_an_entry_or_skipped(line, instrument) -> None:
    try:
        entry_of(line, instrument, LAYOUTS[instrument])
    except SkippedRowError:
        return


@hypothesis_settings(max_examples=60)
@given(st.data())
def test_any_values_in_a_row_are_an_entry_or_skipped(data) -> None:
    instrument = data.draw(st.sampled_from(["HIRISE", "CTX"]))
    texts = st.sampled_from(["", "999.90", "-9998", "NaN", "1e400", "inf", "361", "12.5", "-90", "x" * 5, "MARS", "OK"])
    values = {name: data.draw(texts) for name in READ[instrument]}
    values |= {"TARGET_NAME": "MARS", "VOLUME_ID": "MROX_0001"}
    if data.draw(st.booleans()):
        values["PRODUCT_ID"] = {"HIRISE": "ESP_012600_1655_RED", "CTX": "P16_007361_1800_XN_00S000W"}[instrument]
        values |= {"START_TIME": "2009-04-04T07:13:43", "IMAGE_TIME": "2009-04-04T07:13:43"}
    try:
        found = entry_of(bench_row(LAYOUTS[instrument], values), instrument, LAYOUTS[instrument])
    except SkippedRowError:
        return
    assert found.footprint.polygons and (found.incidence is None or 0 <= found.incidence <= 180)


# -- building ---------------------------------------------------------------------------------------------------------


def test_building_counts_what_it_leaves_out(table, settings) -> None:
    lines = table.splitlines(keepends=True)
    bad = [b"\r\n", b"nonsense\r\n", b'"' * 819 + b"\r\n", b"x" * 100_000 + b"\r\n", b"\xff\x00" * 50 + b"\n"]
    bad += [lines[0][:300], b"\n", lines[1].replace(b'"MARS', b'"MOON')]
    random.Random(1).shuffle(lines)
    data = b"".join(lines[:200] + bad + lines[200:] + [lines[3]])
    state = built(data, settings, url="http://h/t.TAB", etag='"a"', modified="yesterday")
    assert state.rows == 400
    assert state.reasons["not of Mars"] == 2 and state.reasons["the same product in a later row"] == 1
    assert state.skipped == sum(state.reasons.values()) >= 6
    assert (state.url, state.etag, state.modified) == ("http://h/t.TAB", '"a"', "yesterday")


def test_what_is_no_table_leaves_the_old_index(table, settings) -> None:
    built(table, settings)
    for data, words in (
        (b"<html>log in</html>", "no product"),
        (b"", "it is empty"),
        (b"".join(table.splitlines(keepends=True)[:100]), "where the index had 400"),
    ):
        with pytest.raises(ArchiveError, match=words):
            built(data, settings)
    assert index_state(settings, "HIRISE").rows == 400
    assert [p.name for p in index_path(settings, "HIRISE").parent.iterdir()] == ["hirise.sqlite"]


def test_a_table_shorter_than_its_label_says(shared, table, settings) -> None:
    label = (shared / PDS / "RDRCUMINDEX.LBL").read_bytes()
    with pytest.raises(ArchiveError, match="cut short"):
        built(table, settings, label=label)
    assert index_state(settings, "HIRISE") is None


def test_an_odd_label_is_told_and_the_known_layout_used(table, settings, progress) -> None:
    assert built(table, settings, progress=progress, label=b"<html></html>").rows == 400
    assert "known layout" in progress.warnings[0]
    with pytest.raises(ProductError):
        layout_of(b"PDS_VERSION_ID = PDS3\r\nOBJECT = TABLE\r\nROWS = 1\r\nEND_OBJECT = TABLE\r\nEND\r\n", "HIRISE")


def test_cancel_leaves_nothing(table, settings) -> None:
    progress = Quiet()
    progress.cancel()
    with pytest.raises(CancelledError):
        built(table, settings, progress=progress)
    assert list(index_path(settings, "HIRISE").parent.iterdir()) == []


# -- searching --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index(table, tmp_path_factory) -> Settings:
    settings = Settings(cache_dir=str(tmp_path_factory.mktemp("index")))
    built(table, settings)
    return settings


@pytest.fixture(scope="module")
def everything(index):
    """All entries as observations, found half by half."""
    halves = [area_from_extent(-180.0, -90.0, 0.0, 90.0), area_from_extent(0.0, -90.0, 180.0, 90.0)]
    found = [o for half in halves for o in search_index(Query(half), "HIRISE", index, Quiet())]
    return {o.product_id: o for o in found}


def test_all_are_found_again(everything) -> None:
    assert len(everything) == 400


@hypothesis_settings(max_examples=25)
@given(st.data())
def test_the_index_finds_what_the_filter_holds(index, everything, data) -> None:
    west = data.draw(st.floats(-180, 360).map(lambda v: round(v, 2)))
    south = data.draw(st.floats(-90, 80).map(lambda v: round(v, 2)))
    wide, tall = data.draw(st.floats(0.5, 150)), data.draw(st.floats(0.5, 60))
    area = area_from_extent(west, south, west + wide, min(south + tall, 90.0))
    years = data.draw(st.sampled_from([(), ((30, 31),), ((28, 28), (33, 36)), ((1, 20),), ((1, 999),)]))
    ls = data.draw(st.sampled_from([None, (250.0, 350.0), (330.0, 30.0), (0.0, 360.0), (90.0, 90.5)]))
    start = data.draw(st.none() | st.datetimes(datetime(2005, 1, 1), datetime(2026, 1, 1)))
    season = Season(mars_years=years, solar_longitude=ls, start=start and start.replace(tzinfo=UTC))
    query = Query(area, season=season, max_incidence=data.draw(st.none() | st.floats(10, 95)))
    found = search_index(query, "HIRISE", index, Quiet())
    expected = {n: w for n, o in everything.items() if (w := wanted(o, query)) is not None}
    assert {o.product_id for o in found} == set(expected)
    assert all(o.coverage == pytest.approx(expected[o.product_id].coverage, abs=1e-12) for o in found)
    assert [o.start_time for o in found] == sorted(o.start_time for o in found)


def test_an_area_of_many_parts_with_a_hole(index, everything) -> None:
    area = area_from_polygons([[[(0, 0), (40, 0), (40, 40), (0, 40)], [(5, 5), (35, 5), (35, 35), (5, 35)]],
                               [[(170, -40), (190, -40), (190, -10), (170, -10)]]])  # fmt: skip
    found = {o.product_id for o in search_index(Query(area), "HIRISE", index, Quiet())}
    assert found == {n for n, o in everything.items() if wanted(o, Query(area)) is not None} != set()


def test_what_is_not_there_says_how_to_get_it(settings) -> None:
    with pytest.raises(ArchiveError, match="marscd:updateindex"):
        search_index(Query(area_from_extent(0, 0, 1, 1)), "CTX", settings, Quiet())
    with pytest.raises(InputError, match="no offline index of CRISM"):
        search_index(Query(area_from_extent(0, 0, 1, 1)), "CRISM", settings, Quiet())


def test_a_damaged_or_older_index(table, settings) -> None:
    path = index_path(settings, "HIRISE")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 100)
    with pytest.raises(ArchiveError, match="damaged"):
        search_index(Query(area_from_extent(0, 0, 1, 1)), "HIRISE", settings, Quiet())
    built(table, settings)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    db.close()
    assert index_state(settings, "HIRISE") is None
    with pytest.raises(ArchiveError, match="not on this computer"):
        search_index(Query(area_from_extent(0, 0, 1, 1)), "HIRISE", settings, Quiet())


def test_no_network_is_used(index, monkeypatch) -> None:
    import socket

    def refuse(*_args, **_more):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert search_index(Query(area_from_extent(0, -90, 90, 90)), "HIRISE", index, Quiet())
