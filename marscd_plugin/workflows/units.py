"""Which files make a product: a cube is nothing without its label and header, and CTX comes as a map, raw, or both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..common.words import Observation
from ..crawler.fetch import FileRequest, FileResult

DONE = ("fetched", "present")
#: A file that came, of a cube that is not whole: it counts once the rest has come.
INCOMPLETE = "incomplete"
#: Which of CTX's two forms to fetch.
CTX_FORMS = ("BOTH", "MAP", "RAW")


def in_form(observation: Observation, form: str) -> Observation:
    """The observation with the files of the wanted form only, where it has that; others stay as they are."""
    if observation.instrument != "CTX" or form == "BOTH":
        return observation
    dropped = ("raw",) if form == "MAP" else ("image", "label")
    kept = tuple(f for f in observation.files if f.role not in dropped)
    wanted = "image" if form == "MAP" else "raw"
    return replace(observation, files=kept) if any(f.role == wanted for f in kept) else observation


def roles_of(observations: Iterable[Observation], requests: Sequence[FileRequest]) -> dict[Path, str]:
    """Role of each requested file, by its place."""
    by_url = {f.url: f.role for o in observations for f in o.files}
    return {request.path: by_url.get(request.url, request.role) for request in requests}


def settle(results: Iterable[FileResult], roles: Mapping[Path, str]) -> tuple[FileResult, ...]:
    """The results, in which the files of a cube that is not whole are ``incomplete`` and say what is missing."""
    listed = tuple(results)
    missing: dict[str, list[str]] = defaultdict(list)
    for result in listed:
        if result.state not in DONE:
            missing[result.product_id].append(result.name)
    cubes = {r.product_id for r in listed if roles.get(r.path) == "header"}
    return tuple(
        replace(
            r,
            state=INCOMPLETE,
            reason=f"{' and '.join(missing[r.product_id])} did not come: image, label and header count only together.",
        )
        if r.product_id in cubes and r.product_id in missing and r.state in DONE
        else r
        for r in listed
    )


def whole_products(results: Iterable[FileResult], roles: Mapping[Path, str]) -> list[str]:
    """Ids of the products that can be used: all files of the map there, or the raw image."""
    maps: dict[str, bool] = {}
    raws: dict[str, bool] = {}
    for r in results:
        states = raws if roles.get(r.path) == "raw" else maps
        states[r.product_id] = states.get(r.product_id, True) and r.state in DONE
    names = list(dict.fromkeys([*maps, *raws]))
    return [name for name in names if maps.get(name, False) or raws.get(name, False)]
