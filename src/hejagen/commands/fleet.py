"""The command for those who build many layers: `fleet`."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hejagen.commands.ui import edition_option, format_option, progress, show_error, show_problems
from hejagen.errors import Stopped

if TYPE_CHECKING:  # loaded by the command itself, so that the others begin at once
    from hejagen.fleet.order import Order, Outcome
    from hejagen.fleet.run import Start


@click.command()
@click.argument("layers", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("fleet"), show_default=True,
              help="Folder to build into; each layer gets a folder of its name there.")  # fmt: skip
@edition_option
@format_option
@click.option("--dask", "address", help="Address of a Dask scheduler whose workers build, such as tcp://10.0.0.5:8786. "
              "Default: the cores of this computer.")  # fmt: skip
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

    A layer with errors keeps its last good build, and stops no other. index.html in the output tells which layer
    changes what. Ends with 0 when all are built, 1 when some are not, 2 for wrong usage.
    """
    from hejagen.editions import DEFAULT
    from hejagen.fleet import report
    from hejagen.fleet.order import orders
    from hejagen.fleet.run import cores, dask
    from hejagen.output import MARKER, put
    from hejagen.pipeline import today

    start = time.perf_counter()
    ordered = orders(layers, out, editions or tuple(edition.name for edition in DEFAULT), today())
    put(out, MARKER, b"This folder is made by hejagen.\n")
    outcomes = _build(ordered, partial(dask, address) if address else cores, form)
    put(out, report.PAGE, report.as_html(outcomes).encode("utf-8", "replace"))
    count = sum(outcome.fault is None for outcome in outcomes)
    if form == "text":
        click.echo(f"Built {count} of {len(ordered)} editions in {time.perf_counter() - start:.1f} s.")
        click.echo(f"Look: open {out / report.PAGE}, which tells what each layer changes.")
    context.exit(0 if count == len(ordered) else 1)


def _build(ordered: "tuple[Order, ...]", start: "Start", form: str) -> "list[Outcome]":
    """Return what became of the orders, sorted by name, having told of each when it came."""
    from hejagen.fleet.run import fleet as run_fleet

    outcomes: list[Outcome] = []
    try:
        with progress(form) as report:
            report(f"0 of {len(ordered)} layers")
            for outcome in run_fleet(ordered, start):
                outcomes.append(outcome)
                report("")
                _tell(outcome, f"{len(outcomes)} of {len(ordered)}", form)
                report(f"{len(outcomes)} of {len(ordered)} layers")
    except KeyboardInterrupt:
        count = f"{len(outcomes)} of {len(ordered)}"
        raise Stopped(f"Stopped: {count} are built; the others are as they were.", "") from None
    return sorted(outcomes, key=lambda outcome: outcome.name)


def _tell(outcome: "Outcome", count: str, form: str) -> None:
    if outcome.fault:
        click.echo(f"{outcome.name}: not built ({count})", err=True)
        show_error(outcome.fault, form)
        return
    show_problems(outcome.warnings, form)
    if form == "text":
        click.echo(f"{outcome.name}: {outcome.pages} pages, {outcome.seconds:.1f} s ({count})")
