"""Training on a user's chips: what is held out, clear refusals, a whole run with its report."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("onnx", reason="needs onnx (the train extra)")
pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")
pytest.importorskip("osgeo", reason="needs GDAL")
cv2 = pytest.importorskip("cv2", reason="needs OpenCV")

from marscd_plugin.common.errors import CancelledError, InputError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.inference.embedding import load_embedder  # noqa: E402
from marscd_plugin.training import analogue_teach  # noqa: E402
from marscd_plugin.training.analogue_job import AnalogueJob, read_analogue_job  # noqa: E402
from marscd_plugin.training.analogue_split import hold_out, needs_regions  # noqa: E402
from marscd_plugin.training.chip_folder import read_chip_folder  # noqa: E402
from marscd_plugin.training.chip_sets import ChipSet  # noqa: E402
from marscd_plugin.training.retrieval import pairwise, rank  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def chips(rows, bodies=None) -> ChipSet:
    """Rows of (region, group, count)."""
    labels = np.array([r for r, _, n in rows for _ in range(n)])
    groups = np.array([g for _, g, n in rows for _ in range(n)])
    told = np.array([b for b, (_, _, n) in zip(bodies or [""] * len(rows), rows, strict=True) for _ in range(n)])
    names = tuple("ABCD"[: int(labels.max()) + 1])
    return ChipSet(np.zeros((len(labels), 4, 4), np.float32), labels, groups, names, tuple(map(str, labels)), told)


def data_set(folder, groups=3, per_group=4, regions=("blobs", "speckle")):
    """Textures as a data set on disk, 100 pixels a chip."""
    rng = np.random.default_rng(4)
    rows = []
    for k, region in enumerate(regions):
        (folder / region).mkdir(parents=True)
        for n in range(groups * per_group):
            noise = rng.normal(size=(100, 100)).astype(np.float32)
            values = cv2.GaussianBlur(noise, (0, 0), 9) * 18 if k == 0 else cv2.GaussianBlur(noise, (0, 0), 1) * 3
            cv2.imwrite(str(folder / region / f"{n}.png"), np.clip(128 + 30 * values, 0, 255).astype(np.uint8))
            rows.append((f"{region}/{n}.png", region, f"{region} {n // per_group}"))
    with (folder / "manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "region", "group", "longitude", "latitude", "size_m", "body", "source"])
        writer.writerows([*row, "", "", "", "", ""] for row in rows)
    return folder


# What is held out


def test_whole_groups_are_held_out_and_enough_is_left():
    told = chips([(0, "a", 10), (0, "b", 10), (0, "c", 5), (1, "d", 4), (1, "e", 4), (1, "f", 4), (1, "c", 2)])
    held = hold_out(told, 0.25, 1, sides=True)
    assert held.untested == ()
    for group in set(told.groups):
        assert len(set(held.held[told.groups == group])) == 1
    for k in (0, 1):
        assert held.held[told.labels == k].any()
        assert len(set(told.groups[~held.held & (told.labels == k)])) >= 2
    assert 0.1 < held.held.mean() < 0.5
    assert np.array_equal(held.held, hold_out(told, 0.25, 1, sides=True).held)


def test_a_region_without_a_group_to_spare_is_named():
    rows = [(0, "a", 5), (0, "b", 5), (1, "c", 5), (1, "d", 5), (1, "e", 5)]
    held = hold_out(chips(rows), 0.3, 1, sides=True)
    assert held.untested == ("A",) and held.held.sum() == 5
    assert hold_out(chips(rows), 0.3, 1, sides=False).untested == ()
    # Two real bodies: one group on either is what the paper has, and none of them can be spared.
    paper = chips([(0, "a", 5), (0, "b", 5), (1, "c", 5), (1, "d", 5)], ["Earth", "Mars"] * 2)
    with pytest.raises(InputError, match=r"No group of chips can be held out.*set the held-out share to 0"):
        hold_out(paper, 0.2, 1, sides=True)
    nothing = hold_out(paper, 0.0, 1, sides=True)
    assert not nothing.held.any() and nothing.untested == ("A", "B")


def test_too_few_regions_and_chips_are_told():
    with pytest.raises(InputError, match="only one region: A"):
        needs_regions(chips([(0, "a", 9)]))
    with pytest.raises(InputError, match="region B has 3 chips"):
        needs_regions(chips([(0, "a", 9), (1, "b", 3)]))


# The job


def test_a_job_that_no_run_could_do_is_refused(tmp_path):
    for told, said in (
        ({"network": "VIT"}, "no network 'VIT'"), ({"epochs": 0}, "0 epochs"), ({"held_out": 0.9}, "0.9"),
        ({"held_out": float("nan")}, "nan"), ({"sub_areas": 1}, "out of range"), ({"output": "m.pt"}, "no name"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=said):
            AnalogueJob(**({"chips": "c", "output": "m.onnx"} | told))
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"chips": "c", "output": "m.onnx", "epochs": 7, "network": "EMBEDDING"}))
    assert read_analogue_job(path) == AnalogueJob("c", "m.onnx", network="EMBEDDING", epochs=7)
    for text in ("[]", "{", '{"chips": "c"}', '{"chips": "c", "output": "m.onnx", "more": 1}'):
        path.write_text(text)
        with pytest.raises(InputError, match="cannot be read"):
            read_analogue_job(path)


# A whole run


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of the paper's network on two textures."""
    base = tmp_path_factory.mktemp("taught")
    job = AnalogueJob(
        str(data_set(base / "chips")),
        str(base / "my own.onnx"),
        str(base / "report.html"),
        epochs=4,
        sub_areas=4,
        threads=1,
    )
    path = base / "job.json"
    path.write_text(json.dumps(vars(job)))
    return base, analogue_teach.teach_analogue(path, Quiet())


def test_a_run_ends_with_a_model_its_numbers_and_a_page(run):
    base, told = run
    assert (told["chips"], told["regions"], told["groups"]) == (24, ["blobs", "speckle"], 6)
    assert told["held_groups"] == 2 and told["held_chips"] == 8 and told["untested"] == []
    assert told["epochs"] == 4 and told["chance_1"] == pytest.approx(0.4, abs=0.05)
    embedder = load_embedder(base / "my own.onnx", "CPU", 1)
    # The figures are of the file that was written, on the groups that were held out.
    found = read_chip_folder(base / "chips", 100, Quiet())
    held = hold_out(found, 0.2, 1, sides=True).held
    d = pairwise(embedder.embed(found.pixels))[held]
    ranking = rank(d, found.labels[held], found.groups[held], found.labels, found.groups)
    assert told["recall_1"] == pytest.approx(ranking.recall(1)) and len(ranking.queries) == 8
    assert told["map"] == pytest.approx(ranking.average_precision())
    assert embedder.sha256 == told["sha256"] and embedder.card.name == "my-own" == told["name"]
    assert embedder.card.scores["held_recall_1"] == pytest.approx(told["recall_1"], abs=1e-5)
    assert embedder.card.scores["pair_accuracy_paper_split"] == pytest.approx(told["pair_accuracy"], abs=1e-5)
    assert embedder.card.alike is not None and "blobs: 8 (2)" in embedder.card.training_data
    page = (base / "report.html").read_text()
    assert "Recall@1" in page and "mean average precision" in page and "Pair accuracy" in page
    assert "Only 8 chips of 2 groups were held out" in page
    json.dumps(told, allow_nan=False)


def test_nothing_held_out_is_said(tmp_path):
    folder = data_set(tmp_path / "chips", groups=2, per_group=2)
    job = AnalogueJob(
        str(folder), str(tmp_path / "m.onnx"), str(tmp_path / "r.html"), epochs=1, held_out=0, sub_areas=2
    )
    taught = analogue_teach.train_analogue(job, Quiet())
    told = analogue_teach.results(taught)
    assert told["recall_1"] is None and told["held_chips"] == 0 and told["pair_accuracy"] is not None
    assert "Nothing was held out" in (tmp_path / "r.html").read_text()


def test_a_stopped_run_leaves_no_model(tmp_path):
    class StopsInTraining(Quiet):
        def report(self, fraction, message=""):
            if "Epoch" in message:
                self.cancel()

    folder = data_set(tmp_path / "chips", groups=2, per_group=2)
    job = AnalogueJob(str(folder), str(tmp_path / "m.onnx"), epochs=50, held_out=0, sub_areas=2, threads=1)
    with pytest.raises(CancelledError):
        analogue_teach.train_analogue(job, StopsInTraining())
    assert not (tmp_path / "m.onnx").exists()
