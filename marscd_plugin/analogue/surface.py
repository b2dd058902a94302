"""The distance over longitude and latitude as a surface, as the paper draws it, and beside it the same as a map.

The axis of distance is turned over: what looks like the target stands high, so that the nearest place is a peak that
can be seen and not a pit that hides behind its rim.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .figures import COLOUR_MAP, degrees_axis, label, new_figure, png_of

#: Most points along an edge of the drawn surface.
_MOST = 90


@dataclass(frozen=True)
class Mark:
    """A place on the surface to be named: x and y in the surface's own axes, its distance, its text."""

    x: float
    y: float
    distance: float
    text: str


@dataclass(frozen=True)
class SurfaceAxes:
    """Where the cells are: x (width,) and y (height,), in ``degrees`` of longitude and latitude or in ``unit``."""

    x: np.ndarray
    y: np.ndarray
    degrees: bool = True
    unit: str = ""


def surface_picture(
    values: np.ndarray, axes: SurfaceAxes, title: str, marks: Sequence[Mark] = (), note: str = ""
) -> bytes | None:
    """PNG of ``values`` (height, width; NaN where nothing was compared); None where there is too little to draw.

    A surface needs two rows and two columns with values. Raises MissingPackageError.
    """
    if min(values.shape) < 2 or np.isfinite(values).sum() < 4:
        return None
    small, x, y = _thinned(values, axes)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if high <= low:
        high = low + 1e-3
    figure = new_figure(13.0, 5.6)
    figure.suptitle(label(title, 110), fontsize=13)
    _draw_surface(figure.add_subplot(1, 2, 1, projection="3d"), small, x, y, axes, low, high)
    plain = figure.add_subplot(1, 2, 2)
    drawn = _draw_map(plain, values, axes, low, high, marks)
    bar = figure.colorbar(drawn, ax=plain, fraction=0.046, pad=0.03)
    bar.set_label("Distance to the nearest target (small = alike)")
    if note:
        figure.text(0.5, 0.015, label(note, 170), ha="center", fontsize=9, color="#444444")
    figure.subplots_adjust(left=0.01, right=0.95, bottom=0.13, top=0.88, wspace=0.16)
    return png_of(figure)


def points_picture(
    panels: Sequence[tuple[str, np.ndarray, np.ndarray, np.ndarray]], title: str, degrees: bool = True
) -> bytes | None:
    """Regions of a few scattered sub-areas, one small surface each: (name, x (N,), y (N,), distance (N,)).

    At most nine are drawn; None where no region has four places that are not in one line. Raises MissingPackageError.
    """
    good = [p for p in panels if _has_area(p[1], p[2], p[3])][:9]
    if not good:
        return None
    every = np.concatenate([p[3][np.isfinite(p[3])] for p in good])
    low, high = float(every.min()), float(max(every.max(), every.min() + 1e-3))
    columns = min(3 if len(good) != 4 else 2, len(good))
    rows = -(-len(good) // columns)
    figure = new_figure(4.6 * columns, 4.1 * rows + 0.5)
    figure.suptitle(label(title, 45 * columns), fontsize=13)
    for number, (name, x, y, distance) in enumerate(good, start=1):
        keep = np.isfinite(distance)
        axes = figure.add_subplot(rows, columns, number, projection="3d")
        axes.plot_trisurf(
            x[keep], y[keep], distance[keep], cmap=COLOUR_MAP, vmin=low, vmax=high, linewidth=0.3, edgecolor="#555555"
        )
        axes.scatter(x[keep], y[keep], distance[keep], color="#222222", s=10, depthshade=False)
        axes.set_title(label(name, 40), fontsize=11)
        _name_axes(axes, degrees, "", small=True)
        axes.set_zlabel("Distance", fontsize=8, labelpad=2)
        axes.set_zlim(low, high)  # One scale for all, so that regions can be compared.
    figure.subplots_adjust(left=0.02, right=0.93, bottom=0.06, top=0.92 - 0.08 / rows, wspace=0.12, hspace=0.16)
    return png_of(figure)


def _thinned(values: np.ndarray, axes: SurfaceAxes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """At most ``_MOST`` cells an edge: the least distance of the cells that fall together, so that no match is lost."""
    step = max(1, -(-max(values.shape) // _MOST))
    if step == 1:
        return values, axes.x, axes.y
    rows, columns = (-(-n // step) for n in values.shape)
    padded = np.full((rows * step, columns * step), np.nan, np.float32)
    padded[: values.shape[0], : values.shape[1]] = values
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # Cells where nothing was compared.
        small = np.nanmin(padded.reshape(rows, step, columns, step), axis=(1, 3))
    return small, _means(axes.x, step, columns), _means(axes.y, step, rows)


def _means(values: np.ndarray, step: int, count: int) -> np.ndarray:
    return np.array([values[i * step : (i + 1) * step].mean() for i in range(count)])


def _draw_surface(
    axes: Any, values: np.ndarray, x: np.ndarray, y: np.ndarray, where: SurfaceAxes, low: float, high: float
) -> None:
    across, up = np.meshgrid(x, y)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NaN cells are holes, which matplotlib remarks upon.
        axes.plot_surface(
            across, up, values, cmap=COLOUR_MAP, vmin=low, vmax=high, rcount=_MOST, ccount=_MOST, linewidth=0,
            antialiased=False,
        )  # fmt: skip
    axes.set_zlim(high, low)
    axes.set_zlabel("Distance (turned over: alike is high)", fontsize=9, labelpad=6)
    axes.tick_params(labelsize=8)
    axes.view_init(elev=42, azim=-60)
    _name_axes(axes, where.degrees, where.unit)


def _draw_map(axes: Any, values: np.ndarray, where: SurfaceAxes, low: float, high: float, marks: Sequence[Mark]) -> Any:
    drawn = axes.pcolormesh(where.x, where.y, values, cmap=COLOUR_MAP, vmin=low, vmax=high, shading="nearest")
    for mark in marks:
        axes.plot(mark.x, mark.y, "o", mfc="none", mec="#C00000", mew=1.4, ms=9)
        axes.annotate(
            label(mark.text, 12), (mark.x, mark.y), xytext=(6, 5), textcoords="offset points", fontsize=9,
            color="#C00000", fontweight="bold",
        )  # fmt: skip
    axes.set_title("From above: the best matches, by rank" if marks else "From above", fontsize=10)
    axes.set_facecolor("#eeeeee")
    if where.degrees:
        middle = np.cos(np.radians(float(np.clip(np.mean(where.y), -85.0, 85.0))))
        axes.set_aspect(1.0 / middle, adjustable="datalim")
    else:
        axes.set_aspect("equal", adjustable="datalim")
    axes.tick_params(labelsize=8)
    _name_axes(axes, where.degrees, where.unit)
    return drawn


def _name_axes(axes: Any, degrees: bool, unit: str, small: bool = False) -> None:
    size = 8 if small else 9
    for axis, longitude in ((axes.xaxis, True), (axes.yaxis, False)):
        axis.get_major_formatter().set_useOffset(False)
        if degrees:
            degrees_axis(axis, longitude)
        else:
            axis.set_label_text(f"{'East' if longitude else 'North'} ({unit})" if unit else "xy"[not longitude])
        axis.label.set_size(size)
    if hasattr(axes, "zaxis"):
        axes.tick_params(labelsize=size - 1, pad=0)
        axes.xaxis.labelpad = axes.yaxis.labelpad = 4
        axes.locator_params(nbins=5)


def _has_area(x: np.ndarray, y: np.ndarray, distance: np.ndarray) -> bool:
    keep = np.isfinite(distance) & np.isfinite(x) & np.isfinite(y)
    if keep.sum() < 4:
        return False
    points = np.column_stack([x[keep], y[keep]])
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return bool(spread[1] > 1e-3 * spread[0] > 0)
