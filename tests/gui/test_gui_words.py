"""The dock in other languages: titles are translated, texts fit into a dock of 410 pixels, no two mnemonics clash more
than in English, and help is there for every page and algorithm."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

from marscd_plugin.__about__ import help_file, resource, translation
from marscd_plugin.gui.dock import PAGES, titles
from marscd_plugin.processing.provider import ALGORITHMS

LOCALES = ("fr", "zh_CN")
#: What the steps' list and the margins leave of a dock that is 410 pixels wide, and of the widest that we allow.
WIDTH, WIDEST = 410 - 72 - 12, 460 - 84 - 12
HIGH = 640
TITLES = {
    "en": ["Area", "Find", "Fetch", "Series", "Changes", "Analogues"],
    "fr": ["Zone", "Chercher", "Télécharger", "Série", "Changements", "Analogues"],
    "zh_CN": ["区域", "查找", "下载", "序列", "变化", "相似地貌"],
}
#: Widgets that show one line of text and cut what does not fit.
ONE_LINE = ("QPushButton", "QCheckBox", "QRadioButton", "QLabel", "QToolButton")


@pytest.fixture(params=["en", *LOCALES])
def locale(request, qgis_app):
    """QGIS speaking this language: our translation installed as plugin.py does."""
    from qgis.core import QgsSettings
    from qgis.PyQt.QtCore import QCoreApplication, QTranslator

    settings = QgsSettings()
    before = settings.value("locale/userLocale")
    settings.setValue("locale/userLocale", request.param)
    path = translation(request.param)
    translator = QTranslator()
    if path is not None:
        assert translator.load(str(path)) and QCoreApplication.installTranslator(translator)
    yield request.param
    QCoreApplication.removeTranslator(translator)
    if before is None:
        settings.remove("locale/userLocale")
    else:
        settings.setValue("locale/userLocale", before)


@pytest.fixture
def pages(locale, context, provider):
    """Every page at the dock's least size, as the dock makes it, in letters as large as desktops have them."""
    from qgis.PyQt.QtGui import QFont
    from qgis.PyQt.QtWidgets import QApplication

    before = QApplication.font()
    # Without a screen Qt takes 12 points, a third more than any desktop; DejaVu is as wide as fonts get.
    QApplication.setFont(QFont("DejaVu Sans", 9))
    made = {}
    for entry in PAGES:
        module = importlib.import_module("marscd_plugin.gui" + entry.module)
        page = getattr(module, entry.cls)(context, None)
        # The dock is never narrower than its pages want to be.
        page.resize(max(WIDTH, page.minimumSizeHint().width()), HIGH)
        page.show()
        page.shown()
        made[entry.name] = page
    for _ in range(3):
        QApplication.processEvents()
    yield made
    for page in made.values():
        page.hidden()
        page.release()
        page.hide()
        page.deleteLater()
    QApplication.processEvents()
    QApplication.setFont(before)


def kind(widget) -> str:
    return next((c.__name__ for c in type(widget).__mro__ if c.__name__ in ONE_LINE), "")


def shown(page):
    from qgis.PyQt.QtWidgets import QWidget

    return [w for w in page.findChildren(QWidget) if w.isVisibleTo(page)]


def cut(page) -> list[str]:
    """Texts that need more room than they have."""
    found = []
    for widget in shown(page):
        if not kind(widget) or not widget.text() or (kind(widget) == "QLabel" and widget.wordWrap()):
            continue
        if kind(widget) == "QLabel" and not re.sub(r"<[^>]*>", "", widget.text()).strip():
            continue
        if widget.minimumSizeHint().width() > widget.width() + 1:
            found.append(f"{widget.text()!r}: {widget.minimumSizeHint().width()} wanted, {widget.width()} there")
    return found


def sideways(page) -> list[str]:
    """Scroll areas whose contents are wider than they."""
    from qgis.PyQt.QtWidgets import QAbstractItemView, QScrollArea

    return [
        f"{area.widget().minimumSizeHint().width()} in {area.viewport().width()}"
        for area in page.findChildren(QScrollArea)
        if area.isVisibleTo(page)
        and not isinstance(area, QAbstractItemView)
        and area.widget() is not None
        and area.widget().minimumSizeHint().width() > area.viewport().width()
    ]


def test_titles_are_translated(locale):
    words = titles()
    assert [words[entry.name][0] for entry in PAGES] == TITLES[locale]


def test_texts_fit(locale, pages):
    found = {name: cut(page) + sideways(page) for name, page in pages.items()}
    wide = {name: page.minimumSizeHint().width() for name, page in pages.items()}
    assert not any(found.values()), (locale, found, wide)
    assert max(wide.values()) <= WIDEST, (locale, wide)


def test_mnemonics_do_not_clash(locale, pages):
    from qgis.PyQt.QtWidgets import QAbstractButton, QLabel

    for name, page in pages.items():
        keys: Counter = Counter()
        for widget in shown(page):
            if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
                keys.update(m.lower() for m in re.findall(r"&(\w)", widget.text()))
        assert not {k: n for k, n in keys.items() if n > 1}, (locale, name, keys)


def test_the_pages_speak_the_language(locale, pages):
    """No English is left on a page: two words running of the English dock's own."""
    if locale == "en":
        return
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
    import translations

    known = {
        s.replace("&", "")
        for s, t in translations.read(locale).items()
        if s.replace("&", "") != t.replace("&", "") and len(s.split()) > 1 and "{" not in s
    }
    said = {
        text.replace("&", "")
        for page in pages.values()
        for widget in shown(page)
        for text in (getattr(widget, "text", str)(), widget.toolTip(), widget.accessibleName())
        if isinstance(text, str)
    }
    assert len(said) > 60
    assert sorted(said & known) == []


HELP = [("pages", p.name) for p in PAGES] + [("pages", "settings"), ("pages", "setup"), *((a.ID,) for a in ALGORITHMS)]


@pytest.mark.parametrize("locale_name", LOCALES)
def test_help_is_whole_in_every_language(locale_name):
    for parts in HELP:
        english, other = help_file("en", *parts), help_file(locale_name, *parts)
        assert english is not None and other is not None, parts
        assert other != english and other.is_relative_to(resource("help", locale_name)), parts
        ours, theirs = english.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
        for shape in (r"(?m)^#+ ", r"(?m)^- ", r"(?m)^\d\. "):
            assert len(re.findall(shape, ours)) == len(re.findall(shape, theirs)), (parts, shape)


@pytest.mark.parametrize("locale_name", ["en", *LOCALES])
def test_help_is_sound_markdown(locale_name, qgis_app):
    from qgis.PyQt.QtGui import QTextDocument

    for parts in HELP:
        document = QTextDocument()
        document.setMarkdown(help_file(locale_name, *parts).read_text(encoding="utf-8"))
        # A star that is left is emphasis that did not close: in Chinese easily, beside full-width marks.
        assert "*" not in document.toPlainText() and "`" not in document.toPlainText(), (parts, locale_name)


def test_the_help_window_shows_the_language_and_leads_on(locale, qgis_app):
    from qgis.PyQt.QtCore import QUrl
    from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

    from marscd_plugin.gui.help import HelpWindow

    parent = QWidget()
    window = HelpWindow(parent)
    browser = window.findChild(QTextBrowser)
    window.show_page("find")
    heading = {"en": "Find", "fr": "Chercher", "zh_CN": "查找"}[locale]
    assert browser.toPlainText().startswith(heading)
    browser.anchorClicked.emit(QUrl("setup"))
    assert browser.toPlainText() and not browser.toPlainText().startswith(heading)
    window.hide()
    parent.deleteLater()
