"""Training an embedding from outside: a process of its own, lines of progress, a stop in time, and no torch."""

from __future__ import annotations

import csv
import os
import stat
import sys
import time

import numpy as np
import pytest

pytest.importorskip("osgeo", reason="needs GDAL")
cv2 = pytest.importorskip("cv2", reason="needs OpenCV")

from marscd_plugin.common.errors import CancelledError, InputError, MissingPackageError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.settings import Settings  # noqa: E402
from marscd_plugin.workflows.analogue_training import AnalogueTraining, train_analogue_model  # noqa: E402
from marscd_plugin.workflows.training import PYTHON_VARIABLE  # noqa: E402


def data_set(folder, regions=("blobs", "speckle")):
    rng = np.random.default_rng(4)
    rows = []
    for k, region in enumerate(regions):
        (folder / region).mkdir(parents=True)
        for n in range(6):
            noise = rng.normal(size=(100, 100)).astype(np.float32)
            values = cv2.GaussianBlur(noise, (0, 0), 9) * 18 if k == 0 else noise
            cv2.imwrite(str(folder / region / f"{n}.png"), np.clip(128 + 30 * values, 0, 255).astype(np.uint8))
            rows.append((f"{region}/{n}.png", region, f"{region} {n // 2}"))
    with (folder / "manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "region", "group", "longitude", "latitude", "size_m", "body", "source"])
        writer.writerows([*row, "", "", "", "Mars", ""] for row in rows)
    return folder


def job(tmp_path, **other) -> AnalogueTraining:
    told = {"chips": tmp_path / "chips", "output": tmp_path / "out" / "mine.onnx", "sub_areas": 2, "threads": 1}
    return AnalogueTraining(**(told | other))


class Listening(Quiet):
    """Keeps what is reported; stops at the first epoch where asked to."""

    def __init__(self, stop=False):
        super().__init__()
        self.said, self.stopped_at, self.stop = [], None, stop

    def report(self, fraction, message=""):
        self.said.append((fraction, message))
        if self.stop and "Epoch" in message and self.stopped_at is None:
            self.stopped_at = time.monotonic()
            self.cancel()


@pytest.fixture
def with_torch():
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    pytest.importorskip("onnx", reason="needs onnx (the train extra)")
    pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")


def test_a_run_in_its_own_process(with_torch, tmp_path, monkeypatch):
    monkeypatch.setenv(PYTHON_VARIABLE, sys.executable)
    data_set(tmp_path / "chips")
    progress = Listening()
    told = train_analogue_model(job(tmp_path, epochs=2, report=tmp_path / "r.html"), Settings(), progress)
    assert told["chips"] == 12 and told["held_groups"] == 2 and told["epochs"] == 2
    assert (tmp_path / "out" / "mine.onnx").stat().st_size == told["size"] and (tmp_path / "r.html").is_file()
    fractions = [f for f, _ in progress.said]
    assert fractions == sorted(fractions) and fractions[-1] == pytest.approx(1.0)
    assert any("Epoch 2 of 2" in m for _, m in progress.said)


def test_a_stop_is_heard_and_leaves_nothing(with_torch, tmp_path, monkeypatch):
    monkeypatch.setenv(PYTHON_VARIABLE, sys.executable)
    data_set(tmp_path / "chips")
    progress = Listening(stop=True)
    with pytest.raises(CancelledError):
        train_analogue_model(job(tmp_path, epochs=5000), Settings(), progress)
    assert progress.stopped_at is not None
    assert not any((tmp_path / "out").iterdir())


def test_what_the_training_refuses_is_one_clear_error(with_torch, tmp_path, monkeypatch):
    monkeypatch.setenv(PYTHON_VARIABLE, sys.executable)
    data_set(tmp_path / "chips", regions=("blobs",))
    with pytest.raises(InputError, match="only one region: blobs"):
        train_analogue_model(job(tmp_path, epochs=1), Settings(), Quiet())


def test_no_torch_is_one_clear_error(tmp_path, monkeypatch):
    (tmp_path / "chips").mkdir()
    bare = tmp_path / "python"
    bare.write_text('#!/bin/sh\necho \'MARSCD [[3, 11], ["torch", "pytorch_metric_learning"]]\'\n')
    bare.chmod(bare.stat().st_mode | stat.S_IXUSR)
    if os.name == "nt":
        pytest.skip("a shell script stands for a Python")
    monkeypatch.setenv(PYTHON_VARIABLE, str(bare))
    with pytest.raises(MissingPackageError, match=r"lacks torch, pytorch_metric_learning.*pip install torch"):
        train_analogue_model(job(tmp_path, network="EMBEDDING"), Settings(), Quiet())


def test_wrong_settings_are_refused_before_anything_starts(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        train_analogue_model(job(tmp_path), Settings(), Quiet())
    (tmp_path / "chips").mkdir()
    with pytest.raises(InputError, match="no network 'X'"):
        train_analogue_model(job(tmp_path, network="X"), Settings(), Quiet())
