"""A piece of simulated ground that any camera of the sandbox may look at: the same for the same seed."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

#: Reflectance of flat ground, about that of Mars's plains.
_PLAIN = 0.12


def heights(rows: int, columns: int, pixel: float, seed: int) -> NDArray[np.float64]:
    """Rough ground in metres, (rows, columns), north up: the steeper the coarser, as on Mars."""
    rng = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(rows, 1.0)[:, None], np.fft.rfftfreq(columns, 1.0)[None, :])
    frequency[0, 0] = 1.0
    spectrum = np.fft.rfft2(rng.normal(size=(rows, columns))) / frequency**1.6
    spectrum[0, 0] = 0.0
    ground = np.fft.irfft2(spectrum, s=(rows, columns))
    return ground * (0.12 * pixel / max(float(np.abs(np.gradient(ground)[0]).mean()), 1e-12))


def reflectance(
    ground: NDArray[np.float64], pixel: float, incidence: float, azimuth: float, seed: int = 0
) -> NDArray[np.float64]:
    """I/F of that ground under a sun (degrees from overhead, and clockwise from north), with a little noise."""
    down, right = np.gradient(ground, pixel)
    i, a = math.radians(incidence), math.radians(azimuth)
    east, north, up = math.sin(i) * math.sin(a), math.sin(i) * math.cos(a), math.cos(i)
    # Rows run southwards.
    light = (up - right * east + down * north) / np.sqrt(1 + down**2 + right**2)
    noise = np.random.default_rng(seed).normal(0.0, 0.002, ground.shape)
    return np.clip(_PLAIN * (light / up + noise), 0.01, 0.6)
