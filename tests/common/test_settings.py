"""The variable wins over the stored setting, which wins over the default."""

from __future__ import annotations

import pytest

from marscd_plugin.common import settings
from marscd_plugin.common.errors import InputError


def test_the_variable_wins():
    stored = {"ode_url": "http://stored.example/ode", "device": "cpu"}
    environ = {"MARSCD_ODE_URL": "http://given.example/ode/"}
    made = settings.load(stored, environ)
    assert (made.ode_url, made.device) == ("http://given.example/ode", "CPU")
    assert settings.load(stored, {}).ode_url == "http://stored.example/ode"
    assert settings.load({}, {}).ode_url.startswith("https://oderest")


@pytest.mark.parametrize("url", ["ftp://x/y", "nonsense", "file:///etc/passwd", "http://"])
def test_an_address_that_is_none_is_refused_and_named(url):
    with pytest.raises(InputError, match="MARSCD_HIRISE_URL"):
        settings.load({}, {"MARSCD_HIRISE_URL": url})


def test_every_published_variable_has_a_field():
    names = "ODE_URL HIRISE_URL CTX_URL CTX_STREAM_URL CRISM_URL STAC_URL BASEMAP_URL CACHE_DIR DEVICE ALLOW_LOOPBACK"
    published = names.split()
    assert set(settings.variables().values()) == {f"MARSCD_{name}" for name in published}
