"""Build many layers at once, each with the same result as `build` gives for one layer.

Each layer is an order for a worker: a process on this computer, or one that a worker of a Dask cluster has started.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager

from hejagen.errors import HejagenError
from hejagen.fleet.order import Order, Outcome
from hejagen.fleet.worker import Workers, fill_apart
from hejagen.messages import say, untranslated

Submit = Callable[[Order], Future[Outcome]]
"""Hands an order to a worker that is free."""
Start = Callable[[], AbstractContextManager[Submit]]
"""Starts the workers, and stops them at the end. Orders that have not begun by then are cancelled."""


def fleet(ordered: Sequence[Order], start: Start) -> Iterator[Outcome]:
    """Yield the outcome of each order, in the order in which they finish.

    Raises HejagenError when the cluster's scheduler is lost.
    """
    with start() as submit:
        tasks = {submit(order): order for order in dict.fromkeys(ordered)}
        for task in as_completed(tasks):
            yield _outcome(task, tasks[task])


def _outcome(task: Future[Outcome], order: Order) -> Outcome:
    """Return the outcome of a task.

    An error of Dask, such as that the order lost four workers, becomes the fault of the order. Other errors are raised.
    """
    try:
        return task.result()
    except CancelledError:
        raise HejagenError(
            say("The Dask scheduler is lost."), say("Start it again; what was built is in place.")
        ) from None
    except Exception as error:
        if type(error).__module__.startswith("distributed."):
            return Outcome(order, fault=HejagenError(untranslated(str(error))))
        raise


@contextmanager
def cores() -> Iterator[Submit]:
    """Yield a way to submit orders to a worker for each core. A worker caches what layers have in common."""
    workers = Workers()
    threads = ThreadPoolExecutor(os.cpu_count())
    try:
        yield lambda order: threads.submit(workers.fill, order)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        workers.end()
        threads.shutdown()


@contextmanager
def dask(address: str) -> Iterator[Submit]:
    """Yield a way to submit orders to a Dask cluster. It repeats the orders of a worker that is lost.

    The workers must see the same folders and have the same version of hejagen. Raises HejagenError when Dask, its
    scheduler or its workers are missing.
    """
    try:
        from distributed import Client
    except ImportError:
        raise HejagenError(say("Dask is not installed here."), say('Run: pip install "hejagen[dask]"')) from None
    try:
        client = Client(address, timeout="5s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise HejagenError(
            say("No Dask scheduler answers at {address}: {error}.", address=address, error=error)
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            message = say("The Dask scheduler at {address} has no workers.", address=address)
            raise HejagenError(message, say("Start some: dask worker {address}", address=address))
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        yield lambda order: executor.submit(fill_apart, order)
