"""Where the sun stands in an image: HiRISE's azimuths turned into degrees clockwise from north on the map."""

from __future__ import annotations

#: What HiRISE labels give for NORTH_AZIMUTH of an equirectangular product: north is up.
NORTH_UP = 270.0


def azimuth_on_map(sub_solar_azimuth: float, north_azimuth: float = NORTH_UP) -> float:
    """Degrees clockwise from north (0 <= a < 360) of HiRISE's SUB_SOLAR_AZIMUTH.

    HiRISE measures SUB_SOLAR_AZIMUTH and NORTH_AZIMUTH clockwise from the image's 3 o'clock. With north up
    (NORTH_AZIMUTH 270, every equirectangular product) this is ``sub_solar_azimuth + 90``. A polar product's rows do
    not run along parallels: give its own NORTH_AZIMUTH.
    """
    return (sub_solar_azimuth - north_azimuth) % 360.0 % 360.0
