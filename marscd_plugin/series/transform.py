"""The map from the reference's grid to where the moving image, by its own georeferencing, shows the same ground."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

#: What images of one place on one map can differ by; more means a wrong match.
MAX_ROTATION = 5.0
MAX_SCALE = 0.05


@dataclass(frozen=True)
class Seam:
    """A straight line at which the displacement jumps by (``dx``, ``dy``): where one CCD gives way to another.

    A place lies beyond it where x + ``slant`` * y >= ``at``; x and y are the pixel of the moving image, before any
    step, or with ``of_reference`` the pixel of the reference.
    """

    at: float
    slant: float
    dx: float
    dy: float
    of_reference: bool = False

    def across(self, x: np.ndarray, y: np.ndarray, to_x: np.ndarray, to_y: np.ndarray) -> np.ndarray:
        """Signed distance from the line along a row, pixels: not negative beyond it."""
        u, v = (x, y) if self.of_reference else (to_x, to_y)
        return np.asarray(u + self.slant * v - self.at)


@dataclass(frozen=True)
class Warp:
    """(x, y) -> ``affine`` (x, y) + a smooth field + steps. Pixels of the grid, centres at whole numbers.

    ``affine`` is 2 x 3. ``nodes`` is None or (2, rows, columns): displacements (x, y) at nodes ``step`` pixels apart,
    the first at (0, 0), interpolated bilinearly and held beyond the last. ``seams`` add their steps one after another.
    """

    affine: np.ndarray = field(default_factory=lambda: np.array([[1.0, 0, 0], [0, 1.0, 0]]))
    nodes: np.ndarray | None = None
    step: float = 1.0
    seams: tuple[Seam, ...] = ()

    def apply(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where (x, y) of the reference lies in the moving image. Arrays of one shape; float64."""
        to_x, to_y = self.smooth(x, y)
        if not self.seams:
            return to_x, to_y
        out_x, out_y = to_x, to_y
        for seam in self.seams:
            beyond = seam.across(x, y, to_x, to_y) >= 0
            out_x, out_y = out_x + seam.dx * beyond, out_y + seam.dy * beyond
        return out_x, out_y

    def smooth(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As ``apply``, without the steps."""
        a = self.affine
        to_x = a[0, 0] * x + a[0, 1] * y + a[0, 2]
        to_y = a[1, 0] * x + a[1, 1] * y + a[1, 2]
        if self.nodes is None:
            return to_x, to_y
        dx, dy = self._field(np.asarray(x, float), np.asarray(y, float))
        return to_x + dx, to_y + dy

    def _field(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        nodes = self.nodes
        assert nodes is not None
        rows, columns = nodes.shape[1:]
        u = np.clip(x / self.step, 0, columns - 1)
        v = np.clip(y / self.step, 0, rows - 1)
        i = np.minimum(u.astype(np.intp), max(columns - 2, 0))
        j = np.minimum(v.astype(np.intp), max(rows - 2, 0))
        i1, j1 = np.minimum(i + 1, columns - 1), np.minimum(j + 1, rows - 1)
        s, t = u - i, v - j
        out = []
        for part in nodes:
            top = part[j, i] * (1 - s) + part[j, i1] * s
            bottom = part[j1, i] * (1 - s) + part[j1, i1] * s
            out.append(top * (1 - t) + bottom * t)
        return out[0], out[1]

    def scaled(self, factor: float) -> Warp:
        """This warp, found on an image averaged ``factor`` times smaller, for the full-size grid."""
        half = (factor - 1) / 2
        a = self.affine.copy()
        # full = factor * small + half on both sides.
        a[:, 2] = factor * a[:, 2] + half - half * (a[:, 0] + a[:, 1])
        nodes = None if self.nodes is None else self.nodes * factor
        seams = tuple(
            Seam(factor * s.at + half + half * s.slant, s.slant, factor * s.dx, factor * s.dy, s.of_reference)
            for s in self.seams
        )
        return Warp(a, nodes, self.step * factor, seams)


def shape_of(affine: np.ndarray) -> tuple[float, float, float]:
    """(rotation in degrees, larger and smaller singular value) of a 2 x 3 affine."""
    matrix = affine[:, :2]
    large, small = np.linalg.svd(matrix, compute_uv=False)
    rotation = math.degrees(math.atan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1]))
    return rotation, float(large), float(small)


def plausible(affine: np.ndarray) -> bool:
    """Within what two map-projected images of one place can differ by; no mirror image."""
    if not np.isfinite(affine).all() or np.linalg.det(affine[:, :2]) <= 0:
        return False
    rotation, large, small = shape_of(affine)
    return abs(rotation) <= MAX_ROTATION and large <= 1 + MAX_SCALE and small >= 1 - MAX_SCALE


def fit_affine(points: np.ndarray, targets: np.ndarray, rounds: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Affine points -> targets, robustly (iteratively reweighted least squares, Tukey's biweight).

    ``points`` and ``targets`` are (n, 2), n >= 3. Returns the 2 x 3 affine and each point's distance from it.
    """
    centre = points.mean(axis=0)
    design = np.column_stack([points - centre, np.ones(len(points))])
    moved = targets - points
    start = np.median(moved, axis=0)
    solution = np.vstack([np.zeros((2, 2)), start])
    distance = np.hypot(*(moved - design @ solution).T)
    for _ in range(rounds):
        spread = max(1.4826 * float(np.median(distance)), 0.02)
        weight = np.clip(1 - (distance / (4.685 * spread)) ** 2, 0, None)
        if np.count_nonzero(weight) < 3:
            break
        # A little ridge on the linear part: few points on a line cannot tilt the map.
        root = weight[:, None]
        normal = design.T @ (design * root)
        normal[:2, :2] += np.eye(2) * 1e-3 * weight.sum()
        solution = np.linalg.solve(normal, design.T @ (moved * root))
        distance = np.hypot(*(moved - design @ solution).T)
    linear, shift = solution[:2].T + np.eye(2), solution[2]
    affine = np.column_stack([linear, shift + centre - linear @ centre])
    return affine, distance
