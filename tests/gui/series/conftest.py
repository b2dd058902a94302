"""A small stored series with known values, and the page over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.common.rasters import RasterWriter, Window
from marscd_plugin.common.words import Epoch, Grid, Pair, Registration, Series
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.planet.time import mars_date
from marscd_plugin.series.store import Stored, epoch_paths, write_catalogue, write_item

UTC = timezone.utc
SIZE = 64
NODATA = -9999.0
#: With fractions of a second, which a saved project forgets.
TIMES = (
    datetime(2011, 3, 3, 2, 12, 5, 700_000, tzinfo=UTC),
    datetime(2011, 4, 27, 13, 44, 0, 123_000, tzinfo=UTC),
    datetime(2011, 6, 27, 4, 42, 59, 999_000, tzinfo=UTC),
    datetime(2013, 1, 25, 7, 16, tzinfo=UTC),
)


def write_epoch(path: Path, grid: Grid, values: np.ndarray) -> None:
    with RasterWriter(path, grid, np.float32, nodata=NODATA) as out:
        out.write(Window(0, 0, grid.width, grid.height), values.astype(np.float32))


@pytest.fixture
def store() -> Callable[..., Series]:
    """``store(folder)`` writes a series: epoch k is flat at 0.1 * (k + 1) with noise; its first row holds no data."""

    def make(
        folder: Path, times=TIMES, values=None, refused=(("ESP_9_RED", "too little texture in common"),)
    ) -> Series:
        grid = Grid(equirectangular_wkt(-40, 180), 1000.0, -2000.0, 0.5, SIZE, SIZE)
        epochs = []
        for number, time in enumerate(times):
            name = f"ESP_00{number}_RED"
            _item, cog = epoch_paths(folder, name)
            level = 0.1 * (number + 1) if values is None else values[number]
            pixels = level + np.random.default_rng(number).normal(0, 0.004, (SIZE, SIZE))
            pixels[0] = NODATA
            write_epoch(cog, grid, pixels)
            when = mars_date(time)
            registration = Registration(
                True, "the reference itself" if number == 0 else "residual 0.05 px", 1.0, 2.0, 0.05
            )
            epoch = Epoch(name, cog, time, when.mars_year, when.solar_longitude, 0.98, registration, incidence=41.0)
            write_item(folder, epoch, grid, "key", {})
            epochs.append(epoch)
        pairs = (Pair(epochs[1].product_id, epochs[-1].product_id, 0.9),) if len(epochs) > 2 else ()
        series = Series(folder, grid, epochs[0].product_id, tuple(epochs), pairs, tuple(refused))
        write_catalogue(Stored(series, {}))
        return series

    return make


@pytest.fixture
def series(store, tmp_path) -> Series:
    return store(tmp_path / "job" / "series")


@pytest.fixture
def canvas(context):
    """The map: 400 x 300 pixels."""
    canvas = context.canvas
    canvas.resize(400, 300)
    canvas.show()
    return canvas


@pytest.fixture
def page(context, canvas, wait):
    """The page, nothing open yet; released afterwards."""
    from marscd_plugin.gui.series.page import SeriesPage

    page = SeriesPage(context)
    page.resize(360, 700)
    page.show()
    yield page
    page.release()
    wait(lambda: not context.jobs.running, 20, "the end of the jobs")
    page.deleteLater()


@pytest.fixture
def opened(page, series, context, wait):
    """The page with the series open and its layers in the project."""
    ready = []
    page.layers.ready.connect(lambda: ready.append(1))
    context.state.open_folder(series.folder.parent)
    wait(lambda: ready, 20, "the layers")
    return page


def later(time: datetime, **delta) -> datetime:
    return time + timedelta(**delta)
