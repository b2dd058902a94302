"""User names and passwords for archives: from QGIS's authentication configurations, or a netrc file when headless.

They are sent by HTTP basic, over https (or to the user's own archive on this computer) and only to the host they are
for; a redirect to another host gets that host's or none. An archive's reply can therefore not ask for them.
"""

from __future__ import annotations

from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth
from requests.utils import get_netrc_auth

from ..common.settings import Settings
from .address import is_local_name, origin_of


class Nobody(AuthBase):
    """No credentials; without it requests would look for a netrc file by itself, for plain http too."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


def credentials_for(url: str, settings: Settings) -> AuthBase:
    """What to send to ``url``. A netrc file is the user's ~/.netrc, or the one that the variable NETRC names."""
    scheme, host, _ = origin_of(url)
    if scheme != "https" and not (settings.allow_loopback and is_local_name(host)):
        return Nobody()
    for name, user, password in settings.credentials:
        if name.strip().lower() == host:
            return HTTPBasicAuth(user.encode("utf-8"), password.encode("utf-8"))
    found = get_netrc_auth(url)
    return HTTPBasicAuth(*found) if found else Nobody()
