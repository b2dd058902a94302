"""Screen, then refine: a fast model looks at everything, the better one only where the fast one sees anything at all.

The screen is trained to miss nothing, and its card's threshold is far below what would be drawn on a map. A tile's
core is divided into cells; those in which the screen's answer reaches its threshold, and a margin around the place
where it does, are run by the model. What is not run gets the probability 0, so with a screen a map may lack what the
screen missed, and nothing else: docs/models.md says how much that was.
"""

from __future__ import annotations

import numpy as np

from ..common.errors import ModelError
from .models import find_model
from .session import Context, Model, load_model

#: Edge of a cell in pixels: a smaller one would cost more in halos than it saves.
CELL = 128

#: What the screen sees this close to a cell's edge is run in the neighbouring cell as well.
MARGIN = 24


def check_screen(model: Model, screen: Model) -> None:
    """Raise ModelError where ``screen`` cannot screen for ``model``: other inputs, other normalisation, wider halo."""
    one, two = model.card, screen.card
    if (
        one.inputs != two.inputs
        or one.normalisation != two.normalisation
        or one.multiple % two.multiple
        or two.halo > one.halo
    ):
        raise ModelError(
            f"The model {two.name} cannot screen for {one.name}: they do not take the same images.",
            f"Use {one.screen or 'no screen'}.",
        )


def load_screen(model: Model, threads: int | None = None) -> Model | None:
    """The screen that the model's card names, on the model's device; None where it names none. Raises ModelError."""
    if not model.card.screen:
        return None
    screen = load_model(find_model(model.card.screen), model.device.split()[0], threads)
    check_screen(model, screen)
    return screen


def boxes_to_refine(
    screen: Model, arrays: list[np.ndarray], counted: np.ndarray, halo: int, context: Context
) -> list[tuple[slice, slice]]:
    """Parts of a tile's core (rows, columns) to be run: together they hold every place that the screen marks.

    ``arrays`` reach ``halo`` pixels beyond the core on every side; ``counted`` (rows, columns) are its valid pixels.
    """
    cut = halo - _up(screen.card.halo, screen.card.multiple)
    images = [np.ascontiguousarray(a[cut : a.shape[0] - cut, cut : a.shape[1] - cut])[None, None] for a in arrays]
    inner = halo - cut
    height, width = counted.shape
    seen = screen.run(*images, context=context)[0, 0, inner : inner + height, inner : inner + width]
    rows, columns = np.nonzero((seen >= screen.card.threshold) & counted)
    wanted = np.zeros((-(-height // CELL), -(-width // CELL)), bool)
    for dy in (-MARGIN, 0, MARGIN):
        for dx in (-MARGIN, 0, MARGIN):
            y, x = np.clip(rows + dy, 0, height - 1), np.clip(columns + dx, 0, width - 1)
            wanted[y // CELL, x // CELL] = True
    return [
        (
            slice(top * CELL, min(bottom * CELL, height)),
            slice(left * CELL, min(right * CELL, width)),
        )
        for top, bottom, left, right in rectangles(wanted)
    ]


def rectangles(wanted: np.ndarray) -> list[tuple[int, int, int, int]]:
    """(top, bottom, left, right), in cells, of rectangles that do not overlap and cover all that is wanted.

    Runs of a row are joined with equal runs of the rows below. Where most of a tile is wanted it is taken whole: its
    parts' halos would cost more.
    """
    if wanted.mean() > 0.4:
        return [(0, wanted.shape[0], 0, wanted.shape[1])]
    made: list[tuple[int, int, int, int]] = []
    free = wanted.copy()
    for top, left in np.argwhere(wanted):
        if not free[top, left]:
            continue
        right = left + 1
        while right < wanted.shape[1] and free[top, right]:
            right += 1
        bottom = top + 1
        while bottom < wanted.shape[0] and free[bottom, left:right].all():
            bottom += 1
        free[top:bottom, left:right] = False
        made.append((int(top), int(bottom), int(left), int(right)))
    return made


def _up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple
