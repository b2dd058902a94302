"""Real pairs and their protocol: what is for evaluation only stays out, and halves share no product."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.training.real import EVALUATION_ONLY, SETS, ctx_halves, product_groups, products_of, real_pairs


def test_products_of_a_stem():
    assert products_of("000_N15_068294_XN__N15_068360_XN") == {"N15_068294_XN", "N15_068360_XN"}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=20))
def test_groups_cover_all_and_share_no_product(edges):
    stems = [f"{i:03d}_P{a}__P{b}" for i, (a, b) in enumerate(edges)]
    groups = product_groups(stems)
    assert sorted(s for g in groups for s in g) == sorted(stems)
    seen: set[str] = set()
    for group in groups:
        products = set().union(*(products_of(s) for s in group))
        assert not products & seen
        seen |= products


def test_the_ctx_halves_share_no_product_and_are_about_equal(shared):
    train, held = ctx_halves(shared)
    products = [set().union(*(products_of(s) for s in half)) for half in (train, held)]
    assert train
    assert held
    assert not products[0] & products[1]
    areas = [sum(p.before.size for p in real_pairs(shared, name)) for name in ("ctx_train", "ctx_held")]
    assert 0.6 < areas[0] / areas[1] < 1.6


@pytest.mark.parametrize("name", SETS)
def test_every_set_reads(shared, name):
    pairs = real_pairs(shared, name)
    assert pairs
    for pair in pairs[:3]:
        assert pair.before.shape == pair.after.shape == pair.valid.shape
        assert pair.valid.dtype == bool
        assert pair.valid.mean() > 0.2
        assert np.isfinite(pair.before).all()
        assert pair.evaluation_only == (name in EVALUATION_ONLY)


def test_an_unknown_set_or_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="moon"):
        real_pairs(tmp_path, "moon")
    with pytest.raises(InputError, match="--shared"):
        real_pairs(tmp_path, "frosted_dunes")
    with pytest.raises(InputError, match=r"index\.csv"):
        ctx_halves(tmp_path)
