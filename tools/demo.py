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

PYTHON = str(VENV / "bin" / "python")
DEMO = ROOT / "build" / "demo"
#: On the wall of Palikir crater, where the simulated scene lies too: west,east,south,north.
EXTENT = "202.2940,202.3060,-41.6040,-41.5960 [IAU_2015:49900]"
JOB = {"EXTENT": EXTENT, "INSTRUMENT": "HIRISE", "MARS_YEARS": "30-31", "SOLAR_LONGITUDE": "240-360"}
SEED = 1


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def fill(root: Path, size: int, env: dict[str, str]) -> None:
    """Simulate the demo's images into an archive, unless they are there."""
    say(f"Simulating images into {root} (a minute, the first time) ...")
    command = [
        PYTHON,
        "-m",
        "marscd_plugin.sandbox",
        "fill",
        "--root",
        str(root),
        "--seed",
        str(SEED),
        "--size",
        str(size),
    ]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serve(root: Path, env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Serve a sandbox archive; yields the variables that point at it."""
    command = [PYTHON, "-m", "marscd_plugin.sandbox", "serve", "--root", str(root)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            if not line:
                sys.exit("The sandbox archive did not start (see above).")
            yield json.loads(line)
        finally:
            server.terminate()


def qgis_process(algorithm: str, inputs: dict, env: dict[str, str]) -> dict[str, str]:
    """Run an algorithm, its messages shown as they come; returns its results. Exits where it fails."""
    arguments = [f"--{name}={value}" for name, value in inputs.items()]
    say("\n$ qgis_process run " + " ".join([algorithm, *(f"'{a}'" if " " in a else a for a in arguments)]))
    results: dict[str, str] = {}
    in_results = False
    command = ["qgis_process", "run", algorithm, *arguments]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            if in_results and ":" in line:
                name, _, value = line.strip().partition(":")
                results[name.strip()] = value.strip()
            in_results = in_results or line.startswith("Results")
            sys.stdout.write(line)
            sys.stdout.flush()
    if process.returncode:
        sys.exit(f"{algorithm} ended with exit code {process.returncode}.")
    return results


def simulated(folder: Path, archive: Path, size: int, env: dict[str, str]) -> dict[str, str]:
    """The job against the sandbox, judged by the simulation's truth."""
    say("The images of this demo are SIMULATED: only ids and some times are those of real observations.")
    fill(archive, size, env)
    with serve(archive, env) as urls:
        results = qgis_process("marscd:monitorarea", {**JOB, "FOLDER": folder}, env | urls)
    from demo_truth import truth_on_grid

    truth = truth_on_grid(archive, folder, folder / "truth.tif")
    say("\nAgainst the simulation's truth (the union of what changed between the compared pairs):")
    judged = {"PREDICTED": results["MASK"], "TRUTH": truth, "REPORT": folder / "accuracy.html"}
    results["ACCURACY"] = qgis_process("marscd:evaluatechanges", judged, env)["REPORT"]
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", choices=("sandbox", "live"), default="sandbox")
    parser.add_argument("--folder", type=Path, help="where everything goes (default: build/demo/<archive>)")
    parser.add_argument("--size", type=int, default=2048, help="edge of the simulated scene in pixels of 0.5 m")
    options = parser.parse_args()
    folder = (options.folder or DEMO / options.archive).absolute()
    env = environment()
    began = time.monotonic()
    if options.archive == "live":
        results = qgis_process(
            "marscd:monitorarea", {**JOB, "MAX_PRODUCTS": 3, "MAX_DOWNLOAD_MB": 2000, "FOLDER": folder}, env
        )
    else:
        results = simulated(folder, DEMO / f"archive-{options.size}", options.size, env)
    say(f"\nDone in {time.monotonic() - began:.0f} s. The results:")
    for name in ("REPORT", "POLYGONS", "MASK", "PROBABILITY", "SERIES", "ACCURACY"):
        if name in results:
            say(f"  {name:<12} {results[name]}")
    say("Open the report in a browser, and the layers in QGIS: docs/tour.md shows how.")


if __name__ == "__main__":
    main()
