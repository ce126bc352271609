"""What templates ask for beyond plain values: links, lists of cards and words made of facts. Bound to one page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from hejagen import __version__
from hejagen.cover import CoverSpec, inline_svg
from hejagen.i18n import LABELS, Translator
from hejagen.markdown import Section
from hejagen.model import BehaviourMeta, Content, Exercise, Format, Program, Site, Term
from hejagen.pages import Page, Place, Week, WeekItem, exercise_cover, page_of, program_cover, weeks

MAX_MAILTO = 1900
"""Longest mailto address, encoded, that mail programs take: older ones cut at 2,000."""
THRESHOLDS = (15, 30, 60)
"""Choices of time in the filter, in minutes."""
SHORT = 30
"""Exercises of at most so many minutes count as short."""
SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "–": "-"})
"""å, ä and ö come after z."""


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
        found: list[tuple[str, str]] = []
        while page.parent:
            page = self.pages[page.parent]
            title = self.words.gettext("Home") if page.template == "pages/home.html" else page.title
            found.insert(0, (title, self.url(page)))
        return found

    def menu_links(self, column: str) -> list[tuple[str, str]]:
        """Title and link of the pages in a column of the footer."""
        chosen = [text for text in self.content.pages.values() if text.meta.menu == column]
        chosen.sort(key=lambda text: (text.meta.order, text.meta.id))
        return [(text.meta.title, self.url(f"page:{text.meta.id}")) for text in chosen]

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

    def group_figure(self, size: Any) -> str:
        """Number of people: 1, or 4–10."""
        return str(size.min) if size.min == size.max else f"{size.min}–{size.max}"

    def roles_text(self, roles: Iterable[str]) -> str:
        """The roles that somebody takes, in words."""
        return self._listed([self.words.label("role", role) for role in roles])

    def formats_text(self, formats: Iterable[Format]) -> str:
        """Where an exercise can be done, in words."""
        return self._listed([self.words.label("format", entry) for entry in formats]).capitalize()

    def _listed(self, parts: Sequence[str]) -> str:
        lower = [part.lower() for part in parts]
        return f"{', '.join(lower[:-1])} {self.words.gettext('and')} {lower[-1]}" if len(lower) > 1 else lower[0]

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

    def program_items(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        """The items that an exercise is in programs: [{id, items}]."""
        found: dict[str, list[str]] = {}
        for place in places:
            found.setdefault(place.program.meta.id, []).append(place.key)
        return [{"id": program, "items": items} for program, items in found.items()]

    def exercise_cards(self, exercises: Iterable[Exercise]) -> list[dict[str, Any]]:
        """Cards for a wall of exercises, with what the filter asks for."""
        return [self._exercise_card(exercise) for exercise in exercises]

    def _exercise_card(self, exercise: Exercise) -> dict[str, Any]:
        meta = exercise.meta
        return {
            "title": meta.title,
            "link": self.url(f"exercise:{meta.id}"),
            "text": meta.purpose,
            "cover": self.picture(exercise_cover(exercise)),
            "facts": [
                self.words.minutes(meta.minutes.total),
                self.words.label("participation", meta.participation),
                self.content.modes[meta.leadership_mode].label,
            ],
            "data": {
                "time": " ".join(str(most) for most in THRESHOLDS if meta.minutes.total <= most) or "more",
                "who": meta.participation,
                "where": " ".join(meta.formats),
                "area": meta.standard_area,
                "mode": meta.leadership_mode,
                "level": meta.level,
            },
        }

    def program_cards(self, by_program: Mapping[str, tuple[Week, ...]]) -> list[dict[str, Any]]:
        """Cards for a wall of programs."""
        return [
            {
                "title": program.meta.title,
                "link": self.url(f"program:{program.meta.id}"),
                "text": program.meta.goal,
                "cover": self.picture(program_cover(program)),
                "facts": [
                    self.weeks_text(program.meta.weeks),
                    self._average(program, by_program[program.meta.id]),
                    self.words.label("participation", program.meta.participation),
                ],
                "data": {},
            }
            for program in sorted(self.content.programs.values(), key=lambda program: program.meta.code)
        ]

    def _average(self, program: Program, own: tuple[Week, ...]) -> str:
        average = round(sum(week.leader for week in own) / program.meta.weeks)
        return self.words.gettext("%(num)s min a week") % {"num": average}

    def sorted_exercises(self) -> list[Exercise]:
        """All exercises, the shortest first."""
        return sorted(self.content.exercises.values(), key=lambda e: (e.meta.minutes.total, e.meta.title))

    def short_exercises(self, number: int) -> list[Exercise]:
        """The shortest exercises for beginners, of different areas where possible."""
        found: dict[str, Exercise] = {}
        for exercise in self.sorted_exercises():
            if exercise.meta.level == "foundation":
                found.setdefault(exercise.meta.standard_area, exercise)
        return list(found.values())[:number]

    def cover_items(self, name: str) -> list[CoverSpec]:
        """Covers for pages that have none of their own: large groups first."""
        order = {"pair": 0, "team": 1, "individual_then_team": 2, "individual": 3}
        talks = [e for e in self.content.exercises.values() if e.meta.exercise_type in ("conversation", "role_play")]
        others = [e for e in self.content.exercises.values() if e not in talks]
        ranked = sorted(
            talks, key=lambda e: (e.meta.standard_area != "leadership", order[e.meta.participation], e.meta.id)
        )
        ranked += sorted(others, key=lambda e: (e.meta.standard_area, e.meta.id))
        by_area: dict[str, Exercise] = {}
        for exercise in ranked:
            by_area.setdefault(exercise.meta.standard_area, exercise)
        chosen = [*by_area.values(), *ranked]
        return [exercise_cover(exercise) for exercise in chosen][:4]

    def need_rows(self, needs: Iterable[Any]) -> list[tuple[str, str, str]]:
        """Question, exercise with its time, and link."""
        found = []
        for need in needs:
            exercise = self.content.exercises[need.exercise]
            answer = f"{exercise.meta.title}, {self.words.minutes(exercise.meta.minutes.total)}"
            found.append((need.question, answer, self.url(f"exercise:{need.exercise}")))
        return found

    def exercise_range(self) -> str:
        """How many exercises there are, and how long they take."""
        times = [exercise.meta.minutes.total for exercise in self.content.exercises.values()] or [0]
        text = self.words.gettext("%(count)s exercises, %(least)s–%(most)s minutes")
        return text % {"count": len(self.content.exercises), "least": min(times), "most": max(times)}

    def program_range(self) -> str:
        """How many programs there are, and how many weeks they take."""
        numbers = [program.meta.weeks for program in self.content.programs.values()] or [0]
        text = self.words.gettext("%(count)s programs, %(least)s–%(most)s weeks")
        return text % {"count": len(self.content.programs), "least": min(numbers), "most": max(numbers)}

    def weeks_text(self, number: int) -> str:
        """A number of weeks in words."""
        return self.words.ngettext("%(num)s week", "%(num)s weeks", number) % {"num": number}

    def after_weeks(self, number: int) -> str:
        """When a follow-up comes."""
        return self.words.ngettext("After %(num)s week", "After %(num)s weeks", number) % {"num": number}

    def exercises_count(self, number: int) -> str:
        """A number of exercises in words."""
        return self.words.ngettext("%(num)s exercise", "%(num)s exercises", number) % {"num": number}

    def filter_choices(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The filter's fields: name, label and choices."""
        _ = self.words.gettext
        times = [(str(most), _("At most %(num)s minutes") % {"num": most}) for most in THRESHOLDS]

        def table(name: str) -> list[tuple[str, str]]:
            return [(value, self.words.label(name, value)) for value in LABELS[name]]

        return [
            ("time", _("Time"), times),
            ("who", _("Alone or together"), table("participation")),
            ("where", _("Where"), table("format")),
            ("area", _("Area"), [(area.id, area.label) for area in self.content.areas.values()]),
            ("mode", _("Mode"), [(mode.id, mode.label) for mode in self.content.modes.values()]),
            ("level", _("Level"), table("level")),
        ]

    def week_items(self, week: Week) -> list[dict[str, Any]]:
        """The items of a program's week as rows."""
        return [self._week_item(item) for item in week.items]

    def _week_item(self, item: WeekItem) -> dict[str, Any]:
        _ = self.words.gettext
        row: dict[str, Any] = {"key": item.key, "number": item.minutes, "tick": "", "colour": "check"}
        row["minutes"] = self.words.short_minutes(item.minutes) if item.minutes else ""
        if item.exercise is not None:
            title = item.exercise.meta.title
            link = Markup('<a class="week__main" href="{}">{}</a>').format(
                self.url(f"exercise:{item.exercise.meta.id}"), title
            )
            tick = _("%(title)s is done") % {"title": title}
            return row | {
                "type": self.words.label("item_role", str(item.role)),
                "main": link,
                "tick": tick,
                "colour": item.role,
            }
        if item.kind == "retrieval":
            main = Markup('<details class="week__main"><summary>{}</summary><p>{}</p></details>').format(
                item.question, item.answer
            )
            return row | {"type": _("Do you remember?"), "main": main}
        if item.kind == "assessment":
            when = _("before the start") if item.question == "before" else _("after the last week")
            main = Markup('<span class="week__main">{}, {}</span>').format(self.content.assessment.title, when)
            return row | {"type": _("Self-check"), "main": main}
        return row | {
            "type": _("Your manager"),
            "main": Markup('<span class="week__main week__wide">{}</span>').format(item.question),
        }

    def sorted_terms(self) -> list[Term]:
        """The glossary in the order of the alphabet."""
        return sorted(self.content.terms.values(), key=lambda term: term.term.lower().translate(SWEDISH_ORDER))

    def program_covers(self) -> list[tuple[str, Markup]]:
        """Each program's cover, one path for each facet, so that it can fill in."""
        programs = self.content.programs.values()
        return [(p.meta.id, Markup(inline_svg(program_cover(p), split=True))) for p in programs]

    def training_catalogue(self) -> dict[str, Any]:
        """What scripts need to know of exercises and programs in order to show progress."""
        exercises = {
            key: {"title": e.meta.title, "url": self.url(f"exercise:{key}"), "minutes": e.meta.minutes.total}
            for key, e in self.content.exercises.items()
        }
        programs = {
            key: {
                "title": p.meta.title,
                "url": self.url(f"program:{key}"),
                "weeks": p.meta.weeks,
                "items": self._catalogued(p),
            }
            for key, p in self.content.programs.items()
        }
        return {"exercises": exercises, "programs": programs}

    def _catalogued(self, program: Program) -> list[dict[str, Any]]:
        found = []
        for week in weeks(self.content, program):
            for item in week.items:
                if item.exercise is not None:
                    meta = item.exercise.meta
                    row = {"key": item.key, "week": week.number, "title": meta.title, "minutes": meta.minutes.total}
                    found.append(row | {"url": self.url(f"exercise:{meta.id}")})
        return found

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

    def structured(self, page: Page) -> dict[str, Any]:
        """schema.org data of a page: LearningResource and HowTo for exercises, Course for programs, and the trail."""
        from hejagen.structured import structured

        return structured(self, page)


def mailto(address: str, subject: str, body: str) -> str:
    """Return a mailto address of at most MAX_MAILTO characters when encoded (RFC 6068); a longer body is cut."""
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject[:200], safe='')}"
    while body and len(f"{start}&body={quote(body, safe='')}") > MAX_MAILTO:
        body = body[:-20]
    return f"{start}&body={quote(body, safe='')}" if body else start
