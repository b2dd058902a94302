"""What of a JP2 is wanted, and whether a file serves that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...common.errors import ProductError
from ...common.rasters import Window
from ...products.codestream.partfile import covered
from ...products.codestream.record import read_record

#: Packets that nobody needs are fetched along where they are fewer bytes than this between two that are needed: a
#: request of its own costs more (measured: docs/partial-jp2.md).
GAP = 32 << 10


@dataclass(frozen=True)
class PartWish:
    """Pixel windows of a JP2 to bring; ``gap`` bytes between two ranges are fetched along rather than asked around.

    ``expected`` is how many bytes will come, where that is known.
    """

    windows: tuple[Window, ...]
    gap: int = GAP
    expected: int | None = None


def serves(path: Path, wish: PartWish | None) -> bool:
    """Does the file hold what is wanted? A whole file (no part) serves every wish; None wishes for a whole file."""
    try:
        record = read_record(path)
    except ProductError:
        return False
    if record is None:
        return True
    return wish is not None and all(covered(record.windows, window) for window in wish.windows)
