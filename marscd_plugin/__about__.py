"""The one place that knows where the plugin's files are, and what metadata.txt says."""

from __future__ import annotations

import configparser
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parent


def _beside(name: str) -> Path:
    """``name`` beside this file (an installed or staged plugin) or in its parent (the repository)."""
    for folder in (PACKAGE, PACKAGE.parent):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"{name} is missing beside {PACKAGE}: the installation is incomplete")


@lru_cache(maxsize=1)
def metadata() -> dict[str, str]:
    """The [general] section of metadata.txt."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(_beside("metadata.txt"), encoding="utf-8")
    return dict(parser["general"])


def version() -> str:
    """The plugin's version, as in metadata.txt."""
    return metadata()["version"]


def resource(*parts: str) -> Path:
    """A file of resources/, whether or not it exists."""
    return _beside("resources").joinpath(*parts)


def constraints() -> Path:
    """The pins for packages that share QGIS's Python."""
    return _beside("constraints-qgis.txt")


def translation(locale: str) -> Path | None:
    """The compiled translation for a locale like ``zh_CN`` (or its language alone), or None."""
    folder = _beside("i18n")
    for name in (locale, locale.split("_")[0]):
        path = folder / f"marscd_{name}.qm"
        if path.is_file():
            return path
    return None


def help_file(locale: str, *names: str) -> Path | None:
    """resources/help/[locale/]names...md: in that language, else in English, else None."""
    for folder in ((locale,), (locale.split("_")[0],), ()):
        path = resource("help", *folder, *names[:-1], f"{names[-1]}.md")
        if path.is_file():
            return path
    return None
