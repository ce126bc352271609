"""The lists that pages show: cards, choices, weeks, and what scripts need to know in order to show progress."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from hejagen.content.weeks import Week, WeekItem, weeks
from hejagen.languages import language
from hejagen.model.listing import Term
from hejagen.model.site import Exercise, Program
from hejagen.output import File
from hejagen.rendering.pages import Place, page_of
from hejagen.rendering.view import View
from hejagen.theme.covers.draw import CoverSpec, inline_svg
from hejagen.theme.filter import THRESHOLDS
from hejagen.words.labels import LABELS

FITS: Mapping[str, tuple[str, ...]] = {"individual_then_team": ("individual_then_team", "team")}
"""Choices of company in the filter that an exercise fits, where they are more than its own. Whoever has a group can do
what begins alone; whoever is alone cannot end it."""


class Listings(View):
    """A page's view with the lists."""

    __slots__ = ()

    def download_rows(self, downloads: Iterable[tuple[str, File]], built: date) -> list[dict[str, str]]:
        """What can be downloaded, from links and files: a checksum belongs to the file whose name it begins with."""
        _ = self.words.gettext
        links = {file.path: link for link, file in downloads}
        labels = {
            ".zip": _("Download the whole site to use without a network"),
            ".html": _("Download it all as one page"),
        }
        return [
            {
                "link": link,
                "name": file.path,
                "label": labels[PurePosixPath(file.path).suffix],
                "size": f"{PurePosixPath(file.path).suffix[1:]}, {self.words.size(len(file.data))}",
                "made": _("Made %(date)s.") % {"date": self.words.date(built)},
                "checksum": links.get(f"{file.path}.sha256", ""),
            }
            for link, file in downloads
            if PurePosixPath(file.path).suffix in labels
        ]

    def program_items(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        """The programs that an exercise is in, with their items, and which of them are the exercise."""
        own: dict[str, list[str]] = {}
        for place in places:
            own.setdefault(place.program.meta.id, []).append(place.key)
        return [
            {"id": key, "own": keys, **self._program_entry(self.content.programs[key])} for key, keys in own.items()
        ]

    def exercise_cards(self, exercises: Iterable[Exercise]) -> list[dict[str, Any]]:
        """Cards for a wall of exercises, with what the filter asks for."""
        return [self._exercise_card(exercise) for exercise in exercises]

    def _exercise_card(self, exercise: Exercise) -> dict[str, Any]:
        meta = exercise.meta
        return {
            "title": meta.title,
            "link": self.url(f"exercise:{meta.id}"),
            "text": meta.purpose,
            "cover": self.picture(self.cover_of(f"exercise:{meta.id}")),
            "facts": [
                self.time_text(meta.minutes),
                self.words.label("participation", meta.participation),
                self.content.modes[meta.leadership_mode].label,
            ],
            "data": {name: " ".join(values) for name, values in self._fits(exercise).items()},
        }

    def _fits(self, exercise: Exercise) -> dict[str, tuple[str, ...]]:
        """The choices of each field of the filter that an exercise fits."""
        meta = exercise.meta
        return {
            "time": tuple(str(most) for most in THRESHOLDS if meta.minutes.total <= most),
            "who": FITS.get(meta.participation, (meta.participation,)),
            "where": tuple(meta.formats),
            "area": (meta.standard_area,),
            "mode": (meta.leadership_mode,),
            "level": (meta.level,),
        }

    def program_cards(self, by_program: Mapping[str, tuple[Week, ...]]) -> list[dict[str, Any]]:
        """Cards for a wall of programs."""
        return [
            {
                "title": program.meta.title,
                "link": self.url(f"program:{program.meta.id}"),
                "text": program.meta.goal,
                "cover": self.picture(self.cover_of(f"program:{program.meta.id}")),
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

    def way_covers(self) -> list[CoverSpec]:
        """Covers for the three ways in: an exercise for one, a program and one for a team; none that the page shows
        among the short exercises."""
        shown = {f"exercise:{exercise.meta.id}" for exercise in self.short_exercises(4)}
        items = [(key, page.cover) for key, page in sorted(self.pages.items()) if page.cover and key[:5] != "page:"]
        free = [(key, spec) for key, spec in items if key not in shown]
        own = self.page.cover.area if self.page.cover else ""
        found: list[CoverSpec] = []
        for kind, people in (("exercise:", "individual"), ("program:", "individual_then_team"), ("exercise:", "team")):
            areas = {own, *(spec.area for spec in found)}
            rest = [spec for key, spec in free if key.startswith(kind) and spec not in found]
            rest = rest or [spec for _, spec in items]
            if not rest:
                return []
            found.append(min(rest, key=lambda spec: (spec.area in areas, spec.participation != people, spec.motif)))
        return found

    def empty_cover(self) -> Markup:
        """The site's first cover in outline, for lists where nothing is left."""
        return Markup("".join(inline_svg(spec, done=0.12) for spec in self.way_covers()[:1]))

    def need_rows(self, needs: Iterable[Any]) -> list[tuple[str, str, str]]:
        """Question, exercise with its time, and link."""
        found = []
        for need in needs:
            exercise = self.content.exercises[need.exercise]
            answer = f"{exercise.meta.title}, {self.time_text(exercise.meta.minutes)}"
            found.append((need.question, answer, self.url(f"exercise:{need.exercise}")))
        return found

    def exercise_range(self) -> str:
        """How many exercises there are, and how long they take."""
        times = [exercise.meta.minutes.total for exercise in self.content.exercises.values()] or [0]
        text = self.words.gettext("%(count)s exercises, %(span)s minutes")
        return text % {"count": len(self.content.exercises), "span": self._span(min(times), max(times))}

    def program_range(self) -> str:
        """How many programs there are, and how many weeks they take."""
        numbers = [program.meta.weeks for program in self.content.programs.values()] or [0]
        text = self.words.gettext("%(count)s programs, %(span)s weeks")
        return text % {"count": len(self.content.programs), "span": self._span(min(numbers), max(numbers))}

    def filter_choices(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The filter's fields: name, label and the choices that some exercise fits."""
        _ = self.words.gettext
        times = [(str(most), _("At most %(num)s minutes") % {"num": most}) for most in THRESHOLDS]

        def table(name: str) -> list[tuple[str, str]]:
            return [(value, self.words.label(name, value)) for value in LABELS[name]]

        fields: list[tuple[str, str, list[tuple[str, str]]]] = [
            ("time", _("Time"), times),
            ("who", _("Alone or together"), table("participation")),
            ("where", _("Where"), table("format")),
            ("area", _("Area"), [(area.id, area.label) for area in self.content.areas.values()]),
            ("mode", _("Mode"), [(mode.id, mode.label) for mode in self.content.modes.values()]),
            ("level", _("Level"), table("level")),
        ]
        every = [self._fits(exercise) for exercise in self.content.exercises.values()]
        fitting = {name: {value for fits in every for value in fits[name]} for name, _label, _choices in fields}
        return [(name, label, [row for row in rows if row[0] in fitting[name]]) for name, label, rows in fields]

    def week_items(self, week: Week) -> list[dict[str, Any]]:
        """The items of a program's week as rows."""
        return [self._week_item(item, week.number) for item in week.items]

    def _week_item(self, item: WeekItem, week: int) -> dict[str, Any]:
        _ = self.words.gettext
        row: dict[str, Any] = {"key": item.key, "number": item.minutes, "tick": "", "colour": "check"}
        row["minutes"] = self.words.short_minutes(item.minutes) if item.minutes else ""
        if item.exercise is not None:
            title = item.exercise.meta.title
            link = Markup('<a class="program-week__main" href="{}">{}</a>').format(
                self.url(f"exercise:{item.exercise.meta.id}"), title
            )
            tick = _("Week %(week)s: %(title)s, done") % {"week": week, "title": title}
            return row | {
                "type": self.words.label("item_role", str(item.role)),
                "main": link,
                "tick": tick,
                "colour": item.role,
            }
        if item.kind == "retrieval":
            main = Markup('<details class="program-week__main"><summary>{}</summary><p>{}</p></details>').format(
                item.question, item.answer
            )
            return row | {"type": _("Do you remember?"), "main": main}
        if item.kind == "assessment":
            when = _("before the start") if item.question == "before" else _("after the last week")
            words = f"{self.content.assessment.title}, {when}"
            address = self.url(page_of(self.content, "assessment"))
            main = Markup('<a class="program-week__main" href="{}">{}</a>').format(address, words)
            return row | {"type": _("Self-check"), "main": main}
        return row | {
            "type": _("Your manager"),
            "main": Markup('<span class="program-week__main program-week__wide">{}</span>').format(item.question),
        }

    def sorted_terms(self) -> list[Term]:
        """The glossary in the order of the alphabet."""
        order = str.maketrans(dict(language(self.content.lang).collation))
        return sorted(self.content.terms.values(), key=lambda term: term.term.lower().translate(order))

    def program_covers(self) -> list[tuple[str, Markup]]:
        """Each program's cover, one path for each facet, so that it can fill in."""
        programs = self.content.programs.values()
        return [(p.meta.id, Markup(inline_svg(self.cover_of(f"program:{p.meta.id}"), split=True))) for p in programs]

    def training_catalogue(self, recall: bool = False) -> dict[str, Any]:
        """What scripts need to know of exercises and programs in order to show progress; with `recall` also what to
        ask the reader about later."""
        exercises: dict[str, dict[str, Any]] = {
            key: {"title": e.meta.title, "url": self.url(f"exercise:{key}"), "minutes": e.meta.minutes.total}
            for key, e in self.content.exercises.items()
        }
        programs: dict[str, dict[str, Any]] = {
            key: self._program_entry(program) for key, program in self.content.programs.items()
        }
        if recall:
            for key, exercise in self.content.exercises.items():
                exercises[key]["questions"] = [_asked(question) for question in exercise.meta.retrieval_questions]
            for key, program in self.content.programs.items():
                programs[key]["checks"] = [_asked(c) | {"week": c.week} for c in program.meta.retrieval_checks]
                programs[key]["touches"] = self._touches(program)
        return {"exercises": exercises, "programs": programs}

    def _program_entry(self, program: Program) -> dict[str, Any]:
        url = self.url(f"program:{program.meta.id}")
        meta = program.meta
        return {"title": meta.title, "url": url, "weeks": meta.weeks, "items": self._catalogued(program)}

    def _catalogued(self, program: Program) -> list[dict[str, Any]]:
        found = []
        for week in weeks(self.content, program):
            for item in week.items:
                if item.exercise is not None:
                    meta = item.exercise.meta
                    url = self.url(f"exercise:{meta.id}")
                    row = {"key": item.key, "week": week.number, "title": meta.title, "url": url}
                    row |= {"minutes": meta.minutes.total, "type": self.words.label("item_role", str(item.role))}
                    found.append(row)
        return found

    def _touches(self, program: Program) -> list[dict[str, Any]]:
        label = self.words.gettext("Your manager")
        return [
            {"week": week.number, "type": label, "title": item.question}
            for week in weeks(self.content, program)
            for item in week.items
            if item.kind == "touchpoint"
        ]


def _asked(check: Any) -> dict[str, Any]:
    return {"question": check.question, "answer": check.answer}
