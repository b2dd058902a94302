"""Words for the eye: one translation context for the whole plugin. ``tools/translations.py`` collects them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QSettings

from ..__about__ import help_file


def tr(text: str) -> str:
    """Translate a literal; put numbers and names in afterwards with ``format``."""
    return QCoreApplication.translate("MarsCD", text)


def mark(text: str) -> str:
    """Marks a literal for translation where it stands in a table; ``tr`` it when it is shown."""
    return text


def locale() -> str:
    """The language QGIS shows, like ``fr`` or ``zh_CN``."""
    return str(QSettings().value("locale/userLocale", "en", type=str))


def help_text(*names: str) -> str:
    """A help page's Markdown in QGIS's language, else in English; "" where there is none."""
    path = help_file(locale(), *names)
    return path.read_text(encoding="utf-8") if path is not None else ""
