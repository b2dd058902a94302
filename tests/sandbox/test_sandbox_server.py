"""The sandbox over HTTP: ODE REST, byte ranges, faults, the command line."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.names import Layout
from marscd_plugin.sandbox.ode_service import OdeService
from marscd_plugin.sandbox.server import SandboxServer
from marscd_plugin.sandbox.tree import UnsatisfiableError, byte_range, find_file

from .sandbox_tools import noise, publish, write_raster

ROOT = Path(__file__).resolve().parents[2]
SEARCH = "query=product&target=mars&ihid=MRO&iid=HIRISE&pt=RDRV11&output=JSON"
PALIKIR = "minlat=-41.7&maxlat=-41.5&westernlon=202.2&easternlon=202.4"
IMAGE = "/PDS/RDR/ESP/ORB_022600_022699/ESP_022689_1380/ESP_022689_1380_RED.JP2"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Palikir twice, once in colour; one image across longitude 0; one across 180."""
    folder = tmp_path_factory.mktemp("served")
    tif = write_raster(folder / "a.tif", noise(40, 50))
    wide = write_raster(folder / "wide.tif", noise(32, 200))
    colour = write_raster(folder / "c.tif", noise(40, 50)[None].repeat(3, 0))
    archive = folder / "root"
    publish(archive, tif, "ESP_022689_1380", "2011-05-30T04:20:00", (202.3, -41.6, 2.0))
    publish(archive, colour, "ESP_022267_1380_COLOR", "2011-04-27T06:00:00", (202.3, -41.6, 2.0))
    publish(archive, tif, "ESP_022267_1380", "2011-04-27T06:00:00", (202.3, -41.6, 2.0))
    publish(archive, wide, "ESP_007361_1800", "2008-02-21T00:58:48", (0.0, 0.0, 20.0))
    publish(archive, wide, "ESP_050000_1900", "2017-03-28T00:00:00", (180.0, 10.0, 20.0))
    return archive


@pytest.fixture(scope="module")
def server(root):
    with SandboxServer(root) as running:
        yield running


def fetch(server, path, method="GET", **headers):
    """(status, headers, body) over a fresh connection."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port, timeout=5)
    try:
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        reply = connection.getresponse()
        return reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()
    finally:
        connection.close()


def ode(server, query):
    status, headers, body = fetch(server, f"/live2?{query}")
    assert status == 200 and headers["content-type"].startswith("application/json")
    return json.loads(body)["ODEResults"]


def ids(results):
    products = results["Products"]
    if products == "No Products Found":
        return []
    products = products["Product"]
    return [p["pdsid"] for p in ([products] if isinstance(products, dict) else products)]


# --- ODE --------------------------------------------------------------------------------------------------------------


def scalars(node):
    if isinstance(node, dict):
        return [s for v in node.values() for s in scalars(v)]
    if isinstance(node, list):
        return [s for v in node for s in scalars(v)]
    return [node]


def test_search_in_the_recorded_shape(server, shared):
    results = ode(server, f"{SEARCH}&results=fmpc&loc=f&{PALIKIR}&limit=100&offset=1")
    assert ids(results) == ["ESP_022267_1380_COLOR", "ESP_022267_1380_RED", "ESP_022689_1380_RED"]
    assert results["Count"] == "3"
    assert all(isinstance(s, str) for s in scalars(results))
    real = json.loads((shared / "fixtures/ode/ode_ctx_edr_single_product_fmpc.json").read_text())["ODEResults"]
    assert set(real) == set(results)
    assert set(real["QuerySummary"]) <= set(results["QuerySummary"])
    assert results["QuerySummary"]["query"] == "PRODUCT" and results["QuerySummary"]["results"] == "FMPC"
    files = results["Products"]["Product"][2]["Product_files"]["Product_file"]
    assert files[0]["URL"] == server.url + IMAGE
    status, _, body = fetch(server, urlsplit(files[0]["URL"]).path)
    assert status == 200 and body[:12] == b"\x00\x00\x00\x0cjP  \r\n\x87\n"
    assert (len(body) + 1023) // 1024 == int(files[0]["KBytes"])


def test_one_hit_is_a_dict_several_a_list_none_a_string(server):
    one = ode(server, f"{SEARCH}&results=fpm&pdsid=ESP_022689_1380_RED")
    assert isinstance(one["Products"]["Product"], dict) and "Count" not in one
    assert isinstance(ode(server, f"{SEARCH}&results=fpm&pdsid=ESP_022*")["Products"]["Product"], list)
    none = ode(server, f"{SEARCH}&results=fpmc&pdsid=ESP_9*")
    assert (none["Products"], none["Count"], none["Status"]) == ("No Products Found", "0", "Success")


def test_count_only_and_less_than_all(server):
    counted = ode(server, f"{SEARCH}&results=c&{PALIKIR}")
    assert counted["Count"] == "3" and "Products" not in counted
    only = ode(server, f"{SEARCH}&results=p&pdsid=ESP_022689_1380_RED")["Products"]["Product"]
    assert set(only) == {"pdsid", "ihid", "iid", "pt", "Data_Set_Id", "PDSVolume_Id"}
    with_files = ode(server, f"{SEARCH}&results=of&pdsid=ESP_022689_1380_RED")["Products"]["Product"]
    assert set(with_files) == {"ode_id", "pdsid", "ihid", "iid", "pt", "Product_files"}
    lines = ode(server, f"{SEARCH}&results=l&pdsid=ESP_022689_1380_RED")["Products"]["Product"]["label"]["Line"]
    assert lines[0].startswith("PDS_VERSION_ID")


def test_offset_counts_from_one(server):
    pages = [ids(ode(server, f"{SEARCH}&results=pm&limit=2&offset={o}")) for o in (1, 3, 5, 7)]
    assert [len(p) for p in pages] == [2, 2, 1, 0]
    assert [name for page in pages for name in page] == ids(ode(server, f"{SEARCH}&results=pm"))


def test_no_limit_stops_silently_at_100(root, tmp_path):
    record = json.loads((root / "ode/ESP_022689_1380_RED.json").read_text())
    (tmp_path / "ode").mkdir()
    for orbit in range(20000, 20105):
        copy = record | {"pdsid": f"ESP_{orbit:06d}_1380_RED", "Start_orbit_number": str(orbit)}
        (tmp_path / f"ode/{copy['pdsid']}.json").write_text(json.dumps(copy))
    service = OdeService(Layout(tmp_path), "http://127.0.0.1:1/PDS")
    query = [tuple(p.split("=")) for p in f"{SEARCH}&results=cp".split("&")]
    capped = json.loads(service.answer(query).body)["ODEResults"]
    assert (capped["Count"], len(ids(capped))) == ("105", 100)
    assert len(ids(json.loads(service.answer([*query, ("limit", "1000")]).body)["ODEResults"])) == 105
    assert len(ids(json.loads(service.answer([*query, ("offset", "101")]).body)["ODEResults"])) == 5


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("westernlon=359&easternlon=1", ["ESP_007361_1800_RED"]),
        ("westlon=359.99&eastlon=0.02", ["ESP_007361_1800_RED"]),
        ("westernlon=1&easternlon=359", ["ESP_022267_1380_RED", "ESP_022689_1380_RED", "ESP_050000_1900_RED"]),
        ("westernlon=0.01&easternlon=1", ["ESP_007361_1800_RED"]),
        ("westernlon=359&easternlon=359.99", ["ESP_007361_1800_RED"]),
        ("westernlon=179&easternlon=179.99", ["ESP_050000_1900_RED"]),
        ("westernlon=180.01&easternlon=181", ["ESP_050000_1900_RED"]),
        ("westernlon=-180&easternlon=-179", ["ESP_050000_1900_RED"]),
    ],
)
def test_boxes_across_the_meridians(server, box, found):
    results = ode(server, f"{SEARCH}&results=p&pdsid=*_RED&minlat=-60&maxlat=60&{box}")
    assert ids(results) == found


def test_loc_footprint_inside_bounding(server):
    half = "minlat=-1&maxlat=1&westernlon=0&easternlon=10"
    assert ids(ode(server, f"{SEARCH}&results=p&loc=f&{half}")) == ["ESP_007361_1800_RED"]
    assert ids(ode(server, f"{SEARCH}&results=p&loc=b&{half}")) == ["ESP_007361_1800_RED"]
    assert ids(ode(server, f"{SEARCH}&results=p&loc=o&{half}")) == []
    across = "minlat=-1&maxlat=1&westernlon=359&easternlon=1"
    assert ids(ode(server, f"{SEARCH}&results=p&loc=o&{across}")) == ["ESP_007361_1800_RED"]


def test_times(server):
    assert ids(ode(server, f"{SEARCH}&results=p&minobtime=2011-05-01&maxobtime=2012-01-01")) == ["ESP_022689_1380_RED"]
    assert len(ids(ode(server, f"{SEARCH}&results=p&maxobtime=2011-04-27T06:00:01.000"))) == 3
    assert ids(ode(server, f"{SEARCH}&results=p&minobtime=2030-01-01T00:00:00")) == []


@pytest.mark.parametrize(
    "query",
    [
        "output=JSON",
        "query=product&output=JSON&ihid=MRO&iid=HIRISE&pt=NONSENSE",
        "query=product&output=JSON&ihid=MRO",
        f"{SEARCH}&minlat=abc",
        f"{SEARCH}&minlat=91",
        f"{SEARCH}&minlat=nan",
        f"{SEARCH}&minlat=5&maxlat=-5",
        f"{SEARCH}&loc=q",
        f"{SEARCH}&minobtime=yesterday",
        f"{SEARCH}&minobtime=2011-13-01",
        f"{SEARCH}&limit=many",
        f"{SEARCH}&results=xyz",
        "query=nonsense&output=JSON",
    ],
)
def test_errors_come_with_200(server, query):
    results = ode(server, query)
    assert results["Status"] == "ERROR" and results["Error"]


def test_other_instruments_are_known_and_empty(server):
    results = ode(server, "query=product&output=JSON&ihid=mro&iid=ctx&pt=edr&results=pc")
    assert (results["Count"], results["Products"]) == ("0", "No Products Found")


def test_xml_is_the_default(server, shared):
    status, headers, body = fetch(server, f"/live2?{SEARCH.replace('&output=JSON', '')}&results=pm&{PALIKIR}")
    assert (status, headers["content-type"]) == (200, "text/xml; charset=utf-8")
    real = (shared / "fixtures/ode/ode_product_query_ctx_edr_marsyear36.xml").read_bytes()
    assert body.startswith(
        b'<?xml version="1.0" encoding="utf-8"?><ODEResults><Status>Success</Status><QuerySummary><Date>'
    )
    ours, theirs = ElementTree.fromstring(body), ElementTree.fromstring(real)
    assert [e.tag for e in ours] == [e.tag for e in theirs]
    assert {e.tag for e in ours[1]} >= {"Date", "output", "query", "results", "Query_Elapsed_Time"}
    product, recorded = ours.find("Products/Product"), theirs.find("Products/Product")
    assert len(ours.findall("Products/Product")) == 3
    assert [e.tag for e in product][:4] == [e.tag for e in recorded][:4]
    missing = {e.tag for e in recorded} - {e.tag for e in product}
    assert missing <= {"Solar_distance"}  # HiRISE records have none
    assert any("NOTE: Index Record:" in (n.text or "") for n in product.findall("ODE_notes/ODE_note"))
    error = fetch(server, "/live2?query=product&pt=NO")[2]
    assert ElementTree.fromstring(error).findtext("Status") == "ERROR"


def test_iipt_and_product_files(server):
    sets = ode(server, "query=iipt&odemetadb=mars&output=json")["IIPTSets"]["IIPTSet"]
    assert (sets["IHID"], sets["IID"], sets["PT"], sets["NumberProducts"]) == ("MRO", "HIRISE", "RDRV11", "5")
    files = ode(server, "query=product_files&pdsid=ESP_022689_1380_RED&output=JSON")["Product_files"]["Product_file"]
    assert [f["Type"] for f in files] == ["Product", "Product", "Browse", "Browse", "Referenced"]


def test_new_products_are_found_while_serving(root, tmp_path):
    shutil.copytree(root, tmp_path / "root")
    service = OdeService(Layout(tmp_path / "root"), "http://x/PDS")
    assert len(service.records()) == 5
    (tmp_path / "root/ode/ESP_022689_1380_RED.json").unlink()
    (tmp_path / "root/ode/broken.json").write_text("{")
    assert len(service.records()) == 4


# --- files ------------------------------------------------------------------------------------------------------------


def test_ranges(server, root):
    whole = (root / "pds" / IMAGE[5:]).read_bytes()
    status, headers, body = fetch(server, IMAGE)
    assert (status, body, headers["accept-ranges"]) == (200, whole, "bytes")
    etag, modified = headers["etag"], headers["last-modified"]
    for asked, first, last in (
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=-5", len(whole) - 5, len(whole) - 1),
        (f"bytes=100-{10**12}", 100, len(whole) - 1),
    ):
        status, headers, body = fetch(server, IMAGE, Range=asked)
        assert (status, body) == (206, whole[first : last + 1])
        assert headers["content-range"] == f"bytes {first}-{last}/{len(whole)}"
    for holds in (etag, modified):
        assert fetch(server, IMAGE, Range="bytes=5-", If_Range=holds)[0] == 206
    for other in ('"other"', "Mon, 01 Jan 2001 00:00:00 GMT", "W/" + etag, "nonsense"):
        status, _, body = fetch(server, IMAGE, Range="bytes=5-", If_Range=other)
        assert (status, body) == (200, whole)
    status, headers, _ = fetch(server, IMAGE, Range=f"bytes={len(whole)}-")
    assert (status, headers["content-range"]) == (416, f"bytes */{len(whole)}")
    assert fetch(server, IMAGE, If_None_Match=etag)[0] == 304


def test_head_labels_and_keep_alive(server):
    status, headers, body = fetch(server, IMAGE, "HEAD")
    assert (status, body) == (200, b"") and int(headers["content-length"]) > 100
    label = fetch(server, IMAGE.replace("JP2", "LBL"))[2]
    assert label.count(b"\r\n") == label.count(b"\n") > 100
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port, timeout=5)
    for path in (IMAGE, "/nowhere", "/live2?query=x", IMAGE):
        connection.request("GET", path)
        reply = connection.getresponse()
        reply.read()
        assert not reply.will_close
    connection.close()


@pytest.mark.parametrize(
    "path",
    [
        "/PDS",
        "/PDS/",
        "/PDS/RDR",
        "/PDS/none.JP2",
        "/PDS/../ode/ESP_022689_1380_RED.json",
        "/PDS/%2e%2e/ode/ESP_022689_1380_RED.json",
        "/PDS/..%2fode/ESP_022689_1380_RED.json",
        "/PDS//etc/passwd",
        "/PDS/%00",
        "/PDS/..%5code",
        "/etc/passwd",
        "/ode",
        "/truth",
        "/",
        "//etc/passwd",
    ],
)
def test_what_is_not_there_is_404(server, path):
    assert fetch(server, path)[0] == 404


def test_links_do_not_lead_out(tmp_path):
    (tmp_path / "pds").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "pds/link").symlink_to(tmp_path / "secret")
    (tmp_path / "pds/plain").write_text("x")
    assert find_file(tmp_path / "pds", "link") is None
    assert find_file(tmp_path / "pds", "plain") is not None


def test_later_parts_say_so(server):
    status, _, body = fetch(server, urlsplit(server.variables["MARSCD_BASEMAP_URL"]).path + "/x")
    assert status == 404 and b"base maps" in body


@given(st.text(max_size=40), st.integers(0, 1000))
def test_any_range_header_is_answered_within_the_file(header, size):
    try:
        found = byte_range(header, size)
    except UnsatisfiableError:
        return
    assert found is None or 0 <= found[0] <= found[1] < size


# --- faults -----------------------------------------------------------------------------------------------------------


def rules(*given, seed=0):
    return parse_plan({"seed": seed, "rules": list(given)})


def test_statuses_then_success(root):
    plan = rules(
        {"match": "/PDS/*.JP2", "times": 2, "fault": "503", "retry_after": 1},
        {"match": "/live2", "times": 1, "fault": 429, "retry_after": "date"},
    )
    with SandboxServer(root, plan=plan) as server:
        first, second, third = (fetch(server, IMAGE) for _ in range(3))
        assert [r[0] for r in (first, second, third)] == [503, 503, 200]
        assert first[1]["retry-after"] == "1"
        other = IMAGE.replace("022689", "022267")
        assert fetch(server, other.replace("/PDS/x", "/PDS/"))[0] == 503  # each path has its own count
        limited = fetch(server, "/live2?query=iipt")
        assert limited[0] == 429 and limited[1]["retry-after"].endswith("GMT")


def test_broken_bodies(root):
    whole = (root / "pds" / IMAGE[5:]).read_bytes()
    plan = rules(
        {"match": "*/cut", "times": 0, "fault": "cut"},
        {"match": IMAGE, "times": 1, "fault": "cut", "bytes": 500},
        {"match": IMAGE, "after": 1, "times": 1, "fault": "no_length"},
        {"match": IMAGE, "after": 2, "times": 1, "fault": "html"},
        {"match": IMAGE, "after": 3, "times": 1, "fault": "ignore_range"},
        {"match": IMAGE, "after": 4, "times": 1, "fault": "lying_length", "delta": 77},
        {"match": "/live2", "times": 1, "fault": "bom"},
    )
    with SandboxServer(root, plan=plan) as server:
        with pytest.raises(http.client.IncompleteRead) as broken:
            fetch(server, IMAGE)
        assert broken.value.partial == whole[:500]
        status, headers, body = fetch(server, IMAGE)
        assert (status, body) == (200, whole) and "content-length" not in headers
        status, headers, body = fetch(server, IMAGE)
        assert status == 200 and headers["content-type"].startswith("text/html") and b"<html>" in body
        assert fetch(server, IMAGE, Range="bytes=5-9")[::2] == (200, whole)
        with pytest.raises(http.client.IncompleteRead) as lied:
            fetch(server, IMAGE)
        assert lied.value.partial == whole and lied.value.expected == 77
        assert fetch(server, IMAGE, Range="bytes=5-9")[::2] == (206, whole[5:10])
        assert fetch(server, "/live2?query=iipt&output=JSON")[2].startswith(b"\xef\xbb\xbf{")


def test_slow_and_hanging_end_with_the_server(root):
    plan = rules(
        {"match": "/live2", "times": 1, "fault": "slow", "seconds": 0.05},
        {"match": "/live2", "after": 1, "times": 9, "fault": "hang", "seconds": 600},
    )
    with SandboxServer(root, plan=plan) as server:
        assert fetch(server, "/live2?query=iipt")[0] == 200
        connection = socket.create_connection(("127.0.0.1", urlsplit(server.url).port), timeout=5)
        connection.sendall(b"GET /live2 HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.1)
    assert connection.recv(10) == b""
    connection.close()


@given(st.integers(0, 2**32), st.floats(0, 1))
def test_probability_depends_on_seed_and_path_only(seed, probability):
    rule = {"match": "/a/*", "probability": probability, "fault": "500"}
    first, second = (parse_plan({"seed": seed, "rules": [rule]}) for _ in range(2))
    one = {path: [first.strike(path) is not None for _ in range(8)] for path in ("/a/1", "/a/2")}
    turns = [(path, second.strike(path) is not None) for _ in range(8) for path in ("/a/2", "/a/1")]
    assert one == {path: [hit for p, hit in turns if p == path] for path in one}
    assert first.strike("/b") is None


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"match": "*", "fault": "500"},
        {"match": "*", "fault": "explode", "times": 1},
        {"match": "*", "fault": "200", "times": 1},
        {"match": "*", "fault": "500", "times": -1},
        {"match": "*", "fault": "500", "probability": 2},
        {"match": "*", "fault": "500", "times": 1, "wait": 3},
        {"match": "*", "fault": "500", "times": 1, "retry_after": "soon"},
        {"match": "*", "fault": "slow", "times": 1, "seconds": "5"},
    ],
)
def test_bad_plans_are_refused(rule):
    with pytest.raises(InputError):
        rules(rule)


# --- command line ---------------------------------------------------------------------------------------------


def command(*arguments, **options):
    return [sys.executable, "-m", "marscd_plugin.sandbox", *map(str, arguments)], {"cwd": ROOT, "text": True} | options


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_one_line_and_stops_on_signals(root, number):
    arguments, options = command("serve", "--root", root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process = subprocess.Popen(arguments, **options)
    try:
        variables = json.loads(process.stdout.readline())
        assert set(variables) == {
            "MARSCD_ODE_URL",
            "MARSCD_HIRISE_URL",
            "MARSCD_CTX_URL",
            "MARSCD_CTX_STREAM_URL",
            "MARSCD_CRISM_URL",
            "MARSCD_STAC_URL",
            "MARSCD_BASEMAP_URL",
            "MARSCD_ALLOW_LOOPBACK",
        }
        assert variables["MARSCD_ALLOW_LOOPBACK"] == "1"
        assert variables["MARSCD_ODE_URL"].startswith("http://127.0.0.1:") and variables["MARSCD_ODE_URL"].endswith(
            "/live2"
        )
        connection = http.client.HTTPConnection(urlsplit(variables["MARSCD_ODE_URL"]).netloc, timeout=5)
        connection.request("GET", f"/live2?{SEARCH}&results=c")
        assert json.loads(connection.getresponse().read())["ODEResults"]["Count"] == "5"
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=10)
        connection.close()
        assert (process.returncode, out, err) == (0, "", "")
    finally:
        if process.poll() is None:
            process.kill()


def test_errors_are_one_line_and_exit_code_1(tmp_path):
    arguments, options = command(
        "publish",
        "--root",
        tmp_path / "r",
        "--image",
        tmp_path / "none.png",
        "--product-id",
        "ESP_022689_1380",
        "--time",
        "2011-05-30",
        "--lat",
        "1",
        "--lon",
        "2",
        "--pixel-size",
        "1",
    )
    done = subprocess.run(arguments, capture_output=True, check=False, **options)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "none.png" in done.stderr
