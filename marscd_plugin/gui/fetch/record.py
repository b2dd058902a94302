"""``fetch.json`` in a job's folder: what was asked for and how it stands, so that it can be gone on with after any end.

Written whole when a fetch starts and when it ends; a process that is killed between leaves ``running`` and its name.
What has come is not in it: that is seen on the disk, and the crawler's queue knows the rest. No Qt in here.
"""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...common.errors import InputError
from ...common.files import write_json
from ...common.words import RemoteFile
from ...crawler.watch import FileProgress
from ..words import tr

if TYPE_CHECKING:
    from ...crawler.fetch import FileRequest
    from ...crawler.jp2 import PartWish

FILE = "fetch.json"
_LARGEST = 16 * 1024 * 1024
_STATES = ("running", "paused", "ended", "cancelled")
#: Seconds between two signs of life of a running fetch, and after which one without is taken for dead.
BEAT, _DEAD = 10.0, 60.0
_MOST_WINDOWS = 1000
_ROLES = ("image", "label", "header", "raw", "browse", "other")


@dataclass(frozen=True)
class Record:
    """One fetch: the job's folder, what was asked, its state, and the process that runs it ("" for none).

    ``beaten`` is the time (``time.time``) of its last sign of life.
    """

    root: Path
    requests: tuple[FileRequest, ...]
    state: str
    owner: str = ""
    beaten: float = 0.0

    @property
    def unfinished(self) -> bool:
        """Stopped or broken off before its end, and nobody is at it.

        Whether a process lives can be asked on this computer only, and its number may have been given to another:
        so a sign of life is looked for as well.
        """
        from ...crawler.frontier import alive

        if self.state == "running":
            return not alive(self.owner) or abs(time.time() - self.beaten) > _DEAD
        return self.state == "paused"


@dataclass(frozen=True)
class Standing:
    """What an unfinished fetch has on the disk. Sizes are bytes; ``total`` is None where the archive did not say."""

    record: Record
    files: tuple[FileProgress, ...]
    whole: int
    here: int
    total: int | None


def me() -> str:
    """This process, as the crawler's queue names owners."""
    return f"{socket.gethostname()}/{os.getpid()}"


def write(record: Record) -> None:
    """Write it into its folder. Raises OutputError."""
    write_json(
        record.root / FILE,
        {
            "version": 1,
            "state": record.state,
            "owner": record.owner,
            "folder": "products",
            "files": [
                {"url": r.url, "name": r.path.name, "product_id": r.product_id, "role": r.role, "size": r.size}
                | ({} if r.part is None else {"windows": [astuple(w) for w in r.part.windows]})
                for r in record.requests
            ],
        },
    )


def beat(root: Path) -> None:
    """Give a sign of life."""
    # A folder that is gone or full is met by the transfers, with words for the user.
    with suppress(OSError):
        os.utime(root / FILE)


def read(root: Path) -> Record | None:
    """The fetch of a job's folder; None where there is none. Raises InputError where the file is damaged."""
    from ...crawler.fetch import FileRequest, destination

    path = Path(root) / FILE
    try:
        status = path.stat()
        if status.st_size > _LARGEST:
            raise ValueError(tr("it is too large"))
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files = [(*_file(entry), _part(entry)) for entry in stored["files"]]
        requests = tuple(
            FileRequest(f.url, destination(path.parent / "products", f.name), product, f.role, f.size, part, f.stream)
            for f, product, part in files
        )
        if stored["state"] not in _STATES:
            raise ValueError(tr("its state is unknown"))
        return Record(path.parent, requests, stored["state"], str(stored["owner"]), status.st_mtime)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            tr("{path} cannot be read ({error}).").format(path=path, error=error),
            tr("Delete it, and start the fetch again from the page Fetch: files that are here are not fetched twice."),
        ) from error


def standing(record: Record) -> Standing:
    """Look at the disk."""
    from ...workflows.fetch import standing as of

    files = []
    for request in record.requests:
        whole, size = of(request)
        files.append(
            FileProgress(
                request.path,
                request.url,
                request.product_id,
                request.role,
                "present" if whole else "paused",
                size,
                size if whole else request.size or None,
            )
        )
    total = None if any(f.total is None for f in files) else sum(f.total or 0 for f in files)
    count = sum(f.state == "present" for f in files)
    return Standing(record, tuple(files), count, sum(f.bytes for f in files), total)


def _part(entry: Any) -> PartWish | None:
    """Which pixels of the image were asked for; None where all were."""
    from ...common.rasters import Window
    from ...crawler.jp2 import PartWish

    windows = entry.get("windows")
    if windows is None:
        return None
    made = tuple(Window(*(int(number) for number in window)) for window in windows)
    if (
        not made
        or len(made) > _MOST_WINDOWS
        or any(w.column < 0 or w.row < 0 or w.width < 1 or w.height < 1 for w in made)
    ):
        raise ValueError(tr("a file in it is not described as it should be"))
    return PartWish(made)


def _file(entry: Any) -> tuple[RemoteFile, str]:
    url, name, role, size = entry["url"], entry["name"], entry["role"], entry["size"]
    fits = isinstance(url, str) and isinstance(name, str) and role in _ROLES
    if not fits or not (size is None or (isinstance(size, int) and size >= 0)):
        raise ValueError(tr("a file in it is not described as it should be"))
    from ...archives.ctx import is_stream

    return RemoteFile(url, name, role, size, is_stream(url)), str(entry["product_id"])
