from __future__ import annotations

import gzip
import threading
import time
from dataclasses import replace

import pytest

from marscd_plugin.common.errors import ArchiveError, CancelledError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.manners import Manners, Turns
from marscd_plugin.crawler.session import RequestsWeb, user_agent


@pytest.fixture
def web(settings, progress, manners):
    with RequestsWeb(settings, progress, manners) as made:
        yield made


def cancel_soon(progress: Quiet, seconds: float = 0.3) -> None:
    threading.Timer(seconds, progress.cancel).start()


def test_an_answer_whole(web, site) -> None:
    site.put("/ode", b'{"a": 1}')
    reply = web.get(site.root + "/ode", {"query": "product", "pdsid": "ESP_*"})
    assert (reply.status, reply.body) == (200, b'{"a": 1}')
    assert all(name == name.lower() for name in reply.headers)
    asked = site.log[0]
    assert asked.path == "/ode?query=product&pdsid=ESP_%2A"
    assert asked.headers["User-Agent"] == user_agent() and user_agent().startswith("MarsCD/0")
    assert "http" in user_agent()


@pytest.mark.parametrize("code", [403, 404, 410, 400])
def test_a_no_is_an_answer_and_is_not_asked_again(web, site, faults, code) -> None:
    url = site.put("/x", b"", faults.status(code, b"no"), forever=True)
    assert web.get(url).status == code
    assert len(site.log) == 1


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_passing_faults_are_retried(web, site, faults, code) -> None:
    url = site.put("/x", b"good", faults.status(code), faults.status(code, Retry_After="0"))
    assert web.get(url).body == b"good"
    assert len(site.log) == 3


def test_trouble_that_stays_is_one_clear_message(web, site, faults, manners) -> None:
    url = site.put("/x", b"", faults.status(503), forever=True)
    with pytest.raises(ArchiveError, match=r"127\.0\.0\.1 is in trouble: it answered 503 to 4 tries"):
        web.get(url)
    assert len(site.log) == manners.tries


def test_retry_after_is_honoured(site, settings, faults, manners) -> None:
    url = site.put("/x", b"good", faults.status(503, Retry_After="1"))
    with RequestsWeb(settings, Quiet(), manners) as web:
        assert web.get(url).body == b"good"
    assert site.log[1].at - site.log[0].at >= 1.0


def test_a_server_that_asks_for_hours_is_left_alone(web, site, faults) -> None:
    url = site.put("/x", b"", faults.status(503, Retry_After="36000"), forever=True)
    with pytest.raises(ArchiveError, match="left alone for 600 minutes"):
        web.get(url)
    assert len(site.log) == 1


def test_a_body_that_breaks_off_is_asked_for_again(web, site, faults, image) -> None:
    url = site.put("/x", image, faults.cut(5000), faults.cut(90_000))
    assert web.get(url).body == image
    assert len(site.log) == 3


def test_a_compressed_answer_is_unpacked_and_bounded(web, site, faults) -> None:
    url = site.put("/x", b"0" * 5_000_000, faults.packed, forever=True)
    assert web.get(url).body == b"0" * 5_000_000
    with pytest.raises(ArchiveError, match="more than 1 MB"):
        web.get(url, max_bytes=1_000_000)


def test_an_answer_too_large_is_refused(web, site, image) -> None:
    url = site.put("/x", image)
    with pytest.raises(ArchiveError, match="more than"):
        web.get(url, max_bytes=10_000)
    assert web.get(url, max_bytes=len(image)).body == image


def test_a_damaged_compression_is_an_archive_error(web, site, faults) -> None:
    body = gzip.compress(b"x" * 1000)[:-9]
    url = site.put("/x", b"", faults.status(200, body, Content_Encoding="gzip"), forever=True)
    with pytest.raises(ArchiveError):
        web.get(url)


def test_nobody_there(progress, manners) -> None:
    settings = Settings(ode_url="http://127.0.0.1:9", allow_loopback=True)
    with (
        RequestsWeb(settings, progress, manners) as web,
        pytest.raises(ArchiveError, match=r"127\.0\.0\.1 did not answer") as caught,
    ):
        web.get("http://127.0.0.1:9/x")
    assert "object at" not in str(caught.value) and "refused" in str(caught.value)


def test_a_redirect_is_followed_within_the_allowed(web, site, faults) -> None:
    site.put("/new", b"here")
    url = site.put("/old", b"", faults.status(302, Location="/new"), forever=True)
    reply = web.get(url)
    assert reply.body == b"here" and reply.url.endswith("/new")


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/x", "http://169.254.169.254/latest", "file:///etc/passwd"])
def test_a_redirect_to_a_private_address_is_refused(web, site, faults, target) -> None:
    url = site.put("/old", b"", faults.status(302, Location=target), forever=True)
    with pytest.raises(ArchiveError, match=r"own network|Only plain http"):
        web.get(url)


def test_circles_end(web, site, faults) -> None:
    url = site.put("/old", b"", faults.status(302, Location="/old"), forever=True)
    with pytest.raises(ArchiveError, match="circles"):
        web.get(url)
    assert len(site.log) <= 6


def test_a_name_that_resolves_home_is_refused_before_a_byte_is_sent(site, settings, progress, manners, monkeypatch):
    import socket

    port = int(site.root.rsplit(":", 1)[1])
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: real("127.0.0.1", *a, **k))
    with RequestsWeb(settings, progress, manners) as web, pytest.raises(ArchiveError, match=r"\(127\.0\.0\.1\) is on"):
        web.get(f"http://archive.example.org:{port}/x")
    assert site.log == []


@pytest.mark.parametrize("fault", ["retry_after", "stuck"])
def test_a_cancel_ends_waiting_and_reading(site, settings, faults, fault) -> None:
    chosen = faults.status(503, Retry_After="60") if fault == "retry_after" else faults.stuck
    url = site.put("/x", b"", chosen, forever=True)
    progress = Quiet()
    begun = time.monotonic()
    with RequestsWeb(settings, progress, Manners(read_timeout=50)) as web:
        cancel_soon(progress)
        with pytest.raises(CancelledError):
            web.get(url)
    assert time.monotonic() - begun < 10  # Not the minute that was asked for; no measure of speed.


def test_a_proxy_of_the_environment_is_not_used_for_this_computer(web, site, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    url = site.put("/x", b"direct")
    assert web.get(url).body == b"direct"


def test_a_proxy_that_is_set_is_used(site, settings, progress, manners) -> None:
    """The site itself plays the proxy: it is asked for the whole address."""
    site.files["http://archive.example.org/y"] = b"through"
    with RequestsWeb(replace(settings, proxies=(("http", site.root),)), progress, manners) as web:
        assert web.get("http://archive.example.org/y").body == b"through"


def test_turns_keep_starts_apart_and_bound_how_many() -> None:
    turns, paused, inside, most = Turns(2, 10.0), [], [], []
    lock = threading.Lock()

    def pause(seconds: float) -> None:
        if seconds:
            paused.append(seconds)

    def work() -> None:
        with turns.turn("a", pause):
            with lock:
                inside.append(1)
                most.append(len(inside))
            time.sleep(0.02)
            with lock:
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) <= 2
    assert [round(p / 10) for p in sorted(paused)] == [1, 2, 3, 4, 5]
