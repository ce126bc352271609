"""Build many layers at once, each with the same result as `build` gives for one layer.

Each layer is a task for an executor with the interface of concurrent.futures: the cores of this computer, or the
workers of a Dask cluster.
"""

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
"""Windows cannot wait for more processes than this."""

Start = Callable[[], AbstractContextManager[Executor]]
"""Starts an executor, and stops it at the end. Tasks that have not begun by then are cancelled."""


@dataclass(frozen=True, slots=True)
class Order:
    """A layer to build: its folder, the output folder, the editions, the day, and the version of hejagen."""

    layer: Path
    out: Path
    editions: tuple[str, ...]
    day: date
    version: str = __version__


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


def orders(folders: Sequence[Path], out: Path, editions: tuple[str, ...], day: date) -> tuple[Order, ...]:
    """Return an order for each layer, its output in a folder of its name below `out`.

    Raises WrongUsage when two layers have the same name, and when `out` holds files that hejagen has not written.
    """
    refuse_others(out)
    by_name: dict[str, Path] = {}
    for folder in map(Path.resolve, folders):
        # Some file systems do not distinguish Sundby from sundby.
        if (same := by_name.setdefault(folder.name.casefold(), folder)) != folder:
            raise WrongUsage(f"{same} and {folder} have the same name.", "Build them one at a time.")
    return tuple(Order(folder, out.resolve() / folder.name, editions, day) for folder in sorted(by_name.values()))


def fleet(ordered: Sequence[Order], start: Start) -> Iterator[Outcome]:
    """Yield the outcome of each order, in the order in which they finish.

    When a process is lost, its unfinished orders start again. An order that also loses its process when it runs alone
    is itself the cause.

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
            if len(chosen) > 1:  # nobody knows which of the orders that had begun was the cause
                chosen = chosen[:1]
                continue
            message = "The system stopped the process that built, perhaps for lack of memory."
            yield Outcome(chosen[0], fault=HejagenError(message, UNTOUCHED))
            del left[chosen[0]]
        chosen = tuple(left)


def _outcome(task: Future[Outcome], order: Order) -> Outcome:
    """Return the outcome of a task.

    An error of Dask, such as that the order lost four workers, becomes the fault of the order. Other errors are raised.
    """
    try:
        return task.result()
    except CancelledError:
        raise HejagenError("The Dask scheduler is lost.", "Start it again; what was built is in place.") from None
    except Exception as error:
        if type(error).__module__.startswith("distributed."):
            return Outcome(order, fault=HejagenError(str(error)))
        raise


def fill(order: Order) -> Outcome:
    """Build one layer. Faults become part of the outcome and do not stop other layers."""
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
    """Yield what the layer and the layers between it and the base change. Settings always differ and are left out."""
    for layer in surveyed.layers.layers[1:]:
        for step in surveyed.of(layer):
            if step.key not in (SETTINGS, RECORD):
                # Paths are relative to the layer, because a worker may run in another folder.
                yield Change(layer.folder.name, step.verb, step.key, str(step.at).removeprefix(layer.shown))


@contextmanager
def cores() -> Iterator[Executor]:
    """Yield an executor with a process for each core. Each process caches what layers have in common."""
    number = min(os.cpu_count() or 1, MOST_PROCESSES)
    # Spawn on every system: a fork copies locks that other threads hold.
    with ProcessPoolExecutor(number, get_context("spawn"), initializer=_leave_ctrl_c) as pool:
        _begin(pool, number)
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(pool: Executor, number: int) -> None:
    """Start the processes while SIGINT is blocked. They inherit the mask, until _leave_ctrl_c ignores the signal."""
    waits = hasattr(signal, "pthread_sigmask")  # not in Windows
    if waits:
        resource_tracker.ensure_running()  # which would otherwise unblock the signal
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for _ in range(number):
            pool.submit(int)
    finally:
        if waits:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _leave_ctrl_c() -> None:
    """Ignore Ctrl-C. The parent handles it, and lets the orders that have begun finish."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """Yield the executor of a Dask cluster. It repeats the tasks of a worker that is lost.

    The workers must see the same folders and have the same version of hejagen. Raises HejagenError when Dask, its
    scheduler or its workers are missing.
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
