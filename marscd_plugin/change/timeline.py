"""Histories of pixels: at which dates a place looked one way and at which the other, from the probabilities of pairs.

Every pair (i, j) says how likely the place differs between two dates. A history gives each date one of two states; it
agrees with a pair where the two dates' states differ just when the pair says so. Evidence of a pair is
logit(p) - logit(threshold), cut to a few units so that no pair alone decides, and weighed by how comparable the two
images are. The history with the greatest sum of evidence over the pairs whose dates it sets apart is taken, less a
price for every turn, so that of two equally good ones the plainer wins. What one bad image says against all the others
then costs it only its own date: A-B and B-C say "changed", A-C says "not", and the history is 0 1 0.

For up to ``EXACT`` dates all histories are tried; beyond, the best stretch of dates is turned over again and again
until nothing is gained. Which state is the feature is told by brightness (``orient``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..common.words import Pair

#: Evidence of one pair is cut to this (natural log of odds).
MOST_EVIDENCE = 4.0
#: Price of a turn from one state to the other, in the same unit.
TURN = 0.5
#: Dates up to which every history is tried.
EXACT = 11
#: Least weight of a pair, however unlike its light.
LEAST_WEIGHT = 0.2
#: Pairs compared at most for each date, and the number of dates up to which all are.
PAIRS_PER_EPOCH, ALL_PAIRS_UP_TO = 3, 7

_CHUNK = 8192

#: What a pixel's history amounts to. LONE: one image alone, between others, says otherwise than all the rest.
#: OPEN: the first or the last image alone does, which another image would decide.
NONE, LONE, OPEN, SURE = 0, 1, 2, 3


@dataclass(frozen=True)
class Compared:
    """Pairs of dates by index, earlier first, and what each counts for (1 on average)."""

    first: np.ndarray
    second: np.ndarray
    weight: np.ndarray

    @property
    def count(self) -> int:
        """Number of pairs."""
        return len(self.first)


@dataclass(frozen=True)
class Histories:
    """Of m pixels over n dates. ``present`` (n, m) bool; ``support`` and ``agreement`` (m,) 0..1.

    ``support`` is the mean probability of the pairs that the history sets apart, ``agreement`` the share of all the
    pairs whose verdict (at their threshold) is the history's, both by weight; 0 where there is no change.
    """

    present: np.ndarray
    support: np.ndarray
    agreement: np.ndarray


def choose_pairs(names: Sequence[str], pairs: Sequence[Pair], per_epoch: int = PAIRS_PER_EPOCH) -> Compared:
    """Which of the planned ``pairs`` of dates (``names`` in time order) are compared.

    All of them for few dates. Else each date with the two that follow it, so that every three neighbours close (A-B,
    B-C, A-C), and the most comparable others, up to ``per_epoch`` times the number of dates.
    """
    at = {name: index for index, name in enumerate(names)}
    scores = {(at[p.before], at[p.after]): p.score for p in pairs if p.before in at and p.after in at}
    chosen = list(scores)
    if len(names) > ALL_PAIRS_UP_TO:
        near = [p for p in chosen if p[1] - p[0] <= 2]
        far = sorted((p for p in chosen if p[1] - p[0] > 2), key=lambda p: (-scores[p], p))
        chosen = near + far[: max(per_epoch * len(names) - len(near), 0)]
    chosen.sort()
    weight = np.array([max(scores[p], LEAST_WEIGHT) for p in chosen], np.float32)
    # By their mean, so that a turn costs the same in a series of all one light and in one of many.
    return Compared(
        np.array([p[0] for p in chosen], np.intp),
        np.array([p[1] for p in chosen], np.intp),
        weight / weight.mean() if len(chosen) else weight,
    )


def evidence(probability: np.ndarray, threshold: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(pairs, m) float32 from probabilities 0..1 (pairs, m), thresholds and weights (pairs,)."""
    p = np.clip(probability, 1e-4, 1.0 - 1e-4).astype(np.float32)
    t = np.clip(np.asarray(threshold, np.float32), 1e-4, 1.0 - 1e-4)[:, None]
    values = np.log(p / (1.0 - p)) - np.log(t / (1.0 - t))
    return np.clip(values, -MOST_EVIDENCE, MOST_EVIDENCE) * np.asarray(weight, np.float32)[:, None]


def histories(
    probability: np.ndarray, threshold: np.ndarray, compared: Compared, valid: np.ndarray, turn: float = TURN
) -> Histories:
    """The best history of each of m pixels. ``probability`` (pairs, m) 0..1, ``valid`` (n, m) bool: the date has data.

    The first date's state is False; a date without data takes its neighbours' and has no part.
    """
    dates, pixels = valid.shape
    present = np.zeros((dates, pixels), bool)
    support, agreement = np.zeros(pixels, np.float32), np.zeros(pixels, np.float32)
    for start in range(0, pixels, _CHUNK):
        part = slice(start, min(start + _CHUNK, pixels))
        known = valid[compared.first, part] & valid[compared.second, part]
        says = np.where(known, evidence(probability[:, part], threshold, compared.weight), np.float32(0.0))
        state = _exact(says, compared, dates, turn) if dates <= EXACT else _by_stretches(says, compared, dates, turn)
        present[:, part] = state
        apart = (state[compared.first] ^ state[compared.second]) & known
        weight = compared.weight[:, None]
        total = (weight * apart).sum(axis=0)
        changed = total > 0
        mean = (weight * apart * probability[:, part]).sum(axis=0) / np.maximum(total, 1e-9)
        support[part][changed] = mean[changed]
        right = ((says > 0) == apart) & known
        agreed = (weight * right).sum(axis=0) / np.maximum((weight * known).sum(axis=0), 1e-9)
        agreement[part][changed] = agreed[changed]
    return Histories(present, support, agreement)


@lru_cache(maxsize=8)
def _all_states(dates: int) -> np.ndarray:
    """(2 ** (dates - 1), dates) bool: every history whose first state is False; the plain one first."""
    codes = np.arange(2 ** (dates - 1))
    return np.stack([np.zeros(codes.size, bool), *((codes >> k & 1).astype(bool) for k in range(dates - 1))], axis=1)


def _exact(says: np.ndarray, compared: Compared, dates: int, turn: float) -> np.ndarray:
    states = _all_states(dates)
    apart = (states[:, compared.first] ^ states[:, compared.second]).astype(np.float32)
    price = turn * (states[:, 1:] ^ states[:, :-1]).sum(axis=1, dtype=np.float32)
    # Dates without data add no evidence, so the plainest of the states they may take wins by itself.
    return states[np.argmax(apart @ says - price[:, None], axis=0)].T


def _by_stretches(says: np.ndarray, compared: Compared, dates: int, turn: float, rounds: int = 40) -> np.ndarray:
    """Turn over the stretch of dates that gains most, until none gains. Never worse than no change at all."""
    pixels = says.shape[1]
    state = np.zeros((dates, pixels), bool)
    starts, ends = np.triu_indices(dates)
    left = np.arange(pixels)
    # Pixels in small lots: their matrices of dates against dates are held at once.
    lot = max(1, 4_000_000 // (dates * dates))
    for _ in range(rounds):
        better = []
        for begin in range(0, left.size, lot):
            which = left[begin : begin + lot]
            matrix = np.zeros((dates + 1, dates + 1, which.size), np.float32)
            now = state[:, which]
            apart = now[compared.first] ^ now[compared.second]
            # What turning one of the two over would add: evidence for it where they are alike now, against it else.
            gain = np.where(apart, -says[:, which], says[:, which])
            np.add.at(matrix, (compared.first + 1, compared.second + 1), gain)
            np.add.at(matrix, (compared.second + 1, compared.first + 1), gain)
            rows = matrix[1:, 1:].sum(axis=1)
            matrix = matrix.cumsum(axis=0).cumsum(axis=1)
            along = np.concatenate((np.zeros((1, which.size), np.float32), rows.cumsum(axis=0)))
            a, b = starts, ends + 1
            inside = matrix[b][:, :, :][np.arange(a.size), b] - matrix[a, b] - matrix[b, a] + matrix[a, a]
            value = along[b] - along[a] - inside - turn * _more_turns(now, starts, ends)
            best = np.argmax(value, axis=0)
            gains = value[best, np.arange(which.size)] > 1e-4
            flip = (np.arange(dates)[:, None] >= starts[best]) & (np.arange(dates)[:, None] <= ends[best])
            state[:, which] ^= flip & gains
            better.append(which[gains])
        left = np.concatenate(better) if better else left[:0]
        if left.size == 0:
            break
    return state ^ state[:1]


def _more_turns(state: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """(stretches, m): how many turns more there are after each stretch is turned over."""
    dates = state.shape[0]
    edge = np.where(state[1:] ^ state[:-1], -1, 1).astype(np.int8)
    padded = np.concatenate((np.zeros_like(edge[:1]), edge, np.zeros_like(edge[:1])))
    return (padded[starts] * (starts > 0)[:, None] + padded[ends + 1] * (ends < dates - 1)[:, None]).astype(np.float32)


def orient(present: np.ndarray, valid: np.ndarray, brightness: np.ndarray, feature: str) -> np.ndarray:
    """``present`` (n, m) with True for the feature: the darker state, the brighter, or what the first date was not.

    ``brightness`` (n, m) is relative to the ground around. ``feature`` is DARK, BRIGHT or NEW.
    """
    if feature == "NEW":
        start = np.argmax(valid, axis=0)
        return present ^ present[start, np.arange(present.shape[1])]
    with np.errstate(invalid="ignore"):
        one = _mean(brightness, present & valid)
        other = _mean(brightness, ~present & valid)
        flip = one > other if feature == "DARK" else one < other
    return present ^ flip


def step_of(present: np.ndarray, valid: np.ndarray, brightness: np.ndarray) -> np.ndarray:
    """(m,) mean brightness where the feature is present less where it is not; NaN where it is always one."""
    return _mean(brightness, present & valid) - _mean(brightness, ~present & valid)


def ratio_of(present: np.ndarray, valid: np.ndarray, brightness: np.ndarray) -> np.ndarray:
    """(m,) mean brightness where the feature is present over that where it is not."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _mean(brightness, present & valid) / _mean(brightness, ~present & valid)


def trust(present: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(trust (m,) of NONE, LONE, OPEN, SURE; odd (m,): the date that stands alone, -1 where none does).

    A change is SURE where each of its two states was seen at two dates at least. ``present`` counts where ``valid``.
    """
    dates, pixels = present.shape
    seen, unseen = present & valid, ~present & valid
    with_it, without = seen.sum(axis=0), unseen.sum(axis=0)
    changed = (with_it > 0) & (without > 0)
    result = np.where(changed, SURE, NONE).astype(np.uint8)
    odd = np.full(pixels, -1, np.int16)
    lonely = changed & (np.minimum(with_it, without) == 1)
    if lonely.any():
        minority = np.where(with_it == 1, seen, unseen)
        # With two dates each is alone: the later one is the news.
        minority = np.where((with_it == 1) & (without == 1), valid & (np.cumsum(valid, axis=0) == 2), minority)
        odd[lonely] = np.argmax(minority, axis=0)[lonely]
        start = np.argmax(valid, axis=0)
        end = dates - 1 - np.argmax(valid[::-1], axis=0)
        at_an_end = (odd == start) | (odd == end)
        result[lonely] = np.where(at_an_end, OPEN, LONE)[lonely]
    return result, odd


def _mean(values: np.ndarray, where: np.ndarray) -> np.ndarray:
    count = where.sum(axis=0)
    total = np.where(where, values, 0.0).sum(axis=0, dtype=np.float64)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
