"""Work for other processes: the same function for many items, the results in the order of the items."""

import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from hejagen.errors import UNTOUCHED, HejagenError
from hejagen.messages import say
from hejagen.rendering.sandbox import write_stack_to

T = TypeVar("T")
R = TypeVar("R")
MANY = 100
"""Items from which on several processes pay: starting them costs as much as a dozen pages."""
PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal that a process gets when its parent ends."""
CONTEXT = multiprocessing.get_context("fork" if sys.platform == "linux" else None)


class Ended(HejagenError):
    """A process was ended from outside. `number` is that of the item it worked on, `stack` what Python has written of
    the place when it was the limit of time that ended it, else empty."""

    def __init__(self, number: int, stack: str) -> None:
        super().__init__(say("A process that rendered pages was ended."), UNTOUCHED)
        self.number = number
        self.stack = stack


def in_order(function: Callable[[T], R], items: Sequence[T], *, apart: bool = False) -> Iterator[R]:
    """Yield what a function returns for each item, in the order of the items.

    Many items are shared among processes, one for each core. Those begin as copies of this one, so that they have all
    that it has read. In a preview or the worker of a fleet, which have several threads, there is no more than one;
    `apart` says that there is one for few items too, because what is done may end the process that does it. In systems
    other than Linux all is done here.

    Raises what the function raises, and Ended.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 0
    count = cores if len(items) >= MANY and threading.active_count() == 1 else 1
    if not cores or not items or (count == 1 and not apart):
        yield from map(function, items)
        return
    workers = [_Worker(function, items, range(first, len(items), count)) for first in range(min(count, len(items)))]
    try:
        yield from _together(workers)
    finally:
        for worker in workers:
            worker.end()


def _together(workers: Sequence["_Worker"]) -> Iterator[Any]:
    """Yield the results of all workers, whose items take turns."""
    results: dict[int, Any] = {}
    busy = {worker.pipe: worker for worker in workers}
    following = 0
    while busy:
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]
            number, results[number] = worker.numbers[0], worker.result()
            worker.numbers = worker.numbers[1:]
            if not worker.numbers:
                del busy[worker.pipe]
        while following in results:
            yield results.pop(following)
            following += 1


class _Worker:
    """A process for some of the items, as its parent sees it."""

    def __init__(self, function: Callable[[T], Any], items: Sequence[T], numbers: range) -> None:
        self.numbers = numbers
        self.stack = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process writes
        self.pipe, theirs = CONTEXT.Pipe(duplex=False)
        work = (function, [items[number] for number in numbers], theirs, os.getpid(), self.stack.fileno())
        self.process = CONTEXT.Process(target=_work, args=work)
        self.process.start()
        theirs.close()

    def result(self) -> Any:
        """Return the next result, or raise what was raised instead."""
        try:
            result, error = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            self.stack.seek(0)
            raise Ended(self.numbers[0], self.stack.read().decode("ascii", "replace")) from None
        if error is not None:
            raise error
        return result

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.stack.close()


def _work(function: Callable[[T], Any], items: Sequence[T], pipe: Connection, parent: int, stack: int) -> None:
    """Send what the function makes of each item. Leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    write_stack_to(stack)
    for item in items:
        try:
            pipe.send((function(item), None))
        except Exception as error:
            error.add_note(traceback.format_exc())  # only the error itself can be sent
            with suppress(OSError):
                pipe.send((None, error))
            return
