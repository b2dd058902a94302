"""Parts of an image over HTTP: only what is needed comes, once, whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from marscd_plugin.common.errors import CancelledError, DownloadError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import Window
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.jp2 import PartTransfer, PartWish, serves
from marscd_plugin.crawler.jp2.overview import bring_overview
from marscd_plugin.crawler.jp2.store import RangeStore, store_of
from marscd_plugin.crawler.jp2.survey import survey
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.session import RequestsWeb
from marscd_plugin.crawler.transfer import TransferError, Version
from marscd_plugin.products.check import check_file
from marscd_plugin.products.codestream.record import read_record
from marscd_plugin.products.codestream.words import NotByPartsError
from marscd_plugin.sandbox.faults import FaultPlan, Rule
from marscd_plugin.sandbox.server import SandboxServer

from .jp2_files import Opened, encoded, index_of, picture

ROOT = Path(__file__).resolve().parents[2]
SMALL, WIDE = Window(300, 350, 200, 180), Window(250, 350, 400, 180)
HURRY = Manners(tries=4, backoff=0.01, backoff_cap=0.05, connect_timeout=5, read_timeout=5, spacing=0.0)


@pytest.fixture(scope="module")
def data() -> bytes:
    made = encoded(
        picture(np.random.default_rng(1), 900, 800, 1),
        QUALITY=100, REVERSIBLE="YES", RESOLUTIONS=4, PROGRESSION="PCRL", PRECINCTS=",".join(["{64,64}"] * 4),
    )  # fmt: skip
    assert made is not None
    return made


@pytest.fixture
def archive(data, tmp_path, monkeypatch):
    """A sandbox with one image at ``url``; ``transfer(windows)`` is one of its part to ``place``."""
    monkeypatch.setattr("marscd_plugin.crawler.jp2.source._AHEAD", 2048)
    monkeypatch.setattr("marscd_plugin.crawler.jp2.source._FIRST", 2048)
    root, place = tmp_path / "archive", tmp_path / "out" / "X_RED.area.JP2"
    (root / "pds").mkdir(parents=True)
    (root / "pds" / "X_RED.JP2").write_bytes(data)
    plan = FaultPlan()
    with SandboxServer(root, plan=plan) as server:
        settings = Settings(hirise_url=server.url + "/PDS", allow_loopback=True)
        url = server.url + "/PDS/X_RED.JP2"
        progress = Quiet()
        with RequestsWeb(settings, progress, HURRY) as web:

            def transfer(*windows: Window, gap: int = 0, **named) -> PartTransfer:
                return PartTransfer(web, url, place, "image", check_file, part=PartWish(windows, gap), **named)

            yield SimpleNamespace(
                transfer=transfer, place=place, url=url, web=web, settings=settings, root=root, plan=plan,
                file=root / "pds" / "X_RED.JP2", progress=progress,
            )  # fmt: skip


def _same(place: Path, data: bytes, *windows: Window) -> None:
    for window in windows:
        np.testing.assert_array_equal(Opened(place).read(window), Opened(data).read(window))


def _cost(data: bytes, *windows: Window) -> int:
    return sum(end - start for start, end in index_of(data, list(windows))[0].spans(list(windows)))


def test_a_part_comes_with_little_more_than_its_packets(archive, data):
    seen, sealed = [], []
    transfer = archive.transfer(
        SMALL, arrived=lambda size, total: seen.append((size, total)), sealed=lambda *what: sealed.append(what)
    )
    whole = transfer.run()
    assert (whole.bytes, whole.sha256) == sealed[0] and whole.bytes == archive.place.stat().st_size
    assert whole.attempts == transfer.attempts > 2 and transfer.whole_bytes == len(data)
    _same(archive.place, data, SMALL)
    cost = _cost(data, SMALL)
    assert cost < transfer.received < cost + 6000 and transfer.received < 0.35 * len(data)
    assert seen[-1] == (cost, cost) and seen == sorted(seen)
    assert sorted(p.name for p in archive.place.parent.iterdir()) == [archive.place.name]


def test_a_wider_area_brings_the_difference_only(archive, data):
    archive.transfer(SMALL).run()
    wider = archive.transfer(WIDE)
    wider.run()
    _same(archive.place, data, SMALL, WIDE)
    difference = _cost(data, SMALL, WIDE) - _cost(data, SMALL)
    assert difference <= wider.received < difference + 200
    assert read_record(archive.place).windows == (WIDE,)
    other = Window(700, 100, 60, 50)
    archive.transfer(other).run()
    _same(archive.place, data, SMALL, WIDE, other)


def test_what_is_here_is_not_asked_for_again(archive, data):
    archive.transfer(WIDE).run()
    again = archive.transfer(Window(300, 360, 100, 100))
    again.run()
    assert (again.attempts, again.received) == (0, 0)
    assert read_record(archive.place).windows == (WIDE,)
    _same(archive.place, data, WIDE)


def test_what_a_file_serves(archive, data):
    archive.transfer(SMALL).run()
    assert serves(archive.place, PartWish((SMALL,))) and serves(archive.place, PartWish((Window(310, 360, 5, 5),)))
    assert not serves(archive.place, PartWish((WIDE,))) and not serves(archive.place, None)
    assert serves(archive.file, PartWish((WIDE,))) and serves(archive.file, None)
    archive.place.write_bytes(archive.place.read_bytes()[:-50])
    assert not serves(archive.place, PartWish((SMALL,))) or read_record(archive.place) is None


def test_gaps_are_fetched_along(archive, data):
    close, far = archive.transfer(SMALL), archive.transfer(SMALL, gap=20_000)
    close.run()
    archive.place.unlink()
    far.run()
    assert far.attempts < close.attempts and far.received > close.received
    _same(archive.place, data, SMALL)
    # What came along is kept: an area beside may need it.
    assert sum(e - s for s, e in read_record(archive.place).spans) > _cost(data, SMALL)


@pytest.mark.parametrize("fault", ["503", "cut", "hang"])
def test_faults_pass(archive, data, fault):
    archive.plan.rules = (Rule("*.JP2", fault, probability=0.4, bytes=500, seconds=0.05),)
    transfer = archive.transfer(SMALL)
    transfer.run()
    _same(archive.place, data, SMALL)
    assert transfer.received < _cost(data, SMALL) + 6000


def _whole(archive, data, transfer) -> None:
    result = transfer.run()
    assert archive.place.read_bytes() == data and result.bytes == len(data)
    assert transfer.whole_bytes is None
    assert not store_of(archive.place).exists()


def test_a_server_that_ignores_ranges_sends_the_whole_file(archive, data):
    archive.plan.rules = (Rule("*.JP2", "ignore_range", probability=1.0),)
    _whole(archive, data, archive.transfer(SMALL))
    assert serves(archive.place, PartWish((WIDE,)))


def test_a_server_that_begins_to_ignore_ranges(archive, data):
    archive.plan.rules = (Rule("*.JP2", "ignore_range", after=3, times=1000),)
    _whole(archive, data, archive.transfer(SMALL))


def test_without_a_validator_the_whole_file_comes(archive, data):
    archive.plan.rules = (Rule("*.JP2", "no_validator", probability=1.0),)
    _whole(archive, data, archive.transfer(SMALL))


def test_without_packet_lengths_the_whole_file_comes(archive):
    plain = encoded(picture(np.random.default_rng(1), 900, 800, 1), PLT="NO", QUALITY=100, REVERSIBLE="YES")
    archive.file.write_bytes(plain)
    _whole(archive, plain, archive.transfer(SMALL))


def test_nearly_the_whole_image_is_fetched_whole(archive, data):
    _whole(archive, data, archive.transfer(Window(0, 0, 890, 790)))


def test_a_file_that_is_not_there(archive):
    archive.file.unlink()
    with pytest.raises(TransferError, match="404"):
        archive.transfer(SMALL).run()


def test_a_file_that_changed_between_two_areas(archive, data):
    archive.transfer(SMALL).run()
    other = encoded(picture(np.random.default_rng(2), 900, 800, 1), QUALITY=100, REVERSIBLE="YES", RESOLUTIONS=4,
                    PROGRESSION="RPCL", PRECINCTS=",".join(["{64,64}"] * 4))  # fmt: skip
    archive.file.write_bytes(other)
    archive.transfer(WIDE).run()
    _same(archive.place, other, WIDE)
    assert WIDE in read_record(archive.place).windows and read_record(archive.place).total == len(other)


def test_a_file_that_changes_while_its_parts_come(archive, data):
    other = encoded(picture(np.random.default_rng(2), 900, 800, 1), QUALITY=100, REVERSIBLE="YES", RESOLUTIONS=4,
                    PROGRESSION="PCRL", PRECINCTS=",".join(["{64,64}"] * 4))  # fmt: skip
    changed = []

    def arrived(size: int, total: int | None) -> None:
        if not changed and total and size > total / 2:
            archive.file.write_bytes(other)
            changed.append(size)

    archive.transfer(SMALL, arrived=arrived).run()
    assert changed
    _same(archive.place, other, SMALL)


def test_a_cancel_keeps_what_came(archive, data):
    def arrived(size: int, total: int | None) -> None:
        archive.progress.stop = True
        if total and size > total / 2:
            archive.web.stop()

    with pytest.raises(CancelledError):
        archive.transfer(SMALL, arrived=arrived).run()
    kept = store_of(archive.place).stat().st_size
    assert kept > 0.4 * _cost(data, SMALL) and not archive.place.exists()
    with RequestsWeb(archive.settings, Quiet(), HURRY) as web:
        transfer = PartTransfer(web, archive.url, archive.place, "image", check_file, part=PartWish((SMALL,), 0))
        transfer.run()
        assert transfer.received < 0.6 * _cost(data, SMALL) + 6000
    _same(archive.place, data, SMALL)


_CHILD = """
import sys
from pathlib import Path
from marscd_plugin.common.rasters import Window
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.jp2 import PartTransfer, PartWish
from marscd_plugin.crawler.jp2 import source
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.session import RequestsWeb
from marscd_plugin.products.check import check_file
source._FIRST = source._AHEAD = 2048
url, root, place = sys.argv[1:4]
with RequestsWeb(Settings(hirise_url=root, allow_loopback=True), None, Manners(spacing=0.0)) as web:
    PartTransfer(web, url, Path(place), "image", check_file, part=PartWish((Window(300, 350, 200, 180),), 0)).run()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
def test_a_kill_at_any_instant_loses_nothing(archive, data):
    """The child is killed again and again; the bytes that came in all its lives are hardly more than the part."""
    archive.plan.rules = (Rule("*.JP2", "slow", probability=1.0, seconds=0.03),)
    arguments = [sys.executable, "-c", _CHILD, archive.url, archive.settings.hirise_url, str(archive.place)]
    random = np.random.default_rng(5)
    grown = [0]
    for _ in range(3):
        child = subprocess.Popen(arguments, cwd=ROOT)
        until = time.monotonic() + 60
        wanted = grown[-1] + int(random.integers(3000, 9000))
        while child.poll() is None and _size(store_of(archive.place)) < wanted and time.monotonic() < until:
            time.sleep(0.002)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert _size(store_of(archive.place)) >= grown[-1]
        grown.append(_size(store_of(archive.place)))
    assert grown[-1] > 6000
    with RangeStore(store_of(archive.place), archive.url) as store:
        here = sum(e - s for s, e in store.spans)
    archive.plan.rules = ()
    transfer = archive.transfer(SMALL)
    transfer.run()
    assert here + transfer.received < _cost(data, SMALL) + 6000
    _same(archive.place, data, SMALL)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def test_two_runs_do_not_share_a_store(archive):
    archive.place.parent.mkdir()
    with RangeStore(store_of(archive.place), archive.url), pytest.raises(DownloadError, match="another run"):
        archive.transfer(SMALL).run()


def test_a_store_forgets_what_is_torn_or_of_another_file(tmp_path):
    path = tmp_path / "x.ranges"
    with RangeStore(path, "http://h/x") as store:
        store.begin(Version('"a"', 1000))
        store.put(10, b"ten")
        store.put(100, b"a hundred")
    whole = path.read_bytes()
    path.write_bytes(whole[:-4])
    with RangeStore(path, "http://h/x") as store:
        assert store.spans == [(10, 13)] and store.version == Version('"a"', 1000)
        store.put(13, b"more")
        assert store.read(11, 100) == b"en" and store.read(13, 2) == b"mo" and store.read(9, 5) == b""
    damaged = bytearray(whole)
    damaged[-3] ^= 1
    path.write_bytes(damaged)
    with RangeStore(path, "http://h/x") as store:
        assert store.spans == [(10, 13)]
    with RangeStore(path, "http://h/other") as store:
        assert store.spans == [] and store.version == Version()
    path.write_bytes(b"something else")
    with RangeStore(path, "http://h/x") as store:
        assert store.spans == []


def test_a_survey_tells_the_cost_and_its_headers_are_not_asked_for_twice(archive, data):
    request = FileRequest(archive.url, archive.place, "X_RED", "image", len(data), PartWish((SMALL,), 0))
    costs = survey([request], archive.settings, Quiet(), HURRY)
    cost = _cost(data, SMALL)
    assert cost - 4096 <= costs[archive.place].bytes <= cost and costs[archive.place].total == len(data)
    transfer = archive.transfer(SMALL)
    transfer.run()
    assert transfer.received == costs[archive.place].bytes
    assert survey([request], archive.settings, Quiet(), HURRY)[archive.place].bytes == 0
    archive.plan.rules = (Rule("*.JP2", "ignore_range", probability=1.0),)
    archive.place.unlink()
    told = survey([request], archive.settings, Quiet(), HURRY)[archive.place]
    assert told.whole and "parts of files" in told.why and not store_of(archive.place).exists()


def test_parts_through_the_queue(archive, data, tmp_path):
    """Fetched, then present, then widened, then the whole beside it: the queue tells parts and whole files apart."""

    def run(window: Window | None, name: str = "X_RED.area.JP2"):
        wish = PartWish((window,), 0) if window is not None else None
        request = FileRequest(archive.url, archive.place.with_name(name), "X_RED", "image", len(data), wish)
        return fetch([request], tmp_path / "frontier.sqlite", archive.settings, Quiet(), 1, manners=HURRY)[0]

    first = run(SMALL)
    assert (first.state, first.whole_bytes) == ("fetched", len(data)) and first.bytes < len(data) / 2
    assert run(SMALL).state == "present"
    assert run(Window(310, 360, 20, 20)).state == "present"
    assert run(WIDE).state == "fetched"
    _same(archive.place, data, SMALL, WIDE)
    whole = run(None, "X_RED.JP2")
    assert (whole.state, whole.bytes, whole.whole_bytes) == ("fetched", len(data), None)
    assert archive.place.with_name("X_RED.JP2").read_bytes() == data
    assert run(SMALL).state == "present"


def test_an_overview_comes_by_ranges(archive, data):
    path = archive.place.with_name("X.overview.JP2")
    seen = []
    assert bring_overview(archive.web, archive.url, path, 300, lambda *at: seen.append(at)) == 2
    assert Opened(path).read(Window(0, 0, 225, 200)).shape == (200, 225)
    assert seen[-1][1] < 0.2 * len(data)
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    archive.plan.rules = (Rule("*.JP2", "ignore_range", probability=1.0),)
    with pytest.raises(NotByPartsError):
        bring_overview(archive.web, archive.url, path, 300)
