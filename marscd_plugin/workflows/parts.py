"""Only the part of a HiRISE image that an area needs: from the area to pixel windows, and what they will cost.

The label says where the image's pixels lie, so it comes first; then the image's own headers, which say how many bytes
the windows are. What cannot be had in parts is fetched whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..common.errors import MarscdError, ProductError
from ..common.progress import Progress
from ..common.rasters import Window
from ..common.settings import Settings
from ..common.words import Area, Observation
from ..crawler.fetch import FileRequest, destination
from ..crawler.jp2 import PartWish, serves
from ..crawler.jp2.survey import Cost, survey
from ..planet import geometry
from ..planet.areas import simple_parts
from ..planet.systems import spatial_reference
from ..products.codestream.record import part_name
from ..products.label import read_label
from ..products.projection import LabelProjection, label_projection

#: Metres around the area that are fetched with it: images lie some tens of metres off each other before registration.
MARGIN = 100.0
#: A part with more than this share of the pixels is not worth being one.
_NEARLY_ALL = 0.85
#: An area in more pieces than this is fetched as one rectangle.
_MOST_PIECES = 16
#: What a part costs above its share of the pixels (measured: docs/partial-jp2.md), for estimates before any header.
_ABOVE_SHARE = 1.3


@dataclass(frozen=True)
class Parted:
    """Requests in which images became parts where that can be; ``lost`` names products whose label is not there, with
    the reason why their image is left out."""

    requests: tuple[FileRequest, ...]
    lost: tuple[tuple[str, str], ...]


def may_be_parted(observation: Observation) -> bool:
    """Is it an image that can come in parts: HiRISE's JP2 with its label?"""
    image = observation.file("image")
    return (
        observation.instrument == "HIRISE"
        and observation.file("label") is not None
        and image is not None
        and image.name.lower().endswith(".jp2")
    )


def labels_of(requests: Iterable[FileRequest], observations: Iterable[Observation]) -> list[FileRequest]:
    """The labels that must be here before images can be fetched in parts."""
    wanted = {o.product_id for o in observations if may_be_parted(o)}
    return [r for r in requests if r.role == "label" and r.product_id in wanted]


def in_parts(
    requests: Sequence[FileRequest],
    observations: Iterable[Observation],
    area: Area,
    settings: Settings,
    progress: Progress,
) -> Parted:
    """Turn images into parts: of those whose labels are here, what ``area`` needs, at what cost (``part.expected``).

    Images that stand whole in the folder stay as they are. Asks the archive for the headers of the others. Raises
    CancelledError.
    """
    made, lost = _wished(requests, observations, area)
    costs = survey(list(made.values()), settings, progress)
    gone = {product for product, _ in lost}
    done = []
    for number, request in enumerate(requests):
        part = made.get(number)
        if request.role == "image" and request.product_id in gone:
            continue
        done.append(request if part is None else _with_cost(request, part, costs.get(part.path), progress))
    return Parted(tuple(done), tuple(lost))


def known_parts(
    requests: Sequence[FileRequest], observations: Iterable[Observation], area: Area
) -> tuple[FileRequest, ...]:
    """The requests as ``in_parts`` makes them, as far as can be told without asking an archive: their cost is not
    known, and an image whose label is not here yet stays whole."""
    made, _ = _wished(requests, observations, area)
    return tuple(made.get(number, request) for number, request in enumerate(requests))


def _wished(
    requests: Sequence[FileRequest], observations: Iterable[Observation], area: Area
) -> tuple[dict[int, FileRequest], list[tuple[str, str]]]:
    """(place in ``requests`` -> the request of its part, products whose label does not say which part and why)."""
    labels = {r.product_id: r.path for r in labels_of(requests, observations)}
    made: dict[int, FileRequest] = {}
    lost: list[tuple[str, str]] = []
    for number, request in enumerate(requests):
        label = labels.get(request.product_id)
        if request.role != "image" or label is None or _stands_whole(request.path):
            continue
        try:
            wish = part_wish(label, area)
        except MarscdError as error:
            reason = str(error) if label.is_file() else "its label did not come, and says which part of it is needed"
            lost.append((request.product_id, reason))
            continue
        if wish is not None:
            path = destination(request.path.parent, part_name(request.path.name))
            made[number] = replace(request, path=path, part=wish)
    return made, lost


def parts_within(
    requests: Sequence[FileRequest],
    observations: Sequence[Observation],
    area: Area,
    max_download_mb: float | None,
    settings: Settings,
    progress: Progress,
) -> tuple[list[FileRequest], list[tuple[Observation, str]]]:
    """The requests, images made parts where that can be (``in_parts``), of the observations that fit MAX_DOWNLOAD_MB by
    what will really come; and those left out with the reason."""
    parted = in_parts(requests, observations, area, settings, progress)
    left_out = dict(parted.lost)
    limit = math.inf if max_download_mb is None else max_download_mb * 1e6
    total = 0
    for observation in observations:
        if observation.product_id in left_out:
            continue
        size = sum(expected_bytes(r) or 0 for r in parted.requests if r.product_id == observation.product_id)
        if total + size > limit:
            left_out[observation.product_id] = (
                f"MAX_DOWNLOAD_MB is {max_download_mb:g}, it would take {(total + size) / 1e6:.0f} MB"
            )
        else:
            total += size
    kept = [r for r in parted.requests if r.product_id not in left_out]
    return kept, [(o, left_out[o.product_id]) for o in observations if o.product_id in left_out]


def part_wish(label: Path, area: Area, margin: float = MARGIN) -> PartWish | None:
    """The pixels of the image of a label that an area needs, ``margin`` metres around it included.

    None where that is nearly the whole image. Raises ProductError for a label that cannot be read, or whose image does
    not reach the area.
    """
    projection = label_projection(read_label(label))
    windows = area_windows(projection, area, margin)
    if not windows:
        raise ProductError(f"The image of {label.stem} does not reach the area.", "Leave it out.")
    pixels = sum(w.width * w.height for w in windows)
    return PartWish(windows) if pixels < _NEARLY_ALL * projection.width * projection.height else None


def area_windows(projection: LabelProjection, area: Area, margin: float = MARGIN) -> tuple[Window, ...]:
    """Pixel windows of an image around each piece of an area, clipped to it; () where they do not meet."""
    outline = geometry.project(area, projection.crs)
    pieces = [p.bounds for p in simple_parts(outline) if p.area > 0]
    if len(pieces) > _MOST_PIECES:
        pieces = [outline.bounds]
    left, step_x, _, top, _, step_y = projection.geotransform
    round_the_body = _round(projection)
    windows: list[Window] = []
    for west, south, east, north in pieces:
        for turn in (-round_the_body, 0.0, round_the_body) if round_the_body else (0.0,):
            x0 = math.floor((west + turn - margin - left) / step_x)
            x1 = math.ceil((east + turn + margin - left) / step_x)
            y0 = math.floor((north + margin - top) / step_y)
            y1 = math.ceil((south - margin - top) / step_y)
            x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, projection.width), min(y1, projection.height)
            if x0 < x1 and y0 < y1:
                windows.append(Window(x0, y0, x1 - x0, y1 - y0))
    return tuple(windows)


def estimated_size(observation: Observation, area: Area | None) -> int:
    """Bytes that an observation will take, before anything of it is known but its footprint; 0 where the archive does
    not say its size."""
    size = observation.size or 0
    if area is None or not size or not may_be_parted(observation):
        return size
    footprint = geometry.area_m2(observation.footprint)
    share = geometry.area_m2(area) / footprint if footprint > 0 else 1.0
    return min(size, math.ceil(size * share * _ABOVE_SHARE))


def expected_bytes(request: FileRequest) -> int | None:
    """Bytes that a request will take in all, None where that is not known."""
    return request.size if request.part is None else request.part.expected


def _with_cost(whole: FileRequest, part: FileRequest, cost: Cost | None, progress: Progress) -> FileRequest:
    if cost is None:
        return part
    if cost.whole:
        progress.report(0.0, f"{whole.path.name} is fetched whole: {cost.why}.")
        return whole
    return replace(part, part=replace(part.part, expected=cost.bytes))


def _stands_whole(path: Path) -> bool:
    return path.is_file() and serves(path, None)


def _round(projection: LabelProjection) -> float:
    """After how many metres the map comes round again; 0 for polar ones. An image may lie across its map's edge."""
    if projection.polar:
        return 0.0
    parallel = spatial_reference(projection.crs).GetProjParm("standard_parallel_1", 0.0)
    return 2 * math.pi * projection.radius * math.cos(math.radians(parallel))
