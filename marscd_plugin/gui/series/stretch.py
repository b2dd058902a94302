"""Black and white points of a series: one for all its epochs, and each epoch's own."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsContrastEnhancement, QgsRasterLayer, QgsSingleBandGrayRenderer

from ...common.progress import Progress, check
from ...common.words import Series

#: Custom properties of a layer: "low,high" of all epochs, of this one, and which of them is shown.
COMMON, OWN, SHOWN = "marscd/stretch_common", "marscd/stretch_own", "marscd/stretch"

#: Percentiles that become black and white.
_CUT = (2.0, 98.0)
#: Edge, in pixels, at which an epoch is read for its percentiles: an overview's worth.
_SIZE = 512
#: Pixels of each epoch that go into the common stretch: every epoch counts alike.
_SHARE = 20_000


@dataclass(frozen=True)
class Stretches:
    """(low, high) in the rasters' units: of all epochs together, and by product id."""

    common: tuple[float, float]
    own: dict[str, tuple[float, float]]


def measure(series: Series, progress: Progress) -> Stretches:
    """Percentiles 2 and 98 at reduced resolution, nodata left out. Raises InputError, CancelledError. In a worker."""
    import numpy as np

    own: dict[str, tuple[float, float]] = {}
    pooled = []
    for index, epoch in enumerate(series.epochs):
        check(progress)
        values = _values(epoch.raster)
        own[epoch.product_id] = _limits(values)
        pooled.append(values[:: max(1, values.size // _SHARE)])
        progress.report((index + 1) / len(series.epochs))
    return Stretches(_limits(np.concatenate(pooled)), own)


def _values(path):
    import numpy as np

    from ...common.rasters import open_raster, read

    dataset = open_raster(path, ["GTiff"])
    factor = max(1.0, max(dataset.RasterXSize, dataset.RasterYSize) / _SIZE)
    band = dataset.GetRasterBand(1)
    shape = (max(1, round(dataset.RasterYSize / factor)), max(1, round(dataset.RasterXSize / factor)))
    values = read(band, out_shape=shape, dtype=np.float32)
    nodata = band.GetNoDataValue()
    good = np.isfinite(values) if nodata is None else np.isfinite(values) & (values != np.float32(nodata))
    return values[good]


def _limits(values) -> tuple[float, float]:
    import numpy as np

    if values.size == 0:
        return 0.0, 1.0
    low, high = (float(v) for v in np.percentile(values, _CUT))
    return (low, high) if high > low else (low, low + max(abs(low) * 1e-3, 1e-6))


def keep(layer: QgsRasterLayer, common: tuple[float, float], own: tuple[float, float]) -> None:
    """Remember both stretches in the layer: they travel with the project."""
    layer.setCustomProperty(COMMON, f"{common[0]!r},{common[1]!r}")
    layer.setCustomProperty(OWN, f"{own[0]!r},{own[1]!r}")


def show(layer: QgsRasterLayer, same: bool) -> None:
    """Show the layer by the common stretch, or by its own. A layer that remembers none is left as it is."""
    limits = _remembered(layer, COMMON if same else OWN)
    provider = layer.dataProvider()
    if limits is None or provider is None:
        return
    enhancement = QgsContrastEnhancement(provider.dataType(1))
    enhancement.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, False
    )
    enhancement.setMinimumValue(limits[0], False)
    enhancement.setMaximumValue(limits[1])
    renderer = QgsSingleBandGrayRenderer(provider, 1)
    renderer.setContrastEnhancement(enhancement)
    layer.setRenderer(renderer)
    layer.setCustomProperty(SHOWN, "common" if same else "own")
    layer.triggerRepaint()


def _remembered(layer: QgsRasterLayer, name: str) -> tuple[float, float] | None:
    try:
        low, high = (float(v) for v in str(layer.customProperty(name) or "").split(","))
    except ValueError:
        return None
    return (low, high) if high > low else None
