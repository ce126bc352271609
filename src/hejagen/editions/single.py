"""Everything in one page: a file that can be e-mailed or put in a chat, and opens in any browser."""

import base64
import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html

from hejagen.editions.alike import share_hidden
from hejagen.editions.disk import START, disk_pages, languages_on_disk
from hejagen.editions.policy import hosted, on_disk
from hejagen.editions.script_words import script_words, words_script
from hejagen.editions.terse import terse
from hejagen.languages import language
from hejagen.model.page_kinds import WHOLE
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.edition import Edition, Medium, Output
from hejagen.rendering.policy import NONE, SELF, Policy
from hejagen.theme.assets import BUNDLES, ENGINE, SHEETS

NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list", "form")
"""Attributes that name ids of the same page."""
COVER = re.compile(r'assets/covers/([^/"]+?)\.[0-9a-f]+\.svg')
FACE = re.compile(r"@font-face \{[^{}]*\}")
"""Fonts are left out: the page must be small enough for e-mail."""
KINDS = {"svg": "svg+xml", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "gif": "gif", "avif": "avif"}
"""Subtype of the media type of pictures, by the ending of their names."""
LINKS = ("href", "action", "data-follow", "data-training", "data-url")
"""Attributes that lead to other pages. Those for data are of `plan` and `program-dates`."""
PAGES = "#/{path}"
"""The link to a page, for scripts."""
RADIOS = ".//input[@type='radio'][@name][not(ancestor::form)][not(@form)]"
"""Radio buttons that belong to no form. Those of a form are grouped within it, and scripts read their names."""
DRAWN = ".//svg[contains(@class, 'cover') or contains(@class, 'glyph')][path]"
"""Drawings that stand in hundreds of places."""
VIEWS = ".//heja-run | .//heja-follow-up//li[@data-exercise]"
"""What a script shows when the address of a page names it after the #: run mode, and the exercise to follow up."""


def page_name(site: Site) -> str:
    """Return the name of the page."""
    return language(site.config.languages[0]).one_page_name.format(id=site.config.id)


def finish(site: Site, files: tuple[File, ...], built: date) -> Output:
    """Return one page that contains all finished pages of the site."""
    texts = {file.path: file.data.decode("utf-8", "replace") for file in files}
    shorter, words = script_words(files)
    book = Book.of(shorter)
    parts = [book.part(path) for path in book.pages]
    _drop_names(parts)
    unread = share_marks(parts)
    drawings = share_drawings(parts, book.arts)
    hidden = share_hidden(parts)
    style = FACE.sub("", "".join(_asset(texts, name, "css") for name in ("site", *_plain(SHEETS))))
    languages = languages_on_disk(site)
    catalogues = (f"{part}.{lang}" for lang in languages for part in WHOLE)
    opening = _asset(texts, "opening", "js")
    scripts = [
        *(_asset(texts, name, "js") for name in catalogues),
        *(words_script(lang, said) for lang, said in words.items()),
        hidden,
        *(_asset(texts, name, "js") for name in ("alike", "site", "single", *_plain(BUNDLES))),
    ]
    icon = _base64(_asset(texts, "icon", "svg").encode())
    homes = (START, *(f"{lang}/index.html" for lang in languages[1:]))
    around = ("a", "header", "footer", "heja-save")
    skip, header, footer, save = ("".join(book.around(tag, home) for home in homes) for tag in around)
    live = book.first("//*[@data-live]")
    rows = [
        "<!DOCTYPE html>",
        f"<html {book.root_attributes()}>",
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy(site, style, [opening, *scripts])}">',
        *(book.first(path) for path in ("//meta[@name='viewport']", "//title", "//meta[@name='description']")),
        f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">',
        f"<style>{style}</style><script>{opening}</script></head>",
        f"<body>{terse(f'{skip}{header}{drawings}')}",
        f'<main id="main" tabindex="-1" data-unread="{unread}">',
        *(terse(_html(part)) for part in parts),
        f"</main>{terse(f'{footer}{save}{live}')}",
        *(f"<script>{script}</script>" for script in scripts),
        "</body></html>",
    ]
    page = File(page_name(site), "\n".join(rows).encode())
    return Output((page,), (page,))


def _drop_names(parts: Iterable[Any]) -> None:
    """Drop the ids of minor headings that nothing in the page names: nobody else can, as their numbers change."""
    every = [*parts]
    named = {
        name.removeprefix("#")
        for part in every
        for attribute in ("href", *NAMING)
        for value in part.xpath(f".//@{attribute}")
        for name in value.split()
    }
    for part in every:
        for heading in part.xpath(".//h3[@id]"):
            if heading.get("id") not in named:
                del heading.attrib["id"]


def share_marks(parts: Sequence[Any]) -> str:
    """Return a selector of what the search does not read, and drop the marks of elements whose class says it."""
    marked: list[tuple[Any, str]] = []
    read: set[str] = set()
    for part in parts:
        for element in part.iterdescendants():
            names = element.get("class", "").split()
            if "data-unread" in element.attrib:
                marked.append((element, names[0] if names else ""))
            elif not element.xpath("boolean(ancestor::*[@data-unread])"):
                read.update(names)
    classes = sorted({name for _, name in marked if name and name not in read})
    for element, name in marked:
        if name in classes:
            del element.attrib["data-unread"]
    return ",".join(["[data-unread]", *(f".{name}" for name in classes)])


def share_drawings(parts: Sequence[Any], arts: Mapping[str, Any]) -> str:
    """Let drawings that stand in several places refer to one, and return these as symbols.

    `arts` holds the large covers by id, which lists refer to. A symbol contains the class of its drawing: styles do not
    see the parents of a `use`.
    """
    drawings = [(svg, _inner(svg)) for part in parts for svg in part.xpath(DRAWN)]
    uses = Counter(inner for _, inner in drawings)
    names = {_inner(art): f"omslag-{name}" for name, art in arts.items()}
    symbols = [_symbol(f"omslag-{name}", art, _inner(art)) for name, art in arts.items()]
    for svg, inner in drawings:
        if inner not in names and uses[inner] > 1:
            names[inner] = f"bild-{len(names)}"
            symbols.append(_symbol(names[inner], svg, inner))
        if name := names.get(inner):
            for child in list(svg):
                svg.remove(child)
            svg.append(lxml.html.fragment_fromstring(f'<svg><use href="#{name}"/></svg>')[0])
            if "preserveaspectratio" not in svg.attrib:
                del svg.attrib["viewbox"]
    return f"<svg hidden>{''.join(symbols)}</svg>"


def _inner(svg: Any) -> str:
    return "".join(map(_html, svg))


def _symbol(name: str, svg: Any, inner: str) -> str:
    around = svg.get("class").split()[0]
    return f'<symbol id="{name}" viewBox="{svg.get("viewbox")}"><g class="{around}">{inner}</g></symbol>'


def policy(site: Site, style: str, scripts: list[str]) -> Policy:
    """Return a policy that allows only the style and scripts in the page, by their hashes.

    The page loads no other file of the site.

    Rule: W3C Content Security Policy Level 3, source lists with hashes.
    """
    base = on_disk(site).without("font-src", "manifest-src")
    asked = tuple(source for source in base.directives["connect-src"] if source != SELF)
    return (
        base.with_("script-src", *map(_hash, scripts))
        .with_("style-src", _hash(style))
        .with_("img-src", "data:")
        .with_("connect-src", *(asked or (NONE,)))
    )


def _hash(text: str) -> str:
    return f"'sha256-{_base64(hashlib.sha256(text.encode()).digest())}'"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _asset(texts: Mapping[str, str], name: str, ending: str) -> str:
    return next(text for path, text in texts.items() if re.fullmatch(rf"assets/{name}\.\w+\.{ending}", path))


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    """Return the plain names of assets without their endings."""
    return tuple(name.rpartition(".")[0] for name in names)


def _html(element: Any) -> str:
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _name(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))


def _rename(root: Any, prefix: str) -> None:
    """Add a prefix to all ids, and to the names that group radio buttons, because other parts of the page may use them.

    Rule: HTML Standard, radio button group: the same name and the same form owner, or none.
    """
    for element in root.xpath(".//*[@id]"):
        element.set("id", prefix + element.get("id"))
    for attribute in NAMING:
        for element in root.xpath(f".//*[@{attribute}]"):
            element.set(attribute, " ".join(prefix + name for name in element.get(attribute).split()))
    for radio in root.xpath(RADIOS):
        radio.set("name", prefix + radio.get("name"))


def _mark_for_search(main: Any) -> None:
    """Give what the search of the page needs to know shorter names, and only where nothing around says the same."""
    for element in main.xpath(".//*[@data-pagefind-ignore]"):
        del element.attrib["data-pagefind-ignore"]
        if not element.xpath("ancestor::*[@data-unread]"):
            element.set("data-unread", "")
    for element in main.xpath(".//*[@data-pagefind-meta]"):
        del element.attrib["data-pagefind-meta"]
        element.set("data-about", "")


def _inside(main: Any) -> Any:
    """Return a new element that contains the content of `main` and has its language."""
    outer = lxml.html.Element("main")
    inner = lxml.html.Element("div", lang=main.get("lang"))
    inner.extend(list(main))
    outer.append(inner)
    return outer


@dataclass(frozen=True, slots=True)
class Book:
    """The pages, each with a number that makes its ids unique."""

    pages: Mapping[str, Any]
    """Trees by path, the start page first."""
    numbers: Mapping[str, int]
    arts: Mapping[str, Any]
    """The large cover of each exercise and program by id. Lists refer to it."""
    files: Mapping[str, bytes]
    """The site's files, for the pictures that are embedded in the page."""
    views: frozenset[str] = frozenset()
    """The paths of pages with the name of each of their views after a #."""
    several: bool = False
    """Whether there are pages in more than one language."""

    @classmethod
    def of(cls, files: tuple[File, ...]) -> "Book":
        """Return the book of a site's files. Its parts are the pages that come from templates."""
        chosen = [file for file in files if file.path.endswith(".html") and file.origin]
        chosen.sort(key=lambda file: file.path != START)
        pages = {file.path: lxml.html.document_fromstring(file.data.decode()) for file in chosen}
        drawings = {_name(path): tree.xpath("//*[contains(@class, 'intro__art')]//svg") for path, tree in pages.items()}
        shown = {match[1] for file in chosen for match in COVER.finditer(file.data.decode())}
        arts = {name: art[0] for name, art in drawings.items() if art and name in shown}
        numbers = {path: number for number, path in enumerate(pages)}
        views = frozenset(f"{path}#{_view(view)}" for path, tree in pages.items() for view in tree.xpath(VIEWS))
        several = len({tree.get("lang") for tree in pages.values()}) > 1
        return cls(pages, numbers, arts, {file.path: file.data for file in files}, views, several)

    def first(self, path: str) -> str:
        """Return the HTML of an element of the start page."""
        return _html(self.pages[START].xpath(path)[0])

    def root_attributes(self) -> str:
        """Return the attributes of <html>, without the vault: a single page has its own storage."""
        root = self.pages[START].attrib
        kept = " ".join(f'{name}="{root[name]}"' for name in ("lang", "data-site", "data-version", "data-root"))
        return f'{kept} data-pages="{PAGES}"'

    def around(self, tag: str, home: str) -> str:
        """Return the skip link, header, footer or what is said of saving of a start page.

        Those of languages after the first are hidden until a part in that language is shown.
        """
        element = self.pages[home].xpath(f"//body/{tag}")[0]
        if element.tag != "a":
            self._relink(element, home)
        if home != START:
            _rename(element, f"{_name(home)}-")
            element.set("hidden", "")
        if self.several:
            element.set("lang", self.pages[home].get("lang"))
        return _html(element)

    def part(self, path: str) -> Any:
        """Return the main element and the breadcrumbs of a page, as a part of the book."""
        tree = self.pages[path]
        prefix = f"d{self.numbers[path]}-"
        main = tree.xpath("//main")[0]
        for picture in main.xpath(".//picture"):
            self._show_cover(picture)
        _rename(main, prefix)
        self._relink(main, path)
        if main.get("lang"):
            main = _inside(main)  # the breadcrumbs are in the language of the interface
        for crumbs in tree.xpath("//body//nav[.//*[@aria-current]][not(ancestor::header)][not(ancestor::main)]"):
            # Not a landmark here: there is one for each part.
            crumbs.tag = "div"
            crumbs.attrib.pop("aria-label", None)
            self._relink(crumbs, path)
            main.insert(0, crumbs.xpath("ancestor-or-self::*[parent::body]")[0])  # with the grid that it stands in
        main.tag = "div"
        main.attrib.clear()
        main.set("id", f"/{_route(path)}")  # what links name, so that they lead there without script as well
        main.set("data-route", _route(path))
        main.set("data-ids", prefix)
        for view in main.xpath(VIEWS):
            view.set("id", self._link(f"#{_view(view)}", path)[1:])
        main.set("data-title", tree.findtext(".//title"))
        _mark_for_search(main)
        if self.several:
            main.set("lang", tree.find("body").get("lang") or tree.get("lang"))
            for other in tree.xpath("//header//a[@hreflang]"):
                main.set(f"data-to-{other.get('hreflang')}", self._link(other.get("href"), path))
        return main

    def _show_cover(self, picture: Any) -> None:
        match = COVER.search(picture.find(".//img").get("src"))
        art = self.arts.get(match[1]) if match else None
        if art is None or not match:
            return
        drawn = f'aria-hidden="true"><use href="#omslag-{match[1]}"/>'
        for child in list(picture):
            picture.remove(child)
        picture.tag = "span"
        picture.append(lxml.html.fragment_fromstring(f'<svg class="{art.get("class")}" {drawn}</svg>'))

    def _relink(self, root: Any, path: str) -> None:
        """Turn links between pages into links between parts. Other links become plain text."""
        self._embed(root, path)
        for element in root.xpath(".//*[@data-pages]"):
            element.set("data-pages", PAGES)
        for attribute in LINKS:
            for element in root.xpath(f".//*[@{attribute}]"):
                value = element.get(attribute)
                if re.match(r"[a-z]+:|#omslag-", value):
                    continue
                if link := self._link(value, path):
                    element.set(attribute, link)
                else:
                    del element.attrib[attribute]

    def _embed(self, root: Any, path: str) -> None:
        """Embed pictures, such as the brand's logo, in the page."""
        for image in root.xpath(".//img[@src]"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(path), image.get("src")))
            kind = KINDS.get(name.rpartition(".")[2].lower())
            if kind and name in self.files:
                image.set("src", f"data:image/{kind};base64,{_base64(self.files[name])}")

    def _link(self, value: str, path: str) -> str:
        target, _, anchor = value.partition("#")
        target = target.partition("?")[0]  # a part of the page has no query
        page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        if page not in self.numbers:
            return ""
        if f"{page}#{anchor}" in self.views:
            return f"#/{_route(page)}#{anchor}"
        return f"#d{self.numbers[page]}-{anchor}" if anchor else f"#/{_route(page)}"


def _view(element: Any) -> str:
    """Return the name of a view in the address of its page."""
    return str(element.get("data-view") or element.get("data-exercise"))


def _route(path: str) -> str:
    return "" if path == START else path.removesuffix("index.html")


EDITION = Edition(
    name="single",
    summary="all pages in one file",
    policy=hosted,
    pages=disk_pages,
    finish=finish,
    medium=Medium(from_disk=True, one_page=True),
    scripts={
        "opening.js": ("layouts/editions/single/opening.js",),
        "alike.js": ("layouts/editions/alike.js",),
        "single.js": (ENGINE, "layouts/editions/single/single.js"),
    },
    searched=False,
)
