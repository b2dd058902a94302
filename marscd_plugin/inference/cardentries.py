"""The entries of a card (of a change model, of an embedding): JSON text in, values with type and range proved out."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from ..common.errors import ModelError
from .onnxmeta import MAX_CARD_BYTES, REMEDY

#: The ``task`` of an embedding's card; every other task belongs to models of two dates.
EMBEDDING = "embedding"

#: A model's name, and a name of the graph.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
TENSOR = re.compile(r"[A-Za-z_][A-Za-z0-9_./:-]{0,127}")

#: Longest texts, in characters.
TEXT_LIMIT = {"task": 64, "description": 4000, "training_data": 8000, "licence": 400, "version": 40}


def bad(source: str, what: str) -> ModelError:
    """The error that the card of ``source`` ``what``."""
    return ModelError(f"The card of {source} {what}.", REMEDY)


def parsed(text: str, source: str) -> dict[str, Any]:
    """The JSON object of a card in layout 1, without its key ``card``. Raises ModelError."""
    if len(text.encode("utf-8", "replace")) > MAX_CARD_BYTES:
        raise bad(source, f"is longer than {MAX_CARD_BYTES} bytes")
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise bad(source, f"is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise bad(source, "is not a JSON object")
    layout = value.pop("card", 1)
    if layout != 1 or isinstance(layout, bool):
        raise bad(source, f"has layout {layout!r}, and this version of the plugin knows layout 1")
    return value


def only(value: dict[str, Any], required: tuple[str, ...], optional: tuple[str, ...], source: str) -> None:
    """Raises ModelError where an entry is missing or unknown."""
    missing = [key for key in required if key not in value]
    if missing:
        raise bad(source, f"lacks {', '.join(missing)}")
    unknown = sorted(set(value) - set(required) - set(optional))
    if unknown:
        raise bad(source, f"has unknown entries: {', '.join(unknown[:5])}")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not allowed")


class Entries:
    """Takes each entry of a card's JSON object out with its type and range proved."""

    def __init__(self, value: dict[str, Any], source: str) -> None:
        self.value, self.source = value, source

    def text(self, key: str, limit: int | None = None) -> str:
        """Text of at most ``limit`` characters (None: the entry's own limit); "" where it is missing."""
        value, limit = self.value.get(key, ""), TEXT_LIMIT[key] if limit is None else limit
        if not isinstance(value, str) or len(value) > limit:
            raise bad(self.source, f"has a {key} that is not text of at most {limit} characters")
        return value

    def pattern(self, key: str, pattern: re.Pattern[str]) -> str:
        """Text that is a plain name."""
        value = self.text(key, 128)
        if not pattern.fullmatch(value):
            raise bad(self.source, f"has a {key} that is no plain name")
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str = "") -> str:
        """One of ``choices``."""
        value = self.value.get(key, default)
        if not isinstance(value, str) or value not in choices:
            shown = repr(value)[:80]
            raise bad(self.source, f"asks for {key} {shown}; this version knows {', '.join(choices)}")
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.value[key]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise bad(self.source, f"has a {key} that is not a whole number from {low} to {high}")
        return value

    def number(self, key: str, value: object, low: float, high: float) -> float:
        """``value`` as a finite number from ``low`` to ``high``; ``key`` names it in the error."""
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
            raise bad(self.source, f"has a {key} that is not a number")
        number = float(value)
        if not math.isfinite(number) or not low <= number <= high:
            raise bad(self.source, f"has a {key} outside {low:g}..{high:g}")
        return number

    def number_or_none(self, key: str, low: float, high: float) -> float | None:
        """A number from ``low`` to ``high``, or None where it is missing or null."""
        value = self.value.get(key)
        return None if value is None else self.number(key, value, low, high)

    def names(self, key: str, most: int) -> tuple[str, ...]:
        """At most ``most`` different plain names; none where it is missing."""
        value = self.value.get(key, [])
        if not isinstance(value, list) or len(value) > most or not all(isinstance(name, str) for name in value):
            raise bad(self.source, f"has {key} that are not a list of at most {most} names")
        if len(set(value)) != len(value) or not all(TENSOR.fullmatch(name) for name in value):
            raise bad(self.source, f"has {key} that are not different plain names")
        return tuple(value)

    def pixel_size(self) -> tuple[float, float]:
        """The least and greatest metres a pixel."""
        value = self.value["pixel_size"]
        if not isinstance(value, list) or len(value) != 2:
            raise bad(self.source, "has a pixel_size that is not a pair of metres")
        low, high = (self.number("pixel_size", item, 1e-3, 1e6) for item in value)
        if low > high:
            raise bad(self.source, "has a pixel_size whose least is above its greatest")
        return low, high

    def scores(self) -> dict[str, float]:
        """At most 200 named numbers; none where it is missing."""
        value = self.value.get("scores", {})
        if not isinstance(value, dict) or len(value) > 200:
            raise bad(self.source, "has scores that are not an object of at most 200 numbers")
        scores = {}
        for key, item in value.items():
            if not 1 <= len(key) <= 120:
                raise bad(self.source, "has a score whose name is empty or longer than 120 characters")
            scores[key] = self.number("score", item, -1e12, 1e12)
        return scores

    def seed(self) -> int | None:
        """A seed, or None."""
        return None if self.value.get("seed") is None else self.whole("seed", 0, 2**63 - 1)
