"""The ``marscd`` provider: its algorithms, and the graphical models that come with the plugin."""

from __future__ import annotations

import logging

from qgis.core import QgsProcessingModelAlgorithm, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..__about__ import resource, version
from .analogue_matrix import AnalogueMatrix
from .analogue_similarity import AnalogueSimilarity
from .build_chip_dataset import BuildChipDataset
from .build_series import BuildSeries
from .detect_changes import DetectChanges
from .detect_series_changes import DetectSeriesChanges
from .evaluate_changes import EvaluateChanges
from .fetch_observations import FetchObservations
from .install_models import InstallModels
from .monitor_area import MonitorArea
from .plan_pairs import PlanPairs
from .rank_landing_sites import RankLandingSites
from .refine_analogues import RefineAnalogues
from .register_images import RegisterImages
from .search_observations import SearchObservations
from .seasonal_curve import SeasonalCurve
from .spectral_indices import SpectralIndices
from .train_analogue_model import TrainAnalogueModel
from .train_change_model import TrainChangeModel
from .update_index import UpdateIndex

log = logging.getLogger(__name__)

ALGORITHMS = (
    SearchObservations,
    PlanPairs,
    FetchObservations,
    BuildSeries,
    RegisterImages,
    DetectChanges,
    DetectSeriesChanges,
    SeasonalCurve,
    EvaluateChanges,
    MonitorArea,
    TrainChangeModel,
    InstallModels,
    SpectralIndices,
    UpdateIndex,
    AnalogueSimilarity,
    RefineAnalogues,
    AnalogueMatrix,
    BuildChipDataset,
    TrainAnalogueModel,
    RankLandingSites,
)


class MarscdProvider(QgsProcessingProvider):
    """Vectors default to FlatGeobuf: GeoPackage forgets IAU codes of Mars."""

    def id(self) -> str:
        return "marscd"

    def name(self) -> str:
        return "MarsCD"

    def longName(self) -> str:
        return f"MarsCD {version()}"

    def versionInfo(self) -> str:
        return version()

    def icon(self) -> QIcon:
        return QIcon(str(resource("icon.svg")))

    def defaultVectorFileExtension(self, hasGeometry: bool = True) -> str:
        return "fgb" if hasGeometry else "gpkg"

    def defaultRasterFileExtension(self) -> str:
        return "tif"

    def supportedOutputVectorLayerExtensions(self) -> list[str]:
        return ["fgb", "gpkg", "geojson"]

    def supportedOutputTableExtensions(self) -> list[str]:
        return ["gpkg", "csv"]

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        return ["tif"]

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        for path in sorted(resource("graphical_models").glob("*.model3")):
            model = QgsProcessingModelAlgorithm()
            if model.fromFile(str(path)):
                self.addAlgorithm(model)
            else:
                log.warning("The graphical model %s could not be read.", path)
