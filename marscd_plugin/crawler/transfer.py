"""One file, whole or not there: streamed into ``<name>.part`` beside its place, resumed, verified, hashed, moved in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.errors import DownloadError, ProductError
from ..common.files import need_folder, need_space, output_error
from .answers import Version, WrongBodyError, decoded, length, plain, range_of, range_total, validator
from .digests import Digest, stated_digest
from .partfile import Writer, hash_of, hashes, part_of, sync_folder
from .partmap import PartMap, bytes_of, map_of
from .quarantine import FOLDER, quarantine
from .session import RequestsWeb
from .signatures import HEAD, wrong_start
from .stream import CutOffError, NoAnswerError, Stream

if TYPE_CHECKING:
    from .split import Split

__all__ = [
    "MAX_FILE_BYTES", "Transfer", "TransferError", "Verify", "Version", "Whole", "hash_of", "part_of", "sync_folder",
]  # fmt: skip

#: No archive file that we know of comes near; a body without an end is cut here.
MAX_FILE_BYTES = 8 * 1024**3
#: How often a file may come whole and damaged. Other wrong bodies (a web page) cost little: they are asked again as
#: often as a request that fails.
WRONG_BODIES = 3
MAX_REQUESTS = 200
#: Labels and browse images are small; what is larger is something else.
_LARGEST_OF_ROLE = {"label": 64 * 1024**2, "browse": 512 * 1024**2}
#: Files from here on may come in several pieces at once.
SPLIT_FROM = 16 * 1024**2
#: Bytes between two looks at the disk's free space.
_LOOK_AT_DISK = 32 * 1024**2

#: What to do where something else came than the file.
_LOOK = (
    "Open the file's address in a browser to see it: it may be a network's log-in page or a proxy's message. "
    "Then try again."
)

Verify = Callable[[Path, str], None]


@dataclass(frozen=True)
class Whole:
    """A file in its place."""

    bytes: int
    sha256: str
    attempts: int
    mtime_ns: int


class TransferError(DownloadError):
    """A file that could not be brought. ``reason`` is why, with the remedy, without the file's name.

    ``state`` is ``failed`` (may pass), ``refused`` (an answer) or ``quarantined`` (it came, and is damaged).
    """

    def __init__(self, name: str, why: str, remedy: str, state: str = "failed") -> None:
        why = why.rstrip(".")
        # A sentence of its own, but hosts and files keep their names.
        begin = why if "." in why.split(" ", 1)[0] else why[:1].upper() + why[1:]
        self.reason = f"{begin}. {remedy}"
        self.state = state
        super().__init__(f"{name} could not be fetched: {why}.", remedy)


@dataclass
class Transfer:
    """``run`` brings ``url`` to ``path``; call it once.

    ``verify(path, role)`` raises ProductError for a damaged file. ``version`` says what a ``.part`` left by an earlier
    run belongs to; ``remember`` is told before the first byte of another version is written, ``sealed`` (size,
    SHA-256) before the whole file is moved in. ``arrived(size, total)`` hears how many bytes are there, ``notice`` what
    it is at ("finishing": no more is asked of the archive). ``attempts`` counts requests. ``size`` is a hint. A
    ``stream`` is made by the archive while we wait, and cannot be continued.
    """

    web: RequestsWeb
    url: str
    path: Path
    role: str
    verify: Verify
    version: Version = field(default_factory=Version)
    remember: Callable[[Version], None] = lambda version: None
    sealed: Callable[[int, str], None] = lambda size, sha256: None
    arrived: Callable[[int, int | None], None] = lambda size, total: None
    max_bytes: int = MAX_FILE_BYTES
    attempts: int = 0
    notice: Callable[[str], None] = lambda note: None
    size: int | None = None
    stream: bool = False
    digest: Digest | None = field(default=None, init=False)
    _hashed: tuple[int, str] = field(default=(0, ""), init=False)
    _split: bool = field(default=True, init=False)
    _begun: Split | None = field(default=None, init=False)

    @property
    def part(self) -> Path:
        """The partial file."""
        return part_of(self.path)

    def run(self) -> Whole:
        """Raises TransferError (given up; the partial file stays where resuming may help), OutputError (disk),
        CancelledError (the partial file stays)."""
        need_folder(self.path.parent)
        self.max_bytes = min(self.max_bytes, _LARGEST_OF_ROLE.get(self.role, self.max_bytes))
        try:
            self._bring()
            return self._move_in()
        except OSError as error:
            # Full, or not to be written: half a file there helps nobody.
            self._drop()
            raise output_error(error, self.path) from error

    # -- asking until it is whole -------------------------------------------------------------------------------

    def _bring(self) -> None:
        cuts = wrong = damaged = 0
        while True:
            before = self._have()
            try:
                self._ask()
                self.notice("finishing")
                self._verify()
                return
            except WrongBodyError as error:
                wrong += 1
                damaged += error.damaged
                over = damaged >= WRONG_BODIES or wrong >= max(WRONG_BODIES, self.web.manners.tries)
                over = over or self.attempts >= MAX_REQUESTS
                if over and error.damaged:
                    raise self._put_aside(f"{error} ({wrong} times)", error.remedy) from error
                if not error.keep:
                    self._drop()
                if over:
                    raise self._given_up(f"{error} ({wrong} times)", error.remedy) from error
                self.notice("")
                self.web.pause_after(wrong)
            except CutOffError as error:
                # A cut that still brought something is no reason to lose patience.
                cuts = 1 if self._have() > before else cuts + 1
                if cuts >= self.web.manners.tries or self.attempts >= MAX_REQUESTS:
                    raise self._given_up(error.what, error.remedy) from error
                self.web.pause_after(cuts)
            except NoAnswerError as error:
                self.attempts += error.attempts
                raise self._given_up(error.what, error.remedy) from error

    def _ask(self) -> None:
        """One request, or several at once; returns when the partial file has all its bytes."""
        if self._in_pieces():
            return
        have = self._size()
        if have and (self.stream or not (self.version.validator or self.version.total)):
            have = 0  # Nothing tells whether the rest would belong to the same file.
        headers = {"Accept-Encoding": "identity"}
        first, self._begun = 0, None
        if have:
            headers["Range"] = f"bytes={have}-"
            if self.version.validator:
                headers["If-Range"] = self.version.validator
        elif first := self._first_piece():
            headers["Range"] = f"bytes=0-{first - 1}"
        with self.web.open_stream(self.url, headers=headers, patient=self.stream) as stream:
            self.attempts += stream.attempts
            if stream.status in (200, 206):
                self.digest = stated_digest(stream.headers, stream.status == 200) if plain(stream) else None
            if stream.status == 200:
                self._receive(stream, 0, length(stream))
            elif stream.status == 206 and (have or first):
                self._receive(stream, have, self._continued(stream, have))
            elif stream.status == 416 and have:
                if range_total(stream.headers) != have:
                    raise WrongBodyError("the archive's file is not the one that was begun")
                self.arrived(have, have)
            elif stream.status == 416 and first:
                self.size, self._split = None, False
                raise WrongBodyError("the archive's file is shorter than it said", keep=True)
            else:
                self._refused(stream.status)
        if self._begun is not None:
            self._begun.run()

    def _first_piece(self) -> int:
        """Bytes to ask for first of a file that is probably large, where several connections can share it; else 0."""
        from .split import shares

        if self.stream or not self._split or (self.size or 0) < SPLIT_FROM:
            return 0
        count = shares(self.web, self.url)
        return (self.size or 0) // count if count > 1 else 0

    def _in_pieces(self) -> bool:
        """Bring the rest by several connections, where an earlier try has begun so; True when it is all there."""
        from .split import Split

        if not map_of(self.part).exists():
            return False
        if self.stream or not self._split:
            self._drop()
            return False
        here = PartMap.load(map_of(self.part), self.url, self._size())
        if here is None:
            self._drop()
            return False
        self.version = Version(here.validator, here.total)
        Split(self, here).run()
        return True

    def _continued(self, stream: Stream, have: int) -> int | None:
        """The whole size that a 206 announces. Raises WrongBodyError where it does not continue what is here."""
        found = range_of(stream)
        if found is None or found.first != have:
            raise WrongBodyError("the archive answered another part than was asked for")
        total = found.total
        # Without a byte here, what is remembered of an earlier try binds nobody.
        expected = self.version.total if have else None
        if total is not None and (total <= found.last or expected not in (None, total)):
            raise WrongBodyError("the archive's file changed while it was fetched")
        return total if total is not None else expected

    def is_piece(self, stream: Stream, begin: int, total: int) -> bool:
        """Is this answer the part of the file that begins there?"""
        found = range_of(stream)
        return found is not None and found.first == begin and found.total in (None, total)

    def no_piece(self, status: int) -> None:
        """What came was no piece of the file. Raises what is due."""
        if status in (200, 206, 416):
            # Another version of the file, or a server that keeps to no ranges: from the start, by one connection.
            self._split = False
            raise WrongBodyError("the archive's file changed while it was fetched")
        self._refused(status)

    def _receive(self, stream: Stream, offset: int, total: int | None) -> None:
        """Write the body from ``offset`` on. ``total`` is the size of the whole file where it is known."""
        if total is not None and total > self.max_bytes:
            self._too_large()
        if total is not None:
            need_space(self.path.parent, total - offset)
        body = decoded(stream)
        head = b""
        if offset == 0:
            for piece in body:
                head += piece
                if len(head) >= HEAD:
                    break
            # Judged before anything of ours is overwritten: a page sent in place of the rest must not cost the start.
            if fault := wrong_start(self.path.name, head[:HEAD]):
                raise WrongBodyError(fault, keep=True, remedy=_LOOK)
            # What was unpacked here cannot be continued by a range of what the server holds.
            version = Version(validator(stream.headers), total) if plain(stream) else Version()
            if self._shared(stream, version, head, body):
                return
        have, look = offset, offset + _LOOK_AT_DISK
        with self._opened(append=offset > 0) as write:
            if offset == 0:
                self._forget_map()
                self.version = version
                self.remember(self.version)
            for piece in _chain(head, body):
                write(piece)
                have += len(piece)
                if have > self.max_bytes:
                    self._too_large()
                self.arrived(have, total)
                if have >= look:
                    look = have + _LOOK_AT_DISK
                    need_space(self.path.parent, max(_LOOK_AT_DISK, total - have if total is not None else 0))
        if total is not None and have < total:
            raise CutOffError(f"{have:,} of {total:,} bytes came.", "Run it again.")

    def _shared(self, stream: Stream, version: Version, head: bytes, rest: Iterator[bytes]) -> bool:
        """Bring a large file by several connections, this answer being the first; False where that cannot be."""
        from .split import Split

        ranges = stream.status == 206 or stream.headers.get("accept-ranges", "").strip().lower() == "bytes"
        total = version.total or 0
        if self.stream or not self._split or not ranges or not version.validator or total < SPLIT_FROM:
            return False
        if self.web.manners.segments < 2:
            return False
        with self._opened(append=False):
            pass
        here = PartMap.create(map_of(self.part), self.url, version.validator, total)
        self.version = version
        self.remember(version)
        self._begun = Split(self, here)
        found = range_of(stream)
        self._begun.begin(_chain(head, rest), found.last + 1 if found is not None else total)
        return True

    # -- the file -----------------------------------------------------------------------------------------------

    def _opened(self, append: bool) -> Writer:
        return Writer(self.part, append)

    def _size(self) -> int:
        try:
            return self.part.stat().st_size
        except FileNotFoundError:
            return 0

    def _have(self) -> int:
        return bytes_of(self.part)

    def _forget_map(self) -> None:
        with suppress(OSError):
            map_of(self.part).unlink(missing_ok=True)

    def _drop(self) -> None:
        # The part first: a map without its part says nothing, a part without its map would say too much.
        with suppress(OSError):
            self.part.unlink(missing_ok=True)
        self._forget_map()
        self.arrived(0, None)

    def _verify(self) -> None:
        """Raises WrongBodyError where the file is not what its role, its label or the server's checksum says."""
        try:
            self.verify(self.part, self.role)
        except ProductError as error:
            # The reader's own remedy (fetch it again) is what is being done.
            raise WrongBodyError(error.what.replace(str(self.part), self.path.name), damaged=True) from error
        algorithm, stated = self.digest or ("", "")
        size, sha256, other = hashes(self.part, self.web.check, algorithm if algorithm != "sha256" else "")
        self._hashed = size, sha256
        if stated and stated != (other or sha256):
            raise WrongBodyError(f"its bytes are not those that the archive's {algorithm} checksum is of", damaged=True)

    def _move_in(self) -> Whole:
        size, sha256 = self._hashed
        with self.part.open("rb+") as file:
            os.fsync(file.fileno())
        self.sealed(size, sha256)
        os.replace(self.part, self.path)
        sync_folder(self.path.parent)
        return Whole(size, sha256, self.attempts, self.path.stat().st_mtime_ns)

    # -- giving up ----------------------------------------------------------------------------------------------

    def _given_up(self, reason: str, remedy: str, state: str = "failed") -> TransferError:
        return TransferError(self.path.name, reason, remedy, state)

    def _put_aside(self, reason: str, remedy: str) -> TransferError:
        """The damaged file goes to quarantine, with its reason."""
        kept = quarantine(self.part, self.path, self.url, reason, self._hashed[1])
        self._forget_map()
        self.arrived(0, None)
        where = f" What came lies in the folder {FOLDER}." if kept else ""
        return TransferError(self.path.name, reason, remedy + where, "quarantined")

    def _refused(self, status: int) -> None:
        self._drop()
        if status in (404, 410):
            raise self._given_up(
                f"the archive does not have this file ({status})",
                "It may not be released yet, or have been moved: search again later, or leave it out.",
                "refused",
            )
        if status == 401:
            raise self._given_up(
                "the archive asks who you are (401)",
                "Give it a user name and a password: see docs/crawler.md, Credentials.",
                "refused",
            )
        if status == 403:
            raise self._given_up(
                f"the archive refuses to give this file ({status})",
                "It may not be public yet: try again in some weeks, or leave it out.",
                "refused",
            )
        raise self._given_up(
            f"the archive gave an answer that MarsCD does not know ({status})",
            "Open the file's address in a browser: it may say more.",
        )

    def _too_large(self) -> None:
        self._drop()
        raise self._given_up(
            f"it is larger than {self.max_bytes / 1e9:.2g} GB, as no {self.role} file of an archive is", "Leave it out."
        )


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest
