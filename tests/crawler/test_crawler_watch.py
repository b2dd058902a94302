"""What an observer hears of each file of a run, and files that are asked for again while it runs."""

from __future__ import annotations

import threading
import time

import pytest

from marscd_plugin.common.progress import Quiet
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.frontier import Frontier
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.meter import Meter, Pace
from marscd_plugin.crawler.transfer import part_of
from marscd_plugin.crawler.watch import FileProgress, Watch

NOBODY = lambda path, role: None  # noqa: E731


class Ear:
    """Keeps all that is told, in order."""

    def __init__(self) -> None:
        self.heard: list[FileProgress] = []

    def __call__(self, file: FileProgress) -> None:
        self.heard.append(file)

    def of(self, name: str) -> list[FileProgress]:
        return [f for f in self.heard if f.name == name]

    def states(self, name: str) -> list[str]:
        """Without repetitions in a row."""
        found = [f.state for f in self.of(name)]
        return [s for n, s in enumerate(found) if n == 0 or found[n - 1] != s]


@pytest.fixture
def run(settings, manners, verify, tmp_path):
    def go(requests, progress=None, **more):
        arguments = {"verify": verify, "manners": manners, **more}
        return fetch(requests, tmp_path / "queue" / "f.sqlite", settings, progress or Quiet(), **arguments)

    return go


def request(site, folder, name, body, *faults, forever=False, size=None) -> FileRequest:
    return FileRequest(site.put(f"/PDS/{name}", body, *faults, forever=forever), folder / name, "P", "image", size)


def test_each_files_way_is_told(run, site, faults, image, tmp_path) -> None:
    good = request(site, tmp_path, "GOOD.JP2", image, size=len(image))
    bad = request(site, tmp_path, "BAD.JP2", b"", faults.status(404), forever=True)
    here = request(site, tmp_path, "HERE.JP2", image, size=len(image))
    here.path.write_bytes(image)
    ear = Ear()
    run([good, bad, here], observer=ear)
    assert ear.states("GOOD.JP2") == ["queued", "active", "done"]
    assert ear.states("BAD.JP2") == ["queued", "active", "failed"]
    assert ear.states("HERE.JP2") == ["queued", "active", "present"]
    assert {f.state for f in ear.heard[:3]} == {"queued"}, "all files are told before the first is begun"
    last = ear.of("GOOD.JP2")[-1]
    assert (last.bytes, last.total, last.came, last.attempts) == (len(image), len(image), len(image), 1)
    assert "does not have this file" in ear.of("BAD.JP2")[-1].reason and ear.of("BAD.JP2")[-1].bytes == 0
    assert ear.of("HERE.JP2")[-1].came == 0, "what was here already did not come"


def test_bytes_are_told_a_few_times_a_second_not_for_every_chunk(run, site, faults, image, tmp_path) -> None:
    slow = request(site, tmp_path, "A.JP2", image, faults.trickle(2000, 0.005))
    ear = Ear()
    begun = time.monotonic()
    run([slow], observer=ear)
    coming = [f.bytes for f in ear.of("A.JP2") if f.state == "active"]
    assert coming == sorted(coming) and len(set(coming)) >= 3
    # 154 pieces came; one telling each 0.2 s, and those at the change of state.
    assert len(ear.heard) <= (time.monotonic() - begun) / 0.2 + 5
    assert any(f.rate > 0 for f in ear.heard) and ear.heard[-1].rate == 0


def test_a_pause_keeps_the_part_and_says_so_and_the_next_run_begins_with_it(run, site, faults, image, tmp_path) -> None:
    wanted = request(site, tmp_path, "A.JP2", image, faults.trickle(10_000, 0.05), size=len(image))
    progress, ear = Quiet(), Ear()
    threading.Timer(0.6, progress.cancel).start()
    run([wanted], progress, observer=ear)
    left = part_of(wanted.path).stat().st_size
    assert 0 < left < len(image)
    assert ear.heard[-1].state == "paused" and ear.heard[-1].bytes == left
    site.gate.set()
    ear = Ear()
    run([wanted], observer=ear)
    assert ear.heard[0].state == "queued" and ear.heard[0].bytes == left, "what is there is told before all else"
    assert ear.heard[-1].state == "done" and ear.heard[-1].came == len(image) - left


def test_a_rest_after_a_fault_is_told_with_its_end(run, site, faults, image, tmp_path) -> None:
    wanted = request(site, tmp_path, "A.JP2", image, faults.status(503, Retry_After="2"))
    ear = Ear()
    run([wanted], observer=ear)
    rests = [f for f in ear.heard if f.again_at is not None]
    assert len(rests) == 1 and rests[0].state == "active"
    after = ear.heard[ear.heard.index(rests[0]) + 1]
    assert after.again_at is None and ear.heard[-1].state == "done"


def test_the_usual_distance_between_requests_is_no_rest(run, site, image, tmp_path) -> None:
    ear = Ear()
    run([request(site, tmp_path, f"A{n}.JP2", image) for n in range(3)], observer=ear, manners=Manners(spacing=0.2))
    assert not [f for f in ear.heard if f.again_at is not None]


def test_a_failed_file_is_tried_again_while_the_others_run(run, site, faults, image, tmp_path) -> None:
    bad = request(site, tmp_path, "BAD.JP2", image, faults.status(404))
    slow = request(site, tmp_path, "SLOW.JP2", image, faults.trickle(30_000, 0.1))
    ear, asked = Ear(), []

    def again():
        if not asked and ear.states("BAD.JP2")[-1:] == ["failed"]:
            asked.append(1)
            return [bad.path, slow.path, tmp_path / "UNKNOWN.JP2"]
        return []

    results = run([bad, slow], observer=ear, again=again)
    assert [r.state for r in results] == ["fetched", "fetched"], "the last outcome counts"
    assert ear.states("BAD.JP2") == ["queued", "active", "failed", "queued", "active", "done"]
    assert ear.states("SLOW.JP2") == ["queued", "active", "done"], "one that has not failed is left alone"
    assert len(site.asked("/PDS/SLOW.JP2")) == 1


def test_a_file_that_another_run_has_is_told_as_one_that_did_not_come(run, site, image, tmp_path) -> None:
    wanted = request(site, tmp_path, "A.JP2", image)
    ear = Ear()
    with Frontier(tmp_path / "queue" / "f.sqlite") as other:
        other.add(wanted.url, wanted.path)
        other.claim(wanted.url, wanted.path)
        run([wanted], observer=ear)
    assert ear.heard[-1].state == "failed" and "Another run" in ear.heard[-1].reason


def test_concurrency_is_the_settings(site, settings, manners, faults, image, tmp_path) -> None:
    """With one at a time, the second file is not asked for before all of the first has come."""
    from dataclasses import replace

    ear = Ear()
    wanted = [request(site, tmp_path, f"A{n}.JP2", image, faults.trickle(100_000, 0.05)) for n in range(2)]
    one = replace(settings, concurrency=1)
    fetch(wanted, tmp_path / "q" / "f.sqlite", one, Quiet(), verify=NOBODY, manners=manners, observer=ear)
    checked = next(n for n, f in enumerate(ear.heard) if f.name == "A0.JP2" and f.note == "finishing")
    second_begun = next(n for n, f in enumerate(ear.heard) if f.name == "A1.JP2" and f.state == "active")
    assert checked < second_begun


def test_a_rate_falls_when_nothing_comes(tmp_path) -> None:
    now = [0.0]
    path = tmp_path / "A.JP2"
    ear = Ear()
    watch = Watch([FileProgress(path, "u")], Meter({path: 10_000_000}, lambda: now[0]), ear, lambda: now[0])
    watch.changed(path, state="active")
    for _ in range(10):
        now[0] += 0.5
        watch.arrived(path, int(now[0] * 1_000_000), None, 1)
    assert ear.heard[-1].rate == pytest.approx(1e6, rel=0.05)
    told = len(ear.heard)
    now[0] += 0.5
    watch.refresh()
    assert len(ear.heard) == told
    for _ in range(8):
        now[0] += 2.0
        watch.refresh()
    assert ear.heard[-1].rate == 0 and ear.heard[-1].state == "active"
    told = len(ear.heard)
    now[0] += 5.0
    watch.refresh()
    assert len(ear.heard) == told, "once it is known to stand still, there is nothing new to tell"


def test_a_pace_forgets_what_is_long_ago() -> None:
    now = [100.0]
    pace = Pace(5.0, lambda: now[0], count=1000)
    assert pace.rate(1000) == 0
    now[0] += 1
    assert pace.rate(3000) == 2000
    now[0] += 100
    pace.rate(3000)
    now[0] += 1
    pace.rate(3000)
    assert pace.rate(3000) == 0
