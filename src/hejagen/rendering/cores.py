"""Work for all cores: the same function for many items, the results in the order of the items."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from hejagen.errors import UNTOUCHED, HejagenError
from hejagen.messages import say

T = TypeVar("T")
R = TypeVar("R")
MANY = 100
"""Items from which on several processes pay: starting them costs as much as a dozen pages."""
CHUNK = 10
"""Items that a process gets at a time."""
PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal that a process gets when its parent ends."""
_WORK: list[Callable[[int], Any]] = []
"""What the processes do with the number of an item. They are forked, and so have it without being sent it."""


def in_order(function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """Yield what a function returns for each item, in the order of the items.

    Many items are shared among processes, one for each core. Those begin as copies of this one, so that they have all
    that it has read. Where a process has several threads, as a preview or the worker of a fleet, copies are not safe,
    and it works alone; so it does in systems other than Linux.

    Raises what the function raises, and HejagenError when a process is ended from outside.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if cores < 2 or len(items) < MANY or threading.active_count() > 1:
        yield from map(function, items)
        return
    _WORK.append(lambda number: function(items[number]))
    pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _begin, (os.getpid(),))
    try:
        yield from pool.map(_work, range(len(items)), chunksize=CHUNK)
    except BrokenProcessPool:
        raise HejagenError(say("A process that rendered pages was ended."), UNTOUCHED) from None
    finally:
        pool.shutdown(cancel_futures=True)
        _WORK.pop()


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _work(number: int) -> Any:
    return _WORK[-1](number)
