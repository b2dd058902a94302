"""CTX and CRISM by ODE, and ODE's XML: records written like the recorded ones."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from marscd_plugin.archives import crism, ctx
from marscd_plugin.archives.ode import by_ids, newest_volumes, product_by_id, search_ode
from marscd_plugin.archives.odereply import results_of
from marscd_plugin.archives.odexml import MAX_XML_BYTES
from marscd_plugin.common.errors import ArchiveError, InputError
from marscd_plugin.common.settings import Settings
from marscd_plugin.common.web import Reply
from marscd_plugin.common.words import Query
from marscd_plugin.planet.geometry import area_from_extent

AREA = area_from_extent(239.9, -14.5, 240.2, -14.0)
NAME = "D10_030995_1658_XN_14S119W"
ROW = (
    '"MROX_1811","DATA/{name}.IMG","4A_04_115B00A700","{name}","2013-03-07T00:00:00.000","CTX   ","NIFL ",5056,'
    "  7168, 1,    5.34,  1.14,  0.20, 44.11, 43.91,119.95,-14.30,119.80,-14.60,120.10,-14.60,119.80,-14.00,120.10,"
    '-14.00,"ESP       ","MARS  ","0888022748:232 ",292.8,   1.877,"195/238/229",   0,  26.74,   43.40, 266.93,3663.12,'
    ' 266.93,"N",{north:6.2f},{sun:6.2f}, 42.25, 14.22,  0.01,  0.03,244340641.9,281.40,14.83, 90.1,'
    '"{about:<80}","{quality:<6}", 30995'
)


def ctx_record(name=NAME, quality="OK", north=277.0, sun=207.64, about="Here", **changes):
    raw = f"https://planetarydata.jpl.nasa.gov/img/data/mro/ctx/mrox_1811/data/{name}.IMG"
    ring = "POLYGON ((-119.8 -14.6, -120.1 -14.6, -120.1 -14, -119.8 -14, -119.8 -14.6))"
    row = ROW.format(name=name, quality=quality, north=north, sun=sun, about=about)
    made = {
        "pdsid": name, "ihid": "MRO", "iid": "CTX", "pt": "EDR", "PDSVolume_Id": "MROX_1811",
        "Start_orbit_number": "30995", "UTC_start_time": "2013-03-07T00:00:00.000", "Solar_longitude": "280.0",
        "Incidence_angle": "44.11", "Map_scale": "5.34", "Footprint_C0_geometry": ring, "LabelURL": raw,
        "ODE_notes": {"ODE_note": ["NOTE: Index Record:", row]},
        "Product_files": {"Product_file": {"Description": "PRODUCT DATA FILE WITH LABEL", "Type": "Product",
                                           "KBytes": "35001", "URL": raw}},
        **changes,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value is not None}


def crism_record(name="FRT0000938E_07_IF163J_MTR3", endings=(".img", ".lbl", ".hdr"), kind="Product", **changes):
    folder = "https://pds-geosciences.wustl.edu/mro/mro-m-crism-5-rdr-mptargeted-v1/mrocr_4001/mtrdr/2007/2007_270"
    folder += f"/{name.split('_')[0].lower()}"
    files = [{"Type": kind, "URL": f"{folder}/{name.lower()}{e}", "KBytes": "9"} for e in endings]
    ring = "POLYGON ((-119.9 -14.4, -120.05 -14.4, -120.05 -14.2, -119.9 -14.2, -119.9 -14.4))"
    made = {
        "pdsid": name, "iid": "CRISM", "pt": "MTRDR", "Start_orbit_number": "12600",
        "UTC_start_time": "2009-04-04T07:12:00.000", "Solar_longitude": "240.16", "Incidence_angle": "50",
        "Map_scale": "18", "Footprint_C0_geometry": ring, "Product_files": {"Product_file": files}, **changes,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value is not None}


def find(ode, records, instrument, progress, settings=None, **query):
    web = ode.LittleOde(records)
    settings = settings or Settings(ode_url=ode.ROOT)
    return search_ode(Query(AREA, **query), instrument, web, settings, progress), web


# -- CTX --------------------------------------------------------------------------------------------------------------


def test_a_raw_image_brings_its_map(ode, progress) -> None:
    (found,), web = find(ode, [ctx_record()], "CTX", progress)
    assert {(p["iid"], p["pt"]) for p in web.asked} == {("CTX", "EDR")}
    assert (found.product_id, found.observation_id, found.orbit) == (NAME, NAME, 30995)
    assert [(f.role, f.name, f.stream) for f in found.files] == [
        ("image", f"{NAME}.tiff", True), ("label", f"{NAME}.isis.hdr", True), ("raw", f"{NAME}.IMG", False),
    ]  # fmt: skip
    assert found.size == 35001 * 1024
    assert found.sub_solar_azimuth == pytest.approx((207.64 - 277) % 360)
    assert 0 < found.coverage <= 1


def test_the_volume_is_never_taken_from_the_name(ode, progress) -> None:
    nowhere = {"PDSVolume_Id": None, "LabelURL": None, "ODE_notes": None, "Product_files": None}
    (found,), _ = find(ode, [ctx_record(**nowhere)], "CTX", progress)
    assert found.files == ()
    (found,), _ = find(ode, [ctx_record(**{**nowhere, "PDSVolume_Id": "mrox_5520"})], "CTX", progress)
    assert all("mrox_5520" in f.url for f in found.files) and len(found.files) == 3
    # The index record, or the raw image's own address, knows it too.
    del nowhere["ODE_notes"]
    (found,), _ = find(ode, [ctx_record(**nowhere)], "CTX", progress)
    assert "mrox_1811" in found.file("image").url
    for bad in ("MROX_18", "../../etc", "mrox_1811/..", "mrox_18111"):
        assert ctx.volume_of(bad) == ""


def test_a_garbled_image_is_left_out_and_named(ode, progress) -> None:
    found, _ = find(ode, [ctx_record(), ctx_record("D10_030996_1658_XN_14S119W", quality="ERROR")], "CTX", progress)
    assert [o.product_id for o in found] == [NAME]
    assert len(progress.warnings) == 1 and "030996" in progress.warnings[0] and "garbled" in progress.warnings[0]


def test_an_azimuth_that_the_index_does_not_know(ode, progress) -> None:
    (found,), _ = find(ode, [ctx_record(north=0.0, sun=0.0)], "CTX", progress)
    assert found.sub_solar_azimuth is None
    # A quote in the comment does no harm to the columns behind it.
    (found,), _ = find(ode, [ctx_record(about='the "Face", again')], "CTX", progress)
    assert found.sub_solar_azimuth == pytest.approx(290.64)


def test_another_s_raw_image_is_not_taken_for_this_one(ode, progress) -> None:
    other = {
        "Type": "Product",
        "URL": "https://planetarydata.jpl.nasa.gov/x/mrox_0001/data/P16_007361_1800_XN_00S000W.IMG",
    }
    (found,), _ = find(ode, [ctx_record(Product_files={"Product_file": other}, LabelURL=None)], "CTX", progress)
    assert found.file("raw").url.endswith(f"/mrox_1811/data/{NAME}.IMG")


@pytest.mark.parametrize("name", ["P03_002023_1278_XI_52S055W", "MOI_000009_0186_XI_18S051W", NAME.lower()])
def test_ids_of_any_target_code(name) -> None:
    assert ctx.parse_id(name).product_id == name.upper()


def test_the_longitude_in_a_name_is_west() -> None:
    named = ctx.parse_id("P03_002023_1278_XI_52S055W")
    assert (named.orbit, named.target, named.latitude, named.longitude) == (2023, 1278, -52, -55)
    assert ctx.parse_id("T01_000815_1749_XN_05S222W").longitude == 138


@pytest.mark.parametrize("name", ["", "../P16_007361_1800_XN_00S000W", "P16_007361_1800_XN_00S000E", "x" * 100])
def test_what_is_no_id(name) -> None:
    with pytest.raises(InputError):
        ctx.parse_id(name)
    with pytest.raises(InputError):
        crism.parse_id(name)


def test_the_other_label() -> None:
    image, label = ctx.stream_files("https://image.mars.asu.edu/stream", "mrox_0001", NAME, -80.0)
    assert ".ps.isis.hdr?" in label.url and label.name == f"{NAME}.isis.hdr"
    other = ctx.other_label(label.url)
    assert other == label.url.replace(".ps.", ".scyl.") and ctx.other_label(other) == label.url
    assert ctx.other_label(image.url) == "" and ctx.other_label("http://h/x.LBL") == ""
    assert ctx.name_on_disk(other) == label.name and ctx.name_on_disk(image.url) == f"{NAME}.tiff"


# -- CRISM ------------------------------------------------------------------------------------------------------------


def test_a_cube_is_its_label_and_header_too(ode, progress) -> None:
    (found,), web = find(ode, [crism_record()], "CRISM", progress)
    assert {p["pt"] for p in web.asked} == {"MTRDR"}
    assert [f.role for f in found.files] == ["image", "label", "header"]
    assert (found.instrument, found.observation_id, found.orbit) == ("CRISM", "FRT0000938E_07", 12600)
    assert found.size == 3 * 9 * 1024


@pytest.mark.parametrize("missing", [".img", ".lbl", ".hdr"])
def test_a_cube_without_a_part_is_none(ode, progress, missing) -> None:
    endings = tuple(e for e in (".img", ".lbl", ".hdr") if e != missing)
    found, _ = find(ode, [crism_record(endings=endings)], "CRISM", progress)
    assert found == [] and "nothing without" in progress.warnings[0]


def test_kinds_of_products(ode, progress) -> None:
    records = [
        crism_record("FRT0000938E_07_IF163J_MTR3"),
        crism_record("FRT0000938E_07_SR163J_MTR3"),
        crism_record("FRT0000938E_07_SU163J_MTR3"),
        crism_record("FRT0000938E_07_DE163J_MTR3"),
        crism_record("FRT0000938E_07_WV163J_MTR3", endings=(".tab", ".lbl")),
        crism_record("FRT0000938E_07_BRHYDJ_MTR3", endings=(".png", ".lbl"), kind="Browse"),
    ]
    found, _ = find(ode, records, "CRISM", progress)
    assert [o.product_id[15:17] for o in found] == ["IF", "SR", "SU"] and not progress.warnings
    assert {o.file("browse").name for o in found} == {"frt0000938e_07_brhydj_mtr3.png"}


def test_other_types_on_request(ode, progress) -> None:
    record = crism_record("FRT0000938E_07_IF163L_TRR3", endings=(".img", ".lbl", ".tab"))
    found, web = find(ode, [record], "CRISM", progress, product_types=("TER", "TRDR"))
    assert {p["pt"] for p in web.asked} == {"TER", "TRDR"}
    # A cube in the sensor's own geometry has no header and needs none.
    assert [f.role for f in found[0].files] == ["image", "label", "other"]
    with pytest.raises(InputError, match="MRDR"):
        find(ode, [], "CRISM", progress, product_types=("MRDR",))


def test_own_root_of_crism(ode, progress) -> None:
    own = Settings(ode_url=ode.ROOT, crism_url="http://h/mro")
    (found,), _ = find(ode, [crism_record()], "CRISM", progress, settings=own)
    assert all(f.url.startswith("http://h/mro/mro-m-crism-5") for f in found.files)


# -- XML --------------------------------------------------------------------------------------------------------------


def as_xml(name, value) -> str:
    if isinstance(value, list):
        return "".join(as_xml(name, v) for v in value)
    inner = "".join(as_xml(k, v) for k, v in value.items()) if isinstance(value, dict) else escape(str(value))
    return f"<{name}>{inner}</{name}>"


class XmlOde:
    """The little ODE, answering XML though JSON was asked for."""

    def __init__(self, ode, records, start='<?xml version="1.0" encoding="utf-8"?>') -> None:
        self.inner, self.start = ode.LittleOde(records), start

    def get(self, url, params=None, max_bytes=0, headers=None):
        import json

        tree = json.loads(self.inner.get(url, params).body)
        return Reply(200, url, {}, (self.start + as_xml("ODEResults", tree["ODEResults"])).encode())


@pytest.mark.parametrize("start", ['<?xml version="1.0" encoding="utf-8"?>', "\ufeff<?xml version='1.0'?>\n", ""])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_xml_means_what_json_means(ode, progress, start, count) -> None:
    records = [ode.record(f"ESP_0126{n:02d}_1655_RED") for n in range(count)]
    settings = Settings(ode_url=ode.ROOT)
    by_xml = search_ode(Query(AREA), "HIRISE", XmlOde(ode, records, start), settings, progress)
    by_json = search_ode(Query(AREA), "HIRISE", ode.LittleOde(records), settings, progress)
    assert by_xml == by_json and len(by_xml) == count


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    "<ODEResults><Status>&b;</Status></ODEResults>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<ODEResults><Status>&f;</Status></ODEResults>"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "refused"),
        (OUTSIDE, "refused"),
        ('<?xml version="1.0"?><!DOCTYPE ODEResults><ODEResults><Count>0</Count></ODEResults>', "refused"),
        ("<ODEResults><Count>1", "damaged"),
        ("<ODEResults>" + "<a>" * 40 + "</a>" * 40 + "</ODEResults>", "too deep"),
        ("<ODEResults/>", "without results"),
        ('<?xml version="1.0"?><html><body><ODEResults/></body></html>', "web page"),
        ("<ODEResults><Status>ERROR</Status><Error>Invalid IIPT</Error></ODEResults>", "Invalid IIPT"),
    ],
)
def test_hostile_or_wrong_xml(ode, text, words) -> None:
    with pytest.raises(ArchiveError, match=words):
        results_of(Reply(200, ode.ROOT, {}, text.encode()))


def test_xml_without_end_is_not_read(ode) -> None:
    body = b"<ODEResults><Status>" + b"a" * (MAX_XML_BYTES + 1) + b"</Status></ODEResults>"
    with pytest.raises(ArchiveError, match="16 MB"):
        results_of(Reply(200, ode.ROOT, {}, body))


# -- by id, and volumes -----------------------------------------------------------------------------------------------


def test_by_id_in_groups(ode, progress) -> None:
    records = [ode.record(f"ESP_01{n:04d}_1655_RED") for n in range(60)]
    asked = []

    class Web:
        def get(self, url, params=None, max_bytes=0, headers=None):
            asked.append(params["pdsid"].split("|"))
            there = [r for r in records if r["pdsid"] in asked[-1]]
            # ODE takes one id at a time here: several find nothing.
            products = {"Product": there} if there and len(asked[-1]) == 1 else "No Products Found"
            return ode.reply({"ODEResults": {"Status": "Success", "Products": products}})

    ids = ["ESP_010003_1655_RED", "ESP_099999_1655_RED", "ESP_010001_1655_RED"]
    found = product_by_id(ids, "HIRISE", Web(), Settings(ode_url=ode.ROOT), progress)
    assert [o.product_id for o in found] == [ids[0], ids[2]]
    assert [len(group) for group in asked] == [3, 1, 1, 1]
    assert set(by_ids(ids, Web(), Settings(ode_url=ode.ROOT), progress)) == {ids[0], ids[2]}


def test_the_newest_volumes(ode, progress) -> None:
    records = [ctx_record(f"D10_0{n:05d}_1658_XN_14S119W", PDSVolume_Id=f"MROX_{n // 40:04d}") for n in range(250)]
    web = ode.LittleOde(records)
    assert newest_volumes(web, Settings(ode_url=ode.ROOT), progress) == [
        "mrox_0006",
        "mrox_0005",
        "mrox_0004",
        "mrox_0003",
    ]
    assert [p["offset"] for p in web.pages()] == ["151"]
    assert newest_volumes(ode.LittleOde([]), Settings(ode_url=ode.ROOT), progress) == []
