"""What the camera makes of the ground: point spread, noise, ten-bit numbers.

HiRISE RDRs hold DN 3..1021, I/F = DN * SCALING_FACTOR + OFFSET; 0 is no data, 1 and 2 low, 1022 and 1023 high
saturation (reference archives.md section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fields import Array, blur

NULL, LOW_REPR, LOW_INSTR, HIGH_INSTR, HIGH_REPR = 0, 1, 2, 1022, 1023
DN_LOW, DN_HIGH = 3, 1021


@dataclass(frozen=True)
class Sensor:
    """``psf_px``: Gaussian sigma of the optics; ``snr``: signal to noise at I/F 0.1; ``stripes``: column noise."""

    psf_px: float = 0.55
    snr: float = 130.0
    stripes: float = 0.25


def expose(rng: np.random.Generator, reflectance: Array, sensor: Sensor) -> Array:
    """I/F as the sensor has it: blurred, with shot noise (deviation as the square root of the signal) and columns."""
    seen = blur(reflectance, sensor.psf_px)
    deviation = (0.1 / sensor.snr) * np.sqrt(np.clip(seen, 1e-4, None) / np.float32(0.1))
    noise = rng.standard_normal(seen.shape, dtype=np.float32)
    if sensor.stripes:
        noise = noise + np.float32(sensor.stripes) * rng.standard_normal((1, seen.shape[1]), dtype=np.float32)
    return (seen + deviation * noise).astype(np.float32)


def to_dn(reflectance: Array, share: float = 0.0005) -> tuple[NDArray[np.uint16], float, float]:
    """(DN uint16, scaling factor, offset), with I/F = DN * factor + offset for DN 3..1021.

    NaN becomes 0. ``share`` of the pixels may fall beyond either end: they become 1 (low) or 1023 (high), as
    representation saturation. The outermost of them, above twice the range's excess, count as 1022 or 2.
    """
    seen = np.isfinite(reflectance)
    dn = np.zeros(reflectance.shape, np.uint16)
    if not seen.any():
        return dn, 1.0, 0.0
    values = reflectance[seen]
    sample = values[:: max(values.size // 1_000_000, 1)]
    low, high = (float(v) for v in np.quantile(sample, (share, 1.0 - share)))
    room = max(0.02 * (high - low), 1e-6)
    low, high = max(low - room, 0.0), high + room
    factor = (high - low) / (DN_HIGH - DN_LOW)
    offset = low - DN_LOW * factor
    level = np.rint((values - offset) / factor)
    coded = np.clip(level, DN_LOW, DN_HIGH).astype(np.uint16)
    coded[level > DN_HIGH] = HIGH_REPR
    coded[level < DN_LOW] = LOW_REPR
    span = DN_HIGH - DN_LOW
    coded[level > DN_HIGH + span] = HIGH_INSTR
    coded[level < DN_LOW - span] = LOW_INSTR
    dn[seen] = coded
    return dn, factor, offset


def from_dn(dn: NDArray[np.uint16], factor: float, offset: float) -> Array:
    """I/F of DNs, NaN where the DN is special."""
    value = dn.astype(np.float32) * np.float32(factor) + np.float32(offset)
    return np.where((dn >= DN_LOW) & (dn <= DN_HIGH), value, np.float32(np.nan))
