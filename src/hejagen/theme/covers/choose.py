"""Choose the motif of each cover.

Programs and pages name their motif. Exercises, areas and behaviours get one that suits them and that similar ones do
not have.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from hejagen.model.choices import Mode
from hejagen.model.site import Site
from hejagen.theme.covers.draw import CoverSpec


@dataclass(frozen=True, slots=True)
class Wish:
    """The facts that decide an item's motif: area, mode, suitable motifs (best first), and the modes of its steps."""

    id: str
    area: str
    mode: str
    suits: tuple[str, ...]
    steps: tuple[str, ...] = ()


def covers(site: Site) -> Mapping[str, CoverSpec]:
    """Return the specification of each cover, by key of its page.

    Exercises get their motifs in the order of their codes, so that a new exercise changes few others.
    """
    contents, drawings = site.contents.values(), site.drawings
    exercises = {exercise.meta.id: exercise.meta for content in contents for exercise in content.exercises.values()}
    chosen = dict(_chosen(site))
    wishes = [
        Wish(key, spec.area, spec.mode, (spec.motif,)) for key, spec in chosen.items() if key.startswith("program:")
    ]
    for meta in sorted(exercises.values(), key=lambda meta: (meta.code, meta.id)):
        suits = drawings.suits[meta.exercise_type]
        if "onsite" not in meta.formats:
            suits = (*drawings.remote, *suits)
        steps = tuple(step.mode for step in meta.steps)
        wishes.append(Wish(f"exercise:{meta.id}", meta.standard_area, meta.leadership_mode, suits, steps))
    lists = dict(_lists(site))
    wishes += [Wish(key, spec.area, spec.mode, tuple(sorted(drawings.leans[spec.mode]))) for key, spec in lists.items()]
    motifs = choose(wishes, drawings.leans)
    for m in exercises.values():
        key = f"exercise:{m.id}"
        area, mode = m.standard_area, m.leadership_mode
        chosen[key] = CoverSpec(m.id, area, mode, m.minutes.total, m.participation, motifs[key], drawings)
    return chosen | {key: replace(spec, motif=motifs[key]) for key, spec in lists.items()}


def _lists(site: Site) -> Iterator[tuple[str, CoverSpec]]:
    """Yield the covers of areas and behaviours, still without a motif. Areas have no mode: they take turns."""
    modes = get_args(Mode)
    for content in site.contents.values():
        for number, area in enumerate(content.areas.values()):
            mode = modes[number % len(modes)]
            yield f"area:{area.id}", CoverSpec(f"area-{area.id}", area.id, mode, 25, "team", "", site.drawings)
        for entry in content.behaviours.values():
            name, mode = f"behaviour-{entry.id}", entry.leadership_mode
            yield f"behaviour:{entry.id}", CoverSpec(name, entry.standard_area, mode, 25, "pair", "", site.drawings)


def _chosen(site: Site) -> Iterator[tuple[str, CoverSpec]]:
    """Yield the covers of programs and pages, which name their motif."""
    for content in site.contents.values():
        for program in content.programs.values():
            m, c = program.meta, program.meta.cover
            minutes = min(90, 8 * m.weeks)
            spec = CoverSpec(m.id, c.area, c.mode, minutes, m.participation, c.motif, site.drawings)
            yield f"program:{m.id}", spec
        for page in content.pages.values():
            if cover := page.meta.cover:
                name = f"page-{page.meta.id}"
                spec = CoverSpec(name, cover.area, cover.mode, 25, cover.participation, cover.motif, site.drawings)
                yield f"page:{page.meta.id}", spec


def choose(wishes: Iterable[Wish], leans: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return a motif for each item, by id.

    Each item gets the most suitable motif that earlier items have used least, above all in the same area. A new item at
    the end of the list therefore changes no other. `leans` holds motifs by mode.
    """
    used: Counter[tuple[str, ...]] = Counter()
    chosen: dict[str, str] = {}
    for wish in wishes:

        def cost(motif: str, wish: Wish = wish) -> tuple[float, str]:
            share = sum(motif in leans[mode] for mode in wish.steps) / max(1, len(wish.steps))
            taken = 9 * used[motif, wish.area, wish.mode] + 3 * used[motif, wish.area] + 2 * used[(motif,)]
            return taken + 0.3 * wish.suits.index(motif) - share - 0.5 * (motif in leans[wish.mode]), motif

        motif = chosen[wish.id] = min(wish.suits, key=cost)
        used.update([(motif, wish.area, wish.mode), (motif, wish.area), (motif,)])
    return chosen
