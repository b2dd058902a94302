"""Addresses in archive replies: which are taken at all, and which file name each stands for."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

_LONGEST_URL = 2000


def web_address(text: str) -> str:
    """The text where it is a plain http or https URL, else ""."""
    try:
        parts = urlsplit(text)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return text if plain and len(text) <= _LONGEST_URL and all(33 <= ord(c) < 127 for c in text) else ""


def name_in(url: str) -> str:
    """The last part of the URL's path, a hint for people: whoever writes it to disk makes it safe first."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return unquote(path).rsplit("/", 1)[-1].rsplit("\\", 1)[-1]


def below(url: str, folder: str) -> str:
    """What follows the last ``/folder/`` (in any case) of the URL's path; "" where it is not there or climbs out."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    _, found, rest = path.lower().rpartition(f"/{folder.strip('/').lower()}/")
    if not found or "\\" in path or any(part in ("", ".", "..") for part in rest.split("/")):
        return ""
    return path[len(path) - len(rest) :]
