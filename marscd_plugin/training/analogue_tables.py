"""The accuracy document's rows on the paper's analogue network, as Markdown; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..common.words import EmbeddingCard
from .analogue_protocol import Matrix, PaperScores, Retrieved
from .scoring import Interval
from .tables import section, table


def paper_tables(card: EmbeddingCard, scores: PaperScores) -> Iterator[str]:
    """All rows on one network."""
    yield from section(
        f"`{card.name}`: the paper's network by its protocol",
        f"{len(scores.matrices[0].rows)} landforms; two disjoint sets of HiRISE observations stand for the two bodies. "
        f"Seed {card.seed}. A pair is called similar below half the margin.",
    )
    own = scores.pairs[0]
    first = scores.matrices[0]
    yield from table(
        ("what", "bar", "reached"),
        (
            ("pair accuracy on the paper's own 9 : 1 split", ">= 99 %", f"{100 * own.accuracy:.2f} %"),
            (
                "diagonal of the least-distance matrix smallest in row and column",
                f"{len(first.rows)} of {len(first.rows)}",
                f"{first.wins} of {len(first.rows)}",
            ),
            (
                "Recall@1 of unseen observations among the trained chips",
                "whatever it is",
                recall_text(scores.retrieved[0], 1),
            ),
        ),
    )
    yield from section(
        "The same network, pairs of other kinds",
        "The paper's split parts *pairs*: copies of one chip stand on both of its sides. The last two rows part chips "
        "and observations. *Balanced*: similar and dissimilar pairs weigh alike (0.5 is chance).",
    )
    yield from table(
        ("pairs", "number", "similar", "accuracy", "balanced"),
        [
            (p.name, f"{p.pairs:,}", f"{p.similar:,}", f"{100 * p.accuracy:.2f} %", f"{p.balanced:.3f}")
            for p in scores.pairs
        ],
    )
    for matrix in scores.matrices:
        yield from matrix_table(matrix)
    yield from section(
        "Recall of the same network",
        "Balanced over landforms; chips of the query's observation are never its matches. 95 % intervals over "
        "observations in brackets.",
    )
    yield from table(
        ("ranking", "queries (not answerable)", "observations", "Recall@1", "Recall@5", "mAP", "chance at 1", "at 5"),
        [_retrieved(r) for r in scores.retrieved],
    )
    yield ""
    yield (
        "By landform, Recall@1 (chips asked, observations): "
        + "; ".join(f"*{r.name}*: {by_landform(r, scores.matrices[0].rows)}" for r in scores.retrieved[:2])
        + "."
    )
    yield ""
    yield (
        f"Equal error of pairs of unseen observations: {100 * scores.alike_error:.1f} % at distance "
        f"{scores.alike:.3f} (the card's `alike`)."
    )
    earth = scores.earth
    yield from section(
        "The same network on chips of Earth",
        "Of what it was trained on, only dunes are among the chips of Earth.",
    )
    yield from table(
        ("chips of Earth", "number", "nearest trained chip of Mars is a dune"),
        (
            (f"dunes ({', '.join(earth.places)})", str(earth.dunes), f"{100 * earth.dunes_right:.0f} %"),
            ("all other landforms", str(earth.rest), f"{100 * earth.rest_called_dune:.0f} %"),
            ("chance: dunes among the trained chips", "", f"{100 * earth.gallery_share:.0f} %"),
        ),
    )


def matrix_table(matrix: Matrix) -> Iterator[str]:
    """Least distances; the smallest of each row and column on the diagonal is bold."""
    yield from section(
        f"Least distances: {matrix.name}", f"Rows to columns. The diagonal wins {matrix.wins} of {len(matrix.rows)}."
    )
    rows = []
    for i, name in enumerate(matrix.rows):
        cells = [f"{value:.3f}" if np.isfinite(value) else "" for value in matrix.least[i]]
        if matrix.least[i, i] == matrix.least[i].min() == matrix.least[:, i].min():
            cells[i] = f"**{cells[i]}**"
        rows.append((name, *cells))
    yield from table(("", *matrix.columns), rows)


def confusion_table(names: Sequence[str], confusion: NDArray[np.float64]) -> Iterator[str]:
    """Rows of ``retrieval.confusion`` that were asked, in percent."""
    yield from table(
        ("nearest chip is", *names, "no landform"),
        [
            (name, *(f"{100 * v:.0f}" for v in confusion[k]))
            for k, name in enumerate(names)
            if np.isfinite(confusion[k]).all()
        ],
    )


def recall_text(r: Retrieved, k: int) -> str:
    """Recall@k with its interval and chance."""
    return f"{interval_text(r.ranking.recall_interval(k))}, chance {r.chance[k]:.3f}"


def by_landform(r: Retrieved, names: Sequence[str]) -> str:
    """``crater 0.51 (47, 7), ...``."""
    told = []
    for k, name in enumerate(names):
        own = r.ranking.labels == k
        if own.any():
            share = float((r.ranking.first[own] == 1).mean())
            told.append(f"{name} {share:.2f} ({int(own.sum())}, {len(set(r.ranking.groups[own].tolist()))})")
    return ", ".join(told)


def interval_text(i: Interval) -> str:
    """``0.512 (0.401..0.633)``."""
    return f"{i.value:.3f} ({i.low:.3f}..{i.high:.3f})"


def _retrieved(r: Retrieved) -> tuple[str, ...]:
    ranking = r.ranking
    return (
        r.name, f"{len(ranking.queries)} ({ranking.unanswerable})", str(len(set(ranking.groups.tolist()))),
        interval_text(ranking.recall_interval(1)), interval_text(ranking.recall_interval(5)),
        interval_text(ranking.precision_interval()), f"{r.chance[1]:.3f}", f"{r.chance[5]:.3f}",
    )  # fmt: skip
