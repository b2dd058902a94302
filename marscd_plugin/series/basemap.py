"""Tie an image, and with it a whole series, to a base map: a georeferenced raster of any, usually coarser, resolution.

The image is averaged to the base map's pixels and registered to it there like any epoch; of the result only an affine
is used. A base map's pixels are many of the image's: what an affine leaves is the base map's own error as often as the
image's, and is stated, not chased.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..common.errors import RegistrationError
from ..common.progress import Progress, Quiet
from ..common.words import Grid, Product
from ..planet.crs import transformer
from ..products.user import open_user_raster
from .gate import Gate, judge
from .partial import Trust
from .registration import Alignment, attempt
from .source import RasterScene, Source, _period
from .transform import Seam, Warp, fit_affine

#: Base map pixels may be at most this many times the image's.
MAX_RATIO = 40.0
#: The image must cover at least this many pixels of the base map each way.
MIN_PIXELS = 96
_MARGIN_SHARE = 0.25


def register_to_base(
    source: Source, base: Source | Product | Path | str, progress: Progress | None = None, gate: Gate | None = None
) -> tuple[Grid, Alignment]:
    """Register ``source`` to ``base``: (grid at the base map's resolution, alignment on it).

    The alignment's warp is an affine in that grid's pixels, from where a place lies by the base map to where the image
    shows it by its own georeferencing; residuals are pixels of the base map. ``on_grid`` brings it to a series' grid.
    Raises RegistrationError, with the reason and what to try; CancelledError; InputError.
    """
    progress = progress or Quiet()
    if not isinstance(base, Source):
        product = base if isinstance(base, Product) else open_user_raster(base)
        base = Source(product, progress)
    if not source.crs or not base.crs:
        bare = base if not base.crs else source
        raise RegistrationError(
            f"{bare.product.raster} has no CRS: an image and a base map are compared by where they lie.",
            "Assign its CRS, or use two images without one.",
        )
    grid, ratio = base_grid(source, base)
    if ratio > MAX_RATIO:
        raise RegistrationError(
            f"The base map's pixels are {ratio:.0f} times as large as the image's (limit {MAX_RATIO:g}): a place "
            "in it is no better known than by the image's own georeferencing.",
            "Use a finer base map, for example a CTX mosaic for HiRISE images, or tie a CTX image to it first.",
        )
    if min(grid.width, grid.height) < MIN_PIXELS * (1 + 2 * _MARGIN_SHARE):
        raise RegistrationError(
            f"The image covers fewer than {MIN_PIXELS} pixels of the base map one way: too little to compare.",
            "Use a finer base map, or a larger image.",
        )
    gate = gate or Gate()
    found = attempt(RasterScene(grid, base, source), gate, progress)
    if not found.registration.accepted:
        raise RegistrationError(
            f"The image could not be tied to the base map: {found.registration.reason}.",
            "Choose a base map made in more similar light, or a finer one; without one, leave the base map out.",
        )
    ties = found.ties
    used = ~ties.held_out & (ties.distance <= gate.outlier)
    affine, _ = fit_affine(ties.points[used], ties.targets[used])
    warp = Warp(affine)
    ties = ties.measured_by(warp)
    said = judge(gate, ties, found.registration.disagreement_px, len(ties.points))
    if not said.accepted:
        raise RegistrationError(
            f"The image could not be tied to the base map: with an affine alone {said.reason}.",
            "The image is not orthorectified as the base map is: use one that is, or a coarser base map.",
        )
    metres = said.residual_px * grid.pixel_size if said.residual_px is not None else 0.0
    said = replace(said, reason=f"{said.reason} (pixels of the base map; the residual is {metres:.2f} map units)")
    return grid, Alignment(said, warp, ties, found.trusted)


def base_grid(source: Source, base: Source) -> tuple[Grid, float]:
    """(grid over the image and some margin, in the base map's CRS, at the coarser of both pixels; their ratio)."""
    along, none = np.linspace(0, 1, 33), np.zeros(33)
    columns = np.concatenate([along, along, none, none + 1]) * source.width - 0.5
    rows = np.concatenate([none, none + 1, along, along]) * source.height - 0.5
    x, y = source.to_map(columns, rows)
    east, north = transformer(source.crs, base.crs).points(x, y)
    period = _period(base.crs)
    if period:
        east = east - period * np.round((east - east[0]) / period)
    left, right, bottom, top = (float(f(v)) for v in (east, north) for f in (np.nanmin, np.nanmax))
    if not all(map(math.isfinite, (left, right, bottom, top))):
        raise RegistrationError(
            "The image does not lie on the base map's projection.", "Use a base map that covers the image."
        )
    own = math.sqrt((right - left) * (top - bottom) / (source.width * source.height))
    pixel = abs(base.transform[1])
    margin = _MARGIN_SHARE * max(right - left, top - bottom)
    size = max(pixel, own)
    return (
        Grid(
            base.crs, left - margin, top + margin, size,
            math.ceil((right - left + 2 * margin) / size), math.ceil((top - bottom + 2 * margin) / size),
        ),
        pixel / own,
    )  # fmt: skip


def on_grid(alignment: Alignment, base: Grid, grid: Grid) -> Warp:
    """The base map's affine in pixels of another grid (a series'): from the true place to the image's own.

    The affine holds in the base map's CRS; it is carried over by a lattice of places: exactly where both grids have one
    CRS, else to within the bending of one projection against the other over the image.
    """
    x, y = (v.ravel() for v in np.meshgrid(np.linspace(0, grid.width - 1, 9), np.linspace(0, grid.height - 1, 9)))
    east, north = grid.left + (x + 0.5) * grid.pixel_size, grid.top - (y + 0.5) * grid.pixel_size
    forward, back = transformer(grid.crs, base.crs), transformer(base.crs, grid.crs)
    east, north = forward.points(east, north)
    period = _period(base.crs)
    if period:
        middle = base.left + base.width * base.pixel_size / 2
        east = east - period * np.round((east - middle) / period)
    u, v = (east - base.left) / base.pixel_size - 0.5, (base.top - north) / base.pixel_size - 0.5
    u, v = alignment.warp.apply(u, v)
    east, north = back.points(base.left + (u + 0.5) * base.pixel_size, base.top - (v + 0.5) * base.pixel_size)
    to = np.column_stack([(east - grid.left) / grid.pixel_size - 0.5, (grid.top - north) / grid.pixel_size - 0.5])
    affine, _ = fit_affine(np.column_stack([x, y]), to)
    return Warp(affine)


def moved(warp: Warp, base: Warp, width: int, height: int) -> Warp:
    """``warp`` after ``base`` (an affine): place by the base map -> reference epoch -> epoch. For every epoch.

    Exact for the affine and for seams; a field is sampled anew at its nodes.
    """
    a, b = (np.vstack([w.affine, [0, 0, 1]]) for w in (warp, base))
    affine = (a @ b)[:2]
    nodes = None
    if warp.nodes is not None:
        columns = math.ceil((width - 1) / warp.step) + 1
        rows = math.ceil((height - 1) / warp.step) + 1
        x, y = np.meshgrid(np.arange(columns) * warp.step, np.arange(rows) * warp.step)
        at = base.apply(x, y)
        flat = replace(warp, seams=())
        there = flat.apply(*at)
        plain = Warp(affine).apply(x, y)
        nodes = np.stack([there[0] - plain[0], there[1] - plain[1]])
    seams = tuple(_carried(seam, base) for seam in warp.seams)
    return Warp(affine, nodes, warp.step, seams)


def moved_trust(trust: Trust, base: Warp, width: int, height: int) -> Trust:
    """What is trusted, by place in the base map: for ``write_warped`` with a warp that was ``moved``."""
    rows, columns = math.ceil((height - 1) / trust.step) + 1, math.ceil((width - 1) / trust.step) + 1
    x, y = np.meshgrid(np.arange(columns) * trust.step, np.arange(rows) * trust.step)
    return replace(trust, good=trust.at(*base.apply(x, y)))


def _carried(seam: Seam, base: Warp) -> Seam:
    """A line of the reference epoch's pixels in the base map's; one of the moving image's stays what it is."""
    if not seam.of_reference:
        return seam
    b = base.affine
    across = b[0, 0] + seam.slant * b[1, 0]
    slant = (b[0, 1] + seam.slant * b[1, 1]) / across
    return replace(seam, at=(seam.at - b[0, 2] - seam.slant * b[1, 2]) / across, slant=slant)
