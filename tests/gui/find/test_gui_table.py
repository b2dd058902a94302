"""The table of the page Find, and table, map and plot in step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import QItemSelectionModel, Qt
from qgis.PyQt.QtTest import QTest

from marscd_plugin.gui.find import table_model as columns
from marscd_plugin.gui.find.selection import Selection
from marscd_plugin.gui.find.table import ObservationTable

from .find_tools import many, observation, square, write_found

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder

THREE = (
    observation(1, 10, incidence=60.0),
    observation(1, 10, "COLOR", incidence=None),
    observation(2, 500, incidence=40.0, coverage=None, files=()),
)


@pytest.fixture
def table(qgis_app):
    selection = Selection()
    made = ObservationTable(selection)
    made.selection = selection
    made.resize(500, 300)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def listed(table) -> list[str]:
    return [table.listed.index(r, columns.PRODUCT).data() for r in range(table.listed.rowCount())]


def test_cells_say_what_is_known_and_a_dash_where_nothing_is(table):
    table.set_observations(THREE, ["ESP_000002_1380_RED"])

    def cells(product):
        row = listed(table).index(product)
        return [table.listed.index(row, c).data() for c in range(table.model.columnCount())]

    assert cells("ESP_000001_1380_RED") == [
        None, "ESP_000001_1380_RED", "HiRISE", "2006-11-11 00:00", "28", "133.6\u00b0", "southern winter",
        "60\u00b0", "2\u00b0", "0.25", "50 %", "2.0",
    ]  # fmt: skip
    assert cells("ESP_000001_1380_COLOR")[columns.INCIDENCE] == "\u2013"
    assert cells("ESP_000002_1380_RED")[columns.COVERAGE :] == ["\u2013", "\u2013"]
    checked = table.listed.index(listed(table).index("ESP_000002_1380_RED"), 0).data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(checked) == Qt.CheckState.Checked


@pytest.mark.parametrize("column", range(12))
def test_every_column_sorts_both_ways_and_keeps_all_rows(table, column):
    rows = many(60)
    table.set_observations(rows, [rows[3].product_id, rows[8].product_id])
    table.view.sortByColumn(column, UP)
    first = listed(table)
    table.view.sortByColumn(column, DOWN)
    assert sorted(first) == sorted(listed(table)) == sorted(o.product_id for o in rows)
    all_alike = (columns.INSTRUMENT, columns.EMISSION, columns.SCALE, columns.COVERAGE, columns.SIZE)
    assert first != listed(table) or column in all_alike


def test_unknown_numbers_come_last_both_ways(table):
    table.set_observations(THREE, ())
    for order, numbers in ((UP, ["40\u00b0", "60\u00b0", "\u2013"]), (DOWN, ["60\u00b0", "40\u00b0", "\u2013"])):
        table.view.sortByColumn(columns.INCIDENCE, order)
        assert [table.listed.index(r, columns.INCIDENCE).data() for r in range(3)] == numbers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("red", 2),
        ("RED my28", 1),
        ("-color", 2),
        ("winter", 2),
        ("2006-11", 2),
        ("chosen", 1),
        ("nonsense", 0),
        ("", 3),
    ],
)
def test_the_filter_wants_all_words(table, text, left):
    table.set_observations(THREE, ["ESP_000002_1380_RED"])
    table.filter.setText(text)
    assert table.listed.rowCount() == left == len(table.listed_observations())


def test_the_filter_by_choice_follows_the_choice(table):
    table.set_observations(THREE, ())
    table.filter.setText("chosen")
    assert table.listed.rowCount() == 0
    table.set_chosen(["ESP_000001_1380_RED"])
    assert listed(table) == ["ESP_000001_1380_RED"]
    assert table.count.text() == "1 of 3 products listed, 1 chosen"


def test_a_tick_is_asked_for_not_taken(table):
    table.set_observations(THREE, ())
    asked = []
    table.tick_wanted.connect(lambda ids, on: asked.append((ids, on)))
    index = table.listed.index(0, columns.TICK)
    assert table.listed.setData(index, 2, Qt.ItemDataRole.CheckStateRole)
    assert asked == [([listed(table)[0]], True)]
    assert not table.model.chosen


def test_space_ticks_all_selected_rows_and_unticks_them_again(table):
    table.set_observations(THREE, ())
    asked = []
    table.tick_wanted.connect(lambda ids, on: asked.append((sorted(ids), on)))
    table.view.selectAll()
    QTest.keyClick(table.view, Qt.Key.Key_Space)
    everything = sorted(o.product_id for o in THREE)
    table.set_chosen(everything)
    QTest.keyClick(table.view, Qt.Key.Key_Space)
    assert asked == [(everything, True), (everything, False)]


def test_selection_goes_both_ways_and_survives_sorting_and_filtering(table):
    rows = many(40)
    table.set_observations(rows, ())
    heard = []
    table.selection.changed.connect(lambda origin: heard.append(origin))
    wanted = {rows[5].product_id, rows[17].product_id}
    table.selection.set(wanted, None)

    def shown():
        return {i.data(columns.ID_ROLE) for i in table.view.selectionModel().selectedRows()}

    assert shown() == wanted and heard == [None], "following is not selecting"
    table.view.sortByColumn(columns.INCIDENCE, DOWN)
    assert shown() == wanted and table.selection.ids == wanted and heard == [None]
    table.filter.setText("red")
    table.filter.setText("")
    assert shown() == wanted and heard == [None]
    table.view.selectRow(3)
    assert table.selection.ids == {listed(table)[3]} and heard == [None, table]
    table.view.selectionModel().select(
        table.listed.index(4, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    assert table.selection.ids == set(listed(table)[3:5])


def test_a_scattered_selection_is_coloured_and_a_click_ends_it(table):
    rows = many(4000)
    table.set_observations(rows, ())
    table.view.sortByColumn(columns.INCIDENCE, UP)
    chosen = {o.product_id for o in rows[::3]}
    table.selection.set(chosen, None)
    shown = listed(table)
    assert table.selected_ids() == [p for p in shown if p in chosen]
    marked = {shown[r] for r in range(200) if table.listed.index(r, 1).data(Qt.ItemDataRole.BackgroundRole)}
    assert marked == set(shown[:200]) & chosen
    table.view.selectRow(0)
    assert table.selection.ids == {shown[0]} and not table.model.marked


def test_a_double_click_asks_to_zoom(table):
    table.set_observations(THREE, ())
    asked = []
    table.zoom_wanted.connect(asked.append)
    table.view.doubleClicked.emit(table.listed.index(1, columns.DATE))
    assert asked == [listed(table)[1]]


def test_visible_rows_are_those_in_sight(table):
    rows = many(400)
    table.set_observations(rows, ())
    table.view.scrollToBottom()
    seen = table.visible_observations()
    assert 0 < len(seen) < 40 and seen[-1] is rows[-1]


# -- the layer ----------------------------------------------------------------------------------------------------


@pytest.fixture
def footprints(qgis_app, qgis_new_project, tmp_path):
    from marscd_plugin.common.progress import Quiet
    from marscd_plugin.gui.find.footprints import Footprints
    from marscd_plugin.gui.find.loading import load_found

    rows = [replace(o, footprint=square(10 + n, 5)) for n, o in enumerate(many(12))]
    found = load_found(write_found(tmp_path / "found.fgb", rows), Quiet())
    made = Footprints(Selection())
    made.show(found.path, found.feature_ids, found.observations)
    made.found = found
    yield made
    made.release()


def test_the_file_comes_back_as_it_was_found(footprints):
    assert [o.product_id for o in footprints.found.observations] == [o.product_id for o in many(12)]


def test_one_layer_on_mars_in_our_group(footprints):
    from qgis.core import QgsProject

    from marscd_plugin.gui import layers

    assert [layer.id() for layer in layers.ours("footprints")] == [footprints.layer.id()]
    assert footprints.layer.crs().celestialBodyName() == "Mars"
    footprints.show(footprints.found.path, footprints.found.feature_ids, footprints.found.observations)
    assert len(QgsProject.instance().mapLayers()) == 1, "a new search replaces the layer"


def test_selected_on_the_map_is_selected_everywhere(footprints):
    chosen = footprints._selection
    heard = []
    chosen.changed.connect(heard.append)
    one = footprints.found.observations[4].product_id
    footprints.layer.selectByExpression(f"\"product_id\" = '{one}'")
    assert chosen.ids == {one} and heard == [footprints]
    two = {o.product_id for o in footprints.found.observations[:2]}
    chosen.set(two, None)
    assert {f["product_id"] for f in footprints.layer.selectedFeatures()} == two and len(heard) == 2


def test_chosen_footprints_stand_out_and_seasons_have_names(footprints, wait):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    two = [o.product_id for o in footprints.found.observations[:2]]
    footprints.set_chosen(two)
    wait(lambda: len(footprints.layer.renderer().rootRule().children()) == 5)
    rules = footprints.layer.renderer().rootRule().children()
    assert rules[0].label() == "northern spring / southern autumn" and rules[-1].label() == "Chosen"

    def passing(rule):
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(footprints.layer))
        expression = QgsExpression(rule.filterExpression())
        assert expression.prepare(context), expression.parserErrorString()
        found = set()
        for feature in footprints.layer.getFeatures():
            context.setFeature(feature)
            if expression.evaluate(context):
                found.add(feature["product_id"])
        return found

    assert passing(rules[-1]) == set(two)
    shares = [passing(rule) for rule in rules[:4]]
    assert sum(map(len, shares)) == 12 and set().union(*shares) == {o.product_id for o in many(12)}
    footprints.set_by_year(True)
    labels = [rule.label() for rule in footprints.layer.renderer().rootRule().children()]
    assert labels[0].startswith("Mars Year ") and labels[-1] == "Chosen"


def test_a_layer_that_the_user_removed_is_no_trouble(footprints):
    from qgis.core import QgsProject

    QgsProject.instance().removeAllMapLayers()
    footprints._selection.set(["ESP_000001_1380_RED"], None)
    footprints.set_by_year(True)
    assert footprints.layer is None
