"""ASU's stream of projected CTX images: made on demand, so slow to begin, without a length, ranges or an ETag."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote

from .names import Layout

#: Seconds that "making" an image takes here; the real one takes minutes.
FIRST_BYTE_S = 0.4
_PLACE = re.compile(r"/mars/images/ctx/(mrox_\d{4})/(prj_full|stage)/([A-Z0-9_]+(?:\.tiff|(?:\.scyl|\.ps)\.isis\.hdr))")


def find_stream(layout: Layout, rest: str, query: str) -> Path | None:
    """The file that ``/stream/<name>?image=<place>`` asks for, or None. The name must be the place's own."""
    wanted = parse_qs(query).get("image", [""])[0]
    match = _PLACE.fullmatch(wanted)
    if match is None or unquote(rest) != match[3]:
        return None
    path = layout.root / "asu" / match[1] / match[2] / match[3]
    return path if path.is_file() else None
