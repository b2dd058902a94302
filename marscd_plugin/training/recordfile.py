"""What a judge said of a set, kept on disk by what it follows from: the judge, the sets and the way of counting.

A long evaluation can so be stopped and gone on with, and a second model stands beside what was measured before. A
record is found again only where the model's file (or the baseline's code), every pixel of the pairs and the way of
counting are the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ..common.files import whole_file
from .protocol import EvalPair
from .scoring import Record
from .tally import Curve, ObjectTally, PairTally

#: Modules beside this one that decide how a judge is asked and what is counted.
_SOURCES = ("judges", "tally", "scoring")


def pairs_digest(pairs: Iterable[EvalPair]) -> str:
    """A name for a set of pairs that follows from every pixel of them."""
    digest = hashlib.sha256()
    for pair in pairs:
        digest.update(f"{pair.part} {pair.name} {pair.site} {pair.measured_px}".encode())
        for array in (pair.before, pair.after, pair.valid, pair.scored, pair.truth, pair.labels):
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def record_key(judge: str, pairs: str) -> str:
    """A name for what ``judge`` (an id that follows its weights or code) says of ``pairs`` (a ``pairs_digest``)."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256(f"{judge} {pairs}".encode())
    for name in _SOURCES:
        digest.update((here / f"{name}.py").read_bytes())
    return digest.hexdigest()[:20]


def baseline_id(name: str) -> str:
    """An id of a detector without training: its name and the code of all of them."""
    return f"{name} {hashlib.sha256((Path(__file__).resolve().parent / 'baselines.py').read_bytes()).hexdigest()}"


def save_record(path: Path, record: Record) -> None:
    """Write a record whole. Raises OutputError."""
    text = json.dumps([asdict(t) for t in record.tallies]).encode()
    with whole_file(path) as part, part.open("wb") as file:
        np.savez_compressed(
            file, tallies=np.frombuffer(text, np.uint8), strict=_both(record.strict), near=_both(record.near)
        )


def load_record(path: Path) -> Record | None:
    """The record of ``save_record``; None where there is none."""
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as data:
        tallies = [
            PairTally(**{**t, "objects": tuple(ObjectTally(**o) for o in t["objects"])})
            for t in json.loads(data["tallies"].tobytes())
        ]
        curves = [Curve(data[name][0].copy(), data[name][1].copy()) for name in ("strict", "near")]
    return Record(tallies, *curves)


def _both(curve: Curve) -> np.ndarray:
    return np.stack((curve.changed, curve.unchanged))
