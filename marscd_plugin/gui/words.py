"""Words for the eye, in the dock as in the toolbox."""

from __future__ import annotations

from ..processing.words import help_text, mark, tr

__all__ = ["help_text", "mark", "tr"]
