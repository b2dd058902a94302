"""Compare two images: register AFTER on BEFORE where asked, then detect."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from ..change.detector import detect_changes
from ..change.job import DetectJob
from ..common.files import need_folder
from ..common.progress import Progress, parts
from ..common.provenance import jsonable
from ..common.words import ChangeMap
from ..series.images import register_images


def run_detection(job: DetectJob, progress: Progress) -> ChangeMap:
    """Do the job; the registered AFTER lives only as long as it is needed. Raises RegistrationError and the rest."""
    if not job.register:
        return detect_changes(job, progress)
    registering, detecting = parts(progress, 35, 65)
    folder = need_folder(Path(job.probability).parent)
    with tempfile.TemporaryDirectory(prefix=".marscd-register-", dir=folder) as scratch:
        # Named as the input is, so that ids, dates and reports read as the user knows them.
        registered = Path(scratch) / (Path(job.after).stem[:100] + ".tif")
        registration = register_images(job.before, job.after, registered, progress=registering)
        registering.report(1.0, f"Registered: {registration.reason}")
        # Saturated DNs became nodata in the one resampling, and what came out is in physical units.
        aligned = replace(
            job, after=str(registered), after_id=job.after_id or Path(job.after).stem, register=False,
            after_band=1, after_special=(), registration=jsonable(registration),
        )  # fmt: skip
        return detect_changes(aligned, detecting)
