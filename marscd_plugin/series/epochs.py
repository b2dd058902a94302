"""One epoch from its product: registered, shadows found, light evened out, resampled once, stored with its mask."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import RegistrationError
from ..common.progress import Progress, parts
from ..common.provenance import Provenance
from ..common.rasters import Window
from ..common.words import Epoch, Product, Registration
from ..planet.time import mars_date
from .basetie import Grids
from .gate import Gate
from .masks import shadow_limit, shadows
from .radiometry import Normalisation, normalise
from .registration import WORKING_SIZE, Alignment, attempt, identity
from .source import GridMap, RasterScene, Source
from .store import epoch_paths, write_item
from .topography import Levelled, Relief, Terrain, c_correction, read_terrain, relief_of
from .transform import Warp
from .writing import Shown, write_epoch


@dataclass(frozen=True)
class Options:
    """How a series is made, beyond its images. Rasters are paths (or opened products).

    ``base``: a base map to which the whole series is tied. ``dtm``: a terrain model in metres. ``drop_shadows`` makes
    shadows nodata; else they are only marked in the masks.
    """

    base: Path | str | Product | None = None
    dtm: Path | str | Product | None = None
    drop_shadows: bool = False


@dataclass(frozen=True)
class Look:
    """An epoch at reduced size on the series' grid: I/F ``levelled`` where a terrain model did so; ``lit`` bool."""

    values: np.ndarray
    lit: np.ndarray
    shadow_limit: float | None
    slopes: Levelled | None
    shaded: np.ndarray | None


class Workshop:
    """What all epochs of a series share: grids, the reference, the terrain."""

    def __init__(
        self, grids: Grids, reference: Product, source: Source, options: Options, dtm: Product | None,
        progress: Progress,
    ) -> None:  # fmt: skip
        self.grids, self.reference, self.options = grids, reference, options
        self._source = source
        self.terrain: Terrain | None = None if dtm is None else read_terrain(dtm, grids.true, progress)
        self._relief = self._relief_of(reference)
        self._base_look: Look | None = None

    def make(self, folder: Path, product: Product, key: str, progress: Progress) -> Epoch:
        """Register, even out, resample and store one epoch. Raises RegistrationError with the reason."""
        item, cog = epoch_paths(folder, product.product_id)
        mask = folder / "masks" / cog.name
        # An item without its COG, or the other way round, is what a killed run leaves: the item is written last.
        item.unlink(missing_ok=True)
        searching, writing = parts(progress, 0.6, 0.4)
        grids = self.grids
        alignment: Alignment | None = None
        if product is self.reference:
            source, relief, registration = self._source, self._relief, identity()
        else:
            source, relief = Source(product, searching), self._relief_of(product)
            scene = RasterScene(grids.images, self._source, source, self._relief[0], relief[0])
            alignment = attempt(scene, Gate(), searching)
            registration = alignment.registration
            if not registration.accepted:
                raise RegistrationError(registration.reason)
        mapping = GridMap(grids.images, source, relief[0])
        warp = grids.whole(alignment.warp if alignment else None)
        look = self._look(mapping, warp, product)
        light = Normalisation()
        if product is not self.reference:
            against = self._reference_look()
            light = normalise(against.values, look.values, against.lit & look.lit)
        provenance = Provenance(
            "buildseries",
            [product.product_id, self.reference.product_id],
            {
                "base": grids.tie.words if grids.tie else "",
                "terrain": look.slopes.words if look.slopes else "",
                "relief": relief[1],
            },
            registration=asdict(registration),
        )
        shown = Shown(
            light, look.shadow_limit, self.terrain, look.slopes.gain if look.slopes else None, look.shaded,
            self.options.drop_shadows,
        )  # fmt: skip
        trusted = grids.trusted(alignment.trusted) if alignment else None
        share, masked = write_epoch(
            mapping, grids.true, warp, trusted, shown, cog, mask, writing, provenance.raster_tags()
        )
        epoch = epoch_of(product, cog, share, registration)
        extra: dict[str, Any] = {
            "marscd:gain": light.gain,
            "marscd:offset": light.offset,
            "marscd:warp": _warp_json(alignment),
            "marscd:masked": masked.as_json(),
            "marscd:shadow_limit": look.shadow_limit,
            "marscd:shadow_rule": _shadow_words(look, self.terrain),
        }
        if look.slopes is not None:
            extra |= {"marscd:terrain": look.slopes.words, "marscd:relief": relief[1]}
        write_item(folder, epoch, grids.true, key, extra, grids.ties(alignment) if alignment else None)
        return epoch

    def _reference_look(self) -> Look:
        if self._base_look is None:
            mapping = GridMap(self.grids.images, self._source, self._relief[0])
            self._base_look = self._look(mapping, self.grids.whole(None), self.reference)
        return self._base_look

    def _look(self, mapping: GridMap, warp: Warp | None, product: Product) -> Look:
        """Reduced to the terrain's nodes where there is one, else to a size that medians need."""
        grid, terrain = self.grids.true, self.terrain
        window = Window(0, 0, grid.width, grid.height)
        factor = terrain.factor if terrain else max(1, -(-max(grid.width, grid.height) // (WORKING_SIZE // 2)))
        patch = mapping.patch(window, factor, warp)
        limit = shadow_limit(patch.values, patch.valid)
        lit = patch.valid & ~shadows(patch.values, patch.valid, limit)
        if terrain is None:
            return Look(patch.values, lit, limit, None, None)
        shaded = None
        if product.incidence is not None and product.sub_solar_azimuth is not None:
            shaded = terrain.shaded(product.incidence, product.sub_solar_azimuth)
            lit &= ~shaded
        slopes = c_correction(terrain, patch.values, lit, product.incidence, product.sub_solar_azimuth)
        values = patch.values if slopes.gain is None else patch.values * slopes.gain
        return Look(values, lit, limit, slopes, shaded)

    def _relief_of(self, product: Product) -> tuple[Relief | None, str]:
        if self.terrain is None:
            return None, ""
        return relief_of(self.terrain, product, self.grids.back())


def _shadow_words(look: Look, terrain: Terrain | None) -> str:
    if look.shadow_limit is None:
        words = "no limit of brightness for shadows: the image has no I/F, or too much spread"
    else:
        words = f"darker than I/F {look.shadow_limit:.4f} counts as shadow"
    if terrain is not None:
        words += (
            "; cast shadows by the terrain model and the sun"
            if look.shaded is not None
            else "; no cast shadows: the sun's incidence or azimuth is not known"
        )
    return words


def _warp_json(alignment: Alignment | None) -> dict[str, Any] | None:
    if alignment is None:
        return None
    warp: Warp = alignment.warp
    return {
        "affine": [[round(float(v), 9) for v in row] for row in warp.affine],
        "field": warp.nodes is not None,
        "seams": len(warp.seams),
    }


def epoch_of(product: Product, raster: Path, share: float, registration: Registration | None) -> Epoch:
    """The product as an epoch; ``share`` of the grid is valid."""
    time = product.time
    assert isinstance(time, datetime)
    when = mars_date(time)
    return Epoch(
        product_id=product.product_id,
        raster=raster,
        time=time,
        mars_year=product.mars_year if product.mars_year is not None else when.mars_year,
        solar_longitude=product.solar_longitude if product.solar_longitude is not None else when.solar_longitude,
        valid_fraction=round(share, 6),
        registration=registration,
        incidence=product.incidence,
        emission=product.emission,
        phase=product.phase,
        sub_solar_azimuth=product.sub_solar_azimuth,
    )
