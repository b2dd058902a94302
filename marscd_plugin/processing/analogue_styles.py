"""The distance raster opens with a legend made for it: strong where it looks like the target, clear elsewhere."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from ..common.files import write_text
from .words import tr

#: Percentiles of the distances, and the colour (with opacity) that the raster has there. So few places look alike that
#: an even ramp would show nothing.
_STOPS = ((0.0, "#4a0072", 255), (1.0, "#b5179e", 255), (5.0, "#f3722c", 225), (25.0, "#f9c74f", 130),
          (100.0, "#ffffe0", 0))  # fmt: skip
_SAMPLE = 1024

_QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40" styleCategories="Symbology">
  <pipe>
    <provider><resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour"
      zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2"/></provider>
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="0.85" alphaBand="-1" nodataColor=""
      classificationMin="{low}" classificationMax="{high}">
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0"
          minimumValue="{low}" maximumValue="{high}">
{entries}
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
"""


def style_distance(path: str | Path) -> None:
    """Write the QML beside a distance raster. A user's own style file is left alone."""
    import numpy as np

    from ..common.rasters import open_raster

    target = Path(path).with_suffix(".qml")
    if target.exists() or not Path(path).is_file():
        return
    # A band does not keep its dataset alive.
    dataset = open_raster(path)
    band = dataset.GetRasterBand(1)
    shape = (min(band.YSize, _SAMPLE), min(band.XSize, _SAMPLE))
    values = band.ReadAsArray(buf_ysize=shape[0], buf_xsize=shape[1])
    good = values[np.isfinite(values) & (values != band.GetNoDataValue())]
    if not len(good):
        return
    marks = np.percentile(good, [percent for percent, _, _ in _STOPS]).astype(float)
    # Equal marks would make a ramp of no length.
    for i in range(1, len(marks)):
        marks[i] = max(marks[i], marks[i - 1] + 1e-6)
    words = (tr("most alike"), tr("nearest 1 %"), tr("nearest 5 %"), tr("nearest quarter"), tr("least alike"))
    entries = [
        f'          <item value="{value:.6g}" color="{colour}" alpha="{alpha}" '
        f"label={quoteattr(f'{value:.3f} {word}')}/>"
        for value, (_, colour, alpha), word in zip(marks, _STOPS, words, strict=True)
    ]
    write_text(target, _QML.format(low=f"{marks[0]:.6g}", high=f"{marks[-1]:.6g}", entries="\n".join(entries)))
