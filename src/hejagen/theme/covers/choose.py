"""What each cover of a site is drawn from. Programs and pages choose their motif; exercises get one that suits them."""

from collections.abc import Iterator, Mapping

from hejagen.model.site import Site
from hejagen.theme.covers.draw import CoverSpec
from hejagen.theme.covers.motifs import SUITS, Wish, choose


def covers(site: Site) -> Mapping[str, CoverSpec]:
    """Return what is drawn for each page that has a cover, by its key. Exercises get their motif in the order of their
    codes, so that a new exercise changes few others."""
    contents = site.contents.values()
    exercises = {exercise.meta.id: exercise.meta for content in contents for exercise in content.exercises.values()}
    chosen = dict(_chosen(site))
    wishes = [
        Wish(key, spec.area, spec.mode, (spec.motif,)) for key, spec in chosen.items() if key.startswith("program:")
    ]
    for meta in sorted(exercises.values(), key=lambda meta: (meta.code, meta.id)):
        suits = SUITS[meta.exercise_type] if "onsite" in meta.formats else ("screen", *SUITS[meta.exercise_type])
        steps = tuple(step.mode for step in meta.steps)
        wishes.append(Wish(f"exercise:{meta.id}", meta.standard_area, meta.leadership_mode, suits, steps))
    motifs = choose(wishes)
    for m in exercises.values():
        key = f"exercise:{m.id}"
        area, mode = m.standard_area, m.leadership_mode
        chosen[key] = CoverSpec(m.id, area, mode, m.minutes.total, m.participation, motifs[key])
    return chosen


def _chosen(site: Site) -> Iterator[tuple[str, CoverSpec]]:
    """The covers that programs and pages have chosen themselves."""
    for content in site.contents.values():
        for program in content.programs.values():
            m, c = program.meta, program.meta.cover
            yield f"program:{m.id}", CoverSpec(m.id, c.area, c.mode, min(90, 8 * m.weeks), m.participation, c.motif)
        for page in content.pages.values():
            if own := page.meta.cover:
                spec = CoverSpec(f"page-{page.meta.id}", own.area, own.mode, 25, own.participation, own.motif)
                yield f"page:{page.meta.id}", spec
