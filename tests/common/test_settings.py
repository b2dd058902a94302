"""The variable wins over the stored setting, which wins over the default; a bad value is named."""

from __future__ import annotations

import pytest

from marscd_plugin.common import settings
from marscd_plugin.common.errors import InputError


def test_the_variable_wins():
    stored = {"ode_url": "http://stored.example/ode", "device": "cpu", "concurrency": "5"}
    environ = {"MARSCD_ODE_URL": "http://given.example/ode/", "MARSCD_CONCURRENCY": " 2 "}
    made = settings.load(stored, environ)
    assert (made.ode_url, made.device, made.concurrency) == ("http://given.example/ode", "CPU", 2)
    assert settings.load(stored, {}).ode_url == "http://stored.example/ode"
    assert settings.load(stored, {"MARSCD_CONCURRENCY": ""}).concurrency == 5
    assert settings.load({}, {}).ode_url.startswith("https://oderest")


def test_what_is_empty_is_the_default():
    assert settings.load({"ode_url": "", "device": None, "concurrency": " "}, {"MARSCD_CTX_URL": " "}) == (
        settings.Settings()
    )


@pytest.mark.parametrize(
    "url", ["ftp://x/y", "nonsense", "file:///etc/passwd", "http://", "http://x:99999/", "http://["]
)
def test_an_address_that_is_none_is_refused_and_named(url):
    with pytest.raises(InputError, match="MARSCD_HIRISE_URL"):
        settings.load({}, {"MARSCD_HIRISE_URL": url})


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("device", "TOASTER"),
        ("concurrency", "0"),
        ("concurrency", "9"),
        ("concurrency", "many"),
        ("concurrency", "1.5"),
        ("allowed_hosts", "archive.example.org, a b/../c d:x"),
        ("allowed_hosts", "user@host"),
        ("bandwidth", "fast"),
        ("bandwidth", "-1"),
        ("bandwidth", "nan"),
        ("work_dir", "relative/folder"),
        ("work_dir", "/nul\0byte"),
        ("cache_dir", __file__),
    ],
)
def test_a_bad_stored_value_is_named_and_says_what_would_do(name, bad):
    with pytest.raises(InputError, match=f"The setting {name}") as raised:
        settings.load({name: bad}, {})
    assert raised.value.remedy


def test_a_folder_of_the_environment_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert settings.load({}, {"MARSCD_WORK_DIR": "jobs"}).work_dir == str(tmp_path / "jobs")


@pytest.mark.parametrize(("text", "on"), [("1", True), ("true", True), ("false", False), ("0", False), (True, True)])
def test_a_flag(text, on):
    assert settings.load({"allow_loopback": text}, {}).allow_loopback is on


def test_hosts_are_read_as_people_write_them():
    text = "Archive.Example.org; https://b.example:8443/x/y *.example.net,,b.example"
    found = settings.load({}, {"MARSCD_ALLOWED_HOSTS": text}).allowed_hosts
    assert found == ("archive.example.org", "b.example", "*.example.net")
    assert settings.load({"bandwidth": "2.5"}, {}).bandwidth == 2.5


def test_every_published_variable_has_a_field():
    names = "ODE_URL HIRISE_URL CTX_URL CTX_STREAM_URL CRISM_URL STAC_URL BASEMAP_URL CACHE_DIR DEVICE ALLOW_LOOPBACK"
    published = [*names.split(), "WORK_DIR", "CONCURRENCY", "ALLOWED_HOSTS", "BANDWIDTH"]
    assert set(settings.variables().values()) == {f"MARSCD_{name}" for name in published}


def test_a_proxys_password_is_not_shown():
    made = settings.Settings(
        proxies=(("https", "http://me:secret@proxy.example:3128"),), credentials=(("a.example", "me", "secret"),)
    )
    assert "secret" not in repr(made)
