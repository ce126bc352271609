"""Lists as components show them: cards, rows, choices and steps, with their links and words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup, escape

from hejagen.content.guide import Choice, answers, recommend
from hejagen.content.weeks import Week, WeekItem, weeks
from hejagen.languages import language
from hejagen.model.document import Section
from hejagen.model.guide import GuideChoice
from hejagen.model.listing import AreaMeta, BehaviourMeta, Need, ReferenceMeta, Term, Way
from hejagen.model.program import SequenceItem
from hejagen.model.site import Exercise, Program
from hejagen.rendering.links import Links
from hejagen.rendering.phrases import Phrases
from hejagen.rendering.view import View
from hejagen.theme.covers.draw import CoverSpec, inline_svg
from hejagen.theme.filter import PEOPLE, THRESHOLDS
from hejagen.urls import slugify
from hejagen.words.labels import LABELS


@dataclass(frozen=True, slots=True)
class Cards:
    """Lists for components."""

    _view: View
    _links: Links
    _phrases: Phrases

    def exercises(self, exercises: Iterable[Exercise], soon: int = 0) -> list[dict[str, Any]]:
        """Cards of exercises for the component `card-grid`, with what the filter asks for. The covers of the first
        `soon` are loaded before they come near."""
        return [self._exercise(exercise, soon=number < soon) for number, exercise in enumerate(exercises)]

    def programs(self) -> list[dict[str, Any]]:
        """Cards of all programs for the component `card-grid`."""
        programs = sorted(self._view.content.programs.values(), key=lambda program: program.meta.code)
        return [self._program(program) for program in programs]

    def training(self, behaviour: BehaviourMeta) -> list[Exercise]:
        """The exercises that train a behaviour."""
        every = self._view.content.exercises.values()
        return [exercise for exercise in every if behaviour.id in exercise.meta.trained_behaviours]

    def in_area(self, area: AreaMeta) -> list[Exercise]:
        """The exercises of an area."""
        return [e for e in self._view.content.exercises.values() if e.meta.standard_area == area.id]

    def references(self, ids: Iterable[str]) -> list[ReferenceMeta]:
        """The works with some ids, for the component `references`."""
        return [self._view.content.references[key] for key in ids]

    def by_length(self) -> list[Exercise]:
        """All exercises, the shortest first."""
        return sorted(self._view.content.exercises.values(), key=lambda e: (e.meta.minutes.total, e.meta.title))

    def for_beginners(self, number: int) -> list[Exercise]:
        """The shortest exercises for beginners, of different areas where possible."""
        by_area: dict[str, Exercise] = {}
        for exercise in self.by_length():
            if exercise.meta.level == "foundation":
                by_area.setdefault(exercise.meta.standard_area, exercise)
        return list(by_area.values())[:number]

    def for_groups(self, *sizes: int) -> list[Exercise]:
        """For each number of people the shortest exercise that beginners can do together, with no area twice where
        possible."""
        chosen: list[Exercise] = []
        for size in sizes:
            fitting = [
                exercise
                for exercise in self.by_length()
                if exercise.meta.group_size.min <= size <= exercise.meta.group_size.max
                and exercise.meta.participation != "individual"
                and exercise not in chosen
            ]
            areas = {exercise.meta.standard_area for exercise in chosen}
            chosen += sorted(fitting, key=lambda e: (e.meta.level != "foundation", e.meta.standard_area in areas))[:1]
        return chosen

    def steps(self, exercise: Exercise, mode: Callable[..., str]) -> list[dict[str, Any]]:
        """The steps of an exercise with their text: `title`, `anchor`, `minutes` in words, `number` of minutes, `mode`,
        `html`, and `say` and `watch` for the one who leads, which may be empty. `mode` is the component that shows a
        mode."""
        section = next(section for section in exercise.body.sections if section.key == "steps")
        return [
            {
                "title": step.title,
                "anchor": text.anchor,
                "minutes": self._view.words.minutes(step.minutes),
                "mode": mode(step.mode, self._view.content.modes[step.mode].label),
                "number": step.minutes,
                "html": self._links.resolve(text.html),
                "say": step.say or "",
                "watch": step.watch or "",
            }
            for step, text in zip(exercise.meta.steps, section.subsections, strict=True)
        ]

    def facts(self, exercise: Exercise, behaviours: str) -> list[dict[str, Any]]:
        """More facts of an exercise, for the component `fact-list`. `behaviours` are links to what it trains."""
        words, meta = self._view.words, exercise.meta
        _ = words.gettext
        together = meta.participation != "individual"
        forms = [words.label("activity_form", form) for form in (meta.activity_form, *meta.secondary_forms) if form]
        rows: list[dict[str, Any]] = [
            {
                "label": _("You practise (plural)") if together else _("You practise"),
                "text": behaviours,
                "searched": True,
            },
            {"label": _("Level"), "text": words.label("level", meta.level)},
            {"label": _("What you do"), "text": ", ".join(forms)},
            {"label": _("Where"), "text": ", ".join(words.label("place", place) for place in meta.place)},
            {"label": _("Example from"), "text": words.label("sector", meta.sector) if meta.sector else ""},
            {"label": _("Roles"), "text": self._phrases.roles(meta.roles) if meta.roles else ""},
            {"label": _("Short version"), "text": words.minutes(meta.short_minutes) if meta.short_minutes else ""},
            {"label": _("Good to choose when"), "text": _("nobody has to write") if meta.no_writing else ""},
            {"label": _("When shifts change"), "text": _("fits in twenty minutes") if meta.shift_handover else ""},
        ]
        return [row for row in rows if row["text"]]

    def example(self, section: Section) -> tuple[Markup, Markup]:
        """HTML of an example: the good part, and the less good one that follows, which may be empty."""
        mark = self._view.words.gettext("Less good:")
        starts = [number for number, block in enumerate(section.blocks) if block.text.startswith(mark)]
        cut = starts[0] if starts else len(section.blocks)
        good = "".join(block.html for block in section.blocks[:cut])
        bad = "".join(block.html.replace(escape(mark), f"<b>{escape(mark)}</b>", 1) for block in section.blocks[cut:])
        rest = section.rest_html
        return self._links.resolve(good if bad else good + rest), self._links.resolve(bad + rest if bad else bad)

    def labelled(self, section: Section) -> list[tuple[str, Markup]]:
        """Label and HTML of a section's bullets."""
        return [(item.label, self._links.resolve(item.html)) for item in section.items]

    def parts(self, section: Section) -> list[dict[str, Any]]:
        """A section in its order, for templates that show bullets in their own way: `entries` are label and HTML of the
        bullets of a list in which every bullet has a label; `html` is anything else."""
        parts: list[dict[str, Any]] = []
        for block in section.blocks:
            labelled = bool(block.items) and all(item.label for item in block.items)
            entries = [(item.label, self._links.resolve(item.html)) for item in block.items] if labelled else []
            parts.append({"entries": entries, "html": Markup() if labelled else self._links.resolve(block.html)})
        return [*parts, {"entries": [], "html": self._links.resolve(section.rest_html)}]

    def questions(self, section: Section) -> list[dict[str, Any]]:
        """A section whose bullets are questions to answer, in its order: `number` and `question` of each bullet, and
        the `html` that follows it, or of what is no bullet (`number` 0)."""
        rows: list[dict[str, Any]] = []
        number = 0
        for block in section.blocks:
            for item in block.items:
                number += 1
                question = ": ".join(filter(None, (item.label, item.text)))
                rows.append({"number": number, "question": question, "html": self._links.resolve(item.below)})
            if not block.items:
                rows.append({"number": 0, "question": "", "html": self._links.resolve(block.html)})
        return [*rows, {"number": 0, "question": "", "html": self._links.resolve(section.rest_html)}]

    def week(self, week: Week) -> list[dict[str, Any]]:
        """The items of a program's week as rows."""
        return [self._week_item(item, week.number) for item in week.items]

    def needs(self, needs: Iterable[Need]) -> list[tuple[str, str, str]]:
        """Question, exercise with its time, and link."""
        rows = []
        for need in needs:
            exercise = self._view.content.exercises[need.exercise]
            answer = f"{exercise.meta.title}, {need.hint or self._phrases.time(exercise.meta.minutes)}"
            rows.append((need.question, answer, self._links.to(f"exercise:{need.exercise}")))
        return rows

    def follow_ups(self) -> list[dict[str, str]]:
        """Every exercise, for the component `follow-up`: `id`, `title`, and `url`, where its questions stand."""
        content = self._view.content
        anchor = language(content.lang).anchor("after-meeting")
        known = ((key, exercise.meta.title) for key, exercise in content.exercises.items())
        return [{"id": key, "title": title, "url": self._links.to(f"exercise:{key}#{anchor}")} for key, title in known]

    def plan_anchor(self) -> str:
        """The anchor of the plan, which is the same in all exercises."""
        content = self._view.content
        return slugify(content.headings["plan"], language(content.lang).addresses)

    def ways(self, ways: Iterable[Way]) -> list[dict[str, Any]]:
        """The ways to begin: `title`, `text`, `link`, `words` and `cover`."""
        rows = []
        for way in ways:
            key, mark, query = way.link.partition("?")
            pictured = [f"{kind}:{way.cover}" for kind in ("exercise", "program")] if way.cover else [key]
            covers = [self._cover(name) for name in pictured if name in self._view.pages and name[:5] != "page:"]
            row = {"title": way.title, "text": way.text, "link": self._links.to(key) + mark + query, "words": way.words}
            rows.append({**row, "cover": covers[0] if covers else ""})
        return rows

    def guide(self) -> dict[str, Any]:
        """What the component `guide` asks: `fields`, `rules`, and the `answer` when nothing is chosen, which may be
        empty. Only where `content.guide` is."""
        _, guide = self._view.words.gettext, self._view.content.guide
        assert guide is not None
        lists: Mapping[str, tuple[GuideChoice, ...]]
        lists = {"time": guide.times, "people": guide.people, "place": guide.places, "need": guide.needs}
        labels = (_("We have"), _("we are"), _("we meet"), _("and what rubs is that"))
        fields = [
            (name, label, getattr(guide.open, name), [(entry.id, entry.label) for entry in entries])
            for (name, entries), label in zip(lists.items(), labels, strict=True)
        ]
        rules = guide.model_dump(include={"times", "people", "places", "needs", "first", "in_any_group"})
        best = next(iter(recommend(self._view.content, guide, Choice())), None)
        return {"fields": fields, "rules": rules, "answer": self.suggestion(best) if best else ""}

    def guide_by_people(self) -> list[tuple[str, list[tuple[str, Exercise | None]]]]:
        """For each number of people in the guide, its words, and the best exercise for each time."""
        content, guide = self._view.content, self._view.content.guide
        assert guide is not None

        def best(choice: Choice) -> Exercise | None:
            return next(iter(recommend(content, guide, choice)), None)

        return [
            (people.label, [(time.label, best(Choice(time, people))) for time in guide.times])
            for people in guide.people
        ]

    def guide_by_need(self, number: int) -> list[tuple[str, list[Exercise]]]:
        """For each need in the guide, its words, and at most a number of the exercises that answer it, best first."""
        content, guide = self._view.content, self._view.content.guide
        assert guide is not None
        return [(need.label, list(answers(content, guide, need)[:number])) for need in guide.needs]

    def suggestion(self, exercise: Exercise) -> dict[str, Any]:
        """The card of an exercise for the component `guide`."""
        meta = exercise.meta
        return {
            **self._exercise(exercise),
            "mode": self._view.content.modes[meta.leadership_mode],
            "people": self._phrases.people(meta.group_size),
            "time": self._phrases.time(meta.minutes),
            "run": self._links.to(f"run:{meta.id}"),
        }

    def filter_fields(self) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
        """The filter's fields: name, label, the words of the choice left open, and the choices that some exercise
        fits. People and time come first."""
        _, ngettext, content = self._view.words.gettext, self._view.words.ngettext, self._view.content
        people = [(str(n), ngettext("%(num)s person", "%(num)s people", n) % {"num": n}) for n in PEOPLE]

        def table(name: str) -> list[tuple[str, str]]:
            return [(value, self._view.words.label(name, value)) for value in LABELS[name]]

        fields: list[tuple[str, str, str, list[tuple[str, str]]]] = [
            ("people", _("We are"), _("any number"), people),
            (
                "time",
                _("and have"),
                _("all the time"),
                [(str(most), self._view.words.minutes(most)) for most in THRESHOLDS],
            ),
            ("where", _("Where"), _("All"), table("format")),
            ("mode", _("Mode"), _("All"), [(mode.id, mode.label) for mode in content.modes.values()]),
            ("level", _("Level"), _("All"), table("level")),
            ("area", _("Area"), _("All"), [(area.id, area.label) for area in content.areas.values()]),
        ]
        every = [_fits(exercise) for exercise in content.exercises.values()]
        fitting = {name: {value for fits in every for value in fits[name]} for name, *_rest in fields}
        return [
            (name, label, every_one, [row for row in rows if row[0] in fitting[name]])
            for name, label, every_one, rows in fields
        ]

    def terms(self) -> list[Term]:
        """The glossary in the order of the alphabet."""
        content = self._view.content
        order = str.maketrans(dict(language(content.lang).collation))
        return sorted(content.terms.values(), key=lambda term: term.term.lower().translate(order))

    def downloads(self) -> list[dict[str, str]]:
        """What can be downloaded: `link`, `name`, `label`, `size`, `made`, `checksum`. Empty = nothing is."""
        _, words = self._view.words.gettext, self._view.words
        offered = {file.path: file for file in self._view.rendering.offered}
        labels = {
            ".zip": _("Download the whole site to use without a network"),
            ".html": _("Download it all as one page"),
        }
        return [
            {
                "link": self._links.file(name),
                "name": name,
                "label": labels[PurePosixPath(name).suffix],
                "size": f"{PurePosixPath(name).suffix[1:]}, {words.size(len(file.data))}",
                "made": _("Made %(date)s.") % {"date": words.date(self._view.site.today)},
                "checksum": self._links.file(f"{name}.sha256") if f"{name}.sha256" in offered else "",
            }
            for name, file in offered.items()
            if PurePosixPath(name).suffix in labels
        ]

    def entry_covers(self) -> list[CoverSpec]:
        """What the covers of the three ways in are drawn from: an exercise for one, a program and one for a team; none
        that the page shows among the exercises for beginners."""
        page = self._view.page
        shown = {f"exercise:{exercise.meta.id}" for exercise in self.for_beginners(4)}
        items = [(key, p.cover) for key, p in sorted(self._view.pages.items()) if p.cover and p.kind.practised]
        free = [(key, spec) for key, spec in items if key not in shown]
        area = page.cover.area if page.cover else ""
        chosen: list[CoverSpec] = []
        for kind, people in (("exercise:", "individual"), ("program:", "individual_then_team"), ("exercise:", "team")):
            areas = {area, *(spec.area for spec in chosen)}
            rest = [spec for key, spec in free if key.startswith(kind) and spec not in chosen]
            rest = rest or [spec for _, spec in items]
            if not rest:
                return []
            chosen.append(min(rest, key=lambda spec: (spec.area in areas, spec.participation != people, spec.motif)))
        return chosen

    def empty_cover(self) -> Markup:
        """The site's first cover in outline, for lists where nothing is left."""
        return Markup("".join(inline_svg(spec, done=0.12) for spec in self.entry_covers()[:1]))

    def _exercise(self, exercise: Exercise, *, soon: bool = False) -> dict[str, Any]:
        meta = exercise.meta
        return {
            "title": meta.title,
            "link": self._links.to(f"exercise:{meta.id}"),
            "text": meta.purpose,
            "cover": self._cover(f"exercise:{meta.id}", soon=soon),
            "facts": [
                self._phrases.time(meta.minutes),
                self._phrases.people(meta.group_size),
            ],
            "mode": self._view.content.modes[meta.leadership_mode],
            "data": {
                **{name: " ".join(values) for name, values in _fits(exercise).items()},
                "id": meta.id,
                "minutes": meta.minutes.active,
                "search": " ".join(meta.needs),
            },
        }

    def _program(self, program: Program) -> dict[str, Any]:
        meta = program.meta
        average = round(sum(week.leader for week in weeks(self._view.content, program)) / meta.weeks)
        return {
            "title": meta.title,
            "link": self._links.to(f"program:{meta.id}"),
            "text": meta.goal,
            "cover": self._cover(f"program:{meta.id}"),
            "facts": [
                self._phrases.weeks(meta.weeks),
                self._view.words.gettext("%(num)s min a week") % {"num": average},
                self._view.words.label("participation", meta.participation),
            ],
            "data": {},
        }

    def _cover(self, key: str, *, soon: bool = False) -> Markup:
        spec = self._view.pages[key].cover
        assert spec is not None
        return self._view.rendering.cover(replace(self._links.cover(spec), soon=soon))

    def _week_item(self, item: WeekItem, week: int) -> dict[str, Any]:
        _ = self._view.words.gettext
        row: dict[str, Any] = {"key": item.key, "number": item.minutes, "tick": "", "colour": "check", "notes": []}
        row["minutes"] = self._view.words.short_minutes(item.minutes) if item.minutes else ""
        if item.exercise is not None:
            title = item.exercise.meta.title
            link = Markup('<a class="program-week__main" href="{}">{}</a>').format(
                self._links.to(f"exercise:{item.exercise.meta.id}"), title
            )
            tick = _("Week %(week)s: %(title)s, done") % {"week": week, "title": title}
            row["notes"] = self._planned(item.planned) if item.planned else []
            return row | {
                "type": self._view.words.label("item_role", str(item.role)),
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
            words = f"{self._view.content.assessment.title}, {when}"
            address = self._links.to_single("assessment")
            main = Markup('<a class="program-week__main" href="{}">{}</a>').format(address, words)
            return row | {"type": _("Self-check"), "main": main}
        return row | {
            "type": _("Your manager, voluntary") if item.voluntary else _("Your manager"),
            "main": Markup('<span class="program-week__main program-week__wide" data-role="talk">{}</span>').format(
                item.question
            ),
        }

    def _planned(self, item: SequenceItem) -> list[str]:
        """How a program plans an exercise: how often, whether in short, and why just here."""
        _ = self._view.words.gettext
        times = _("%(num)s times") % {"num": item.times} if item.times > 1 else ""
        return [text for text in (times, _("Short version") if item.short else "", item.note) if text]


def _fits(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """The choices of each field of the filter that an exercise fits."""
    meta, large = exercise.meta, exercise.meta.large_group
    most_people = max(meta.group_size.max, (large.max or 0) if large and large.possible else 0)
    return {
        "people": tuple(str(number) for number in PEOPLE if meta.group_size.min <= number <= most_people),
        "time": tuple(str(most) for most in THRESHOLDS if meta.minutes.active <= most),
        "where": tuple(meta.formats),
        "area": (meta.standard_area,),
        "mode": (meta.leadership_mode,),
        "level": (meta.level,),
    }
