"""The frontier: what is to be fetched and how far that has come, in SQLite; a crash at any instant loses nothing.

One row a file, keyed by where it comes from and where it goes. States and the only ways between them::

    queued -> active -> done | failed          active -> queued (given back on a cancel)
    failed -> queued (asked for again)         done -> queued (the file is gone or was altered)

An active row belongs to its owner (one run in one process) while the lease runs. A row whose owner's process is gone,
or whose lease ran out, is taken up by the next run. The database must lie on a local disk (WAL).
"""

from __future__ import annotations

import os
import socket
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import DownloadError, InputError, OutputError
from ..common.files import need_folder

VERSION = 1
#: Marks the file as ours ("MCDf"), so that another SQLite file is not taken for a frontier.
APPLICATION_ID = 0x4D434466
#: Seconds an active row stays its owner's without a sign of life.
LEASE = 60.0

_SCHEMA = """
CREATE TABLE file (
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    product_id TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT 'other',
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'active', 'done', 'failed')),
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
    PRIMARY KEY (url, path)
);
CREATE INDEX file_state ON file (state);
"""
_SELECT = (
    "SELECT url, path, product_id, role, state, attempts, bytes, sha256, mtime_ns, validator, total, reason, owner, "
    "lease FROM file "
)
_ONE = _SELECT + "WHERE url = ? AND path = ?"


@dataclass(frozen=True)
class Row:
    """One file. ``validator`` and ``total`` describe the version that a partial file belongs to."""

    url: str
    path: str
    product_id: str
    role: str
    state: str
    attempts: int
    bytes: int | None
    sha256: str
    mtime_ns: int | None
    validator: str
    total: int | None
    reason: str
    owner: str
    lease: float


class Frontier:
    """The queue in one database file. Safe to share between threads; several processes may open the same file."""

    def __init__(self, path: Path | str, lease: float = LEASE) -> None:
        """Open or make it. Raises OutputError where it cannot be written, InputError where it is not a frontier."""
        self.path = Path(path)
        self.owner = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:12]}"
        self._lease = lease
        self._lock = threading.RLock()
        need_folder(self.path.parent)
        try:
            self._db = sqlite3.connect(self.path, timeout=15.0, isolation_level=None, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def _prepare(self) -> None:
        db = self._db
        db.execute("PRAGMA busy_timeout = 15000")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        with self._transaction():
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if not tables:
                for statement in _SCHEMA.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {VERSION}")
            elif not ours:
                raise InputError(f"{self.path} is a database of something else.", "Choose another folder.")
            elif version != VERSION:
                raise InputError(
                    f"{self.path} was written by another version of MarsCD (its form is {version}, ours {VERSION}).",
                    "Use that version, or delete this file: fetched files stay and are recognised.",
                )

    def _trouble(self, error: sqlite3.Error) -> OutputError:
        return OutputError(
            f"The download queue {self.path} cannot be used: {error}.",
            "Free some space or choose a folder on a local disk; if it is damaged, delete it: fetched files stay.",
        )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, one writer at a time."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    # -- reading ------------------------------------------------------------------------------------------------

    def row(self, url: str, path: Path | str) -> Row | None:
        """The file's row, or None."""
        with self._lock:
            try:
                found = self._db.execute(_ONE, (url, str(path))).fetchone()
            except sqlite3.Error as error:
                raise self._trouble(error) from error
        return Row(*found) if found else None

    def rows(self, state: str = "") -> list[Row]:
        """All rows, or those in one state, by path."""
        with self._lock:
            try:
                query = _SELECT + "WHERE ? IN ('', state) ORDER BY path, url"
                return [Row(*found) for found in self._db.execute(query, (state,))]
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    # -- moving -------------------------------------------------------------------------------------------------

    def add(self, url: str, path: Path | str, product_id: str = "", role: str = "other") -> None:
        """Queue a file that is not known yet, and again one that failed; others are left as they are."""
        now = time.time()
        with self._transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO file (url, path, product_id, role, updated) VALUES (?, ?, ?, ?, ?)",
                (url, str(path), product_id, role, now),
            )
            db.execute(
                "UPDATE file SET state = 'queued', reason = '', updated = ? "
                "WHERE url = ? AND path = ? AND state = 'failed'",
                (now, url, str(path)),
            )

    def requeue(self, url: str, path: Path | str) -> None:
        """done -> queued: the file is not there any more, or is not what was fetched.

        Its size and checksum stay known, so that an altered file is not taken for the fetched one later.
        """
        self._move(url, path, "done", "queued", validator="", total=None)

    def claim(self, url: str, path: Path | str) -> Row | None:
        """queued (or an orphaned active) -> active and ours; None while another living run has it."""
        now = time.time()
        with self._transaction() as db:
            found = db.execute(_ONE, (url, str(path))).fetchone()
            row = Row(*found) if found else None
            if row is None or row.state not in ("queued", "active"):
                return None
            if row.state == "active" and row.lease > now and alive(row.owner):
                return None
            db.execute(
                "UPDATE file SET state = 'active', owner = ?, lease = ?, updated = ? WHERE url = ? AND path = ?",
                (self.owner, now + self._lease, now, url, str(path)),
            )
            return row

    def renew(self) -> None:
        """Prolong the lease of everything that is ours."""
        now = time.time()
        with self._transaction() as db:
            db.execute(
                "UPDATE file SET lease = ?, updated = ? WHERE state = 'active' AND owner = ?",
                (now + self._lease, now, self.owner),
            )

    def partial(self, url: str, path: Path | str, validator: str, total: int | None) -> None:
        """Note which version (ETag or date, size) the partial file now belongs to."""
        self._move(url, path, "active", "active", validator=validator, total=total)

    def sealed(self, url: str, path: Path | str, size: int, sha256: str) -> None:
        """Note what the whole, verified file is, just before it is moved in."""
        self._move(url, path, "active", "active", bytes=size, sha256=sha256)

    def done(self, url: str, path: Path | str, size: int, sha256: str, mtime_ns: int, attempts: int) -> None:
        """active -> done."""
        self._move(
            url, path, "active", "done",
            bytes=size, sha256=sha256, mtime_ns=mtime_ns, attempts=attempts, reason="", owner="", lease=0.0,
        )  # fmt: skip

    def failed(self, url: str, path: Path | str, reason: str, attempts: int) -> None:
        """active -> failed."""
        self._move(url, path, "active", "failed", reason=reason, attempts=attempts, owner="", lease=0.0)

    def give_back(self, url: str, path: Path | str) -> None:
        """active -> queued: stopped before it was whole; the partial file is kept for the next run."""
        self._move(url, path, "active", "queued", owner="", lease=0.0)

    def _move(self, url: str, path: Path | str, before: str, after: str, **values: object) -> None:
        """``attempts`` adds up. Raises DownloadError where the row is not in ``before``, or is active and not ours."""
        sets = "".join(f", {name} = {'attempts + ' if name == 'attempts' else ''}?" for name in values)
        mine = " AND owner = ?" if before == "active" else ""
        # Column names come from this module only; values are bound.
        command = f"UPDATE file SET state = ?, updated = ?{sets} WHERE url = ? AND path = ? AND state = ?{mine}"  # noqa: S608  # nosec B608
        bound = [after, time.time(), *values.values(), url, str(path), before, *([self.owner] if mine else [])]
        with self._transaction() as db:
            moved = db.execute(command, bound).rowcount
        if moved != 1:
            raise DownloadError(
                f"The queue's entry for {path} is not {before} in this run (to become {after}).",
                "Another run may have taken it over; run it again.",
            )

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Frontier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def alive(owner: str) -> bool:
    """False only where the owner was a process of this computer that is gone; then its lease need not be waited for."""
    host, _, rest = owner.partition("/")
    pid = rest.partition("/")[0]
    # On Windows os.kill would end the process rather than ask after it.
    if os.name != "posix" or host != socket.gethostname() or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
