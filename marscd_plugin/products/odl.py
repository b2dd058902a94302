"""The Object Description Language of PDS3 labels (PDS Standards Reference, chapter 12), read in one pass.

A parser of our own: the ``pvl`` package, tried first, loops for ever on hostile text such as ``<KM> =`` and takes time
that grows with the square of the number of keywords. This one is linear, bounded in depth, and raises ``OdlError``
and nothing else. It reads what labels hold: objects and groups, sequences and sets, texts, numbers, based integers,
dates and units; values come back plain, units dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

MAX_DEPTH = 16
_MAX_NUMBER = 64

_SPACE = re.compile(r"[\s\x00]+")
_BARE = re.compile(r"[^\s\x00=(){},\"'<>]+")
_KEY = re.compile(r"\^?[A-Za-z][A-Za-z0-9_]*(?::[A-Za-z][A-Za-z0-9_]*)?")
_INTEGER = re.compile(r"[+-]?\d+")
_REAL = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d{1,3})?")
_BASED = re.compile(r"([+-]?)(\d{1,2})#([0-9A-Za-z]+)#")
_TIME = re.compile(
    r"(\d{4})-(?:(\d{2})-(\d{2})|(\d{3}))(?:T(\d{2}):(\d{2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?Z?"
)  # year, month and day or day of the year, time of day; real labels have seconds of one digit too
_OPEN = {"OBJECT": "END_OBJECT", "BEGIN_OBJECT": "END_OBJECT", "GROUP": "END_GROUP", "BEGIN_GROUP": "END_GROUP"}
_PAIRS = {"(": ")", "{": "}"}


class OdlError(ValueError):
    """Text that is not ODL, and where: a line number counted from 1."""


@dataclass
class Block:
    """One object or group: keywords in order, each with every value it was given here, and the blocks inside."""

    name: str = ""
    kind: str = ""
    values: dict[str, list[Any]] = field(default_factory=dict)
    blocks: dict[str, list[Block]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Token:
    kind: str  # "bare", "text", "unit" or a punctuation mark
    value: str
    line: int


def parse(text: str) -> Block:
    """The whole label up to its END statement. Raises OdlError."""
    reader = _Reader(_tokens(text))
    root = Block()
    stack = [root]
    while True:
        token = reader.next("a keyword")
        if token.kind != "bare":
            raise OdlError(f"line {token.line}: {token.value[:30]!r} where a keyword should be")
        word = token.value.upper()
        follows = reader.peek()
        assigned = follows is not None and follows.kind == "="
        if word == "END" and not assigned:
            if len(stack) > 1:
                raise OdlError(f"line {token.line}: {stack[-1].kind} {stack[-1].name} is not closed")
            return root
        if word in _OPEN.values():
            name = _text_of(reader) if assigned and reader.skip() else ""
            _close(stack, word, name, token.line)
        elif not _KEY.fullmatch(token.value):
            raise OdlError(f"line {token.line}: {token.value[:30]!r} is no keyword")
        elif not assigned:
            raise OdlError(f"line {token.line}: {token.value[:30]} has no value")
        elif word in _OPEN:
            reader.skip()
            block = Block(_text_of(reader), _OPEN[word])
            if len(stack) >= MAX_DEPTH:
                raise OdlError(f"line {token.line}: objects are nested more than {MAX_DEPTH} deep")
            stack[-1].blocks.setdefault(block.name, []).append(block)
            stack.append(block)
        else:
            reader.skip()
            stack[-1].values.setdefault(token.value, []).append(_value(reader, 0))


def _close(stack: list[Block], word: str, name: str, line: int) -> None:
    if len(stack) == 1 or stack[-1].kind != word or name not in ("", stack[-1].name):
        raise OdlError(f"line {line}: {word} {name[:30]} closes nothing that is open")
    stack.pop()


def _value(reader: _Reader, depth: int) -> Any:
    token = reader.next("a value")
    if token.kind in _PAIRS:
        if depth >= MAX_DEPTH:
            raise OdlError(f"line {token.line}: brackets are nested more than {MAX_DEPTH} deep")
        items: list[Any] = []
        end = _PAIRS[token.kind]
        while True:
            follows = reader.peek()
            if follows is not None and follows.kind == end:
                reader.skip()
                break
            items.append(_value(reader, depth + 1))
            mark = reader.next("a comma")
            if mark.kind == end:
                break
            if mark.kind != ",":
                raise OdlError(f"line {mark.line}: {mark.value[:30]!r} where a comma should be")
        found: Any = tuple(items)
    elif token.kind == "text":
        found = token.value
    elif token.kind == "bare":
        found = _plain(token.value)
    else:
        raise OdlError(f"line {token.line}: {token.value[:30]!r} where a value should be")
    follows = reader.peek()
    if follows is not None and follows.kind == "unit":
        reader.skip()
    return found


def _text_of(reader: _Reader) -> str:
    token = reader.next("a name")
    if token.kind not in ("bare", "text"):
        raise OdlError(f"line {token.line}: {token.value[:30]!r} where a name should be")
    return token.value


def _plain(word: str) -> Any:
    """A number, a UTC time, or the word itself."""
    if len(word) <= _MAX_NUMBER:
        if _INTEGER.fullmatch(word):
            return int(word)
        if _REAL.fullmatch(word):
            return float(word)
        based = _BASED.fullmatch(word)
        if based and 2 <= int(based[2]) <= 36:
            try:
                return int(based[1] + based[3], int(based[2]))
            except ValueError:
                return word
        when = _TIME.fullmatch(word)
        if when:
            return _time(when) or word
    return word


def _time(found: re.Match[str]) -> datetime | None:
    """None for a date that does not exist, or a leap second, which datetime cannot hold."""
    year, month, day, of_year, hour, minute, second, fraction = found.groups()
    try:
        start = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or "0")[:6].ljust(6, "0")), tzinfo=timezone.utc,
        )  # fmt: skip
        if of_year and not 1 <= int(of_year) <= 366:
            return None
        return start + timedelta(days=int(of_year or 1) - 1)
    except (ValueError, OverflowError):
        return None


class _Reader:
    """The tokens, one ahead."""

    def __init__(self, tokens: Iterator[_Token]) -> None:
        self._tokens = tokens
        self._ahead: _Token | None = next(tokens, None)
        self._line = 1

    def peek(self) -> _Token | None:
        return self._ahead

    def next(self, wanted: str) -> _Token:
        token = self._ahead
        if token is None:
            raise OdlError(f"line {self._line}: the text ends where {wanted} should be")
        self._line = token.line
        self._ahead = next(self._tokens, None)
        return token

    def skip(self) -> bool:
        self.next("more")
        return True


def _tokens(text: str) -> Iterator[_Token]:
    position, line, length = 0, 1, len(text)
    while position < length:
        here = text[position]
        start = position
        space = _SPACE.match(text, position)
        if space:
            position = space.end()
        elif text.startswith("/*", position):
            position = _find(text, "*/", position + 2, line) + 2
        elif here in "\"'":
            position = _find(text, here, position + 1, line) + 1
            yield _Token("text", text[start + 1 : position - 1], line)
        elif here == "<":
            position = _find(text, ">", position + 1, line) + 1
            yield _Token("unit", text[start:position], line)
        elif here in "=(){},>":
            position += 1
            yield _Token(here, here, line)
        else:
            bare = _BARE.match(text, position)
            assert bare is not None
            # A comment may follow a word without a space.
            comment = text.find("/*", position, bare.end())
            position = comment if comment > position else bare.end()
            yield _Token("bare", text[start:position], line)
        line += text.count("\n", start, position)


def _find(text: str, mark: str, start: int, line: int) -> int:
    found = text.find(mark, start)
    if found < 0:
        raise OdlError(f"line {line}: {mark} is missing")
    return found
