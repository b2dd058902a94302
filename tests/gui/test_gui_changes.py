"""The page Changes on a small simulated series: choose, compare, look through, another threshold, export."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import Qgis, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from marscd_plugin.common.rasters import RasterWriter, Window
from marscd_plugin.common.words import Epoch, Grid, Registration, Series
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.series.store import Stored, epoch_paths, write_catalogue, write_item

pytest.importorskip("onnxruntime")

SIZE = 256
GRID = Grid(equirectangular_wkt(-40, 180), 1000.0, -2_400_000.0, 0.5, SIZE, SIZE)
IDS = ("ESP_011111_1380_RED", "ESP_022222_1380_RED", "ESP_033333_1380_RED")


def ground(seed=0):
    """(SIZE, SIZE) float32 I/F with detail at all scales."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((SIZE, SIZE)))
    frequency = np.hypot(np.fft.fftfreq(SIZE)[:, None], np.fft.rfftfreq(SIZE)[None])
    texture = np.fft.irfft2(spectrum / np.maximum(frequency, 1 / SIZE) ** 1.2, (SIZE, SIZE))
    return (0.15 + 0.01 * texture / texture.std()).astype(np.float32)


def write(path, values):
    with RasterWriter(path, GRID, np.float32, nodata=-9999) as out:
        out.write(Window(0, 0, SIZE, SIZE), values)
    return path


@pytest.fixture
def images():
    """Three dates: nothing, two dark streaks, one of them gone again."""
    first = ground()
    second = first.copy()
    second[60:160, 80:88] *= 0.6
    second[100:180, 180:186] *= 0.6
    third = second.copy()
    third[60:160, 80:88] = first[60:160, 80:88]
    noise = np.random.default_rng(5)
    return [i + noise.normal(0, 0.0003, i.shape).astype(np.float32) for i in (first, second, third)]


@pytest.fixture
def series(tmp_path, images):
    root = tmp_path / "job" / "series"
    (root / "epochs").mkdir(parents=True)
    # Ls and incidence of the last make a bad pair with the first.
    facts = ((2011, 30, 250.0, 40.0, 300.0), (2013, 31, 252.0, 41.0, 302.0), (2014, 32, 80.0, 70.0, 200.0))
    epochs = []
    for name, values, (year, mars_year, ls, incidence, azimuth) in zip(IDS, images, facts, strict=True):
        epochs.append(
            Epoch(
                name,
                write(epoch_paths(root, name)[1], values),
                datetime(year, 3, 16, 1, 2, 3, tzinfo=timezone.utc),
                mars_year,
                ls,
                1.0,
                Registration(True, "residual 0.1 px", residual_px=0.1) if name != IDS[0] else None,
                incidence=incidence,
                emission=2.0,
                sub_solar_azimuth=azimuth,
            )
        )
        write_item(root, epochs[-1], GRID, "key", {})
    made = Series(root, GRID, IDS[0], tuple(epochs))
    write_catalogue(Stored(made, {}))
    return made


@pytest.fixture
def page(context, provider, series):
    from marscd_plugin.gui.changes.page import ChangesPage

    context.state.open_folder(series.folder.parent)
    made = ChangesPage(context)
    context.state.set_series(series)
    made.resize(400, 700)
    made.show()
    made.shown()
    yield made
    made.release()
    made.deleteLater()


@pytest.fixture
def compared(page, wait):
    """The best pair, compared and shown."""
    wait(lambda: page.compare.model.card is not None or page.compare.model.failure, 30, "the model's card")
    assert not page.compare.model.failure
    page.compare.go_button.click()
    wait(lambda: page.state.pairs and not page.queue.running, 150, "the comparison")
    wait(lambda: page.results.table_model.rowCount(), 20, "the rows")
    return page


def layer(page, role):
    from marscd_plugin.gui.changes import map_layers

    return map_layers.find(page.looking.pair, role)


def messages(page):
    return [m.text() for m in page.context.messages.items()]


def test_the_best_pair_is_chosen_and_said_in_words(page):
    assert (page.compare.before.key, page.compare.after.key) == IDS[:2]
    assert "Compares well" in page.compare.verdict.text() and "731 days" in page.compare.verdict.text()
    assert page.compare.hint.isHidden() and page.compare.go_button.isEnabled()


def test_a_bad_pair_says_why(page):
    page.compare.choose(IDS[0], IDS[2])
    said = page.compare.verdict.text()
    assert said.startswith("⚠") and "badly" in said
    for word in ("30° higher", "100° elsewhere", "170° of Ls"):
        assert word in said
    page.compare.swap.click()
    assert "Swap them" in page.compare.verdict.text()
    page.compare.choose(IDS[1], IDS[1])
    assert "same image" in page.compare.verdict.text() and not page.compare.go_button.isEnabled()


def test_blink_first_asks_for_the_series_page_then_the_pair(page):
    heard = []
    page.state.page_wanted.connect(heard.append)
    page.state.compare_wanted.connect(lambda a, b: heard.append((a, b)))
    page.compare.swap.click()
    page.compare.blink.click()
    assert heard == ["series", IDS[:2]]


def test_without_a_series_or_with_one_date_it_says_what_to_do(page, series):
    page.state.set_series(None)
    assert "no series" in page.compare.hint_words.text() and not page.compare.go_button.isEnabled()
    assert not page.compare.best.isEnabled() and not page.compare.verdict.text()
    page.state.set_series(replace(series, epochs=series.epochs[:1]))
    assert "one date only" in page.compare.hint_words.text() and not page.compare.go_button.isEnabled()


def test_the_models_card_is_told_and_pixels_it_never_saw(page, wait):
    wait(lambda: page.compare.model.card is not None, 30, "the card")
    model = page.compare.model
    assert "Will run on: CPU" in model.words.text() or "Will run on" in model.words.text()
    assert page.compare.threshold.value == pytest.approx(model.card.threshold, abs=0.005)
    assert page.compare.standard and "THRESHOLD" not in page.compare.parameters(page.context.canvas)
    assert model.warning.isHidden()
    model.set_pixel_size(6.0)
    assert "6 m" in model.warning.text()
    page.compare.threshold.slider.setValue(60)
    assert page.compare.parameters(page.context.canvas)["THRESHOLD"] == 0.6 and not page.compare.standard


def test_a_missing_package_is_one_line_with_its_remedy(page, wait, monkeypatch):
    from marscd_plugin.common.errors import MissingPackageError
    from marscd_plugin.inference import session

    def gone(module):
        raise MissingPackageError("The Python package onnxruntime could not be loaded.", "Install it.")

    monkeypatch.setattr(session, "need", gone)
    # In this process, where the package is gone: a child would have its own.
    monkeypatch.setattr("marscd_plugin.gui.child.interpreters", lambda: [])
    page.compare.model.look()
    wait(lambda: page.compare.model.failure, 10, "the failure")
    assert "onnxruntime" in page.compare.model.warning.text() and "Install it." in page.compare.model.warning.text()
    page.compare.go_button.click()
    wait(lambda: messages(page), 20, "the message")
    assert "onnxruntime" in messages(page)[0] and "Install it." in messages(page)[0]
    assert not page.queue.running and not page.state.pairs and not page.compare.running.active


def test_comparing_shows_layers_rows_words_and_a_report(compared, series):
    page = compared
    pair = page.looking.pair
    assert (pair.before, pair.after) == IDS[:2]
    assert pair.folder == page.state.folder.changes(*IDS[:2])
    assert (pair.folder / "report.html").stat().st_size > 10_000
    assert page.tabs.currentWidget() is page.results
    rows = page.results.table_model.all_rows
    assert len(rows) == pair.results["POLYGON_COUNT"] >= 2 and pair.results["DEVICE_USED"]
    words = page.results.words.text()
    assert f"{len(rows)} changes" in words and "% of the compared ground" in words and "m²" in words
    assert (rows[0].before, rows[0].after) == ("2011-03-16", "2013-03-16")
    shapes, mask, likely = (layer(page, r) for r in ("polygons", "mask", "probability"))
    assert shapes.isValid() and mask.isValid() and likely.isValid()
    assert shapes.renderer().classAttribute() == "direction"
    when = mask.temporalProperties()
    assert when.isActive() and when.mode() == Qgis.RasterTemporalMode.FixedTemporalRange
    # From After's own time to a second before the next epoch.
    assert when.fixedTemporalRange().begin().toString(Qt.DateFormat.ISODate) == "2013-03-16T01:02:03Z"
    assert when.fixedTemporalRange().end().toString(Qt.DateFormat.ISODate) == "2014-03-16T01:02:02Z"
    group = QgsProject.instance().layerTreeRoot().findGroup(f"Changes {IDS[0]} - {IDS[1]}")
    assert group.parent().name() == "MarsCD"
    assert [n.name() for n in group.children()][:3] == [shapes.name(), mask.name(), likely.name()]


def test_a_headless_run_takes_the_docks_result_as_done(compared):
    """The record's key is the one that monitorarea looks for."""
    from marscd_plugin.workflows import monitor

    folder = compared.looking.pair.folder
    told = monitor.json.loads((folder / "change.json").read_text())
    found = monitor._earlier(folder / "change.json", told["key"], folder)
    first, second = (compared.state.series.epoch(i).raster for i in IDS[:2])
    from marscd_plugin.inference.models import find_model
    from marscd_plugin.inference.session import load_model

    model = load_model(find_model("paper-rsl"))
    digests = [monitor.sha256_of(p) for p in (first, second)]
    assert told["key"] == monitor.key_of(*digests, model.sha256, model.device)
    assert found is not None and found.polygon_count == compared.results.table_model.rowCount()


def test_next_and_previous_go_round_and_map_and_table_are_in_step(compared, wait):
    page = compared
    results, shapes = page.results, layer(page, "polygons")
    count = results.table_model.rowCount()
    results.step(1)
    assert results.position.text() == f"1 of {count}"
    change = results.table_model.change(0)
    assert shapes.selectedFeatureIds() == [change.fid]
    seen = page.context.canvas.mapSettings()
    shape = seen.layerExtentToOutputExtent(shapes, shapes.getFeature(change.fid).geometry().boundingBox())
    assert page.context.canvas.extent().contains(shape)
    assert shapes.getFeature(change.fid)["change_id"] == change.number
    results.step(-1)
    assert results.position.text() == f"{count} of {count}"
    # The other way: what the map selects, the table shows.
    shapes.selectByIds([results.table_model.change(1).fid])
    assert [i.row() for i in results.table.selectionModel().selectedRows()] == [1]
    shapes.removeSelection()
    assert not results.table.selectionModel().selectedRows()


def test_keys_step_and_lay_before_under_the_outlines(compared, wait, qgis_app):
    from qgis.PyQt.QtTest import QTest

    from marscd_plugin.gui import layers

    page, root = compared, QgsProject.instance().layerTreeRoot()
    wait(lambda: len(layers.ours("compared image")) == 2, 10, "the two images")
    shown = {la.customProperty(layers.KEY): root.findLayer(la.id()) for la in layers.ours("compared image")}
    assert shown[IDS[1]].itemVisibilityChecked() and not shown[IDS[0]].itemVisibilityChecked()
    # Their nodes come below the results.
    names = [n.name() for n in root.findGroup(f"Changes {IDS[0]} - {IDS[1]}").children()]
    assert set(names[3:]) == set(IDS[:2]) and len(names) == 5
    page.activateWindow()
    page.results.table.setFocus()
    wait(lambda: page.results.table.hasFocus(), 5, "the focus")
    QTest.keyClick(page.results.table, Qt.Key.Key_N)
    assert page.results.position.text().startswith("1 of")
    QTest.keyClick(page.results.table, Qt.Key.Key_P)
    QTest.keyClick(page.results.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.results.position.text().startswith("1 of")
    QTest.keyClick(page.results.table, Qt.Key.Key_B)
    assert shown[IDS[0]].itemVisibilityChecked() and not shown[IDS[1]].itemVisibilityChecked()
    # The series' own layers replace ours when they come.
    own = QgsRasterLayer(str(page.state.series.epochs[0].raster), "epoch")
    layers.add(own, layers.group("MarsCD", "Series"), "epoch", IDS[0])
    wait(lambda: len(layers.ours("compared image")) == 1, 5, "the double to go")


def test_the_folders_series_is_opened_where_no_other_page_did(context, provider, series, wait):
    from marscd_plugin.gui.changes.page import ChangesPage

    page = ChangesPage(context)
    context.state.open_folder(series.folder.parent)
    wait(lambda: context.state.series is not None, 10, "the series")
    assert (page.compare.before.key, page.compare.after.key) == IDS[:2]
    empty = series.folder.parent.parent / "other"
    empty.mkdir()
    context.state.open_folder(empty)
    wait(lambda: context.state.series is None, 10, "the empty folder's")
    assert page.compare.before is None and not page.compare.go_button.isEnabled()
    page.release()
    page.deleteLater()


def test_the_table_sorts_and_filters(compared):
    model = compared.results.table_model
    areas = [c.area for c in model.all_rows]
    model.sort(2, Qt.SortOrder.AscendingOrder)
    assert [c.area for c in model.shown_rows] == sorted(areas)
    assert compared.results.shown_fids() is None
    least = sorted(areas)[-1]
    compared.results.least_area.setValue(round(least - 0.1, 1))
    assert len(model.shown_rows) == sum(a >= round(least - 0.1, 1) for a in areas) < len(areas)
    assert "hidden" in compared.results.position.text()
    compared.results.least_probability.setValue(1.0)
    assert model.rowCount() == 0 and not compared.results.next.isEnabled()
    compared.results.step(1)


def test_another_threshold_is_previewed_then_applied_without_the_network(compared, wait, monkeypatch):
    from marscd_plugin.inference import session

    page = compared
    before = page.results.table_model.rowCount()
    mask, likely = layer(page, "mask"), layer(page, "probability")
    root = QgsProject.instance().layerTreeRoot()
    wait(lambda: page.results.threshold.share is not None, 10, "the histogram")
    changed = page.looking.pair.results["CHANGED_PIXELS"]
    assert page.results.threshold.share(0.23) * SIZE * SIZE == pytest.approx(changed)
    page.results.threshold.threshold.slider.setValue(90)
    wait(lambda: root.findLayer(likely.id()).itemVisibilityChecked(), 5, "the preview")
    assert not root.findLayer(mask.id()).itemVisibilityChecked()
    items = likely.renderer().shader().rasterShaderFunction().colorRampItemList()
    assert [(round(i.value, 2), i.color.alpha() > 0) for i in items] == [
        (0.0, False),
        (0.9, False),
        (0.9, True),
        (1.0, True),
    ]
    assert "still those of 0.23" in page.results.threshold.words.text() and not page.results.threshold.frame.isHidden()
    page.results.threshold.back.click()
    # The preview's end brings the ramp back, and takes no date away.
    assert len(likely.renderer().shader().rasterShaderFunction().colorRampItemList()) > 4
    assert likely.temporalProperties().isActive()
    assert root.findLayer(mask.id()).itemVisibilityChecked() and page.results.threshold.frame.isHidden()

    page.results.threshold.threshold.slider.setValue(90)
    monkeypatch.setattr(session, "load_model", None)
    page.results.threshold.apply.click()
    wait(lambda: not page.looking._busy, 30, "the new mask")
    wait(lambda: page.looking._loaded is page.looking.pair, 10, "the new rows")
    pair = page.looking.pair
    assert pair.results["THRESHOLD"] == 0.9 and not messages(page)
    likely = gdal.Open(str(pair.probability)).ReadAsArray()
    mask = gdal.Open(str(pair.mask)).ReadAsArray()
    assert np.array_equal(mask == 1, likely >= 0.9) and 0 < mask.sum() < changed
    assert page.results.table_model.rowCount() == pair.results["POLYGON_COUNT"] <= before + 20
    assert layer(page, "mask").isValid() and page.results.threshold.frame.isHidden()


def test_a_pair_compared_before_is_offered(compared, context, series, wait):
    from marscd_plugin.gui.changes.page import ChangesPage

    assert not compared.compare.earlier.isHidden() and compared.compare.go_button.text() == "Compare again"
    compared.compare.choose(IDS[1], IDS[2])
    assert compared.compare.earlier.isHidden() and compared.compare.go_button.text() == "Detect changes"
    # A page made anew over the same folder finds it again.
    context.state.set_pairs(())
    other = ChangesPage(context)
    wait(lambda: context.state.pairs, 10, "the earlier pair")
    assert "changes at threshold 0.23" in other.compare.earlier_words.text()
    other.release()
    other.deleteLater()


def test_a_cancel_leaves_nothing_half_made(page, wait):
    page.compare.go_button.click()
    assert page.compare.running.active and not page.compare.go_button.isEnabled()
    page.compare.running.stop.click()
    wait(lambda: not page.queue.running, 20, "the stop")
    place = page.state.folder.changes(*IDS[:2])
    assert not list(place.glob("*.tif")) and not list(place.glob("*.fgb"))
    assert "Stopped" in messages(page)[0] and page.compare.go_button.isEnabled() and not page.state.pairs


def test_all_dates_are_compared_one_after_the_other_and_kept_ones_are_kept(compared, wait):
    assert compared.compare.all_action.text() == "Compare all dates (2 pairs)"
    compared.compare.all_action.trigger()
    wait(lambda: len(compared.state.pairs) == 2 and not compared.queue.running, 60, "the other pair")
    assert any("kept" in m for m in messages(compared))
    assert compared.results.pairs.count() == 2
    wait(lambda: compared.looking._loaded is compared.looking.pair, 10, "the rows")
    compared.results.pairs.setCurrentIndex(0)
    wait(lambda: compared.looking._loaded is compared.state.pairs[0], 10, "the first pair's rows")
    groups = [g for g in QgsProject.instance().layerTreeRoot().findGroup("MarsCD").children() if "Changes" in g.name()]
    assert [g.itemVisibilityChecked() for g in groups] == [IDS[1] in g.name() for g in groups]


def test_only_the_map(page, wait):
    canvas = page.context.canvas
    target = QgsRasterLayer(str(page.state.series.epochs[0].raster))
    canvas.setDestinationCrs(target.crs())
    canvas.setExtent(target.extent().buffered(-30))
    page.compare.only_canvas.setChecked(True)
    assert not page.compare.standard
    page.compare.go_button.click()
    wait(lambda: page.state.pairs and not page.queue.running, 150, "the comparison")
    made = gdal.Open(str(page.state.pairs[0].probability))
    pixels = made.RasterXSize * made.RasterYSize
    assert pixels < SIZE * SIZE and page.state.pairs[0].results["COMPARED_PIXELS"] == pixels


def test_two_layers_of_the_project_are_registered_first(page, images, tmp_path, wait):
    shifted = np.roll(images[1], (3, 5), (0, 1))
    paths = [write(tmp_path / "a_2011-04-27.tif", images[0]), write(tmp_path / "b_2011-05-30.tif", shifted)]
    for path in paths:
        QgsProject.instance().addMapLayer(QgsRasterLayer(str(path), path.stem))
    page.state.set_series(None)
    wait(lambda: len(page.compare.offered) == 2, 5, "the layers")
    page.compare.choose("a_2011-04-27", "b_2011-05-30")
    assert "registered" in page.compare.verdict.text()
    assert page.compare.parameters(page.context.canvas)["REGISTER"] is True
    page.compare.go_button.click()
    wait(lambda: page.state.pairs and not page.queue.running, 90, "the comparison")
    pair = page.state.pairs[0]
    assert (pair.before, pair.after) == ("a_2011-04-27", "b_2011-05-30") and not any(
        "not compared" in m for m in messages(page)
    )
    likely = gdal.Open(str(pair.probability)).ReadAsArray()
    assert likely[100:120, 82:86].mean() > 0.5 and likely.mean() < 0.2


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "fgb", "csv", "mask"])
def test_export(compared, tmp_path, wait, monkeypatch, kind):
    from marscd_plugin.gui.changes.export import ENDINGS

    target = tmp_path / ("out" + ENDINGS[kind])
    # The ending is added where it was not typed.
    monkeypatch.setattr(compared.looking.exporter, "ask_path", lambda start, kinds: str(target.with_suffix("")))
    compared.results.least_area.setValue(150.0)
    listed = len(compared.results.table_model.shown_rows)
    compared.results.export_wanted.emit(kind)
    wait(lambda: any("Saved" in m for m in messages(compared)), 20, "the export")
    if kind == "mask":
        assert target.read_bytes() == compared.looking.pair.mask.read_bytes()
    elif kind == "csv":
        rows = list(csv.DictReader(target.open(encoding="utf-8")))
        assert len(rows) == listed and rows[0]["before_time"].startswith("2011-03-16T01:02:03")
        assert len(rows) == 1 and float(rows[0]["area_m2"]) >= 150.0
    else:
        shapes = QgsVectorLayer(str(target))
        assert shapes.isValid() and shapes.featureCount() == listed
        assert (shapes.crs().celestialBodyName() == "Mars") is (kind != "geojson")
        box = shapes.extent()
        if kind == "geojson":
            assert -90 < box.yMinimum() < -30 and any("GeoJSON" in m for m in messages(compared))
        else:
            assert GRID.left <= box.xMinimum() and box.yMaximum() <= GRID.top
    # Not over what is there.
    compared.results.export_wanted.emit(kind)
    assert any("is there already" in m for m in messages(compared))


def test_another_folders_layers_of_the_same_pair_are_not_taken_for_these(compared, tmp_path):
    import shutil

    from marscd_plugin.gui.changes import map_layers

    here = compared.looking.pair
    there = replace(here, folder=tmp_path / "other")
    shutil.copytree(here.folder, there.folder)
    assert map_layers.find(here, "mask") is not None and map_layers.find(there, "mask") is None
    map_layers.show(there, "mask", map_layers.Dates())
    assert map_layers.find(there, "mask").source() != map_layers.find(here, "mask").source()
    assert map_layers.take_away(there) and map_layers.find(here, "mask") is not None


def test_missing_files_are_told(compared, wait):
    from marscd_plugin.gui.changes import map_layers

    pair = compared.looking.pair
    map_layers.take_away(pair)
    compared.looking._navigator.watch(None)
    pair.mask.unlink()
    compared.looking.show_current()
    wait(lambda: messages(compared), 5, "the message")
    assert "mask.tif" in messages(compared)[0] and "again" in messages(compared)[0]


def test_release_leaves_nothing_listening(context, provider, series):
    from marscd_plugin.gui.changes.page import ChangesPage

    context.state.open_folder(series.folder.parent)

    def listeners():
        state, project = context.state, QgsProject.instance()
        return [
            *(state.receivers(s) for s in (state.series_changed, state.folder_changed, state.pairs_changed)),
            *(project.receivers(s) for s in (project.layersAdded, project.layersRemoved)),
        ]

    before = listeners()
    for _ in range(3):
        page = ChangesPage(context)
        assert listeners() != before
        page.release()
        page.deleteLater()
    assert listeners() == before


def test_verdicts_by_key_are_kept_shown_and_come_back(compared, context, series, wait, qgis_app):
    from qgis.PyQt.QtTest import QTest

    from marscd_plugin.change.review import REVIEW, read_review
    from marscd_plugin.gui.changes.page import ChangesPage

    page = compared
    results, folder = page.results, page.looking.pair.folder
    wait(lambda: page.reviewing.review is not None, 20, "the review")
    assert not results.review.accept.isEnabled() and not (folder / REVIEW).exists()
    results.next.click()
    count = results.table_model.rowCount()
    page.activateWindow()
    results.table.setFocus()
    QTest.keyClick(results.table, Qt.Key.Key_A)
    QTest.keyClick(results.table, Qt.Key.Key_R)
    assert results.table_model.data(results.table_model.index(0, 0)).startswith("✓")
    assert results.table_model.data(results.table_model.index(1, 0)).startswith("✗")
    assert f"2 of {count} judged: 1 accepted, 1 rejected" in results.review.words.text()
    wait(lambda: (folder / REVIEW).is_file(), 10, "the file")
    assert [label.verdict for label in read_review(folder, "", "").labels] == ["accepted", "rejected"]
    shown = next(layer for layer in QgsProject.instance().mapLayers().values() if layer.name() == "Judged changes")
    assert shown.featureCount() == 2 and shown.crs() == layer(page, "polygons").crs()
    # Another window on the same folder finds the verdicts by their outlines.
    other = ChangesPage(context)
    other.resize(400, 700)
    other.show()
    other.tabs.setCurrentWidget(other.results)
    wait(lambda: other.reviewing.review is not None and len(other.reviewing.review.labels) == 2, 30, "the verdicts")
    first = other.results.table_model
    assert first.data(first.index(0, 0)).startswith("✓")
    other.release()
    other.deleteLater()
    # Back to the second, and its verdict is taken away again.
    results.table.selectRow(1)
    QTest.keyClick(results.table, Qt.Key.Key_U)
    wait(lambda: len(read_review(folder, "", "").labels) == 1, 10, "the file")


def test_an_outline_is_drawn_anew_and_a_missed_one_added(compared, wait):
    from marscd_plugin.change.review import read_review

    page = compared
    reviewing, results = page.reviewing, page.results
    wait(lambda: reviewing.review is not None, 20, "the review")
    page.context.canvas.setDestinationCrs(layer(page, "polygons").crs())
    results.next.click()
    results.review.redraw.click()
    assert reviewing.drawing.tool is not None and "corner" in results.review.words.text()
    reviewing.drawing.drawn.emit([(1010.0, -2400050.0), (1020.0, -2400050.0)])
    assert "three corners" in " ".join(messages(page)) and reviewing.drawing.tool is not None
    reviewing.drawing.drawn.emit(
        [(1010.0, -2400050.0), (1020.0, -2400060.0), (1020.0, -2400050.0), (1010.0, -2400060.0)]
    )
    assert "crosses itself" in " ".join(messages(page))
    reviewing.drawing.drawn.emit([(1010.0, -2400050.0), (1020.0, -2400050.0), (1020.0, -2400060.0)])
    assert reviewing.drawing.tool is None
    results.review.add.click()
    reviewing.drawing.drawn.emit([(1050.0, -2400050.0), (1060.0, -2400050.0), (1060.0, -2400060.0)])
    assert [(label.origin, label.verdict) for label in reviewing.review.labels] == [
        ("redrawn", "accepted"),
        ("drawn", "accepted"),
    ]
    assert "1 drawn as missed" in results.review.words.text()
    results.review.unadd.click()
    page.hidden()
    folder = page.looking.pair.folder
    reviewing.flush()
    wait(lambda: len(read_review(folder, "", "").labels) == 1, 10, "the file")


def test_a_verdict_that_is_not_on_disk_yet_is_not_lost(compared, wait, monkeypatch):
    import time

    from marscd_plugin.change.review import read_review, write_review

    def slowly(folder, review):
        time.sleep(0.7)
        write_review(folder, review)

    page = compared
    wait(lambda: page.reviewing.review is not None, 20, "the review")
    pair = page.looking.pair
    monkeypatch.setattr("marscd_plugin.gui.changes.reviewing.write_review", slowly)
    page.results.next.click()
    page.reviewing.judge("accepted")
    # The pair comes back before the disk has heard of it.
    page.reviewing.show(pair)
    wait(lambda: page.reviewing.review is not None, 20, "the review")
    assert [label.verdict for label in page.reviewing.review.labels] == ["accepted"]
    page.results.table.selectRow(1)
    page.reviewing.judge("rejected")
    page.reviewing.release()
    assert len(read_review(pair.folder, "", "").labels) == 2


def test_a_damaged_review_is_told_and_nothing_is_judged(compared, wait):
    from marscd_plugin.change.review import REVIEW

    page = compared
    wait(lambda: page.reviewing.review is not None, 20, "the review")
    pair = page.looking.pair
    (pair.folder / REVIEW).write_text("{")
    page.reviewing.show(pair)
    wait(lambda: messages(page), 20, "the message")
    assert "review.json" in messages(page)[0] and not page.results.review.isEnabled()
    assert (pair.folder / REVIEW).read_text() == "{"
