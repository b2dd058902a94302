"""Rasters of dates open with their dates as a legend: a QML made for the series at hand, beside the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ..common.files import write_text
from .words import tr

#: From early (yellow) to late (violet), in steps that differ in lightness too (viridis, and beyond).
_RAMP = ((253, 231, 37), (94, 201, 98), (33, 145, 140), (59, 82, 139), (120, 10, 130))

_QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40" styleCategories="Symbology">
  <pipe>
    <provider><resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour"
      zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2"/></provider>
    <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1" nodataColor="">
      <colorPalette>
{entries}
      </colorPalette>
    </rasterrenderer>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
"""


def style_dates(path: str | Path, dates: Sequence[str]) -> None:
    """Name the values 1..n of a raster by the dates; 0 is clear. A user's own style file is left alone."""
    _write(path, tr("no change"), dates)


def style_count(path: str | Path, dates: int) -> None:
    """Name the values 1..n of a raster as numbers of dates."""
    words = [tr("1 date")] + [tr("{count} dates").format(count=n) for n in range(2, dates + 1)]
    _write(path, tr("no change"), words)


def _write(path: str | Path, none: str, names: Sequence[str]) -> None:
    target = Path(path).with_suffix(".qml")
    if target.exists() or not Path(path).is_file():
        return
    entries = [_entry(0, "#ffffff", 0, none)]
    for number, name in enumerate(names):
        entries.append(_entry(number + 1, _colour(number / max(len(names) - 1, 1)), 255, name))
    write_text(target, _QML.format(entries="\n".join(entries)))


def _entry(value: int, colour: str, alpha: int, label: str) -> str:
    return f'        <paletteEntry value="{value}" color="{colour}" alpha="{alpha}" label={quoteattr(label)}/>'


def _colour(share: float) -> str:
    place = share * (len(_RAMP) - 1)
    low = min(int(place), len(_RAMP) - 2)
    part = place - low
    red, green, blue = (round(a + part * (b - a)) for a, b in zip(_RAMP[low], _RAMP[low + 1], strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"
