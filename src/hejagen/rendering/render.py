"""Pages become Files: each page's template is filled with its values. No content is read here."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from hejagen import __version__
from hejagen.layers.stack import Layers
from hejagen.model.document import Document
from hejagen.model.site import Origin, Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.reading.markdown import OUR_SCHEME
from hejagen.rendering.edition import Edition
from hejagen.rendering.listings import Listings
from hejagen.rendering.pages import Page, counterpart, page_of
from hejagen.rendering.sandbox import Spent, watched
from hejagen.rendering.structured import structured
from hejagen.rendering.templates import environment, problem_of
from hejagen.theme.assets import Assets, cover_names
from hejagen.theme.covers import draw
from hejagen.theme.tokens import schemes
from hejagen.urls import relative, root_of
from hejagen.words.compounds import Vocabulary
from hejagen.words.labels import EVIDENCE_RANK
from hejagen.words.translate import Translator, language_name

OUR_LINK = re.compile(rf'href="{OUR_SCHEME}([a-z]+):([^"#]*)(#[^"]*)?"(?=(?:>([^<]*)</a>)?)')
COVER = "components/cover/cover.html"
OUR_FILE = re.compile(r'(src|href)="(?:\.\./)?((?:images|files)/)([^"#]*)(#[^"]*)?"')


@dataclass(frozen=True, slots=True)
class CoverUrls:
    """Links to the three files of a cover."""

    light: str
    dark: str
    lines: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """What every page of an edition is rendered with."""

    site: Site
    pages: Mapping[str, Mapping[str, Page]]
    """By language and key."""
    assets: Assets
    edition: Edition
    words: Mapping[str, Translator]
    picture: Callable[[CoverUrls], Markup]
    """The component that shows a cover in a list."""
    vocabularies: Mapping[str, Vocabulary]
    """By language."""
    compounds: Mapping[str, str]
    """Parts of compound words for the search, by the page's path."""
    downloads: tuple[File, ...]


def render(
    site: Site,
    every: tuple[Page, ...],
    layers: Layers,
    made: Assets,
    edition: Edition,
    words: Mapping[str, Translator],
    downloads: tuple[File, ...],
) -> tuple[tuple[File, ...], list[Problem]]:
    """Return the files of an edition's pages, and the problems with their templates, one for each faulty place."""
    shared = {page.key: page for page in every if page.key.startswith("file:")}
    by_lang: dict[str, dict[str, Page]] = {lang: dict(shared) for lang in site.contents}
    for page in every:
        by_lang[page.lang][page.key] = page
    environments = {lang: _environment(site, layers, words[lang]) for lang in site.contents}
    files: list[File] = []
    problems: list[Problem] = []
    try:
        with watched():
            picture = environments[site.config.languages[0]].get_template(COVER).module.cover  # type: ignore[attr-defined]
    except Exception as error:
        return (), [problem_of(error, COVER)]
    vocabularies, compounds = _compounds(every)
    rendering = Rendering(site, by_lang, made, edition, words, picture, vocabularies, compounds, downloads)
    for page in every:
        try:
            with watched():
                template = environments[page.lang].get_template(page.template)
                text = template.render(_values(rendering, page))
        except Exception as error:
            problems.append(problem_of(error, page.template))
            if isinstance(error, Spent):
                break  # the next pages have the same template, or one as bad
            continue
        files.append(File(page.path, text.encode(), Origin(template.filename or "", "base")))
    return tuple(files), problems


def _environment(site: Site, layers: Layers, words: Translator) -> Environment:
    made = environment(layers)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    said: dict[str, Callable[[Any], str]] = {
        "minutes": words.minutes,
        "short_minutes": words.short_minutes,
        "date": partial(_date, words),
    }
    made.filters |= {name: _late(say) for name, say in said.items()}
    made.globals |= {
        "label": words.label,
        "evidence_rank": EVIDENCE_RANK.__getitem__,
        "cover_svg": _cover_svg,
        "logo_svg": lambda css_class="": Markup(draw.logo_svg(site.drawings, css_class)),
        "version": __version__,
    }
    return made


def _late(say: Callable[[Any], str]) -> Callable[[Context, Any], str]:
    """A filter that Jinja calls when a page is made, and never while it compiles a template: that is done once for all
    languages."""
    return pass_context(lambda context, value: say(value))


def _date(words: Translator, value: date | str) -> str:
    return words.date(date.fromisoformat(value) if isinstance(value, str) else value)


def _cover_svg(spec: draw.CoverSpec, css_class: str = "", done: float = 1.0, split: bool = False) -> Markup:
    return Markup(draw.inline_svg(spec, css_class, done, split=split))


def _values(r: Rendering, page: Page) -> dict[str, Any]:
    """What a page's template gets. docs/reference/templates.md lists it for those who write templates."""
    content, pages = r.site.contents[page.lang], r.pages[page.lang]
    view = _view(r, page)
    functions = {name: getattr(view, name) for name in dir(view) if not name.startswith("_")}
    return {
        **functions,
        "structured": partial(structured, view),
        **page.context,
        "site": r.site.config,
        "content": content,
        "lang": page.lang,
        "page": page,
        "edition": r.edition.medium,
        "policy": str(r.edition.policy(r.site)),
        "built": r.site.today,
        "downloads": tuple((_link(r, page, file.path), file) for file in r.downloads),
        "root": root_of(page.path),
        "asset": lambda name: _link(r, page, r.assets.paths[name]),
        "cover_urls": partial(_cover_urls, r, page),
        "page_by": pages.__getitem__,
        "page_of": partial(page_of, content),
        "headline": r.vocabularies[page.language].headline if page.language in r.vocabularies else str,
        "compounds": r.compounds.get(page.path, ""),
        "schemes": dict(zip(("light", "dark"), (s.tokens for s in schemes(r.site.config.brand)), strict=True)),
        "record": r.site.record,
        "own_logo": _own_logo(r, page),
        "languages": tuple(_other_languages(r, page)),
    }


def _other_languages(r: Rendering, page: Page) -> Iterator[dict[str, Any]]:
    """Where a reader of another language goes on: to the same page, or to that language's start page."""
    for lang, content in r.site.contents.items():
        pages = r.pages[lang]
        same = counterpart(page, pages)
        target = same or pages.get(page_of(content, "home"))
        if lang != page.lang and target:
            link = _link(r, page, target.path)
            yield {"lang": lang, "name": language_name(lang), "page": target, "link": link, "same": bool(same)}


def _view(r: Rendering, page: Page) -> Listings:
    pages = r.pages[page.lang]
    return Listings(
        site=r.site,
        content=r.site.contents[page.lang],
        words=r.words[page.lang],
        page=page,
        pages=pages,
        url=partial(_url, r, page, pages),
        absolute=lambda target: _absolute(r, _path(r, pages, target)),
        picture=lambda spec: r.picture(_cover_urls(r, page, spec)),
        links=_links_filter(r, page, pages),
    )


def _cover_urls(r: Rendering, page: Page, spec: draw.CoverSpec) -> CoverUrls:
    return CoverUrls(*(_link(r, page, r.assets.paths[name]) for name in cover_names(spec)))


def _path(r: Rendering, pages: Mapping[str, Page], target: Page | str) -> str:
    """The path of a page, of a page's key, or of an asset: "asset:social.png"."""
    if isinstance(target, Page):
        return target.path
    kind, _, name = target.partition(":")
    return r.assets.paths[name] if kind == "asset" else pages[target].path


def _own_logo(r: Rendering, page: Page) -> dict[str, Any] | None:
    """What the header needs to show the brand's own logo."""
    logo = r.site.brand_files.logo
    if logo is None:
        return None
    link = _link(r, page, r.assets.paths[f"brand/{logo.name}"])
    return {"link": link, "alt": logo.alt, "width": logo.width, "height": logo.height}


def _url(r: Rendering, page: Page, pages: Mapping[str, Page], target: Page | str) -> str:
    if isinstance(target, Page):
        return _link(r, page, target.path)
    key, hash_mark, anchor = target.partition("#")
    kind, _, name = key.partition(":")
    if kind == "term":
        key, hash_mark, anchor = page_of(r.site.contents[page.lang], "glossary"), "#", f"ord-{name}"
    return _link(r, page, pages[key].path + hash_mark + anchor)


def _link(r: Rendering, page: Page, target: str) -> str:
    """A server shows the 404 page at any depth, where relative links lead astray: there links begin at the site's own
    path, if site.yaml tells the address."""
    if page.template == "pages/not-found.html" and r.site.config.url and not target.startswith(page.path + "#"):
        return urlsplit(r.site.config.url).path.rstrip("/") + "/" + relative("404.html", target).removeprefix("./")
    return relative(page.path, target, index_links=r.edition.medium.from_disk)


def _links_filter(r: Rendering, page: Page, pages: Mapping[str, Page]) -> Callable[[str], Markup]:
    """Our links in rendered Markdown become relative addresses, pictures and downloads the files that they are."""

    def link(found: re.Match[str]) -> str:
        target = f"{found[1]}:{found[2]}{found[3] or ''}"
        if found[1] in ("exercise", "program") and f"{found[1]}:{found[2]}" not in pages:
            return ""  # left out of a selection: the words stay
        return f'href="{_url(r, page, pages, target)}"{_marked(page, pages.get(target.partition("#")[0]), found[4])}'

    def file(found: re.Match[str]) -> str:
        link = _link(r, page, r.assets.paths[f"{found[2]}{page.lang}/{unescape(found[3])}"])
        if found[1] == "href":
            return f'href="{link}{found[4] or ""}"'
        picture = r.site.contents[page.lang].images[found[3]]
        return f'src="{link}" width="{picture.width}" height="{picture.height}" loading="lazy"'

    def links(html: str) -> Markup:
        return Markup(OUR_FILE.sub(file, OUR_LINK.sub(link, html)))

    return links


def _marked(page: Page, target: Page | None, words: str | None) -> str:
    """The language of a link to a page in another one, and of the link's words when they are that page's title."""
    if target is None or target.language == page.language:
        return ""
    title = words and unescape(words) == target.title
    return f' hreflang="{target.language}"' + (f' lang="{target.language}"' if title else "")


def _absolute(r: Rendering, path: str) -> str:
    base = r.site.config.url
    return f"{base.rstrip('/')}/{path.removesuffix('index.html')}" if base else ""


def _compounds(every: Iterable[Page]) -> tuple[dict[str, Vocabulary], dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for page in every:
        if page.listed:
            texts.setdefault(page.language, {})[page.path] = f"{page.title} {page.summary} {_words(page)}"
    made = {lang: Vocabulary(own.values(), lang) for lang, own in texts.items()}
    parts = {path: " ".join(made[lang].parts(text)) for lang, own in texts.items() for path, text in own.items()}
    return made, parts


def _words(page: Page) -> str:
    holder = next((page.context[name] for name in ("exercise", "program", "text") if name in page.context), None)
    body: Document | None = getattr(holder, "body", None)
    listed = str(page.context.get("listing", {}).get("words", ""))
    return " ".join([listed, *(text for _, text in body.passages)]) if body else ""
