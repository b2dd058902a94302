"""Footprints on disk as observations: read in a worker, with the row number of each for the map's selection."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsVectorLayer

from ...common.errors import CancelledError, InputError
from ...common.progress import Progress
from ...common.words import Observation
from ...processing.observations import from_feature
from ..words import tr

#: More rows than this no search brings; a file that holds more is not ours.
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Found:
    """What lies in a footprint file: the observations by time, and product id -> feature id."""

    path: Path
    observations: tuple[Observation, ...]
    feature_ids: dict[str, int]


def load_found(path: Path, progress: Progress) -> Found:
    """Read a layer that ``searchobservations`` wrote. For a worker. Raises InputError, CancelledError."""
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(str(path), "footprints", "ogr", options)
    if not layer.isValid():
        raise InputError(
            tr("{path} cannot be opened as a footprint layer.").format(path=path),
            tr("Search again: it is written anew."),
        )
    count = layer.featureCount()
    if count > MOST_ROWS:
        raise InputError(
            tr("{path} holds {count:,} rows.").format(path=path, count=count),
            tr("Search a smaller area or a shorter time."),
        )
    observations, feature_ids = [], {}
    for number, feature in enumerate(layer.getFeatures()):
        if number % 200 == 0:
            progress.report(number / max(count, 1))
            if progress.cancelled():
                raise CancelledError(tr("Reading the footprints was stopped."))
        one = from_feature(feature)
        if one.product_id not in feature_ids:
            feature_ids[one.product_id] = feature.id()
            observations.append(one)
    observations.sort(key=lambda o: (o.start_time, o.product_id))
    return Found(path, tuple(observations), feature_ids)
