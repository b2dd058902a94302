"""monitorarea hands base map, terrain model and what is known of the light on to the series and to each comparison."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest

from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Area, ChangeMap, Epoch, Grid, Pair, Registration, Series
from marscd_plugin.workflows import monitor
from marscd_plugin.workflows.monitor import MonitorJob, run_monitor, terrain_key

SQUARE = Area(((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)),),))


@pytest.fixture
def called(monkeypatch, tmp_path):
    """What the steps of the job were asked; nothing is fetched or computed."""
    asked: dict = {"detect": []}
    epochs = []
    for number, year in enumerate((2011, 2013)):
        raster = tmp_path / f"E{number}.tif"
        raster.write_bytes(b"epoch" + bytes([number]))
        time = datetime(year, 3, 1, tzinfo=timezone.utc)
        fit = Registration(True, "", residual_px=0.3)
        epochs.append(Epoch(f"E{number}", raster, time, 30, 250.0, 1.0, fit, 40.0 + number, 0.0, 40.0, 280.0 + number))
    series = Series(tmp_path / "series", Grid("", 0, 0, 1, 4, 4), "E0", tuple(epochs))
    model = SimpleNamespace(path=tmp_path / "m.onnx", sha256="x" * 64, device="CPU", card=SimpleNamespace(name="m"))

    def run_series(job, progress):
        asked["series"] = job
        return series

    def detect(job, progress, model=None):
        asked["detect"].append(job)
        for path in (job.probability, job.mask, job.polygons):
            Path(path).touch()
        return ChangeMap(
            Path(job.probability), Path(job.mask), Path(job.polygons), "E0", "E1", 0.5, "CPU", 0.0, 0, 0, 0
        )

    for name, value in {
        "find_model": lambda name: Path(name),
        "load_model": lambda *_: model,
        "find_observations": lambda *_: SimpleNamespace(observations=()),
        "chosen_observations": lambda *_: [],
        "run_fetch": lambda *_: SimpleNamespace(whole_products=lambda: ()),
        "need_some": lambda *_, **__: None,
        "run_series": run_series,
        "spanning_pairs": lambda _: [Pair("E0", "E1", 1.0)],
        "detect_changes": detect,
        "_combined": lambda series, maps, *_: maps,
    }.items():
        monkeypatch.setattr(monitor, name, value)
    return asked


def job_in(folder: Path, **other) -> MonitorJob:
    return MonitorJob(SQUARE, folder / "job", "m.onnx", **other)


def test_base_and_terrain_go_to_the_series_and_to_the_changes(called, tmp_path):
    dtm = tmp_path / "dtm.tif"
    dtm.write_bytes(b"heights")
    job = job_in(tmp_path, base="base.tif", dtm=str(dtm))
    run_monitor(job, SimpleNamespace(), Quiet())
    assert (called["series"].base, called["series"].dtm) == ("base.tif", str(dtm))
    asked = called["detect"][0]
    assert asked.dtm == str(dtm) and Path(asked.kind).name == "kind.tif"
    assert asked.context["incidence_before"] == 40.0 and asked.context["azimuth_change"] == pytest.approx(1.0)
    assert asked.context["residual_px"] == pytest.approx(0.3 * 2**0.5)
    # The same again is done; another terrain model is another result.
    run_monitor(job, SimpleNamespace(), Quiet())
    assert len(called["detect"]) == 1
    dtm.write_bytes(b"other heights")
    run_monitor(job, SimpleNamespace(), Quiet())
    run_monitor(replace(job, dtm=""), SimpleNamespace(), Quiet())
    assert [j.dtm for j in called["detect"]] == [str(dtm), str(dtm), ""]


def test_without_a_terrain_model_nothing_is_asked_of_one(called, tmp_path):
    run_monitor(job_in(tmp_path), SimpleNamespace(), Quiet())
    assert (called["series"].base, called["series"].dtm) == ("", "") and called["detect"][0].dtm == ""
    assert terrain_key("") == () and terrain_key(str(tmp_path / "gone.tif")) == (str(tmp_path / "gone.tif"),)
