"""A fleet: many layers built at once, each exactly as `build` makes it alone. A layer is a task for any executor of the
standard library's interface: the cores of this computer, or the workers of a Dask cluster."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context, resource_tracker
from pathlib import Path

from hejagen import __version__
from hejagen.editions import EDITIONS
from hejagen.errors import UNTOUCHED, HejagenError, WrongUsage, cannot
from hejagen.layers.piece import Verb
from hejagen.layers.stack import RECORD, SETTINGS
from hejagen.layers.survey import Survey
from hejagen.output import refuse_others
from hejagen.pipeline import build
from hejagen.problems import Problem

MOST_PROCESSES = 61
"""More than these Windows cannot wait for."""

Start = Callable[[], AbstractContextManager[Executor]]
"""Starts an executor, and stops it in the end; what has not begun by then is not done."""


@dataclass(frozen=True, slots=True)
class Order:
    """A layer to build: its folder and where to, with which editions, as of which day, by which version of us."""

    layer: Path
    out: Path
    editions: tuple[str, ...]
    day: date
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Change:
    """What a layer does with one thing, and where in the layer it says so. Several editions may stand on one layer."""

    layer: str
    verb: Verb
    key: str
    at: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order. `fault` says why nothing was built; then the last good build is still there."""

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


def orders(folders: Sequence[Path], out: Path, editions: tuple[str, ...], day: date) -> tuple[Order, ...]:
    """Return an order for each layer, its output in a folder of its name below `out`.

    Raises WrongUsage when two layers have the same name, and when `out` holds what we have not made.
    """
    refuse_others(out)
    by_name: dict[str, Path] = {}
    for folder in map(Path.resolve, folders):
        # To some file systems Sundby and sundby are one.
        if (same := by_name.setdefault(folder.name.casefold(), folder)) != folder:
            raise WrongUsage(f"{same} and {folder} have the same name.", "Build them one at a time.")
    return tuple(Order(folder, out.resolve() / folder.name, editions, day) for folder in sorted(by_name.values()))


def fleet(ordered: Sequence[Order], start: Start) -> Iterator[Outcome]:
    """Yield what became of each order, in the order in which they are done. A process that is lost loses no order:
    what it had begun is begun anew. An order that loses its process also when it is alone is at fault itself.

    Raises HejagenError when the cluster's scheduler is lost.
    """
    left = dict.fromkeys(ordered)
    chosen = tuple(left)
    while chosen:
        lost, before = None, len(left)
        with start() as executor:
            tasks = {executor.submit(fill, order): order for order in chosen}
            try:
                for task in as_completed(tasks):
                    yield _outcome(task, tasks[task])
                    del left[tasks[task]]
            except BrokenExecutor as broken:
                lost = broken
        if lost and len(left) == before:
            if len(chosen) > 1:  # which of those that had begun did it nobody knows
                chosen = chosen[:1]
                continue
            message = "The system stopped the process that built, perhaps for lack of memory."
            yield Outcome(chosen[0], fault=HejagenError(message, UNTOUCHED))
            del left[chosen[0]]
        chosen = tuple(left)


def _outcome(task: Future[Outcome], order: Order) -> Outcome:
    """What became of an order. What Dask says of it, such as that four workers were lost by it, is its fault; ours are
    raised."""
    try:
        return task.result()
    except CancelledError:
        raise HejagenError("The Dask scheduler is lost.", "Start it again; what was built is in place.") from None
    except Exception as error:
        if type(error).__module__.startswith("distributed."):
            return Outcome(order, fault=HejagenError(str(error)))
        raise


def fill(order: Order) -> Outcome:
    """Build one layer. What is wrong with it is a part of the outcome, and stops no other."""
    try:
        if order.version != __version__:
            message = f"The worker has hejagen {__version__}, this computer {order.version}."
            raise HejagenError(message, "Install the same version on both.")
        editions = tuple(EDITIONS[name] for name in order.editions)
        built = build((order.layer,), order.out, editions, order.day)
        changes = tuple(_changes(built.survey))
    except HejagenError as fault:
        return Outcome(order, fault=fault)
    except OSError as error:
        return Outcome(order, fault=cannot("read", error))
    folders = tuple(folder.name for folder in built.folders)
    name = built.site.config.name
    return Outcome(order, name, folders, built.pages, built.files, built.seconds, built.warnings, changes)


def _changes(surveyed: Survey) -> Iterator[Change]:
    """What the layer, and those between it and the base, do with what lies below; settings differ always."""
    for layer in surveyed.layers.layers[1:]:
        for step in surveyed.of(layer):
            if step.key not in (SETTINGS, RECORD):
                # Counted from the layer: a worker may stand in another folder than we do.
                yield Change(layer.folder.name, step.verb, step.key, str(step.at).removeprefix(layer.shown))


@contextmanager
def cores() -> Iterator[Executor]:
    """Give the cores of this computer, a process for each. Each remembers what many layers have in common."""
    number = min(os.cpu_count() or 1, MOST_PROCESSES)
    # Started anew on every system, not forked: a fork copies locks that other threads hold.
    with ProcessPoolExecutor(number, get_context("spawn"), initializer=_leave_ctrl_c) as pool:
        _begin(pool, number)
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(pool: Executor, number: int) -> None:
    """Start the processes while Ctrl-C waits: they inherit that, and are left alone before they can ask for it."""
    waits = hasattr(signal, "pthread_sigmask")  # not in Windows
    if waits:
        resource_tracker.ensure_running()  # which else would end the waiting
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for _ in range(number):
            pool.submit(int)
    finally:
        if waits:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _leave_ctrl_c() -> None:
    """Ctrl-C is for the process that has the orders: it lets those that have begun end, so that nothing is half."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """Give a Dask cluster, which sees the same folders and has the same hejagen. It does anew what a lost worker had.

    Raises HejagenError when there is none to work with.
    """
    try:
        from distributed import Client
    except ImportError:
        raise HejagenError("Dask is not installed here.", 'Run: pip install "hejagen[dask]"') from None
    try:
        client = Client(address, timeout="5s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise HejagenError(f"No Dask scheduler answers at {address}: {error}.") from None
    with client:
        if not client.scheduler_info()["workers"]:
            message = f"The Dask scheduler at {address} has no workers."
            raise HejagenError(message, f"Start some: dask worker {address}")
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]
