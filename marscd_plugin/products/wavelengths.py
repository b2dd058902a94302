"""The wavelength of each band of a cube, and which bands are bad: from GDAL's metadata, ENVI's or an ISIS label."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from osgeo import gdal

from ..common.errors import InputError
from .isis import cube_label, group

_UNITS = (("micro", 1000.0), ("um", 1000.0), ("µm", 1000.0), ("nano", 1.0), ("nm", 1.0))
_IN_TEXT = re.compile(r"(\d{1,5}(?:\.\d+)?)\s*(nanomet\w*|micromet\w*|nm|um|µm)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Wavelengths:
    """Nanometres of each band (NaN where unknown) and which bands are good, in the file's order."""

    nm: tuple[float, ...]
    good: tuple[bool, ...]

    @property
    def usable(self) -> tuple[float, ...]:
        """The wavelengths with NaN for bad bands: what ``spectra`` takes."""
        return tuple(w if ok else math.nan for w, ok in zip(self.nm, self.good, strict=True))


def read_wavelengths(dataset: gdal.Dataset) -> Wavelengths:
    """From band metadata, ENVI header or ISIS label. Raises InputError where no band's wavelength is known."""
    count = dataset.RasterCount
    nm = [_of_band(dataset.GetRasterBand(n)) for n in range(1, count + 1)]
    if not any(math.isfinite(w) for w in nm):
        nm = _isis_centres(dataset, count)
    if not any(math.isfinite(w) for w in nm):
        raise InputError(
            f"{dataset.GetDescription()} does not say the wavelengths of its bands.",
            "Give a CRISM cube with its label (.lbl) and header (.hdr), or an ENVI or ISIS cube with wavelengths.",
        )
    return Wavelengths(tuple(nm), tuple(_good(dataset, count)))


def in_nanometres(values: list[float], unit: str) -> list[float]:
    """Wavelengths in nanometres; without a unit, numbers below 100 are taken for micrometres."""
    for start, factor in _UNITS:
        if unit.strip().lower().startswith(start):
            return [v * factor for v in values]
    known = [v for v in values if v > 0]
    factor = 1000.0 if known and max(known) < 100 else 1.0
    return [v * factor for v in values]


def _of_band(band: gdal.Band) -> float:
    tags = {key.lower(): value for key, value in (band.GetMetadata() or {}).items()}
    text = tags.get("wavelength") or tags.get("central_wavelength_um") or ""
    unit = tags.get("wavelength_units") or ("um" if "central_wavelength_um" in tags else "")
    try:
        value = in_nanometres([float(text)], unit)[0]
    except ValueError:
        found = _IN_TEXT.search(band.GetDescription() or "")
        value = in_nanometres([float(found[1])], found[2])[0] if found else math.nan
    return value if 100 <= value <= 100_000 else math.nan


def _isis_centres(dataset: gdal.Dataset, count: int) -> list[float]:
    centre: Any = group(cube_label(dataset), "BandBin").get("Center")
    unit = ""
    if isinstance(centre, dict):
        unit, centre = str(centre.get("unit", "")), centre.get("value")
    items = centre if isinstance(centre, list) else [centre]
    try:
        values = in_nanometres([float(v) for v in items], unit)
    except (TypeError, ValueError):
        return [math.nan] * count
    return values if len(values) == count else [math.nan] * count


def _good(dataset: gdal.Dataset, count: int) -> list[bool]:
    """The ENVI bad-band list, or the MARSCD_BAD_BAND tag that our VRT of a CRISM cube carries."""
    listed = (dataset.GetMetadata("ENVI") or {}).get("bbl")
    if listed:
        parts = [p.strip() for p in listed.strip("{} \n").split(",")]
        if len(parts) == count:
            return [p not in ("0", "0.0") for p in parts]
    return [dataset.GetRasterBand(n).GetMetadataItem("MARSCD_BAD_BAND") != "1" for n in range(1, count + 1)]
