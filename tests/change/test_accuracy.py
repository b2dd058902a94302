"""Accuracy measures against counts made by hand, and the reports."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.change.detector import detect_changes
from marscd_plugin.change.job import DetectJob
from marscd_plugin.change.measures import BINS, average_precision, evaluate, measures_of
from marscd_plugin.change.measures_report import write_measures_report
from marscd_plugin.change.report import write_change_report
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import local_wkt


def test_a_confusion_matrix_by_hand():
    m = measures_of(8, 2, 85, 5)
    assert (m.sensitivity, m.specificity) == pytest.approx((8 / 13, 85 / 87))
    assert m.balanced_accuracy == pytest.approx((8 / 13 + 85 / 87) / 2)
    assert (m.accuracy, m.precision, m.f1, m.iou) == pytest.approx((0.93, 0.8, 16 / 23, 8 / 15))
    assert m.false_positive_rate == pytest.approx(2 / 87) and m.prevalence == pytest.approx(0.13)


def test_the_papers_figures_imply_what_the_reference_says():
    # Sensitivity .64, specificity .996 at a prevalence of 1.7 %: F1 about .68, IoU about .52.
    m = measures_of(round(17000 * 0.64), round(983000 * 0.004), round(983000 * 0.996), round(17000 * 0.36))
    assert m.accuracy == pytest.approx(0.99, abs=0.001)
    assert (m.f1, m.iou) == pytest.approx((0.68, 0.52), abs=0.01)


def test_undefined_is_none():
    nothing = measures_of(0, 0, 10, 0)
    assert nothing.sensitivity is nothing.precision is nothing.f1 is nothing.iou is nothing.balanced_accuracy is None
    assert nothing.specificity == 1.0 and nothing.accuracy == 1.0
    everything = measures_of(5, 0, 0, 0)
    assert everything.specificity is everything.false_positive_rate is None and everything.f1 == 1.0


@given(st.lists(st.tuples(st.integers(0, BINS - 1), st.booleans()), min_size=1, max_size=200))
def test_average_precision_against_its_definition(pixels):
    bins = np.array([b for b, _ in pixels])
    true = np.array([t for _, t in pixels])
    found = average_precision(np.bincount(bins[true], minlength=BINS), np.bincount(bins[~true], minlength=BINS))
    if not true.any():
        assert found is None
        return
    expected, recall = 0.0, 0.0
    for cut in np.unique(bins)[::-1]:
        said = bins >= cut
        now = (said & true).sum() / true.sum()
        expected += (now - recall) * (said & true).sum() / said.sum()
        recall = now
    assert found == pytest.approx(expected)


@pytest.fixture
def scene():
    """Probability, truth and validity, 300 x 400."""
    rng = np.random.default_rng(3)
    truth = np.zeros((300, 400), np.uint8)
    truth[50:80, 100:300] = 1
    probability = np.clip(0.25 + 0.5 * truth + rng.normal(0, 0.2, truth.shape), 0, 1).astype(np.float32)
    return probability, truth, rng.random(truth.shape) > 0.3


def test_probability_against_truth(rasters, scene):
    probability, truth, valid = scene
    probability[:10] = -1
    truth[:, :5] = 255
    p = rasters.write("p.tif", probability, nodata=-1)
    t, v = rasters.write("t.tif", truth), rasters.write("v.tif", valid.astype(np.uint8))
    m = evaluate(p, t, v, threshold=0.6)
    keep = valid & (probability >= 0) & (truth != 255)
    said, true = probability[keep] >= 0.6, truth[keep] == 1
    assert m.true_positives == (said & true).sum() and m.false_positives == (said & ~true).sum()
    assert m.true_negatives == (~said & ~true).sum() and m.false_negatives == (~said & true).sum()
    assert m.average_precision is not None and 0.6 < m.average_precision < 0.9 and m.threshold == 0.6
    assert evaluate(p, t, v).threshold == 0.5


def test_mask_against_truth(rasters, scene):
    probability, truth, _ = scene
    mask = (probability > 0.5).astype(np.uint8)
    mask[:20] = 255
    m = evaluate(rasters.write("m.tif", mask), rasters.write("t.tif", truth.astype(np.float32) * 7), threshold=0.9)
    assert m.average_precision is None and m.threshold is None
    assert m.true_positives == ((mask == 1) & (truth == 1)).sum()
    assert m.true_positives + m.false_negatives + m.true_negatives + m.false_positives == (mask != 255).sum()


def test_what_cannot_be_compared(rasters, scene):
    probability, truth, _ = scene
    p = rasters.write("p.tif", probability)
    for name, kwargs in {
        "size": {"array": truth[:-1].copy()},
        "shift": {"array": truth, "corner": (0.01, 0.0)},
        "crs": {"array": truth, "crs": local_wkt(0, 0)},
        "none": {"array": truth, "crs": ""},
    }.items():
        with pytest.raises(InputError, match="one grid"):
            evaluate(p, rasters.write(f"{name}.tif", **kwargs))
    t = rasters.write("t.tif", truth)
    with pytest.raises(InputError, match=r"probabilities are 0\.\.1"):
        evaluate(rasters.write("dn.tif", probability * 100), t)
    with pytest.raises(InputError, match="neither"):
        evaluate(rasters.write("i.tif", truth.astype(np.int16)), t)
    with pytest.raises(InputError, match="no pixel"):
        evaluate(rasters.write("empty.tif", np.full(truth.shape, 255, np.uint8)), t)


def test_a_mask_cut_again_from_its_probability_is_the_same(rasters, terrain, deep_model, tmp_path):
    after = terrain.copy()
    after[100:110, 50:150] -= 0.03
    job = DetectJob(
        before=rasters.write("before.tif", terrain), after=rasters.write("after.tif", after), model=str(deep_model),
        threshold=0.05, probability=str(tmp_path / "p.tif"), mask=str(tmp_path / "m.tif"),
        polygons=str(tmp_path / "p.fgb"),
    )  # fmt: skip
    detect_changes(job, Quiet())
    m = evaluate(job.probability, job.mask, threshold=0.05)
    assert m.f1 == 1.0 and m.true_positives > 500


class _Page(HTMLParser):
    """Collects tags, and every address a page would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [v for k, v in attrs if k in ("src", "href")]

    def handle_data(self, data):
        self.text += data


def test_change_report_is_one_escaped_file(rasters, terrain, tiny_model, tmp_path):
    after = terrain.copy()
    for number in range(60):
        row, column = 10 + 25 * (number // 8), 10 + 45 * (number % 8)
        after[row : row + 3, column : column + 4] -= 0.06
    job = DetectJob(
        before=rasters.write("before.tif", terrain), after=rasters.write("after.tif", after), model=str(tiny_model),
        probability=str(tmp_path / "p.tif"), mask=str(tmp_path / "m.tif"), polygons=str(tmp_path / "p.fgb"),
        before_id="<script>alert(1)</script>",
    )  # fmt: skip
    result = replace(detect_changes(job, Quiet()), warnings=("a < b & c",))
    path = tmp_path / "report.html"
    write_change_report(path, [result, result], notes=["of a <test>"])
    page = _Page(path.read_text(encoding="utf-8"))
    assert "script" not in page.tags and "<script>alert(1)</script>" in page.text
    assert "a < b & c" in page.text and "of a <test>" in page.text
    assert len(page.addresses) == 6 and all(a.startswith("data:image/jpeg;base64,") for a in page.addresses)
    assert page.text.count("appeared") == 2 * 50 + 2 and "The 50 largest of 60" in page.text
    assert "Changed area" in page.text and "m²" in page.text and "marscd:detectchanges" in page.text


def test_report_where_the_images_have_gone(rasters, terrain, tiny_model, tmp_path):
    job = DetectJob(
        before=rasters.write("before.tif", terrain), after=rasters.write("after.tif", terrain + np.float32(0.0)),
        model=str(tiny_model), probability=str(tmp_path / "p.tif"), mask=str(tmp_path / "m.tif"),
        polygons=str(tmp_path / "p.fgb"),
    )  # fmt: skip
    result = detect_changes(job, Quiet())
    (tmp_path / "before.tif").unlink()
    (tmp_path / "after.tif").unlink()
    write_change_report(tmp_path / "report.html", [result])
    page = _Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "No change was found" in page.text and len(page.addresses) == 1


def test_measures_report(tmp_path):
    write_measures_report(tmp_path / "m.html", measures_of(0, 0, 10, 0), "<p>.tif", "t.tif", 0.5)
    page = _Page((tmp_path / "m.html").read_text(encoding="utf-8"))
    assert "undefined" in page.text and "<p>.tif" in page.text and "1.0000" in page.text
