"""Summary parameters against spectra with known absorptions, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.products.spectra import INDICES, Spectra, band_depth, compute, needed

#: As CRISM's hyperspectral bands: 6.55 nm apart.
NM = np.arange(1000.0, 3950.0, 6.55)


def cube(reflectance, nm=NM):
    """One pixel (bands, 1, 1) of a function of wavelength."""
    return Spectra(np.array([[[reflectance(w)]] for w in nm], dtype=np.float64), nm)


def gauss(depth, at, width):
    return lambda w: 0.3 * (1 - depth * np.exp(-0.5 * ((w - at) / width) ** 2))


@pytest.mark.parametrize("name", INDICES)
def test_a_flat_spectrum_has_no_absorption(name):
    value = float(compute(name, cube(lambda _w: 0.25))[0, 0])
    expected = {"IRR2": 1.0, "R1330": 0.25}.get(name, 0.0)
    assert value == pytest.approx(expected, abs=1e-12)


SLOPED = [n for n in INDICES if n not in ("IRR2", "R1330", "ISLOPE1", "BD3000", "SINDEX")]


@pytest.mark.parametrize("name", SLOPED)
def test_a_straight_slope_has_none_either(name):
    """The continuum is a line, so a line is no absorption; kernels are symmetric, so their medians lie on it."""
    assert float(compute(name, cube(lambda w: 0.2 + 4e-5 * (w - 1000)))[0, 0]) == pytest.approx(0.0, abs=2e-4)


@pytest.mark.parametrize(
    ("name", "at", "width", "low", "high"),
    [
        # A Gaussian of depth 0.2, so narrow that the ends of the continuum lie outside it: the index is a little below
        # the depth (median over the kernel; two centres for BD1900_2).
        ("BD2210_2", 2210, 12, 0.15, 0.20),
        ("BD1435", 1435, 8, 0.17, 0.20),
        ("BD1750_2", 1750, 15, 0.17, 0.20),
        ("BD2100_2", 2132, 30, 0.19, 0.20),
        ("BD2290", 2290, 12, 0.14, 0.20),
        ("BD1900R2", 1925, 15, 0.13, 0.20),
        ("BD1900_2", 1957.5, 25, 0.09, 0.12),
        ("BD2210", 2210, 8, 0.18, 0.20),
    ],
)
def test_depth_of_a_known_absorption(name, at, width, low, high):
    assert low < float(compute(name, cube(gauss(0.2, at, width)))[0, 0]) <= high


def test_bd1900_2_by_hand():
    """R(1850) = R(2067) = 0.4, R(1930) = 0.3, R(1985) = 0.36: mean of 1 - 0.75 and 1 - 0.9 is 0.175."""
    nm = np.array([1850.0, 1930.0, 1985.0, 2067.0])
    spectra = Spectra(np.array([0.4, 0.3, 0.36, 0.4])[:, None, None], nm)
    assert float(compute("BD1900_2", spectra)[0, 0]) == pytest.approx(0.175)


def test_sindex2_by_hand():
    """R(2120) = 0.2, R(2400) = 0.27, so the line at 2290 is 0.2 + 0.07 * 170 / 280 = 0.2425; R(2290) = 0.25."""
    spectra = Spectra(np.array([0.2, 0.25, 0.27])[:, None, None], [2120.0, 2290.0, 2400.0])
    assert float(compute("SINDEX2", spectra)[0, 0]) == pytest.approx(1 - 0.2425 / 0.25)


def test_d2300_by_hand():
    """Continuum 0.4 throughout; 2290, 2320, 2330 nm at 0.3, their shoulders at 0.4: 1 - 3 * 0.75 / 3 = 0.25."""
    nm = [1815.0, 2120.0, 2170.0, 2210.0, 2290.0, 2320.0, 2330.0, 2530.0]
    spectra = Spectra(np.array([0.4, 0.4, 0.4, 0.4, 0.3, 0.3, 0.3, 0.4])[:, None, None], nm)
    assert float(compute("D2300", spectra)[0, 0]) == pytest.approx(0.25)


def test_slope_and_water_by_hand():
    nm = [1815.0, 2210.0, 2530.0, 3000.0]
    spectra = Spectra(np.array([0.30, 0.25, 0.20, 0.12])[:, None, None], nm)
    assert float(compute("ISLOPE1", spectra)[0, 0]) == pytest.approx(0.10 / 0.715)
    assert float(compute("IRR2", spectra)[0, 0]) == pytest.approx(0.8)
    assert float(compute("BD3000", spectra)[0, 0]) == pytest.approx(1 - 0.12 / (0.20 * 0.8))


def test_the_kernel_takes_a_median():
    """One spike among five bands changes nothing."""
    values = np.full((len(NM), 1, 1), 0.3)
    clean = Spectra(values.copy(), NM)
    values[clean.bands(2210, 5)[2]] = 30.0
    assert float(compute("BD2210_2", Spectra(values, NM))[0, 0]) == pytest.approx(0.0)
    assert len(clean.bands(2210, 5)) == 5 and len(clean.bands(2290, 7)) == 7


def test_invalid_pixels_stay_invalid_and_do_not_spread():
    values = np.full((len(NM), 1, 3), 0.3)
    values[:, 0, 1] = np.nan
    values[clean_band(2210), 0, 2] = np.nan  # one band of a kernel of five: the other four are enough
    out = compute("BD2210_2", Spectra(values, NM))
    assert np.isnan(out[0, 1]) and out[0, 0] == out[0, 2] == pytest.approx(0.0)


def clean_band(nm):
    return int(np.argmin(np.abs(NM - nm)))


def test_dark_or_negative_reflectance_is_no_answer():
    for level in (0.0, -0.1):
        assert np.isnan(compute("BD1900_2", cube(lambda _w, level=level: level))).all()


def test_a_wavelength_that_is_not_there_is_named():
    with pytest.raises(InputError, match=r"2120 nm.*2100\.4") as caught:
        compute("SINDEX2", cube(lambda _w: 0.3, NM[NM < 2102]))
    assert caught.value.remedy
    with pytest.raises(InputError, match="SINDEX2 cannot be computed"):
        needed(["BD1435", "SINDEX2"], NM[NM < 2102])
    with pytest.raises(InputError, match="no index"):
        compute("BD9999", cube(lambda _w: 0.3))
    with pytest.raises(InputError, match="bands and"):
        Spectra(np.zeros((3, 1, 1)), [1000.0])


def test_bad_bands_are_left_out():
    nm = NM.copy()
    nm[clean_band(2210)] = np.nan  # how a bad band is told
    values = np.full((len(NM), 1, 1), 0.3)
    values[clean_band(2210)] = 0.01
    spectra = Spectra(values, nm)
    assert clean_band(2210) not in spectra.bands(2210, 5)
    assert clean_band(2210) not in needed(["BD2210_2"], nm)
    assert float(compute("BD2210_2", spectra)[0, 0]) == pytest.approx(0.0)


def test_bands_beyond_a_gap_are_no_neighbours():
    nm = np.concatenate([NM[NM < 2200], NM[NM > 2260]])
    spectra = Spectra(np.ones((len(nm), 1, 1)), nm)
    assert all(nm[i] < 2200 for i in spectra.bands(2195, 7))


def test_bands_in_any_order_give_the_same():
    order = np.random.default_rng(2).permutation(len(NM))
    values = np.array([gauss(0.2, 2210, 20)(w) for w in NM])[:, None, None]
    one = compute("BD2210_2", Spectra(values, NM))
    other = compute("BD2210_2", Spectra(values[order], NM[order]))
    assert one == pytest.approx(other)


@given(st.floats(0.05, 2.0), st.floats(0.01, 0.9))
def test_depth_does_not_depend_on_brightness(brightness, depth):
    def reflectance(w):
        return brightness * (1 - depth * (2195 < w < 2225))

    value = float(band_depth(cube(reflectance), (2140.0, 3), (2210.0, 3), (2290.0, 3))[0, 0])
    assert value == pytest.approx(depth, rel=1e-9)
