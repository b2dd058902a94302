"""The tab Teach: verdicts counted, a run with progress and cancel, before and after in words, its model."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

RESULTS = {
    "HELD_OUT_ACCEPTED": 16, "HELD_OUT_REJECTED": 12, "HELD_OUT_F1_BEFORE": 0.67, "HELD_OUT_F1_AFTER": 0.93,
    "HELD_OUT_RECALL_BEFORE": 1.0, "HELD_OUT_RECALL_AFTER": 0.875, "HELD_OUT_FALSE_FLAGS_BEFORE": 1.0,
    "HELD_OUT_FALSE_FLAGS_AFTER": 0.0, "SIMULATED_FOUND_BEFORE": 0.5, "SIMULATED_FOUND_AFTER": 0.49,
}  # fmt: skip


@pytest.fixture
def page(context, provider, tmp_path, monkeypatch):
    """The page over a job's folder with one judged pair; models go below ``tmp_path``."""
    import teach_scene as scenes
    from osgeo import gdal, ogr

    from marscd_plugin.change.review import Label, Review, outline_of, write_review
    from marscd_plugin.gui.changes.page import ChangesPage

    monkeypatch.setenv("MARSCD_MODELS_DIR", str(tmp_path / "models"))
    images = scenes.scene(tmp_path)
    place = tmp_path / "job" / "changes" / "one__two"
    place.mkdir(parents=True)
    raster = gdal.GetDriverByName("GTiff").CreateCopy(str(place / "probability.tif"), gdal.Open(images["before"]))
    told = {"before": images["before"], "after": images["after"], "register": False}
    raster.SetMetadataItem("MARSCD_PROVENANCE", json.dumps({"parameters": told}))
    raster.FlushCache()
    for name in ("mask.tif", "polygons.fgb"):
        (place / name).touch()
    layer = (source := ogr.Open(images["labels"])).GetLayer(0)
    labels = tuple(Label(f.GetField("verdict"), outline_of(f.GetGeometryRef())) for f in layer)
    assert source is not None
    write_review(place, Review("one", "two", labels))
    context.state.open_folder(tmp_path / "job")
    made = ChangesPage(context)
    made.resize(420, 700)
    made.show()
    yield made
    made.release()
    made.deleteLater()


@pytest.fixture
def teach(page, wait):
    """The tab, looked at, with its verdicts counted."""
    page.tabs.setCurrentWidget(page.teach)
    wait(lambda: page.teach.pairs.topLevelItemCount() == 1, 20, "the count")
    return page.teach


def messages(page):
    return " ".join(m.text() for m in page.context.messages.items())


def test_verdicts_are_counted_and_a_free_name_is_suggested(teach, tmp_path):
    item = teach.pairs.topLevelItem(0)
    assert [item.text(i) for i in range(3)] == ["one__two", "32", "32"]
    assert "32 accepted and 32 rejected" in teach.counts.text() and teach.train.isEnabled()
    assert teach.name == f"{teach.base}-taught" and teach.outcome.isHidden() and teach.running.isHidden()


def test_too_few_verdicts_are_told_and_nothing_can_be_started(page, teach):
    teach.set_reviewed([("a", 5, 0)])
    assert not teach.train.isEnabled() and "At least 2 of each" in teach.counts.text()
    teach.complete.setChecked(True)
    assert teach.train.isEnabled()
    teach.set_reviewed([("a", 5, 5)])
    assert "trust the figures little" in teach.counts.text()
    teach.set_reviewed([])
    assert "Nothing was judged" in teach.counts.text() and not teach.train.isEnabled() and teach.pairs.isHidden()


@pytest.mark.parametrize(("name", "said"), [("", "no name"), ("a b", "no name"), ("x-head", "no name"),
                                            ("paper-rsl", "already")])  # fmt: skip
def test_a_name_that_will_not_do_is_told(page, teach, name, said):
    teach.name_box.setText(name)
    teach.train.click()
    assert said in messages(page) and not teach.running.active


def test_a_run_is_told_in_words_and_its_model_can_be_used(page, teach, wait, tmp_path, monkeypatch):
    from marscd_plugin.__about__ import resource
    from marscd_plugin.gui.jobs import Job

    jobs: list[tuple[Job, str, dict]] = []

    def algorithm(identifier, parameters, title=""):
        jobs.append((Job(title, page), identifier, parameters))
        return jobs[-1][0]

    monkeypatch.setattr(page.context.jobs, "algorithm", algorithm)
    teach.name_box.setText("mine-1")
    teach.train.click()
    job, identifier, parameters = jobs[0]
    assert identifier == "marscd:trainchangemodel" and parameters["FOLDER"] == str(tmp_path / "job")
    assert parameters["OUTPUT"] == str(tmp_path / "models" / "mine-1.onnx") and parameters["MODEL"] == teach.base
    assert teach.running.active and not teach.train.isEnabled()
    job.said.emit("Step 5 of 10")
    job.progressed.emit(0.5)
    assert teach.running.bar.value() == 500
    teach.running.stop.click()
    assert job.cancel_asked
    job.stopped.emit()
    job.ended.emit()
    assert "to go on" in messages(page) and teach.train.isEnabled() and not teach.running.active

    teach.train.click()
    job = jobs[1][0]
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine-1.onnx").write_bytes(resource("models", "paper-rsl.onnx").read_bytes())
    job.succeeded.emit({**RESULTS, "OUTPUT": parameters["OUTPUT"]})
    job.ended.emit()
    said = teach.outcome_words.text()
    assert "found 14 of 16 accepted changes (before: 16)" in said and "still flags 0 of 12" in said
    assert "0.67 → 0.93" in said and not said.startswith("⚠")
    teach.use.click()
    assert page.tabs.currentWidget() is page.compare and page.compare.model.name == "mine-1"
    wait(lambda: page.compare.model.card is not None, 30, "the card")


def test_a_worse_model_is_called_so():
    from marscd_plugin.gui.changes.teach import outcome_words

    text, better = outcome_words(RESULTS | {"HELD_OUT_F1_AFTER": 0.5})
    assert "worse" in text and not better
    text, better = outcome_words(RESULTS | {"SIMULATED_FOUND_AFTER": 0.2})
    assert "finds less of other" in text and not better
    text, better = outcome_words(RESULTS | {"HELD_OUT_REJECTED": 0, "HELD_OUT_FALSE_FLAGS_AFTER": None})
    assert "still flags" not in text and better


def test_no_python_with_torch_is_one_message_with_its_remedy(page, teach, wait, monkeypatch):
    monkeypatch.setenv("MARSCD_TRAINING_PYTHON", "/nowhere/python")
    teach.name_box.setText("mine-2")
    teach.train.click()
    wait(lambda: not teach.running.active, 120, "the refusal")
    assert "torch" in messages(page) and "MARSCD_TRAINING_PYTHON" in messages(page)
