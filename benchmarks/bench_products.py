"""Window reads from a single-tile JP2, as HiRISE products are, against the tiled copy that is made of it once.

    python benchmarks/bench_products.py [--sizes 16 64] [--windows 12] [--side 1024]

For each size (megapixels) a synthetic single-tile JP2 is written (10 bits in 16, lossless 5/3, precincts of 256). Each
measurement runs in a process of its own, so that nothing is cached: random windows from the JP2, the transcoding, the
same windows from the copy. Windows are compared pixel by pixel. Ratios are within the run. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.rasters import Window, bounded_cache, open_raster, read  # noqa: E402
from marscd_plugin.common.words import Product  # noqa: E402
from marscd_plugin.products.tiles import fast_raster  # noqa: E402


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=float, nargs="+", default=[20, 64], help="megapixels")
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--side", type=int, default=1024, help="edge of a window, pixels")
    parser.add_argument("--folder", default="", help="where the images are made (default: a temporary folder)")
    parser.add_argument("--worker", choices=["windows", "transcode"], help=argparse.SUPPRESS)
    parser.add_argument("--image", default="", help=argparse.SUPPRESS)
    args, _ = parser.parse_known_args()
    if args.worker:
        result = {"windows": windows_of, "transcode": transcode}[args.worker](args)
        sys.stdout.write(json.dumps(result | {"rss_mb": peak_megabytes()}) + "\n")
        return
    with tempfile.TemporaryDirectory(dir=args.folder or None) as folder:
        sys.stdout.write(report(args, Path(folder)))


def report(args: argparse.Namespace, folder: Path) -> str:
    """All measurements, as Markdown."""
    lines = [
        "| megapixels | JP2, MB | copy, MB | a window from the JP2, s | from the copy, s | ratio | making the copy, s "
        "| windows after which it has paid | peak memory, MB: JP2, making, copy |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for size in args.sizes:
        image = folder / f"{size:g}.jp2"
        make_jp2(image, round((size * 1e6) ** 0.5))
        slow = measure("windows", args, image)
        made = measure("transcode", args, image)
        copy = Path(str(made["path"]))
        quick = measure("windows", args, copy)
        if slow["sum"] != quick["sum"]:
            raise SystemExit("the copy holds other pixels than the JP2")
        ratio = slow["seconds"] / quick["seconds"]
        paid = made["seconds"] / max(slow["seconds"] - quick["seconds"], 1e-9)
        lines.append(
            f"| {size:g} | {image.stat().st_size / 1e6:.0f} | {copy.stat().st_size / 1e6:.0f} "
            f"| {slow['seconds']:.3f} | {quick['seconds']:.4f} | {ratio:.0f} | {made['seconds']:.1f} | {paid:.0f} | "
            f"{slow['rss_mb']:.0f}, {made['rss_mb']:.0f}, {quick['rss_mb']:.0f} |"
        )
        for path in (image, copy):
            path.unlink()
    return machine(args) + "\n".join(lines) + "\n"


def measure(worker: str, args: argparse.Namespace, image: Path) -> dict:
    """Run one measurement in a fresh process."""
    command = [sys.executable, __file__, "--worker", worker, "--image", str(image), "--windows", str(args.windows),
               "--side", str(args.side)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{worker} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def windows_of(args: argparse.Namespace) -> dict:
    """Seconds a window, the same windows whatever the file, and the sum of all pixels read."""
    dataset = open_raster(args.image)
    rng = np.random.default_rng(0)
    side, total = args.side, 0
    with bounded_cache():
        start = time.perf_counter()
        for _ in range(args.windows):
            column = int(rng.integers(0, dataset.RasterXSize - side))
            row = int(rng.integers(0, dataset.RasterYSize - side))
            total += int(read(dataset.GetRasterBand(1), Window(column, row, side, side)).sum(dtype=np.int64))
        seconds = time.perf_counter() - start
    return {"seconds": seconds / args.windows, "sum": total}


def transcode(args: argparse.Namespace) -> dict:
    """What ``products.tiles`` does on first use."""
    image = Path(args.image)
    product = Product(product_id=image.stem, raster=image, sources=(image,))
    start = time.perf_counter()
    with bounded_cache():
        path = fast_raster(product, Quiet())
    if path == image:
        raise SystemExit("no copy was made: the image is small enough to be read as it is")
    return {"seconds": time.perf_counter() - start, "path": str(path)}


def make_jp2(path: Path, edge: int) -> None:
    """A single-tile JP2 of ``edge`` x ``edge``: 10 bits in UInt16, about as hard to compress as ground."""
    from osgeo import gdal

    rng = np.random.default_rng(1)
    tile = sum(np.kron(rng.normal(size=(1024 // n, 1024 // n)), np.ones((n, n))) * n**0.5 for n in (1, 2, 8, 32, 128))
    tile = np.clip(500 + 60 * tile / tile.std() + rng.normal(0, 3, tile.shape), 3, 1020).astype(np.uint16)
    memory = gdal.GetDriverByName("MEM").Create("", edge, edge, 1, gdal.GDT_UInt16)
    for row in range(0, edge, 1024):
        for column in range(0, edge, 1024):
            part = np.roll(tile, (row // 7, column // 5), (0, 1))[: edge - row, : edge - column]
            memory.GetRasterBand(1).WriteArray(part, column, row)
    precincts = "PRECINCTS=" + ",".join(["{256,256}"] * 6)
    options = ["QUALITY=100", "REVERSIBLE=YES", "NBITS=10", f"BLOCKXSIZE={edge}", f"BLOCKYSIZE={edge}",
               "RESOLUTIONS=6", "PROGRESSION=PCRL", precincts, "YCC=NO"]  # fmt: skip
    if gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(path), memory, 0, options) is None:
        raise SystemExit("this GDAL writes no JPEG 2000")


def peak_megabytes() -> float:
    """Peak resident memory of this process alone, where the system tells (Linux); else 0."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def machine(args: argparse.Namespace) -> str:
    """Where this was measured, and with what."""
    from osgeo import gdal

    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores{load}; Python "
        f"{platform.python_version()}, GDAL {gdal.__version__}. {args.windows} windows of {args.side} x {args.side} "
        "pixels at random places.\n\n"
    )


if __name__ == "__main__":
    main()
