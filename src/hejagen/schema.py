"""YAML text becomes a checked model: every value keeps its line and column, and every mistake becomes a Problem."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from hejagen.problems import Location, Problem

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
"""Plain words that YAML 1.1 or 1.2 reads as something else than text. `true` and `false` themselves are fine."""

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Reading:
    """What one YAML text holds. `marks` gives the place of each value, `keys` of each key."""

    data: Any = None
    marks: dict[Path, Location] = field(default_factory=dict)
    keys: dict[Path, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Refused(Exception):
    """The text is not read further: it breaks a rule that makes the rest unsafe to read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_yaml(text: str, path: str, *, offset: int = 0) -> Reading:
    """Return the data of a YAML text with the place of each value. `offset` = lines before the text in its file.

    Read event by event instead of with a loader: depth is bounded before anything is built, aliases (the stuff of
    YAML bombs) are refused, and nothing is guessed. Only null, true, false and plain decimal numbers are not text.
    """
    reading = Reading()
    try:
        events = yaml.parse(text, Loader=Loader)
        _Reader(reading, path, offset, events).document()
    except _Refused as refused:
        reading.problems.append(refused.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, offset + mark.line + 1, mark.column + 1) if mark else Location(path)
        reading.problems.append(_syntax(at, error.problem or str(error)))
    except (yaml.YAMLError, UnicodeError) as error:
        reading.problems.append(_syntax(Location(path, offset + 1), str(error).splitlines()[0]))
    return reading


def _syntax(at: Location, what: str) -> Problem:
    hints = {
        "mapping values are not allowed": 'put the text in quotes when it holds ": "',
        "found character '\\t'": "use spaces, not tabs, to indent",
        "cannot start any token": "put the text in quotes when it starts with a special character",
        "expected <block end>": "look at the indentation of this line and the one before",
    }
    hint = next((hint for key, hint in hints.items() if key in what), "look at the line above too")
    return Problem(at, "yaml-syntax", f"YAML cannot be read here: {what}", hint)


class _Reader:
    def __init__(self, reading: Reading, path: str, offset: int, events: Iterator[Any]) -> None:
        self.reading, self.path, self.offset, self.events = reading, path, offset, events

    def at(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self.path, self.offset + mark.line + 1, mark.column + 1)

    def document(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.reading.marks:
                    hint = "remove the line with --- and all that follows"
                    raise _Refused(
                        Problem(self.at(event), "yaml-syntax", "more than one YAML document in a file", hint)
                    )
                self.reading.data = self.value(next(self.events), (), 0)

    def value(self, event: Any, path: Path, depth: int) -> Any:
        self.reading.marks[path] = self.at(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            hint = "write the text out where it is needed"
            raise _Refused(Problem(self.at(event), "yaml-alias", "anchors (&) and aliases (*) are not read", hint))
        if getattr(event, "tag", None):
            raise _Refused(Problem(self.at(event), "yaml-tag", f"tags are not read: {event.tag}", "remove the tag"))
        if depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise _Refused(Problem(self.at(event), "yaml-depth", message, "our files need at most four or five"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def scalar(self, event: Any) -> Any:
        text = event.value
        if event.style:
            return text
        if text in NULL:
            return None
        if text in BOOLEANS:
            return BOOLEANS[text]
        if AMBIGUOUS.fullmatch(text):
            hint = f'write "{text}" in quotes if it is text; for yes and no, write true or false'
            self.reading.problems.append(
                Problem(self.at(event), "yaml-ambiguous", f"{text} can be read in more than one way", hint)
            )
            return text
        if found := NUMBER.fullmatch(text):
            return float(text) if found[2] else int(text[:18])
        return text

    def sequence(self, path: Path, depth: int) -> list[Any]:
        found: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, (*path, len(found)), depth + 1))
        return found

    def mapping(self, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(_syntax(self.at(event), "a key must be a single word"))
            key, at = event.value, self.at(event)
            if key in found:
                first = self.reading.keys[(*path, key)].line
                message = f'key "{key}" stands here a second time; the first is on line {first}'
                self.reading.problems.append(Problem(at, "duplicate-key", message, "keep one of them"))
            self.reading.keys[(*path, key)] = at
            found[key] = self.value(next(self.events), (*path, key), depth + 1)
        return found


def validate(model: type[M], reading: Reading, path: str) -> tuple[M | None, list[Problem]]:
    """Return the model made of a reading, or None, and the problems with its form: keys, types, lengths, choices."""
    if not isinstance(reading.data, dict):
        hint = "start with a key, a colon and a value"
        at = reading.marks.get((), Location(path))
        return None, [Problem(at, "wrong-type", "expected keys and values", hint)]
    try:
        # Strict JSON mode: lists become tuples and "2026-11-24" a date, but "5" never becomes 5.
        return model.model_validate_json(json.dumps(reading.data), strict=True), []
    except ValidationError as error:
        return None, [_form_problem(model, reading, path, entry) for entry in error.errors(include_url=False)]


def _form_problem(model: type[BaseModel], reading: Reading, path: str, error: Mapping[str, Any]) -> Problem:
    loc = _real_path(reading.data, tuple(error["loc"]))
    kind, name = str(error["type"]), str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        fields = _fields_at(model, loc[:-1])
        return Problem(
            reading.keys.get(loc, Location(path)),
            "unknown-key",
            f'unknown key "{name}"',
            near(name, fields, "keys here"),
        )
    if kind == "missing":
        at = reading.keys.get(loc[:-1]) or reading.marks.get(loc[:-1], Location(path))
        return Problem(at, "missing-key", f'"{error["loc"][-1]}" is missing', f"add a line: {error['loc'][-1]}: …")
    at = reading.marks.get(loc) or reading.keys.get(loc) or Location(path)
    return Problem(at, _rule(kind), f"{_dotted(loc)}: {_message(error)}", _hint(error))


def _real_path(data: Any, loc: Path) -> Path:
    """Drop the parts of Pydantic's path that name a choice in a union instead of a key in the file."""
    found: list[str | int] = []
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(data, dict) and (part in data or last):
            found.append(part)
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            found.append(part)
            data = data[part]
    return tuple(found)


def _fields_at(model: type[BaseModel], loc: Path) -> list[str]:
    """The keys that a mapping at a path may have."""
    current: list[type[BaseModel]] = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        annotations = [m.model_fields[part].annotation for m in current if part in m.model_fields]
        current = [inner for annotation in annotations for inner in _models_in(annotation)]
    return [name for found in current for name in found.model_fields]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


RULES_BY_TYPE = {
    "literal_error": "unknown-value",
    "union_tag_invalid": "unknown-value",
    "string_pattern_mismatch": "wrong-form",
    "string_too_long": "too-long",
    "string_too_short": "empty-value",
    "too_short": "too-few",
    "too_long": "too-many",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
}


def _rule(kind: str) -> str:
    return RULES_BY_TYPE.get(kind, "wrong-type")


def _dotted(loc: Path) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or "the file"


def _quoted(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _message(error: Mapping[str, Any]) -> str:
    value, context = error.get("input"), error.get("ctx", {})
    messages: Mapping[str, Callable[[], str]] = {
        "literal_error": lambda: f"{_quoted(value)} is not one of the choices",
        "string_pattern_mismatch": lambda: f"{_quoted(value)} has not the right form",
        "string_too_long": lambda: f"{len(str(value).strip())} characters, at most {context.get('max_length')}",
        "string_too_short": lambda: "is empty",
        "too_short": lambda: f"{context.get('actual_length')} entries, at least {context.get('min_length')}",
        "too_long": lambda: f"{context.get('actual_length')} entries, at most {context.get('max_length')}",
        "greater_than_equal": lambda: f"{value} is less than {context.get('ge')}",
        "less_than_equal": lambda: f"{value} is more than {context.get('le')}",
        "union_tag_invalid": lambda: f"{_quoted(context.get('tag'))} is not one of the choices",
        "tuple_type": lambda: f"{_quoted(value)} is not a list",
        "string_type": lambda: f"{_quoted(value)} is not a text",
        "int_type": lambda: f"{_quoted(value)} is not a whole number",
        "bool_type": lambda: f"{_quoted(value)} is not true or false",
        "model_type": lambda: f"{_quoted(value)} is not keys and values",
        "date_type": lambda: f"{_quoted(value)} is not a date",
        "date_from_datetime_parsing": lambda: f"{_quoted(value)} is not a date",
    }
    made = messages.get(str(error["type"]))
    return made() if made else f"{_quoted(value)}: {str(error['msg']).removeprefix('Input ')}"


PATTERN_HINTS = {
    "a-z0-9": "use lower-case letters a to z, digits and hyphens; å and ä become a, ö becomes o",
    "A-Z": "capital letters and digits, such as EX15",
    "#[0-9a-f": "a colour such as #2b2a6e",
    "@": "an address such as namn@example.org",
    "https?": "an address that starts with https://",
}


def _hint(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in ("literal_error", "union_tag_invalid"):
        choices = re.findall(r"'([^']+)'", str(context.get("expected") or context.get("expected_tags", "")))
        return near(str(error.get("input") or ""), choices, "the choices")
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", "")).lower() if "a-z" in str(context.get("pattern", "")) else ""
        source = pattern or str(context.get("pattern", ""))
        return next((hint for key, hint in PATTERN_HINTS.items() if key in source), f"it must match {source}")
    return {
        "string_too_long": "make it shorter",
        "string_too_short": "write something",
        "too_short": "add what is missing",
        "too_long": "choose the most important ones",
        "greater_than_equal": "look for a slip of the finger",
        "less_than_equal": "look for a slip of the finger",
        "string_type": 'write it as text, in quotes if needed: "…"',
        "int_type": "write a whole number, without quotes",
        "bool_type": "write true or false",
        "tuple_type": "write a list: one line per entry that starts with -",
        "model_type": "write keys and values on lines of their own, indented",
        "date_from_datetime_parsing": 'write a date in quotes: "2026-11-24"',
        "date_type": 'write a date in quotes: "2026-11-24"',
    }.get(kind, "")


def near(name: str, choices: list[str] | tuple[str, ...], what: str) -> str:
    """Return a hint: "did you mean …?" when a choice is close to `name`, else the choices themselves."""
    if close := get_close_matches(name, choices, n=1, cutoff=0.6):
        return f'did you mean "{close[0]}"?'
    listed = ", ".join(sorted(choices)[:12])
    return f"{what}: {listed}" + (", …" if len(choices) > 12 else "") if choices else ""


def json_schema(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a model, as editors load it, with a final newline."""
    schema = model.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
