"""The command for those who build many layers: `fleet`."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from hejagen.commands.ui import errors_shown, format_option, known_edition, progress, show_problems


@click.command()
@click.argument("layers", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("fleet"), show_default=True,
              help="Folder to build into; each layer gets a folder of its name there.")  # fmt: skip
@click.option("--edition", "names", multiple=True, help="Edition to build; may be repeated. Default: all but gallery.")
@format_option
@click.option("--dask", "address", help="Address of a Dask scheduler whose workers build, such as tcp://10.0.0.5:8786. "
              "Default: the cores of this computer.")  # fmt: skip
def fleet(layers: tuple[Path, ...], out: Path, names: tuple[str, ...], form: str, address: str | None) -> None:
    """Build many LAYERS at once, such as layers/*, each as build makes it alone.

    A layer with errors keeps its last good build, and stops no other. index.html in the output tells which layer
    changes what. Ends with 0 when all are built, 1 when some are not, 2 for wrong usage.
    """
    from hejagen.editions import DEFAULT, EDITIONS
    from hejagen.fleet import report as fleet_report
    from hejagen.fleet.run import cores, dask, orders
    from hejagen.output import MARKER, put
    from hejagen.pipeline import today

    chosen = tuple(known_edition(name, tuple(EDITIONS)) for name in names) or tuple(edition.name for edition in DEFAULT)
    start = time.perf_counter()
    with _fleet_errors_shown(form):
        try:
            ordered = orders(layers, out, chosen, today())
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        put(out, MARKER, b"This folder is made by hejagen.\n")
        with progress(form) as report:
            outcomes = list(_each(ordered, partial(dask, address) if address else cores, report, form))
        put(out, fleet_report.PAGE, fleet_report.as_html(outcomes).encode("utf-8", "replace"))
    done = [outcome for outcome in outcomes if outcome.fault is None]
    if form == "text":
        click.echo(f"Built {len(done)} of {len(ordered)} editions in {time.perf_counter() - start:.1f} s.")
        click.echo(f"Look: open {out / fleet_report.PAGE}, which tells what each layer changes.")
    raise SystemExit(0 if len(done) == len(ordered) else 1)


def _each(ordered: tuple[Any, ...], start: Any, report: Callable[[str], None], form: str) -> Iterator[Any]:
    """Yield the outcomes by name, having told each as it came."""
    from hejagen.fleet.run import fleet as run_fleet

    found = []
    try:
        for outcome in run_fleet(ordered, start):
            found.append(outcome)
            report(f"{len(found)} of {len(ordered)} layers")
            _tell(outcome, form)
    except KeyboardInterrupt:
        count = f"{len(found)} of {len(ordered)}"
        click.echo(f"Stopped: {count} are built, and what had begun; the others are as they were.", err=True)
        raise SystemExit(130) from None
    yield from sorted(found, key=lambda outcome: outcome.name)


def _tell(outcome: Any, form: str) -> None:
    if outcome.fault is None:
        show_problems(outcome.warnings, form)
        if form == "text":
            click.echo(f"{outcome.name}: {outcome.pages} pages, {outcome.seconds:.1f} s")
        return
    click.echo(f"{outcome.name}: not built", err=True)
    try:
        with _fleet_errors_shown(form):
            raise outcome.fault
    except SystemExit:
        pass  # its problems are told; the fleet goes on
    except click.ClickException as error:
        error.show()


@contextmanager
def _fleet_errors_shown(form: str) -> Iterator[None]:
    """The same messages as other commands give, and those of many processes."""
    from hejagen.fleet.run import NoCluster

    try:
        with errors_shown(form):
            yield
    except NoCluster as error:
        raise click.ClickException(str(error)) from None
    except BrokenExecutor:
        raise click.ClickException(
            "The system stopped the process that built, perhaps for lack of memory. The last good build is untouched."
        ) from None
