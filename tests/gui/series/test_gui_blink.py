"""Blink: two pictures drawn once, shown in turn; keys, speed, and the map left as it was."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDateTime, QEvent, Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent
from qgis.PyQt.QtWidgets import QApplication

from marscd_plugin.gui.compare.comparison import Blink


def press(widget, key):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def brightness(image) -> int:
    return QColor(image.pixel(image.width() // 2, image.height() // 2)).lightness()


def tree_state():
    root = QgsProject.instance().layerTreeRoot()
    return [(n.layerId(), n.itemVisibilityChecked()) for n in root.findLayers()]


@pytest.fixture
def blinking(opened, canvas, wait):
    """A (dark) and B (bright) blink; the timer is ours to move."""
    canvas.setDestinationCrs(opened.layers.all[0].crs())
    opened.look_box.zoom()
    opened.compare.choose(opened.layers.layer("ESP_000_RED"), opened.layers.layer("ESP_003_RED"))
    opened.compare.start_blink()
    wait(lambda: opened.compare.comparison.snapshots.pictures, 20, "the pictures")
    opened.compare.comparison._timer.stop()
    return opened.compare.comparison


def test_pictures_are_drawn_once_and_alternate(blinking, opened):
    a, b = (brightness(p.image) for p in blinking.snapshots.pictures)
    assert b > a + 100
    drawn = []
    blinking.snapshots.changed.connect(lambda: drawn.append(1))
    sides = []
    blinking.turned.connect(sides.append)
    for _ in range(6):
        blinking.turn()
    assert sides == [1, 0, 1, 0, 1, 0] and not drawn, "a beat renders nothing"
    assert not blinking.snapshots._jobs


def test_the_timer_keeps_the_speed_of_the_slider(opened, wait, blinking):
    opened.compare._speed.setValue(10)
    assert blinking._timer.interval() == 200
    blinking._timer.start()
    sides = []
    blinking.turned.connect(sides.append)
    wait(lambda: len(sides) >= 3, 10, "three turns")


def test_what_is_shown_on_the_canvas_is_the_picture(blinking, canvas, qgis_app):
    shown = []
    for side in (0, 1):
        blinking.show_side(side)
        qgis_app.processEvents()
        image = canvas.grab().toImage()
        shown.append(brightness(image))
        assert not blinking.tags[side].isHidden() and blinking.tags[1 - side].isHidden()
        assert blinking.tags[side].text().startswith("AB"[side])
    assert shown == pytest.approx([brightness(p.image) for p in blinking.snapshots.pictures], abs=8)


def test_keys_hold_choose_and_end(blinking, canvas, opened):
    blinking._timer.start()
    press(canvas, Qt.Key.Key_Space)
    assert blinking.is_paused and not blinking._timer.isActive() and opened.compare._pause.isChecked()
    press(canvas, Qt.Key.Key_Right)
    assert blinking.overlay.side == 1
    press(canvas, Qt.Key.Key_Left)
    assert blinking.overlay.side == 0
    press(canvas, Qt.Key.Key_Space)
    assert not blinking.is_paused and blinking._timer.isActive()
    press(canvas, Qt.Key.Key_Escape)
    assert not blinking.running and opened.compare.comparison is None
    assert not opened.compare._blink.isChecked()


def test_the_map_is_left_as_it_was(opened, canvas, wait):
    opened.look_box.show_epoch("ESP_001_RED")
    before, tool, items = tree_state(), canvas.mapTool(), set(canvas.scene().items())
    opened.compare.start_blink()
    wait(lambda: opened.compare.comparison.snapshots.pictures, 20, "the pictures")
    assert tree_state() == before and canvas.mapTool() is tool
    opened.hidden()
    assert opened.compare.comparison is None
    assert tree_state() == before and set(canvas.scene().items()) == items


def test_moving_the_map_draws_again(blinking, canvas, wait):
    first = blinking.snapshots.pictures
    extent = canvas.extent()
    extent.scale(0.5)
    canvas.setExtent(extent)
    wait(lambda: blinking.snapshots.pictures is not first, 20, "new pictures")
    assert blinking.snapshots.pictures[0].extent.width() == pytest.approx(first[0].extent.width() / 2, rel=0.01)


def test_the_time_slider_does_not_empty_a_picture(opened, canvas, wait):
    from qgis.core import QgsDateTimeRange

    canvas.setDestinationCrs(opened.layers.all[0].crs())
    opened.look_box.zoom()
    only_first = opened.layers.all[0].temporalProperties().fixedTemporalRange()
    canvas.setTemporalRange(QgsDateTimeRange(only_first.begin(), only_first.end()))
    opened.compare.choose(opened.layers.layer("ESP_000_RED"), opened.layers.layer("ESP_003_RED"))
    opened.compare.start_blink()
    wait(lambda: opened.compare.comparison.snapshots.pictures, 20, "the pictures")
    middle = [QColor(p.image.pixel(200, 150)).lightness() for p in opened.compare.comparison.snapshots.pictures]
    assert middle[0] < 60 < 200 < middle[1] <= 255
    canvas.setTemporalRange(QgsDateTimeRange(QDateTime(), QDateTime()))


def test_a_removed_layer_ends_it(blinking, opened):
    QgsProject.instance().removeMapLayer(opened.layers.layer("ESP_003_RED").id())
    assert not blinking.running and opened.compare.comparison is None


def test_other_layers_go_on_blinking_and_the_same_twice_is_explained(blinking, opened, context, wait):
    opened.compare._swap()
    other = opened.compare.comparison
    assert isinstance(other, Blink) and other is not blinking and not blinking.running
    wait(lambda: other.snapshots.pictures, 20, "the pictures")
    assert brightness(other.snapshots.pictures[0].image) > brightness(other.snapshots.pictures[1].image)
    opened.compare.stop()
    opened.compare.choose(opened.layers.all[0], opened.layers.all[0])
    opened.compare._blink.click()
    assert opened.compare.comparison is None and not opened.compare._blink.isChecked()
    assert "two different images" in context.messages.items()[-1].text()


def test_another_page_may_ask_for_a_pair(opened, context, wait):
    context.state.compare_wanted.emit("ESP_000_RED", "ESP_002_RED")
    assert opened.compare.comparison.snapshots.layers == tuple(opened.layers.layer(f"ESP_00{n}_RED") for n in (0, 2))
    context.state.compare_wanted.emit("NOT_THERE", "ESP_002_RED")
    assert "not in this series" in context.messages.items()[-1].text()
