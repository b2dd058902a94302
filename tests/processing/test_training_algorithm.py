"""trainchangemodel in QGIS: its parameters, one pair with a layer of outlines to a new model, and what it refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

PUBLISHED = "FOLDER BEFORE AFTER LABELS MODEL MINUTES STEPS HELD_OUT COMPLETE SEED OUTPUT REPORT"
OUTPUTS = (
    "OUTPUT REPORT HELD_OUT_F1_BEFORE HELD_OUT_F1_AFTER HELD_OUT_RECALL_BEFORE HELD_OUT_RECALL_AFTER "
    "HELD_OUT_FALSE_FLAGS_BEFORE HELD_OUT_FALSE_FLAGS_AFTER HELD_OUT_ACCEPTED HELD_OUT_REJECTED THRESHOLD MODEL_NAME"
)


@pytest.fixture
def images(tmp_path):
    import teach_scene

    return teach_scene.scene(tmp_path)


def given(images, tmp_path, **other):
    told = {"BEFORE": images["before"], "AFTER": images["after"], "LABELS": images["labels"], "MODEL": "paper-rsl",
            "STEPS": 2, "OUTPUT": str(tmp_path / "mine.onnx"), "REPORT": str(tmp_path / "mine.html")}  # fmt: skip
    return {name: value for name, value in (told | other).items() if value is not None}


def test_published_names_are_there_with_help(provider):
    algorithm = provider.algorithm("trainchangemodel")
    assert set(PUBLISHED.split()) == {d.name() for d in algorithm.parameterDefinitions()}
    assert set(OUTPUTS.split()) <= {d.name() for d in algorithm.outputDefinitions()}
    assert "HELD_OUT" in algorithm.shortHelpString() and algorithm.HEAVY


def test_a_pair_with_outlines_becomes_a_model(run, images, tmp_path, monkeypatch):
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    monkeypatch.setenv("MARSCD_CACHE_DIR", str(tmp_path / "cache"))
    results, _ = run("trainchangemodel", **given(images, tmp_path))
    assert Path(results["OUTPUT"]).is_file() and Path(results["REPORT"]).is_file()
    assert results["MODEL_NAME"] == "mine" and results["STEPS_DONE"] == 2
    assert results["HELD_OUT_ACCEPTED"] + results["LEARNED_ACCEPTED"] == 32
    assert results["HELD_OUT_FALSE_FLAGS_BEFORE"] > 0.9  # the base flags the lamps
    assert 0.0 <= results["HELD_OUT_F1_AFTER"] <= 1.0 and 0.0 < results["THRESHOLD"] < 1.0


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"LABELS": None}, "not clear what to learn from"),
        ({"FOLDER": "."}, "not clear what to learn from"),
        ({"MODEL": "nobody"}, "There is no model"),
    ],
)
def test_what_it_refuses(run, images, tmp_path, other, said):
    with pytest.raises(QgsProcessingException, match=said):
        run("trainchangemodel", **given(images, tmp_path, **other))
    assert not (tmp_path / "mine.onnx").exists()


def test_a_folder_without_verdicts_is_told(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="Nothing was judged"):
        run("trainchangemodel", FOLDER=str(tmp_path), OUTPUT=str(tmp_path / "mine.onnx"))
