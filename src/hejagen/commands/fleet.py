"""The command for those who build many layers: `fleet`."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hejagen.commands.ui import (
    FOLDER,
    Command,
    edition_option,
    format_option,
    fresh_option,
    note_layers,
    progress,
    show_error,
    show_problems,
    tell,
)
from hejagen.errors import Stopped
from hejagen.messages import NOTHING, Message, say

if TYPE_CHECKING:  # loaded by the command itself, so that the others begin at once
    from hejagen.fleet.order import Order, Outcome
    from hejagen.fleet.run import Start


@click.command(cls=Command)
@click.argument("layers", nargs=-1, required=True, callback=note_layers,
                type=FOLDER)  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("fleet"), show_default=True,
              help="Folder to build into; each layer gets a folder of its name there.")  # fmt: skip
@edition_option
@format_option
@click.option("--dask", "address", help="Address of a Dask scheduler whose workers build, such as tcp://10.0.0.5:8786. "
              "Default: the cores of this computer.")  # fmt: skip
@fresh_option
@click.pass_context
def fleet(
    context: click.Context,
    layers: tuple[Path, ...],
    out: Path,
    editions: tuple[str, ...],
    form: str,
    address: str | None,
) -> None:
    """Build many LAYERS at once, such as layers/*, each as build makes it alone.

    A layer with errors keeps its last good build, and stops no other; one where nothing has changed is left as it is.
    index.html in the output tells which layer changes what. Ends with 0 when all are built, 1 when some are not, 2 for
    wrong usage.
    """
    from hejagen.commands.today import today
    from hejagen.editions import DEFAULT
    from hejagen.fleet import report
    from hejagen.fleet.order import orders
    from hejagen.fleet.run import cores, dask
    from hejagen.output import MARKER, put
    from hejagen.store.folder import store

    start = time.perf_counter()
    names = editions or tuple(edition.name for edition in DEFAULT)
    ordered = orders(layers, out, names, today(), fresh=store().fresh)
    put(out, MARKER, b"This folder is made by hejagen.\n")
    outcomes = _build(ordered, partial(dask, address) if address else cores, form)
    put(out, report.PAGE, report.as_html(outcomes).encode("utf-8", "replace"))
    count = sum(outcome.fault is None for outcome in outcomes)
    if form == "text":
        seconds = f"{time.perf_counter() - start:.1f}"
        tell(say("Built {count} of {all} layers in {seconds} s.", count=count, all=len(ordered), seconds=seconds))
        tell(say("Look: open {page}, which tells what each layer changes.", page=out / report.PAGE))
    context.exit(0 if count == len(ordered) else 1)


def _build(ordered: "tuple[Order, ...]", start: "Start", form: str) -> "list[Outcome]":
    """Return what became of the orders, sorted by name, having told of each when it came."""
    from hejagen.fleet.run import fleet as run_fleet

    outcomes: list[Outcome] = []
    try:
        with progress(form) as report:
            report(say("{count} of {all} layers", count=0, all=len(ordered)))
            for outcome in run_fleet(ordered, start):
                outcomes.append(outcome)
                report(NOTHING)
                _tell(outcome, say("{count} of {all}", count=len(outcomes), all=len(ordered)), form)
                report(say("{count} of {all} layers", count=len(outcomes), all=len(ordered)))
    except KeyboardInterrupt:
        message = say(
            "Stopped: {count} of {all} are built; the others are as they were.", count=len(outcomes), all=len(ordered)
        )
        raise Stopped(message, NOTHING) from None
    return sorted(outcomes, key=lambda outcome: outcome.name)


def _tell(outcome: "Outcome", count: Message, form: str) -> None:
    if outcome.fault:
        tell(say("{layer}: not built ({count})", layer=outcome.name, count=count), err=True)
        show_error(outcome.fault, form)
        return
    show_problems(outcome.warnings, form)
    if form == "text":
        seconds = f"{outcome.seconds:.1f}"
        message = say("{layer}: {pages} pages, {seconds} s ({count})", layer=outcome.name, pages=outcome.pages,
                      seconds=seconds, count=count)  # fmt: skip
        tell(message)
