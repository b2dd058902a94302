"""What an eye could see: how an object's difference stands out of what the unchanged ground shows at its own width.

An object of width w is compared with the *no-change* difference of the two dates (another sun, sensor noise, but the
dates in register: a person follows the ground where it is displaced), filtered to its own width, and a part of the
ground's texture, which distracts even where it is the same. ``strength`` is its mean difference over the local
deviation of that. ``rose`` gathers it along the object, by the square root of the number of squares of w along it,
sixteen at most. An object is visible from ``ROSE`` on: the eye needs a signal of three to five times the noise
(Rose 1948, J. Opt. Soc. Am. 38, 196). The measure knows nothing of any model.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need
from .fields import FWHM, Array
from .marks import soften

#: From this ``rose`` on an object is visible.
ROSE = 4.0
#: Part of the texture common to both dates that counts as noise.
TEXTURE = 0.3
#: Most squares that are gathered along an object.
LONGEST = 16.0


class Ground:
    """The no-change difference of two dates, and how it varies around a place, by width."""

    def __init__(self, first: Array, second: Array, noise_variance: float) -> None:
        """``first``, ``second``: brightness without change, about 1, (H, W), in register, no noise; ``noise_variance``:
        of the difference's white noise a pixel (0 where the images hold it already)."""
        self._difference, self._texture = second - first, first
        self._noise = noise_variance
        self._known: dict[int, tuple[Array, int]] = {}

    def deviation(self, width: float, where: NDArray[np.bool_], top: int, left: int) -> float:
        """At that width (px), around the marked pixels of a window whose corner is (top, left)."""
        level = int(np.clip(round(math.log2(max(width, 1.0))), 0, 5))
        if level not in self._known:
            self._known[level] = self._map(2.0**level)
        sigma, factor = self._known[level]
        y, x = np.nonzero(where[::2, ::2] if where[::2, ::2].any() else where)
        step = 2 if where[::2, ::2].any() else 1
        row = np.minimum((y * step + top) // factor, sigma.shape[0] - 1)
        column = np.minimum((x * step + left) // factor, sigma.shape[1] - 1)
        return float(np.median(sigma[row, column]))

    def _map(self, width: float) -> tuple[Array, int]:
        """Local deviation at ``width``, on a grid coarser by the second value."""
        cv2 = need("cv2")
        factor = max(int(width / 4), 1)
        k = width / FWHM
        total = np.zeros((1, 1), np.float32)
        for image, weight in ((self._difference, 1.0), (self._texture, TEXTURE**2)):
            if factor > 1:
                size = (max(image.shape[1] // factor, 4), max(image.shape[0] // factor, 4))
                image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
            # The area mean of the coarser grid has blurred it already.
            fine = soften(image, math.sqrt(max((k / factor) ** 2 - (1 / 12 if factor > 1 else 0), 0)))
            band = fine - soften(image, 3 * k / factor)
            reach = int(max(8, 4 * width) / factor) * 2 + 1
            local = cv2.boxFilter(band * band, -1, (reach, reach), borderType=cv2.BORDER_REFLECT) * np.float32(weight)
            total = total + local
        white = self._noise * min(1.0, 1.0 / (4.0 * math.pi * k * k))
        return np.sqrt(total + np.float32(white) + np.float32(1e-10)), factor


def rose_of(strength: float, width: float, length: float) -> float:
    """``strength`` gathered along an object of that width and length, px."""
    return strength * math.sqrt(min(max(length / max(width, 1.0), 1.0), LONGEST))
