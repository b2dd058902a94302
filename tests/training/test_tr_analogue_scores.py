"""Figures: what is counted, what is left out, what is chosen, and what the tables say."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("cv2", reason="needs OpenCV")
pytest.importorskip("pytorch_metric_learning", reason="needs pytorch-metric-learning (the train extra)")

from marscd_plugin.common.progress import Quiet
from marscd_plugin.inference.embedding import load_embedder
from marscd_plugin.inference.models import embedding_models
from marscd_plugin.training.analogue_baselines import standardised, statistics_of, untrained
from marscd_plugin.training.analogue_lines import lines
from marscd_plugin.training.analogue_net import EmbeddingConfig
from marscd_plugin.training.analogue_recipe import ShareRow, chosen_share, landform_pairs
from marscd_plugin.training.analogue_scores import (
    LOOSE,
    Figures,
    Way,
    across,
    ahead,
    found_among,
    found_within,
    on_both,
)
from marscd_plugin.training.analogue_stability import stability
from marscd_plugin.training.chip_sets import ON_BOTH, ChipSet


def chips(labels, groups, classes, px=48, body="Mars") -> ChipSet:
    rng = np.random.default_rng(1)
    count = len(labels)
    pixels = rng.uniform(0, 255, (count, px, px)).astype(np.float32)
    return ChipSet(pixels, np.array(labels, np.int64), np.array(groups),
                   tuple(classes), tuple(map(str, range(count))), np.full(count, body))  # fmt: skip


def test_chips_of_the_querys_own_observation_are_not_found():
    held = chips([0, 0, 0, 1, 1], ["a", "a", "b", "b", "c"], ("dune", "crater"))
    line = np.array([[0.0], [0.1], [5.0], [0.2], [9.0]])
    found = found_within("by hand", line, held)
    # Chip 0: its twin 1 is of its observation; the crater 3 is nearest, the dune 2 comes second.
    assert found.ranking.first.tolist() == [2, 2, 2, 3, 2]
    assert found.of_class(0)[:3] == (3, 2, 0.0)
    assert found.confused[0, 1] == 1.0 and found.confused[1, 0] == 1.0


def test_a_way_is_ahead_by_the_mean_over_landforms_of_the_same_queries():
    held = chips([0, 0, 0, 0, 1, 1], list("abcdef"), ("dune", "crater"))
    good = found_within("good", np.array([[0.0], [0.1], [0.2], [0.3], [9.0], [9.1]]), held)
    bad = found_within("bad", np.array([[0.0], [5.0], [10.0], [0.3], [5.1], [10.1]]), held)
    recall, precision = ahead(good, bad)
    # Of the dunes two of four, of the craters none: 1 - 0.5 and 1 - 0.
    assert recall.value == pytest.approx(0.75) and recall.low <= 0.75 <= recall.high and precision.value > 0
    with pytest.raises(ValueError, match="the same"):
        ahead(good, found_within("other", np.arange(3.0)[:, None], held.where([0, 1, 2])))


def test_chance_of_a_gallery_is_that_of_random_orders():
    one = chips([0], ["q"], ("dune", "rest"))
    two = chips([0, 1, 1, 1], ["a", "a", "b", "b"], ("dune", "rest"))
    found = found_among("x", (np.zeros((1, 2)), one), (np.zeros((4, 2)), two))
    assert found.chance == (pytest.approx(0.25), pytest.approx(1.0))


def test_across_bodies_only_common_landforms_ask():
    mars = chips([0, 1, 2, -1], ["m1", "m2", "m3", "m4"], ("dark dune", "bright dune", "spider"))
    earth = chips([0, 1, 2], ["e1", "e2", "e2"], ("crescentic_dunes", "volcanic", "salt_lake"), body="Earth")
    pair = on_both(mars, earth, ON_BOTH)
    assert pair.mars.classes[0] == "dune" and pair.mars.labels.tolist()[:2] == [0, 0] and pair.mars.labels[3] == -1
    way = Way("by hand", lambda c: c, 48)
    vectors = (np.array([[0.0], [8.0], [4.0], [5.0]]), np.array([[0.5], [7.0], [7.5]]))
    asked = across(way, pair, vectors, "dune", True)
    assert (asked.queries, asked.groups, asked.recall.value) == (2, 2, 1.0)
    assert dict(asked.nearest) == {"dune": 0.5, "salt_lake": 0.5}
    back = across(way, pair, vectors, "dune", False)
    assert back.asking == "Earth" and back.queries == 1 and dict(back.nearest) == {"dune": 1.0}


def test_pairs_of_one_observation_set_no_distance():
    held = chips([0, 0, 1, 1, -1], ["a", "a", "a", "b", "c"], ("x", "y"))
    distances, similar = landform_pairs(np.arange(5.0)[:, None], held)
    assert sorted(zip(distances.tolist(), similar.tolist(), strict=True)) == [(1.0, True), (2.0, False), (3.0, False)]


def test_the_share_is_the_best_of_the_steady_ones():
    rows = [ShareRow(0.0, 0.3, 0.3, 0.99), ShareRow(0.5, 0.5, 0.4, 0.96), ShareRow(1.0, 0.9, 0.9, 0.80)]
    assert chosen_share(rows) == 0.5
    unsteady = [ShareRow(0.0, 0.3, 0.3, 0.90), ShareRow(0.5, 0.5, 0.4, 0.895), ShareRow(1.0, 0.9, 0.9, 0.80)]
    assert chosen_share(unsteady) == 0.5


def test_statistics_do_not_see_brightness_contrast_or_quarter_turns():
    rng = np.random.default_rng(4)
    ground = np.cumsum(rng.normal(size=(3, 64, 64)), axis=2).astype(np.float32)
    first = statistics_of(ground)
    assert first.shape == (3, 92) and np.isfinite(first).all()
    assert np.allclose(first, statistics_of(3 * ground + 70), atol=1e-3)
    # A turn moves ties of grey and of the borders a little, another piece of ground much more.
    turned = statistics_of(np.rot90(ground, 1, (1, 2)).copy())
    assert np.abs(first - turned).max() < 0.3 * np.abs(first[0] - first[1]).max()


def test_a_chip_that_is_left_alone_is_known_again_and_a_blind_way_knows_none():
    held = chips([-1] * 6, ["a"] * 6, (), px=64)
    seeing = stability(lambda c: c.reshape(len(c), -1), held, 32, Quiet(), kinds=("noise",))[0]
    blind = stability(lambda c: np.ones((len(c), 2), np.float32), held, 32, Quiet(), kinds=("noise",))[0]
    assert seeing.kept().all() and seeing.interval().value == 1.0
    assert blind.kept().sum() == 1, "all at distance 0: the first is taken for every one"


def test_the_tables_hold_every_way_and_chance():
    held = chips([0, 0, 1, 1, -1, -1], list("abcdef"), ("crater", "dark dune"), px=64)
    learned = held.pixels
    config = EmbeddingConfig(px=32, widths=(4, 4, 8, 8, 8), landform=4, ground=4)
    small = [
        Way("untrained", untrained(config, 1, learned[:, :32, :32]), 32),
        Way("texture", standardised(learned), 64),
    ]
    found, steady, rows = [], {}, []
    for way in small:
        vectors = way.embed(held.pixels[:, : way.px, : way.px])
        found.append(found_within(way.name, vectors, held))
        steady[way.name] = tuple(stability(way.embed, held, way.px, Quiet(), kinds=("turned",)))
        rows.append(across(way, on_both(held, held, LOOSE | ON_BOTH), (vectors, vectors), "dune", True))
    figures = Figures(
        "test", held.table(), 6, tuple(found), tuple(found), tuple(found), steady, tuple(rows), held.table()
    )
    text = "\n".join(lines(figures))
    assert text.count("untrained") >= 4 and text.count("texture") >= 4 and "Chance" in text and "known again" in text
    assert "nan" not in text


@pytest.mark.skipif("marscd-analogue" not in embedding_models(), reason="marscd-analogue is not installed")
def test_the_shipped_embedding_says_what_it_is_and_is_blind_to_turns_and_light():
    path = embedding_models()["marscd-analogue"]
    embedder = load_embedder(path, "CPU", 1)
    card = embedder.card
    assert path.stat().st_size < 10_000_000 and 64 <= card.dimensions <= 256
    assert (card.metric, card.normalisation, card.channels) == ("cosine", "chip", 1)
    assert "2570" in card.training_data and "Earth" in card.training_data
    rng = np.random.default_rng(3)
    ground = np.cumsum(np.cumsum(rng.normal(size=(4, card.chip_px, card.chip_px)), axis=1), axis=2).astype(np.float32)
    first = embedder.embed(ground)
    for other in (np.rot90(ground, 1, (1, 2)).copy(), 5 * ground + 300):
        assert np.abs(embedder.embed(other) - first).max() < 1e-3
    apart = min(math.dist(first[0], first[k]) for k in (1, 2, 3))
    assert apart > 0.1, "different ground has different vectors"
