"""The series page: layers, list, stretch, building, and leaving nothing behind."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsProcessingContext, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.words import Series
from marscd_plugin.gui.layers import KEY, ours


def limits(layer):
    enhancement = layer.renderer().contrastEnhancement()
    return enhancement.minimumValue(), enhancement.maximumValue()


def rows(tree):
    return [[tree.topLevelItem(r).text(c) for c in range(tree.columnCount())] for r in range(tree.topLevelItemCount())]


def test_epochs_stand_grouped_in_time_order_with_one_stretch(opened, series, context):
    assert context.state.series == series
    root = QgsProject.instance().layerTreeRoot()
    group = root.findGroup("MarsCD").findGroup("Series job")
    layers = [node.layer() for node in group.children()]
    assert [layer.customProperty(KEY) for layer in layers] == [e.product_id for e in series.epochs]
    assert layers[0].name().startswith("2011-03-03 · MY 30 Ls 247")
    assert layers[0].crs().celestialBodyName() == "Mars"
    low, high = limits(layers[0])
    assert all(limits(layer) == (low, high) for layer in layers)
    assert 0.08 < low < 0.12 and 0.38 < high < 0.42


def test_each_epoch_may_have_its_own_stretch(opened):
    opened.look_box._same.setChecked(False)
    found = [limits(layer) for layer in opened.layers.all]
    assert len(set(found)) == 4
    assert found[1][0] > 0.18 and found[1][1] < 0.22
    opened.look_box._same.setChecked(True)
    assert len({limits(layer) for layer in opened.layers.all}) == 1


def test_the_list_says_how_well_each_fits_and_why_one_was_left_out(opened):
    shown = rows(opened.look_box.epochs)
    assert shown[0] == ["2011-03-03", "MY 30 Ls 247°", "reference", "41°"]
    assert shown[1][2] == "0.05 px"
    assert shown[-1][0] == "Left out: ESP_9_RED: too little texture in common"
    assert "left out" in opened.look_box._about.text()


def test_the_best_pair_is_put_into_a_and_b(opened, series):
    assert opened.compare.before.currentLayer() is opened.layers.layer("ESP_001_RED")
    assert opened.compare.after.currentLayer() is opened.layers.layer("ESP_003_RED")


def test_one_epoch_alone_and_all_again(opened):
    root = QgsProject.instance().layerTreeRoot()

    def ticked():
        return [la.customProperty(KEY) for la in opened.layers.all if root.findLayer(la.id()).isVisible()]

    opened.look_box.show_epoch("ESP_002_RED")
    assert ticked() == ["ESP_002_RED"]
    opened.look_box._step(1)
    assert ticked() == ["ESP_003_RED"]
    opened.look_box._step(1)
    assert ticked() == ["ESP_003_RED"], "the last one stays"
    opened.look_box._show_all()
    assert len(ticked()) == 4


def test_a_reopened_project_keeps_its_layers_and_choices(opened, series, context, wait, tmp_path):
    opened.look_box._same.setChecked(False)
    before = [limits(layer) for layer in opened.layers.all]
    assert QgsProject.instance().write(str(tmp_path / "p.qgz"))
    QgsProject.instance().clear()
    assert QgsProject.instance().read(str(tmp_path / "p.qgz"))
    assert len(ours("epoch")) == 4
    ready = []
    opened.layers.ready.connect(lambda: ready.append(1))
    context.state.set_series(series)
    wait(lambda: ready, 20, "the layers")
    assert len(ours("epoch")) == 4, "taken over, not doubled"
    assert [limits(layer) for layer in opened.layers.all] == pytest.approx(before)
    assert not opened.look_box._same.isChecked()


def test_an_epoch_that_left_the_series_leaves_the_project(opened, series, context, wait):
    smaller = Series(series.folder, series.grid, series.reference, series.epochs[:3], (), ())
    ready = []
    opened.layers.ready.connect(lambda: ready.append(1))
    context.state.set_series(smaller)
    wait(lambda: ready, 20, "the layers")
    assert sorted(la.customProperty(KEY) for la in ours("epoch")) == ["ESP_000_RED", "ESP_001_RED", "ESP_002_RED"]


def test_a_folder_without_a_series_is_no_failure_and_a_damaged_one_is(page, series, context, wait, tmp_path):
    context.state.open_folder(tmp_path / "empty")
    assert context.state.series is None and not context.messages.items()
    (series.folder / "collection.json").write_text("{}")
    context.state.open_folder(series.folder.parent)
    wait(lambda: context.messages.items(), 10, "the message")
    assert "Build the series again" in context.messages.items()[0].text()
    assert context.state.series is None


def test_released_it_hears_and_leaves_nothing(context, canvas, series, wait):
    from marscd_plugin.gui.series.page import SeriesPage

    items = set(canvas.scene().items())
    tool = canvas.mapTool()
    for _ in range(3):
        page = SeriesPage(context)
        ready = []
        page.layers.ready.connect(lambda ready=ready: ready.append(1))
        context.state.set_series(series)
        wait(lambda ready=ready: ready, 20, "the layers")
        page.compare.start_blink()
        page.profile.picker.start()
        page.profile.picker.mark(0, 0)
        page.look_box._time.setChecked(True)
        page.release()
        assert set(canvas.scene().items()) == items
        assert canvas.mapTool() is tool
        page.deleteLater()
        context.state.set_series(None)
    wait(lambda: not context.jobs.running)
    assert context.state.receivers(context.state.series_changed) == 0
    assert context.state.receivers(context.state.folder_changed) == 0


def test_the_next_step_is_offered_once_there_is_a_series(opened, page, context):
    wanted = []
    context.state.page_wanted.connect(wanted.append)
    assert opened._next.isEnabled()
    opened._next.click()
    assert wanted == ["changes"]


def test_own_images_bring_their_date_or_are_asked_for_it(page, context, wait, store, tmp_path):
    store(tmp_path / "s")
    dated = tmp_path / "crater_2011-04-27.tif"
    undated = tmp_path / "crater.tif"
    for path in (dated, undated):
        path.write_bytes((tmp_path / "s" / "epochs" / "ESP_000_RED.tif").read_bytes())
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"no raster")
    page.build_box.add_own([str(dated), str(undated), str(broken)])
    wait(lambda: page.build_box.images.topLevelItemCount() == 2, 10, "the rows")
    texts = " ".join(item.text() for item in context.messages.items())
    assert "broken.tif" in texts and "No date was found in 1" in texts
    with pytest.raises(InputError, match=r"crater\.tif has no date"):
        page.build_box.images.choice()
    page.build_box.images.topLevelItem(1).setText(0, "2012-02-30")
    with pytest.raises(InputError):
        page.build_box.images.choice()
    page.build_box.images.topLevelItem(1).setText(0, "2012-02-28T01:02")
    choice = page.build_box.images.choice()
    assert [t.isoformat() for t in choice.times] == ["2011-04-27T00:00:00+00:00", "2012-02-28T01:02:00+00:00"]
    page.build_box.images.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert page.build_box.images.choice().images == (str(undated),)


def test_only_ticked_products_reach_the_algorithm(page, context, provider, tmp_path):
    from qgis.core import QgsApplication

    from marscd_plugin.gui.series.sources import Choice
    from marscd_plugin.processing import observations
    from marscd_plugin.processing.fetch_observations import observations_of

    context.state.open_folder(tmp_path / "job")
    folder = context.state.folder
    write_observations(folder.observations, ["A_RED", "B'_RED", "C_RED"])
    assert QgsVectorLayer(str(folder.observations), "o", "ogr").featureCount() == 3
    parameters = page.build_box._parameters(Choice(("A_RED", "B'_RED"), False), folder)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("marscd:buildseries")
    got = observations_of(algorithm, parameters, QgsProcessingContext())
    assert {o.product_id for o in got} == {"A_RED", "B'_RED"}
    assert set(observations.REQUIRED) <= set(observations.COLUMNS)
    assert "OBSERVATIONS" not in page.build_box._parameters(Choice(("A_RED",), True), folder)


def write_observations(path, names):
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsCoordinateTransformContext,
        QgsFeature,
        QgsGeometry,
        QgsVectorFileWriter,
        QgsWkbTypes,
    )
    from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

    from marscd_plugin.processing.observations import COLUMNS, fields

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "FlatGeobuf"
    crs = QgsCoordinateReferenceSystem("IAU_2015:49900")
    writer = QgsVectorFileWriter.create(
        str(path), fields(), QgsWkbTypes.Type.Polygon, crs, QgsCoordinateTransformContext(), options
    )
    for name in names:
        feature = QgsFeature(fields())
        feature.setGeometry(QgsGeometry.fromWkt("Polygon ((0 0, 1 0, 1 1, 0 0))"))
        feature.setAttributes([None] * len(COLUMNS))
        feature["product_id"], feature["url"] = name, f"https://example.org/{name}.JP2"
        feature["start_time"] = QDateTime(QDate(2011, 1, 1), QTime(0, 0), Qt.TimeSpec.UTC)
        writer.addFeature(feature)
    del writer


def test_building_shows_the_series_and_a_failure_says_why(page, context, provider, wait, tmp_path):
    from marscd_plugin.common.words import Grid
    from marscd_plugin.planet.crs import equirectangular_wkt

    rng = np.random.default_rng(5)
    size = 320
    spectrum = np.fft.rfft2(rng.standard_normal((size, size)))
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None])
    ground = np.fft.irfft2(spectrum / np.maximum(frequency, 1 / size) ** 1.2, (size, size))
    ground = 0.12 + 0.015 * ground / ground.std()
    grid = Grid(equirectangular_wkt(-40, 180), 1000.0, -2000.0, 0.5, size, size)
    paths = [tmp_path / "a_2011-04-27.tif", tmp_path / "b_2011-05-30.tif"]
    from marscd_plugin.common.rasters import RasterWriter, Window

    for path, shift in zip(paths, (0, 3), strict=True):
        with RasterWriter(path, grid, np.float32, nodata=-9999) as out:
            out.write(Window(0, 0, size, size), np.roll(ground, shift, 1).astype(np.float32))
    context.state.open_folder(tmp_path / "job")
    page.build_box.start()
    assert "at least two images" in context.messages.items()[0].text()
    page.build_box.add_own([str(p) for p in paths])
    wait(lambda: page.build_box.images.topLevelItemCount() == 2, 10, "the rows")
    ready = []
    page.layers.ready.connect(lambda: ready.append(1))
    page.build_box.start()
    assert page.build_box.running and page.build_box._cancel.isVisibleTo(page.build_box)
    wait(lambda: ready, 90, "the series")
    assert [e.product_id for e in context.state.series.epochs] == ["a_2011-04-27", "b_2011-05-30"]
    assert not page.build_box.running and page._sections[0].isCollapsed()
    assert any("2 images lie on each other" in item.text() for item in context.messages.items())
