"""What a series can be built from: files on disk, and the dates they say they have. No Qt; workers do the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...common.files import safe_name
from ...common.progress import Progress, check
from ...common.words import Observation

_LABELS, _IMAGES = (".LBL", ".lbl"), (".JP2", ".jp2", ".area.JP2")


@dataclass(frozen=True)
class Fetched:
    """A fetched RED product; ``time`` None where only its label can tell."""

    product_id: str
    label: Path
    time: datetime | None


@dataclass(frozen=True)
class Found:
    """What a raster of the user's says of itself; ``problem`` in words where it cannot be used."""

    path: str
    product_id: str = ""
    time: datetime | None = None
    problem: str = ""


@dataclass(frozen=True)
class Choice:
    """What to build of: fetched product ids (``all_fetched``: every one there), own rasters with their dates."""

    fetched: tuple[str, ...] = ()
    all_fetched: bool = True
    images: tuple[str, ...] = ()
    times: tuple[datetime, ...] = ()

    @property
    def count(self) -> int:
        return len(self.fetched) + len(self.images)


def fetched_in(folder: Path, observations: Sequence[Observation]) -> list[Fetched]:
    """The RED products whose image and label are there, earliest first, those of unknown date last."""
    known = {safe_name(o.product_id): o for o in observations}
    found = []
    labels = [p for p in (folder.iterdir() if folder.is_dir() else ()) if p.suffix in _LABELS]
    for label in labels:
        stem = label.stem
        if stem.endswith("_COLOR") or not any(label.with_suffix(s).is_file() for s in _IMAGES):
            continue
        observation = known.get(stem)
        if observation is None:
            found.append(Fetched(stem, label, None))
        else:
            found.append(Fetched(observation.product_id, label, observation.start_time))
    return sorted(found, key=lambda f: (f.time is None, f.time or 0, f.product_id))


def dates_of_labels(found: Sequence[Fetched], progress: Progress) -> dict[str, datetime]:
    """Product id -> time, from the labels of those without one; what cannot be read is left out."""
    from ...common.errors import MarscdError
    from ...products.label import read_label

    times = {}
    for product in found:
        check(progress)
        if product.time is None:
            try:
                label = read_label(product.label)
            except MarscdError as error:
                progress.warn(str(error))
                continue
            names = ("START_TIME", "MRO:OBSERVATION_START_TIME")
            time = next((t for n in names if (t := label.time("TIME_PARAMETERS", n)) is not None), None)
            if time is not None:
                times[product.product_id] = time
    return times


def look_at(paths: Sequence[str], progress: Progress) -> list[Found]:
    """Open each raster of the user's and find its date."""
    from ...common.errors import MarscdError
    from ...products.user import open_user_raster

    found = []
    for index, path in enumerate(paths):
        check(progress)
        try:
            product = open_user_raster(path)
            found.append(Found(path, product.product_id, product.time))
        except MarscdError as error:
            found.append(Found(path, problem=str(error)))
        progress.report((index + 1) / len(paths))
    return found
