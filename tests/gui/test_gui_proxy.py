"""QGIS's proxy: requests really go through it, excluded ones do not, credentials are sent, and the guard holds."""

from __future__ import annotations

import base64
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from marscd_plugin.common.errors import ArchiveError
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler import proxy as proxy_module
from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.proxy import choose
from marscd_plugin.crawler.session import RequestsWeb
from marscd_plugin.processing import stored

#: A name that nobody can look up: only a proxy could know it.
ARCHIVE = "http://archive.invalid/data"
HURRY = Manners(tries=1, spacing=0.0, connect_timeout=2.0, read_timeout=5.0)


class _Proxy(BaseHTTPRequestHandler):
    """Answers everything itself; remembers what it was asked and by whom."""

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._note()
        wanted = self.server.wanted
        if wanted and self.headers.get("Proxy-Authorization") != wanted:
            self.send_response(407)
            self.send_header("Proxy-Authenticate", "Basic")
            body = b"who are you?"
        else:
            self.send_response(200)
            body = b"through the proxy"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self._note()
        self.send_error(407 if self.server.wanted else 502)

    def _note(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers.get("Proxy-Authorization")))


@pytest.fixture
def proxy():
    """A proxy on this computer: ``url``, ``port``, ``asked``; ``wanted`` is the authorisation it insists on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
    server.asked, server.wanted = [], ""
    server.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def qgis_proxy(own_settings, monkeypatch):
    """Set QGIS's proxy as its options dialog does; all of it is gone afterwards."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    def setter(**values: object) -> Settings:
        values = {"proxyEnabled": True, "proxyType": "HttpProxy", "proxyHost": "127.0.0.1", **values}
        for name, value in values.items():
            own_settings.setValue(f"proxy/{name}", value)
        return replace(stored.current_settings(), allowed_hosts=("archive.invalid", "elsewhere.example"))

    own_settings.remove("proxy")
    yield setter
    own_settings.remove("proxy")


@contextmanager
def asking(settings: Settings):
    with RequestsWeb(settings, manners=HURRY) as web:
        yield web


def test_a_request_goes_through_the_proxy(proxy, qgis_proxy):
    with asking(qgis_proxy(proxyPort=proxy.port)) as web:
        assert web.get(ARCHIVE).body == b"through the proxy"
    assert proxy.asked == [("GET", ARCHIVE, None)]


def test_a_secure_request_asks_the_proxy_for_a_tunnel(proxy, qgis_proxy):
    with asking(qgis_proxy(proxyPort=str(proxy.port))) as web, pytest.raises(ArchiveError, match="proxy on the way"):
        web.get("https://archive.invalid/data")
    assert proxy.asked == [("CONNECT", "archive.invalid:443", None)]


def test_a_proxy_that_is_switched_off_is_not_asked(proxy, qgis_proxy):
    settings = qgis_proxy(proxyPort=proxy.port, proxyEnabled=False)
    assert choose(ARCHIVE, settings) == ""
    # Text, as an .ini file keeps it, and read without its type it would be true.
    assert choose(ARCHIVE, qgis_proxy(proxyPort=proxy.port, proxyEnabled="false")) == ""
    with asking(settings) as web, pytest.raises(ArchiveError, match="looked up"):
        web.get(ARCHIVE)
    assert proxy.asked == []


@pytest.mark.parametrize("kind", ["noProxyUrls", "proxyExcludedUrls"])
def test_excluded_addresses_are_asked_directly(proxy, qgis_proxy, kind):
    settings = qgis_proxy(proxyPort=proxy.port, **{kind: ["http://archive.invalid/da", " "]})
    with asking(settings) as web:
        with pytest.raises(ArchiveError, match="looked up"):
            web.get(ARCHIVE)
        assert web.get("http://archive.invalid/other").body == b"through the proxy"
    assert [path for _, path, _ in proxy.asked] == ["http://archive.invalid/other"]


def test_one_excluded_address_alone_is_read_too(qgis_proxy):
    assert qgis_proxy(proxyPort=1, noProxyUrls="http://one.example/").no_proxy == ("http://one.example/",)


def test_plain_credentials_are_sent(proxy, qgis_proxy):
    proxy.wanted = "Basic " + base64.b64encode("Zoë Q:p@ss:w/rd%".encode("latin-1")).decode()
    with asking(qgis_proxy(proxyPort=proxy.port, proxyUser="Zoë Q", proxyPassword="p@ss:w/rd%")) as web:
        assert web.get(ARCHIVE).body == b"through the proxy"


def test_wrong_credentials_are_named_and_not_shown(proxy, qgis_proxy):
    proxy.wanted = "Basic other"
    with asking(qgis_proxy(proxyPort=proxy.port, proxyUser="me", proxyPassword="hidden")) as web:
        for url in (ARCHIVE, "https://archive.invalid/"):
            with pytest.raises(ArchiveError, match="asks for a user name and a password") as raised:
                web.get(url)
            assert "hidden" not in str(raised.value)


def test_an_authentication_configuration_is_opened(proxy, qgis_proxy, monkeypatch):
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    manager = QgsApplication.authManager()
    if manager.isDisabled() or not (manager.masterPasswordIsSet() or manager.setMasterPassword("of the test", True)):
        pytest.skip("QGIS's authentication system is switched off here")
    config = QgsAuthMethodConfig("Basic")
    config.setName("proxy of the test")
    config.setConfig("username", "ada")
    config.setConfig("password", "l0ve:lace")
    assert manager.storeAuthenticationConfig(config)[0]
    try:
        proxy.wanted = "Basic " + base64.b64encode(b"ada:l0ve:lace").decode()
        settings = qgis_proxy(proxyPort=proxy.port, proxyUser="other", proxyPassword="x", authcfg=config.id())
        with asking(settings) as web:
            assert web.get(ARCHIVE).body == b"through the proxy"
        # One that is gone: the plain ones are left.
        assert "other:x@" in dict(qgis_proxy(authcfg="none123").proxies)["http"]
    finally:
        manager.removeAuthenticationConfig(config.id())


def test_an_archives_authentication_configuration_is_opened(qgis_proxy, own_settings):
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    from marscd_plugin.crawler.credentials import Nobody, credentials_for

    manager = QgsApplication.authManager()
    if manager.isDisabled() or not (manager.masterPasswordIsSet() or manager.setMasterPassword("of the test", True)):
        pytest.skip("QGIS's authentication system is switched off here")
    config = QgsAuthMethodConfig("Basic")
    config.setName("archive of the test")
    config.setConfig("username", "ada")
    config.setConfig("password", "l0ve:lace")
    assert manager.storeAuthenticationConfig(config)[0]
    own_settings.setValue("marscd/authcfg/archive.invalid", config.id())
    own_settings.setValue("marscd/authcfg/gone.invalid", "none123")
    try:
        settings = stored.current_settings()
        assert settings.credentials == (("archive.invalid", "ada", "l0ve:lace"),) and "l0ve" not in repr(settings)
        assert credentials_for("https://archive.invalid/x", settings).username == b"ada"
        assert isinstance(credentials_for("http://archive.invalid/x", settings), Nobody)
    finally:
        own_settings.remove("marscd/authcfg")
        manager.removeAuthenticationConfig(config.id())


@pytest.mark.parametrize(
    ("kind", "scheme"),
    [("HttpProxy", "http"), ("HttpCachingProxy", "http"), ("Socks5Proxy", "socks5h"), ("FtpCachingProxy", None),
     ("NoProxy", None), ("DefaultProxy", None)],
)  # fmt: skip
def test_every_kind_of_proxy_that_qgis_offers(qgis_proxy, kind, scheme):
    proxies = dict(qgis_proxy(proxyType=kind, proxyPort=9).proxies)
    assert proxies == (dict.fromkeys(("http", "https"), f"{scheme}://127.0.0.1:9") if scheme else {})


def test_variables_win(proxy, qgis_proxy, monkeypatch):
    settings = qgis_proxy(proxyPort=9)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
    with asking(settings) as web:
        assert web.get(ARCHIVE).body == b"through the proxy"
    # They say nothing of https, so QGIS's proxy is asked there.
    assert choose("https://archive.invalid/", settings) == "http://127.0.0.1:9"
    monkeypatch.setenv("NO_PROXY", ".invalid")
    assert choose(ARCHIVE, settings) == "" == choose("https://archive.invalid/", settings)
    monkeypatch.delenv("HTTP_PROXY")
    monkeypatch.setenv("NO_PROXY", "*")
    assert choose("https://elsewhere.example/", settings) == ""


def test_the_systems_proxy(qgis_proxy, monkeypatch):
    settings = qgis_proxy(proxyType="DefaultProxy", proxyPort=9)
    assert settings.proxies == ()
    monkeypatch.setattr(proxy_module, "getproxies", lambda: {"http": "system.example:8080"})
    assert choose(ARCHIVE, settings) == "http://system.example:8080"
    chosen = qgis_proxy(proxyPort=9, proxyExcludedUrls=[ARCHIVE])
    assert choose(ARCHIVE, chosen) == "http://system.example:8080"
    assert choose("http://other.invalid/", chosen) == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("proxy.example", "http://proxy.example:9"),
        ("http://proxy.example/", "http://proxy.example:9"),
        ("::1", "http://[::1]:9"),
    ],
)
def test_a_host_as_people_type_it(qgis_proxy, host, url):
    assert dict(qgis_proxy(proxyHost=host, proxyPort=9).proxies)["https"] == url


def test_socks_without_its_package_is_named(qgis_proxy, monkeypatch):
    settings = qgis_proxy(proxyType="Socks5Proxy", proxyPort=1080)
    assert dict(settings.proxies)["http"] == "socks5h://127.0.0.1:1080"
    monkeypatch.setattr(proxy_module, "find_spec", lambda name: None)
    with asking(settings) as web, pytest.raises(ArchiveError, match="PySocks"):
        web.get(ARCHIVE)


def test_a_proxys_address_that_is_none_is_named_without_its_password(qgis_proxy):
    settings = replace(qgis_proxy(proxyPort=9), proxies=(("http", "http://me:hidden@:77777"),))
    with asking(settings) as web, pytest.raises(ArchiveError, match="proxy's address cannot be used") as raised:
        web.get(ARCHIVE)
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/x", "http://localhost/x", "http://10.0.0.1/", "http://[::1]/"])
def test_the_guard_holds_for_addresses(proxy, qgis_proxy, url):
    with asking(qgis_proxy(proxyPort=proxy.port)) as web, pytest.raises(ArchiveError, match="on this computer or its"):
        web.get(url)
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("addresses", "allowed"),
    [(["127.0.0.1"], False), (["10.1.2.3", "::1"], False), (["169.254.169.254"], False),
     ([], True), (["198.18.0.7"], True), (["8.8.8.8"], True)],
)  # fmt: skip
def test_the_guard_holds_for_names_that_this_computer_knows(proxy, qgis_proxy, monkeypatch, addresses, allowed):
    looked_up = []
    monkeypatch.setattr(proxy_module, "look_up", lambda host, port: looked_up.append((host, port)) or addresses)
    with asking(qgis_proxy(proxyPort=proxy.port)) as web:
        for _ in range(2):
            if allowed:
                assert web.get(ARCHIVE).body == b"through the proxy"
            else:
                with pytest.raises(ArchiveError, match="on this computer or its own network"):
                    web.get(ARCHIVE)
    assert looked_up == [("archive.invalid", 80)], "each name once"
    assert len(proxy.asked) == (2 if allowed else 0)


def test_a_redirect_behind_a_proxy_is_guarded_too(proxy, qgis_proxy, monkeypatch):
    def do_get(self) -> None:
        self._note()
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:1/secret")
        self.send_header("Content-Length", "0")
        self.end_headers()

    monkeypatch.setattr(_Proxy, "do_GET", do_get)
    with asking(qgis_proxy(proxyPort=proxy.port)) as web, pytest.raises(ArchiveError, match="on this computer or its"):
        web.get(ARCHIVE)
    assert len(proxy.asked) == 1


def test_our_own_sandbox_is_never_asked_through_a_proxy(proxy, qgis_proxy):
    settings = replace(
        qgis_proxy(proxyPort=9, proxyHost="127.0.0.1"), allow_loopback=True, ode_url=f"http://127.0.0.1:{proxy.port}"
    )
    with asking(settings) as web:
        assert web.get(f"http://127.0.0.1:{proxy.port}/ode").body == b"through the proxy"
    assert proxy.asked == [("GET", "/ode", None)], "asked as a plain server"


def test_a_look_up_ends_in_time(monkeypatch):
    hold = threading.Event()
    monkeypatch.setattr(proxy_module.socket, "getaddrinfo", lambda *a: hold.wait(20) and [])
    try:
        assert proxy_module.look_up("slow.invalid", 80, seconds=0.05) == []
    finally:
        hold.set()
