"""Everything in one page: a file that can be e-mailed or put in a chat, and opens in any browser."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html

from hejagen.editions.disk import START, disk_pages
from hejagen.editions.policy import hosted, on_disk
from hejagen.languages import language
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.edition import Edition, Medium, Output
from hejagen.rendering.policy import NONE, SELF, Policy
from hejagen.theme.assets import ENGINE

NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list")
"""Attributes that name ids of the same page."""
COVER = re.compile(r"assets/covers/(.+)\.[0-9a-f]+\.svg$")
FACE = re.compile(r"@font-face \{[^}]*\}")
"""Fonts stay behind: the page must be light enough to mail."""
KINDS = {"svg": "svg+xml", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "gif": "gif", "avif": "avif"}
"""Kinds of pictures by the ending of their names."""
CATALOGUE_URL = re.compile(r'(?<="url": ")[^"]*')
BOX = 'viewBox="0 0 400 300"'


def page_name(site: Site) -> str:
    """Return the name of the page."""
    return language(site.config.languages[0]).one_page_name.format(id=site.config.id)


def finish(site: Site, files: tuple[File, ...], built: date) -> Output:
    """Return the one page, made of the site's finished pages."""
    texts = {file.path: file.data.decode("utf-8", "replace") for file in files}
    book = Book.of(files)
    parts = [book.part(path) for path in book.pages]
    style = FACE.sub("", _asset(texts, "site", "css"))
    scripts = [_asset(texts, name, "js") for name in ("site", "single", "search", "training")]
    icon = _base64(_asset(texts, "icon", "svg").encode())
    homes = (START, *(f"{lang}/index.html" for lang in tuple(site.contents)[1:]))
    skip, header, footer = ("".join(book.around(tag, home) for home in homes) for tag in ("a", "header", "footer"))
    live = book.first("//*[@data-live]")
    rows = [
        "<!DOCTYPE html>",
        f"<html {book.root_attributes()}>",
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy(site, style, scripts)}">',
        *(book.first(path) for path in ("//meta[@name='viewport']", "//title", "//meta[@name='description']")),
        f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">',
        f"<style>{style}</style></head>",
        f"<body>{skip}{header}{book.covers()}",
        '<main id="main" tabindex="-1">',
        *parts,
        f"</main>{footer}{live}",
        *(f"<script>{script}</script>" for script in scripts),
        "</body></html>",
    ]
    page = File(page_name(site), "\n".join(rows).encode())
    return Output((page,), (page,))


def policy(site: Site, style: str, scripts: list[str]) -> Policy:
    """Return a policy that lets in the page's own style and scripts, known by their hashes, and nothing else of the
    site: it is all in the page.

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


def _html(element: Any) -> str:
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _name(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))


def _rename(root: Any, prefix: str) -> None:
    """Put a prefix before all ids, so that they are unlike those of other parts."""
    for element in root.xpath(".//*[@id]"):
        element.set("id", prefix + element.get("id"))
    for attribute in NAMING:
        for element in root.xpath(f".//*[@{attribute}]"):
            element.set(attribute, " ".join(prefix + name for name in element.get(attribute).split()))


def _inside(main: Any) -> Any:
    """The element in a new one, with its language."""
    outer = lxml.html.Element("main")
    inner = lxml.html.Element("div", lang=main.get("lang"))
    inner.extend(list(main))
    outer.append(inner)
    return outer


@dataclass(frozen=True, slots=True)
class Book:
    """The pages, each with a number that makes its ids unlike those of the others."""

    pages: Mapping[str, Any]
    """Trees by path, the start page first."""
    numbers: Mapping[str, int]
    arts: Mapping[str, Any]
    """The big cover of each exercise and program by id: lists show it by reference."""
    files: Mapping[str, bytes]
    """The site's files, for the pictures that become a part of the page."""

    @classmethod
    def of(cls, files: tuple[File, ...]) -> "Book":
        """Return the book of a site's files; the pages that templates have made are its parts."""
        chosen = [file for file in files if file.path.endswith(".html") and file.origin]
        chosen.sort(key=lambda file: file.path != START)
        pages = {file.path: lxml.html.document_fromstring(file.data.decode()) for file in chosen}
        found = {_name(path): tree.xpath("//*[contains(@class, 'intro__art')]//svg") for path, tree in pages.items()}
        arts = {name: art[0] for name, art in found.items() if art and name}
        numbers = {path: number for number, path in enumerate(pages)}
        return cls(pages, numbers, arts, {file.path: file.data for file in files})

    def first(self, path: str) -> str:
        """Return the HTML of an element of the start page."""
        return _html(self.pages[START].xpath(path)[0])

    def root_attributes(self) -> str:
        """Return what stands in <html>: no vault, since a page alone has a store of its own."""
        root = self.pages[START].attrib
        return " ".join(f'{name}="{root[name]}"' for name in ("lang", "data-site", "data-version", "data-root"))

    def covers(self) -> str:
        """Return the big covers as symbols. Each has the class in itself: styles do not see what is around a `use`."""
        drawn = {name: "".join(map(_html, art)) for name, art in self.arts.items()}
        symbols = (
            f'<symbol id="omslag-{name}" {BOX}><g class="cover">{paths}</g></symbol>' for name, paths in drawn.items()
        )
        return f"<svg hidden>{''.join(symbols)}</svg>"

    def around(self, tag: str, home: str) -> str:
        """Return a start page's skip link, header or footer. Those of another language than the first are shown with
        the parts in it."""
        found = self.pages[home].xpath(f"//body/{tag}")[0]
        if found.tag != "a":
            self._relink(found, home)
        if home != START:
            _rename(found, f"{_name(home)}-")
            found.set("hidden", "")
        if self._several:
            found.set("lang", self.pages[home].get("lang"))
        return _html(found)

    @property
    def _several(self) -> bool:
        return len({page.get("lang") for page in self.pages.values()}) > 1

    def part(self, path: str) -> str:
        """Return a page's main and what leads to it, as a part of the book."""
        tree = self.pages[path]
        main = tree.xpath("//main")[0]
        for picture in main.xpath(".//picture"):
            self._show_cover(picture)
        _rename(main, f"d{self.numbers[path]}-")
        self._relink(main, path)
        if main.get("lang"):
            main = _inside(main)  # what leads to the page is in the language of the interface
        for crumbs in tree.xpath("//body//nav[.//*[@aria-current]][not(ancestor::header)][not(ancestor::main)]"):
            # Not a landmark here: there is one for each part.
            crumbs.tag = "div"
            crumbs.attrib.pop("aria-label", None)
            self._relink(crumbs, path)
            main.insert(0, crumbs)
        main.tag = "div"
        main.attrib.clear()
        main.set("data-route", _route(path))
        main.set("data-title", tree.findtext(".//title"))
        if self._several:
            main.set("lang", tree.find("body").get("lang") or tree.get("lang"))
            for other in tree.xpath("//header//a[@hreflang]"):
                main.set(f"data-to-{other.get('hreflang')}", self._link(other.get("href"), path))
        return _html(main)

    def _show_cover(self, picture: Any) -> None:
        found = COVER.search(picture.find(".//img").get("src"))
        art = self.arts.get(found[1]) if found else None
        if art is None or not found:
            return
        drawn = f'{BOX} aria-hidden="true" focusable="false"><use href="#omslag-{found[1]}"/>'
        for child in list(picture):
            picture.remove(child)
        picture.tag = "span"
        picture.append(lxml.html.fragment_fromstring(f'<svg class="{art.get("class")}" {drawn}</svg>'))

    def _relink(self, root: Any, path: str) -> None:
        """Turn links between pages into links between parts. What is not here keeps its words only."""
        self._embed(root, path)
        for element in root.xpath(".//*[@data-pages]"):
            element.set("data-pages", "#/{path}")
        for attribute in ("href", "action"):
            for element in root.xpath(f".//*[@{attribute}]"):
                value = element.get(attribute)
                if re.match(r"[a-z]+:|#omslag-", value):
                    continue
                if link := self._link(value, path):
                    element.set(attribute, link)
                else:
                    del element.attrib[attribute]
        for script in root.xpath(".//script[@data-role='catalogue']"):
            script.text = CATALOGUE_URL.sub(lambda url: self._link(url[0], path), script.text)

    def _embed(self, root: Any, path: str) -> None:
        """Put pictures, such as the brand's logo, into the page itself."""
        for image in root.xpath(".//img[@src]"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(path), image.get("src")))
            kind = KINDS.get(name.rpartition(".")[2].lower())
            if kind and name in self.files:
                image.set("src", f"data:image/{kind};base64,{_base64(self.files[name])}")

    def _link(self, value: str, path: str) -> str:
        target, _, anchor = value.partition("#")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        if page not in self.numbers:
            return ""
        return f"#d{self.numbers[page]}-{anchor}" if anchor else f"#/{_route(page)}"


def _route(path: str) -> str:
    return "" if path == START else path.removesuffix("index.html")


EDITION = Edition(
    name="single",
    summary="all pages in one file",
    policy=hosted,
    pages=disk_pages,
    finish=finish,
    medium=Medium(from_disk=True, one_page=True),
    scripts={"single.js": (ENGINE, "layouts/editions/single/single.js")},
    searched=False,
)
