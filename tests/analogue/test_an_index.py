"""The index: made once, taken up when stopped, grown by new chips only, and refused where anything in it is wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.analogue import index as indexes
from marscd_plugin.analogue import nearest
from marscd_plugin.analogue.index import build_index, open_index, remove_index
from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet

sys.path.insert(0, str(Path(__file__).parent))

from index_grids import PX, Embedder, Grid, clusters


def made(folder: Path, count: int = 90, **kwargs):
    grid, embedder = Grid(count, **kwargs), Embedder()
    return build_index(folder, grid, embedder, Quiet()), grid, embedder


def test_an_index_holds_vectors_places_and_why_not(tmp_path):
    index, grid, embedder = made(tmp_path / "i")
    assert (index.count, index.dimensions, index.card_name, index.chip_size, index.step) == (90, 5, "first", 500, 250)
    assert index.card == embedder.card and index.model_sha256 == embedder.sha256
    assert index.unusable() == {"nodata": 9, "texture": 9} and len(index.usable_ids) == 72
    assert np.isnan(index.vectors[3]).all() and not index.usable[7]
    wanted = embedder.embed(np.stack([grid.pixels(i) for i in (0, 42)]))
    np.testing.assert_allclose(index.vectors[[0, 42]], wanted, atol=1e-6)
    assert index.chips([5, 0]) == grid.chips([5, 0]) and index.chip(42) == grid.chips([42])[0]
    distances = index.distances(wanted[1])
    assert distances.dtype == np.float32 and distances[42] == pytest.approx(0, abs=1e-6) and np.isnan(distances[3])
    np.testing.assert_allclose(distances[0], np.linalg.norm(wanted[0] - wanted[1]), atol=1e-6)


def test_the_nearest_come_first_and_the_unusable_never(tmp_path, monkeypatch):
    index, _, _ = made(tmp_path / "i")
    targets = np.asarray(index.vectors[[42, 0]])
    for without in (False, True):
        if without:
            monkeypatch.setattr(nearest, "_faiss", lambda: None)
        distances, ids = index.search(targets, 100)
        assert distances.shape == ids.shape == (2, 100) and ids[:, 0].tolist() == [42, 0]
        assert (ids[:, 72:] == -1).all() and np.isinf(distances[:, 72:]).all()
        assert set(ids[0, :72].tolist()) == set(index.usable_ids.tolist())
        assert (np.diff(distances[0, :72]) >= 0).all()
        np.testing.assert_allclose(distances[0, :72], index.distances(targets[0])[ids[0, :72]])
        assert index.search(targets[:1], 3)[1].tolist() == [ids[0, :3].tolist()]


def test_signs_first_finds_nearly_what_an_exact_search_finds(tmp_path, monkeypatch):
    monkeypatch.setattr(nearest, "FLAT_NUMBERS", 1000)
    monkeypatch.setattr("marscd_plugin.analogue.index.measured_after", lambda dimensions, k: 800)
    vectors, _ = clusters(4000, 128, spread=0.8)

    class Given(Embedder):
        def embed(self, pixels):
            return vectors[pixels[:, 0, 0].astype(int)]

    class Numbered(Grid):
        def pixels(self, i):
            return np.full((PX, PX), i, np.float32)

    index = build_index(tmp_path / "i", Numbered(4000), Given(128), Quiet())
    assert (next((tmp_path / "i").glob("*/signs.npy"))).stat().st_size == 4000 * 16 + 128
    targets = vectors[100:120]
    found = index.search(targets, 20)
    monkeypatch.setattr(index, "_signs", None)
    exact = index.search(targets, 20)
    kept = np.mean([len(np.intersect1d(a, b)) / 20 for a, b in zip(found[1], exact[1], strict=True)])
    assert kept > 0.97
    assert (index.usable[found[1]]).all(), "a chip without a vector has signs, too, and is never found"
    np.testing.assert_allclose(found[0][:, 0], exact[0][:, 0])


class Stopping(Quiet):
    """Cancels at the given fraction."""

    def __init__(self, at: float) -> None:
        super().__init__()
        self.at = at

    def report(self, fraction: float, message: str = "") -> None:
        if fraction >= self.at:
            self.cancel()


def test_a_stopped_build_goes_on(tmp_path):
    whole, _, _ = made(tmp_path / "whole")
    embedder = Embedder()
    with pytest.raises(CancelledError):
        build_index(tmp_path / "i", Grid(90), embedder, Stopping(0.3))
    first = embedder.embedded
    assert 0 < first < 60
    with pytest.raises(InputError, match="no finished index"):
        open_index(tmp_path / "i")
    grid = Grid(90)
    index = build_index(tmp_path / "i", grid, embedder, Quiet())
    assert embedder.embedded == 72 and min(grid.asked) > 0, "what was done is not done again"
    np.testing.assert_array_equal(index.vectors, whole.vectors)
    grid = Grid(90)
    build_index(tmp_path / "i", grid, embedder, Quiet())
    assert embedder.embedded == 72 and not grid.asked, "a finished index is taken as it is"


def test_a_killed_build_goes_on(tmp_path):
    code = f"""
        import os, signal, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from index_grids import Embedder, Grid
        from marscd_plugin.analogue import indexbuild
        from marscd_plugin.common.progress import Quiet
        indexbuild._CHECKPOINT = 0.0
        class Killed(Quiet):
            def report(self, fraction, message=""):
                if fraction > 0.5:
                    os.kill(os.getpid(), signal.{"SIGKILL" if hasattr(signal, "SIGKILL") else "SIGTERM"})
        indexbuild.write_index(__import__("pathlib").Path({str(tmp_path / "i")!r}), Grid(300), Embedder(), Killed())
    """
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], env={**os.environ, "PYTHONPATH": str(root)}, check=False,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode < 0, done.stderr
    embedder = Embedder()
    index = build_index(tmp_path / "i", Grid(300), embedder, Quiet())
    assert 0 < embedder.embedded < 150
    np.testing.assert_array_equal(index.vectors, made(tmp_path / "whole", 300)[0].vectors)


def test_a_new_chip_costs_its_own_vector_only(tmp_path):
    made(tmp_path / "i", 60)
    embedder, grid = Embedder(), Grid(90, first=-10)
    index = build_index(tmp_path / "i", grid, embedder, Quiet())
    assert len(grid.asked) == 30 and embedder.embedded == 24
    np.testing.assert_array_equal(index.vectors, made(tmp_path / "whole", 90, first=-10)[0].vectors)
    assert index.chip(10) == Grid(60).chips([0])[0] and index.unusable() == {"nodata": 9, "texture": 9}
    folders = [p for p in (tmp_path / "i").iterdir() if p.is_dir()]
    assert len(folders) == 1, "the old one is gone"
    # A smaller area takes all of its chips from the larger one.
    grid = Grid(20)
    build_index(tmp_path / "i", grid, embedder, Quiet())
    assert not grid.asked


def test_a_source_that_changed_is_embedded_anew(tmp_path):
    source = tmp_path / "a.tif"
    source.write_bytes(b"one")
    made(tmp_path / "i", 30, source=str(source))
    source.write_bytes(b"another")
    grid = Grid(30, source=str(source))
    build_index(tmp_path / "i", grid, Embedder(), Quiet())
    assert len(grid.asked) == 30


def test_another_embedding_or_chip_size_is_refused_in_words(tmp_path):
    index, _, embedder = made(tmp_path / "i", 30)
    with pytest.raises(InputError, match=r"made with another embedding \(first 1\) than other\.onnx"):
        build_index(tmp_path / "i", Grid(30), Embedder(name="other"), Quiet())
    with pytest.raises(InputError, match="chips of 500 m, and 250 m are asked for"):
        build_index(tmp_path / "i", Grid(30, chip_size=250.0), embedder, Quiet())
    with pytest.raises(InputError, match="another embedding"):
        index.need(Embedder(name="other"))  # type: ignore[arg-type]
    index.need(embedder, 500.0)
    embedder.card = Embedder().card.__class__(**{**embedder.card.__dict__, "chip_px": 99})
    with pytest.raises(InputError, match="8 pixels a side, and the embedding first takes 99"):
        build_index(tmp_path / "j", Grid(30), embedder, Quiet())
    remove_index(tmp_path / "i")
    assert not (tmp_path / "i").exists()


def test_only_its_own_files_are_removed(tmp_path):
    made(tmp_path / "i", 30)
    (tmp_path / "i" / "job.json").write_text("{}")
    (tmp_path / "i" / "mine").mkdir()
    remove_index(tmp_path / "i")
    assert sorted(p.name for p in (tmp_path / "i").iterdir()) == ["job.json", "mine"]
    remove_index(tmp_path / "none")


@pytest.mark.parametrize(
    "vectors", [np.zeros((1, 4)), np.zeros((0, 5)), np.zeros(5), np.full((1, 5), np.nan), np.zeros((2, 5, 1))]
)
def test_targets_that_do_not_fit_are_refused(tmp_path, vectors):
    index, _, _ = made(tmp_path / "i", 30)
    with pytest.raises(InputError):
        index.search(vectors, 5)
    with pytest.raises(InputError, match="no chip 30"):
        index.chips([30])


# -- hostile folders ------------------------------------------------------------------------------------------------


def _manifest(change):
    def spoil(folder: Path) -> None:
        path = folder / "manifest.json"
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value))

    return spoil


def _array(name, change):
    def spoil(folder: Path) -> None:
        path = next(folder.glob(f"*/{name}.npy"))
        array = np.load(path, allow_pickle=False)
        np.save(path, change(array), allow_pickle=True)

    return spoil


def _bytes(name, change):
    def spoil(folder: Path) -> None:
        path = next(folder.glob(f"*/{name}"), folder / name)
        path.write_bytes(change(path.read_bytes()))

    return spoil


def _set(array, where, value):
    array = array.copy()
    array[where] = value
    return array


def _field(array, name, value):
    array = array.copy()
    array[name][1] = value
    return array


def _huge(data: bytes) -> bytes:
    return data[:10] + data[10:128].replace(b"(30, 5), }        ", b"(30, 5000000000), }") + data[128:]


@pytest.mark.parametrize(
    "spoil",
    [
        _manifest(lambda m: m.update(count=31)),
        _manifest(lambda m: m.update(count=10**12)),
        _manifest(lambda m: m.update(count=True)),
        _manifest(lambda m: m.update(key="../../../../etc")),
        _manifest(lambda m: m.update(key="0" * 16)),
        _manifest(lambda m: m["card"].update(dimensions=6)),
        _manifest(lambda m: m["card"].update(task="change")),
        _manifest(lambda m: m.update(card=[])),
        _manifest(lambda m: m.update(model="x")),
        _manifest(lambda m: m.update(chip_size=-5)),
        _manifest(lambda m: m.update(step="wide")),
        _manifest(lambda m: m.update(middle=[0.0])),
        _manifest(lambda m: m.update(middle=[0.0] * 5)),
        _manifest(lambda m: m.update(index=2)),
        _manifest(lambda m: m.update(surprise=1)),
        _bytes("manifest.json", lambda b: b"[" * 100_000),
        _bytes("manifest.json", lambda b: b"{}"),
        _bytes("manifest.json", lambda b: b.replace(b"500.0", b"NaN")),
        _bytes("manifest.json", lambda b: b + b" " * 2_000_000),
        _array("vectors", lambda a: a.astype(np.float64)),
        _array("vectors", lambda a: a.astype(object)),
        _array("vectors", lambda a: a[:-1]),
        _array("vectors", lambda a: np.asfortranarray(a)),
        _array("vectors", lambda a: _set(a, (0, 0), np.nan)),
        _array("vectors", lambda a: _set(a, (0, 0), np.inf)),
        _array("vectors", lambda a: _set(a, 0, 3.0)),
        _array("vectors", lambda a: _set(a, (3, 0), 0.0)),
        _bytes("vectors.npy", lambda b: b[:-7]),
        _bytes("vectors.npy", lambda b: b + b"x"),
        _bytes("vectors.npy", lambda b: b[:20]),
        _bytes("vectors.npy", _huge),
        _bytes("vectors.npy", lambda b: b"not numpy at all" * 40),
        _array("state", lambda a: _set(a, 0, 0)),
        _array("state", lambda a: _set(a, 0, 99)),
        _array("state", lambda a: a.astype("i8")),
        _array("places", lambda a: _field(a, "source", 5)),
        _array("places", lambda a: _field(a, "source", -1)),
        _array("places", lambda a: _field(a, "region", 0)),
        _array("places", lambda a: _field(a, "x", np.nan)),
        _array("places", lambda a: _field(a, "latitude", 91.0)),
        _array("places", lambda a: a["x"]),
        _bytes("strings.json", lambda b: b"{}"),
        _bytes("strings.json", lambda b: b.replace(b'"a.tif"', b"5")),
        _bytes("strings.json", lambda b: b.replace(b'"a.tif"', b'"' + b"x" * 5000 + b'"')),
    ],
)
def test_a_hostile_index_is_refused_by_name(tmp_path, spoil, whole_index):
    folder = tmp_path / "i"
    shutil.copytree(whole_index, folder)
    assert open_index(folder).count == 30
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    spoil(folder)
    assert before != {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    with pytest.raises(InputError) as caught:
        open_index(folder)
    assert str(folder) in caught.value.what and caught.value.remedy


@pytest.fixture(scope="module")
def whole_index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index") / "i"
    made(folder, 30)
    return folder


def test_a_folder_without_an_index_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="no finished index"):
            open_index(folder)
    assert indexes.Index.__doc__
