"""The VRT that dresses a downloaded image in what its label says: CRS, geotransform, nodata, scale and offset.

Written by us with one relative source name, so that moving the folder keeps it whole and nothing from a label becomes
a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from ..common.errors import OutputError
from ..common.files import write_text

_COLOURS = {1: ("Gray",), 3: ("Red", "Green", "Blue")}


def write_vrt(
    image: Path,
    size: tuple[int, int],
    *,
    crs: str,
    geotransform: Sequence[float],
    bands: int,
    data_type: str,
    nodata: float,
    scale: float,
    offset: float,
    descriptions: Sequence[str],
    tags: dict[str, str],
) -> Path:
    """Write ``<image stem>.vrt`` beside the image and return its path. Raises OutputError."""
    if "/" in image.name or "\\" in image.name:
        raise OutputError(f"{image} is not a plain file name.", "Rename it.")
    width, height = size
    colours = _COLOURS.get(bands, ("Undefined",) * bands)
    lines = [
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">',
        f'  <SRS dataAxisToSRSAxisMapping="1,2">{escape(crs)}</SRS>',
        f"  <GeoTransform>{', '.join(repr(float(v)) for v in geotransform)}</GeoTransform>",
        "  <Metadata>",
        *(f"    <MDI key={quoteattr(key)}>{escape(value)}</MDI>" for key, value in tags.items()),
        "  </Metadata>",
    ]
    window = f'xOff="0" yOff="0" xSize="{width}" ySize="{height}"'
    for number in range(1, bands + 1):
        lines += [
            f'  <VRTRasterBand dataType="{data_type}" band="{number}">',
            f"    <Description>{escape(descriptions[number - 1])}</Description>",
            f"    <NoDataValue>{nodata:g}</NoDataValue>",
            f"    <ColorInterp>{colours[number - 1]}</ColorInterp>",
            f"    <Offset>{offset!r}</Offset>",
            f"    <Scale>{scale!r}</Scale>",
            "    <SimpleSource>",
            f'      <SourceFilename relativeToVRT="1" shared="0">{escape(image.name)}</SourceFilename>',
            f"      <SourceBand>{number}</SourceBand>",
            f'      <SourceProperties RasterXSize="{width}" RasterYSize="{height}" DataType="{data_type}" '
            'BlockXSize="1024" BlockYSize="1024"/>',
            f"      <SrcRect {window}/>",
            f"      <DstRect {window}/>",
            "    </SimpleSource>",
            "  </VRTRasterBand>",
        ]
    lines.append("</VRTDataset>")
    path = image.with_suffix(".vrt")
    write_text(path, "\n".join(lines) + "\n")
    return path
