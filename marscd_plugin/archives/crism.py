"""CRISM names, and an ODE record of one of its products as an ``Observation``.

``FRT0000938E_07_IF163J_MTR3``: class and target number, counter, kind of product with its macro and sensor (S VNIR, L
infrared, J joined), and processing. What is searched for are spectral cubes (IF, IN: I/F, RA: radiance) and cubes of
summary parameters (SR: refined, SU: older); geometry (DE) and wavelength tables (WV) are no observations of their own,
and browse images (BR) go with the cubes of the same observation.

A map-projected cube is nothing without its label and its ENVI header: the three are one product. Their folder holds the
day of the year, so addresses are ODE's, never made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ..common.errors import ArchiveError, InputError
from ..common.settings import Settings
from ..common.words import Observation, RemoteFile
from .addresses import below, name_in
from .odefields import common_fields, in_order, label_url, listed_files
from .odereply import scalar

_ID = re.compile(
    r"([A-Z]{3})([0-9A-F]{8})_([0-9A-F]{2})_(?:([A-Z]{2})([0-9]{3})|BR([A-Z0-9]{3}))([SLJ])_"
    r"((?:MTR|TER|TRR|DDR|EDR)[0-9A-Z])"
)
#: Kinds that are observations: spectra and summary parameters.
SPECTRAL, SUMMARY = ("IF", "IN", "RA"), ("SR", "SU")
_ENDINGS = {".img": "image", ".lbl": "label", ".hdr": "header"}
#: What the image needs beside it to be read. The cubes of TRDR have their label only.
_UNIT = {"MTR": ("image", "label", "header"), "TER": ("image", "label", "header"), "TRR": ("image", "label")}


@dataclass(frozen=True, order=True)
class CrismId:
    """One product; ``kind`` is IF, IN, RA, SR, SU, DE, WV or BR, ``process`` MTR3, TER3, TRR3 ..."""

    product_id: str
    observation_id: str
    kind: str
    sensor: str
    process: str

    @property
    def wanted(self) -> bool:
        """Whether it is an observation of its own."""
        return self.kind in SPECTRAL + SUMMARY


def parse_id(text: str) -> CrismId:
    """Read a product id, in any case. Raises InputError for anything else, paths above all."""
    name = text.strip().upper()
    match = _ID.fullmatch(name) if len(name) < 40 and name.isascii() else None
    if match is None:
        raise InputError(f"{text[:60]!r} is not a CRISM id.", "Write it like FRT0000938E_07_IF163J_MTR3.")
    return CrismId(name, f"{match[1]}{match[2]}_{match[3]}", match[4] or "BR", match[7], match[8])


def observation_of(record: dict[str, Any], settings: Settings) -> Observation:
    """The record as an Observation, coverage not yet known. Raises ArchiveError or InputError."""
    named = parse_id(scalar(record, "pdsid"))
    fields = common_fields(record, named.product_id)
    files = files_of(record, named, settings)
    missing = [role for role in _UNIT.get(named.process[:3], ("image", "label")) if not _has(files, role)]
    if missing:
        raise ArchiveError(
            f"{named.product_id}: ODE names no {' and no '.join(missing)} of it, and it is nothing without.",
            "It is left out.",
        )
    return Observation(
        product_id=named.product_id,
        observation_id=named.observation_id,
        instrument="CRISM",
        files=files,
        **fields,
    )


def files_of(record: dict[str, Any], named: CrismId, settings: Settings) -> tuple[RemoteFile, ...]:
    """The cube with its label and header, then browse images and the rest; from the user's own root, if any."""
    found: list[RemoteFile] = []
    for file, kind, about in listed_files(record):
        stem, dot, ending = file.name.rpartition(".")
        role = _ENDINGS.get(dot + ending.lower(), "") if stem.upper() == named.product_id else ""
        if role and not any(f.role == role for f in found):
            found.append(replace(file, role=role))
        elif ending.lower() in ("png", "jpg", "jpeg") and "THUMB" not in about:
            found.append(replace(file, role="browse" if kind in ("browse", "product", "") else "other"))
        else:
            found.append(file)
    label = label_url(record)
    if label and not _has(found, "label") and name_in(label).rpartition(".")[0].upper() == named.product_id:
        found.append(RemoteFile(label, name_in(label), "label"))
    return in_order([_moved(file, settings) for file in found])


def with_browse(observations: list[Observation], browse: dict[str, list[RemoteFile]]) -> list[Observation]:
    """Cubes without a browse image take those of BR products of the same observation."""
    return [
        replace(one, files=(*one.files, *browse[one.observation_id]))
        if one.file("browse") is None and one.observation_id in browse
        else one
        for one in observations
    ]


def _has(files: Any, role: str) -> bool:
    return any(f.role == role for f in files)


def _moved(file: RemoteFile, settings: Settings) -> RemoteFile:
    """The same file below the user's own root; the default root leaves ODE's addresses as they are."""
    if settings.crism_url == Settings.crism_url:
        return file
    rest = below(file.url, "mro")
    return replace(file, url=f"{settings.crism_url}/{rest}") if rest else file
