"""Orders and outcomes: what a fleet sends to its workers, and what it gets back."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hejagen import __version__
from hejagen.editions import EDITIONS
from hejagen.errors import UNTOUCHED, HejagenError, WrongUsage, cannot, report_fault
from hejagen.layers.folder import RECORD, SETTINGS, files_read
from hejagen.layers.piece import Verb
from hejagen.layers.stack import stack
from hejagen.layers.survey import Survey
from hejagen.messages import say
from hejagen.output import refuse_others
from hejagen.pipeline import build
from hejagen.problems import Problem
from hejagen.store.folder import store
from hejagen.store.last import keep_result, last_result, sources_of


@dataclass(frozen=True, slots=True)
class Order:
    """A layer to build: its folder, the output folder, the editions, the day, and the version of hejagen."""

    layer: Path
    out: Path
    editions: tuple[str, ...]
    day: date
    version: str = __version__
    fresh: bool = False
    """Whether everything is made anew, also what has not changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a layer does with one piece, and where in the layer it says this. Many layers may share a layer below."""

    layer: str
    verb: Verb
    key: str
    at: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an order. `fault` says why nothing was built; the last good build is then still there."""

    order: Order
    site: str = ""
    folders: tuple[str, ...] = ()
    pages: int = 0
    files: int = 0
    seconds: float = 0.0
    warnings: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    fault: HejagenError | None = None

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.order.layer.name


def orders(
    folders: Sequence[Path], out: Path, editions: tuple[str, ...], day: date, *, fresh: bool = False
) -> tuple[Order, ...]:
    """Return an order for each layer, its output in a folder of its name below `out`.

    Raises WrongUsage when two layers have the same name, and when `out` holds files that hejagen has not written.
    """
    refuse_others(out)
    by_name: dict[str, Path] = {}
    for folder in map(Path.resolve, folders):
        # Some file systems do not distinguish Sundby from sundby.
        if (same := by_name.setdefault(folder.name.casefold(), folder)) != folder:
            raise WrongUsage(
                say("{same} and {folder} have the same name.", same=same, folder=folder),
                say("Build them one at a time."),
            )
    return tuple(
        Order(folder, out.resolve() / folder.name, editions, day, fresh=fresh) for folder in sorted(by_name.values())
    )


def fill(order: Order) -> Outcome:
    """Build one layer, unless nothing has changed since it was built. Faults, also of hejagen itself, become part of
    the outcome and do not stop other layers."""
    start = time.perf_counter()
    store().fresh = order.fresh
    # Messages name files as seen from the folder where the worker runs.
    request = ("order", Path.cwd(), order.layer, order.out, order.editions, order.day)
    try:
        if order.version != __version__:
            message = say(
                "The worker has hejagen {version}, this computer {version2}.",
                version=__version__,
                version2=order.version,
            )
            raise HejagenError(message, say("Install the same version on both."))
        if isinstance(last := last_result(request, files_read), Outcome):
            return replace(last, order=order, seconds=time.perf_counter() - start)
        editions = tuple(EDITIONS[name] for name in order.editions)
        sources = sources_of((str(layer.folder) for layer in stack((order.layer,)).layers), files_read)
        built = build((order.layer,), order.out, editions, order.day)
        changes = tuple(_changes(built.survey))
    except HejagenError as fault:
        return Outcome(order, fault=fault)
    except OSError as error:
        return Outcome(order, fault=cannot("read", error))
    except MemoryError:
        return Outcome(
            order, fault=HejagenError(say("The layer takes more memory than a process may have."), UNTOUCHED)
        )
    except Exception as error:
        return Outcome(order, fault=HejagenError(report_fault(error)))
    folders = tuple(folder.name for folder in built.folders)
    name = built.site.config.name
    outcome = Outcome(order, name, folders, built.pages, built.files, built.seconds, built.warnings, changes)
    keep_result(request, sources, (*built.folders, *built.beside), outcome)
    return outcome


def _changes(surveyed: Survey) -> Iterator[Change]:
    """Yield what the layer and the layers between it and the base change. Settings always differ and are left out."""
    for layer in surveyed.layers.layers[1:]:
        for step in surveyed.of(layer):
            if step.key not in (SETTINGS, RECORD):
                # Paths are relative to the layer, because a worker may run in another folder.
                yield Change(layer.folder.name, step.verb, step.key, str(step.at).removeprefix(layer.shown))
