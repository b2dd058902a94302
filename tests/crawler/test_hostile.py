"""Archive replies are hostile input: the list of what one may try, point by point."""

from __future__ import annotations

import ast
import base64
import hashlib
import os
import ssl
import subprocess
import threading
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import ArchiveError, InputError, ProductError
from marscd_plugin.common.files import safe_name
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.crawler.address import Guard
from marscd_plugin.crawler.agree import PairError, check_pair
from marscd_plugin.crawler.digests import stated_digest
from marscd_plugin.crawler.fetch import FileRequest, destination, fetch
from marscd_plugin.crawler.hosts import KNOWN, AllowList
from marscd_plugin.crawler.session import RequestsWeb
from tests.crawler.conftest import Handler, Site

PACKAGE = Path(__file__).resolve().parents[2] / "marscd_plugin"


# -- 1. hosts: an allow-list that users can extend ---------------------------------------------------------------------


def test_only_known_hosts_are_asked_and_the_error_says_how_to_add_one() -> None:
    guard = Guard(Settings())
    for root in Settings().roots.values():
        guard.check_url(root + "/x")
    guard.check_url("https://abc123.execute-api.us-west-2.amazonaws.com/prod/x")
    for stranger in (
        "https://evil.example/x.JP2",
        "https://hirise-pds.lpl.arizona.edu.evil.example/",
        "https://evilhirise-pds.lpl.arizona.edu/",
        "https://execute-api.us-west-2.amazonaws.com/",
    ):
        with pytest.raises(ArchiveError, match="not one of the archives") as caught:
            guard.check_url(stranger)
        assert "MARSCD_ALLOWED_HOSTS" in caught.value.remedy and "settings" in caught.value.remedy


def test_users_extend_the_list() -> None:
    guard = Guard(Settings(allowed_hosts=("mirror.example", "*.uni.example")))
    for url in ("https://mirror.example/x", "https://MIRROR.example./x", "https://a.b.uni.example/"):
        guard.check_url(url)
    for url in ("https://uni.example/", "https://notmirror.example/", "https://a.mirror.example/"):
        with pytest.raises(ArchiveError):
            guard.check_url(url)
    Guard(Settings(), also=["https://models.example/x"]).check_url("https://models.example/y")


@given(st.text(max_size=40))
def test_no_text_is_on_the_list_by_chance(text: str) -> None:
    assert text.lower().rstrip(".") in KNOWN or text not in AllowList(KNOWN) or text.endswith("amazonaws.com")


def test_a_redirect_to_a_stranger_is_not_followed(site, settings, manners, faults) -> None:
    url = site.put("/x", b"", faults.status(302, Location="https://evil.example/x"), forever=True)
    with RequestsWeb(settings, Quiet(), manners) as web, pytest.raises(ArchiveError, match=r"evil\.example is not one"):
        web.get(url)
    with RequestsWeb(settings, Quiet(), manners) as web, pytest.raises(ArchiveError, match="not one of the archives"):
        web.get("https://evil.example/reply-named-this.JP2")


# -- 2. no private or loopback addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/x", "http://localhost/x", "http://[::1]/x", "http://10.0.0.1/", "http://169.254.169.254/meta",
     "http://192.168.1.1/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f000001/",
     "http://127.1/", "http://[fd00::1]/", "http://100.64.0.1/"],
)  # fmt: skip
def test_addresses_of_this_network_are_refused_even_with_the_switch(site, settings, manners, url) -> None:
    """The switch is for the configured origins alone; odd spellings are names that are on no list."""
    with RequestsWeb(settings, Quiet(), manners) as web, pytest.raises(ArchiveError):
        web.get(url)
    listed = replace(settings, allowed_hosts=("2130706433", "0x7f000001", "127.1", "10.0.0.1", "localhost"))
    with RequestsWeb(listed, Quiet(), manners) as web, pytest.raises(ArchiveError, match="on this computer or its own"):
        web.get(url)
    assert site.log == []


def test_the_peer_is_the_address_that_was_checked(site, settings, manners, monkeypatch) -> None:
    """A name that is public at first and private afterwards: one look-up, and its address is connected to."""
    import socket

    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(site.root.rsplit(":", 1)[1])))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: next(answers))
    with RequestsWeb(settings, Quiet(), manners) as web, pytest.raises(ArchiveError, match=r"\(127\.0\.0\.1\) is on"):
        web.get("http://archive.example.org/x")
    assert site.log == [] and next(answers, None) is None, "looked up once"


# -- 3. file names -----------------------------------------------------------------------------------------------------

NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\x.JP2",
    "C:x.JP2",
    "\\\\server\\share\\x",
    "a\x00b",
    "a\nb\r.JP2",
    "\x1b[2J.LBL",
    "CON",
    "con.JP2",
    "NUL.txt",
    "aux",
    "COM1.LBL",
    "LPT\u00b9",
    "CONIN$",
    "name.",
    "name. . .",
    "x" * 1000 + ".JP2",
    "\u00e9" * 300 + ".JP2",
    "\U0001f680" * 200,
    ".",
    "..",
    "...",
    "",
    " ",
    ".hidden",
    "~/x",
    "$HOME",
    "a/b/c.JP2",
    "\u202egpj.exe",
    "a:stream.JP2",
    "x.JP2\u0000.exe",
    "-rf",
    "\ud800",
]
RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in "0123456789")}


def plain(name: str) -> None:
    assert name and name not in (".", "..") and not name.startswith(".") and not name.endswith((".", " "))
    assert not set(name) & set('/\\:*?"<>|$~\x7f') and all(ord(c) >= 32 for c in name)
    assert len(name.encode("utf-8")) <= 180, "and room for .part.map"
    assert name.split(".")[0].lower() not in RESERVED
    assert name == safe_name(name), "what is safe stays as it is"


@pytest.mark.parametrize("name", NAMES)
def test_every_name_becomes_one_plain_file_in_the_folder(tmp_path, name) -> None:
    path = destination(tmp_path, name)
    assert path.parent == tmp_path
    plain(path.name)
    path.write_bytes(b"x")
    assert os.listdir(tmp_path) == [path.name]


@given(st.text(max_size=400))
def test_any_text_does(text: str) -> None:
    plain(safe_name(text))


def test_long_names_stay_apart_and_keep_their_ending() -> None:
    made = {safe_name("x" * 200 + str(n) + ".JP2") for n in range(50)}
    assert len(made) == 50 and all(name.endswith(".JP2") for name in made)


def test_names_that_differ_in_case_only_do_not_overwrite_each_other(settings, manners, site, tmp_path) -> None:
    wanted = [FileRequest(site.put(f"/{n}", b"x"), tmp_path / name) for n, name in enumerate(("a.dat", "A.DAT"))]
    with pytest.raises(InputError, match="Two different"):
        fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), manners=manners)


# -- 4. sizes ----------------------------------------------------------------------------------------------------------


def test_a_label_of_gigabytes_is_cut_off(site, settings, manners, faults, tmp_path, monkeypatch) -> None:
    from marscd_plugin.crawler import transfer

    monkeypatch.setitem(transfer._LARGEST_OF_ROLE, "label", 1000)
    body = b"PDS_VERSION_ID = PDS3\r\n" + b" " * 5000
    for fault in (faults.ignore_range, faults.without_length):
        wanted = [FileRequest(site.put("/a.LBL", body, fault, forever=True), tmp_path / "a.LBL", role="label")]
        result = fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), manners=manners)[0]
        assert result.state == "failed" and "larger than" in result.reason


def test_a_bomb_of_gzip_is_cut_off_before_it_fills_the_disk(
    site, settings, manners, faults, tmp_path, monkeypatch
) -> None:
    from marscd_plugin.crawler import transfer

    monkeypatch.setattr(transfer, "MAX_FILE_BYTES", 10**9)
    monkeypatch.setitem(transfer._LARGEST_OF_ROLE, "browse", 1_000_000)
    body = b"\xff\xd8\xff" + bytes(50_000_000)
    wanted = [FileRequest(site.put("/a.jpg", body, faults.packed, forever=True), tmp_path / "a.jpg", role="browse")]
    result = fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), manners=manners)[0]
    assert result.state == "failed" and "larger than" in result.reason
    assert sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file() and p.parent.name != "q") < 1_500_000


# -- 5. TLS ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def secure(tmp_path):
    """A site by https whose certificate nobody vouches for."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not here")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    server.site = Site(server)
    server.site.root = server.site.root.replace("http:", "https:")
    server.site.certificate = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.site
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_refused_and_not_tried_again(secure, manners, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    url = secure.put("/x", b"secret")
    settings = Settings(hirise_url=secure.root, allow_loopback=True)
    with RequestsWeb(settings, Quiet(), manners) as web, pytest.raises(ArchiveError, match="No secure connection"):
        web.get(url)
    assert secure.log == []


def test_nothing_in_the_code_switches_the_checks_off() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for never in (
            "verify=False",
            "CERT_NONE",
            "_create_unverified_context",
            "GDAL_HTTP_UNSAFESSL",
            "check_hostname = False",
        ):
            assert never not in text, f"{never} in {path}"


# -- 6. what a file is, and what opens it ------------------------------------------------------------------------------

VRT = b'<VRTDataset rasterXSize="1" rasterYSize="1"><SourceFilename>/etc/passwd</SourceFilename></VRTDataset>'


@pytest.mark.parametrize(
    ("name", "role", "body"),
    [
        ("a.JP2", "image", VRT),
        ("a.tif", "image", VRT),
        ("a.tiff", "image", b"<GDAL_WMS><Service name='TMS'/></GDAL_WMS>"),
        ("a.JP2", "image", b"SQLite format 3\0" + bytes(100)),
        ("a.JP2", "image", b"II*\0" + bytes(100)),
        ("a.LBL", "label", b"#!/bin/sh\nrm -rf /\n"),
        ("a.LBL", "label", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
        ("a.jpg", "browse", b"GIF89a" + bytes(50)),
    ],
)
def test_what_is_something_else_never_gets_its_name(site, settings, manners, tmp_path, name, role, body) -> None:
    folder = tmp_path / "out"
    wanted = [FileRequest(site.put(f"/{name}", body), folder / name, role=role)]
    result = fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), manners=replace(manners, tries=2))[0]
    assert result.state == "failed"
    assert not (folder / name).exists() and not [p for p in folder.rglob("*") if p.suffix in (".JP2", ".tif", ".LBL")]


def test_gdal_opens_what_archives_sent_with_named_drivers_only() -> None:
    """Left to itself GDAL lets the file choose its driver, and a VRT may name any file of this computer."""
    for room in ("products", "archives", "crawler"):
        for path in (PACKAGE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                named = {k.arg for k in node.keywords}
                where = f"{path}:{node.lineno}"
                assert not (name == "Open" and isinstance(node.func, ast.Attribute)
                            and getattr(node.func.value, "id", "") == "gdal"), where  # fmt: skip
                if name == "OpenEx":
                    assert "allowed_drivers" in named, where
                # These open what the user chose, or the VRTs and COGs that we wrote ourselves.
                if name == "open_raster" and path.name not in ("user.py", "tiles.py", "index_raster.py"):
                    assert "drivers" in named or len(node.args) >= 2, where


# -- 7. labels ---------------------------------------------------------------------------------------------------------

LABEL = """PDS_VERSION_ID = PDS3\r
{pointer}OBJECT = COMPRESSED_FILE\r
  FILE_NAME = "{name}"\r
{more}END_OBJECT = COMPRESSED_FILE\r
END\r
"""


@pytest.mark.parametrize(
    "pointer", ['^IMAGE = "../../etc/passwd"', '^IMAGE = ("/etc/shadow", 1)', '^IMAGE = "..\\\\x.IMG"']
)
def test_a_labels_pointer_names_a_file_beside_it(tmp_path, pointer) -> None:
    label, image = tmp_path / "a.LBL", tmp_path / "a.JP2"
    label.write_bytes(LABEL.format(pointer=pointer + "\r\n", name="a.JP2", more="").encode())
    image.write_bytes(b"image")
    with pytest.raises(ProductError, match="points outside"):
        check_pair(label, image, "a.LBL", "a.JP2")


def test_label_and_image_that_do_not_belong_together(tmp_path) -> None:
    label, image = tmp_path / "a.LBL", tmp_path / "a.JP2"
    image.write_bytes(b"image")
    more = '  MD5_CHECKSUM = "{}"\r\n'
    label.write_bytes(LABEL.format(pointer="", name="A.JP2", more=more.format("0" * 32)).encode())
    with pytest.raises(PairError, match="checksum"):
        check_pair(label, image, "a.LBL", "a.JP2")
    right = hashlib.md5(b"image", usedforsecurity=False).hexdigest()
    label.write_bytes(LABEL.format(pointer="", name="A.JP2", more=more.format(right)).encode())
    check_pair(label, image, "a.LBL", "a.JP2")


# -- 8. checksums that a server states ---------------------------------------------------------------------------------


def test_stated_checksums_are_read_and_kept_to(site, settings, manners, faults, image, tmp_path) -> None:
    sha, md5 = hashlib.sha256(image).digest(), hashlib.md5(image, usedforsecurity=False).digest()
    b64 = lambda raw: base64.b64encode(raw).decode()  # noqa: E731
    assert stated_digest({"repr-digest": f"sha-256=:{b64(sha)}:"}, False) == ("sha256", sha.hex())
    assert stated_digest({"digest": f"unixsum=1,MD5={b64(md5)}"}, False) == ("md5", md5.hex())
    assert stated_digest({"content-md5": b64(md5)}, True) == ("md5", md5.hex())
    assert stated_digest({"content-md5": b64(md5)}, False) is None, "of a part, it is the part's"
    assert stated_digest({"etag": f'"{md5.hex()}"', "server": "AmazonS3"}, True) == ("md5", md5.hex())
    assert stated_digest({"etag": f'"{md5.hex()}-5"', "server": "AmazonS3"}, True) is None
    assert stated_digest({"etag": f'"{md5.hex()}"', "server": "Apache"}, True) is None
    assert stated_digest({"repr-digest": "sha-256=:!!!:, md5=:AAAA:"}, True) is None
    headers = {"Repr_Digest": f"sha-256=:{b64(sha)}:"}
    flipped = image[:1000] + bytes([image[1000] ^ 1]) + image[1001:]
    once = FileRequest(
        site.put("/a.JP2", image, faults.status(200, flipped, **headers), faults.status(200, image, **headers)),
        tmp_path / "a.JP2",
    )
    always = FileRequest(
        site.put("/b.JP2", image, faults.status(200, flipped, **headers), forever=True), tmp_path / "b.JP2"
    )
    good, bad = fetch(
        [once, always], tmp_path / "q" / "f", settings, Quiet(), verify=lambda p, r: None, manners=manners
    )
    assert good.state == "fetched" and good.attempts == 2 and once.path.read_bytes() == image
    assert (bad.state, bad.note) == ("failed", "quarantined") and "sha256 checksum" in bad.reason
    assert (tmp_path / "quarantine" / "b.JP2.bad").read_bytes() == flipped


# -- 9. credentials ----------------------------------------------------------------------------------------------------


def test_credentials_go_to_their_own_host_only_and_never_in_the_clear(
    site, settings, manners, faults, tmp_path, monkeypatch
):
    from marscd_plugin.crawler.credentials import Nobody, credentials_for

    own = replace(settings, credentials=(("archive.example.org", "ada", "l0ve"), ("127.0.0.1", "me", "pw")))
    assert credentials_for("https://archive.example.org/x", own).username == b"ada"
    assert isinstance(credentials_for("http://archive.example.org/x", own), Nobody), "not without encryption"
    assert isinstance(credentials_for("https://other.example.org/x", own), Nobody)
    netrc = tmp_path / "netrc"
    netrc.write_text("machine other.example.org login bob password b0b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert credentials_for("https://other.example.org/x", own).username == "bob"
    assert isinstance(credentials_for("http://other.example.org/x", own), Nobody)
    with RequestsWeb(own, Quiet(), manners) as web:
        web.get(site.put("/x", b"y"))
    assert site.log[0].headers["Authorization"] == "Basic " + base64.b64encode(b"me:pw").decode()
    assert "l0ve" not in repr(own)


def test_a_file_that_asks_who_one_is(site, settings, manners, faults, tmp_path) -> None:
    wanted = [FileRequest(site.put("/a.dat", b"", faults.status(401), forever=True), tmp_path / "a.dat")]
    result = fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), manners=manners)[0]
    assert (result.state, result.note) == ("failed", "refused") and "user name" in result.reason and len(site.log) == 1


def test_cookies_of_an_archive_are_not_kept(site, settings, manners, faults) -> None:
    url = site.put("/x", b"", faults.status(200, b"a", Set_Cookie="id=1; Path=/"), faults.status(200, b"b"))
    with RequestsWeb(settings, Quiet(), manners) as web:
        web.get(url)
        web.get(url)
    assert all("Cookie" not in entry.headers for entry in site.log)


# -- 10. nothing from a reply is executed or unpickled -----------------------------------------------------------------


def test_no_code_unpickles_or_executes() -> None:
    banned_modules = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    banned_calls = {"eval", "exec", "__import__", "compile"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import):
                assert not {a.name.split(".")[0] for a in node.names} & banned_modules, where
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in banned_modules, where
            elif isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                assert name not in banned_calls, where
                attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                if attribute == "system":
                    assert not (isinstance(node.func.value, ast.Name) and node.func.value.id == "os"), where
                for keyword in node.keywords:
                    true = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
                    assert not (keyword.arg in ("shell", "allow_pickle") and true), where


# -- 11. what users read -----------------------------------------------------------------------------------------------


def test_an_archives_words_cannot_forge_lines_or_hide_in_a_reason(site, settings, manners, faults, tmp_path) -> None:
    evil = "http://127.0.0.1:1/\x1b[31m\r\nFAKE"
    wanted = [FileRequest(evil, tmp_path / "a.dat")]
    result = fetch(wanted, tmp_path / "q" / "f", settings, Quiet(), manners=manners)[0]
    assert result.state == "failed" and all(ord(c) >= 32 for c in result.reason)
