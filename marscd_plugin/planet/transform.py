"""Coordinates from one CRS to another of the same body."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from osgeo import osr

from ..common.errors import InputError
from .systems import body_of, quiet, spatial_reference

_CHUNK = 65536


class Transformer:
    """Made by ``transformer``. One instance belongs to one thread (PROJ's operations are not shared)."""

    def __init__(self, operation: osr.CoordinateTransformation | None) -> None:
        self._operation = operation

    def points(self, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(x, y) in the target CRS, float64, in the shape of the inputs broadcast; NaN where there is no answer.

        x is east (longitude), y north (latitude), in both CRSs.
        """
        xs, ys = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
        if self._operation is None or xs.size == 0:
            return xs.copy(), ys.copy()
        pairs = np.column_stack([xs.ravel(), ys.ravel()])
        out = np.empty((len(pairs), 2))
        for start in range(0, len(pairs), _CHUNK):
            part = pairs[start : start + _CHUNK]
            good = np.isfinite(part).all(axis=1)
            answer = np.full((len(part), 2), np.nan)
            if good.any():
                answer[good] = self._transform(part[good])
            out[start : start + len(part)] = answer
        out[~np.isfinite(out).all(axis=1)] = np.nan
        return out[:, 0].reshape(xs.shape), out[:, 1].reshape(xs.shape)

    def _transform(self, pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        assert self._operation is not None
        try:
            with quiet():
                return np.asarray(self._operation.TransformPoints(pairs.tolist()))[:, :2]
        except RuntimeError:
            # With GDAL's exceptions on, one bad point fails the whole batch: find it point by point.
            return np.array([self._one(pair) for pair in pairs.tolist()])

    def _one(self, pair: list[float]) -> tuple[float, float]:
        assert self._operation is not None
        try:
            with quiet():
                return self._operation.TransformPoint(*pair)[:2]
        except RuntimeError:
            return (np.nan, np.nan)


def transformer(source_wkt: str, target_wkt: str) -> Transformer:
    """From one CRS to another. Raises InputError where either is missing or they lie on different bodies.

    PROJ itself would hand Mars coordinates back unchanged as if they were on Earth.
    """
    bodies = body_of(source_wkt), body_of(target_wkt)
    if None in bodies:
        raise InputError("A layer without a CRS cannot be transformed.", "Give it a CRS, such as IAU_2015:49900.")
    if bodies[0] != bodies[1]:
        raise InputError(f"Coordinates on {bodies[0]} have no place on {bodies[1]}.", "Use layers of one body.")
    source, target = spatial_reference(source_wkt), spatial_reference(target_wkt)
    if source.IsSame(target):
        return Transformer(None)
    try:
        with quiet():
            operation = osr.CoordinateTransformation(source, target)
    except RuntimeError as error:
        raise InputError(f"There is no way from {source.GetName()} to {target.GetName()}: {error}.") from error
    if operation is None or getattr(operation, "this", None) is None:
        raise InputError(f"There is no way from {source.GetName()} to {target.GetName()}.")
    return Transformer(operation)
