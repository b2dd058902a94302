"""The season of the page Find: names, Mars Years, the wheel, and all of it in step."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from marscd_plugin.common.words import Season
from marscd_plugin.gui.find import names
from marscd_plugin.gui.find.season import SeasonPanel
from marscd_plugin.gui.find.wheel import SeasonWheel
from marscd_plugin.gui.find.years import YearsChooser
from marscd_plugin.planet.time import parse_mars_years, parse_solar_longitude

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(
    ("start", "end", "quarters"),
    [(0, 90, [0]), (0, 90.5, [0, 1]), (250, 350, [2, 3]), (330, 30, [3, 0]), (270, 360, [3]), (10, 5, [0, 1, 2, 3])],
)
def test_the_quarters_that_a_range_touches(start, end, quarters):
    assert names.quarters_in(start, end) == quarters


def test_each_hemisphere_has_its_own_season():
    assert (names.northern(0), names.southern(0)) == ("northern spring", "southern autumn")
    assert (names.northern(3), names.southern(3)) == ("northern winter", "southern summer")
    assert names.range_names((250, 350)) == "northern autumn and northern winter / southern spring and southern summer"


@pytest.mark.parametrize("years", [(), ((30, 31),), ((28, 28), (30, 31), (33, 33))])
@pytest.mark.parametrize("longitude", [None, (250.0, 350.0), (330.5, 30.0)])
def test_the_algorithms_text_says_the_same(years, longitude):
    assert parse_mars_years(names.years_text(years)) == years
    assert parse_solar_longitude(names.longitude_text(longitude)) == longitude


def test_the_dates_of_a_season(qgis_app):
    text = names.windows_text(Season(((30, 31),), (270.0, 300.0)))
    assert "2011-04-08" in text and "2013-02-23" in text
    assert "and 97 more" not in names.windows_text(Season(((1, 999),), (0.0, 90.0))), (
        "a thousand years are not worked out"
    )
    assert "No date fits" in names.windows_text(
        Season(((30, 30),), None, datetime(2020, 1, 1, tzinfo=timezone.utc), None)
    )


# -- Mars Years ---------------------------------------------------------------------------------------------------


@pytest.fixture
def years(qgis_app):
    chooser = YearsChooser()
    yield chooser
    chooser.deleteLater()


def test_a_range_of_years_and_its_text_stand_in_step(years):
    told = []
    years.changed.connect(lambda: told.append(years.years))
    years._first.setValue(30)
    assert years.years[0][0] == 30 and years._text.text().startswith("30-")
    years._last.setValue(31)
    assert years.years == ((30, 31),) and years._text.text() == "30-31"
    years._first.setValue(33)
    assert years.years == ((33, 33),), "the box that was turned wins"
    years._text.setText("30\u201331, 33")
    assert years.take_text()
    assert years.years == ((30, 31), (33, 33))
    assert years._first.text() == "any", "a list is no range"
    years._text.setText("")
    years.take_text()
    assert years.years == () and len(told) == 5


def test_years_that_cannot_be_read_are_explained(years):
    said = []
    years.wrong.connect(said.append)
    years._text.setText("thirty")
    assert not years.take_text()
    assert "thirty" in said[-1] and years.years == ()
    years._text.setText("30")
    assert years.take_text() and said[-1] == ""


# -- the wheel ----------------------------------------------------------------------------------------------------


@pytest.fixture
def wheel(qgis_app):
    made = SeasonWheel()
    made.resize(220, 220)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def at(wheel, longitude) -> QPoint:
    return wheel._at(longitude, wheel._circle()[1]).toPoint()


def test_ls_runs_anticlockwise_from_the_right(wheel):
    centre = wheel._circle()[0]
    assert at(wheel, 0).x() > centre.x() + 40 and abs(at(wheel, 0).y() - centre.y()) <= 1
    assert at(wheel, 90).y() < centre.y() - 40
    for longitude in (0, 45, 179, 271):
        assert abs((wheel._longitude(wheel._at(longitude, 80)) - longitude + 180) % 360 - 180) < 1e-6


def test_the_nearest_handle_is_dragged(wheel):
    wheel.set_range((250.0, 350.0))
    QTest.mousePress(wheel, LEFT, Qt.KeyboardModifier.NoModifier, at(wheel, 350))
    QTest.mouseMove(wheel, at(wheel, 30))
    QTest.mouseRelease(wheel, LEFT, Qt.KeyboardModifier.NoModifier, at(wheel, 30))
    start, end = wheel.ends
    assert start == 250 and abs(end - 30) <= 1, "it wraps through the new year"


def test_a_click_on_the_whole_year_chooses_a_part(wheel):
    assert wheel.whole
    QTest.mouseClick(wheel, LEFT, Qt.KeyboardModifier.NoModifier, at(wheel, 120))
    assert not wheel.whole and 119 <= wheel.ends[1] <= 121


def test_the_keyboard_reaches_both_handles(wheel):
    wheel.set_range((250.0, 350.0))
    settled = []
    wheel.settled.connect(lambda: settled.append(wheel.ends))
    QTest.keyClick(wheel, Qt.Key.Key_Right)
    assert wheel.ends == (251, 350)
    assert wheel._handle == 0
    wheel.activateWindow()
    wheel.setFocus()
    wheel._handle = 0
    if wheel.hasFocus():
        assert wheel.focusNextPrevChild(True) and wheel._handle == 1
        assert wheel.focusNextPrevChild(False) and wheel._handle == 0
    wheel._handle = 1
    QTest.keyClick(wheel, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(wheel, Qt.Key.Key_PageUp)
    assert wheel.ends == (251, 30) and len(settled) == 3
    assert "251 to 30" in wheel.accessibleDescription()


def test_the_handles_never_meet(wheel):
    wheel.set_range((10.0, 11.0))
    QTest.keyClick(wheel, Qt.Key.Key_Right)
    assert wheel.ends == (10, 11)


def test_the_chosen_part_is_drawn_stronger(wheel):
    wheel.set_range((180.0, 270.0))
    image = wheel.grab().toImage()
    inside, outside = image.pixelColor(at(wheel, 225)), image.pixelColor(at(wheel, 45))
    assert inside.saturation() > outside.saturation() + 60


# -- the panel ----------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(qgis_app):
    made = SeasonPanel()
    made._rest.setInterval(1)
    yield made
    made.deleteLater()


def test_wheel_spins_and_names_stand_in_step(panel, wait):
    told = []
    panel.chosen.connect(lambda: told.append(panel.season))
    panel._preset.setCurrentIndex(4)
    panel._preset.activated.emit(4)
    assert panel.wheel.ends == (270, 360) and panel.start.value() == 270
    panel.start.setValue(330)
    panel.end.setValue(30)
    assert panel.wheel.ends == (330, 30) and panel._preset.currentText() == "Own range of Ls"
    panel.wheel.set_range((0.0, 90.0))
    panel.wheel.range_changed.emit(0.0, 90.0)
    assert panel.end.value() == 90 and "northern spring" in panel._preset.currentText()
    wait(lambda: told)
    assert told[-1] == Season((), (0.0, 90.0))
    panel._preset.activated.emit(0)
    assert panel.season == Season() and not panel.start.isEnabled()


def test_two_equal_ends_do_not_become_an_instant(panel):
    panel._preset.activated.emit(1)
    panel.end.setValue(0.0)
    assert panel.season.solar_longitude == (0.0, 1.0)


def test_everything_is_said_in_one_sentence(panel):
    panel.years.set_years(((30, 31),))
    panel._preset.activated.emit(3)
    panel._incidence_on.setChecked(True)
    panel.incidence.setValue(65)
    text = panel._summary.text()
    assert text.startswith(
        "HiRISE images taken in Mars Years 30-31, between Ls 180\u00b0 and 270\u00b0 "
        "(northern autumn / southern spring), with the sun at most 65\u00b0 from overhead."
    )
    assert "2010-11-12 to 2011-04-08" in text


def test_dates_are_utc(panel):
    panel._not_before.setChecked(True)
    panel._not_after.setChecked(True)
    first, last = datetime(2010, 3, 4, 5, 6, tzinfo=timezone.utc), datetime(2011, 3, 4, tzinfo=timezone.utc)
    panel._rest.stop()
    panel.show_choice(Season((), None, first, last), ("HIRISE",), None)
    assert panel.not_before.text() == "2010-03-04 05:06"
    assert (panel.season.start, panel.season.end) == (first, last)
    panel.show_choice(Season((), None, last, first), ("HIRISE",), None)
    assert "backwards" in panel.fault and panel._summary.text() == panel.fault


def test_what_was_asked_comes_back_without_a_word(panel):
    told = []
    panel.chosen.connect(lambda: told.append(1))
    season = Season(((28, 29), (33, 33)), (330.0, 30.0), datetime(2008, 1, 1, tzinfo=timezone.utc), None)
    panel.show_choice(season, ("HIRISE", "CTX"), 55.0)
    assert panel.season == season and panel.instruments == ("HIRISE", "CTX") and panel.max_incidence == 55
    assert not panel._rest.isActive() and not told


def test_no_instrument_is_no_search(panel):
    panel.show_choice(Season(), (), None)
    assert "Tick at least one" in panel.fault


def test_every_field_has_a_name_and_a_tip(panel):
    from qgis.PyQt.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QWidget

    fields = [
        w for w in panel.findChildren(QWidget) if isinstance(w, (QAbstractSpinBox, QComboBox, QCheckBox, SeasonWheel))
    ]
    fields += [w for w in panel.findChildren(QLineEdit) if w.parent() is panel.years]
    assert len(fields) >= 14
    for field in fields:
        if field.objectName().startswith("qt_"):
            continue
        assert field.accessibleName() or field.text(), field
        assert field.toolTip(), field.accessibleName() or field.text()
