"""What can be compared: epochs of the series, and raster layers of the project; and how well two of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsRasterLayer

from ...common.words import Epoch, Series
from ...products.user import find_id
from ...series.plan import AZIMUTH_WIDTH, EMISSION_WIDTH, INCIDENCE_WIDTH, LS_WIDTH, compare, plan_pairs
from ..layers import ROLE
from ..words import tr

#: Scores from which a pair is called good, and below which it is called bad.
GOOD, BAD = 0.6, 0.3
#: Of that many widths (see series.plan) a difference is named as a reason.
_NOTED = 1.0


@dataclass(frozen=True)
class Choice:
    """One image. ``key`` is the product id, or a name of its own for a layer; ``layer`` is "" for an epoch."""

    key: str
    label: str
    tip: str
    source: str
    epoch: Epoch | None = None
    layer: str = ""
    pixel_size: float | None = None


@dataclass(frozen=True)
class Verdict:
    """How two images compare, in words. ``bad``: look before you believe."""

    text: str
    bad: bool = False
    score: float | None = None


def epoch_choices(series: Series | None) -> list[Choice]:
    """The epochs by time."""
    if series is None:
        return []
    size = series.grid.pixel_size if series.grid.crs else None
    return [
        Choice(e.product_id, epoch_label(e), _epoch_tip(e), str(e.raster), epoch=e, pixel_size=size)
        for e in series.epochs
    ]


def layer_choices() -> list[Choice]:
    """Raster layers of the project that GDAL can read and that are not ours."""
    found = []
    for layer in QgsProject.instance().mapLayers().values():
        if usable(layer):
            source = layer.source()
            metric = layer.crs().isValid() and layer.crs().mapUnits() == Qgis.DistanceUnit.Meters
            found.append(
                Choice(
                    find_id(Path(source)),
                    layer.name(),
                    tr("Layer of the project: {source}").format(source=source),
                    source,
                    layer=layer.id(),
                    pixel_size=layer.rasterUnitsPerPixelX() if metric else None,
                )
            )
    return sorted(found, key=lambda c: c.label.lower())


def usable(layer: QgsMapLayer) -> bool:
    """True for a raster of the user's own, on disk."""
    return (
        isinstance(layer, QgsRasterLayer)
        and layer.isValid()
        and layer.providerType() == "gdal"
        and not layer.customProperty(ROLE)
        # A basemap read through GDAL is no image to compare.
        and not layer.source().lstrip().startswith("<")
    )


def epoch_label(epoch: Epoch) -> str:
    """Date and Martian season, short enough for a narrow dock."""
    return tr("{date}  ·  MY {year}, Ls {ls}°").format(
        date=epoch.time.date().isoformat(), year=epoch.mars_year, ls=f"{epoch.solar_longitude:.0f}"
    )


def _epoch_tip(epoch: Epoch) -> str:
    lines = [epoch.product_id, epoch.time.strftime("%Y-%m-%d %H:%M UTC")]
    if epoch.incidence is not None:
        lines.append(tr("The sun stood {angle}° from overhead (incidence).").format(angle=f"{epoch.incidence:.0f}"))
    return "\n".join(lines)


def best_pair(series: Series | None) -> tuple[str, str] | None:
    """The epochs that compare best; None with fewer than two."""
    if series is None or len(series.epochs) < 2:
        return None
    pairs = series.pairs or plan_pairs(series.epochs)
    known = {e.product_id for e in series.epochs}
    usable_pairs = [p for p in pairs if p.before in known and p.after in known]
    if not usable_pairs:
        return series.epochs[0].product_id, series.epochs[-1].product_id
    best = max(usable_pairs, key=lambda p: p.score)
    return best.before, best.after


def verdict(before: Choice | None, after: Choice | None) -> Verdict:
    """How the two compare, and why."""
    if before is None or after is None:
        return Verdict("")
    if before.source == after.source:
        return Verdict(tr("Both are the same image: choose two different dates."), bad=True)
    if before.epoch is None or after.epoch is None:
        return Verdict(
            tr("These are not of one series: After is laid on Before first (registered), and the light is unknown.")
        )
    first, second = sorted((before.epoch, after.epoch), key=lambda e: e.time)
    score, _ = compare(first, second)
    if score >= GOOD:
        head = tr("Compares well ({score} of 1).")
    elif score >= BAD:
        head = tr("Compares fairly ({score} of 1).")
    else:
        head = tr("Compares badly ({score} of 1): look before you believe.")
    said = [head.format(score=f"{score:.2f}"), *_reasons(first, second)]
    if before.epoch.time > after.epoch.time:
        said.append(tr("Before is the later date: what appeared will be called faded. Swap them."))
    return Verdict(" ".join(said), bad=score < BAD, score=score)


def _reasons(first: Epoch, second: Epoch) -> list[str]:
    """What differs, in plain words; what hardly differs in one sentence."""
    season = abs(first.solar_longitude - second.solar_longitude) % 360
    season = min(season, 360 - season)
    incidence = _apart(first.incidence, second.incidence)
    azimuth = _apart(first.sub_solar_azimuth, second.sub_solar_azimuth)
    azimuth = None if azimuth is None else min(azimuth, 360 - azimuth)
    emission = _apart(first.emission, second.emission)
    said = []
    if incidence is not None and incidence >= _NOTED * INCIDENCE_WIDTH:
        said.append(
            tr("The sun was {angle}° higher in one of them (incidence): shading differs.").format(
                angle=f"{incidence:.0f}"
            )
        )
    if azimuth is not None and azimuth >= _NOTED * AZIMUTH_WIDTH:
        said.append(
            tr("The sun shone from {angle}° elsewhere (azimuth): shadows differ.").format(angle=f"{azimuth:.0f}")
        )
    if season >= _NOTED * LS_WIDTH:
        said.append(
            tr("The seasons lie {angle}° of Ls apart: frost and dust may differ.").format(angle=f"{season:.0f}")
        )
    if emission is not None and emission >= _NOTED * EMISSION_WIDTH:
        said.append(
            tr("They look from {angle}° different slants (emission): relief shifts.").format(angle=f"{emission:.0f}")
        )
    if not said:
        alike = [tr("season {angle}° of Ls").format(angle=f"{season:.0f}")]
        if incidence is not None:
            alike.append(tr("sun's height {angle}°").format(angle=f"{incidence:.0f}"))
        if azimuth is not None:
            alike.append(tr("sun's direction {angle}°").format(angle=f"{azimuth:.0f}"))
        said.append(tr("Apart: {list}.").format(list=", ".join(alike)))
    share = min(first.valid_fraction, second.valid_fraction)
    if share < 0.8:
        said.append(tr("Together they cover at most {share} % of the place.").format(share=f"{100 * share:.0f}"))
    days = round((second.time - first.time).total_seconds() / 86400)
    said.append(tr("{days} days between them.").format(days=f"{days:,}"))
    return said


def _apart(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else abs(a - b)
