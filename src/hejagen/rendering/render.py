"""Pages become Files: each page's template is filled with its values. No content is read here."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from jinja2 import Environment, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from hejagen import __version__
from hejagen.languages import language
from hejagen.layers.stack import Layers
from hejagen.model.site import Content, Exercise, Origin, Program, Site, TextPage
from hejagen.output import File
from hejagen.problems import BuildStopped, Problem
from hejagen.rendering.cards import Cards
from hejagen.rendering.cores import MANY, Ended, in_order
from hejagen.rendering.edition import Edition
from hejagen.rendering.links import Links
from hejagen.rendering.pages import SUBJECTS, Page, original
from hejagen.rendering.phrases import Phrases
from hejagen.rendering.progress import Progress
from hejagen.rendering.reads import Headlines, Question, WatchedContext, WatchedFiles, WatchedPaths, noted
from hejagen.rendering.sandbox import OverLimit, fill
from hejagen.rendering.shelf import Shelf
from hejagen.rendering.structured import structured
from hejagen.rendering.templates import FOLDER, Mark, environment, has_templates, macro, problem_of, problem_of_stack
from hejagen.rendering.view import CoverUrls, Rendering, View
from hejagen.store.key import Digests
from hejagen.theme.assets import Assets
from hejagen.theme.covers import draw
from hejagen.theme.tokens import schemes
from hejagen.urls import root_of
from hejagen.words.compounds import Vocabulary, vocabulary
from hejagen.words.labels import EVIDENCE_RANK
from hejagen.words.translate import MAX_WORDS, Translator

APART = re.compile(r"\b[^\W\d]+(?:[-‑][^\W\d]+)+\b|\b\d{1,3}(?:[\u0020\u00a0\u202f]\d{3})+\b")
"""Words with hyphens in them, and numbers with spaces between their thousands."""
WITH_LINES = re.compile(r"(<(pre|textarea|script|style)\b.*?(?:</\2>|\Z))", re.S)
"""Elements whose line breaks and spaces are shown or read."""
BLANKS = " \t\r"
"""What is left out at both ends of a line."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a site, which all its editions share: an environment for each language, and what texts need."""

    environments: Mapping[str, Environment]
    cover: Callable[[CoverUrls], Markup]
    """The component that shows a cover in a list."""
    terms: Mapping[str, Callable[..., Markup]]
    """The component that explains a word, by language."""

    @classmethod
    def of(cls, site: Site, layers: Layers, words: Mapping[str, Translator], mark: Mark | None = None) -> "Templates":
        """Return the templates of a site. Raises BuildStopped with the fault of a component."""
        environments = {lang: site_environment(site, layers, words[lang], mark) for lang in site.contents}

        def macros() -> tuple[Callable[[CoverUrls], Markup], dict[str, Callable[..., Markup]]]:
            first = macro(environments[site.config.languages[0]], "cover")
            return first, {lang: macro(environment, "term") for lang, environment in environments.items()}

        try:
            if has_templates(layers):
                list(in_order(lambda get: len(get()), (macros,), apart=True))
        except Ended as ended:
            raise BuildStopped((_problem_of(ended, layers),)) from None
        return cls(environments, *macros())


def render(
    site: Site,
    every: tuple[Page, ...],
    layers: Layers,
    templates: Templates,
    made: Assets,
    edition: Edition,
    words: Mapping[str, Translator],
    offered: tuple[File, ...],
    digests: Digests,
) -> tuple[tuple[File, ...], list[Problem]]:
    """Return the files of an edition's pages, and the problems with their templates, one for each faulty place.

    `digests` are those that editions of the same site share.
    """
    problems: list[Problem] = []
    apart = has_templates(layers)
    rendering = rendering_of(site, every, made.paths, edition, words, templates, offered)
    shelf = Shelf(rendering, layers, every, digests)
    origins = {page.path: _origin(page, layers) for page in every}
    finished = {page.path: file for page in every if (file := shelf.get(page, origins[page.path]))}
    missing = [page for page in every if page.path not in finished]
    try:
        for page, (data, questions, fault) in _filled(templates.environments, rendering, missing, apart):
            if fault is None:
                finished[page.path] = File(page.path, data, origins[page.path])
                shelf.add(page, finished[page.path], questions)
                continue
            problems.append(fault.problem)
            if fault.over_limit:
                break  # the next pages have the same template, or one as bad
    except Ended as ended:
        problems.append(_problem_of(ended, layers))
    shelf.save()
    return tuple(finished[page.path] for page in every if page.path in finished), problems


def render_page(rendering: Rendering, page: Page, layers: Layers, templates: Templates) -> File | None:
    """Return the file of one page, which may be of another state of the site than all else; None when it is faulty."""
    ((_, (data, _, fault)),) = _filled(templates.environments, rendering, [page], has_templates(layers))
    return None if fault else File(page.path, data, _origin(page, layers))


def _origin(page: Page, layers: Layers) -> Origin:
    return Origin(layers.all_of(FOLDER + page.template)[-1].shown, "base")


class _Fault(NamedTuple):
    """Why there is no page: the problem, and whether it takes too much to make."""

    problem: Problem
    over_limit: bool


_Filled = tuple[bytes, frozenset[Question], _Fault | None]
"""A rendered page, and what it read; or why there is none."""


def _problem_of(ended: Ended, layers: Layers) -> Problem:
    """Return the problem with the template that ended a process. Raises the error itself when none did."""
    problem = problem_of_stack(ended.stack, layers)
    if problem is None:
        raise ended
    return problem


def _filled(
    environments: Mapping[str, Environment], rendering: Rendering, every: list[Page], apart: bool
) -> Iterator[tuple[Page, _Filled]]:
    """Yield each page with what becomes of it. `apart` keeps this process from what templates of a layer may do."""

    def filled(page: Page) -> _Filled:
        try:
            with noted() as questions:
                text = fill(environments[page.lang], page.template, values(rendering, page))
            data = (without_indentation(text) if page.path.endswith(".html") else text).encode()
        except Exception as error:
            return b"", frozenset(), _Fault(problem_of(error, page.template), isinstance(error, OverLimit))
        return data, frozenset(questions), None

    # The first page of each template comes first and is rendered here: then no other process compiles templates, and
    # one with a loop without end is found before several processes run into it.
    first = {page.template: page.path for page in reversed(every)} if len(every) >= MANY and not apart else {}
    begin = [page for page in every if first.get(page.template) == page.path]
    rest = [page for page in every if first.get(page.template) != page.path]
    for page in begin:
        yield page, filled(page)
    yield from zip(rest, in_order(filled, rest, apart=apart), strict=True)


def without_indentation(html: str) -> str:
    """Return a page without empty lines and the indentation of its templates. Where lines are text, they stay.

    A line break stays where there was one: between words and links it is a space.
    """
    parts = WITH_LINES.split(html)  # text, element, its name, text, ...
    parts[::3] = map(_lines, parts[::3])
    del parts[2::3]
    return "".join(parts)


def _lines(text: str) -> str:
    """Return a text with one line break where there are several, and no blanks beside it."""
    first, *others = text.split("\n")
    if not others:
        return text
    inner = filter(None, (line.strip(BLANKS) for line in others[:-1]))
    return "\n".join([first.rstrip(BLANKS), *inner, others[-1].lstrip(BLANKS)])


def rendering_of(
    site: Site,
    every: tuple[Page, ...],
    paths: Mapping[str, str],
    edition: Edition,
    words: Mapping[str, Translator],
    templates: Templates,
    offered: tuple[File, ...],
) -> Rendering:
    """Return what all pages of an edition are rendered with. `paths` are those of its assets, by plain name."""
    shared = {page.key: page for page in every if page.key.startswith("file:")}
    pages: dict[str, dict[str, Page]] = {lang: dict(shared) for lang in site.contents}
    for page in every:
        # A translation is known by what it is translated from as well: a template may ask for page:integritet.
        other = replace(page, context=WatchedContext(page.context, page.lang, page.key))
        pages[page.lang] |= {original(page): other, page.key: other}
    vocabularies, compounds = _compounds(site, every)
    headlines = {lang: Headlines(vocabulary, lang) for lang, vocabulary in vocabularies.items()}
    return Rendering(
        site,
        edition,
        pages,
        WatchedPaths(paths),
        words,
        headlines,
        compounds,
        templates.cover,
        templates.terms,
        WatchedFiles(offered),
    )


def site_environment(site: Site, layers: Layers, words: Translator, mark: Mark | None = None) -> Environment:
    """Return the environment of a language's templates: Jinja's own names, and those that components know as well."""
    made = environment(layers, mark)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    gettext, ngettext = _said(words)
    said: dict[str, Callable[[Any], str]] = {
        "minutes": words.minutes,
        "short_minutes": words.short_minutes,
        "date": partial(_date, words),
    }
    made.filters |= {name: _late(say) for name, say in said.items()}
    made.globals |= {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "anchor": language(words.lang).anchor,
        "label": words.label,
        "evidence_rank": EVIDENCE_RANK.__getitem__,
        "cover_svg": _cover_svg,
        "logo_svg": lambda css_class="": Markup(draw.logo_svg(site.drawings, css_class)),
        "version": __version__,
    }
    return made


def _said(words: Translator) -> tuple[Callable[..., str], Callable[..., str]]:
    """Return gettext and ngettext for templates. What gettext says is kept: a site says each text a hundred times.

    Like Jinja's own of the new style, they take each text as a format string and return markup where text is escaped.
    Unlike them they escape the text too: what a translator writes is text, never markup.
    """
    escaped = lru_cache(MAX_WORDS)(lambda text: escape(words.gettext(text)))
    without_values = lru_cache(MAX_WORDS)(lambda text: escaped(text) % {})

    @pass_eval_context
    def gettext(eval_context: EvalContext, text: str, /, **values: Any) -> str:
        if not eval_context.autoescape:
            return words.gettext(text) % values
        said: Markup = escaped(text) % values if values else without_values(text)
        return said

    @pass_eval_context
    def ngettext(eval_context: EvalContext, singular: str, plural: str, num: int, /, **values: Any) -> str:
        said = words.ngettext(singular, plural, num)
        return (escape(said) if eval_context.autoescape else said) % {"num": num, **values}

    return gettext, ngettext


def _late(say: Callable[[Any], str]) -> Callable[[Context, Any], str]:
    """A filter that Jinja calls when a page is made, and never while it compiles a template: that is done once for all
    languages."""
    return pass_context(lambda context, value: say(value))


def _date(words: Translator, value: date | str) -> str:
    return words.date(date.fromisoformat(value) if isinstance(value, str) else value)


def _cover_svg(spec: draw.CoverSpec, css_class: str = "", done: float = 1.0, split: bool = False) -> Markup:
    return Markup(draw.inline_svg(spec, css_class, done, split=split))


def values(rendering: Rendering, page: Page) -> dict[str, Any]:
    """Return what a page's template gets. docs/reference/templates.md lists it, and a test compares the two."""
    site, view = rendering.site, View(rendering, page)
    links, phrases = Links(view), Phrases(view)
    return {
        **({SUBJECTS[type(page.subject)]: page.subject} if page.subject else {}),
        **page.context,
        "links": links,
        "phrases": phrases,
        "cards": Cards(view, links, phrases),
        "progress": Progress(view, links),
        "site": site.config,
        "content": view.content,
        "page": page,
        "pages": view.pages,
        "lang": page.lang,
        "root": root_of(page.path),
        "edition": rendering.edition.medium,
        "policy": str(rendering.edition.policy(site)),
        "built": site.today,
        "record": site.record,
        "trials": site.trials,
        "schemes": dict(zip(("light", "dark"), (s.tokens for s in schemes(site.config.brand)), strict=True)),
        "compounds": rendering.compounds.get(page.path, ""),
        "structured": structured(view, links),
        "og_locale": language(page.language).og_locale or page.language,
    }


def _compounds(site: Site, every: Iterable[Page]) -> tuple[dict[str, Vocabulary], dict[str, str]]:
    texts: dict[str, list[tuple[str, str]]] = {}
    for page in every:
        if page.kind.listed:
            words = _words(page, site.contents[page.lang])
            texts.setdefault(page.language, []).append((page.path, f"{page.title} {page.summary} {words}"))
    split = {lang: _split(lang, tuple(text for _, text in listed)) for lang, listed in texts.items()}
    compounds = {
        path: parts for lang, listed in texts.items() for (path, _), parts in zip(listed, split[lang][1], strict=True)
    }
    return {lang: vocabulary for lang, (vocabulary, _) in split.items()}, compounds


@lru_cache(maxsize=8)
def _split(lang: str, texts: tuple[str, ...]) -> tuple[Vocabulary, tuple[str, ...]]:
    """Return the vocabulary of texts, and what a search finds each of them by besides its words. Editions share texts,
    and a preview those of all languages but one."""
    words = vocabulary(texts, lang)
    return words, tuple(" ".join([*words.parts(text), *_joined(text)]) for text in texts)


@lru_cache(maxsize=4096)
def _joined(text: str) -> list[str]:
    """Return what is written apart as one word, such as epost for e-post and 1000 for 1 000."""
    apart = {re.sub(r"\W", "", word) for word in APART.findall(text.replace("\u00ad", ""))}
    return sorted(word.lower() for word in apart)


def _words(page: Page, content: Content) -> str:
    """What a page shows: its own text, and the terms of the glossary."""
    if not isinstance(page.subject, Exercise | Program | TextPage):
        return ""
    terms = content.terms.values() if page.kind.name == "glossary" else ()
    shown = " ".join(f"{term.term} {term.definition}" for term in terms)
    return " ".join([shown, *(text for _, text in page.subject.body.passages)])
