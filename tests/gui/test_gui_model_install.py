"""The models of a plugin from the repository: named as missing, installed from the page, there at once."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from marscd_plugin.__about__ import resource
from marscd_plugin.inference import install
from marscd_plugin.inference.install import Expected


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """As if the plugin had come without its model, which is in a zip; returns the zip."""
    model = resource("models", "paper-rsl.onnx")
    data = model.read_bytes()
    wanted = {"paper-rsl.onnx": Expected("paper-rsl.onnx", len(data), hashlib.sha256(data).hexdigest())}
    monkeypatch.setenv("MARSCD_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setattr(install, "expected", lambda: wanted)
    monkeypatch.setattr("marscd_plugin.inference.models._own_folder", lambda: None)
    archive = tmp_path / "marscd_models.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("marscd_plugin/resources/models/paper-rsl.onnx", data)
    return archive


@pytest.fixture
def choice(context, provider, bare):
    from marscd_plugin.gui.changes.model_choice import ModelChoice

    made = ModelChoice(context.jobs, "CPU")
    made.show()
    yield made
    made.deleteLater()


def test_missing_models_are_named_installed_and_used(choice, bare, wait):
    assert choice.install.isVisible() and "paper-rsl" in choice.install.words.text() and choice.name == ""
    choice.install.start(str(bare))
    wait(lambda: not choice.install.isVisible(), 30, "the installation")
    assert choice.name == "paper-rsl"
    wait(lambda: choice.card is not None, 30, "the card")


def test_a_wrong_zip_is_told_in_place(choice, tmp_path, wait):
    wrong = tmp_path / "wrong.zip"
    with zipfile.ZipFile(wrong, "w") as target:
        target.writestr("paper-rsl.onnx", b"nothing of the kind")
    choice.install.start(str(wrong))
    wait(lambda: "not a model" in choice.install.words.text(), 30, "the words")
    assert choice.install.isVisible() and choice.install.button.isEnabled() and choice.name == ""
