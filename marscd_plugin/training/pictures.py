"""The accuracy document's pictures: small, drawn with OpenCV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..common.packages import need
from .protocol import EvalPair
from .scores import PREVALENCE
from .scoring import Record

_COLOURS = ((200, 80, 20), (40, 40, 200), (60, 150, 60), (160, 60, 160), (30, 140, 200), (120, 120, 120))
_SIDE, _MARGIN = 360, 46


class _Plot:
    """Axes 0..1 both ways, in a square picture."""

    def __init__(self, x: str, y: str, ticks: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)) -> None:
        self._cv2 = need("cv2")
        self.image = np.full((_SIDE, _SIDE, 3), 255, np.uint8)
        for value in ticks:
            for a, b in (((value, 0.0), (value, 1.0)), ((0.0, value), (1.0, value))):
                self._cv2.line(self.image, self.at(*a), self.at(*b), (225, 225, 225), 1)
            self.text(f"{value:g}", (self.at(value, 0)[0] - 8, _SIDE - _MARGIN + 14))
            self.text(f"{value:g}", (14, self.at(0, value)[1] + 4))
        self.text(x, (_SIDE // 2 - 50, _SIDE - 12))
        self.text(y, (_MARGIN, 14))

    def at(self, x: float, y: float) -> tuple[int, int]:
        inside = _SIDE - 1.6 * _MARGIN
        return round(_MARGIN + x * inside), round(_SIDE - _MARGIN - y * inside)

    def line(self, x: np.ndarray, y: np.ndarray, colour: tuple[int, int, int], width: int = 2) -> None:
        points = np.array([self.at(float(a), float(b)) for a, b in zip(x, y, strict=True)], np.int32)
        self._cv2.polylines(self.image, [points], False, colour, width, self._cv2.LINE_AA)

    def text(self, text: str, place: tuple[int, int], colour: tuple[int, int, int] = (60, 60, 60)) -> None:
        self._cv2.putText(self.image, text, place, self._cv2.FONT_HERSHEY_SIMPLEX, 0.36, colour, 1, self._cv2.LINE_AA)

    def save(self, path: Path) -> None:
        self._cv2.imwrite(str(path), self.image)


def reliability_picture(record: Mapping[str, Record], path: Path) -> None:
    """Share truly changed over probability said, one line a set; the diagonal is what it should be."""
    plot = _Plot("probability said", "share truly changed")
    plot.line(np.array([0, 1]), np.array([0, 1]), (160, 160, 160), 1)
    for index, (part, colour) in enumerate(zip(record, _COLOURS, strict=False)):
        rows = record[part].strict.reliability(np.linspace(0, 1, 13))
        plot.line(np.array([r[0] for r in rows]), np.array([r[1] for r in rows]), colour)
        plot.text(part, (_MARGIN + 12, 40 + 14 * index), colour)
    plot.save(path)


def curves_picture(records: Mapping[str, Record], path: Path) -> None:
    """Precision over sensitivity of every detector on one set, at the paper's prevalence."""
    plot = _Plot("sensitivity", f"precision at {PREVALENCE:.1%} of change")
    for index, ((name, record), colour) in enumerate(zip(records.items(), _COLOURS, strict=False)):
        sensitivity, false = record.strict.rates()
        hit = PREVALENCE * sensitivity
        keep = hit > 0
        precision = hit[keep] / (hit + (1 - PREVALENCE) * false)[keep]
        plot.line(sensitivity[keep], precision, colour)
        plot.text(name, (_SIDE - 170, 40 + 14 * index), colour)
    plot.save(path)


def example_picture(kept: Sequence[tuple[EvalPair, object]], path: Path) -> None:
    """Rows of before, after, after with the truth (green) and what was said (orange where false, blue where true)."""
    cv2 = need("cv2")
    rows = []
    for pair, score in kept:
        images = [_grey(image, pair.valid) for image in (pair.before, pair.after)]
        said = np.asarray(score)
        marked = images[1].copy()
        marked[pair.truth] = (60, 190, 60)
        answer = images[1].copy()
        strength = said[..., None]
        colour = np.where(pair.truth[..., None], np.array((230, 120, 30)), np.array((0, 120, 255)))
        answer = (answer * (1 - strength) + colour * strength).astype(np.uint8)
        rows.append(np.concatenate([*images, marked, answer], axis=1))
    if rows:
        small = cv2.resize(np.concatenate(rows), None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(path), small, [cv2.IMWRITE_JPEG_QUALITY, 80])


def _grey(image: np.ndarray, valid: np.ndarray) -> np.ndarray:
    low, high = np.percentile(image[valid], (1, 99)) if valid.any() else (0.0, 1.0)
    grey = (np.clip((image - low) / max(high - low, 1e-9), 0, 1) * 255).astype(np.uint8)
    return np.repeat(np.where(valid, grey, 0)[..., None], 3, axis=2).astype(np.uint8)
