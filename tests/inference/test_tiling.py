"""Tiles: no seams, each pixel read once, bounded, cancelled at once."""

from __future__ import annotations

import itertools
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import Window
from marscd_plugin.inference.ahead import ahead
from marscd_plugin.inference.session import load_model
from marscd_plugin.inference.tiles import _cut, run_tiles


class Source:
    """Two arrays behind a Reader; remembers what was asked."""

    def __init__(self, before: np.ndarray, after: np.ndarray, valid: np.ndarray) -> None:
        self.arrays, self.valid = (before, after), valid
        self.windows: list[Window] = []
        self.threads: set[int] = set()

    def __call__(self, window: Window):
        self.windows.append(window)
        self.threads.add(threading.get_ident())
        out = []
        for array in (*self.arrays, self.valid):
            big = np.zeros((window.height, window.width), array.dtype)
            r0, c0 = max(window.row, 0), max(window.column, 0)
            r1, c1 = min(window.row + window.height, array.shape[0]), min(window.column + window.width, array.shape[1])
            if r1 > r0 and c1 > c0:
                big[r0 - window.row : r1 - window.row, c0 - window.column : c1 - window.column] = array[r0:r1, c0:c1]
            out.append(big)
        return (out[0], out[1]), out[2]


def scene(height: int, width: int, seed: int = 0) -> Source:
    rng = np.random.default_rng(seed)
    before, after = rng.normal(0, 1.5, (2, height, width)).astype(np.float32)
    valid = rng.random((height, width)) > 0.05
    before[~valid] = after[~valid] = 0
    return Source(before, after, valid)


def whole(model, source: Source, tile: int, panel: int) -> np.ndarray:
    height, width = source.valid.shape
    out, seen = np.full((height, width), np.nan, np.float32), np.zeros((height, width), int)
    for strip in run_tiles(model, source, width, height, Quiet(), tile=tile, panel=panel):
        rows, columns = strip.window.slices
        out[rows, columns] = strip.output
        seen[rows, columns] += 1
        np.testing.assert_array_equal(strip.inputs[0], source.arrays[0][rows, columns])
        np.testing.assert_array_equal(strip.valid, source.valid[rows, columns])
    assert (seen == 1).all()
    return out


@pytest.fixture(scope="module")
def model(deep_model):
    return load_model(deep_model)


@pytest.mark.parametrize(("tile", "panel"), [(16, 16), (16, 44), (20, 40), (64, 64), (48, 1000), (31, 77)])
def test_the_answer_does_not_depend_on_the_tiles(model, tile, panel):
    source = scene(101, 146)
    reference = whole(model, source, 1000, 1000)
    assert 0.05 < (reference > 0.5).mean() < 0.95
    np.testing.assert_allclose(whole(model, source, tile, panel), reference, atol=2e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 70), st.integers(1, 70), st.integers(1, 40), st.integers(1, 60))
def test_any_size_is_covered_once(model, height, width, tile, panel):
    out = whole(model, scene(height, width), tile, panel)
    assert np.isfinite(out).all()


@pytest.mark.parametrize("phase", [(0, 0), (1, 2), (3, 3), (4, 1), (6, 7)])
@pytest.mark.parametrize("tile", [16, 1000])
def test_a_part_gives_what_the_whole_gives(model, phase, tile):
    source = scene(90, 110)
    reference = whole(model, source, 1000, 1000)

    def part(window: Window):
        return source(Window(window.column + phase[0], window.row + phase[1], window.width, window.height))

    seen = np.zeros((40, 50), int)
    for strip in run_tiles(model, part, 50, 40, Quiet(), tile=tile, panel=24, phase=phase):
        rows, columns = strip.window.slices
        seen[rows, columns] += 1
        wanted = reference[phase[1] : phase[1] + 40, phase[0] : phase[0] + 50][rows, columns]
        np.testing.assert_allclose(strip.output, wanted, atol=2e-6)
    assert (seen == 1).all()


def test_a_halo_too_small_would_show(model, build_model, tmp_path):
    # The test above can fail: with a card that lies about its halo, tiles leave seams.
    lying = load_model(build_model(tmp_path / "m.onnx", kind="deep", card=build_model.card_with(halo=0)))
    source = scene(101, 146)
    assert np.abs(whole(lying, source, 16, 48) - whole(lying, source, 1000, 1000)).max() > 0.01


def test_each_row_of_a_panel_is_read_once(model):
    source = scene(400, 90)
    whole(model, source, 32, 1000)
    rows = sorted((w.row, w.row + w.height) for w in source.windows)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(rows))
    assert rows[0][0] == -8 and rows[-1][1] >= 408
    assert threading.get_ident() not in source.threads and len(source.threads) == 1


def test_tiles_without_data_are_not_run(model, monkeypatch):
    source = scene(64, 256)
    source.valid[:, :128] = False
    shapes = []
    real = model.run
    monkeypatch.setattr(model, "run", lambda *a, **k: shapes.append(a[0].shape) or real(*a, **k))
    out = whole(model, source, 32, 1000)
    assert len(shapes) == 8
    assert (out[:, :128] == 0).all()


def test_memory_does_not_grow_with_height(model):
    source = scene(16, 64)
    most = 0

    def endless(window: Window):
        nonlocal most
        most = max(most, window.width * window.height)
        empty = np.zeros((window.height, window.width), np.float32)
        return (empty, empty), np.ones(empty.shape, bool)

    for strip in run_tiles(model, endless, 200, 6000, Quiet(), tile=64, panel=128):
        assert strip.output.size <= 64 * 128
    assert most <= (128 + 16) * (64 + 16)
    assert source.windows == []


def test_cancel_between_tiles(model):
    progress, runs = Quiet(), 0
    real = model.run

    class Stop:
        card = model.card

        def run(self, *arrays):
            nonlocal runs
            runs += 1
            progress.cancel()
            return real(*arrays)

    with pytest.raises(CancelledError):
        list(run_tiles(Stop(), scene(128, 128), 128, 128, progress, tile=32))
    assert runs == 1
    assert not [t for t in threading.enumerate() if t.name == "marscd-reader"]


def test_a_read_error_reaches_the_caller(model):
    def broken(window):
        raise InputError("the file is cut short")

    with pytest.raises(InputError, match="cut short"):
        list(run_tiles(model, broken, 64, 64, Quiet()))


def test_ahead_makes_one_item_in_advance_and_stops_when_left():
    made = []

    def items():
        for number in range(100):
            made.append(number)
            yield number

    stream = ahead(items())
    assert next(stream) == 0
    deadline = time.monotonic() + 5
    while len(made) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    stream.close()
    assert 2 <= len(made) <= 4


@given(st.integers(1, 5000), st.integers(1, 2000), st.sampled_from([1, 4, 8, 32]))
def test_pieces_start_at_multiples_and_cover(length, most, multiple):
    pieces = _cut(length, most, multiple)
    assert pieces[0][0] == 0
    assert all(start % multiple == 0 and size % multiple == 0 for start, size in pieces)
    assert all(a + n == b for (a, n), (b, _) in itertools.pairwise(pieces))
    assert pieces[-1][0] < length <= pieces[-1][0] + pieces[-1][1]
    assert max(size for _, size in pieces) <= max(most + multiple - 1, multiple)
