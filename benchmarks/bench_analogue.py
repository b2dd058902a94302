"""Analogues: how fast chips are embedded beside bare onnxruntime, and a million chips kept, opened and searched.

    python benchmarks/bench_analogue.py [--chips 1000000] [--dimensions 5 128] [--seconds 10] [--only rate|index]

**Rate**: each embedding at hand (where the paper's is not, its layers with random weights, exported on the spot), bare
onnxruntime on normalised chips and ``Embedder.embed`` (normalising and running) in turns; then ``build_index`` over a
synthetic image, which adds reading, cutting and writing. **Index**: vectors are synthetic:
unit vectors around some hundred centres of very different size, as real landforms are, in 24 directions with noise in
all. The embedding's time is left out. The searches are exact where they say so. Ratios are within the run; the floor is
what reading the bytes once takes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from marscd_plugin.analogue import nearest  # noqa: E402
from marscd_plugin.analogue.grids import ChipBlock  # noqa: E402
from marscd_plugin.analogue.index import Index, build_index, open_index  # noqa: E402
from marscd_plugin.analogue.null import null_of  # noqa: E402
from marscd_plugin.analogue.probe import probe  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.words import Chip, EmbeddingCard  # noqa: E402
from marscd_plugin.inference.chips import normalise_chips  # noqa: E402
from marscd_plugin.inference.embedding import Embedder, load_embedder, unit  # noqa: E402
from marscd_plugin.inference.models import embedding_models  # noqa: E402

BAR_MS, BAR_RATE = 50.0, 0.9
QUERIES = 40


def main() -> int:
    """Print the tables; 1 where a search is slower than its bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chips", type=int, default=1_000_000)
    parser.add_argument("--dimensions", type=int, nargs="+", default=[5, 128, 192])
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement of a rate")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--only", choices=["rate", "index"])
    parser.add_argument("--folder", default="", help="where files are made (default: a temporary folder)")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: given.cores]))
    say(f"{platform.machine()}, {given.cores} cores used of {os.cpu_count()}; Python {platform.python_version()}, "
        f"numpy {np.__version__}; load {os.getloadavg()[0]:.1f} at the start.\n")  # fmt: skip
    slow = False
    with tempfile.TemporaryDirectory(dir=given.folder or None) as name:
        folder = Path(name)
        if given.only != "index":
            rates(folder, given.seconds)
        if given.only != "rate":
            slow = million(folder, given.chips, given.dimensions)
    say(f"Load {os.getloadavg()[0]:.1f} at the end.")
    return int(slow)


def say(text: str) -> None:
    """A line of the table, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


# -- embedding ------------------------------------------------------------------------------------------------------


def rates(folder: Path, seconds: float) -> None:
    """Chips a second of each embedding."""
    models = embedding_models()
    if "paper-analogue" not in models:
        models["random weights, the paper's layers"] = paper_like(folder / "paper.onnx")
    image = picture(folder / "image.tif")
    say("| embedding | chip, px | bare onnxruntime, chips/s | embed, chips/s | ratio | ratio of processor time | "
        "with reading and writing, chips/s | ratio |\n|---|---:|---:|---:|---:|---:|---:|---:|")  # fmt: skip
    for name, path in models.items():
        embedder = load_embedder(path, "CPU")
        side = embedder.card.chip_px
        chips = np.random.default_rng(1).normal(1000, 50, (3 * embedder.batch, side, side)).astype(np.float32)
        ready = [normalise_chips(chips[a : a + embedder.batch], embedder.card.normalisation, embedder.card.channels)
                 for a in range(0, len(chips), embedder.batch)]  # fmt: skip
        # The session itself, as anybody would call it.
        session = embedder._session
        bare = lambda s=session, e=embedder, r=ready: [s.run([e.card.output], {e.card.input: b}) for b in r]  # noqa: E731
        plain, whole = in_turns([bare, lambda e=embedder, c=chips: e.embed(c)], seconds)
        speeds = len(chips) / plain[0], len(chips) / whole[0]
        built = of_image(folder / f"{len(name)}-index", image, embedder, seconds * speeds[1])
        say(f"| {name} | {side} | {speeds[0]:,.0f} | {speeds[1]:,.0f} | {speeds[1] / speeds[0]:.2f} | "
            f"{plain[1] / whole[1]:.2f} | {built:,.0f} | {built / speeds[0]:.2f} |")  # fmt: skip
    say(f"\nWanted: {BAR_RATE:g} of bare onnxruntime; reading is left out in the first ratio, included in the last. "
        "Medians over turns.\n")  # fmt: skip


def in_turns(works: list[Callable[[], object]], seconds: float) -> list[tuple[float, float]]:
    """Median seconds and processor seconds of each, one after the other until the time is up (5 turns at least)."""
    taken: list[list[tuple[float, float]]] = [[] for _ in works]
    for work in works:
        work()
    start = time.perf_counter()
    while time.perf_counter() - start < seconds or len(taken[0]) < 5:
        for work, times in zip(works, taken, strict=True):
            began, busy = time.perf_counter(), time.process_time()
            work()
            times.append((time.perf_counter() - began, time.process_time() - busy))
    return [(statistics.median(t for t, _ in times), statistics.median(b for _, b in times)) for times in taken]


def of_image(folder: Path, path: Path, embedder: Embedder, most: float) -> float:
    """Chips a second of a whole build over an image: opening, reading, cutting, normalising, running, writing."""
    from marscd_plugin.analogue.images import open_image
    from marscd_plugin.analogue.search_area import search_chips

    image, side = open_image(str(path)), embedder.card.chip_px
    size = side * float(image.pixel_size or 1.0)
    step = size / 2
    while (4096 * float(image.pixel_size or 1.0) / step) ** 2 > max(most, 200):
        step *= 1.2
    start = time.perf_counter()
    grid = search_chips(image, None, size, step, side)
    build_index(folder, grid, embedder, Quiet())
    return grid.count / (time.perf_counter() - start)


def picture(path: Path) -> Path:
    """A tiled image of 4096 x 4096 px with texture at every scale, 5 m a pixel, on Mars."""
    from osgeo import gdal

    from marscd_plugin.planet.crs import spatial_reference

    rng = np.random.default_rng(1)
    values = np.zeros((4096, 4096), np.float32)
    for scale in (2, 8, 32, 128):
        values += np.kron(rng.normal(size=(4096 // scale, 4096 // scale)), np.ones((scale, scale))).astype(np.float32)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 4096, 4096, 1, gdal.GDT_Byte, ["TILED=YES"])
    dataset.SetGeoTransform((0.0, 5.0, 0.0, 0.0, 0.0, -5.0))
    dataset.SetProjection(spatial_reference("IAU_2015:49910").ExportToWkt())
    dataset.GetRasterBand(1).WriteArray(np.clip(128 + 20 * values, 1, 255).astype(np.uint8))
    return path


def paper_like(path: Path) -> Path:
    """The paper's 4-8-8 network at 100 px with random weights."""
    import onnx
    from onnx import helper, numpy_helper

    from marscd_plugin.inference.card import CARD_KEY
    from marscd_plugin.inference.embedding_card import embedding_card_to_json

    rng, nodes, constants, last = np.random.default_rng(1), [], [], "chips"
    for n, (a, b) in enumerate(((1, 4), (4, 8), (8, 8))):
        constants.append(numpy_helper.from_array(rng.normal(0, 0.2, (b, a, 3, 3)).astype(np.float32), f"k{n}"))
        nodes.append(helper.make_node("Conv", [last, f"k{n}"], [f"c{n}"], pads=[1] * 4))
        nodes.append(helper.make_node("Relu", [f"c{n}"], [f"r{n}"]))
        last = f"r{n}"
    nodes.append(helper.make_node("Flatten", [last], ["flat"]))
    for n, (a, b) in enumerate(((80_000, 24), (24, 5))):
        constants.append(numpy_helper.from_array(rng.normal(0, 0.05, (a, b)).astype(np.float32), f"w{n}"))
        nodes.append(helper.make_node("MatMul", ["flat" if not n else "m0", f"w{n}"], ["vectors" if n else "m0"]))
    graph = helper.make_graph(
        nodes, "paper", [helper.make_tensor_value_info("chips", 1, ["n", 1, 100, 100])],
        [helper.make_tensor_value_info("vectors", 1, ["n", 5])], constants,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    card = EmbeddingCard("random-paper", "chips", "vectors", 100, 1, 5, "euclidean", "chip")
    helper.set_model_props(model, {CARD_KEY: embedding_card_to_json(card)})
    onnx.save(model, str(path))
    return path


# -- a million chips ------------------------------------------------------------------------------------------------


def clustered(count: int, dimensions: int, seed: int = 1) -> np.ndarray:
    """Unit vectors (count, dimensions) as this file's first words say."""
    rng = np.random.default_rng(seed)
    directions = min(24, dimensions)
    basis = rng.normal(size=(directions, dimensions)) / np.sqrt(dimensions)
    centres = rng.normal(size=(200, directions))
    labels = rng.choice(200, count, p=rng.dirichlet(np.full(200, 0.5)))
    made = np.empty((count, dimensions), np.float32)
    for at in range(0, count, 50_000):
        some = labels[at : at + 50_000]
        values = (centres[some] + 0.7 * rng.normal(size=(len(some), directions))) @ basis
        made[at : at + 50_000] = unit(values + 0.25 * rng.normal(size=values.shape) / np.sqrt(dimensions))
    return made


class Ready:
    """A grid and an embedder whose vectors are there: what is left is the index's own work."""

    def __init__(self, vectors: np.ndarray) -> None:
        self.vectors, (self.count, dimensions) = vectors, vectors.shape
        self.chip_px, self.chip_size, self.step, self.batch, self.regions = 8, 500.0, 250.0, 64, ()
        self.card = EmbeddingCard("synthetic", "chips", "vectors", 8, 1, dimensions, "cosine", "chip")
        self.path, self.sha256 = Path("synthetic.onnx"), hashlib.sha256(b"synthetic").hexdigest()

    def chips(self, ids: range) -> tuple[Chip, ...]:
        """Places on a line."""
        return tuple(Chip("synthetic.tif", 250.0 * i, 0.0, 500.0, 1e-4 * i, 0.0, "Mars") for i in ids)

    def blocks(self, progress: Any, ids: np.ndarray, size: int) -> Iterator[ChipBlock]:
        """Blocks whose pixels are their numbers."""
        for at in range(0, len(ids), size):
            some = ids[at : at + size]
            yield ChipBlock(some, some[:, None, None].astype(np.int64), np.ones(len(some), bool), ("",) * len(some))

    def stream(self, groups: Any) -> Iterator[tuple[Any, np.ndarray]]:
        """Those vectors."""
        for tag, numbers in groups:
            yield tag, self.vectors[numbers[:, 0, 0]]


def million(folder: Path, count: int, widths: list[int]) -> bool:
    """The table of the index; True where the bar is missed."""
    columns = (
        "chips", "numbers", "search", "index on disk, MB", "building (embedding left out), s", "opening, s",
        "a query: median, worst, ms", "its processor ms", "numpy brute force, median ms", "ratio",
        "floor: its bytes once, ms", "recall@50", "random chips and verdict, ms", "all distances, ms", "probe, ms",
    )  # fmt: skip
    say(f"| {' | '.join(columns)} |\n|" + "---:|" * len(columns))
    slow = False
    for dimensions in widths:
        ready = Ready(clustered(count, dimensions))
        place = folder / f"index-{dimensions}"
        start = time.perf_counter()
        build_index(place, ready, ready, Quiet())  # type: ignore[arg-type]
        built = time.perf_counter() - start
        rng = np.random.default_rng(2)
        targets = unit(
            ready.vectors[rng.choice(count, QUERIES)] + 0.3 * rng.normal(size=(QUERIES, dimensions)) / dimensions**0.5
        )
        del ready
        start = time.perf_counter()
        index = open_index(place)
        opened = time.perf_counter() - start
        size = sum(p.stat().st_size for p in place.rglob("*") if p.is_file()) / 1e6
        signs = nearest.wants_signs(count, dimensions)
        index.search(targets[:1], 50)  # Signs are loaded at the first.
        found, times, busy = each(lambda t, i=index: i.search(t[None], 50)[1][0], targets)
        held = np.asarray(index.vectors).copy() if index.vectors.nbytes < 2e9 else index.vectors
        exact, brute, _ = each(lambda t, v=held: brute_force(v, t, 50), targets)
        recall = statistics.mean(len(np.intersect1d(a, b)) / 50 for a, b in zip(found, exact, strict=True))
        touched = (
            held.nbytes
            if not signs
            else index._files.signs.nbytes + 4 * dimensions * nearest.measured_after(dimensions, 50)
        )
        floor = 1e3 * touched / bandwidth(held)
        rest = [1e3 * statistics.median(each(w, targets[:5])[1]) for w in works(index)]
        median = 1e3 * statistics.median(times)
        slow |= median > BAR_MS
        say(f"| {count:,} | {dimensions} | {'signs, then exact' if signs else 'exact'} | {size:,.0f} | {built:.0f} | "
            f"{opened:.2f} | {median:.1f}, {1e3 * max(times):.1f} | {1e3 * busy:.1f} | "
            f"{1e3 * statistics.median(brute):.0f} | "
            f"{statistics.median(brute) / statistics.median(times):.1f} | {floor:.1f} | {recall:.3f} | {rest[0]:.0f} | "
            f"{rest[1]:.0f} | {rest[2]:.0f} |")  # fmt: skip
    say(f"\nSynthetic vectors, {QUERIES} queries of 50 neighbours each. Bar for a query: {BAR_MS:g} ms.\n")
    return slow


def works(index: Index) -> list[Callable[[np.ndarray], object]]:
    """What else a search does: the null and a verdict, every distance, a round of refining."""
    return [
        lambda t: null_of(index, t).judge(0, 0.5),
        lambda t: index.distances(t),
        lambda t: probe(index.vectors, [1, 2, 3], [4, 5], t[None]),
    ]


def each(work: Callable[[np.ndarray], Any], targets: np.ndarray) -> tuple[list[Any], list[float], float]:
    """The answers to each target, the seconds each took, and the median processor seconds."""
    answers, times, busy = [], [], []
    for target in targets:
        start, worked = time.perf_counter(), time.process_time()
        answers.append(work(target))
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    return answers, times, statistics.median(busy)


def brute_force(vectors: np.ndarray, target: np.ndarray, k: int) -> np.ndarray:
    """The nearest by numpy alone, from memory."""
    likeness = vectors @ target
    return np.argpartition(-likeness, k)[:k]


def bandwidth(values: np.ndarray) -> float:
    """Bytes a second at which the whole is read once, best of three."""
    best = min(each(lambda t: float(values.reshape(-1).sum()), np.zeros(3))[1])
    return values.nbytes / best


if __name__ == "__main__":
    sys.exit(main())
