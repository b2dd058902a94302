"""The accuracy document: every table from one made-up run, written between its marks, its claims checked."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import ModelCard
from marscd_plugin.training import accuracy, protocol
from marscd_plugin.training.accuracy import BEGIN, END, rewrite
from marscd_plugin.training.judges import baseline_judges
from marscd_plugin.training.nullrates import Claim, claim


@pytest.fixture
def ground(monkeypatch):
    rng = np.random.default_rng(0)
    images = [(f"ESP_{i:06d}_1500", "hirise_crops", rng.normal(100, 12, (120, 120)).astype(np.float32)) for i in (1, 2)]
    monkeypatch.setattr(protocol, "named_backdrops", lambda _shared, _split: iter(images))


def test_every_table_is_written_for_a_model_and_the_baselines(ground, monkeypatch, tmp_path, capsys):
    """The model under test is an oracle with one blind spot: thin lines."""

    class Loaded:
        sha256 = "0"

        card = ModelCard("oracle", "change", ("a", "b"), "p", "pair-robust", (0.25, 1.0), 0.5, 8, 8, version="1")

    def oracle(pair):
        return np.where(pair.truth & (pair.part != "thin"), 0.9, 0.05).astype(np.float32), 0.5

    monkeypatch.setattr(accuracy, "load_judge", lambda _path, _threads: (Loaded, oracle))
    monkeypatch.setattr(accuracy, "load_screen", lambda *_: None)
    monkeypatch.setattr(
        accuracy, "baseline_judges", lambda: {"difference": baseline_judges()["image difference, Otsu"]}
    )
    monkeypatch.setattr(protocol, "INJECTED", ())
    monkeypatch.setattr(protocol, "registered_pairs", lambda *_: iter(()))
    monkeypatch.setattr(accuracy, "real_claims", lambda *_: [Claim("quiet", 3, 500, 2.0, 1.0, 4.0, 3)])
    lines = list(
        accuracy.accuracy({"oracle": tmp_path}, tmp_path, tmp_path / "c", Quiet(), 0.04, pictures=tmp_path / "pictures")
    )
    text = "\n".join(lines)
    bars = text[text.index("### The bars") :]
    assert "100.0 % (100.0..100.0) at 100.00 %" in bars
    assert "| simulated RSL 1-2 px wide alone | sensitivity >= 60 % at that specificity | 0.0 %" in bars
    for title in (
        "Against the baselines",
        "By phenomenon",
        "By width",
        "By how far the sun moved",
        "mean what they say",
    ):
        assert title in text
    assert "| quiet | 3 | 500 | 2.0 | 1.0 to 4.0 | 3 | yes |" in text
    assert "not the figures of record" in text
    for name in ("accuracy-reliability.png", "accuracy-curves.png", "accuracy-examples.jpg"):
        assert (tmp_path / "pictures" / name).stat().st_size > 1000
    for line in lines:
        assert line.count("|") == 0 or line.startswith("|")


def test_the_document_keeps_what_was_written_by_hand(tmp_path):
    document = tmp_path / "accuracy.md"
    document.write_text(f"# Accuracy\n\nBy hand.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n")
    rewrite(document, ["new", "lines"])
    text = document.read_text()
    assert "By hand." in text and "After." in text and "new\nlines" in text and "old" not in text
    document.write_text("no marks")
    with pytest.raises(InputError):
        rewrite(document, ["x"])
    rewrite(tmp_path / "fresh.md", ["x"])
    assert "x" in (tmp_path / "fresh.md").read_text()


def test_a_claim_is_judged_on_cells_that_did_not_speak():
    rng = np.random.default_rng(4)

    def quiet(scale):
        z = rng.gumbel(-6, scale, (640, 640))
        return 1 / (1 + np.exp(-z)), np.ones(z.shape, bool)

    good = claim("even", [quiet(0.5) for _ in range(3)], 0.2)
    assert good.pairs == 3 and good.cells == 1200 and good.holds
    assert not Claim("wrong", 1, 500, 2.0, 1.0, 3.0, 30).holds
    assert not Claim("wrong", 1, 500, 200.0, 150.0, 260.0, 3).holds
    # Pairs too small to speak alone speak together.
    small = claim("small", [(v[:64, :64], m[:64, :64]) for v, m in (quiet(0.5) for _ in range(40))], 0.2)
    assert small.cells == 160


def test_no_model_is_an_error(tmp_path):
    with pytest.raises(InputError):
        next(iter(accuracy.accuracy({}, tmp_path, tmp_path, Quiet())))


def test_what_was_measured_is_found_again_only_for_the_same_judge_and_pixels(ground, tmp_path):
    from dataclasses import replace

    from marscd_plugin.training.accuracy import measure
    from marscd_plugin.training.recordfile import load_record, pairs_digest, record_key
    from marscd_plugin.training.scoring import summary

    asked = []

    def judge(pair):
        asked.append(pair.name)
        return np.where(pair.truth, 0.8, 0.1).astype(np.float32), 0.5

    def look(name):
        return measure({"j": judge}, {"j": name}, tmp_path, tmp_path / "c", Quiet(), 0.04, ("thin",))["j"]["thin"]

    first = look("weights one")
    again = look("weights one")
    assert len(asked) == len(first.tallies) == 3
    assert again.tallies == first.tallies and summary(again) == summary(first)
    np.testing.assert_array_equal(again.near.unchanged, first.near.unchanged)
    look("weights two")
    assert len(asked) == 6
    pairs = list(protocol.simulated_pairs(tmp_path, "thin", 0.04))
    after = pairs[1].after.copy()
    after[3, 3] += 1
    moved = [pairs[0], replace(pairs[1], after=after), pairs[2]]
    assert record_key("j", pairs_digest(pairs)) != record_key("j", pairs_digest(moved))
    assert load_record(tmp_path / "absent.npz") is None
