"""Memory of a job of 10,000 files: the kernel's high-water mark of the process that fetches them.

    python benchmarks/bench_crawler_memory.py [--files 10000]

Small files from a server on this computer, in a process of its own with an observer that keeps the last word on each
file, as the dock does. Wanted: under 200 MB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile

from loopback import ROOT, Server, machine, table

CLIENT = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.manners import Manners

def peak():
    text = Path("/proc/self/status").read_text()
    return int(text.split("VmHWM:")[1].split()[0]) / 1024

root, folder, count = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
settings = Settings(hirise_url=root, allow_loopback=True)
before = peak()
last = {}
requests = [
    FileRequest(f"{root}/{n}.dat", folder / "out" / f"ESP_{n:06d}_1380_RED.dat", f"ESP_{n:06d}_1380_RED", "other", 2000)
    for n in range(count)
]
begun = time.monotonic()
results = fetch(
    requests, folder / "queue" / "f.sqlite", settings, Quiet(), 4, manners=Manners(parallel=4, spacing=0.0),
    observer=lambda file: last.__setitem__(file.path, file),
)
good = sum(r.state == "fetched" for r in results)
print(json.dumps({"before": before, "peak": peak(), "good": good, "seconds": time.monotonic() - begun}))
"""


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    given = parser.parse_args()
    server = Server({f"/{n}.dat": f"{n}".encode().ljust(2000, b".") for n in range(given.files)})
    try:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", CLIENT, str(ROOT), server.root, folder, str(given.files)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
    finally:
        server.close()
    told = json.loads(done.stdout)
    sys.stdout.write(f"{machine()}\n\n")
    table(
        [
            ("files", f"{given.files:,}"),
            ("fetched", f"{told['good']:,}"),
            ("peak memory, MB", f"{told['peak']:.0f}"),
            ("of it before the job began, MB", f"{told['before']:.0f}"),
            ("seconds", f"{told['seconds']:.0f}"),
        ],
        ("what", "figure"),
    )
    if told["good"] != given.files or told["peak"] >= 200:
        sys.exit(1)


if __name__ == "__main__":
    main()
