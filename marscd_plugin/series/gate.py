"""The gate: which registrations are believed, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.words import Registration
from .ties import TiePoints


@dataclass(frozen=True)
class Gate:
    """Limits in full-size pixels of the reference's grid.

    ``max_disagreement``: between the two estimators. ``max_residual``: RMS of the held-out tie points that count
    (a few mismatches are cut off at ``outlier`` pixels). ``min_share``: of the windows with data, how many must fit;
    where much of the ground is featureless, ``min_share_sure`` is enough if there are ``sure_ties`` tie points that
    leave no more than ``sure_residual``.
    """

    max_disagreement: float = 0.5
    max_residual: float = 0.8
    outlier: float = 2.0
    min_ties: int = 6
    min_share: float = 0.4
    min_share_sure: float = 0.1
    sure_ties: int = 20
    sure_residual: float = 0.75


def judge(gate: Gate, ties: TiePoints, disagreement: float | None, compared: int, masked: float = 0.0) -> Registration:
    """The decision on tie points measured by the final warp; ``masked``: share of the overlap that is not trusted."""
    distance = ties.distance
    good = distance <= gate.outlier
    held = ties.held_out & good
    residual = float(np.sqrt(np.mean(distance[held] ** 2))) if held.any() else None
    share = float(good.sum()) / max(ties.tried, 1)
    sure = residual is not None and residual <= gate.sure_residual and good.sum() >= gate.sure_ties
    needed = gate.min_share_sure if sure else gate.min_share
    shift = np.median((ties.targets - ties.points)[good], axis=0) if good.any() else np.zeros(2)
    reason = ""
    if good.sum() < gate.min_ties or held.sum() < 1:
        reason = f"too little texture in common ({int(good.sum())} tie points fit)"
    elif share < needed:
        reason = f"only {share:.0%} of the windows agree on one map"
    elif residual is None or residual > gate.max_residual:
        reason = f"the residual of held-out tie points is {residual:.2f} px (limit {gate.max_residual:g})"
    elif disagreement is None:
        reason = f"too few features match to check the result ({compared})"
    elif disagreement > gate.max_disagreement:
        reason = f"the two estimators disagree by {disagreement:.2f} px (limit {gate.max_disagreement:g})"
    accepted = not reason
    if accepted:
        reason = (
            f"residual {residual:.2f} px, estimators agree within {disagreement:.2f} px, {share:.0%} of windows fit"
        )
        if masked >= 0.005:
            reason += f"; {masked:.0%} of the overlap, where that cannot be said, is masked"
    return Registration(
        accepted=accepted,
        reason=reason,
        shift_x_px=float(shift[0]),
        shift_y_px=float(shift[1]),
        residual_px=residual,
        disagreement_px=disagreement,
        tie_point_count=int(good.sum()),
    )
