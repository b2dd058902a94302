"""Checksums that a server states with a file, and that what came must have.

Read are ``Repr-Digest`` (RFC 9530), ``Digest`` (RFC 3230), ``Content-MD5`` (of a whole answer), ``x-goog-hash`` and
Amazon's ETag, which is the MD5 of a file that was put there in one piece. Archives need not send any.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

#: Algorithm -> length of its digest in bytes. The better first.
SIZES = {"sha256": 32, "md5": 16}
_NAMES = {"sha-256": "sha256", "md5": "md5"}

Digest = tuple[str, str]


def stated_digest(headers: Mapping[str, str], whole: bool) -> Digest | None:
    """(algorithm, hex) of the whole file, or None. ``whole``: the answer is the whole file, not a range of it."""
    found: dict[str, str] = {}
    for name in ("repr-digest", "digest", "x-goog-hash"):
        for entry in headers.get(name, "")[:1000].split(","):
            key, _, value = entry.strip().partition("=")
            algorithm = _NAMES.get(key.strip().lower())
            if algorithm and (digits := _from_base64(value.strip().strip(":"), algorithm)):
                found.setdefault(algorithm, digits)
    if whole and (digits := _from_base64(headers.get("content-md5", "").strip(), "md5")):
        found.setdefault("md5", digits)
    etag = re.fullmatch(r'"([0-9a-f]{32})"', headers.get("etag", "").strip())
    if etag and headers.get("server", "").strip() == "AmazonS3" and "x-amz-server-side-encryption" not in headers:
        found.setdefault("md5", etag[1])
    return next(((name, found[name]) for name in SIZES if name in found), None)


def _from_base64(text: str, algorithm: str) -> str:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return raw.hex() if len(raw) == SIZES[algorithm] else ""
