"""Problems: what checks yield, and the gate that alone decides whether the build goes on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal, NamedTuple

from hejagen.errors import UNTOUCHED, HejagenError

Level = Literal["error", "warning"]
MOST = 50
"""Problems shown for one file. More than this usually have one cause, and nobody reads them all."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file. `line` and `column` count from 1."""

    path: str
    line: int = 1
    column: int = 1
    block: bool = field(default=False, compare=False)
    """Whether this is a block of text in YAML, after |: it keeps its line breaks and begins on the next line."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in the content: where, which rule (kebab-case), what, and what to do about it."""

    at: Location
    rule: str
    message: str
    hint: str = ""
    level: Level = "error"


class Finding(NamedTuple):
    """What a check yields: a problem that does not know yet which rule it breaks."""

    at: Location
    message: str
    hint: str = ""
    level: Level = "error"

    def problem(self, rule: str) -> Problem:
        """Return the finding as a problem with a rule."""
        return Problem(self.at, rule, self.message, self.hint, self.level)


class BuildStopped(HejagenError):
    """Raised by `gate`. `problems` holds every problem of the stage, warnings included, sorted."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = sum(problem.level == "error" for problem in problems)
        super().__init__(f"Not built: {counted(errors, 'error')}.", UNTOUCHED)
        self.args = (problems,)  # from these a copy is made for another process
        self.problems = problems


def gate(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the warnings, sorted and without repeats. Raise `BuildStopped` if one of the problems is an error."""
    shown = _readable(set(problems))
    if any(problem.level == "error" for problem in shown):
        raise BuildStopped(shown)
    return shown


def _readable(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted, at most MOST for each file, and how many more there are."""
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: (problem.level, problem)):
        by_file.setdefault(problem.at.path, []).append(problem)
    shown: list[Problem] = []
    for rows in by_file.values():
        shown.extend(rows[:MOST])
        if left := rows[MOST:]:
            message = f"… and {len(left)} more in this file"
            shown.append(replace(left[0], message=message, hint="mend the first ones and run the same command again"))
    return tuple(sorted(shown))


def counted(number: int, what: str) -> str:
    """Return a number with a noun, such as 1 warning or 3 warnings."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def did_you_mean(name: str, choices: list[str] | tuple[str, ...], what: str) -> str:
    """Return a hint: "did you mean …?" when a choice is close to `name`, else the choices themselves."""
    listed = ", ".join(sorted(choices)[:12])
    if close := get_close_matches(name, choices, n=1, cutoff=0.6):
        return f'did you mean "{close[0]}"?'
    return f"{what}: {listed}" + (", …" if len(choices) > 12 else "") if choices else ""


def as_text(problem: Problem) -> str:
    """`path:line:column: level: message [rule]`, and the hint on a line of its own."""
    first = visible(f"{problem.at}: {problem.level}: {problem.message} [{problem.rule}]")
    return f"{first}\n  hint: {visible(problem.hint)}" if problem.hint else first


def visible(text: str) -> str:
    """Return a text on one line. What an author wrote cannot paint on the terminal or make lines of its own."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def as_github(problem: Problem) -> str:
    """A workflow command, as documented for GitHub Actions: the problem is shown beside the line."""
    text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    at = problem.at
    path = at.path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    return visible(f"::{problem.level} file={path},line={at.line},col={at.column},title={problem.rule}::{text}")


def as_json(problem: Problem) -> str:
    """One JSON object a line: path, line, column, level, rule, message, hint."""
    at = problem.at
    row = {"path": at.path, "line": at.line, "column": at.column, "level": problem.level}
    row |= {"rule": problem.rule, "message": problem.message, "hint": problem.hint}
    return json.dumps(row, ensure_ascii=False)


FORMATS = {"text": as_text, "github": as_github, "json": as_json}
