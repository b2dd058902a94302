"""kill -9 at a random instant, one kill a job: does the job complete after a restart, and what came twice?

    python benchmarks/bench_crawler_kill.py [--jobs 100] [--files 20] [--megabytes 10] [--seed 1]

Each job runs in a process of its own against a server on this computer. It is killed at an instant drawn uniformly over
the time that an undisturbed job takes (from the start of its process on), then the same job is started again and runs
to its end. Bytes count as received when the server has handed them to the system: an upper bound, since what lay in the
killed process's socket was never read. Every file's SHA-256 is compared.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
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
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.manners import Manners
root, folder, names, size = sys.argv[2], Path(sys.argv[3]), json.loads(sys.argv[4]), int(sys.argv[5])
settings = Settings(hirise_url=root, allow_loopback=True)
requests = [FileRequest(f"{root}/{name}", folder / "out" / name, name, "other", size) for name in names]
manners = Manners(parallel=4, spacing=0.0, others=5.0)
results = fetch(requests, folder / "queue" / "f.sqlite", settings, Quiet(), 4, manners=manners)
sys.exit(0 if all(r.state in ("fetched", "present") for r in results) else 3)
"""


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=100)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--megabytes", type=float, default=10.0)
    parser.add_argument("--cap", type=float, default=20.0, help="megabytes a second for each connection")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    size = int(given.megabytes * 1e6)
    base = random.Random(given.seed).randbytes(size - 32)
    begun = time.monotonic()
    whole, shares, spared, wrong, left, killed = 0, [], 0, 0, 0, []
    with tempfile.TemporaryDirectory() as scratch:
        usual = statistics.median(
            _job(Path(scratch), given, size, base, f"calm{number}", None)["seconds"] for number in range(3)
        )
        for number in range(given.jobs):
            # A little more than its time: the very end is an instant like any other.
            instant = draw.uniform(0.0, 1.05 * usual)
            told = _job(Path(scratch), given, size, base, f"job{number}", instant)
            whole += told["whole"]
            wrong += told["wrong"]
            left += told["left"]
            spared += told["spared"]
            killed.append(told["before"])
            shares.append(told["twice"] / (size * given.files))
    took = time.monotonic() - begun
    sys.stdout.write(f"{machine()}; seed {given.seed}\n\n")
    table(
        [
            ("jobs, each killed once", str(given.jobs)),
            ("had ended before their kill", str(spared)),
            ("whole share when killed, least to most", f"{min(killed):.2f} to {max(killed):.2f}"),
            ("complete after one restart", f"{whole} ({100 * whole / given.jobs:.0f} %)"),
            ("files that differ", str(wrong)),
            ("partial files left behind", str(left)),
            ("bytes sent twice, of a job: mean", f"{100 * statistics.mean(shares):.3f} %"),
            ("bytes sent twice, of a job: most", f"{100 * max(shares):.3f} %"),
            ("an undisturbed job, s", f"{usual:.1f}"),
            ("seconds in all", f"{took:.0f}"),
        ],
        ("what", "figure"),
    )
    if whole < given.jobs or wrong or max(shares) >= 0.01:
        sys.exit(1)


def _job(scratch: Path, given: argparse.Namespace, size: int, base: bytes, name: str, instant: float | None) -> dict:
    folder = scratch / name
    files = {f"/{name}-{n}.dat": hashlib.sha256(f"{name} {n}".encode()).digest() + base for n in range(given.files)}
    server = Server(files, cap=given.cap * 1e6)
    names = [path[1:] for path in files]
    command = [sys.executable, "-c", CLIENT, str(ROOT), server.root, str(folder), json.dumps(names), str(size)]
    told = {"spared": 0, "before": 0.0}
    try:
        begun = time.monotonic()
        process = subprocess.Popen(command)
        try:
            process.wait(instant)
            told["spared"] = int(instant is not None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        told["seconds"] = time.monotonic() - begun
        sent = sum(end - start for runs in list(server.sent.values()) for start, end in runs)
        told["before"] = sent / (size * given.files)
        code = 0
        if instant is not None:
            code = subprocess.run(command, check=False, timeout=300).returncode
        out = folder / "out"
        same = [
            (out / n).is_file()
            and hashlib.sha256((out / n).read_bytes()).digest() == hashlib.sha256(files["/" + n]).digest()
            for n in names
        ]
        told |= {
            "whole": int(code == 0 and all(same)),
            "wrong": sum(not s for s in same),
            "left": sum(p.suffix in (".part", ".map") for p in out.iterdir()),
            "twice": sum(server.twice(path) for path in files),
        }
        return told
    finally:
        server.close()
        # Connections that the killed process left hold the server; 200 MB a job would not fit.
        files.clear()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
