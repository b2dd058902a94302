from __future__ import annotations

import errno
import hashlib
import json
import os

import pytest

from marscd_plugin.common.errors import OutputError
from marscd_plugin.crawler import quarantine as quarantine_module
from marscd_plugin.crawler import transfer as transfer_module
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.session import RequestsWeb
from marscd_plugin.crawler.signatures import wrong_start
from marscd_plugin.crawler.transfer import Transfer, TransferError, Version, part_of


@pytest.fixture
def bring(settings, progress, manners, verify, tmp_path):
    """Fetches a URL to ``tmp_path/a.JP2`` (or ``name``)."""
    with RequestsWeb(settings, progress, manners) as web:

        def go(url: str, name: str = "a.JP2", role: str = "image", **more):
            return Transfer(web, url, tmp_path / name, role, verify, **more).run()

        yield go


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.JP2"


def ranges(site, path: str = "/a.JP2") -> list[str | None]:
    return [entry.headers.get("Range") for entry in site.asked(path)]


def test_a_file_whole(bring, site, image, path) -> None:
    told: list[tuple[str, object]] = []
    result = bring(
        site.put("/a.JP2", image),
        remember=lambda version: told.append(("version", version.total)),
        arrived=lambda size, total: told.append(("arrived", size)),
        sealed=lambda size, sha256: told.append(("sealed", path.exists())),
    )
    assert path.read_bytes() == image
    assert (result.bytes, result.sha256, result.attempts) == (len(image), hashlib.sha256(image).hexdigest(), 1)
    assert os.listdir(path.parent) == ["a.JP2"]
    assert site.log[0].headers["Accept-Encoding"] == "identity"
    assert told[0] == ("version", len(image)) and told[-1] == ("sealed", False) and told[-2] == ("arrived", len(image))


def test_a_cut_body_is_continued_where_it_broke(bring, site, faults, image, path) -> None:
    result = bring(site.put("/a.JP2", image, faults.cut(100_000), faults.cut(50_000)))
    assert path.read_bytes() == image
    assert ranges(site) == [None, "bytes=100000-", "bytes=150000-"]
    assert site.log[1].headers["If-Range"].startswith('"')
    assert result.attempts == 3


def test_many_cuts_that_each_bring_something_do_not_tire(bring, site, faults, image, path) -> None:
    bring(site.put("/a.JP2", image, *[faults.cut(20_000)] * 12))
    assert path.read_bytes() == image and len(site.log) == 13


def test_cuts_that_bring_nothing_end_and_keep_what_came(bring, site, faults, image, path, manners) -> None:
    url = site.put("/a.JP2", image, faults.cut(100_000), faults.cut(0), forever=True)
    with pytest.raises(TransferError, match=r"a\.JP2 could not be fetched: .*broke off its answer after 0 of 207,"):
        bring(url)
    assert not path.exists() and part_of(path).stat().st_size == 100_000
    assert len(site.log) == manners.tries
    site.put("/a.JP2", image)
    site.forever.clear()
    etag = f'"{hashlib.sha256(image).hexdigest()[:12]}"'
    bring(url, version=Version(etag, len(image)))
    assert path.read_bytes() == image and ranges(site)[-1] == "bytes=100000-"


def test_a_file_that_changed_meanwhile_is_begun_again(bring, site, image, path) -> None:
    part_of(path).write_bytes(b"bytes of the old version" * 100)
    bring(site.put("/a.JP2", image), version=Version('"old"', 5000))
    assert path.read_bytes() == image
    assert site.log[0].headers["Range"] == "bytes=2400-" and len(site.log) == 1


def test_a_part_of_unknown_origin_is_not_continued(bring, site, image, path) -> None:
    part_of(path).write_bytes(b"who knows")
    bring(site.put("/a.JP2", image))
    assert path.read_bytes() == image and ranges(site) == [None]


def test_a_server_that_ignores_ranges(bring, site, faults, image, path) -> None:
    bring(site.put("/a.JP2", image, faults.cut(100_000), faults.ignore_range))
    assert path.read_bytes() == image and len(site.log) == 2


def test_another_part_than_asked_for_begins_again(bring, site, faults, image, path) -> None:
    bring(site.put("/a.JP2", image, faults.cut(100_000), faults.wrong_range))
    assert path.read_bytes() == image and ranges(site) == [None, "bytes=100000-", None]


def test_a_whole_part_needs_no_more_bytes(bring, site, image, path) -> None:
    """Killed between the last byte and the move: the server answers 416 and its size."""
    part_of(path).write_bytes(image)
    bring(site.put("/a.JP2", image), version=Version("", len(image)))
    assert path.read_bytes() == image and len(site.log) == 1


def test_416_for_a_part_that_is_too_long_begins_again(bring, site, image, path) -> None:
    part_of(path).write_bytes(image + b"more")
    bring(site.put("/a.JP2", image), version=Version("", len(image) + 9))
    assert path.read_bytes() == image and ranges(site)[-1] is None


@pytest.mark.parametrize("kind", ["without_length", "packed"])
def test_bodies_without_length_or_compressed_unasked(bring, site, faults, image, path, kind) -> None:
    bring(site.put("/a.JP2", image, getattr(faults, kind), forever=True))
    assert path.read_bytes() == image


def test_a_cut_nobody_announced_is_found_by_verifying(bring, site, faults, image, path) -> None:
    bring(site.put("/a.JP2", image, faults.without_length_cut, faults.damaged))
    assert path.read_bytes() == image and len(site.log) == 3


def test_a_file_that_stays_damaged_goes_to_quarantine_with_its_reason(bring, site, faults, image, path) -> None:
    url = site.put("/a.JP2", image, faults.damaged, forever=True)
    for _ in range(2):  # A second one takes the first one's place.
        with pytest.raises(TransferError, match=r"a\.JP2 is cut short") as caught:
            bring(url)
        assert caught.value.state == "quarantined" and "quarantine" in caught.value.reason
        assert os.listdir(path.parent) == ["quarantine"]
        assert sorted(os.listdir(path.parent / "quarantine")) == ["a.JP2.bad", "a.JP2.json"]
    said = json.loads((path.parent / "quarantine" / "a.JP2.json").read_text())
    assert said["url"] == url and "cut short" in said["reason"] and said["bytes"] == len(image)


def test_a_quarantine_keeps_within_its_bounds(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(quarantine_module, "MAX_BYTES", 250)
    for number in range(4):
        part = tmp_path / f"{number}.JP2.part"
        part.write_bytes(b"x" * 100)
        quarantine_module.quarantine(part, tmp_path / f"{number}.JP2", "http://h/x", "why")
        os.utime(tmp_path / "quarantine" / f"{number}.JP2.bad", (number, number))
    assert sorted(p.name for p in (tmp_path / "quarantine").glob("*.bad")) == ["2.JP2.bad", "3.JP2.bad"]


def test_a_length_that_lies(bring, site, faults, image, path) -> None:
    """More announced than there is: the rest is asked for, and the server says there is none."""
    longer = lambda handler, body: handler.answer(200, body, length=len(body) + 1000)  # noqa: E731
    bring(site.put("/a.JP2", image, longer))
    assert path.read_bytes() == image
    shorter = lambda handler, body: handler.answer(200, body, length=len(body) - 1000)  # noqa: E731
    path.unlink()
    bring(site.put("/a.JP2", image, shorter))
    assert path.read_bytes() == image


def test_a_web_page_in_place_of_the_file(bring, site, faults, image, path) -> None:
    bring(site.put("/a.JP2", image, faults.html))
    assert path.read_bytes() == image
    path.unlink()
    url = site.put("/a.JP2", image, faults.html, forever=True)
    with pytest.raises(TransferError, match="a web page came instead of the file"):
        bring(url)
    assert os.listdir(path.parent) == []


def test_a_web_page_in_place_of_the_rest_does_not_cost_the_start(bring, site, faults, image, path) -> None:
    bring(site.put("/a.JP2", image, faults.cut(100_000), faults.html))
    assert path.read_bytes() == image and ranges(site)[-1] == "bytes=100000-"


@pytest.mark.parametrize(("code", "words"), [(404, "does not have"), (410, "does not have"), (403, "refuses to give")])
def test_a_no_is_final(bring, site, faults, path, code, words) -> None:
    url = site.put("/a.JP2", b"", faults.status(code), forever=True)
    with pytest.raises(TransferError, match=words):
        bring(url)
    assert len(site.log) == 1 and os.listdir(path.parent) == []


def test_passing_trouble_is_counted(bring, site, faults, image) -> None:
    result = bring(site.put("/a.JP2", image, faults.status(503, Retry_After="0"), faults.status(500)))
    assert result.attempts == 3


def test_a_file_without_end_is_cut_off(bring, site, faults, image, path) -> None:
    for kind in ("ignore_range", "without_length"):
        url = site.put("/a.JP2", image, getattr(faults, kind), forever=True)
        with pytest.raises(TransferError, match="larger than"):
            bring(url, max_bytes=150_000)
        assert os.listdir(path.parent) == []


def slow_start(seconds: float):
    """As ASU's stream: nothing for a while, then a body without a length."""

    def fault(handler, body):
        handler.server.site.gate.wait(seconds)
        handler.answer(200, body, length=None)

    return fault


def test_a_stream_may_take_its_time_to_the_first_byte(site, settings, progress, image, verify, path) -> None:
    manners = Manners(tries=1, read_timeout=0.3, slow_read_timeout=10, spacing=0)
    url = site.put("/a.JP2", image, slow_start(1.0), forever=True)
    with RequestsWeb(settings, progress, manners) as web:
        with pytest.raises(TransferError, match="took too long"):
            Transfer(web, url, path, "image", verify).run()
        Transfer(web, url, path, "image", verify, stream=True).run()
    assert path.read_bytes() == image


def test_a_stream_that_breaks_off_is_begun_again(bring, site, faults, image, path) -> None:
    """Even with a length and a version: another making of it need not be the same bytes."""
    part_of(path).write_bytes(image[:1000])
    version = Version('"v"', len(image))
    url = site.put("/a.JP2", image, faults.cut(100_000), faults.without_length_cut, faults.without_length)
    bring(url, stream=True, version=version, size=len(image))
    assert path.read_bytes() == image and ranges(site) == [None, None, None]


def test_what_is_remembered_of_a_part_that_is_gone_binds_nobody(bring, site, image, path, monkeypatch) -> None:
    monkeypatch.setattr(transfer_module, "SPLIT_FROM", 100_000)
    bring(site.put("/a.JP2", image), version=Version('"old"', 5000), size=len(image))
    assert path.read_bytes() == image


def test_a_disk_that_gets_too_full_meanwhile_stops_the_file_and_keeps_the_part(
    bring, site, image, path, monkeypatch
) -> None:
    asked: list[int] = []

    def need_space(folder, size) -> None:
        asked.append(size)
        if len(asked) == 3:
            raise OutputError("The disk is too full.", "Free some space.")

    monkeypatch.setattr(transfer_module, "need_space", need_space)
    monkeypatch.setattr(transfer_module, "_LOOK_AT_DISK", 100_000)
    url = site.put("/a.JP2", image)
    with pytest.raises(OutputError, match="too full"):
        bring(url)
    left = part_of(path).stat().st_size
    assert asked[0] == len(image) and 200_000 <= left < len(image)
    bring(url, version=Version(f'"{hashlib.sha256(image).hexdigest()[:12]}"', len(image)))
    assert path.read_bytes() == image and ranges(site)[-1] == f"bytes={left}-"


def test_no_room_is_said_before_writing(bring, site, image, path, monkeypatch) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("marscd_plugin.common.files.shutil.disk_usage", lambda _: usage)
    with pytest.raises(OutputError, match="too full"):
        bring(site.put("/a.JP2", image))
    assert os.listdir(path.parent) == []


def test_a_disk_that_fills_up_leaves_nothing_half_written(bring, site, image, path, monkeypatch) -> None:
    class FullDisk(transfer_module.Writer):
        def __enter__(self):
            write = super().__enter__()

            def until_full(piece: bytes) -> int:
                if self._file.tell() > 100_000:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return write(piece)

            return until_full

    monkeypatch.setattr(transfer_module, "Writer", FullDisk)
    with pytest.raises(OutputError, match="disk is full"):
        bring(site.put("/a.JP2", image))
    assert os.listdir(path.parent) == []


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are refused where the system can")
def test_a_link_in_place_of_the_part_is_not_written_through(bring, site, image, path, tmp_path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    part_of(path).symlink_to(victim)
    with pytest.raises(OutputError):
        bring(site.put("/a.JP2", image))
    assert victim.read_text() == "mine"


def test_first_bytes() -> None:
    jp2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\x00" * 20
    assert wrong_start("a.JP2", jp2) == ""
    assert "JP2" in wrong_start("a.JP2", b"<VRTDataset>".ljust(40))
    assert wrong_start("a.LBL", b"PDS_VERSION_ID = PDS3\r\n") == ""
    assert "label" in wrong_start("a.LBL", b"hello")
    assert wrong_start("a.browse.jpg", b"\xff\xd8\xff\xe0") == ""
    for page in (b"<html>", b"\xef\xbb\xbf\r\n <!DOCTYPE HTML>", b"<?xml version='1.0'?><Error/>"):
        assert "web page" in wrong_start("a.dat", page)
    assert wrong_start("a.dat", b"anything") == ""
    assert wrong_start("a.dat", b"") != ""
