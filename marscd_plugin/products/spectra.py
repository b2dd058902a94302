"""CRISM summary parameters: what the depth of an absorption, or a slope, says of minerals. Pure numpy.

Formulas and kernel widths: Viviano-Beck et al. 2014, "Revised CRISM spectral parameters and summary products based on
the currently detected mineral diversity on Mars", J. Geophys. Res. Planets 119, 1403-1431, doi 10.1002/2014JE004627
(below: VB14), and, where named, Pelkey et al. 2007, "CRISM multispectral summary products: Parameterizing mineral
diversity on Mars from reflectance", J. Geophys. Res. 112, E08S14, doi 10.1029/2006JE002831 (P07).

R1930:5 below is the median reflectance of the 5 bands around the one nearest 1930 nm. A continuum is the straight line
between two such medians, at the wavelengths of the bands that were really taken (VB14's a = 1 - b, b = (centre - short)
/ (long - short)). The two papers' tables were not at hand: the wavelengths and widths here are those on which public
implementations of VB14 agree, and tests hold them.

A positive value hints at the mineral, it does not prove it: noise, residual atmosphere (CO2 at 2.0 um), slopes and ice
give values too. Look at the spectrum, divided by that of a bland place in the same columns.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..common.errors import InputError

if TYPE_CHECKING:
    # The toolbox reads this module's list at QGIS's start, when numpy.typing would cost more than all the rest of it.
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

#: A band further than this from the wavelength that a formula names (nanometres) is not the one meant; CRISM's
#: hyperspectral bands are 6.55 nm apart.
TOLERANCE_NM = 10.0
#: Bands of a kernel lie at most this far apart (nanometres): those beyond a gap of bad bands are not neighbours.
_STEP_NM = 8.0


class Spectra:
    """Reflectance (bands, rows, columns) or (bands,), NaN where invalid, with its wavelengths in nanometres."""

    def __init__(self, values: Array, wavelengths: Sequence[float] | Array) -> None:
        """Bands of unknown (NaN) wavelength are left out. Raises InputError where the counts differ."""
        nm = np.asarray(wavelengths, float)
        if nm.ndim != 1 or len(nm) != len(values):
            raise InputError(
                f"{len(values)} bands and {nm.size} wavelengths are given.", "Give one wavelength for each band."
            )
        order = np.argsort(np.where(np.isfinite(nm), nm, np.inf), kind="stable")[: int(np.isfinite(nm).sum())]
        self._values, self._nm, self._order = values, nm[order], order
        self._medians: dict[tuple[float, int], Array] = {}

    def band(self, wanted: float) -> int:
        """Place (in order of wavelength) of the band nearest ``wanted`` nm. Raises InputError where there is none."""
        if not len(self._nm):
            raise InputError("The image has no band of known wavelength.", _REMEDY)
        nearest = int(np.argmin(np.abs(self._nm - wanted)))
        if abs(self._nm[nearest] - wanted) > TOLERANCE_NM:
            raise InputError(
                f"The image has no usable band within {TOLERANCE_NM:g} nm of {wanted:g} nm (the nearest lies at "
                f"{self._nm[nearest]:.1f} nm).",
                _REMEDY,
            )
        return nearest

    def wavelength(self, wanted: float) -> float:
        """The wavelength (nm) of the band nearest ``wanted``. Raises InputError."""
        return float(self._nm[self.band(wanted)])

    def bands(self, wanted: float, width: int) -> list[int]:
        """Which bands of the array (counted from 0) a kernel takes. Raises InputError."""
        centre, half = self.band(wanted), width // 2
        near = range(max(centre - half, 0), min(centre + half + 1, len(self._nm)))
        return [int(self._order[i]) for i in near if abs(self._nm[i] - self._nm[centre]) <= half * _STEP_NM]

    def reflectance(self, wanted: float, width: int = 1) -> Array:
        """Median of the kernel, (rows, columns); NaN where all of it is invalid. Raises InputError."""
        key = (wanted, width)
        if key not in self._medians:
            stack = np.asarray(self._values)[self.bands(wanted, width)]
            if len(stack) == 1:
                self._medians[key] = stack[0]
            elif np.isfinite(stack).all():
                self._medians[key] = np.median(stack, axis=0)
            else:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", RuntimeWarning)  # all of a kernel invalid: NaN is the answer
                    self._medians[key] = np.nanmedian(stack, axis=0)
        return self._medians[key]

    def line(self, short: Kernel, long: Kernel, at: float) -> Array:
        """The continuum from one kernel to another, at a wavelength (nm)."""
        start, end, middle = self.wavelength(short[0]), self.wavelength(long[0]), self.wavelength(at)
        share = (middle - start) / (end - start)
        return (1 - share) * self.reflectance(*short) + share * self.reflectance(*long)


Kernel = tuple[float, int]
_REMEDY = "Choose an index whose wavelengths the image has, or a hyperspectral cube (MTRDR)."


@dataclass(frozen=True)
class Index:
    """One summary parameter: what it stands for, where it is from, the kernels it reads and the formula."""

    name: str
    title: str
    source: str
    kernels: tuple[Kernel, ...]
    formula: Callable[[Spectra], Array]


def ratio(over: Array, under: Array) -> Array:
    """over / under, NaN where the denominator is no positive reflectance."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under > 0, over / under, np.nan)


def band_depth(s: Spectra, short: Kernel, centre: Kernel, long: Kernel) -> Array:
    """1 - R(centre) / continuum(centre); 0 without an absorption, 1 where all light is gone (VB14, P07)."""
    return 1 - ratio(s.reflectance(*centre), s.line(short, long, centre[0]))


def shoulder(s: Spectra, short: Kernel, centre: Kernel, long: Kernel) -> Array:
    """1 - continuum(centre) / R(centre): convexity between two absorptions (VB14, the inverse lever rule)."""
    return 1 - ratio(s.line(short, long, centre[0]), s.reflectance(*centre))


def drop(s: Spectra, low: Sequence[Kernel], high: Sequence[Kernel], short: Kernel, long: Kernel) -> Array:
    """1 - (sum of R/continuum at ``low``) / (the same at ``high``): a drop-off, or a band with its shoulders (VB14)."""

    def removed(kernels: Sequence[Kernel]) -> Array:
        parts = [ratio(s.reflectance(*k), s.line(short, long, k[0])) for k in kernels]
        return np.sum(parts, axis=0) / len(parts)

    return 1 - ratio(removed(low), removed(high))


def _depth(name: str, title: str, short: Kernel, centre: Kernel, long: Kernel) -> Index:
    return Index(name, title, "VB14", (short, centre, long), lambda s: band_depth(s, short, centre, long))


def _least(name: str, title: str, short: Kernel, first: Kernel, second: Kernel, long: Kernel) -> Index:
    """Both bands of a doublet over one continuum must be there: the smaller depth counts."""

    def formula(s: Spectra) -> Array:
        return np.minimum(band_depth(s, short, first, long), band_depth(s, short, second, long))

    return Index(name, title, "VB14", (short, first, second, long), formula)


def _drop(name: str, title: str, low: Sequence[Kernel], high: Sequence[Kernel], short: Kernel, long: Kernel) -> Index:
    return Index(name, title, "VB14", (*low, *high, short, long), lambda s: drop(s, low, high, short, long))


def bd1900_2(s: Spectra) -> Array:
    """Mean of the depths at R1930:5 and R1985:5 below R1850:5 to R2067:5 (VB14)."""
    ends = ((1850.0, 5), (2067.0, 5))
    return 0.5 * (band_depth(s, ends[0], (1930.0, 5), ends[1]) + band_depth(s, ends[0], (1985.0, 5), ends[1]))


def sindex2(s: Spectra) -> Array:
    """Convexity at R2290:7 above R2120:5 to R2400:3, between the 2.1 and 2.4 um bands of sulfates (VB14)."""
    return shoulder(s, (2120.0, 5), (2290.0, 7), (2400.0, 3))


def islope1(s: Spectra) -> Array:
    """(R1815:5 - R2530:5) / (2530 - 1815 nm), reflectance a *micrometre*: positive where it falls to the red (VB14)."""
    run = (s.wavelength(2530) - s.wavelength(1815)) / 1000
    return (s.reflectance(1815, 5) - s.reflectance(2530, 5)) / run


def bd3000(s: Spectra) -> Array:
    """1 - R3000:5 / (R2530:5 * R2530:5 / R2210:5): bound water at 3 um below an extrapolated slope (VB14)."""
    return 1 - ratio(s.reflectance(3000, 5), s.reflectance(2530, 5) * ratio(s.reflectance(2530, 5),
                                                                            s.reflectance(2210, 5)))  # fmt: skip


def irr2(s: Spectra) -> Array:
    """R2530:5 / R2210:5, the infrared ratio (VB14)."""
    return ratio(s.reflectance(2530, 5), s.reflectance(2210, 5))


def _p07(at: Sequence[float], short: float, long: float) -> Callable[[Spectra], Array]:
    """1 - mean R(at) / continuum at their mean wavelength, single bands (P07)."""

    def formula(s: Spectra) -> Array:
        start, end = s.wavelength(short), s.wavelength(long)
        share = (sum(s.wavelength(w) for w in at) / len(at) - start) / (end - start)
        under = (1 - share) * s.reflectance(short) + share * s.reflectance(long)
        return 1 - ratio(np.mean([s.reflectance(w) for w in at], axis=0), under)

    return formula


def sindex(s: Spectra) -> Array:
    """1 - (R2100 + R2400) / (2 R2290) (P07)."""
    return 1 - ratio((s.reflectance(2100) + s.reflectance(2400)) / 2, s.reflectance(2290))


def _kernels(*wavelengths: float) -> tuple[Kernel, ...]:
    return tuple((w, 1) for w in wavelengths)


_R2_LOW = _kernels(1908, 1914, 1921, 1928, 1934, 1941)
_R2_HIGH = _kernels(1862, 1869, 1875, 2112, 2120, 2126)

_ALL = (
    _depth("BD1400", "1.4 um: H2O and OH in minerals", (1330, 5), (1395, 3), (1467, 5)),
    _depth("BD1435", "1.435 um: CO2 ice, some hydrated minerals", (1370, 3), (1435, 1), (1470, 3)),
    _depth("BD1500_2", "1.5 um: H2O ice", (1367, 5), (1525, 11), (1808, 5)),
    _depth("BD1750_2", "1.75 um: H2O in gypsum, OH in alunite", (1690, 5), (1750, 3), (1815, 5)),
    Index("BD1900_2", "1.9 um: bound H2O", "VB14", ((1850, 5), (1930, 5), (1985, 5), (2067, 5)), bd1900_2),
    _drop("BD1900R2", "1.9 um: bound H2O, narrow", _R2_LOW, _R2_HIGH, (1850, 5), (2060, 5)),
    _depth("BD2100_2", "2.1 um: shifted H2O, monohydrated sulfates", (1930, 3), (2132, 5), (2250, 3)),
    _depth("BD2165", "2.165 um: Al-OH, kaolinite", (2120, 5), (2165, 3), (2230, 3)),
    _depth("BD2190", "2.19 um: Al-OH, beidellite, allophane", (2120, 5), (2185, 3), (2250, 3)),
    _least("MIN2200", "2.16 and 2.21 um doublet: kaolinite", (2120, 5), (2165, 3), (2210, 3), (2350, 5)),
    _depth("BD2210_2", "2.21 um: Al-OH, and gypsum's band", (2165, 5), (2210, 5), (2290, 5)),
    _drop("D2200", "2.2 um drop-off: Al-OH", ((2210, 7), (2230, 7)), ((2165, 5),), (1815, 7), (2430, 7)),
    _depth("BD2230", "2.23 um: hydroxylated ferric sulfate", (2210, 3), (2235, 3), (2252, 3)),
    _depth("BD2250", "2.25 um: opal and Al-OH, broad", (2120, 5), (2245, 7), (2340, 3)),
    _least("MIN2250", "2.21 and 2.26 um: opal", (2165, 5), (2210, 3), (2265, 3), (2350, 5)),
    _depth("BD2265", "2.265 um: jarosite, gibbsite, gypsum's shoulder", (2210, 5), (2265, 3), (2340, 5)),
    _depth("BD2290", "2.29 um: Mg,Fe-OH", (2250, 5), (2290, 5), (2350, 5)),
    _drop("D2300", "2.3 um drop-off: Fe/Mg phyllosilicates, carbonates", ((2290, 3), (2320, 3), (2330, 3)),
          ((2120, 5), (2170, 5), (2210, 5)), (1815, 5), (2530, 5)),
    _depth("BD2355", "2.355 um: chlorite, prehnite, pumpellyite", (2300, 5), (2355, 5), (2450, 5)),
    Index("SINDEX2", "2.29 um convexity: sulfates, gypsum among them", "VB14",
          ((2120, 5), (2290, 7), (2400, 3)), sindex2),
    _depth("BD2500_2", "2.5 um: Mg carbonate", (2364, 5), (2480, 5), (2570, 5)),
    Index("ISLOPE1", "1.8 to 2.5 um slope (chloride context)", "VB14", ((1815, 5), (2530, 5)), islope1),
    Index("IRR2", "R2530 / R2210 (chloride context)", "VB14", ((2530, 5), (2210, 5)), irr2),
    Index("BD3000", "3 um: H2O; low over chlorides", "VB14", ((3000, 5), (2530, 5), (2210, 5)), bd3000),
    Index("R1330", "Infrared brightness", "VB14", ((1330, 11),), lambda s: s.reflectance(1330, 11)),
    Index("BD1900", "1.9 um: bound H2O (2007)", "P07", _kernels(1930, 1985, 1857, 2067),
          _p07((1930, 1985), 1857, 2067)),
    Index("BD2100", "2.1 um: monohydrated sulfates (2007)", "P07", _kernels(2120, 2140, 1930, 2250),
          _p07((2120, 2140), 1930, 2250)),
    Index("BD2210", "2.21 um: Al-OH (2007)", "P07", _kernels(2210, 2140, 2250), _p07((2210,), 2140, 2250)),
    Index("SINDEX", "2.29 um convexity: sulfates (2007)", "P07", _kernels(2100, 2400, 2290), sindex),
)  # fmt: skip

INDICES: Mapping[str, Index] = {index.name: index for index in _ALL}
#: Hydrated minerals; gypsum (its bands at 1.75, 1.94, 2.21 and 2.27 um and the convexity at 2.29); and chlorides, for
#: which CRISM has no band: halite is spectrally flat, so they show as places that lack others' bands, with a slope to
#: the red end and little water (VB14's chloride browse product is ISLOPE1, BD3000, IRR2). Dry dust looks alike.
HYDRATED = ("BD1400", "BD1900_2", "BD1900R2", "BD2100_2", "BD2210_2", "D2300", "SINDEX2")
GYPSUM = ("BD1750_2", "BD1900_2", "BD2210_2", "BD2265", "SINDEX2")
CHLORIDE = ("ISLOPE1", "BD3000", "IRR2")


def compute(name: str, spectra: Spectra) -> Array:
    """One index, (rows, columns), NaN where it cannot be told. Raises InputError for a name or wavelength not there."""
    return find_index(name).formula(spectra)


def find_index(name: str) -> Index:
    """The index of that name, whatever its case. Raises InputError."""
    found = INDICES.get(name.strip().upper())
    if found is None:
        raise InputError(f"{name!r} is no index known here.", f"Choose among {', '.join(INDICES)}.")
    return found


def needed(names: Sequence[str], wavelengths: Sequence[float] | Array) -> list[int]:
    """Which bands (from 0) the indices read, ascending. Raises InputError naming the index whose wavelength lacks."""
    nm = np.asarray(wavelengths, float)
    spectra = Spectra(np.empty((len(nm), 0)), nm)
    found: set[int] = set()
    for name in names:
        for wanted, width in find_index(name).kernels:
            try:
                found.update(spectra.bands(wanted, width))
            except InputError as error:
                raise InputError(f"{name} cannot be computed: {error.what}", error.remedy) from error
    return sorted(found)
