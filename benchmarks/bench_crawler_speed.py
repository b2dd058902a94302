"""Throughput against curl and aria2c: a server on this computer with 50 ms latency and a cap for each connection.

    python benchmarks/bench_crawler_speed.py [--files 100] [--megabytes 8] [--latency 0.05] [--cap 20] [--rounds 3]

Every contender has four connections, without spacing, and fetches the same files; they take turns within one run, in an
order that changes each round, and the median counts. Two readings of "four connections":

- many files: each contender fetches four files at a time (curl --parallel --parallel-max 4, aria2c -j 4);
- large files: cut into pieces. aria2c -x 4 -s 4 takes one file at a time by four connections; MarsCD two files at a
  time that share its four connections; curl cannot cut a file up and takes four at a time.

Latency is slept by the server: once on a new connection, once before each answer. MarsCD verifies, hashes and
synchronises each file to the disk on top; the others are run as they come. Times run from a contender's first
connection to the end of its process, ours to the end of the fetch: starting Python, loading our modules and ending
Python, which happen once in QGIS, are not within them. aria2 is installed by ``apt install aria2``; a peer that is
missing is said to be.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from loopback import ROOT, Server, machine, table

CLIENT = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import marscd_plugin.crawler.agree, marscd_plugin.products.check
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.manners import Manners
root, folder = sys.argv[2], Path(sys.argv[3])
count, size, at_once = map(int, sys.argv[4:7])
settings = Settings(hirise_url=root, allow_loopback=True)
requests = [FileRequest(f"{root}/{n}.dat", folder / f"{n}.dat", str(n), "other", size) for n in range(count)]
manners = Manners(parallel=4, spacing=0.0)
results = fetch(requests, folder / "queue" / "f.sqlite", settings, Quiet(), at_once, manners=manners)
print(time.monotonic(), flush=True)
sys.exit(0 if all(r.state == "fetched" for r in results) else 3)
"""


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--megabytes", type=float, default=8.0)
    parser.add_argument("--large", type=int, default=10, help="how many large files, of ten times that size")
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--cap", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    size = int(given.megabytes * 1e6)
    sys.stdout.write(f"{machine()}\n\n")
    rows = []
    below = False
    for kind, count, each in (("many files", given.files, size), ("large files", given.large, 10 * size)):
        if not count:
            continue
        times, most = _race(kind, count, each, given)
        ours = statistics.median(times["MarsCD"])
        others = {name: statistics.median(found) for name, found in times.items() if name != "MarsCD" and found}
        best = min(others.values(), default=ours)
        for name in ("MarsCD", "curl", "aria2c"):
            found = times.get(name, [])
            if not found:
                rows.append((f"{kind}: {count} of {each / 1e6:g} MB", name, "missing here", "", "", ""))
                continue
            middle = statistics.median(found)
            rows.append(
                (
                    f"{kind}: {count} of {each / 1e6:g} MB",
                    name,
                    f"{middle:.2f} ({min(found):.2f} to {max(found):.2f})",
                    f"{count * each / 1e6 / middle:.1f}",
                    f"{best / middle:.2f}",
                    str(most[name]),
                )
            )
        below = below or best / ours < 0.95
    table(rows, ("what", "who", "s, median (least to most)", "MB/s", "share of the faster peer", "connections at once"))
    if below:
        sys.exit(1)


def _race(kind: str, count: int, size: int, given: argparse.Namespace) -> tuple[dict[str, list[float]], dict[str, int]]:
    body = random.Random(1).randbytes(size)
    server = Server({f"/{n}.dat": body for n in range(count)}, given.latency, given.cap * 1e6)
    times: dict[str, list[float]] = {"MarsCD": [], "curl": [], "aria2c": []}
    most: dict[str, int] = {}
    try:
        for number in range(given.rounds):
            names = list(times)
            for name in names[number % 3 :] + names[: number % 3]:
                if name != "MarsCD" and shutil.which(name) is None:
                    continue
                with tempfile.TemporaryDirectory() as scratch:
                    folder = Path(scratch)
                    command = _command(name, kind, server.root, folder, count, size)
                    server.most, server.first = server.open, 0.0
                    done = subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True)
                    # The clock is the same in all processes.
                    ended = float(done.stdout) if name == "MarsCD" else time.monotonic()
                    times[name].append(ended - server.first)
                    most[name] = server.most
                    for n in range(count):
                        if (folder / f"{n}.dat").stat().st_size != size:
                            sys.exit(f"{name} did not bring {n}.dat whole")
    finally:
        server.close()
    return times, most


def _command(name: str, kind: str, root: str, folder: Path, count: int, size: int) -> list[str]:
    urls = [f"{root}/{n}.dat" for n in range(count)]
    if name == "curl":
        config = folder / "urls.txt"
        config.write_text("".join(f'url = "{url}"\nremote-name\n' for url in urls))
        return [
            "curl",
            "--silent",
            "--parallel",
            "--parallel-immediate",
            "--parallel-max",
            "4",
            "--config",
            str(config),
        ]
    if name == "aria2c":
        listed = folder / "urls.txt"
        listed.write_text("\n".join(urls) + "\n")
        cut = (
            ["-j", "4", "-x", "1", "-s", "1"] if kind == "many files" else ["-j", "1", "-x", "4", "-s", "4", "-k", "1M"]
        )
        return ["aria2c", "-q", "--file-allocation=none", "--no-conf", *cut, "-i", str(listed)]
    at_once = "4" if kind == "many files" else "2"
    return [sys.executable, "-c", CLIENT, str(ROOT), root, str(folder), str(count), str(size), at_once]


if __name__ == "__main__":
    main()
