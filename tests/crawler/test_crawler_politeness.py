"""Rests, the order of the waiting, the bandwidth, and two runs that want the same file."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from marscd_plugin.common.errors import ArchiveError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.crawler.bandwidth import Bucket
from marscd_plugin.crawler.breaker import Breakers
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.line import Line, Seats
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.session import RequestsWeb
from tests.crawler.conftest import Handler, Site

NOBODY = lambda path, role: None  # noqa: E731


@pytest.fixture
def other_site():
    """A second host (another port)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.site = Site(server)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.site
    server.site.gate.set()
    server.shutdown()
    server.server_close()


# -- the breaker -------------------------------------------------------------------------------------------------------


@pytest.fixture
def clock():
    return [100.0]


@pytest.fixture
def breakers(clock):
    manners = Manners(breaker_faults=3, breaker_rest=10, breaker_cap=35, breaker_rounds=4, longest_wait=600)
    return Breakers(manners, lambda: clock[0])


def test_a_host_that_fails_in_a_row_rests_and_others_go_on(breakers, clock) -> None:
    for _ in range(2):
        breakers.bad("a")
    assert breakers.rest("a") == 0
    breakers.good("a")
    for _ in range(3):
        assert breakers.rest("a") == 0, "only faults in a row count"
        breakers.bad("a")
    assert breakers.rest("a") == 10 and breakers.rest("b") == 0
    clock[0] += 4
    assert breakers.left("a") == 6


def test_half_open_lets_one_probe_through(breakers, clock) -> None:
    for _ in range(3):
        breakers.bad("a")
    clock[0] += 10
    assert breakers.rest("a") == 0, "the probe"
    seen = []
    thread = threading.Thread(target=lambda: seen.append(breakers.rest("a")))
    thread.start()
    thread.join()
    assert seen[0] > 0, "somebody else waits for what the probe finds"
    breakers.good("a")
    thread = threading.Thread(target=lambda: seen.append(breakers.rest("a")))
    thread.start()
    thread.join()
    assert seen[1] == 0


def test_each_failed_probe_doubles_the_rest_up_to_a_cap_and_then_it_is_given_up(breakers, clock) -> None:
    for _ in range(3):
        breakers.bad("a")
    rests = []
    for _ in range(4):
        rests.append(breakers.left("a"))
        assert not breakers.given_up("a")
        clock[0] += 40
        assert breakers.rest("a") == 0
        breakers.bad("a")
    assert rests == [10, 20, 35, 35] and breakers.given_up("a")


def test_a_probe_that_was_cancelled_leaves_room_for_another(breakers, clock) -> None:
    for _ in range(3):
        breakers.bad("a")
    clock[0] += 10
    thread = threading.Thread(target=lambda: (breakers.rest("a"), breakers.undecided("a")))
    thread.start()
    thread.join()
    assert breakers.rest("a") == 0


def test_retry_after_rests_the_whole_host_and_is_capped(breakers, clock) -> None:
    breakers.bad("a", 20.0)
    assert breakers.rest("a") == 20 and breakers.shut("a") == 0
    breakers.bad("b", 5000.0)
    assert breakers.shut("b") == 5000 and breakers.left("b") == 600


def test_retry_after_of_one_answer_holds_back_every_request(site, settings, faults, manners) -> None:
    bad = site.put("/bad", b"x", faults.status(503, Retry_After="1"))
    good = site.put("/good", b"y")
    with RequestsWeb(settings, Quiet(), manners) as web:
        thread = threading.Thread(target=lambda: web.get(bad))
        thread.start()
        until = time.monotonic() + 10
        while not site.asked("/bad") and time.monotonic() < until:
            time.sleep(0.01)
        while not web.rest_of(bad) and time.monotonic() < until:
            time.sleep(0.01)
        web.get(good)
        thread.join()
    assert site.asked("/good")[0].at - site.asked("/bad")[0].at >= 0.9


def test_while_one_host_rests_files_of_another_are_fetched(site, other_site, settings, faults, image, tmp_path) -> None:
    """Two at a time, and the first four all of a host that is down: the good host's files do not wait for it."""
    settings = replace(settings, ctx_url=other_site.root)
    bad = [site.put(f"/b{n}.JP2", image, faults.status(500), forever=True) for n in range(4)]
    good = [other_site.put(f"/g{n}.JP2", image) for n in range(4)]
    wanted = [FileRequest(url, tmp_path / url.rsplit("/", 1)[1]) for url in (*bad, *good)]
    manners = Manners(
        tries=6, backoff=0.01, backoff_cap=0.02, spacing=0, breaker_faults=3, breaker_rest=4.0, breaker_rounds=1
    )
    heard = []
    results = fetch(
        wanted, tmp_path / "q" / "f", settings, Quiet(), 2, verify=NOBODY, manners=manners,
        observer=lambda f: heard.append((time.monotonic(), f)),
    )  # fmt: skip
    assert [r.state for r in results] == ["failed"] * 4 + ["fetched"] * 4
    rests = [at for at, f in heard if f.note == "host_rest" and f.again_at is not None]
    last_good = max(at for at, f in heard if f.name.startswith("g") and f.state == "done")
    first_bad_end = min(at for at, f in heard if f.name.startswith("b") and f.state == "failed")
    assert rests and last_good < first_bad_end
    assert any("left alone now" in r.reason for r in results[:4])


# -- who is next -------------------------------------------------------------------------------------------------------


def test_the_line_goes_by_priority_then_by_turn_and_passes_over_hosts_that_rest() -> None:
    line: Line[str] = Line()
    for item, url, priority in (("a1", "http://a/1", 0), ("b1", "http://b/1", 0), ("a2", "http://a/2", 5)):
        line.add(item, url, priority)
    assert line.next(lambda url: 9.0 if "//a" in url else 0.0) == "b1"
    assert line.next(lambda url: 9.0) is None
    assert [line.next(lambda url: 0.0) for _ in range(3)] == ["a2", "a1", None]
    line.add("x", "http://[bad", 1)
    line.add("y", "http://c", 2)
    assert line.clear() == ["y", "x"] and len(line) == 0


def test_what_is_more_urgent_comes_first(site, settings, manners, tmp_path) -> None:
    wanted = [FileRequest(site.put(f"/{n}.dat", b"x" * 100), tmp_path / f"{n}.dat", priority=n % 3) for n in range(6)]
    fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), 1, verify=NOBODY, manners=manners)
    assert [entry.path for entry in site.log] == [f"/{n}.dat" for n in (2, 5, 1, 4, 0, 3)]


def test_seats() -> None:
    seats, freed = Seats(1), []
    seats.freed = lambda: freed.append(1)
    assert seats.free()
    seats.reserve()
    seats.sit()
    assert not seats.free()
    with seats.away(lambda s: None):
        assert seats.free() and freed
    assert not seats.free()
    seats.leave()
    seats.leave()
    assert seats.free() and len(freed) == 2


# -- bandwidth ---------------------------------------------------------------------------------------------------------


def test_the_bucket_keeps_to_its_rate() -> None:
    now = [0.0]
    bucket = Bucket(1000.0, lambda: now[0])
    for _ in range(200):
        now[0] += bucket.take(100)
    assert 200 * 100 / 1000 - 0.5 <= now[0] <= 200 * 100 / 1000
    now[0] += 60
    assert bucket.take(500) == 0, "after a quiet time a little may come at once"
    assert bucket.take(1000) == pytest.approx(1.0)
    assert Bucket(0.0).take(10**9) == 0


def test_a_limit_slows_a_fetch_and_says_so(site, settings, manners, image, tmp_path) -> None:
    slow = replace(settings, bandwidth=0.2)
    wanted = [FileRequest(site.put("/a.JP2", image), tmp_path / "a.JP2")]
    heard = []
    begun = time.monotonic()
    results = fetch(wanted, tmp_path / "q" / "f", slow, Quiet(), verify=NOBODY, manners=manners, observer=heard.append)
    assert results[0].state == "fetched"
    assert (
        time.monotonic() - begun >= (len(image) - 0.1e6) / 0.2e6 - 0.1
    )  # 307 kB at 200 kB/s, after a burst of 100 kB.
    assert any(f.note == "limited" for f in heard) and heard[-1].note == ""


# -- one address, several places and runs ------------------------------------------------------------------------------


def test_a_file_of_another_jobs_folder_is_copied_not_fetched(site, settings, manners, image, tmp_path) -> None:
    url = site.put("/a.JP2", image)
    one, two = (FileRequest(url, tmp_path / folder / "a.JP2", size=len(image)) for folder in ("one", "two"))
    frontier = tmp_path / "q" / "f"
    fetch([one], frontier, settings, Quiet(), verify=NOBODY, manners=manners)
    heard = []
    result = fetch([two], frontier, settings, Quiet(), verify=NOBODY, manners=manners, observer=heard.append)[0]
    assert (result.state, result.note, result.attempts) == ("present", "copied", 0) and len(site.log) == 1
    assert two.path.read_bytes() == image and heard[-1].note == "copied"
    one.path.write_bytes(image[:-5] + b"OTHER")
    three = FileRequest(url, tmp_path / "three" / "a.JP2", size=len(image))
    two.path.unlink()
    assert fetch([three], frontier, settings, Quiet(), verify=NOBODY, manners=manners)[0].state == "fetched"
    assert three.path.read_bytes() == image and len(site.log) == 2, "an altered copy is no copy"


def test_two_places_in_one_run_cost_one_transfer(site, settings, manners, faults, image, tmp_path) -> None:
    url = site.put("/a.JP2", image, faults.trickle(100_000, 0.05))
    wanted = [FileRequest(url, tmp_path / folder / "a.JP2") for folder in ("one", "two", "three")]
    patient = replace(manners, others=20.0)
    results = fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), 3, verify=NOBODY, manners=patient)
    assert sorted(r.state for r in results) == ["fetched", "present", "present"]
    assert len(site.log) == 1 and all(r.path.read_bytes() == image for r in results)


CLIENT = """
import json, sys
from pathlib import Path
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.manners import Manners
root, folder, queue, count = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
wanted = [FileRequest(f"{root}/{n}.dat", folder / f"{n}.dat") for n in range(count)]
results = fetch(wanted, queue, Settings(hirise_url=root, allow_loopback=True), Quiet(), 3, verify=lambda p, r: None,
                manners=Manners(spacing=0.0, others=60.0))
print(json.dumps([r.state for r in results]))
"""


@pytest.mark.parametrize("same", [True, False])
def test_two_processes_on_one_queue_fetch_no_file_twice(site, image, faults, tmp_path, same) -> None:
    for n in range(12):
        site.put(f"/{n}.dat", image + str(n).encode(), faults.trickle(150_000, 0.02))
    root = Path(__file__).resolve().parents[2]
    folders = [tmp_path / "a", tmp_path / ("a" if same else "b")]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CLIENT, site.root, str(folder), str(tmp_path / "q" / "f"), "12"],
            cwd=root, stdout=subprocess.PIPE, text=True,
        )
        for folder in folders
    ]  # fmt: skip
    states = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    assert set(states[0] + states[1]) <= {"fetched", "present"}
    assert (states[0] + states[1]).count("fetched") == 12
    assert all(len(site.asked(f"/{n}.dat")) == 1 for n in range(12))
    assert all((f / f"{n}.dat").read_bytes() == image + str(n).encode() for f in folders for n in range(12))


def test_a_queue_on_a_network_disk_is_warned_of(site, settings, manners, image, tmp_path, monkeypatch) -> None:
    from marscd_plugin.crawler import frontier

    monkeypatch.setattr(frontier, "network_disk", lambda path: "cifs")
    warned = []
    progress = Quiet()
    progress.warn = warned.append
    wanted = [FileRequest(site.put("/a.JP2", image), tmp_path / "a.JP2")]
    assert fetch(wanted, tmp_path / "q" / "f", settings, progress, verify=NOBODY, manners=manners)[0].state == "fetched"
    assert len(warned) == 1 and "network disk (cifs)" in warned[0]


def test_a_dead_host_ends_with_one_clear_message(site, settings, faults) -> None:
    url = site.put("/x", b"", faults.status(500), forever=True)
    hurry = Manners(tries=50, backoff=0.001, backoff_cap=0.002, spacing=0, breaker_rest=0.01, breaker_rounds=2)
    with RequestsWeb(settings, Quiet(), hurry) as web:
        with pytest.raises(ArchiveError, match="left alone now"):
            web.get(url)
        asked = len(site.log)
        with pytest.raises(ArchiveError, match="left alone now"):
            web.get(url)
    assert asked == 5 + 2 and len(site.log) == asked
