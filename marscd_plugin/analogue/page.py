"""Small pieces of HTML that the reports of this room share: everything that goes in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1200px;padding:0 1em;color:#222;background:#fff}
h1{font-size:1.6em}h2{font-size:1.25em;margin-top:2em;border-top:1px solid #ccc;padding-top:1em}
table{border-collapse:collapse;font-size:.85em;margin:.6em 0}
td,th{border:1px solid #ddd;padding:.2em .5em;text-align:right}th{background:#f4f1ee}
td.t{text-align:left}td.own{background:#dff0d8;font-weight:bold}td.rival{background:#fbe3d6}
.warn{background:#fff4e0;border-left:4px solid #d98200;padding:.4em .8em;margin:.4em 0}
.lead{font-size:1.15em;background:#eef5fb;border-left:4px solid #2b6ca3;padding:.6em .9em}
.lead.weak{background:#fff4e0;border-left-color:#d98200}
figure{margin:.6em 0}figure img{max-width:100%}figcaption{font-size:.85em;color:#555}
.pairs{display:flex;flex-wrap:wrap;gap:1em}.pair{border:1px solid #ddd;padding:.5em;width:340px}
.pair.weak{border-color:#d98200}.pair img{width:160px;height:160px;image-rendering:auto}
.pair p{margin:.3em 0 0;font-size:.85em}
pre{background:#f6f6f6;padding:.6em;overflow-x:auto;font-size:.8em;white-space:pre-wrap}
"""


#: Text, or (text,) to be set to the left, or (text, class).
Cell = str | tuple[str, ...]


def page(title: str, *body: str) -> str:
    """A whole document. ``title`` is escaped here, ``body`` is HTML."""
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head>'
    inside = "\n".join((f"<h1>{escape(title)}</h1>", *body))
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body>\n{inside}\n</body></html>\n'


def lead(text: str, weak: bool = False) -> str:
    """What a reader should take away, first."""
    return f'<p class="lead{" weak" if weak else ""}">{escape(text)}</p>'


def warning(text: str) -> str:
    """A paragraph that stands out."""
    return f'<p class="warn">{escape(text)}</p>'


def paragraph(text: str) -> str:
    """Plain text."""
    return f"<p>{escape(text)}</p>"


def table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table of text. A cell in a tuple is set to the left; its second element, if any, is a CSS class instead."""
    head = "".join(f"<th>{escape(h)}</th>" for h in heads)
    lines = ["".join(map(_cell, row)) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in ([head] if head else []) + lines) + "</table>"


def figure(address: str, caption: str) -> str:
    """A picture with its caption."""
    text = escape(caption)
    return f'<figure><img src="{escape(address)}" alt="{text}"><figcaption>{text}</figcaption></figure>'


def number(value: float | None, digits: int) -> str:
    """A number with thousands separators; a dash where it is unknown."""
    return "-" if value is None or value != value else f"{value:,.{digits}f}"


def place(longitude: float | None, latitude: float | None) -> str:
    """Degrees as the field writes them, such as ``67.2900° E, 9.1200° N``; a dash where unknown."""
    if longitude is None or latitude is None or longitude != longitude or latitude != latitude:
        return "-"
    east, north = ("E" if longitude >= 0 else "W"), ("N" if latitude >= 0 else "S")
    return f"{abs(longitude):.4f}° {east}, {abs(latitude):.4f}° {north}"


def _cell(value: Cell) -> str:
    if isinstance(value, tuple):
        kind = value[1] if len(value) > 1 else "t"
        return f'<td class="{escape(kind)}">{escape(value[0])}</td>'
    return f"<td>{escape(value)}</td>"
