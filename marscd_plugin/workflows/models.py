"""Bring this version's models from its release and install them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..__about__ import metadata, version
from ..common.errors import DownloadError
from ..common.files import need_folder
from ..common.progress import Progress
from ..common.settings import Settings
from ..crawler.session import RequestsWeb
from ..inference.install import expected, install_models
from ..inference.models import models_folder

#: The folder of releases, for a mirror of one's own.
ROOT_VARIABLE = "MARSCD_MODELS_URL"
_OVERHEAD = 1024 * 1024


def models_url() -> str:
    """Where marscd_models-<version>.zip of this version is."""
    root = os.environ.get(ROOT_VARIABLE) or f"{metadata()['repository']}/releases/download/v{version()}"
    return f"{root.rstrip('/')}/marscd_models-{version()}.zip"


def fetch_and_install(settings: Settings, progress: Progress) -> list[Path]:
    """Download the zip, check it, install it. Raises DownloadError, ModelError, ArchiveError, CancelledError."""
    url = models_url()
    largest = sum(e.size for e in expected().values()) + _OVERHEAD
    folder = need_folder(models_folder())
    progress.report(0.0, f"Fetching {url}")
    # A mirror that the user named by its variable may be asked like a root of the settings.
    with RequestsWeb(settings, progress, also=[url]) as web:
        reply = web.get(url, max_bytes=largest)
    if reply.status != 200:
        raise DownloadError(
            f"{url} answered {reply.status}.",
            "Download marscd_models-<version>.zip by hand and install it from the file.",
        )
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / "models.zip"
        path.write_bytes(reply.body)
        return install_models(path)
