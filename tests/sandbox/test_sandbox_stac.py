"""The sandbox's STAC API and its COGs, as any client sees them."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from urllib.request import Request, urlopen

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.progress import Quiet
from marscd_plugin.sandbox.ard import COLLECTION
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer

BOX = [9.9, -5.1, 10.1, -4.9]
#: Even and odd orbits: both vocabularies.
ORBITS = (11100, 12301, 13500)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    root = tmp_path_factory.mktemp("archive")
    noise = np.random.default_rng(5).integers(40, 220, (200, 200)).astype(np.uint8)
    for orbit in ORBITS:
        path = root / "image.tif"
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), 200, 200, 1, gdal.GDT_Byte)
        dataset.GetRasterBand(1).WriteArray(noise)
        dataset = None
        wanted = wish(f"ESP_{orbit:06d}_1750_RED", datetime(2009, 3, 1, tzinfo=timezone.utc))
        publish_raster(root, path, wanted, placement(10.0, -5.0, 0.5), None, Quiet())
    with SandboxServer(root) as running:
        yield running


def ask(server, path, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    try:
        with urlopen(Request(server.url + path, data, headers), timeout=30) as reply:
            return reply.status, reply.headers, reply.read()
    except OSError as error:  # HTTPError is one.
        return error.code, error.headers, error.read()


def search(server, **body):
    status, _, text = ask(server, "/api/search", {"collections": [COLLECTION], "bbox": BOX, **body})
    assert status == 200
    return json.loads(text)


def test_pages_by_post_carry_the_whole_query_and_name_the_backing_host(server):
    names, body = [], {"limit": 2}
    for _ in range(2):
        page = search(server, **body)
        names += [f["id"] for f in page["features"]]
        assert page["numberMatched"] == page["context"]["matched"] == 3
        links = [link for link in page["links"] if link["rel"] == "next"]
        if links:
            assert links[0]["method"] == "POST" and links[0]["merge"] is False and "execute-api" in links[0]["href"]
            body = links[0]["body"]
            assert body["bbox"] == BOX and body["collections"] == [COLLECTION]
    assert sorted(names) == [f"ESP_{o:06d}_1750_RED" for o in ORBITS] and not links


def test_pages_by_get_carry_a_token_in_their_address(server):
    _, _, text = ask(server, "/api/search?bbox=9.9,-5.1,10.1,-4.9&limit=2")
    (link,) = [link for link in json.loads(text)["links"] if link["rel"] == "next"]
    _, _, text = ask(server, "/api/search?" + link["href"].partition("?")[2])
    assert len(json.loads(text)["features"]) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/search", {"bbox": [1, 1, 1, 1]}, 400), ("/api/search", {"bbox": [170, 0, -170, 5]}, 400),
        ("/api/search", {"limit": 0}, 400), ("/api/search", {"next": "x"}, 400), ("/api/collections/", None, 404),
        ("/api/nothing", None, 404), ("/ard/none/x.tif", None, 404),
    ],
)  # fmt: skip
def test_what_the_service_refuses(server, path, body, status):
    assert ask(server, path, body)[0] == status


def test_both_vocabularies_and_the_time_of_making(server):
    items = {f["id"]: f for f in search(server)["features"]}
    new, old = items["ESP_011100_1750_RED"], items["ESP_012301_1750_RED"]
    assert "image" in new["assets"] and new["properties"]["proj:code"] == "IAU_2015:49910"
    assert "ortho image" in old["assets"] and old["properties"]["proj:wkt2"].startswith('"PROJCS')
    assert all(not f["properties"]["datetime"].startswith("2009") for f in items.values())


def test_a_cog_is_one_with_ranges_nodata_and_scale(server, tmp_path):
    (item,) = [f for f in search(server)["features"] if f["id"] == "ESP_011100_1750_RED"]
    path = item["assets"]["image"]["href"].removeprefix(server.url)
    status, headers, part = ask(server, path, Range="bytes=0-99")
    assert (
        status == 206 and len(part) == 100 and part[:2] == b"II" and headers["Content-Range"].startswith("bytes 0-99/")
    )
    (tmp_path / "x.tif").write_bytes(ask(server, path)[2])
    dataset = gdal.Open(str(tmp_path / "x.tif"))
    assert dataset.GetMetadata("IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    band = dataset.GetRasterBand(1)
    assert band.GetNoDataValue() == 0 and 0 < band.GetScale() < 1
    assert "Mars" in dataset.GetProjection() and dataset.GetGeoTransform()[1] == 0.5
    assert not np.isin(band.ReadAsArray(), (1, 2, 1022, 1023)).any()
    status, _, label = ask(server, item["assets"]["label"]["href"].removeprefix(server.url))
    assert status == 200 and b"ESP_011100_1750_RED" in label
