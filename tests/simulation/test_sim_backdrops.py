"""Which real ground may be used, and how it is split."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation.backdrops import (
    EVALUATION_ONLY,
    _clean,
    named_backdrops,
    real_backdrops,
    simulated_backdrop,
    split_of,
    usable,
)


def test_split_is_fixed_forever():
    known = {
        "ESP_016631_2535": "validation",
        "ESP_028733_1370": "train",
        "PSP_008027_2070": "train",
        "ESP_012810_0925": "validation",
    }
    assert {i: split_of(i) for i in known} == known
    ids = [f"ESP_{n:06d}_1380" for n in range(2000)]
    share = sum(split_of(i) == "validation" for i in ids) / len(ids)
    assert 0.17 < share < 0.23


def test_evaluation_observations_are_never_usable():
    assert not any(usable(i) for i in EVALUATION_ONLY)
    assert not usable("ESP_024646_2570")
    assert usable("PSP_008027_2070")


def test_real_backdrops_are_split_by_observation(shared):
    seen = {}
    for split in ("train", "validation"):
        ids, shapes = set(), []
        for observation, folder, image in named_backdrops(shared, split):
            ids.add(observation)
            assert folder in ("hirise_crops", "hirise_strips", "native")
            assert image.dtype == np.float32 and image.ndim == 2
            assert np.isfinite(image).mean() >= 0.75
            shapes.append(min(image.shape))
        seen[split] = ids
        assert len(shapes) > 300 and min(shapes) >= 200
    assert not seen["train"] & seen["validation"]
    everything = seen["train"] | seen["validation"]
    assert not everything & EVALUATION_ONLY
    assert not any(i.endswith("2570") for i in everything)
    in_pairs = {p.name[:15] for p in (shared / "data" / "pairs" / "stereo_anaglyph").glob("*.png")}
    in_pairs |= {p.name[16:31] for p in (shared / "data" / "pairs" / "stereo_anaglyph").glob("*.png")}
    assert in_pairs and not everything & in_pairs


def test_real_backdrops_gives_arrays_alone(shared):
    assert isinstance(next(real_backdrops(shared, "validation")), np.ndarray)


def test_unknown_split_and_folder_are_refused(tmp_path):
    with pytest.raises(InputError):
        next(named_backdrops(tmp_path, "test"))
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
