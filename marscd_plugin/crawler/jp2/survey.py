"""What parts of images will cost, before they are fetched: from their headers, which are kept for the fetch itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ...common.errors import CancelledError, MarscdError
from ...common.progress import Progress
from ...common.settings import Settings
from ...products.codestream.words import NotByPartsError
from ..manners import Manners
from ..request import FileRequest
from ..session import RequestsWeb
from .part import PartTransfer, tidy
from .wish import serves

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cost:
    """``bytes`` still to bring of a file of ``total`` bytes; ``whole`` where it cannot come in parts, and ``why``."""

    bytes: int
    total: int | None = None
    whole: bool = False
    why: str = ""


def survey(
    requests: Sequence[FileRequest], settings: Settings, progress: Progress, manners: Manners | None = None
) -> dict[Path, Cost]:
    """What each part (a request with ``part``) will cost, by its place. One that cannot be asked now is left out.

    Raises CancelledError.
    """
    if not requests:
        return {}
    progress.report(0.0, f"Asking how large the area's part of {len(requests)} images is")
    threads = max(1, min(settings.concurrency, 4))
    with (
        RequestsWeb(settings, progress, manners or Manners()) as web,
        ThreadPoolExecutor(threads, thread_name_prefix="marscd-survey") as pool,
    ):
        found = list(pool.map(lambda request: _cost(web, request), requests))
    if progress.cancelled():
        raise CancelledError()
    return {r.path: cost for r, cost in zip(requests, found, strict=True) if cost is not None}


def _cost(web: RequestsWeb, request: FileRequest) -> Cost | None:
    try:
        if request.path.is_file() and serves(request.path, request.part):
            return Cost(0)
        return Cost(*PartTransfer(web, request.url, request.path, request.role, _believe, part=request.part).look())
    except NotByPartsError as error:
        tidy(request.path)
        return Cost(request.size or 0, request.size, True, error.why)
    except CancelledError:
        return None
    except MarscdError as error:
        log.info("%s: %s", request.path.name, error)
        return None


def _believe(_path: Path, _role: str) -> None:
    """Nothing is made here that could be verified."""
