"""How one date comes to us: displaced by what registration left, blurred, hazed, noisy, coded. Never change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need
from . import patch_nuisance as nuisance
from .fields import Array, grid, smooth_field
from .marks import soften

#: Largest displacement, px: parallax on steep ground reaches 9 in the real anaglyph pairs.
FARTHEST = 10.0


@dataclass(frozen=True)
class Residual:
    """Displacement (dy, dx) in px, (n, n), its RMS over the patch, and the brightness of a CCD seam's far side."""

    dy: Array
    dx: Array
    rms: float
    gain: Array | None


def draw_residual(
    rng: np.random.Generator, height: Array, hard: float, near: bool, margin: int, recipe: dict[str, Any]
) -> Residual:
    """What registration leaves. ``near``: like a well registered pair of one season, under 0.3 px RMS. Otherwise a
    smooth warp to 3 px, parallax along x with the height to 9 px, a seam, line jitter, by ``hard`` 0..1."""
    n = height.shape[0]
    shape = (n, n)
    inner = np.s_[margin : n - margin, margin : n - margin]
    cells = int(rng.integers(1, 8))
    dy, dx = smooth_field(rng, shape, cells), smooth_field(rng, shape, cells)
    gain = None
    wanted = float(rng.uniform(0.02, 0.3) if near else min(0.1 + rng.gamma(1.6, 0.1 + 0.55 * hard), 3.0))
    draw = rng.random()
    parallax = 0.0
    if draw < (0.1 if near else 0.25):
        low, high = (0.05, 0.3) if near else (0.2, 1.0 + 2.5 * hard)
        parallax = float(np.exp(rng.uniform(math.log(low), math.log(high)))) * (1.0 if rng.random() < 0.5 else -1.0)
    if rng.random() < 0.12:
        # Jitter: whole lines move together, a dozen pixels of period to tens.
        rows, _ = grid(*shape)
        wave = np.sin(rows * np.float32(2 * math.pi / rng.uniform(12, 80)) + np.float32(rng.uniform(0, 6.28)))
        dx, dy = dx + np.float32(0.8) * wave, dy + np.float32(0.4) * wave
        recipe["jitter"] = True
    if rng.random() < 0.12:
        side, step, jump = nuisance.seam(rng, n, float(rng.normal(0, 1.2)))
        dy = dy + jump
        gain = (1.0 + np.float32(step) * side).astype(np.float32)
        recipe["seam"] = True
    rms = float(np.sqrt(np.mean(dy[inner] ** 2 + dx[inner] ** 2))) + 1e-9
    dy, dx = dy * np.float32(wanted / rms), dx * np.float32(wanted / rms)
    if parallax:
        # Stereo: mostly across the track, that is along x.
        dx = dx + np.float32(parallax) * height
        dy = dy + np.float32(parallax * rng.normal(0, 0.1)) * height
        recipe["parallax_px"] = parallax
        rms = float(np.sqrt(np.mean(dy[inner] ** 2 + dx[inner] ** 2)))
        if near and rms > 0.3:
            dy, dx = dy * np.float32(0.3 / rms), dx * np.float32(0.3 / rms)
    dy, dx = np.clip(dy, -FARTHEST, FARTHEST), np.clip(dx, -FARTHEST, FARTHEST)
    rms = float(np.sqrt(np.mean(dy[inner] ** 2 + dx[inner] ** 2)))
    return Residual(dy, dx, rms, gain)


def displaced(
    rng: np.random.Generator, image: Array, seen: NDArray[np.bool_], residual: Residual
) -> tuple[Array, NDArray[np.bool_]]:
    """The image with that displacement, resampled once: linear, cubic, or Lanczos."""
    cv2 = need("cv2")
    rows, columns = grid(*image.shape)
    if residual.gain is not None:
        image = image * residual.gain
    x, y = columns + residual.dx, rows + residual.dy
    how = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)[int(rng.choice(3, p=[0.35, 0.5, 0.15]))]
    moved = cv2.remap(image, x, y, how, borderMode=cv2.BORDER_REPLICATE)
    if not seen.all():
        seen = cv2.remap(seen.astype(np.float32), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) > 0.99
    return moved, seen


@dataclass(frozen=True)
class Sensors:
    """Noise of both dates over mean brightness, and PSF sigma of both in px."""

    noise: tuple[float, float]
    psf: tuple[float, float]


def draw_sensors(rng: np.random.Generator, contrast: float, hard: float, recipe: dict[str, Any]) -> Sensors:
    """Noise as of a sensor (S/N 40..300), or set against the ground's own contrast, as at native scale."""
    if rng.random() < 0.6:
        noise = 1.0 / float(np.exp(rng.uniform(math.log(40), math.log(300))))
    else:
        noise = contrast * float(np.exp(rng.uniform(math.log(0.05), math.log(1.0))))
    noise = min(noise, 0.06)
    other = noise if rng.random() < 0.6 else min(noise * float(np.exp(rng.normal(0, 0.4))), 0.08)
    psf = float(rng.uniform(0.25, 0.9))
    second = float(np.clip(psf + rng.normal(0, 0.1 + 0.4 * hard), 0.2, 1.6))
    pair = (psf, second) if rng.random() < 0.5 else (second, psf)
    recipe.update(noise=[noise, other], psf_px=list(pair))
    return Sensors((noise, other), pair)


def seen_by_sensor(
    rng: np.random.Generator, image: Array, psf: float, noise: float, level: float, hard: float, margin: int
) -> tuple[Array, dict[str, Any]]:
    """One date's own optics, pixel scale, haze, veil, drift, noise, stripes, tone curve, gain and coding. ``image`` is
    brightness about ``level``, (n, n)."""
    n = image.shape[0]
    drawn: dict[str, Any] = {}
    image = soften(image, psf)
    if rng.random() < 0.15:
        drawn["resampled"] = float(rng.uniform(0.55, 1.0))
        image = coarser(image, drawn["resampled"])
    if rng.random() < 0.12 + 0.2 * hard:
        drawn["veil"] = float(rng.uniform(0.0, 0.35))
        image = nuisance.dust(image, level, drawn["veil"], smooth_field(rng, (n, n), int(rng.integers(1, 4))))
    if rng.random() < 0.4:
        drawn["drift"] = float(rng.uniform(0.0, 0.02 + 0.1 * hard))
        image = image * (1.0 + np.float32(drawn["drift"]) * smooth_field(rng, (n, n), int(rng.integers(1, 3))))
    white = rng.standard_normal((n, n), dtype=np.float32)
    if rng.random() < 0.5:
        # Resampled with the image, as a map projection leaves it.
        white = soften(white, float(rng.uniform(0.3, 0.8)))
        white *= np.float32(1.0 / (float(white[::3, ::3].std()) + 1e-9))
    image = image + np.float32(noise * math.sqrt(level)) * np.sqrt(np.clip(image, 0.05 * level, 4 * level)) * white
    if rng.random() < 0.12:
        drawn["stripes"] = float(rng.uniform(0.1, 0.6))
        image = image + np.float32(noise * level * drawn["stripes"]) * nuisance.columns_pattern(rng, n)
    if rng.random() < 0.3:
        drawn["gamma"] = float(np.exp(rng.normal(0, 0.15)))
        image = np.float32(level) * np.maximum(image / np.float32(level), 0.01) ** np.float32(drawn["gamma"])
    gain, offset = float(np.exp(rng.normal(0, 0.2))), float(rng.normal(0, 0.15) * level)
    image = image * np.float32(gain) + np.float32(max(offset, -0.3 * gain * level))
    low, high = (float(v) for v in np.quantile(image[margin:-margin:5, margin:-margin:5], (0.002, 0.998)))
    room = 0.15 * (high - low) + 1e-6
    low, high = low - room, high + room
    coding = rng.random()
    if coding < 0.3:
        drawn["jpeg"] = int(rng.integers(35, 96))
        image = coded(image, drawn["jpeg"], low, high)
    elif coding < 0.55:
        drawn["bits"] = 8
        image = nuisance.quantised(image, 8, low, high)
    else:
        drawn["bits"] = 10
        image = nuisance.quantised(image, 10, 0.0, max(2.2 * high, 1e-6))
    drawn.update(gain=gain, offset=offset)
    return np.maximum(image, np.float32(1e-4)), drawn


def coarser(image: Array, factor: float) -> Array:
    """As seen at ``factor`` (< 1) of the resolution, on the same grid."""
    cv2 = need("cv2")
    n = image.shape[0]
    small = max(round(n * factor), 8)
    coarse = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    back: Array = cv2.resize(coarse, (n, n), interpolation=cv2.INTER_LINEAR)
    return back


def coded(image: Array, quality: int, low: float, high: float) -> Array:
    """As after JPEG of an 8-bit stretch from ``low`` to ``high``."""
    cv2 = need("cv2")
    scale = 255.0 / (high - low)
    levels = np.clip(np.rint((image - np.float32(low)) * np.float32(scale)), 0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    back = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return back.astype(np.float32) * np.float32(1 / scale) + np.float32(low)
