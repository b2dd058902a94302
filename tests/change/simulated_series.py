"""A simulated series with known truth as a test's own files: one light, no pointing error, lineae in two seasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from osgeo import gdal

from marscd_plugin.common.rasters import RasterWriter, Window
from marscd_plugin.common.words import Epoch, Grid, Pair, Registration
from marscd_plugin.planet.crs import local_wkt
from marscd_plugin.planet.time import mars_date
from marscd_plugin.simulation.scene import EpochSpec, Scene, SceneSpec

PIXEL = 0.5
#: Before the season, growing, full; the next Mars Year again.
TIMES = ("2011-02-01", "2011-04-27", "2011-06-27", "2011-08-20", "2012-06-01", "2013-03-16", "2013-06-23", "2014-05-01")


@dataclass(frozen=True)
class SimulatedSeries:
    """Epochs on disk, their planned pairs, and the truth: ``dark`` (n, H, W) bool, where a dark feature is there."""

    epochs: tuple[Epoch, ...]
    grid: Grid
    pairs: tuple[Pair, ...]
    dark: np.ndarray
    scene: Scene


def make_series(
    folder: Path, size: int = 256, seed: int = 4, times: Sequence[str] = TIMES, noise: float = 0.0004
) -> SimulatedSeries:
    """A series of ``size`` x ``size`` pixels, one image for each of ``times``, into ``folder``."""
    spec = SceneSpec(seed=seed, width=size, height=size, pixel_size=PIXEL, rsl_per_km2=2500.0)
    scene = Scene(spec)
    grid = Grid(local_wkt(-157.7, -41.6), 0.0, np.radians(-41.6) * 3396190.0, PIXEL, size, size)
    epochs, dark = [], []
    for index, text in enumerate(times):
        time = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
        date = mars_date(time)
        seen = EpochSpec(time, date.solar_longitude, date.mars_year, 45.0, 285.0, seed=index)
        values = scene.image(seen)
        values = values + np.random.default_rng(index).normal(0, noise, values.shape).astype(np.float32)
        raster = folder / f"ESP_{index:06d}_1380_RED.tif"
        write(raster, values, grid)
        epochs.append(
            Epoch(
                raster.stem, raster, time, date.mars_year, date.solar_longitude, 1.0,
                Registration(True, "simulated", residual_px=0.1), 45.0, 0.0, 45.0, 285.0,
            )
        )  # fmt: skip
        dark.append(scene.phenomena(seen) == 1)
    pairs = tuple(Pair(a.product_id, b.product_id, 1.0) for i, a in enumerate(epochs) for b in epochs[i + 1 :])
    return SimulatedSeries(tuple(epochs), grid, pairs, np.stack(dark), scene)


def spoilt(
    series: SimulatedSeries, folder: Path, spoil: Mapping[int, Callable[[np.ndarray], np.ndarray]]
) -> SimulatedSeries:
    """The same series with the images of some dates changed after they were taken, in new files in ``folder``."""
    epochs = list(series.epochs)
    for index, change in spoil.items():
        dataset = gdal.Open(str(epochs[index].raster))
        raster = folder / epochs[index].raster.name
        write(raster, change(dataset.ReadAsArray()), series.grid)
        epochs[index] = replace(epochs[index], raster=raster)
    return replace(series, epochs=tuple(epochs))


def write(path: Path, values: np.ndarray, grid: Grid) -> None:
    """One epoch's raster."""
    with RasterWriter(path, grid, np.float32, nodata=-9999) as out:
        out.write(
            Window(0, 0, grid.width, grid.height), np.where(np.isfinite(values), values, -9999).astype(np.float32)
        )


def make_line_model(path: Path, split: bool = False, kinds: tuple[str, ...] = ()) -> Path:
    """A model that sees |after - before| above 0.7 of the series' width pixel by pixel; with its two halves if asked.

    With ``kinds`` (two of them) it calls what darkened the first and what brightened the second.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    from marscd_plugin.common.words import ModelCard
    from marscd_plugin.inference.card import CARD_KEY, card_to_json

    card = ModelCard(
        "line", "change", ("before", "after"), "probability", "pair-robust", (0.2, 0.6), 0.5, 8, 4, kinds=kinds
    )

    def tensor(name: str, bands: int | str = 1):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", bands, "h", "w"])

    def save(target: Path, nodes, inputs, outputs, told: ModelCard) -> None:
        constants = [
            numpy_helper.from_array(np.float32(v), n) for n, v in (("gain", 8.0), ("level", 0.7), ("one", 1.0))
        ]
        used = {i for node in nodes for i in node.input}
        graph = helper.make_graph(nodes, "line", inputs, outputs, [c for c in constants if c.name in used])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(model, {CARD_KEY: card_to_json(told)})
        onnx.save(model, str(target))

    def head(before: str, after: str):
        nodes = [
            helper.make_node("Sub", [after, before], ["d"]), helper.make_node("Abs", ["d"], ["m"]),
            helper.make_node("Sub", ["m", "level"], ["s"]), helper.make_node("Mul", ["s", "gain"], ["g"]),
            helper.make_node("Sigmoid", ["g"], ["probability"]),
        ]  # fmt: skip
        outputs = [tensor("probability")]
        if kinds:
            nodes += [
                helper.make_node("Neg", ["d"], ["minus"]), helper.make_node("Mul", ["minus", "gain"], ["k"]),
                helper.make_node("Sigmoid", ["k"], ["dark"]), helper.make_node("Sub", ["one", "dark"], ["bright"]),
                helper.make_node("Concat", ["dark", "bright"], ["kind"], axis=1),
            ]  # fmt: skip
            outputs.append(tensor("kind", 2))
        return nodes, outputs

    nodes, outputs = head("before", "after")
    save(path, nodes, [tensor("before"), tensor("after")], outputs, card)
    if split:
        feature = helper.make_node("Identity", ["image"], ["feature"])
        encoder = replace(card, task="change-encoder", inputs=("image",), output="feature", kinds=())
        save(path.with_name(path.stem + "-encoder.onnx"), [feature], [tensor("image")], [tensor("feature")], encoder)
        names = ("before_image", "before_feature", "after_image", "after_feature")
        nodes, outputs = head("before_feature", "after_feature")
        told = replace(card, task="change-head", inputs=names)
        save(path.with_name(path.stem + "-head.onnx"), nodes, [tensor(n) for n in names], outputs, told)
    return path
