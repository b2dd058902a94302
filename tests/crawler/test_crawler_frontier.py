from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from marscd_plugin.common.errors import DownloadError, InputError, OutputError
from marscd_plugin.crawler import frontier as frontier_module
from marscd_plugin.crawler import schema
from marscd_plugin.crawler.frontier import VERSION, Frontier

URL, PATH = "https://example.org/a.JP2", Path("/data/a.JP2")


@pytest.fixture
def frontier(tmp_path):
    with Frontier(tmp_path / "f.sqlite") as made:
        yield made


def test_the_life_of_a_row(frontier) -> None:
    frontier.add(URL, PATH, "A_RED", "image")
    assert frontier.row(URL, PATH).state == "queued"
    assert frontier.claim(URL, PATH).state == "queued"
    frontier.partial(URL, PATH, '"v1"', 100)
    row = frontier.row(URL, PATH)
    assert (row.state, row.validator, row.total, row.product_id, row.role) == ("active", '"v1"', 100, "A_RED", "image")
    frontier.failed(URL, PATH, "the line broke", 3)
    row = frontier.row(URL, PATH)
    assert (row.state, row.reason, row.attempts, row.total) == ("failed", "the line broke", 3, 100)
    frontier.add(URL, PATH)
    assert frontier.row(URL, PATH).state == "queued"
    frontier.claim(URL, PATH)
    frontier.done(URL, PATH, 100, "ab" * 32, 5, 2)
    row = frontier.row(URL, PATH)
    assert (row.state, row.bytes, row.sha256, row.attempts, row.owner) == ("done", 100, "ab" * 32, 5, "")
    frontier.add(URL, PATH)
    assert frontier.row(URL, PATH).state == "done"
    frontier.requeue(URL, PATH)
    row = frontier.row(URL, PATH)
    assert (row.state, row.validator, row.total, row.sha256) == ("queued", "", None, "ab" * 32)


def test_two_places_are_two_rows_and_one_place_is_one(frontier) -> None:
    for _ in range(3):
        frontier.add(URL, PATH)
        frontier.add(URL, "/data/b.JP2")
    assert [row.path for row in frontier.rows()] == ["/data/a.JP2", "/data/b.JP2"]


def test_a_living_run_keeps_its_rows(tmp_path) -> None:
    with Frontier(tmp_path / "f.sqlite") as one, Frontier(tmp_path / "f.sqlite") as two:
        one.add(URL, PATH)
        assert one.claim(URL, PATH)
        assert two.claim(URL, PATH) is None
        with pytest.raises(DownloadError, match="not active in this run"):
            two.done(URL, PATH, 1, "", 0, 1)
        one.give_back(URL, PATH)
        assert two.claim(URL, PATH)


def test_a_lease_that_ran_out_is_taken_over(tmp_path) -> None:
    with Frontier(tmp_path / "f.sqlite", lease=-1) as one, Frontier(tmp_path / "f.sqlite") as two:
        one.add(URL, PATH)
        one.claim(URL, PATH)
        assert two.claim(URL, PATH)
        with pytest.raises(DownloadError):
            one.done(URL, PATH, 1, "", 0, 1)
        two.renew()
        assert one.claim(URL, PATH) is None


@pytest.mark.skipif(os.name != "posix", reason="asks after a process by its id")
def test_the_rows_of_a_killed_process_are_taken_up_at_once(tmp_path) -> None:
    script = (
        "import os, signal, sys\n"
        "from marscd_plugin.crawler.frontier import Frontier\n"
        "f = Frontier(sys.argv[1]); f.add('u', 'p'); f.claim('u', 'p'); f.partial('u', 'p', 'v', 9)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path / "f.sqlite")], cwd=root, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    with Frontier(tmp_path / "f.sqlite") as frontier:
        row = frontier.claim("u", "p")
        assert row is not None and (row.state, row.validator, row.total) == ("active", "v", 9)


def test_one_claim_wins_among_threads(tmp_path) -> None:
    with Frontier(tmp_path / "f.sqlite") as frontier:
        frontier.add(URL, PATH)
        others = [Frontier(tmp_path / "f.sqlite") for _ in range(4)]
        won: list[object] = []
        threads = [threading.Thread(target=lambda f=f: won.append(f.claim(URL, PATH))) for f in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for other in others:
            other.close()
        assert len([w for w in won if w]) == 1


def test_what_is_no_frontier_is_refused(tmp_path) -> None:
    text = tmp_path / "text.sqlite"
    text.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(OutputError, match="cannot be used"):
        Frontier(text)
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    with pytest.raises(InputError, match="something else"):
        Frontier(tmp_path / "other.sqlite")
    Frontier(tmp_path / "new.sqlite").close()
    newer = sqlite3.connect(tmp_path / "new.sqlite")
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    with pytest.raises(InputError, match="another version"):
        Frontier(tmp_path / "new.sqlite")


OPERATIONS = {
    "claim": lambda f: f.claim(URL, PATH),
    "done": lambda f: f.done(URL, PATH, 1, "00", 1, 1),
    "failed": lambda f: f.failed(URL, PATH, "why", 1),
    "refused": lambda f: f.failed(URL, PATH, "why", 1, "refused"),
    "quarantined": lambda f: f.failed(URL, PATH, "why", 1, "quarantined"),
    "give_back": lambda f: f.give_back(URL, PATH),
    "requeue": lambda f: f.requeue(URL, PATH),
    "add": lambda f: f.add(URL, PATH),
    "partial": lambda f: f.partial(URL, PATH, "v", 5),
    "sealed": lambda f: f.sealed(URL, PATH, 5, "00"),
}
#: (state, operation) -> the state that follows. Everything else leaves the row as it was.
MOVES = {
    ("queued", "claim"): "active",
    ("active", "done"): "done",
    ("active", "failed"): "failed",
    ("active", "refused"): "refused",
    ("active", "quarantined"): "quarantined",
    ("active", "give_back"): "queued",
    ("active", "partial"): "active",
    ("active", "sealed"): "active",
    ("done", "requeue"): "queued",
    ("failed", "add"): "queued",
    ("refused", "add"): "queued",
    ("quarantined", "add"): "queued",
}


def bring_to(frontier: Frontier, state: str) -> None:
    frontier.add(URL, PATH)
    if state != "queued":
        frontier.claim(URL, PATH)
    if state not in ("queued", "active"):
        OPERATIONS[state](frontier)
    assert frontier.row(URL, PATH).state == state


@pytest.mark.parametrize("state", schema.STATES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_in_every_state(tmp_path, state, operation) -> None:
    """All pairs: a legal one moves the row, any other is refused (or does nothing) and leaves it as it was."""
    with Frontier(tmp_path / "f.sqlite") as frontier:
        bring_to(frontier, state)
        before = frontier.row(URL, PATH)
        after = MOVES.get((state, operation))
        if after is not None:
            assert after in schema.LEGAL[state]
            OPERATIONS[operation](frontier)
            assert frontier.row(URL, PATH).state == after
        elif operation in ("claim", "add"):
            assert OPERATIONS[operation](frontier) is None and frontier.row(URL, PATH) == before
        else:
            with pytest.raises(DownloadError, match="is not"):
                OPERATIONS[operation](frontier)
            assert frontier.row(URL, PATH) == before


def test_the_table_of_states_itself_refuses_others(frontier) -> None:
    frontier.add(URL, PATH)
    with pytest.raises(sqlite3.IntegrityError):
        frontier._db.execute("UPDATE file SET state = 'lost'")
    with pytest.raises(ValueError, match="no way to fail"):
        frontier.failed(URL, PATH, "", 1, "done")
    with pytest.raises(AssertionError, match="never becomes"):
        frontier._move(URL, PATH, "queued", "done")


FORM_1 = """
CREATE TABLE file (
    url TEXT NOT NULL, path TEXT NOT NULL, product_id TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT 'other',
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'active', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0, bytes INTEGER, sha256 TEXT NOT NULL DEFAULT '', mtime_ns INTEGER,
    validator TEXT NOT NULL DEFAULT '', total INTEGER, reason TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '',
    lease REAL NOT NULL DEFAULT 0, updated REAL NOT NULL, PRIMARY KEY (url, path)
);
CREATE INDEX file_state ON file (state);
PRAGMA application_id = 1296254054;
PRAGMA user_version = 1;
"""


def test_a_frontier_of_the_first_form_is_carried_over(tmp_path) -> None:
    """As the versions before wrote it: every row with all it knew, once, whoever opens it."""
    path = tmp_path / "f.sqlite"
    old = sqlite3.connect(path)
    old.executescript(FORM_1)
    rows = [
        ("u1", "p1", "A", "image", "done", 2, 100, "ab" * 32, 5, '"v"', 100, "", "", 0.0, 1.0),
        ("u2", "p2", "B", "label", "failed", 6, None, "", None, "", None, "no answer", "", 0.0, 2.0),
        ("u3", "p3", "C", "image", "active", 1, None, "", None, "date", 900, "", "gone/1/x", 1.0, 3.0),
    ]
    old.executemany(f"INSERT INTO file VALUES ({', '.join('?' * 15)})", rows)
    old.commit()
    old.close()
    for _ in range(2):
        with Frontier(path) as frontier:
            found = {row.url: row for row in frontier.rows()}
            assert (found["u1"].state, found["u1"].sha256, found["u1"].mtime_ns) == ("done", "ab" * 32, 5)
            assert (found["u2"].state, found["u2"].reason, found["u2"].attempts) == ("failed", "no answer", 6)
            assert (found["u3"].validator, found["u3"].total, found["u3"].priority) == ("date", 900, 0)
    with Frontier(path) as frontier:
        assert frontier.claim("u3", "p3").total == 900, "its owner is gone: taken up where it was"
        frontier.failed("u3", "p3", "no", 1, "refused")
        assert frontier._db.execute("PRAGMA user_version").fetchone()[0] == VERSION


def test_a_carrying_over_that_is_killed_leaves_the_old_form(tmp_path, monkeypatch) -> None:
    path = tmp_path / "f.sqlite"
    old = sqlite3.connect(path)
    old.executescript(FORM_1)
    old.close()
    monkeypatch.setattr(schema, "_INDEX", "this is no SQL")
    with pytest.raises(OutputError):
        Frontier(path)
    monkeypatch.undo()
    with Frontier(path) as frontier:
        frontier.add(URL, PATH)
        assert frontier.rows()[0].priority == 0


def test_one_address_is_fetched_by_one_at_a_time_wherever_it_goes(tmp_path) -> None:
    with Frontier(tmp_path / "f.sqlite") as one, Frontier(tmp_path / "f.sqlite") as two:
        one.add(URL, PATH)
        two.add(URL, "/other/a.JP2")
        assert one.claim(URL, PATH)
        assert two.claim(URL, "/other/a.JP2") is None, "it would come twice"
        one.done(URL, PATH, 100, "ab" * 32, 5, 1)
        assert two.claim(URL, "/other/a.JP2")
        assert [row.path for row in two.copies(URL, "/other/a.JP2")] == [str(PATH)]
        assert two.copies(URL, PATH) == []


def test_a_network_disk_gets_no_wal(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(frontier_module, "network_disk", lambda path: "nfs4")
    with Frontier(tmp_path / "f.sqlite") as frontier:
        assert frontier.network == "nfs4"
        assert frontier._db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        frontier.add(URL, PATH)
        assert frontier.claim(URL, PATH)
    monkeypatch.undo()
    with Frontier(tmp_path / "f.sqlite") as frontier:
        assert frontier._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_killed_at_any_instant_it_opens_again_and_no_row_is_half(tmp_path) -> None:
    """A process moves rows as fast as it can and is killed; what the next one finds is a state that was there."""
    script = (
        "import sys\n"
        "from marscd_plugin.crawler.frontier import Frontier\n"
        "f = Frontier(sys.argv[1])\n"
        "n = len(f.rows())\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    u = f'u{n}'; n += 1\n"
        "    f.add(u, u); f.claim(u, u); f.partial(u, u, 'v', n); f.sealed(u, u, n, 'ab')\n"
        "    f.done(u, u, n, 'ab', 1, 1)\n"
    )
    root, path = Path(__file__).resolve().parents[2], tmp_path / "f.sqlite"
    draw = random.Random(5)
    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0.0, 0.15))
        process.kill()
        process.wait(30)
        process.stdout.close()
        with Frontier(path) as frontier:
            assert frontier._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            rows = frontier.rows()
            assert sum(row.state not in ("done", "queued", "active") for row in rows) == 0
            assert all(row.sha256 == "ab" and row.owner == "" for row in rows if row.state == "done")
            for row in rows:
                if row.state in ("queued", "active"):
                    assert frontier.claim(row.url, row.path), "its owner is dead"
                    frontier.done(row.url, row.path, 1, "ab", 1, 1)
