"""The smooth field that an affine leaves: parallax of broad relief, jitter along track."""

from __future__ import annotations

import numpy as np

from .ties import TiePoints

#: A field must lower the held-out residual by this share, and by this many pixels, to be used.
_GAIN, _GAIN_PX = 0.15, 0.05
_MIN_TIES = 20
_OUTLIER_PX = 12.0


def smooth_field(ties: TiePoints, width: int, height: int) -> tuple[np.ndarray, float] | None:
    """(nodes, step) for ``Warp`` from the residuals of an affine, or None where it does not clearly help.

    Gaussian-weighted local planes through the tie points that are not held out, after a median test against their
    neighbours. Whether it helps is asked of the held-out ones.
    """
    if len(ties.points) < _MIN_TIES:
        return None
    spacing = _spacing(ties.points)
    steady = _steady(ties, spacing)
    fit = steady & ~ties.held_out
    test = steady & ties.held_out
    if fit.sum() < _MIN_TIES * 0.8 or test.sum() < 3:
        return None
    best = None
    before = _rms(ties.residuals[test])
    for reach in (1.0, 1.6, 2.5):
        bandwidth = reach * spacing
        left = ties.residuals[test] - _local(ties.points[fit], ties.residuals[fit], ties.points[test], bandwidth)
        after = _rms(left)
        if best is None or after < best[0]:
            best = (after, bandwidth)
    assert best is not None
    if best[0] > (1 - _GAIN) * before or best[0] > before - _GAIN_PX:
        return None
    step = max(spacing / 2, max(width, height) / 256)
    columns, rows = int(np.ceil((width - 1) / step)) + 1, int(np.ceil((height - 1) / step)) + 1
    x, y = np.meshgrid(np.arange(columns) * step, np.arange(rows) * step)
    at = np.column_stack([x.ravel(), y.ravel()])
    values = np.vstack(
        [
            _local(ties.points[fit], ties.residuals[fit], part, best[1])
            for part in np.array_split(at, max(1, len(at) // 4096))
        ]
    )
    return values.T.reshape(2, rows, columns), step


def _spacing(points: np.ndarray) -> float:
    """Typical distance of a point to its nearest neighbour."""
    distance = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    return float(np.median(distance.min(axis=1)))


def _steady(ties: TiePoints, spacing: float) -> np.ndarray:
    """Which tie points fit their neighbourhood: within 3 pixels or 4 spreads of the median around them."""
    ok = np.zeros(len(ties.points), bool)
    for i, point in enumerate(ties.points):
        near = np.hypot(*(ties.points - point).T) <= 2.3 * spacing
        near[i] = False
        if near.sum() < 3:
            continue
        around = ties.residuals[near]
        middle = np.median(around, axis=0)
        spread = 1.4826 * np.median(np.hypot(*(around - middle).T))
        ok[i] = np.hypot(*(ties.residuals[i] - middle)) <= np.clip(4 * spread, 1.0, 3.0)
    return ok & (ties.distance <= _OUTLIER_PX)


def _local(points: np.ndarray, values: np.ndarray, at: np.ndarray, bandwidth: float) -> np.ndarray:
    """Gaussian-weighted local planes, with a ridge that turns them to the local mean, and to 0 far from any point."""
    out = np.empty((len(at), 2))
    for i, place in enumerate(at):
        offset = (points - place) / bandwidth
        weight = np.exp(-0.5 * (offset * offset).sum(axis=1))
        design = np.column_stack([np.ones(len(points)), offset])
        normal = design.T @ (design * weight[:, None]) + np.diag([0.02, 0.5, 0.5])
        out[i] = np.linalg.solve(normal, design.T @ (values * weight[:, None]))[0]
    return out


def _rms(residuals: np.ndarray) -> float:
    return float(np.sqrt((residuals**2).sum(axis=1).mean()))
