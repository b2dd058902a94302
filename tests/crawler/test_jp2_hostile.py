"""Headers, records and stores that lie: refused with a reason, quickly, and never believed."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise

import numpy as np
import pytest

from marscd_plugin.common.errors import ProductError
from marscd_plugin.common.rasters import Window
from marscd_plugin.products.codestream.lengths import packet_lengths
from marscd_plugin.products.codestream.partfile import covered, joined, open_part
from marscd_plugin.products.codestream.record import BOX, part_name, read_record, whole_name
from marscd_plugin.products.codestream.spans import contains, length, merged, without
from marscd_plugin.products.codestream.words import NotByPartsError

from .jp2_files import coded_lengths, divided, encoded, index_of, make_part, picture

WINDOW = Window(30, 40, 50, 20)


@pytest.fixture(scope="module")
def data() -> bytes:
    made = encoded(
        picture(np.random.default_rng(1), 260, 200, 1),
        QUALITY=100, REVERSIBLE="YES", RESOLUTIONS=4, PROGRESSION="PCRL", PRECINCTS=",".join(["{64,64}"] * 4),
    )  # fmt: skip
    assert made is not None
    return made


def _why(data: bytes) -> str:
    with pytest.raises(NotByPartsError) as caught:
        index_of(data, [WINDOW])
    return caught.value.why


def _with_segment(data: bytes, code: int, body: bytes) -> bytes:
    """A marker segment put before the first tile-part. (The box of the codestream is the last, of unknown length.)"""
    box = data.index(b"jp2c")
    first = data.index(b"\xff\x90", box)
    segment = struct.pack(">HH", code, len(body) + 2) + body
    return data[: box - 4] + bytes(4) + data[box:first] + segment + data[first:]


def test_what_cannot_be_had_in_parts_says_why(data):
    pixels = picture(np.random.default_rng(2), 128, 96, 3)
    assert "no PLT" in _why(encoded(pixels, PLT="NO", QUALITY=100, REVERSIBLE="YES"))
    assert "POC" in _why(_with_segment(data, 0xFF5F, bytes(9)))
    assert "PPM" in _why(_with_segment(data, 0xFF60, bytes(9)))
    assert "PPT" in _why(_with_segment(data, 0xFF61, bytes(9)))
    assert "no JP2" in _why(b"II*\0" + data[4:])
    assert "cut short" in _why(data[:15])
    assert "not sound" in _why(data[:300])
    assert "outside" in _why_of_window(data, Window(300, 0, 5, 5))


def _why_of_window(data: bytes, window: Window) -> str:
    with pytest.raises(NotByPartsError) as caught:
        index_of(data, [window])
    return caught.value.why


def test_subsampled_bands_are_left_to_the_whole_file(data):
    size = data.index(b"\xff\x51")
    changed = bytearray(data)
    changed[size + 41 : size + 43] = b"\x02\x02"
    assert "subsampling" in _why(bytes(changed))


def test_wrong_lengths_are_found_out(data):
    """A list that does not fill its tile-part, or has another number of packets than the tile."""
    plt = data.index(b"\xff\x58")
    changed = bytearray(data)
    changed[plt + 6] ^= 1
    assert "wrong" in _why(bytes(changed))
    size = struct.unpack(">H", data[plt + 2 : plt + 4])[0]
    entries = packet_lengths(data[plt + 5 : plt + 2 + size])
    two = [int(entries[0] + entries[1]), *(int(e) for e in entries[2:])]
    body = coded_lengths(two)
    merged_two = data[:plt] + struct.pack(">HHB", 0xFF58, len(body) + 3, 0) + body + data[plt + 2 + size :]
    shorter = len(data) - len(merged_two)
    box, part = data.index(b"jp2c"), data.index(b"\xff\x90")
    changed = bytearray(merged_two)
    changed[box - 4 : box] = bytes(4)
    changed[part + 6 : part + 10] = struct.pack(">I", struct.unpack(">I", data[part + 6 : part + 10])[0] - shorter)
    assert "another number" in _why(bytes(changed))


@pytest.mark.parametrize("lists", ["", "TLM", "PLM"])
def test_damaged_headers_are_refused_or_understood(data, lists):
    """Hundreds of random damages: the answer is a reason or an index, never another error, and no long wait."""
    data = divided(data, 1, 7, lists)
    random = np.random.default_rng(11)
    end = data.index(b"\xff\x93") + 40
    refused = 0
    for _ in range(250):
        changed = bytearray(data)
        for _ in range(random.integers(1, 4)):
            changed[random.integers(0, end)] = random.integers(0, 256)
        if random.random() < 0.1:
            del changed[random.integers(0, end) :]
        try:
            index, _ = index_of(bytes(changed), [WINDOW])
            spans = index.spans([WINDOW])
            assert all(0 <= start < stop <= len(changed) for start, stop in spans)
        except NotByPartsError as error:
            assert error.why
            refused += 1
    assert refused > 100


def test_absurd_claims_cost_nothing(data):
    size = data.index(b"\xff\x51") + 4
    for claims in (
        {2: 1 << 31, 6: 1 << 31},  # two billion pixels a side
        {18: 1, 22: 1},  # a tile for each pixel
        {18: 0},  # tiles without width
        {10: 1 << 20},  # the image begins behind its end
    ):
        changed = bytearray(data)
        for offset, value in claims.items():
            changed[size + offset : size + offset + 4] = struct.pack(">I", value)
        assert _why(bytes(changed))
    # Precincts of two pixels in an image that claims to be large: billions of packets.
    style = data.index(b"\xff\x52") + 4
    changed = bytearray(data)
    changed[style + 10 : style + 14] = b"\x11" * 4
    for offset, value in {2: 1 << 17, 6: 1 << 17, 18: 1 << 17, 22: 1 << 17}.items():
        changed[size + offset : size + offset + 4] = struct.pack(">I", value)
    assert _why(bytes(changed))


def test_lengths_that_break_off_or_never_end():
    assert list(packet_lengths(coded_lengths([0, 127, 128, 300, 1 << 30]))) == [0, 127, 128, 300, 1 << 30]
    with pytest.raises(NotByPartsError):
        packet_lengths(b"\x05\x81")
    with pytest.raises(NotByPartsError):
        packet_lengths(b"\xff" * 1000 + b"\x01")


# -- records --------------------------------------------------------------------------------------------------------


def _box(path) -> tuple[int, int]:
    content = path.read_bytes()
    at = content.index(BOX)
    return at + len(BOX), len(content)


def test_a_damaged_record_is_not_believed(data, tmp_path):
    part = tmp_path / "p.jp2"
    make_part(data, [WINDOW], part)
    whole = part.read_bytes()
    start, end = _box(part)
    random = np.random.default_rng(3)
    for _ in range(60):
        changed = bytearray(whole)
        changed[random.integers(start, end)] ^= 1 << random.integers(0, 8)
        part.write_bytes(changed)
        try:
            record = read_record(part)
        except ProductError:
            continue
        # What was hit is the second half, which the short reading does not look at.
        assert record.windows == (WINDOW,)
        opened = open_part(part)
        assert opened is None or opened.record.windows == (WINDOW,)


@pytest.mark.parametrize(
    "about",
    [
        b"[]",
        b"{}",
        b'{"form": 2}',
        b'{"form":1,"windows":[[0,0,0,5]],"spans":[],"total":5,"validator":"","url":""}',
        b'{"form":1,"windows":[[-1,0,2,5]],"spans":[],"total":5,"validator":"","url":""}',
        b'{"form":1,"windows":[[0,0,1e9,5]],"spans":[],"total":5,"validator":"","url":""}',
        b'{"form":1,"windows":[[0,0,99999999,5]],"spans":[],"total":5,"validator":"","url":""}',
        b'{"form":1,"windows":[],"spans":[[0,9]],"total":5,"validator":"","url":""}',
        b'{"form":1,"windows":[],"spans":[[true,3]],"total":5,"validator":"","url":""}',
    ],
)
def test_absurd_records_are_refused(data, tmp_path, about):
    text = zlib.compress(about)
    body = BOX + struct.pack(">I", len(text)) + text + zlib.compress(b"")
    path = tmp_path / "p.jp2"
    path.write_bytes(data + struct.pack(">I4s", len(body) + 8, b"uuid") + body)
    with pytest.raises(ProductError):
        read_record(path)
    assert open_part(path) is None


def test_a_record_that_unpacks_without_end_is_refused(data, tmp_path, monkeypatch):
    monkeypatch.setattr("marscd_plugin.products.codestream.record.MAX_PLAIN_BYTES", 1 << 16)
    text = zlib.compress(bytes(1 << 20))
    body = BOX + struct.pack(">I", len(text)) + text
    path = tmp_path / "p.jp2"
    path.write_bytes(data + struct.pack(">I4s", len(body) + 8, b"uuid") + body)
    with pytest.raises(ProductError, match="too large"):
        read_record(path)


def test_other_files_have_no_record(data, tmp_path):
    for content in (data, data[:100], b"", b"II*\0" + bytes(100), data[:12] + bytes(100)):
        (tmp_path / "x.jp2").write_bytes(content)
        assert read_record(tmp_path / "x.jp2") is None


def test_names_of_parts():
    assert part_name("X_RED.JP2") == "X_RED.area.JP2"
    assert whole_name("X_RED.area.JP2") == "X_RED.JP2" and whole_name("X_RED.JP2") == "X_RED.JP2"


# -- small arithmetic -----------------------------------------------------------------------------------------------


def test_spans_against_sets():
    random = np.random.default_rng(8)
    for _ in range(100):
        one, other = (
            merged(
                (int(s), int(s + n)) for s, n in zip(random.integers(0, 60, 6), random.integers(0, 9, 6), strict=True)
            )
            for _ in range(2)
        )
        bytes_of = lambda spans: {b for s, e in spans for b in range(s, e)}  # noqa: E731
        assert bytes_of(without(one, other)) == bytes_of(one) - bytes_of(other)
        assert length(one) == len(bytes_of(one))
        start, end = sorted(int(v) for v in random.integers(0, 70, 2))
        assert contains(one, start, end) == (set(range(start, end)) <= bytes_of(one))
        wide = merged(one, gap=3)
        assert bytes_of(one) <= bytes_of(wide) and all(b[0] - a[1] > 3 for a, b in pairwise(wide))


def test_windows_that_cover_a_window():
    random = np.random.default_rng(6)
    for _ in range(150):
        windows = [Window(*(int(v) for v in (*random.integers(0, 8, 2), *random.integers(1, 7, 2)))) for _ in range(5)]
        wanted = Window(*(int(v) for v in (*random.integers(0, 8, 2), *random.integers(1, 5, 2))))
        seen = np.zeros((20, 20), bool)
        for window in windows:
            seen[window.slices] = True
        assert covered(windows, wanted) == seen[wanted.slices].all()


def test_pieces_are_joined():
    assert joined([(5, b"fgh"), (0, b"abc"), (3, b"de"), (20, b"x"), (1, b"bcd")]) == {0: b"abcdefgh", 20: b"x"}
