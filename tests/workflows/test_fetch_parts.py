"""An area's part of HiRISE images, from the sandbox archive to a product that is nodata all around."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common import settings
from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import Window
from marscd_plugin.common.words import Query
from marscd_plugin.planet.geometry import area_from_circle, area_from_extent, area_m2
from marscd_plugin.products.label import read_label
from marscd_plugin.products.projection import label_projection
from marscd_plugin.sandbox.faults import FaultPlan, Rule
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer
from marscd_plugin.workflows.fetch import FetchJob, run_fetch
from marscd_plugin.workflows.opening import find_products, open_found
from marscd_plugin.workflows.parts import area_windows, estimated_size, part_wish
from marscd_plugin.workflows.search import find_observations

EDGE = 1200
IDS = ("ESP_011100_1750_RED", "ESP_012300_1750_COLOR")
SMALL, WIDE = (area_from_circle(10.0, -5.0, r) for r in (20.0, 85.0))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A RED and a COLOR product of one place, 1200 x 1200 pixels of half a metre."""
    root = tmp_path_factory.mktemp("archive")
    noise = np.random.default_rng(5).integers(40, 220, (3, EDGE, EDGE)).astype(np.uint8)
    for index, product in enumerate(IDS):
        bands = 1 + 2 * index
        path = root / f"{product}.tif"
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), EDGE, EDGE, bands, gdal.GDT_Byte)
        for band in range(bands):
            dataset.GetRasterBand(band + 1).WriteArray(noise[band])
        dataset = None
        time = datetime(2009, 1 + 3 * index, 1, tzinfo=timezone.utc)
        publish_raster(root, path, wish(product, time), placement(10.0, -5.0, 0.5), None, Quiet())
    return root


@pytest.fixture
def site(root, tmp_path, monkeypatch):
    """The archive, the settings that lead to it, and its observations; a job's folder."""
    plan = FaultPlan()
    with SandboxServer(root, plan=plan) as server:
        for name, value in (server.variables | {"MARSCD_CACHE_DIR": str(tmp_path / "cache")}).items():
            monkeypatch.setenv(name, value)
        loaded = settings.load()
        area = area_from_extent(9.9, -5.1, 10.1, -4.9)
        found = find_observations(Query(area, source="ODE"), loaded, Quiet()).observations
        assert sorted(o.product_id for o in found) == sorted(IDS)

        def run(area, **limits):
            chosen = tuple(sorted(found, key=lambda o: o.product_id))
            return run_fetch(FetchJob(chosen, tmp_path / "job", area, **limits), loaded, Quiet())

        yield run, plan, found, tmp_path / "job"


def _originals(root) -> dict[str, np.ndarray]:
    return {p.stem: gdal.Open(str(p)).ReadAsArray() for p in (root / "pds").rglob("*.JP2")}


def _rows(outcome) -> dict[str, tuple]:
    return {r.name: (r.state, r.bytes, r.whole_bytes) for r in outcome.results}


def test_only_the_area_is_fetched_and_all_else_is_nodata(site, root):
    run, _, _, folder = site
    outcome = run(SMALL)
    assert sorted(outcome.whole_products()) == sorted(IDS) and outcome.failed == 0
    originals = _originals(root)
    for product in IDS:
        state, size, whole = _rows(outcome)[f"{product}.area.JP2"]
        assert state == "fetched" and whole == next((root / "pds").rglob(f"{product}.JP2")).stat().st_size
        assert size < 0.5 * whole
    for there in find_products(folder):
        product = open_found(there, Quiet())
        window = part_wish(there.label, SMALL).windows[0]
        # 20 m and a margin of 100 m around it, in pixels of half a metre.
        assert 478 <= window.width <= 484 and 478 <= window.height <= 484
        dataset = gdal.Open(str(product.raster))
        pixels, expected = dataset.ReadAsArray(), np.zeros_like(originals[there.stem])
        expected[..., window.slices[0], window.slices[1]] = originals[there.stem][..., *window.slices]
        np.testing.assert_array_equal(pixels, expected)
        assert product.nodata == 0 and dataset.GetRasterBand(1).GetNoDataValue() == 0


def test_overviews_of_a_part_are_nodata_around_it_too(site, root):
    run, _, _, folder = site
    run(SMALL)
    for there in find_products(folder):
        product = open_found(there, Quiet())
        window = part_wish(there.label, SMALL).windows[0]
        for factor in (2, 3, 5, 8, 16):
            side = EDGE // factor
            small = gdal.Open(str(product.raster)).ReadAsArray(buf_xsize=side, buf_ysize=side)
            reach = factor + 1
            inside = np.zeros((EDGE, EDGE), bool)
            inside[window.grown(reach, EDGE, EDGE).slices] = True
            near = inside[:: EDGE // side, :: EDGE // side][:side, :side]
            assert not (small[..., ~near]).any(), (there.stem, factor)
            assert (small != 0).any()


def test_a_second_run_brings_nothing_and_a_wider_area_the_rest(site, root):
    run, _, _, folder = site
    first = _rows(run(SMALL))
    again = run(SMALL)
    assert {r.state for r in again.results} == {"present"}
    wider = run(WIDE)
    originals = _originals(root)
    for product in IDS:
        name = f"{product}.area.JP2"
        assert _rows(wider)[name][0] == "fetched" and _rows(wider)[name][1] > first[name][1]
    for there in find_products(folder):
        product = open_found(there, Quiet())
        pixels = gdal.Open(str(product.raster)).ReadAsArray()
        window = part_wish(there.label, WIDE).windows[0]
        np.testing.assert_array_equal(pixels[..., *window.slices], originals[there.stem][..., *window.slices])
        assert not pixels[..., : window.row, :].any()
    assert sorted(p.suffix for p in folder.iterdir()) == [".JP2", ".JP2", ".LBL", ".LBL", ".vrt", ".vrt"]


def test_a_limit_counts_what_will_really_come(site, root):
    run, _, found, folder = site
    sizes = {o.product_id: o.size for o in found}
    costs = {name: row[1] for name, row in _rows(run(SMALL)).items()}
    for path in folder.iterdir():
        path.unlink()
    both = sum(costs.values())
    assert both < min(sizes.values()) + max(sizes.values())
    # Enough for the parts of both, not for either product whole and the other's part.
    outcome = run(SMALL, max_download_mb=both * 1.02 / 1e6)
    assert len(outcome.whole_products()) == 2 and not outcome.skipped
    for path in folder.iterdir():
        path.unlink()
    outcome = run(SMALL, max_download_mb=both * 0.9 / 1e6)
    assert len(outcome.whole_products()) == 1
    assert [("MAX_DOWNLOAD_MB" in reason) for _, reason in outcome.skipped] == [True]
    with pytest.raises(InputError, match="MAX_DOWNLOAD_MB"):
        run(SMALL, max_download_mb=0.001)


def test_where_ranges_are_ignored_the_whole_file_comes_under_its_own_name(site, root):
    run, plan, _, folder = site
    plan.rules = (Rule("*RED.JP2", "ignore_range", probability=1.0),)
    rows = _rows(run(SMALL))
    assert rows["ESP_011100_1750_RED.JP2"][0] == "fetched" and rows["ESP_011100_1750_RED.JP2"][2] is None
    assert rows["ESP_012300_1750_COLOR.area.JP2"][2] is not None
    # And once it is whole, no area asks for a part of it.
    plan.rules = ()
    assert _rows(run(WIDE))["ESP_011100_1750_RED.JP2"][0] == "present"
    assert open_found(find_products(folder)[0], Quiet()).raster.name == "ESP_011100_1750_RED.vrt"


def test_an_image_whose_label_does_not_come_is_left_out(site):
    run, plan, _, folder = site
    plan.rules = (Rule("*RED.LBL", "404", probability=1.0),)
    outcome = run(SMALL)
    assert outcome.whole_products() == ["ESP_012300_1750_COLOR"]
    assert [o.product_id for o, _ in outcome.skipped] == ["ESP_011100_1750_RED"]
    assert "label" in outcome.skipped[0][1] and not list(folder.glob("*RED*JP2*"))


def test_whole_products_on_request(site, root):
    run, _, _, _ = site
    rows = _rows(run(SMALL, whole=True))
    assert rows["ESP_011100_1750_RED.JP2"][1] == next((root / "pds").rglob("*_RED.JP2")).stat().st_size


def test_windows_of_areas(root):
    label = next((root / "pds").rglob("*_RED.LBL"))
    projection = label_projection(read_label(label))
    (window,) = area_windows(projection, SMALL, 0.0)
    assert abs(window.column + window.width / 2 - EDGE / 2) < 3 and abs(window.row + window.height / 2 - EDGE / 2) < 3
    assert 79 <= window.width <= 82 and 79 <= window.height <= 82
    assert area_windows(projection, area_from_circle(10.0, -5.0, 5000.0)) == (Window(0, 0, EDGE, EDGE),)
    assert area_windows(projection, area_from_circle(11.0, -5.0, 50.0)) == ()
    assert part_wish(label, area_from_circle(10.0, -5.0, 5000.0)) is None
    with pytest.raises(ProductError, match="does not reach"):
        part_wish(label, area_from_circle(11.0, -5.0, 50.0))


def test_windows_in_a_real_label(shared):
    """The middle of the label's own edges is the middle of its image; an area across 180 of the map is found too."""
    label = read_label(shared / "fixtures" / "pds" / "ESP_013951_1955_RED.LBL")
    projection = label_projection(label)
    edges = [
        label.need_number("IMAGE_MAP_PROJECTION", key)
        for key in ("WESTERNMOST_LONGITUDE", "EASTERNMOST_LONGITUDE", "MINIMUM_LATITUDE", "MAXIMUM_LATITUDE")
    ]
    west, east, south, north = edges
    (window,) = area_windows(projection, area_from_circle((west + east) / 2, (south + north) / 2, 10.0), 0.0)
    assert abs(window.column + window.width / 2 - projection.width / 2) < 4
    assert abs(window.row + window.height / 2 - projection.height / 2) < 4
    assert abs(window.width * projection.pixel_size - 20.0) < 1.5


def test_an_image_across_its_maps_edge(root):
    """Samples that go on beyond longitude 360: the area just east of 0 lies in them."""
    projection = label_projection(read_label(next((root / "pds").rglob("*_RED.LBL"))))
    left, step, a, top, b, down = projection.geotransform
    # Moved along the map until its middle lies at longitude 0.
    parallel = projection.radius * np.cos(np.radians(5.0)) * np.pi / 180
    moved = replace(projection, geotransform=(left + 350.0 * parallel, step, a, top, b, down))
    windows = area_windows(moved, area_from_circle(0.0, -5.0, 20.0), 0.0)
    # The map's edge cuts the area in two, which touch.
    assert len(windows) == 2
    first, last = min(w.column for w in windows), max(w.column + w.width for w in windows)
    assert abs((first + last) / 2 - EDGE / 2) < 12 and abs((last - first) * step - 40) < 2
    assert sum(w.width for w in windows) >= last - first


def test_estimates(site):
    _, _, found, _ = site
    one = next(o for o in found if o.product_id == IDS[0])
    share = area_m2(SMALL) / area_m2(one.footprint)
    assert estimated_size(one, None) == one.size
    assert share * one.size < estimated_size(one, SMALL) < 1.5 * share * one.size + 1
    assert estimated_size(one, area_from_circle(10.0, -5.0, 9000.0)) == one.size
