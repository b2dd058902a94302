"""Run the whole job on real pairs of Mars images, published into sandbox archives as HiRISE products.

``python tools/real_runs.py --shared ../shared`` writes build/real/<pair>/ and prints a Markdown table. What is real is
each image's pixels and its observation. What is NOT known of these crops, and made up here: their exact place, their
pixel size (each crop was resized; 0.5 m is assumed) and their sun; times come from the orbit number.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
from demo import PYTHON, serve
from environment import ROOT, environment
from osgeo import gdal, ogr

REAL = ROOT / "build" / "real"
PIXEL_SIZE = 0.5
#: Orbit 16430 and the mean orbital period, as in the data's own README.
EPOCH, ORBIT, PERIOD = datetime(2010, 1, 27, 17, 48, tzinfo=timezone.utc), 16430, timedelta(days=0.077922)
CHOSEN = (
    "stereo_anaglyph/ESP_057866_2125_ESP_058222_2125",
    "stereo_anaglyph/ESP_058627_2015_ESP_058561_2015",
    "stereo_anaglyph/ESP_021683_1735_ESP_057933_1740",
    "frosted_dunes/ESP_016613_2570_RED-0071__ESP_016758_2570_RED-0033",
    "frosted_dunes/ESP_016613_2570_RED-0192__ESP_016758_2570_RED-0150",
    "no_visible_change/ESP_018299_2245_RED-0340__ESP_019011_2245_RED-0450",
    "no_visible_change/ESP_018299_2245_RED-0016__ESP_019011_2245_RED-0085",
    "no_visible_change/ESP_018299_2245_RED-0074__ESP_019011_2245_RED-0136",
)


@dataclass(frozen=True)
class RealPair:
    """Two real images of one place; ``mask`` is where both have data, or None."""

    name: str
    images: tuple[Path, Path]
    observations: tuple[str, str]
    mask: Path | None

    @property
    def latitude(self) -> float:
        """Of the place, from HiRISE's target code (archives: day side, code / 10 - 180)."""
        return int(self.observations[0].split("_")[2]) / 10 - 180


def pair_of(shared: Path, name: str) -> RealPair:
    """The pair of that folder and stem."""
    stem = shared / "data" / "pairs" / name
    endings = ("_R.png", "_GB.png") if name.startswith("stereo") else ("_A.png", "_B.png")
    images = tuple(stem.with_name(stem.name + ending) for ending in endings)
    mask = stem.with_name(stem.name + "_valid.png")
    observations = re.findall(r"[EP]SP_\d{6}_\d{4}", stem.name)
    return RealPair(name, images, tuple(observations[:2]), mask if mask.exists() else None)  # type: ignore[arg-type]


def time_of(observation: str) -> str:
    """About when, from the orbit number."""
    return (EPOCH + (int(observation.split("_")[1]) - ORBIT) * PERIOD).isoformat(timespec="seconds")


def publish(pair: RealPair, root: Path, longitude: float, env: dict[str, str]) -> None:
    for image, observation in zip(pair.images, pair.observations, strict=True):
        command = [
            PYTHON, "-m", "marscd_plugin.sandbox", "publish", "--root", str(root), "--image", str(image),
            "--product-id", f"{observation}_RED", "--time", time_of(observation),
            "--lat", str(pair.latitude), "--lon", str(longitude), "--pixel-size", str(PIXEL_SIZE),
        ]  # fmt: skip
        if pair.mask:
            command += ["--mask", str(pair.mask)]
        subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)


def run(pair: RealPair, env: dict[str, str]) -> dict[str, object]:
    """Publish, serve and monitor one pair; returns a row of the table."""
    folder = REAL / pair.name.replace("/", "-")
    longitude = 100.0
    publish(pair, folder / "archive", longitude, env)
    # A box that holds the image wherever its centre's latitude is rounded to.
    reach = 0.03
    wide = reach / max(np.cos(np.radians(pair.latitude)), 0.1)
    extent = f"{longitude - wide},{longitude + wide},{pair.latitude - reach},{pair.latitude + reach} [IAU_2015:49900]"
    began = time.monotonic()
    with serve(folder / "archive", env) as urls:
        done = subprocess.run(
            ["qgis_process", "--json", "run", "marscd:monitorarea", f"--EXTENT={extent}", f"--FOLDER={folder / 'job'}"],
            env=env | urls, capture_output=True, text=True, check=False,
        )  # fmt: skip
    row: dict[str, object] = {
        "pair": pair.name,
        "seconds": round(time.monotonic() - began, 1),
        "folder": folder / "job",
    }
    if done.returncode:
        error = next((line for line in done.stderr.splitlines() if "refus" in line or "register" in line.lower()), "")
        return row | {"outcome": "refused", "why": (error or done.stderr[-300:]).strip()}
    results = json.loads(done.stdout)["results"]
    mask = gdal.Open(results["MASK"]).ReadAsArray()
    known = mask != 255
    layer = ogr.Open(results["POLYGONS"])
    residual = registration(Path(results["SERIES"]))
    return row | {
        "outcome": "map",
        "compared": int(known.sum()),
        "flagged": float((mask == 1).sum() / max(known.sum(), 1)),
        "polygons": layer.GetLayer(0).GetFeatureCount(),
        **residual,
    }


def registration(series: Path) -> dict[str, float]:
    """Residual and disagreement of the moving epoch, from its STAC item."""
    sys.path.insert(0, str(ROOT))
    from marscd_plugin.series.build import open_series

    for epoch in open_series(series).epochs:
        if epoch.registration and epoch.registration.tie_point_count:
            return {"residual": epoch.registration.residual_px or 0.0, "ties": epoch.registration.tie_point_count}
    return {"residual": float("nan"), "ties": 0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder of real data")
    parser.add_argument("pairs", nargs="*", default=CHOSEN, help="folder/stem of pairs (default: a chosen eight)")
    options = parser.parse_args()
    gdal.UseExceptions()
    env = environment()
    columns = ("pair", "outcome", "tie points", "residual (px)", "pixels compared", "flagged", "polygons", "seconds")
    show(columns)
    show(["---"] * len(columns))
    for name in options.pairs:
        row = run(pair_of(options.shared, name), env)
        if row["outcome"] == "map":
            numbers = (
                row["ties"],
                f"{row['residual']:.2f}",
                f"{row['compared']:,}",
                f"{row['flagged']:.2%}",
                row["polygons"],
            )
            show((name, "map", *numbers, row["seconds"]))
        else:
            show((name, f"refused: {row['why']}", "", "", "", "", "", row["seconds"]))


def show(cells: Iterable[object]) -> None:
    sys.stdout.write("| " + " | ".join(str(c) for c in cells) + " |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
