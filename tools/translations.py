"""The plugin's words in other languages: collect them from the code, check them, compile them.

    translations.py update     put new words into i18n/marscd_*.ts and drop those no longer used
    translations.py check      say what is missing or does not fit; exit code 1 if anything
    translations.py compile    write i18n/marscd_*.qm with Qt's lrelease

pylupdate knows neither a plain ``tr`` function with one context nor our algorithms' LABEL and GROUP: so the words are
collected here, from the syntax tree.
"""

from __future__ import annotations

import ast
import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "i18n"
CONTEXT = "MarsCD"
LOCALES = ("fr", "zh_CN")
#: Class attributes whose text is translated when it is shown.
ATTRIBUTES = ("LABEL", "GROUP", "TITLE")


def words(root: Path = ROOT) -> dict[str, str]:
    """Source text -> the file that says it, for every word of the plugin.

    Raises ValueError for a ``tr`` of a text that is put together: no translation would ever match it.
    """
    found: dict[str, str] = {}
    for path in sorted((root / "marscd_plugin").rglob("*.py")):
        place = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for text in _texts(node, place):
                found.setdefault(text, place)
    return found


def _texts(node: ast.AST, place: str) -> list[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
        word = node.args[-1]
        if isinstance(word, ast.Constant) and isinstance(word.value, str):
            return [word.value]
        # A variable holds what mark() marked, or a class's LABEL.
        if isinstance(word, (ast.Name, ast.Attribute, ast.Subscript)):
            return []
        raise ValueError(f"{place}:{node.lineno}: tr() needs a literal text: put values in afterwards with format()")
    if isinstance(node, ast.ClassDef):
        return [
            statement.value.value
            for statement in node.body
            if isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and statement.targets[0].id in ATTRIBUTES
            and isinstance(statement.value, ast.Constant)
            and statement.value.value
        ]
    return []


def read(locale: str) -> dict[str, str]:
    """Source -> translation of a .ts file; "" where it is unfinished."""
    path = I18N / f"marscd_{locale}.ts"
    if not path.is_file():
        return {}
    # Our own file, from this repository.
    messages = ET.parse(path).getroot().iter("message")  # noqa: S314
    return {m.findtext("source") or "": m.findtext("translation") or "" for m in messages}


def write(locale: str, translations: dict[str, str], places: dict[str, str]) -> None:
    """The .ts file, in the order of the code so that a change reads well."""
    root = ET.Element("TS", version="2.1", language=locale, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source in sorted(places, key=lambda s: (places[s], s)):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "location", filename="../" + places[source])
        ET.SubElement(message, "source").text = source
        done = ET.SubElement(message, "translation")
        if translations.get(source):
            done.text = translations[source]
        else:
            done.set("type", "unfinished")
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    (I18N / f"marscd_{locale}.ts").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8"
    )


def problems() -> list[str]:
    """What is wrong, one line each."""
    wanted, found = words(), []
    for locale in LOCALES:
        there = read(locale)
        found += [f"{locale}: not translated: {s!r}" for s in wanted if not there.get(s)]
        found += [f"{locale}: no longer used: {s!r}" for s in there if s not in wanted]
        found += [
            f"{locale}: other placeholders or mnemonic: {s!r} -> {t!r}"
            for s, t in there.items()
            if t and (_fields(s) != _fields(t) or _mnemonics(s) != _mnemonics(t))
        ]
    return found


def _fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _mnemonics(text: str) -> int:
    return len(re.findall(r"&(?=\w)", text))


def compile_all() -> None:
    """Write the .qm files. Raises RuntimeError where lrelease is not there or fails."""
    lrelease = shutil.which("lrelease") or shutil.which("lrelease", path="/usr/lib/qt5/bin")
    if lrelease is None:
        raise RuntimeError("lrelease is not here: install Debian's qttools5-dev-tools")
    for locale in LOCALES:
        source, target = I18N / f"marscd_{locale}.ts", I18N / f"marscd_{locale}.qm"
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        done = subprocess.run(
            [lrelease, "-silent", str(source), "-qm", str(target)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"lrelease could not compile {source.name}: {done.stdout}{done.stderr}")


def main(verb: str) -> int:
    if verb == "update":
        places = words()
        for locale in LOCALES:
            write(locale, read(locale), places)
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        found = problems()
        sys.stderr.write("".join(line + "\n" for line in found))
        return bool(found)
    else:
        sys.stderr.write(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
