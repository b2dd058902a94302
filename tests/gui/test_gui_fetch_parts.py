"""The page Fetch brings only what the area needs of each image: found out first, then fetched as everything is."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Area, Observation, RemoteFile
from marscd_plugin.crawler.jp2 import PartWish
from marscd_plugin.gui.fetch import record
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer

PRODUCT = "ESP_011100_1750_RED"
FOLDER = "/PDS/RDR/ESP/ORB_011100_011199/ESP_011100_1750"
RING = ((9.9, -5.1), (10.1, -5.1), (10.1, -4.9), (9.9, -5.1))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """One image of 700 m a side."""
    root = tmp_path_factory.mktemp("archive")
    path = root / "noise.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 1400, 1400, 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).WriteArray(np.random.default_rng(5).integers(40, 220, (1400, 1400)).astype(np.uint8))
    dataset = None
    wanted = wish(PRODUCT, datetime(2009, 1, 1, tzinfo=timezone.utc))
    publish_raster(root, path, wanted, placement(10.0, -5.0, 0.5), None, Quiet())
    return root


@pytest.fixture
def page(context, archive, tmp_path, monkeypatch):
    """The page with that image chosen, and an area of 20 m in its middle."""
    from marscd_plugin.gui.fetch.page import FetchPage

    with SandboxServer(archive) as server:
        for variable, value in server.variables.items():
            monkeypatch.setenv(variable, value)
        context.state.open_folder(tmp_path / "job")
        # Ten metres are 0.00017 degrees.
        context.state.set_area(area_from_extent(9.99983, -5.00017, 10.00017, -4.99983))
        size = {e: next(archive.rglob(f"{PRODUCT}{e}")).stat().st_size for e in (".JP2", ".LBL")}
        files = tuple(
            RemoteFile(f"{server.url}{FOLDER}/{PRODUCT}{e}", PRODUCT + e, role, size[e])
            for e, role in ((".LBL", "label"), (".JP2", "image"))
        )
        day = datetime(2009, 1, 1, tzinfo=timezone.utc)
        one = Observation(PRODUCT, PRODUCT[:15], "HIRISE", day, 29, 10.0, Area(((RING,),)), files)
        context.state.set_observations((one,))
        context.state.set_chosen([PRODUCT])
        made = FetchPage(context)
        made.resize(330, 640)
        made.show()
        yield made
        made.release()
        made.deleteLater()


def ready(page):
    return page.plan_box.plan is not None and page.plan_box.start.isEnabled() and page._preparing is None


def test_only_the_part_is_fetched_and_the_record_knows_it(page, wait):
    wait(lambda: ready(page), 20, "the plan")
    box = page.plan_box
    assert box.part_only.isChecked() and "only the part your area needs" in box.summary.text()
    whole = box.plan.missing
    box.start.click()
    assert page._preparing is not None and "Cancel" in box.start.text()
    wait(lambda: page.controller.busy or page.controller.now is not None, 60, "the fetch")
    wait(lambda: not page.controller.busy, 60, "its end")
    now = page.controller.now
    assert now.state == "ended" and not now.failed
    part = page.state.folder.products / f"{PRODUCT}.area.JP2"
    assert part.is_file() and part.stat().st_size < 0.6 * whole
    stored = {r.path.name: r.part for r in record.read(page.state.folder.root).requests}
    assert isinstance(stored[part.name], PartWish) and stored[f"{PRODUCT}.LBL"] is None
    # Looked at again, all is here.
    page.plan_box.refresh()
    wait(lambda: page.plan_box.plan is not None and page.plan_box.plan.whole == 2, 20, "the new plan")
    assert "all are here already" in page.plan_box.summary.text()


def test_whole_images_where_that_is_wished(page, wait):
    wait(lambda: ready(page), 20, "the plan")
    page.plan_box.part_only.setChecked(False)
    wait(lambda: page.plan_box.plan is not None and not page.plan_box.plan.by_parts, 20, "the plan")
    page.plan_box.start.click()
    wait(lambda: page.controller.now is not None and not page.controller.busy, 60, "the end")
    assert (page.state.folder.products / f"{PRODUCT}.JP2").is_file()
    assert not list(page.state.folder.products.glob("*.area.*"))


def test_finding_out_can_be_stopped(page, wait):
    wait(lambda: ready(page), 20, "the plan")
    page.plan_box.start.click()
    page.plan_box.start.click()
    wait(lambda: page._preparing is None, 20, "the stop")
    wait(lambda: "Start" in page.plan_box.start.text(), 5, "the button")
    assert page.controller.now is None


def test_a_record_with_nonsense_windows_is_refused(tmp_path):
    from marscd_plugin.common.errors import InputError
    from marscd_plugin.common.rasters import Window
    from marscd_plugin.crawler.fetch import FileRequest

    wished = PartWish((Window(0, 0, 10, 10),))
    request = FileRequest("http://h/A.JP2", tmp_path / "products" / "A.area.JP2", "A", "image", 1000, wished)
    record.write(record.Record(tmp_path, (request,), "paused"))
    assert record.read(tmp_path).requests[0].part.windows == wished.windows
    path = tmp_path / record.FILE
    path.write_text(path.read_text().replace("10", "-10"))
    with pytest.raises(InputError):
        record.read(tmp_path)
