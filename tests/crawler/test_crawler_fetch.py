from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Area, Observation, RemoteFile
from marscd_plugin.crawler.fetch import FileRequest, destination, fetch, file_requests, summary
from marscd_plugin.crawler.frontier import Frontier
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.meter import Meter
from marscd_plugin.crawler.transfer import part_of

LABEL = b"PDS_VERSION_ID = PDS3\r\nEND\r\n"


class Listener(Quiet):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[float, str]] = []

    def report(self, fraction: float, message: str = "") -> None:
        self.heard.append((fraction, message))


@pytest.fixture
def run(settings, manners, verify, tmp_path):
    """Fetches requests with a fresh frontier in ``tmp_path``."""

    def go(requests, progress=None, **more):
        arguments = {"verify": verify, "manners": manners, **more}
        return fetch(requests, tmp_path / "queue" / "f.sqlite", settings, progress or Quiet(), **arguments)

    return go


def request(site, folder: Path, name: str, body: bytes, *faults, forever: bool = False, size=None) -> FileRequest:
    role = "label" if name.endswith(".LBL") else "image"
    url = site.put(f"/PDS/{name}", body, *faults, forever=forever)
    return FileRequest(url, folder / name, name.split(".")[0], role, size if size is not None else len(body))


def test_many_files_and_again(run, site, image, tmp_path) -> None:
    folder = tmp_path / "out"
    wanted = [request(site, folder, f"P{n}_RED.JP2", image) for n in range(4)]
    wanted += [request(site, folder, f"P{n}_RED.LBL", LABEL) for n in range(4)]
    listener = Listener()
    results = run(wanted, listener)
    assert [r.state for r in results] == ["fetched"] * 8
    assert [r.path for r in results] == [r.path for r in wanted]
    assert all(r.path.stat().st_size == r.bytes and len(r.sha256) == 64 and r.attempts == 1 for r in results)
    assert not list(folder.glob("*.part"))
    assert listener.heard[0] == (0.0, "8 files, about 1.2 MB") or listener.heard[0][1].startswith("8 files, about")
    assert listener.heard[-1] == (1.0, "8 fetched")
    site.log.clear()
    again = run(wanted)
    assert [r.state for r in again] == ["present"] * 8 and site.log == []
    assert [(r.bytes, r.sha256) for r in again] == [(r.bytes, r.sha256) for r in results]


def test_only_what_is_gone_or_altered_is_fetched_again(run, site, image, tmp_path) -> None:
    wanted = [request(site, tmp_path, f"P{n}_RED.JP2", image) for n in range(4)]
    run(wanted)
    wanted[0].path.unlink()
    altered = bytearray(image)
    altered[5000] ^= 1
    wanted[1].path.write_bytes(altered)
    os.utime(wanted[2].path, ns=(1, 1))
    assert [r.state for r in run(wanted)] == ["fetched", "fetched", "present", "present"]
    assert wanted[1].path.read_bytes() == image


def test_one_failure_does_not_stop_the_others(run, site, faults, image, tmp_path) -> None:
    bad = request(site, tmp_path, "BAD_RED.JP2", b"", faults.status(404), forever=True)
    ugly = request(site, tmp_path, "UGLY_RED.JP2", image, faults.damaged, forever=True)
    good = request(site, tmp_path, "GOOD_RED.JP2", image, faults.status(503), faults.cut(9999))
    results = run([bad, ugly, good])
    assert [r.state for r in results] == ["failed", "failed", "fetched"]
    assert "does not have this file (404)" in results[0].reason
    assert "cut short" in results[1].reason and not results[2].reason
    assert results[0].bytes == 0 and results[1].attempts == 3 and results[2].attempts == 3
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["GOOD_RED.JP2"]
    assert summary(results) == "1 fetched, 2 failed"
    site.put("/PDS/BAD_RED.JP2", image)
    site.forever.clear()
    assert [r.state for r in run([bad, good])] == ["fetched", "present"]


def test_a_whole_file_the_queue_does_not_know_is_adopted_only_if_it_fits(run, site, image, tmp_path) -> None:
    fits = request(site, tmp_path, "A_RED.JP2", image)
    fits.path.write_bytes(image)
    short = request(site, tmp_path, "B_RED.JP2", image)
    short.path.write_bytes(image[:-1])
    unknown = request(site, tmp_path, "C_RED.JP2", image, size=0)
    unknown = FileRequest(unknown.url, unknown.path, "C", "image", None)
    unknown.path.write_bytes(image)
    assert [r.state for r in run([fits, short, unknown])] == ["present", "fetched", "fetched"]


def test_a_crash_between_move_and_note_costs_nothing(run, site, image, tmp_path) -> None:
    """The row says what the whole file is; the file is in its place; the process died before writing "done"."""
    import hashlib

    wanted = request(site, tmp_path, "A_RED.JP2", image, size=12345)
    with Frontier(tmp_path / "queue" / "f.sqlite", lease=-1) as frontier:
        frontier.add(wanted.url, wanted.path)
        frontier.claim(wanted.url, wanted.path)
        frontier.sealed(wanted.url, wanted.path, len(image), hashlib.sha256(image).hexdigest())
    wanted.path.write_bytes(image)
    assert run([wanted])[0].state == "present" and site.log == []


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_run_killed_in_the_middle_goes_on_where_it_was(run, site, faults, image, tmp_path, settings) -> None:
    wanted = request(site, tmp_path, "A_RED.JP2", image, faults.trickle(10_000, 0.05))
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from marscd_plugin.common.progress import Quiet\nfrom marscd_plugin.common.settings import Settings\n"
        "from marscd_plugin.crawler.fetch import FileRequest, fetch\n"
        "root, url, path, queue = sys.argv[1:]\n"
        "fetch([FileRequest(url, Path(path), 'A_RED', 'image')], queue, Settings(hirise_url=root, allow_loopback=True),"
        " Quiet(), verify=lambda p, r: None)\n"
    )
    arguments = [site.root, wanted.url, str(wanted.path), str(tmp_path / "queue" / "f.sqlite")]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=root)
    try:
        part, until = part_of(wanted.path), time.monotonic() + 30
        while not (part.exists() and part.stat().st_size > 30_000) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    finally:
        process.wait(30)
    left = part.stat().st_size
    assert 30_000 < left < len(image) and not wanted.path.exists()
    site.gate.set()
    result = run([wanted])[0]
    assert result.state == "fetched" and wanted.path.read_bytes() == image
    assert site.log[-1].headers["Range"] == f"bytes={left}-"


@pytest.mark.parametrize("fault", ["backoff", "stuck", "trickle"])
def test_a_cancel_stops_soon_and_the_next_run_goes_on(run, site, faults, image, tmp_path, fault) -> None:
    chosen = {
        "backoff": faults.status(503, Retry_After="60"),
        "stuck": faults.stuck,
        "trickle": faults.trickle(5000, 0.2),
    }[fault]
    first = request(site, tmp_path, "A_RED.JP2", image)
    wanted = [first, *(request(site, tmp_path, f"B{n}_RED.JP2", image, chosen) for n in range(5))]
    progress = Quiet()
    cancelled: list[float] = []

    def cancel() -> None:
        cancelled.append(time.monotonic())
        progress.cancel()

    def observer(file) -> None:
        if file.path == first.path and file.state == "done":
            threading.Timer(0.4, cancel).start()

    results = run(wanted, progress, manners=Manners(spacing=0.0, read_timeout=50), observer=observer)
    assert time.monotonic() - cancelled[0] < 10  # The faults would take a minute each.
    assert [r.state for r in results] == ["fetched"] + ["waiting"] * 5
    with Frontier(tmp_path / "queue" / "f.sqlite") as frontier:
        assert not frontier.rows("active") and len(frontier.rows("queued")) == 5
    site.plan.clear()
    site.gate.set()
    assert [r.state for r in run(wanted)] == ["present"] + ["fetched"] * 5


def test_a_file_that_another_run_fetches_waits(run, site, image, tmp_path) -> None:
    wanted = request(site, tmp_path, "A_RED.JP2", image)
    with Frontier(tmp_path / "queue" / "f.sqlite") as other:
        other.add(wanted.url, wanted.path)
        other.claim(wanted.url, wanted.path)
        result = run([wanted])[0]
    assert result.state == "waiting" and "Another run" in result.reason


def test_the_archive_down(run, tmp_path, site, settings) -> None:
    wanted = FileRequest("http://127.0.0.1:9/a.JP2", tmp_path / "a.JP2")
    result = run([wanted])[0]
    assert result.state == "failed" and "127.0.0.1" in result.reason
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize("name", ["", "../x.JP2", "a/b.JP2", "..", ".hidden", "/etc/passwd", "a\x00b", "c:\\x", "ü/é"])
def test_no_name_leads_out_of_the_folder(tmp_path, name) -> None:
    path = destination(tmp_path, name)
    assert path.parent == tmp_path and path.name not in ("", ".", "..") and "\x00" not in path.name


def test_a_link_that_leads_out_is_refused(tmp_path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "away").symlink_to(tmp_path)
    with pytest.raises(InputError, match="outside"):
        destination(tmp_path / "in", "away", "a.JP2")


def test_bad_requests(run, tmp_path) -> None:
    for path in (tmp_path / ".hidden", tmp_path / "a b", tmp_path / "x" / ".." / "y.JP2"):
        with pytest.raises(InputError, match="not a place"):
            run([FileRequest("http://h/a", path)])
    with pytest.raises(InputError, match="Two different"):
        run([FileRequest("http://h/a", tmp_path / "a"), FileRequest("http://h/b", tmp_path / "a")])
    assert run([]) == []


def test_requests_of_observations(tmp_path) -> None:
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
    files = (
        RemoteFile("http://h/A_RED.JP2", "A_RED.JP2", "image", 5),
        RemoteFile("http://h/A_RED.LBL", "../A_RED.LBL", "label"),
        RemoteFile("http://h/A.jpg", "A.jpg", "browse"),
    )
    observation = Observation(
        "A_RED", "A", "HIRISE", datetime(2010, 1, 1, tzinfo=timezone.utc), 29, 1.0, Area(((ring,),)), files
    )
    found = file_requests([observation], tmp_path)
    assert [(r.role, r.path.relative_to(tmp_path).parts) for r in found] == [
        ("label", ("_A_RED.LBL",)),
        ("image", ("A_RED.JP2",)),
    ]


def test_the_meter() -> None:
    now = [0.0]
    meter = Meter({"a": 200_000_000, "b": 140_000_000}, clock=lambda: now[0])
    meter.arrived("a", 1_800_000)
    meter.arrived("b", 3_400_000)
    now[0] = 1.0
    assert meter.text() == "5.2 of 340 MB, 5.2 MB/s"
    meter.arrived("a", 12_000_000 - 3_400_000, 200_000_000)
    now[0] = 9.0
    assert meter.text().startswith("12 of 340 MB")
    assert meter.fraction() == pytest.approx(12 / 340)
    meter.ended("a")
    meter.ended("b")
    assert meter.fraction() == 1.0
    unknown = Meter({"a": None, "b": 100})
    unknown.arrived("b", 100)
    unknown.ended("b")
    assert unknown.fraction() == 0.5 and " of " not in unknown.text()
