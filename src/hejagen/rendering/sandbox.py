"""What templates run in: they get values, reach nothing else, and cannot use up the computer.

Two guards. Before anything large is made in one step, its size is worked out and refused: nobody could stop it once it
has begun. What uses up time or memory in many small steps is stopped by a watch beside it."""

import ctypes
import functools
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_PRODUCT = 1_000_000
"""Largest product of * and **, and longest text that * makes: a template counts minutes, not atoms."""
MAX_TEXT = 20_000_000
"""Characters of a text or list that one step may make. The largest page of the base has 50,000."""
MAX_NUMBERS = 100_000
"""Numbers that `range` may give while a page is made, in all its loops."""
MAX_SECONDS = 20.0
"""Time of work in which a page must be made: waiting, as of a stopped process or a busy computer, does not count. The
slowest of the base takes 0.05 seconds."""
MAX_MEMORY = 1_000_000_000
"""Bytes by which the process may grow while templates are filled. Not known, and not watched, in Windows."""
LOOKS = 0.1
"""Seconds between two looks of the watch."""
WATCH = "hejagen-watch"
"""Name of the thread that looks."""
GROWS = frozenset(
    ("batch", "center", "expandtabs", "indent", "join", "ljust", "replace", "rjust", "slice", "to_bytes", "tojson",
     "translate", "urlize", "wordwrap", "xmlattr", "zfill")
)  # fmt: skip
"""Filters and methods that can make more than they get."""
NESTED = (list, tuple, dict)
"""What may hold more than it shows."""


class Spent(Exception):
    """A template has used up its time or its memory."""

    def __str__(self) -> str:
        memory = MAX_MEMORY // 1_000_000
        return f"the page takes more than {MAX_SECONDS:g} seconds or {memory} MB to make: is there a loop without end?"


_lock = threading.Lock()
_page = threading.local()
"""What is left for the page that a thread makes."""
_watched: dict[int, tuple[float, int]] = {}
"""How long the process had worked when each thread began with its page, and how large it was then."""


@contextmanager
def watched() -> Iterator[None]:
    """Fill a template inside: raises Spent where it stands when that takes too long or too much.

    The exception comes between two steps of Python, from a thread beside; no other way works on every system and in
    every thread.
    """
    here = threading.get_ident()
    _page.left = MAX_NUMBERS
    with _lock:
        idle = not _watched
        _watched[here] = (time.process_time(), _memory())
    if idle and not any(thread.name == WATCH for thread in threading.enumerate()):
        threading.Thread(target=_watch, name=WATCH, daemon=True).start()
    came = False
    try:
        yield
    except Spent:
        came = True
        raise
    finally:
        _page.left = MAX_NUMBERS
        with _lock:
            sent = _watched.pop(here, None) is None
        # What is on its way must come here and not later. To take it back would slow Python 3.11 down for good.
        for _ in range(1000 if sent and not came else 0):
            time.sleep(0.001)


def _watch() -> None:
    while True:
        time.sleep(LOOKS)
        with _lock:
            for thread, (began, before) in list(_watched.items()):
                if time.process_time() - began > MAX_SECONDS or _memory() - before > MAX_MEMORY:
                    del _watched[thread]
                    _interrupt(thread)


def _interrupt(thread: int) -> None:
    """Raise Spent in a thread (Python/C API, PyThreadState_SetAsyncExc)."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(Spent))


def _memory() -> int:
    """The most bytes that the process has had in memory, 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class _Generator(CodeGenerator):
    """`~` goes through the sandbox, too."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a limit to what one step may make."""

    code_generator_class = _Generator
    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_written, **options)
        self.safe: dict[tuple[type, str], bool] = {}
        self.globals["range"] = _range
        del self.globals["lipsum"]
        self.filters = {name: _bounded(name, made) for name, made in self.filters.items() if name != "format"}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Ask Jinja once for each type and name: nothing else counts, and a page asks thousands of times."""
        key = (type(obj), attr)
        if key not in self.safe:
            self.safe[key] = super().is_safe_attribute(obj, attr, value)
        return self.safe[key]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out, unless the result would be too large."""
        if operator == "+":
            _check(weight(left) + weight(right) if isinstance(left, (str, list, tuple)) else 0)
        elif operator == "%":
            if isinstance(left, str):
                raise SecurityError("% does not fill in texts here: use ~ to join them")
        else:
            sizes = [abs(value) if isinstance(value, (int, float)) else len(value) for value in (left, right)]
            if (max(sizes[0], 2) ** min(sizes[1], 64) if operator == "**" else sizes[0] * sizes[1]) > MAX_PRODUCT:
                raise SecurityError(f"the result of {operator} is larger than {MAX_PRODUCT}")
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *values: Any, **named: Any) -> Any:
        """Call, unless a text's own method could make a text too large."""
        name = getattr(__obj, "__name__", "")
        if name in GROWS and isinstance(owner := getattr(__obj, "__self__", None), (str, bytes, int)):
            _check(_product((owner, *values, *named.values())))
        elif name in ("format", "format_map"):
            raise SecurityError(f"{name} does not fill in texts here: use ~ to join them")
        for value in (*values, *named.values()):
            if value.__class__ in NESTED:
                weight(value)
        return super().call(__context, __obj, *values, **named)

    def joined(self, parts: tuple[Any, ...]) -> str:
        """Return what `~` makes of its parts."""
        _check(sum(map(weight, parts)))
        return markup_join(parts)

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join what a template or macro has given."""
        found = list(parts)
        _check(sum(map(len, found)))
        return "".join(found)


def _range(*numbers: int) -> range:
    made = range(*numbers)
    _page.left = getattr(_page, "left", MAX_NUMBERS) - len(made)
    if _page.left < 0:
        raise SecurityError(f"more than {MAX_NUMBERS} numbers of range()")
    return made


def weight(value: Any) -> int:
    """Return about how many characters a value has when it is written. Raises SecurityError for too many."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        value = (part for pair in value.items() for part in pair)
    elif not isinstance(value, (list, tuple, set, frozenset)):
        return 1
    total = 1
    for part in value:
        total += len(part) if isinstance(part, str) else weight(part)
        _check(total)
    return total


def _check(size: int) -> None:
    if size > MAX_TEXT:
        raise SecurityError(f"more than {MAX_TEXT} characters in one step")


def _product(values: Iterable[Any]) -> int:
    """The largest that a text can become of values: each may repeat the others."""
    found = 1
    for value in values:
        found *= max(1, abs(value) if isinstance(value, int) else weight(value))
    return found


def _written(value: Any) -> Any:
    if not isinstance(value, str):
        weight(value)
    return value


def _bounded(name: str, made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja that refuses what could become too large."""
    first = 1 if hasattr(made, "jinja_pass_arg") else 0

    @functools.wraps(made)
    def bounded(*values: Any, **named: Any) -> Any:
        if name in GROWS:
            _check(_product((*values[first:], *named.values())))
        else:
            weight(values[first])
        return made(*values, **named)

    return bounded
