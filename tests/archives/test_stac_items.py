"""STAC items and replies of the USGS: the recorded ones, and hostile ones."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from marscd_plugin.archives.stac import boxes_of, search_stac
from marscd_plugin.archives.stacitem import item_of
from marscd_plugin.archives.staclient import items, on_root
from marscd_plugin.common.errors import ArchiveError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.common.web import Reply
from marscd_plugin.common.words import Query, Season
from marscd_plugin.planet.geometry import area_from_extent, bounds

ROOT = "https://stac.example.org/api"
BACKING = "https://3hr5l9mbj6.execute-api.us-west-2.amazonaws.com/prod"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
BUCKET = "https://astrogeo-ard.s3-us-west-2.amazonaws.com/mars/mro/hirise/uncontrolled"
AREA = area_from_extent(10, -5, 10.2, -4.8)


def item(name="ESP_041909_1800_RED", lon=10.1, lat=-4.9, **changes):
    ring = [[lon - 0.05, lat - 0.1], [lon + 0.05, lat - 0.1], [lon + 0.05, lat + 0.1], [lon - 0.05, lat - 0.1]]
    made = {
        "type": "Feature", "stac_version": "1.0.0", "id": name,
        "collection": "mro_hirise_uncontrolled_observations",
        "geometry": {"type": "Polygon", "coordinates": [ring]}, "bbox": [lon - 0.05, lat - 0.1, lon + 0.05, lat + 0.1],
        "properties": {"datetime": "2022-03-01T00:00:00Z", "ssys:targets": ["Mars"], "gsd": 0.25},
        "links": [],
        "assets": {
            "thumbnail": {"href": f"{BUCKET}/{name}/{name}.jpg", "type": "image/jpeg", "roles": ["thumbnail"]},
            "image": {"href": f"{BUCKET}/{name}/{name}.tif", "type": COG, "roles": ["data"]},
            "label": {"href": f"{BUCKET}/{name}/{name}.LBL", "type": "text/plain", "roles": ["metadata"]},
        },
    }  # fmt: skip
    return made | changes


def page(features, *links, **more):
    value = {"type": "FeatureCollection", "features": features, "links": list(links), **more}
    return Reply(200, ROOT, {}, json.dumps(value).encode())


class Replies:
    """Answers in turn; remembers what was asked."""

    def __init__(self, *replies):
        self.replies, self.asked = list(replies), []

    def post(self, url, body, content_type, max_bytes=0):
        self.asked.append(("POST", url, json.loads(body)))
        return self.replies.pop(0) if self.replies else Reply(404, url, {}, b"{}")

    def get(self, url, params=None, max_bytes=0, headers=None):
        self.asked.append(("GET", url, dict(params or {})))
        return self.replies.pop(0) if self.replies else Reply(404, url, {}, b"{}")


def found(web, box=(9.9, -5.1, 10.3, -4.7)):
    return list(items(web, ROOT, ["c"], box, Quiet()))


# -- recorded replies -------------------------------------------------------------------------------------------------


def test_the_recorded_ctx_item_of_2021_gives_its_orthoimage(shared):
    read = item_of(json.loads((shared / "fixtures/stac/stac_usgs_ctx_dtm_item_2021.json").read_text()))
    assert read.instrument == "CTX"
    assert read.product_id == "F21_044106_1800_XN_00N220W__K01_053679_1800_XI_00N220W"
    assert read.acquired_as == "F21_044106_1800_XN_00N220W"
    image, browse = read.files[:2]
    folder = "https://asc-mars.s3-us-west-2.amazonaws.com/ctx_dtms/" + read.product_id
    assert (image.role, image.url) == ("image", f"{folder}/{read.product_id}_ORTHO.tif")
    assert (browse.role, browse.name) == ("browse", f"{read.product_id}_DEM.jpg")
    # The terrain model, its shading and the intersection error are TIFFs too, and no images of the ground.
    assert [f.role for f in read.files[2:]] == ["other"] * 6 and read.label is None
    west, south, east, north = bounds(read.footprint)
    assert (west, east) == pytest.approx((139.589401851736, 140.360088687498))
    assert (south, north) == pytest.approx((-1.27908762568909, 1.44342047421533))
    assert read.pixel_size is None  # 20 m is the terrain model's


def test_items_of_other_bodies_and_global_maps_are_no_images(shared):
    folder = shared / "fixtures/stac"
    assert item_of(json.loads((folder / "ssys_example_item.json").read_text())) is None
    reply = json.loads((folder / "stac_usgs_stacserver_search_post_response_2026.json").read_text())
    assert [item_of(f) for f in reply["features"]] == [None]


def test_the_recorded_next_link_is_followed_by_post_with_its_whole_body_at_the_configured_address(shared):
    text = (shared / "fixtures/stac/stac_usgs_stacserver_search_post_response_2026.json").read_bytes()
    web = Replies(Reply(200, ROOT, {}, text), page([item()]))
    assert [i["id"] for i in found(web)] == ["molaMarsPlanetaryRadius0005", "ESP_041909_1800_RED"]
    method, url, body = web.asked[1]
    assert (method, url) == ("POST", f"{ROOT}/search")
    link = json.loads(text)["links"][0]
    assert body == link["body"] and link["href"].startswith(BACKING)


# -- paging -----------------------------------------------------------------------------------------------------------


def test_the_search_is_a_post_and_a_get_where_post_is_refused():
    web = Replies(Reply(405, ROOT, {}, b'{"code":"MethodNotAllowed"}'), page([item()]))
    assert len(found(web)) == 1
    assert [a[0] for a in web.asked] == ["POST", "GET"]
    assert web.asked[0][2]["collections"] == ["c"] and web.asked[0][2]["bbox"] == [9.9, -5.1, 10.3, -4.7]
    assert web.asked[1][2]["bbox"] == "9.9,-5.1,10.3,-4.7"


def test_a_next_link_by_get_carries_its_token_in_the_address():
    link = {"rel": "next", "method": "GET", "href": f"{BACKING}/search?limit=1&next=a%2Cb"}
    web = Replies(page([item()], link), page([item("ESP_041910_1800_RED")]))
    assert len(found(web)) == 2
    parts = urlsplit(web.asked[1][1])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{ROOT}/search"
    assert parse_qs(parts.query)["next"] == ["a,b"]


@pytest.mark.parametrize(
    "href", ["http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "/etc/passwd", "https://evil.example/x"]
)
def test_a_link_elsewhere_is_refused_and_no_file_of_this_computer_is_read(href):
    web = Replies(page([item()], {"rel": "next", "href": href}))
    with pytest.raises(ArchiveError, match="no page of the search"):
        found(web)
    assert len(web.asked) == 1


def test_another_host_is_never_asked_whatever_links_say():
    assert on_root("https://evil.example/v1/search?next=1", ROOT) == f"{ROOT}/search?next=1"
    assert on_root(f"{BACKING}/collections/c/items?next=2", ROOT) == f"{ROOT}/collections/c/items?next=2"


def test_paging_in_circles_ends_with_a_message():
    link = {"rel": "next", "method": "POST", "href": f"{BACKING}/search", "merge": False, "body": {"next": "same"}}
    web = Replies(*[page([item()], link)] * 5)
    with pytest.raises(ArchiveError, match="circles"):
        found(web)
    assert len(web.asked) <= 3


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(200, ROOT, {}, b"<!DOCTYPE html><html>"), "a web page"),
        (Reply(200, ROOT, {}, b'{"code":"NotFound","description":"Not Found"}'), "Not Found"),
        (Reply(400, ROOT, {}, b'{"code":"BadRequest","description":"Invalid bbox"}'), "Invalid bbox"),
        (Reply(200, ROOT, {}, b'{"features": ['), "damaged"),
        (Reply(200, ROOT, {}, b"[" * 100_000), "no JSON"),
        (page([item()], {"href": "x"}), "no search's result"),
        (page([item()], 7), "no search's result"),
    ],
)
def test_what_is_no_search_result_is_one_clear_error(reply, said):
    with pytest.raises(ArchiveError, match=said):
        found(Replies(reply))


# -- items ------------------------------------------------------------------------------------------------------------


def test_both_vocabularies_and_no_address_is_built():
    new = item_of(item())
    assert new.files[0].url == f"{BUCKET}/ESP_041909_1800_RED/ESP_041909_1800_RED.tif"
    strange = "https://moved.example.org/x/ESP_041909_1800_RED.uncontrolled.tif"
    old = item_of(item(assets={
        "dem": {"href": "https://moved.example.org/ESP_041909_1800_RED_DEM.tif", "type": COG, "roles": ["data"]},
        "ortho image": {"href": strange, "type": COG, "roles": ["data"], "key": "ortho image"},
        "err": {"href": "https://moved.example.org/ESP_041909_1800_RED_err.tif", "type": COG, "roles": ["data-mask"]},
    }))  # fmt: skip
    assert [(f.role, f.url) for f in old.files if f.role == "image"] == [("image", strange)]
    assert new.pixel_size == 0.25 and new.label.name == "ESP_041909_1800_RED.LBL"


@pytest.mark.parametrize(
    "changes",
    [
        {"assets": {}}, {"assets": [1, 2]}, {"assets": {"image": "x"}},
        {"assets": {"image": {"href": "file:///etc/passwd.tif", "type": COG}}},
        {"assets": {"image": {"href": "https://x.org/ESP_041909_1800_RED.tif", "type": "image/tiff"}}},
        # Another product's image under this one's name.
        {"assets": {"image": {"href": "https://x.org/ESP_000001_1800_RED.tif", "type": COG}}},
        {"geometry": None, "bbox": None}, {"geometry": {"type": "Polygon", "coordinates": [[["a", "b"]]]}},
        {"geometry": {"type": "Polygon", "coordinates": [[[float("nan"), 1], [2, 3], [4, 5]]]}},
        {"geometry": {"type": "Polygon", "coordinates": [[[1e300, 1], [2, 3], [4, 5]]]}},
    ],
)  # fmt: skip
def test_hostile_items_are_left_out_with_their_name(changes):
    with pytest.raises(ArchiveError, match="ESP_041909_1800_RED"):
        item_of(item(**changes))


@pytest.mark.parametrize("name", [None, 7, "", "../../etc", "ESP_041909_1800", "x" * 5000, "ESP_041909_1800_RED_DTM"])
def test_what_is_not_named_like_an_image_is_none(name):
    assert item_of(item() | {"id": name}) is None


# -- the join ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def joined(monkeypatch, ode, tmp_path):
    """ODE knows the item's product as of 2009; nothing else is there."""
    from marscd_plugin.archives.oderecord import observation_of

    known = {}

    def by_id(names, instrument, web, settings, progress):
        return [observation_of(known[n]) for n in names if n in known]

    monkeypatch.setattr("marscd_plugin.archives.stac.ode.product_by_id", by_id)
    monkeypatch.setattr("marscd_plugin.archives.stac.offline.index_state", lambda *a: None)
    return known, Settings(stac_url=ROOT, cache_dir=str(tmp_path))


def test_time_and_sun_come_from_ode_and_place_and_files_from_stac(joined, ode):
    known, settings = joined
    known["ESP_012600_1655_RED"] = ode.record("ESP_012600_1655_RED", 10.1, -4.9)
    web = Replies(page([item("ESP_012600_1655_RED"), item("ESP_012601_1655_RED", 50, 50)]))
    result = search_stac(Query(AREA), "HIRISE", web, settings, Quiet())
    (one,) = result.observations
    assert one.start_time == datetime(2009, 4, 4, 7, 13, 43, 380000, tzinfo=timezone.utc)
    assert (one.mars_year, one.incidence, one.source) == (29, 49.904166, "STAC")
    assert one.solar_longitude == 240.166542 and one.map_scale == 0.25
    assert one.file("image").url.endswith("ESP_012600_1655_RED.tif") and 0 < one.coverage <= 1


def test_the_season_is_that_of_the_image_not_of_the_item(joined, ode):
    known, settings = joined
    known["ESP_012600_1655_RED"] = ode.record("ESP_012600_1655_RED", 10.1, -4.9)

    def number(season):
        web = Replies(page([item("ESP_012600_1655_RED")]))
        return len(search_stac(Query(AREA, season=season), "HIRISE", web, settings, Quiet()).observations)

    assert number(Season(mars_years=((29, 29),), solar_longitude=(240, 241))) == 1
    assert number(Season(mars_years=((36, 36),))) == 0  # 2022 is Mars Year 36, when the item was made
    assert number(Season(mars_years=((29, 29),), solar_longitude=(100, 200))) == 0


def test_an_image_of_which_nobody_knows_the_time_is_left_out_with_a_warning(joined, progress):
    _, settings = joined
    result = search_stac(Query(AREA), "HIRISE", Replies(page([item()])), settings, progress)
    assert result.observations == () and "ESP_041909_1800_RED" in progress.warnings[0]


def test_without_ode_the_labels_among_the_assets_tell(joined, shared, progress):
    _, settings = joined
    label = (shared / "fixtures/pds/ESP_013951_1955_RED.LBL").read_bytes()
    here = area_from_extent(72.7, 15.4, 72.9, 15.6)
    web = Replies(page([item("ESP_013951_1955_RED", 72.8, 15.5)]), Reply(200, "", {}, label))
    result = search_stac(Query(here), "HIRISE", web, settings, progress, "ODE is down")
    (one,) = result.observations
    assert one.start_time.isoformat() == "2009-07-18T13:54:41.485000+00:00"
    assert (one.mars_year, one.solar_longitude, one.incidence) == (29, 305.594678, 49.990076)
    assert web.asked[1][1].endswith("ESP_013951_1955_RED.LBL") and "labels" in result.notes[0]


def test_an_instrument_without_images_there_and_an_area_across_180():
    with pytest.raises(InputError, match="CRISM"):
        search_stac(Query(AREA), "CRISM", Replies(), Settings(), Quiet())
    across = boxes_of(Query(area_from_extent(179, 1, 181, 2)))
    assert [tuple(round(v, 3) for v in b) for b in across] == [(179, 1, 180, 2), (-180, 1, -179, 2)]
    assert all(w < e for w, _, e, _ in across)
