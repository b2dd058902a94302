"""Chips with their observations: what may be trained on, whole groups in folds, data sets on disk."""

from __future__ import annotations

import csv

import numpy as np
import pytest

pytest.importorskip("osgeo", reason="needs GDAL")
pytest.importorskip("cv2", reason="needs OpenCV")
pytest.importorskip("scipy", reason="needs scipy")

from osgeo import gdal

from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.simulation.backdrops import EVALUATION_ONLY, split_of
from marscd_plugin.training.chip_folder import read_chip_folder
from marscd_plugin.training.chip_sets import (
    ChipSet,
    chip_split,
    earth_chips,
    folds,
    hirise_chips,
    read_grey,
    resized,
    spread,
)
from marscd_plugin.training.retrieval import DISTRACTOR


def chips(labels, groups, classes=("a", "b", "c"), bodies=None) -> ChipSet:
    n = len(labels)
    pixels = np.arange(n, dtype=np.float32)[:, None, None] * np.ones((1, 4, 4), np.float32)
    told = np.array(["Mars"] * n if bodies is None else bodies)
    return ChipSet(pixels, np.array(labels), np.array(groups), classes, tuple(map(str, range(n))), told)


def test_what_evaluation_shows_is_never_trained_on():
    for observation in (*EVALUATION_ONLY, "ESP_018815_2570", "ESP_999999_2570"):
        assert chip_split(observation) == "test"
    assert chip_split("ESP_013141_2105") == split_of("ESP_013141_2105") == "train"


def test_real_chips_keep_observations_apart(shared):
    train, tune, test = (hirise_chips(shared, 16, (s,), other=False) for s in ("train", "tune", "test"))
    for one, two in ((train, tune), (train, test), (tune, test)):
        assert not set(one.groups) & set(two.groups)
    assert not any(g.endswith("2570") for g in (*train.groups, *tune.groups))
    assert len(train) + len(tune) + len(test) == 694
    assert test.table()["bright dune"] == (14, 2) and "bright dune" not in train.classes
    with_other = hirise_chips(shared, 16, ("tune",))
    assert (with_other.labels == DISTRACTOR).sum() == 374
    earth = earth_chips(shared, 16)
    assert len(earth) == 289 and earth.table()["salt_lake"] == (12, 1) and set(earth.bodies) == {"Earth"}


def test_choosing_and_renaming_classes():
    told = chips([0, 1, 2, DISTRACTOR, 0], list("vwxyz"))
    some = told.only(("c", "a"))
    assert some.classes == ("c", "a") and some.labels.tolist() == [1, 0, 1] and some.sources == ("0", "2", "4")
    joined = told.renamed({"a": "dune", "c": "dune"})
    assert joined.classes == ("b", "dune") and joined.labels.tolist() == [1, 0, 1, DISTRACTOR, 1]
    with pytest.raises(InputError, match="no chips of spider"):
        told.only(("spider",))


def test_folds_hold_whole_groups_and_spread_the_rare():
    rng = np.random.default_rng(1)
    groups = np.repeat([f"g{k}" for k in range(20)], rng.integers(1, 9, 20))
    labels = np.array([0 if g in ("g1", "g2", "g3") else 1 for g in groups])
    fold = folds(labels, groups, 3)
    for g in set(groups):
        assert len(set(fold[groups == g])) == 1
    # Three groups hold the rare class, and there are three folds.
    assert {fold[groups == g][0] for g in ("g1", "g2", "g3")} == {0, 1, 2}
    assert np.array_equal(fold, folds(labels, groups, 3))
    with pytest.raises(ValueError, match="cannot be put"):
        folds(labels, groups, 21)


def test_taking_a_few_goes_round_the_groups():
    items, groups = list(range(12)), ["a"] * 9 + ["b"] * 2 + ["c"]
    taken = spread(items, groups, 5)
    assert sorted(groups[i] for i in taken) == ["a", "a", "b", "b", "c"]
    assert len(spread(items, groups, 50)) == 12


def test_the_middle_square_is_taken_and_averaged():
    image = np.zeros((8, 16), np.float32)
    image[:, 4:12] = np.tile([[1.0, 3.0], [5.0, 7.0]], (4, 4))
    np.testing.assert_allclose(resized(image, 4), 4.0)


def picture(path, values, driver="GTiff", nodata=None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    bands = values if values.ndim == 3 else values[None]
    kind = gdal.GDT_Float32 if values.dtype == np.float32 else gdal.GDT_Byte
    made = gdal.GetDriverByName("MEM").Create("", bands.shape[2], bands.shape[1], len(bands), kind)
    for k, band in enumerate(bands):
        made.GetRasterBand(k + 1).WriteArray(band)
        if nodata is not None:
            made.GetRasterBand(k + 1).SetNoDataValue(nodata)
    gdal.GetDriverByName(driver).CreateCopy(str(path), made)


def test_grey_is_the_mean_of_colours_and_nodata_is_a_hole(tmp_path):
    picture(tmp_path / "c.png", np.stack([np.full((5, 5), v, np.uint8) for v in (10, 20, 60)]), "PNG")
    np.testing.assert_allclose(read_grey(tmp_path / "c.png"), 30.0)
    values = np.ones((5, 5), np.float32)
    values[2, 3] = -9999
    picture(tmp_path / "n.tif", values, nodata=-9999)
    assert np.argwhere(np.isnan(read_grey(tmp_path / "n.tif"))).tolist() == [[2, 3]]
    (tmp_path / "bad.png").write_bytes(b"no image")
    with pytest.raises(InputError, match=r"bad\.png"):
        read_grey(tmp_path / "bad.png")


def data_set(folder, rows) -> None:
    """Chips and manifest; rows of (path, region, group, body)."""
    for k, (path, *_) in enumerate(rows):
        if ".." not in path:
            picture(folder / path, np.full((10, 10), 10 * k, np.uint8))
    with (folder / "manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "region", "group", "longitude", "latitude", "size_m", "body", "source"])
        writer.writerows([p, r, g, "", "", "", b, ""] for p, r, g, b in rows)


def test_a_data_set_is_read_with_its_groups(tmp_path):
    data_set(tmp_path, [("B/0.tif", "B", "one", "Mars"), ("A/0.tif", "A", "two", "Earth"), ("A/1.tif", "A", "", "")])
    found = read_chip_folder(tmp_path, 5, Quiet())
    assert found.classes == ("A", "B") and found.labels.tolist() == [1, 0, 0]
    assert found.groups.tolist() == ["one", "two", "A (group not told)"] and found.bodies.tolist() == [
        "Mars",
        "Earth",
        "",
    ]
    assert found.pixels.shape == (3, 5, 5) and found.pixels[1, 0, 0] == 10


def test_augmented_copies_are_left_out(tmp_path):
    data_set(tmp_path, [("A/0.tif", "A", "g", ""), ("A/1.tif", "A", "g", ""), ("B/0.tif", "B", "h", "")])
    lines = (tmp_path / "manifest.csv").read_text().splitlines()
    marked = [f"{line},{mark}" for line, mark in zip(lines, ("augmented", "", "turned by 40", "0"), strict=True)]
    (tmp_path / "manifest.csv").write_text("\n".join(marked) + "\n")
    found = read_chip_folder(tmp_path, 4, Quiet())
    assert [s.rsplit("/", 2)[1:] for s in found.sources] == [["A", "0.tif"], ["B", "0.tif"]]


def test_a_data_set_without_a_manifest_has_a_group_a_region(tmp_path):
    for name in ("A/0.tif", "A/1.tif", "B/0.tif"):
        picture(tmp_path / name, np.zeros((4, 4), np.uint8))
    found = read_chip_folder(tmp_path, 4, Quiet())
    assert found.groups.tolist() == ["A", "A", "B"] and found.classes == ("A", "B")


def test_hostile_and_broken_data_sets_are_refused(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        read_chip_folder(tmp_path / "none", 4, Quiet())
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no chips"):
        read_chip_folder(tmp_path / "empty", 4, Quiet())
    picture(tmp_path / "secret.tif", np.zeros((4, 4), np.uint8))
    for name, path in (("out", "../secret.tif"), ("kind", "A/../manifest.csv"), ("gone", "A/gone.tif")):
        folder = tmp_path / name
        folder.mkdir()
        data_set(folder, [("A/0.tif", "A", "g", "")])
        text = (folder / "manifest.csv").read_text().replace("A/0.tif", path)
        (folder / "manifest.csv").write_text(text)
        with pytest.raises(InputError, match="manifest"):
            read_chip_folder(folder, 4, Quiet())
    (tmp_path / "out" / "manifest.csv").write_text("path,group\nA/0.tif,x\n")
    with pytest.raises(InputError, match="no column 'region'"):
        read_chip_folder(tmp_path / "out", 4, Quiet())


def test_reading_stops_when_told(tmp_path):
    data_set(tmp_path, [("A/0.tif", "A", "g", "")])
    progress = Quiet()
    progress.cancel()
    with pytest.raises(CancelledError):
        read_chip_folder(tmp_path, 4, progress)
