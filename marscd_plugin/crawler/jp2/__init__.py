"""Only an area's bytes: parts of a JP2 by byte ranges, and low-resolution overviews the same way."""

from .part import PartTransfer, tidy
from .wish import PartWish, serves

__all__ = ["PartTransfer", "PartWish", "serves", "tidy"]
