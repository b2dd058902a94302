"""A low-resolution overview of a large JP2, fetched by ranges: a small JP2 of its own, for previews."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from ...common.files import need_folder, need_space, whole_file
from ...products.codestream.index import read_index
from ...products.codestream.reduced import halvings_for, write_reduced
from ...products.codestream.spans import length, merged, without
from ...products.codestream.words import NotByPartsError
from ..session import RequestsWeb
from .ranger import ChangedError
from .source import Source
from .store import RangeStore, store_of

log = logging.getLogger(__name__)

#: An overview's packets lie scattered in most orders: a request costs more than some bytes between two of them.
GAP = 64 << 10
_CHANGES = 3


def bring_overview(
    web: RequestsWeb,
    url: str,
    path: Path,
    longest_side: int = 1024,
    arrived: Callable[[int, int], None] = lambda size, total: None,
) -> int:
    """Write to ``path`` the JP2 at ``url``, halved until no side is longer than ``longest_side`` pixels, as far as its
    levels go; returns how many times it was halved. The result has no georeference.

    ``arrived(size, total)`` hears how many bytes are there. Raises NotByPartsError (it can only be had whole),
    TransferError, OutputError, CancelledError; what came stays for the next try.
    """
    need_folder(path.parent)
    for _ in range(_CHANGES):
        try:
            with RangeStore(store_of(path), url) as store:
                halvings = _bring(Source(web, url, path.name, store), path, longest_side, arrived)
        except ChangedError:
            log.info("%s changed in the archive while its overview was fetched", path.name)
            store_of(path).unlink(missing_ok=True)
            continue
        store_of(path).unlink(missing_ok=True)
        return halvings
    raise NotByPartsError("it changes while it is fetched")


def _bring(source: Source, path: Path, longest_side: int, arrived: Callable[[int, int], None]) -> int:
    index = source.drive(read_index(source.total(), None))
    halvings = halvings_for(index, longest_side)
    wanted = index.spans_up_to(halvings)
    ranges = without(merged(without(wanted, source.spans()), GAP), source.store.spans)
    total, left = length(wanted), length(ranges)
    need_space(path.parent, left + total)

    def keep(offset: int, data: bytes) -> None:
        nonlocal left
        source.keep(offset, data)
        left -= len(data)
        arrived(max(total - left, 0), total)

    for start, end in ranges:
        source.ranger.bring(start, end, keep)
    with whole_file(path) as part, part.open("wb") as file:
        for piece in write_reduced(index, halvings, source.read):
            file.write(piece)
    return halvings
