"""A label's own edges against what its offsets give: to the pixel, for every real label at hand.

The stated edges are those before the producer's program moved the corner outwards to a whole pixel. Repeating that
gives the offsets and sizes of every label exactly, so the reading is right to far less than half a pixel; comparing
the stated upper-left edges directly cannot be better than a pixel, and the numbers below say by how much.
"""

from __future__ import annotations

import pytest

from marscd_plugin.common.errors import ProductError
from marscd_plugin.products.label import parse_label, read_label
from marscd_plugin.products.projection import edges, expected_frame, frame_of, label_projection

from .conftest import LABEL, fields

#: Ours minus the stated edge, pixels, rounded: north, south, west, east. Measured from the labels.
MEASURED = {
    "ESP_011707_1440_COLOR.LBL": (0.138, -0.123, -0.259, -0.099),
    "ESP_013951_1955_RED.LBL": (0.657, 0.017, -0.064, 0.060),
    "PSP_010737_2050_COLOR.LBL": (0.943, -0.273, -0.387, 0.463),
    "P01_001330_1221_XN_57S223W.LBL": (0.303, -0.168, -0.810, -0.190),
    "hirise_ESP_011261_1960_COLOR.reconstructed.LBL": (0.394, 0.068, -0.090, -0.157),
}


@pytest.mark.parametrize("name", MEASURED)
def test_every_real_label(shared, name):
    label = read_label(shared / "fixtures/pds" / name)
    projection = label_projection(label)
    assert frame_of(projection) == expected_frame(label)
    off = dict(edges(projection, label))
    assert list(off.values()) == pytest.approx(MEASURED[name], abs=1e-3)
    # Outwards by less than a pixel at the upper left, by at most half a pixel either way at the lower right.
    assert 0 <= off["MAXIMUM_LATITUDE"] < 1 and -1 < off["WESTERNMOST_LONGITUDE"] <= 0
    assert abs(off["MINIMUM_LATITUDE"]) <= 0.5 and abs(off["EASTERNMOST_LONGITUDE"]) <= 0.5
    # Brought to the pixel grid as the producer does, no stated edge is off by anything.
    frame, wanted = frame_of(projection), expected_frame(label)
    assert (frame.left - wanted.left, frame.top - wanted.top) == (0, 0)
    assert (projection.geotransform[0] / projection.pixel_size) % 1 == pytest.approx(0, abs=1e-6)


def test_a_label_one_pixel_off_is_seen():
    value = fields()
    label = parse_label(LABEL.format(**(value | {"l0": value["l0"] + 1})).encode())
    assert frame_of(label_projection(label)) != expected_frame(label)


def test_a_polar_label_has_no_parallels_for_edges():
    with pytest.raises(ProductError, match="polar"):
        expected_frame(parse_label(LABEL.format(**fields(polar=True)).encode()))


def test_kilometres_and_the_ellipsoid(shared):
    """The HiRISE team's CTX maps: MAP_SCALE 0.005 km, the ellipsoid's axes, a centre of their own."""
    projection = label_projection(read_label(shared / "fixtures/pds/P01_001330_1221_XN_57S223W.LBL"))
    assert projection.pixel_size == 5.0 and projection.radius == pytest.approx(3382737.498, abs=1e-3)
