"""Search and fetch through the sandbox archive while it misbehaves: what can be had is had, whole, and once."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common import settings
from marscd_plugin.common.errors import ArchiveError, DownloadError, InputError
from marscd_plugin.common.files import sha256_of
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Query, Season
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer
from marscd_plugin.workflows.fetch import FetchJob, need_some, run_fetch, within_limits
from marscd_plugin.workflows.search import find_observations

AREA = area_from_extent(9.9, -5.1, 10.1, -4.9)
ORBITS = (11100, 12300, 13500)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Three products of one place, 300 x 300 pixels of noise (nothing to see: only the bytes matter)."""
    root = tmp_path_factory.mktemp("archive")
    noise = np.random.default_rng(5).integers(40, 220, (300, 300)).astype(np.uint8)
    for index, orbit in enumerate(ORBITS):
        path = root / f"{orbit}.tif"
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), 300, 300, 1, gdal.GDT_Byte)
        dataset.GetRasterBand(1).WriteArray(np.roll(noise, index, 0))
        dataset = None
        time = datetime(2009, 1 + 3 * index, 1, tzinfo=timezone.utc)
        wanted = wish(f"ESP_{orbit:06d}_1750_RED", time)
        publish_raster(root, path, wanted, placement(10.0, -5.0, 0.5), None, Quiet())
    return root


@pytest.fixture
def ask(archive, tmp_path):
    """Serve the archive under a plan of faults; returns (settings, found observations)."""
    servers = []

    def start(*rules, search=True):
        server = SandboxServer(archive, plan=parse_plan({"seed": 1, "rules": list(rules)}))
        server.start()
        servers.append(server)
        made = settings.load({}, {**server.variables, "MARSCD_CACHE_DIR": str(tmp_path / "cache")})
        return made, find_observations(Query(AREA), made, Quiet()).observations if search else ()

    yield start
    for server in servers:
        server.stop()


def published(archive, name):
    return sha256_of(next((archive / "pds" / "RDR").rglob(name)))


@pytest.mark.parametrize(
    "rules",
    [
        [{"match": "/PDS/*.JP2", "times": 2, "fault": "503", "retry_after": 0.2}],
        [{"match": "/PDS/*.JP2", "times": 1, "fault": "cut", "bytes": 9000}],
        [{"match": "/PDS/*.JP2", "times": 1, "fault": "cut", "bytes": 9000},
         {"match": "/PDS/*.JP2", "times": 3, "fault": "ignore_range"}],
        [{"match": "/PDS/*", "times": 1, "fault": "no_length"}],
        [{"match": "/PDS/*.JP2", "times": 1, "fault": "lying_length", "delta": 500}],
        [{"match": "/PDS/*.LBL", "times": 1, "fault": "html"}],
        [{"match": "/live2*", "times": 9, "fault": "bom"}, {"match": "/PDS/*", "times": 1, "fault": "500"}],
    ],
    ids=["503", "cut", "cut-no-range", "no-length", "lying-length", "html-once", "bom-500"],
)  # fmt: skip
def test_passing_faults_lose_nothing(ask, archive, tmp_path, rules):
    made, found = ask(*rules)
    assert len(found) == len(ORBITS)
    outcome = run_fetch(FetchJob(tuple(found), tmp_path / "files"), made, Quiet())
    assert [r.reason for r in outcome.results if r.state == "failed"] == []
    assert len(outcome.whole_products()) == len(ORBITS)
    for result in outcome.results:
        assert sha256_of(result.path) == result.sha256 == published(archive, result.name)
    assert not list((tmp_path / "files").glob("*.part*"))


def test_a_file_that_stays_away_is_one_failure_and_the_others_come(ask, tmp_path):
    made, found = ask({"match": f"/PDS/*{ORBITS[0]}*.JP2", "times": 99, "fault": "404"})
    outcome = run_fetch(FetchJob(tuple(found), tmp_path / "files"), made, Quiet())
    assert (outcome.fetched, outcome.failed) == (5, 1)
    assert len(outcome.whole_products()) == 2
    need_some(outcome, 2)
    with pytest.raises(DownloadError, match=str(ORBITS[0])):
        need_some(outcome, 3)


def test_a_page_instead_of_a_reply_is_named(ask):
    made, _ = ask({"match": "/live2*", "times": 99, "fault": "html"}, search=False)
    with pytest.raises(ArchiveError, match=r"127\.0\.0\.1"):
        find_observations(Query(AREA, source="ODE"), made, Quiet())


def test_limits_keep_the_order_and_say_what_they_left_out(ask, tmp_path):
    _, found = ask()
    kept, left = within_limits(FetchJob(tuple(found), tmp_path, max_products=2))
    assert [o.product_id for o in kept] == [o.product_id for o in found[:2]]
    assert "MAX_PRODUCTS" in left[0][1]
    kept, left = within_limits(FetchJob(tuple(found), tmp_path, max_download_mb=found[0].size / 1e6 + 0.001))
    assert len(kept) == 1 and all("MAX_DOWNLOAD_MB" in reason for _, reason in left)
    far = area_from_extent(100, 0, 101, 1)
    assert within_limits(FetchJob(tuple(found), tmp_path, far))[0] == []


def test_nothing_to_fetch_is_explained(ask, tmp_path):
    made, _ = ask(search=False)
    with pytest.raises(InputError, match="no observations"):
        run_fetch(FetchJob((), tmp_path), made, Quiet())


def test_a_season_without_observations_is_an_empty_answer(ask):
    made, _ = ask(search=False)
    assert find_observations(Query(AREA, season=Season(mars_years=((36, 36),))), made, Quiet()).observations in ([], ())
