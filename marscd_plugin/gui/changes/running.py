"""What is under way (shared by the pages)."""

from __future__ import annotations

from ..running import Running

__all__ = ["Running"]
