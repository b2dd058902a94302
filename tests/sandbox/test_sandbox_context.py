"""CTX, CRISM, the CTX stream and the cumulative indexes in the sandbox, asked with the standard library alone."""

from __future__ import annotations

import http.client
import json
import urllib.request
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.progress import Quiet
from marscd_plugin.sandbox.context import fill_context
from marscd_plugin.sandbox.cumindex import COLUMNS, ROW_BYTES, areographic, index_label, west
from marscd_plugin.sandbox.server import SandboxServer

NAME, VOLUME = "G11_022689_1380_XN_42S157W", "mrox_1338"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("context")
    fill_context(folder, Quiet(), size=200)
    return folder


@pytest.fixture(scope="module")
def server(root):
    with SandboxServer(root) as running:
        yield running


def ask(server, **parameters):
    everything = {"query": "product", "target": "mars", "ihid": "MRO", "output": "JSON", **parameters}
    with urllib.request.urlopen(f"{server.url}/live2?{urlencode(everything)}") as reply:
        return json.loads(reply.read())["ODEResults"]


def get(server, path, **headers):
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply, body


def stream(name, folder, volume=VOLUME):
    return f"/stream/{name}?image=/mars/images/ctx/{volume}/{folder}/{name}"


def test_ode_knows_the_raw_images_in_the_recorded_shape(server, shared) -> None:
    found = ask(server, iid="CTX", pt="EDR", results="fmpc", pdsid=NAME)
    record = found["Products"]["Product"]
    assert found["Count"] == "1" and record["PDSVolume_Id"] == "MROX_1338"
    real = json.loads((shared / "fixtures/ode/ode_ctx_edr_single_product_fmpc.json").read_text())
    real = real["ODEResults"]["Products"]["Product"]
    left_out = {"Product_creation_time", "SpaceCraft_clock_start_count", "SpaceCraft_clock_stop_count",
                "Solar_distance", "External_url", "External_url2", "FilesURL", "ProductURL"}  # fmt: skip
    assert set(real) - left_out <= set(record)
    files = record["Product_files"]["Product_file"]
    assert (
        files[0]["URL"].startswith(server.url + "/ctx/") and files[0]["Description"] == "PRODUCT DATA FILE WITH LABEL"
    )
    _, image = get(server, urlsplit(files[0]["URL"]).path)
    assert abs(len(image) / 1024 - int(files[0]["KBytes"])) <= 1


@pytest.mark.parametrize(("kind", "count"), [("MTRDR", "6"), ("TRDR", "2"), ("TER", "0")])
def test_ode_knows_crism_by_type(server, kind, count) -> None:
    assert ask(server, iid="CRISM", pt=kind, results="c")["Count"] == count


def test_the_stream_is_slow_chunked_and_without_ranges(server, root) -> None:
    reply, body = get(server, stream(f"{NAME}.tiff", "prj_full"), Range="bytes=0-9")
    assert reply.status == 200 and reply.headers["Transfer-Encoding"] == "chunked"
    assert reply.headers["Content-Length"] is None and reply.headers["ETag"] is None
    assert body == (root / "asu" / VOLUME / "prj_full" / f"{NAME}.tiff").read_bytes()
    reply, label = get(server, stream(f"{NAME}.scyl.isis.hdr", "stage"))
    assert reply.status == 200 and b"SimpleCylindrical" in label


@pytest.mark.parametrize(
    "path",
    [
        stream(f"{NAME}.ps.isis.hdr", "stage"),
        stream(f"{NAME}.tiff", "prj_full", "mrox_0001"),
        stream(f"{NAME}.tiff", "stage"),
        f"/stream/{NAME}.tiff",
        f"/stream/other.tiff?image=/mars/images/ctx/{VOLUME}/prj_full/{NAME}.tiff",
        f"/stream/{NAME}.tiff?image=/mars/images/ctx/../../../etc/passwd",
        f"/ctx/{VOLUME}/data/../../../ode/{NAME}.json",
        "/mro/nothing.img",
    ],
)
def test_what_is_not_there(server, path) -> None:
    assert get(server, path)[0].status == 404


def test_the_index_is_cumulative_and_as_wide_as_the_real_one(server, shared) -> None:
    tables = {v: get(server, f"/ctx/{v}/index/cumindex.tab")[1] for v in ("mrox_0697", VOLUME, "mrox_1790")}
    assert [len(t) // ROW_BYTES for t in tables.values()] == [1, 3, 5]
    assert all(len(t) % ROW_BYTES == 0 for t in tables.values())
    row = tables["mrox_1790"].decode().splitlines()[0]
    assert '"ERROR "' in row and row.startswith('"MROX_0697","DATA/B05_011428')
    real = (shared / "fixtures/pds/inputs_mini/ctx/cumindex.lbl").read_text().split("NAME = ")[1:]
    assert [c.split()[0] for c in real] == [name for name, _, _ in COLUMNS]
    made = index_label(5).decode()
    for part in real:
        name, start = part.split()[0], part.split("START_BYTE = ")[1].split()[0]
        ours = made.split(f"NAME = {name}\r\n")[1]
        assert ours.split("START_BYTE = ")[1].split()[0] == start, name


def test_a_table_that_has_not_changed_is_not_sent_again(server) -> None:
    path = f"/ctx/{VOLUME}/index/cumindex.tab"
    reply, _ = get(server, path)
    etag, date = reply.headers["ETag"], reply.headers["Last-Modified"]
    tag = {"If-None-Match": etag}
    for headers in (tag, {"If-Modified-Since": date}, {**tag, "If-Modified-Since": "x"}):
        reply, body = get(server, path, **headers)
        assert (reply.status, body) == (304, b"")
    assert get(server, path, **{"If-None-Match": '"other"', "If-Modified-Since": date})[0].status == 200
    assert get(server, path, **{"If-Modified-Since": "Thu, 01 Jan 1998 00:00:00 GMT"})[0].status == 200


def test_west_and_areographic() -> None:
    assert west(202.3) == pytest.approx(157.7) and west(0.0) == 0.0 and west(-10.0) == 10.0
    assert areographic(0.4052) == pytest.approx(0.41, abs=5e-4) and areographic(-90.0) == -90.0


def test_a_cube_is_what_its_header_says(root) -> None:
    (header,) = root.glob("mro/**/frt0000938e_07_if163j_mtr3.hdr")
    dataset = gdal.OpenEx(str(header.with_suffix(".img")), gdal.OF_RASTER, allowed_drivers=["ENVI"])
    data = dataset.ReadAsArray()
    assert data.shape == (dataset.RasterCount, 40, 40) and (data[:, 0, 0] == 65535).all()
    assert 0.1 < np.median(data[:, 20, 20]) < 0.4
    assert list(header.parent.glob("*_brhydj_mtr3.png"))


def test_filling_again_does_nothing(root) -> None:
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
    fill_context(root, Quiet(), size=200)
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()} == before
