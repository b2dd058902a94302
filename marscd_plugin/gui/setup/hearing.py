"""What a child process says and writes, made into what a user reads."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..words import tr


def answer(heard: str) -> object:
    """What our own line in a child's output says."""
    for line in reversed(heard.splitlines()):
        if line.startswith("MARSCD "):
            try:
                return json.loads(line[7:])
            except ValueError:
                return None
    return None


def news(line: str) -> str:
    """A line of pip's in our words; "" for what is no news."""
    for sign, text in (
        ("Collecting ", tr("Looking up {name}…")),
        ("Downloading ", tr("Downloading {name}…")),
        ("Using cached ", tr("Taking {name} from pip's cache…")),
        ("Processing ", tr("Taking {name}…")),
    ):
        if line.startswith(sign):
            name, *rest = line[len(sign) :].strip().split(" ", 1)
            size = f" {rest[0]}" if rest and rest[0].startswith("(") else ""
            return text.format(name=name.rsplit("/", 1)[-1].split("-", 1)[0] + size)
    return tr("Unpacking…") if line.startswith("Installing collected packages") else ""


def folders(root: Path) -> list[Path]:
    """The folders directly in ``root``; none where it is gone."""
    try:
        return [Path(e.path) for e in os.scandir(root) if e.is_dir(follow_symlinks=False)][:50]
    except OSError:
        return []


def size_of(root: Path) -> int:
    """Bytes of the files directly in ``root``."""
    try:
        return sum(e.stat(follow_symlinks=False).st_size for e in os.scandir(root) if e.is_file(follow_symlinks=False))
    except OSError:
        return 0
