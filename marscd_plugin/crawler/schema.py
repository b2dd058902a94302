"""The frontier's table, its states, and the steps from older forms of it.

    state        may become
    queued       active
    active       active (its facts), done, failed, refused, quarantined, queued (given back)
    done         queued (the file is gone, or is not what was fetched)
    failed       queued (asked for again), and so refused and quarantined

``failed`` is a fault that may pass, ``refused`` an answer (401, 403, 404, 410), ``quarantined`` a file that came
damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

VERSION = 2
#: Marks the file as ours ("MCDf"), so that another SQLite file is not taken for a frontier.
APPLICATION_ID = 0x4D434466

#: State -> the states that may follow.
LEGAL: dict[str, frozenset[str]] = {
    "queued": frozenset({"active"}),
    "active": frozenset({"active", "done", "failed", "refused", "quarantined", "queued"}),
    "done": frozenset({"queued"}),
    "failed": frozenset({"queued"}),
    "refused": frozenset({"queued"}),
    "quarantined": frozenset({"queued"}),
}
STATES = tuple(LEGAL)
#: Ended without the file.
LOST = ("failed", "refused", "quarantined")

_TABLE = """
CREATE TABLE {name} (
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    product_id TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT 'other',
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ({states})),
    attempts INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER,
    sha256 TEXT NOT NULL DEFAULT '',
    mtime_ns INTEGER,
    validator TEXT NOT NULL DEFAULT '',
    total INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    lease REAL NOT NULL DEFAULT 0,
    updated REAL NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (url, path)
)
"""
_INDEX = "CREATE INDEX file_state ON file (state, priority DESC)"
_OLD_COLUMNS = (
    "url, path, product_id, role, state, attempts, bytes, sha256, mtime_ns, validator, total, reason, owner, lease, "
    "updated"
)


def create(db: sqlite3.Connection) -> None:
    """The table of today, in an empty database. Within a transaction."""
    db.execute(_table("file"))
    db.execute(_INDEX)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _from_1(db: sqlite3.Connection) -> None:
    """Form 2 knows priorities, refusals and quarantine."""
    db.execute(_table("file_2"))
    # Names stand in this module only.
    db.execute(f"INSERT INTO file_2 ({_OLD_COLUMNS}) SELECT {_OLD_COLUMNS} FROM file")  # noqa: S608  # nosec B608
    db.execute("DROP TABLE file")
    db.execute("ALTER TABLE file_2 RENAME TO file")
    db.execute(_INDEX)


_STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _from_1}


def migrate(db: sqlite3.Connection, version: int) -> bool:
    """Bring an older form to today's, within a transaction; False where there is no way (it is newer)."""
    if not 1 <= version <= VERSION:
        return False
    for step in range(version, VERSION):
        _STEPS[step](db)
    if version != VERSION:
        db.execute(f"PRAGMA user_version = {VERSION}")
    return True


def _table(name: str) -> str:
    return _TABLE.format(name=name, states=", ".join(f"'{state}'" for state in STATES))
