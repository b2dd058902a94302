"""Published products against the formulas and the recorded files of the archive."""

from __future__ import annotations

import json
import math

import numpy as np
import pvl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.common.errors import InputError
from marscd_plugin.planet.crs import equirectangular_wkt, geographic_wkt
from marscd_plugin.sandbox.facts import label_azimuth
from marscd_plugin.sandbox.index import COLUMNS, coarse
from marscd_plugin.sandbox.names import Layout, parse_product_id
from marscd_plugin.sandbox.projection import ImageGrid, MapProjection, grid_around, local_radius, projection_for
from marscd_plugin.sandbox.publish import update_index
from marscd_plugin.sandbox.sun import sun_over

from .sandbox_tools import noise, publish, write_raster

RED = "ESP_022689_1380_RED"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A noise image of 240 x 300 pixels of 0.5 m in Palikir, published as RED."""
    folder = tmp_path_factory.mktemp("archive")
    image = noise(240, 300)
    write_raster(folder / "a.png", image, "PNG")
    facts = publish(
        folder / "root", folder / "a.png", RED, "2011-05-30T04:20:00", (202.3, -41.6, 0.5), incidence=40, azimuth=250
    )
    return Layout(folder / "root"), facts, image


def label_of(layout, facts):
    return pvl.loads((layout.pds / facts.name.label_path).read_text(encoding="ascii"))


def shape(node):
    """Keys and kinds of a label or record, without its values."""
    if isinstance(node, dict) or hasattr(node, "items"):
        return {key: shape(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return "sequence"
    if isinstance(node, (int, float)) and not isinstance(node, bool):
        return "number"
    return type(node).__name__


# --- geometry -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latitude", "radius"),
    [(10, 3395582.027), (15, 3394839.813), (25, 3392593.611), (40, 3387887.658), (55, 3382737.498), (60, 3381164.392)],
)
def test_local_radius_of_real_labels(latitude, radius):
    assert local_radius(latitude) == pytest.approx(radius, abs=0.001)
    assert local_radius(-latitude) == local_radius(latitude)


def test_edges_of_a_real_label():
    grid = ImageGrid(MapProjection(15.0, 180.0), 0.25, 3768870.5, 24535367.5, 109203, 17879)
    south, north, west, east = grid.bounds()
    half_pixel = math.degrees(0.125 / local_radius(15))
    assert (south, north) == pytest.approx((15.441337527105, 15.902099496627), abs=half_pixel)
    assert (west, east) == pytest.approx((72.825335377614, 72.90343418981), abs=half_pixel)
    assert grid.projection.resolution(0.25) == pytest.approx(237004.52928064, abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "centre"),
    [(-14.3, -10), (15.7, 15), (56.5, 55), (-41.6, -40), (4.9, 0), (-4.9, 0), (65, 65), (65.1, 90), (-77, -90)],
)
def test_centre_latitude_is_cut_towards_the_equator(latitude, centre):
    assert projection_for(latitude).center_latitude == centre


@given(st.floats(-89.9, 89.9), st.floats(0, 359.999))
@settings(max_examples=200, deadline=None)
def test_projections_invert(latitude, longitude):
    projection = projection_for(latitude)
    lon, lat = projection.inverse(*projection.forward(longitude, latitude))
    assert abs((float(lon) - longitude + 180) % 360 - 180) < 1e-8
    assert float(lat) == pytest.approx(latitude, abs=1e-9)


def test_polar_projection_agrees_with_proj():
    projection = projection_for(-72.8)
    x, y = projection.forward(136.0, -72.8)
    from osgeo import osr

    crs = osr.SpatialReference()
    crs.ImportFromWkt(projection.wkt())
    back = osr.CoordinateTransformation(crs, crs.CloneGeogCS()).TransformPoint(float(x), float(y))
    graphic = math.degrees(math.atan(math.tan(math.radians(-72.8)) * (3396190 / 3376200) ** 2))
    values = sorted(back[:2])
    assert values == pytest.approx([graphic, 136.0], abs=1e-7)
    assert projection.resolution(0.25) == pytest.approx(235703.22482333, abs=1e-3)


def test_the_sun_of_a_real_observation():
    sun = sun_over(240.051, -14.285, 240.166542, 15.47471)
    assert sun.incidence == pytest.approx(49.904, abs=0.01)
    assert label_azimuth(sun.azimuth) == pytest.approx(163.766, abs=1.0)
    assert sun.latitude == pytest.approx(-21.67, abs=0.1)
    assert sun.longitude == pytest.approx(187.93, abs=0.1)
    assert sun.distance == pytest.approx(1.38343, abs=0.001)


# --- round trip ------------------------------------------------------------------------------------------------------


def test_pixels_survive_without_loss(archive):
    layout, facts, image = archive
    dataset = gdal.Open(str(layout.pds / facts.name.image_path))
    got = dataset.ReadAsArray()
    assert np.array_equal(got, 3 + np.rint(image * (1018 / 255)).astype(int))
    assert dataset.GetRasterBand(1).GetMetadataItem("NBITS", "IMAGE_STRUCTURE") == "10"


def test_jp2_and_label_say_the_same_place(archive):
    layout, facts, _ = archive
    dataset = gdal.Open(str(layout.pds / facts.name.image_path))
    label = label_of(layout, facts)["IMAGE_MAP_PROJECTION"]
    scale = label["MAP_SCALE"].value
    origin_x = (0.5 - label["SAMPLE_PROJECTION_OFFSET"].value) * scale
    origin_y = (label["LINE_PROJECTION_OFFSET"].value - 0.5) * scale
    transform = dataset.GetGeoTransform()
    assert transform == pytest.approx((origin_x, scale, 0, origin_y, 0, -scale), abs=1e-6)
    # The centre, by the label's formula, is where we put it, to half a pixel.
    radius = label["A_AXIS_RADIUS"].value * 1000
    line, sample = (240 + 1) / 2, (300 + 1) / 2
    y = (label["LINE_PROJECTION_OFFSET"].value - line) * scale
    x = (sample - label["SAMPLE_PROJECTION_OFFSET"].value) * scale
    half = math.degrees(scale / 2 / radius)
    assert math.degrees(y / radius) == pytest.approx(-41.6, abs=half)
    lon = 180 + math.degrees(x / radius / math.cos(math.radians(label["CENTER_LATITUDE"].value)))
    assert lon == pytest.approx(202.3, abs=half / math.cos(math.radians(40)))
    from osgeo import osr

    crs = dataset.GetSpatialRef()
    assert crs.GetSemiMajor() == pytest.approx(radius, abs=1e-3)
    to_ground = osr.CoordinateTransformation(crs, crs.CloneGeogCS())
    lon_gdal, lat_gdal = to_ground.TransformPoint(x, y)[:2]
    assert (lon_gdal % 360, lat_gdal) == pytest.approx((lon, math.degrees(y / radius)), abs=1e-9)


def test_a_georeferenced_raster_stays_where_it_is(tmp_path):
    wkt = equirectangular_wkt(-41.6, 202.3 - 360)
    ramp = (np.add.outer(np.arange(120) * 5.0, np.arange(160) * 3.0) + 20).astype(np.float32)
    ramp[:10] = -1
    left, top, size = 40.0, -2465800.0, 0.5
    write_raster(tmp_path / "in.tif", ramp, wkt=wkt, transform=(left, size, 0, top, 0, -size), nodata=-1)
    facts = publish(tmp_path / "root", tmp_path / "in.tif", RED, "2011-05-30")
    assert facts.grid.scale == 0.5
    dataset = gdal.Open(str(tmp_path / "root/pds" / facts.name.image_path))
    dn = dataset.ReadAsArray().astype(float)
    lines, samples = np.nonzero(dn)
    lon, lat = facts.grid.to_ground(lines + 1, samples + 1)
    # Where our input's own formula puts those places:
    column = (3396190 * np.radians(lon - 202.3) * math.cos(math.radians(-41.6)) - left) / size - 0.5
    row = (top - 3396190 * np.radians(lat)) / size - 0.5
    wanted = row * 5 + column * 3 + 20
    got = dn[lines, samples] * facts.radiometry.scaling_factor + facts.radiometry.offset
    step = facts.radiometry.scaling_factor
    assert np.abs(got - wanted).max() < 0.51 * step + 0.01 * 8
    assert row.min() >= 10 - 1e-3  # the nodata rows stayed out
    assert len(lines) > 0.85 * 110 * 160


def test_publishing_a_published_product_again_changes_no_pixel(archive, tmp_path):
    layout, facts, _ = archive
    image = layout.pds / facts.name.image_path
    again = publish(tmp_path / "root", image, RED, "2011-05-30T04:20:00")
    assert again.grid == facts.grid
    copy = gdal.Open(str(tmp_path / "root/pds" / again.name.image_path))
    assert np.array_equal(copy.ReadAsArray(), gdal.Open(str(image)).ReadAsArray())


def test_polar_product(tmp_path):
    write_raster(tmp_path / "a.tif", noise(100, 100))
    facts = publish(tmp_path / "root", tmp_path / "a.tif", "ESP_016613_2570", "2010-02-10", (95.0, 77.0, 1.0))
    label = label_of(Layout(tmp_path / "root"), facts)["IMAGE_MAP_PROJECTION"]
    assert label["MAP_PROJECTION_TYPE"] == "POLAR STEREOGRAPHIC"
    assert label["CENTER_LATITUDE"].value == 90
    assert (label["A_AXIS_RADIUS"].value, label["C_AXIS_RADIUS"].value) == (3396.19, 3376.2)
    assert facts.centre == pytest.approx((95.0, 77.0), abs=4e-5)


@pytest.mark.parametrize(("longitude", "latitude"), [(95.0, 77.0), (0.0, 80.0), (200.0, -72.8), (310.0, -86.0)])
def test_north_in_a_polar_image_is_where_latitude_grows(tmp_path, longitude, latitude):
    write_raster(tmp_path / "a.tif", noise(64, 64))
    facts = publish(
        tmp_path / "root", tmp_path / "a.tif", RED, "2010-02-10", (longitude, latitude, 1.0), incidence=70, azimuth=20
    )
    angle = math.radians(facts.north_azimuth)
    # Clockwise from 3 o'clock: samples grow to the right, lines downwards.
    lon, lat = facts.grid.to_ground(32.5 + 30 * math.sin(angle), 32.5 + 30 * math.cos(angle))
    assert float(lat) - facts.centre[1] == pytest.approx(math.degrees(30 / 3396190), rel=0.03)
    assert (float(lon) - facts.centre[0] + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)
    view = label_of(Layout(tmp_path / "root"), facts)["VIEWING_PARAMETERS"]
    turned = view["SUB_SOLAR_AZIMUTH"].value - view["NORTH_AZIMUTH"].value
    assert turned % 360 == pytest.approx(20, abs=1e-5)


def test_an_image_across_longitude_0(tmp_path):
    write_raster(tmp_path / "a.tif", noise(60, 400))
    facts = publish(tmp_path / "root", tmp_path / "a.tif", "ESP_030000_1800", "2013-01-01", (0.0, 0.0, 10.0))
    record = json.loads((tmp_path / "root/ode/ESP_030000_1800_RED.json").read_text())
    assert facts.crosses_meridian
    assert record["Footprints_cross_meridian"] == "True"
    # As recorded: the western and eastern most longitudes are the smallest and largest number.
    assert float(record["Westernmost_longitude"]) < 0.1 < 359.9 < float(record["Easternmost_longitude"])
    assert record["Footprint_geometry"].startswith("GEOMETRYCOLLECTION (POLYGON ((")
    longitudes = [float(p.split()[0]) for p in record["Footprint_C0_geometry"][10:-2].split(", ")]
    assert max(longitudes) - min(longitudes) < 0.1


def test_footprints_beside_longitude_0_do_not_jump(tmp_path):
    write_raster(tmp_path / "a.tif", noise(64, 64))
    for longitude, size in ((0.0, 0.1), (359.9995, 1.0), (359.9, 1.0), (0.1, 1.0), (0.0, 1.0)):
        publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30", (longitude, 0.0, size))
        record = json.loads((tmp_path / f"root/ode/{RED}.json").read_text())
        rings = {key: record[f"Footprint_{key}_geometry"][10:-2].split(", ") for key in ("C0", "GL")}
        spans = {key: np.ptp([float(p.split()[0]) for p in ring]) for key, ring in rings.items()}
        crosses = record["Footprints_cross_meridian"] == "True"
        assert crosses == (record["Footprint_geometry"][0] == "G")
        assert spans["C0"] < 0.01
        assert (spans["GL"] > 359) == crosses


def test_mask_nodata_and_special_values(tmp_path):
    image = np.full((50, 60), 255, np.uint8)
    image[0] = 0
    valid = np.ones((50, 60), np.uint8)
    valid[:, :20] = 0
    write_raster(tmp_path / "a.tif", image)
    mask = write_raster(tmp_path / "m.tif", valid)
    facts = publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30", (202.3, -41.6, 20.0), mask=mask)
    dn = gdal.Open(str(tmp_path / "root/pds" / facts.name.image_path)).ReadAsArray()
    assert (dn[:, :20] == 0).all()
    assert (dn[0, 20:] == 3).all() and (dn[1:, 20:] == 1021).all()
    # The footprint is what was seen, not the whole map: a third narrower than the image.
    west, east = min(c[0] for c in facts.corners), max(c[0] for c in facts.corners)
    _, _, whole_west, whole_east = facts.grid.bounds()
    assert (east - west) / (whole_east - whole_west) == pytest.approx(40 / 60, abs=0.3)
    with pytest.raises(InputError, match="mask"):
        publish(
            tmp_path / "root",
            tmp_path / "a.tif",
            RED,
            "2011-05-30",
            (0, 0, 1),
            mask=write_raster(tmp_path / "n.tif", valid[1:]),
        )


def test_ten_bit_dns_are_kept(tmp_path):
    dn = np.arange(3, 1022, dtype=np.uint16)[None].repeat(40, 0)
    dn[:5] = 0
    write_raster(tmp_path / "a.tif", dn, nodata=0)
    facts = publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30", (202.3, -41.6, 0.5))
    assert np.array_equal(gdal.Open(str(tmp_path / "root/pds" / facts.name.image_path)).ReadAsArray(), dn)


def test_publishing_again_replaces(tmp_path):
    root = tmp_path / "root"
    write_raster(tmp_path / "a.tif", noise(40, 40))
    write_raster(tmp_path / "b.tif", noise(50, 40, 1))
    publish(root, tmp_path / "a.tif", RED, "2011-05-30", (202.3, -41.6, 0.5))
    publish(root, tmp_path / "a.tif", "ESP_022267_1380", "2011-04-27", (202.3, -41.6, 0.5))
    publish(root, tmp_path / "b.tif", RED, "2011-05-31", (202.3, -41.6, 0.25))
    assert len(list((root / "ode").iterdir())) == 2
    table = (root / "pds/INDEX/RDRCUMINDEX.TAB").read_bytes()
    assert len(table) == 2 * 821
    assert [row[99:114] for row in table.decode().splitlines()] == ["ESP_022267_1380", "ESP_022689_1380"]
    record = json.loads((root / "ode" / f"{RED}.json").read_text())
    assert (record["Map_scale"], record["UTC_start_time"]) == ("0.25", "2011-05-31T00:00:00.000")
    assert not [p for p in root.rglob("*") if ".part" in p.name or p.name.endswith(".aux.xml")]


@pytest.mark.parametrize(
    "name", ["", "ESP_22689_1380", "XXX_022689_1380", "ESP_022689_1380_BLUE", "ESP_022689_1383", "../x"]
)
def test_bad_product_ids(name):
    with pytest.raises(InputError):
        parse_product_id(name)


def test_refusals(tmp_path):
    write_raster(tmp_path / "a.tif", noise(40, 40))
    with pytest.raises(InputError, match="not georeferenced"):
        publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30")
    write_raster(
        tmp_path / "earth.tif", noise(40, 40), wkt=geographic_wkt("Earth"), transform=(7, 1e-4, 0, 46, 0, -1e-4)
    )
    with pytest.raises(InputError, match="Earth"):
        publish(tmp_path / "root", tmp_path / "earth.tif", RED, "2011-05-30")
    with pytest.raises(InputError, match="three"):
        publish(tmp_path / "root", tmp_path / "a.tif", "ESP_022689_1380_COLOR", "2011-05-30", (0, 0, 1))
    with pytest.raises(InputError, match="incidence"):
        publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30", (0, 0, 1), incidence=float("nan"))
    assert not list(tmp_path.glob("root/ode/*"))


@pytest.mark.parametrize(
    ("longitude", "latitude", "size"), [(0.0, 0.0, 0.1), (359.9, -64.9, 0.1), (180.0, 64.9, 99.0), (45.0, 89.0, 0.1)]
)
def test_extreme_places_and_scales_fit_the_index(tmp_path, longitude, latitude, size):
    write_raster(tmp_path / "a.tif", noise(32, 32))
    angles = {"incidence": 90.0, "emission": 90.0, "azimuth": 360.0}
    publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30", (longitude, latitude, size), **angles)
    assert (tmp_path / "root/pds/INDEX/RDRCUMINDEX.TAB").stat().st_size == 821
    with pytest.raises(InputError, match="Pixels"):
        publish(tmp_path / "root", tmp_path / "a.tif", RED, "2011-05-30", (longitude, latitude, 0.09))


def test_colour_product(tmp_path):
    write_raster(tmp_path / "a.tif", np.stack([noise(64, 48, s) for s in range(3)]))
    facts = publish(tmp_path / "root", tmp_path / "a.tif", "ESP_022689_1380_COLOR", "2011-05-30", (202.3, -41.6, 0.5))
    assert gdal.Open(str(tmp_path / "root/pds" / facts.name.image_path)).RasterCount == 3
    image = label_of(Layout(tmp_path / "root"), facts)["UNCOMPRESSED_FILE"]["IMAGE"]
    assert image["BANDS"] == 3
    assert list(image["FILTER_NAME"]) == ["NEAR-INFRARED", "RED", "BLUE-GREEN"]


# --- against what was recorded ----------------------------------------------------------------------------------


def test_label_has_the_shape_of_a_real_one(archive, shared):
    layout, facts, _ = archive
    raw = (layout.pds / facts.name.label_path).read_bytes()
    real_raw = (shared / "fixtures/pds/ESP_013951_1955_RED.LBL").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") and max(map(len, raw.splitlines())) <= 80
    ours, real = pvl.loads(raw.decode()), pvl.loads(real_raw.decode())
    assert shape(ours) == shape(real)
    assert [line.split(b"=")[0].strip() for line in raw.splitlines() if b" = " in line[:36]] == [
        line.split(b"=")[0].strip() for line in real_raw.splitlines() if b" = " in line[:36]
    ]


def test_record_has_the_shape_of_a_real_one(archive, shared):
    layout, facts, _ = archive
    ours = json.loads(layout.record(facts.name).read_text())
    real = json.loads((shared / "fixtures/ode/ode_hirise_rdrv11_product_ESP_012600_1655_RED.json").read_text())
    assert set(ours) - {"ode_id"} == set(real)
    assert {k: shape(v) for k, v in ours.items() if k != "ode_id"} == {k: shape(v) for k, v in real.items()}
    assert ours["RelativePathtoVol"].count("\\") == real["RelativePathtoVol"].count("\\")
    assert ours["LabelFileName"] == "esp_022689_1380_red.lbl"
    assert [set(f) for f in ours["Product_files"]["Product_file"]][-1] == set(real["Product_files"]["Product_file"][0])


def test_index_row_lies_as_a_real_one(archive, shared):
    layout, _, _ = archive
    table = layout.index.read_bytes()
    assert len(table) == 821 and table.endswith(b"\r\n")
    row = table.decode()[:-2]
    real = (shared / "fixtures/pds/hirise_rdrindex_record_ESP_012600_1655_RED.txt").read_text().rstrip("\n")
    assert [i for i, c in enumerate(row) if c in '",'] == [i for i, c in enumerate(real) if c in '",']
    label = pvl.loads((shared / "fixtures/pds/RDRCUMINDEX.LBL").read_text())["RDR_INDEX_TABLE"].getall("COLUMN")
    mine = pvl.loads(layout.index.with_suffix(".LBL").read_text())["RDR_INDEX_TABLE"].getall("COLUMN")
    keys = ("NAME", "DATA_TYPE", "START_BYTE", "BYTES", "FORMAT")
    assert [[c[k] for k in keys] for c in mine] == [[c[k] for k in keys] for c in label]
    assert len(COLUMNS) == 54
    cells = {c["NAME"]: row[c["START_BYTE"] - 1 : c["START_BYTE"] - 1 + c["BYTES"]].strip() for c in label}
    assert cells["PRODUCT_ID"] == RED and cells["PROJECTION_CENTER_LATITUDE"] == "-40.0"
    assert float(cells["SUB_SOLAR_AZIMUTH"]) == 160.0 and float(cells["INCIDENCE_ANGLE"]) == 40.0


def test_large_numbers_of_the_index_are_as_coarse_as_the_real_ones():
    assert f"{coarse(118528.17278819):.3f}" == "118528.000"
    assert f"{coarse(40183.1):.3f}" == "40183.102"
    assert coarse(-1673831.5) == -1673830.0


def test_index_is_made_from_the_records(archive):
    layout, _, _ = archive
    before = layout.index.read_bytes()
    layout.index.unlink()
    assert update_index(layout) == 1
    assert layout.index.read_bytes() == before


def test_snapped_grids_share_pixel_corners():
    a, b = grid_around(202.3, -41.6, 0.5, 100, 101), grid_around(202.301, -41.601, 0.5, 333, 80)
    for grid in (a, b):
        left, scale, _, top, _, _ = grid.geotransform
        assert left / scale == pytest.approx(round(left / scale), abs=1e-6)
        assert top / scale == pytest.approx(round(top / scale), abs=1e-6)
