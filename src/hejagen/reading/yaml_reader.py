"""YAML text becomes plain data. Every value keeps its line and column, no type is guessed, and depth is bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml

from hejagen.messages import Message, say
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

    @property
    def broken(self) -> bool:
        """Whether a problem keeps the values from being used. A warning does not."""
        return any(problem.level == "error" for problem in self.problems)


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
        reader.problems.append(
            reader.no_break(error) or reader.tab(error) or reader.quotes(error) or reader.fault(error)
        )
    except (yaml.YAMLError, UnicodeError) as error:
        reason = _reason(str(error))
        reader.problems.append(_syntax(Location(path, offset + 1), reason.message, reason.hint))
    return Reading(reader.root, tuple(reader.problems))


def _syntax(at: Location, message: Message, hint: Message) -> Problem:
    return Problem(at, "yaml-syntax", message, hint)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a text is not YAML: what libyaml's words hold then, and what an author needs to know instead.

    `opening` is whether the fault lies where the construct begins, such as at a quotation mark that is never closed.
    """

    words: str
    message: Message
    hint: Message
    opening: bool = False


REASONS = (
    _Reason(
        "mapping values are not allowed",
        say("a colon too many, or a line that is indented too far"),
        say('put the text in quotes when it holds ": ", or begin the line as far in as those that it belongs with'),
    ),
    _Reason(
        "cannot start any token",
        say("a text cannot begin with this character"),
        say("put the whole text in quotes"),
    ),
    _Reason("violates indentation", say("a tab, where only spaces may stand"), say("use spaces, not tabs, to indent")),
    _Reason(
        "could not find expected ':'",
        say("a key without its colon, or a line that does not belong to the text above"),
        say("write a colon and a space after the key; indent the line if it continues the text above"),
        opening=True,
    ),
    _Reason(
        "expected ',' or ']'",
        say("a [ without its ]"),
        say("write ] after the last one, and a comma between two"),
        True,
    ),
    _Reason(
        "expected ',' or '}'",
        say("a { without its }"),
        say("write } after the last one, and a comma between two"),
        True,
    ),
    _Reason(
        "unexpected end of stream",
        say("a quotation mark without its partner"),
        say("write the same mark at the end of the text too"),
        opening=True,
    ),
    _Reason(
        "expected '-' indicator",
        say("the line does not fit into the list above"),
        say("begin it with - as far in as the others, or indent it as far as the rest of its entry"),
    ),
    _Reason(
        "expected key",
        say("the line does not fit with those above"),
        say("begin it as far in as the lines that it belongs with, with a key, a colon and a space"),
    ),
    _Reason(
        "expected node content",
        say("a text cannot begin with this character"),
        say("put the whole text in quotes"),
    ),
    _Reason(
        "expected comment or line break",
        say("text on the same line as | or >"),
        say("begin the text on the next line, indented"),
    ),
    _Reason(
        "escape",
        say("in double quotes, a backslash says that something special follows"),
        say("write two of them for one backslash, or put the text in single quotes"),
    ),
    _Reason(
        "hexdecimal",
        say("in double quotes, a backslash says that something special follows"),
        say("write two of them for one backslash, or put the text in single quotes"),
    ),
    _Reason(
        "document start",
        say("text after the end of the facts"),
        say("remove the line with ... or ---, or all that follows it"),
    ),
    _Reason(
        "alphabetic or numeric",
        say("& and * have a meaning of their own at the beginning of a text"),
        say("put the whole text in quotes"),
    ),
    _Reason(
        "tag",
        say("! has a meaning of its own at the beginning of a text"),
        say("put the whole text in quotes"),
    ),
    _Reason(
        "unacceptable character",
        say("an invisible character"),
        say("delete it and write the words around it anew"),
    ),
)
"""The reasons that libyaml gives, in the order in which they are looked for."""
OTHER = _Reason(
    "",
    say("the lines cannot be read as keys and values"),
    say("look at this line and the one above: how far in they begin, colons and quotation marks"),
)
QUOTED = re.compile(r"""\s*(?:-\s+)?(?:[^\s"'#:][^:"']*:\s+)?(["'])(.*)""")
"""A row whose text begins with a quotation mark."""


def _reason(words: str) -> _Reason:
    return next((reason for reason in REASONS if reason.words in words), OTHER)


def _unpaired(row: str) -> Problem | None:
    """Return why a row's quotation marks do not go together, at their column of line 1, or None when they do."""
    if not (match := QUOTED.match(row)):
        return None
    mark, text = match[1], match[2]
    at = Location("", 1, match.start(1) + 1)
    closing = re.search(r'(?<!\\)"' if mark == '"' else r"(?<!')'(?:'')*(?!')", text)
    if closing is None:
        reason = _reason("unexpected end of stream")
        return _syntax(at, reason.message, reason.hint)
    if text[closing.end() :].strip(" \t,]}") and not re.match(r"\s*[:#,\]}]", text[closing.end() :]):
        hint = say("put the whole text between two double quotes, and write ” or ’ inside it")
        at = replace(at, column=match.start(2) + closing.end() + 1)
        return _syntax(at, say("text after a closing quotation mark"), hint)
    return None


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
                    hint = say("remove the line with --- and all that follows")
                    raise _Refused(
                        Problem(self.at(event), "yaml-syntax", say("more than one YAML document in a file"), hint)
                    )
                self.root = self.value(next(self.events), 0)

    def value(self, event: Any, depth: int, key: Location | None = None) -> Node:
        at = self.at(event)
        key = key or at
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            hint = say("write the text out where it is needed")
            raise _Refused(Problem(at, "yaml-alias", say("anchors (&) and aliases (*) are not read"), hint))
        if getattr(event, "tag", None):
            raise _Refused(
                Problem(at, "yaml-tag", say("tags are not read: {tag}", tag=event.tag), say("remove the tag"))
            )
        if depth > MAX_DEPTH:
            message = say("nested more than {max_depth} levels deep", max_depth=MAX_DEPTH)
            raise _Refused(Problem(at, "yaml-depth", message, say("our files need at most four or five")))
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.scalar(event), at, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(tuple(self.sequence(depth + 1)), at, key)
        return Node(self.mapping(depth + 1), at, key)

    def scalar(self, event: Any) -> Any:
        text = event.value
        if character := INVISIBLE.search(text):
            message = say("an invisible character, U+{character:04X}", character=ord(character[0]))
            hint = say("take the escape out of the text")
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
            hint = say('write "{text}" in quotes if it is text; for yes and no, write true or false', text=text)
            self.problems.append(
                Problem(
                    self.at(event), "yaml-ambiguous", say("{text} can be read in more than one way", text=text), hint
                )
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
            message = say('"#{comment}" is not read: what follows # is a comment', comment=comment[1][:40])
            hint = say("put the whole text in quotes, or the comment on a line of its own")
            self.problems.append(Problem(at, "yaml-ambiguous", message, hint, "warning"))

    def no_break(self, error: yaml.MarkedYAMLError) -> Problem | None:
        """Return the problem that a no-break space is what made the text impossible to read, or None."""
        marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
        for line in range(max(0, min(marks, default=0) - 1), max(marks, default=-1) + 1):
            row = self.rows[line] if line < len(self.rows) else ""
            if space := NO_BREAK.search(row):
                at = Location(self.path, self.offset + line + 1, space.start() + 1)
                message = say("an invisible character, U+{space:04X}", space=ord(space[0]))
                return Problem(at, "not-text", message, say("write an ordinary space in its place"))
        return None

    def tab(self, error: yaml.MarkedYAMLError) -> Problem | None:
        """Return the problem that the line is indented with a tab, or None."""
        mark = error.problem_mark or error.context_mark
        row = self.rows[mark.line] if mark and mark.line < len(self.rows) else ""
        indent = row[: len(row) - len(row.lstrip())]
        reason = _reason("violates indentation")
        at = Location(self.path, self.offset + mark.line + 1, indent.find("\t") + 1) if mark else Location(self.path)
        return _syntax(at, reason.message, reason.hint) if "\t" in indent else None

    def quotes(self, error: yaml.MarkedYAMLError) -> Problem | None:
        """Return the first fault of quotation marks on the lines that an error is about, or None."""
        mark, begin = error.problem_mark, error.context_mark
        if not mark or not begin or "block mapping" not in str(error.context):
            return None
        for line in range(begin.line, mark.line + 1):
            row = self.rows[line] if line < len(self.rows) else ""
            if problem := _unpaired(row):
                return replace(problem, at=Location(self.path, self.offset + line + 1, problem.at.column))
        return None

    def fault(self, error: yaml.MarkedYAMLError) -> Problem:
        """Return what is wrong, in our words and not in those of the parser, with the place where it is mended."""
        reason = _reason(str(error.problem))
        mark = (error.context_mark if reason.opening else None) or error.problem_mark or error.context_mark
        at = Location(self.path, self.offset + mark.line + 1, mark.column + 1) if mark else Location(self.path)
        return _syntax(at, reason.message, reason.hint)

    def lost_colour(self, event: Any) -> None:
        row = self.rows[event.start_mark.line : event.start_mark.line + 1]
        if colour := COLOUR.match(row[0], event.start_mark.column) if row else None:
            message = say("{colour} is not read: what follows # is a comment", colour=colour[1])
            at = replace(self.at(event), column=colour.start(1) + 1)
            self.problems.append(
                Problem(at, "yaml-ambiguous", message, say('write "{colour}" in quotes', colour=colour[1]))
            )

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
                raise _Refused(
                    _syntax(
                        self.at(event),
                        say("a key must be a single word"),
                        say("put it in quotes, or take the brackets away"),
                    )
                )
            key, at = event.value, self.at(event)
            if space := NO_BREAK.search(key):
                message = say("an invisible character, U+{space:04X}", space=ord(space[0]))
                hint = say("write an ordinary space in its place")
                self.problems.append(Problem(replace(at, column=at.column + space.start()), "not-text", message, hint))
            if key in entries:
                message = say(
                    'key "{key}" stands here a second time; the first is on line {lines}', key=key, lines=lines[key]
                )
                self.problems.append(Problem(at, "duplicate-key", message, say("keep one of them")))
            lines[key] = at.line
            entries[key] = self.value(next(self.events), depth, at)
        return entries


def span(text: str, path: Path) -> tuple[int, int] | None:
    """Return where the value at a path begins and ends in a text, in characters; None when there is no such value.

    The text is one that `read_yaml` has read without problems.
    """
    node = yaml.compose(text, Loader=Loader)
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
