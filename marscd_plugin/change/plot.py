"""A small drawing of seasonal curves as SVG: no library, crisp at any size, readable on its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from .curve import CurvePoint, by_year

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 128, 40, 52
#: Colours that colour-blind readers tell apart (Okabe and Ito 2008), one a Mars Year.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
#: A date that sees less than this of what ever changed is drawn hollow.
WHOLE = 0.9
#: The sign of one image that stands apart.
_CROSS, _SUSPECT = "\u00d7", "image in doubt"


def seasonal_svg(points: Sequence[CurvePoint], title: str, value: str = "seen") -> str:
    """Changed area (``seen``, or ``appeared``, ``faded``) in m2 against Ls 0..360, one line a Mars Year.

    A point is hollow where the date sees less than 90 % of the ground that ever changed, crossed where the image as a
    whole stands apart.
    """
    drawn = [p for p in points if getattr(p, value) is not None]
    top = nice_top(max((float(getattr(p, value)) for p in drawn), default=1.0))
    greatest = max((p.known or 0.0 for p in drawn), default=0.0)
    plot_width, plot_height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def x(ls: float) -> float:
        return _LEFT + plot_width * ls / 360.0

    def y(area: float) -> float:
        return _TOP + plot_height * (1.0 - area / top)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="system-ui,sans-serif" font-size="13" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="15" font-weight="600">{escape(title)}</text>',
        *_axes(x, y, top),
    ]
    for number, (year, of_year) in enumerate(by_year(drawn).items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [(x(p.solar_longitude), y(float(getattr(p, value)))) for p in of_year]
        if len(places) > 1:
            line = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        for point, (px, py) in zip(of_year, places, strict=True):
            parts.append(_mark(point, px, py, colour, greatest, value))
        key = _TOP + 10 + 20 * number
        parts.append(f'<circle cx="{WIDTH - _RIGHT + 20}" cy="{key}" r="4.5" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - _RIGHT + 32}" y="{key + 4}">MY {year}</text>')
    if any(p.suspect for p in drawn):
        parts.append(f'<text x="{WIDTH - _RIGHT + 14}" y="{HEIGHT - _BOTTOM}" fill="#555">{_CROSS} {_SUSPECT}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def nice_top(value: float) -> float:
    """The least of 1, 2, 2.5 and 5 times a power of ten that is not below ``value`` (1 for nothing)."""
    if not value > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in (1.0, 2.0, 2.5, 5.0, 10.0) if power * step >= value * (1 - 1e-9))


def _axes(x: Callable[[float], float], y: Callable[[float], float], top: float) -> list[str]:
    parts = []
    for step in range(5):
        area = top * step / 4
        parts.append(
            f'<line x1="{x(0):.1f}" y1="{y(area):.1f}" x2="{x(360):.1f}" y2="{y(area):.1f}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 8}" y="{y(area) + 4:.1f}" text-anchor="end">{area:,.6g}</text>'
        )
    for ls in range(0, 361, 30):
        parts.append(
            f'<line x1="{x(ls):.1f}" y1="{y(0):.1f}" x2="{x(ls):.1f}" y2="{y(0) + 5:.1f}" stroke="#555"/>'
            f'<text x="{x(ls):.1f}" y="{y(0) + 19:.1f}" text-anchor="middle">{ls}</text>'
        )
    parts.append(f'<line x1="{x(0):.1f}" y1="{y(0):.1f}" x2="{x(360):.1f}" y2="{y(0):.1f}" stroke="#555"/>')
    middle = (y(0) + y(top)) / 2
    parts.append(f'<text x="{x(180):.1f}" y="{HEIGHT - 12}" text-anchor="middle">Solar longitude Ls (degrees)</text>')
    parts.append(
        f'<text x="16" y="{middle:.1f}" text-anchor="middle" transform="rotate(-90 16 {middle:.1f})">'
        "Changed area (m²)</text>"
    )
    return parts


def _mark(point: CurvePoint, px: float, py: float, colour: str, greatest: float, value: str) -> str:
    area = float(getattr(point, value))
    partly = value == "seen" and greatest > 0 and (point.known or 0.0) < WHOLE * greatest
    fill = "#fff" if partly else colour
    words = f"{point.time.date().isoformat()}, MY {point.mars_year}, Ls {point.solar_longitude:.1f}: {area:,.1f} m²"
    words += f" ({point.product_id})" if point.product_id else ""
    mark = f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4.5" fill="{fill}" stroke="{colour}" stroke-width="1.6">'
    mark += f"<title>{escape(words)}</title></circle>"
    if point.suspect:
        mark += f'<text x="{px:.1f}" y="{py - 8:.1f}" text-anchor="middle" fill="#555">{_CROSS}</text>'
    return mark
