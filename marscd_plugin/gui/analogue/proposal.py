"""Which chip size and step suit two images and a model: numbers, and the reason in words. No QGIS here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...common.words import EmbeddingCard
from ..words import tr
from .images import length

#: A chip holds at least this share of the model's pixels in real pixels of the image; below, it is only blur.
LEAST_SHARE = 1 / 3
#: The proposal keeps at least this share: enlarged ground is softer than ground that is not, and that may decide.
SOFTEST = 1 / 2
#: Places that are many: minutes to hours of work on a processor.
MANY, TOO_MANY = 200_000, 2_000_000


@dataclass(frozen=True)
class Proposal:
    """Chip size and step in metres (pixels where no image has a scale), why, and what speaks against it."""

    size: float
    step: float
    why: str
    warning: str = ""


def propose(
    card: EmbeddingCard, target_pixel: float | None, search_pixel: float | None, target_edge: float | None = None
) -> Proposal:
    """``*_pixel``: metres a pixel; ``target_edge``: the shorter side in metres of the smallest thing marked.

    The coarser image decides: a chip has as many real pixels of it as the model takes. A smaller target makes the chip
    smaller, down to half of that, for what is enlarged more only looks soft; a model that knows its scales keeps it
    within them where the images allow.
    """
    if not target_pixel or not search_pixel:
        size = float(card.chip_px)
        return Proposal(size, size / 2, tr("Without a scale a chip is counted in pixels: those that the model takes."))
    coarse = max(target_pixel, search_pixel)
    least = coarse * card.chip_px * LEAST_SHARE
    size = coarse * card.chip_px
    why = tr("{px} pixels of {size} m, those of the coarser image").format(px=card.chip_px, size=f"{coarse:.3g}")
    if card.pixel_size is not None:
        low, high = (edge * card.chip_px for edge in card.pixel_size)
        within = min(max(size, low), high)
        if within != size and within >= least:
            size, why = within, tr("within the scales that the model was trained at")
    if target_edge and target_edge < size:
        softest = max(min(SOFTEST * coarse * card.chip_px, size), least)
        size = max(target_edge, softest)
        why = (
            tr("as large as the smallest target")
            if size == target_edge
            else tr("half of the model's pixels are real ones; the target is smaller, so ground around it counts too")
        )
    size = rounded(size, up=size <= least)
    return Proposal(size, rounded(size / 2), tr("Proposed: {why}.").format(why=why), warning(card, size, coarse))


def warning(card: EmbeddingCard, size: float, coarse: float | None) -> str:
    """What speaks against a chip size; "" for nothing."""
    if not coarse or size <= 0:
        return ""
    real = size / coarse
    if real < card.chip_px * LEAST_SHARE:
        return tr(
            "Such a chip has only {real} real pixels of the coarser image a side; the model wants {px}. Make it larger."
        ).format(real=f"{real:.0f}", px=card.chip_px)
    if card.pixel_size is not None:
        low, high = card.pixel_size
        scale = size / card.chip_px
        if not 0.9 * low <= scale <= 1.1 * high:
            return tr("The model was trained at {low} to {high} m a pixel and would see {scale} m here.").format(
                low=f"{low:g}", high=f"{high:g}", scale=f"{scale:.3g}"
            )
    return ""


def places(wide: float, high: float, size: float, step: float) -> int:
    """How many chips of ``size`` in steps of ``step`` fit an area of ``wide`` times ``high`` (all in one unit)."""
    if size <= 0 or step <= 0 or wide < size or high < size:
        return 0
    return (math.floor((wide - size) / step) + 1) * (math.floor((high - size) / step) + 1)


def places_words(count: int, size: float) -> str:
    """The same in words, with what it means for the user."""
    if count <= 0:
        return tr("⚠ The ground to search is smaller than one chip ({size}).").format(size=length(size))
    said = tr("About {count} places are compared.").format(count=f"{two_digits(count):,}")
    if count > TOO_MANY:
        return "⚠ " + said + " " + tr("That is too many: make step or chip larger, or search a smaller area.")
    if count > MANY:
        return said + " " + tr("That takes a while; a larger step is faster.")
    return said


def rounded(value: float, up: bool = False) -> float:
    """To two digits that read well; never below ``value`` where ``up``."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    steps = math.ceil(value / unit - 1e-9) if up else round(value / unit)
    return float(f"{steps * unit:.6g}")


def two_digits(count: int) -> int:
    """A count that is only an estimate."""
    if count < 100:
        return count
    unit = 10 ** (len(str(count)) - 2)
    return round(count / unit) * unit
