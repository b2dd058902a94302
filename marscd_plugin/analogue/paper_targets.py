"""The four target regions on Mars of Meng et al. (arXiv 2501.08584), and their analogues in the Qaidam Basin."""

from __future__ import annotations

from dataclasses import dataclass

from ..common.errors import InputError
from ..common.words import Area
from ..planet.bodies import body
from .regions import square


@dataclass(frozen=True)
class PaperTarget:
    """A target region: ``latitude`` and ``longitude`` (-180..180) in degrees on ``body``."""

    name: str
    landform: str
    latitude: float
    longitude: float
    body: str = "Mars"


PAPER_TARGETS = (
    PaperTarget("A'", "long-ridge yardangs", -10.461, 176.446),
    PaperTarget("B'", "linear dunes", -42.660, 38.023),
    PaperTarget("C'", "barchan dune chains", 9.12, 67.29),
    PaperTarget("D'", "polygonal structures", 50.70, 341.61 - 360.0),
)
PAPER_ANALOGUES = (
    PaperTarget("A", "long-ridge yardangs", 38.493, 92.300, "Earth"),
    PaperTarget("B", "linear dunes", 37.010, 93.991, "Earth"),
    PaperTarget("C", "barchan dune chains", 38.215, 91.382, "Earth"),
    PaperTarget("D", "polygonal structures", 38.395, 91.549, "Earth"),
)


def paper_target(name: str) -> PaperTarget:
    """The target of that name (A', B', C', D'; a letter alone is the place in the Qaidam Basin). Raises InputError."""
    wanted = name.strip().replace("\u2032", "'").replace("\u2019", "'").upper()
    for target in (*PAPER_TARGETS, *PAPER_ANALOGUES):
        if target.name == wanted:
            return target
    raise InputError(f"{name!r} is none of the paper's targets.", "Choose A', B', C' or D'.")


def target_area(name: str, size: float) -> Area:
    """The square of ``size`` metres about one of the paper's places. Raises InputError."""
    target = paper_target(name)
    return square(target.longitude, target.latitude, size, target.body, body(target.body).radius)
