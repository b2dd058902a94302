"""Chip data sets: what lies on disk, what belongs together, what copies show, what is refused."""

from __future__ import annotations

import csv
import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.analogue.folders import folder_chips
from marscd_plugin.analogue.images import open_image
from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet import crs, geometry
from marscd_plugin.workflows.chip_files import write_chip
from marscd_plugin.workflows.chip_views import chip_and_views
from marscd_plugin.workflows.chips import COLUMNS, ChipsJob, Region, build_chips

_spec = importlib.util.spec_from_file_location("analogue_standin", Path(__file__).parent / "analogue_standin.py")
standin = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(standin)

DEGREE = np.pi / 180 * 3396190.0


def box(west, south, east, north, body="Mars"):
    """Metres on the equatorial map as an area."""
    return geometry.area_from_extent(west / DEGREE, south / DEGREE, east / DEGREE, north / DEGREE, body)


def textured(size, seed=1):
    """Ground that looks like something: pure noise would be left out."""
    return standin.stripes(size, size, 35.0 * seed, 9.0) + 0.3 * standin.noise(size, size, seed)


@pytest.fixture
def image(tmp_path):
    """400 x 400 pixels of 10 m: stripes one way in the west, another way in the east."""
    ground = np.hstack([standin.stripes(400, 200, 20), standin.stripes(400, 200, 110)])
    ground += 0.2 * standin.noise(400, 400)
    return str(standin.write_image(tmp_path / "mosaic.tif", ground, standin.MARS, 0.0, 4000.0))


REGIONS = (Region("west", box(200, 200, 1800, 3800)), Region("east/side", box(2200, 200, 3800, 3800)))


def job(image, tmp_path, **other):
    told = {"images": (image,), "folder": tmp_path / "set", "chip_size": 320.0, "regions": REGIONS, "chip_px": 32,
            "per_region": 5}  # fmt: skip
    return ChipsJob(**(told | other))


def rows(folder):
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_contract_is_on_disk(image, tmp_path):
    made = build_chips(job(image, tmp_path), None, Quiet())
    assert (made.chips, made.augmented, made.counts) == (10, 0, {"west": 5, "east/side": 5})
    told = rows(made.folder)
    assert tuple(told[0]) == COLUMNS
    assert {r["path"].split("/")[0] for r in told} == {"west", "east_side"}
    for row in told:
        chip = gdal.Open(str(made.folder / row["path"]))
        assert (chip.RasterXSize, chip.RasterYSize) == (32, 32)
        assert chip.GetRasterBand(1).DataType == gdal.GDT_Byte and chip.GetRasterBand(1).GetNoDataValue() == 0
        assert (row["body"], row["source"], float(row["size_m"]), row["augmented"]) == ("Mars", "mosaic", 320.0, "")
        # Where the manifest says it lies is where the file lies.
        where = open_image(str(made.folder / row["path"]))
        lon, lat = where.lonlat(*where.map_of(16, 16))
        assert float(lon) == pytest.approx(float(row["longitude"]), abs=1e-6)
        assert float(lat) == pytest.approx(float(row["latitude"]), abs=1e-6)
        assert where.pixel_size == pytest.approx(10.0, rel=1e-3)


def test_a_chip_holds_the_grounds_own_values(image, tmp_path):
    made = build_chips(job(image, tmp_path, form="FLOAT"), None, Quiet())
    row = rows(made.folder)[0]
    chip = gdal.Open(str(made.folder / row["path"])).ReadAsArray()
    column, line = float(row["longitude"]) * DEGREE / 10, 400 - float(row["latitude"]) * DEGREE / 10
    ground = gdal.Open(image).ReadAsArray()
    # The chip lies between pixels: a shift of less than one pixel is all that parts them.
    best = max(
        np.corrcoef(chip.ravel(), ground[r : r + 32, c : c + 32].ravel())[0, 1]
        for r in range(int(line) - 18, int(line) - 13)
        for c in range(int(column) - 18, int(column) - 13)
    )
    assert best > 0.9


def test_bytes_lead_back_to_the_values(tmp_path):
    values = np.linspace(-0.5, 0.25, 64, dtype=np.float32).reshape(8, 8)
    values[0, 0] = np.nan
    write_chip(tmp_path / "c.tif", values, None, "BYTE", 0.0)
    data = gdal.Open(str(tmp_path / "c.tif"))
    band = data.GetRasterBand(1)
    raw = band.ReadAsArray()
    assert raw[0, 0] == 0 and raw.ravel()[1:].min() == 1 and raw.max() == 255
    back = raw.astype(float) * band.GetScale() + band.GetOffset()
    assert np.abs(back - values).ravel()[1:].max() <= 0.75 / 254 / 2 + 1e-6
    # Bytes of the image's own stay as they are.
    write_chip(tmp_path / "d.tif", np.arange(10, 74, dtype=np.float32).reshape(8, 8), None, "BYTE", 1.0)
    data = gdal.Open(str(tmp_path / "d.tif"))
    band = data.GetRasterBand(1)
    assert band.GetScale() is None and (band.ReadAsArray().ravel() == np.arange(10, 74)).all()


def test_copies_keep_their_originals_group_and_lie_on_no_map(image, tmp_path):
    made = build_chips(job(image, tmp_path, copies=10, per_region=2), None, Quiet())
    assert (made.chips, made.augmented) == (40, 36)
    told = rows(made.folder)
    for row in told:
        stem = row["path"].split("-a")[0].removesuffix(".tif")
        first = next(r for r in told if r["path"] == f"{stem}.tif")
        assert row["group"] == first["group"] and row["longitude"] == first["longitude"]
        assert ("turned" in row["augmented"]) == ("-a" in row["path"])
        assert bool(gdal.Open(str(made.folder / row["path"])).GetProjection()) == ("-a" not in row["path"])


def test_the_same_job_gives_the_same_bytes_and_another_seed_others(image, tmp_path):
    first = build_chips(job(image, tmp_path, copies=3, per_region=2), None, Quiet())
    again = build_chips(job(image, tmp_path, copies=3, per_region=2, folder=tmp_path / "again"), None, Quiet())
    other = build_chips(job(image, tmp_path, copies=3, per_region=2, folder=tmp_path / "other", seed=2), None, Quiet())

    def content(made):
        return [gdal.Open(str(made.folder / r["path"])).ReadAsArray() for r in rows(made.folder)]

    assert all((a == b).all() for a, b in zip(content(first), content(again), strict=True))
    assert not all((a == b).all() for a, b in zip(content(first), content(other), strict=True))
    # The very same job may be run into its folder again.
    assert build_chips(job(image, tmp_path, copies=3, per_region=2), None, Quiet()).chips == first.chips


def test_views_turn_the_ground_and_use_what_lies_around():
    ground = standin.stripes(120, 120, 0, 12.0).astype(np.float32)
    chip = ground[42:78, 42:78]
    views = chip_and_views(chip, ground[27:93, 27:93], 20, (1,))
    assert views[0].words == "" and (views[0].pixels == chip).all()
    for view in views[1:]:
        # Nothing is made up at the edges: no view is missing anything, and none has the flat corners of padding.
        assert np.isfinite(view.pixels).all() and view.pixels[:6, :6].std() > 0.02 and view.pixels.shape == (36, 36)
    turned = {v.words.split(" degrees")[0] for v in views[1:]}
    assert len(turned) >= 18


def test_groups_are_the_image_the_place_or_what_the_user_says(image, tmp_path):
    one = build_chips(job(image, tmp_path), None, Quiet())
    assert one.groups == {"west": 1, "east/side": 1} and {r["group"] for r in rows(one.folder)} == {
        "west 1",
        "east/side 1",
    }
    assert any("one place" in w for w in one.warnings)
    second = str(standin.write_image(tmp_path / "second.tif", textured(400), standin.MARS, 0.0, 4000.0))
    two = build_chips(job(image, tmp_path, images=(image, second), folder=tmp_path / "two"), None, Quiet())
    assert two.groups == {"west": 2, "east/side": 2} and two.counts == {"west": 10, "east/side": 10}
    assert {r["group"] for r in rows(two.folder)} == {"mosaic", "second"} and not two.warnings
    named = tuple(replace(r, group=f"obs {n}") for n, r in enumerate(REGIONS))
    three = build_chips(job(image, tmp_path, regions=named, folder=tmp_path / "three"), None, Quiet())
    assert {r["group"] for r in rows(three.folder)} == {"obs 0", "obs 1"}


def test_it_feeds_the_matrix(image, tmp_path):
    made = build_chips(job(image, tmp_path, copies=2), None, Quiet())
    grid = folder_chips(made.folder, 32)
    assert grid.count == 20 and set(grid.regions) == {"west", "east/side"} and grid.chip_size == 320.0
    (block,) = grid.blocks(Quiet())
    assert block.usable.all()


def test_it_feeds_the_training(image, tmp_path):
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    from marscd_plugin.training.chip_folder import read_chip_folder

    made = build_chips(job(image, tmp_path, copies=2, group_by="PLACE"), None, Quiet())
    chips = read_chip_folder(made.folder, 32, Quiet())
    # Training makes its own views: our copies are left out.
    assert len(chips) == 10 and set(chips.classes) == {"west", "east/side"} and set(chips.bodies) == {"Mars"}
    assert set(chips.groups) == {"west 1", "east/side 1"}


def test_images_without_regions_and_without_a_crs(tmp_path):
    for number in (1, 2):
        standin.write_image(tmp_path / f"p{number}.tif", textured(120, number))
    made = build_chips(
        ChipsJob((str(tmp_path / "p1.tif"), str(tmp_path / "p2.tif")), tmp_path / "set", 40.0, (), 32, 2, copies=2),
        None,
        Quiet(),
    )
    told = rows(made.folder)
    assert (
        made.counts == {"p1": 2, "p2": 2}
        and {r["longitude"] for r in told} == {""}
        and {r["body"] for r in told} == {""}
    )
    assert {r["size_m"] for r in told} == {""}


def test_ground_without_data_is_left_out_and_said(tmp_path):
    ground = textured(400)[:200]
    ground[:, :200] = np.nan
    path = str(standin.write_image(tmp_path / "half.tif", ground, standin.MARS, 0.0, 2000.0))
    wide = (Region("all", box(100, 100, 3900, 1900)),)
    made = build_chips(job(path, tmp_path, regions=wide, per_region=20), None, Quiet())
    assert 4 <= made.chips <= 16 and made.left_out == 20 - made.chips
    assert any("left out" in w for w in made.warnings)
    with pytest.raises(InputError, match="No chip of west"):
        build_chips(
            job(path, tmp_path, regions=(Region("west", box(100, 100, 1900, 1900)),), folder=tmp_path / "w"),
            None,
            Quiet(),
        )


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"regions": (Region("x", box(90000, 90000, 91000, 91000)),)}, "No image shows the region x"),
        ({"regions": (Region("x", box(200, 200, 900, 900, "Earth")),)}, "on Earth; the images lie on Mars"),
        ({"chip_size": 20.0}, "would hold"),
        ({"copies": 0}, "So many chips"),
        ({"per_region": 1000, "copies": 50}, "50,000 are the most"),
        ({"group_by": "NOBODY"}, "not known"),
        ({"images": ()}, "No image"),
    ],
)
def test_what_it_refuses(image, tmp_path, other, words):
    with pytest.raises(InputError, match=words):
        build_chips(job(image, tmp_path, **other), None, Quiet())
    assert not (tmp_path / "set" / "manifest.csv").exists()


def test_another_data_set_or_a_users_folder_is_left_alone(image, tmp_path):
    build_chips(job(image, tmp_path), None, Quiet())
    with pytest.raises(InputError, match="not empty"):
        build_chips(job(image, tmp_path, seed=5), None, Quiet())
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="not empty"):
        build_chips(job(image, tmp_path, folder=tmp_path / "own"), None, Quiet())


def test_a_cancel_writes_no_manifest_and_the_same_job_goes_on(image, tmp_path):
    class Stops(Quiet):
        def report(self, fraction, message=""):
            if "east" in message:
                self.cancel()

    with pytest.raises(CancelledError):
        build_chips(job(image, tmp_path), None, Stops())
    assert not (tmp_path / "set" / "manifest.csv").exists()
    assert json.loads((tmp_path / "set" / "chips.json").read_text())["complete"] is False
    assert not list((tmp_path / "set").rglob("*.part*"))
    assert build_chips(job(image, tmp_path), None, Quiet()).chips == 10


def test_names_that_differ_only_in_case_get_folders_of_their_own(image, tmp_path):
    named = (replace(REGIONS[0], name="Dunes"), replace(REGIONS[1], name="dunes"))
    made = build_chips(job(image, tmp_path, regions=named), None, Quiet())
    assert len({r["path"].split("/")[0].lower() for r in rows(made.folder)}) == 2


def test_earth_polar_and_the_antimeridian(tmp_path):
    ground = textured(300)
    path = str(standin.write_image(tmp_path / "utm.tif", ground, standin.EARTH, 500000.0, 4200000.0))
    image = open_image(path)
    lon, lat = (float(v) for v in image.lonlat(*image.map_of(150, 150)))
    area = geometry.area_from_extent(lon - 0.01, lat - 0.008, lon + 0.01, lat + 0.008, "Earth")
    made = build_chips(job(path, tmp_path, regions=(Region("basin", area),)), None, Quiet())
    assert {r["body"] for r in rows(made.folder)} == {"Earth"}
    turn = crs.equirectangular_wkt(0.0, 180.0)
    seam = str(standin.write_image(tmp_path / "seam.tif", ground, "IAU_2015:49910", 0.0, 1000.0))
    data = gdal.Open(seam, gdal.GA_Update)
    data.SetProjection(turn)
    data.SetGeoTransform((-1500.0, 10.0, 0.0, 1500.0, 0.0, -10.0))
    data = None
    west, east = 180 - 1200 / DEGREE, 180 + 1200 / DEGREE
    over = geometry.area_from_extent(west, -1200 / DEGREE, east, 1200 / DEGREE)
    made = build_chips(job(seam, tmp_path, regions=(Region("seam", over),), folder=tmp_path / "s"), None, Quiet())
    longitudes = [float(r["longitude"]) for r in rows(made.folder)]
    assert made.chips == 5 and min(longitudes) < -179.9 and max(longitudes) > 179.9
