"""Views of one piece of ground: turned, rescaled, relit, blurred, as another sensor or another day would show it.

Every view is drawn from the generator it is given and from nothing else. All functions work on single grey images in
0..1; the normalisation of the network (``inference.embedding.normalise_chips``) comes after them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..common.packages import need

Array = np.ndarray


@dataclass(frozen=True)
class ViewConfig:
    """What a view may differ by. ``scale``: edge of its window over the image's; chances 0..1 of each disturbance."""

    scale: tuple[float, float] = (0.5, 1.1)
    turn: bool = True
    stretch: float = 0.12
    shift: float = 0.06
    gamma: float = 0.45
    shading: float = 0.5
    relight: float = 0.4
    coarser: float = 0.4
    blur: float = 0.4
    noise: float = 0.5
    stripes: float = 0.08
    jpeg: float = 0.4
    missing: float = 0.06


#: No disturbance at all: the whole image.
PLAIN = ViewConfig((1.0, 1.0), False, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def window(
    image: Array,
    px: int,
    scale: float = 1.0,
    angle: float = 0.0,
    mirror: bool = False,
    stretch: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Array:
    """A square window of ``image`` (H, W; uint8 or float32) brought to (px, px) float32 in the image's unit.

    Its edge is ``scale`` times the image's shorter one, turned by ``angle`` (radians) about the middle moved by
    ``shift`` (shares of that edge), drawn out by ``stretch`` along one axis. Beyond the image its mirror image is seen.
    The image is averaged down first where the window holds many pixels, so nothing is aliased.
    """
    cv2 = need("cv2")
    side = min(image.shape)
    factor = side * scale / px
    source = image
    if factor > 1.3:
        source = cv2.resize(
            image,
            (max(2, round(image.shape[1] / factor * 1.15)), max(2, round(image.shape[0] / factor * 1.15))),
            interpolation=cv2.INTER_AREA,
        )
    rows, columns = source.shape
    step = min(rows, columns) * scale / px
    c, s = math.cos(angle) * step, math.sin(angle) * step
    across = -1.0 if mirror else 1.0
    a = np.array([[c * across * stretch, -s / stretch], [s * across * stretch, c / stretch]])
    middle = np.array([(columns - 1) / 2 + shift[0] * columns, (rows - 1) / 2 + shift[1] * rows])
    offset = middle - a @ np.array([(px - 1) / 2, (px - 1) / 2])
    return cv2.warpAffine(
        source.astype(np.float32),
        np.column_stack((a, offset)),
        (px, px),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT_101,
    )


def shade(image: Array, rng: np.random.Generator, most: float = 0.5) -> Array:
    """Light that falls off over the chip: times one plus a slope, up to ``most`` from middle to edge, any direction."""
    rows, columns = image.shape
    angle, size = rng.uniform(0, 2 * math.pi), rng.uniform(-most, most)
    y, x = np.linspace(-1, 1, rows, dtype=np.float32)[:, None], np.linspace(-1, 1, columns, dtype=np.float32)[None]
    return image * (1.0 + np.float32(size) * (math.cos(angle) * x + math.sin(angle) * y)).astype(np.float32)


def relight(image: Array, rng: np.random.Generator, most: float = 0.5) -> Array:
    """A little of the image's own slope towards a random direction added, as relief seen under a moved sun shows.

    Brightness stands in for height, which is a guess: no more than ``most`` of the image's own deviation comes in.
    """
    cv2 = need("cv2")
    smooth = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.8, 3.0))
    angle = rng.uniform(0, 2 * math.pi)
    slope = math.cos(angle) * cv2.Sobel(smooth, -1, 1, 0) + math.sin(angle) * cv2.Sobel(smooth, -1, 0, 1)
    spread = float(slope.std())
    if spread < 1e-6:
        return image
    return image + np.float32(rng.uniform(0.0, most) * float(image.std()) / spread) * slope


def tone(image: Array, rng: np.random.Generator, width: float = 0.45) -> Array:
    """Another response: a power of brightness, gain and haze. ``width``: deviation of the power's logarithm."""
    power = math.exp(np.clip(rng.normal(0.0, width), -2 * width, 2 * width))
    low, gain = rng.uniform(0.0, 0.4), rng.uniform(0.4, 1.0)
    return (np.clip(image, 0.0, 1.0) ** np.float32(power)) * np.float32(gain * (1 - low)) + np.float32(low)


def coarser(image: Array, factor: float) -> Array:
    """As a sensor with pixels ``factor`` (>= 1) times as wide would have seen it, on the same grid."""
    cv2 = need("cv2")
    px = image.shape[0]
    small = cv2.resize(image, (max(4, round(px / factor)),) * 2, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (px, px), interpolation=cv2.INTER_LINEAR)


def compressed(image: Array, quality: int) -> Array:
    """The image after JPEG of that quality (1..100)."""
    cv2 = need("cv2")
    low, high = float(image.min()), float(image.max())
    width = max(high - low, 1e-3)
    whole, coded = cv2.imencode(
        ".jpg", np.clip((image - low) / width * 255, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(quality)]
    )
    if not whole:
        return image
    return cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255 * width + low


def noisy(image: Array, rng: np.random.Generator, share: float) -> Array:
    """With noise of ``share`` of the image's own deviation in every pixel."""
    return image + np.float32(share * max(float(image.std()), 1e-3)) * rng.standard_normal(image.shape, np.float32)


def view(image: Array, px: int, rng: np.random.Generator, config: ViewConfig) -> Array:
    """One view (px, px) of ``image`` (uint8, or float32 0..255), float32 about 0..1, NaN where nothing is seen."""
    cv2 = need("cv2")
    low, high = config.scale
    made = window(
        image,
        px,
        math.exp(rng.uniform(math.log(low), math.log(high))),
        rng.uniform(0, 2 * math.pi) if config.turn else 0.0,
        config.turn and rng.random() < 0.5,
        math.exp(rng.uniform(-config.stretch, config.stretch)),
        (rng.uniform(-config.shift, config.shift), rng.uniform(-config.shift, config.shift)),
    ) / np.float32(255.0)
    for chance, change in (
        (config.relight, relight),
        (config.shading, shade),
        (1.0 if config.gamma else 0.0, lambda i, r: tone(i, r, config.gamma)),
        (config.coarser, lambda i, r: coarser(i, r.uniform(1.1, 2.6))),
        (config.blur, lambda i, r: cv2.GaussianBlur(i, (0, 0), r.uniform(0.3, 1.8))),
        (config.noise, lambda i, r: noisy(i, r, r.uniform(0.02, 0.35))),
        (config.stripes, _stripes),
        (config.jpeg, lambda i, r: compressed(i, int(r.integers(15, 90)))),
        (config.missing, _missing),
    ):
        if chance and rng.random() < chance:
            made = change(made, rng)
    return made.astype(np.float32)


def _stripes(image: Array, rng: np.random.Generator) -> Array:
    """Columns of a detector, or its rows, that answer a little differently."""
    offsets = rng.standard_normal(image.shape[1], np.float32) * np.float32(0.15 * max(float(image.std()), 1e-3))
    return image + (offsets[None, :] if rng.random() < 0.5 else offsets[:, None])


def _missing(image: Array, rng: np.random.Generator) -> Array:
    """A footprint's edge: beyond an oblique line nothing is seen."""
    px = image.shape[0]
    angle = rng.uniform(0, 2 * math.pi)
    y, x = np.mgrid[:px, :px]
    beyond = (x - px / 2) * math.cos(angle) + (y - px / 2) * math.sin(angle) > rng.uniform(0.25, 0.5) * px
    return np.where(beyond, np.float32(np.nan), image)


#: Kinds of disturbance under which a chip must be known again, each by itself and all together.
DISTURBANCES = ("turned", "rescaled", "relit", "blurred", "noise", "all together")


def disturbed(image: Array, px: int, kind: str, rng: np.random.Generator, base: float = 0.7) -> Array:
    """The middle ``base`` of ``image`` under one of ``DISTURBANCES``, (px, px) float32 in 0..1.

    turned: any angle; rescaled: a window 0.7 to 1.4 times as wide; relit: a slope of light, another power of
    brightness, haze, and some slope of the relief as brightness tells it; blurred: a Gaussian of 0.5 to 2 pixels or
    pixels up to twice as wide; noise: up to 30 % of the chip's own deviation, then JPEG of quality 30 to 90.
    With ``base`` 0.7 no window of a chip that is only turned, or only rescaled, reaches beyond the image.
    """
    together = kind == "all together"
    scale = math.exp(rng.uniform(math.log(0.7), math.log(1.4))) if together or kind == "rescaled" else 1.0
    angle = rng.uniform(0, 2 * math.pi) if together or kind == "turned" else 0.0
    made = window(image, px, base * scale, angle) / np.float32(255.0)
    if together or kind == "relit":
        made = tone(shade(relight(made, rng, 0.4), rng, 0.4), rng, 0.35)
    if together or kind == "blurred":
        cv2 = need("cv2")
        if rng.random() < 0.5:
            made = cv2.GaussianBlur(made, (0, 0), rng.uniform(0.5, 2.0))
        else:
            made = coarser(made, rng.uniform(1.1, 2.0))
    if together or kind == "noise":
        made = compressed(noisy(made, rng, rng.uniform(0.05, 0.3)), int(rng.integers(30, 91)))
    return made


def views(
    images: Sequence[Array], px: int, rng: np.random.Generator, config: ViewConfig, normalise: Callable[[Array], Array]
) -> Array:
    """One normalised view of each image, float32 (N, 1, px, px); ``normalise`` takes (N, px, px) with NaN."""
    return normalise(np.stack([view(image, px, rng, config) for image in images]))


def strip_config(config: ViewConfig, **changes: float) -> ViewConfig:
    """A configuration with some values changed, for ablations and user chips."""
    return replace(config, **changes)  # type: ignore[arg-type]
