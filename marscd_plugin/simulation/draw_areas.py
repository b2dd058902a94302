"""Change over an area: dune edges, ripples that migrated, frost and albedo patches. One mark an object."""

from __future__ import annotations

import math

import numpy as np

from .fields import Array, smooth_field, smoothstep
from .kinds import Kind
from .marks import Mark, Site, box, coordinates, strokes


def _window(rng: np.random.Generator, site: Site, low: float, high: float) -> tuple[int, int, int, int] | None:
    """A square window of a random edge (shares of the site), at a random place."""
    rows, columns = site.shape
    edge = rng.uniform(low, high) * min(rows, columns)
    x, y = rng.uniform(0.1, 0.9) * columns, rng.uniform(0.1, 0.9) * rows
    return box(site.shape, np.array([x]), np.array([y]), edge / 2)


def _island(window: tuple[int, int, int, int]) -> Array:
    """0 in the middle of the window, falling as the square to -3 at its edges: what is added to a random level so that
    its patches close before the window ends, as raggedly as the level is."""
    rows, columns = window[2:]
    dx, dy = coordinates((0, 0, rows, columns), (columns - 1) / 2, (rows - 1) / 2)
    return np.float32(-3.0) * ((dx * np.float32(2.0 / columns)) ** 2 + (dy * np.float32(2.0 / rows)) ** 2)


def dune_edge(rng: np.random.Generator, site: Site) -> list[Mark]:
    """A lobe of dark (or bright) sand whose lee edge moved by a few pixels; the rest of it stands in both dates."""
    window = _window(rng, site, 0.5, 1.3)
    if window is None:
        return []
    level = smooth_field(rng, window[2:], int(rng.integers(3, 7))) + 0.2 * smooth_field(rng, window[2:], 16)
    level = level + _island(window) + np.float32(rng.uniform(-0.2, 0.8))
    gy, gx = np.gradient(level)
    steep = np.sqrt(gx * gx + gy * gy) + 0.004
    shift = float(rng.uniform(1.5, 8.0))
    angle = rng.uniform(0, 2 * math.pi)
    advance = shift * np.clip(-(gx * math.cos(angle) + gy * math.sin(angle)) / steep, 0.0, 1.0)
    distance = level / steep
    soft = rng.uniform(0.6, 1.5)
    first, second = smoothstep(distance, -soft, soft), smoothstep(distance + advance, -soft, soft)
    contrast = float(rng.uniform(0.08, 0.35)) * (1.0 if rng.random() < 0.7 else -0.6)
    factors = [(1.0 - np.float32(contrast) * cover).astype(np.float32) for cover in (first, second)]
    return [Mark(Kind.DUNE, window[0], window[1], factors[0], factors[1], second - first > 0.5, "after", shift,
                 4 * shift, -contrast, "edge", True)]  # fmt: skip


def ripples(rng: np.random.Generator, site: Site) -> list[Mark]:
    """A field of ripples that moved downwind by a part of their wavelength: 6-28 px, a fifth to a half of it. The
    field stands in both dates; what is labelled is where crests came or went (Silvestro et al. 2010; Bridges et al.
    2012: metres of migration a Mars year)."""
    window = _window(rng, site, 0.25, 0.9)
    if window is None:
        return []
    wavelength = float(np.exp(rng.uniform(math.log(6), math.log(28))))
    angle = rng.uniform(0, 2 * math.pi)
    dx, dy = coordinates(window, float(window[1]), float(window[0]))
    cells = int(np.clip(max(window[2:]) / (2.5 * wavelength), 2, 30))
    phase = (dx * np.float32(math.cos(angle)) + dy * np.float32(math.sin(angle))) * np.float32(1 / wavelength)
    phase = phase + 0.3 * smooth_field(rng, window[2:], cells)
    moved = float(rng.uniform(0.2, 0.5))
    fade = smoothstep(_island(window) + smooth_field(rng, window[2:], 5) + 1.2, -0.8, 0.8)
    active = smoothstep(smooth_field(rng, window[2:], 3), -0.7, -0.2)
    relief = float(rng.uniform(0.06, 0.3))
    uneven = 1.0 + 0.25 * smooth_field(rng, window[2:], 20)
    # A sharper lee than windward side; the two suns shade it by how far they lie along the wind.
    factors: list[Array] = []
    shifts: tuple[Array, Array] = (np.zeros_like(active), (moved * active).astype(np.float32))
    for shift, sun, tangent in zip(shifts, site.suns, site.tangents, strict=True):
        along = sun[0] * math.cos(angle) + sun[1] * math.sin(angle)
        wave = np.sin((phase - shift) * np.float32(2 * math.pi))
        wave = uneven * wave + 0.35 * np.sin((phase - shift) * np.float32(4 * math.pi) + 0.8)
        # Crests stay darker or brighter by their grains where the sun stands along them.
        light = relief * (0.35 + 0.65 * abs(along)) * (1.0 if along >= 0 else -1.0) * min(tangent, 2.0) / 1.3
        factors.append((1.0 + np.float32(light) * fade * wave).astype(np.float32))
    swing = 0.35 * relief * (0.35 + 0.65 * abs(site.suns[1][0] * math.cos(angle) + site.suns[1][1] * math.sin(angle)))
    where = (np.abs(factors[1] - factors[0]) > max(0.8 * swing, 0.02)) & (active > 0.5)
    return [Mark(Kind.RIPPLE, window[0], window[1], factors[0], factors[1], where, "both", wavelength / 2,
                 4 * wavelength, -relief, "crests", True)]  # fmt: skip


def _patches(rng: np.random.Generator, site: Site, kind: Kind, contrast: float, edge: float, part: str) -> list[Mark]:
    """Ragged patches with an edge of ``edge`` px; in one of four they grow from what stood before."""
    window = _window(rng, site, 0.15, 1.0)
    if window is None:
        return []
    level = smooth_field(rng, window[2:], int(rng.integers(2, 6))) + 0.35 * smooth_field(rng, window[2:], 14)
    level = level + 0.15 * smooth_field(rng, window[2:], 40)
    level = level + _island(window) + np.float32(rng.uniform(0.0, 1.2))
    # Hollows and one side of relief keep frost longer.
    gx, gy = site.gradient
    cut = np.s_[window[0] : window[0] + window[2], window[1] : window[1] + window[3]]
    side = rng.uniform(0, 2 * math.pi)
    facing = gx[cut] * np.float32(math.cos(side)) + gy[cut] * np.float32(math.sin(side))
    level = level + np.float32(rng.uniform(0.0, 2.5)) * facing
    gy2, gx2 = np.gradient(level)
    scale = float(np.median(np.hypot(gx2, gy2))) + 1e-4
    whole = smoothstep(level, -scale * edge, scale * edge)
    mottle = 1.0 + 0.12 * smooth_field(rng, window[2:], 20)
    if rng.random() < 0.25:
        start = smoothstep(level - np.float32(scale * rng.uniform(6, 25)), -scale * edge, scale * edge)
    else:
        start = np.zeros(whole.shape, np.float32)
    before, after = (np.clip(1.0 + np.float32(contrast) * c * mottle, 0.3, 2.0) for c in (start, whole))
    where = whole - start > 0.5
    width = float(min(window[2], window[3]) / 3)
    return [Mark(kind, window[0], window[1], before if start.any() else None, after, where, "after", width, 2 * width,
                 contrast, part, True)]  # fmt: skip


def frost(rng: np.random.Generator, site: Site) -> list[Mark]:
    """Bright patches of frost with an edge of 1-5 px, that came or went."""
    return _patches(rng, site, Kind.FROST, float(rng.uniform(0.08, 0.6)), float(rng.uniform(1.0, 5.0)), "patch")


def albedo(rng: np.random.Generator, site: Site) -> list[Mark]:
    """Patches where dust was taken or laid down, or a dust devil's tracks: darker or brighter by 5-25 %."""
    contrast = float(rng.uniform(0.05, 0.25)) * (-1.0 if rng.random() < 0.65 else 1.0)
    if rng.random() < 0.65:
        return _patches(rng, site, Kind.ALBEDO, contrast, float(rng.uniform(1.0, 6.0)), "patch")
    rows, columns = site.shape
    marks = []
    for _ in range(int(rng.integers(1, 4))):
        angle = rng.uniform(0, 2 * math.pi)
        heading = angle + np.cumsum(rng.normal(0, 0.08, 80))
        x = rng.uniform(0, columns) + np.cumsum(4 * np.cos(heading)) - 100 * math.cos(angle)
        y = rng.uniform(0, rows) + np.cumsum(4 * np.sin(heading)) - 100 * math.sin(angle)
        width = float(np.exp(rng.uniform(math.log(2), math.log(14))))
        window = box(site.shape, x, y, width + 4)
        if window is None:
            continue
        varying = width * np.exp(np.cumsum(rng.normal(0, 0.05, 80)))
        cover = strokes(window, [(x, y, np.clip(varying, 1, 20))], 0.2 * width)
        factor = 1.0 - np.float32(abs(contrast)) * cover
        marks.append(Mark(Kind.ALBEDO, window[0], window[1], None, factor, cover > 0.5, "after", width, 300.0,
                          -abs(contrast), "track"))  # fmt: skip
    return marks
