"""``marscd:analoguesimilarity`` as a user on a server runs it: clean JSON, one message, Ctrl-C, and going on."""

from __future__ import annotations

import importlib.util
import json
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location(
    "analogue_standin", Path(__file__).parents[1] / "workflows/analogue_standin.py"
)
standin = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(standin)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a model, a mosaic of Mars and a target on Earth."""
    folder = tmp_path_factory.mktemp("analogues")
    standin.write_standin(folder / "stripes.onnx")
    standin.write_image(folder / "mosaic.tif", standin.planted(500, 600, 100, 200, 48, 30.0), standin.MARS, 0.0, 5000.0)
    target = 3.0 * standin.stripes(48, 48, 30.0) + 0.5 * standin.noise(48, 48, 9)
    standin.write_image(folder / "basin.tif", target, standin.EARTH, 5e5, 4.2e6)
    return folder


def command(place, out, *more):
    # The program itself, not Debian's shell wrapper: a signal must reach it.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    return [program, "run", "marscd:analoguesimilarity", f"--TARGETS={place / 'basin.tif'}",
            f"--SEARCH={place / 'mosaic.tif'}", f"--MODEL={place / 'stripes.onnx'}", "--CHIP_SIZE=320",
            f"--MATCHES={out / 'm.fgb'}", f"--DISTANCE={out / 'd.tif'}", *more]  # fmt: skip


def environment_here(tmp_path):
    from environment import environment

    return environment() | {"MARSCD_CACHE_DIR": str(tmp_path / "cache"), "PYTHONWARNINGS": "", "OMP_NUM_THREADS": "1"}


def test_json_stays_json_and_landing_sites_follow(place, tmp_path):
    env = environment_here(tmp_path)
    done = subprocess.run(
        [*command(place, tmp_path, "--STEP=160", "--COUNT=5"), "--json"],
        env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["MATCH_COUNT"] == 5 and results["BEST_PERCENTILE"] < 5 and results["SUMMARY"]
    done = subprocess.run(
        [command(place, tmp_path)[0], "run", "marscd:ranklandingsites", "--json", f"--MATCHES={results['MATCHES']}",
         f"--OUTPUT={tmp_path / 's.gpkg'}"],
        env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ranked = json.loads(done.stdout)["results"]
    assert ranked["SITE_COUNT"] == 5 and ranked["BEST_SITE"] == "match 1" and ranked["BASELINE_USED"] is None


def test_a_bad_name_is_one_message_and_exit_code_1(place, tmp_path):
    done = subprocess.run(
        command(place, tmp_path, "--STEPS=3"), env=environment_here(tmp_path), capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "Unknown parameter STEPS" in done.stderr and not (tmp_path / "m.fgb").exists()


def test_ctrl_c_ends_it_and_the_same_run_goes_on(place, tmp_path):
    env, run = environment_here(tmp_path), command(place, tmp_path, "--STEP=10")
    with subprocess.Popen(run, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            # Not the first block: something is to be kept.
            if "Embedding" in line and not line.strip().startswith("Embedding chips: 64 "):
                break
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 1, errors
    assert "go on from what was finished" in errors
    assert not (tmp_path / "m.fgb").exists() and not (tmp_path / "d.tif").exists()
    assert not [p for p in tmp_path.rglob("*") if ".part" in p.name or ".scratch" in p.name]
    kept = [p for p in (tmp_path / "m-index").rglob("*") if p.is_file()]
    assert kept
