"""What scripts need to know of exercises and programs, to show how far the reader has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from hejagen.content.weeks import weeks
from hejagen.model.exercise import RetrievalQuestion
from hejagen.model.program import RetrievalCheck
from hejagen.model.site import Program
from hejagen.rendering.links import Links
from hejagen.rendering.pages import Place
from hejagen.rendering.view import View
from hejagen.theme.covers.draw import inline_svg


@dataclass(frozen=True, slots=True)
class Progress:
    """What scripts need to know, for `tojson`."""

    _view: View
    _links: Links

    def catalogue(self, recall: bool = False) -> dict[str, Any]:
        """All exercises and programs; with `recall` also what to ask the reader about later."""
        content = self._view.content
        exercises: dict[str, dict[str, Any]] = {
            key: {"title": e.meta.title, "url": self._links.to(f"exercise:{key}"), "minutes": e.meta.minutes.total}
            for key, e in content.exercises.items()
        }
        programs = {key: self._program(program) for key, program in content.programs.items()}
        if recall:
            for key, exercise in content.exercises.items():
                exercises[key]["questions"] = [_asked(question) for question in exercise.meta.retrieval_questions]
            for key, program in content.programs.items():
                programs[key]["checks"] = [_asked(c) | {"week": c.week} for c in program.meta.retrieval_checks]
                programs[key]["touches"] = self._touches(program)
        return {"exercises": exercises, "programs": programs}

    def programs(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        """The programs that an exercise is in, with their items; `own` are the keys of those that are the exercise."""
        keys: dict[str, list[str]] = {}
        for place in places:
            keys.setdefault(place.program.meta.id, []).append(place.key)
        return [
            {"id": program, "own": own, **self._program(self._view.content.programs[program])}
            for program, own in keys.items()
        ]

    def covers(self) -> list[tuple[str, Markup]]:
        """Id and cover of each program; the cover has a path for each facet, so that it can fill in."""
        drawn = []
        for key in self._view.content.programs:
            spec = self._view.pages[f"program:{key}"].cover
            assert spec is not None
            drawn.append((key, Markup(inline_svg(spec, split=True))))
        return drawn

    def _program(self, program: Program) -> dict[str, Any]:
        url = self._links.to(f"program:{program.meta.id}")
        meta = program.meta
        return {"title": meta.title, "url": url, "weeks": meta.weeks, "items": self._items(program)}

    def _items(self, program: Program) -> list[dict[str, Any]]:
        rows = []
        for week in weeks(self._view.content, program):
            for item in week.items:
                if item.exercise is not None:
                    meta = item.exercise.meta
                    url = self._links.to(f"exercise:{meta.id}")
                    row = {"key": item.key, "week": week.number, "title": meta.title, "url": url}
                    row |= {"minutes": meta.minutes.total, "type": self._view.words.label("item_role", str(item.role))}
                    rows.append(row)
        return rows

    def _touches(self, program: Program) -> list[dict[str, Any]]:
        label = self._view.words.gettext("Your manager")
        return [
            {"week": week.number, "type": label, "title": item.question}
            for week in weeks(self._view.content, program)
            for item in week.items
            if item.kind == "touchpoint"
        ]


def _asked(check: RetrievalQuestion | RetrievalCheck) -> dict[str, Any]:
    return {"question": check.question, "answer": check.answer}
