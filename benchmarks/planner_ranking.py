"""Does the planner's order agree with how often two images of unchanged ground look different?

Over the pairs of a registered simulated series (``make demo``): the planner's score, and on ground that the
simulation's truth calls unchanged the false-alarm rate of a plain difference detector (both images locally normalised;
a pixel alarms where they differ by more than THRESHOLD standard deviations). Prints one row a pair and Spearman's rank
correlation.

    python benchmarks/planner_ranking.py --folder build/demo/sandbox --archive build/demo/archive-2048
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from demo_truth import truth_of_pair  # noqa: E402
from scipy.ndimage import uniform_filter  # noqa: E402
from scipy.stats import spearmanr  # noqa: E402

from marscd_plugin.common.rasters import open_raster, read  # noqa: E402
from marscd_plugin.series.build import open_series  # noqa: E402
from marscd_plugin.series.comparing import compare_pair  # noqa: E402

THRESHOLD = 1.0
_WINDOW = 65


def normalised(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Deviation from the neighbourhood's mean in its standard deviations, and where that is known."""
    dataset = open_raster(path)  # Kept: a band without its dataset ends the program.
    band = dataset.GetRasterBand(1)
    data, nodata = read(band).astype(np.float64), band.GetNoDataValue()
    valid = np.isfinite(data) & (data != nodata)
    data = np.where(valid, data, np.nanmean(np.where(valid, data, np.nan)))
    mean = uniform_filter(data, _WINDOW)
    spread = np.sqrt(np.maximum(uniform_filter(data**2, _WINDOW) - mean**2, 1e-12))
    return (data - mean) / spread, valid


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--archive", type=Path, required=True)
    given = parser.parse_args()
    series = open_series(given.folder / "series")
    images = {e.product_id: normalised(e.raster) for e in series.epochs}
    rows = []
    for i, first in enumerate(series.epochs):
        for second in series.epochs[i + 1 :]:
            truth = truth_of_pair(given.archive, first.product_id, second.product_id, series.reference, series.grid)
            (a, known_a), (b, known_b) = images[first.product_id], images[second.product_id]
            unchanged = known_a & known_b & (truth == 0)
            alarms = float(np.mean(np.abs(a - b)[unchanged] > THRESHOLD))
            compared = compare_pair(first, second)
            rows.append((compared.score, alarms, compared))
    rows.sort(key=lambda r: -r[0])
    sys.stdout.write("score  false alarms  weakest    pair\n")
    for score, alarms, c in rows:
        sys.stdout.write(f"{score:5.2f}  {alarms:11.2%}  {c.weakest:9}  {c.before} {c.after}  {'; '.join(c.reasons)}\n")
    rank = spearmanr([r[0] for r in rows], [r[1] for r in rows])
    third = max(len(rows) // 3, 1)
    best, worst = (float(np.mean([r[1] for r in part])) for part in (rows[:third], rows[-third:]))
    sys.stdout.write(
        f"{len(rows)} pairs (SIMULATED): Spearman's rank correlation of score and false-alarm rate "
        f"{rank.statistic:+.2f} (p {rank.pvalue:.1g}); "
        f"mean rate of the best third {best:.2%}, of the worst {worst:.2%}\n"
    )


if __name__ == "__main__":
    main()
