from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import ArchiveError
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.address import Guard, is_public, origin_of


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_addresses_of_this_network_are_told_from_public_ones(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a/b", "http://", "https:///x", "http://user:pw@host/", "http://a b/", "gopher://x",
        "http://host:99999/", "http://[::1", "//host/x", "", "http://host/\n",
    ],
)  # fmt: skip
def test_only_plain_http_addresses_are_taken(url: str) -> None:
    with pytest.raises(ArchiveError):
        origin_of(url)


@given(st.text(max_size=60))
def test_any_text_is_an_origin_or_an_archive_error(text: str) -> None:
    for url in (text, "http://" + text):
        try:
            scheme, host, port = origin_of(url)
        except ArchiveError:
            continue
        assert scheme in ("http", "https") and host and 0 < port < 65536


def test_loopback_needs_both_the_switch_and_the_root() -> None:
    root = "http://127.0.0.1:8123"
    closed = Guard(Settings(ode_url=root + "/ode"))
    with pytest.raises(ArchiveError, match="MARSCD_ALLOW_LOOPBACK"):
        closed.check_url(root + "/ode")
    opened = Guard(Settings(ode_url=root + "/ode", allow_loopback=True))
    assert opened.check_url(root + "/other/path") == ("http", "127.0.0.1", 8123)
    for other in ("http://127.0.0.1:8124/", "https://127.0.0.1:8123/", "http://localhost:8123/", "http://[::1]:8123/"):
        with pytest.raises(ArchiveError):
            opened.check_url(other)


def test_a_public_name_that_leads_home_is_not_allowed() -> None:
    guard = Guard(Settings(allowed_hosts=("rebind.example.org",)))
    origin = guard.check_url("https://rebind.example.org/x")
    assert not guard.allows(origin, "127.0.0.1")
    assert not guard.allows(origin, "192.168.0.10")
    assert guard.allows(origin, "93.184.216.34")
