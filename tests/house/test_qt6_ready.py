"""The plugin runs on Qt 6: what QGIS's own migration script (scripts/pyqt5_to_pyqt6) would change is not there.

The same rules, by the syntax tree and the enums of the QGIS at hand: no PyQt5 import, no unscoped enum, no ``exec_``,
no ``QVariant()``, no ``QDateTime`` of eight numbers, no overload by ``activated[str]``, nothing Qt 6 has dropped.
"""

from __future__ import annotations

import ast
import enum
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "marscd_plugin"
FILES = sorted(p for p in PACKAGE.rglob("*.py") if "qgis" in p.read_text(encoding="utf-8"))
GONE = {"QRegExp", "QDesktopWidget", "qApp", "QTextCodec", "resources_rc"}


def enums_of(name: str) -> dict[str, str]:
    """Value -> enum, for each enum value that the class of that name also shows unscoped."""
    found = {}
    for module in modules():
        cls = getattr(module, name, None)
        if not isinstance(cls, type) or issubclass(cls, enum.Enum):
            continue
        for attribute in dir(cls):
            value = getattr(cls, attribute, None)
            kind = type(value)
            nested = kind.__qualname__.rpartition(".")[0] in {c.__name__ for c in cls.__mro__}
            if isinstance(value, enum.Enum) or (nested and issubclass(kind, int)):
                found[attribute] = kind.__name__
    return found


def modules():
    import qgis.core
    import qgis.gui
    from qgis.PyQt import QtCore, QtGui, QtNetwork, QtWidgets, QtXml

    return qgis.core, qgis.gui, QtCore, QtGui, QtWidgets, QtNetwork, QtXml


def faults(source: str, known: dict[str, dict[str, str]]) -> list[str]:
    """``line: what`` for each thing that Qt 6 would not take."""
    found = []
    tree = ast.parse(source)
    inner = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    for node in ast.walk(tree):
        what = ""
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = getattr(node, "module", None) or ""
            names = [module, *(a.name for a in node.names)]
            if (
                any(n.split(".")[0] in ("PyQt5", "PyQt6", "PySide2", "PySide6") for n in names)
                or "qgis.PyQt.Qt" in names
            ):
                what = f"imports {names}"
            elif GONE & set(names):
                what = f"imports {GONE & set(names)}"
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "exec_" or (name == "QVariant" and not node.args):
                what = f"calls {name}()"
            elif name == "QDateTime" and (len(node.args) == 8 or _only_a_date(node)):
                what = "makes a QDateTime of plain numbers or of a date alone"
            elif name == "addAction" and len(node.args) >= 4:
                what = "calls addAction with four arguments"
            elif name == "desktop" and not node.args:
                what = "asks for the desktop widget"
        elif isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") in (
            "activated",
            "currentIndexChanged",
        ):
            what = "picks an overload by its type"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and id(node) not in inner:
            name = node.value.id
            if name == "QVariant":
                what = f"QVariant.{node.attr}"
            elif name[:1].isupper():
                values = known.setdefault(name, enums_of(name))
                if node.attr in values:
                    what = f"{name}.{node.attr} for {name}.{values[node.attr]}.{node.attr}"
        if what:
            found.append(f"{node.lineno}: {what}")
    return found


def _only_a_date(node: ast.Call) -> bool:
    return len(node.args) == 1 and getattr(getattr(node.args[0], "func", None), "id", "") == "QDate"


@pytest.mark.parametrize(
    "code",
    [
        "from PyQt5.QtCore import Qt",
        "from qgis.PyQt.Qt import Qt",
        "Qt.AlignRight",
        "x = Qgis.Warning",
        "QgsProcessing.TypeRaster",
        "QgsMapLayer.RasterLayer",
        "QMessageBox.Ok",
        "dialog.exec_()",
        "QVariant()",
        "QField('a', QVariant.Int)",
        "QDateTime(2000, 1, 1, 0, 0, 0, 0, u)",
        "combo.activated[str].connect(f)",
    ],
)
def test_the_rules_see(code):
    assert faults(code, {})


@pytest.mark.parametrize(
    "code",
    ["Qt.AlignmentFlag.AlignRight", "Qgis.MessageLevel.Warning", "QMessageBox.StandardButton.Ok", "dialog.exec()"],
)
def test_the_rules_let_pass(code):
    assert not faults(code, {})


def test_nothing_is_left_to_migrate():
    known: dict[str, dict[str, str]] = {}
    found = [f"{p.relative_to(PACKAGE)}:{f}" for p in FILES for f in faults(p.read_text(encoding="utf-8"), known)]
    assert not found
