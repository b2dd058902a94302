"""Images that can hold a target or be searched: raster layers of the project, and what is known of each."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject, QgsRasterLayer

from ...common.errors import InputError
from ...planet.bodies import body
from ...planet.crs import body_of, geographic_wkt, transformer
from ..layers import ROLE
from ..mars.view import angle, wkt_of
from ..words import tr

#: Role of an image that was added from this page.
IMAGE_ROLE = "analogue image"
#: Of our own layers only these are pictures of the ground.
_PICTURES = ("", "epoch", "compared image", "basemap", IMAGE_ROLE)


@dataclass(frozen=True)
class Image:
    """A raster layer. ``body`` is "" without a CRS; ``pixel_size`` ground metres a pixel in its middle, if known.

    ``size`` is (columns, rows); ``box`` (left, bottom, right, top) in ``crs`` (WKT, "" without one).
    """

    layer_id: str
    label: str
    source: str
    body: str
    pixel_size: float | None
    size: tuple[int, int]
    box: tuple[float, float, float, float]
    crs: str

    @property
    def layer(self) -> QgsRasterLayer | None:
        """The layer, while the project has it."""
        return QgsProject.instance().mapLayer(self.layer_id)


def offered() -> list[Image]:
    """All of the project, by their names; base maps last."""
    found = [(layer.customProperty(ROLE) == "basemap", image_of(layer)) for layer in _layers()]
    return [image for _, image in sorted(found, key=lambda f: (f[0], f[1].label.lower()))]


def usable(layer: QgsMapLayer) -> bool:
    """A raster that GDAL reads or a tile service (XYZ), and no result of ours."""
    return (
        isinstance(layer, QgsRasterLayer)
        and layer.isValid()
        and (layer.providerType() == "gdal" or _is_tiles(layer))
        and (layer.customProperty(ROLE) or "") in _PICTURES
    )


def image_of(layer: QgsRasterLayer) -> Image:
    """What is known of a layer; nothing is read from its file."""
    wkt = wkt_of(layer.crs()) if layer.crs().isValid() else ""
    extent = layer.extent()
    box = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    on = body_in(wkt)
    size = _tiled_size(layer.source()) if _is_tiles(layer) else (layer.width(), layer.height())
    return Image(layer.id(), layer.name(), layer.source(), on, _pixel(wkt, on, box, size), size, box, wkt)


def body_in(wkt: str) -> str:
    """The body of a CRS; "" where there is none, or it cannot be read."""
    try:
        return body_of(wkt) or ""
    except InputError:
        return ""


def body_of_crs(crs: QgsCoordinateReferenceSystem) -> str:
    """The same of QGIS's."""
    return body_in(wkt_of(crs)) if crs.isValid() else ""


def facts(image: Image) -> str:
    """One line: body, pixel size, width and height on the ground."""
    parts = [body_word(image.body)]
    if image.pixel_size:
        wide, high = (n * image.pixel_size for n in image.size)
        parts.append(tr("{size} m a pixel").format(size=f"{image.pixel_size:.3g}"))
        parts.append(f"{length(wide)} \u00d7 {length(high)}")
    else:
        parts.append(tr("{wide} by {high} pixels, scale unknown").format(wide=image.size[0], high=image.size[1]))
    return " · ".join(parts)


def length(metres: float) -> str:
    """A length in words that fits its size."""
    if metres >= 10_000:
        return tr("{km} km").format(km=f"{metres / 1000:,.0f}")
    if metres >= 1000:
        return tr("{km} km").format(km=f"{metres / 1000:.1f}")
    return tr("{m} m").format(m=f"{metres:.3g}")


def name_of_source(source: str) -> str:
    """What a file or an address is called in the layer tree."""
    plain = source.split("?")[0].rstrip("/")
    return Path(plain).stem or source


def body_word(name: str) -> str:
    """What a body is called in a sentence."""
    if not name:
        return tr("without a place on a planet")
    return {"Mars": tr("Mars"), "Earth": tr("Earth"), "Moon": tr("the Moon")}.get(name, name)


def _is_tiles(layer: QgsRasterLayer) -> bool:
    return bool(layer.providerType() == "wms" and "type=xyz" in layer.source())


def _tiled_size(source: str) -> tuple[int, int]:
    """Pixels of the finest level of an XYZ source (18 where it does not say)."""
    match = re.search(r"zmax=(\d{1,2})", source)
    edge = 256 << min(int(match[1]) if match else 18, 23)
    return edge, edge


def _layers() -> list[QgsRasterLayer]:
    return [layer for layer in QgsProject.instance().mapLayers().values() if usable(layer)]


def _pixel(wkt: str, on: str, box: tuple[float, float, float, float], size: tuple[int, int]) -> float | None:
    """Metres a pixel in the image's middle: the distance on the sphere of two places one pixel row apart."""
    if not wkt or on not in ("Mars", "Moon", "Earth") or min(size) < 1:
        return None
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    step = (box[3] - box[1]) / size[1]
    try:
        lon, lat = transformer(wkt, geographic_wkt(on)).points([x, x], [y, y + step])
    except InputError:
        return None
    if not np.isfinite(lon).all() or not np.isfinite(lat).all():
        return None
    metres = math.radians(angle(lon[0], lat[0], lon[1], lat[1])) * body(on).radius
    return metres if metres > 0 else None
