"""What the first bytes of a file say: enough to tell an image from a web page that came instead, before 700 MB do."""

from __future__ import annotations

_JP2 = (b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51")
_BY_ENDING: dict[str, tuple[bytes, ...]] = {
    ".jp2": _JP2,
    ".tif": (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    ".tiff": (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
}
#: Bytes needed to judge.
HEAD = 512


def wrong_start(name: str, head: bytes) -> str:
    """Why ``head`` (the first bytes, up to HEAD) cannot begin the file ``name``; "" where it can."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in (".html", ".htm", ".xml") and text.startswith(
        (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")
    ):
        return "a web page came instead of the file"
    if not head:
        return "the file is empty"
    wanted = _BY_ENDING.get(ending)
    if wanted and not any(head.startswith(w) for w in wanted):
        return f"it does not begin like a {ending[1:].upper()} file"
    if ending == ".lbl" and b"PDS_VERSION_ID" not in head and b"CCSD3Z" not in head:
        return "it does not begin like a PDS label"
    return ""
