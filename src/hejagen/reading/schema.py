"""Plain data becomes a validated model, or problems that say what is wrong. Models become JSON Schemas."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from hejagen.model.base import Model
from hejagen.model.node import Node, Path
from hejagen.problems import MOST, Location, Problem, did_you_mean
from hejagen.reading.yaml_reader import Reading

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], reading: Reading, path: str) -> tuple[M | None, list[Problem]]:
    """Return the model of a reading, or None, and the problems with its form: keys, types, lengths, choices."""
    root = reading.root or Node(None, Location(path), Location(path))
    data = root.plain()
    if not isinstance(data, dict):
        hint = "start with a key, a colon and a value"
        return None, [Problem(root.at, "wrong-type", "expected keys and values", hint)]
    retired = list(_retired(model, root))
    data = {key: value for key, value in data.items() if key not in _retired_keys(model)}
    try:
        # Strict JSON mode: lists become tuples and "2026-11-24" a date, but "5" never becomes 5.
        return model.model_validate_json(json.dumps(data), strict=True), retired
    except ValidationError as error:
        entries = _without_misspelt(model, data, error.errors(include_url=False))
        return None, [*retired, *(_form_problem(model, root, entry) for entry in entries)]


def _retired_keys(model: type[BaseModel]) -> Mapping[str, str]:
    return model.RETIRED if issubclass(model, Model) else {}


def _retired(model: type[BaseModel], root: Node) -> Iterator[Problem]:
    """Yield a warning for each key that the file no longer has."""
    for key, hint in _retired_keys(model).items():
        if key in root.children:
            message = f'the key "{key}" is no longer used'
            yield Problem(root.children[key].key, "retired-key", message, hint, "warning")


def _without_misspelt(model: type[BaseModel], data: Any, entries: list[Any]) -> Iterator[Any]:
    """Leave out missing keys that are only misspelt: the message about the unknown key is enough."""
    unknown = [tuple(entry["loc"]) for entry in entries if entry["type"] == "extra_forbidden"][:MOST]
    missing = {tuple(entry["loc"]) for entry in entries if entry["type"] == "missing"}
    misspelt: set[Path] = set()
    for loc in unknown:
        here = {str(other[-1]): other for other in missing - misspelt if other[:-1] == loc[:-1]}
        close = get_close_matches(str(loc[-1]), _fields_at(model, _real_path(data, loc)[:-1]), n=1)
        misspelt |= {here[name] for name in close if name in here}
    return (entry for entry in entries if tuple(entry["loc"]) not in misspelt)


def _form_problem(model: type[BaseModel], root: Node, error: Mapping[str, Any]) -> Problem:
    loc = _real_path(root.plain(), tuple(error["loc"]))
    node, parent = root.get(*loc), root.get(*loc[:-1]) or root
    kind, name = str(error["type"]), str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        fields = sorted({*_fields_at(model, loc[:-1])} - {name})
        spaced = "put a space after each colon, and a text with a comma in it in quotes"
        hint = spaced if re.search(r"[:\s]", name) else did_you_mean(name, fields, "keys here")
        return Problem(node.key if node else parent.at, "unknown-key", f'unknown key "{name}"', hint)
    if kind == "missing":
        at = dict(parent.removed).get(name, parent.key)
        return Problem(at, "missing-key", f'"{error["loc"][-1]}" is missing', f"add a line: {error['loc'][-1]}: …")
    at = node.at if node else parent.at
    return Problem(at, _rule(kind), f"{_dotted(loc)}: {_message(error)}", _hint(error))


def _real_path(data: Any, loc: Path) -> Path:
    """Drop the parts of Pydantic's path that name a choice in a union instead of a key in the file."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(data, dict) and (part in data or last):
            path.append(part)
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            path.append(part)
            data = data[part]
    return tuple(path)


def _fields_at(model: type[BaseModel], loc: Path) -> list[str]:
    """The keys that a mapping at a path may have."""
    current: list[type[BaseModel]] = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        annotations = [m.model_fields[part].annotation for m in current if part in m.model_fields]
        if annotations:  # otherwise it is a name in a mapping, such as the target of a patch
            current = [inner for annotation in annotations for inner in _models_in(annotation)]
    return [name for inner in current for name in inner.model_fields]


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
    message = messages.get(str(error["type"]))
    return message() if message else f"{_quoted(value)}: {str(error['msg']).removeprefix('Input ')}"


PATTERN_HINTS = {
    "%20|": "an address that starts with https://, without ? # $ % [ ] { } in its path",
    "|/?": "an address that starts with https://, or a path of this site such as /api/feedback",
    "https?": "an address that starts with https://",
    "0-9._-": "write only the file's name, such as logo.svg: a to z, digits, dots and hyphens",
    "a-z0-9": "use lower-case letters a to z, digits and hyphens; å and ä become a, ö becomes o",
    "A-Z": "capital letters and digits, such as EX15",
    "#[0-9a-f": 'a colour of six digits in quotes, such as "#2b2a6e"',
    "@": "an address such as namn@example.org",
}


def _hint(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in ("literal_error", "union_tag_invalid"):
        choices = re.findall(r"'([^']+)'", str(context.get("expected") or context.get("expected_tags", "")))
        return did_you_mean(str(error.get("input") or ""), choices, "the choices")
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", "")).lower() if "a-z" in str(context.get("pattern", "")) else ""
        source = pattern or str(context.get("pattern", ""))
        folder, slash, name = str(error.get("input")).rpartition("/")
        if slash and "-[a-z0-9]" in source:
            return f"leave out {folder}/: write {name}"
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


def json_schema(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a model, as editors load it, with a final newline."""
    schema = model.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
