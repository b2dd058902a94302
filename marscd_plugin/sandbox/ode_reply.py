"""ODE's replies as JSON or XML, from one tree: strings, dicts and lists.

The XML-to-JSON rule of the service: an element that occurs once is a dict (or string), one that recurs is a list.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

JSON_TYPE = "application/json; charset=utf-8"
XML_TYPE = "text/xml; charset=utf-8"


def collapse(items: list[Any]) -> Any:
    """One item for one hit, the list for several, as ODE's JSON has it."""
    return items[0] if len(items) == 1 else items


def as_json(tree: dict[str, Any]) -> bytes:
    """``{"ODEResults": tree}``."""
    return json.dumps({"ODEResults": tree}, ensure_ascii=False).encode("utf-8")


def as_xml(tree: dict[str, Any]) -> bytes:
    """``<ODEResults>...</ODEResults>`` on one line with its declaration, as recorded."""
    pieces = ['<?xml version="1.0" encoding="utf-8"?>']
    _element("ODEResults", tree, pieces)
    return "".join(pieces).encode("utf-8")


def _element(name: str, value: Any, pieces: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            _element(name, item, pieces)
        return
    pieces.append(f"<{name}>")
    if isinstance(value, dict):
        for key, item in value.items():
            _element(key, item, pieces)
    else:
        pieces.append(escape(str(value), quote=False))
    pieces.append(f"</{name}>")
