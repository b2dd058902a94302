"""The evaluation's sets: fixed by their seeds, apart from training, scored where they say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation.backdrops import split_of
from marscd_plugin.simulation.kinds import Kind
from marscd_plugin.training import protocol
from marscd_plugin.training.excluded import EXCLUDED, excluded_mask
from marscd_plugin.training.protocol import _wanted, evaluation_pairs, simulated_pairs, sun_moved


@pytest.fixture
def ground(monkeypatch):
    """Two made-up observations instead of the real ones."""
    rng = np.random.default_rng(0)
    images = [(f"ESP_{i:06d}_1500", "hirise_crops", rng.normal(100, 12, (120, 120)).astype(np.float32)) for i in (1, 2)]
    asked = []

    def backdrops(_shared, split):
        asked.append(split)
        return iter(images)

    monkeypatch.setattr(protocol, "named_backdrops", backdrops)
    return asked


def test_the_sets_hold_what_they_say():
    rsl, thin, other = (list(_wanted(part)) for part in ("rsl", "thin", "other"))
    assert sum(kind is None for kind, _ in rsl) == protocol.RSL_QUIET and len(rsl) == 160
    assert {kind for kind, _ in thin} == {Kind.RSL} and {width for _, width in thin} == {(1.0, 2.0)}
    for kind in protocol.NAMED_KINDS + protocol.MORE_KINDS:
        assert sum(k is kind for k, _ in other) == protocol.KIND_PAIRS
    # False objects among the other phenomena are counted over ten megapixels.
    assert len(other) * protocol.SIZE**2 > 10e6


def test_a_pair_is_the_same_whenever_it_is_drawn(ground, tmp_path):
    first = next(iter(simulated_pairs(tmp_path, "thin")))
    again = next(iter(evaluation_pairs(tmp_path, tmp_path, ("thin",))))
    np.testing.assert_array_equal(first.before, again.before)
    np.testing.assert_array_equal(first.labels, again.labels)
    assert first.site == again.site and first.name == again.name
    assert set(ground) == {"test"}


def test_what_is_drawn_is_labelled_and_lines_are_as_wide_as_asked(ground, tmp_path):
    pairs = list(simulated_pairs(tmp_path, "thin", share=0.1))
    assert len(pairs) == 6
    widths = [o.width_px for p in pairs for o in p.objects]
    assert widths and min(widths) >= 1.0 and max(widths) <= 2.0
    for pair in pairs:
        assert not (pair.truth & ~pair.valid).any() and not (pair.scored & ~pair.valid).any()
        assert set(np.unique(pair.labels[pair.truth])) <= {o.id for o in pair.objects}
        assert pair.turn is not None and 0 <= pair.turn < 180


def test_unknown_sets_are_refused(tmp_path):
    with pytest.raises(InputError, match="no evaluation set"):
        list(evaluation_pairs(tmp_path, tmp_path, ("everything",)))


def test_the_sun_moves_by_the_angle_between_its_directions():
    assert sun_moved(50, 50, 0) == pytest.approx(0, abs=1e-5)
    assert sun_moved(40, 55, 0) == pytest.approx(15)
    assert sun_moved(90, 90, 33) == pytest.approx(33)
    assert sun_moved(0, 0, 120) == pytest.approx(0, abs=1e-5)
    assert sun_moved(60, 60, 180) == pytest.approx(120)
    assert math.isfinite(sun_moved(1e-9, 1e-9, 1e-9))


def test_excluded_polygons_lie_in_their_pairs_and_give_reasons(shared):
    from marscd_plugin.training.real import real_pairs

    pairs = {p.name: p for p in real_pairs(shared, "stereo_anaglyph")}
    assert set(EXCLUDED) == set(pairs)
    total = left = 0
    for name, parts in EXCLUDED.items():
        rows, columns = pairs[name].before.shape
        assert all(len(p.reason) > 10 for p in parts)
        assert all(0 <= x <= columns and 0 <= y <= rows for p in parts for x, y in p.polygon)
        mask = excluded_mask(name, (rows, columns))
        assert mask.any() == bool(parts)
        total, left = total + mask.size, left + int(mask.sum())
    assert left < 0.15 * total
    assert not excluded_mask("another pair", (20, 30)).any()


def test_no_backdrop_of_the_evaluation_was_trained_or_chosen_on(shared):
    from marscd_plugin.simulation.backdrops import EVALUATION_ONLY, named_backdrops

    seen = {split: {name for name, _, _ in named_backdrops(shared, split)} for split in ("train", "tune", "test")}
    assert not seen["test"] & (seen["train"] | seen["tune"])
    assert all(split_of(name) == "test" for name in seen["test"]) and len(seen["test"]) > 10
    assert not EVALUATION_ONLY & set().union(*seen.values())
