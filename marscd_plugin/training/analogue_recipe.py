"""How the shipped embedding ``marscd-analogue`` is made: ground, network, fit, choice, card, export; and a user's own.

What is chosen is chosen on the observations of split ``tune`` with a network that learned from ``train`` alone: the
share of the landform's head in the vector, and the card's ``alike``. Only then is ``tune`` learned from as well. The
observations of ``test`` and the chips of Earth are not looked at here.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.files import write_json
from ..common.progress import Progress, check, parts
from ..common.words import EmbeddingCard
from ..inference.chips import normalise_chips
from .analogue_export import export_embedding
from .analogue_fit import AnalogueFit, fit_network, load_state
from .analogue_ground import CROP_PX, BatchConfig, ground_of, training_ground
from .analogue_net import Embedding, EmbeddingConfig, EmbeddingNetwork
from .analogue_reopen import folded, reopen_embedding
from .analogue_stability import stability
from .analogue_views import ViewConfig
from .chip_sets import ChipSet, hirise_chips, resized
from .retrieval import DISTRACTOR, equal_error, pairwise, rank

log = logging.getLogger(__name__)

NAME = "marscd-analogue"

#: Edge of the chips it takes, pixels.
CHIP_PX = 96

#: Turns whose mean the file takes.
TURNS = 4

#: Shares of the landform's head that are tried, and the stability on ``tune`` that a share must keep.
SHARES = tuple(round(0.1 * k, 1) for k in range(11))
KEPT = 0.95

#: Rate that the second part starts at: the first has ended at a hundredth of its own.
SECOND_RATE = 1.2e-3

DESCRIPTION = (
    "Embedding of a chip of ground, grey, 96x96 pixels, for finding ground that looks alike whatever its turn, light, "
    "sensor and, within 0.7 to 1.4, its scale. A small residual network; half of the vector was drawn together by "
    "landform over observations (multi-similarity with mined pairs), half knows the same ground again (contrastive, "
    "without labels). Learned from Mars alone; how far it holds on Earth is in docs/accuracy.md."
)

TRAINING_DATA = (
    "HiRISENet v3 crops (Wagstaff et al., doi 10.5281/zenodo.2538136; imagery NASA/JPL-Caltech/UArizona) of 82 % of "
    "the observations (splits train and, once all was chosen on it, tune): seven landforms by class, crops of no "
    "landmark each by itself; without labels: HRSC quadrangle MC11E (mars-crater-catalogue, CC BY 4.0), HiRISE browse "
    "strips of the same splits (NASA/JPL-Caltech/UArizona), Viking MDIM 2.1 mosaic (NASA/USGS). Never: the "
    "observations of split test, any whose id ends in 2570 or that evaluation pairs show, any image of Earth."
)

USER_DATA = "Chips of a user's own data set"


@dataclass(frozen=True)
class EmbeddingModel:
    """A trained embedding: ``network`` takes normalised chips (N,1,px,px) and gives (N, D); its ``card``."""

    network: Embedding
    card: EmbeddingCard


def make_card(embedding: Embedding, seed: int, version: str = "1", name: str = NAME) -> EmbeddingCard:
    """The card of a network, without what is measured afterwards."""
    config = embedding.network.config
    return EmbeddingCard(
        name=name,
        input="chips",
        output="vectors",
        chip_px=config.px,
        channels=1,
        dimensions=config.dimensions,
        metric="cosine",
        normalisation="chip",
        description=DESCRIPTION,
        training_data=TRAINING_DATA,
        scores={"landform_share": embedding.share, "turns": float(embedding.turns)},
        seed=seed,
        licence="CC BY 4.0",
        version=version,
    )


def new_network(seed: int, config: EmbeddingConfig | None = None) -> EmbeddingNetwork:
    """A network with the random weights of that seed."""
    torch.manual_seed(seed)
    return EmbeddingNetwork(config)


@dataclass(frozen=True)
class Choice:
    """What was chosen on ``tune`` with a network that had not learned from it, and what it scored there."""

    share: float
    alike: float
    scores: dict[str, float]


def fit_analogue(options: argparse.Namespace, progress: Progress) -> None:
    """``fit-analogue``: learn from ``train``, choose on ``tune``, go on with both, export.

    The second part shows the network the landforms of ``tune`` as well (the only bright dunes and most of the swiss
    cheese there are), after everything was chosen; ``test`` is left for the figures.
    """
    first, choosing, second, last = parts(progress, 50, 4, 44, 2)
    given = {"seed": options.seed, "threads": options.threads}
    start, chosen, end = (options.out / name for name in ("first", "choice.json", "second"))
    if not options.export_only:
        config = AnalogueFit(minutes=options.minutes, steps=options.steps, **given)
        fit_network(new_network(options.seed), training_ground(options.shared), config, first, start, options.resume)
        check(progress)
        if not (options.resume and chosen.is_file()):
            write_json(chosen, asdict(choose(averaged(start), options.shared, choosing)))
        config = AnalogueFit(minutes=options.more_minutes, steps=options.more_steps, rate=SECOND_RATE, **given)
        ground = training_ground(options.shared, ("train", "tune"))
        fit_network(averaged(start), ground, config, second, end, options.resume)
        check(progress)
    choice = Choice(**json.loads(chosen.read_text(encoding="utf-8")))
    export_trained(averaged(end), choice, options.model, options.seed)
    last.report(1.0, f"{options.model}")


def averaged(folder: Path) -> EmbeddingNetwork:
    """The running average of the run in a folder, in evaluation mode. Raises InputError without a checkpoint."""
    state = load_state(folder / "checkpoint.pt")
    config: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in state["config"].items()}
    network = EmbeddingNetwork(EmbeddingConfig(**config))
    network.load_state_dict(
        {k.removeprefix("module."): v for k, v in state["average"].items() if k.startswith("module.")}
    )
    return network.eval()


def choose(network: EmbeddingNetwork, shared: Path, progress: Progress) -> Choice:
    """The share of the landform's head and the distance of equal error, on ``tune``."""
    tune = hirise_chips(shared, CROP_PX, ("tune",))
    rows = shares_on(network, tune, progress)
    for row in rows:
        log.info("%s", row)
    share = chosen_share(rows)
    best = next(row for row in rows if row.share == share)
    vectors = embed(Embedding(network, share, TURNS), shown(tune, network.config.px))
    threshold, error = equal_error(*landform_pairs(vectors, tune))
    measured = {
        "tune_recall_1": best.recall, "tune_map": best.precision, "tune_least_kept": best.least_kept,
        "tune_equal_error": error,
    }  # fmt: skip
    return Choice(share, round(threshold, 4), {name: round(float(v), 4) for name, v in measured.items()})


def export_trained(network: EmbeddingNetwork, choice: Choice, target: Path, seed: int) -> EmbeddingCard:
    """Export with what was chosen. Returns the card."""
    embedding = Embedding(network, choice.share, TURNS).eval()
    card = make_card(embedding, seed)
    card = replace(card, alike=choice.alike, scores=card.scores | choice.scores)
    export_embedding(folded(embedding), card, target)
    return card


@dataclass(frozen=True)
class ShareRow:
    """What a share of the landform's head gives on ``tune``, 0..1: balanced Recall@1 and mAP; the least of the shares
    of chips known again under each kind of disturbance."""

    share: float
    recall: float
    precision: float
    least_kept: float


def shares_on(network: EmbeddingNetwork, tune: ChipSet, progress: Progress) -> list[ShareRow]:
    """Every share of ``SHARES`` on a set of chips kept at their published size."""
    px, cut = network.config.px, network.config.landform
    half = Embedding(network, 0.5, TURNS).eval()
    whole = embed(half, shown(tune, px))

    def weighed(vectors: NDArray[np.float32], share: float) -> NDArray[np.float32]:
        parts = vectors[:, :cut] * math.sqrt(2 * share), vectors[:, cut:] * math.sqrt(2 * (1 - share))
        return np.concatenate(parts, axis=1)

    found = stability(lambda chips: embed(half, chips), tune, px, progress)
    rows = []
    for share in SHARES:
        ranking = rank(pairwise(weighed(whole, share)), tune.labels, tune.groups)
        kept = [float(f.kept(lambda v, s=share: weighed(v, s)).mean()) for f in found]  # type: ignore[misc]
        rows.append(ShareRow(share, ranking.recall(1), ranking.average_precision(), min(kept)))
    return rows


def chosen_share(rows: list[ShareRow]) -> float:
    """The share of the highest mean of Recall@1 and mAP among those that keep ``KEPT`` under every disturbance.

    Where none does, among those within a hundredth of the steadiest.
    """
    floor = min(KEPT, max(r.least_kept for r in rows) - 0.01)
    allowed = [r for r in rows if r.least_kept >= floor]
    return max(allowed, key=lambda r: (r.recall + r.precision, r.least_kept)).share


def shown(chips: ChipSet, px: int) -> NDArray[np.float32]:
    """The chips (N, S, S) at ``px`` pixels a side, averaged, as the plugin's own reading gives them."""
    return np.stack([resized(c, px) for c in chips.pixels])


def embed(embedding: Embedding, chips: NDArray[np.float32], size: int = 64) -> NDArray[np.float32]:
    """Vectors (N, D) of chips (N, px, px) in any unit, by torch."""
    embedding.eval()
    made = []
    with torch.no_grad():
        for start in range(0, len(chips), size):
            made.append(embedding(torch.from_numpy(normalise_chips(chips[start : start + size], "chip"))).numpy())
    return np.concatenate(made)


def landform_pairs(
    vectors: NDArray[np.float32], chips: ChipSet, most: int = 400, seed: int = 1
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(distances, similar) of pairs of named landforms from different observations.

    At most ``most`` pairs of each pair of landforms, drawn at random, so that no common landform decides alone.
    """
    rng = np.random.default_rng(seed)
    d = pairwise(vectors)
    kinds = np.unique(chips.labels[chips.labels != DISTRACTOR])
    distances, similar = [], []
    for a in kinds:
        for b in kinds[kinds >= a]:
            one, two = np.flatnonzero(chips.labels == a), np.flatnonzero(chips.labels == b)
            i, j = (m.ravel() for m in np.meshgrid(one, two, indexing="ij"))
            kept = np.flatnonzero((chips.groups[i] != chips.groups[j]) & ((a != b) | (i < j)))
            if len(kept) > most:
                kept = rng.choice(kept, most, replace=False)
            distances.append(d[i[kept], j[kept]])
            similar.append(np.full(len(kept), a == b))
    return np.concatenate(distances).astype(np.float64), np.concatenate(similar)


def fit_embedding(
    train: ChipSet,
    epochs: int,
    seed: int,
    progress: Progress,
    threads: int = 1,
    start: Path | None = None,
) -> EmbeddingModel:
    """Teach a user's own chips: their regions or landforms are the labels, their groups what must not be mixed up.

    ``train``: chips of at least ``CHIP_PX`` pixels (more is better: views are cut from them); labels may be
    DISTRACTOR. With ``start``, the file of an embedding of ours, its weights are taken further, slowly and with its
    statistics kept; without, a new network is taught. An epoch shows every chip about twice. Raises InputError without
    two labels, ModelError for a foreign ``start``, CancelledError.
    """
    labelled = train.labels[train.labels != DISTRACTOR]
    kinds, counts = np.unique(labelled, return_counts=True)
    if len(kinds) < 2 or counts.min() < 2:
        raise InputError(
            f"There are {len(kinds)} landforms with at least {counts.min() if len(counts) else 0} chips.",
            "At least two regions or landforms of two chips each are needed; twenty of each begin to be of use.",
        )
    opened = reopen_embedding(start) if start is not None else None
    network = opened.network if opened else new_network(seed)
    batch = BatchConfig(
        px=network.config.px,
        per_class=4,
        classes=8,
        alone=min(16, int(np.sum(train.labels == DISTRACTOR))),
        unlabelled=0,
    )
    shown_a_step = min(len(kinds), batch.classes) * batch.per_class + batch.alone
    steps = max(1, math.ceil(epochs * len(train) / shown_a_step))
    config = AnalogueFit(
        steps=steps,
        seed=seed,
        rate=3e-4 if opened else 2e-3,
        threads=threads,
        reduced_precision=False,
        batch=batch,
        look=ViewConfig(scale=(0.65, 1.05)),
    )
    made = fit_network(network, ground_of(train), config, progress)
    check(progress)
    embedding = Embedding(made, opened.share if opened else 0.5, opened.turns if opened else TURNS).eval()
    card = make_card(embedding, seed, name="my-analogue")
    told = f"{USER_DATA} ({len(train)} chips, {len(set(train.groups.tolist()))} groups, {', '.join(train.classes)})."
    if opened:
        told += f" Taken further from {opened.card.name}: {opened.card.training_data}"
    return EmbeddingModel(embedding, replace(card, training_data=told[:8000], description=DESCRIPTION))
