"""The matrix of candidate regions and targets: by numbers worked out by hand, and with a stand-in network."""

from __future__ import annotations

import csv
import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from marscd_plugin.common.errors import CancelledError, InputError, OutputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.inference.embedding import load_embedder
from marscd_plugin.planet.areas import area_from_extent
from marscd_plugin.planet.crs import geographic_wkt, spatial_reference, transformer
from marscd_plugin.workflows.analogue_jobs import FolderRegions, ImageRegions, MatrixJob
from marscd_plugin.workflows.analogue_matrix import matrix_of
from marscd_plugin.workflows.analogue_table import matrix_csv, pair_wins, paired

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
_SPEC = importlib.util.spec_from_file_location("analogue_standin", Path(__file__).with_name("analogue_standin.py"))
standin = importlib.util.module_from_spec(_SPEC)
sys.modules["analogue_standin"] = standin
_SPEC.loader.exec_module(standin)


class ByHand:
    """An embedder whose vector is the chip's mean, over 100, and 0: distances can be told by hand."""

    card = replace(standin.CARD, metric="euclidean", dimensions=2, name="by hand")
    device, sha256, notes = "CPU", "0" * 64, ()

    def embed(self, chips: np.ndarray) -> np.ndarray:
        means = np.nanmean(chips, axis=(1, 2)) / 100.0
        return np.stack([means, np.zeros_like(means)], axis=1).astype(np.float32)


def chips(folder: Path, regions: dict[str, list[float]]) -> FolderRegions:
    """A folder with one image a number, of that mean."""
    ground = standin.stripes(32, 32, 20.0)
    ground -= ground.mean()
    for name, means in regions.items():
        (folder / name).mkdir(parents=True)
        for number, mean in enumerate(means):
            standin.write_image(folder / name / f"{number}.tif", ground, gain=5.0, offset=mean)
    return FolderRegions(folder)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_the_tables_hold_what_can_be_worked_out_by_hand(tmp_path):
    candidates = chips(tmp_path / "c", {"A": [100, 110, 123, 131], "B": [200, 260], "=cmd": [400]})
    targets = chips(tmp_path / "t", {"A'": [90, 140], "B'": [215]})
    job = MatrixJob(targets, candidates, tmp_path / "m.csv", report=tmp_path / "m.html")
    found = matrix_of(job, None, Quiet(), ByHand())
    assert rows_of(found.matrix) == [
        ["region", "A'", "B'"], ["'=cmd", "2.6", "1.85"], ["A", "0.09", "0.84"], ["B", "0.6", "0.15"]
    ]  # fmt: skip
    assert found.pairs == ((1, 0), (2, 1)) and found.diagonal_wins == found.diagonal_count == 2
    assert found.row_nearest == ("B'", "A'", "B'") and found.column_nearest == ("A", "B")
    quartiles = rows_of(found.quartiles)
    # A's four sub-areas lie 0.1, 0.2, 0.17, 0.09 from the nearest chip of A'.
    assert quartiles[1] == ["A", "A'", "4", "0.09", "0.095", "0.135", "0.185", "0.2", "2"]
    assert quartiles[2][:4] == ["B", "B'", "2", "0.15"] and len(quartiles) == 7
    text = found.report.read_text()
    assert "all 2 pairs are the nearest" in found.summary and '<td class="own">0.090</td>' in text
    assert (tmp_path / "m.csv.provenance.json").is_file() and found.chip_size is None


def test_a_lost_diagonal_is_named(tmp_path):
    candidates = chips(tmp_path / "c", {"A": [100], "B": [101]})
    targets = chips(tmp_path / "t", {"A'": [102], "B'": [150]})
    found = matrix_of(MatrixJob(targets, candidates, tmp_path / "m.csv", pictures=False), None, Quiet(), ByHand())
    assert found.diagonal_wins == 0 and "0 of 2 pairs" in found.summary and "A and A', B and B'" in found.summary


def test_pairs_go_by_name_and_else_by_order():
    assert paired(["A", "b ", "X"], ["B\u2032", "A'"]) == ((0, 1), (1, 0))
    assert paired(["one", "two"], ["eins", "zwei"]) == ((0, 0), (1, 1))
    assert paired(["one"], ["eins", "zwei"]) == ()
    assert pair_wins([[0.1, 0.2], [0.3, 0.2]], 0, 0) and not pair_wins([[0.1, 0.2], [0.3, 0.2]], 1, 1)
    assert "'@x" in matrix_csv(["@x", "-1"], ["t"], [[0.5], [0.25]]) and "\n-1,0.25" in matrix_csv(
        ["-1"], ["t"], [[0.25]]
    )


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    """Three kinds of stripes on Earth and on Mars, as areas of one image each."""
    folder = tmp_path_factory.mktemp("regions")
    made = {}
    for body, crs, left, top, gain in (
        ("Earth", standin.EARTH, 500_000.0, 4_200_000.0, 4.0), ("Mars", standin.MARS, 1_000_000.0, 300_000.0, 30.0),
    ):  # fmt: skip
        ground = 0.4 * standin.noise(120, 420, 3 if body == "Mars" else 4)
        areas = []
        turn = transformer(spatial_reference(crs).ExportToWkt(["FORMAT=WKT2_2019"]), geographic_wkt(body))
        for number, name in enumerate("ABC"):
            column = 20 + 140 * number
            ground[10:110, column : column + 100] += 2 * standin.stripes(100, 100, 15.0 + 60 * number)
            west, north = (float(v) for v in turn.points(left + column * 10 + 50, top - 150))
            east, south = (float(v) for v in turn.points(left + column * 10 + 950, top - 1050))
            areas.append((name + ("'" if body == "Mars" else ""), area_from_extent(west, south, east, north, body)))
        image = standin.write_image(folder / f"{body}.tif", ground, crs, left, top, gain=gain, offset=500.0)
        made[body] = ImageRegions(str(image), tuple(areas))
    return made


@pytest.fixture(scope="module")
def embedder(tmp_path_factory):
    return load_embedder(standin.write_standin(tmp_path_factory.mktemp("model") / "stripes.onnx"), "CPU", 1)


def test_regions_of_two_bodies_find_each_other(regions, embedder, tmp_path):
    job = MatrixJob(regions["Mars"], regions["Earth"], tmp_path / "m.csv", report=tmp_path / "m.html", device="CPU")
    found = matrix_of(job, None, Quiet(), embedder)
    assert found.rows == ("A", "B", "C") and found.columns == ("A'", "B'", "C'")
    assert found.diagonal_wins == found.diagonal_count == 3
    assert 250 <= found.chip_size <= 320 and not found.warnings
    assert rows_of(found.quartiles)[1][2] == "10"
    assert [p.name for p in found.pictures] == ["m-quartiles.png", "m-surfaces.png"]
    text = found.report.read_text()
    assert text.count("data:image/png") == 2 and "10 sub-areas" in text


def test_no_texture_names_the_region_and_nothing_is_written(regions, embedder, tmp_path):
    even = chips(tmp_path / "t", {"A": [100]})
    flat = standin.write_image(tmp_path / "t" / "A" / "0.tif", np.zeros((32, 32)))
    assert flat.is_file()
    job = MatrixJob(even, regions["Earth"], tmp_path / "out" / "m.csv")
    with pytest.raises(InputError, match="No target has a chip"):
        matrix_of(job, None, Quiet(), embedder)
    assert not (tmp_path / "out").exists()
    with pytest.raises(OutputError, match="csv"):
        MatrixJob(even, even, tmp_path / "m.txt")
    with pytest.raises(InputError, match="sub-areas"):
        MatrixJob(even, even, tmp_path / "m.csv", per_region=0)
    with pytest.raises(InputError, match="regions were given"):
        MatrixJob(even, ImageRegions("x.tif", ()), tmp_path / "m.csv")


def test_a_cancel_leaves_nothing(regions, embedder, tmp_path):
    progress = Quiet()
    watched = SimpleNamespace(report=lambda f, m="": progress.cancel() if m == "Drawing" else None,
                              warn=lambda m: None, cancelled=progress.cancelled)  # fmt: skip
    job = MatrixJob(regions["Mars"], regions["Earth"], tmp_path / "out" / "m.csv", report=tmp_path / "out" / "m.html")
    with pytest.raises(CancelledError):
        matrix_of(job, None, watched, embedder)
    assert not (tmp_path / "out").exists()
