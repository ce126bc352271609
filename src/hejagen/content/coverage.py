"""What the exercises of a site cover, for its editors: behaviours, areas, forms, sectors and time, with the gaps."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hejagen.model.exercise import ExerciseMeta
from hejagen.model.site import Content, Exercise
from hejagen.words.labels import LABELS

TIMES: Mapping[str, tuple[int, int]] = {"10": (0, 10), "20": (11, 20), "45": (21, 45), "more": (46, 1000)}
"""Spans of minutes that an exercise takes, from and to."""
MANY = 10_000
"""A goal without an upper bound."""
GOALS: Mapping[str, tuple[int, int]] = {
    "behaviour": (3, MANY),
    "area": (5, MANY),
    "process_step": (4, MANY),
    "activity_form": (0, 12),
    "sector": (0, 4),
    "law": (2, MANY),
}
"""Fewest and most exercises for each row of a table. The curriculum of sixty exercises was planned with these."""
COUNTED: Mapping[str, tuple[int, Callable[[ExerciseMeta], bool]]] = {
    "alone": (8, lambda meta: meta.participation == "individual"),
    "pair": (8, lambda meta: meta.participation == "pair"),
    "group_20": (12, lambda meta: _group(meta) and meta.minutes.active <= 20),
    "group_10": (3, lambda meta: _group(meta) and meta.minutes.active <= 10),
    "shift": (6, lambda meta: meta.shift_handover),
    "no_writing": (6, lambda meta: meta.no_writing),
    "voice": (20, lambda meta: bool(meta.resident_voice)),
    "half": (12, lambda meta: meta.outcome == "half"),
    "failed": (5, lambda meta: meta.outcome == "failed"),
    "worksheet": (24, lambda meta: meta.worksheet is not None),
    "tested": (1, lambda meta: bool(meta.tested and meta.tested.times)),
    "law_read": (1, lambda meta: meta.law_reviewed is not None),
}
"""What else is counted: the fewest that there should be, and which exercises count."""


def _group(meta: ExerciseMeta) -> bool:
    return meta.participation in ("team", "individual_then_team")


@dataclass(frozen=True, slots=True)
class Row:
    """One choice: its id, how many exercises each column has, and all of them by code. `own` = those of layers."""

    id: str
    cells: tuple[int, ...]
    codes: tuple[str, ...]
    own: int
    fewest: int
    most: int

    @property
    def total(self) -> int:
        """The number of exercises."""
        return len(self.codes)

    @property
    def verdict(self) -> str:
        """Whether the row has too "few", too "many" or enough (""): a text, so that no reader depends on a colour."""
        return "few" if self.total < self.fewest else "many" if self.total > self.most else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind against columns of another, each by the ids of its choices."""

    rows_are: str
    columns_are: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many exercises are of a kind, and how few would be a gap."""

    id: str
    number: int
    fewest: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a language's exercises cover. `outside` are the codes of those that are in no program."""

    exercises: int
    own: int
    tables: tuple[Table, ...]
    counts: tuple[Count, ...]
    outside: tuple[str, ...]

    @property
    def gaps(self) -> tuple[tuple[Table, Row], ...]:
        """The rows that have too few or too many exercises, with their tables. A row is named once."""
        seen: set[tuple[str, str]] = set()
        rows = []
        for table in self.tables:
            for row in table.rows:
                if row.verdict and (table.rows_are, row.id) not in seen:
                    seen.add((table.rows_are, row.id))
                    rows.append((table, row))
        return tuple(rows)


def coverage(content: Content) -> Coverage:
    """Return what the exercises of a language cover, as its readers have them, layers included."""
    exercises = tuple(content.exercises.values())
    values: Mapping[str, Callable[[ExerciseMeta], Collection[str]]] = {
        "behaviour": lambda meta: meta.trained_behaviours,
        "area": lambda meta: (meta.standard_area,),
        "process_step": lambda meta: (meta.process_step,) if meta.process_step else (),
        "activity_form": lambda meta: (meta.activity_form,) if meta.activity_form else (),
        "sector": lambda meta: (meta.sector,) if meta.sector else (),
        "law": lambda meta: meta.laws,
        "participation": lambda meta: (meta.participation,),
        "time": _times,
    }
    choices: dict[str, Sequence[str]] = {kind: tuple(LABELS[kind]) for kind in values if kind in LABELS}
    choices |= {"behaviour": tuple(content.behaviours), "area": tuple(content.areas), "time": tuple(TIMES)}
    pairs = (
        ("behaviour", "area"),
        ("behaviour", "time"),
        ("area", "time"),
        ("activity_form", "participation"),
        ("sector", "time"),
        ("process_step", "time"),
        ("law", "time"),
    )
    tables = (
        Table(a, b, tuple(choices[b]), tuple(_rows(exercises, a, choices[a], values[a], choices[b], values[b])))
        for a, b in pairs
    )
    counts = (
        Count(name, sum(counts_as(exercise.meta) for exercise in exercises), fewest)
        for name, (fewest, counts_as) in COUNTED.items()
    )
    used = {item.exercise for program in content.programs.values() for item in program.meta.sequence}
    outside = _codes(exercise for exercise in exercises if exercise.meta.id not in used)
    return Coverage(len(exercises), sum(map(_is_own, exercises)), tuple(tables), tuple(counts), outside)


def _times(meta: ExerciseMeta) -> tuple[str, ...]:
    return tuple(name for name, (least, most) in TIMES.items() if least <= meta.minutes.active <= most)


def _rows(
    exercises: Sequence[Exercise],
    kind: str,
    rows: Sequence[str],
    row_of: Callable[[ExerciseMeta], Collection[str]],
    columns: Sequence[str],
    column_of: Callable[[ExerciseMeta], Collection[str]],
) -> Iterable[Row]:
    fewest, most = GOALS[kind]
    for name in rows:
        here = [exercise for exercise in exercises if name in row_of(exercise.meta)]
        counted = Counter(column for exercise in here for column in column_of(exercise.meta))
        cells = tuple(counted[column] for column in columns)
        yield Row(name, cells, _codes(here), sum(map(_is_own, here)), fewest, most)


def _is_own(exercise: Exercise) -> bool:
    return exercise.origin.layer != "base"


def _codes(exercises: Iterable[Exercise]) -> tuple[str, ...]:
    return tuple(sorted(exercise.meta.code for exercise in exercises))
