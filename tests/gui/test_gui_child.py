"""Heavy algorithms run in a process beside QGIS: results, refusals, messages, cancel, crash, and no Python at all."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest
from qgis.core import QgsProcessingFeatureSourceDefinition

from marscd_plugin.gui import child as module
from marscd_plugin.gui.child import Child, plain
from marscd_plugin.gui.jobs import Jobs, in_words


@pytest.fixture
def rasters(tmp_path):
    """Two rasters of one textured ground, the second shifted; no CRS."""
    from osgeo import gdal
    from scipy import ndimage

    rng = np.random.default_rng(5)
    ground = ndimage.gaussian_filter(rng.normal(size=(420, 420)), 2.0) + 0.3 * ndimage.gaussian_filter(
        rng.normal(size=(420, 420)), 8.0
    )
    made = []
    for name, shift in (("a", 0), ("b", 7)):
        path = tmp_path / f"{name}.tif"
        data = ground[10:400, 10 + shift : 400 + shift].astype(np.float32)
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), data.shape[1], data.shape[0], 1, gdal.GDT_Float32)
        dataset.GetRasterBand(1).WriteArray(data)
        dataset.FlushCache()
        made.append(str(path))
    return made


@pytest.fixture
def jobs(provider):
    made = Jobs()
    yield made
    made.release()


def test_results_come_back_from_another_process(jobs, rasters, run_job, tmp_path):
    job = jobs.algorithm(
        "marscd:registerimages", {"REFERENCE": rasters[0], "MOVING": rasters[1], "OUTPUT": str(tmp_path / "o.tif")}
    )
    assert isinstance(job._task, Child)
    fractions = []
    job.progressed.connect(fractions.append)
    outcome, results = run_job(job)
    assert outcome == "succeeded", results
    assert results["SHIFT_X_PX"] == pytest.approx(-7, abs=0.3)
    assert (tmp_path / "o.tif").is_file()
    assert fractions and jobs.running == ()


def test_an_error_comes_back_in_its_words(jobs, rasters, run_job, tmp_path):
    job = jobs.algorithm(
        "marscd:detectchanges",
        {"BEFORE": rasters[0], "AFTER": rasters[1], "MODEL": "no-such-model", "PROBABILITY": str(tmp_path / "p.tif"),
         "MASK": str(tmp_path / "m.tif"), "POLYGONS": str(tmp_path / "c.fgb")},
    )  # fmt: skip
    outcome, message = run_job(job)
    assert outcome == "failed" and "no-such-model" in message and "Traceback" not in message


def test_a_cancel_stops_it(jobs, rasters, run_job, tmp_path):
    job = jobs.algorithm(
        "marscd:registerimages", {"REFERENCE": rasters[0], "MOVING": rasters[1], "OUTPUT": str(tmp_path / "o.tif")}
    )
    job.cancel()
    assert run_job(job)[0] == "stopped"
    assert not (tmp_path / "o.tif").exists()


def test_a_crash_of_the_step_is_told_and_qgis_lives(jobs, rasters, run_job, wait, tmp_path):
    job = jobs.algorithm(
        "marscd:registerimages", {"REFERENCE": rasters[0], "MOVING": rasters[1], "OUTPUT": str(tmp_path / "o.tif")}
    )
    process = job._task
    wait(lambda: process._ready, 60)
    os.kill(process._process.processId(), signal.SIGSEGV)
    outcome, message = run_job(job)
    assert outcome == "failed" and "unexpectedly" in message


def test_without_an_interpreter_the_step_runs_inside(jobs, rasters, run_job, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "interpreters", lambda: [])
    job = jobs.algorithm(
        "marscd:registerimages", {"REFERENCE": rasters[0], "MOVING": rasters[1], "OUTPUT": str(tmp_path / "o.tif")}
    )
    outcome, _ = run_job(job)
    assert outcome == "succeeded" and (tmp_path / "o.tif").is_file()


def test_unload_leaves_no_process(jobs, rasters, tmp_path, wait):
    job = jobs.algorithm(
        "marscd:registerimages", {"REFERENCE": rasters[0], "MOVING": rasters[1], "OUTPUT": str(tmp_path / "o.tif")}
    )
    process = job._task
    wait(lambda: process._ready, 60)
    number = process._process.processId()
    jobs.release()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the step's process is still there")


def test_parameters_become_plain():
    source = QgsProcessingFeatureSourceDefinition("/a.fgb", filterExpression="x > 1")
    assert plain({"a": 1}) == {"a": 1}
    assert plain(source) == {"marscd:source": "/a.fgb", "marscd:filter": "x > 1"}
    assert plain(["/a.tif", 2.5, None]) == ["/a.tif", 2.5, None]


def test_a_mistake_of_ours_is_told_in_one_line():
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in b\n    c()\nNameError: c is not defined\n'
    told = in_words(trace)
    assert "NameError: c is not defined" in told and "File" not in told and "\n" not in told
    assert in_words("The disk is full. Free some space.") == "The disk is full. Free some space."
    assert in_words(" ")
