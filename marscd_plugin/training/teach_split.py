"""What is learned from and what is judged on, apart in space: blocks of ground, never pixels or single outlines.

The ground is cut into squares. Every square that a verdict (with its ring) touches belongs to it, and squares that
share a verdict stay together; pairs of one place share the squares. What is held out is chosen by a seed among many
draws so that both parts hold both verdicts. In training, held-out ground is blank: not even its images are seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from ..common.rasters import Window
from .teach_pairs import GAP, RING, JudgedPair, Verdict

#: Edges of the squares that are tried, in pixels of the first pair of a place: the widest that can be split is taken.
EDGES = (256, 128, 64)
_DRAWS = 400

#: A square: its frame, column and row.
Block = tuple[str, int, int]


@dataclass(frozen=True)
class Blocks:
    """Squares of ``edge`` (CRS units, by frame), counted from an ``origin`` (x, y) of each frame."""

    edge: dict[str, float]
    origin: dict[str, tuple[float, float]]

    def of_box(self, pair: JudgedPair, box: tuple[float, float, float, float]) -> set[Block]:
        """The squares that a box in the pair's pixels touches."""
        left, top = self._place(pair, box[0], box[1])
        right, bottom = self._place(pair, box[2], box[3])
        return {
            (pair.frame, i, j)
            for i in range(math.floor(left), math.floor(right) + 1)
            for j in range(math.floor(top), math.floor(bottom) + 1)
        }

    def inside(self, pair: JudgedPair, window: Window, blocks: set[Block]) -> np.ndarray:
        """Bool (rows, columns): which pixels of a window of the pair have their centre in one of the squares."""
        columns = [self._place(pair, window.column + c + 0.5, 0.0)[0] for c in range(window.width)]
        rows = [self._place(pair, 0.0, window.row + r + 0.5)[1] for r in range(window.height)]
        i, j = np.floor(columns).astype(int), np.floor(rows).astype(int)
        mask = np.zeros((window.height, window.width), bool)
        for frame, column, row in blocks:
            if frame == pair.frame:
                mask |= (j == row)[:, None] & (i == column)[None, :]
        return mask

    def near(self, pair: JudgedPair, window: Window, blocks: set[Block]) -> set[Block]:
        """Of the squares, those that a window touches."""
        box = (window.column, window.row, window.column + window.width, window.row + window.height)
        return self.of_box(pair, tuple(map(float, box))) & blocks  # type: ignore[arg-type]

    def window(self, pair: JudgedPair, block: Block, multiple: int) -> Window:
        """A square in the pair's pixels, outwards to whole ``multiple`` of them, as tiles are laid at inference."""
        _, i, j = block
        scale = self.edge[pair.frame] / pair.grid.pixel_size
        x = (self.origin[pair.frame][0] - pair.grid.left) / pair.grid.pixel_size
        y = (pair.grid.top - self.origin[pair.frame][1]) / pair.grid.pixel_size
        left, top = (math.floor((o + k * scale + 1e-6) / multiple) * multiple for o, k in ((x, i), (y, j)))
        right, bottom = (math.ceil((o + (k + 1) * scale - 1e-6) / multiple) * multiple for o, k in ((x, i), (y, j)))
        return Window(left, top, right - left, bottom - top)

    def _place(self, pair: JudgedPair, column: float, row: float) -> tuple[float, float]:
        """Pixel coordinates as a place in squares."""
        size, edge = pair.grid.pixel_size, self.edge[pair.frame]
        x, y = pair.grid.left + column * size, pair.grid.top - row * size
        # A thousandth of a pixel: a corner that falls on a square's edge falls on its one side in every pair.
        slack = 1e-3 * size / edge
        return (x - self.origin[pair.frame][0]) / edge + slack, (self.origin[pair.frame][1] - y) / edge + slack


@dataclass(frozen=True)
class Split:
    """``held`` and ``learned``: the squares with verdicts of either part; ``held_numbers``: the held-out verdicts."""

    blocks: Blocks
    held: frozenset[Block]
    learned: frozenset[Block]
    held_numbers: frozenset[int]
    edge_px: int


def split(pairs: Sequence[JudgedPair], share: float, seed: int) -> Split:
    """Hold out about ``share`` of the verdicts. Raises InputError where both parts cannot hold both verdicts."""
    accepted = sum(v.accepted for p in pairs for v in p.verdicts)
    rejected = sum(not v.accepted for p in pairs for v in p.verdicts)
    # Where pairs were looked through wholly, unchanged ground is known without a rejected outline.
    need_rejected = not any(p.complete for p in pairs)
    if accepted < 2 or (need_rejected and rejected < 2):
        raise InputError(
            f"There are {accepted} accepted and {rejected} rejected changes.",
            "At least two of each are needed, one to learn from and one to judge by; ten of each begin to be of use. "
            "Where a pair was looked through wholly, say so (COMPLETE): rejected ones are then not needed.",
        )
    for edge in EDGES:
        blocks = _blocks(pairs, edge)
        groups = _groups(pairs, blocks)
        chosen = _choose(groups, share, seed, need_rejected)
        if chosen is not None:
            held = frozenset().union(*(groups[k].blocks for k in chosen))
            learned = frozenset().union(*(g.blocks for k, g in enumerate(groups) if k not in chosen))
            numbers = frozenset(n for k in chosen for n in groups[k].numbers)
            return Split(blocks, held, learned, numbers, edge)
    raise InputError(
        f"The {accepted} accepted and {rejected} rejected changes lie too close together to hold some out.",
        f"Judge more of them: accepted and rejected ones are needed on two pieces of ground that are at least "
        f"{EDGES[-1]} pixels apart.",
    )


@dataclass
class _Group:
    """Squares that belong together, and the verdicts on them."""

    blocks: set[Block]
    numbers: list[int]
    accepted: int
    rejected: int


def _blocks(pairs: Sequence[JudgedPair], edge: int) -> Blocks:
    edges: dict[str, float] = {}
    origins: dict[str, tuple[float, float]] = {}
    for pair in pairs:
        edges.setdefault(pair.frame, edge * pair.grid.pixel_size)
        origins.setdefault(pair.frame, (pair.grid.left, pair.grid.top))
    return Blocks(edges, origins)


def _groups(pairs: Sequence[JudgedPair], blocks: Blocks) -> list[_Group]:
    """Squares joined by the verdicts that lie across them, in a fixed order."""
    groups: dict[Block, _Group] = {}
    margin = GAP + RING
    for pair, verdict in _all(pairs):
        left, top, right, bottom = verdict.box
        touched = blocks.of_box(pair, (left - margin, top - margin, right + margin, bottom + margin))
        new = _Group(set(touched), [verdict.number], int(verdict.accepted), int(not verdict.accepted))
        for old in {id(groups[b]): groups[b] for b in touched if b in groups}.values():
            new.blocks |= old.blocks
            new.numbers += old.numbers
            new.accepted += old.accepted
            new.rejected += old.rejected
        for block in new.blocks:
            groups[block] = new
    return sorted({id(g): g for g in groups.values()}.values(), key=lambda g: min(g.numbers))


def _all(pairs: Sequence[JudgedPair]) -> Iterator[tuple[JudgedPair, Verdict]]:
    for pair in pairs:
        for verdict in pair.verdicts:
            yield pair, verdict


def _choose(groups: list[_Group], share: float, seed: int, need_rejected: bool) -> set[int] | None:
    """Numbers of the groups to hold out: of many draws the one whose shares of either verdict come closest."""
    accepted, rejected = sum(g.accepted for g in groups), sum(g.rejected for g in groups)
    rng = np.random.default_rng((seed, 21))
    best, least = None, math.inf
    for _ in range(_DRAWS):
        taken: set[int] = set()
        a = r = 0
        for k in rng.permutation(len(groups)):
            taken.add(int(k))
            a, r = a + groups[k].accepted, r + groups[k].rejected
            if a + r > 2 * share * (accepted + rejected) or a == accepted or (need_rejected and r == rejected):
                break
            if not a or (need_rejected and not r):
                continue
            far = abs(a / accepted - share) + (abs(r / rejected - share) if rejected else 0.0)
            if far < least - 1e-12:
                best, least = set(taken), far
    return best
