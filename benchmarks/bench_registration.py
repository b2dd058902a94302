"""How well, how surely and how fast images are registered: simulated pairs, strangers, real pairs, large ones.

    python benchmarks/bench_registration.py [--quick] [--pairs 300] [--strangers 200] [--sizes 25 100 400] [--cores 2]

1. Simulated pairs (simulation/registration_pairs.py): the error is the displacement left over the valid overlap,
   against the viewing geometry itself, which registration never sees. The same by OpenCV's phase correlation and ECC.
2. Pairs that must not be registered: other ground, no texture.
3. The real pairs of ../shared/data/pairs, where they are there.
4. Large pairs in processes of their own: time and peak memory (the kernel's high-water mark of the process itself).

Prints Markdown to standard output. ``--folder`` keeps what was measured: a stopped run goes on there.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_detection import peak_megabytes  # noqa: E402
from registration_big import register_pair, write_pair  # noqa: E402
from registration_rivals import run_all  # noqa: E402

from marscd_plugin.common.errors import RegistrationError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.series.gate import Gate  # noqa: E402
from marscd_plugin.series.registration import attempt  # noqa: E402
from marscd_plugin.series.scene import ArrayScene  # noqa: E402
from marscd_plugin.series.ties import TiePoints, feature_check  # noqa: E402
from marscd_plugin.simulation.registration_pairs import KINDS, STRANGERS, registration_pair, stranger_pair  # noqa: E402

REAL = ROOT.parent / "shared" / "data" / "pairs"
OURS = "MarsCD"
_SIZE, _QUICK_SIZE = 768, 512


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run: 12 pairs of 512 px, 10 strangers, 4 MP")
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--strangers", type=int, default=200)
    parser.add_argument("--sizes", type=float, nargs="*", default=[25, 100, 400], help="megapixels")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--folder", default="", help="where measurements are kept (default: nowhere)")
    parser.add_argument("--big", default="", help=argparse.SUPPRESS)
    args, _ = parser.parse_known_args()
    if args.big:
        result: dict[str, float] = register_pair(Path(args.big))
        result["peak"] = peak_megabytes()
        sys.stdout.write(json.dumps(result) + "\n")
        return
    if args.quick:
        args.pairs, args.strangers, args.sizes = min(args.pairs, 12), min(args.strangers, 10), [4]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: args.cores]))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.folder or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        size = _QUICK_SIZE if args.quick else _SIZE
        sys.stdout.write(machine(args))
        pairs = measured(folder / f"pairs-{size}.jsonl", args, args.pairs, size, one_pair)
        sys.stdout.write(simulated_table(pairs, size))
        strangers = measured(folder / f"strangers-{size}.jsonl", args, args.strangers, size, one_stranger)
        sys.stdout.write(stranger_table(strangers))
        if REAL.is_dir():
            names = [f"{kind}/{name}" for kind, name in real_pairs()]
            names = names[::6] if args.quick else names
            real = measured(folder / "real.jsonl", args, len(names), 0, one_real, names)
            sys.stdout.write(real_table(real))
        else:
            sys.stdout.write("The real pairs are not here: not measured.\n\n")
        sys.stdout.flush()
        sys.stdout.write(size_table(args, folder))


def measured(
    kept: Path, args: argparse.Namespace, count: int, size: int, work: Callable[[tuple[Any, int]], dict],
    names: Sequence[str] | None = None,
) -> list[dict]:  # fmt: skip
    """What ``work`` says of each, from ``kept`` where it is there, in ``--cores`` processes."""
    done = {}
    if kept.exists():
        done = {r["key"]: r for r in map(json.loads, kept.read_text().splitlines())}
    keys: list[Any] = list(names) if names is not None else list(range(count))
    todo = [(key, size) for key in keys if key not in done]
    with get_context("spawn").Pool(args.cores) as pool, kept.open("a") as file:
        for result in pool.imap_unordered(work, todo):
            done[result["key"]] = result
            file.write(json.dumps(result) + "\n")
            file.flush()
    return [done[key] for key in keys]


def _alone() -> None:
    import cv2

    cv2.setNumThreads(1)


def one_pair(task: tuple[int, int]) -> dict:
    """One simulated pair by every method."""
    _alone()
    seed, size = task
    pair = registration_pair(seed, size)
    difference = pair.difference
    scene = ArrayScene(pair.reference, pair.moving)
    out: dict[str, Any] = {
        "key": seed, "kind": pair.kind, "azimuth": abs(difference.azimuth), "seams": len(difference.seams),
        "jitter": len(difference.jitter), "accepted": False, "reason": "", "methods": {},
    }  # fmt: skip
    start = time.perf_counter()
    try:
        alignment = attempt(scene, Gate(), Quiet())
    except RegistrationError as error:
        out["reason"] = error.what
    else:
        said = alignment.registration
        x, y = pair.points[:, 0], pair.points[:, 1]
        sure = alignment.trusted.at(x, y) if alignment.trusted is not None else np.ones(len(x), bool)
        out |= {"accepted": said.accepted, "reason": said.reason, "residual": said.residual_px}
        out["masked"] = float(1 - sure.mean())
        out["methods"][OURS] = _error(alignment.warp, pair, sure)
        out["everywhere"] = _error(alignment.warp, pair, np.ones(len(x), bool))
    out["seconds"] = {OURS: time.perf_counter() - start}
    ok = [np.isfinite(image) for image in (pair.reference, pair.moving)]
    images = [
        np.where(good, image, 0).astype(np.float32)
        for good, image in zip(ok, (pair.reference, pair.moving), strict=True)
    ]
    for name, answer in run_all(scene, images[0], ok[0], images[1], ok[1]).items():
        out["seconds"][name] = answer.seconds
        if answer.warp is not None:
            out["methods"][name] = _error(answer.warp, pair, np.ones(len(pair.points), bool))
    return out


def _error(warp: Any, pair: Any, where: np.ndarray) -> list[float]:
    """Median, 95th percentile and worst displacement left."""
    if not where.any():
        return [float("inf")] * 3
    x, y = warp.apply(pair.points[where, 0], pair.points[where, 1])
    left = np.hypot(x - pair.targets[where, 0], y - pair.targets[where, 1])
    return [float(np.median(left)), float(np.percentile(left, 95)), float(left.max())]


def one_stranger(task: tuple[int, int]) -> dict:
    """A pair that must be refused."""
    _alone()
    first, second, why = stranger_pair(task[0], min(task[1], 640))
    out = {"key": task[0], "why": why, "accepted": False, "reason": ""}
    try:
        said = attempt(ArrayScene(first, second), Gate(), Quiet()).registration
    except RegistrationError as error:
        out["reason"] = error.what
    else:
        out |= {"accepted": said.accepted, "reason": said.reason}
    return out


def real_pairs() -> Iterator[tuple[str, str]]:
    """(folder, name without what differs) of every real pair."""
    for kind, end in (
        ("no_visible_change", "_A.png"), ("frosted_dunes", "_A.png"), ("ctx", "_A.png"), ("stereo_anaglyph", "_R.png"),
    ):  # fmt: skip
        for path in sorted((REAL / kind).glob(f"*{end}")):
            yield kind, path.name.removesuffix(end)


def one_real(task: tuple[str, int]) -> dict:
    """One real pair: no truth, so what tie points of no fit say, and what feature matches say of every method."""
    import cv2

    _alone()
    kind, name = task[0].split("/")
    ends = ("_R.png", "_GB.png") if kind == "stereo_anaglyph" else ("_A.png", "_B.png")
    a, b = (cv2.imread(str(REAL / kind / (name + end)), 0).astype(np.float32) for end in ends)
    va, vb = a > 0, b > 0
    mask = REAL / kind / f"{name}_valid.png"
    if mask.exists():
        both = cv2.imread(str(mask), 0) > 0
        va, vb = va & both, vb & both
    scene = ArrayScene(a, b, va, vb)
    out: dict[str, Any] = {"key": task[0], "kind": kind, "accepted": False, "reason": "", "features": {}}
    start = time.perf_counter()
    ties = None
    try:
        alignment = attempt(scene, Gate(), Quiet())
    except RegistrationError as error:
        out["reason"] = error.what
    else:
        said, ties = alignment.registration, alignment.ties
        held = ties.residuals[ties.held_out & (ties.distance <= Gate().outlier)]
        out |= {"accepted": said.accepted, "reason": said.reason, "residual": said.residual_px,
                "held_median": float(np.median(np.hypot(*held.T))), "ties": said.tie_point_count,
                "residual_y": float(np.sqrt(np.mean(held[:, 1] ** 2))),
                "masked": alignment.trusted.masked if alignment.trusted else 0.0}  # fmt: skip
        if alignment.warp.nodes is not None:
            x = alignment.warp.apply(ties.points[:, 0], ties.points[:, 1])[0] - ties.points[:, 0]
            out["range_x"] = float(np.ptp(np.percentile(x, (0.5, 99.5))))
        out["features"][OURS] = said.disagreement_px
    out["seconds"] = time.perf_counter() - start
    level = TiePoints(np.empty((0, 2)), np.empty((0, 2)), np.empty((0, 2)), np.empty(0, bool), 64, 0)
    for method, answer in run_all(scene, a * va, va, b * vb, vb).items():
        if answer.warp is not None:
            out["features"][method] = feature_check(scene, answer.warp, ties or level, Quiet())[0]
    return out


def simulated_table(pairs: list[dict], size: int) -> str:
    """Errors over all accepted pairs, by sun, by kind; and the other methods on the same pairs."""
    accepted = [p for p in pairs if p["accepted"]]
    near = [p for p in pairs if p["azimuth"] < 20]
    lines = [
        f"### {len(pairs)} simulated pairs of {size} x {size} px",
        "",
        f"Accepted: {len(accepted)} of {len(pairs)}; of the {len(near)} with the sun moved by less than 20 degrees in "
        f"azimuth, {sum(p['accepted'] for p in near)} ({sum(p['accepted'] for p in near) / max(len(near), 1):.1%}).",
        "",
        "| pairs | accepted | a pair's median error: median, 95th percentile, worst | a pair's 95th "
        "percentile: median, 95th percentile, worst | pairs within 0.1 px and 0.3 px |",
        "|---|---:|---:|---:|---:|",
    ]
    groups: list[tuple[str, list[dict]]] = [("all", pairs), ("sun moved under 20 degrees", near)]
    groups += [("sun moved 20 to 40 degrees", [p for p in pairs if p["azimuth"] >= 20])]
    groups += [(f"texture: {kind}", [p for p in pairs if p["kind"] == kind]) for kind in KINDS]
    groups += [("CCD seams", [p for p in pairs if p["seams"]]), ("jitter", [p for p in pairs if p["jitter"]])]
    for name, group in groups:
        errors = np.array([p["methods"][OURS] for p in group if p["accepted"]]).reshape(-1, 3)
        if len(errors):
            lines.append(f"| {name} | {len(errors)} of {len(group)} | {_three(errors[:, 0])} | {_three(errors[:, 1])} "
                         f"| {np.mean((errors[:, 0] <= 0.1) & (errors[:, 1] <= 0.3)):.1%} |")  # fmt: skip
    whole = np.array([p["everywhere"] for p in accepted]).reshape(-1, 3)
    if len(whole):
        lines += ["", f"Errors are over what is not masked; masked in the mean: "
                  f"{np.mean([p['masked'] for p in accepted]):.2%} of the overlap. With what is masked, a pair's 95th "
                  f"percentile is {_three(whole[:, 1])} px (median, 95th percentile, worst pair)."]  # fmt: skip
    lines += [
        "",
        "The same pairs by other methods (errors where the method gave an answer at all):",
        "",
        "| method | answered | a pair's median error: median, 95th percentile | a pair's 95th percentile: median | "
        "smaller median error than MarsCD's | seconds a pair, median |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for method in dict.fromkeys(m for p in pairs for m in p["seconds"]):
        errors = np.array([p["methods"][method] for p in pairs if method in p["methods"]]).reshape(-1, 3)
        if not len(errors):
            continue
        better = sum(p["methods"][method][0] < p["methods"][OURS][0] for p in accepted if method in p["methods"])
        lines.append(
            f"| {method} | {len(errors)} | {np.median(errors[:, 0]):.3f}, {np.percentile(errors[:, 0], 95):.3f} | "
            f"{np.median(errors[:, 1]):.3f} | {'' if method == OURS else f'{better} of {len(accepted)}'} | "
            f"{np.median([p['seconds'][method] for p in pairs]):.1f} |"
        )
    refused = [p for p in pairs if not p["accepted"]]
    lines.append("")
    lines += [
        f"Refused: {p['key']} ({p['kind']}, sun moved {p['azimuth']:.0f} degrees): {p['reason']}  " for p in refused
    ]
    return "\n".join(lines) + "\n\n"


def _three(values: np.ndarray) -> str:
    return f"{np.median(values):.3f}, {np.percentile(values, 95):.3f}, {values.max():.3f}"


def stranger_table(strangers: list[dict]) -> str:
    """How many of what must be refused were accepted."""
    lines = [f"### {len(strangers)} pairs that must be refused", "", "| what | pairs | accepted |", "|---|---:|---:|"]
    for why in STRANGERS:
        group = [s for s in strangers if s["why"] == why]
        lines.append(f"| {why} | {len(group)} | {sum(s['accepted'] for s in group)} |")
    lines += ["", *(f"Accepted: {s['key']} ({s['why']}): {s['reason']}  " for s in strangers if s["accepted"])]
    return "\n".join(lines) + "\n"


def real_table(real: list[dict]) -> str:
    """Every real pair."""
    methods = list(dict.fromkeys(m for r in real for m in r["features"]))
    lines = [
        "### Real pairs", "",
        "Residual: RMS and median of tie points held out of every fit, in y alone, and how far the field spans in x. "
        "Feature matches: how far they lie from where each map puts them (they had no part in any fine fit).", "",
        "| pair | decision | residual, RMS | median | in y, RMS | field in x | masked | "
        + " | ".join(f"features: {m}" for m in methods) + " | s |",
        "|---|---|" + "---:|" * (6 + len(methods)),
    ]  # fmt: skip
    for r in real:
        numbers = [
            _number(r.get(k), d) for k, d in (("residual", 2), ("held_median", 2), ("residual_y", 2), ("range_x", 1))
        ]
        lines.append(
            f"| {r['key']} | {'accepted' if r['accepted'] else 'refused: ' + r['reason']} | " + " | ".join(numbers)
            + f" | {_number(r.get('masked'), 2)} | " + " | ".join(_number(r["features"].get(m), 2) for m in methods)
            + f" | {r['seconds']:.1f} |"
        )  # fmt: skip
    kinds = dict.fromkeys(r["kind"] for r in real)
    lines += ["", *(f"{kind}: {sum(r['accepted'] for r in real if r['kind'] == kind)} of "
                    f"{sum(r['kind'] == kind for r in real)} accepted.  " for kind in kinds)]  # fmt: skip
    return "\n".join(lines) + "\n\n"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def size_table(args: argparse.Namespace, folder: Path) -> str:
    """Time and memory by size."""
    lines = [
        "### Size", "",
        "A shift of (37.3, -21.8) px, parallax to 5 px, noise, another gain; registered, then written as a COG. Peak "
        "memory is the process's own high-water mark over both.", "",
        "| megapixels | registering, s | processor s | writing, s | peak memory, MB | error: median, 95th percentile |",
        "|---:|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    kept = folder / "sizes.json"
    done = json.loads(kept.read_text()) if kept.exists() else {}
    for size in args.sizes:
        if f"{size:g}" not in done:
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                write_pair(Path(scratch), round((size * 1e6) ** 0.5))
                command = [sys.executable, __file__, "--big", scratch]
                ran = subprocess.run(command, capture_output=True, text=True, check=False)
                if ran.returncode != 0:
                    raise SystemExit(f"{size:g} megapixels failed:\n{ran.stderr}")
                done[f"{size:g}"] = json.loads(ran.stdout.splitlines()[-1])
            kept.write_text(json.dumps(done))
        r = done[f"{size:g}"]
        lines.append(
            f"| {size:g} | {r['register']:.0f} | {r['cpu']:.0f} | {r['write']:.0f} | {r['peak']:.0f} | "
            f"{r['median']:.3f}, {r['high']:.3f}{'' if r['accepted'] else ' (refused)'} |"
        )
    return "\n".join(lines) + "\n"


def machine(args: argparse.Namespace) -> str:
    """Where this was measured, and with what."""
    import cv2
    from osgeo import gdal

    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [x.split(":", 1)[1].strip() for x in info.read_text().splitlines() if x.startswith("model name")]
        name = models[0] if models else name
    try:
        arosics = f"AROSICS {importlib.metadata.version('arosics')} is installed but not run"
    except importlib.metadata.PackageNotFoundError:
        arosics = f"AROSICS 1.13 is not run: it needs GDAL 3.8 or newer, and this is {gdal.__version__}"
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{name}, {args.cores} cores used of {os.cpu_count()}{load}; Python {platform.python_version()}, numpy "
        f"{np.__version__}, GDAL {gdal.__version__}, OpenCV {cv2.__version__}. {arosics}.\n\n"
    )


if __name__ == "__main__":
    main()
