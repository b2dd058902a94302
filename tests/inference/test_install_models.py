"""Models from a zip are installed only if they are this version's, bit by bit."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from marscd_plugin.common.errors import InputError, ModelError
from marscd_plugin.inference.install import Expected, expected, install_models
from marscd_plugin.inference.models import bundled_models, find_model


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MARSCD_MODELS_DIR", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def released(tiny_model):
    data = tiny_model.read_bytes()
    return data, {"tiny.onnx": Expected("tiny.onnx", len(data), hashlib.sha256(data).hexdigest())}


def zipped(path, **members):
    with zipfile.ZipFile(path, "w") as target:
        for name, data in members.items():
            target.writestr(name.replace("__", "/").replace("_onnx", ".onnx"), data)
    return path


def test_a_released_model_is_installed_and_found(folder, released, tmp_path):
    data, wanted = released
    archive = zipped(tmp_path / "m.zip", marscd_plugin__resources__models__tiny_onnx=data)
    assert install_models(archive, wanted) == [folder / "tiny.onnx"]
    assert find_model("tiny").read_bytes() == data
    assert "tiny" in bundled_models()


@pytest.mark.parametrize("change", ["one bit", "longer", "other name", "nothing", "no zip", "cut"])
def test_anything_else_is_refused_and_nothing_is_left(folder, released, tmp_path, change):
    data, wanted = released
    path = tmp_path / "m.zip"
    other = bytes([data[0] ^ 1]) + data[1:]
    members = {
        "one bit": {"tiny_onnx": other},
        "longer": {"tiny_onnx": data + b"x"},
        "other name": {"tiny_onnx": data, "more_onnx": data},
        "nothing": {"readme": b"hello"},
    }
    if change == "no zip":
        path.write_bytes(b"<html>not found</html>")
    elif change == "cut":
        zipped(path, tiny_onnx=data)
        path.write_bytes(path.read_bytes()[:-30])
    else:
        zipped(path, **members[change])
    with pytest.raises(ModelError) as caught:
        install_models(path, wanted)
    assert str(path) in str(caught.value) and caught.value.remedy
    assert not folder.exists() or not list(folder.iterdir())


def test_a_name_that_climbs_out_stays_in_the_folder(folder, released, tmp_path):
    data, wanted = released
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as target:
        target.writestr("../../tiny.onnx", data)
    assert install_models(tmp_path / "m.zip", wanted) == [folder / "tiny.onnx"]
    assert not (tmp_path.parent / "tiny.onnx").exists()


def test_a_whole_plugin_has_nothing_to_install(folder, tmp_path):
    assert expected() == {}
    with pytest.raises(InputError, match="nothing to install"):
        install_models(tmp_path / "m.zip")
