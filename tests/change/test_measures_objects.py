"""Objects and the one-pixel tolerance, against whole arrays counted directly, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from marscd_plugin.change import measures
from marscd_plugin.change.measures import evaluate
from marscd_plugin.change.measures_objects import LEAST, OVERLAP, Objects, within_a_pixel

EIGHT = np.ones((3, 3))


def directly(true, said):
    """(objects, found, predicted, false) by labelling the whole arrays at once."""
    near_said, near_true = ndimage.binary_dilation(said, EIGHT), ndimage.binary_dilation(true, EIGHT)
    found = total = false = predicted = 0
    labels, count = ndimage.label(true, EIGHT)
    for k in range(1, count + 1):
        size = (labels == k).sum()
        total += size >= LEAST
        found += size >= LEAST and near_said[labels == k].sum() >= OVERLAP * size
    labels, count = ndimage.label(said, EIGHT)
    for k in range(1, count + 1):
        size = (labels == k).sum()
        predicted += size >= LEAST
        false += size >= LEAST and not near_true[labels == k].any()
    return total, found, predicted, false


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 40), st.integers(2, 30), st.floats(0.02, 0.4), st.integers(1, 9))
def test_strips_count_what_the_whole_counts(seed, height, width, share, rows):
    rng = np.random.default_rng(seed)
    true, said = rng.random((2, height, width)) < share
    near_said, near_true = within_a_pixel(said), within_a_pixel(true)
    objects = Objects()
    for top in range(0, height, rows):
        part = np.s_[top : top + rows]
        objects.add(true[part], said[part], near_said[part], near_true[part])
    counts = objects.finish()
    assert (counts.objects, counts.found, counts.predicted, counts.false) == directly(true, said)


def test_a_line_beside_its_truth_is_found_within_a_pixel_only(rasters, monkeypatch):
    """Rows: a line said one row off, a line missed, a false blob, a speck too small to count."""
    monkeypatch.setattr(measures, "_STRIP_PIXELS", 1)
    truth, said = np.zeros((2, 60, 50), np.uint8)
    truth[10, 5:25] = 1
    said[11, 5:25] = 1
    truth[30, 5:25] = 1
    said[45:48, 10:14] = 1
    said[55, 40] = 1
    m = evaluate(rasters.write("s.tif", said), rasters.write("t.tif", truth))
    assert m.sensitivity == 0.0
    assert m.sensitivity_1px == pytest.approx(0.5)
    assert m.precision_1px == pytest.approx(20 / (20 + 13))
    assert (m.objects, m.object_recall, m.predicted_objects, m.false_objects) == (2, 0.5, 2, 1)
    assert m.object_precision == 0.5 and m.object_f1 == 0.5
    calm = 60 * 50 - ndimage.binary_dilation(truth, EIGHT).sum()
    assert m.specificity_1px == pytest.approx(1 - 13 / calm)


def test_what_is_not_compared_makes_no_object(rasters):
    truth, said = np.zeros((2, 40, 40), np.uint8)
    valid = np.ones((40, 40), np.uint8)
    truth[5:10, 5:10] = 1
    said[20:25, 20:25] = 1
    valid[18:] = 0
    m = evaluate(*(rasters.write(n, a) for n, a in (("s.tif", said), ("t.tif", truth))), rasters.write("v.tif", valid))
    assert (m.objects, m.predicted_objects, m.false_objects, m.object_recall) == (1, 0, 0, 0.0)
    assert m.object_precision is None and m.object_f1 is None
