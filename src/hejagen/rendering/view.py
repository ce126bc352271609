"""What templates ask for beyond plain values: links, lists of cards and words made of facts. Bound to one page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from hejagen import __version__
from hejagen.model.base import Format
from hejagen.model.document import Section
from hejagen.model.exercise import Time
from hejagen.model.listing import BehaviourMeta
from hejagen.model.site import Content, Exercise, Site
from hejagen.rendering.pages import Page, page_of
from hejagen.theme.covers.draw import CoverSpec
from hejagen.words.translate import Translator

MAX_MAILTO = 1900
"""Longest mailto address, encoded, that mail programs take: older ones cut at 2,000."""


@dataclass(frozen=True, slots=True)
class View:
    """The functions that templates call. The functions among its fields come from the rendering of the page."""

    site: Site
    content: Content
    words: Translator
    page: Page
    pages: Mapping[str, Page]
    url: Callable[[Page | str], str]
    absolute: Callable[[Page | str], str]
    picture: Callable[[CoverSpec], Markup]
    links: Callable[[str], Markup]

    def crumbs(self, page: Page) -> list[tuple[str, str]]:
        """Title and link of the pages above a page, the start page first."""
        return [(title, self.url(key)) for title, key in self.above(page)]

    def above(self, page: Page) -> list[tuple[str, str]]:
        """Title and key of the pages above a page, the start page first."""
        found: list[tuple[str, str]] = []
        while page.parent:
            page = self.pages[page.parent]
            title = self.words.gettext("Home") if page.template == "pages/home.html" else page.title
            found.insert(0, (title, page.key))
        return found

    def menu_links(self, column: str) -> list[tuple[str, str, str]]:
        """Title, link and language of the pages in a column of the footer; empty = the language of the interface."""
        chosen = [text for text in self.content.pages.values() if text.meta.menu == column]
        chosen.sort(key=lambda text: (text.meta.order, text.meta.id))
        return [(text.meta.title, self.url(f"page:{text.meta.id}"), text.meta.language or "") for text in chosen]

    def told(self, text: str) -> str:
        """A text of site.yaml in the language of the interface, if its catalogue has it; else as it is, marked with the
        site's first language."""
        main = self.site.config.languages[0]
        if self.content.lang == main:
            return text
        translated = self.words.gettext(text)
        return Markup('<span lang="{}">{}</span>').format(main, text) if translated == text else translated

    def cover_of(self, key: str) -> CoverSpec:
        """What the cover of a page is drawn from, such as "exercise:fredagsraden"."""
        cover = self.pages[key].cover
        assert cover is not None
        return cover

    def page_exists(self, key: str) -> bool:
        """Whether there is a page with a key: a layer may hide it."""
        return key in self.pages

    def kind_label(self, page: Page) -> str:
        """What a page is, for search results."""
        kind = page.key.split(":")[0]
        names = self._kinds()
        return names.get(kind, names["page"])

    def kind_labels(self) -> list[str]:
        """The kinds that search results can be limited to."""
        return list(self._kinds().values())

    def _kinds(self) -> dict[str, str]:
        _ = self.words.gettext
        return {
            "exercise": _("Exercise"),
            "program": _("Program"),
            "behaviour": _("Behaviour"),
            "area": _("Area"),
            "page": _("Page"),
        }

    def time_text(self, minutes: Time) -> str:
        """How long an exercise takes, and what comes before: "45 + 10 min före"."""
        if not minutes.preparation:
            return self.words.minutes(minutes.active)
        text = self.words.gettext("%(active)s + %(before)s min before")
        return text % {"active": minutes.active, "before": minutes.preparation}

    def group_figure(self, size: Any) -> str:
        """Number of people: 1, or 4–10."""
        return self._span(size.min, size.max)

    def _span(self, least: int, most: int) -> str:
        return str(least) if least == most else f"{least}–{most}"

    def roles_text(self, roles: Iterable[str]) -> str:
        """The roles that somebody takes, in words."""
        return self._listed([self.words.label("role", role) for role in roles])

    def formats_text(self, formats: Iterable[Format]) -> str:
        """Where an exercise can be done, in words."""
        return self._listed([self.words.label("format", entry) for entry in formats]).capitalize()

    def _listed(self, parts: Sequence[str]) -> str:
        lower = [part.lower() for part in parts]
        last = self.words.gettext("and")
        return f"{', '.join(lower[:-1])} {last} {lower[-1]}" if len(lower) > 1 else lower[0]

    def behaviour_links(self, behaviours: Iterable[BehaviourMeta]) -> Markup:
        """Links to behaviours, one after the other."""
        links = (Markup('<a href="{}">{}</a>').format(self.url(f"behaviour:{b.id}"), b.label) for b in behaviours)
        return Markup("<br>").join(links)

    def exercise_toc(self, exercise: Exercise) -> list[tuple[str, str]]:
        """The sections of an exercise's page; following up comes after the plan."""
        found: list[tuple[str, str]] = []
        for section in exercise.body.sections:
            found.append((section.title, section.anchor))
            if section.key == "plan":
                found.append((self.words.gettext("Follow up"), "folj-upp"))
        return found

    def example_part(self, section: Section, bad: bool) -> str:
        """HTML of the good part of an example, or of the less good one that follows."""
        mark = self.words.gettext("Less good:")
        start = next((n for n, block in enumerate(section.blocks) if block.text.startswith(mark)), len(section.blocks))
        chosen = section.blocks[start:] if bad else section.blocks[:start]
        return "".join(block.html.replace(mark, f"<b>{mark}</b>", 1) if bad else block.html for block in chosen)

    def exercise_steps(self, exercise: Exercise, mode: Callable[..., str]) -> list[dict[str, Any]]:
        """The steps of an exercise with their text. `mode` is the component that shows a mode."""
        section = next(section for section in exercise.body.sections if section.key == "steps")
        return [
            {
                "title": step.title,
                "anchor": text.anchor,
                "minutes": self.words.minutes(step.minutes),
                "mode": mode(step.mode, self.content.modes[step.mode].label),
                "html": self.links(text.html),
            }
            for step, text in zip(exercise.meta.steps, section.subsections, strict=True)
        ]

    def labelled(self, section: Section) -> list[tuple[str, Markup]]:
        """Label and HTML of a section's bullets."""
        return [(item.label, self.links(item.html)) for item in section.items]

    def stop(self, text: str) -> str:
        """The full stop after a text, or nothing when it ends with a mark of its own."""
        return "" if text.endswith((".", "?", "!", "…")) else "."

    def weeks_text(self, number: int) -> str:
        """A number of weeks in words."""
        return self.words.ngettext("%(num)s week", "%(num)s weeks", number) % {"num": number}

    def after_weeks(self, number: int) -> str:
        """When a follow-up comes."""
        return self.words.ngettext("After %(num)s week", "After %(num)s weeks", number) % {"num": number}

    def exercises_count(self, number: int) -> str:
        """A number of exercises in words."""
        return self.words.ngettext("%(num)s exercise", "%(num)s exercises", number) % {"num": number}

    def write_url(self, page: Page) -> str:
        """Where to write about a page: a mail that names it, or the page with the form."""
        if self.site.config.feedback.kind == "mailto":
            return self.mailto_url(page)
        return self.url(page_of(self.content, "feedback"))

    def mailto_url(self, page: Page) -> str:
        """A mailto address whose body names page and version, never what the reader has done."""
        way = self.site.config.feedback
        subject = self.words.gettext("About %(name)s") % {"name": self.site.config.name}
        page_and_version = (
            f"{self.words.gettext('Page')}: {page.title}\n{self.words.gettext('Version')}: {__version__}\n\n"
        )
        return mailto(way.address, subject, page_and_version)


def mailto(address: str, subject: str, body: str) -> str:
    """Return a mailto address of at most MAX_MAILTO characters when encoded (RFC 6068); a longer body is cut."""
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject[:200], safe='')}"
    while body and len(f"{start}&body={quote(body, safe='')}") > MAX_MAILTO:
        body = body[:-20]
    return f"{start}&body={quote(body, safe='')}" if body else start
