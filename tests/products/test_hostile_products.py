"""Bytes from nowhere: every reader answers with a product or a ProductError, in bounds, and follows no pointer."""

from __future__ import annotations

import contextlib

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.products.check import check_file
from marscd_plugin.products.crism import open_crism
from marscd_plugin.products.ctx import open_ctx_stream
from marscd_plugin.products.ctx_corners import corners_of_row
from marscd_plugin.products.ctx_edr import is_ctx_edr
from marscd_plugin.products.envi import names, numbers, read_envi
from marscd_plugin.products.isis import read_isis_map

from .crism_files import scene, write_cube
from .ctx_files import PRODUCT, write_edr, write_stream

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from([
    b"ENVI\n", b"wavelength = {1, 2}\n", b"map info = {a, b, c}", b"Group = Mapping\n", b"End_Group\n",
    b"Object = IsisCube\n", b"Rotation = north\n",
    b"UpperLeftCornerX = 1e308 <meters>\n", b"PixelResolution = (((((", b"ProjectionName = SimpleCylindrical\n",
    b"PDS_VERSION_ID = PDS3\r\n", b"RECORD_BYTES = -5\r\n", b"^IMAGE = \"/etc/passwd\"\r\n", b"END\r\n", b"End\n",
    b"\x00\xff\xfe", b"= = = {", b"}", b"#", b"bands = 99999999999999999999\n", b"samples = nan\n",
])  # fmt: skip
BYTES = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=20).map(b"".join))


@SLOW
@given(data=BYTES, name=st.sampled_from(["a.hdr", "a.isis.hdr", "a.img", "a.lbl", "a.tiff", "a.jp2"]))
def test_the_check_and_the_parsers_end_in_order(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    for role in ("image", "label", "other"):
        with contextlib.suppress(ProductError):
            check_file(path, role)
    with contextlib.suppress(ProductError):
        header = read_envi(path)
        numbers(header, "wavelength")
        names(header, "map info")
    with contextlib.suppress(ProductError):
        read_isis_map(path)
    assert is_ctx_edr(path) in (True, False)


@SLOW
@given(text=st.text(max_size=400))
def test_any_text_is_an_index_row_or_not(text):
    with contextlib.suppress(ProductError):
        corners_of_row(text)


@SLOW
@given(place=st.floats(0, 1), with_=st.sampled_from([b"\x00", b"{", b"=", b"9999999999", b"\xff\xff", b"-1"]))
def test_a_header_changed_anywhere(tmp_path_factory, place, with_):
    folder = tmp_path_factory.mktemp("c")
    label = write_cube(folder, scene()[:40, :8, :9], nm=np.linspace(1000, 2000, 40))
    for path in (label, label.with_suffix(".hdr")):
        data = path.read_bytes()
        at = int(place * len(data))
        path.write_bytes(data[:at] + with_ + data[at + len(with_) :])
        with contextlib.suppress(ProductError, InputError):
            open_crism(label)
        path.write_bytes(data)


@SLOW
@given(place=st.floats(0, 1), with_=st.sampled_from([b"\x00", b"<", b"=", b"9999999999", b"(", b"-1", b"e"]))
def test_a_stream_label_changed_anywhere(tmp_path_factory, place, with_):
    label = write_stream(tmp_path_factory.mktemp("s"), np.full((20, 30), 9, "uint8"))
    data = label.read_bytes()
    at = int(place * len(data))
    label.write_bytes(data[:at] + with_ + data[at + len(with_) :])
    with contextlib.suppress(ProductError):
        open_ctx_stream(label)


def test_a_raw_image_is_told_by_its_label_not_its_name(tmp_path):
    image = write_edr(tmp_path, np.full((20, 30), 800.0))
    assert is_ctx_edr(image) and not is_ctx_edr(tmp_path / f"{PRODUCT}.missing")
    image.write_bytes(image.read_bytes().replace(b"CTX-2-EDR", b"HIR-2-EDR"))
    assert not is_ctx_edr(image)
