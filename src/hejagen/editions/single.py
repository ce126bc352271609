"""Everything in one page: a file that can be e-mailed or put in a chat, and opens in any browser."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import lxml.html

from hejagen.editions.alike import Split, share_hidden, split
from hejagen.editions.disk import START, disk_pages, languages_on_disk
from hejagen.editions.policy import hosted, on_disk
from hejagen.editions.script_words import script_words, words_script
from hejagen.editions.terse import terse
from hejagen.languages import language
from hejagen.model.page_kinds import WHOLE
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.cores import in_order
from hejagen.rendering.edition import Edition, Medium, Output
from hejagen.rendering.policy import NONE, SELF, Policy
from hejagen.store.folder import Together
from hejagen.store.key import digest
from hejagen.theme.assets import BUNDLES, ENGINE, SHEETS

NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list", "form")
"""Attributes that name ids of the same page."""
COVER = re.compile(rb'assets/covers/([^/"]+?)\.[0-9a-f]+\.svg')
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
    assets = {file.path: file.data for file in files if file.path.startswith("assets/")}
    shorter, words = script_words(files)
    languages = languages_on_disk(site)
    book = Book.of(shorter, (START, *(f"{lang}/index.html" for lang in languages[1:])))
    calls = ((page.decode(), path, book) for path, page in book.pages.items())
    parts = dict(zip(book.pages, _part.each(calls, in_order), strict=True))
    htmls, hidden = share_hidden({path: part.split for path, part in parts.items()})
    style = FACE.sub("", "".join(_asset(assets, name, "css") for name in ("site", *_plain(SHEETS))))
    catalogues = (f"{part}.{lang}" for lang in languages for part in WHOLE)
    opening = _asset(assets, "opening", "js")
    scripts = [
        *(_asset(assets, name, "js") for name in catalogues),
        *(words_script(lang, said) for lang, said in words.items()),
        hidden,
        *(_asset(assets, name, "js") for name in ("alike", "site", "single", *_plain(BUNDLES))),
    ]
    icon = _base64(_asset(assets, "icon", "svg").encode())
    around = ("a", "header", "footer", "heja-save")
    skip, header, footer, save = ("".join(book.around(tag, home) for home in book.homes) for tag in around)
    live = book.first("//*[@data-live]")
    symbols = {name: art.symbol(name) for name, art in book.arts.items()}
    symbols |= {name: symbol for part in parts.values() for name, symbol in part.symbols}
    drawings = f"<svg hidden>{''.join(symbols.values())}</svg>"
    rows = [
        "<!DOCTYPE html>",
        f"<html {book.root_attributes()}>",
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy(site, style, [opening, *scripts])}">',
        *(book.first(path) for path in ("//meta[@name='viewport']", "//title", "//meta[@name='description']")),
        f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">',
        f"<style>{style}</style><script>{opening}</script></head>",
        f"<body>{terse(f'{skip}{header}{drawings}')}",
        '<main id="main" tabindex="-1">',
        *(html.decode() for html in htmls.values()),
        f"</main>{terse(f'{footer}{save}{live}')}",
        *(f"<script>{script}</script>" for script in scripts),
        "</body></html>",
    ]
    page = File(page_name(site), "\n".join(rows).encode())
    return Output((page,), (page,))


class Art(NamedTuple):
    """A drawing that other places refer to. Styles do not see the parents of a `use`: its symbol contains its class."""

    css_class: str
    view_box: str
    inner: str

    @classmethod
    def of(cls, svg: Any) -> "Art":
        """Return the drawing of an SVG element."""
        return cls(svg.get("class"), svg.get("viewbox"), "".join(map(_html, svg)))

    def symbol(self, name: str) -> str:
        """Return the symbol that the drawing is referred to by."""
        around = self.css_class.split()[0]
        return f'<symbol id="{name}" viewBox="{self.view_box}"><g class="{around}">{self.inner}</g></symbol>'


def share_drawings(part: Any, arts: Mapping[str, Art]) -> dict[str, str]:
    """Let the drawings of a part refer to symbols, and return these by id. `arts` are the symbols that all parts
    share, by id."""
    names = {art.inner: name for name, art in arts.items()}
    symbols: dict[str, str] = {}
    for svg in part.xpath(DRAWN):
        art = Art.of(svg)
        name = names.get(art.inner)
        if name is None:
            name = f"bild-{hashlib.sha256(art.inner.encode()).hexdigest()[:6]}"
            symbols.setdefault(name, art.symbol(name))
        for child in list(svg):
            svg.remove(child)
        svg.append(lxml.html.fragment_fromstring(f'<svg><use href="#{name}"/></svg>')[0])
        if "preserveaspectratio" not in svg.attrib:
            del svg.attrib["viewbox"]
    return symbols


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


def _asset(assets: Mapping[str, bytes], name: str, ending: str) -> str:
    return next(data for path, data in assets.items() if re.fullmatch(rf"assets/{name}\.\w+\.{ending}", path)).decode()


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    """Return the plain names of assets without their endings."""
    return tuple(name.rpartition(".")[0] for name in names)


def _html(element: Any) -> str:
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


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


class _Facts(NamedTuple):
    """What all parts must know of a page."""

    lang: str
    views: tuple[str, ...]
    """The names of its views after a #."""
    art: Art | None
    """Its large cover."""


@Together
def _facts(html: str) -> _Facts:
    tree = lxml.html.document_fromstring(html)
    art = tree.xpath("//*[contains(@class, 'intro__art')]//svg")
    return _Facts(tree.get("lang"), tuple(map(_view, tree.xpath(VIEWS))), Art.of(art[0]) if art else None)


class _Part(NamedTuple):
    """A page as a part of the book: its HTML, and the symbols that it refers to, by id."""

    split: Split
    symbols: tuple[tuple[str, str], ...]


@Together
def _part(html: str, path: str, book: "Book") -> _Part:
    part = book.part(html, path)
    symbols = share_drawings(part, book.arts)
    return _Part(split(part, part), tuple(symbols.items()))


@dataclass(frozen=True, slots=True)
class Book:
    """The pages, each with a number that makes its ids unique."""

    pages: Mapping[str, bytes]
    """The pages that come from templates by path, the start page first."""
    homes: Mapping[str, Any]
    """Trees of the start pages of all languages by path."""
    numbers: Mapping[str, int]
    arts: Mapping[str, Art]
    """The large cover of each exercise and program by its id in the page. Lists refer to it."""
    pictures: Mapping[str, bytes]
    """The site's pictures by path, which are embedded in the page."""
    views: frozenset[str] = frozenset()
    """The paths of pages with the name of each of their views after a #."""
    several: bool = False
    """Whether there are pages in more than one language."""
    key: bytes = b""
    """The digest of all that any part may depend on besides its own page."""

    @classmethod
    def of(cls, files: tuple[File, ...], homes: tuple[str, ...]) -> "Book":
        """Return the book of a site's files. Its parts are the pages that come from templates; `homes` are the paths
        of start pages."""
        chosen = [file for file in files if file.path.endswith(".html") and file.origin]
        chosen.sort(key=lambda file: file.path != START)
        pages = {file.path: file.data for file in chosen}
        calls = ((page.decode(),) for page in pages.values())
        facts = dict(zip(pages, _facts.each(calls, in_order), strict=True))
        shown = {match[1].decode() for page in pages.values() for match in COVER.finditer(page)}
        arts = {f"omslag-{_name(path)}": fact.art for path, fact in facts.items() if fact.art and _name(path) in shown}
        numbers = {path: number for number, path in enumerate(pages)}
        views = frozenset(f"{path}#{view}" for path, fact in facts.items() for view in fact.views)
        several = len({fact.lang for fact in facts.values()}) > 1
        pictures = {file.path: file.data for file in files if _ending(file.path) in KINDS}
        trees = {home: lxml.html.document_fromstring(pages[home].decode()) for home in homes}
        key = digest((numbers, arts, pictures, sorted(views), several))
        return cls(pages, trees, numbers, arts, pictures, views, several, key)

    def answer_digest(self) -> bytes:
        """Return what counts of the book for a part."""
        return self.key

    def first(self, path: str) -> str:
        """Return the HTML of an element of the start page."""
        return _html(self.homes[START].xpath(path)[0])

    def root_attributes(self) -> str:
        """Return the attributes of <html>, without the vault: a single page has its own storage."""
        root = self.homes[START].attrib
        kept = " ".join(f'{name}="{root[name]}"' for name in ("lang", "data-site", "data-version", "data-root"))
        return f'{kept} data-pages="{PAGES}"'

    def around(self, tag: str, home: str) -> str:
        """Return the skip link, header, footer or what is said of saving of a start page.

        Those of languages after the first are hidden until a part in that language is shown.
        """
        element = self.homes[home].xpath(f"//body/{tag}")[0]
        if element.tag != "a":
            self._relink(element, home)
        if home != START:
            _rename(element, f"{_name(home)}-")
            element.set("hidden", "")
        if self.several:
            element.set("lang", self.homes[home].get("lang"))
        return _html(element)

    def part(self, html: str, path: str) -> Any:
        """Return the main element and the breadcrumbs of a page, as a part of the book."""
        tree = lxml.html.document_fromstring(html)
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
        main.set("id", f"/{route(path)}")  # what links name, so that they lead there without script as well
        main.set("data-route", route(path))
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
        match = COVER.search(picture.find(".//img").get("src").encode())
        name = f"omslag-{match[1].decode()}" if match else ""
        if name not in self.arts:
            return
        drawn = f'aria-hidden="true"><use href="#{name}"/>'
        for child in list(picture):
            picture.remove(child)
        picture.tag = "span"
        picture.append(lxml.html.fragment_fromstring(f'<svg class="{self.arts[name].css_class}" {drawn}</svg>'))

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
            if name in self.pictures:
                image.set("src", f"data:image/{KINDS[_ending(name)]};base64,{_base64(self.pictures[name])}")

    def _link(self, value: str, path: str) -> str:
        target, _, anchor = value.partition("#")
        target = target.partition("?")[0]  # a part of the page has no query
        page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        if page not in self.numbers:
            return ""
        if f"{page}#{anchor}" in self.views:
            return f"#/{route(page)}#{anchor}"
        return f"#d{self.numbers[page]}-{anchor}" if anchor else f"#/{route(page)}"


def _view(element: Any) -> str:
    """Return the name of a view in the address of its page."""
    return str(element.get("data-view") or element.get("data-exercise"))


def route(path: str) -> str:
    """Return what stands behind `#/` in the address of a page in the one file."""
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
