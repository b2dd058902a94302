"""The smooth field through many tie points: a surface, a term along track, and steps at CCD seams, told apart.

    displacement left by the affine at (x, y) = F(x, y) + J(row) + steps(x, y)

F is a bicubic B-spline surface and J a cubic B-spline of the detector's row, both with a penalty on bending (P-splines,
Eilers and Marx 1996, Statistical Science 11, 89-121). How stiff they are is chosen by generalised cross-validation
(Craven and Wahba 1979) over the tie points of the fit; the held-out ones are never looked at. Outliers lose their
weight (Tukey's biweight). The same normal equations give the standard error of the field at any place, which grows with
the distance to the nearest tie points as fast as the field is lively: that says where registration can be trusted.

F's many coefficients are brought onto axes on which both its normal equations and its bending are diagonal
(``smoothing.Smooth``; Demmler and Reinsch 1975), so that every stiffness tried is a division; J and the steps, which
are few, are solved for by what F leaves of them (the Schur complement).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..common.packages import need
from .smoothing import Bordered, Smooth

#: At most this many coefficients of F: the normal equations are dense.
_MAX_COEFFICIENTS = 700
#: Stiffness of F and J tried, relative to the data's weight; None: no J at all.
STIFF = (1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3, 1e-4)
STIFF_ROWS = (None, 1e1, 1e-1)
#: Each degree of freedom is charged this much: windows that overlap share noise, which cross-validation cannot see.
_CHARGE = 1.6
_TUKEY = 4.685
#: Stiffness by which outliers are told.
_LIVELY = 0.03
_FLOOR_PX = 0.02
#: J must lower the score by this share to be used.
_ROWS_GAIN = 0.03


def taps(values: np.ndarray, knot: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The four uniform cubic B-splines at each of ``values``: the first one's number (n,) and their weights (n, 4)."""
    u = np.clip(np.asarray(values, float) / knot, 0, count - 3 - 1e-9)
    i = u.astype(np.intp)
    t = u - i
    return i, np.stack([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3], axis=1) / 6


def basis(values: np.ndarray, knot: float, count: int) -> np.ndarray:
    """Uniform cubic B-splines at ``values``: (n, count); knot spacing ``knot``, the first interval begins at 0."""
    i, weights = taps(values, knot, count)
    out = np.zeros((len(i), count))
    rows = np.arange(len(i))
    for k in range(4):
        out[rows, i + k] = weights[:, k]
    return out


@dataclass(frozen=True)
class Layout:
    """Knots of F (``knot`` pixels apart, ``nx`` by ``ny`` coefficients) and of J; ``slant``: row + slant * column."""

    knot: float
    nx: int
    ny: int
    row_knot: float
    row_start: float
    nrow: int
    slant: float = 0.0

    @staticmethod
    def of(width: int, height: int, spacing: float, slant: float = 0.0) -> Layout:
        """Knots for tie points ``spacing`` pixels apart on a grid of that size."""
        knot = max(1.5 * spacing, (width * height / _MAX_COEFFICIENTS) ** 0.5)
        while (np.ceil(width / knot) + 3) * (np.ceil(height / knot) + 3) > _MAX_COEFFICIENTS:
            knot *= 1.05
        low, high = min(0.0, slant * width), height + max(0.0, slant * width)
        row_knot = max(spacing, (high - low) / 400)
        return Layout(
            knot, int(np.ceil(width / knot)) + 3, int(np.ceil(height / knot)) + 3,
            row_knot, low, int(np.ceil((high - low) / row_knot)) + 3, slant,
        )  # fmt: skip

    def surface(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Design of F at points: (n, nx * ny), sparse by rows, 16 numbers each."""
        (i, wx), (j, wy) = taps(x, self.knot, self.nx), taps(y, self.knot, self.ny)
        index = (j[:, None, None] + np.arange(4)[:, None]) * self.nx + i[:, None, None] + np.arange(4)
        values = wy[:, :, None] * wx[:, None, :]
        starts = np.arange(len(i) + 1) * 16
        shape = (len(i), self.nx * self.ny)
        return need("scipy.sparse").csr_matrix((values.ravel(), index.ravel(), starts), shape=shape)

    def rows(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Design of J at points: (n, nrow)."""
        return basis(np.asarray(y) + self.slant * np.asarray(x) - self.row_start, self.row_knot, self.nrow)

    def bending(self) -> np.ndarray:
        """Penalty of F: squared second differences both ways, and twice the mixed."""
        dx1, dy1 = np.diff(np.eye(self.nx), axis=0), np.diff(np.eye(self.ny), axis=0)
        dx2, dy2 = np.diff(dx1, axis=0), np.diff(dy1, axis=0)
        return (
            np.kron(np.eye(self.ny), dx2.T @ dx2)
            + np.kron(dy2.T @ dy2, np.eye(self.nx))
            + 2 * np.kron(dy1.T @ dy1, dx1.T @ dx1)
        )

    def row_bending(self) -> np.ndarray:
        second = np.diff(np.eye(self.nrow), n=2, axis=0)
        return second.T @ second


@dataclass(frozen=True)
class Surface:
    """A fitted field. ``spread``: standard deviation of one tie point of weight 1 about it, pixels (a vector's length).

    ``steps`` (k, 2) belong to the step columns it was fitted with; ``weight`` (n,) is what each tie point kept of its
    weight in the robust fit, 0..1. ``system`` is the normal equations' solution behind it.
    """

    layout: Layout
    coefficients: np.ndarray
    row_coefficients: np.ndarray | None
    steps: np.ndarray
    weight: np.ndarray
    spread: float
    score: float
    freedom: float
    stiffness: tuple[float, float | None]
    system: Bordered

    @property
    def smooth(self) -> Smooth:
        """F's decomposition: serves further fits to the same tie points and weights."""
        return self.system.smooth

    @cached_property
    def covariance(self) -> np.ndarray:
        """Inverse of the normal equations: coefficients of F, then of J (if any), then steps."""
        return self.system.inverse()

    def step_evidence(self) -> np.ndarray:
        """Chi-squared (two degrees of freedom) of each step: its size over its uncertainty, squared."""
        count = len(self.steps)
        if count == 0:
            return np.empty(0)
        own = np.diag(self.system.border_inverse)[-count:]
        return np.asarray((self.steps**2).sum(axis=1) / np.maximum(own * self.spread**2 / 2, 1e-12))

    def field(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """F + J at points, (n, 2), without the steps."""
        out = np.empty((len(x), 2))
        for part in (slice(k, k + 8192) for k in range(0, len(x), 8192)):
            out[part] = self.layout.surface(x[part], y[part]) @ self.coefficients
            if self.row_coefficients is not None:
                out[part] += self.layout.rows(x[part], y[part]) @ self.row_coefficients
        return out

    def on_grid(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """F + J at every crossing of columns ``x`` and rows ``y``: (2, rows, columns)."""
        layout = self.layout
        bx, by = basis(x, layout.knot, layout.nx), basis(y, layout.knot, layout.ny)
        out = np.stack([by @ c.reshape(layout.ny, layout.nx) @ bx.T for c in self.coefficients.T])
        if self.row_coefficients is not None:
            across = (np.asarray(y)[:, None] + layout.slant * np.asarray(x)[None, :]).ravel()
            at = np.linspace(across.min(), across.max(), 4 * layout.nrow)
            design = basis(at - layout.row_start, layout.row_knot, layout.nrow)
            for number, c in enumerate(self.row_coefficients.T):
                out[number] += np.interp(across, at, design @ c).reshape(out.shape[1:])
        return out

    def standard_error(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """How uncertain F + J is at points, pixels (length of the vector's standard error)."""
        sparse = need("scipy.sparse")
        out = np.empty(len(x))
        # Steps come last: they have no part in it.
        inverse = self.covariance[: len(self.covariance) - len(self.steps)]
        inverse = inverse[:, : len(inverse)]
        for part in (slice(k, k + 2048) for k in range(0, len(x), 2048)):
            design = self.layout.surface(x[part], y[part])
            if self.row_coefficients is not None:
                design = sparse.hstack([design, self.layout.rows(x[part], y[part])], format="csr")
            square = np.asarray(design.multiply(design @ inverse).sum(axis=1)).ravel()
            out[part] = self.spread * np.sqrt(np.maximum(square, 0))
        return out


def fit_surface(
    points: np.ndarray,
    values: np.ndarray,
    weight: np.ndarray,
    layout: Layout,
    steps: np.ndarray | None = None,
    robust: np.ndarray | None = None,
    stiff: Sequence[float] = STIFF,
    stiff_rows: Sequence[float | None] = STIFF_ROWS,
    beat: Callable[[], None] = lambda: None,
    smooth: Smooth | None = None,
) -> Surface:
    """Fit F + J + steps to ``values`` (n, 2) at ``points`` (n, 2), with relative ``weight`` (n,).

    ``robust`` (n,), 0..1: which tie points count, where that is known from an earlier fit; then ``smooth`` may be that
    fit's own, if points, weights and F's knots are the same (J, steps and stiffness may differ).
    ``steps`` (n, k): 0 or 1, which side of each seam a point lies on. ``beat`` is called between solutions (cancel).
    """
    weight = weight / max(float(np.median(weight)), 1e-12)
    # A few windows of very strong texture must not carry the fit alone.
    weight = np.clip(weight, 0.1, 4.0)
    extra = np.empty((len(points), 0)) if steps is None else steps.astype(float)
    design = layout.surface(points[:, 0], points[:, 1])
    if robust is None:
        robust, smooth = _robust(points, values, weight, layout, design, extra, beat), None
    beat()
    used = weight * robust
    if smooth is None:
        smooth = Smooth.of(design, used, layout.bending(), stiff)
    best: Surface | None = None
    for rows in stiff_rows:
        border = extra if rows is None else np.hstack([layout.rows(points[:, 0], points[:, 1]), extra])
        found = _best(values, used, layout, design, border, smooth, robust, stiff, rows, beat)
        if best is None or found.score < best.score * (1 - (_ROWS_GAIN if best.stiffness[1] is None else 0)):
            best = found
    assert best is not None
    return best


def _best(
    values: np.ndarray, used: np.ndarray, layout: Layout, design: Any, border: np.ndarray, smooth: Smooth,
    robust: np.ndarray, stiff: Sequence[float], rows: float | None, beat: Callable[[], None],
) -> Surface:  # fmt: skip
    """The stiffness of F with the lowest score, J's given."""
    # The steps' own penalty; J's comes before them.
    penalty = np.eye(border.shape[1]) * 1e-4
    of_rows = 0 if rows is None else layout.nrow
    if rows is not None:
        penalty[:of_rows, :of_rows] = rows * layout.row_bending() + 1e-2 * np.eye(of_rows)
    solve = smooth.bordered(border, penalty, values)
    n = float((robust > 0.05).sum())
    best: Surface | None = None
    worse = 0
    for lam in stiff:
        beat()
        system, inner, outer, freedom = solve(lam)
        left = values - design @ inner - border @ outer
        rss = float((used * (left * left).sum(axis=1)).sum())
        score = n * rss / max(n - _CHARGE * freedom, 0.02 * n) ** 2
        spread = float(np.sqrt(rss / max(n - freedom, 1.0)))
        if best is None or score < best.score:
            best = Surface(
                layout, inner, outer[:of_rows] if rows is not None else None, outer[of_rows:],
                robust, spread, score, freedom, (lam, rows), system,
            )  # fmt: skip
            worse = 0
        else:
            worse += 1
            if worse == 2:
                break
    assert best is not None
    return best


def _robust(
    points: np.ndarray, values: np.ndarray, weight: np.ndarray, layout: Layout, design: Any, extra: np.ndarray,
    beat: Callable[[], None],
) -> np.ndarray:  # fmt: skip
    """Weights 0..1 by how far each tie point lies from a lively surface: a stiff one would throw out lively ground."""
    sparse = need("scipy.sparse")
    whole = sparse.hstack([design, extra], format="csr")
    count = design.shape[1]
    penalty = np.eye(whole.shape[1]) * 1e-4
    penalty[:count, :count] += _LIVELY * layout.bending()
    robust = _first_weights(points, values)
    if robust.sum() < 0.1 * len(robust):
        # No neighbourhood agrees with itself: nothing says who is wrong, and the gate will see it.
        return np.ones(len(robust))
    for _ in range(3):
        beat()
        weighted = sparse.diags(weight * robust) @ whole
        left = values - whole @ np.linalg.solve((whole.T @ weighted).toarray() + penalty, weighted.T @ values)
        size = np.hypot(*left.T) * np.sqrt(weight)
        # The length of a 2-D Gaussian's vector has a median of 1.18 deviations.
        typical = max(float(np.median(size[robust > 0.05])) / 1.18, _FLOOR_PX)
        again = np.clip(1 - (size / (_TUKEY * typical)) ** 2, 0, 1) ** 2
        if again.sum() < 0.1 * len(again):
            break
        robust = again
    return robust


def _first_weights(points: np.ndarray, values: np.ndarray) -> np.ndarray:
    """0 for tie points that stand out of their neighbours' median, else 1: a start that outliers cannot pull."""
    tree = need("scipy.spatial").cKDTree(points)
    near = min(13, len(points))
    _, index = tree.query(points, k=near)
    around = values[index[:, 1:]]
    middle = np.median(around, axis=1)
    spread = 1.4826 * np.median(np.hypot(*(around - middle[:, None]).transpose(2, 0, 1)), axis=1)
    off = np.hypot(*(values - middle).T)
    return (off <= np.clip(5 * spread, 0.8, 4.0)).astype(float)
