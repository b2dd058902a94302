"""The VRT that dresses a downloaded image in what its label says: CRS, geotransform, nodata, scale and offset.

Written by us with one relative source name, so that moving the folder keeps it whole and nothing from a label becomes
a path.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from ..common import settings
from ..common.errors import OutputError
from ..common.files import safe_name, write_text
from ..common.provenance import key_of
from ..common.rasters import Window

log = logging.getLogger(__name__)

_COLOURS = {1: ("Gray",), 3: ("Red", "Green", "Blue")}


def write_vrt(
    image: Path,
    size: tuple[int, int],
    *,
    crs: str,
    geotransform: Sequence[float],
    bands: int,
    data_type: str,
    nodata: float | None,
    scale: float,
    offset: float,
    descriptions: Sequence[str],
    tags: dict[str, str],
    band_tags: Sequence[dict[str, str]] = (),
    window: tuple[int, int] = (0, 0),
    source_size: tuple[int, int] | None = None,
    lookup: str = "",
    pieces: Sequence[Window] = (),
) -> Path:
    """Write ``<image stem>.vrt`` beside the image and return its path. Raises OutputError.

    Where the image's folder may not be written, the VRT goes to the cache folder and names the image by its full path.

    ``size`` is (width, height) of the result: the source's own, or a part of a source of ``source_size`` that begins at
    ``window`` (column, row). ``lookup`` is GDAL's LUT text (``0:1,1:3,...``) through which values go. With
    ``pieces`` (pixel windows, of a result as large as its source) only those are read, and all else is nodata.
    """
    if "/" in image.name or "\\" in image.name:
        raise OutputError(f"{image} is not a plain file name.", "Rename it.")
    width, height = size
    full_width, full_height = source_size or size
    kind = "ComplexSource" if lookup else "SimpleSource"
    colours = _COLOURS.get(bands, ("Undefined",) * bands)
    source = f'<SourceFilename relativeToVRT="1" shared="0">{escape(image.name)}</SourceFilename>'
    lines = [
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">',
        f'  <SRS dataAxisToSRSAxisMapping="1,2">{escape(crs)}</SRS>',
        f"  <GeoTransform>{', '.join(repr(float(v)) for v in geotransform)}</GeoTransform>",
        *_metadata(tags, "  "),
    ]
    rectangles = [(_rectangle(p), _rectangle(p)) for p in pieces] or [
        (_rectangle(Window(*window, width, height)), _rectangle(Window(0, 0, width, height)))
    ]
    source_type = "Byte" if lookup else data_type
    for number in range(1, bands + 1):
        lines += [
            f'  <VRTRasterBand dataType="{data_type}" band="{number}">',
            f"    <Description>{escape(descriptions[number - 1])}</Description>",
            *(_metadata(band_tags[number - 1]) if band_tags else ()),
            *(() if nodata is None else (f"    <NoDataValue>{nodata!r}</NoDataValue>",)),
            f"    <ColorInterp>{colours[number - 1]}</ColorInterp>",
            f"    <Offset>{offset!r}</Offset>",
            f"    <Scale>{scale!r}</Scale>",
        ]
        for taken, placed in rectangles:
            lines += [
                f"    <{kind}>",
                f"      {source}",
                f"      <SourceBand>{number}</SourceBand>",
                f'      <SourceProperties RasterXSize="{full_width}" RasterYSize="{full_height}" '
                f'DataType="{source_type}" BlockXSize="1024" BlockYSize="1024"/>',
                f"      <SrcRect {taken}/>",
                f"      <DstRect {placed}/>",
                *((f"      <LUT>{lookup}</LUT>",) if lookup else ()),
                f"    </{kind}>",
            ]
        lines.append("  </VRTRasterBand>")
    lines.append("</VRTDataset>")
    text = "\n".join(lines) + "\n"
    path = image.with_suffix(".vrt")
    try:
        write_text(path, text)
    except OutputError as error:
        full = str(image.absolute())
        path = Path(settings.load().cache_dir) / "vrt" / f"{safe_name(image.stem)}.{key_of(full)}.vrt"
        log.info("%s; %s is used", error, path)
        absolute = f'<SourceFilename relativeToVRT="0" shared="0">{escape(full)}</SourceFilename>'
        write_text(path, text.replace(source, absolute))
    return path


def _rectangle(window: Window) -> str:
    return f'xOff="{window.column}" yOff="{window.row}" xSize="{window.width}" ySize="{window.height}"'


def _metadata(tags: dict[str, str], indent: str = "    ") -> list[str]:
    lines = [f"{indent}  <MDI key={quoteattr(key)}>{escape(value)}</MDI>" for key, value in tags.items()]
    return [f"{indent}<Metadata>", *lines, f"{indent}</Metadata>"] if lines else []
