"""Candidate sites on made terrain and a made cube: slopes, coverage, minerals, what is refused, what is null."""

from __future__ import annotations

import csv
import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet import crs, geometry
from marscd_plugin.workflows.landing import COLUMNS, LandingJob, Site, rank_sites
from marscd_plugin.workflows.landing_minerals import minerals_of, open_minerals
from marscd_plugin.workflows.landing_terrain import baseline_of, open_dtm, terrain_of

_spec = importlib.util.spec_from_file_location("crism_files", Path(__file__).parents[1] / "products/crism_files.py")
crism_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(crism_files)

#: Metres of one degree at the equator.
DEGREE = math.pi / 180 * 3396190.0


def box(west, south, east, north):
    """Metres on the equatorial map as an area."""
    return geometry.area_from_extent(west / DEGREE, south / DEGREE, east / DEGREE, north / DEGREE)


def write_dtm(path, heights, step=50.0, wkt=None, nodata=-32768.0, unit="m", kind=gdal.GDT_Float32):
    rows, columns = heights.shape
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, kind)
    made.SetProjection(wkt or crs.equirectangular_wkt(0, 0))
    made.SetGeoTransform((0, step, 0, rows * step, 0, -step))
    band = made.GetRasterBand(1)
    band.SetNoDataValue(nodata)
    band.SetUnitType(unit)
    band.WriteArray(heights)
    return str(path)


def ramp(degrees, size=200, step=50.0, base=-3000.0):
    return np.tile(np.arange(size) * step * math.tan(math.radians(degrees)) + base, (size, 1)).astype(np.float32)


def opened(path):
    return open_dtm(path, "Mars", (0.05, 0.05))


def test_a_plane_has_its_slope_at_any_baseline(tmp_path):
    dtm = opened(write_dtm(tmp_path / "d.tif", ramp(10)))
    assert dtm.pixel_size == pytest.approx(50.0, rel=1e-3)
    for baseline in (100.0, 250.0, 1000.0):
        facts = terrain_of(dtm, box(2000, 2000, 6000, 6000), baseline, 15.0, -2500.0, Quiet())
        assert facts.coverage == 1.0 and facts.steep == 0.0
        assert facts.slope_median == pytest.approx(10.0, abs=0.05)
        assert facts.mean == pytest.approx(-3000 + 4000 * math.tan(math.radians(10)), abs=8)
        assert 0.2 < facts.low < 0.26  # -2500 m lies 2836 m along


def test_half_a_steep_site_and_half_a_flat_one(tmp_path):
    heights = ramp(20)
    heights[100:] = -1000.0
    facts = terrain_of(
        opened(write_dtm(tmp_path / "d.tif", heights)), box(1000, 3000, 7000, 7000), 100.0, 15.0, 0.0, Quiet()
    )
    assert facts.steep == pytest.approx(0.5, abs=0.04) and facts.slope_p95 == pytest.approx(20.0, abs=3)


def test_a_site_half_outside_is_half_covered_and_one_beyond_measures_nothing(tmp_path):
    dtm = opened(write_dtm(tmp_path / "d.tif", ramp(5)))
    half = terrain_of(dtm, box(8000, 2000, 12000, 4000), 100.0, 15.0, 0.0, Quiet())
    assert half.coverage == pytest.approx(0.5, abs=0.03) and half.slope_median == pytest.approx(5.0, abs=0.05)
    beyond = terrain_of(dtm, geometry.area_from_extent(40, 2, 40.1, 2.1), 100.0, 15.0, 0.0, Quiet())
    assert beyond.coverage == 0 and beyond.mean is None and beyond.steep is None and beyond.low is None


def test_nodata_is_a_gap_and_not_a_cliff(tmp_path):
    heights = ramp(5)
    heights[60:120, 60:120] = -32768.0
    facts = terrain_of(
        opened(write_dtm(tmp_path / "d.tif", heights)), box(1000, 1000, 9000, 9000), 100.0, 15.0, 0.0, Quiet()
    )
    assert facts.steep == 0.0 and facts.least > -3001 and facts.coverage == pytest.approx(1 - 9 / 64, abs=0.02)


def test_a_baseline_below_two_pixels_is_raised_and_said(tmp_path):
    class Told(Quiet):
        said = ""

        def warn(self, message):
            self.said += message

    dtm, told = opened(write_dtm(tmp_path / "d.tif", ramp(5))), Told()
    assert baseline_of(dtm, None, told) == pytest.approx(100.0, rel=1e-3) and not told.said
    assert baseline_of(dtm, 20.0, told) == pytest.approx(100.0, rel=1e-3) and "slopes are taken over 100 m" in told.said
    assert baseline_of(dtm, 500.0, Quiet()) == 500.0


def test_a_global_dtm_in_degrees_and_a_site_on_the_antimeridian(tmp_path):
    # Longitudes from 0 to 360, a ramp to the north: the site lies across 180.
    rows = np.linspace(2000.0, -2000.0, 360, dtype=np.float32)[:, None]
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "g.tif"), 720, 360, 1, gdal.GDT_Float32)
    made.SetProjection(crs.geographic_wkt())
    made.SetGeoTransform((0, 0.5, 0, 90, 0, -0.5))
    made.GetRasterBand(1).WriteArray(np.repeat(rows, 720, axis=1))
    made = None
    dtm = open_dtm(str(tmp_path / "g.tif"), "Mars", (180.0, 0.0))
    assert dtm.pixel_size == pytest.approx(DEGREE / 2, rel=1e-6)
    facts = terrain_of(dtm, geometry.area_from_extent(178, -2, 182, 2), 2 * dtm.pixel_size, 15.0, 0.0, Quiet())
    assert facts.coverage == 1.0 and abs(facts.mean) < 20
    assert facts.slope_median == pytest.approx(math.degrees(math.atan(4000 / 359 / (DEGREE / 2))), abs=0.02)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"wkt": crs.spatial_reference("EPSG:32632").ExportToWkt()}, "lies on Earth"),
        ({"unit": "km"}, "'km'"),
        ({"kind": gdal.GDT_Byte, "nodata": 0}, "hillshade"),
    ],
)
def test_what_is_no_dtm_in_metres_of_mars_is_refused(tmp_path, changed, words):
    path = write_dtm(tmp_path / "d.tif", np.full((20, 20), 7.0, np.float32), **changed)
    with pytest.raises(InputError, match=words):
        opened(path)


def test_radii_give_slopes_but_no_heights(tmp_path):
    dtm = opened(write_dtm(tmp_path / "d.tif", ramp(8, base=3393000.0)))
    facts = terrain_of(dtm, box(2000, 2000, 6000, 6000), 100.0, 15.0, 0.0, Quiet())
    assert facts.slope_median == pytest.approx(8.0, abs=0.1)
    assert facts.mean is None and facts.low is None


# -- minerals -------------------------------------------------------------------------------------------------------


def gypsum_scene():
    """A made cube: gypsum-like absorptions in the right half, flat (as halite would be) in the left; a corner empty."""
    nm, values = crism_files.NM, np.full((len(crism_files.NM), 30, 40), 0.3)
    dips = ((1750, 18, 0.12), (1945, 45, 0.3), (2210, 25, 0.15), (2420, 60, 0.2), (2100, 40, 0.02))
    for middle, width, depth in dips:
        values[:, :, 20:] *= (1 - depth * np.exp(-0.5 * ((nm - middle) / width) ** 2))[:, None, None]
    values[:, :5, :5] = 65535.0
    return values


def corner(source, column, row):
    """Degrees of a pixel corner."""
    grid = source.grid
    go = crs.transformer(grid.crs, crs.geographic_wkt())
    lon, lat = go.points([grid.left + column * grid.pixel_size], [grid.top - row * grid.pixel_size])
    return float(lon[0]), float(lat[0])


def part(source, left, top, right, bottom):
    (west, north), (east, south) = corner(source, left, top), corner(source, right, bottom)
    return geometry.area_from_extent(west, south, east, north)


@pytest.fixture
def cube(tmp_path):
    return open_minerals(str(crism_files.write_cube(tmp_path, gypsum_scene())), "Mars")


def test_gypsum_is_seen_and_flat_ground_is_not(cube):
    wet = minerals_of(cube, part(cube, 22, 5, 38, 28), 0.02, Quiet())
    dry = minerals_of(cube, part(cube, 6, 6, 18, 28), 0.02, Quiet())
    assert (
        wet.coverage == pytest.approx(1.0, abs=0.02) and wet.shares["gypsum"] == 1.0 and wet.shares["hydrated"] == 1.0
    )
    assert wet.values["BD1900_2"] > 0.15 and wet.values["BD1750_2"] > 0.05
    assert dry.shares == {"hydrated": 0.0, "polyhydrated": 0.0, "monohydrated": 0.0, "gypsum": 0.0}
    assert dry.values["ISLOPE1"] == pytest.approx(0.0, abs=1e-4)


def test_coverage_counts_empty_pixels_and_what_lies_outside(cube):
    empty = minerals_of(cube, part(cube, 0, 0, 5, 5), 0.02, Quiet())
    assert empty.coverage == 0 and empty.values == {} and empty.shares == {}
    over = minerals_of(cube, part(cube, 20, 10, 60, 20), 0.02, Quiet())
    assert over.coverage == pytest.approx(0.5, abs=0.03)
    away = geometry.area_from_extent(10, 10, 10.1, 10.1)
    assert minerals_of(cube, away, 0.02, Quiet()).coverage == 0


def test_written_indices_say_the_same_as_the_cube(cube, tmp_path):
    from marscd_plugin.products.index_raster import write_indices

    out = tmp_path / "indices.tif"
    write_indices(cube.path, ["BD1900_2", "SINDEX2"], out, Quiet())
    source = open_minerals(str(out), "Mars")
    assert source.indices == ("BD1900_2", "SINDEX2")
    where = part(cube, 22, 5, 38, 28)
    direct, kept = (minerals_of(s, where, 0.02, Quiet()) for s in (cube, source))
    assert kept.values["BD1900_2"] == pytest.approx(direct.values["BD1900_2"], abs=1e-5)
    assert kept.shares["polyhydrated"] == direct.shares["polyhydrated"]
    # What this raster lacks is not known, not absent.
    assert kept.shares["gypsum"] is None and kept.values["BD1750_2"] is None


def test_a_picture_is_no_mineral_source(tmp_path):
    path = write_dtm(tmp_path / "p.tif", np.zeros((4, 4), np.float32))
    with pytest.raises(InputError, match="neither bands of known wavelengths"):
        open_minerals(path, "Mars")


# -- the whole job --------------------------------------------------------------------------------------------------


def job(tmp_path, sites, **other):
    return LandingJob(
        tuple(sites), tmp_path / "out.fgb", tmp_path / "out.csv", tmp_path / "out.html", **other
    )  # fmt: skip


SITES = (
    Site("flat <b>", box(1000, 1000, 3000, 3000), 0.3, 2.0, False, "polygons", 2),
    Site("steep", box(5500, 1000, 7500, 3000), 0.1, 0.5, True, "polygons", 1),
    Site("=elsewhere", geometry.area_from_extent(40, 2, 40.1, 2.1), 0.5, 9.0, False, "polygons", 3),
)


def test_layer_table_and_report_agree_and_absence_is_null(tmp_path):
    heights = np.concatenate([ramp(0, 100)[:, :100].repeat(2, 0), ramp(25, 200)[:, :100]], axis=1)
    result = rank_sites(job(tmp_path, SITES, dtm=write_dtm(tmp_path / "d.tif", heights)), Quiet())
    assert [r.site.name for r in result.rows] == ["flat <b>", "steep", "=elsewhere"]
    assert result.with_terrain == 2 and result.baseline == pytest.approx(100.0, rel=1e-3)
    layer = ogr.Open(str(tmp_path / "out.fgb"))
    rows = [f.items() for f in layer.GetLayer(0)]
    rows.sort(key=lambda r: r["rank"])
    assert list(rows[0]) == [c.name for c in COLUMNS]
    assert rows[1]["steep_share"] == pytest.approx(1.0, abs=0.01) and rows[1]["weak"] == 1
    for name in ("elevation_mean", "steep_share", "slope_median", "slope_baseline", "gypsum_share", "crism_coverage"):
        assert rows[2][name] is None
    assert rows[2]["dtm_coverage"] == 0.0 and rows[2]["evidence"] == pytest.approx(0.25)
    assert "outside the DTM" in rows[2]["notes"]
    table = list(csv.DictReader((tmp_path / "out.csv").open()))
    assert table[2]["name"] == "'=elsewhere" and table[2]["steep_share"] == "" and table[0]["rank"] == "1"
    html = (tmp_path / "out.html").read_text()
    assert "Halite" in html and "flat &lt;b&gt;" in html and "<b> " not in html
    assert "No CRISM product was given" in html and "1 of 3 analogue matches are weak" in html
    assert (tmp_path / "out.fgb.provenance.json").is_file()


def test_the_report_cites_the_formulas(tmp_path, cube):
    where = part(cube, 22, 5, 38, 28)
    rank_sites(job(tmp_path, [Site("a", where), Site("b", part(cube, 6, 6, 18, 28))], minerals=(cube.path,)), Quiet())
    html = (tmp_path / "out.html").read_text()
    assert "10.1002/2014JE004627" in html and "BD1750_2 and BD1900_2 and BD2210_2 and SINDEX2" in html
    rows = {r["name"]: r for r in csv.DictReader((tmp_path / "out.csv").open())}
    assert rows["a"]["rank"] == "1" and float(rows["a"]["gypsum_share"]) == 1.0
    assert rows["a"]["minerals_standing"] == "1" and rows["b"]["minerals_standing"] == "0"


def test_a_source_that_covers_little_is_shown_and_not_counted(tmp_path):
    dtm = write_dtm(tmp_path / "d.tif", ramp(5))
    sites = [Site("in", box(1000, 1000, 3000, 3000)), Site("in too", box(3000, 1000, 5000, 3000)),
             Site("edge", box(9500, 1000, 12000, 3000))]  # fmt: skip
    rows = {r.site.name: r for r in rank_sites(job(tmp_path, sites, dtm=dtm), Quiet()).rows}
    assert rows["edge"].place.score is None and rows["edge"].terrain.slope_median == pytest.approx(5.0, abs=0.1)
    assert any("covers only" in n for n in rows["edge"].notes) and rows["in"].place.score is not None


@pytest.mark.parametrize(
    ("sites", "words"),
    [((), "no candidate site"), ((Site("e", geometry.area_from_extent(1, 1, 2, 2, "Earth")),), "lie on Earth")],
)
def test_no_sites_or_sites_on_earth_are_refused(tmp_path, sites, words):
    with pytest.raises(InputError, match=words):
        rank_sites(job(tmp_path, sites), Quiet())
    assert not (tmp_path / "out.fgb").exists()


def test_a_cancel_leaves_nothing(tmp_path):
    progress = Quiet()
    progress.cancel()
    with pytest.raises(CancelledError):
        rank_sites(job(tmp_path, SITES), progress)
    assert not list(tmp_path.glob("out*"))
