"""Problems: what checks yield, and the gate that alone decides whether the build goes on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from hejagen.errors import UNTOUCHED, HejagenError
from hejagen.messages import ENGLISH, NOTHING, Message, Words, say, say_number, told

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
    message: Message
    hint: Message = NOTHING
    level: Level = "error"


class Finding(NamedTuple):
    """What a check yields: a problem that does not know yet which rule it breaks."""

    at: Location
    message: Message
    hint: Message = NOTHING
    level: Level = "error"

    def problem(self, rule: str) -> Problem:
        """Return the finding as a problem with a rule."""
        return Problem(self.at, rule, self.message, self.hint, self.level)


class BuildStopped(HejagenError):
    """Raised by `gate`. `problems` holds every problem of the stage, warnings included, sorted."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = sum(problem.level == "error" for problem in problems)
        super().__init__(say_number("Not built: {number} error.", "Not built: {number} errors.", errors), UNTOUCHED)
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
            message = say("… and {count} more in this file", count=len(left))
            hint = say("mend the first ones and run the same command again")
            shown.append(replace(left[0], message=message, hint=hint))
    return tuple(sorted(shown))


NOUNS: Mapping[str, Message] = {
    "area": say("area"),
    "behaviour": say("behaviour"),
    "exercise": say("exercise"),
    "exercise or program": say("exercise or program"),
    "page": say("page"),
    "program": say("program"),
    "reference": say("reference"),
    "scale": say("scale"),
    "term": say("term"),
    "worksheet": say("worksheet"),
}
"""What can be missing, as it stands in messages."""


ALL, SOME = 20, 12
"""A hint names up to so many choices, or else so many of them. The site has 17 behaviours."""


def did_you_mean(name: str, choices: list[str] | tuple[str, ...], what: Message) -> Message:
    """Return a hint: "did you mean …?" when a choice is close to `name`, else the choices themselves."""
    from difflib import get_close_matches  # loaded when something is wrong

    listed = ", ".join(sorted(choices)[: SOME if len(choices) > ALL else ALL])
    if close := get_close_matches(name, choices, n=1, cutoff=0.6):
        return say('did you mean "{choice}"?', choice=close[0])
    listed += ", …" if len(choices) > ALL else ""
    return say("{what}: {choices}", what=what, choices=listed) if choices else NOTHING


LEVELS: Mapping[Level, Message] = {"error": say("error"), "warning": say("warning")}


def as_text(problem: Problem, words: Words = ENGLISH) -> str:
    """`path:line:column: level: message [rule]`, and the hint on a line of its own."""
    level, message = told(LEVELS[problem.level], words), told(problem.message, words)
    first = visible(f"{problem.at}: {level}: {message} [{problem.rule}]")
    hint = told(say("hint: {hint}", hint=problem.hint), words)
    return f"{first}\n  {visible(hint)}" if problem.hint else first


def visible(text: str) -> str:
    """Return a text on one line. What an author wrote cannot paint on the terminal or make lines of its own."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def as_github(problem: Problem, words: Words = ENGLISH) -> str:
    """A workflow command, as documented for GitHub Actions: the problem is shown beside the line."""
    message, hint = told(problem.message, words), told(problem.hint, words)
    text = f"{message} ({hint})" if hint else message
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    at = problem.at
    path = at.path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    return visible(f"::{problem.level} file={path},line={at.line},col={at.column},title={problem.rule}::{text}")


def as_json(problem: Problem, words: Words = ENGLISH) -> str:
    """One JSON object a line: path, line, column, level, rule, message, hint."""
    import json  # loaded for this format alone

    at = problem.at
    row = {"path": at.path, "line": at.line, "column": at.column, "level": problem.level}
    row |= {"rule": problem.rule, "message": told(problem.message, words), "hint": told(problem.hint, words)}
    return json.dumps(row, ensure_ascii=False)


FORMATS = {"text": as_text, "github": as_github, "json": as_json}
