"""Compare two images: register AFTER on BEFORE where asked, then detect."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from ..change.comparer import context_of
from ..change.detector import detect_changes
from ..change.job import DetectJob
from ..common.errors import InputError
from ..common.progress import Progress
from ..common.provenance import jsonable
from ..common.words import ChangeMap, Epoch
from ..products.user import open_user_raster
from ..series.images import register_images
from ..series.store import read_store

log = logging.getLogger(__name__)


def run_detection(job: DetectJob, progress: Progress) -> ChangeMap:
    """Do the job, with ids and dates as the images themselves give them. Raises RegistrationError and the rest."""
    before, after = (_epoch(path) or open_user_raster(path) for path in (job.before, job.after))
    job = replace(
        job,
        before_id=job.before_id or before.product_id,
        after_id=job.after_id or after.product_id,
        before_time=job.before_time or iso(before.time),
        after_time=job.after_time or iso(after.time),
    )
    if isinstance(before, Epoch) and isinstance(after, Epoch) and not job.register and not job.registration:
        job = replace(job, registration=jsonable(after.registration or before.registration or {}))
    if not job.context:
        known = {name: value for name, value in context_of(before, after).items() if value is not None}
        job = replace(job, context=known)
    return detect_changes(job, progress, register=register_images)


def _epoch(raster: str) -> Epoch | None:
    """The epoch of a series that a raster is, with the dates its COG does not carry; None where it is none."""
    path = Path(raster)
    folder = path.parent.parent
    if path.parent.name != "epochs" or not (folder / "catalog.json").is_file():
        return None
    try:
        epochs = read_store(folder).series.epochs
    except InputError as error:
        log.info("%s is read as a raster of its own: %s", raster, error)
        return None
    return next((e for e in epochs if e.raster.resolve() == path.resolve()), None)


def iso(time: datetime | None) -> str:
    """ISO UTC to the second, or ""."""
    return "" if time is None else time.astimezone(timezone.utc).isoformat(timespec="seconds")
