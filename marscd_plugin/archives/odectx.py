"""One ODE product record of CTX (a raw image) as an ``Observation``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ..common.errors import ArchiveError
from ..common.settings import Settings
from ..common.words import Observation, RemoteFile
from ..planet.geometry import bounds
from . import ctx
from .addresses import name_in
from .indexrow import index_row, read_note, sun_azimuth
from .odefields import common_fields, in_order, label_url, listed_files, notes
from .odereply import scalar


def observation_of(record: dict[str, Any], settings: Settings) -> Observation:
    """The record as an Observation, coverage not yet known: the raw image, and the map that ASU makes of it.

    Raises ArchiveError (what is missing, or that the image is garbled) or InputError.
    """
    named = ctx.parse_id(scalar(record, "pdsid"))
    name = named.product_id
    row = read_note(index_row(notes(record)), "CTX", name)
    if row["DATA_QUALITY_DESC"] == "ERROR":
        raise ArchiveError(f"{name} is garbled or cut short, says the archive's index.", "It is left out.")
    fields = common_fields(record, name) | {"orbit": named.orbit}
    raws = [file.url for file, _, _ in listed_files(record)] + [label_url(record)]
    volume = ctx.volume_of(scalar(record, "PDSVolume_Id"), row["VOLUME_ID"], *raws)
    return Observation(
        product_id=name,
        observation_id=name,
        instrument="CTX",
        files=_files(record, name, volume, bounds(fields["footprint"]), settings),
        sub_solar_azimuth=sun_azimuth(row),
        **fields,
    )


def files_of(name: str, volume: str, latitude: float, settings: Settings, size: int | None) -> list[RemoteFile]:
    """The map from ASU's stream and the raw image, of a product of a known volume; ``size`` is the raw image's."""
    raw = ctx.raw_url(settings.ctx_url, volume, name)
    return [
        *ctx.stream_files(settings.ctx_stream_url, volume, name, latitude),
        RemoteFile(raw, f"{name}.IMG", "raw", size),
    ]


def _files(
    record: dict[str, Any], name: str, volume: str, box: tuple[float, float, float, float], settings: Settings
) -> tuple[RemoteFile, ...]:
    found: list[RemoteFile] = []
    stated = label_url(record) if name_in(label_url(record)).upper() == f"{name}.IMG" else ""
    size = None
    for file, kind, about in listed_files(record):
        if file.name.upper() == f"{name}.IMG":
            stated, size = file.url, file.size
        elif kind == "browse" and "THUMB" not in about:
            found.append(replace(file, url=_present(file.url, settings), role="browse"))
        else:
            found.append(file)
    if volume:
        raws = files_of(name, volume, (box[1] + box[3]) / 2, settings, size)
        keep = stated and not _moved_away(stated, settings)
        found += [*raws[:2], replace(raws[2], url=stated) if keep else raws[2]]
    elif stated:
        found.append(RemoteFile(stated, f"{name}.IMG", "raw", size))
    return in_order(found)


def _moved_away(url: str, settings: Settings) -> bool:
    """Whether the file is to be taken from our root: the user's own, or because ODE names a host that is gone."""
    return settings.ctx_url != Settings.ctx_url or (urlsplit(url).hostname or "") in ctx.GONE


def _present(url: str, settings: Settings) -> str:
    """A browse image's address below our root, where its own is not to be used."""
    volume = ctx.volume_of(url)
    if not volume or not _moved_away(url, settings):
        return url
    return f"{settings.ctx_url}/{volume}{url[url.lower().index(f'/{volume}/') + len(volume) + 1 :]}"
