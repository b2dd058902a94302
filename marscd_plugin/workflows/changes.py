"""Compare two images: register AFTER on BEFORE where asked, then detect."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from ..change.detector import detect_changes
from ..change.job import DetectJob
from ..common.progress import Progress
from ..common.words import ChangeMap
from ..products.user import open_user_raster
from ..series.images import register_images


def run_detection(job: DetectJob, progress: Progress) -> ChangeMap:
    """Do the job, with ids and dates as the images themselves give them. Raises RegistrationError and the rest."""
    before, after = open_user_raster(job.before), open_user_raster(job.after)
    job = replace(
        job,
        before_id=job.before_id or before.product_id,
        after_id=job.after_id or after.product_id,
        before_time=job.before_time or iso(before.time),
        after_time=job.after_time or iso(after.time),
    )
    return detect_changes(job, progress, register=register_images)


def iso(time: datetime | None) -> str:
    """ISO UTC to the second, or ""."""
    return "" if time is None else time.astimezone(timezone.utc).isoformat(timespec="seconds")
