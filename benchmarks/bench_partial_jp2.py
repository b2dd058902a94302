"""Bytes that an area's part of a large JP2 takes, over HTTP from the sandbox on this computer, and whether it is exact.

    python benchmarks/bench_partial_jp2.py [--edge 20000] [--areas 20] [--share 0.05] [--folder build/bench]

An image like a HiRISE RED product is made once (10 bits in 16, one tile, PCRL, precincts of 256, lossless 5/3, PLT) and
kept in the folder. Bytes are what the client received, headers of the codestream included. Every pixel of every area is
compared with the image that was encoded, which is lossless; some windows also with the whole JP2, decoded.
Times are of this run and its machine's load: only their ratios say something. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marscd_plugin.common.rasters import Window, open_raster  # noqa: E402
from marscd_plugin.common.settings import Settings  # noqa: E402
from marscd_plugin.crawler.jp2 import PartTransfer, PartWish  # noqa: E402
from marscd_plugin.crawler.jp2.overview import bring_overview  # noqa: E402
from marscd_plugin.crawler.manners import Manners  # noqa: E402
from marscd_plugin.crawler.session import RequestsWeb  # noqa: E402
from marscd_plugin.products.check import check_file  # noqa: E402
from marscd_plugin.products.codestream.index import read_index  # noqa: E402
from marscd_plugin.products.codestream.reading import drive  # noqa: E402
from marscd_plugin.products.codestream.spans import length, merged  # noqa: E402
from marscd_plugin.sandbox.faults import FaultPlan, Rule  # noqa: E402
from marscd_plugin.sandbox.server import SandboxServer  # noqa: E402

GAPS = (0, 8, 32, 64, 128, 256, 512, 1024, 2048)
_ROWS = 500
_BLOCK = 1024


def main() -> None:
    """Parse, make the image, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edge", type=int, default=20000, help="pixels a side")
    parser.add_argument("--areas", type=int, default=20)
    parser.add_argument("--share", type=float, default=0.05, help="of the image, each area")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--folder", default=str(ROOT / "build" / "bench"))
    args, _ = parser.parse_known_args()
    root = Path(args.folder) / f"partial-{args.edge}"
    image = root / "pds" / "X_RED.JP2"
    make_image(image, args.edge)
    with tempfile.TemporaryDirectory(dir=args.folder) as place, SandboxServer(root, plan=FaultPlan()) as server:
        settings = Settings(hirise_url=server.url + "/PDS", allow_loopback=True)
        with RequestsWeb(settings, None, Manners(spacing=0.0)) as web:
            bench = Bench(args, web, server, image, Path(place))
            sys.stdout.write(bench.report())


class Bench:
    """One image on one server."""

    def __init__(
        self, args: argparse.Namespace, web: RequestsWeb, server: SandboxServer, image: Path, place: Path
    ) -> None:
        self.args, self.web, self.server, self.image, self.place = args, web, server, image, place
        self.url = server.url + "/PDS/X_RED.JP2"
        self.size = image.stat().st_size
        self.random = np.random.default_rng(args.seed)
        with image.open("rb") as file:

            def read(offset: int, size: int) -> bytes:
                file.seek(offset)
                return file.read(size)

            self.index = drive(read_index(self.size, None), read)

    def report(self) -> str:
        """All tables, as Markdown."""
        edge, packets = self.args.edge, len(self.index.packets[0])
        squares = [self.window(1.0) for _ in range(self.args.areas)]
        lines = [
            f"{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}. "
            f"{edge**2 / 1e6:,.0f} megapixels, {self.size / 1e6:,.0f} MB, {packets:,} packets; areas of "
            f"{self.args.share:.0%} of the pixels. Bytes are given as multiples of the area's share of the file.",
            "",
            "| areas | bytes: mean | least | most | requests, mean | pixels compared | pixels that differ |",
            "|---|---:|---:|---:|---:|---:|---:|",
            self.row(f"{len(squares)} squares", squares),
        ]
        for shape in (4.0, 1 / 4, 16.0, 1 / 16):
            name = f"{shape:g} x as wide as high" if shape > 1 else f"{1 / shape:g} x as high as wide"
            lines.append(self.row(f"3, {name}", [self.window(shape) for _ in range(3)]))
        lines += [
            "",
            *self.gaps(squares),
            "",
            *self.wider(),
            "",
            *self.overview(),
            "",
            *self.whole_decoding(squares[0]),
        ]
        return "\n".join(lines) + "\n"

    def window(self, shape: float) -> Window:
        """A random window of the wanted share, ``shape`` times as wide as high."""
        area = self.args.share * self.args.edge**2
        width = min(round((area * shape) ** 0.5), self.args.edge)
        height = min(round(area / width), self.args.edge)
        column, row = self.random.integers(0, self.args.edge - np.array([width, height]) + 1)
        return Window(int(column), int(row), width, height)

    def bring(self, windows: list[Window], gap: int | None = None, path: Path | None = None) -> PartTransfer:
        """Fetch a part."""
        wish = PartWish(tuple(windows)) if gap is None else PartWish(tuple(windows), gap)
        path = path or self.place / "X_RED.area.JP2"
        transfer = PartTransfer(self.web, self.url, path, "image", check_file, part=wish)
        transfer.run()
        return transfer

    def share(self, received: int, window: Window) -> float:
        """Bytes as a multiple of the window's share of the file."""
        return received / self.size / (window.width * window.height / self.args.edge**2)

    def row(self, name: str, windows: list[Window]) -> str:
        """Fetch and compare each of the windows on its own."""
        shares, requests, compared, wrong = [], [], 0, 0
        for window in windows:
            path = self.place / "X_RED.area.JP2"
            path.unlink(missing_ok=True)
            transfer = self.bring([window])
            shares.append(self.share(transfer.received, window))
            requests.append(transfer.attempts)
            wrong += differing(path, window, self.args.edge)
            compared += window.width * window.height
            sys.stderr.write(f"{name}: {window} {shares[-1]:.3f} {requests[-1]} requests, {wrong} wrong\n")
        return (
            f"| {name} | {np.mean(shares):.3f} | {min(shares):.3f} | {max(shares):.3f} | {np.mean(requests):.0f} "
            f"| {compared:,} | {wrong:,} |"
        )

    def gaps(self, windows: list[Window]) -> Iterator[str]:
        """What larger gaps cost and save: bytes and ranges of all areas by the index, the time of one measured."""
        yield "| gap fetched along, kB | bytes: mean | most | ranges, mean | time of one area (50 ms a request) |"
        yield "|---:|---:|---:|---:|---:|"
        first = 0.0
        for gap in GAPS:
            spans = [merged(self.index.spans([w]), gap << 10) for w in windows]
            shares = [self.share(length(s), w) for s, w in zip(spans, windows, strict=True)]
            self.server.plan.rules = (Rule("*", "slow", probability=1.0, seconds=0.05),)
            path = self.place / "gap.area.JP2"
            begun = time.perf_counter()
            self.bring([windows[0]], gap << 10, path)
            spent = time.perf_counter() - begun
            path.unlink()
            self.server.plan.rules = ()
            first = first or spent
            ranges = np.mean([len(s) for s in spans])
            yield f"| {gap} | {np.mean(shares):.3f} | {max(shares):.3f} | {ranges:.0f} | {spent / first:.2f} |"

    def wider(self) -> Iterator[str]:
        """An area, then the same made half as wide again."""
        yield "| a later, wider area (half as wide again) | |"
        yield "|---|---:|"
        path = self.place / "wide.area.JP2"
        edge = self.args.edge
        side = round((self.args.share * edge**2) ** 0.5)
        small, wide = Window(edge // 5, edge // 4, side, side), Window(edge // 5, edge // 4, side * 3 // 2, side)
        first, second = self.bring([small], path=path), self.bring([wide], path=path)
        path.unlink()
        alone = self.bring([wide], path=path)
        needed = length(self.index.spans([small, wide])) - length(self.index.spans([small]))
        yield f"| MB for the first area | {first.received / 1e6:.1f} |"
        yield f"| MB for the wider one after it | {second.received / 1e6:.1f} (the difference: {needed / 1e6:.1f}) |"
        yield f"| MB for the wider one alone | {alone.received / 1e6:.1f} |"

    def overview(self) -> Iterator[str]:
        """A small image of the whole."""
        yield "| overview, longest side at most | halved | MB by ranges | of the file |"
        yield "|---:|---:|---:|---:|"
        for side in (700, 1400, 2800):
            path = self.place / "x.overview.JP2"
            before = sent(self.index, side)
            halvings = bring_overview(self.web, self.url, path, side)
            yield f"| {side} | {halvings} times | {before / 1e6:.2f} | {before / self.size:.2%} |"
            path.unlink()

    def whole_decoding(self, window: Window) -> Iterator[str]:
        """The same pixels out of the whole JP2 and out of the part: equal, and how long each takes."""
        path = self.place / "X_RED.area.JP2"
        path.unlink(missing_ok=True)
        self.bring([window])
        side = min(_BLOCK, window.width, window.height)
        times = {"whole": 0.0, "part": 0.0}
        equal = True
        for column, row in (
            (0, 0),
            (window.width - side, window.height - side),
            (window.width // 2, window.height // 3),
        ):
            column, row = min(column, window.width - side), min(row, window.height - side)
            pixels = {}
            for name, file in (("whole", self.image), ("part", path)):
                begun = time.perf_counter()
                dataset = open_raster(file, ["JP2OpenJPEG"])
                pixels[name] = dataset.ReadAsArray(window.column + column, window.row + row, side, side)
                times[name] += time.perf_counter() - begun
            equal &= np.array_equal(pixels["whole"], pixels["part"])
        yield (
            f"Three windows of {side} x {side} pixels of one area, out of the whole JP2 and out of the part: "
            f"{'equal' if equal else 'NOT EQUAL'}; from the part in {times['part'] / times['whole']:.2f} of the time."
        )


def sent(index, side: int) -> int:
    """Bytes of the packets of an overview."""
    from marscd_plugin.products.codestream.reduced import halvings_for

    return length(index.spans_up_to(halvings_for(index, side)))


def differing(path: Path, window: Window, edge: int) -> int:
    """Pixels of a window that the part has otherwise than the image that was encoded."""
    dataset = open_raster(path, ["JP2OpenJPEG"])
    band = dataset.GetRasterBand(1)
    wrong = 0
    # Blocks as GDAL decodes them, so that none is decoded twice.
    for top in range(window.row // _BLOCK * _BLOCK, window.row + window.height, _BLOCK):
        low, high = max(top, window.row), min(top + _BLOCK, window.row + window.height)
        there = np.concatenate([
            band.ReadAsArray(max(left, window.column), low, min(left + _BLOCK, window.column + window.width)
                             - max(left, window.column), high - low)
            for left in range(window.column // _BLOCK * _BLOCK, window.column + window.width, _BLOCK)
        ], axis=1)  # fmt: skip
        wrong += int((there != rows_of(low, high, edge)[:, window.column : window.column + window.width]).sum())
    return wrong


# -- the image ------------------------------------------------------------------------------------------------------


def make_image(path: Path, edge: int) -> None:
    """Write the JP2, unless it is there."""
    if path.is_file():
        return
    from osgeo import gdal

    sys.stderr.write(f"making {path} ...\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    raw, part = path.with_suffix(".tif"), path.with_suffix(".tmp")
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(raw), edge, edge, 1, gdal.GDT_UInt16, ["TILED=YES", "BIGTIFF=IF_SAFER"]
    )
    for row in range(0, edge, _ROWS):
        dataset.GetRasterBand(1).WriteArray(rows_of(row, min(row + _ROWS, edge), edge), 0, row)
    options = [
        "CODEC=JP2", "QUALITY=100", "REVERSIBLE=YES", "NBITS=10", "RESOLUTIONS=6", "PROGRESSION=PCRL",
        "PRECINCTS=" + ",".join(["{256,256}"] * 6), "PLT=YES", "YCC=NO", "GMLJP2=NO", f"BLOCKXSIZE={edge}",
        f"BLOCKYSIZE={edge}",
    ]  # fmt: skip
    if gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(part), dataset, 0, options) is None:
        raise SystemExit("GDAL could not write the JP2")
    dataset = None
    raw.unlink()
    shutil.move(part, path)


_tiles: dict[int, np.ndarray] = {}


def rows_of(low: int, high: int, edge: int) -> np.ndarray:
    """Rows low..high-1 of the image: rough ground of two sizes that never repeat together, and a sensor's noise."""
    rows, columns = np.arange(low, high), np.arange(edge)
    ground = 500 + sum(
        weight * _fractal(side)[np.ix_(rows % side, columns % side)] for side, weight in ((4096, 90.0), (3001, 60.0))
    )
    noise = np.concatenate([
        np.random.default_rng((7, block)).standard_normal((_ROWS, edge), np.float32)[
            max(low - block * _ROWS, 0) : high - block * _ROWS
        ]
        for block in range(low // _ROWS, -(-high // _ROWS))
    ])  # fmt: skip
    return np.clip(np.rint(ground + 1.5 * noise), 3, 1021).astype(np.uint16)


def _fractal(side: int) -> np.ndarray:
    """A periodic rough surface, mean 0 and deviation 1, float32."""
    if side not in _tiles:
        spectrum = np.fft.rfft2(np.random.default_rng(side).standard_normal((side, side)))
        y, x = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
        surface = np.fft.irfft2(spectrum / np.maximum(np.hypot(y, x), 1 / side) ** 1.6, s=(side, side))
        _tiles[side] = ((surface - surface.mean()) / surface.std()).astype(np.float32)
    return _tiles[side]


if __name__ == "__main__":
    main()
