"""The numbers of the paper's tables: least distances between regions, and how distances lie within one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from .nearest import distances_to


@dataclass(frozen=True)
class Box:
    """How distances lie: least, quartiles, greatest; ``within`` of the ``count`` lie from quartile to quartile.

    Quartiles are Tukey's hinges, the medians of the lower and the upper half (each with the middle one where the number
    is odd): of ten sub-areas the third and the eighth, so that six lie within, as the paper counts.
    """

    count: int
    minimum: float
    first: float
    median: float
    third: float
    maximum: float
    within: int


def box_of(distances: np.ndarray) -> Box:
    """The box of some distances (any shape; NaN is left out). Raises InputError where none is left."""
    values = np.asarray(distances, np.float64).ravel()
    values = np.sort(values[np.isfinite(values)])
    if not len(values):
        raise InputError("There is no distance to make quartiles of.", "Choose regions with usable chips.")
    half = (len(values) + 1) // 2
    first, third = float(np.median(values[:half])), float(np.median(values[-half:]))
    within = int(((values >= first) & (values <= third)).sum())
    return Box(
        len(values), float(values[0]), first, float(np.median(values)), third, float(values[-1]), within
    )  # fmt: skip


def sub_area_distances(candidate: np.ndarray, target: np.ndarray) -> np.ndarray:
    """For each sub-area of a candidate (n, D) its distance to the nearest chip of a target (m, D): float32 (n,).

    NaN where a sub-area has no vector (a row of NaN); chips of the target without one are left out. Raises InputError
    where the vectors have different lengths, or the target has no vector.
    """
    candidate, target = np.atleast_2d(candidate), np.atleast_2d(target)
    if candidate.shape[1] != target.shape[1]:
        raise InputError(
            f"Vectors of {candidate.shape[1]} and of {target.shape[1]} numbers cannot be compared.",
            "Embed both with the same embedding.",
        )
    there = target[np.isfinite(target).all(axis=1)]
    if not len(there):
        raise InputError("The target has no usable chip.", "Choose one with texture and without missing pixels.")
    return np.min([distances_to(candidate, row) for row in there], axis=0)


def minimum_matrix(candidates: Mapping[str, np.ndarray], targets: Mapping[str, np.ndarray]) -> np.ndarray:
    """The least distance of each candidate region {name: (n, D)} to each target {name: (m, D)}: float32 (C, T).

    Rows and columns in the mappings' order; NaN where a region has no usable chip. Raises InputError as
    ``sub_area_distances``.
    """
    made = np.full((len(candidates), len(targets)), np.nan, np.float32)
    for row, candidate in enumerate(candidates.values()):
        for column, target in enumerate(targets.values()):
            distances = sub_area_distances(candidate, target)
            if np.isfinite(distances).any():
                made[row, column] = np.nanmin(distances)
    return made


def region_boxes(candidates: Mapping[str, np.ndarray], targets: Mapping[str, np.ndarray]) -> dict[tuple[str, str], Box]:
    """The box of the sub-areas' distances for each (candidate, target); a candidate without a vector is left out."""
    boxes = {}
    for name, candidate in candidates.items():
        for target_name, target in targets.items():
            distances = sub_area_distances(candidate, target)
            if np.isfinite(distances).any():
                boxes[name, target_name] = box_of(distances)
    return boxes
