"""Which line of which template wrote each element of a page. A page is rendered once more for it, only when asked."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from jinja2 import Environment

from hejagen.layers.stack import Layers, Source
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.edition import Edition
from hejagen.rendering.pages import Page
from hejagen.rendering.render import Templates, rendering_of, values
from hejagen.rendering.sandbox import fill
from hejagen.rendering.view import Rendering
from hejagen.theme.assets import Assets
from hejagen.words.translate import Translator

MARK = "data-hejagen-from"
"""The attribute that says which template an element is from: number of the template, line and column."""
TAG = re.compile(
    r"\{#.*?(?:#\}|\Z)|\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)"
    r"|(<[a-zA-Z][\w-]*(?:\{\{(?:(?!\{\{|\}\}).)*+\}\})?)(?=[\s/>{])",
    re.S,
)
"""What is Jinja's, or the beginning of a start tag, whose name may end in a value, as in <h{{ level }}>."""


class Traced(NamedTuple):
    """A page whose elements name their templates, and the templates by number."""

    page: str
    templates: tuple[Source, ...]


Tracer = Callable[[Page], Traced]
"""Renders a page once more, and returns it with marks. Raises what Jinja raises."""


def tracer(
    site: Site,
    every: tuple[Page, ...],
    layers: Layers,
    made: Assets,
    edition: Edition,
    words: Mapping[str, Translator],
    offered: tuple[File, ...],
) -> Tracer:
    """Return what renders a page of an edition with marks. Nothing is done before the first page is asked for."""
    templates: list[Source] = []

    def marked(text: str, source: Source) -> str:
        if source not in templates:
            templates.append(source)
        number = templates.index(source)

        def mark(match: re.Match[str]) -> str:
            if not match[1]:
                return match[0]
            start = match.start()
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            return f'{match[0]} {MARK}="{number}:{line}:{column}"'

        return TAG.sub(mark, text)

    @cache
    def rendering() -> tuple[Mapping[str, Environment], Rendering]:
        traced = Templates.of(site, layers, words, marked)
        return traced.environments, rendering_of(site, every, made.paths, edition, words, traced, offered)

    def trace(page: Page) -> Traced:
        environments, shared = rendering()
        return Traced(fill(environments[page.lang], page.template, values(shared, page)), tuple(templates))

    return trace
