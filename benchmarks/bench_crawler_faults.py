"""1,000 products through every fault an archive or the network makes, by a seeded plan: what came, what was met.

    python benchmarks/bench_crawler_faults.py [--products 1000] [--seed 4]

A sandbox archive on this computer serves as many JP2 images with their labels. Each request may be hit by one fault;
the plan strikes only a file's first requests, as passing faults do. Corrupted bytes are noticed by the JP2's structure,
by the MD5 that every second label states of its image, or by the Repr-Digest that the server sends with the others: an
archive that gives no checksum at all cannot be told a flipped bit in the middle of a picture. Pauses are shortened
(backoff from 0.02 s, a read that stands still is given up after 1 s), so that the run takes minutes, not hours.
"""

from __future__ import annotations

import argparse
import hashlib
import struct
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from loopback import machine, table
from osgeo import gdal

from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.server import SandboxServer

#: (fault, share of requests, its first requests that may be hit, more of the rule).
MIX: tuple[tuple[str, float, int, dict], ...] = (
    ("503", 0.04, 3, {}),
    ("503", 0.03, 3, {"retry_after": 0.05}),
    ("429", 0.03, 3, {"retry_after": 0.1}),
    ("429", 0.002, 3, {"retry_after": "date"}),
    ("500", 0.02, 3, {}),
    ("502", 0.02, 3, {}),
    ("504", 0.02, 3, {}),
    ("reset", 0.04, 3, {"bytes": 30_000}),
    ("reset", 0.02, 3, {"bytes": 0}),
    ("stall", 0.02, 2, {"bytes": 20_000, "seconds": 4.0}),
    ("hang", 0.01, 2, {"seconds": 4.0}),
    ("cut", 0.06, 3, {"bytes": 40_000}),
    ("lying_length", 0.03, 3, {"delta": 5000}),
    ("lying_length", 0.03, 3, {"delta": -5000}),
    ("no_length", 0.03, 3, {}),
    ("html", 0.04, 3, {}),
    ("corrupt", 0.05, 2, {}),
    ("gzip", 0.03, 3, {}),
    ("ignore_range", 0.05, 4, {}),
    ("slow", 0.02, 3, {"seconds": 0.5}),
)
_LABEL = """PDS_VERSION_ID = PDS3\r
DATA_SET_ID = "SIMULATED"\r
PRODUCT_ID = "{name}"\r
OBJECT = COMPRESSED_FILE\r
  FILE_NAME = "{name}.JP2"\r
{checksum}END_OBJECT = COMPRESSED_FILE\r
OBJECT = UNCOMPRESSED_FILE\r
  OBJECT = IMAGE\r
    LINES = {size}\r
    LINE_SAMPLES = {size}\r
    BANDS = 1\r
  END_OBJECT = IMAGE\r
END_OBJECT = UNCOMPRESSED_FILE\r
END\r
"""
_SIZE = 256


def fill(root: Path, count: int, seed: int) -> dict[str, bytes]:
    """Products under root/pds: name of the file -> its bytes' SHA-256. Each image differs in its pixels' box."""
    folder = root / "pds" / "RDR"
    folder.mkdir(parents=True)
    noise = np.random.default_rng(seed).integers(0, 1023, (_SIZE, _SIZE), np.uint16)
    memory = gdal.GetDriverByName("MEM").Create("", _SIZE, _SIZE, 1, gdal.GDT_UInt16)
    memory.GetRasterBand(1).WriteArray(noise)
    base = root / "base.jp2"
    gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(base), memory, options=["REVERSIBLE=YES", "QUALITY=100"])
    image = base.read_bytes()
    truth = {}
    for number in range(count):
        name = f"SIM_{number:06d}_1380_RED"
        box = hashlib.sha256(f"{seed} {number}".encode()).digest()
        jp2 = image + struct.pack(">I4s", 8 + 16 + len(box), b"uuid") + bytes(16) + box
        stated = f'  MD5_CHECKSUM = "{hashlib.md5(jp2, usedforsecurity=False).hexdigest()}"\r\n' if number % 2 else ""
        label = _LABEL.format(name=name, checksum=stated, size=_SIZE).encode("ascii")
        for file, body in ((f"{name}.JP2", jp2), (f"{name}.LBL", label)):
            (folder / file).write_bytes(body)
            truth[file] = hashlib.sha256(body).digest()
    return truth


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=4)
    given = parser.parse_args()
    rules = [
        {"match": "/PDS/*", "fault": fault, "probability": share, "times": times, **more}
        for fault, share, times, more in MIX
    ]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        truth = fill(root / "archive", given.products, given.seed)
        plan = parse_plan({"seed": given.seed, "rules": rules})
        # Images of even number, and all labels; images of odd number are checked by what their label states.
        with SandboxServer(root / "archive", plan=plan, digests=("*[02468]_1380_RED.JP2", "*.LBL")) as server:
            settings = Settings(hirise_url=server.url + "/PDS", allow_loopback=True)
            requests = [
                FileRequest(
                    f"{server.url}/PDS/RDR/{name}",
                    root / "out" / name,
                    name.split(".")[0],
                    "label" if name.endswith(".LBL") else "image",
                )
                for name in sorted(truth, key=lambda n: (n.split(".")[0], n.endswith(".JP2")))
            ]
            manners = Manners(
                tries=10, backoff=0.02, backoff_cap=0.5, read_timeout=1.0, parallel=8, spacing=0.0, breaker_rest=0.1,
                breaker_rounds=50,
            )  # fmt: skip
            begun = time.monotonic()
            results = fetch(requests, root / "queue" / "f.sqlite", settings, Quiet(), 8, manners=manners)
            took = time.monotonic() - begun
        same = sum(
            r.state == "fetched" and hashlib.sha256(r.path.read_bytes()).digest() == truth[r.name] for r in results
        )
        left = [p.name for p in (root / "out").rglob("*") if p.suffix in (".part", ".map")]
        aside = [p.name for p in (root / "out").rglob("*.bad")]
    out = sys.stdout.write
    out(f"{machine()}; seed {given.seed}\n\n")
    lost = [r for r in results if r.state != "fetched"]
    table(
        [
            ("products", f"{given.products:,}"),
            ("files", f"{len(results):,}"),
            ("retrieved, bit-identical", f"{same:,} ({100 * same / len(results):.2f} %)"),
            ("lost", str(len(lost))),
            ("partial files left behind", str(len(left))),
            ("images put into quarantine by a label that came later, and fetched again", str(len(aside))),
            ("requests a file", f"{sum(r.attempts for r in results) / len(results):.2f}"),
            ("faults met", f"{sum(plan.met.values()):,}"),
            ("seconds (pauses shortened)", f"{took:.0f}"),
        ],
        ("what", "figure"),
    )
    out("\n")
    table([(name, f"{count:,}") for name, count in sorted(plan.met.items())], ("fault", "times met"))
    for result in lost[:10]:
        out(f"\nlost: {result.name}: {result.reason}\n")
    if same != len(results):
        sys.exit(1)


if __name__ == "__main__":
    main()
