"""Pictures for the report, all inline: residual vectors, their histogram, and two epochs that take turns (a blink)."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np

from ..common.packages import need
from ..common.words import Grid, Series
from .stored import values_of
from .ties import TiePoints
from .warp import NODATA

SIZE = 360
#: Of this many epochs blinks are shown: each is some 30 kB of the page.
MOST_BLINKS = 60
_BINS = 20
#: Vectors drawn at most: more would hide one another, and make the page large.
_MOST_VECTORS = 500

STYLE = """
.blink{position:relative;display:inline-block;line-height:0;background:#888}
.blink img{position:absolute;left:0;top:0;animation:blink 1.6s steps(1,end) infinite}
@keyframes blink{0%{opacity:1}50%{opacity:0}100%{opacity:0}}
.blink:hover img{animation-play-state:paused}
@media (prefers-reduced-motion:reduce){.blink img{animation-duration:6s}}
"""


def vectors(name: str, ties: TiePoints, grid: Grid) -> str:
    """A figure of what is left at each tie point."""
    scale = SIZE / max(grid.width, grid.height)
    distance = ties.distance
    typical = float(np.percentile(distance, 90)) if len(distance) else 0.0
    # Enlarged so that nine in ten vectors stay under 18 screen pixels; a round number.
    enlarge = 10 ** math.floor(math.log10(18 / max(typical * scale, 1e-6)))
    enlarge *= max(1, int(18 / max(typical * scale, 1e-6) / enlarge))
    # Every so-maniest; a step that shares no factor with every fifth, which are the held-out ones.
    step = -(-len(distance) // _MOST_VECTORS)
    step += step % 5 == 0
    marks: Sequence[str] = [
        _vector(x * scale, y * scale, dx * scale * enlarge, dy * scale * enlarge, bool(held))
        for (x, y), (dx, dy), held in zip(
            ties.points[::step], ties.residuals[::step], ties.held_out[::step], strict=True
        )
        if math.hypot(dx, dy) * scale * enlarge < 120
    ]
    width, height = grid.width * scale, grid.height * scale
    drawn = f", {len(ties.points[::step])} of them drawn" if step > 1 else ""
    return (
        f"<figure><svg width='{width:.0f}' height='{height:.0f}' viewBox='0 0 {width:.1f} {height:.1f}' role='img' "
        f"aria-label='residual vectors of {escape(name, quote=True)}'>{''.join(marks)}</svg>"
        f"<figcaption>Residual vectors: median {np.median(distance):.2f} px, 95th percentile "
        f"{np.percentile(distance, 95):.2f} px, {len(distance)} of {ties.tried} windows{drawn}; enlarged "
        f"{enlarge:g} times; hollow: held out of the fit</figcaption></figure>"
    )


def _vector(x: float, y: float, dx: float, dy: float, held: bool) -> str:
    dot = "fill='none' stroke='#b04010'" if held else "fill='#204080'"
    return (
        f"<line x1='{x:.1f}' y1='{y:.1f}' x2='{x + dx:.1f}' y2='{y + dy:.1f}' stroke='#b04010' stroke-width='1'/>"
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='1.6' {dot}/>"
    )


def histogram(name: str, ties: TiePoints) -> str:
    """A figure of the residuals' lengths: tie points of the fit below, held-out ones on top."""
    distance = ties.distance
    top = max(0.1, math.ceil(10 * float(np.percentile(distance, 99))) / 10)
    edges = np.linspace(0, top, _BINS + 1)
    inside = np.minimum(distance, top * (1 - 1e-9))
    fitted, held = (np.histogram(inside[ties.held_out == out], edges)[0] for out in (False, True))
    most = max(int((fitted + held).max()), 1)
    width, height, left, bottom = SIZE, 204, 34, 34
    step, tall = (width - left - 8) / _BINS, height - bottom - 10
    bars = []
    for k, (a, b) in enumerate(zip(fitted.tolist(), held.tolist(), strict=True)):
        x, low = left + k * step, height - bottom
        for count, colour in ((a, "#204080"), (b, "#d08050")):
            if count:
                up = tall * count / most
                low -= up
                bars.append(
                    f"<rect x='{x:.1f}' y='{low:.1f}' width='{step - 1:.1f}' height='{up:.1f}' fill='{colour}'/>"
                )
    labels = [
        f"<text x='{left + f * (width - left - 8):.0f}' y='{height - 20}' text-anchor='{anchor}'>{f * top:.2g}</text>"
        for f, anchor in ((0, "middle"), (0.5, "middle"), (1, "end"))
    ]
    labels.append(f"<text x='{left - 4}' y='18' text-anchor='end'>{most}</text>")
    labels.append(f"<text x='{width / 2:.0f}' y='{height - 5}' text-anchor='middle'>residual, pixels</text>")
    axis = f"<path d='M{left} 8V{height - bottom}H{width - 8}' fill='none' stroke='#666'/>"
    return (
        f"<figure><svg width='{width}' height='{height}' viewBox='0 0 {width} {height}' role='img' font-size='11' "
        f"aria-label='histogram of the residuals of {escape(name, quote=True)}'>{''.join(bars)}{axis}"
        f"{''.join(labels)}</svg><figcaption>How long the residuals are: {int(fitted.sum())} tie points of the fit "
        f"(blue), {int(held.sum())} held out of it (orange)</figcaption></figure>"
    )


def blinks(series: Series) -> tuple[str, Mapping[str, str]]:
    """(style, product id -> a figure in which the epoch and the reference take turns).

    One stretch for all, nodata grey. The style holds the reference's picture, once for all figures.
    """
    cv2 = need("cv2")
    reference = _small(series.epoch(series.reference).raster, series.grid)
    seen = reference[reference != NODATA]
    if seen.size == 0:
        return "", {}
    low, high = (float(v) for v in np.percentile(seen, (1, 99)))
    rows, columns = reference.shape
    under = f".ref{{width:{columns}px;height:{rows}px;background:url({_image(cv2, reference, low, high)})}}"
    found = {}
    for epoch in [e for e in series.epochs if e.product_id != series.reference][:MOST_BLINKS]:
        over = _image(cv2, _small(epoch.raster, series.grid), low, high)
        name = escape(epoch.product_id, quote=True)
        found[epoch.product_id] = (
            f"<figure><div class='blink'><div class='ref'></div>"
            f"<img src='{over}' width='{columns}' height='{rows}' alt='{name}'></div>"
            f"<figcaption>Blink: {name} and the reference in turn. What jumps is not registered or has changed; hold "
            f"the mouse on it to stop it.</figcaption></figure>"
        )
    return under, found


def _small(raster: Path, grid: Grid) -> np.ndarray:
    factor = max(1, -(-max(grid.width, grid.height) // SIZE))
    shape = (-(-grid.height // factor), -(-grid.width // factor))
    return values_of(raster, out_shape=shape)[0]


def _image(cv2: object, values: np.ndarray, low: float, high: float) -> str:
    """A JPEG as a data URI; the fixed grey of nodata does not blink."""
    scaled = (values - low) / max(high - low, 1e-12) * 254 + 1
    grey = np.where(values == NODATA, 136, np.clip(scaled, 0, 255)).astype(np.uint8)
    done, data = cv2.imencode(".jpg", grey, [1, 80])  # type: ignore[attr-defined]
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode() if done else ""
