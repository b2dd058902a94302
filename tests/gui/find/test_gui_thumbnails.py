"""Thumbnails: only pictures, only small ones, only those that are looked at; failures are quiet."""

from __future__ import annotations

import os
import struct
import zlib

import pytest
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

from marscd_plugin.common.errors import ArchiveError
from marscd_plugin.common.web import Reply
from marscd_plugin.gui.find import pictures
from marscd_plugin.gui.find.thumbnails import Thumbnails

from .find_tools import observation


def picture(kind: str = "PNG", width: int = 600, height: int = 300) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#b5532a"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(data)


class Web:
    """Answers from a dictionary of bodies; counts."""

    def __init__(self, bodies=None, error=None):
        self.bodies, self.error, self.asked, self.closed = bodies or {}, error, [], 0

    def get(self, url, params=None, max_bytes=0):
        self.asked.append(url)
        if self.error is not None:
            raise self.error
        body = self.bodies.get(url.rsplit("/", 1)[-1])
        return Reply(404 if body is None else 200, url, {}, body or b"")

    def close(self):
        self.closed += 1


@pytest.mark.parametrize("kind", ["PNG", "JPG"])
def test_a_picture_becomes_small(qgis_app, kind):
    image = pictures.decode(picture(kind))
    assert (image.width(), image.height()) == (256, 128)


def giant_png() -> bytes:
    """A PNG's start that promises four thousand million pixels."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + b"\0" * 20


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>proxy</html>",
        b"GIF89a" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff" + b"x" * 99,
        giant_png(),
        picture()[:60],
    ],
    ids=["empty", "html", "gif", "svg", "broken jpeg", "giant", "cut"],
)
def test_what_is_no_picture_is_refused(qgis_app, body):
    with pytest.raises(pictures.PictureError):
        pictures.decode(body)


def test_a_picture_is_kept_and_not_asked_for_twice(qgis_app, tmp_path):
    web = Web({"a.jpg": picture("JPG")})
    pictures.fetch_picture(web, tmp_path / "kept", "http://h/a.jpg")
    assert pictures.kept_picture(tmp_path / "kept", "http://h/a.jpg").width() == 256
    assert pictures.kept_picture(tmp_path / "kept", "http://h/b.jpg") is None
    damaged = next((tmp_path / "kept").iterdir())
    damaged.write_bytes(b"rubbish")
    assert pictures.kept_picture(tmp_path / "kept", "http://h/a.jpg") is None


def test_the_oldest_go_first(tmp_path):
    for number in range(6):
        path = tmp_path / f"{number}.jpg"
        path.touch()
        os.utime(path, (number, number))
    pictures.trim(tmp_path, most=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["4.jpg", "5.jpg"]


@pytest.fixture
def made(context):
    """``made(web)`` is a Thumbnails over that web."""
    born = []

    def maker(web):
        opened = []
        thumbnails = Thumbnails(context.jobs, make_web=lambda settings, progress: opened.append(1) or web)
        thumbnails.opened = opened
        born.append(thumbnails)
        return thumbnails

    yield maker
    for thumbnails in born:
        thumbnails.release()


def browse_of(one) -> str:
    return one.file("browse").name


def test_pictures_come_and_one_session_serves_all(made, wait):
    rows = [observation(n, n) for n in range(5)]
    web = Web({browse_of(o): picture("JPG") for o in rows})
    thumbnails = made(web)
    arrived = []
    thumbnails.arrived.connect(arrived.append)
    thumbnails.want(rows)
    wait(lambda: len(arrived) == 5)
    assert thumbnails.picture(rows[0].product_id).width() == 256
    wait(lambda: web.closed == 1)
    assert thumbnails.opened == [1] and len(web.asked) == 5
    thumbnails.want(rows)
    assert len(web.asked) == 5, "what is here is not asked for again"


def test_what_is_no_longer_looked_at_is_not_fetched(made, wait):
    rows = [observation(n, n) for n in range(300)]
    web = Web({browse_of(o): picture("JPG", 40, 40) for o in rows})
    thumbnails = made(web)
    thumbnails.want(rows)
    thumbnails.want(rows[-2:])
    wait(lambda: thumbnails.picture(rows[-1].product_id) is not None)
    wait(lambda: thumbnails._job is None)
    assert len(web.asked) < 250


def test_a_failure_says_why_and_is_not_repeated(made, wait):
    one, other = observation(1, 1), observation(2, 2, files=())
    web = Web()
    thumbnails = made(web)
    thumbnails.want([one, other])
    wait(lambda: thumbnails.why_not(one.product_id))
    assert "404" in thumbnails.why_not(one.product_id) and thumbnails.picture(one.product_id) is None
    assert "names no picture" in thumbnails.why_not(other.product_id)
    wait(lambda: thumbnails._job is None)
    thumbnails.want([one, other])
    assert len(web.asked) == 1
    thumbnails.forget_failures()
    thumbnails.want([one])
    wait(lambda: len(web.asked) == 2)


def test_a_dead_archive_is_left_alone(made, wait):
    rows = [observation(n, n) for n in range(20)]
    web = Web(error=ArchiveError("The archive did not answer.", "Try later."))
    thumbnails = made(web)
    thumbnails.want(rows)
    wait(lambda: all(thumbnails.why_not(o.product_id) for o in rows))
    assert len(web.asked) == 3
    assert "did not answer several times" in thumbnails.why_not(rows[-1].product_id)


def test_a_failing_worker_does_not_start_over_and_over(made, wait, context):
    rows = [observation(n, n) for n in range(3)]
    thumbnails = made(None)

    def broken(settings, progress):
        thumbnails.opened.append(1)
        raise RuntimeError("no such package")

    thumbnails._make_web = broken
    thumbnails.want(rows)
    wait(lambda: thumbnails._job is None and thumbnails.why_not(rows[2].product_id))
    assert thumbnails.opened == [1]


def test_release_stops(made, context, wait):
    thumbnails = made(Web())
    thumbnails.want([observation(1, 1)])
    thumbnails.release()
    wait(lambda: not context.jobs.running)
    thumbnails.want([observation(2, 2)])
    assert not context.jobs.running
