"""Small pieces of HTML that the reports share: everything that goes in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1200px;padding:0 1em;color:#222}
h1{font-size:1.6em}h2{font-size:1.25em;margin-top:2em;border-top:1px solid #ccc;padding-top:1em}
figure{display:inline-block;margin:0 .6em .6em 0;max-width:32%;vertical-align:top}figure img{max-width:100%}
figcaption{font-size:.85em;color:#555}table{border-collapse:collapse;font-size:.85em;margin:.6em 0}
td,th{border:1px solid #ddd;padding:.2em .5em;text-align:right}th{background:#f4f1ee}
td.t{text-align:left}.warn{background:#fff4e0;border-left:4px solid #d98200;padding:.4em .8em;margin:.4em 0}
pre{background:#f6f6f6;padding:.6em;overflow-x:auto;font-size:.8em}
"""


def page(title: str, *body: str) -> str:
    """A whole document. ``title`` is escaped here, ``body`` is HTML."""
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head>'
    inside = "\n".join((f"<h1>{escape(title)}</h1>", *body))
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body>\n{inside}\n</body></html>\n'


def table(heads: Sequence[str], rows: Sequence[Sequence[str | tuple[str]]]) -> str:
    """A table of text. A cell in a one-tuple is set to the left, others (numbers) to the right."""
    head = "".join(f"<th>{escape(h)}</th>" for h in heads)
    lines = ["".join(map(_cell, row)) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in ([head] if head else []) + lines) + "</table>"


def warning(text: str) -> str:
    """A paragraph that stands out."""
    return f'<p class="warn">{escape(text)}</p>'


def figure(address: str, caption: str) -> str:
    """A picture with its caption."""
    text = escape(caption)
    return f'<figure><img src="{escape(address)}" alt="{text}"><figcaption>{text}</figcaption></figure>'


def number(value: float | None, digits: int) -> str:
    """A number with thousands separators; a dash where it is unknown."""
    return "-" if value is None else f"{value:,.{digits}f}"


def _cell(value: str | tuple[str]) -> str:
    if isinstance(value, tuple):
        return f'<td class="t">{escape(value[0])}</td>'
    return f"<td>{escape(value)}</td>"
