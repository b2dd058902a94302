"""The tab All dates on a simulated series: run, curve, layers, an earlier result, cancel, nothing left behind."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QPointF, Qt

from marscd_plugin.common.words import Series
from marscd_plugin.series.store import Stored, write_catalogue, write_item

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
_SPEC = importlib.util.spec_from_file_location(
    "simulated_series", Path(__file__).parents[1] / "change" / "simulated_series.py"
)
assert _SPEC is not None and _SPEC.loader is not None
simulated = importlib.util.module_from_spec(_SPEC)
sys.modules["simulated_series"] = simulated
_SPEC.loader.exec_module(simulated)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A job's folder with a series of six dates in it, and a model that sees its changes."""
    root = tmp_path_factory.mktemp("job")
    folder = root / "series"
    (folder / "epochs").mkdir(parents=True)
    made = simulated.make_series(folder / "epochs", size=128, times=simulated.TIMES[:6])
    for epoch in made.epochs:
        write_item(folder, epoch, made.grid, "key", {})
    series = Series(folder, made.grid, made.epochs[0].product_id, made.epochs)
    write_catalogue(Stored(series, {}))
    models = tmp_path_factory.mktemp("models")
    simulated.make_line_model(models / "line.onnx", split=True)
    return series, models


@pytest.fixture
def page(context, provider, stored, tmp_path, monkeypatch, wait):
    import shutil

    from marscd_plugin.gui.changes.page import ChangesPage

    series, models = stored
    monkeypatch.setenv("MARSCD_MODELS_DIR", str(models))
    root = tmp_path / "job"
    shutil.copytree(series.folder.parent, root)
    epochs = tuple(replace(e, raster=root / "series" / "epochs" / e.raster.name) for e in series.epochs)
    context.state.open_folder(root)
    made = ChangesPage(context)
    context.state.set_series(replace(series, folder=root / "series", epochs=epochs))
    made.resize(400, 700)
    made.show()
    made.shown()
    made.tabs.setCurrentWidget(made.dates)
    box = made.compare.model.model
    box.setCurrentIndex(box.findText("line"))
    box.activated.emit(box.currentIndex())
    wait(lambda: made.compare.model.card is not None and made.compare.model.card.name == "line", 30, "the card")
    made.compare.least_area.setValue(1.0)
    yield made
    made.release()
    made.deleteLater()


def layer(role):
    from marscd_plugin.gui import layers

    found = layers.ours(role)
    return found[0] if found else None


@pytest.fixture
def detected(page, wait):
    page.dates.go_button.click()
    assert page.dates.running.active and not page.dates.go_button.isEnabled()
    wait(lambda: not page.over_time.running and not page.dates.result.isHidden(), 240, "the dates")
    return page


def test_it_says_what_it_will_do(page, stored):
    assert "all 6 dates" in page.dates.hint.text() and page.dates.go_button.isEnabled()
    assert "Model line, changes from 1 m²" in page.dates.settings.text()
    assert page.dates.result.isHidden()
    page.state.set_series(replace(page.state.series, epochs=page.state.series.epochs[:3]))
    assert "fewer than four" in page.dates.hint.text() and page.dates.go_button.isEnabled()
    page.state.set_series(None)
    assert "four or more" in page.dates.hint.text() and not page.dates.go_button.isEnabled()


def test_a_run_shows_curve_words_and_layers(detected, wait):
    page = detected
    assert page.over_time.folder == page.state.folder.root / "series-changes"
    wait(lambda: layer("first seen") is not None, 10, "the layers")
    first, shapes = layer("first seen"), layer("series changes")
    assert [c.label for c in first.renderer().classes()][:2] == ["no change", "2011-02-01"]
    assert shapes.renderer().classAttribute() == "class" and shapes.featureCount() > 2
    when = shapes.temporalProperties()
    assert when.isActive() and when.mode() == Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields
    assert (when.startField(), when.endField()) == ("first_seen", "gone_by")
    tree = QgsProject.instance().layerTreeRoot()
    nodes = [tree.findLayer(layer(role).id()) for role in ("first seen", "last seen", "dates seen")]
    assert [node.itemVisibilityChecked() for node in nodes] == [True, False, False]
    assert "another Mars Year" in page.dates.words.text() and page.dates.doubts.isHidden()
    plot = page.dates.plot
    plot.grab()
    assert len(plot._dots) == 6 and "6 dates" in plot.accessibleDescription()
    spot, point = max(plot._dots, key=lambda d: d[1].seen)
    assert plot.at(spot + QPointF(2, 2)) is point and f"{point.seen:,.1f} m²" in plot.words_of(point)
    assert (page.over_time.folder / "report.html").is_file()
    # Again over the same files: the layers let them go first, and come back.
    page.dates.go_button.click()
    assert layer("first seen") is None
    wait(lambda: not page.over_time.running and layer("first seen") is not None, 240, "the second run")


def test_the_plot_walks_by_keys(detected, wait):
    from qgis.PyQt.QtTest import QTest

    plot = detected.dates.plot
    plot.grab()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert "2011-02-01" in plot.accessibleDescription()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert "2011-04-27" in plot.accessibleDescription()


def test_an_earlier_result_is_offered_and_shown_when_asked(detected, context, wait):
    from marscd_plugin.gui.changes.page import ChangesPage

    QgsProject.instance().clear()
    other = ChangesPage(context)
    wait(lambda: not other.dates.result.isHidden(), 20, "the earlier result")
    assert layer("first seen") is None
    other.dates.show_button.click()
    assert layer("first seen") is not None and layer("dates seen") is not None
    empty = context.state.folder.root.parent / "empty"
    empty.mkdir()
    context.state.open_folder(empty)
    wait(lambda: other.dates.result.isHidden(), 10, "the empty folder's")
    other.release()
    other.deleteLater()


def test_a_cancel_leaves_nothing(page, wait):
    page.dates.go_button.click()
    page.dates.running.stop.click()
    wait(lambda: not page.over_time.running, 60, "the stop")
    place = page.over_time.folder
    assert not list(place.glob("*.tif")) and not list(place.glob("*.fgb"))
    said = [m.text() for m in page.context.messages.items()]
    assert any("Stopped" in text for text in said) and page.dates.go_button.isEnabled()


def test_what_goes_wrong_is_told(page, wait):
    (page.state.series.folder / "catalog.json").unlink()
    page.dates.go_button.click()
    wait(lambda: not page.over_time.running, 60, "the failure")
    said = [m.text() for m in page.context.messages.items()]
    assert any("no series" in text for text in said) and page.dates.result.isHidden()
