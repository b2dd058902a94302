"""The profile of a point: values, gaps, words, plot, and the ways to ask for it."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest

from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import RasterWriter, Window
from marscd_plugin.gui.compare import axes
from marscd_plugin.gui.compare.plot import ProfilePlot
from marscd_plugin.gui.compare.profile import as_csv, place_of, profile, value_at
from marscd_plugin.gui.state import ComparedPair
from marscd_plugin.planet.crs import geographic_wkt, transformer

UTC = timezone.utc
MIDDLE = (1016.0, -2016.0)


def test_a_value_is_the_median_of_its_neighbours_and_none_without_data(series):
    path = series.epochs[0].raster
    assert value_at(path, *MIDDLE) == pytest.approx(0.1, abs=0.006)
    assert value_at(path, 1010.0, -2000.2) is None, "the first row holds no data"
    assert value_at(path, 1010.0, -2000.7) == pytest.approx(0.1, abs=0.006), "nodata neighbours are left out"
    assert value_at(path, 900.0, -2010.0) is None


def test_the_pixel_under_the_point_is_the_one_that_is_read(series, tmp_path):
    path = tmp_path / "one.tif"
    values = np.zeros((64, 64), np.float32)
    values[9:12, 19:22] = 7
    with RasterWriter(path, series.grid, np.float32, nodata=-9999) as out:
        out.write(Window(0, 0, 64, 64), values)
    assert value_at(path, 1000 + 20.5 * 0.5, -2000 - 10.5 * 0.5) == 7
    assert value_at(path, 1000 + 24.5 * 0.5, -2000 - 10.5 * 0.5) == 0


def test_every_epoch_and_every_comparison_is_read(series, tmp_path):
    path = tmp_path / "probability.tif"
    with RasterWriter(path, series.grid, np.float32, nodata=-1) as out:
        out.write(Window(0, 0, 64, 64), np.full((64, 64), 0.75, np.float32))
    maps = [
        ("ESP_001_RED", "ESP_003_RED", path),
        ("ESP_001_RED", "ELSEWHERE", path),
        ("ESP_000_RED", "ESP_001_RED", tmp_path / "gone.tif"),
    ]
    found = profile(series, *MIDDLE, maps, Quiet())
    assert [p.value for p in found.points] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=0.006)
    assert [(c.names, c.probability) for c in found.compared] == [(("ESP_001_RED", "ESP_003_RED"), 0.75)]
    lines = as_csv(found).splitlines()
    assert lines[0] == "product_id,time_utc,mars_year,solar_longitude,value" and len(lines) == 8
    assert lines[-1].startswith("ESP_001_RED,ESP_003_RED,2011-04-27T") and lines[-1].endswith(",0.75")
    lon, lat = found.longitude, found.latitude
    assert place_of(series, lon, lat, geographic_wkt()) == pytest.approx(MIDDLE, abs=1e-3)


def test_a_point_elsewhere_is_refused_and_reading_can_be_stopped(series):
    with pytest.raises(InputError, match="outside the series"):
        profile(series, 0.0, 0.0, (), Quiet())
    stopped = Quiet()
    stopped.cancel()
    with pytest.raises(CancelledError):
        profile(series, *MIDDLE, (), stopped)
    with pytest.raises(InputError, match="Earth"):
        place_of(series, 10.0, 50.0, geographic_wkt("Earth"))


@pytest.fixture
def asked(opened, canvas, wait):
    """The panel with the profile of the middle."""
    canvas.setDestinationCrs(opened.layers.all[0].crs())
    opened.look_box.zoom()
    panel = opened.profile
    panel.ask(*MIDDLE, "")
    wait(lambda: panel.plot.profile, 10, "the profile")
    panel.plot.grab()
    return panel


def test_a_click_asks_and_esc_gives_the_map_back(opened, asked, canvas, wait):
    tool = canvas.mapTool()
    first = asked.plot.profile
    asked._click.click()
    assert asked.picker.active
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(180, 160))
    wait(lambda: asked.plot.profile is not first, 10, "the profile")
    place = canvas.getCoordinateTransform().toMapCoordinates(180, 160)
    assert (asked.plot.profile.x, asked.plot.profile.y) == pytest.approx((place.x(), place.y()), abs=0.6)
    mark = asked.picker._mark.center() if hasattr(asked.picker._mark, "center") else place
    assert mark.distance(QgsPointXY(place)) < 0.6
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not asked.picker.active and canvas.mapTool() is tool and not asked._click.isChecked()


def test_coordinates_may_be_typed(opened, asked, series, context, wait):
    first = asked.plot.profile
    lon, lat = transformer(series.grid.crs, geographic_wkt()).points([1020.0], [-2010.0])
    asked._place.setText(f"{lon[0] % 360:.7f}; {lat[0]:.7f}")
    asked._typed()
    wait(lambda: asked.plot.profile is not first, 10, "the profile")
    assert (asked.plot.profile.x, asked.plot.profile.y) == pytest.approx((1020.0, -2010.0), abs=0.05)
    for wrong in ("here", "10", "10, 95", "1e9, 4"):
        asked._place.setText(wrong)
        asked._typed()
        assert "is not a longitude and a latitude" in context.messages.items()[-1].text()


def test_without_a_series_it_says_what_to_do(page, context):
    page.profile._click.click()
    assert not page.profile.picker.active
    assert "Build or open a series first" in context.messages.items()[-1].text()


def test_hovering_and_arrow_keys_tell_of_a_point(asked, opened):
    plot: ProfilePlot = asked.plot
    assert len(plot._dots) == 4
    spot, point = plot._dots[2]
    assert plot.at(spot + QPointF(3, 2)) is point
    assert plot.at(QPointF(1, 1)) is None
    words = plot.words_of(point)
    assert "2011-06-27 04:42 UTC" in words and "Mars Year 30" in words and "Value 0." in words
    picked = []
    asked.picked.connect(picked.append)
    for _ in range(2):
        QTest.keyClick(plot, Qt.Key.Key_Right)
        plot.grab()
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert picked == ["ESP_001_RED"]
    assert opened.look_box.epochs.current == "ESP_001_RED", "the page shows it"


def test_points_stand_in_time_or_in_season(asked):
    plot: ProfilePlot = asked.plot
    xs = [spot.x() for spot, _ in plot._dots]
    assert xs == sorted(xs)
    ys = [spot.y() for spot, _ in plot._dots]
    assert ys == sorted(ys, reverse=True), "brighter is higher"
    asked._axis.setCurrentIndex(1)
    plot.grab()
    longitudes = [p.solar_longitude for _, p in plot._dots]
    order = sorted(range(4), key=lambda i: longitudes[i])
    xs = [plot._dots[i][0].x() for i in order]
    assert xs == sorted(xs) and order != [0, 1, 2, 3]
    assert plot.colour_of(30) != plot.colour_of(31)


def test_a_gap_is_shown_as_one(store, tmp_path, qgis_app):
    import dataclasses

    found = profile(store(tmp_path / "s"), *MIDDLE, (), Quiet())
    points = list(found.points)
    points[1] = dataclasses.replace(points[1], value=None)
    plot = ProfilePlot()
    plot.resize(340, 230)
    for gap in (points, [dataclasses.replace(p, value=None) for p in points]):
        plot.set_profile(dataclasses.replace(found, points=tuple(gap)))
        plot.grab()
        assert "No data here" in plot.words_of(plot._dots[1][1])
    plot.set_profile(None)
    plot.grab()
    assert "No point" in plot.accessibleDescription()


def test_maps_of_change_join_and_the_numbers_are_copied(opened, asked, series, context, wait, tmp_path):
    pair = ComparedPair("ESP_000_RED", "ESP_002_RED", tmp_path, {})
    with RasterWriter(pair.probability, series.grid, np.float32, nodata=-1) as out:
        out.write(Window(0, 0, 64, 64), np.full((64, 64), 0.5, np.float32))
    context.state.set_pairs((pair,))
    first = asked.plot.profile
    asked._middle()
    wait(lambda: asked.plot.profile is not first, 10, "the profile")
    asked.plot.grab()
    bar, thing = asked.plot._bars[0]
    assert "probability of change 0.50" in asked.plot.words_of(thing)
    assert asked.plot.at(bar.center()) is thing
    asked._copy_csv()
    assert "ESP_000_RED,ESP_002_RED" in QGuiApplication.clipboard().text()
    asked._open_larger()
    assert asked._window.plot.profile is asked.plot.profile
    asked.release()
    assert asked._window is None


@pytest.mark.parametrize(("low", "high", "count"), [(0.1, 0.2, 4), (-3, 500, 5), (0.20131, 0.20142, 4), (1, 1, 3)])
def test_ticks_are_round_within_and_told_apart(low, high, count):
    ticks = axes.round_ticks(low, high, count)
    assert all(low - 1e-12 <= t <= high + 1e-12 for t in ticks) and 1 <= len(ticks) <= 2 * count + 2
    words = [f"{t:.{axes.decimals(ticks)}f}" for t in ticks]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("days", [0.5, 5, 40, 400, 3000, 20000])
def test_date_ticks_fit_the_span(days):
    low = datetime(2006, 10, 3, 5, tzinfo=UTC)
    high = datetime.fromtimestamp(low.timestamp() + days * 86400, UTC)
    for ticks in (axes.date_ticks(low, high, 4), axes.mars_ticks(low, high, 6)):
        times = [t for t, _ in ticks]
        assert times == sorted(times) and all(low <= t <= high for t in times) and len(times) <= 14
        assert len({w for _, w in ticks}) == len(ticks) or days > 400
