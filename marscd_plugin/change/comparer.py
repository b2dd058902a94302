"""How a series' tile is compared: images encoded once for all their pairs where the model comes in two halves."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..common.words import Epoch, ModelCard, Product
from ..inference.models import find_model
from ..inference.session import Answer, Model, load_model
from ..inference.split import has_halves, load_split

#: Features of one tile's epochs are held up to this many bytes; beyond, an epoch is encoded again when it is needed.
FEATURE_BYTES = 384 * 1024 * 1024


class Split(Protocol):
    """A model in two halves (``inference.split.SplitModel`` is one)."""

    card: ModelCard
    device: str
    notes: tuple[str, ...]
    sha256: str

    def encode(self, image: np.ndarray) -> Any:
        """Features of (1, 1, H, W) float32."""

    def compare(self, before: Any, after: Any, context: Any = None) -> Answer:
        """The answer to the features of two images."""


#: What can compare two images: a whole model, or its two halves.
Comparing = Model | Split


def load_comparing(name_or_path: str, device: str, threads: int | None) -> Comparing:
    """The halves of a model where it has them, else the whole. Raises ModelError, DeviceError, MissingPackageError."""
    path = find_model(name_or_path)
    return load_split(path, device, threads) if has_halves(path) else load_model(path, device, threads)


@dataclass(frozen=True)
class Told:
    """A pair's answer on a tile: probability float32 0..1, and the likeliest kind (1 + its place; None: none told)."""

    probability: np.ndarray
    kind: np.ndarray | None


class Tile:
    """One tile's images, compared pair by pair. ``images`` (n, H, W) float32, normalised."""

    def __init__(self, model: Comparing, images: np.ndarray, budget: int = FEATURE_BYTES) -> None:
        self._model, self._images, self._budget = model, images, budget
        self._kept: OrderedDict[int, Any] = OrderedDict()
        self._bytes = 0
        #: How often an image went through the encoder: as often as there are dates, where all features fit.
        self.encoded = 0

    def told(self, first: int, second: int, context: Mapping[str, float | None] | None) -> Told:
        """The answer for two dates. Raises ModelError, DeviceError."""
        if isinstance(self._model, Model):
            images = [np.ascontiguousarray(self._images[k])[None, None] for k in (first, second)]
            answer = self._model.answer(*images, context=context)
        else:
            answer = self._model.compare(self._features(first), self._features(second), context)
        probability = np.clip(answer.probability[0, 0], 0.0, 1.0)
        kind = None if answer.kind is None else (answer.kind[0].argmax(axis=0) + 1).astype(np.uint8)
        return Told(probability, kind)

    def _features(self, index: int) -> Any:
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        assert not isinstance(self._model, Model)
        features = self._model.encode(np.ascontiguousarray(self._images[index])[None, None])
        self.encoded += 1
        self._kept[index] = features
        self._bytes += size_of(features)
        # The pair at hand needs two.
        while self._bytes > self._budget and len(self._kept) > 2:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= size_of(dropped)
        return features


def size_of(features: Any) -> int:
    """Bytes of an array or of ``inference.split.Features``, or of a tuple, list or dict of arrays."""
    if hasattr(features, "nbytes"):
        return int(features.nbytes)
    parts: Sequence[Any] = list(features.values()) if isinstance(features, Mapping) else list(features)
    return sum(size_of(p) for p in parts)


def context_of(before: Epoch | Product, after: Epoch | Product) -> dict[str, float | None]:
    """What is known of a pair beside its images, by the names that model cards use; None is unknown."""
    turn = None
    if before.sub_solar_azimuth is not None and after.sub_solar_azimuth is not None:
        turn = (after.sub_solar_azimuth - before.sub_solar_azimuth + 180.0) % 360.0 - 180.0
    fits = [e.registration for e in (before, after) if isinstance(e, Epoch)]
    residuals = [fit.residual_px for fit in fits if fit is not None]
    known = [r for r in residuals if r is not None]
    # Both were laid on the reference by themselves: their errors add as independent ones do.
    together = math.sqrt(sum(r * r for r in known)) if known else None
    return {
        "incidence_before": before.incidence,
        "incidence_after": after.incidence,
        "azimuth_change": turn,
        "residual_px": together,
    }
