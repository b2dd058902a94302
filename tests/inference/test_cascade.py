"""Screen, then refine: what the screen marks is answered as without it, the rest is not run."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import ModelError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.inference.cascade import CELL, check_screen, load_screen, rectangles
from marscd_plugin.inference.session import load_model
from marscd_plugin.inference.tiles import run_tiles

pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")


@pytest.fixture
def models(build_model, tmp_path, monkeypatch):
    """A model and a screen of the same kind with a threshold of its own; both answer to |after - before|."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("MARSCD_MODELS_DIR", str(folder))
    card = build_model.card_with(name="fine", screen="fine-screen")
    build_model(folder / "fine.onnx", kind="deep", card=card)
    build_model(folder / "fine-screen.onnx", card=build_model.card_with(name="fine-screen", threshold=0.05))
    model = load_model(folder / "fine.onnx", "CPU", 1)
    return model, load_screen(model, 1)


def scene(places: list[tuple[int, int]], rows: int = 384, columns: int = 640):
    rng = np.random.default_rng(3)
    before = rng.normal(0, 0.1, (rows, columns)).astype(np.float32)
    after = before.copy()
    for y, x in places:
        after[y : y + 6, x : x + 6] += 3.0

    def read(window):
        made = [np.zeros((window.height, window.width), np.float32) for _ in range(2)]
        valid = np.zeros((window.height, window.width), bool)
        top, left = max(window.row, 0), max(window.column, 0)
        bottom, right = min(window.row + window.height, rows), min(window.column + window.width, columns)
        at = np.s_[top - window.row : bottom - window.row, left - window.column : right - window.column]
        for target, image in zip(made, (before, after), strict=True):
            target[at] = image[top:bottom, left:right]
        valid[at] = True
        return (made[0], made[1]), valid

    return read


def answer(model, read, screen=None, rows: int = 384, columns: int = 640, tile: int = 256) -> np.ndarray:
    out = np.full((rows, columns), -1.0, np.float32)
    for strip in run_tiles(model, read, columns, rows, Quiet(), tile=tile, screen=screen):
        out[strip.window.slices] = strip.output
    return out


def test_what_the_screen_marks_is_the_same_and_the_rest_is_nothing(models, monkeypatch):
    model, screen = models
    read = scene([(40, 50), (120, 127), (300, 600)])
    whole = answer(model, read)
    pixels = []
    real = model.run
    monkeypatch.setattr(model, "run", lambda *a, **k: pixels.append(a[0].size) or real(*a, **k))
    fast = answer(model, read, screen)
    ran = fast != 0
    np.testing.assert_allclose(fast[ran], whole[ran], atol=1e-6)
    assert (whole >= 0.5).any()
    assert (fast[whole >= 0.5] >= 0.5).all()
    assert sum(pixels) < 0.6 * 384 * 640


def test_a_change_on_a_cells_edge_is_whole(models):
    model, screen = models
    read = scene([(CELL - 3, 2 * CELL - 3)])
    whole, fast = answer(model, read), answer(model, read, screen)
    np.testing.assert_allclose(fast[whole > 0.3], whole[whole > 0.3], atol=1e-6)


def test_nothing_seen_nothing_run(models, monkeypatch):
    model, screen = models
    monkeypatch.setattr(model, "run", lambda *a, **k: pytest.fail("was run"))
    assert (answer(model, scene([]), screen) == 0).all()


def test_rectangles_cover_and_do_not_overlap():
    rng = np.random.default_rng(1)
    for share in (0.05, 0.2, 0.35, 0.9):
        wanted = rng.random((6, 7)) < share
        covered = np.zeros(wanted.shape, int)
        for top, bottom, left, right in rectangles(wanted):
            covered[top:bottom, left:right] += 1
        assert covered.max(initial=0) <= 1
        assert (covered[wanted] == 1).all()


def test_a_screen_of_another_kind_is_refused(models, build_model, tmp_path):
    model, _ = models
    card = build_model.card_with(name="wide", halo=96)
    with pytest.raises(ModelError, match="cannot screen"):
        check_screen(model, load_model(build_model(tmp_path / "wide.onnx", card=card), "CPU", 1))
