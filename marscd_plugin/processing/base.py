"""What all our algorithms share: names, help, unknown parameters refused, errors translated, progress and cancel."""

from __future__ import annotations

import logging
import math
import traceback
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsFeatureSink,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
)
from qgis.PyQt.QtGui import QIcon

from ..__about__ import resource
from ..common import settings
from ..common.errors import InputError, MarscdError
from ..common.files import need_folder
from ..common.progress import stop_signals
from ..common.words import DEVICES
from .stored import current_settings
from .words import help_text, tr

log = logging.getLogger(__name__)


class FeedbackProgress:
    """``common.progress.Progress`` over a QgsProcessingFeedback."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback

    def report(self, fraction: float, message: str = "") -> None:
        self._feedback.setProgress(100.0 * fraction)
        if message:
            self._feedback.pushInfo(message)

    def warn(self, message: str) -> None:
        self._feedback.pushWarning(message)

    def cancelled(self) -> bool:
        return self._feedback.isCanceled()


class MarscdAlgorithm(QgsProcessingAlgorithm):
    """Subclasses set ``ID``, ``LABEL``, ``GROUP`` and write ``initAlgorithm`` and ``work``."""

    ID = ""
    LABEL = ""
    GROUP = ""
    #: Minutes of arithmetic: the dock runs it in a process of its own, so that the window stays free.
    HEAVY = False

    def createInstance(self) -> MarscdAlgorithm:
        return type(self)()

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:
        return tr(self.LABEL)

    def group(self) -> str:
        return tr(self.GROUP)

    def groupId(self) -> str:
        return self.GROUP.lower().replace(" ", "")

    def icon(self) -> QIcon:
        return QIcon(str(resource("icon.svg")))

    def shortHelpString(self) -> str:
        text = help_text(self.ID)
        return paragraphs(text) if text else tr(self.LABEL)

    def checkParameterValues(self, parameters: dict[str, Any], context) -> tuple[bool, str]:
        # QGIS runs with a misspelt parameter as if it had not been given: a filter silently lost.
        known = {d.name() for d in self.parameterDefinitions()}
        unknown = sorted(set(parameters) - known)
        if unknown:
            return False, f"Unknown parameter {', '.join(unknown)}. {self.ID} takes: {', '.join(sorted(known))}."
        return super().checkParameterValues(parameters, context)

    def processAlgorithm(self, parameters, context, feedback) -> dict[str, Any]:
        import numpy as np

        progress = FeedbackProgress(feedback)
        try:
            # GEOS leaves floating-point flags behind that numpy would report as warnings of shapely's, on stderr.
            with stop_signals(feedback.cancel), np.errstate(invalid="ignore"):
                results = self.work(parameters, context, progress)
        except MarscdError as error:
            log.debug("%s ended with an error", self.ID, exc_info=True)
            message = str(error)
            # Frames kept by a traceback hold GDAL datasets, which must not outlive GDAL: qgis_process unloads it before
            # Python, and would end by signal 11.
            traceback.clear_frames(error.__traceback__)
            raise QgsProcessingException(message) from None
        return {name: _plain(value) for name, value in results.items()}

    def work(self, parameters: dict[str, Any], context, progress: FeedbackProgress) -> dict[str, Any]:
        """Do the work; raises MarscdError. Returns output name -> value."""
        raise TypeError(f"{type(self).__name__} has no work")

    def make_sink(self, parameters: dict[str, Any], name: str, context, fields, kind, reference):
        """(sink, identifier) of a layer output, its folder made. Raises OutputError, QgsProcessingException."""
        path = destination(parameters, name)
        if is_file(path):
            need_folder(Path(path).absolute().parent)
        sink, identifier = self.parameterAsSink(parameters, name, context, fields, kind, reference)
        if sink is None:
            raise QgsProcessingException(
                f"{self.invalidSinkError(parameters, name)} "
                "Choose a folder you may write to and a name that ends in .fgb or .gpkg."
            )
        return sink, identifier

    def add_row(self, sink, feature, parameters: dict[str, Any], name: str) -> None:
        """Add a row, or raise QgsProcessingException: a row lost is not swallowed."""
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(self.writeFeatureError(sink, parameters, name))

    def device(self, parameters: dict[str, Any], context) -> str:
        """DEVICE; AUTO defers to the user's setting (or MARSCD_DEVICE)."""
        asked = self.parameterAsEnumString(parameters, "DEVICE", context)
        preferred = self.settings().device
        if asked == "AUTO" and preferred != "AUTO":
            if preferred not in DEVICES:
                raise InputError(
                    tr("MARSCD_DEVICE is {preferred}.").format(preferred=preferred),
                    tr("Set it to one of {devices}.").format(devices=", ".join(DEVICES)),
                )
            return preferred
        return asked

    @staticmethod
    def settings() -> settings.Settings:
        """The user's settings: stored ones, overridden by the environment."""
        return current_settings()


def destination(parameters: dict[str, Any], name: str) -> str:
    """The text of an output parameter, before QGIS resolves it ("" where skipped)."""
    value = parameters.get(name)
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink.staticValue() if value.sink is not None else ""
    return "" if value is None else str(value)


def is_file(target: str) -> bool:
    """True where an output's text is a path on disk, not a layer in memory or in a database."""
    return target not in ("", "TEMPORARY_OUTPUT") and not target.startswith(("memory:", "ogr:", "postgis:"))


def _plain(value: Any) -> Any:
    """A value that Processing can carry: paths as text, an undefined number as None."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, int, float, list, dict)) else str(value)


def paragraphs(markdown: str) -> str:
    """Our help files (paragraphs, ``- `` lists, ``# `` headings) as the HTML that Processing shows."""
    html = []
    for block in markdown.strip().split("\n\n"):
        lines = block.strip().splitlines()
        if all(line.startswith(("- ", "  ")) for line in lines):
            items = "\n".join(lines).split("\n- ")
            html.append("<ul>" + "".join(f"<li>{item.removeprefix('- ').strip()}</li>" for item in items) + "</ul>")
        elif lines[0].startswith("# "):
            html.append(f"<h3>{lines[0][2:]}</h3>")
        else:
            html.append(f"<p>{' '.join(lines)}</p>")
    return "\n".join(html)
