"""Builds resources/gazetteer.csv, the list of named places, from an ODE FEATUREDATA reply in XML.

    python tools/gazetteer.py ode_feature_query.xml [resources/gazetteer.csv]

The reply is that of ``?query=featuredata&odemetadb=mars&output=XML``: one box a feature, planetocentric, 0..360 east.
What the list says follows from the box alone:

- the centre is the middle of the box, across the prime meridian too (where ODE's west exceeds its east);
- the diameter is the longer side at the centre's latitude, on the sphere of 3396190 m; empty where the box is a point
  (albedo features and landers);
- ODE gives a box of no width at 180 to features all round a pole: one that reaches a pole or is taller than
  5 degrees has its centre there, twice its reach as diameter; a smaller one (Tenuis Cavus) has no known longitude and
  is left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import logging
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marscd_plugin.common.errors import InputError, MarscdError  # noqa: E402
from marscd_plugin.common.files import write_text  # noqa: E402
from marscd_plugin.common.packages import need  # noqa: E402
from marscd_plugin.planet.bodies import MARS  # noqa: E402

log = logging.getLogger("gazetteer")

MAX_BYTES = 20_000_000
COLUMNS = ("name", "kind", "latitude", "longitude", "diameter_m")


def rows(xml: bytes) -> list[tuple[str, str, str, str, str]]:
    """The list's rows, in alphabetical order. Raises InputError for what is not a FEATUREDATA reply."""
    if len(xml) > MAX_BYTES:
        raise InputError(f"The reply has {len(xml)} bytes, more than {MAX_BYTES}.")
    parser = need("defusedxml.ElementTree")
    try:
        features = parser.fromstring(xml).findall("./Features/Feature")
    except (parser.ParseError, ValueError) as error:
        raise InputError(f"The reply is not XML: {error}.") from error
    found = {row[0].casefold(): row for row in map(_row, features) if row is not None}
    if not found:
        raise InputError("The reply holds no features.", "Ask ODE for query=featuredata, odemetadb=mars, output=XML.")
    return [found[key] for key in sorted(found)]


def _row(feature) -> tuple[str, str, str, str, str] | None:
    name = " ".join((feature.findtext("FeatureName") or "").split())
    kind = " ".join((feature.findtext("FeatureClass") or "").split())
    try:
        south, north, west, east = (float(feature.findtext(k)) for k in ("MinLat", "MaxLat", "WestLon", "EastLon"))
    except (TypeError, ValueError) as error:
        raise InputError(f"The box of {name or 'a feature'} is not four numbers.") from error
    if not name or not (-90 <= south <= north <= 90 and 0 <= west <= 360 and 0 <= east <= 360):
        raise InputError(f"The box of {name or 'a feature'} is no box: {south}, {north}, {west}, {east}.")
    if west == east and north > south:
        if not (north - south > 5 or abs(south) == 90 or abs(north) == 90):
            log.info("%s is left out: its box has no longitude", name)
            return None
        pole, edge = (90.0, south) if north + south > 0 else (-90.0, north)
        return _cells(name, kind, pole, 0.0, 2 * abs(pole - edge))
    width = (east - west) % 360.0
    latitude = (south + north) / 2
    longitude = (west + width / 2 + 180.0) % 360.0 - 180.0
    return _cells(name, kind, latitude, longitude, max(north - south, width * math.cos(math.radians(latitude))))


def _cells(name: str, kind: str, latitude: float, longitude: float, degrees: float) -> tuple[str, str, str, str, str]:
    size = f"{math.radians(degrees) * MARS.radius:.0f}" if degrees > 0 else ""
    return name, kind, f"{latitude:.4f}", f"{longitude:.4f}", size


def text(table: list[tuple[str, str, str, str, str]]) -> str:
    """The list as CSV with a heading and plain line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(table)
    return out.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reply", type=Path, help="ODE's FEATUREDATA reply, XML")
    parser.add_argument("output", type=Path, nargs="?", default=ROOT / "resources" / "gazetteer.csv")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        table = rows(options.reply.read_bytes())
        write_text(options.output, text(table))
    except (MarscdError, OSError) as error:
        log.error("%s", error)
        return 1
    log.info("%d places written to %s", len(table), options.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
