"""MarsCD's page in QGIS's options dialog: what is stored, what is refused, what the environment overrides."""

from __future__ import annotations

import pytest

from marscd_plugin.common.settings import Settings, variables
from marscd_plugin.gui.setup.options import OptionsPage
from marscd_plugin.processing.stored import GROUP, current_settings, store, stored_value


@pytest.fixture
def page(own_settings, monkeypatch):
    """A page without variables; ``page()`` makes another, as the dialog does when it is opened again."""
    from marscd_plugin.gui.setup import options

    monkeypatch.delenv("MARSCD_CACHE_DIR")
    monkeypatch.delenv("MARSCD_WORK_DIR")
    notes = {"AUTO": "", "CPU": "", "CUDA": "no NVIDIA card was found", "DIRECTML": "on Windows only", "COREML": "x"}
    monkeypatch.setattr(options, "device_notes", lambda: notes)
    made = []

    def make() -> OptionsPage:
        made.append(OptionsPage())
        return made[-1]

    yield make
    for one in made:
        one.deleteLater()


def test_every_setting_has_a_row_with_a_label_a_tip_and_its_variable(page):
    made = page()
    assert set(made.rows) == set(variables())
    for name, row in made.rows.items():
        assert "&" in row.label.text() and row.label.buddy() is row.input and row.input.accessibleName(), name
        assert variables()[name] in row.input.toolTip(), name
        assert row.note.isHidden() and not row.reset_button.isEnabled(), name


def test_nothing_is_stored_where_nothing_was_changed(page, own_settings):
    page().apply()
    own_settings.beginGroup(GROUP)
    assert own_settings.allKeys() == []
    own_settings.endGroup()


def test_what_is_set_is_stored_and_shown_again_and_used(page, tmp_path):
    first = page()
    first.rows["ode_url"].input.setText(" https://mirror.example/ode/ ")
    first.rows["work_dir"].input.setFilePath(str(tmp_path))
    first.rows["concurrency"].input.setValue(5)
    first.rows["allow_loopback"].input.setChecked(True)
    first.rows["device"].set_value("CPU")
    assert first.isValid() and first.rows["ode_url"].reset_button.isEnabled()
    first.apply()
    used = current_settings()
    assert (used.ode_url, used.work_dir, used.concurrency, used.allow_loopback, used.device) == (
        "https://mirror.example/ode", str(tmp_path), 5, True, "CPU",
    )  # fmt: skip
    again = page()
    assert again.rows["concurrency"].input.value() == 5 and again.rows["device"].input.currentData() == "CPU"
    for row in again.rows.values():
        row.reset_button.click()
    again.apply()
    assert current_settings() == Settings()
    assert all(stored_value(name) == "" for name in variables())


@pytest.mark.parametrize(
    ("name", "bad", "said"),
    [
        ("hirise_url", "ftp://archive.example/", "not an http or https address"),
        ("hirise_url", "archive.example", "not an http or https address"),
        ("work_dir", "somewhere", "not a whole path"),
        ("cache_dir", __file__, "names a file"),
    ],
)
def test_a_bad_value_is_explained_beside_it_and_never_stored(page, name, bad, said):
    good = "https://good.example" if name.endswith("_url") else "/tmp"
    store(name, good)
    made = page()
    made.rows[name].set_value(bad)
    made.rows["concurrency"].input.setValue(4)
    assert not made.isValid(), "QGIS keeps the dialog open"
    assert said in made.rows[name].note.text() and not made.rows[name].note.isHidden()
    made.apply()
    assert stored_value(name) == good and current_settings().concurrency == 4
    made.rows[name].set_value("")
    assert made.isValid() and made.rows[name].note.isHidden()


def test_a_variable_overrides_and_says_so(page, monkeypatch):
    store("ode_url", "https://stored.example")
    monkeypatch.setenv("MARSCD_ODE_URL", "https://given.example")
    monkeypatch.setenv("MARSCD_DEVICE", "cpu")
    monkeypatch.setenv("MARSCD_CONCURRENCY", "2")
    monkeypatch.setenv("MARSCD_ALLOW_LOOPBACK", "1")
    made = page()
    for name in ("ode_url", "device", "concurrency", "allow_loopback"):
        row = made.rows[name]
        assert not row.input.isEnabled() and not row.reset_button.isEnabled(), name
        assert variables()[name] in row.note.text() and not row.note.isHidden()
    assert made.rows["ode_url"].input.text() == "https://given.example"
    assert made.rows["device"].input.currentData() == "CPU" and made.rows["concurrency"].input.value() == 2
    made.apply()
    assert stored_value("ode_url") == "https://stored.example" and stored_value("device") == ""


def test_a_bad_variable_does_not_break_the_page(page, monkeypatch):
    monkeypatch.setenv("MARSCD_CONCURRENCY", "many")
    monkeypatch.setenv("MARSCD_DEVICE", "TOASTER")
    assert page().isValid()


def test_a_device_that_is_not_here_can_be_chosen_with_a_note(page):
    made = page()
    row = made.rows["device"]
    assert "not available" in row.input.itemText(row.input.findData("CUDA"))
    assert "not available" not in row.input.itemText(row.input.findData("CPU"))
    row.set_value("CUDA")
    assert "no NVIDIA card" in row.note.text() and made.isValid()
    made.apply()
    assert current_settings().device == "CUDA"


def test_a_value_stored_by_hand_that_is_nonsense(page, own_settings):
    own_settings.setValue(f"{GROUP}/concurrency", "99")
    own_settings.setValue(f"{GROUP}/ode_url", "nonsense")
    made = page()
    assert made.rows["concurrency"].input.value() == 3
    assert "not an http" in made.rows["ode_url"].note.text() and not made.isValid()
