"""Loading models: what fits runs, what does not is refused with a message that helps."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from marscd_plugin.common.errors import DeviceError, InputError, ModelError
from marscd_plugin.inference import devices, session
from marscd_plugin.inference.models import bundled_models, find_model
from marscd_plugin.inference.onnxfile import read_model_file
from marscd_plugin.inference.session import load_model


def test_runs_and_reports_cpu(tiny_model):
    model = load_model(tiny_model)
    assert model.device == "CPU"
    assert model.providers[0] == "CPUExecutionProvider"
    assert model.sha256 == hashlib.sha256(tiny_model.read_bytes()).hexdigest()
    assert model.card.name == "tiny"
    before = np.zeros((1, 1, 8, 12), np.float32)
    after = np.full_like(before, 4.0)
    np.testing.assert_allclose(model.run(before, after), 1 / (1 + np.exp(-8.0)), rtol=1e-5)


def test_order_of_inputs_is_the_cards(build_model, tmp_path):
    # The graph's own order is (after, before); arrays go by name.
    path = build_model(tmp_path / "m.onnx", names=("after", "before"))
    model = load_model(path)
    assert model.card.inputs == ("before", "after")
    assert model.run(*[np.zeros((2, 1, 4, 4), np.float32)] * 2).shape == (2, 1, 4, 4)


@pytest.mark.parametrize("device", ["CUDA", "DIRECTML", "COREML"])
def test_missing_device_says_what_to_install(tiny_model, device):
    if devices.KNOWN[device].provider in __import__("onnxruntime").get_available_providers():
        pytest.skip("this machine has it")
    with pytest.raises(DeviceError) as caught:
        load_model(tiny_model, device)
    assert device in caught.value.what
    assert "CPU" in caught.value.remedy


def test_cuda_remedy_names_both_packages():
    assert "onnxruntime-gpu" in devices.KNOWN["CUDA"].remedy
    assert "Only one of the packages" in devices.KNOWN["CUDA"].remedy


def test_unknown_device(tiny_model):
    with pytest.raises(InputError, match="AUTO, CPU, CUDA"):
        load_model(tiny_model, "TPU")


class _Runtime:
    """onnxruntime with a CUDA provider compiled in that does not start, as on a machine without its libraries."""

    __version__ = "1.99"

    def __init__(self, falls_back: bool) -> None:
        import onnxruntime

        self._real, self._falls_back = onnxruntime, falls_back
        self.SessionOptions = onnxruntime.SessionOptions
        self.asked: list[object] = []

    def get_available_providers(self):
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]

    def preload_dlls(self):
        print("a library is missing")

    def InferenceSession(self, data, sess_options, providers):
        self.asked.append(providers)
        if providers != ["CPUExecutionProvider"] and not self._falls_back:
            raise RuntimeError("libcudnn.so.9: cannot open shared object file\nand more")
        return self._real.InferenceSession(data, sess_options=sess_options, providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("falls_back", [True, False])
def test_cuda_that_does_not_start(tiny_model, monkeypatch, capsys, falls_back):
    runtime = _Runtime(falls_back)
    monkeypatch.setattr(session, "need", lambda name: runtime)
    model = load_model(tiny_model, "AUTO")
    assert model.device == "CPU"
    assert len(model.notes) == 1 and "CUDA" in model.notes[0] and "onnxruntime-gpu" in model.notes[0]
    with pytest.raises(DeviceError, match="CUDA did not start"):
        load_model(tiny_model, "CUDA")
    assert capsys.readouterr().out == ""
    assert runtime.asked[0][0][0] == "CUDAExecutionProvider"


def test_device_label(tmp_path):
    for number, name in enumerate(["NVIDIA H200", "NVIDIA H200"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "information").write_text(f"Model: \t\t {name}\nIRQ:   1\n")
    assert devices.label(devices.KNOWN["CUDA"], tmp_path) == "CUDA (NVIDIA H200)"
    (tmp_path / "1" / "information").write_text("Model: NVIDIA A2\n")
    assert devices.label(devices.KNOWN["CUDA"], tmp_path) == "CUDA"
    assert devices.label(devices.KNOWN["CPU"], tmp_path) == "CPU"


def test_model_without_a_card(build_model, tmp_path):
    with pytest.raises(ModelError, match="no MarsCD card"):
        load_model(build_model(tmp_path / "m.onnx", card=None))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ({"names": ("before", "late")}, "inputs before, late"),
        ({"bands": 3}, "3 bands"),
        ({"size": 64}, "fixed size 64 x 64"),
        ({"dtype": 11}, "not float32"),
    ],
)
def test_wrong_inputs(build_model, tmp_path, shape, said):
    onnx = pytest.importorskip("onnx")
    path = build_model(tmp_path / "m.onnx", **shape)
    if "dtype" in shape:  # let the constants follow, so that the graph itself is sound
        model = onnx.load(str(path))
        for constant in model.graph.initializer:
            values = onnx.numpy_helper.to_array(constant).astype(np.float64)
            constant.CopyFrom(onnx.numpy_helper.from_array(values, constant.name))
        onnx.save(model, str(path))
    with pytest.raises(ModelError, match=said) as caught:
        load_model(path)
    assert str(path) in caught.value.what


def test_answers_that_are_no_probabilities(build_model, tmp_path):
    onnx = pytest.importorskip("onnx")
    path = build_model(tmp_path / "m.onnx")
    model = onnx.load(str(path))
    model.graph.node[-1].op_type = "Exp"
    model.graph.initializer[1].CopyFrom(onnx.numpy_helper.from_array(np.float32(-9.0), "level"))
    onnx.save(model, str(path))
    with pytest.raises(ModelError, match=r"probabilities are 0\.\.1"):
        load_model(path)


def test_external_data_is_refused_before_it_is_followed(build_model, tmp_path):
    onnx = pytest.importorskip("onnx")
    secret = tmp_path / "secret.bin"
    secret.write_bytes(np.float32(4.0).tobytes())
    (tmp_path / "sub").mkdir()
    path = build_model(tmp_path / "sub" / "m.onnx")
    model = onnx.load(str(path))
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", "../secret.bin"), ("offset", "0"), ("length", "4")):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelError, match="other files"):
        load_model(path)


def test_external_data_inside_a_subgraph_is_found(tmp_path):
    onnx = pytest.importorskip("onnx")
    tensor = onnx.TensorProto(name="w", data_type=1, dims=[1], data_location=onnx.TensorProto.EXTERNAL)
    inner = onnx.helper.make_graph([onnx.helper.make_node("Constant", [], ["c"], value=tensor)], "inner", [], [])
    outer = onnx.helper.make_graph([onnx.helper.make_node("If", ["x"], ["y"], then_branch=inner)], "outer", [], [])
    path = tmp_path / "m.onnx"
    path.write_bytes(onnx.helper.make_model(outer).SerializeToString())
    with pytest.raises(ModelError, match="other files"):
        read_model_file(path)


@pytest.mark.parametrize("damage", ["cut", "text", "empty", "deep"])
def test_damaged_files(tiny_model, tmp_path, damage):
    data = tiny_model.read_bytes()
    deep = b""
    for _ in range(40):  # an attribute in a node in a graph in an attribute ...
        for field in (6, 5, 1):
            deep = bytes([field << 3 | 2]) + _varint(len(deep)) + deep
    bad = {
        "cut": data[: len(data) // 2],
        "text": b"<html>not found</html>",
        "empty": b"",
        "deep": b"\x3a" + _varint(len(deep)) + deep,
    }
    path = tmp_path / "bad.onnx"
    path.write_bytes(bad[damage])
    with pytest.raises(ModelError):
        load_model(path)


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def test_a_model_that_is_too_large(tiny_model, monkeypatch):
    monkeypatch.setattr("marscd_plugin.inference.onnxfile.MAX_MODEL_BYTES", 10)
    with pytest.raises(ModelError, match="at most"):
        load_model(tiny_model)


def test_missing_model_file(tmp_path):
    with pytest.raises(ModelError, match=r"gone\.onnx"):
        load_model(tmp_path / "gone.onnx")


def test_find_model(tiny_model, tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    bundled = tmp_path / "models" / "paper.onnx"
    bundled.write_bytes(b"")
    monkeypatch.setattr("marscd_plugin.inference.models.resource", lambda *parts: tmp_path.joinpath(*parts))
    assert bundled_models() == {"paper": bundled}
    assert find_model("paper") == bundled
    assert find_model(str(tiny_model)) == tiny_model
    with pytest.raises(ModelError, match="paper") as caught:
        find_model("papr")
    assert "papr" in caught.value.what
    with pytest.raises(ModelError):
        find_model(str(tmp_path / "models"))


def test_device_failure_while_running_is_a_device_error(tiny_model):
    model = load_model(tiny_model)
    model.device = "CUDA (NVIDIA H200)"

    def fail(*_):
        raise RuntimeError("CUDA failure 2: out of memory")

    model._session = SimpleNamespace(run=fail)
    with pytest.raises(DeviceError, match="out of memory"):
        model.run(np.zeros((1, 1, 4, 4), np.float32), np.zeros((1, 1, 4, 4), np.float32))


def test_paths_may_be_text(tiny_model):
    assert load_model(str(tiny_model)).path == Path(tiny_model)
