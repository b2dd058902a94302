"""One ODE product record of HiRISE as an ``Observation``: here its conventions are turned into ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..common.errors import ArchiveError
from ..common.words import Observation, RemoteFile
from . import hirise
from .addresses import name_in
from .indexrow import index_row, read_note, sun_azimuth
from .odefields import common_fields, in_order, label_url, listed_files, notes
from .odereply import scalar


def observation_of(record: dict[str, Any], hirise_root: str = "") -> Observation:
    """The record as an Observation, coverage not yet known. Raises ArchiveError or InputError naming what is missing.

    With ``hirise_root``, the files of the HiRISE tree are taken from there instead of from where ODE points.
    """
    product = hirise.parse_id(scalar(record, "pdsid"))
    if not product.colour:
        raise ArchiveError(f"{product} is no RED or COLOR product.", "It is left out.")
    name = product.product_id
    fields = common_fields(record, name) | {"orbit": product.orbit}
    return Observation(
        product_id=name,
        observation_id=product.observation_id,
        instrument="HIRISE",
        files=_files(record, product, hirise_root),
        sub_solar_azimuth=sun_azimuth(read_note(index_row(notes(record)), "HIRISE", name)),
        **fields,
    )


def _files(record: dict[str, Any], product: hirise.HiriseId, hirise_root: str) -> tuple[RemoteFile, ...]:
    """Image and label first, each once; what the record leaves out stands where HiRISE's own names say."""
    found = [replace(file, role=_role(file.name, kind, about)) for file, kind, about in listed_files(record)]
    label = label_url(record)
    if label and not any(f.role == "label" for f in found):
        found.append(RemoteFile(label, name_in(label), "label"))
    found = [_own(file, product) for file in found]
    if root := hirise_root or _root_of(found):
        for file in hirise.remote_files(root, product)[:2]:
            if not any(f.role == file.role for f in found):
                found.append(file)
    if hirise_root:
        found = [_moved(file, hirise_root) for file in found]
    return in_order(found)


def _role(name: str, kind: str, description: str) -> str:
    name = name.lower()
    if kind in ("", "product"):
        if "LABEL FILE" in description or name.endswith(".lbl"):
            return "label"
        if "DATA FILE" in description or name.endswith(".jp2"):
            return "image"
    if (kind == "browse" or "BROWSE" in description) and "THUMB" not in description and "thumb" not in name:
        return "browse"
    return "other"


def _own(file: RemoteFile, product: hirise.HiriseId) -> RemoteFile:
    """A file named after another product keeps no role: it must not be taken for this product's image."""
    if file.role in ("image", "label") and file.name.rsplit(".", 1)[0].upper() != product.product_id:
        return replace(file, role="other")
    return file


def _moved(file: RemoteFile, root: str) -> RemoteFile:
    """The same file below another root of the HiRISE tree; files outside that tree stay where they are."""
    named = hirise.role_and_id(file.url)
    if named is None:
        return file
    url = hirise.file_url(root, named[1], named[0])
    return replace(file, url=url, name=name_in(url))


def _root_of(files: list[RemoteFile]) -> str:
    """The root of the HiRISE tree that a found file lies in; "" where none does."""
    for file in files:
        named = hirise.role_and_id(file.url)
        if named is not None and named[0] != "browse":
            return file.url[: file.url.upper().rindex("/RDR/")]
    return ""
