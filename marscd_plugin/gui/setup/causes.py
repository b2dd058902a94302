"""What pip says when it fails, as one cause and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..words import tr


@dataclass(frozen=True)
class Cause:
    """``name`` is for tests and logs; the rest is read by users."""

    name: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


#: In this order: what comes first hides what follows from it (without a network pip also finds "no matching version").
_SIGNS: tuple[tuple[str, str], ...] = (
    ("disk", r"No space left on device|\[Errno 28\]|Disk quota exceeded|not enough space on the disk|\[WinError 112\]"),
    ("no-pip", r"No module named '?pip\b|No module named pip"),
    ("managed", r"externally-managed-environment"),
    ("socks", r"Missing dependencies for SOCKS support"),
    ("proxy-login", r"407 Proxy Authentication|Proxy Authentication Required"),
    ("proxy", r"ProxyError|Cannot connect to proxy|Tunnel connection failed|ERR_PROXY|Unable to connect to proxy"),
    ("tls", r"CERTIFICATE_VERIFY_FAILED|SSLError|SSL: |problem confirming the ssl|TLS CA certificate"),
    ("hash", r"DO NOT MATCH THE HASHES|HashMismatch|hashes are required"),
    ("refused", r"40[13] Client Error|HTTP error 40[13]|ERROR: HTTP error 5\d\d|5\d\d Server Error"),
    ("network", r"Failed to establish a new connection|NewConnectionError|NameResolution|Name or service not known|"
                r"Temporary failure in name resolution|getaddrinfo failed|nodename nor servname|Network is unreachable|"
                r"Connection refused|Connection reset|ConnectTimeout|Read timed out|ReadTimeoutError|IncompleteRead|"
                r"Connection aborted|RemoteDisconnected"),
    ("permission", r"Permission denied|\[Errno 13\]|Access is denied|\[WinError 5\]|Read-only file system"),
    ("conflict", r"ResolutionImpossible|conflicting dependencies|The user requested \(constraint\)"),
    ("no-wheel", r"No matching distribution found|Could not find a version that satisfies|is not a supported wheel on"),
    ("damaged", r"BadZipFile|invalid wheel|Wheel .* is invalid|zipfile\."),
    ("memory", r"MemoryError|Cannot allocate memory|\[Errno 12\]"),
)  # fmt: skip


def cause_of(output: str, code: int, crashed: bool = False) -> Cause:
    """The cause in pip's output. ``crashed`` where the process ended by a signal."""
    for name, pattern in _SIGNS:
        if re.search(pattern, output, re.IGNORECASE if name in ("disk", "permission") else 0):
            return named(name, output)
    if crashed:
        return named("killed", output)
    return named("unknown", output, code)


def named(name: str, output: str = "", code: int = 0) -> Cause:
    """A cause by its name."""
    wanted = _package(output)
    texts = {
        "disk": (
            tr("The disk is full."),
            tr("Make room on the disk that holds your QGIS profile, then install again."),
        ),
        "no-pip": (
            tr("QGIS's Python has no pip, the program that installs packages."),
            tr("On Debian and Ubuntu: sudo apt install python3-pip. Then install again."),
        ),
        "no-python": (
            tr("QGIS's own Python program was not found beside QGIS."),
            tr("Install the packages by hand; MarsCD's installation guide shows the commands."),
        ),
        "managed": (
            tr("This Python is looked after by the system and refuses packages from elsewhere."),
            tr("MarsCD never installs there, so a setting of pip's must ask for it: look at pip config list."),
        ),
        "socks": (
            tr("QGIS uses a SOCKS proxy, which pip cannot use without the package PySocks."),
            tr("Install PySocks for QGIS's Python (Debian: python3-socks), or give an HTTP proxy in QGIS's settings."),
        ),
        "proxy-login": (
            tr("The proxy asks for a user name and a password, or refuses those it was given."),
            tr("Give them in QGIS's settings under Network, then install again."),
        ),
        "proxy": (
            tr("The proxy did not let the packages through."),
            tr("Check the proxy in QGIS's settings under Network, then install again."),
        ),
        "tls": (
            tr("No secure connection to the package index: its certificate was not accepted."),
            tr("Check this computer's clock. In a company network ask for its certificate, and give it to pip: "
               "pip config set global.cert FILE."),
        ),
        "hash": (
            tr("What was downloaded is not what the package index announced."),
            tr("Install again. If it stays so, something between you and the index changes files: ask your network's "
               "administrator."),
        ),
        "refused": (
            tr("The package index refused the request or is in trouble."),
            tr("Install again later. If pip is set to use a mirror, check it with pip config list."),
        ),
        "network": (
            tr("The package index could not be reached."),
            tr("Check the network connection and QGIS's proxy (Settings > Options > Network), then install again."),
        ),
        "permission": (
            tr("Files could not be written into your QGIS profile."),
            tr("Check that you may write to the folder named in the details, and that no virus scanner holds it."),
        ),
        "conflict": (
            tr("The packages that MarsCD is tested with do not fit this QGIS's numpy."),
            tr("Please report it with the details below: a newer MarsCD is needed for this QGIS."),
        ),
        "no-wheel": (
            tr("The package index has no {package} for this Python and computer.").format(package=wanted),
            tr("Please report it with the details below. Meanwhile your system's own package manager may have it."),
        ),
        "damaged": (
            tr("A downloaded package is damaged."),
            tr("Install again; if it stays so, empty pip's cache first: pip cache purge."),
        ),
        "memory": (tr("There is not enough memory to install."), tr("Close other programs, then install again.")),
        "killed": (
            tr("The installer was ended from outside before it was done."),
            tr("Install again; the packages that were there before are untouched."),
        ),
        "load": (
            tr("The packages were installed but do not load, so they were taken away again: {reason}").format(
                reason=output[:200]
            ),
            tr("Please report it with the details below. QGIS itself is untouched."),
        ),
        "intruder": (
            tr("The installer brought {names}, which would hide QGIS's own, so all was taken away again.").format(
                names=output
            ),
            tr("Please report it with the details below. QGIS itself is untouched."),
        ),
        "busy": (
            tr("Another QGIS window is installing packages right now."),
            tr("Wait until it is done, then start QGIS again."),
        ),
        "unknown": (
            tr("The installer failed (code {code}): {reason}").format(code=code, reason=_last_error(output)),
            tr("The details show all it said. Packages that were there before are untouched."),
        ),
    }  # fmt: skip
    return Cause(name, *texts[name])


def without_passwords(output: str) -> str:
    """Text that a user may send to somebody: no user names and passwords in addresses."""
    return re.sub(r"(\w+://)[^/@\s]+@", r"\1…@", output)


def _package(output: str) -> str:
    match = re.search(r"(?:No matching distribution found for|satisfies the requirement) ([\w.-]+)", output)
    return match.group(1) if match else tr("package")


def _last_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
    return errors[-1].removeprefix("ERROR:").strip()[:200] if errors else tr("it said nothing")
