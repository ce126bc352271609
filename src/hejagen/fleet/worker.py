"""Worker processes that fill orders under limits of time and memory, so that one layer cannot harm the others.

`Workers` runs in the parent, `main` in each worker. Orders come through one pipe, and outcomes go back through another.
When the first pipe ends, the parent is gone, and the worker stops too. ADR 13 says why.
"""

import faulthandler
import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import IO, Any

from hejagen.errors import UNTOUCHED, HejagenError
from hejagen.fleet.order import Order, Outcome, fill
from hejagen.messages import say
from hejagen.rendering.sandbox import address_space

if sys.platform != "win32":
    import resource

MAX_SECONDS = 600.0
"""Seconds that an order may take. The base takes three on a quiet computer."""
MAX_MEMORY = 2_000_000_000
"""Bytes of address space of a worker, and of each program that it starts. The base takes 300 MB. Linux only."""
IDLE_SECONDS = 60.0
"""Seconds after which an idle worker ends."""
GRACE_SECONDS = 1.0
"""Seconds that a worker has for cleaning up when its parent is gone."""
COMMAND = (sys.executable, "-P", "-m", "hejagen.fleet.worker")
KILLED = -9
"""Exit status of a process that was killed from outside, for instance for lack of memory. Windows has none."""


class Workers:
    """One worker for each thread that submits orders. A worker that is lost is replaced."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of_thread: dict[int, _Worker] = {}
        self._ended = False

    def fill(self, order: Order) -> Outcome:
        """Return the outcome of an order. An order whose worker was killed from outside is tried once more."""
        worker = self._worker()
        outcome = worker.fill(order)
        if outcome is None and worker.was_killed() and not self._ended:
            worker = self._worker()
            outcome = worker.fill(order)
        return outcome or Outcome(order, fault=worker.fault())

    def _worker(self) -> "_Worker":
        with self._lock:
            worker = self._of_thread.get(threading.get_ident())
            if worker is None or worker.process.poll() is not None:
                worker = self._of_thread[threading.get_ident()] = _Worker()
                if self._ended:
                    worker.leave()
            return worker

    def end(self) -> None:
        """End all workers. An order that is being filled then changes nothing."""
        with self._lock:
            self._ended = True
            for worker in self._of_thread.values():
                worker.leave()
            latest = time.monotonic() + GRACE_SECONDS * 1.5
            for worker in self._of_thread.values():
                worker.wait(latest)


class _Worker:
    """A worker process, as its parent sees it."""

    def __init__(self) -> None:
        self.words = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process writes
        self.late = False
        # Ctrl-C in a terminal goes to all that belong to it; a session of its own does not.
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.words, start_new_session=True
        )

    def fill(self, order: Order) -> Outcome | None:
        """Return the outcome of an order, or None when the process was lost."""
        assert self.process.stdin and self.process.stdout
        clock = threading.Timer(MAX_SECONDS, self._stop)
        clock.start()
        try:
            pickle.dump(order, self.process.stdin)
            self.process.stdin.flush()
            outcome: Outcome = pickle.load(self.process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            self.process.kill()
            return None
        finally:
            clock.cancel()
        return outcome

    def _stop(self) -> None:
        self.late = True
        self.process.kill()

    def was_killed(self) -> bool:
        """Return whether the process was killed from outside, or ended because it was idle."""
        return not self.late and self.process.wait() in (0, KILLED)

    def fault(self) -> HejagenError:
        """Return why there is no outcome."""
        code = self.process.wait()
        self.words.seek(0)
        words = self.words.read().decode("utf-8", "replace")
        end = signal.Signals(-code).name if code < 0 else f"code {code}"
        message = say("The process that built the layer ended with {end}.", end=end)
        if self.late:
            message = say("The layer was not built within {seconds:g} seconds.", seconds=MAX_SECONDS)
        last = words.strip().rpartition("\n")[2]
        return HejagenError(message, say("{last} {untouched}", last=last, untouched=UNTOUCHED) if last else UNTOUCHED)

    def leave(self) -> None:
        """Let the process end, by closing the pipe of its orders."""
        assert self.process.stdin
        with suppress(OSError):  # it may have left already
            self.process.stdin.close()

    def wait(self, latest: float) -> None:
        """Wait for the process to clean up, at most until a time of the monotonic clock; then kill it."""
        try:
            self.process.wait(max(0.0, latest - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()


HERE = Workers()
"""The workers of a Dask worker. They end with it."""


def fill_apart(order: Order) -> Outcome:
    """Fill an order in a process of its own. Dask's workers call this."""
    return HERE.fill(order)


def main() -> None:
    """Fill orders until there are no more, or until the process has grown to half of its limit."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    faulthandler.enable()
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, orders), daemon=True).start()
    try:
        while address_space() < MAX_MEMORY / 2 and (order := orders.get(timeout=IDLE_SECONDS)):
            pickle.dump(fill(order), answers)
            answers.flush()
    except (queue.Empty, SystemExit):
        pass
    os._exit(0)  # the thread that listens cannot be ended


def _listen(requests: IO[bytes], orders: "queue.SimpleQueue[Any]") -> None:
    """Queue the orders that arrive. When the pipe ends, stop the order that is being filled."""
    try:
        while True:
            orders.put(pickle.load(requests))
    except (EOFError, OSError, pickle.UnpicklingError):
        orders.put(None)
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGTERM)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _leave(signum: int, frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
