"""``trainanaloguemodel`` in QGIS: a data set of ours becomes a model that a search takes; what it refuses."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingException

_spec = importlib.util.spec_from_file_location(
    "analogue_standin", Path(__file__).parents[1] / "workflows/analogue_standin.py"
)
standin = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(standin)


@pytest.fixture
def chips(tmp_path):
    """Two landforms in three images each: cut by buildchipdataset's own workflow."""
    from marscd_plugin.common.progress import Quiet
    from marscd_plugin.planet import geometry
    from marscd_plugin.workflows.chips import ChipsJob, Region, build_chips

    degree, images = np.pi / 180 * 3396190.0, []
    for number in range(3):
        ground = np.hstack([standin.stripes(240, 240, 20, 8.0), standin.stripes(240, 240, 110, 14.0)])
        ground += 0.4 * standin.noise(240, 480, number)
        images.append(str(standin.write_image(tmp_path / f"i{number}.tif", ground, standin.MARS, 0.0, 2400.0)))
    regions = tuple(
        Region(name, geometry.area_from_extent(w / degree, 50 / degree, e / degree, 2350 / degree))
        for name, w, e in (("dunes", 50, 2350), ("ridges", 2450, 4750))
    )
    build_chips(ChipsJob(tuple(images), tmp_path / "set", 1000.0, regions, 100, 3), None, Quiet())
    return str(tmp_path / "set")


def test_a_data_set_becomes_a_model_that_a_search_takes(run, chips, tmp_path, monkeypatch):
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    monkeypatch.setenv("MARSCD_TRAINING_PYTHON", sys.executable)
    results, _ = run(
        "trainanaloguemodel", CHIPS=chips, EPOCHS=1, HELD_OUT=0.34, SUB_AREAS=2, SEED=3,
        OUTPUT=str(tmp_path / "mine.onnx"), REPORT=str(tmp_path / "mine.html"),
    )  # fmt: skip
    assert Path(results["OUTPUT"]).is_file() and Path(results["REPORT"]).is_file()
    assert results["EPOCHS_DONE"] == 1 and results["MODEL_NAME"] and results["CHIPS"] == 18
    assert results["HELD_OUT_GROUPS"] == 1 and results["HELD_OUT_CHIPS"] == 6
    for name in ("PAIR_ACCURACY", "RECALL_1", "RECALL_5", "MAP"):
        assert results[name] is None or 0.0 <= results[name] <= 1.0, name
    found, _ = run(
        "analoguematrix", TARGETS=chips, CANDIDATES=chips, MODEL=results["OUTPUT"], MATRIX=str(tmp_path / "m.csv")
    )
    assert (found["ROW_COUNT"], found["COLUMN_COUNT"]) == (2, 2)


@pytest.mark.parametrize(
    ("other", "said"),
    [({"CHIPS": "/no/such/folder"}, "folder"), ({"HELD_OUT": 0.9}, "HELD_OUT"), ({"NETWORK": "BIGGEST"}, "NETWORK")],
)
def test_what_it_refuses(run, chips, tmp_path, other, said):
    with pytest.raises(QgsProcessingException, match=said):
        run("trainanaloguemodel", **({"CHIPS": chips, "OUTPUT": str(tmp_path / "m.onnx")} | other))
    assert not (tmp_path / "m.onnx").exists()
