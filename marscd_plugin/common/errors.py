"""One tree of errors. Each says what happened, to which file or product, and what to do next.

The border (``processing``, command lines) turns them into its own kind; nothing between swallows them.
"""

from __future__ import annotations


class MarscdError(Exception):
    """What a user reads: ``what`` happened (naming the file or product), and the ``remedy``: what to do next."""

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what.rstrip()
        self.remedy = remedy.strip()
        super().__init__(f"{self.what} {self.remedy}".strip())


class InputError(MarscdError):
    """A parameter or an input file that cannot be used as it is."""


class MissingPackageError(MarscdError):
    """A Python package that this step needs is not there."""


class ArchiveError(MarscdError):
    """An archive did not answer, or answered something that is not a reply."""


class DownloadError(MarscdError):
    """A file could not be brought whole."""


class ProductError(MarscdError):
    """A downloaded product is damaged, or its label and image do not agree."""


class RegistrationError(MarscdError):
    """Two images could not be laid on each other well enough to compare."""


class ModelError(MarscdError):
    """A model file is damaged or does not fit the task."""


class DeviceError(MarscdError):
    """The processing device that was asked for is not there or failed."""


class OutputError(MarscdError):
    """A result could not be written."""


class CancelledError(MarscdError):
    """The user stopped the run. What was finished stays, and the same run started again goes on from there."""

    def __init__(self, what: str = "Cancelled.", remedy: str = "Run it again to go on from what was finished.") -> None:
        super().__init__(what, remedy)
