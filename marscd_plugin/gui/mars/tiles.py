"""Maps from the network: tile services as files that GDAL's WMS driver opens, in a CRS of Mars and cached on disk.

QGIS's own XYZ and WMS layers know Earth CRSs only and could not be drawn on a map of Mars.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from osgeo import gdal

from ...__about__ import version
from ...common.errors import ArchiveError, OutputError
from ...common.files import whole_file, write_text
from ...common.settings import Settings
from ...crawler.address import Guard
from ..words import mark, tr

_USGS = "https://planetarymaps.usgs.gov/cgi-bin/mapserv?map=/maps/mars/mars_simp_cyl.map"
#: Bytes of tiles kept on disk, a map.
_CACHE_BYTES = 500_000_000
_KEEP_SECONDS = 365 * 86400
_TIMEOUT = 10
_PROBE_TIMEOUT = 4
#: 2.6 km a pixel at the equator.
_POLAR_LEVEL, _POLAR_WIDTH = 4, 8192


@dataclass(frozen=True)
class Tiles:
    """One map of a service. ``level`` is the finest zoom level of a tiled one; ``width`` the pixels of a WMS one."""

    key: str
    title: str
    layer: str
    ending: str
    level: int = 0
    width: int = 0


#: Resolutions at the equator: 232 m, 463 m, 200 m and 100 m a pixel; the finest whole zoom level that they fill.
TREK = (
    Tiles("viking", mark("Viking colour (NASA Trek)"), "Mars_Viking_MDIM21_ClrMosaic_global_232m", "jpg", level=7),
    Tiles("mola", mark("Heights in colour (NASA Trek)"), "Mars_MGS_MOLA_ClrShade_merge_global_463m", "jpg", level=6),
)
USGS = (Tiles("themis", mark("Infrared by day, THEMIS (USGS)"), "THEMIS", "jpg", width=213_388),)
ALL = TREK + USGS


def by_key(key: str) -> Tiles:
    """The map of that key. Raises KeyError."""
    return {t.key: t for t in ALL}[key]


def coarse(tiles: Tiles) -> Tiles:
    """The same map as polar maps use it: a view of a pole has all longitudes, and would be a thousand fine tiles."""
    return replace(
        tiles, key=f"{tiles.key}-polar", level=min(tiles.level, _POLAR_LEVEL), width=min(tiles.width, _POLAR_WIDTH)
    )


def description(tiles: Tiles, settings: Settings, cache: Path | None) -> str:
    """The XML that GDAL's WMS driver opens. Without ``cache`` (a probe): short patience, no missing tiles.

    Raises ArchiveError for a root on this computer that was not allowed (see MARSCD_ALLOW_LOOPBACK).
    """
    if tiles.level:
        root = settings.basemap_url
        url = f"{root}/{tiles.layer}/1.0.0/default/default028mm/${{z}}/${{y}}/${{x}}.{tiles.ending}"
        service = f'<Service name="TMS"><ServerUrl>{escape(url)}</ServerUrl></Service>'
        size = f"<TileLevel>{tiles.level}</TileLevel><TileCountX>2</TileCountX><TileCountY>1</TileCountY>"
    else:
        root = _USGS
        service = (
            f'<Service name="WMS"><Version>1.1.1</Version><ServerUrl>{escape(root)}</ServerUrl><SRS>EPSG:4326</SRS>'
            f"<ImageFormat>image/jpeg</ImageFormat><Layers>{tiles.layer}</Layers><Styles></Styles></Service>"
        )
        size = f"<SizeX>{tiles.width}</SizeX><SizeY>{tiles.width // 2}</SizeY>"
    Guard(settings).check_url(root)
    if cache is None:
        kept, patience, lenient = "", _PROBE_TIMEOUT, ""
    else:
        kept = (
            f"<Cache><Path>{escape(str(cache))}</Path><Depth>2</Depth><Extension>.{tiles.ending}</Extension>"
            f"<Expires>{_KEEP_SECONDS}</Expires><MaxSize>{_CACHE_BYTES}</MaxSize></Cache>"
        )
        patience = _TIMEOUT
        lenient = (
            "<ZeroBlockHttpCodes>204,400,403,404,429,500,502,503,504</ZeroBlockHttpCodes>"
            "<ZeroBlockOnServerException>true</ZeroBlockOnServerException>"
        )
    return (
        f"<GDAL_WMS>{service}<DataWindow><UpperLeftX>-180</UpperLeftX><UpperLeftY>90</UpperLeftY>"
        f"<LowerRightX>180</LowerRightX><LowerRightY>-90</LowerRightY>{size}<YOrigin>top</YOrigin></DataWindow>"
        "<Projection>IAU_2015:49900</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>"
        f"<BandsCount>3</BandsCount><Timeout>{patience}</Timeout><UserAgent>MarsCD/{version()}</UserAgent>"
        f"{lenient}{kept}</GDAL_WMS>\n"
    )


def write_map(tiles: Tiles, settings: Settings) -> Path:
    """Write the map's files into the cache folder; returns the one to open. Raises OutputError, ArchiveError.

    It is the service's map without its first and last row of pixels: QGIS does not draw a raster that reaches the
    opposite pole on a polar map.
    """
    folder = Path(settings.cache_dir) / "basemap"
    whole, path = folder / f"{tiles.key}.xml", folder / f"{tiles.key}.vrt"
    text = description(tiles, settings, folder / "tiles")
    if not whole.is_file() or whole.read_text(encoding="utf-8") != text:
        write_text(whole, text)
    refused = OutputError(
        tr("{path} could not be written.").format(path=path),
        tr("Choose a cache folder you may write to, in the settings."),
    )
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        source = gdal.OpenEx(str(whole), gdal.OF_RASTER, allowed_drivers=["WMS"])
        if source is None:
            raise refused
        window = [0, 1, source.RasterXSize, source.RasterYSize - 2]
        with whole_file(path) as part:
            if gdal.Translate(str(part), source, format="VRT", srcWin=window) is None:
                raise refused
    except RuntimeError as error:  # where somebody has switched GDAL's exceptions on
        raise refused from error
    finally:
        gdal.PopErrorHandler()
    return path


def _answers(xml: str) -> bool:
    """Whether GDAL gets a small block of the service's coarsest picture without an error."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    band = data = None
    try:
        data = gdal.OpenEx(xml, gdal.OF_RASTER, allowed_drivers=["WMS"])
        if data is None:
            return False
        band = data.GetRasterBand(1)
        count = band.GetOverviewCount()
        band = band.GetOverview(count - 1) if count else band
        # Driver errors while tiles are brought are only told, not returned: look at what was told.
        gdal.ErrorReset()
        block = band.ReadRaster(0, 0, min(16, band.XSize), min(16, band.YSize))
        return block is not None and gdal.GetLastErrorType() < gdal.CE_Failure
    except RuntimeError:  # where somebody has switched GDAL's exceptions on
        return False
    finally:
        # A band must not outlive its dataset.
        band = None
        data = None
        gdal.PopErrorHandler()


def probe(tiles: Tiles, settings: Settings) -> None:
    """Ask the service for one small picture, the way the map will. Raises ArchiveError where none comes in seconds."""
    # The error is made only once GDAL's objects are closed: a traceback would keep them, to be freed in any order.
    if not _answers(description(tiles, settings, None)):
        raise ArchiveError(
            tr("The online map did not answer."), tr("Check the network connection and the proxy settings.")
        )
