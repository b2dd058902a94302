"""Command line: ``python -m marscd_plugin.training fit | export | evaluate | finetune``."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from ..common.errors import CancelledError, MarscdError
from ..common.progress import Console, Progress, stop_signals


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
    evaluate.add_argument("--beside", type=Path, nargs="*", default=[], help="other model files, on the same pairs")
    evaluate.add_argument("--cache", type=Path, default=Path("build/evaluation"), help="keeps what was measured")
    evaluate.add_argument("--share", type=float, default=1.0, help="below 1: a thinned, quick look")
    evaluate.add_argument("--document", type=Path, help="the document whose tables are rewritten, pictures beside it")
    evaluate.add_argument("--threads", type=int, default=2)
    draw = commands.add_parser("draw", help="draw the pool of pairs that the default model learns from")
    draw.add_argument("--shared", type=Path, required=True)
    draw.add_argument("--pool", type=Path, required=True, help="folder for the drawings")
    draw.add_argument("--count", type=int, default=24_000)
    draw.add_argument("--seed", type=int, default=1)
    draw.add_argument("--worker", type=int, default=0)
    draw.add_argument("--workers", type=int, default=1, help="how many share the work; each is started by itself")
    draw.add_argument("--again", action="store_true", help="draw all anew, in place")
    change = commands.add_parser("fit-change", help="train the default model from a pool")
    change.add_argument("--shared", type=Path, required=True)
    change.add_argument("--pool", type=Path, required=True)
    change.add_argument("--out", type=Path, required=True)
    change.add_argument("--minutes", type=float, default=75.0)
    change.add_argument("--steps", type=int)
    change.add_argument("--until", help="end at that time of the clock (HH:MM, UTC), whatever step is reached")
    change.add_argument("--seed", type=int, default=1)
    change.add_argument("--batch", type=int, default=4)
    change.add_argument("--size", type=int, default=192)
    change.add_argument("--rate", type=float, default=2e-3)
    change.add_argument("--threads", type=int, default=2)
    change.add_argument("--checkpoint-minutes", type=float, default=5.0)
    change.add_argument("--device", default="cpu")
    change.add_argument("--float32", action="store_true")
    change.add_argument("--compiled", action="store_true", help="let torch compile the network (needs g++)")
    change.add_argument("--resume", action="store_true")
    change.add_argument("--processes", type=int, default=1, help="how many learn together; each is started by itself")
    change.add_argument("--rank", type=int, default=0, help="which of them this is")
    shipped = commands.add_parser("export-change", help="calibrate and export the default model with its halves")
    shipped.add_argument("--shared", type=Path, required=True)
    shipped.add_argument("--out", type=Path, required=True, help="the folder that holds checkpoint.pt")
    shipped.add_argument("--model", type=Path, required=True, help="where the model goes; its halves go beside it")
    shipped.add_argument("--pairs", type=int, default=240, help="simulated pairs that choose, of each of two sets")
    screen = commands.add_parser("fit-screen", help="teach and export the default model's screen")
    screen.add_argument("--shared", type=Path, required=True)
    screen.add_argument("--pool", type=Path, required=True)
    screen.add_argument("--teacher", type=Path, required=True, help="the folder that holds the default's checkpoint.pt")
    screen.add_argument("--model", type=Path, required=True, help="the default model's file; the screen goes beside it")
    screen.add_argument("--out", type=Path, required=True)
    screen.add_argument("--minutes", type=float, default=10.0)
    screen.add_argument("--steps", type=int)
    screen.add_argument("--seed", type=int, default=1)
    screen.add_argument("--threads", type=int, default=1)
    screen.add_argument("--resume", action="store_true")
    paper = commands.add_parser("fit-analogue-paper", help="train and export the paper's network for analogues")
    paper.add_argument("--shared", type=Path, required=True)
    paper.add_argument("--out", type=Path, required=True, help="folder for the run's record (and the model)")
    paper.add_argument("--model", type=Path, help="where the model goes; else into the folder")
    paper.add_argument("--epochs", type=int, default=300)
    paper.add_argument("--seed", type=int, default=1)
    paper.add_argument("--threads", type=int, default=1)
    better = commands.add_parser("fit-analogue", help="train and export the default embedding for analogues")
    better.add_argument("--shared", type=Path, required=True)
    better.add_argument("--out", type=Path, required=True, help="folder for checkpoint and log")
    better.add_argument("--model", type=Path, required=True, help="where the model goes")
    better.add_argument("--minutes", type=float, default=24.0, help="of the first part, on split train alone")
    better.add_argument("--steps", type=int, help="a number of steps instead of a time")
    better.add_argument("--more-minutes", type=float, default=28.0, help="of the second part, with split tune as well")
    better.add_argument("--more-steps", type=int)
    better.add_argument("--seed", type=int, default=1)
    better.add_argument("--threads", type=int, default=1, help="more than one only on an idle machine")
    better.add_argument("--resume", action="store_true")
    better.add_argument("--export-only", action="store_true", help="export from the folder as it stands")
    judged = commands.add_parser("evaluate-analogues", help="how well embeddings find landforms, as tables")
    judged.add_argument("--shared", type=Path, required=True)
    judged.add_argument("--paper", type=Path, default=Path("resources/models/paper-analogue.onnx"))
    judged.add_argument("--cache", type=Path, default=Path("build/evaluation-analogues"), help="keeps what is slow")
    judged.add_argument("--document", type=Path, help="the document whose part on analogues is rewritten")
    judged.add_argument("--threads", type=int, default=1)
    own = commands.add_parser("teach-analogue", help="train an embedding on chips of yours (trainanaloguemodel)")
    own.add_argument("--job", type=Path, required=True, help="JSON of training.analogue_job.AnalogueJob")
    own.add_argument("--listen", action="store_true", help="a line on standard input, or its end, stops the run")
    teach = commands.add_parser("finetune", help="teach a model by a person's verdicts (marscd:trainchangemodel)")
    teach.add_argument("--job", type=Path, required=True, help="JSON of training.teach_job.TeachJob")
    teach.add_argument("--listen", action="store_true", help="a line on standard input, or its end, stops the run")
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 on success, 1 with one message on a failure, 2 on wrong usage."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    if options.command == "finetune":
        from .teach_child import run

        return run(options.job, options.listen)
    if options.command == "teach-analogue":
        from .analogue_teach import teach_analogue
        from .teach_child import run

        return run(options.job, options.listen, teach_analogue)
    progress = Console()
    try:
        with stop_signals(progress.cancel):
            if options.command == "fit":
                from .recipe import fit_paper

                fit_paper(options, progress)
            elif options.command == "draw":
                from .change_recipe import draw

                draw(options, progress)
            elif options.command == "fit-change":
                from .change_recipe import fit_change

                fit_change(options, progress)
            elif options.command == "fit-screen":
                from .screen_recipe import fit_screen

                fit_screen(options, progress)
            elif options.command == "export-change":
                from .change_recipe import export_trained

                export_trained(options.shared, options.out, options.model, count=options.pairs)
            elif options.command == "fit-analogue-paper":
                from .analogue_paper_recipe import fit_analogue_paper

                fit_analogue_paper(options, progress)
            elif options.command == "fit-analogue":
                from .analogue_recipe import fit_analogue

                fit_analogue(options, progress)
            elif options.command == "evaluate-analogues":
                evaluate_analogues(options, progress)
            elif options.command == "export":
                from .recipe import export_checkpoint

                export_checkpoint(options.shared, options.out, options.model)
            else:
                evaluate_models(options, progress)
            if progress.cancelled():
                raise CancelledError(remedy="Run it again with --resume to go on.")
    except MarscdError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def evaluate_models(options: argparse.Namespace, progress: Progress) -> None:
    """``evaluate``: the tables to standard output, and into the document where one is named."""
    from .accuracy import accuracy, rewrite

    models = {path.stem: path for path in (options.model, *options.beside)}
    pictures = options.document.parent / "pictures" if options.document else None
    lines = []
    for line in accuracy(models, options.shared, options.cache, progress, options.share, options.threads, pictures):
        print(line, flush=True)
        lines.append(line)
    if options.document:
        rewrite(options.document, lines)


def evaluate_analogues(options: argparse.Namespace, progress: Progress) -> None:
    """``evaluate-analogues``: as ``evaluate``, between marks of its own."""
    from .accuracy import rewrite
    from .analogue_paper_recipe import BEGIN, END, analogue_accuracy

    lines = []
    for line in analogue_accuracy(options, progress):
        print(line, flush=True)
        lines.append(line)
    if options.document:
        rewrite(options.document, lines, (BEGIN, END))


if __name__ == "__main__":
    sys.exit(main())
