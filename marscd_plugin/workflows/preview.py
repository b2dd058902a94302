"""A small picture of a large HiRISE image on the map, before it is fetched: its label, and its lowest resolutions by
ranges."""

from __future__ import annotations

from pathlib import Path

from ..common.errors import DownloadError, InputError
from ..common.files import safe_name
from ..common.progress import Progress, check
from ..common.settings import Settings
from ..common.words import Observation
from ..crawler.fetch import FileRequest, destination
from ..crawler.jp2.overview import bring_overview
from ..crawler.session import RequestsWeb
from ..products.jp2 import check_jp2
from ..products.label import read_label
from ..products.projection import label_projection
from ..products.vrt import write_vrt
from .fetch import DONE, bring
from .parts import may_be_parted

#: Pixels of the longer side at most: enough to see what is worth fetching.
SIDE = 2048


def bring_preview(
    observation: Observation, folder: Path, settings: Settings, progress: Progress, side: int = SIDE
) -> Path:
    """A VRT in ``folder`` with the image at no more than ``side`` pixels, in its place on Mars; numbers are DNs, 0 is
    nodata (towards the edge mixed with ground). One that is there already is kept.

    Raises InputError for images that have no such overview (CTX, CRISM, ARD), NotByPartsError where the archive gives
    it only whole, DownloadError, OutputError, CancelledError.
    """
    image, label = observation.file("image"), observation.file("label")
    if image is None or label is None or not may_be_parted(observation):
        raise InputError(
            f"{observation.product_id} has no overview that can be fetched by itself.",
            "Fetch the image, or look at its thumbnail.",
        )
    name = safe_name(observation.product_id)
    place = destination(folder, f"{name}.overview.JP2")
    vrt = place.with_suffix(".vrt")
    if vrt.is_file() and place.is_file():
        return vrt
    request = FileRequest(label.url, destination(folder, f"{name}.LBL"), observation.product_id, "label", label.size)
    result = bring([request], folder, settings, progress)[0]
    if result.state not in DONE:
        raise DownloadError(f"The label of {name} could not be fetched: {result.reason}", "Try again later.")
    projection = label_projection(read_label(request.path))

    def arrived(size: int, total: int) -> None:
        check(progress)
        progress.report(size / max(total, 1), f"Overview of {name}: {size / 1e6:.1f} of {total / 1e6:.1f} MB.")

    with RequestsWeb(settings, progress) as web:
        halvings = bring_overview(web, image.url, place, side, arrived)
    size = check_jp2(place)
    left, across, _, top, _, down = projection.geotransform
    factor = 2.0**halvings
    return write_vrt(
        place,
        (size.width, size.height),
        crs=projection.crs,
        geotransform=(left, across * factor, 0.0, top, 0.0, down * factor),
        bands=size.bands,
        data_type="UInt16",
        nodata=0.0,
        scale=1.0,
        offset=0.0,
        descriptions=tuple(f"band {number}" for number in range(1, size.bands + 1)),
        tags={"PRODUCT_ID": observation.product_id, "MARSCD_OVERVIEW": f"1/{int(factor)} of the resolution"},
    )
