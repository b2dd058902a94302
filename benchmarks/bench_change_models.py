"""The change models beside each other: the paper's network, the default, and the default after its screen.

    python benchmarks/bench_change_models.py [--shared ../shared] [--cores 2] [--rounds 3] [--pairs 64]

One scene of simulated pairs over unseen backdrops, laid side by side, one in eight with change; every leg runs it whole
through ``inference.tiles`` on the same cores, in turn, round after round. Prints one Markdown table: the median of the
rounds, ratios within them, and how many of the default's found objects the screen loses.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.inference.cascade import load_screen  # noqa: E402
from marscd_plugin.inference.models import bundled_models, find_model  # noqa: E402
from marscd_plugin.inference.session import Model, load_model  # noqa: E402
from marscd_plugin.inference.tiles import run_tiles  # noqa: E402
from marscd_plugin.training.judges import array_reader, normalised  # noqa: E402
from marscd_plugin.training.protocol import simulated_pairs  # noqa: E402
from marscd_plugin.training.tally import MIN_PX, OVERLAP, coverage  # noqa: E402

EVERY = 8


def scene(shared: Path, count: int) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray, np.ndarray]:
    """Both normalised images of the scene, where they are valid, and ids of what changed."""
    quiet, changed = [], []
    for pair in simulated_pairs(shared, "other"):
        (changed if pair.truth.any() else quiet).append(pair)
        if len(quiet) >= count - count // EVERY and len(changed) >= count // EVERY:
            break
    chosen = [changed.pop(0) if i % EVERY == 0 and changed else (quiet or changed).pop(0) for i in range(count)]
    side = int(count**0.5)
    first, second, valid, labels, most = [], [], [], [], 0
    for pair in chosen[: side * side]:
        images = normalised(pair)
        first.append(images[0])
        second.append(images[1])
        valid.append(pair.valid)
        labels.append(np.where(pair.labels > 0, pair.labels.astype(np.int32) + most, 0))
        most = max(most, int(labels[-1].max()))

    def laid(parts: list[np.ndarray]) -> np.ndarray:
        return np.concatenate([np.concatenate(parts[r * side : (r + 1) * side], 1) for r in range(side)])

    return (laid(first), laid(second)), laid(valid), laid(labels)


def run(model: Model, screen: Model | None, images: tuple[np.ndarray, np.ndarray], valid: np.ndarray) -> np.ndarray:
    """The model's answer over the scene."""
    rows, columns = valid.shape
    answer = np.zeros(valid.shape, np.float32)
    for strip in run_tiles(model, array_reader(images, valid), columns, rows, Quiet(), screen=screen):
        answer[strip.window.slices] = strip.output
    return answer


def found(answer: np.ndarray, threshold: float, labels: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Which objects are found, bool by id."""
    area, _, near = coverage(answer >= threshold, labels, valid, int(labels.max()) + 1)
    return (area >= MIN_PX) & (near >= OVERLAP * area)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=64)
    parser.add_argument("--paper", default="paper-rsl")
    parser.add_argument("--default", default="marscd-change")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: options.cores]))
    if options.default not in bundled_models():
        sys.stdout.write(f"Not measured: the model {options.default} is not at hand.\n")
        return
    images, valid, labels = scene(options.shared, options.pairs)
    default = load_model(find_model(options.default), "CPU", options.cores)
    legs = {
        "paper's network": (load_model(find_model(options.paper), "CPU", options.cores), None),
        "default": (default, None),
    }
    screen = load_screen(default, options.cores)
    if screen is not None:
        legs["default after its screen"] = (default, screen)
    seconds: dict[str, list[float]] = {name: [] for name in legs}
    answers = {}
    for _ in range(options.rounds + 1):
        for name, (model, first) in legs.items():
            start = time.perf_counter()
            answers[name] = run(model, first, images, valid)
            seconds[name].append(time.perf_counter() - start)
    seconds = {name: values[1:] for name, values in seconds.items()}  # the first round warms up
    area = valid.size / 1e6
    base = seconds["default"]
    lines = [
        f"{platform.machine()}, {options.cores} cores, {area:.1f} megapixels, {options.rounds} rounds in turn, load "
        f"{os.getloadavg()[0]:.1f}",
        "",
        "| leg | MP/s (median) | times the default, round by round | objects found | of the default's, lost |",
        "|---|---:|---|---:|---:|",
    ]
    own = found(answers["default"], default.card.threshold, labels, valid)
    for name, (model, _) in legs.items():
        ratios = [b / s for b, s in zip(base, seconds[name], strict=True)]
        here = found(answers[name], model.card.threshold, labels, valid)
        lost = "-" if name != "default after its screen" else f"{int((own & ~here).sum())} of {int(own.sum())}"
        lines.append(
            f"| {name} | {area / statistics.median(seconds[name]):.2f} | "
            f"{statistics.median(ratios):.2f} ({', '.join(f'{r:.2f}' for r in ratios)}) | {int(here.sum())} | {lost} |"
        )
    lines += ["", "On a GPU: not measured, no GPU was at hand."]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
