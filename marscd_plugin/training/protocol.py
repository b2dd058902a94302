"""The evaluation sets, stated and built: written down before the model they judge was run, the same on every machine.

**Simulated pairs** stand on backdrops of the observations of split ``test`` (``simulation.backdrops.split_of``), which
nothing was trained or chosen on. What is drawn, and how it is made hard, is the simulation's own
(``simulation.drawing``): another sun, residual warps to 3 px and parallax, sensors, haze. What is published of RSL,
and what is drawn:

- narrow (0.5 to 5 m), up to about 40 % darker than their surroundings, down slopes of 25 to 40 degrees from bedrock
  outcrops (McEwen et al., Science 333, 2011, 740); narrow ones less dark than wide ones (Liu et al. 2025); at HiRISE's
  0.25 to 0.5 m a pixel 0.5 to 5 m are 1 to 20 pixels. Here: 1 to 20 pixels, and 1 to 2 alone as set ``thin``.
- In sets ``rsl``, ``thin``, ``other`` and ``injected`` contrasts are as published. Set ``faint`` repeats ``rsl`` with
  every group of lines paled until it is only just visible, and is reported aside.
- *Visibility*: an object counts as change where its difference from the unchanged ground, summed over its area, is at
  least 4 times what noise and displacement alone give there (Rose's criterion, 3 to 5 in the literature: Rose, J. Opt.
  Soc. Am. 38, 1948, 196). Fainter ones are neither change nor no change: their pixels are not scored.

**Injected pairs** are real: no_visible_change, the held half of ctx, stereo_anaglyph (without the polygons of
``excluded``), each registered by the plugin, with simulated RSL drawn into one of the two real images. Sensitivity and
false alarms are read from that one run. ``frosted_dunes`` is done alike and reported aside: frost really moves there.

Nothing here was chosen by looking at what any model says.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..simulation.backdrops import named_backdrops
from ..simulation.kinds import Kind
from .excluded import excluded_mask
from .registered import registered_pairs, site_of

#: Of every draw below; the second number is the set's own.
SEED = 20261120

#: Pixels a side of a simulated pair.
SIZE = 256

#: Lines of the set ``rsl`` and of ``thin`` are so many pixels wide, from .. to.
RSL_WIDTHS, THIN_WIDTHS = (1.0, 20.0), (1.0, 2.0)

#: Other phenomena: those the issue's bar names, and the rest of what is simulated.
NAMED_KINDS = (Kind.CRATER, Kind.STREAK, Kind.BOULDER, Kind.DUNE, Kind.FROST)
MORE_KINDS = (Kind.ALBEDO, Kind.RIPPLE, Kind.ICEFALL, Kind.GULLY)

#: Pairs drawn: RSL and no change; thin lines; faint RSL; each other kind; no change beside those. 0.066 MP each, so
#: that false objects among the other phenomena are counted over more than 10 megapixels.
RSL_PAIRS, RSL_QUIET, THIN_PAIRS, FAINT_PAIRS, KIND_PAIRS, KIND_QUIET = 120, 40, 60, 30, 12, 64

#: Real sets that simulated RSL are injected into; the last is reported aside.
INJECTED = ("no_visible_change", "ctx_held", "stereo_anaglyph")
ASIDE = "frosted_dunes"

#: Groups of lines per 256 x 256 pixels of a real pair.
DENSITY = 1.0

#: The sets, in the order of the tables.
PARTS = ("rsl", "thin", "injected", "other", "aside", "faint")


@dataclass(frozen=True)
class EvalPair:
    """A pair to be judged. Arrays are (H,W): images float32 in their own unit, ``labels`` uint16, the rest bool.

    ``valid``: both dates seen. ``scored``: where pixels count (valid, not excluded, not too faint to call). ``objects``
    are what was drawn (``simulation.pair.DrawnObject``); ``turn`` is how far the sun moved between the dates, degrees,
    and ``residual_px`` the misregistration, both None where unknown; ``measured_px`` is the residual that a
    registration measured, None where none was done.
    """

    part: str
    name: str
    site: str
    before: np.ndarray
    after: np.ndarray
    valid: np.ndarray
    scored: np.ndarray
    truth: np.ndarray
    labels: np.ndarray
    objects: tuple[Any, ...] = ()
    turn: float | None = None
    residual_px: float | None = None
    measured_px: float | None = None


def evaluation_pairs(
    shared: Path, cache: Path, parts: tuple[str, ...] = PARTS, share: float = 1.0
) -> Iterator[EvalPair]:
    """The pairs of ``parts``, one by one. ``share`` below 1 thins every set, for a quick look at the machinery only.

    ``cache`` keeps registered real pairs. Raises InputError.
    """
    for part in parts:
        if part not in PARTS:
            raise InputError(f"There is no evaluation set {part!r}.", f"Known: {', '.join(PARTS)}.")
        if part in ("injected", "aside"):
            for name in INJECTED if part == "injected" else (ASIDE,):
                yield from injected_pairs(shared, name, cache, part, share)
        else:
            yield from simulated_pairs(shared, part, share)


def simulated_pairs(shared: Path, part: str, share: float = 1.0, split: str = "test") -> Iterator[EvalPair]:
    """Simulated pairs of ``rsl``, ``thin``, ``faint`` or ``other``. Another ``split`` is for setting up."""
    from ..simulation.drawing import draw_pair

    wanted = list(_wanted(part))
    grounds = _Grounds(shared, split)
    for index in range(0, len(wanted), max(1, round(1 / share))):
        kind, width = wanted[index]
        rng = np.random.default_rng((SEED, PARTS.index(part), index))
        site, backdrop = grounds.draw(rng)
        changed = kind is not None
        pair = draw_pair(
            rng, backdrop, SIZE, change=changed, kinds=(kind,) if kind is not None else None, width=width,
            faint=1.0 if part == "faint" else 0.0,
        )  # fmt: skip
        yield EvalPair(
            part=part,
            name=f"{part} {index}" + (f" {kind.name.lower()}" if kind is not None else " no change"),
            site=site,
            before=pair.before,
            after=pair.after,
            valid=pair.valid,
            scored=pair.valid & ~pair.ignore,
            truth=pair.truth > 0,
            labels=pair.labels,
            objects=pair.objects,
            turn=sun_moved(pair.incidence_before, pair.incidence_after, pair.azimuth_change),
            residual_px=pair.residual_px,
        )


def injected_pairs(shared: Path, name: str, cache: Path, part: str, share: float = 1.0) -> Iterator[EvalPair]:
    """Real pairs of the named set, registered by the plugin, with simulated RSL drawn into one date."""
    from ..simulation.inject import inject

    for index, (pair, residual) in enumerate(registered_pairs(shared, name, cache)):
        if index % max(1, round(1 / share)):
            continue
        rng = np.random.default_rng((SEED, PARTS.index(part), zlib.crc32(pair.name.encode())))
        drawn = inject(rng, pair.before, pair.after, pair.valid, kinds=(Kind.RSL,), density=DENSITY, faint=0.0)
        excluded = excluded_mask(pair.name, pair.valid.shape)
        yield EvalPair(
            part=part,
            name=f"{name} {pair.name}",
            site=site_of(shared, name, pair),
            before=drawn.before.astype(np.float32),
            after=drawn.after.astype(np.float32),
            valid=pair.valid,
            scored=pair.valid & ~excluded & ~drawn.ignore,
            truth=drawn.truth > 0,
            labels=drawn.labels,
            objects=drawn.objects,
            residual_px=residual,
            measured_px=residual,
        )


def sun_moved(incidence_before: float, incidence_after: float, azimuth_change: float) -> float:
    """The angle between the two directions of the sun, degrees, from incidences and the turn of azimuth, degrees."""
    first, second, turn = (math.radians(v) for v in (incidence_before, incidence_after, azimuth_change))
    cosine = math.cos(first) * math.cos(second) + math.sin(first) * math.sin(second) * math.cos(turn)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def _wanted(part: str) -> Iterator[tuple[Kind | None, tuple[float, float] | None]]:
    """(kind or None for no change, widths of lines) of each pair, changed and quiet ones mixed for a thinned look."""
    if part == "rsl":
        every = (RSL_PAIRS + RSL_QUIET) // RSL_QUIET
        for index in range(RSL_PAIRS + RSL_QUIET):
            yield (None, None) if index % every == every - 1 else (Kind.RSL, RSL_WIDTHS)
    elif part == "thin":
        for _ in range(THIN_PAIRS):
            yield Kind.RSL, THIN_WIDTHS
    elif part == "faint":
        for _ in range(FAINT_PAIRS):
            yield Kind.RSL, RSL_WIDTHS
    else:
        kinds = (*NAMED_KINDS, *MORE_KINDS)
        for index in range(KIND_PAIRS * len(kinds)):
            yield kinds[index % len(kinds)], None
        for _ in range(KIND_QUIET):
            yield None, None


class _Grounds:
    """Backdrops of a split by observation, drawn by the square root of how many an observation has."""

    def __init__(self, shared: Path, split: str) -> None:
        groups: dict[str, list[np.ndarray]] = {}
        for observation, _, image in named_backdrops(shared, split):
            groups.setdefault(observation, []).append(image)
        if not groups:
            raise InputError(f"No backdrops of split {split} were found in {shared}.", "Give --shared.")
        self._names = sorted(groups)
        self._groups = [groups[name] for name in self._names]
        weights = np.sqrt([len(group) for group in self._groups])
        self._chances = weights / weights.sum()

    def draw(self, rng: np.random.Generator) -> tuple[str, np.ndarray]:
        """(observation, backdrop)."""
        which = int(rng.choice(len(self._groups), p=self._chances))
        group = self._groups[which]
        return self._names[which], group[int(rng.integers(len(group)))]
