"""The plugin as QGIS sees it: registered, unloaded without a trace, and strict about its parameters."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProcessingException

from marscd_plugin.plugin import MarscdPlugin
from marscd_plugin.processing.base import paragraphs

PUBLISHED = {
    "searchobservations": "AREA EXTENT INSTRUMENT MARS_YEARS SOLAR_LONGITUDE START END MAX_INCIDENCE SOURCE OUTPUT",
    "fetchobservations": "OBSERVATIONS AREA EXTENT MAX_PRODUCTS MAX_DOWNLOAD_MB FOLDER REPORT",
    "buildseries": "OBSERVATIONS FOLDER IMAGES AREA EXTENT REFERENCE PIXEL_SIZE SERIES",
    "registerimages": "REFERENCE MOVING OUTPUT TIE_POINTS",
    "detectchanges": "BEFORE AFTER MODEL REGISTER DEVICE THRESHOLD MIN_AREA EXTENT FALSE_ALARMS "
    "PROBABILITY MASK POLYGONS",
    "monitorarea": "AREA EXTENT INSTRUMENT MARS_YEARS SOLAR_LONGITUDE MODEL DEVICE MAX_PRODUCTS MAX_DOWNLOAD_MB FOLDER",
    "evaluatechanges": "PREDICTED TRUTH VALID THRESHOLD REPORT",
    "detectserieschanges": "SERIES MODEL DEVICE THRESHOLD MIN_AREA EXTENT FEATURE DTM FIRST_SEEN LAST_SEEN COUNT "
    "POLYGONS CURVE REPORT",
    "seasonalcurve": "POLYGONS CURVE TABLE PLOT REPORT",
}
OUTPUTS = {
    "searchobservations": "OUTPUT COUNT",
    "fetchobservations": "REPORT FETCHED FAILED FOLDER",
    "buildseries": "SERIES BEFORE AFTER REPORT EPOCHS",
    "registerimages": "OUTPUT TIE_POINTS RESIDUAL_PX SHIFT_X_PX SHIFT_Y_PX TIE_POINT_COUNT",
    "detectchanges": "PROBABILITY MASK POLYGONS CHANGED_AREA POLYGON_COUNT DEVICE_USED THRESHOLD_USED "
    "EXPECTED_FALSE_ALARMS EXPECTED_FALSE_PER_MP",
    "monitorarea": "SERIES PROBABILITY MASK POLYGONS REPORT FOLDER",
    "detectserieschanges": "FIRST_SEEN LAST_SEEN COUNT POLYGONS CURVE REPORT CHANGED_AREA POLYGON_COUNT EPOCHS PAIRS",
    "seasonalcurve": "TABLE PLOT REPORT DATES MARS_YEARS LARGEST_AREA",
    "evaluatechanges": "SENSITIVITY SPECIFICITY BALANCED_ACCURACY ACCURACY FALSE_POSITIVE_RATE PRECISION F1 IOU "
    "AVERAGE_PRECISION SENSITIVITY_1PX PRECISION_1PX F1_1PX OBJECT_RECALL OBJECT_PRECISION OBJECT_F1 OBJECTS "
    "FALSE_OBJECTS REPORT",
}


def test_published_parameters_and_outputs_are_all_there(provider):
    for name, wanted in PUBLISHED.items():
        algorithm = provider.algorithm(name)
        assert set(wanted.split()) <= {d.name() for d in algorithm.parameterDefinitions()}, name
        assert set(OUTPUTS[name].split()) <= {d.name() for d in algorithm.outputDefinitions()}, name


def test_the_graphical_model_is_loaded_with_its_outputs(provider):
    model = provider.algorithm("changesofanarea")
    assert {"changes", "mask", "probability"} <= {d.name() for d in model.outputDefinitions()}


def test_loading_and_unloading_five_times_leaves_nothing(qgis_app):
    registry = QgsApplication.processingRegistry()
    there = {p.id() for p in registry.providers()} - {"marscd"}
    for _ in range(5):
        plugin = MarscdPlugin(None)
        plugin.initProcessing()
        plugin.unload()
    assert {p.id() for p in registry.providers()} - {"marscd"} == there


def test_enumerations_are_complete_and_static(provider):
    def options(name, parameter):
        definition = provider.algorithm(name).parameterDefinition(parameter)
        assert definition.usesStaticStrings()
        return definition.options()

    assert options("searchobservations", "INSTRUMENT") == ["HIRISE", "CTX", "CRISM"]
    assert options("searchobservations", "SOURCE") == ["AUTO", "ODE", "STAC", "INDEX", "NAMES"]
    assert options("detectchanges", "DEVICE") == ["AUTO", "CPU", "CUDA", "DIRECTML", "COREML"]


def test_an_unknown_parameter_is_refused_and_named(run):
    with pytest.raises(QgsProcessingException, match="MARSYEARS"):
        run("searchobservations", EXTENT="1,2,1,2", MARSYEARS="30", OUTPUT="memory:")


def test_help_becomes_what_processing_shows(provider):
    html = paragraphs("One.\n\n- a\n- b\n  more\n\n# Title")
    assert html == "<p>One.</p>\n<ul><li>a</li><li>b\n  more</li></ul>\n<h3>Title</h3>"
    for algorithm in provider.algorithms():
        if algorithm.name() in PUBLISHED:
            assert algorithm.shortHelpString().startswith("<p>")
