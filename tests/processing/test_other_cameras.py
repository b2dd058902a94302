"""CTX and CRISM through QGIS: searched, fetched, opened, as a user does it; and the offline index."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from marscd_plugin.common.progress import Quiet
from marscd_plugin.sandbox.context import fill_context
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.server import SandboxServer

EXTENT = "202.295,202.305,-41.605,-41.595 [IAU_2015:49900]"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("context")
    fill_context(folder, Quiet())
    return folder


@pytest.fixture
def serving(root, monkeypatch, tmp_path):
    """A function that serves the archive, with faults, and points this process there."""
    servers = []

    def serve(*rules):
        server = SandboxServer(root, plan=parse_plan({"rules": list(rules)})).start()
        servers.append(server)
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("MARSCD_CACHE_DIR", str(tmp_path / "cache"))
        return server

    yield serve
    for server in servers:
        server.stop()


def rows(path):
    layer = QgsVectorLayer(str(path), "rows", "ogr")
    assert layer.isValid()
    return list(layer.getFeatures())


def search(run, tmp_path, instrument, **more):
    found = tmp_path / f"{instrument}.fgb"
    results, log = run("searchobservations", EXTENT=EXTENT, INSTRUMENT=[instrument], OUTPUT=str(found), **more)
    return found, results["COUNT"], log


def test_ctx_from_search_to_series(run, serving, tmp_path):
    serving()
    found, count, log = search(run, tmp_path, "CTX")
    assert count == 4 and "garbled" in log
    table = {f["product_id"]: f for f in rows(found)}
    one = table["G11_022689_1380_XN_42S157W"]
    assert one["orbit"] == 22689 and "?image=/mars/images/ctx/mrox_1338/" in one["url"]
    assert one["raw_url"].endswith("/ctx/mrox_1338/data/G11_022689_1380_XN_42S157W.IMG")
    assert one["instrument"] == "CTX" and 0.2 < one["size_mb"] < 0.3
    files = tmp_path / "files"
    results, log = run("fetchobservations", OBSERVATIONS=str(found), FOLDER=str(files), REPORT=str(tmp_path / "r.gpkg"))
    assert (results["FETCHED"], results["FAILED"]) == (12, 0)
    assert "does not say the size of 4" in log
    assert {p.name for p in files.iterdir() if "022689" in p.name} == {
        f"G11_022689_1380_XN_42S157W{e}" for e in (".tiff", ".isis.hdr", ".IMG")
    }
    results, _ = run(
        "buildseries", OBSERVATIONS=str(found), FOLDER=str(files), SERIES=str(tmp_path / "series"), EXTENT=EXTENT
    )
    assert results["EPOCHS"] >= 3


def test_raw_images_alone_are_placed_by_their_footprints(run, serving, tmp_path):
    serving()
    found, _, _ = search(run, tmp_path, "CTX", MARS_YEARS="30")
    files = tmp_path / "files"
    results, _ = run("fetchobservations", OBSERVATIONS=str(found), FOLDER=str(files), CTX="RAW")
    assert results["FETCHED"] == 2 and {p.suffix for p in files.iterdir()} == {".IMG"}
    _, log = run("buildseries", OBSERVATIONS=str(found), FOLDER=str(files), SERIES=str(tmp_path / "series"))
    assert "placed by its corners" in log
    assert len(list(files.glob("*.edr.tif"))) == 2


def test_the_polar_label_is_asked_for_where_the_other_is_not_there(run, serving, tmp_path, root):
    serving({"match": "/stream/*.scyl.isis.hdr", "fault": "404", "probability": 1.0})
    found, _, _ = search(run, tmp_path, "CTX", MARS_YEARS="30")
    arguments = {"OBSERVATIONS": str(found), "FOLDER": str(tmp_path / "files"), "CTX": "MAP"}
    with pytest.raises(QgsProcessingException, match="does not have this file"):
        run("fetchobservations", **arguments)
    labels = list(root.glob("asu/*/stage/*.scyl.isis.hdr"))
    polar = [p.with_name(p.name.replace(".scyl.", ".ps.")) for p in labels]
    try:
        for path, other in zip(labels, polar, strict=True):
            other.write_bytes(path.read_bytes())
        results, _ = run("fetchobservations", **arguments)
    finally:
        for path in polar:
            path.unlink(missing_ok=True)
    assert (results["FETCHED"], results["FAILED"]) == (4, 0)
    assert len(list((tmp_path / "files").glob("*_XN_42S157W.isis.hdr"))) == 2


def test_crism_comes_whole_and_gives_indices(run, serving, tmp_path):
    serving()
    found, count, _ = search(run, tmp_path, "CRISM")
    assert count == 4
    assert all(f["header_url"].endswith(".hdr") and f["browse_url"].endswith(".png") for f in rows(found))
    files = tmp_path / "files"
    results, _ = run("fetchobservations", OBSERVATIONS=str(found), FOLDER=str(files))
    assert (results["FETCHED"], results["FAILED"]) == (12, 0)
    cube = files / "frt0000938e_07_if163j_mtr3.img"
    results, _ = run(
        "spectralindices", INPUT=str(cube), INDICES=["BD1900_2", "BD2210_2"], OUTPUT=str(tmp_path / "i.tif")
    )
    from osgeo import gdal

    dataset = gdal.Open(str(tmp_path / "i.tif"))
    depth = dataset.GetRasterBand(2).ReadAsArray()
    # The simulated absorption is a quarter deep in its middle, and fades outwards.
    assert depth[20, 13] > 0.15 and abs(depth[38, 38]) < 0.05


def test_a_cube_without_its_header_does_not_count(run, serving, tmp_path):
    serving({"match": "/mro/*sr163j_mtr3.hdr", "fault": "404", "probability": 1.0})
    found, _, _ = search(run, tmp_path, "CRISM")
    report = tmp_path / "r.gpkg"
    results, log = run("fetchobservations", OBSERVATIONS=str(found), FOLDER=str(tmp_path / "files"), REPORT=str(report))
    assert (results["FETCHED"], results["FAILED"]) == (6, 2)
    states = {f["name"]: f["state"] for f in rows(report)}
    assert states["frt0000938e_07_sr163j_mtr3.img"] == "incomplete"
    assert states["frt0000938e_07_if163j_mtr3.img"] == "fetched"
    assert "count only together" in log


def test_other_crism_products_on_request(run, serving, tmp_path):
    serving()
    assert search(run, tmp_path, "CRISM", CRISM_PRODUCTS=["TRDR", "TER"])[1] == 2
    assert search(run, tmp_path, "CRISM", CRISM_PRODUCTS=["MTRDR", "TRDR"])[1] == 6


def test_what_was_seen_at_the_same_time_is_named(run, serving, tmp_path):
    serving()
    found = tmp_path / "all.fgb"
    run("searchobservations", EXTENT=EXTENT, INSTRUMENT=["CTX", "CRISM"], OUTPUT=str(found))
    linked = {f["product_id"]: f["linked"] for f in rows(found)}
    assert linked["G11_022689_1380_XN_42S157W"] == "HRL0001B2D0_07_IF163J_MTR3, HRL0001B2D0_07_SR163J_MTR3"
    assert linked["HRL0001B2D0_07_IF163J_MTR3"] == "G11_022689_1380_XN_42S157W"


def test_the_index_is_built_and_then_needs_nothing(run, serving, tmp_path, root):
    with pytest.raises(QgsProcessingException, match="marscd:updateindex"):
        serving()
        search(run, tmp_path, "CTX", SOURCE="INDEX")
    results, log = run("updateindex", INSTRUMENT=["CTX"])
    assert (results["COUNT"], results["SKIPPED"], results["UPDATED"]) == (4, 1, 1)
    assert "1 garbled" in log
    results, log = run("updateindex", INSTRUMENT=["CTX"])
    assert results["UPDATED"] == 0 and "up to date" in log
    assert search(run, tmp_path, "CTX", SOURCE="INDEX", SOLAR_LONGITUDE="240-310")[1] == 3
    assert search(run, tmp_path, "CTX", SOURCE="ODE", SOLAR_LONGITUDE="240-310")[1] == 3
    table = root / "ctx" / "mrox_1790" / "index" / "cumindex.tab"
    results, _ = run("updateindex", INSTRUMENT=["CTX"], TABLE=str(table))
    assert results["UPDATED"] == 1
    for wrong, words in (
        ({"INSTRUMENT": ["HIRISE", "CTX"], "TABLE": str(table)}, "one instrument"),
        ({"INSTRUMENT": ["CTX"], "TABLE": str(table), "URL": "http://h/x"}, "Both URL and TABLE"),
        ({"INSTRUMENT": ["HIRISE"]}, "404"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            run("updateindex", **wrong)


def test_headless(qgis_process, root, tmp_path):
    """One run of each, as on a server."""
    with SandboxServer(root) as server:
        env = {**server.variables, "MARSCD_CACHE_DIR": str(tmp_path / "cache")}

        def results(algorithm, *arguments):
            done = qgis_process("marscd:" + algorithm, *arguments, "--json", env=env)
            assert done.returncode == 0, done.stdout + done.stderr
            return json.loads(done.stdout)["results"]

        assert results("updateindex", "--INSTRUMENT=CTX")["COUNT"] == 4
        found, files = tmp_path / "found.fgb", tmp_path / "files"
        search_all = (f"--EXTENT={EXTENT}", "--INSTRUMENT=CTX", "--INSTRUMENT=CRISM", f"--OUTPUT={found}")
        assert results("searchobservations", *search_all)["COUNT"] == 8
        fetched = results("fetchobservations", f"--OBSERVATIONS={found}", f"--FOLDER={files}")
        assert (fetched["FETCHED"], fetched["FAILED"]) == (24, 0)
