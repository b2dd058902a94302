"""The frontier: what is to be fetched and how far that has come, in SQLite; a crash at any instant loses nothing.

One row a file, keyed by where it comes from and where it goes; ``schema`` has the states and the ways between them. An
active row belongs to its owner (one run in one process) while the lease runs. A row whose owner's process is gone, or
whose lease ran out, is taken up by the next run. One address is fetched by one owner at a time, whatever places it goes
to; the second takes over the first one's copy. The database lies on a local disk (WAL); on a network disk it works
without WAL, slower, and only as well as that disk's locks do.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..common.disks import network_disk
from ..common.errors import DownloadError, InputError, OutputError
from ..common.files import need_folder
from . import schema
from .schema import APPLICATION_ID, VERSION

__all__ = ["APPLICATION_ID", "LEASE", "VERSION", "Frontier", "Row", "alive"]

#: Seconds an active row stays its owner's without a sign of life.
LEASE = 60.0

_SELECT = (
    "SELECT url, path, product_id, role, state, attempts, bytes, sha256, mtime_ns, validator, total, reason, owner, "
    "lease, priority FROM file "
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
    priority: int = 0


class Frontier:
    """The queue in one database file. Safe to share between threads; several processes may open the same file."""

    def __init__(self, path: Path | str, lease: float = LEASE) -> None:
        """Open or make it. Raises OutputError where it cannot be written, InputError where it is not a frontier."""
        self.path = Path(path)
        #: The network file system it lies on, "" for a local disk.
        self.network = network_disk(self.path.parent)
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
        # WAL shares memory between processes, which a network disk cannot.
        db.execute(f"PRAGMA journal_mode = {'DELETE' if self.network else 'WAL'}")
        # Whatever kills the process, what was committed stays. A power cut may take the last moments back: then whole
        # files are recognised by their checksum, and parts are begun again. It saves four waits for the disk a file.
        db.execute(f"PRAGMA synchronous = {'FULL' if self.network else 'NORMAL'}")
        with self._transaction():
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if not tables:
                schema.create(db)
            elif not ours:
                raise InputError(f"{self.path} is a database of something else.", "Choose another folder.")
            elif not schema.migrate(db, version):
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

    def copies(self, url: str, path: Path | str) -> list[Row]:
        """The same address, fetched whole to other places, the latest first."""
        with self._lock:
            try:
                query = _SELECT + "WHERE url = ? AND path != ? AND state = 'done' ORDER BY updated DESC LIMIT 10"
                return [Row(*found) for found in self._db.execute(query, (url, str(path)))]
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    # -- moving -------------------------------------------------------------------------------------------------

    def add(self, url: str, path: Path | str, product_id: str = "", role: str = "other", priority: int = 0) -> None:
        """Queue a file that is not known yet, and again one that was lost; others are left as they are."""
        self.add_all([(url, str(path), product_id, role, priority)])

    def add_all(self, files: Iterable[tuple[str, str, str, str, int]]) -> None:
        """``add`` for many (url, path, product id, role, priority), at once. The last priority asked for holds."""
        now = time.time()
        with self._transaction() as db:
            for url, path, product_id, role, priority in files:
                db.execute(
                    "INSERT INTO file (url, path, product_id, role, updated, priority) VALUES (?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT (url, path) DO UPDATE SET priority = excluded.priority",
                    (url, path, product_id, role, now, priority),
                )
                db.execute(
                    "UPDATE file SET state = 'queued', reason = '', updated = ? "
                    "WHERE url = ? AND path = ? AND state IN ('failed', 'refused', 'quarantined')",
                    (now, url, path),
                )

    def requeue(self, url: str, path: Path | str) -> None:
        """done -> queued: the file is not there any more, or is not what was fetched.

        Its size and checksum stay known, so that an altered file is not taken for the fetched one later.
        """
        self._move(url, path, "done", "queued", validator="", total=None)

    def claim(self, url: str, path: Path | str) -> Row | None:
        """queued (or an orphaned active) -> active and ours.

        None while another living run has it, or while anybody fetches the same address to another place.
        """
        now = time.time()
        with self._transaction() as db:
            found = db.execute(_ONE, (url, str(path))).fetchone()
            row = Row(*found) if found else None
            if row is None or row.state not in ("queued", "active") or _held(row, now):
                return None
            others = db.execute(_SELECT + "WHERE url = ? AND path != ? AND state = 'active'", (url, str(path)))
            if any(_held(Row(*other), now) for other in others):
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

    def failed(self, url: str, path: Path | str, reason: str, attempts: int, state: str = "failed") -> None:
        """active -> failed, refused or quarantined."""
        if state not in schema.LOST:
            raise ValueError(f"{state!r} is no way to fail")
        self._move(url, path, "active", state, reason=reason, attempts=attempts, owner="", lease=0.0)

    def give_back(self, url: str, path: Path | str) -> None:
        """active -> queued: stopped before it was whole; the partial file is kept for the next run."""
        self._move(url, path, "active", "queued", owner="", lease=0.0)

    def _move(self, url: str, path: Path | str, before: str, after: str, **values: object) -> None:
        """``attempts`` adds up. Raises DownloadError where the row is not in ``before``, or is active and not ours."""
        assert after in schema.LEGAL[before], f"{before} never becomes {after}"
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


def _held(row: Row, now: float) -> bool:
    """Is it being fetched by a run that lives?"""
    return row.state == "active" and row.lease > now and alive(row.owner)


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
