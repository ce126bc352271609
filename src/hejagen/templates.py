"""Templates of all layers, found by name: the top layer's file wins, and `!name` means the same name one layer down."""

import traceback
from collections.abc import Callable
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hejagen.layers import Layers, Source
from hejagen.problems import Location, Problem

FOLDER = "layouts/"
FROM_TEMPLATES = (
    TemplateError, TypeError, LookupError, AttributeError, ValueError, ArithmeticError, RecursionError, MemoryError,
)  # fmt: skip
"""What a faulty or hostile template can raise."""


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
            raise TemplateNotFound(template, problems[0].message)
        return text, found[-1].shown, lambda: True


class _Environment(ImmutableSandboxedEnvironment):
    """Templates of a layer get values only: the sandbox keeps them from reading files and running code, and from the
    shortest ways to fill the memory or to count for ever."""

    intercepted_binops = frozenset(("**", "*"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not isinstance(left, int | float) or not isinstance(right, int | float):
            raise SecurityError(f"{operator} is for numbers only" if operator == "*" else "** is not for templates")
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
    )
    return made


def problem_of(error: Exception, template: str) -> Problem:
    """Return the problem that an error in a template is, with the template's own file and line.

    Raises the error itself when it did not come from a template: then it is a fault of ours.
    """
    if isinstance(error, TemplateSyntaxError):
        at = Location(error.filename or FOLDER + template, error.lineno)
        return Problem(at, "template-syntax", str(error.message), "compare with the same template of the base layer")
    places = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith((".html", ".xml", ".txt", ".webmanifest", ".css"))
    ]
    if isinstance(error, TemplateNotFound):
        at = Location(places[-1].filename, places[-1].lineno or 1) if places else Location(FOLDER + template)
        return Problem(
            at, "template-missing", f'there is no template "{error.name}"', "look at the spelling of its name"
        )
    if not places or not isinstance(error, FROM_TEMPLATES):
        raise error
    at = Location(places[-1].filename, places[-1].lineno or 1)
    hint = "docs/reference/templates.md lists what a template gets"
    return Problem(at, "template-variable", str(error) or type(error).__name__, hint)
