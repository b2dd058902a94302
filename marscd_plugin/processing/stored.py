"""The user's settings as QGIS keeps them, overridden by the environment; and QGIS's proxy with them."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..common import settings

log = logging.getLogger(__name__)

#: Where our settings stand among QGIS's.
GROUP = "marscd"

#: QGIS's kinds of proxy -> scheme of the proxy's URL. With SOCKS the proxy looks names up, as Qt has it do.
_SCHEMES = {"HttpProxy": "http", "HttpCachingProxy": "http", "Socks5Proxy": "socks5h"}

#: Authentication configurations whose password was asked for in vain: the user is asked once, not at each step.
_in_vain: set[str] = set()


def stored_value(name: str) -> str:
    """What is stored of a setting; "" where the default holds."""
    value = QgsSettings().value(f"{GROUP}/{name}")
    return "" if value is None else str(value)


def store(name: str, value: str) -> None:
    """Store a setting that ``settings.parse`` takes; "" goes back to the default."""
    if value:
        QgsSettings().setValue(f"{GROUP}/{name}", value)
    else:
        QgsSettings().remove(f"{GROUP}/{name}")


def current_settings() -> settings.Settings:
    """Stored settings with the environment on top, and QGIS's proxy. Raises InputError on a bad value."""
    made = settings.load({name: stored_value(name) for name in settings.variables()})
    return replace(made, **qgis_proxy(), credentials=archive_credentials())


def archive_credentials() -> tuple[tuple[str, str, str], ...]:
    """(host, user, password) of archives that ask who one is.

    ``marscd/authcfg/<host>`` among QGIS's settings names an authentication configuration (HTTP basic) of QGIS.
    """
    kept = QgsSettings()
    kept.beginGroup(f"{GROUP}/authcfg")
    wanted = {host: str(kept.value(host) or "").strip() for host in kept.childKeys()}
    kept.endGroup()
    found = []
    for host, authcfg in sorted(wanted.items()):
        if authcfg and (who := _opened(authcfg)):
            found.append((host, *who))
    return tuple(found)


def qgis_proxy() -> dict[str, Any]:
    """The fields ``proxies``, ``no_proxy`` and ``system_proxy``, from Settings > Options > Network.

    Read from QgsSettings, as QGIS's own network manager reads them, so that it is the same in any thread and in
    qgis_process. "DefaultProxy" is the system's, which ``crawler.proxy`` knows by itself.
    """
    kept = QgsSettings()
    if not kept.value("proxy/proxyEnabled", False, type=bool):
        return {}
    found: dict[str, Any] = {
        "no_proxy": _texts(kept.value("proxy/noProxyUrls")),
        "system_proxy": _texts(kept.value("proxy/proxyExcludedUrls")),
    }
    scheme = _SCHEMES.get(_text(kept, "proxyType"))
    host, port = _text(kept, "proxyHost"), _text(kept, "proxyPort")
    if scheme and host:
        user, password = _credentials(kept)
        who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
        # People type the address as they know it, scheme and all.
        host = host.split("://", 1)[-1].strip("/")
        host = f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
        url = f"{scheme}://{who}{host}" + (f":{port}" if port not in ("", "0") else "")
        found["proxies"] = (("http", url), ("https", url))
    return found


def _credentials(kept: QgsSettings) -> tuple[str, str]:
    """The proxy's user and password: an authentication configuration comes before the plain ones."""
    plain = _text(kept, "proxyUser"), _text(kept, "proxyPassword")
    authcfg = _text(kept, "authcfg")
    if not authcfg:
        return plain
    return _opened(authcfg) or plain


def _opened(authcfg: str) -> tuple[str, str] | None:
    """User and password of an authentication configuration; None where it cannot be opened."""
    manager = QgsApplication.authManager()
    if authcfg in _in_vain and not manager.masterPasswordIsSet():
        return None
    # The one way from a configuration of any kind to a name and a password that QGIS offers Python.
    proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy", 1)
    ok, proxy = manager.updateNetworkProxy(proxy, authcfg)
    if ok and proxy.user():
        _in_vain.discard(authcfg)
        return proxy.user(), proxy.password()
    _in_vain.add(authcfg)
    log.warning(
        "The authentication configuration %s could not be opened (QGIS's master password is needed): proxy or archive "
        "are asked without it.",
        authcfg,
    )
    return None


def _text(kept: QgsSettings, name: str) -> str:
    value = kept.value(f"proxy/{name}")
    return "" if value is None else str(value).strip()


def _texts(value: object) -> tuple[str, ...]:
    """A stored list; QSettings gives a single entry back as plain text, and none as None."""
    entries = value if isinstance(value, (list, tuple)) else [value]
    return tuple(str(e).strip() for e in entries if e is not None and str(e).strip())
