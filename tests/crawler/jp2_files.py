"""JP2 files of every kind that GDAL's OpenJPEG driver can write, in memory, and their parts."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
from osgeo import gdal

from marscd_plugin.common.rasters import Window
from marscd_plugin.products.codestream.index import Index, read_index
from marscd_plugin.products.codestream.partfile import joined, write_part
from marscd_plugin.products.codestream.reading import drive
from marscd_plugin.products.codestream.record import Record
from marscd_plugin.products.codestream.spans import contains


def picture(random: np.random.Generator, width: int, height: int, bands: int) -> np.ndarray:
    """(bands, height, width) uint16 of 10 bits: waves and noise, so that every resolution has something to say."""
    y, x = np.mgrid[:height, :width]
    waves = 500 + 200 * np.sin(x / 17.0) + 150 * np.cos(y / 23.0 + x / 91)
    return np.clip(waves + random.normal(0, 40, (bands, height, width)), 3, 1021).astype(np.uint16)


def encoded(pixels: np.ndarray, **options: object) -> bytes | None:
    """A JP2 with packet lengths; None where OpenJPEG 2.5.0 cannot write it so."""
    bands, height, width = pixels.shape
    source = gdal.GetDriverByName("MEM").Create("", width, height, bands, gdal.GDT_UInt16)
    for band in range(bands):
        source.GetRasterBand(band + 1).WriteArray(pixels[band])
    wanted = {"CODEC": "JP2", "PLT": "YES", "GMLJP2": "NO", "NBITS": 10, "BLOCKXSIZE": width, "BLOCKYSIZE": height}
    name = "/vsimem/jp2_files.jp2"
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        copy = gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(
            name, source, options=[f"{key}={value}" for key, value in (wanted | options).items()]
        )
        failed = copy is None or gdal.GetLastErrorType() >= gdal.CE_Failure
        del copy
    except RuntimeError:
        failed = True
    finally:
        gdal.PopErrorHandler()
        gdal.ErrorReset()
    if failed:
        return None
    file = gdal.VSIFOpenL(name, "rb")
    data = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(name).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(name)
    return data


def any_options(random: np.random.Generator, width: int, height: int, reversible: bool) -> dict[str, object]:
    """A random codestream form that OpenJPEG 2.5.0 writes soundly.

    Left out, because the encoder itself fails: tiles that leave a sliver at the edge (it writes beyond its memory, or
    stops the process), tile-parts with several tiles or in position orders (it loses packets).
    """
    levels = int(random.integers(0, 6))
    tile_width, tile_height = width, height
    if random.random() < 0.3:
        tile_width, tile_height = (int(random.integers(32, max(33, side))) for side in (width, height))
        edge = min(width % tile_width or tile_width, height % tile_height or tile_height)
        if edge < 8:
            tile_width, tile_height = width, height
    smallest = min(width % tile_width or tile_width, height % tile_height or tile_height)
    levels = min(levels, max(smallest.bit_length() - 3, 0))
    options: dict[str, object] = {
        "RESOLUTIONS": levels + 1,
        "REVERSIBLE": "YES" if reversible else "NO",
        "QUALITY": 100 if reversible else str(random.choice(["10,30,80", "30", "90"])),
        "BLOCKXSIZE": tile_width,
        "BLOCKYSIZE": tile_height,
        "YCC": random.choice(["YES", "NO"]),
        "SOP": random.choice(["YES", "NO"]),
        "EPH": random.choice(["YES", "NO"]),
        "CODEBLOCK_WIDTH": 2 ** random.integers(4, 7),
        "CODEBLOCK_HEIGHT": 2 ** random.integers(4, 7),
    }
    if random.random() < 0.8:
        sides = 2 ** random.integers(5, 8, (levels + 1, 2))
        options["PRECINCTS"] = ",".join(f"{{{a},{b}}}" for a, b in sides)
    return options


def index_of(data: bytes, windows: list[Window] | None) -> tuple[Index, dict[int, bytes]]:
    """The index of a file, and the pieces of it that were read."""
    asked: list[tuple[int, bytes]] = []

    def read(offset: int, size: int) -> bytes:
        asked.append((offset, data[offset : offset + size]))
        return asked[-1][1]

    return drive(read_index(len(data), windows), read), joined(asked)


def make_part(data: bytes, windows: list[Window], path: Path) -> int:
    """Write the part of a file that windows need; returns its packets' bytes. No other byte is read."""
    index, pieces = index_of(data, windows)
    spans = index.spans(windows)

    def read(offset: int, size: int) -> bytes:
        assert contains(spans, offset, offset + size)
        return data[offset : offset + size]

    record = Record(len(data), '"v1"', tuple(windows), tuple(spans), pieces, "http://h/x.JP2")
    with path.open("wb") as file:
        write_part(file, index, record, read)
    return sum(end - start for start, end in spans)


class Opened:
    """A JP2 opened by GDAL; ``complaints`` collects what it said."""

    def __init__(self, source: bytes | Path) -> None:
        self._name = str(source) if isinstance(source, Path) else "/vsimem/opened.jp2"
        if isinstance(source, bytes):
            gdal.FileFromMemBuffer(self._name, source)
        self.complaints: list[str] = []

    def read(self, window: Window, **how: object) -> np.ndarray:
        """All bands of a window."""
        gdal.PushErrorHandler(lambda kind, number, text: self.complaints.append(text))
        try:
            dataset = gdal.OpenEx(self._name, gdal.OF_RASTER, allowed_drivers=["JP2OpenJPEG"])
            assert dataset is not None, self.complaints
            pixels = dataset.ReadAsArray(window.column, window.row, window.width, window.height, **how)
            assert pixels is not None, self.complaints
            return pixels
        finally:
            gdal.PopErrorHandler()
            gdal.ErrorReset()


def coded_lengths(lengths: list[int]) -> bytes:
    """Seven bits a byte, as PLT and PLM hold them."""
    made = bytearray()
    for value in lengths:
        digits = [value & 127]
        while value := value >> 7:
            digits.append(value & 127 | 128)
        made += bytes(reversed(digits))
    return bytes(made)


def _segment(code: int, body: bytes) -> bytes:
    return struct.pack(">HH", code, len(body) + 2) + body


def divided(data: bytes, cuts: int, a_segment: int, lists: str) -> bytes:
    """The same image with each tile in ``cuts`` + 1 tile-parts that take turns, ``a_segment`` packet lengths to a PLT
    segment, and what ``lists`` names in the main header: TLM, PLM (then instead of PLT), or nothing."""
    index, _ = index_of(data, None)
    bodies: list[tuple[int, int, list[int], bytes]] = []
    for tile in range(index.header.size.tiles):
        parts = [p for p in index.parts if p.tile == tile]
        lengths = [int(n) for p in parts for n in p.lengths]
        body = b"".join(data[p.body : p.end] for p in parts)
        edges = [round(k * len(lengths) / (cuts + 1)) for k in range(cuts + 2)]
        at = 0
        for number, (low, high) in enumerate(pairwise(edges)):
            size = sum(lengths[low:high])
            bodies.append((number, tile, lengths[low:high], body[at : at + size]))
            at += size
    bodies.sort(key=lambda b: b[:2])
    made, listed, packed = [], b"", b""
    for number, tile, lengths, body in bodies:
        head = b""
        if lists == "PLM":
            coded = coded_lengths(lengths)
            assert len(coded) < 256
            packed += bytes([len(coded)]) + coded
        else:
            for count, first in enumerate(range(0, len(lengths), a_segment)):
                head += _segment(0xFF58, bytes([count]) + coded_lengths(lengths[first : first + a_segment]))
        size = 12 + len(head) + 2 + len(body)
        listed += struct.pack(">HI", tile, size)
        made.append(struct.pack(">HHHIBB", 0xFF90, 10, tile, size, number, cuts + 1) + head + b"\xff\x93" + body)
    main = b"".join(s.packed() for s in index.header.segments if s.code not in (0xFF55, 0xFF57))
    if lists == "TLM":
        main += _segment(0xFF55, b"\x00\x60" + listed)
    if lists == "PLM":
        half = len(packed) // 2
        main += _segment(0xFF57, b"\x00" + packed[:half]) + _segment(0xFF57, b"\x01" + packed[half:])
    return index.header.boxes + struct.pack(">I4s", 0, b"jp2c") + b"\xff\x4f" + main + b"".join(made) + b"\xff\xd9"
