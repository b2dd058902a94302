"""What ODE answers, as plain Python: a count, or a list of product records.

ODE's JSON is XML turned over: every scalar is a string, one element is an object and several are a list, no products
are a sentence, and an error comes with HTTP status 200. The XML itself is read as well. A proxy on the way may answer a
web page instead.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from ..common.errors import ArchiveError
from ..common.web import Reply
from .odexml import read_xml

_LATER = "Try again later; if it stays so, check the archive's address in the settings (MARSCD_ODE_URL)."


def results_of(reply: Reply) -> dict[str, Any]:
    """The ``ODEResults`` object of an answer. Raises ArchiveError, naming the host, for an error or anything else."""
    host = urlsplit(reply.url).hostname or reply.url[:100]
    if reply.status != 200:
        raise ArchiveError(f"ODE at {host} answered with status {reply.status}.", _LATER)
    try:
        text = reply.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArchiveError(f"ODE at {host} answered something that is no text.", _LATER) from error
    start = text.lstrip()
    if start[:1] == "<" and "<ODEResults" in start[:2000] and "<html" not in start[:2000].lower():
        results = read_xml(start.encode("utf-8"), host).get("ODEResults")
    elif not start.startswith("{"):
        what = "a web page" if start[:1] == "<" else "something"
        raise ArchiveError(
            f"ODE at {host} answered {what} that is no JSON reply: {_glimpse(text)}",
            "A proxy or a login page may stand between: check the network. " + _LATER,
        )
    else:
        try:
            results = json.loads(text).get("ODEResults")
        except (ValueError, RecursionError) as error:
            raise ArchiveError(f"ODE at {host} answered a damaged JSON reply: {_glimpse(text)}", _LATER) from error
    if not isinstance(results, dict):
        raise ArchiveError(f"ODE at {host} answered a reply without results: {_glimpse(text)}", _LATER)
    status = scalar(results, "Status")
    if status.lower() == "error" or (status.lower() != "success" and scalar(results, "Error")):
        raise ArchiveError(
            f"ODE at {host} refused the search: {scalar(results, 'Error')[:300] or 'no reason given'}.", _LATER
        )
    return results


def count_of(results: dict[str, Any]) -> int | None:
    """How many products there are; None where the answer does not say."""
    text = scalar(results, "Count")
    if text.isascii() and text.isdigit() and len(text) < 12:
        return int(text)
    return 0 if isinstance(results.get("Products"), str) else None


def products_of(results: dict[str, Any]) -> list[dict[str, Any]]:
    """The product records, none where ODE says so in words. What is no object is left out."""
    products = results.get("Products")
    found = products.get("Product") if isinstance(products, dict) else None
    return [p for p in as_list(found) if isinstance(p, dict)]


def as_list(value: Any) -> list[Any]:
    """One or several, as ODE turns XML into JSON: always a list here."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def children(record: Any, outer: str, inner: str) -> list[Any]:
    """The elements ``inner`` inside the element ``outer``, as a list."""
    holder = record.get(outer) if isinstance(record, dict) else None
    return as_list(holder.get(inner)) if isinstance(holder, dict) else []


def scalar(record: Any, key: str, longest: int = 100_000) -> str:
    """A value as stripped text, "" where there is none, or where it is no scalar or absurdly long."""
    value = record.get(key) if isinstance(record, dict) else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    try:
        text = str(value).strip()
    except ValueError:  # An integer of thousands of digits.
        return ""
    return text if len(text) <= longest else ""


def _glimpse(text: str) -> str:
    """The first characters, on one line, for a message."""
    short = " ".join("".join(c if c.isprintable() else " " for c in text[:160]).split())[:80]
    return f"{short!r}."
