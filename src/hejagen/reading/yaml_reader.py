"""YAML text becomes plain data. Every value keeps its line and column, no type is guessed, and depth is bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml

from hejagen.model.node import Node, Path
from hejagen.problems import Location, Problem
from hejagen.reading.files import INVISIBLE

MAX_DEPTH = 20
"""Levels of nesting that any of our files needs, with room to spare."""
Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NULL = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {"true": True, "false": False}
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false)|\d{4}-\d{1,2}-\d{1,2}.*|[-+]?\d+(:[0-5]?\d)+|[-+]?0[0-9_]+|0x[0-9a-fA-F]+|0o[0-7]+"
    r"|[-+]?\d[\d_]*_\d[\d_]*|[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+|[-+]?\.(inf|Inf|INF|nan|NaN|NAN)|<<"
)
"""Plain scalars that YAML 1.1 or 1.2 does not read as text. `true` and `false` themselves are fine."""

LONGEST_AMBIGUOUS = 100
"""Characters of a scalar that somebody might mean as a number, a date or a time."""

COLOUR = re.compile(r"[ \t]+(#[0-9a-fA-F]{3,8})[ \t]*$")
"""A colour without quotes at the end of a line, which YAML reads as a comment."""

COMMENT = re.compile(r"[ \t]+#(.*)")
"""A comment after a value."""
NO_BREAK = re.compile(r"[\u00a0\u2007\u202f]")
"""Spaces that look like others and that YAML does not take for spaces. On a Mac, Alt and space writes one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one YAML text holds, each value with its place. `root` is None when the text is empty or cannot be read."""

    root: Node | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def data(self) -> Any:
        """The values without their places."""
        return self.root.plain() if self.root else None


class _Refused(Exception):
    """The text breaks a rule that makes the rest unsafe to read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@lru_cache(maxsize=512)
def read_yaml(text: str, path: str, *, offset: int = 0) -> Reading:
    """Return the data of a YAML text with the place of each value.

    `offset` is the number of lines before the text in its file. The text is read event by event instead of with a
    loader: depth is bounded before anything is built, and aliases, which YAML bombs are made of, are refused. Only
    null, true, false and plain decimal numbers are not text.
    """
    reader = _Reader(path, offset, yaml.parse(text, Loader=Loader), text.split("\n"))
    try:
        reader.document()
    except _Refused as refused:
        reader.problems.append(refused.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, offset + mark.line + 1, mark.column + 1) if mark else Location(path)
        row = next(iter(text.split("\n")[mark.line : mark.line + 1]), "") if mark else ""
        tab = "\t" in row[: len(row) - len(row.lstrip())]
        what = "a tab, where only spaces may stand" if tab else error.problem or str(error)
        reader.problems.append(reader.no_break(error) or _syntax(at, what))
    except (yaml.YAMLError, UnicodeError) as error:
        reader.problems.append(_syntax(Location(path, offset + 1), str(error).splitlines()[0]))
    return Reading(reader.root, tuple(reader.problems))


def _syntax(at: Location, what: str) -> Problem:
    hints = {
        "mapping values are not allowed": 'put the text in quotes when it holds ": "',
        "a tab, where": "use spaces, not tabs, to indent",
        "cannot start any token": "put the text in quotes when it starts with a special character",
        "expected <block end>": "look at the indentation of this line and the one before",
    }
    hint = next((hint for key, hint in hints.items() if key in what), "look at the line above too")
    return Problem(at, "yaml-syntax", f"YAML cannot be read here: {what}", hint)


class _Reader:
    def __init__(self, path: str, offset: int, events: Iterator[Any], rows: list[str]) -> None:
        self.path, self.offset, self.events, self.rows = path, offset, events, rows
        self.root: Node | None = None
        self.problems: list[Problem] = []

    def at(self, event: Any) -> Location:
        mark = event.start_mark
        block = getattr(event, "style", None) == "|"
        return Location(self.path, self.offset + mark.line + 1, mark.column + 1, block)

    def document(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.root:
                    hint = "remove the line with --- and all that follows"
                    raise _Refused(
                        Problem(self.at(event), "yaml-syntax", "more than one YAML document in a file", hint)
                    )
                self.root = self.value(next(self.events), 0)

    def value(self, event: Any, depth: int, key: Location | None = None) -> Node:
        at = self.at(event)
        key = key or at
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            hint = "write the text out where it is needed"
            raise _Refused(Problem(at, "yaml-alias", "anchors (&) and aliases (*) are not read", hint))
        if getattr(event, "tag", None):
            raise _Refused(Problem(at, "yaml-tag", f"tags are not read: {event.tag}", "remove the tag"))
        if depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise _Refused(Problem(at, "yaml-depth", message, "our files need at most four or five"))
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.scalar(event), at, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(tuple(self.sequence(depth + 1)), at, key)
        return Node(self.mapping(depth + 1), at, key)

    def scalar(self, event: Any) -> Any:
        text = event.value
        if character := INVISIBLE.search(text):
            message, hint = f"an invisible character, U+{ord(character[0]):04X}", "take the escape out of the text"
            self.problems.append(Problem(self.at(event), "not-text", message, hint))
        if event.style:
            return text
        if text in NULL:
            if not text:
                self.lost_colour(event)
            return None
        if text in BOOLEANS:
            return BOOLEANS[text]
        if len(text) <= LONGEST_AMBIGUOUS and AMBIGUOUS.fullmatch(text):
            hint = f'write "{text}" in quotes if it is text; for yes and no, write true or false'
            self.problems.append(
                Problem(self.at(event), "yaml-ambiguous", f"{text} can be read in more than one way", hint)
            )
            return text
        if number := NUMBER.fullmatch(text):
            return float(text) if number[2] else int(text[:18])
        self.lost_text(event)
        return text

    def lost_text(self, event: Any) -> None:
        """Warn of a sentence that ends in a comment: its author may have meant the rest to be read as well."""
        mark = event.end_mark
        row = self.rows[mark.line] if mark.line < len(self.rows) else ""
        comment = COMMENT.match(row, mark.column)
        at_once = comment and comment[1][:1].strip() and not COLOUR.match(row, mark.column)
        if comment and (" " in event.value or at_once):
            at = replace(self.at(event), line=self.offset + mark.line + 1, column=comment.start(1))
            message = f'"#{comment[1][:40]}" is not read: what follows # is a comment'
            hint = "put the whole text in quotes, or the comment on a line of its own"
            self.problems.append(Problem(at, "yaml-ambiguous", message, hint, "warning"))

    def no_break(self, error: yaml.MarkedYAMLError) -> Problem | None:
        """Return the problem that a no-break space is what made the text impossible to read, or None."""
        marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
        for line in range(max(0, min(marks, default=0) - 1), max(marks, default=-1) + 1):
            row = self.rows[line] if line < len(self.rows) else ""
            if space := NO_BREAK.search(row):
                at = Location(self.path, self.offset + line + 1, space.start() + 1)
                message = f"an invisible character, U+{ord(space[0]):04X}"
                return Problem(at, "not-text", message, "write an ordinary space in its place")
        return None

    def lost_colour(self, event: Any) -> None:
        row = self.rows[event.start_mark.line : event.start_mark.line + 1]
        if colour := COLOUR.match(row[0], event.start_mark.column) if row else None:
            message = f"{colour[1]} is not read: what follows # is a comment"
            at = replace(self.at(event), column=colour.start(1) + 1)
            self.problems.append(Problem(at, "yaml-ambiguous", message, f'write "{colour[1]}" in quotes'))

    def sequence(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.value(event, depth)

    def mapping(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(_syntax(self.at(event), "a key must be a single word"))
            key, at = event.value, self.at(event)
            if space := NO_BREAK.search(key):
                message = f"an invisible character, U+{ord(space[0]):04X}"
                hint = "write an ordinary space in its place"
                self.problems.append(Problem(replace(at, column=at.column + space.start()), "not-text", message, hint))
            if key in entries:
                message = f'key "{key}" stands here a second time; the first is on line {lines[key]}'
                self.problems.append(Problem(at, "duplicate-key", message, "keep one of them"))
            lines[key] = at.line
            entries[key] = self.value(next(self.events), depth, at)
        return entries


def span(text: str, path: Path) -> tuple[int, int] | None:
    """Return where the value at a path begins and ends in a text, in characters; None when there is no such value.

    The text is one that `read_yaml` has read without problems.
    """
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for part in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    if node is None:
        return None
    start = node.start_mark.index
    return start, start + len(text[start : node.end_mark.index].rstrip())
