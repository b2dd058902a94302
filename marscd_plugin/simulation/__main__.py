"""``python -m marscd_plugin.simulation --out DIR``: contact sheets of what the simulation makes."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from ..common.errors import MarscdError
from ..common.progress import Console, stop_signals
from .sheets import write_sheets


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 on success, 1 with one clear message on failure."""
    parser = argparse.ArgumentParser(prog="python -m marscd_plugin.simulation", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the PNG sheets")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same pictures")
    parser.add_argument("--shared", type=Path, help="folder that holds data/hirise_crops, for real backdrops")
    parser.add_argument("--size", type=int, default=2048, help="edge of the Palikir scene in pixels")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    progress = Console()
    try:
        with stop_signals(progress.cancel):
            paths = write_sheets(options.out, options.seed, options.shared, options.size, progress)
    except MarscdError as error:
        logging.getLogger(__name__).error("%s", error)
        return 1
    for path in paths:
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
