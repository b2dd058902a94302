"""The set-up's own programs, and what keeps the house in order."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import backports  # noqa: E402
import check_metadata  # noqa: E402

DEB822 = """\
Types: deb
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
"""
ONE_LINE = """\
deb [arch=amd64 signed-by=/k.gpg] https://other.example/debian bookworm main contrib
# deb http://x bookworm main
"""


def test_backports_come_from_the_machines_own_mirror():
    made = backports.backports_source(backports.deb822_entries(DEB822), "bookworm")
    assert "URIs: http://mirror.example/debian\n" in made
    assert "Suites: bookworm-backports\n" in made
    assert "Signed-By: /usr/share/keyrings/debian.gpg\n" in made


def test_the_one_line_form_is_read_too_and_comments_are_not():
    made = backports.backports_source(backports.one_line_entries(ONE_LINE), "bookworm")
    assert "URIs: https://other.example/debian\n" in made and "Signed-By: /k.gpg" in made


def test_nothing_is_added_where_backports_is_there():
    there = DEB822 + "\nTypes: deb\nURIs: http://a/debian\nSuites: bookworm-backports\nComponents: main\n"
    assert backports.backports_source(backports.deb822_entries(there), "bookworm") == ""


def test_a_disabled_or_foreign_source_is_not_used():
    for text in (DEB822.replace("Types: deb\n#", "Types: deb\nEnabled: no\n#"), DEB822.replace("bookworm", "trixie")):
        with pytest.raises(SystemExit, match="no apt source"):
            backports.backports_source(backports.deb822_entries(text), "bookworm")


def test_metadata_is_what_qgis_and_the_repository_want(tmp_path):
    assert check_metadata.problems() == []
    bad = (ROOT / "metadata.txt").read_text().replace("qgisMinimumVersion=3.40", "qgisMinimumVersion=3.22")
    (tmp_path / "metadata.txt").write_text(bad)
    assert any("3.40" in line for line in check_metadata.problems(tmp_path))


def calls_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }  # fmt: skip


@pytest.mark.parametrize("path", sorted((ROOT / "marscd_plugin").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_module_prints_or_evaluates(path):
    # A print corrupts `qgis_process --json`; command lines write to their streams by name.
    allowed = {"print"} if path.name == "__main__.py" else set()
    assert not calls_of(path) & ({"print", "eval", "exec", "breakpoint", "input"} - allowed)


def test_published_ids_are_all_there():
    from marscd_plugin.processing.provider import ALGORITHMS

    published = (
        "searchobservations fetchobservations buildseries registerimages detectchanges evaluatechanges monitorarea"
        " spectralindices planpairs"
    )
    assert set(published.split()) <= {a.ID for a in ALGORITHMS}
    for algorithm in ALGORITHMS:
        assert (ROOT / "resources" / "help" / f"{algorithm.ID}.md").read_text().strip()
