"""``python -m marscd_plugin.training evaluate``: the tables of docs/accuracy.md, from one run over all sets."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..common.errors import InputError
from ..common.files import need_folder, write_text
from ..common.progress import Progress, check
from ..inference.cascade import load_screen
from . import tables
from .judges import Judge, baseline_judges, load_judge, model_judge
from .nullrates import Claim, real_claims
from .pictures import curves_picture, example_picture, reliability_picture
from .protocol import PARTS, EvalPair, evaluation_pairs, simulated_pairs
from .recordfile import baseline_id, load_record, pairs_digest, record_key, save_record
from .scoring import Record

log = logging.getLogger(__name__)

#: Where the generated part of the document stands.
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"

#: The model under test run only where its screen sees anything.
SCREENED = "the same after its screen"

#: judge -> set -> what it said.
Records = dict[str, dict[str, Record]]


def measure(
    judges: Mapping[str, Judge], ids: Mapping[str, str], shared: Path, cache: Path, progress: Progress,
    share: float = 1.0, parts: tuple[str, ...] = PARTS,
) -> Records:  # fmt: skip
    """Every judge on every set; what was measured before is taken from ``cache`` (``recordfile``). ``ids`` by judge."""
    records: Records = {name: {} for name in judges}
    folder = need_folder(cache / "records")
    for part in parts:
        digest = pairs_digest(evaluation_pairs(shared, cache / "registered", (part,), share))
        keys = {name: record_key(ids[name], digest) for name in judges}
        missing = {}
        for name, judge in judges.items():
            found = load_record(folder / f"{keys[name]}-{part}.npz")
            if found is None:
                missing[name] = judge
            else:
                records[name][part] = found
        if not missing:
            continue
        fresh = {name: Record() for name in missing}
        for pair in evaluation_pairs(shared, cache / "registered", (part,), share):
            check(progress)
            for name, judge in missing.items():
                fresh[name].add(pair, *judge(pair))
            progress.report(parts.index(part) / len(parts), pair.name)
        for name, record in fresh.items():
            if record.tallies:
                records[name][part] = record
                save_record(folder / f"{keys[name]}-{part}.npz", record)
    return records


def accuracy(
    models: Mapping[str, Path], shared: Path, cache: Path, progress: Progress, share: float = 1.0, threads: int = 2,
    pictures: Path | None = None, baselines: bool = True, parts: tuple[str, ...] = PARTS,
) -> Iterator[str]:  # fmt: skip
    """The document's lines as they are measured. The first of ``models`` is the one under test. Raises ModelError."""
    if not models:
        raise InputError("No model was named.", "Give --model.")
    began = time.monotonic()
    loaded = {name: load_judge(path, threads) for name, path in models.items()}
    judges = {name: judge for name, (_, judge) in loaded.items()}
    ids = {name: f"{model.sha256} {model.card.threshold}" for name, (model, _) in loaded.items()}
    under_test = loaded[next(iter(models))][0]
    screen = load_screen(under_test, threads)
    if screen is not None:
        judges[SCREENED] = model_judge(under_test, screen)
        ids[SCREENED] = f"{under_test.sha256} {under_test.card.threshold} {screen.sha256} {screen.card.threshold}"
    if baselines:
        judges |= baseline_judges()
        ids |= {name: baseline_id(name) for name in judges if name not in ids}
    records = measure(judges, ids, shared, cache, progress, share, parts)
    own = next(iter(models))
    yield from tables.heading({name: model.card for name, (model, _) in loaded.items()}, share)
    yield from tables.bars(records, list(models))
    yield from tables.everybody(records, own)
    yield from tables.real_sets(records)
    yield from tables.phenomena({name: records[name] for name in models})
    yield from tables.circumstances(records, own)
    yield from tables.reliability({name: records[name] for name in models}, own)
    claims: list[Claim] = real_claims(loaded[own][0], shared, cache / "registered", share)
    yield from tables.claims(claims)
    if pictures is not None:
        need_folder(pictures)
        reliability_picture(records[own], pictures / "accuracy-reliability.png")
        curves_picture(
            {name: by["rsl"] for name, by in records.items() if "rsl" in by}, pictures / "accuracy-curves.png"
        )
        example_picture(_examples(judges[own], shared), pictures / "accuracy-examples.jpg")
    yield ""
    yield f"The run took {(time.monotonic() - began) / 60:.0f} minutes (sets measured before were not measured again)."


def _examples(judge: Judge, shared: Path) -> list[tuple[EvalPair, object]]:
    """The first changed pairs of the simulated sets, with the judge's map."""
    kept: list[tuple[EvalPair, object]] = []
    for part, most in (("rsl", 3), ("thin", 1), ("other", 3)):
        for pair in simulated_pairs(shared, part):
            if sum(p.part == part for p, _ in kept) == most:
                break
            if pair.truth.any():
                kept.append((pair, judge(pair)[0]))
    return kept


def rewrite(document: Path, lines: list[str], marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Put the lines between the document's marks, keeping the rest. Raises InputError where there are none."""
    begin, end = marks
    text = document.read_text(encoding="utf-8") if document.is_file() else f"# Accuracy\n\n{begin}\n{end}\n"
    if begin not in text or end not in text:
        raise InputError(f"{document} has no place for the tables.", f"Put {begin} and {end} in it.")
    before, after = text.split(begin)[0], text.split(end)[1]
    write_text(document, f"{before}{begin}\n\n" + "\n".join(lines) + f"\n\n{end}{after}")
