"""Where things are: links from a page to other pages, to assets, and in texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from hejagen import __version__
from hejagen.languages import language
from hejagen.model.document import Section
from hejagen.model.listing import BehaviourMeta
from hejagen.model.site import Exercise
from hejagen.reading.markdown import OUR_SCHEME, TERM
from hejagen.rendering.pages import Page, counterpart, page_of
from hejagen.rendering.qr import qr_svg
from hejagen.rendering.view import CoverUrls, View
from hejagen.theme.assets import cover_names
from hejagen.theme.covers.draw import CoverSpec
from hejagen.urls import relative
from hejagen.words.translate import language_name

OUR_LINK = re.compile(rf'href="{OUR_SCHEME}([a-z]+):([^"#]*)(#[^"]*)?"(?=(?:>([^<]*)</a>)?)')
OUR_TERM = re.compile(rf'<{TERM} id="([^"]*)">([^<]*)</{TERM}>')
OUR_FILE = re.compile(r'(src|href)="(?:\.\./)?((?:images|files)/)([^"#]*)(#[^"]*)?"')
MAX_MAILTO = 1900
"""Longest mailto address, encoded, that mail programs take: older ones cut at 2,000."""


@dataclass(frozen=True, slots=True)
class Links:
    """Links from the page. All are relative, so that the site works below any address and from a disk."""

    _view: View

    def to(self, target: Page | str) -> str:
        """A relative link to a page, or to a key: `links.to("page:om")`, `links.to("exercise:fredagsraden#varfor")`,
        `links.to("run:fredagsraden")`, `links.to("follow-up:fredagsraden")`, `links.to("term:innovation")`,
        `links.to("file:feed.atom")`."""
        if isinstance(target, Page):
            return self._to_path(target.path)
        key, hash_mark, anchor = target.partition("#")
        kind, _, name = key.partition(":")
        if kind == "term":
            key, hash_mark, anchor = page_of(self._view.content, "glossary"), "#", f"{self._anchor('word')}-{name}"
        elif kind == "follow-up":
            key, hash_mark, anchor = self._follow_up(name)
        elif kind == "run":
            key, hash_mark, anchor = f"exercise:{name}", "#", self._anchor("run")
        return self._to_path(self._view.pages[key].path + hash_mark + anchor)

    def to_single(self, template: str) -> str:
        """A link to the only page with a template: `links.to_single("training")`; also to a part of it:
        `links.to_single("training#" ~ anchor("saved"))`."""
        name, hash_mark, anchor = template.partition("#")
        return self._to_path(self.single(name).path + hash_mark + anchor)

    def single(self, template: str) -> Page:
        """The only page with a template, such as "glossary"."""
        return self._view.pages[page_of(self._view.content, template)]

    def absolute(self, target: Page | str) -> str:
        """The full address of a page, a key, or an asset: `links.absolute("asset:social.png")`. Empty when `site.url`
        is not set."""
        base = self._view.site.config.url
        return f"{base.rstrip('/')}/{self._path(target).removesuffix('index.html')}" if base else ""

    def asset(self, name: str) -> str:
        """A link to a style, script or picture by its plain name: `site.css`, `site.js`, `search.js`, `icon.svg`,
        `icon.png`; `social.png` when `site.url` is set."""
        return self._to_path(self._view.rendering.paths[name])

    def file(self, path: str) -> str:
        """A link to a file of the site by its path, such as a download."""
        return self._to_path(path)

    def cover(self, spec: CoverSpec) -> CoverUrls:
        """Links to the three files of a cover: `light`, `dark`, `lines`."""
        light, dark, lines = map(self.asset, cover_names(spec.id))
        return CoverUrls(light, dark, lines)

    def resolve(self, html: str) -> Markup:
        """HTML of a text with our own links and pictures turned into relative addresses, and terms explained by the
        component `term`. Put every `html` of a section or item through it."""
        return Markup(OUR_TERM.sub(self._term_of, OUR_FILE.sub(self._file_of, OUR_LINK.sub(self._link_of, html))))

    def parts(self, exercise: Exercise) -> dict[str, dict[str, str]]:
        """The parts of an exercise's page in their order, each with `title` and `anchor`: `steps`, `plan`, `before`,
        `during`, `after`, `know`."""
        _ = self._view.words.gettext
        sections = {section.key: section for section in exercise.body.sections}
        together = exercise.meta.participation != "individual"
        groups = {
            "before": (_("Before the meeting") if together else _("Beforehand"), "before-meeting"),
            "during": (_("During the meeting") if together else _("Meanwhile"), "during-meeting"),
            "after": (_("After the meeting") if together else _("Afterwards"), "after-meeting"),
            "know": (_("Good to know"), "good-to-know"),
        }
        written = {key: {"title": sections[key].title, "anchor": sections[key].anchor} for key in ("steps", "plan")}
        return written | {key: {"title": title, "anchor": self._anchor(name)} for key, (title, name) in groups.items()}

    def contents(self, exercise: Exercise) -> list[tuple[str, str]]:
        """Title and anchor of the parts of an exercise's page, for the component `toc`."""
        return [(part["title"], part["anchor"]) for part in self.parts(exercise).values()]

    def invitation(self, section: Section) -> str:
        """A mailto address without a receiver: the page's title, a section as text, and the page's full address."""
        texts = [block.text for block in section.blocks]
        return mailto("", self._view.page.title, "\n\n".join([*texts, self.absolute(self._view.page)]).strip())

    def _anchor(self, name: str) -> str:
        return language(self._view.content.lang).anchor(name)

    def _follow_up(self, name: str) -> tuple[str, str, str]:
        """The page that follows up an exercise; without one, where the exercise's own page has its questions."""
        for text in self._view.content.pages.values():
            if text.meta.template == "follow-up":
                return f"page:{text.meta.id}", "#", name
        return f"exercise:{name}", "#", self._anchor("after-meeting")

    def behaviours(self, behaviours: Iterable[BehaviourMeta]) -> Markup:
        """Links to behaviours, one after the other."""
        links = (Markup('<a href="{}">{}</a>').format(self.to(f"behaviour:{b.id}"), b.label) for b in behaviours)
        return Markup("<br>").join(links)

    def crumbs(self) -> list[tuple[str, str]]:
        """Title and link of the pages above this one, the start page first."""
        return [(title, self.to(page)) for title, page in above(self._view)]

    def menu(self, column: str) -> list[tuple[str, str, str]]:
        """Title, link and language (empty = the interface's) of pages in a group of the menu: `lead`, `topics`, `help`
        or `about`."""
        chosen = [text for text in self._view.content.pages.values() if text.meta.menu == column]
        chosen.sort(key=lambda text: (text.meta.order, text.meta.id))
        return [(text.meta.title, self.to(f"page:{text.meta.id}"), text.meta.language or "") for text in chosen]

    def languages(self) -> list[dict[str, Any]]:
        """Where a reader of another language goes on: to this page in it, or to its start page, which then says that
        the page is not translated. Each has `lang`, `name`, `page`, `link`, `same`: whether it is this page, and
        `instead`: if not, what it is, in that language."""
        languages = []
        for lang, content in self._view.site.contents.items():
            pages = self._view.rendering.pages[lang]
            same = counterpart(self._view.page, pages)
            target = same or pages.get(page_of(content, "home"))
            if lang != self._view.page.lang and target:
                entry = {"lang": lang, "name": language_name(lang), "page": target, "same": bool(same)}
                anchor = "" if same else f"#{language(lang).anchor('not-translated')}"
                instead = "" if same else self._view.rendering.words[lang].gettext("start page")
                languages.append({**entry, "link": self._to_path(target.path + anchor), "instead": instead})
        return languages

    def share(self) -> dict[str, Any]:
        """What the component `share` takes: the page's `title`, its full `address`, `mail` with both in it, and the
        address as a QR `code`. Without `site.url` there is no address and no code."""
        page, gettext, address = self._view.page, self._view.words.gettext, self.absolute(self._view.page)
        body = "\n\n".join(filter(None, (page.title, page.summary, address)))
        code = self._code(address, "share__code")
        mail = mailto("", gettext("Shall we try this?"), body)
        return {"title": page.title, "address": address, "mail": mail, "code": code}

    def code(self, target: Page | str, style: str) -> Markup:
        """The full address of a page or a key as a QR code, with a class. Empty when `site.url` is not set."""
        return self._code(self.absolute(target), style)

    def _code(self, address: str, style: str) -> Markup:
        name = self._view.words.gettext("QR code with the address of the page")
        attributes = Markup('<svg class="{}" role="img" aria-label="{}" ').format(style, name)
        return attributes + Markup(qr_svg(address) + "</svg>") if address else Markup()

    def logo(self) -> dict[str, Any] | None:
        """The brand's own logo, or none: `link`, `alt`, `width`, `height`."""
        logo = self._view.site.brand_files.logo
        if logo is None:
            return None
        return {"link": self.asset(f"brand/{logo.name}"), "alt": logo.alt, "width": logo.width, "height": logo.height}

    def write(self) -> str:
        """Where to write about the page: a mail that names it, or the page with the form."""
        if self._view.site.config.feedback.kind == "mailto":
            return self.mailto()
        return self.to_single("feedback")

    def mailto(self) -> str:
        """A mailto address whose body names page and version, never what the reader has done. Only for feedback of the
        kind `mailto`."""
        way, gettext = self._view.site.config.feedback, self._view.words.gettext
        subject = gettext("About %(name)s") % {"name": self._view.site.config.name}
        body = f"{gettext('Page')}: {self._view.page.title}\n{gettext('Version')}: {__version__}\n\n"
        return mailto(way.address, subject, body)

    def _path(self, target: Page | str) -> str:
        if isinstance(target, Page):
            return target.path
        kind, _, name = target.partition(":")
        return self._view.rendering.paths[name] if kind == "asset" else self._view.pages[target].path

    def _to_path(self, path: str) -> str:
        """A server shows the 404 page at any depth, where relative links lead astray: there links begin at the site's
        own path, if site.yaml tells the address."""
        page, url = self._view.page, self._view.site.config.url
        if page.kind.missing and url and not path.startswith(page.path + "#"):
            return urlsplit(url).path.rstrip("/") + "/" + relative("404.html", path).removeprefix("./")
        return relative(page.path, path, index_links=self._view.rendering.edition.medium.from_disk)

    def _link_of(self, found: re.Match[str]) -> str:
        key = f"{found[1]}:{found[2]}"
        if found[1] in ("exercise", "program") and key not in self._view.pages:
            return ""  # left out of a selection: the words stay
        return f'href="{self.to(key + (found[3] or ""))}"{self._marked(self._view.pages.get(key), found[4])}'

    def _term_of(self, found: re.Match[str]) -> str:
        """The explanation of a word where it stands."""
        term = self._view.content.terms[found[1]]
        explained = self._view.rendering.terms[self._view.page.lang]
        return explained(Markup(found[2]), term.id, term.definition, self.to(f"term:{term.id}"))

    def _marked(self, target: Page | None, words: str | None) -> str:
        """The language of a link to a page in another one, and of the link's words when they are that page's title."""
        if target is None or target.language == self._view.page.language:
            return ""
        title = words and unescape(words) == target.title
        return f' hreflang="{target.language}"' + (f' lang="{target.language}"' if title else "")

    def _file_of(self, found: re.Match[str]) -> str:
        """A picture or download becomes the file that it is in the site."""
        link = self.asset(f"{found[2]}{self._view.page.lang}/{unescape(found[3])}")
        if found[1] == "href":
            return f'href="{link}{found[4] or ""}"'
        picture = self._view.content.images[found[3]]
        return f'src="{link}" width="{picture.width}" height="{picture.height}" loading="lazy"'


def above(view: View) -> list[tuple[str, Page]]:
    """Return the pages above a page with their titles in the way that leads to it, the start page first."""
    found: list[tuple[str, Page]] = []
    page = view.page
    while page.parent:
        page = view.pages[page.parent]
        title = view.words.gettext("Home") if page.kind.name == "home" else page.title
        found.insert(0, (title, page))
    return found


def mailto(address: str, subject: str, body: str) -> str:
    """Return a mailto address of at most MAX_MAILTO characters when encoded (RFC 6068); a longer body is cut."""
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject[:200], safe='')}"
    while body and len(f"{start}&body={quote(body, safe='')}") > MAX_MAILTO:
        body = body[:-20]
    return f"{start}&body={quote(body, safe='')}" if body else start
