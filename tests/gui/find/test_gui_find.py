"""The page Find against the sandbox: search, choose, reopen; and what is said when it cannot be done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from marscd_plugin.common.words import Season
from marscd_plugin.planet import geometry

from .find_tools import many, observation, square, write_found

AREA = geometry.area_from_extent(202.2970, -41.6020, 202.3030, -41.5980)


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A small filled archive (simulated, 8 epochs of 96 x 96 pixels)."""
    from marscd_plugin.common.progress import Quiet
    from marscd_plugin.sandbox.fill import fill

    root = tmp_path_factory.mktemp("archive")
    fill(root, seed=3, preset="palikir", backdrops=None, progress=Quiet(), size=96)
    return root


@pytest.fixture
def served(archive, own_settings, monkeypatch):
    """This process asks the served archive."""
    from marscd_plugin.sandbox.server import SandboxServer

    with SandboxServer(archive) as server:
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("MARSCD_ALLOW_LOOPBACK", "1")
        yield server


@pytest.fixture
def page(context, provider):
    from marscd_plugin.gui.find.page import FindPage

    made = FindPage(context)
    made.resize(350, 800)
    made.show()
    yield made
    made.release()
    made.deleteLater()


def search(page, wait):
    from qgis.core import QgsApplication

    # QGIS's task manager can leave a task in its queue that comes in the very moment in which another one ends.
    wait(lambda: not QgsApplication.taskManager().countActiveTasks(), 30, "earlier tasks")
    page.search_button.click()
    assert page.searcher.running
    wait(lambda: not page.searcher.running, 60, "the search")


def said(context) -> list[str]:
    return [item.text() for item in context.messages.items()]


def test_a_search_fills_table_map_and_plot(page, context, served, wait):
    state = context.state
    state.set_area(AREA)
    state.set_season(Season(((30, 30),)))
    search(page, wait)
    assert len(state.observations) == 8 and {o.mars_year for o in state.observations} == {30}
    assert state.folder.observations.is_file() and not (state.folder.root / "observations-new.fgb").exists()
    assert page.footprints.layer.featureCount() == page.results.table.listed.rowCount() == 8
    assert page.footprints.layer.crs().celestialBodyName() == "Mars"
    assert "8 products found." in said(context)
    assert "ODE" not in page.status.text() and page._when.isCollapsed()
    assert "ODE at 127.0.0.1" in page.notes.text() and "answered" in page.notes.text() and page.notes.isVisible()
    wait(lambda: page.thumbnails.picture(state.observations[0].product_id), 20, "a thumbnail")


def test_the_season_narrows_and_stays_in_step_with_the_state(page, context, served, wait):
    page.context.state.set_area(AREA)
    page.season.years._text.setText("30")
    page.season._preset.activated.emit(4)
    page.search_button.click()
    assert context.state.season == Season(((30, 30),), (270.0, 360.0)), "what is still being typed counts"
    wait(lambda: not page.searcher.running, 60)
    assert {o.product_id for o in context.state.observations if o.product_id.endswith("RED")} == {
        "ESP_022267_1380_RED", "ESP_022689_1380_RED", "ESP_023045_1380_RED",
    }  # fmt: skip
    context.state.set_season(Season(((28, 28),)))
    assert page.season.years.years == ((28, 28),) and "MY 28" in page._when.title()
    assert "search again" in page.status.text()


def test_a_job_is_reopened_with_its_choice(page, context, served, wait):
    from marscd_plugin.gui.find.page import FindPage

    state = context.state
    state.set_area(AREA)
    search(page, wait)
    chosen = state.observations[3].product_id
    state.set_chosen([chosen])
    root = state.folder.root
    state.open_folder(root.parent / "another")
    assert state.observations == () and page.footprints.layer is None
    state.open_folder(root)
    wait(lambda: len(state.observations) == 16)
    assert [o.product_id for o in state.chosen] == [chosen]
    assert page.footprints.layer.featureCount() == 16
    page.release()
    again = FindPage(context)
    wait(lambda: again.footprints.layer is not None)
    assert again.results.table.model.chosen == {chosen}
    again.release()
    again.deleteLater()


def test_each_instrument_says_what_answered(page, context, served, wait):
    context.state.set_area(AREA)
    context.state.set_season(Season(), ("HIRISE", "CTX"))
    search(page, wait)
    assert {o.instrument for o in context.state.observations} == {"HIRISE"}
    assert "0 CTX products" in page.notes.text() and page.search_button.isEnabled()


def test_without_an_area_the_user_is_sent_there(page, context):
    wanted = []
    context.state.page_wanted.connect(wanted.append)
    page.search_button.click()
    assert wanted == ["area"] and "no area yet" in said(context)[0] and not page.searcher.running


def test_a_dead_archive_is_a_message_and_the_old_result_stays(page, context, served, wait, monkeypatch):
    state = context.state
    state.set_area(AREA)
    search(page, wait)
    monkeypatch.setenv("MARSCD_ODE_URL", "http://127.0.0.1:9/live2")
    page.search_button.click()
    assert page.searcher.running and page.cancel_button.isVisible()
    page.cancel_button.click()
    wait(lambda: not page.searcher.running, 10, "the cancel")
    assert len(state.observations) == 16 and page.footprints.layer is not None
    assert any("stopped" in text for text in said(context))


def test_nothing_found_is_a_hint(page, context, served, wait):
    context.state.set_area(AREA)
    context.state.set_season(Season(((35, 35),)))
    search(page, wait)
    assert any("hold nothing that fits" in text for text in said(context))
    assert page.results.table.listed.rowCount() == 0 and not page._when.isCollapsed()


def test_a_choice_says_what_it_covers_and_weighs(page, context, wait, tmp_path):
    state = context.state
    state.open_folder(tmp_path / "job")
    state.set_area(square(10, 5, 1.0))
    halves = [
        square(10, 5, 1.0),
        geometry.area_from_extent(10, 5, 10.5, 6),
        geometry.area_from_extent(10.25, 5, 10.75, 6),
    ]
    rows = tuple(observation(n, n, where=where) for n, where in enumerate(halves))
    state.set_observations(rows)
    assert not page.fetch_button.isEnabled()
    page.choosing.tick([rows[1].product_id, rows[2].product_id], True)
    wait(lambda: page.facts.text() == "2 chosen, cover 75 % of the area, 4.0 MB to fetch")
    state.folder.products.mkdir()
    (state.folder.products / f"{rows[1].product_id}.JP2").write_bytes(b"\0" * 2_000_000)
    state.fetched_changed.emit()
    wait(lambda: "2.0 MB to fetch, 2.0 MB here already" in page.facts.text())
    assert page.fetch_button.isEnabled()
    wanted = []
    state.page_wanted.connect(wanted.append)
    page.fetch_button.click()
    assert wanted == ["fetch"]
    page.choosing.tick_all(False)
    wait(lambda: page.facts.text().startswith("Nothing chosen"))


def test_the_best_for_a_series_are_alike_and_explained(page, context, wait):
    state = context.state
    state.set_area(square(-157.7, -41.6))
    alike = [observation(n, 687 * n, incidence=50.0 + n) for n in range(3)]
    odd = [observation(9, 300, incidence=75.0), observation(10, 10, "COLOR")]
    state.set_observations(tuple(sorted([*alike, *odd], key=lambda o: o.start_time)))
    page.choosing.tick_best(3)
    wait(lambda: len(state.chosen) == 3)
    assert {o.product_id for o in state.chosen} == {o.product_id for o in alike}
    wait(lambda: "sun height within" in page.results.note.text())
    assert page.selection.ids == {o.product_id for o in alike}
    page.results.table.filter.setText("color")
    page.choosing.tick_best(3)
    wait(lambda: any("None of the listed products" in text for text in said(context)))
    assert len(state.chosen) == 3


def test_zoom_brings_the_footprint_into_view_also_across_180(page, context):
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject

    from marscd_plugin.planet import crs

    rows = (observation(1, 1), observation(2, 2, where=geometry.area_from_extent(179.9, 10, 180.1, 10.2)))
    context.state.set_observations(rows)
    page._zoom(rows[0].product_id)
    assert "not of Mars" in said(context)[0]
    mars = QgsCoordinateReferenceSystem.fromWkt(crs.geographic_wkt())
    QgsProject.instance().setCrs(mars)
    context.canvas.setDestinationCrs(mars)
    for one, (lon, lat) in zip(rows, ((-157.65, -41.55), (180, 10.1)), strict=True):
        page._zoom(one.product_id)
        box = context.canvas.extent()
        assert abs(abs(box.center().x()) - abs(lon)) < 0.05 and abs(box.center().y() - lat) < 0.05
        assert box.width() < 3
        assert page.selection.ids == {one.product_id}


def test_ten_thousand_rows_in_every_view(page, context, wait):
    rows = many(10_000)
    context.state.set_observations(rows)
    assert page.results.table.listed.rowCount() == 10_000
    page.choosing.tick_all(True)
    assert len(context.state.chosen) == 10_000
    page.results.table.filter.setText("my30 red")
    listed = page.results.table.listed_observations()
    assert listed and {(o.mars_year, o.product_id[-4:]) for o in listed} == {(30, "_RED")}


def test_the_wide_window_gives_the_results_back(page, context):
    context.state.set_observations(many(20))
    page.results.wide.click()
    window = page.results.window()
    assert window is not page and window.isVisible() and page._away.isVisible()
    window.close()
    assert page.results.window() is page and page.results.isVisible() and not page._away.isVisible()


def test_a_menu_that_copies_and_opens_only_web_addresses(page, context, qgis_app):
    from qgis.PyQt.QtWidgets import QApplication

    from marscd_plugin.gui.find.results import is_web_address

    rows = (observation(1, 1), replace(observation(2, 2), files=()))
    context.state.set_observations(rows)
    menu = page.results._make_menu(rows[0], [o.product_id for o in rows])
    actions = {a.text(): a for a in menu.actions()}
    actions["&Copy the products' names"].trigger()
    assert QApplication.clipboard().text() == "ESP_000001_1380_RED\nESP_000002_1380_RED"
    assert actions["Open the &label in a browser"].isEnabled()
    menu.deleteLater()
    bare = page.results._make_menu(rows[1], ["x"])
    assert not next(a for a in bare.actions() if "label" in a.text()).isEnabled()
    bare.deleteLater()
    assert is_web_address("https://hirise.lpl.arizona.edu/a.LBL")
    for bad in ("file:///etc/passwd", "javascript:alert(1)", "http://", "", "smb://h/x"):
        assert not is_web_address(bad)


def test_release_leaves_nothing_that_listens(page, context, tmp_path, wait):
    from marscd_plugin.common.progress import Quiet
    from marscd_plugin.gui.find.loading import load_found

    state = context.state
    found = load_found(write_found(tmp_path / "found.fgb", many(6)), Quiet())
    state.set_observations(found.observations)
    page.footprints.show(found.path, found.feature_ids, found.observations)
    layer = page.footprints.layer
    listening = layer.receivers(layer.selectionChanged)
    page.wide.open()
    page.release()
    signals = (state.area_changed, state.season_changed, state.folder_changed, state.observations_changed)
    signals += (state.chosen_changed, state.fetched_changed)
    assert [state.receivers(s) for s in signals] == [0] * 6
    assert layer.receivers(layer.selectionChanged) == listening - 1
    assert page.wide.window is None


def test_a_damaged_footprint_file_is_a_warning(page, context, tmp_path, wait):
    (tmp_path / "job").mkdir()
    Path(tmp_path / "job" / "observations.fgb").write_bytes(b"not a layer")
    context.state.open_folder(tmp_path / "job")
    wait(lambda: said(context))
    assert "cannot be opened as a footprint layer. Search again" in said(context)[0]


def test_the_source_is_chosen_kept_and_the_index_built_and_searched(page, context, served, wait, own_settings):
    state = context.state
    state.set_area(AREA)
    state.set_season(Season(((30, 30),)))
    page.shown()
    wait(lambda: "no index here yet" in page.source.index.text(), 20, "the index's state")
    page.source.source.setCurrentIndex(page.source.source.findData("INDEX"))
    page.source.source.activated.emit(page.source.source.currentIndex())
    assert state.source == "INDEX" and "Offline index" in page.source.title()
    search(page, wait)
    assert "updateindex" in " ".join(said(context)), "what to do is said"
    page.source.update_button.click()
    wait(lambda: page.source._job is None, 60, "the index")
    wait(lambda: "products, list of" in page.source.index.text(), 20, "the index's state")
    assert any("The index is new" in text for text in said(context))
    served.stop()
    search(page, wait)
    assert len(state.observations) == 8 and "The index answered" in page.notes.text()
    state.open_folder(state.folder.root)
    assert state.source == "INDEX"


def test_auto_says_why_others_did_not_answer(page, context, served, wait):
    context.state.set_area(AREA)
    context.state.set_season(Season(((30, 30),)))
    page.source.update_button.click()
    wait(lambda: page.source._job is None, 60, "the index")
    served.stop()
    search(page, wait)
    assert "The index answered (ODE" in page.notes.text() and "STAC" in page.notes.text()


def test_an_overview_comes_onto_the_map(page, context, served, wait):
    from marscd_plugin.gui import layers

    context.state.set_area(AREA)
    context.state.set_season(Season(((30, 30),)))
    search(page, wait)
    red = next(o for o in context.state.observations if o.product_id.endswith("_RED"))
    menu = page.results._make_menu(red, [red.product_id])
    action = next(a for a in menu.actions() if "overview" in a.text())
    assert action.isEnabled()
    action.trigger()
    wait(lambda: layers.ours("overview", red.product_id), 30, "the layer")
    (layer,) = layers.ours("overview", red.product_id)
    assert layer.isValid() and layer.crs().celestialBodyName() == "Mars"
    assert (context.state.folder.root / "overviews" / f"{red.product_id}.overview.JP2").is_file()
    assert not page.overviews._jobs
