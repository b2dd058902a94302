"""The page Analogues: mark, search, look through, judge, search again, rank; on one body and across two."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from marscd_plugin.common.words import Area, Chip, EmbeddingCard, Match
from marscd_plugin.gui import layers
from marscd_plugin.gui.analogue import map_layers
from marscd_plugin.gui.analogue.how_box import Known
from marscd_plugin.gui.jobs import Job
from marscd_plugin.planet import geometry

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflows"))

MARS, EARTH = "IAU_2015:49910", "EPSG:32646"
CARD = EmbeddingCard(
    name="stripes", input="chips", output="vectors", chip_px=32, channels=1, dimensions=16, metric="cosine",
    normalisation="chip", description="energy of stripes; a stand-in. And more.",
)  # fmt: skip


def raster(path, crs, left, top, pixel, size=128, seed=1):
    """Noise as a GeoTIFF."""
    values = (100 + 40 * np.random.default_rng(seed).random((size, size))).astype(np.uint8)
    made = gdal.GetDriverByName("GTiff").Create(str(path), size, size, 1, gdal.GDT_Byte)
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    made.SetProjection(reference.ExportToWkt())
    made.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    made.GetRasterBand(1).WriteArray(values)
    made.FlushCache()
    return path


def layer_of(path, name):
    options = QgsRasterLayer.LayerOptions(False)
    options.skipCrsValidation = True
    layer = QgsRasterLayer(str(path), name, "gdal", options)
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def mars(context, tmp_path):
    """The project on Mars, its map on the target's image."""
    crs = QgsCoordinateReferenceSystem(MARS)
    QgsProject.instance().setCrs(crs)
    canvas = context.canvas
    canvas.resize(400, 400)
    canvas.setDestinationCrs(crs)
    target = layer_of(raster(tmp_path / "crater.tif", MARS, 10_000, 20_000, 2.0), "crater")
    canvas.setExtent(target.extent())
    return target


@pytest.fixture
def page(context, provider, mars, tmp_path, wait, monkeypatch):
    from marscd_plugin.gui.analogue import searching
    from marscd_plugin.gui.analogue.page import AnaloguePage
    from marscd_plugin.inference import models

    (tmp_path / "stripes.onnx").write_bytes(b"no network")
    monkeypatch.setattr(models, "find_embedding", lambda name: tmp_path / "stripes.onnx")
    known = Known(("stripes", "other"), "stripes", CARD)
    monkeypatch.setattr(searching, "look", lambda name, progress: known)
    context.state.open_folder(tmp_path / "job")
    made = AnaloguePage(context)
    made.resize(360, 640)
    made.show()
    made.shown()
    wait(lambda: made.search.how.card is not None, 10, "the model's card")
    yield made
    made.hidden()
    made.release()
    made.deleteLater()


@pytest.fixture
def earth(page, tmp_path):
    """An image of Earth to search."""
    layer = layer_of(raster(tmp_path / "qaidam.tif", EARTH, 400_000, 4_200_000, 4.0, 256, 2), "qaidam")
    page._layers_settled()
    assert page.search.where.picker.choose(layer.id())
    page.searching._tell()
    return layer


@pytest.fixture
def plain(page, tmp_path):
    """Another image of Mars to search."""
    layer = layer_of(raster(tmp_path / "plain.tif", MARS, 30_000, 20_000, 4.0, 256, 3), "plain")
    page._layers_settled()
    assert page.search.where.picker.choose(layer.id())
    page.searching._tell()
    return layer


def square(lon=0.178, lat=0.336, half=0.0008, body="Mars"):
    return geometry.area_from_extent(lon - half, lat - half, lon + half, lat + half, body)


def drag(canvas, box):
    """Click the two corners of a box given in the canvas's CRS."""
    for x, y in ((box.xMinimum(), box.yMinimum()), (box.xMaximum(), box.yMaximum())):
        point = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        place = QPoint(round(point.x()), round(point.y()))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def messages(page):
    return " ".join(m.text() for m in page.context.messages.items())


class Algorithms:
    """Stands in for ``jobs.algorithm``: keeps what was asked, and answers when told."""

    def __init__(self, page, monkeypatch):
        self.asked: list[tuple[Job, str, dict]] = []
        self._page = page
        monkeypatch.setattr(page.context.jobs, "algorithm", self.start)

    def start(self, identifier, parameters, title=""):
        job = Job(title, self._page)
        self.asked.append((job, identifier, parameters))
        return job

    @property
    def last(self):
        return self.asked[-1]

    def finish(self, results):
        job = self.asked[-1][0]
        job.succeeded.emit(results)
        job.ended.emit()


@pytest.fixture
def algorithms(page, monkeypatch):
    return Algorithms(page, monkeypatch)


def write_results(given, crs, body, origin, count=5, weak=(), scores=False, pictured=False):
    """What ``analoguesimilarity`` leaves: matches along a diagonal, a distance, a report."""
    from marscd_plugin.analogue.matches import MatchRow, write_matches
    from marscd_plugin.analogue.raster import write_surfaces
    from marscd_plugin.common.progress import Quiet
    from marscd_plugin.common.words import Grid

    reference = osr.SpatialReference()
    if crs:
        reference.SetFromUserInput(crs)
    wkt = reference.ExportToWkt(["FORMAT=WKT2_2019"]) if crs else ""
    rows = []
    for n in range(count):
        degrees = (95.0 + n / 100, 37.5) if crs else (None, None)
        chip = Chip("x", origin[0] + 100 * (n + 1), origin[1] - 100 * (n + 1), 64.0, *degrees, body)
        match = Match(chip, 10 + n, n + 1, 0.1 * (n + 1), "Target 1", 0.15 + 5.0 * n, n in weak,
                      "chance gives as much" if n in weak else "")  # fmt: skip
        row = MatchRow(match, score=0.9 - 0.1 * n if scores else None)
        if pictured and n == 0:
            row = replace(
                row, thumbnail="matches-thumbnails/1.png", target_thumbnail="matches-thumbnails/target-0-1.png"
            )
        rows.append(row)
    path = Path(given["MATCHES"])
    write_matches(path, wkt, rows)
    grid = Grid(wkt, origin[0], origin[1], 32.0, 20, 20)
    band = np.random.default_rng(1).random((20, 20)).astype(np.float32)
    write_surfaces(Path(given["DISTANCE"]), grid, {"distance": band}, {}, Quiet())
    Path(given["REPORT"]).write_text("<html></html>")
    index = path.with_name("matches-index")
    index.mkdir(exist_ok=True)
    return {"MATCHES": str(path), "DISTANCE": given["DISTANCE"], "REPORT": given["REPORT"], "INDEX": str(index),
            "MATCH_COUNT": count, "WEAK_COUNT": len(weak), "BEST_DISTANCE": 0.1}  # fmt: skip


@pytest.fixture
def searched(page, plain, algorithms, wait):
    """A finished search on Mars."""
    page.searching.marking.add("", square())
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    algorithms.finish(write_results(algorithms.last[2], MARS, "Mars", (30_000, 20_000), weak=(4,)))
    wait(lambda: page.matches.model.rowCount() == 5, 10, "the matches")
    return page


# Before anything is searched


def test_it_says_step_by_step_what_is_missing(page, mars, plain):
    assert "mark a target" in page.search.missing.text() and not page.search.find.isEnabled()
    assert "draw a box" in page.search.target.hint.text()
    page.searching.marking.add("", square())
    page.searching._tell()
    assert page.search.missing.isHidden() and page.search.find.isEnabled()
    assert page.matches.body.isHidden() and "Begin in the tab Search" in page.matches.empty.text()
    assert "on Mars first" in page.sites.missing.text() and not page.sites.rank.isEnabled()


def test_without_any_image_it_asks_for_one(page, mars):
    QgsProject.instance().removeAllMapLayers()
    page._layers_settled()
    page.searching._tell()
    assert "add an image" in page.search.missing.text()
    assert not page.search.target.draws["rectangle"].isEnabled() and not page.search.where.draw.isEnabled()


def test_the_image_is_told_in_words(page, plain):
    said = page.search.where.picker.facts.text()
    assert said == "Mars · 4 m a pixel · 1.0 km \u00d7 1.0 km"


def test_a_box_is_drawn_on_the_map_and_listed_with_its_picture(page, context, wait):
    button = page.search.target.draws["rectangle"]
    button.click()
    canvas = context.canvas
    assert canvas.mapTool() is page.searching.marking._drawing.tool
    drag(canvas, QgsRectangle(10_060, 19_860, 10_160, 19_940))
    marked = page.searching.marking.targets
    assert len(marked) == 1 and marked[0].name == "Target 1" and marked[0].area.body == "Mars"
    assert not button.isChecked() and page.searching.marking._drawing is None
    wait(lambda: not page.search.target.list.item(0).icon().isNull(), 10, "its picture")
    assert page.outlines.shown("targets")
    page.search.target.list.item(0).setText("floor")
    assert page.searching.marking.targets[0].name == "floor"
    page.search.target.remove.click()
    assert page.searching.marking.targets == () and page.search.target.list.isHidden()


def test_a_target_beside_its_image_is_told(page, wait):
    page.searching.marking.add("", square(20.0, 10.0))
    item = page.search.target.list.item(0)
    wait(lambda: "does not show this place" in item.toolTip(), 10, "the words")


def test_selected_polygons_of_a_layer_become_targets(page):
    layer = QgsVectorLayer(f"Polygon?crs={MARS}&field=name:string", "outlines", "memory")
    from qgis.core import QgsFeature, QgsGeometry

    for number in range(3):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"ridge {number}"])
        left = 10_010 + 60 * number
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(left, 19_900, left + 40, 19_940)))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([1, 2])
    page.search.target.fill_menu()
    actions = {a.text(): a for a in page.search.target.menu.actions()}
    actions["outlines: 2 selected"].trigger()
    assert [t.name for t in page.searching.marking.targets] == ["ridge 0", "ridge 1"]


def test_a_target_of_the_paper_moves_the_map_of_mars(page, context):
    context.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("IAU_2015:49900"))
    page.search.target.fill_menu()
    action = next(a for a in page.search.target.menu.actions() if a.text().startswith("B'"))
    action.trigger()
    seen = context.canvas.extent()
    assert seen.contains(QgsRectangle(38.0, -42.7, 38.1, -42.6)) and seen.height() < 2
    assert len(page.searching.marking.targets) == 1


def test_a_target_on_the_wrong_body_is_refused_in_words(page):
    page.searching.marking.add_layer("nothing")
    assert "not there any more" in messages(page)
    from marscd_plugin.common.errors import InputError

    with pytest.raises(InputError, match="lies on Earth"):
        page.searching.marking.add("", square(95, 37, body="Earth"))


def test_sizes_are_proposed_explained_and_can_be_changed(page, plain):
    page.searching.marking.add("", square())
    page.searching._tell()
    how = page.search.how
    # The target is 95 m wide, the coarser pixels are 4 m: 32 of them are 128 m.
    assert 90 <= how.size.value() <= 96 and how.step.value() == pytest.approx(how.size.value() / 2, rel=0.05)
    assert "smallest target" in how.why.text() and "places are compared" in how.why.text()
    how.size.setValue(20)
    page.searching._tell()
    assert "only 5 real pixels" in how.why.text() and how.reset.isEnabled()
    how.size.setValue(3000)
    page.searching._tell()
    assert "smaller than one chip" in page.search.missing.text() and not page.search.find.isEnabled()
    how.reset.click()
    page.searching._tell()
    assert 90 <= how.size.value() <= 96 and page.search.find.isEnabled()


def test_images_with_and_without_a_scale_do_not_go_together(page, tmp_path):
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "bare.tif"), 200, 200, 1)
    made.FlushCache()
    bare = layer_of(tmp_path / "bare.tif", "bare")
    page._layers_settled()
    page.search.where.picker.choose(bare.id())
    page.search.target.whole.setChecked(True)
    page.searching._tell()
    assert "Only one of the two images has a scale" in page.search.missing.text()


# Searching


def test_what_is_asked_reaches_the_algorithm(page, plain, algorithms, wait, tmp_path):
    page.searching.marking.add("floor", square())
    page.search.where.part.setCurrentIndex(1)  # what its map shows
    page.context.canvas.setExtent(plain.extent())
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    _, identifier, given = algorithms.last
    assert identifier == "marscd:analoguesimilarity" and given["SEARCH"] == plain.source()
    folder = tmp_path / "job" / "analogues" / "001"
    assert given["MATCHES"] == str(folder / "matches.fgb") and given["MODEL"] == "stripes"
    areas = QgsVectorLayer(given["TARGET_AREAS"], "a", "ogr")
    assert [f["name"] for f in areas.getFeatures()] == ["floor"] and areas.crs().authid() == "IAU_2015:49900"
    assert QgsVectorLayer(given["AREA"], "a", "ogr").featureCount() == 1
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(identifier)
    assert algorithm.HEAVY
    ok, why = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert ok, why
    assert page.search.running.active and not page.search.find.isEnabled()


def test_a_stopped_and_a_failed_search_leave_the_page_ready(page, plain, algorithms, wait):
    page.search.target.whole.setChecked(True)
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    job, _, given = algorithms.last
    assert given["TARGETS"] == [page.searching.marking.image.source] and "TARGET_AREAS" not in given
    page.search.running.stop.click()
    assert job.cancel_asked
    job.stopped.emit()
    job.ended.emit()
    assert "Stopped" in messages(page) and page.search.find.isEnabled() and not page.search.running.active
    page.search.find.click()
    wait(lambda: len(algorithms.asked) == 2, 10, "the algorithm")
    algorithms.last[0].failed.emit("The target has no texture. Mark ground with a pattern.")
    algorithms.last[0].ended.emit()
    assert "no texture" in messages(page) and page.search.find.isEnabled()
    base = Path(given["MATCHES"]).parents[1]
    wait(lambda: not list(base.glob("0*")), 10, "the empty folders go")
    assert algorithms.last[2]["INDEX"] == given["INDEX"], "what was computed is found again"
    assert page.matches.body.isHidden()


def test_matches_are_listed_told_and_on_the_map(searched, context, wait):
    page = searched
    assert page.tabs.currentWidget() is page.matches
    assert (
        "5 matches" in page.matches.words.text() and "nearer than 99.8 % of random places" in page.matches.words.text()
    )
    assert "Weak: 1 (marked" in page.matches.words.text()
    rows = page.matches.model.rows
    assert [r.rank for r in rows] == [1, 2, 3, 4, 5] and rows[4].weak
    wait(lambda: len(page.looking._over()) == 2 and not page.looking._turn.isActive(), 10, "the layers")
    matches = layers.ours(map_layers.MATCHES)
    assert len(matches) == 1
    root = QgsProject.instance().layerTreeRoot()
    assert root.findLayer(matches[0].id()).isVisible()
    order = [layer.name() for layer in root.layerOrder()]
    assert order[:2] == ["Matches", "Distance to the target"], "over the user's own images"
    page.matches.next.click()
    assert context.canvas.extent().contains(QgsRectangle(30_090, 19_890, 30_110, 19_910))
    assert context.canvas.extent().height() < 800, "from 3 km to a match"
    assert [f["rank"] for f in matches[0].selectedFeatures()] == [1]
    assert page.outlines.shown("match")
    matches[0].selectByExpression('"rank" = 3')
    assert page.matches.current().rank == 3


def test_a_weak_best_match_is_called_weak_first(page, plain, algorithms, wait):
    page.searching.marking.add("", square())
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    algorithms.finish(write_results(algorithms.last[2], MARS, "Mars", (30_000, 20_000), weak=range(5)))
    wait(lambda: page.matches.model.rowCount() == 5, 10, "the matches")
    assert page.matches.words.text().startswith("⚠ Weak") and page.matches.words.font().bold()


def test_verdicts_by_key_reach_the_file_and_a_second_round(searched, algorithms, wait):
    page = searched
    page.matches.step(1)
    for key in ("A", "R"):
        QTest.keyClick(page.matches.view, key)
    assert "2 of 5 judged: 1 like the target, 1 not" in page.matches.counts.text()
    assert page.matches.current().rank == 3, "the next one by itself"
    path = page.looking.search.matches

    def kept():
        layer = QgsVectorLayer(str(path), "m", "ogr")
        return {f["index"]: f["verdict"] for f in layer.getFeatures() if f["verdict"]}

    wait(lambda: kept() == {10: "accepted", 11: "rejected"}, 10, "the verdicts on disk")
    page.matches.refine.click()
    wait(lambda: len(algorithms.asked) == 2, 10, "the second round")
    _, identifier, given = algorithms.last
    assert identifier == "marscd:refineanalogues" and (given["ACCEPTED"], given["REJECTED"]) == ("10", "11")
    assert given["INDEX"].endswith("001/matches-index") and "round-2" in given["MATCHES"]
    assert given["OF"] == str(path)
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(identifier)
    ok, why = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert ok, why
    algorithms.finish(write_results(given, MARS, "Mars", (30_000, 20_000), count=4, scores=True))
    wait(lambda: page.matches.model.rowCount() == 4, 10, "the second round's matches")
    assert page.matches.searches.count() == 2 and "(round 2)" in page.matches.searches.currentText()
    assert "like your verdicts: 90 %" in page.matches.model.data(page.matches.model.index(0, 0))
    page.matches.searches.setCurrentIndex(0)
    wait(lambda: page.matches.model.rowCount() == 5, 10, "the first round again")
    assert page.matches.model.rows[0].verdict == "accepted"


def test_what_was_searched_comes_back_with_the_job(searched, context, wait, tmp_path):
    page = searched
    folder = context.state.folder.root
    context.state.new_job(tmp_path / "another")
    wait(lambda: page.matches.searches.count() == 0, 10, "the empty job")
    assert page.matches.body.isHidden() and page.looking.search is None
    page.searching.marking.set_targets(())
    context.state.open_folder(folder)
    wait(lambda: page.matches.model.rowCount() == 5, 10, "the matches of the first job")
    assert [t.name for t in page.searching.marking.targets] == ["Target 1"]


def test_damaged_records_are_left_out(searched, context, wait, tmp_path):
    base = context.state.folder.root / "analogues"
    for number, text in ((2, "{"), (3, "[]"), (4, json.dumps({"asked": 3, "results": {}}))):
        (base / f"{number:03d}").mkdir()
        (base / f"{number:03d}" / "search.json").write_text(text)
    from marscd_plugin.gui.analogue.stored import load

    assert [s.number for s in load(context.state.folder)] == [1]


def test_a_search_that_ends_in_a_job_left_behind_is_told(page, plain, algorithms, wait, context, tmp_path):
    page.search.target.whole.setChecked(True)
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    context.state.new_job(tmp_path / "another")
    algorithms.finish(write_results(algorithms.last[2], MARS, "Mars", (30_000, 20_000)))
    wait(lambda: "was open when it began" in messages(page), 10, "the message")
    assert page.matches.searches.count() == 0 and (tmp_path / "job" / "analogues" / "001" / "search.json").is_file()


def test_outlines_follow_the_map_to_another_crs_and_hide_on_another_body(page, context, wait):
    page.searching.marking.add("", square())
    canvas = context.canvas
    metres = page.outlines.extent("targets", canvas)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("IAU_2015:49900"))
    degrees = page.outlines.extent("targets", canvas)
    assert metres.width() > 50 and degrees.width() == pytest.approx(0.0016, rel=0.01)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert page.outlines.extent("targets", canvas) is None
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(MARS))
    assert page.outlines.extent("targets", canvas).width() == pytest.approx(metres.width(), rel=1e-6)


@pytest.fixture
def letters(qgis_app):
    """As large as desktops have them; without a screen Qt takes larger ones."""
    from qgis.PyQt.QtGui import QFont
    from qgis.PyQt.QtWidgets import QApplication

    before = QApplication.font()
    QApplication.setFont(QFont("DejaVu Sans", 9))
    yield
    QApplication.setFont(before)


def test_every_tab_fits_into_a_narrow_dock(letters, searched, qgis_app):
    for tab in (searched.search, searched.matches, searched.sites):
        searched.tabs.setCurrentWidget(tab)
        qgis_app.processEvents()
        assert tab.minimumSizeHint().width() <= 410 - 72 - 12, type(tab).__name__


# Another body


def test_another_body_gets_a_view_of_its_own(page, earth, algorithms, wait, context):
    before = context.canvas.mapSettings().destinationCrs()
    assert "view of their own" in page.search.where.words.text()
    page.searching.marking.add("", square())
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    algorithms.finish(write_results(algorithms.last[2], EARTH, "Earth", (400_000, 4_200_000)))
    wait(lambda: page.matches.model.rowCount() == 5, 10, "the matches")
    side = page.views.side
    wait(lambda: side.canvas is not None and side.shows(earth.id()), 10, "the view beside the map")
    assert side.canvas.mapSettings().destinationCrs().authid() == EARTH
    assert context.canvas.mapSettings().destinationCrs() == before, "the project's map stays where it is"
    wait(lambda: len(side.canvas.layers()) == 3, 10, "the layers in it")
    shown = [layer.name() for layer in side.canvas.layers()]
    assert shown == ["Matches", "Distance to the target", "qaidam"]
    tree = QgsProject.instance().layerTreeRoot()
    for layer in layers.ours(map_layers.MATCHES):
        assert not tree.findLayer(layer.id()).isVisible(), "Earth's coordinates are not drawn on Mars"
    extent = context.canvas.extent()
    page.matches.next.click()
    assert side.canvas.extent().contains(QgsRectangle(400_090, 4_199_890, 400_110, 4_199_910))
    assert context.canvas.extent() == extent
    assert "95.0000° E, 37.5000° N" in page.matches.model.data(page.matches.model.index(0, 0))
    page.matches.distance.click()
    assert [layer.name() for layer in side.canvas.layers()] == ["Matches", "qaidam"]
    assert "do not lie on Mars" in page.sites.missing.text()
    QgsProject.instance().removeMapLayer(earth.id())
    wait(lambda: not side.visible, 10, "the view went with its image")


def test_a_box_to_search_is_drawn_on_the_other_bodys_view(page, earth, wait):
    page.search.target.whole.setChecked(True)
    page.search.where.part.setCurrentIndex(2)
    page.searching._tell()
    assert "Press Draw" in page.search.missing.text()
    page.search.where.draw.click()
    canvas = page.views.side.canvas
    canvas.resize(300, 300)
    canvas.setExtent(earth.extent())
    drag(canvas, QgsRectangle(400_100, 4_199_300, 400_800, 4_199_900))
    box = page.searching.part.box
    assert isinstance(box, Area) and box.body == "Earth" and not page.search.where.draw.isChecked()
    assert page.outlines.shown("where")
    page.searching._tell()
    assert page.search.find.isEnabled(), page.search.missing.text()


def test_images_without_a_place_are_searched_and_shown_apart(page, algorithms, wait, tmp_path):
    for name, size in (("bare-target", 60), ("bare", 300)):
        made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / f"{name}.tif"), size, size, 1)
        made.GetRasterBand(1).WriteArray(np.random.default_rng(1).integers(0, 255, (size, size)).astype(np.uint8))
        del made
    target, bare = (layer_of(tmp_path / f"{name}.tif", name) for name in ("bare-target", "bare"))
    page._layers_settled()
    page.search.target.picker.choose(target.id())
    page.search.where.picker.choose(bare.id())
    page.search.target.draws["rectangle"].click()
    assert "use the whole image" in messages(page) and page.searching.marking._drawing is None
    page.search.target.whole.setChecked(True)
    page.searching._tell()
    assert page.search.how.size.suffix() == " px" and page.search.how.size.value() == 32
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    algorithms.finish(write_results(algorithms.last[2], "", "", (0, 0), count=2))
    wait(lambda: page.matches.model.rowCount() == 2, 10, "the matches")
    assert "column 100, row 100" in page.matches.model.data(page.matches.model.index(0, 0))
    page.matches.next.click()
    side = page.views.side
    assert side.shows(bare.id()) and not side.canvas.mapSettings().destinationCrs().isValid()
    assert side.canvas.extent().contains(QgsRectangle(90, -110, 110, -90))


def test_the_very_chip_of_the_target_stands_beside_its_match(page, plain, algorithms, wait):
    from qgis.PyQt.QtGui import QColor, QImage

    from marscd_plugin.gui.analogue.match_list import PICTURES_ROLE

    page.searching.marking.add("", square(0.171, 0.3355))
    page.searching._tell()
    page.search.find.click()
    wait(lambda: algorithms.asked, 10, "the algorithm")
    given = algorithms.last[2]
    folder = Path(given["MATCHES"]).with_name("matches-thumbnails")
    folder.mkdir()
    for name, colour in (("1", "#ff0000"), ("target-0-1", "#0000ff")):
        image = QImage(80, 80, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        assert image.save(str(folder / f"{name}.png"))
    algorithms.finish(write_results(given, MARS, "Mars", (30_000, 20_000), pictured=True))
    wait(lambda: page.matches.model.rowCount() == 5, 10, "the matches")
    pictures = page.matches.model.data(page.matches.model.index(0, 0), PICTURES_ROLE)
    colours = [p.toImage().pixelColor(5, 5).name() for p in pictures]
    assert colours == ["#0000ff", "#ff0000"]
    others = page.matches.model.data(page.matches.model.index(1, 0), PICTURES_ROLE)
    assert others[0] is not None and others[1] is None, "without one, the marked place itself"
    page.matches.view.grab()


# Afterwards


def test_matches_on_mars_are_ranked_as_landing_sites(searched, algorithms, wait, monkeypatch):
    page = searched
    page.tabs.setCurrentWidget(page.sites)
    assert page.sites.rank.isEnabled()
    crism = page.sites.crism.item(0)
    crism.setCheckState(Qt.CheckState.Checked)
    page.sites.rank.click()
    _, identifier, given = algorithms.last
    assert identifier == "marscd:ranklandingsites" and given["MATCHES"] == str(page.looking.search.matches)
    assert len(given["CRISM"]) == 1 and "DTM" not in given
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(identifier)
    ok, why = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert ok, why
    from osgeo import ogr

    from marscd_plugin.gui.area_file import write_features
    from marscd_plugin.planet.crs import geographic_wkt

    rows = [(ogr.CreateGeometryFromWkt(f"POLYGON((0.5 {n},0.6 {n},0.6 {n + 0.1},0.5 {n}))"), (3 - n, 1.5 * n, None))
            for n in (0, 1, 2)]  # fmt: skip
    fields = {"rank": ogr.OFTInteger, "slope_deg": ogr.OFTReal, "unknown": ogr.OFTReal}
    write_features(Path(given["OUTPUT"]), geographic_wkt(), ogr.wkbPolygon, fields, rows)
    algorithms.finish({"OUTPUT": given["OUTPUT"]})
    wait(lambda: page.sites.table.rowCount() == 3, 10, "the table")
    titles = [page.sites.table.horizontalHeaderItem(n).text() for n in range(page.sites.table.columnCount())]
    assert titles == ["rank", "slope deg"]
    assert [page.sites.table.item(n, 0).text() for n in range(3)] == ["1", "2", "3"]
    page.sites.go_wanted.emit(0)
    assert len(layers.ours(map_layers.LANDING)) == 1 and not page.sites.report.isHidden()


def test_release_leaves_nothing_behind(context, provider, mars, wait, tmp_path, monkeypatch):
    from qgis.gui import QgsDockWidget
    from qgis.PyQt.QtCore import QCoreApplication, QEvent

    from marscd_plugin.gui.analogue import searching
    from marscd_plugin.gui.analogue.page import AnaloguePage

    monkeypatch.setattr(searching, "look", lambda name, progress: Known(("stripes",), "stripes", CARD))
    project, canvas = QgsProject.instance(), context.canvas

    def standing():
        return (
            [project.receivers(s) for s in (project.layersAdded, project.layersRemoved, project.crsChanged)],
            [canvas.receivers(s) for s in (canvas.extentsChanged, canvas.destinationCrsChanged)],
            len(canvas.scene().items()),
            type(canvas.mapTool()).__name__,
            len(context.iface.mainWindow().findChildren(QgsDockWidget)),
        )

    before = standing()
    page = AnaloguePage(context)
    page.show()
    page.shown()
    wait(lambda: page.search.how.card is not None, 10)
    earth = layer_of(raster(tmp_path / "e.tif", EARTH, 400_000, 4_200_000, 4.0), "e")
    page._layers_settled()
    page.search.where.picker.choose(earth.id())
    page.search.where.show_button.click()
    page.searching.marking.add("", square())
    page.search.target.draws["polygon"].click()
    assert standing() != before
    page.hidden()
    page.release()
    page.deleteLater()
    project.removeMapLayer(earth.id())
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert standing() == before
