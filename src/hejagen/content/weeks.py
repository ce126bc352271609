"""Divide a program into weeks: what to do in each, and how long it takes for each role."""

from dataclasses import dataclass

from hejagen.model.choices import ItemRole, Participation
from hejagen.model.program import SequenceItem
from hejagen.model.site import Content, Exercise, Program

CHECK_MINUTES = 5
"""Minutes for a recall question in a program. The estimate comes from the curriculum."""
ASSESSMENT_MINUTES = 7
"""Minutes for the self-assessment, as its page says."""


@dataclass(frozen=True, slots=True)
class WeekItem:
    """Something to do in a week of a program. `kind`: exercise, retrieval, assessment or touchpoint."""

    kind: str
    key: str
    minutes: int = 0
    exercise: Exercise | None = None
    role: ItemRole | None = None
    question: str = ""
    answer: str = ""
    planned: SequenceItem | None = None
    """How the program plans an exercise."""
    voluntary: bool = False
    """Whether a talk with one's own manager is voluntary."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a program: what to do, and minutes for the leader and for each of the others."""

    number: int
    items: tuple[WeekItem, ...]
    leader: int
    member: int


def item_key(week: int, exercise: str) -> str:
    """Return the key that stores an item of a program in the reader's browser."""
    return f"w{week}-{exercise}"


def weeks(content: Content, program: Program) -> tuple[Week, ...]:
    """Return the weeks of a program that have something to do, each with its items in order."""
    meta = program.meta
    items: dict[int, list[WeekItem]] = {}
    plan = meta.self_assessment
    items.setdefault(max(1, plan.before_week), []).append(
        WeekItem("assessment", "assessment-before", ASSESSMENT_MINUTES, question="before")
    )
    for item in meta.sequence:
        exercise = content.exercises[item.exercise]
        key = item_key(item.week, item.exercise)
        minutes = planned_minutes(item, exercise)
        entry = WeekItem("exercise", key, minutes, exercise, item.role, planned=item)
        items.setdefault(item.week, []).append(entry)
    for check in meta.retrieval_checks:
        entry = WeekItem(
            "retrieval", f"w{check.week}-check", CHECK_MINUTES, question=check.question, answer=check.answer
        )
        items.setdefault(check.week, []).append(entry)
    touch_weeks = {"before": 1, "mid": (meta.weeks + 1) // 2, "after": meta.weeks}
    for touch in meta.manager_touchpoints:
        entry = WeekItem(
            "touchpoint", f"touch-{touch.when}", touch.minutes, question=touch.question, voluntary=touch.optional
        )
        items.setdefault(touch_weeks[touch.when], []).append(entry)
    items.setdefault(plan.after_week, []).append(
        WeekItem("assessment", "assessment-after", ASSESSMENT_MINUTES, question="after")
    )
    return tuple(_week(number, tuple(items[number])) for number in sorted(items))


def _week(number: int, items: tuple[WeekItem, ...]) -> Week:
    shared = sum(item.minutes for item in items if item.exercise is None)
    planned = [(item.planned, item.exercise) for item in items if item.planned and item.exercise]
    leader = shared + sum(_leader(item, exercise) for item, exercise in planned)
    member = shared + sum(_member(item, exercise) for item, exercise in planned)
    return Week(number, items, leader, member)


def planned_minutes(item: SequenceItem, exercise: Exercise) -> int:
    """Return the minutes, preparation included, that an exercise takes in a week of a program."""
    if item.minutes is not None:
        return item.minutes
    short = exercise.meta.short_minutes if item.short else None
    return item.times * (short or exercise.meta.minutes.total)


def _leader(item: SequenceItem, exercise: Exercise) -> int:
    usual = item.minutes is None and not item.short
    return item.times * leader_minutes(exercise) if usual else planned_minutes(item, exercise)


def _member(item: SequenceItem, exercise: Exercise) -> int:
    usual = member_minutes(exercise)
    short = exercise.meta.short_minutes if item.short else None
    return item.times * min(usual, short or usual)


def leader_minutes(exercise: Exercise) -> int:
    """Return the minutes for the leader: the stated ones, otherwise preparation and exercise."""
    stated = exercise.meta.minutes_by_role
    return stated.leader if stated else exercise.meta.minutes.total


ALONE: frozenset[Participation] = frozenset({"individual"})


def member_minutes(exercise: Exercise) -> int:
    """Return the minutes for each of the others: 0 when the leader does the exercise alone."""
    meta = exercise.meta
    if meta.minutes_by_role:
        return meta.minutes_by_role.member
    return 0 if meta.participation in ALONE else meta.minutes.active
