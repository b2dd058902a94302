"""How an epoch is called, everywhere in the dock: by its date, its Mars Year and its solar longitude."""

from __future__ import annotations

from datetime import datetime

from ...common.words import Epoch
from ..words import tr


def mars_words(mars_year: int, solar_longitude: float) -> str:
    """``MY 30 Ls 282°``."""
    return tr("MY {year} Ls {longitude}°").format(year=mars_year, longitude=f"{solar_longitude:.0f}")


def time_words(time: datetime, mars_year: int, solar_longitude: float) -> str:
    """Date first, so that names sort in time."""
    return f"{time:%Y-%m-%d} · {mars_words(mars_year, solar_longitude)}"


def epoch_words(epoch: Epoch) -> str:
    """``2011-04-27 · MY 30 Ls 282°``."""
    return time_words(epoch.time, epoch.mars_year, epoch.solar_longitude)


def epoch_tip(epoch: Epoch, reference: str) -> str:
    """All that is known of an epoch, a line each."""
    lines = [epoch.product_id, f"{epoch.time:%Y-%m-%d %H:%M} UTC, {mars_words(epoch.mars_year, epoch.solar_longitude)}"]
    if epoch.product_id == reference:
        lines.append(tr("The reference: the others were laid on it."))
    elif epoch.registration is not None:
        lines.append(tr("Registered: {reason}.").format(reason=epoch.registration.reason))
        lines.append(
            tr("It was moved by {x} px in x and {y} px in y.").format(
                x=f"{epoch.registration.shift_x_px:.1f}", y=f"{epoch.registration.shift_y_px:.1f}"
            )
        )
    if epoch.incidence is not None:
        lines.append(
            tr("Incidence {angle}° (0: the sun overhead, 90: on the horizon).").format(angle=f"{epoch.incidence:.1f}")
        )
    if epoch.sub_solar_azimuth is not None:
        lines.append(
            tr("The sun stood at {angle}°, clockwise from north.").format(angle=f"{epoch.sub_solar_azimuth:.0f}")
        )
    lines.append(tr("Covers {share} of the series' area.").format(share=f"{epoch.valid_fraction:.0%}"))
    return "\n".join(lines)
