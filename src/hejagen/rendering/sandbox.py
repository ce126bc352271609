"""What templates run in: they get values, reach nothing else, and cannot use up the computer.

Jinja's own sandbox decides what a template may reach. The system decides how much it may use: the time of work and the
memory of the process are limited while a template is filled."""

import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import Environment, Template
from jinja2.debug import rewrite_traceback_stack
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hejagen.model.site import Origin

if sys.platform != "win32":
    import resource

MAX_PRODUCT = 1_000_000
"""Largest product of * and **, and longest text that * makes: a template counts minutes, not atoms."""
MAX_PAGE = 5_000_000
"""Characters of a page. The largest of the base has 50,000."""
MAX_SECONDS = 5.0
"""Seconds of work in which a page must be made: waiting, as of a stopped process or a busy computer, does not count.
The slowest of the base takes 0.05 seconds."""
LAST_SECONDS = 1
"""Seconds of work after that in which the system ends the process: one step in C code can keep Python from noticing.
Therefore the pages of a layer with templates of its own are made in a process apart, see `in_order`."""
MAX_MEMORY = 500_000_000
"""Bytes by which the process may grow while a page is made. Limited in Linux only."""


_STACK: list[int] = []
"""Where Python writes its stack, once that is said."""


class OverLimit(Exception):
    """A page takes too much to make. `filename` is the template's, when no line of it is to blame."""

    def __init__(self, message: str, filename: str | None = None) -> None:
        super().__init__(message)
        self.filename = filename


class _TimeIsUp(BaseException):
    """Comes between two steps of a template. Jinja catches what is an Exception, in places."""


def fill(environment: Environment, name: str | Template, values: Mapping[str, Any]) -> str:
    """Return a template filled in. Raises OverLimit, and what Jinja raises for a faulty template."""
    with limited():
        template = environment.get_template(name)
        text = template.render(values)
    if len(text) > MAX_PAGE:
        raise OverLimit(f"the page has more than {MAX_PAGE} characters: is there a loop in a loop?", template.filename)
    return text


@contextmanager
def limited() -> Iterator[None]:
    """Fill a template inside: raises OverLimit, from the line where it stands, when that takes too long or too much.

    The time is limited in the main thread only, where Python lets a signal raise an exception. Windows knows neither
    limit.
    """
    try:
        with _limited_memory(), _limited_time():
            yield
    except (MemoryError, _TimeIsUp) as error:
        message = too_much(f"{MAX_MEMORY // 1_000_000} MB of memory" if isinstance(error, MemoryError) else "")
        raise OverLimit(message).with_traceback(rewrite_traceback_stack().__traceback__) from None


def too_much(spent: str = "") -> str:
    """Return what is wrong with a page that takes more to make than it may: time, unless something else is said."""
    return f"the page takes more than {spent or f'{MAX_SECONDS:g} seconds'} to make: is there a loop without end?"


@contextmanager
def _limited_time() -> Iterator[None]:
    """Raise _TimeIsUp after MAX_SECONDS of work. When one step in C code takes longer, the system ends the process, and
    Python writes to stderr which template that was."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    limited = True

    def time_is_up(signum: int, frame: FrameType | None) -> None:
        if limited:  # it may have been sent just before the end
            raise _TimeIsUp

    if not _STACK:
        write_stack_to(2)
    before = signal.signal(signal.SIGPROF, time_is_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS + LAST_SECONDS)
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS, 0.25)  # and again, should it be lost in a destructor
    try:
        yield
    finally:
        limited = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGPROF, before)


def write_stack_to(file: int) -> None:
    """Let Python write its stack to a file, by its number, when the system ends this process for lack of time."""
    if sys.platform != "win32":
        faulthandler.register(signal.SIGVTALRM, file=file, all_threads=False, chain=True)
        _STACK[:] = [file]


@contextmanager
def _limited_memory() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_lower(address_space() + MAX_MEMORY, soft, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def address_space() -> int:
    """Return the bytes of address space that the process has (proc(5), statm); 0 in systems other than Linux."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()


def _lower(limit: int, *others: int) -> int:
    """The lowest of the limits. Where the system has none, it says -1 or a very large number."""
    return min(limit, *(other for other in others if other >= 0), limit)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which numbers cannot grow so large that one step with them never ends."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Ask Jinja once for each type and name: nothing else counts, and a page asks thousands of times.

        Where values stand in their files is kept from templates: a page would change with each line above them.
        """
        key = (type(obj), attr)
        if key not in self.safe:
            self.safe[key] = key != (Origin, "root") and super().is_safe_attribute(obj, attr, value)
        return self.safe[key]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out a product or power, unless it would be too large."""
        sizes = [abs(value) if isinstance(value, (int, float)) else len(value) for value in (left, right)]
        if (max(sizes[0], 2) ** min(sizes[1], 64) if operator == "**" else sizes[0] * sizes[1]) > MAX_PRODUCT:
            raise SecurityError(f"the result of {operator} is larger than {MAX_PRODUCT}")
        return super().call_binop(context, operator, left, right)
