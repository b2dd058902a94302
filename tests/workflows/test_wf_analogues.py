"""Searches with a planted pattern, on Mars and on Earth, and second rounds; with a stand-in network."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.analogue.matches import read_matches
from marscd_plugin.common.errors import CancelledError, InputError, OutputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.inference.embedding import load_embedder
from marscd_plugin.planet.areas import area_from_extent
from marscd_plugin.planet.crs import body_of, geographic_wkt, transformer
from marscd_plugin.workflows.analogues import RefineJob, SimilarityJob, Target, find_analogues, refine_analogues

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
_SPEC = importlib.util.spec_from_file_location("analogue_standin", Path(__file__).with_name("analogue_standin.py"))
standin = importlib.util.module_from_spec(_SPEC)
sys.modules["analogue_standin"] = standin
_SPEC.loader.exec_module(standin)

CHIP = 320.0  # 32 pixels of 10 m.
EARTH_AT = (500_000.0, 4_200_000.0)


class Told(Quiet):
    """Keeps what is said; cancels at a message, after so many reports of it."""

    def __init__(self, stop_at: str = "", after: int = 1) -> None:
        super().__init__()
        self.messages: list[str] = []
        self.warnings: list[str] = []
        self._stop_at, self._after = stop_at, after

    def report(self, fraction: float, message: str = "") -> None:
        if message:
            self.messages.append(message)
            if self._stop_at and self._stop_at in message:
                self._after -= 1
                if self._after <= 0:
                    self.cancel()

    def warn(self, message: str) -> None:
        self.warnings.append(message)


class Counting:
    """An embedder that counts the chips it was given."""

    def __init__(self, embedder) -> None:
        self._embedder, self.chips = embedder, 0

    def __getattr__(self, name: str):
        return getattr(self._embedder, name)

    def embed(self, chips):
        self.chips += len(chips)
        return self._embedder.embed(chips)

    def stream(self, groups):
        def counted():
            for tag, chips in groups:
                self.chips += len(chips)
                yield tag, chips

        return self._embedder.stream(counted())


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return standin.write_standin(tmp_path_factory.mktemp("model") / "stripes.onnx")


@pytest.fixture(scope="module")
def embedder(model):
    return load_embedder(model, "CPU", 1)


@pytest.fixture(scope="module")
def images(tmp_path_factory) -> dict[str, Path]:
    """``mars``: the target, stripes at 30 degrees; ``earth``: rough ground with such stripes at row 200, column 120,
    of another brightness; ``flat``: the ground alone; ``other``: stripes at 120 degrees."""
    folder = tmp_path_factory.mktemp("images")
    ground = {"left": EARTH_AT[0], "top": EARTH_AT[1], "gain": 3.0, "offset": 900.0}
    basin = standin.planted(320, 320, 200, 120)
    return {
        "mars": standin.write_image(
            folder / "target.tif", 2 * standin.stripes(40, 40, 30.0) + 0.3 * standin.noise(40, 40, 7),
            standin.MARS, 1_000_000.0, 500_000.0,
        ),
        "other": standin.write_image(folder / "other.tif", 2 * standin.stripes(40, 40, 120.0), standin.MARS),
        "earth": standin.write_image(folder / "basin.tif", basin, standin.EARTH, **ground),
        "flat": standin.write_image(folder / "plain.tif", standin.noise(320, 320), standin.EARTH, **ground),
    }  # fmt: skip


def job(images, folder: Path, search: str = "earth", search_path: Path | None = None, **changes) -> SimilarityJob:
    fields = {
        "targets": (Target("ridges", str(images["mars"])),), "search": str(search_path or images[search]),
        "matches": folder / "matches.fgb", "distance": folder / "distance.tif", "report": folder / "report.html",
        "chip_size": CHIP, "step": 80.0, "device": "CPU", "count": 12,
        "pictures": False,
    }  # fmt: skip
    return SimilarityJob(**{**fields, **changes})


def outputs(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith("matches-index"))


@pytest.fixture(scope="module")
def searched(images, embedder, tmp_path_factory):
    """One finished search, that tests look at and do not change."""
    folder = tmp_path_factory.mktemp("searched")
    return find_analogues(job(images, folder, pictures=True), None, Told(), embedder)


def test_a_planted_pattern_is_found_on_earth_for_a_target_on_mars(searched):
    crs, rows = read_matches(searched.matches)
    first = rows[0]
    x, y = EARTH_AT[0] + 1200.0, EARTH_AT[1] - 2000.0
    assert np.hypot(first["x"] - x, first["y"] - y) < 80.0
    assert body_of(crs) == "Earth" and first["body"] == "Earth" and searched.search_body == "Earth"
    assert not searched.weak and not first["weak"] and "stands out" in searched.summary
    assert first["percentile"] < 1.0 and first["target"] == "ridges" and first["size_m"] == CHIP
    assert [r["rank"] for r in rows] == list(range(1, len(rows) + 1))
    assert (np.diff([r["distance"] for r in rows]) >= 0).all()
    assert searched.weak_count == sum(bool(r["weak"]) for r in rows) >= len(rows) - 2
    lon = 87.0 + np.degrees(1200.0 / (6378137 * np.cos(np.radians(37.9))))  # UTM 46's middle is 93 E: x = 500 km.
    assert first["longitude"] == pytest.approx(lon + 6.0, abs=0.002)


def test_listed_places_do_not_overlap(searched):
    rows = read_matches(searched.matches)[1]
    at = np.array([(r["x"], r["y"]) for r in rows])
    apart = np.abs(at[:, None] - at[None]).max(axis=2)[~np.eye(len(at), dtype=bool)]
    assert len(rows) > 5 and apart.min() >= 0.97 * CHIP


def test_the_distance_raster_has_its_least_where_the_first_match_is(searched):
    dataset = gdal.Open(str(searched.distance))
    assert body_of(dataset.GetProjection()) == "Earth" and dataset.RasterCount == 2
    distance, percentile = dataset.ReadAsArray()
    first = read_matches(searched.matches)[1][0]
    left, pixel, _, top, _, _ = dataset.GetGeoTransform()
    row, column = np.unravel_index(np.argmin(np.where(distance == -9999, 9, distance)), distance.shape)
    assert distance[row, column] == pytest.approx(first["distance"], abs=1e-6)
    assert left + (column + 0.5) * pixel == pytest.approx(first["x"], abs=1)
    assert top - (row + 0.5) * pixel == pytest.approx(first["y"], abs=1)
    assert percentile[row, column] == pytest.approx(first["percentile"], abs=1e-4)
    assert (distance == -9999).sum() == searched.unusable == (percentile == -9999).sum()


def test_pictures_page_and_provenance_lie_beside_the_matches(searched):
    folder = searched.matches.parent
    rows = read_matches(searched.matches)[1]
    assert (folder / "matches-thumbnails" / "target-0.png").is_file()
    for r in rows:
        for name in (r["thumbnail"], r["target_thumbnail"]):
            assert gdal.Open(str(folder / name)).RasterXSize == 160
    assert searched.sheet.is_file() and searched.surface.is_file()
    told = json.loads((folder / "matches.fgb.provenance.json").read_text())
    assert told["process"] == "marscd:analoguesimilarity" and len(told["model_sha256"]) == 64
    assert told["parameters"]["chip_size"] == CHIP and told["not_looked_at"]
    text = searched.report.read_text()
    assert text.index(searched.summary[:30]) < text.index("The 12 best pairs") and "What was not looked at" in text


def test_ground_without_the_pattern_gives_a_weak_match(images, embedder, tmp_path):
    found = find_analogues(job(images, tmp_path, "flat"), None, Told(), embedder)
    assert found.weak and found.summary.startswith("The best match is weak: ")
    assert read_matches(found.matches)[1][0]["weak"] == 1


def test_a_pattern_on_mars_is_found_in_degrees_up_to_180_east(images, embedder, tmp_path):
    """A geographic mosaic whose edge is the antimeridian, written as a GeoPackage."""
    pixel = 10.0 / (np.pi / 180 * 3396190.0)
    ground = standin.planted(260, 300, 150, 220)
    path = standin.write_image(tmp_path / "mosaic.tif", ground, "IAU_2015:49900", 180.0 - 300 * pixel, 0.1, pixel)
    where = job(images, tmp_path, matches=tmp_path / "m.gpkg", search_path=path, distance=None, report=None)
    found = find_analogues(where, None, Told(), embedder)
    crs, rows = read_matches(found.matches)
    assert body_of(crs) == "Mars" and rows[0]["longitude"] == pytest.approx(180.0 - 80 * pixel, abs=9 * pixel)
    assert rows[0]["latitude"] == pytest.approx(0.1 - 150 * pixel, abs=9 * pixel)
    assert outputs(tmp_path) == ["m-index", "m-thumbnails", "m.gpkg", "m.gpkg.provenance.json", "mosaic.tif"]


def test_images_without_a_crs_are_compared_in_pixels(images, embedder, tmp_path):
    target = standin.write_image(tmp_path / "target.tif", standin.stripes(36, 36, 30.0))
    search = standin.write_image(tmp_path / "search.tif", standin.planted(200, 200, 100, 60))
    progress = Told()
    asked = job(
        images, tmp_path, targets=(Target("t", str(target)),), search_path=search, chip_size=None, step=8.0,
        pictures=True,
    )  # fmt: skip
    found = find_analogues(asked, None, progress, embedder)
    row = read_matches(found.matches)[1][0]
    assert abs(row["x"] - 60) < 8 and abs(row["y"] - 100) < 8 and row["longitude"] is None and row["size_m"] is None
    assert found.chip_size == 36.0 and any("36 pixels" in m for m in progress.messages)
    assert any("Neither image has a CRS" in w for w in found.warnings) and found.surface.is_file()


def test_each_match_names_its_target_and_weak_targets_are_named(images, embedder, tmp_path):
    two = (Target("across", str(images["other"])), Target("ridges", str(images["mars"])))
    found = find_analogues(job(images, tmp_path, targets=two), None, Told(), embedder)
    rows = read_matches(found.matches)[1]
    assert rows[0]["target"] == "ridges" and {r["target"] for r in rows} == {"ridges", "across"}
    assert any("For the target across the best match is weak" in w for w in found.warnings)


def test_the_targets_own_ground_is_listed_and_said_to_mean_nothing(images, embedder, tmp_path):
    wkt = gdal.Open(str(images["earth"])).GetProjection()
    lon, lat = (float(v) for v in transformer(wkt, geographic_wkt("Earth")).points(501_200.0, 4_198_000.0))
    d = 150.0 / 111_000.0
    area = area_from_extent(lon - d, lat - d, lon + d, lat + d, "Earth")
    found = find_analogues(
        job(images, tmp_path, targets=(Target("here", str(images["earth"]), area),), chip_size=None),
        None, Told(), embedder,
    )  # fmt: skip
    rows = read_matches(found.matches)[1]
    assert rows[0]["reason"].endswith("it shares ground with the target itself")
    assert found.summary.startswith("The best match elsewhere is weak")
    assert 295.0 <= found.chip_size <= 345.0


# -- the index ------------------------------------------------------------------------------------------------------


def test_a_second_search_uses_the_index_and_embeds_its_target_only(images, embedder, tmp_path):
    first, second, third = (Counting(embedder) for _ in range(3))
    find_analogues(job(images, tmp_path), None, Told(), first)
    before = (tmp_path / "matches.fgb").read_bytes()
    progress = Told()
    again = find_analogues(job(images, tmp_path), None, progress, second)
    assert first.chips > 1000 and second.chips == 10 and again.index_reused
    assert any(m.startswith("Used the index made on ") for m in progress.messages)
    assert (tmp_path / "matches.fgb").read_bytes() == before
    other = (Target("across", str(images["other"])),)
    find_analogues(job(images, tmp_path, targets=other), None, Told(), third)
    assert third.chips == 10  # A target larger than a chip is ten.


def test_another_chip_size_gets_an_index_of_its_own(images, embedder, tmp_path):
    first = find_analogues(job(images, tmp_path), None, Told(), embedder)
    other = find_analogues(job(images, tmp_path, chip_size=400.0, step=200.0), None, Told(), embedder)
    assert (first.index.name, other.index.name) == ("matches-index", "matches-index-2") and not other.index_reused
    with pytest.raises(InputError, match="chips of"):
        find_analogues(job(images, tmp_path, chip_size=400.0, step=200.0, index=first.index), None, Told(), embedder)


def test_a_stopped_search_leaves_no_result_and_goes_on(images, embedder, tmp_path):
    stopped, resumed = Counting(embedder), Counting(embedder)
    with pytest.raises(CancelledError):
        find_analogues(job(images, tmp_path), None, Told("Embedding chips", 4), stopped)
    assert outputs(tmp_path) == [] and (tmp_path / "matches-index").is_dir()
    found = find_analogues(job(images, tmp_path), None, Told(), resumed)
    assert 0 < resumed.chips < found.chips and stopped.chips > 100
    assert read_matches(found.matches)[1][0]["distance"] < 0.2


@pytest.mark.parametrize(
    "message", ["Comparing with the targets", "Making thumbnails", "Drawing", "Writing the results"]
)
def test_a_cancel_at_any_later_stage_leaves_no_result(images, embedder, tmp_path, message, searched):
    with pytest.raises(CancelledError):
        find_analogues(job(images, tmp_path, index=searched.index, pictures=True), None, Told(message), embedder)
    assert outputs(tmp_path) == []


# -- second rounds --------------------------------------------------------------------------------------------------


def copied(searched, tmp_path) -> Path:
    import shutil

    return Path(shutil.copytree(searched.index, tmp_path / "index"))


def test_refining_changes_ranks_without_a_network(searched, images, tmp_path):
    index = copied(searched, tmp_path)
    rows = read_matches(searched.matches)[1]
    liked, disliked = rows[5]["index"], rows[1]["index"]
    refine = RefineJob(index, tmp_path / "round2.fgb", (liked,), (disliked,), tmp_path / "d2.tif", tmp_path / "r2.html")
    found = refine_analogues(refine, None, Told())
    again = read_matches(found.matches)[1]
    assert again[0]["index"] == liked and again[0]["verdict"] == "accepted"
    assert disliked not in [r["index"] for r in again] and [r["index"] for r in again] != [r["index"] for r in rows]
    scores = [r["score"] for r in again[1:]]
    assert all(0 <= s <= 1 for s in scores) and (np.diff(scores) <= 1e-6).all()
    assert gdal.Open(str(found.distance)).RasterCount == 3 and found.accepted == (liked,)
    assert "another round" in found.report.read_text().lower()
    # A third round goes on from the verdicts of the second; a change of mind counts.
    third = refine_analogues(RefineJob(index, tmp_path / "round3.fgb", (), (liked,), pictures=False), None, Told())
    assert third.accepted == () and third.rejected == tuple(sorted((liked, disliked)))
    alone = refine_analogues(
        RefineJob(index, tmp_path / "r4.fgb", (liked,), earlier=False, pictures=False), None, Told()
    )
    assert alone.rejected == ()


def test_searches_that_share_an_index_are_refined_one_by_one(images, embedder, tmp_path):
    shared = tmp_path / "index"
    first = find_analogues(job(images, tmp_path, index=shared), None, Told(), embedder)
    other = (Target("across", str(images["other"])),)
    second = find_analogues(
        job(images, tmp_path, targets=other, index=shared, matches=tmp_path / "second.fgb"), None, Told(), embedder
    )
    assert second.index_reused
    liked = first.found[2].index
    again = refine_analogues(
        RefineJob(shared, tmp_path / "r.fgb", (liked,), of=first.matches, pictures=False), None, Told()
    )
    latest = refine_analogues(
        RefineJob(shared, tmp_path / "s.fgb", (liked,), of=second.matches, pictures=False), None, Told()
    )
    assert (again.targets, latest.targets) == (("ridges",), ("across",))
    third = refine_analogues(
        RefineJob(shared, tmp_path / "t.fgb", (), (5,), of=again.matches, pictures=False), None, Told()
    )
    assert third.targets == ("ridges",) and third.accepted == (liked,)
    with pytest.raises(InputError, match="does not tell"):
        refine_analogues(
            RefineJob(shared, tmp_path / "t.fgb", (5,), of=tmp_path / "nothing.fgb", pictures=False), None, Told()
        )


def test_a_moved_source_costs_the_thumbnails_only(searched, tmp_path):
    index = copied(searched, tmp_path)
    job_file = index / "job.json"
    told = json.loads(job_file.read_text())
    told["search"] = str(tmp_path / "gone.tif")
    job_file.write_text(json.dumps(told))
    found = refine_analogues(RefineJob(index, tmp_path / "m.fgb", (5,), pictures=False), None, Told())
    assert any("no thumbnails" in w for w in found.warnings) and found.match_count > 0
    there = refine_analogues(
        RefineJob(index, tmp_path / "m.fgb", (5,), search=str(Path(searched.matches)), pictures=False), None, Told()
    )
    assert any("no thumbnails" in w for w in there.warnings)


def test_verdicts_on_nothing_or_on_unknown_chips_are_refused(searched, tmp_path):
    index = copied(searched, tmp_path)
    with pytest.raises(InputError, match="No match was accepted"):
        refine_analogues(RefineJob(index, tmp_path / "m.fgb"), None, Told())
    with pytest.raises(InputError, match="cannot be accepted"):
        refine_analogues(RefineJob(index, tmp_path / "m.fgb", (10**7,), pictures=False), None, Told())
    with pytest.raises(InputError, match="both"):
        RefineJob(index, tmp_path / "m.fgb", (1,), (1,))
    with pytest.raises(InputError, match="no finished index"):
        refine_analogues(RefineJob(tmp_path / "nowhere", tmp_path / "m.fgb", (1,)), None, Told())


@pytest.mark.parametrize(
    "change",
    [{"job": 2}, {"arrays": "../job-x.npz"}, {"chip_size": float("nan")}, {"targets": []}, {"grid": None},
     {"accepted": [10**9]}, {"crs": 7}],
)  # fmt: skip
def test_a_damaged_job_is_refused_by_name(searched, tmp_path, change):
    index = copied(searched, tmp_path)
    told = json.loads((index / "job.json").read_text())
    (index / "job.json").write_text(json.dumps({**told, **change}))
    with pytest.raises(InputError, match="index"):
        refine_analogues(RefineJob(index, tmp_path / "m.fgb", (5,), pictures=False), None, Told())


# -- nonsense in ----------------------------------------------------------------------------------------------------


def test_nonsense_gives_one_clear_error_and_no_output(images, embedder, tmp_path):
    even = standin.write_image(tmp_path / "even.tif", np.zeros((64, 64)), standin.MARS)
    small = standin.write_image(tmp_path / "small.tif", standin.planted(20, 20, 10, 10, 8), standin.EARTH)
    bare = standin.write_image(tmp_path / "bare.tif", standin.stripes(64, 64, 30.0))
    coarse = standin.write_image(tmp_path / "coarse.tif", standin.stripes(64, 64, 30.0), standin.MARS, pixel=300.0)
    before = outputs(tmp_path)
    for changes, words in (
        ({"targets": (Target("even", str(even)),)}, "even.*no texture"),
        ({"search": str(small)}, "smaller than one chip"),
        ({"targets": (Target("bare", str(bare)),)}, "cannot be brought to one scale"),
        ({"targets": (Target("coarse", str(coarse)),)}, "would hold"),
        ({"step": 5000.0}, "more than four chips"),
    ):
        with pytest.raises(InputError, match=words):
            find_analogues(SimilarityJob(**{**job(images, tmp_path).__dict__, **changes}), None, Told(), embedder)
    assert outputs(tmp_path) == before
    with pytest.raises(InputError, match="same name"):
        job(images, tmp_path, targets=(Target("a", "x"), Target("a", "y")))
    with pytest.raises(InputError, match="no target"):
        job(images, tmp_path, targets=())
    with pytest.raises(OutputError, match="ending in"):
        find_analogues(job(images, tmp_path, matches=tmp_path / "m.shp"), None, Told(), embedder)


def test_hostile_names_are_escaped(images, embedder, tmp_path):
    name = '<img src=x onerror=alert(1)> & "$x^2$" ../../etc'
    found = find_analogues(job(images, tmp_path, targets=(Target(name, str(images["mars"])),)), None, Told(), embedder)
    text = found.report.read_text()
    assert "<img src=x" not in text and "&lt;img src=x" in text
    assert read_matches(found.matches)[1][0]["target"] == name
