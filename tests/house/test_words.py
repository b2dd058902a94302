"""Every word that a user sees can be translated: literals shown by the dock or the toolbox go through ``tr``.

By the syntax tree: what stands as a literal, or inside an f-string, where Qt or QGIS shows it, or in an error that the
dock or the toolbox raises. Units, symbols, names and product ids are let pass.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import translations  # noqa: E402

FILES = sorted(p for room in ("gui", "processing") for p in (ROOT / "marscd_plugin" / room).rglob("*.py"))

#: Methods whose text arguments are shown, and classes whose are.
SHOWN = {
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setTitle", "setWindowTitle", "setPlaceholderText",
    "setAccessibleName", "setAccessibleDescription", "setSuffix", "setPrefix", "setSpecialValueText", "setLabelText",
    "setHtml", "setMarkdown", "setPlainText", "setInformativeText", "setItemText", "setTabText", "setTabToolTip",
    "addTab", "addRow", "addItem", "insertItem", "addAction", "addMenu", "addButton", "setHorizontalHeaderLabels",
    "setHeaderLabels", "setFormat", "news", "hint", "warn", "failure", "pushMessage", "pushInfo", "pushWarning",
    "getSaveFileName", "getOpenFileName", "getOpenFileNames", "getExistingDirectory", "showMessage", "setDialogTitle",
    "setFilter", "background",
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QDockWidget",
    "QListWidgetItem", "QTreeWidgetItem", "QTableWidgetItem", "QStandardItem", "QgsCollapsibleGroupBox",
    "QgsMessageBarItem", "QProgressDialog",
    "QgsProcessingParameterFile", "QgsProcessingParameterString", "QgsProcessingParameterNumber",
    "QgsProcessingParameterBoolean", "QgsProcessingParameterEnum", "QgsProcessingParameterExtent",
    "QgsProcessingParameterFeatureSource", "QgsProcessingParameterRasterLayer", "QgsProcessingParameterMultipleLayers",
    "QgsProcessingOutputNumber", "QgsProcessingOutputString", "QgsProcessingOutputFile", "QgsProcessingOutputFolder",
}  # fmt: skip
SHOWN_KEYWORDS = ("text", "title", "label", "description")
#: Errors of common.errors: what happened, and what to do next.
SAID = re.compile(r"(Input|Output|Product|Archive|Cancelled|Download|Model|MissingPackage|Registration|Marscd)Error$")
#: First arguments that are names for programs, not for people.
NAMED_FIRST = re.compile(r"QgsProcessing(Parameter|Output)\w+$")
#: Names stay as they are in every language.
NAMES = {"MarsCD", "HiRISE", "CTX", "CRISM", "RED", "COLOR", "UTC", "Ls", "MY", "A", "B", "GitHub"}
#: What translators cannot make better: units, Mars's own symbols, file endings, HTML tags.
NEUTRAL = re.compile(r"<[^>]*>|&\w+;|\*\.\w+|\b(MB|GB|kB|km|m|px|Ls|MY|x|UTC|ISO|e)\b|[\W\d_]+")


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def bare(node: ast.AST) -> list[str]:
    """Literals in an expression that no ``tr`` holds, nor a call (whose own arguments are looked at by themselves)."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.Constant)]
    if isinstance(node, ast.IfExp):
        return bare(node.body) + bare(node.orelse)
    if isinstance(node, (ast.BinOp, ast.BoolOp)):
        parts = [node.left, node.right] if isinstance(node, ast.BinOp) else node.values
        return [text for part in parts for text in bare(part)]
    if isinstance(node, (ast.List, ast.Tuple)):
        return [text for part in node.elts for text in bare(part)]
    if isinstance(node, ast.Call) and called(node) in ("format", "join") and isinstance(node.func, ast.Attribute):
        return bare(node.func.value)
    return []


def speaks(text: str) -> bool:
    """Is there a word in it that somebody might want to translate?"""
    return text.strip() not in NAMES and bool(re.search(r"[A-Za-z]{2}", NEUTRAL.sub(" ", text)))


def untranslated(source: str) -> list[str]:
    """``line: text`` for each word that is shown as it stands."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not (called(node) in SHOWN or SAID.match(called(node))):
            continue
        arguments = [*node.args, *(k.value for k in node.keywords if k.arg in SHOWN_KEYWORDS)]
        if NAMED_FIRST.match(called(node)):
            arguments = arguments[1:2]
        elif called(node) in ("addItem", "insertItem", "background"):
            arguments = [a for a in arguments[:2] if not isinstance(a, ast.Lambda)]
        found += [f"{node.lineno}: {text!r}" for argument in arguments for text in bare(argument) if speaks(text)]
    return found


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("Nothing here")',
        'QPushButton("Go", parent)',
        'box.setToolTip(f"Files: {count}")',
        'messages.failure("It failed.", tr("Try again."))',
        'label.setText("{} files".format(n))',
        'label.setText("on" if x else tr("off"))',
        'table.setHorizontalHeaderLabels(["Name", tr("Size")])',
        'QgsProcessingParameterString("AREA", "Where to look")',
        'raise InputError(f"{path} is empty.", tr("Choose another."))',
    ],
)
def test_the_rule_sees(code):
    assert untranslated(code)


@pytest.mark.parametrize(
    "code",
    [
        'label.setText(tr("Nothing here"))',
        "label.setText(f\"{size} MB · {tr('left')}\")",
        'label.setText(" ".join(parts))',
        'label.setText("MarsCD")',
        'QgsProcessingParameterString("AREA", tr("Where to look"))',
        'button.setText("◀")',
    ],
)
def test_the_rule_lets_pass(code):
    assert not untranslated(code)


def test_all_that_is_shown_can_be_translated():
    found = [f"{p.relative_to(ROOT)}:{f}" for p in FILES for f in untranslated(p.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_every_word_is_translated_and_fits():
    assert translations.problems() == []
