"""The series on a base map: where the reference epoch really lies, and what follows for grid, warps and tie points.

Two grids of one size then count: the series' own, by the base map, on which everything is written; and the images', a
whole number of pixels aside, by what the reference says of itself, on which they are registered. One affine leads from
the former's pixels to the latter's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError, RegistrationError
from ..common.progress import Progress
from ..common.words import Area, Grid, Product
from ..products.user import open_user_raster
from .basemap import moved, moved_trust, on_grid, register_to_base
from .grid import series_grid
from .partial import Trust
from .registration import Alignment
from .source import Source
from .ties import TiePoints
from .transform import Warp


@dataclass(frozen=True)
class BaseTie:
    """How the reference lies on a base map. ``affine`` (6 numbers, row by row) leads from true metres of the series'
    CRS to where the reference says the same place is; ``moved_by`` (metres east, north) is what it was off.

    Residual and disagreement are the registration's, in the base map's pixels of ``pixel_m`` metres.
    """

    name: str
    affine: tuple[float, ...]
    moved_by: tuple[float, float]
    pixel_m: float
    residual_px: float
    disagreement_px: float
    tie_points: int
    key: str

    @property
    def residual_m(self) -> float:
        """RMS of tie points held out of the fit, metres."""
        return self.residual_px * self.pixel_m

    @property
    def words(self) -> str:
        """For a report."""
        off = float(np.hypot(*self.moved_by))
        return (
            f"tied to the base map {self.name}: residual {self.residual_m:.2f} m "
            f"({self.residual_px:.2f} of its pixels, {self.tie_points} tie points); the series was moved by "
            f"{off:.1f} m ({self.moved_by[0]:+.1f} east, {self.moved_by[1]:+.1f} north)"
        )

    def warp(self, true: Grid, images: Grid) -> Warp:
        """From pixels of the series' grid to pixels of the images'."""
        a = np.array(self.affine).reshape(2, 3)
        size = true.pixel_size
        # Pixel -> metres: x = left + (u + 0.5) size, y = top - (v + 0.5) size; and back on the other grid.
        to_metres = np.array([[size, 0, true.left + size / 2], [0, -size, true.top - size / 2], [0, 0, 1.0]])
        back = np.array([[1 / size, 0, -images.left / size - 0.5], [0, -1 / size, images.top / size - 0.5]])
        return Warp(back @ np.vstack([a @ to_metres, [0, 0, 1.0]]))

    def as_json(self) -> dict[str, Any]:
        """For the catalogue; ``tie_of`` reads it back to the last bit."""
        return asdict(self) | {"residual_m": round(self.residual_m, 4), "said": self.words}


def tie_of(value: Any) -> BaseTie | None:
    """What ``as_json`` made, or None where it cannot be read."""
    try:
        return BaseTie(
            str(value["name"]), tuple(float(v) for v in value["affine"]), _two(value["moved_by"]),
            float(value["pixel_m"]), float(value["residual_px"]), float(value["disagreement_px"]),
            int(value["tie_points"]), str(value["key"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return None


def _two(values: Sequence[float]) -> tuple[float, float]:
    x, y = values
    return float(x), float(y)


def open_base(base: Path | str | Product) -> Product:
    """The base map as a product. Raises InputError where it has no CRS."""
    product = base if isinstance(base, Product) else open_user_raster(base)
    if product.body is None:
        raise InputError(f"The base map {product.raster} has no CRS.", "Assign its CRS, or choose another base map.")
    return product


def tie_to_base(reference: Product, source: Source, base: Product, crs: str, key: str, progress: Progress) -> BaseTie:
    """Register the reference to the base map, for a series in ``crs``. Raises RegistrationError, InputError."""
    try:
        found_on, alignment = register_to_base(source, base, progress)
    except RegistrationError as error:
        if "base map" in error.what:
            raise
        # What is said of two images in general, for the two that are meant here.
        reason = error.what.removeprefix("The images could not be registered: ").rstrip(".")
        raise RegistrationError(
            f"{reference.product_id} could not be tied to the base map {base.product_id}: {reason}.",
            "Choose a base map of the same place made in more similar light, or leave it out.",
        ) from error
    # Any grid of the CRS will do to carry the affine over: the image's own extent.
    any_grid = series_grid(None, [reference], None, reference)
    if any_grid.crs != crs:
        any_grid = _in(crs, any_grid)
    affine = on_grid(alignment, found_on, any_grid).affine
    size = any_grid.pixel_size
    to_pixels = np.array(
        [[1 / size, 0, -any_grid.left / size - 0.5], [0, -1 / size, any_grid.top / size - 0.5], [0, 0, 1.0]]
    )
    metres = np.linalg.inv(to_pixels)[:2] @ np.vstack([affine, [0, 0, 1.0]]) @ to_pixels
    left, bottom, right, top = any_grid.bounds
    middle = np.array([(left + right) / 2, (bottom + top) / 2, 1.0])
    off = middle[:2] - metres @ middle
    registration = alignment.registration
    return BaseTie(
        base.product_id,
        tuple(float(v) for v in metres.ravel()),
        (float(off[0]), float(off[1])),
        found_on.pixel_size,
        round(registration.residual_px or 0.0, 4),
        round(registration.disagreement_px or 0.0, 4),
        registration.tie_point_count,
        key,
    )


def _in(crs: str, grid: Grid) -> Grid:
    """A grid of another CRS around the same place and of the same size."""
    from ..planet.crs import transformer

    left, bottom, right, top = grid.bounds
    x, y = transformer(grid.crs, crs).points(np.array([left, right, left, right]), np.array([bottom, bottom, top, top]))
    middle = float(x.mean()), float(y.mean())
    size = grid.pixel_size
    return replace(grid, crs=crs, left=middle[0] - grid.width * size / 2, top=middle[1] + grid.height * size / 2)


@dataclass(frozen=True)
class Grids:
    """``true`` is the series' grid; ``images`` where its images say it is; ``base`` leads from one to the other."""

    true: Grid
    images: Grid
    base: Warp | None = None
    tie: BaseTie | None = None

    def whole(self, warp: Warp | None) -> Warp | None:
        """An epoch's warp (images' grid) for writing on the true grid. None is the reference's own."""
        if self.base is None:
            return warp
        return self.base if warp is None else moved(warp, self.base, self.true.width, self.true.height)

    def trusted(self, trust: Trust | None) -> Trust | None:
        """What is trusted, on the true grid."""
        if self.base is None or trust is None:
            return trust
        return moved_trust(trust, self.base, self.true.width, self.true.height)

    def ties(self, alignment: Alignment) -> TiePoints:
        """Tie points where they lie on the true grid; shifts and residuals stay what they are."""
        ties = alignment.ties
        if self.base is None:
            return ties
        points = self.to_true(ties.points)
        return replace(ties, points=points, targets=points + (ties.targets - ties.points))

    def to_true(self, points: np.ndarray) -> np.ndarray:
        """Pixels of the images' grid on the true one, (n, 2)."""
        a = self.base.affine if self.base is not None else Warp().affine
        return (points - a[:, 2]) @ np.linalg.inv(a[:, :2]).T

    def back(self) -> Warp | None:
        """From pixels of the images' grid to the true one's."""
        if self.base is None:
            return None
        a = np.linalg.inv(np.vstack([self.base.affine, [0, 0, 1.0]]))
        return Warp(a[:2])


def grids_of(
    area: Area | None, products: Sequence[Product], pixel_size: float | None, reference: Product, tie: BaseTie | None
) -> Grids:
    """The grids of a series. Raises InputError as ``series_grid`` does."""
    if tie is None:
        grid = series_grid(area, products, pixel_size, reference)
        return Grids(grid, grid)
    true = series_grid(area, products, pixel_size, reference, tie.moved_by)
    size = true.pixel_size
    images = replace(
        true,
        left=true.left - round(tie.moved_by[0] / size) * size,
        top=true.top - round(tie.moved_by[1] / size) * size,
    )
    return Grids(true, images, tie.warp(true, images), tie)
