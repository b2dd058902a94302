"""Teaching from outside: what was judged becomes a job for a process of its own; a stop, no torch, nothing judged."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("osgeo", reason="needs GDAL")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

import teach_scene as scenes
from osgeo import ogr

from marscd_plugin.__about__ import resource
from marscd_plugin.change.review import Label, Review, outline_of, write_review
from marscd_plugin.common.errors import CancelledError, InputError, MissingPackageError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.workflows import training
from marscd_plugin.workflows.reviewed import counted, labelled_pair, reviewed_pairs

BASE = resource("models", "paper-rsl.onnx")
SMALL = {"size": 64, "rehearsal": 1, "threads": 1}


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    return scenes.scene(tmp_path_factory.mktemp("scene"))


def verdicts(images) -> list[tuple[str | None, bytes]]:
    layer = (source := ogr.Open(images["labels"])).GetLayer(0)
    return [(f.GetField("verdict"), f.GetGeometryRef().ExportToWkb()) for f in layer] if source else []


@pytest.fixture
def judged(images, tmp_path):
    """A job's folder with one compared pair whose changes were judged."""
    from osgeo import gdal

    place = tmp_path / "job" / "changes" / "one__two"
    place.mkdir(parents=True)
    probability = gdal.GetDriverByName("GTiff").CreateCopy(str(place / "probability.tif"), gdal.Open(images["before"]))
    told = {"parameters": {"before": images["before"], "after": images["after"], "register": False,
                           "context": {"residual_px": 0.4}}}  # fmt: skip
    probability.SetMetadataItem("MARSCD_PROVENANCE", json.dumps(told))
    probability.FlushCache()
    for name in ("mask.tif", "polygons.fgb"):
        (place / name).touch()
    labels = tuple(Label(str(v), outline_of(ogr.CreateGeometryFromWkb(w))) for v, w in verdicts(images))
    write_review(place, Review("one", "two", labels))
    return tmp_path / "job"


def asked(images, tmp_path, **other) -> training.Training:
    pair = labelled_pair(images["before"], images["after"], verdicts(images), scenes.WKT)
    told = {"pairs": (pair,), "model": BASE, "output": tmp_path / "mine.onnx", "report": tmp_path / "mine.html",
            "steps": 2, "options": SMALL}  # fmt: skip
    return training.Training(**(told | other))


def settings(tmp_path) -> Settings:
    return Settings(cache_dir=str(tmp_path / "cache"))


def test_judged_pairs_are_found_with_what_they_were_made_of(judged, images):
    assert [(place.name, review.count("accepted")) for place, review in counted(judged)] == [("one__two", 32)]
    for folder in (judged, judged / "changes", judged / "changes" / "one__two"):
        (pair,) = reviewed_pairs(folder)
        assert (pair.before, pair.after, pair.register) == (images["before"], images["after"], False)
        assert pair.context == (None, None, None, 0.4) and "Mars" in pair.crs
    with pytest.raises(InputError, match="Nothing was judged"):
        reviewed_pairs(judged.parent)


def test_an_image_that_is_gone_is_told(judged, images, tmp_path):
    place = judged / "changes" / "one__two"
    from osgeo import gdal

    raster = gdal.Open(str(place / "probability.tif"), gdal.GA_Update)
    gone = {"parameters": {"before": str(tmp_path / "gone.tif"), "after": images["after"]}}
    raster.SetMetadataItem("MARSCD_PROVENANCE", json.dumps(gone))
    del raster
    with pytest.raises(InputError, match=r"is gone.*leave it out"):
        reviewed_pairs(judged)


def test_too_few_verdicts_start_nothing(images, tmp_path):
    only = [one for one in verdicts(images) if one[0] == "accepted"]
    pair = labelled_pair(images["before"], images["after"], only, scenes.WKT)
    with pytest.raises(InputError, match="32 accepted and 0 rejected"):
        training.train_model(asked(images, tmp_path, pairs=(pair,)), settings(tmp_path), Quiet())
    training.needs_verdicts(asked(images, tmp_path, pairs=(pair,), complete=True))
    with pytest.raises(InputError, match="no polygon with a verdict"):
        labelled_pair(images["before"], images["after"], [("maybe", only[0][1])], scenes.WKT)
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for a Python")
def test_where_no_python_has_torch_it_says_what_to_install(images, tmp_path, monkeypatch):
    bare = tmp_path / "python"
    bare.write_text('#!/bin/sh\necho \'MARSCD [[3, 11], ["torch", "onnx"]]\'\n', encoding="utf-8")
    bare.chmod(bare.stat().st_mode | stat.S_IXUSR)
    for path, said in ((bare, "lacks torch, onnx"), (tmp_path / "nothing", "could not be started")):
        monkeypatch.setenv(training.PYTHON_VARIABLE, str(path))
        with pytest.raises(MissingPackageError, match=rf"{said}.*pip install torch"):
            training.train_model(asked(images, tmp_path), settings(tmp_path), Quiet())


def test_it_teaches_in_a_process_of_its_own(images, tmp_path):
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    heard: list[str] = []

    class Ear(Quiet):
        def report(self, fraction, message=""):
            heard.append(message)

    results = training.train_model(asked(images, tmp_path), settings(tmp_path), Ear())
    assert results["steps"] == 2 and results["after"]["accepted"] + results["learned"][0] == 32
    assert (tmp_path / "mine.onnx").is_file() and (tmp_path / "mine.html").is_file()
    assert any("held out" in text for text in heard)
    assert not list((tmp_path / "cache" / "training").iterdir())  # nothing is left of a run that ended well
    wrong = asked(images, tmp_path, output=tmp_path / "mine-head.onnx")
    with pytest.raises(InputError, match="part of a model"):
        training.train_model(wrong, settings(tmp_path), Quiet())


def test_a_stop_ends_the_process_and_keeps_the_checkpoint(images, tmp_path):
    pytest.importorskip("torch", reason="needs torch (the train extra)")

    class Stop(Quiet):
        at = 0.0

        def report(self, fraction, message=""):
            if message.startswith("Step 1 ") and not self.at:
                self.at = time.monotonic()
                self.cancel()

    stop, told = Stop(), asked(images, tmp_path, steps=100_000)
    with pytest.raises(CancelledError):
        training.train_model(told, settings(tmp_path), stop)
    folder = training.run_folder(told, settings(tmp_path))
    assert (folder / "checkpoint.pt").is_file() and time.monotonic() - stop.at < training._PATIENCE + 10.0
    assert not [p for p in tmp_path.iterdir() if p.suffix in (".onnx", ".html") or ".part" in p.name]
