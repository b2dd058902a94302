"""The offline index: building 150,000 generated rows, and searching them by area, Mars Year, Ls and incidence.

``python benchmarks/bench_index.py [--rows N] [--json FILE]`` prints a table. Rows have the layout of RDRCUMINDEX.TAB,
lie evenly over Mars and Mars Years 28 to 38, and are generated: nothing is fetched.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from marscd_plugin.archives.indexlayout import LAYOUTS, Layout  # noqa: E402
from marscd_plugin.archives.offline import build, search_index  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.settings import Settings  # noqa: E402
from marscd_plugin.common.words import Query, Season  # noqa: E402
from marscd_plugin.planet.geometry import area_from_extent  # noqa: E402
from marscd_plugin.planet.time import solar_longitude  # noqa: E402

BAR_MS = 50.0
REPEATS = 20
_FIRST = datetime(2006, 11, 1)
_DAYS = 6700


def row(layout: Layout, values: dict[str, str]) -> str:
    """A row of the table with those columns; the others are blank, their quotes and commas as in the real one."""
    text = [" "] * layout.length
    for name, column in layout.columns.items():
        value = values.get(name, "")
        quoted = name in _QUOTED
        piece = value.ljust(column.width) if quoted else value.rjust(column.width)
        text[column.start : column.start + column.width] = piece[: column.width]
        if quoted:
            text[column.start - 1] = text[column.start + column.width] = '"'
        end = column.start + column.width + quoted
        if end < layout.length:
            text[end] = ","
    return "".join(text)


_QUOTED = ("VOLUME_ID", "FILE_NAME_SPECIFICATION", "INSTRUMENT_HOST_ID", "INSTRUMENT_ID", "OBSERVATION_ID",
           "PRODUCT_ID", "PRODUCT_VERSION_ID", "TARGET_NAME", "MISSION_PHASE_NAME", "RATIONALE_DESC",
           "OBSERVATION_START_TIME", "OBSERVATION_START_COUNT", "START_TIME", "SPACECRAFT_CLOCK_START_COUNT",
           "STOP_TIME", "SPACECRAFT_CLOCK_STOP_COUNT", "STEREO_FLAG", "MAP_PROJECTION_TYPE")  # fmt: skip


def table(rows: int, seed: int = 0) -> bytes:
    """A generated RDRCUMINDEX.TAB."""
    rng = np.random.default_rng(seed)
    layout = LAYOUTS["HIRISE"]
    lon, lat = rng.uniform(0, 360, rows), np.degrees(np.arcsin(rng.uniform(-1, 1, rows)))
    days, sun = np.sort(rng.uniform(0, _DAYS, rows)), rng.uniform(20, 90, rows)
    lines = []
    for n in range(rows):
        when = _FIRST + timedelta(days=float(days[n]))
        orbit = 1000 + n // 2
        code = 5 * round((lat[n] + 180) * 2) % 3600
        name = f"{'PSP' if orbit < 11000 else 'ESP'}_{orbit:06d}_{code:04d}_{'RED' if n % 2 else 'COLOR'}"
        tall, wide = 0.15, 0.05 / max(math.cos(math.radians(lat[n])), 0.05)
        corners = [(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)]
        values = {
            "VOLUME_ID": "MROHR_0001", "PRODUCT_ID": name, "TARGET_NAME": "MARS", "INSTRUMENT_ID": "HIRISE",
            "OBSERVATION_ID": name.rsplit("_", 1)[0], "ORBIT_NUMBER": str(orbit),
            "START_TIME": when.strftime("%Y-%m-%dT%H:%M:%S"), "EMISSION_ANGLE": "3.71414",
            "INCIDENCE_ANGLE": f"{sun[n]:.4f}", "PHASE_ANGLE": "53.5430", "NORTH_AZIMUTH": "270.0000",
            "SUB_SOLAR_AZIMUTH": "163.7660", "MAP_SCALE": "0.50",
            "SOLAR_LONGITUDE": f"{solar_longitude(when):.3f}",
        }  # fmt: skip
        for number, (dx, dy) in enumerate(corners, start=1):
            values[f"CORNER{number}_LONGITUDE"] = f"{(lon[n] + dx) % 360:.4f}"
            values[f"CORNER{number}_LATITUDE"] = f"{min(max(lat[n] + dy, -90), 90):.4f}"
        lines.append(row(layout, values))
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def queries() -> dict[str, Query]:
    """What people ask, from a crater to a whole map sheet."""
    crater = area_from_extent(202.0, -41.9, 202.6, -41.3)
    return {
        "a crater (0.6 degrees)": Query(crater),
        "a crater, MY 30-32, Ls 250-350, incidence to 60": Query(
            crater, season=Season(mars_years=((30, 32),), solar_longitude=(250.0, 350.0)), max_incidence=60.0
        ),
        "5 degrees, Ls 330-30": Query(
            area_from_extent(137.0, -6.0, 142.0, -1.0), season=Season(solar_longitude=(330.0, 30.0))
        ),
        "across 180, 10 degrees, MY 31": Query(
            area_from_extent(175.0, 20.0, 185.0, 30.0), season=Season(mars_years=((31, 31),))
        ),
        "30 degrees, MY 33, Ls 90-120, incidence to 50": Query(
            area_from_extent(280.0, -15.0, 310.0, 15.0),
            season=Season(mars_years=((33, 33),), solar_longitude=(90.0, 120.0)),
            max_incidence=50.0,
        ),
        "half of Mars, MY 34, Ls 180-182, incidence to 40": Query(
            area_from_extent(-180.0, -90.0, 0.0, 90.0),
            season=Season(mars_years=((34, 34),), solar_longitude=(180.0, 182.0)),
            max_incidence=40.0,
        ),
        "the south pole, MY 32": Query(
            area_from_extent(0.0, -90.0, 90.0, -87.0), season=Season(mars_years=((32, 32),))
        ),
    }


def main() -> int:
    """Print the table; 1 where a search is slower than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=150_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(cache_dir=folder)
        data = table(given.rows)
        start, busy = time.perf_counter(), time.process_time()
        state = build(io.BytesIO(data), "HIRISE", settings, Quiet(), size=len(data))
        what = f"building {state.rows:,} rows ({len(data) / 1e6:.0f} MB)"
        took, busy = (time.perf_counter() - start) * 1e3, (time.process_time() - busy) * 1e3
        results = [{"what": what, "found": state.rows, "ms": took, "worst": took, "cpu": busy}]
        del data
        for what, query in queries().items():
            times, busies = [], []
            for _ in range(REPEATS):
                start, busy = time.perf_counter(), time.process_time()
                found = search_index(query, "HIRISE", settings, Quiet())
                times.append((time.perf_counter() - start) * 1e3)
                busies.append((time.process_time() - busy) * 1e3)
            results.append({"what": what, "found": len(found), "ms": statistics.median(times), "worst": max(times),
                            "cpu": statistics.median(busies)})  # fmt: skip
        size = state.path.stat().st_size / 1e6
    print(f"| what | products found | median ms | slowest of {REPEATS} ms | median CPU ms |\n|---|---|---|---|---|")
    for r in results:
        print(f"| {r['what']} | {r['found']:,} | {r['ms']:,.1f} | {r['worst']:,.1f} | {r['cpu']:,.1f} |")
    busiest = os.getloadavg()[0] if hasattr(os, "getloadavg") else math.nan
    print(f"\nThe index takes {size:.0f} MB on disk. Bar for a search: {BAR_MS:g} ms. Load average: {busiest:.1f}.")
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return int(any(r["ms"] > BAR_MS for r in results[1:]))


if __name__ == "__main__":
    sys.exit(main())
