"""The published ids in real ``qgis_process`` runs, as a user on a server calls them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTENT = "202.2970,202.3030,-41.6020,-41.5980 [IAU_2015:49900]"


def error_of(done):
    """The one message of a failed run; exit code 1."""
    assert done.returncode == 1, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    assert lines, done.stderr
    return " ".join(lines)


def test_the_demo_runs_from_search_to_report(tmp_path):
    """``make demo`` on a smaller scene: the same program, the same algorithms."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "demo.py"), "--size", "640", "--folder", str(tmp_path / "demo")],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    for name in ("REPORT", "POLYGONS", "MASK", "PROBABILITY", "SERIES", "ACCURACY"):
        line = next(line for line in done.stdout.splitlines() if line.strip().startswith(name + " "))
        assert Path(line.split()[-1]).exists(), line
    assert "SIMULATED" in done.stdout and "SENSITIVITY" in done.stdout


def test_the_graphical_model_runs_headless(qgis_process, tmp_path):
    outputs = {
        "footprints": "f.fgb",
        "files": "files",
        "series": "series",
        "changes": "c.fgb",
        "mask": "m.tif",
        "probability": "p.tif",
    }
    done = qgis_process(
        "marscd:changesofanarea", f"--EXTENT={EXTENT}", "--MARS_YEARS=31", "--MAX_PRODUCTS=2",
        *(f"--{name}={tmp_path / 'out' / path}" for name, path in outputs.items()),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for path in outputs.values():
        assert (tmp_path / "out" / path).exists(), path


def test_each_step_by_itself_and_json_stays_json(qgis_process, tmp_path):
    def results(algorithm, *arguments):
        done = qgis_process("marscd:" + algorithm, *arguments, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)["results"]

    found, files, series = tmp_path / "found.fgb", tmp_path / "files", tmp_path / "series"
    assert results("searchobservations", f"--EXTENT={EXTENT}", "--MARS_YEARS=30", f"--OUTPUT={found}")["COUNT"] == 8
    fetched = results("fetchobservations", f"--OBSERVATIONS={found}", "--MAX_PRODUCTS=4", f"--FOLDER={files}")
    assert (fetched["FETCHED"], fetched["FAILED"]) == (8, 0)
    built = results("buildseries", f"--FOLDER={files}", f"--SERIES={series}")
    assert built["EPOCHS"] == 2
    laid = results(
        "registerimages",
        f"--REFERENCE={built['BEFORE']}",
        f"--MOVING={built['AFTER']}",
        f"--OUTPUT={tmp_path / 'r.tif'}",
    )
    assert abs(laid["SHIFT_X_PX"]) < 0.3 and abs(laid["SHIFT_Y_PX"]) < 0.3
    changes = results(
        "detectchanges", f"--BEFORE={built['BEFORE']}", f"--AFTER={built['AFTER']}", "--REGISTER=false",
        f"--PROBABILITY={tmp_path / 'p.tif'}", f"--MASK={tmp_path / 'm.tif'}", f"--POLYGONS={tmp_path / 'c.gpkg'}",
    )  # fmt: skip
    judged = results("evaluatechanges", f"--PREDICTED={changes['PROBABILITY']}", f"--TRUTH={changes['MASK']}")
    assert judged["SPECIFICITY"] is not None


def lie(text: str) -> str:
    return text.replace("LINE_PROJECTION_OFFSET", "LINE_PROJECTION_OFFSET = 1 <m>\r\n    OLD_OFFSET", 1)


def spoil_cut(folder, stem):
    image = folder / f"{stem}.JP2"
    image.write_bytes(image.read_bytes()[: image.stat().st_size // 2])


def spoil_vrt(folder, stem):
    (folder / f"{stem}.JP2").write_text('<VRTDataset rasterXSize="9" rasterYSize="9"></VRTDataset>')


def spoil_label(folder, stem):
    label = folder / f"{stem}.LBL"
    label.write_text(lie(label.read_text()), newline="")


def spoil_pointer(folder, stem):
    label = folder / f"{stem}.LBL"
    label.write_text(label.read_text().replace(f"{stem}.JP2", f"../../etc/{stem}.JP2"), newline="")


@pytest.fixture(scope="module")
def files(qgis_process, tmp_path_factory):
    """Two fetched products."""
    folder = tmp_path_factory.mktemp("fetched")
    done = qgis_process(
        "marscd:searchobservations", f"--EXTENT={EXTENT}", "--MARS_YEARS=30", f"--OUTPUT={folder / 'f.fgb'}"
    )
    assert done.returncode == 0, done.stderr
    done = qgis_process(
        "marscd:fetchobservations", f"--OBSERVATIONS={folder / 'f.fgb'}", "--MAX_PRODUCTS=4", f"--FOLDER={folder}"
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(spoil_cut, ("JP2",)), (spoil_vrt, ("JP2",)), (spoil_label, ("label", "LBL")), (spoil_pointer, ("label", "LBL"))],
    ids=["truncated", "vrt-as-jp2", "lying-label", "pointer-outside"],
)
def test_a_damaged_product_is_one_clear_message(qgis_process, files, tmp_path, spoil, words):
    folder = tmp_path / "files"
    shutil.copytree(files, folder, ignore=shutil.ignore_patterns("*.vrt"))
    stem = sorted(p.stem for p in folder.glob("*_RED.LBL"))[0]
    spoil(folder, stem)
    message = error_of(qgis_process("marscd:buildseries", f"--FOLDER={folder}", f"--SERIES={tmp_path / 'series'}"))
    assert stem in message and any(word in message for word in words)
    assert not list(tmp_path.glob("series/epochs/*"))


def test_a_silent_archive_and_one_that_answers_html_are_told_apart(qgis_process, archive, tmp_path):
    from marscd_plugin.sandbox.faults import read_plan
    from marscd_plugin.sandbox.server import SandboxServer

    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"seed": 1, "rules": [{"match": "*", "fault": "html", "probability": 1.0}]}))
    arguments = (f"--EXTENT={EXTENT}", f"--OUTPUT={tmp_path / 'f.fgb'}")
    with SandboxServer(archive, plan=read_plan(plan)) as server:
        message = error_of(qgis_process("marscd:searchobservations", *arguments, env=server.variables))
        assert "HTML" in message or "JSON" in message
        down = dict(server.variables)
    message = error_of(qgis_process("marscd:searchobservations", *arguments, env=down))
    assert "127.0.0.1" in message
    assert not (tmp_path / "f.fgb").exists()


def test_this_computer_is_not_asked_unless_it_was_allowed(qgis_process, tmp_path):
    message = error_of(
        qgis_process(
            "marscd:searchobservations",
            f"--EXTENT={EXTENT}",
            f"--OUTPUT={tmp_path / 'f.fgb'}",
            env={"MARSCD_ALLOW_LOOPBACK": "0"},
        )
    )
    assert "MARSCD_ALLOW_LOOPBACK" in message


def test_a_folder_that_cannot_be_written_is_named(qgis_process, tmp_path):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "job"
    assert str(folder) in error_of(qgis_process("marscd:monitorarea", f"--EXTENT={EXTENT}", f"--FOLDER={folder}"))


def test_a_full_disk_ends_with_one_message_and_nothing_half_written(qgis_process, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("mounting a small tmpfs needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine does not let tests mount a tmpfs")
    try:
        message = error_of(
            qgis_process("marscd:monitorarea", f"--EXTENT={EXTENT}", "--MARS_YEARS=30", f"--FOLDER={disk / 'job'}")
        )
        assert "disk" in message.lower()
        assert not [p for p in disk.rglob("*") if p.is_file() and ".part" in p.name]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_with_exit_code_1_and_it_can_go_on(served, tmp_path, number):
    from environment import environment

    folder = tmp_path / "job"
    env = {**environment(), **served, "MARSCD_CACHE_DIR": str(tmp_path / "cache")}
    # The program itself, not Debian's shell wrapper: the signal must reach it.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    command = [program, "run", "marscd:monitorarea", f"--EXTENT={EXTENT}", "--MARS_YEARS=30", f"--FOLDER={folder}"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if "registering" in line:
                break
        process.send_signal(number)
        began = time.monotonic()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors
    assert "go on from what was finished" in errors
    # Generous for a loaded machine; a run that ignored the signal would take longer than this.
    assert time.monotonic() - began < 30
    assert not [p for p in folder.rglob("*") if ".part" in p.name or ".scratch" in p.name]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "report.html").exists()
