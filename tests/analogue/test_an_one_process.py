"""QGIS, OpenCV, onnxruntime and faiss in one process, in threads: none may end it or stand still for another."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from qgis.core import QgsApplication

sys.path.insert(0, sys.argv[2])
application = QgsApplication([], False)
application.initQgis()
rng = np.random.default_rng(0)
vectors = rng.normal(size=(20_000, 128)).astype(np.float32)
chips = rng.normal(size=(100, 16, 16)).astype(np.float32)


def pictures():
    import cv2
    cv2.GaussianBlur(rng.integers(0, 255, (500, 500), dtype=np.uint8), (31, 31), 5)


def network():
    from marscd_plugin.inference.embedding import load_embedder
    load_embedder(sys.argv[1], "CPU").embed(chips)


def search():
    from marscd_plugin.analogue import nearest
    assert nearest.fast()
    for count in (1, 64):
        assert (nearest.nearest_flat(vectors, vectors[:count], 5)[:, 0] == np.arange(count)).all()
    middle = nearest.middle_of(vectors)
    assert 3 in nearest.Signs(nearest.signs_of(vectors, middle), middle).nearest(vectors[3:4], 50)


for work in (pictures, network, search, network, pictures):
    work()
with ThreadPoolExecutor(4) as pool:
    for done in [pool.submit(work) for work in (search, network, pictures) * 3]:
        done.result()
sys.stdout.write("all ran\\n")
sys.stdout.flush()
application.exitQgis()
"""


@pytest.mark.skipif(find_spec("qgis") is None, reason="needs QGIS's Python")
def test_they_live_in_one_process(tmp_path):
    pytest.importorskip("faiss")
    sys.path.insert(0, str(ROOT / "tests" / "inference"))
    from embedding_models import make_embedding

    path = make_embedding(tmp_path / "m.onnx")
    # Two threads of OpenMP at least, where a machine of one core would hide what goes wrong between its copies.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), str(ROOT)], env=environment, check=False, capture_output=True,
        text=True, timeout=300,
    )  # fmt: skip
    assert "all ran" in done.stdout, (done.returncode, done.stderr[-2000:])
