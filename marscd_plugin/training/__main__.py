"""Command line: ``python -m marscd_plugin.training fit | export | evaluate``."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from ..common.errors import CancelledError, MarscdError
from ..common.progress import Console, stop_signals


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="python -m marscd_plugin.training", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="train the paper's network and export it")
    fit.add_argument("--shared", type=Path, required=True, help="folder that holds data/ (real backdrops and pairs)")
    fit.add_argument("--out", type=Path, required=True, help="folder for checkpoint, log and model")
    fit.add_argument("--minutes", type=float, default=60.0, help="training time, over all resumed parts")
    fit.add_argument("--steps", type=int, help="a number of steps instead of a time")
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--batch", type=int, default=4)
    fit.add_argument("--workers", type=int, default=1, help="processes that draw pairs")
    fit.add_argument("--threads", type=int, default=2, help="threads that learn")
    fit.add_argument("--checkpoint-minutes", type=float, default=4.0)
    fit.add_argument("--device", default="cpu", help="a torch device, such as cpu or cuda")
    fit.add_argument("--float32", action="store_true", help="learn in full precision (default: bfloat16 where it can)")
    fit.add_argument("--resume", action="store_true", help="go on from the folder's checkpoint")
    export = commands.add_parser("export", help="export a checkpoint as it is")
    export.add_argument("--shared", type=Path, required=True)
    export.add_argument("--out", type=Path, required=True, help="the folder that holds checkpoint.pt")
    export.add_argument("--model", type=Path, help="where the model goes; else into the folder")
    evaluate = commands.add_parser("evaluate", help="accuracy of a model file as a table")
    evaluate.add_argument("--model", type=Path, required=True)
    evaluate.add_argument("--shared", type=Path, required=True)
    evaluate.add_argument("--pairs", type=int, default=160, help="simulated pairs")
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 on success, 1 with one message on a failure, 2 on wrong usage."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    progress = Console()
    try:
        with stop_signals(progress.cancel):
            if options.command == "fit":
                from .recipe import fit_paper

                fit_paper(options, progress)
            elif options.command == "export":
                from .recipe import export_checkpoint

                export_checkpoint(options.shared, options.out, options.model)
            else:
                from .report import accuracy_rows

                for row in accuracy_rows(options.model, options.shared, options.pairs):
                    print(row.text, flush=True)
            if progress.cancelled():
                raise CancelledError(remedy="Run it again with --resume to go on.")
    except MarscdError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
