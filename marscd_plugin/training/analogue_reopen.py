"""An embedding of ours as a torch network again, so that it can be taken further on a user's chips.

``folded`` makes the network that is exported: batch normalisation is folded into the convolutions by us, so every
weight stands in the file under its own name. ``reopen_embedding`` puts them back: the normalisation after each
convolution becomes a fixed offset that learns and keeps no statistics. What comes out is believed only because its
answers to random chips are the file's own (``export.PARITY``).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ..common.errors import MarscdError, ModelError
from ..common.packages import need
from ..common.words import EmbeddingCard
from ..inference.embedding_card import read_embedding_card
from .analogue_export import embedding_parity
from .analogue_net import Embedding, EmbeddingConfig, EmbeddingNetwork
from .export import PARITY
from .reopen import FixedNorm

_REMEDY = "Choose marscd-analogue, or an embedding that was taught from it. Others can be searched with, not taught."
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class OpenedEmbedding:
    """The network in a file, how its heads are weighed, its turns, and its card."""

    network: EmbeddingNetwork
    share: float
    turns: int
    card: EmbeddingCard

    def embedding(self) -> Embedding:
        """What the file holds, in evaluation mode."""
        return Embedding(self.network, self.share, self.turns).eval()


def _pairs(network: nn.Module) -> list[tuple[nn.Sequential, int]]:
    """Every (sequence, place of a convolution) that a batch normalisation follows."""
    return [
        (part, k)
        for part in network.modules()
        if isinstance(part, nn.Sequential)
        for k in range(len(part) - 1)
        if isinstance(part[k], nn.Conv2d) and isinstance(part[k + 1], nn.BatchNorm2d)
    ]


def folded(embedding: Embedding) -> Embedding:
    """A copy in evaluation mode with every batch normalisation of a convolution folded into it."""
    made = copy.deepcopy(embedding).float().eval()
    for part, k in _pairs(made):
        part[k] = fuse_conv_bn_eval(part[k], part[k + 1])  # type: ignore[type-var, arg-type]
        part[k + 1] = nn.Identity()
    return made


def fix_norms(network: nn.Module) -> None:
    """Put a ``FixedNorm`` that changes nothing after every convolution that has a normalisation."""
    for part, k in _pairs(network):
        norm = FixedNorm(part[k].out_channels)  # type: ignore[arg-type]
        with torch.no_grad():
            norm.weight.fill_(1.0)
            norm.running_var.fill_(1.0 - norm.eps)  # type: ignore[union-attr]
        part[k + 1] = norm


def reopen_embedding(path: Path | str) -> OpenedEmbedding:
    """The network in an ONNX file of ours. Raises ModelError where it is of another kind, or damaged."""
    path = Path(path)
    card = read_embedding_card(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ModelError(f"{path} is too large to be an embedding of ours.", _REMEDY)
        onnx = need("onnx")
        held = {t.name: onnx.numpy_helper.to_array(t) for t in onnx.load(str(path)).graph.initializer}
        share, turns = float(card.scores["landform_share"]), int(card.scores["turns"])
        network = EmbeddingNetwork(_config(held, card))
        _fill(network, held)
        opened = OpenedEmbedding(network, share, turns, card)
        if max(embedding_parity(opened.embedding(), card, path, count) for count in (1, 2)) > PARITY:
            raise ValueError("its answers are not those of the network that its weights make")
    except ModelError:
        raise
    except (ValueError, KeyError, IndexError, RuntimeError, TypeError, OSError, MarscdError) as error:
        raise _foreign(path, str(error)) from error
    except Exception as error:  # protobuf's own errors share no base with ours
        raise _foreign(path, f"{type(error).__name__}: {error}") from error
    return opened


def _config(held: dict, card: EmbeddingCard) -> EmbeddingConfig:
    firsts = ("stem.0.0", "stem.1.0", "fine.0.first.0", "coarse.0.first.0", "coarse.2.first.0")
    widths = tuple(int(held[f"network.{name}.weight"].shape[0]) for name in firsts)
    landform, ground = (int(held[f"network.{name}.weight"].shape[0]) for name in ("landform", "ground"))
    return EmbeddingConfig(card.chip_px, widths, landform, ground)


def _fill(network: EmbeddingNetwork, held: dict) -> None:
    """The file's numbers into the network, whose normalisations are fixed first."""
    network.eval()
    fix_norms(network)
    even = FixedNorm1d(network.even.num_features)
    network.even = even
    with torch.no_grad():
        for name, module in network.named_modules():
            if isinstance(module, (nn.Conv2d, nn.Linear, nn.BatchNorm1d)):
                _put(module.weight, held[f"network.{name}.weight"])
            if isinstance(module, nn.BatchNorm1d):
                for key in ("bias", "running_mean", "running_var"):
                    _put(getattr(module, key), held[f"network.{name}.{key}"])
            elif isinstance(module, nn.Linear) or (isinstance(module, nn.Conv2d) and module.bias is not None):
                _put(module.bias, held[f"network.{name}.bias"])
        for part, k in _pairs(network):
            name = next(n for n, m in network.named_modules() if m is part[k])
            _put(part[k + 1].bias, held[f"network.{name}.bias"])  # type: ignore[arg-type]
        for name in ("fine_mean", "coarse_mean"):
            _put(getattr(network, name).power, held[f"network.{name}.power"])


def _put(into: torch.Tensor | None, values) -> None:
    if into is None or tuple(into.shape) != tuple(values.shape):
        raise ValueError("a weight of another shape stands where one of ours is needed")
    into.copy_(torch.from_numpy(values.copy()))


class FixedNorm1d(nn.BatchNorm1d):
    """Batch normalisation of features that keeps its statistics."""

    def train(self, mode: bool = True) -> FixedNorm1d:
        """Only its factor and offset learn."""
        super().train(False)
        return self


def _foreign(path: Path, why: str) -> ModelError:
    return ModelError(f"{path} cannot be taught: {why[:200]}.", _REMEDY)
