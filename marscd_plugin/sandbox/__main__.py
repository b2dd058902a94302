"""``python -m marscd_plugin.sandbox serve | publish | fill``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from ..common.errors import InputError, MarscdError
from ..common.progress import Console, stop_signals
from ..planet.time import parse_utc
from .faults import FaultPlan, read_plan
from .publish import open_archive, placement, publish_raster, wish
from .server import SandboxServer


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main_parser = argparse.ArgumentParser(
        prog="python -m marscd_plugin.sandbox", description="A small Mars archive on this computer."
    )
    main_parser.add_argument("--verbose", action="store_true", help="say on stderr what happens")
    commands = main_parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser(
        "serve", help="answer as ODE REST and the HiRISE archive over HTTP, on this computer only"
    )
    serve.add_argument("--port", type=int, default=0, help="0: any free one")
    serve.add_argument("--faults", type=Path, help="a fault plan (docs/sandbox.md)")

    publish = commands.add_parser("publish", help="put a raster into the archive as a HiRISE RDR product")
    publish.add_argument("--image", type=Path, required=True, help="any raster that GDAL reads")
    publish.add_argument("--product-id", required=True, help="for example ESP_022689_1380_RED")
    publish.add_argument("--time", required=True, help="UTC, for example 2011-05-30T04:20:00")
    publish.add_argument("--lat", type=float, help="latitude of the image's centre (image without georeference)")
    publish.add_argument("--lon", type=float, help="east longitude of the image's centre")
    publish.add_argument("--pixel-size", type=float, help="metres a pixel")
    publish.add_argument("--incidence", type=float, help="degrees; else worked out for 3 in the afternoon")
    publish.add_argument("--sub-solar-azimuth", type=float, help="degrees clockwise from north on the map")
    publish.add_argument("--emission", type=float, help="degrees; else 1")
    publish.add_argument("--mask", type=Path, help="a raster of the image's size: where it is 0, nothing was measured")

    fill = commands.add_parser("fill", help="fill the archive with simulated time series of known truth")
    fill.add_argument("--seed", type=int, help="else the preset's own")
    fill.add_argument("--preset", default="palikir")
    fill.add_argument("--size", type=int, default=2048, help="edge of the scene in pixels")
    fill.add_argument("--context", action="store_true", help="small simulated CTX and CRISM products as well")
    fill.add_argument("--backdrops", type=Path, help="a folder of real images to lay the simulated change over")

    for command in (serve, publish, fill):
        command.add_argument("--root", type=Path, required=True, help="the archive's folder")
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Errors are one line on stderr."""
    given = parser().parse_args(arguments)
    level = logging.DEBUG if given.verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    try:
        return {"serve": _serve, "publish": _publish, "fill": _fill}[given.command](given)
    except MarscdError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1


def _serve(given: argparse.Namespace) -> int:
    if not 0 <= given.port <= 65535:
        raise InputError(f"There is no port {given.port}.", "Give 0 to 65535.")
    plan = read_plan(given.faults) if given.faults else FaultPlan()
    open_archive(given.root)
    ended = threading.Event()
    with stop_signals(ended.set), SandboxServer(given.root, given.port, plan) as server:
        print(json.dumps(server.variables), flush=True)
        ended.wait()
    return 0


def _publish(given: argparse.Namespace) -> int:
    where = (given.lon, given.lat, given.pixel_size)
    if any(v is not None for v in where) and None in where:
        raise InputError(
            "--lat, --lon and --pixel-size belong together.", "Give all three, or none for a georeferenced image."
        )
    progress = Console()
    with stop_signals(progress.cancel):
        facts = publish_raster(
            given.root,
            given.image,
            wish(given.product_id, parse_utc(given.time), given.incidence, given.sub_solar_azimuth, given.emission),
            None if None in where else placement(*where),
            given.mask,
            progress,
        )
    print(json.dumps({"product_id": facts.name.product_id, "image": str(Path("pds") / facts.name.image_path)}))
    return 0


def _fill(given: argparse.Namespace) -> int:
    # Here, so that serve and publish start without scipy.
    from .fill import fill

    progress = Console()
    with stop_signals(progress.cancel):
        report = fill(given.root, given.seed, given.preset, given.backdrops, progress, given.size)
        if given.context:
            from .context import fill_context

            report["context"] = fill_context(given.root, progress)["products"]
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
