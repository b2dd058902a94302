"""A stand-in embedding without weights to learn, and images with a pattern planted at a known place.

The network answers how much energy a chip has in stripes of eight directions and two widths: what is striped alike is
near, whatever its brightness. It is no model of the plugin's.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from osgeo import gdal, osr

from marscd_plugin.common.words import EmbeddingCard
from marscd_plugin.inference.card import CARD_KEY
from marscd_plugin.inference.embedding_card import embedding_card_to_json

PX = 32
DIRECTIONS, WIDTHS = 8, (4.0, 8.0)
CARD = EmbeddingCard(
    name="stripes", input="chips", output="vectors", chip_px=PX, channels=1, dimensions=DIRECTIONS * len(WIDTHS),
    metric="cosine", normalisation="chip", alike=0.3, description="energy of stripes; a stand-in for tests",
)  # fmt: skip
MARS = "IAU_2015:49910"
EARTH = "EPSG:32646"


def bank() -> np.ndarray:
    """Stripe filters (K, 1, 9, 9) of zero mean and equal energy."""
    y, x = np.mgrid[-4:5, -4:5].astype(float)
    bell = np.exp(-(x**2 + y**2) / 10.0)
    made = []
    for width in WIDTHS:
        for k in range(DIRECTIONS):
            angle = np.pi * k / DIRECTIONS
            wave = bell * np.cos(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / width)
            wave -= bell * wave.sum() / bell.sum()
            made.append(wave / np.sqrt((wave**2).sum()))
    return np.array(made, np.float32)[:, None]


def write_standin(path: Path, card: EmbeddingCard = CARD) -> Path:
    """The network with its card as an ONNX file."""
    nodes = [
        helper.make_node("Conv", ["chips", "bank"], ["waves"]),
        helper.make_node("Mul", ["waves", "waves"], ["power"]),
        helper.make_node("GlobalAveragePool", ["power"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["flat"]),
        helper.make_node("Sqrt", ["flat"], ["root"]),
        helper.make_node("ReduceMean", ["root"], ["level"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["root", "level"], ["vectors"]),
    ]
    graph = helper.make_graph(
        nodes, "stripes",
        [helper.make_tensor_value_info("chips", TensorProto.FLOAT, ["n", 1, PX, PX])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", card.dimensions])],
        [numpy_helper.from_array(bank(), "bank")],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {CARD_KEY: embedding_card_to_json(card)})
    onnx.save(model, str(path))
    return path


def stripes(height: int, width: int, angle: float, period: float = 6.0) -> np.ndarray:
    """Stripes across ``angle`` (degrees), -1..1."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    turn = np.radians(angle)
    return np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / period)


def noise(height: int, width: int, seed: int = 1) -> np.ndarray:
    """Ground without a direction, of deviation 1, smooth over a few pixels: what is pure noise is not compared."""
    ground = np.random.default_rng(seed).standard_normal((height + 8, width + 8))
    for axis in (0, 1):
        for _ in range(2):
            ground = sum(np.roll(ground, k, axis) for k in (-1, 0, 1, 2))
    ground = ground[4:-4, 4:-4]
    return ground / ground.std()


def planted(height: int, width: int, row: int, column: int, size: int = 40, angle: float = 30.0) -> np.ndarray:
    """Noise with a square of stripes whose middle is at (row, column)."""
    ground = noise(height, width)
    half = size // 2
    square = 3.0 * stripes(size, size, angle) + 0.5 * noise(size, size, 2)
    ground[row - half : row - half + size, column - half : column - half + size] = square
    return ground


def write_image(
    path: Path, values: np.ndarray, crs: str = "", left: float = 0.0, top: float = 0.0, pixel: float = 10.0,
    gain: float = 20.0, offset: float = 120.0,
) -> Path:  # fmt: skip
    """A GeoTIFF of ``offset + gain * values`` in float32, north up; without ``crs`` only pixels."""
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), values.shape[1], values.shape[0], 1, gdal.GDT_Float32, ["COMPRESS=DEFLATE"]
    )
    if crs:
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs)
        dataset.SetProjection(reference.ExportToWkt(["FORMAT=WKT2_2019"]))
        dataset.SetGeoTransform((left, pixel, 0.0, top, 0.0, -pixel))
    dataset.GetRasterBand(1).WriteArray((offset + gain * values).astype(np.float32))
    dataset.FlushCache()
    del dataset
    return path
