"""The dock's state and its folder: what was asked comes back with the folder, the folder with the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.words import Area, Season
from marscd_plugin.gui.folder import JobFolder
from marscd_plugin.gui.job_bar import JobBar
from marscd_plugin.gui.state import DockState

SQUARE = Area((((((10.0, 1.0), (11.0, 1.0), (11.0, 2.0), (10.0, 2.0), (10.0, 1.0))),),))
OTHER = Area((((((20.0, 1.0), (21.0, 1.0), (21.0, 2.0), (20.0, 2.0), (20.0, 1.0))),),))


@pytest.fixture
def bar(context):
    calls: list[str] = []
    made = JobBar(context, lambda: calls.append("help"), lambda: calls.append("settings"))
    made.calls = calls
    yield made
    made.release()
    made.deleteLater()


def heard(state) -> list[str]:
    names = ("area", "season", "observations", "chosen", "folder", "fetched", "series", "pairs")
    got: list[str] = []
    for name in names:
        getattr(state, f"{name}_changed").connect(lambda name=name: got.append(name))
    return got


def test_what_was_asked_comes_back_with_the_folder(qgis_app, own_settings, tmp_path):
    first = DockState()
    first.open_folder(tmp_path / "job")
    first.set_area(SQUARE)
    first.set_season(Season(mars_years=((30, 31),), solar_longitude=(330.0, 30.0)), ("HIRISE", "CTX"), 70.0)
    again = DockState()
    got = heard(again)
    again.open_folder(tmp_path / "job")
    assert again.area == SQUARE and again.season == first.season
    assert (again.instruments, again.max_incidence) == (("HIRISE", "CTX"), 70.0)
    assert {"area", "season", "folder"} <= set(got) and got.index("area") < got.index("folder")


def test_an_empty_folder_takes_up_the_job_under_way(qgis_app, own_settings, tmp_path):
    state = DockState()
    state.set_area(SQUARE)
    state.open_folder(tmp_path / "empty")
    assert state.area == SQUARE and DockState().area is None
    assert json.loads((tmp_path / "empty" / "job.json").read_text())["area"]


def test_another_jobs_folder_brings_its_own_and_drops_what_was_there(qgis_app, own_settings, tmp_path):
    state = DockState()
    state.open_folder(tmp_path / "a")
    state.set_area(SQUARE)
    other = DockState()
    other.open_folder(tmp_path / "b")
    other.set_area(OTHER)
    state.set_pairs(("anything",))
    state.open_folder(tmp_path / "b")
    assert state.area == OTHER and state.pairs == () and state.series is None and state.observations == ()
    # A headless job's folder, which has no memory of what was asked.
    (tmp_path / "headless" / "series").mkdir(parents=True)
    state.open_folder(tmp_path / "headless")
    assert state.area is None
    assert DockState().area is None and not (tmp_path / "headless" / "job.json").exists()


def test_a_new_job_begins_empty(qgis_app, own_settings, tmp_path):
    state = DockState()
    state.open_folder(tmp_path / "a")
    state.set_area(SQUARE)
    state.new_job(tmp_path / "b")
    assert state.area is None and state.folder == JobFolder(tmp_path / "b")
    state.open_folder(tmp_path / "a")
    assert state.area == SQUARE


def test_a_choice_waits_for_its_footprints(qgis_app, own_settings, tmp_path, monkeypatch):
    folder = tmp_path / "job"
    state = DockState()
    state.open_folder(folder)
    state._ask(chosen=("A", "B"))
    again = DockState()
    again.open_folder(folder)
    again.set_chosen(())  # A table that is still empty says what it shows.
    assert json.loads((folder / "job.json").read_text())["chosen"] == ["A", "B"]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 1}', '{"area": [[[[500, 0], [1, 1], [2, 2], [500, 0]]]]}', "\0"]
)
def test_a_damaged_memory_is_named(qgis_app, own_settings, tmp_path, text):
    (tmp_path / "job.json").write_text(text)
    state = DockState()
    with pytest.raises(InputError, match=r"job\.json cannot be read"):
        state.open_folder(tmp_path)
    assert state.folder is None


def test_need_folder_makes_one_in_the_users_work_folder_once(qgis_app, own_settings, tmp_path):
    state = DockState()
    made = state.need_folder()
    assert made.root.parent == tmp_path / "work" and made.root.is_dir() and state.need_folder() is made
    other = DockState().need_folder()
    assert other.root != made.root


# -- the bar --------------------------------------------------------------------------------------------------------


def test_the_bar_names_the_folder_and_remembers_it(bar, context, tmp_path):
    from qgis.core import QgsProject

    assert bar.button.text() == "No job yet"
    context.state.open_folder(tmp_path / "one & two")
    assert bar.button.text() == "one && two" and str(tmp_path / "one & two") in bar.button.toolTip()
    context.state.open_folder(tmp_path / "three")
    assert bar.recent() == [tmp_path / "three", tmp_path / "one & two"]
    assert QgsProject.instance().readEntry("marscd", "folder")[0] == str(tmp_path / "three")
    for n in range(20):
        context.state.open_folder(tmp_path / f"n{n}")
    assert len(bar.recent()) == 8 and bar.recent()[0].name == "n19"


def test_the_folder_comes_back_with_the_project(bar, context, tmp_path):
    from qgis.core import QgsProject

    project, file = QgsProject.instance(), str(tmp_path / "p.qgz")
    context.state.open_folder(tmp_path / "job")
    context.state.set_area(SQUARE)
    assert project.write(file)
    context.state.new_job(tmp_path / "other")
    assert context.state.area is None
    project.clear()
    assert project.read(file)
    assert context.state.folder.root == tmp_path / "job" and context.state.area == SQUARE
    # Gone: it is said, and the open job stays.
    context.state.open_folder(tmp_path / "third")
    (tmp_path / "job").rename(tmp_path / "elsewhere")
    assert project.read(file)
    assert context.state.folder.root == tmp_path / "third"
    assert "is not there any more" in context.messages.items()[-1].text()


def test_a_project_that_moved_with_its_job_finds_it(bar, context, tmp_path):
    from qgis.core import QgsProject

    project, home = QgsProject.instance(), tmp_path / "home"
    home.mkdir()
    context.state.open_folder(home / "job")
    context.state.set_area(SQUARE)
    assert project.write(str(home / "p.qgz"))
    context.state.new_job(tmp_path / "other")
    home.rename(tmp_path / "moved")
    project.clear()
    assert project.read(str(tmp_path / "moved" / "p.qgz"))
    assert context.state.folder.root == tmp_path / "moved" / "job" and context.state.area == SQUARE


def test_reading_a_project_without_a_job_changes_nothing(bar, context, tmp_path):
    from qgis.core import QgsProject

    project = QgsProject.instance()
    assert project.write(str(tmp_path / "plain.qgz"))
    context.state.open_folder(tmp_path / "job")
    assert project.read(str(tmp_path / "plain.qgz"))
    assert context.state.folder.root == tmp_path / "job"


def test_a_recent_job_that_is_gone_is_said_and_forgotten(bar, context, tmp_path):
    context.state.open_folder(tmp_path / "a")
    context.state.open_folder(tmp_path / "b")
    (tmp_path / "a" / "job.json").unlink()
    (tmp_path / "a").rmdir()
    assert not bar.open(tmp_path / "a")
    assert bar.recent() == [tmp_path / "b"] and context.state.folder.root == tmp_path / "b"


def test_a_damaged_job_is_said_and_the_open_one_stays(bar, context, tmp_path):
    context.state.open_folder(tmp_path / "good")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "job.json").write_text("{")
    assert not bar.open(tmp_path / "bad")
    assert "cannot be read" in context.messages.items()[-1].text() and context.state.folder.root == tmp_path / "good"


def test_the_menu(bar, context, tmp_path):
    wanted = []
    context.state.page_wanted.connect(wanted.append)
    bar.new()
    first = context.state.folder.root
    bar.new()
    bar._fill_menu()
    actions = {a.text(): a for a in bar.menu.actions() if a.text()}
    assert list(actions) == ["&New job", "&Open a job's folder…", "&Recent jobs", "&Show in the file manager"]
    recent = actions["&Recent jobs"].menu()
    assert [a.text() for a in recent.actions()] == [first.name], "the open job is not offered"
    recent.actions()[0].trigger()
    assert context.state.folder.root == first and wanted == ["area", "area"]


def test_the_buttons_of_the_bar(bar):
    from qgis.PyQt.QtWidgets import QToolButton

    for button in bar.findChildren(QToolButton):
        assert button.toolTip() and button.accessibleName()
        if button is not bar.button:
            button.click()
    assert bar.calls == ["settings", "help"]


def test_a_work_folder_that_cannot_be_made_is_said(bar, context, tmp_path, monkeypatch):
    blocked = Path(tmp_path / "file")
    blocked.write_text("")
    monkeypatch.setenv("MARSCD_WORK_DIR", str(blocked / "below"))
    bar.new()
    assert context.state.folder is None and str(blocked) in context.messages.items()[-1].text()


# -- messages -------------------------------------------------------------------------------------------------------


def test_a_long_message_is_shown_whole_in_a_narrow_dock_and_once(context, wait):
    from qgis.PyQt.QtWidgets import QTextBrowser, QVBoxLayout

    messages = context.messages
    holder = messages.parentWidget()
    column = QVBoxLayout(holder)
    column.addWidget(messages)
    column.addStretch(1)
    holder.resize(420, 400)
    holder.show()
    text = "It happened that a file was not where it should be. " * 4
    for _ in range(3):
        messages.failure(text, "Look again.")
    assert len(messages.items()) == 1
    browser = messages.items()[0].findChild(QTextBrowser)
    wait(lambda: 60 < browser.document().size().height() <= browser.height() + 1, 5, "the whole text")
    messages.warn(text, "Look again.")
    assert len(messages.items()) == 2, "another level is another message"
