"""Analysis-ready data over the published images: STAC items as the USGS gives them, and their cloud-optimised GeoTIFFs.

A COG is made when it is first asked for: the image in the USGS's projection, its special DNs turned to 0 (nodata),
scale and offset in the band. Items come in both vocabularies that the real service has had, by the orbit's parity.
Their ``datetime`` is when they were made, not when the image was taken, as in the real ones.
"""

from __future__ import annotations

import math
import threading
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, osr

from ..common.errors import OutputError
from ..common.files import whole_file
from ..common.rasters import gdal_quiet
from .names import Layout, parse_product_id

COLLECTION = "mro_hirise_uncontrolled_observations"
#: Where the files lie below the server's ``/ard``, as in the real bucket.
FOLDER = "mars/mro/hirise/uncontrolled"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
_SPECIAL = (1, 2, 1022, 1023)
_PROVENANCE = "Made by the MarsCD sandbox from a product that it published: not a USGS file.\n"


def item_of(record: dict[str, Any], files_root: str, api_root: str) -> dict[str, Any]:
    """The STAC item of an ODE record of HiRISE. ``files_root`` is the server's ``/ard``, ``api_root`` its ``/api``."""
    name = record["pdsid"]
    here = f"{files_root}/{FOLDER}/{name}/{name}"
    ring = _ring(record["Footprint_C0_geometry"])
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    box = [west, min(p[1] for p in ring), east, max(p[1] for p in ring)]
    collection = f"{api_root}/collections/{COLLECTION}"
    older = int(record["Start_orbit_number"]) % 2 == 1
    properties: dict[str, Any] = {
        "title": f"{name}: uncontrolled observation", "license": "CC0-1.0", "ssys:targets": ["Mars"],
        "datetime": record["Product_creation_time"].split(".")[0] + "Z", "gsd": float(record["Map_scale"]),
    }  # fmt: skip
    if older:
        properties |= {"proj:epsg": None, "instruments": ["HiRISE"], "missions": ["Mars Reconnaissance Orbiter"]}
        # The older items carry their CRS in a second pair of quotes.
        properties["proj:wkt2"] = '"' + _reference(box[1]).ExportToWkt().replace('"', '\\"') + '"'
    else:
        properties |= {"proj:code": _code(box[1]), "instruments": ["hirise"], "mission": "mro"}
    return {
        "type": "Feature", "stac_version": "1.0.0" if older else "1.1.0", "id": name, "collection": COLLECTION,
        "stac_extensions": ["https://stac-extensions.github.io/projection/v1.1.0/schema.json"],
        "geometry": {"type": "Polygon", "coordinates": [ring]}, "bbox": box, "properties": properties,
        "assets": _older_assets(here) if older else _newer_assets(here),
        "links": [
            {"rel": "self", "type": "application/geo+json", "href": f"{collection}/items/{name}"},
            {"rel": "collection", "type": "application/json", "href": collection},
            {"rel": "root", "type": "application/json", "href": api_root},
        ],
    }  # fmt: skip


def _newer_assets(here: str) -> dict[str, Any]:
    return {
        "thumbnail": {"href": f"{here}.jpg", "type": "image/jpeg", "roles": ["thumbnail"]},
        "image": {"href": f"{here}.tif", "type": COG, "roles": ["data"], "title": "Image"},
        "label": {"href": f"{here}.LBL", "type": "text/plain", "roles": ["metadata"]},
        "provenance": {"href": f"{here.rsplit('/', 1)[0]}/provenance.txt", "type": "text/plain", "roles": ["metadata"]},
    }


def _older_assets(here: str) -> dict[str, Any]:
    made = {
        "ortho image": {"href": f"{here}.tif", "type": COG, "roles": ["data"], "title": "Orthoimage"},
        "thumbnail": {"href": f"{here}.jpg", "type": "image/jpeg", "roles": ["thumbnail"]},
        # No role says that this one is not the image; its media type does.
        "pds_label": {"href": f"{here}.LBL", "type": "text/plain", "roles": ["metadata"]},
        "intersection_err": {"href": f"{here}_err.tif", "type": "image/tiff; application=geotiff",
                             "roles": ["metadata", "data-mask"]},
    }  # fmt: skip
    return {key: asset | {"key": key} for key, asset in made.items()}


def _ring(wkt: str) -> list[list[float]]:
    """The first ring of a WKT polygon."""
    inside = wkt[wkt.index("((") + 2 : wkt.index(")")]
    return [[float(v) for v in pair.split()] for pair in inside.split(",")]


def _code(latitude: float) -> str:
    return "IAU_2015:49910" if abs(latitude) <= 65 else "IAU_2015:49930" if latitude > 0 else "IAU_2015:49935"


def _reference(latitude: float) -> osr.SpatialReference:
    made = osr.SpatialReference()
    made.SetFromUserInput(_code(latitude))
    made.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return made


class CogMaker:
    """Makes the files behind items, each once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = threading.Lock()
        self.root = layout.root / "ard"

    def ensure(self, product_id: str, record: dict[str, Any]) -> None:
        """The item's files are there. Raises OutputError."""
        folder = self.root / FOLDER / product_id
        with self._lock:
            name = parse_product_id(product_id)
            for source, ending in ((name.label_path, ".LBL"), (name.browse_path, ".jpg")):
                if not (folder / f"{product_id}{ending}").exists():
                    _copy(self._layout.pds / source, folder / f"{product_id}{ending}")
            if not (folder / "provenance.txt").exists():
                with whole_file(folder / "provenance.txt") as part:
                    part.write_text(_PROVENANCE, encoding="ascii")
            image = self._layout.pds / name.image_path
            cog = folder / f"{product_id}.tif"
            if not cog.exists() or cog.stat().st_mtime < image.stat().st_mtime:
                write_cog(
                    image, cog, _radiometry(self._layout.pds / name.label_path), float(record["Minimum_latitude"])
                )


def _copy(source: Path, place: Path) -> None:
    with whole_file(place) as part:
        part.write_bytes(source.read_bytes())


def _radiometry(label: Path) -> tuple[float, float]:
    found = {}
    for line in label.read_text(encoding="ascii", errors="replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() in ("SCALING_FACTOR", "OFFSET"):
            found[key.strip()] = float(value)
    return found["SCALING_FACTOR"], found["OFFSET"]


def write_cog(image: Path, path: Path, radiometry: tuple[float, float], latitude: float) -> None:
    """The image as the USGS lays it out: 16 bits, nodata 0, overviews, scale and offset in the bands."""
    with gdal_quiet():
        source = gdal.OpenEx(str(image), gdal.OF_RASTER, allowed_drivers=["JP2OpenJPEG"])
        memory = gdal.GetDriverByName("MEM").CreateCopy("", source)
        for number in range(1, memory.RasterCount + 1):
            data = memory.GetRasterBand(number).ReadAsArray()
            memory.GetRasterBand(number).WriteArray(np.where(np.isin(data, _SPECIAL), 0, data))
        scale = abs(source.GetGeoTransform()[1])
        warped = gdal.Warp(
            "", memory, format="MEM", dstSRS=_reference(latitude).ExportToWkt(), xRes=scale, yRes=scale,
            targetAlignedPixels=True, resampleAlg="near", srcNodata=0, dstNodata=0, outputType=gdal.GDT_UInt16,
        )  # fmt: skip
        for number in range(1, warped.RasterCount + 1):
            band = warped.GetRasterBand(number)
            band.SetNoDataValue(0)
            band.SetScale(radiometry[0])
            band.SetOffset(radiometry[1])
        levels = max(0, math.ceil(math.log2(max(warped.RasterXSize, warped.RasterYSize) / 512)))
        with whole_file(path) as part:
            made = gdal.GetDriverByName("COG").CreateCopy(
                str(part), warped, 0, ["COMPRESS=LZW", "PREDICTOR=2", "BLOCKSIZE=256", "OVERVIEW_RESAMPLING=AVERAGE",
                                       f"OVERVIEW_COUNT={levels}", "NUM_THREADS=1"],
            )  # fmt: skip
            if made is None:
                raise OutputError(f"{path} could not be written ({gdal.GetLastErrorMsg()}).", "Check the disk.")
            made = None
