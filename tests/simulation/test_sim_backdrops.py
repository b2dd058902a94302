"""Which real ground may be used, and how it is split."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation.backdrops import (
    EVALUATION_ONLY,
    SPLITS,
    _clean,
    hash_of,
    named_backdrops,
    real_backdrops,
    simulated_backdrop,
    split_of,
    usable,
)


def test_split_is_fixed_forever():
    known = {
        "ESP_016631_2535": "tune",
        "ESP_028733_1370": "train",
        "PSP_008027_2070": "train",
        "ESP_012810_0925": "tune",
        "PSP_001446_1790": "test",
    }
    assert {i: split_of(i) for i in known} == known
    ids = [f"ESP_{n:06d}_1380" for n in range(4000)]
    shares = {name: sum(split_of(i) == name for i in ids) / len(ids) for name in SPLITS}
    assert shares["test"] == pytest.approx(0.18, abs=0.02)
    assert shares["tune"] == pytest.approx(0.12, abs=0.02)
    assert sum(shares.values()) == pytest.approx(1.0)


@given(st.text(min_size=1, max_size=40))
def test_every_name_is_in_one_split_and_the_held_part_of_the_first_model_in_none_of_training(name):
    assert 0 <= hash_of(name) < 1
    assert (split_of(name) == "train") == (hash_of(name) >= 0.3)
    assert (split_of(name) == "test") == (hash_of(name) < 0.18)


def test_evaluation_observations_are_never_usable():
    assert not any(usable(i) for i in EVALUATION_ONLY)
    assert not usable("ESP_024646_2570")
    assert usable("PSP_008027_2070")


def test_real_backdrops_are_split_by_observation(shared):
    seen = {}
    for split in SPLITS:
        ids, shapes = set(), []
        for observation, folder, image in named_backdrops(shared, split):
            ids.add(observation)
            assert folder in ("hirise_crops", "hirise_strips", "native")
            assert image.dtype == np.float32 and image.ndim == 2
            assert np.isfinite(image).mean() >= 0.75
            shapes.append(min(image.shape))
        seen[split] = ids
        assert len(shapes) > 150 and min(shapes) >= 200
    assert not seen["train"] & seen["tune"] and not seen["train"] & seen["test"] and not seen["tune"] & seen["test"]
    everything = set().union(*seen.values())
    assert not everything & EVALUATION_ONLY
    assert not any(i.endswith("2570") for i in everything)
    in_pairs = {p.name[:15] for p in (shared / "data" / "pairs" / "stereo_anaglyph").glob("*.png")}
    in_pairs |= {p.name[16:31] for p in (shared / "data" / "pairs" / "stereo_anaglyph").glob("*.png")}
    assert in_pairs and not everything & in_pairs


def test_real_backdrops_gives_arrays_alone(shared):
    assert isinstance(next(real_backdrops(shared, "tune")), np.ndarray)


def test_unknown_split_and_folder_are_refused(tmp_path):
    with pytest.raises(InputError):
        next(named_backdrops(tmp_path, "validation"))
    with pytest.raises(InputError):
        next(named_backdrops(tmp_path, "train"))


def test_black_fill_becomes_nan_and_shadows_stay():
    rng = np.random.default_rng(0)
    image = rng.integers(80, 120, (200, 200)).astype(np.uint8)
    image[:, :20] = 0
    image[100:103, 100:103] = 0
    clean = _clean(image)
    assert clean is not None
    assert np.isnan(clean[:, :20]).all() and np.isfinite(clean[101, 101])
    image[:, :90] = 0
    assert _clean(image) is None


def test_simulated_backdrop_is_seeded_terrain():
    first, second = (simulated_backdrop(np.random.default_rng(4), 200) for _ in range(2))
    assert first.height.shape == first.albedo.shape == (200, 200)
    assert np.array_equal(first.height, second.height)
    assert first.albedo.min() > 0.3 and first.albedo.max() < 2.0
