"""A part of a JP2 holds, inside its windows, exactly what the whole file holds: hundreds of generated files."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.rasters import Window
from marscd_plugin.products.codestream.partfile import open_part
from marscd_plugin.products.codestream.record import read_record
from marscd_plugin.products.codestream.reduced import halvings_for, write_reduced
from marscd_plugin.products.codestream.spans import length
from marscd_plugin.products.codestream.words import PROGRESSIONS, NotByPartsError
from marscd_plugin.products.jp2 import check_jp2

from .jp2_files import Opened, any_options, divided, encoded, index_of, make_part, picture

#: Files of each progression order and wavelet.
FILES = 24


def _window(random: np.random.Generator, width: int, height: int) -> Window:
    column, row = int(random.integers(0, width)), int(random.integers(0, height))
    most = 40 if random.random() < 0.6 else 1000
    return Window(
        column,
        row,
        int(min(random.integers(1, width - column + 1), most)),
        int(min(random.integers(1, height - row + 1), most)),
    )


@pytest.mark.parametrize("reversible", [True, False], ids=["5/3", "9/7"])
@pytest.mark.parametrize("order", PROGRESSIONS)
def test_a_part_reads_as_the_whole_file_does(order, reversible, tmp_path):
    random = np.random.default_rng(100 * PROGRESSIONS.index(order) + reversible)
    made = tries = 0
    while made < FILES:
        tries += 1
        assert tries < 4 * FILES
        width, height = (int(v) for v in random.integers(33, 300, 2))
        bands = int(random.choice([1, 1, 3]))
        options = any_options(random, width, height, reversible) | {"PROGRESSION": order}
        data = encoded(picture(random, width, height, bands), **options)
        if data is None:
            continue
        windows = [_window(random, width, height) for _ in range(random.integers(1, 3))]
        part = tmp_path / "p.jp2"
        make_part(data, windows, part)
        whole, ours = Opened(data), Opened(part)
        for window in windows:
            np.testing.assert_array_equal(ours.read(window), whole.read(window), err_msg=f"{options} {window}")
        assert ours.complaints == [], options
        assert (check_jp2(part).width, check_jp2(part).height, check_jp2(part).bands) == (width, height, bands)
        made += 1


@pytest.mark.parametrize("lists", ["", "TLM", "PLM"])
@pytest.mark.parametrize("order", PROGRESSIONS)
def test_tile_parts_and_lists_of_lengths(order, lists, tmp_path):
    """Several tile-parts that take turns, many PLT segments, TLM, PLM: OpenJPEG writes none of them soundly, so the
    packets of its files are divided anew."""
    random = np.random.default_rng(1000 + PROGRESSIONS.index(order))
    compared = 0
    for number in range(4):
        options = any_options(random, 200, 170, number % 2 == 0) | {"PROGRESSION": order}
        options |= {"BLOCKXSIZE": (200, 64)[number // 2], "BLOCKYSIZE": (170, 96)[number // 2], "RESOLUTIONS": 3}
        options |= {"PRECINCTS": "{64,32},{64,64},{64,32}"}
        made = encoded(picture(random, 200, 170, 1 + 2 * (number % 2)), **options)
        if made is None:
            continue
        data = divided(made, cuts=2, a_segment=5, lists=lists)
        window = _window(random, 200, 170)
        asked = index_of(data, [window])[1]
        index = index_of(data, [window])[0]
        assert len(index.parts) == 3 * index.header.size.tiles
        if lists == "TLM" and index.header.size.tiles > len(index.packets):
            # Headers of tiles that are not needed are not asked for.
            assert all(p.lengths is not None or not any(o <= p.start + 4 < o + len(d) for o, d in asked.items())
                       for p in index.parts)  # fmt: skip
        make_part(data, [window], tmp_path / "p.jp2")
        ours = Opened(tmp_path / "p.jp2")
        np.testing.assert_array_equal(ours.read(window), Opened(made).read(window), err_msg=str(options))
        assert ours.complaints == []
        compared += 1
    assert compared >= 3


def test_a_part_of_a_large_image_is_small(tmp_path):
    data = encoded(
        picture(np.random.default_rng(1), 1500, 1400, 1),
        QUALITY=100, REVERSIBLE="YES", RESOLUTIONS=5, PROGRESSION="PCRL", PRECINCTS=",".join(["{128,128}"] * 5),
    )  # fmt: skip
    window = Window(700, 600, 256, 256)
    taken = make_part(data, [window], tmp_path / "p.jp2")
    # 65,536 of 2,100,000 pixels; whole precincts at every resolution make it more.
    assert 0.031 < taken / len(data) < 0.13
    np.testing.assert_array_equal(Opened(tmp_path / "p.jp2").read(window), Opened(data).read(window))


def test_real_file(shared, tmp_path):
    """A HiRISE-style codestream of another encoder: PCRL, TLM and PLT, three bands."""
    data = (shared / "data" / "products" / "hirise_like_color_geojp2.jp2").read_bytes()
    window = Window(901, 333, 250, 180)
    taken = make_part(data, [window], tmp_path / "p.jp2")
    assert taken < 0.4 * len(data)
    np.testing.assert_array_equal(Opened(tmp_path / "p.jp2").read(window), Opened(data).read(window))
    with open_part(tmp_path / "p.jp2") as part:
        for start, end in part.spans:
            assert part.read_some(start, end - start) == data[start:end]


def test_the_part_keeps_what_it_is_made_of(tmp_path):
    """Its record, and every byte of the archive's file that it holds, come back."""
    data = encoded(picture(np.random.default_rng(2), 400, 300, 1), RESOLUTIONS=4, PRECINCTS=",".join(["{64,64}"] * 4))
    windows = [Window(10, 20, 50, 60), Window(200, 100, 90, 50)]
    make_part(data, windows, tmp_path / "p.jp2")
    record = read_record(tmp_path / "p.jp2")
    assert record.windows == tuple(windows) and record.total == len(data) and record.validator == '"v1"'
    index, _ = index_of(data, windows)
    with open_part(tmp_path / "p.jp2") as part:
        assert part.spans == index.spans(windows) and 0 < length(part.spans) < len(data)
        for start, end in part.spans:
            assert part.read_some(start, end - start) == data[start:end]
            assert part.read_some(start + 1, 5) == data[start + 1 : start + 6]


def _overview(data: bytes, halvings: int, path) -> tuple[Opened, Window]:
    """The overview of a file, made of no other bytes than it needs, and its extent."""
    index, _ = index_of(data, None)
    spans = index.spans_up_to(halvings)

    def read(offset: int, size: int) -> bytes:
        assert any(start <= offset and offset + size <= end for start, end in spans)
        return data[offset : offset + size]

    path.write_bytes(b"".join(write_reduced(index, halvings, read)))
    size = check_jp2(path)
    assert (size.width, size.height) == tuple(
        -(-side >> halvings) for side in (index.header.size.width, index.header.size.height)
    )
    return Opened(path), Window(0, 0, size.width, size.height)


@pytest.mark.parametrize("order", PROGRESSIONS)
def test_overviews_are_low_passed_images(order, tmp_path):
    """Against a forward 5/3 wavelet written out here: the overview is its low-pass part, to the last bit."""
    random = np.random.default_rng(PROGRESSIONS.index(order))
    found = 0
    for number in range(6):
        width, height = (int(v) for v in random.integers(130, 300, 2))
        bands = (1, 3)[number % 2]
        options = any_options(random, width, height, True) | {"PROGRESSION": order, "YCC": "NO", "RESOLUTIONS": 4}
        options |= {"BLOCKXSIZE": width, "BLOCKYSIZE": height, "PRECINCTS": ",".join(["{64,32}"] * 4)}
        pixels = picture(random, width, height, bands)
        if (data := encoded(pixels, **options)) is None:
            continue
        low = pixels.astype(int)
        for halvings in (1, 2, 3):
            low = _low_pass(_low_pass(low, 1), 2)
            ours, all_of_it = _overview(data, halvings, tmp_path / "s.jp2")
            np.testing.assert_array_equal(np.squeeze(ours.read(all_of_it)), np.squeeze(low), err_msg=str(options))
            assert ours.complaints == []
            found += 1
    assert found >= 9


def _low_pass(values: np.ndarray, axis: int) -> np.ndarray:
    """One step of the reversible 5/3 wavelet (ISO/IEC 15444-1, F.4.8.1) along an axis: the even samples, lifted."""
    x = np.moveaxis(values, axis, -1)
    padded = np.pad(x, [(0, 0)] * (x.ndim - 1) + [(2, 2)], mode="reflect")
    even, odd = padded[..., ::2], padded[..., 1::2]
    high = odd[..., : even.shape[-1] - 1] - (even[..., :-1] + even[..., 1:]) // 2
    low = even[..., 1 : high.shape[-1]] + (high[..., :-1] + high[..., 1:] + 2) // 4
    return np.moveaxis(low[..., : -(-x.shape[-1] // 2)], -1, axis)


@pytest.mark.parametrize("reversible", [True, False], ids=["5/3", "9/7"])
def test_overviews_are_those_of_gdal(reversible, tmp_path):
    """Of images so large that GDAL shows overviews; with a colour transform, and with the wavelet of real numbers."""
    random = np.random.default_rng(5)
    for order in ("LRCP", "RPCL", "PCRL"):
        options = any_options(random, 600, 560, reversible) | {"PROGRESSION": order, "YCC": "YES", "RESOLUTIONS": 4}
        options |= {"BLOCKXSIZE": 600, "BLOCKYSIZE": 560, "PRECINCTS": ",".join(["{128,64}"] * 4)}
        data = encoded(picture(random, 600, 560, 3), **options)
        assert data is not None
        ours, all_of_it = _overview(data, 1, tmp_path / "s.jp2")
        gdal.FileFromMemBuffer("/vsimem/whole.jp2", data)
        dataset = gdal.Open("/vsimem/whole.jp2")
        theirs = [dataset.GetRasterBand(band).GetOverview(0).ReadAsArray() for band in (1, 2, 3)]
        np.testing.assert_array_equal(ours.read(all_of_it), np.stack(theirs), err_msg=str(options))


def test_how_often_an_overview_is_halved():
    data = encoded(picture(np.random.default_rng(3), 300, 200, 1), RESOLUTIONS=4)
    index, _ = index_of(data, None)
    assert [halvings_for(index, side) for side in (1000, 300, 299, 150, 80, 10)] == [0, 0, 1, 1, 2, 3]
    with pytest.raises(NotByPartsError):
        list(write_reduced(index, 4, lambda offset, size: data[offset : offset + size]))
