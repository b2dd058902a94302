from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from marscd_plugin.common.errors import DownloadError, InputError, OutputError
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


def test_only_legal_moves_are_possible(tmp_path) -> None:
    """Any sequence of calls ends either in a legal move or in an error that leaves the row as it was."""
    legal = {
        "claim": ({"queued"}, "active"),
        "done": ({"active"}, "done"),
        "failed": ({"active"}, "failed"),
        "give_back": ({"active"}, "queued"),
        "requeue": ({"done"}, "queued"),
        "add": ({"failed"}, "queued"),
    }
    numbers = iter(range(10_000))

    class Moves(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.frontier = Frontier(tmp_path / f"{next(numbers)}.sqlite")
            self.frontier.add(URL, PATH)
            self.state = "queued"

        def move(self, name: str, *values: object) -> None:
            before, after = legal[name]
            try:
                moved = getattr(self.frontier, name)(URL, PATH, *values)
            except DownloadError:
                assert self.state not in before
            else:
                if self.state in before:
                    self.state = after
                else:
                    assert name in ("claim", "add") and moved is None
            assert self.frontier.row(URL, PATH).state == self.state

        @rule()
        def claim(self) -> None:
            self.move("claim")

        @rule()
        def done(self) -> None:
            self.move("done", 1, "00", 1, 1)

        @rule()
        def failed(self) -> None:
            self.move("failed", "reason", 1)

        @rule()
        def give_back(self) -> None:
            self.move("give_back")

        @rule()
        def requeue(self) -> None:
            self.move("requeue")

        @rule()
        @precondition(lambda self: self.state != "queued")
        def add(self) -> None:
            self.move("add")

        def teardown(self) -> None:
            self.frontier.close()

    run_state_machine_as_test(
        Moves, settings=hypothesis_settings(max_examples=12, stateful_step_count=15, deadline=None, database=None)
    )
