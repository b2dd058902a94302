"""STAC, names and AUTO through the sandbox: what they find agrees with ODE, and a COG's area comes bit-exactly."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.archives.staclient import items
from marscd_plugin.common import settings
from marscd_plugin.common.errors import CancelledError, DownloadError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Query, Season
from marscd_plugin.crawler.session import RequestsWeb
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer
from marscd_plugin.workflows import window
from marscd_plugin.workflows.fetch import FetchJob, run_fetch
from marscd_plugin.workflows.opening import find_products, open_found
from marscd_plugin.workflows.search import find_observations

AREA = area_from_extent(202.2995, -41.6005, 202.3005, -41.5995)
SEASON = Season(mars_years=((30, 30),), solar_longitude=(300, 330))
TIMES = {22267: (2011, 4, 27, 13, 44), 22689: (2011, 5, 30, 10, 56), 23045: (2011, 6, 27, 4, 42)}
COLLECTION = "mro_hirise_uncontrolled_observations"
DOWN = {"match": "/live2*", "times": 999, "fault": "404"}
NO_STAC = {"match": "/api*", "times": 999, "fault": "404"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Three RED images of one place, 700 x 700 pixels of noise, on the orbits that truly passed it."""
    root = tmp_path_factory.mktemp("archive")
    noise = np.random.default_rng(5).integers(40, 220, (700, 700)).astype(np.uint8)
    for index, (orbit, time) in enumerate(TIMES.items()):
        path = root / f"{orbit}.tif"
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), 700, 700, 1, gdal.GDT_Byte)
        dataset.GetRasterBand(1).WriteArray(np.roll(noise, index, 0))
        dataset = None
        wanted = wish(f"ESP_{orbit:06d}_1380_RED", datetime(*time, tzinfo=timezone.utc))
        publish_raster(root, path, wanted, placement(202.3, -41.6, 0.5), None, Quiet())
    return root


@pytest.fixture
def serve(archive, tmp_path):
    """Settings for the served archive under faults."""
    servers = []

    def start(*rules):
        server = SandboxServer(archive, plan=parse_plan({"seed": 1, "rules": list(rules)}))
        servers.append(server.start())
        return settings.load({}, {**server.variables, "MARSCD_CACHE_DIR": str(tmp_path / "cache")})

    yield start
    for server in servers:
        server.stop()


def facts(observation):
    """What must not depend on the source."""
    o = observation
    angles = (o.solar_longitude, o.incidence, o.emission, o.phase, o.sub_solar_azimuth, o.map_scale)
    return (o.product_id, o.start_time, o.mars_year, o.orbit, *(round(a, 3) for a in angles))


def test_all_sources_mean_the_same(serve):
    made = serve()
    by_ode = find_observations(Query(AREA, season=SEASON, source="ODE"), made, Quiet()).observations
    assert [o.orbit for o in by_ode] == [22689, 23045]
    for source in ("STAC", "NAMES"):
        found = find_observations(Query(AREA, season=SEASON, source=source), made, Quiet())
        assert [facts(o) for o in found.observations] == [facts(o) for o in by_ode], source
        assert all(o.source == source and o.coverage == pytest.approx(1.0) for o in found.observations)


@pytest.mark.parametrize(
    ("rules", "answers", "said"),
    [
        ([], "ODE", "AUTO asks it first"),
        ([DOWN], "STAC", "ODE at 127.0.0.1 answered with status 404"),
        ([DOWN, NO_STAC], "NAMES", "STAC at 127.0.0.1 answered with status"),
    ],
)
def test_auto_goes_on_until_one_answers(serve, rules, answers, said):
    result = find_observations(Query(AREA, season=SEASON), serve(*rules), Quiet())
    assert result.source == answers and len(result.observations) == 2
    assert said in " ".join(result.notes)


def test_stac_pages_by_post_and_by_get(serve):
    for rules in ([], [{"match": "/api/search", "times": 1, "fault": "405"}]):
        made = serve(*rules)
        with RequestsWeb(made) as web:
            box = (-157.71, -41.61, -157.69, -41.59)
            names = [i["id"] for i in items(web, made.stac_url, [COLLECTION], box, Quiet(), page=1)]
        assert sorted(names) == [f"ESP_{o:06d}_1380_RED" for o in TIMES]


def test_the_areas_part_of_a_cog_is_fetched_bit_exactly_and_opens_as_a_product(serve, archive, tmp_path, monkeypatch):
    monkeypatch.setattr(window, "MARGIN", 5.0)
    made = serve()
    found = find_observations(Query(AREA, season=SEASON, source="STAC"), made, Quiet()).observations
    job = FetchJob(found, tmp_path / "files", AREA)
    outcome = run_fetch(job, made, Quiet())
    assert [r.reason for r in outcome.results if r.state == "failed"] == []
    parts = [r for r in outcome.results if r.name.endswith(".area.tif")]
    assert len(parts) == 2 and all(r.bytes < r.whole_bytes / 4 for r in parts)
    assert sorted(outcome.whole_products()) == [o.product_id for o in found]
    products = [open_found(f, Quiet()) for f in find_products(tmp_path / "files")]
    assert [p.product_id for p in products] == [o.product_id for o in found]
    for product, observation in zip(products, found, strict=True):
        assert product.time == observation.start_time and product.incidence == pytest.approx(observation.incidence)
        assert 0 < product.scale < 1 and product.body == "Mars" and product.nodata == 0
        whole = gdal.Open(str(next((archive / "ard").rglob(product.product_id + ".tif"))))
        cut = gdal.Open(str(product.raster))
        a, b = cut.GetGeoTransform(), whole.GetGeoTransform()
        column, row = round((a[0] - b[0]) / b[1]), round((a[3] - b[3]) / b[5])
        same = whole.ReadAsArray(column, row, cut.RasterXSize, cut.RasterYSize)
        assert np.array_equal(cut.ReadAsArray(), same) and same.max() > 0
        assert cut.RasterXSize < whole.RasterXSize / 2
    again = run_fetch(job, made, Quiet())
    assert {r.state for r in again.results} == {"present"}
    assert not [p for p in (tmp_path / "files").iterdir() if p.name.startswith(".") or ".part" in p.name]


def test_a_server_without_ranges_gives_the_whole_image(serve, tmp_path):
    made = serve({"match": "/ard/*.tif", "times": 99, "fault": "ignore_range"})
    found = find_observations(Query(AREA, season=SEASON, source="STAC"), made, Quiet()).observations[:1]
    outcome = run_fetch(FetchJob(found, tmp_path / "files", AREA), made, Quiet())
    (image,) = [r for r in outcome.results if r.name.endswith(".tif")]
    assert image.state == "fetched" and image.name == f"{found[0].product_id}.tif"
    (product,) = [open_found(f, Quiet()) for f in find_products(tmp_path / "files")]
    assert product.product_id == found[0].product_id


def test_a_cut_off_part_is_asked_again_and_a_stop_leaves_nothing_behind(serve, tmp_path):
    made = serve({"match": "/ard/*.tif", "times": 2, "fault": "cut", "bytes": 300})
    found = find_observations(Query(AREA, season=SEASON, source="STAC"), made, Quiet()).observations[:1]
    url = found[0].file("image").url
    with RequestsWeb(made) as web:
        brought = window.bring_window(web, url, tmp_path / "a.area.tif", AREA, Quiet())
        assert brought.path.is_file() and not brought.present
        stop = Quiet()
        stop.cancel()
        with pytest.raises(CancelledError):
            window.bring_window(web, url, tmp_path / "b.area.tif", AREA, stop)
    assert [p.name for p in tmp_path.iterdir() if p.name != "cache"] == ["a.area.tif"]


def test_an_archive_that_knows_no_such_image_is_one_clear_message(serve, tmp_path):
    made = serve()
    with RequestsWeb(made) as web, pytest.raises(DownloadError, match="404"):
        window.bring_window(web, made.stac_url.replace("/api", "/ard/x/none.tif"), tmp_path / "n.tif", AREA, Quiet())
