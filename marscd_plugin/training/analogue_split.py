"""Which chips of a data set are kept for judging: whole groups (observations, places), region by region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from .chip_sets import ChipSet

#: Fewer chips than this in a region teach nothing.
LEAST_CHIPS = 4


@dataclass(frozen=True)
class Held:
    """``held`` bool (N,); ``untested``: regions of which no group could be spared."""

    held: NDArray[np.bool_]
    untested: tuple[str, ...]


def needs_regions(chips: ChipSet) -> None:
    """Raise InputError where there are too few regions, or too few chips in one."""
    if len(chips.classes) < 2:
        raise InputError(
            f"There is only one region: {', '.join(chips.classes) or 'none'}.",
            "The network learns to tell regions apart: put chips of two or more into the data set.",
        )
    for name, (count, _) in chips.table().items():
        if count < LEAST_CHIPS:
            raise InputError(
                f"The region {name} has {count} chips.", f"Give every region at least {LEAST_CHIPS}; the paper has 10."
            )


def two_bodies(chips: ChipSet) -> bool:
    """Whether the chips are of exactly two bodies, and every region is on both."""
    bodies = sorted({b for b in chips.bodies.tolist() if b})
    return (
        len(bodies) == 2
        and "" not in chips.bodies.tolist()
        and all({*chips.bodies[chips.labels == k].tolist()} == set(bodies) for k in range(len(chips.classes)))
    )


def hold_out(chips: ChipSet, share: float, seed: int, sides: bool) -> Held:
    """About ``share`` of every region's chips, whole groups at a time; none for 0. The same for a seed.

    ``sides``: what is left of a region must still make two bodies (two groups, or one on either real body); without,
    one group is enough. Raises InputError where a share is asked for and no region can spare a group.
    """
    held = np.zeros(len(chips), bool)
    if share <= 0:
        return Held(held, chips.classes)
    real = sides and two_bodies(chips)
    rng = np.random.default_rng((seed, 51))
    groups = rng.permutation(sorted(set(chips.groups.tolist()))).tolist()
    regions = range(len(chips.classes))

    def spared(group: str) -> bool:
        rest = ~held & (chips.groups != group)
        touched = {int(k) for k in chips.labels[chips.groups == group]}
        return all(_enough(chips, rest & (chips.labels == k), sides, real) for k in touched)

    for k in sorted(regions, key=lambda k: (len(set(chips.groups[chips.labels == k].tolist())), k)):
        own = chips.labels == k
        wanted = share * own.sum()
        while (missing := wanted - (held & own).sum()) > 0:
            sizes = {g: int((own & (chips.groups == g)).sum()) for g in groups if not held[chips.groups == g].any()}
            fitting = [g for g, size in sizes.items() if size and spared(g)]
            if not fitting:
                break
            best = min(fitting, key=lambda g: abs(sizes[g] - missing))
            if (held & own).any() and sizes[best] > 2 * missing:
                break
            held |= chips.groups == best
    untested = tuple(chips.classes[k] for k in regions if not (held & (chips.labels == k)).any())
    if not held.any():
        raise InputError(
            f"No group of chips can be held out: {_few(chips)}.",
            "Add chips of further observations or places (column group of manifest.csv), or set the held-out share "
            "to 0 to do as the paper does; nothing then tells how the model does on ground it has not seen.",
        )
    return Held(held, untested)


def _enough(chips: ChipSet, left: NDArray[np.bool_], sides: bool, real: bool) -> bool:
    if not left.any():
        return False
    if not sides:
        return True
    return len(set((chips.bodies if real else chips.groups)[left].tolist())) >= 2


def _few(chips: ChipSet) -> str:
    told = [f"{name} has chips of {groups}" for name, (_, groups) in list(chips.table().items())[:3]]
    return "; ".join(told)
