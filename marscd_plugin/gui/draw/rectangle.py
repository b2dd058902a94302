"""A rectangle from two corners."""

from __future__ import annotations


def rectangle(a: tuple[float, float], b: tuple[float, float]) -> list[tuple[float, float]]:
    """The corners of the box with these two opposite corners."""
    return [(a[0], a[1]), (b[0], a[1]), (b[0], b[1]), (a[0], b[1])]
