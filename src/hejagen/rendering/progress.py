"""What scripts of a page need to know of its programs, to show how far the reader has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from hejagen.content.weeks import weeks
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

    def programs(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        """The programs that an exercise is in, with their items; `own` are the keys of those that are the exercise."""
        keys: dict[str, list[str]] = {}
        for place in places:
            keys.setdefault(place.program.meta.id, []).append(place.key)
        return [
            {"id": program, "own": own, **self._program(self._view.content.programs[program])}
            for program, own in keys.items()
        ]

    def covers(self) -> list[tuple[str, int, Markup]]:
        """Id, number of sessions and cover of each program. The cover has a path for each facet, so that it can fill
        in."""
        drawn = []
        for key, program in self._view.content.programs.items():
            spec = self._view.pages[f"program:{key}"].cover
            assert spec is not None
            drawn.append((key, len(self._items(program)), Markup(inline_svg(spec, split=True))))
        return drawn

    def _program(self, program: Program) -> dict[str, Any]:
        url = self._links.to(f"program:{program.meta.id}")
        return {"title": program.meta.title, "url": url, "items": self._items(program)}

    def _items(self, program: Program) -> list[dict[str, Any]]:
        rows = []
        for week in weeks(self._view.content, program):
            for item in week.items:
                if item.exercise is not None:
                    meta = item.exercise.meta
                    url = self._links.to(f"exercise:{meta.id}")
                    rows.append({"key": item.key, "week": week.number, "title": meta.title, "url": url})
        return rows
