"""Penalised least squares for many stiffnesses at once: axes on which the data and the penalty are both diagonal.

Of F's normal equations N + lam * P, only lam changes while a stiffness is looked for. With C = N + lam0 * P = L L' and
the eigenvectors Q of L^-1 P L^-T, the columns of W = L^-T Q diagonalise both: W' C W = 1 and W' P W = diag(s) (Demmler
and Reinsch 1975, Numerische Mathematik 24, 375-382), so that N + lam * P becomes diag(1 + (lam - lam0) s). With lam0 in
the middle of what is tried, neither end loses digits. A few further columns that are not penalised with lam (a border)
are solved for by the Schur complement.

Only numpy's own linear algebra is used: unlike scipy's it releases the interpreter's lock, so that a window beside it
does not stand still.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.packages import need

#: A little of the coefficients themselves is penalised: where nothing else holds them.
RIDGE = 1e-6


@dataclass(frozen=True)
class Smooth:
    """F's normal equations on axes of their own: ``axes`` is W (m, m), ``bend`` (m,) W' P W's diagonal.

    ``weighted`` (n, m) is the sparse design times the weights, ``bending`` P, sparse, ``middle`` lam0; ``ridge`` (m,)
    is the squared length of each axis. With one stiffness alone (``diagonal`` False) the axes serve only that one.
    """

    axes: np.ndarray
    bend: np.ndarray
    ridge: np.ndarray
    middle: float
    used: np.ndarray
    weighted: Any
    bending: Any
    diagonal: bool

    @staticmethod
    def of(design: Any, used: np.ndarray, bending: np.ndarray, stiff: Sequence[float]) -> Smooth:
        """``design`` (n, m), sparse; ``used`` (n,) weights; ``bending`` (m, m); ``stiff``: what will be asked for."""
        sparse = need("scipy.sparse")
        weighted = sparse.diags(used) @ design
        middle = float(stiff[0] if len(stiff) == 1 else np.exp(np.mean(np.log(stiff))))
        normal = (design.T @ weighted).toarray() + middle * bending
        normal[np.diag_indices_from(normal)] += RIDGE
        half = np.linalg.inv(np.linalg.cholesky(normal))
        thin = sparse.csr_matrix(bending)
        if len(stiff) == 1:
            axes, bend = half.T, (half.T * (thin @ half.T)).sum(axis=0)
        else:
            bend, turn = np.linalg.eigh(half @ (thin @ half.T))
            bend = np.clip(bend, 0, 1 / middle)
            axes = half.T @ turn
        return Smooth(axes, bend, (axes * axes).sum(axis=0), middle, used, weighted, thin, len(stiff) > 1)

    def bordered(
        self, border: np.ndarray, penalty: np.ndarray, values: np.ndarray
    ) -> Callable[[float], tuple[Bordered, np.ndarray, np.ndarray, float]]:
        """Solver of [design, border] for ``values`` (n, 2), ``border`` (n, e) with ``penalty`` (e, e), by stiffness.

        It returns the solved system, the coefficients of F (m, 2) and of the border (e, 2), and the degrees of freedom:
        the trace of the matrix that takes values to fitted values.
        """
        weighted = border * self.used[:, None]
        cross = self.axes.T @ (self.weighted.T @ border)
        own = border.T @ weighted + penalty
        pull, outer_pull = self.axes.T @ (self.weighted.T @ values), weighted.T @ values
        size = len(self.axes) + border.shape[1]

        def solve(lam: float) -> tuple[Bordered, np.ndarray, np.ndarray, float]:
            if not self.diagonal and lam != self.middle:
                raise ValueError("these axes serve one stiffness alone")
            scale = 1 + (lam - self.middle) * self.bend
            charged = float(((lam * self.bend + RIDGE * self.ridge) / scale).sum())
            inner, outer = pull / scale[:, None], np.empty((0, 2))
            system = Bordered(self, scale, np.empty((len(self.axes), 0)), np.empty((0, 0)))
            if border.shape[1]:
                by_scale = cross / scale[:, None]
                inverse = np.linalg.inv(own - cross.T @ by_scale)
                outer = inverse @ (outer_pull - by_scale.T @ pull)
                inner = inner - by_scale @ outer
                system = Bordered(self, scale, self.axes @ by_scale, inverse)
                charged += float((inverse * penalty).sum())
                reach = system.reach
                charged += float(((lam * (self.bending @ reach) + RIDGE * reach) * (reach @ inverse)).sum())
            return system, self.axes @ inner, outer, size - charged

        return solve


@dataclass(frozen=True)
class Bordered:
    """The solved system of one stiffness.

    ``scale`` (m,) of F on its axes, ``reach`` (m, e) what the border's columns ask of F, and ``border_inverse`` (e, e)
    the border's block of the inverse.
    """

    smooth: Smooth
    scale: np.ndarray
    reach: np.ndarray
    border_inverse: np.ndarray

    def inverse(self) -> np.ndarray:
        """Inverse of the normal equations, (m + e, m + e)."""
        axes = self.smooth.axes
        beside = -self.reach @ self.border_inverse
        inner = (axes / self.scale) @ axes.T - beside @ self.reach.T
        return np.block([[inner, beside], [beside.T, self.border_inverse]])
