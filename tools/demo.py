"""``make demo``: the whole job, headless, through ``qgis_process``, and where its results are.

With ``--archive sandbox`` (the default) a small archive on this computer is filled with simulated images of known truth
and served, and the found changes are compared with the truth. With ``--archive live`` the real archives are asked.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import ROOT, VENV, environment

DEMO = ROOT / "build" / "demo"
#: Palikir crater, on the slope where the simulated scene lies too: west,east,south,north.
EXTENT = "202.2940,202.3060,-41.6040,-41.5960 [IAU_2015:49900]"
SEED = 1


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def sandbox(root: Path, env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Fill and serve the sandbox archive; yields the variables that point at it."""
    python = str(VENV / "bin" / "python")
    subprocess.run(
        [python, "-m", "marscd_plugin.sandbox", "fill", "--root", str(root), "--seed", str(SEED)],
        cwd=ROOT,
        env=env,
        check=True,
    )
    server = subprocess.Popen(
        [python, "-m", "marscd_plugin.sandbox", "serve", "--root", str(root)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            sys.exit("demo: the sandbox archive did not start (see above)")
        yield json.loads(line)
    finally:
        server.terminate()
        server.wait(timeout=10)


def qgis_process(algorithm: str, inputs: dict, env: dict[str, str]) -> dict:
    """Run an algorithm, its messages shown as they come; returns its results. Exits where it fails."""
    arguments = [f"--{name}={value}" for name, value in inputs.items()]
    say("\n$ qgis_process run " + " ".join([algorithm, *(f"'{a}'" if " " in a else a for a in arguments)]))
    process = subprocess.Popen(
        ["qgis_process", "run", algorithm, *arguments], env=env, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    results, in_results = {}, False
    for line in process.stdout:
        if in_results and ":" in line:
            name, _, value = line.strip().partition(":")
            results[name.strip()] = value.strip()
        in_results = in_results or line.startswith("Results")
        sys.stdout.write(line)
        sys.stdout.flush()
    if process.wait() != 0:
        sys.exit(f"demo: {algorithm} ended with exit code {process.returncode}")
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", choices=("sandbox", "live"), default="sandbox")
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the results go (default: build/demo/<archive>)"
    )
    options = parser.parse_args()
    folder = options.folder or DEMO / options.archive
    env = environment()
    began = time.monotonic()
    job = {
        "EXTENT": EXTENT,
        "INSTRUMENT": "HIRISE",
        "MARS_YEARS": "30-31",
        "SOLAR_LONGITUDE": "240-360",
        "FOLDER": folder,
    }
    if options.archive == "live":
        job |= {"MAX_PRODUCTS": 3, "MAX_DOWNLOAD_MB": 2000}
        results = qgis_process("marscd:monitorarea", job, env)
    else:
        from demo_truth import truth_on_grid

        say("The images of this demo are SIMULATED; only ids and times are those of real observations.")
        with sandbox(DEMO / "archive", env) as urls:
            results = qgis_process("marscd:monitorarea", job, env | urls)
        truth = truth_on_grid(DEMO / "archive", folder, folder / "truth.tif")
        say("\nHow well, against the simulation's truth (the union of what changed between the compared pairs):")
        qgis_process(
            "marscd:evaluatechanges",
            {"PREDICTED": results["MASK"], "TRUTH": truth, "REPORT": folder / "accuracy.html"},
            env,
        )
    say(f"\nDone in {time.monotonic() - began:.0f} s. The results:")
    for name in ("REPORT", "POLYGONS", "MASK", "PROBABILITY", "SERIES"):
        say(f"  {name:<12} {results[name]}")
    say("Open the report in a browser, and the layers in QGIS (docs/tour.md).")


if __name__ == "__main__":
    main()
