"""How fast and how large detection runs: against bare onnxruntime on the same tiles, and against torch.

    python benchmarks/bench_detection.py [--sizes 25 100 400] [--model NAME|FILE] [--cores 2] [--tile N] [--seconds 20]

For each size (megapixels) a synthetic pair is written, and each measurement runs in a process of its own, all on the
same cores: bare onnxruntime before and after (mean of both), the whole of ``detect_changes`` between (reading,
normalising, running, labelling, writing probability, mask and polygons), torch eager last. Ratios are within the run.
Prints one Markdown table to standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.rasters import make_raster  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.rasters import windows  # noqa: E402
from marscd_plugin.inference.models import bundled_models, find_model  # noqa: E402
from marscd_plugin.inference.session import load_model  # noqa: E402
from marscd_plugin.inference.tiles import PANEL, TILE, _cut, _up  # noqa: E402


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=float, nargs="+", default=[25, 100, 400], help="megapixels")
    parser.add_argument(
        "--model", default="", help="bundled name or .onnx file; empty = the first bundled, else untrained"
    )
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--tile", type=int, default=TILE)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each bare onnxruntime and torch measurement")
    parser.add_argument("--folder", default="", help="where the pairs are made (default: a temporary folder)")
    parser.add_argument("--no-torch", action="store_true")
    parser.add_argument("--worker", choices=["bare", "detect", "torch"], help=argparse.SUPPRESS)
    parser.add_argument("--pair", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        work = {"bare": bare, "detect": detect, "torch": torch_eager}[args.worker]
        result = work(args)
        result.setdefault("cpu", 0.0)
        result["rss_mb"] = peak_megabytes()
        sys.stdout.write(json.dumps(result) + "\n")
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: args.cores]))
    with tempfile.TemporaryDirectory(dir=args.folder or None) as folder:
        args.model = str(model_file(args.model, Path(folder)))
        sys.stdout.write(report(args, Path(folder)))


def peak_megabytes() -> float:
    """Peak resident memory of this process alone.

    ``ru_maxrss`` will not do where /proc is there: Linux hands it down from the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(args: argparse.Namespace, folder: Path) -> str:
    """All measurements, as Markdown."""
    lines = [
        "| megapixels | detection, s | detection, MP/s | bare onnxruntime, MP/s | ratio | torch eager, MP/s | "
        "detection / torch | processor s/MP: detection (bare) | peak memory, MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for size in args.sizes:
        pair = folder / f"{size:g}"
        make_pair(pair, round((size * 1e6) ** 0.5))
        first = measure("bare", args, pair)
        whole = measure("detect", args, pair)
        second = measure("bare", args, pair)
        eager = None if args.no_torch else measure("torch", args, pair)
        bare_speed = (first["speed"] + second["speed"]) / 2
        torch_speed = eager["speed"] if eager and eager["speed"] else None
        lines.append(
            f"| {size:g} | {whole['seconds']:.1f} | {whole['speed']:.2f} | {bare_speed:.2f} "
            f"({first['speed']:.2f}, {second['speed']:.2f}) | {whole['speed'] / bare_speed:.2f} | "
            + (f"{torch_speed:.2f} | {whole['speed'] / torch_speed:.2f}" if torch_speed else "- | -")
            + f" | {whole['cpu']:.2f} ({(first['cpu'] + second['cpu']) / 2:.2f}) | {whole['rss_mb']:.0f} |"
        )
        for path in pair.iterdir():
            path.unlink()
    return machine(args) + "\n".join(lines) + "\n"


def measure(worker: str, args: argparse.Namespace, pair: Path) -> dict[str, float]:
    """Run one measurement in a fresh process."""
    command = [
        sys.executable, __file__, "--worker", worker, "--pair", str(pair), "--model", args.model,
        "--cores", str(args.cores), "--tile", str(args.tile), "--seconds", str(args.seconds),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{worker} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def detect(args: argparse.Namespace) -> dict[str, float]:
    """The whole of detect_changes."""
    from marscd_plugin.change.detector import detect_changes
    from marscd_plugin.change.job import DetectJob

    pair = Path(args.pair)
    job = DetectJob(
        before=str(pair / "before.tif"), after=str(pair / "after.tif"), model=args.model, device="CPU",
        probability=str(pair / "probability.tif"), mask=str(pair / "mask.tif"), polygons=str(pair / "polygons.fgb"),
        threads=args.cores, tile=args.tile,
    )  # fmt: skip
    start, worked = time.perf_counter(), time.process_time()
    result = detect_changes(job, Quiet())
    seconds, cpu = time.perf_counter() - start, time.process_time() - worked
    megapixels = result.compared_pixels / 1e6
    return {"seconds": seconds, "speed": megapixels / seconds, "cpu": cpu / megapixels}


def shapes(args: argparse.Namespace, multiple: int, halo: int) -> tuple[int, int, int, int]:
    """Rows and columns of the commonest tile with its halo, and of its core."""
    from marscd_plugin.common.rasters import open_raster

    dataset = open_raster(Path(args.pair) / "before.tif")
    panel = _cut(dataset.RasterXSize, max(PANEL, args.tile), multiple)[0][1]
    width, height = _cut(panel, args.tile, multiple)[0][1], _cut(dataset.RasterYSize, args.tile, multiple)[0][1]
    around = 2 * _up(halo, multiple)
    return height + around, width + around, height, width


def timed(run: Callable[[], object], args: argparse.Namespace, megapixels: float) -> dict[str, float]:
    """Megapixels of core a second and processor seconds a megapixel, over about ``--seconds`` after one warm-up."""
    run()
    count, start, worked = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - start < args.seconds:
        run()
        count += 1
    done = count * megapixels
    return {"speed": done / (time.perf_counter() - start), "cpu": (time.process_time() - worked) / done}


def bare(args: argparse.Namespace) -> dict[str, float]:
    """onnxruntime alone, as it comes, on random tiles of the same shape."""
    import onnxruntime

    card = load_model(args.model, "CPU").card
    rows, columns, height, width = shapes(args, card.multiple, card.halo)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = args.cores
    session = onnxruntime.InferenceSession(args.model, sess_options=options, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    inputs = {name: rng.normal(size=(1, 1, rows, columns)).astype(np.float32) for name in card.inputs}
    return timed(lambda: session.run(None, inputs), args, height * width / 1e6)


def torch_eager(args: argparse.Namespace) -> dict[str, float]:
    """The same network in torch, eager, no gradients (its weights do not matter for speed)."""
    try:
        import torch
    except ImportError:
        return {"speed": 0.0}
    from marscd_plugin.training.networks import PaperNetwork

    card = load_model(args.model, "CPU").card
    rows, columns, height, width = shapes(args, card.multiple, card.halo)
    torch.set_num_threads(args.cores)
    network = PaperNetwork().eval()
    before, after = torch.randn(2, 1, 1, rows, columns).unbind(0)
    with torch.inference_mode():
        return timed(lambda: torch.sigmoid(network(before, after)), args, height * width / 1e6)


def model_file(chosen: str, folder: Path) -> Path:
    """The model to measure; where none is bundled, the untrained network of training/networks."""
    if chosen or bundled_models():
        return find_model(chosen or next(iter(bundled_models())))
    from marscd_plugin.common.words import ModelCard
    from marscd_plugin.training.export import export_onnx
    from marscd_plugin.training.networks import PaperConfig, PaperNetwork, halo

    config = PaperConfig()
    card = ModelCard(
        name="untrained", task="change", inputs=("before", "after"), output="probability",
        normalisation="pair-robust", pixel_size=(0.2, 0.6), threshold=0.5, halo=halo(config), multiple=config.multiple,
    )  # fmt: skip
    export_onnx(PaperNetwork(config), card, folder / "untrained.onnx")
    return folder / "untrained.onnx"


def make_pair(folder: Path, edge: int) -> None:
    """Two ``edge`` x ``edge`` HiRISE-like rasters (10 bits in UInt16, ZSTD, 512 tiles) with dark streaks in AFTER."""

    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    tile = rng.normal(size=(2048, 2048)).astype(np.float32)
    ground = sum(_smooth(tile, n) * n for n in (2, 8, 32, 128))
    ground = 400 + 60 * ground / ground.std()
    datasets = []
    for name in ("before", "after"):
        dataset = make_raster(folder / f"{name}.tif", edge)
        band = dataset.GetRasterBand(1)
        datasets.append((dataset, band))
    for window in windows(edge, edge, Quiet(), size=2048):
        block = ground[: window.height, : window.width]
        for index, (_, band) in enumerate(datasets):
            values = block + rng.normal(0, 6, block.shape).astype(np.float32)
            if index:
                for _ in range(12):
                    row, column = rng.integers(0, window.height), rng.integers(0, window.width)
                    values[row : row + int(rng.integers(50, 400)), column : column + int(rng.integers(3, 12))] -= 90
            band.WriteArray(np.clip(values, 3, 1020).astype(np.uint16), window.column, window.row)
    for dataset, _ in datasets:
        dataset.FlushCache()


def _smooth(noise: np.ndarray, size: int) -> np.ndarray:
    """Noise at a coarser grain: block means, repeated."""
    rows, columns = (n // size for n in noise.shape)
    means = noise[: rows * size, : columns * size].reshape(rows, size, columns, size).mean(axis=(1, 3))
    return np.repeat(np.repeat(means, size, axis=0), size, axis=1)


def machine(args: argparse.Namespace) -> str:
    """Where this was measured, and with what."""
    import onnxruntime
    from osgeo import gdal

    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [x.split(":", 1)[1].strip() for x in info.read_text().splitlines() if x.startswith("model name")]
        name = models[0] if models else name
    card = load_model(args.model, "CPU").card
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{name}, {args.cores} cores used of {os.cpu_count()}{load}; Python {platform.python_version()}, numpy "
        f"{np.__version__}, GDAL {gdal.__version__}, onnxruntime {onnxruntime.__version__}. Model {card.name} "
        f"{card.version}, tiles of {args.tile} px and a halo of {_up(card.halo, card.multiple)} px.\n\n"
    )


if __name__ == "__main__":
    main()
