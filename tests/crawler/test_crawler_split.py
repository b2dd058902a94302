"""A file by several connections: pieces, the map that survives a kill, and servers that do not play along."""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import CancelledError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.crawler import partmap as partmap_module
from marscd_plugin.crawler import split as split_module
from marscd_plugin.crawler import transfer as transfer_module
from marscd_plugin.crawler.partmap import PartMap, bytes_of, map_of
from marscd_plugin.crawler.pieces import Pieces
from marscd_plugin.crawler.session import RequestsWeb
from marscd_plugin.crawler.transfer import Transfer, TransferError, part_of

BODY = random.Random(3).randbytes(900_000)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """As if 200 kB were a large file."""
    monkeypatch.setattr(transfer_module, "SPLIT_FROM", 200_000)
    monkeypatch.setattr(split_module, "LEAST", 50_000)
    monkeypatch.setattr(split_module, "_LOOK", 0.0)


@pytest.fixture
def bring(settings, manners, tmp_path):
    def go(url: str, progress=None, **more):
        with RequestsWeb(settings, progress or Quiet(), manners) as web:
            return Transfer(web, url, tmp_path / "a.dat", "other", lambda path, role: None, **more).run()

    return go


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.dat"


def slowly(step: int = 30_000, seconds: float = 0.02):
    """A good server that takes its time, for whole files and for ranges."""

    def fault(handler, body):
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", handler.headers.get("Range", ""))
        begin, end = (int(asked[1]), min(int(asked[2] or len(body)) + 1, len(body))) if asked else (0, len(body))
        handler.send_response(206 if asked else 200)
        handler.send_header("Content-Length", str(end - begin))
        handler.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:12]}"')
        handler.send_header("Accept-Ranges", "bytes")
        if asked:
            handler.send_header("Content-Range", f"bytes {begin}-{end - 1}/{len(body)}")
        handler.end_headers()
        for at in range(begin, end, step):
            handler.wfile.write(body[at : min(at + step, end)])
            handler.wfile.flush()
            if handler.server.site.gate.wait(seconds):
                break
        handler.close_connection = handler.close_connection or handler.server.site.gate.is_set()

    return fault


def asked(site) -> list[tuple[int, int]]:
    found = [re.fullmatch(r"bytes=(\d+)-(\d*)", e.headers.get("Range", "")) for e in site.asked("/a.dat")]
    return [(int(m[1]), int(m[2]) if m[2] else -1) if m else (0, -1) for m in found]


# -- bringing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [len(BODY), len(BODY) - 500, None])
def test_a_large_file_comes_by_several_connections(bring, site, path, size) -> None:
    """With the size known beforehand, roughly, or not at all."""
    told = []
    result = bring(
        site.put("/a.dat", BODY, slowly(), forever=True), size=size, arrived=lambda have, total: told.append(have)
    )
    assert path.read_bytes() == BODY and result.sha256 == hashlib.sha256(BODY).hexdigest()
    assert len(site.log) >= 3 and result.attempts == len(site.log)
    assert os.listdir(path.parent) == ["a.dat"]
    assert told == sorted(told) and told[-1] == len(BODY)
    assert all(e.headers.get("If-Range", '"').startswith('"') for e in site.log[1:])


def test_a_small_file_and_a_server_without_ranges_or_versions_get_one_connection(bring, site, path) -> None:
    bring(site.put("/a.dat", BODY[:150_000]))
    assert len(site.log) == 1
    path.unlink()

    def bare(handler, body):
        handler.answer(200, body, {"Accept-Ranges": "bytes"})

    site.log.clear()
    bring(site.put("/a.dat", BODY, bare, forever=True), size=len(BODY))
    assert path.read_bytes() == BODY and len(site.log) == 1


def test_connections_that_others_want_are_left_to_them(bring, site, settings, manners, path) -> None:
    """All of the host's connections are in use: the file comes by the one that it has."""
    url = site.put("/a.dat", BODY, slowly(), forever=True)
    with RequestsWeb(settings, Quiet(), manners) as web:
        key = f"127.0.0.1:{site.root.rsplit(':', 1)[1]}"
        turns = [web._turns.turn(key, web.pause, False) for _ in range(manners.parallel - 1)]
        for turn in turns:
            turn.__enter__()
        Transfer(web, url, path, "other", lambda p, r: None, size=len(BODY)).run()
        for turn in turns:
            turn.__exit__(None, None, None)
    assert path.read_bytes() == BODY and len(site.log) == 1


def test_a_helper_that_is_refused_does_not_cost_the_file(bring, site, path, monkeypatch) -> None:
    """A server that allows one connection at a time: 403 or 503 for others."""
    # Pauses are cut short here, and the server holds on for half a second to a connection that was left.
    monkeypatch.setattr(split_module, "_REFUSALS", 200)
    busy = threading.Lock()

    def jealous(handler, body):
        if not busy.acquire(blocking=False):
            handler.answer(403, b"one at a time")
            return
        try:
            slowly()(handler, body)
        finally:
            busy.release()

    bring(site.put("/a.dat", BODY, jealous, forever=True))
    assert path.read_bytes() == BODY


def test_pieces_that_break_off_are_asked_for_again(bring, site, faults, path) -> None:
    cuts = [faults.cut(n) for n in (0, 40_000, 100, 70_000, 0, 33_333)]
    bring(site.put("/a.dat", BODY, slowly(), *cuts, slowly()), size=len(BODY))
    assert path.read_bytes() == BODY


def test_a_file_that_changes_meanwhile_is_begun_again_and_not_mixed(bring, site, path) -> None:
    newer = BODY[::-1]

    def change(handler, body):
        site.files["/a.dat"] = newer
        handler.serve(newer)

    bring(site.put("/a.dat", BODY, slowly(), change), size=len(BODY))
    assert path.read_bytes() == newer


def test_a_server_that_stops_to_honour_ranges(bring, site, faults, path) -> None:
    bring(site.put("/a.dat", BODY, slowly(), *[faults.ignore_range] * 5, faults.ignore_range), size=len(BODY))
    assert path.read_bytes() == BODY


def test_a_shorter_file_than_was_said(bring, site, path) -> None:
    bring(site.put("/a.dat", BODY[:1000]), size=len(BODY))
    assert path.read_bytes() == BODY[:1000]


def test_a_no_in_the_middle_is_final(bring, site, faults, path) -> None:
    with pytest.raises(TransferError, match="does not have"):
        bring(site.put("/a.dat", BODY, faults.cut(50_000), faults.status(404), forever=True), size=len(BODY))
    assert not part_of(path).exists() and not map_of(part_of(path)).exists()


def test_a_cancel_keeps_what_came_and_the_next_run_asks_only_for_the_rest(bring, site, path, monkeypatch) -> None:
    url = site.put("/a.dat", BODY, slowly(10_000, 0.05), forever=True)
    progress = Quiet()
    threading.Timer(0.7, progress.cancel).start()
    with pytest.raises(CancelledError):
        bring(url, progress, size=len(BODY))
    have = bytes_of(part_of(path))
    assert 0 < have < len(BODY) and map_of(part_of(path)).exists()
    site.log.clear()
    site.plan["/a.dat"] = []
    monkeypatch.setattr(split_module, "LEAST", 10**9)  # Nobody takes over half of what another has asked for.
    bring(url, size=len(BODY))
    assert path.read_bytes() == BODY
    assert sum(end + 1 - begin for begin, end in asked(site)) == len(BODY) - have


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_killed_at_random_instants_it_ends_bit_identical_and_little_comes_twice(bring, site, path, monkeypatch) -> None:
    url = site.put("/a.dat", BODY, slowly(8192, 0.004), forever=True)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from marscd_plugin.common.progress import Quiet\n"
        "from marscd_plugin.common.settings import Settings\n"
        "from marscd_plugin.crawler import split, transfer\n"
        "from marscd_plugin.crawler.manners import Manners\n"
        "from marscd_plugin.crawler.session import RequestsWeb\n"
        "transfer.SPLIT_FROM, split.LEAST, split._LOOK = 200_000, 50_000, 0.0\n"
        "settings = Settings(hirise_url=sys.argv[1], allow_loopback=True)\n"
        "with RequestsWeb(settings, Quiet(), Manners(spacing=0.0)) as web:\n"
        "    print('ready', flush=True)\n"
        "    transfer.Transfer(web, sys.argv[2], Path(sys.argv[3]), 'other', lambda p, r: None, size=900_000).run()\n"
    )
    root, draw = Path(__file__).resolve().parents[2], random.Random(11)
    had = 0
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", script, site.root, url, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        until = time.monotonic() + 20
        wanted = had + draw.uniform(20_000, 150_000)
        while bytes_of(part_of(path)) < wanted and process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        process.stdout.close()
        now = bytes_of(part_of(path))
        assert now >= had
        had = now
    site.plan["/a.dat"] = []
    site.log.clear()
    monkeypatch.setattr(split_module, "LEAST", 10**9)
    bring(url, size=len(BODY))
    assert path.read_bytes() == BODY
    assert sum(end + 1 - begin for begin, end in asked(site)) == len(BODY) - had


# -- the map -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=30))
def test_the_map_knows_exactly_what_was_marked(tmp_path_factory, runs) -> None:
    path = tmp_path_factory.mktemp("map") / "a.part.map"
    here = PartMap.create(path, "http://h/a", '"v"', 300)
    marked: set[int] = set()
    for begin, length in runs:
        end = min(begin + length, 300)
        here.mark(begin, end)
        marked |= set(range(begin, end))
    here.close()
    again = PartMap.load(path, "http://h/a", 300)
    assert again is not None and again.runs == here.runs
    missing = {n for begin, end in again.missing() for n in range(begin, end)}
    assert missing == set(range(300)) - marked and again.have == len(marked)
    assert all(a[1] < b[0] for a, b in zip(again.runs, again.runs[1:], strict=False))
    again.close()


def test_a_map_cut_by_a_kill_or_of_something_else(tmp_path) -> None:
    path = tmp_path / "a.part.map"
    here = PartMap.create(path, "http://h/a", '"v"', 1000)
    here.mark(0, 100)
    here.mark(500, 600)
    here.close()
    path.write_bytes(path.read_bytes()[:-7])
    again = PartMap.load(path, "http://h/a", 1000)
    assert again.runs == [(0, 100)]
    again.mark(700, 800)
    again.close()
    again = PartMap.load(path, "http://h/a", 1000)
    assert again.runs == [(0, 100), (700, 800)], "what follows a cut record is not shifted"
    again.close()
    assert PartMap.load(path, "http://h/b", 1000) is None
    assert PartMap.load(path, "http://h/a", 750) is None, "the part is shorter than the map says"
    for damage in (b"", b"{}", b"\xff" * 100, b"[1]\n", path.read_bytes()[:-16] + b"\x01" * 16):
        path.write_bytes(damage)
        assert PartMap.load(path, "http://h/a", 1000) is None


def test_after_another_boot_only_what_was_synchronised_counts(tmp_path, monkeypatch) -> None:
    path, part = tmp_path / "a.part.map", tmp_path / "a.part"
    part.write_bytes(bytes(1000))
    here = PartMap.create(path, "http://h/a", '"v"', 1000)
    here.mark(0, 100)
    with part.open("rb+") as file:
        here.sync(file.fileno())
    here.mark(100, 300)
    here.close()
    monkeypatch.setattr(partmap_module, "boot", lambda: "another")
    again = PartMap.load(path, "http://h/a", 1000)
    assert again.runs == [(0, 100)]
    again.close()
    monkeypatch.setattr(partmap_module, "boot", lambda: "")
    assert PartMap.load(path, "http://h/a", 1000).runs == [(0, 100)], "where boots cannot be told, neither"


@given(st.integers(1, 2000), st.integers(1, 5), st.randoms(use_true_random=False))
def test_pieces_cover_every_byte_once(total, workers, draw) -> None:
    pieces = Pieces([(0, total)], 50)
    pieces.cut(workers)
    seen: list[int] = []
    held: list = []
    while pieces.left():
        if len(held) < workers and (piece := pieces.take()) is not None:
            held.append(piece)
        if not held:
            continue
        piece = draw.choice(held)
        at, used = pieces.advance(piece, draw.randint(1, 40))
        seen += range(at, at + used)
        if piece.left <= 0 or draw.random() < 0.1:
            pieces.back(piece)
            held.remove(piece)
    assert sorted(seen) == list(range(total))
