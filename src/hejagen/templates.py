"""Templates of all layers, found by name: the top layer's file wins, and `!name` means the same name one layer down."""

import traceback
from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hejagen.layers import Layers, Source
from hejagen.problems import Location, Problem

FOLDER = "layouts/"
ENDINGS = (".html", ".xml", ".atom", ".txt", ".webmanifest", ".css")
MISTAKES = (TemplateError, TypeError, LookupError, AttributeError, ValueError, ArithmeticError, MemoryError)
"""What a mistake in a template can raise."""
MAX_PRODUCT = 1_000_000
"""Largest product of * and **, and longest text that * makes: a template counts minutes, not atoms."""
MAX_NUMBERS = 100_000
"""Numbers that `range` may give while the pages of a language are made."""


MAX_COMPILED = 2_000
"""Templates that are kept compiled; the base has about 60."""


class Unreadable(Exception):
    """A template's file cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Loader(BaseLoader):
    """Names are "pages/exercise.html" (top layer) or "2!pages/exercise.html" (at most that many layers up)."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers

    def sources(self, name: str) -> tuple[Source, ...]:
        level, _, path = name.rpartition("!")
        found = self.layers.all_of(FOLDER + path)
        return found[: int(level)] if level else found

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = self.sources(template)
        if not found:
            raise TemplateNotFound(template)
        text, problems = self.layers.text(found[-1])
        if problems:
            raise Unreadable(problems[0])
        return text, found[-1].shown, lambda: True


class _Compiled(BytecodeCache):
    """What templates were compiled to, by name and text, for all languages, editions and layers of this process.

    Nothing of one environment may stand in it: filters of a language take the context, which Jinja has only later."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code and len(self.code) < MAX_COMPILED:
            self.code[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()


class _Environment(ImmutableSandboxedEnvironment):
    """Templates of a layer get values only: the sandbox keeps them from reading files and running code, and from using
    up the computer's memory and time by a slip."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.left = MAX_NUMBERS
        self.globals["range"] = self._range

    def _range(self, *numbers: int) -> range:
        made = range(*numbers)
        self.left -= len(made)
        if self.left < 0:
            self.left = MAX_NUMBERS  # this page stops here; the others have done nothing
            raise SecurityError(f"more than {MAX_NUMBERS} numbers of range()")
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply, unless the result would be too large."""
        sizes = [abs(value) if isinstance(value, (int, float)) else len(value) for value in (left, right)]
        if (max(sizes[0], 2) ** min(sizes[1], 64) if operator == "**" else sizes[0] * sizes[1]) > MAX_PRODUCT:
            raise SecurityError(f"the result of {operator} is larger than {MAX_PRODUCT}")
        return super().call_binop(context, operator, left, right)

    def join_path(self, template: str, parent: str) -> str:
        if not template.startswith("!"):
            return template
        loader = self.loader
        assert isinstance(loader, _Loader)
        return f"{len(loader.sources(parent)) - 1}{template}"


def environment(layers: Layers) -> Environment:
    """Return the Jinja environment for a stack of layers: strict, escaping, with gettext."""
    made = _Environment(
        loader=_Loader(layers),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    return made


def problem_of(error: Exception, template: str) -> Problem:
    """Return the problem that an error in a template is, with the template's own file and line.

    Raises the error itself when it did not come from a template: then it is a fault of ours.
    """
    if isinstance(error, Unreadable):
        return error.problem
    if isinstance(error, TemplateSyntaxError):
        at = Location(error.filename or FOLDER + template, error.lineno)
        return Problem(at, "template-syntax", str(error.message), "compare with the same template of the base layer")
    places = [
        Location(frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.endswith(ENDINGS)
    ]
    at = places[-1] if places else Location(FOLDER + template)
    if isinstance(error, TemplateNotFound):
        name = str(error.name).lstrip("0123456789")
        return Problem(at, "template-missing", f'there is no template "{name}"', "look at the spelling of its name")
    if isinstance(error, RecursionError):
        at, message = min(places, default=at), "the template includes or extends itself, or is nested too deep"
        return Problem(at, "template-syntax", message, "to build on the layer below, write ! before the name")
    if not places or not isinstance(error, MISTAKES):
        raise error
    hint = "docs/reference/templates.md lists what a template gets"
    return Problem(at, "template-variable", str(error) or type(error).__name__, hint)
