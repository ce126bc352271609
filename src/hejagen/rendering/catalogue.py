"""What scripts know of exercises and programs: a script file for each language, docs/reference/catalogue.md."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from hejagen.content.weeks import weeks
from hejagen.languages import language
from hejagen.model.choices import ItemRole
from hejagen.model.exercise import ExerciseMeta
from hejagen.model.program import ProgramMeta
from hejagen.model.site import Content, Exercise, Program, Site
from hejagen.rendering.pages import Page
from hejagen.theme.assets import cover_names
from hejagen.words.translate import Translator

Facts = dict[str, Any]
"""What becomes an object in JavaScript. Values that are not known are left out."""


def catalogue_scripts(
    site: Site, every: Iterable[Page], words: Mapping[str, Translator], script: str, assets: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the plain name and the text of the scripts of each language: `catalogue.<lang>.js`, with what choosing
    needs, and `catalogue-details.<lang>.js`, with the rest.

    `every` holds the site's pages, and `words` a translator for each language. `script` defines `heja.add`; it begins
    the first file, and the second is loaded after it. `assets` are the paths of all files by plain name.
    """
    paths: dict[str, dict[str, str]] = {lang: {} for lang in site.contents}
    for page in every:
        key = page.kind.name if page.kind.name == "follow-up" else page.key
        paths[page.lang][key] = page.path.removesuffix("index.html")
    for lang, content in site.contents.items():
        short, details = _short(content, {**assets, **paths[lang]}, words[lang]), _details(content)
        yield f"catalogue.{lang}.js", f"{script}{_call(lang, short)}".encode()
        yield f"catalogue-details.{lang}.js", _call(lang, details).encode()


def _call(lang: str, facts: Facts) -> str:
    """A call with facts as JSON, in which no text can end the script that holds it in a page."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'heja.add("{lang}",{text});\n'


def _short(content: Content, paths: Mapping[str, str], words: Translator) -> Facts:
    run = language(content.lang).anchor("run")
    return {
        "exercises": {key: _exercise(exercise.meta, paths, run) for key, exercise in content.exercises.items()},
        "programs": {key: _program(content, program, paths) for key, program in content.programs.items()},
        "behaviours": {
            key: {"title": behaviour.label, "path": paths[f"behaviour:{key}"], "area": behaviour.standard_area}
            for key, behaviour in content.behaviours.items()
        },
        "areas": {key: {"title": area.label, "path": paths[f"area:{key}"]} for key, area in content.areas.items()},
        "modes": {key: mode.label for key, mode in content.modes.items()},
        "item_roles": {str(role): words.label("item_role", str(role)) for role in get_args(ItemRole)},
    }


def _exercise(meta: ExerciseMeta, paths: Mapping[str, str], run: str) -> Facts:
    return _known(
        title=meta.title,
        code=meta.code,
        path=paths[f"exercise:{meta.id}"],
        run_path=f"{paths[f'exercise:{meta.id}']}#{run}",
        follow_up_path="follow-up" in paths and f"{paths['follow-up']}#{meta.id}",
        purpose=meta.purpose,
        minutes={"preparation": meta.minutes.preparation, "active": meta.minutes.active},
        short_minutes=meta.short_minutes,
        mode=meta.leadership_mode,
        people=[meta.group_size.min, meta.group_size.max],
        large_group=_large_group(meta),
        participation=meta.participation,
        formats=meta.formats,
        place=meta.place,
        needs=meta.needs,
        shift_handover=meta.shift_handover,
        level=meta.level,
        behaviours=meta.trained_behaviours,
        area=meta.standard_area,
        type=meta.exercise_type,
        cover=[paths[name].split(".")[-2] for name in cover_names(meta.id)],
    )


def _large_group(meta: ExerciseMeta) -> int | None:
    """The most people in a large group, if the exercise can be done in one."""
    large = meta.large_group
    return large.max if large and large.possible else None


def _program(content: Content, program: Program, paths: Mapping[str, str]) -> Facts:
    meta = program.meta
    items = [
        {"key": item.key, "week": week.number, "exercise": item.exercise.meta.id, "role": item.role}
        for week in weeks(content, program)
        for item in week.items
        if item.exercise is not None
    ]
    return _known(
        title=meta.title,
        code=meta.code,
        path=paths[f"program:{meta.id}"],
        goal=meta.goal,
        weeks=meta.weeks,
        area=meta.cover.area,
        cover=[paths[name].split(".")[-2] for name in cover_names(meta.id)],
        participation=meta.participation,
        behaviours=meta.focal_behaviours,
        items=items,
    )


def _details(content: Content) -> Facts:
    return {
        "exercises": {key: _exercise_details(exercise) for key, exercise in content.exercises.items()},
        "programs": {key: _program_details(content, program) for key, program in content.programs.items()},
    }


def _exercise_details(exercise: Exercise) -> Facts:
    meta = exercise.meta
    return _known(
        minutes_by_role=meta.minutes_by_role and meta.minutes_by_role.model_dump(),
        roles=meta.roles,
        worksheet=meta.worksheet,
        materials=meta.materials,
        steps=[{"title": step.title, "minutes": step.minutes, "mode": step.mode} for step in meta.steps],
        plan=meta.if_then_plan.model_dump(),
        questions=[question.model_dump() for question in meta.retrieval_questions],
        follow_up=meta.follow_up.model_dump(),
        next=meta.next_exercises,
    )


def _program_details(content: Content, program: Program) -> Facts:
    meta: ProgramMeta = program.meta
    touchpoints = [
        {"week": week.number, "question": item.question}
        for week in weeks(content, program)
        for item in week.items
        if item.kind == "touchpoint"
    ]
    return _known(
        checks=[check.model_dump() for check in meta.retrieval_checks],
        touchpoints=touchpoints,
        follow_ups=[entry.model_dump() for entry in meta.follow_ups],
        self_assessment=meta.self_assessment.model_dump(),
        peer_support=meta.peer_support,
    )


def _known(**facts: Any) -> Facts:
    """The facts that are not empty."""
    return {name: value for name, value in facts.items() if value}
