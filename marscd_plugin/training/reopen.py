"""One of our exported models as a torch network again, so that it can be taught further.

The exporter folds batch normalisation into convolutions, so what is in the file is enough: the folded weights go back
into the convolutions, and the normalisation after each becomes a fixed offset (``FixedNorm``: its statistics are those
of the base's training, and fine-tuning does not touch them). Nothing in the file says which weight is whose. A network
of the same shape is exported beside it, the two graphs are walked together, and what comes out is believed only because
its answers to random pairs are the file's own (``export.PARITY``).
"""

from __future__ import annotations

import itertools
import logging
import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..common.errors import MarscdError, ModelError
from ..common.files import sha256_of
from ..common.packages import need
from ..common.words import ModelCard
from ..inference.card import read_card
from ..inference.session import CONTEXT_INPUT, KIND_OUTPUT
from .changenet import CONTEXT_NAMES, ChangeConfig, ChangeNetwork
from .export import PARITY, WithSigmoid, export_onnx, parity
from .export_change import Calibration, Whole, export_change
from .networks import PaperConfig, PaperNetwork

log = logging.getLogger(__name__)

_REMEDY = (
    "Choose a model that comes with MarsCD (marscd-change, paper-rsl), one that was taught from them, or one exported "
    "by `python -m marscd_plugin.training`. Models of other makers can be run, not taught."
)
#: No file of ours is larger.
_MOST_BYTES = 64 * 1024 * 1024


class FixedNorm(nn.BatchNorm2d):
    """Batch normalisation that keeps its statistics: a factor and an offset for each channel."""

    def train(self, mode: bool = True) -> FixedNorm:
        """Only its factor and offset learn."""
        super().train(False)
        return self


@dataclass(frozen=True)
class Reopened:
    """A network whose logits give the file's own probabilities, the file's card and its hash."""

    network: nn.Module
    card: ModelCard
    sha256: str


def reopen(path: Path | str) -> Reopened:
    """The network in an ONNX file of ours. Raises ModelError where it is of another kind, or damaged."""
    path = Path(path)
    card = read_card(path)
    if path.stat().st_size > _MOST_BYTES:
        raise ModelError(f"{path} is too large to be a model of ours.", _REMEDY)
    onnx = need("onnx")
    try:
        walk = _Walk(onnx, onnx.load(str(path)).graph)
        network = _empty(card, walk)
        fix_norms(network)
        _fill(onnx, network, walk, card)
    except ModelError:
        raise
    except (ValueError, KeyError, IndexError, RuntimeError, TypeError, MarscdError) as error:
        raise _foreign(path, str(error)) from error
    except Exception as error:  # protobuf's own errors share no base with ours
        raise _foreign(path, f"{type(error).__name__}: {error}") from error
    network.eval()
    worst = difference(network, card, path)
    # Written so that a difference that is no number is refused too.
    if not worst <= PARITY:
        raise _foreign(path, f"its answers differ by {worst:.1e} from those of a network of that shape")
    log.info("%s reopened, largest difference %.1e", path, worst)
    return Reopened(network, card, sha256_of(path))


def difference(network: nn.Module, card: ModelCard, path: Path) -> float:
    """Largest difference of probabilities between a network and a model file, on one random pair."""
    side = card.multiple * 8
    if getattr(network, "takes_context", False):
        whole = Whole(network, Calibration()).eval()  # type: ignore[arg-type]
        inputs = {"before": (1, 1), "after": (1, 1), CONTEXT_INPUT: (len(CONTEXT_NAMES), 0)}
        return parity(whole, path, inputs, [card.output, KIND_OUTPUT], (side, side))
    return parity(WithSigmoid(network).eval(), path, dict.fromkeys(card.inputs, (1, 1)), [card.output], (side, side))


def export_again(network: nn.Module, card: ModelCard, path: Path) -> float:
    """Write a reopened network with its new card (and halves, where its kind has them). As ``export_change``."""
    if isinstance(network, ChangeNetwork):
        return export_change(network, card, path, Calibration())
    return export_onnx(network, card, path)


def fix_norms(network: nn.Module) -> None:
    """Every batch normalisation becomes one with fixed statistics that changes nothing yet, in place."""
    for module in list(network.modules()):
        for name, child in list(module.named_children()):
            if type(child) is nn.BatchNorm2d:
                fixed = FixedNorm(child.num_features, eps=child.eps)
                fixed.load_state_dict(child.state_dict())
                setattr(module, name, fixed)


def _foreign(path: Path, why: str) -> ModelError:
    return ModelError(f"The network in {path} is none of MarsCD's own ({why[:200]}).", _REMEDY)


class _Walk:
    """A graph's steps in order, without the mere copies that stand for weights that are alike."""

    def __init__(self, onnx: Any, graph: Any) -> None:
        self.values = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
        same = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "Identity"}
        self.steps = [
            (node.op_type, [same.get(name, name) for name in node.input])
            for node in graph.node
            if node.op_type != "Identity"
        ]


def _empty(card: ModelCard, walk: _Walk) -> nn.Module:
    """A network of the file's kind and widths. Raises ValueError."""
    shapes = [walk.values[n[1]].shape for kind, n in walk.steps if kind == "Conv" and n[1] in walk.values]
    if card.context == CONTEXT_NAMES and card.kinds and card.inputs == ("before", "after"):
        # The encoder comes first: stem, 1/4, twice 1/8, 1/16.
        widths = tuple(int(shapes[i][0]) for i in (0, 1, 2, 4))
        joint = [s for s in shapes if s[2:] == (6, 6)][1][0]
        return ChangeNetwork(ChangeConfig(widths=widths, joint=int(joint), kinds=len(card.kinds)))
    if card.context or card.kinds or card.inputs != ("before", "after"):
        raise ValueError("its inputs and outputs are others")
    found: list[int] = []
    attention = 0
    # A level is two 3x3 convolutions and a gate of 2 -> 1 channels.
    for first, second, gate in zip(shapes[0::3], shapes[1::3], shapes[2::3], strict=False):
        if first[2:] != (3, 3) or second[2:] != (3, 3) or gate[:2] != (1, 2):
            break
        found.append(int(first[0]))
        attention = int(gate[2])
    if len(found) < 2:
        raise ValueError("its layers are others")
    return PaperNetwork(PaperConfig(widths=tuple(found), attention=attention))


def _fill(onnx: Any, network: nn.Module, walk: _Walk, card: ModelCard) -> None:
    """Put the file's weights into ``network``, in place. Raises ValueError, KeyError where they do not fit."""
    modules = _marked(network)
    with tempfile.TemporaryDirectory() as folder:
        twin = Path(folder) / "twin.onnx"
        _export(network, card, twin)
        like = _Walk(onnx, onnx.load(str(twin)).graph)
    if [kind for kind, _ in like.steps] != [kind for kind, _ in walk.steps]:
        raise ValueError("its layers are others")
    state, used = network.state_dict(), set()
    for (kind, mine), (_, other) in zip(like.steps, walk.steps, strict=True):
        for place, (name, found) in enumerate(zip(mine, other, strict=True)):
            if name not in like.values or found not in walk.values:
                continue
            value = torch.from_numpy(walk.values[found].copy())
            if like.values[name].shape != tuple(value.shape):
                raise ValueError("its layers have other sizes")
            plain = name.removeprefix("network.")
            if plain in state:
                state[plain] = value
                used.add(plain)
            elif kind == "Conv":
                # A convolution with its normalisation folded in: found by the mark that its first weight carries.
                conv, norm = modules[round(float(like.values[mine[1]].flat[0]) / 100.0)]
                key = f"{conv}.weight" if place == 1 else f"{norm}.bias"
                state[key] = value
                used.add(key)
    missing = [k for k, _ in network.named_parameters() if k not in used and not k.endswith(_factors(modules))]
    if missing:  # the twin's random numbers must not stay
        raise ValueError(f"it lacks {', '.join(missing[:3])}")
    network.load_state_dict(state)
    if isinstance(network, ChangeNetwork):
        _calibrate(network, card)


def _factors(modules: dict[int, tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{norm}.weight" for _, norm in modules.values())


def _marked(network: nn.Module) -> dict[int, tuple[str, str]]:
    """Give each convolution that a normalisation follows a mark, a hundred times its number, as its first weight.

    Returns number -> the names of both. All other weights become random.
    Normalisations become neutral but for their offset, so that the folded weights are the convolution's own.
    """
    random = torch.Generator().manual_seed(1)
    with torch.no_grad():
        # No two alike: the exporter would share them.
        for parameter in network.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=random))
        made: dict[int, tuple[str, str]] = {}
        for conv_name, conv, norm_name, norm in _normalised(network):
            number = len(made) + 1
            made[number] = (conv_name, norm_name)
            conv.weight.view(-1)[0] = 100.0 * number
            norm.weight.fill_(1.0)
            assert norm.running_mean is not None and norm.running_var is not None
            norm.running_mean.zero_()
            norm.running_var.fill_(1.0 - norm.eps)
    return made


def _normalised(network: nn.Module) -> Iterator[tuple[str, nn.Conv2d, str, nn.BatchNorm2d]]:
    """Each convolution with the normalisation behind it, both with their names."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Sequential):
            parts = list(module.named_children())
            for (first, conv), (second, norm) in itertools.pairwise(parts):
                if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                    yield f"{name}.{first}", conv, f"{name}.{second}", norm


def _export(network: nn.Module, card: ModelCard, path: Path) -> None:
    """The twin: the same graph as the file's, whatever its weights; not proved, for it is thrown away."""
    side = card.multiple * 8
    example: list[torch.Tensor] = [torch.zeros(1, 1, side, side) for _ in "ab"]
    names, outputs = [*card.inputs], [card.output]
    # Not 1 and 0, which the exporter would leave out of the graph.
    model: nn.Module = WithSigmoid(network)
    if isinstance(network, ChangeNetwork):
        calibration = Calibration(card.scores.get("calibration_slope", 1.0), card.scores.get("calibration_offset", 0.0))
        model = Whole(network, calibration)
        example.append(torch.zeros(1, len(CONTEXT_NAMES)))
        names, outputs = [*names, CONTEXT_INPUT], [*outputs, KIND_OUTPUT]
    free = {n: {0: "batch", 2: f"{n}_h", 3: f"{n}_w"} for n in (*card.inputs, *outputs)} | {CONTEXT_INPUT: {0: "batch"}}
    torch.onnx.export(
        model.eval(), tuple(example), str(path), input_names=names, output_names=outputs,
        dynamic_axes={k: v for k, v in free.items() if k in (*names, *outputs)}, opset_version=17,
        do_constant_folding=True, dynamo=False,
    )  # fmt: skip


def _calibrate(network: ChangeNetwork, card: ModelCard) -> None:
    """Take the file's calibration into the last layer, so that logits give its probabilities."""
    slope, offset = card.scores.get("calibration_slope", 1.0), card.scores.get("calibration_offset", 0.0)
    if not (math.isfinite(slope) and math.isfinite(offset)):
        raise ValueError("its calibration is none")
    with torch.no_grad():
        network.head.weight.mul_(slope)
        assert network.head.bias is not None
        network.head.bias.mul_(slope).add_(offset)


def without_scores(card: ModelCard) -> ModelCard:
    """The card without what is no longer true of a network that was taught further."""
    return replace(card, scores={}, prevalence=None, screen="")
