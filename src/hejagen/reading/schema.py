"""Plain data becomes a validated model, or problems that say what is wrong. Models become JSON Schemas."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from hejagen.messages import NOTHING, Message, say
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
        hint = say("start with a key, a colon and a value")
        return None, [Problem(root.at, "wrong-type", say("expected keys and values"), hint)]
    retired = list(_retired(model, root))
    data = {key: value for key, value in data.items() if key not in _retired_keys(model)}
    try:
        return _validated(model, json.dumps(data)), retired
    except ValidationError as error:
        entries = _without_misspelt(model, data, _without_short(error.errors(include_url=False)))
        return None, [*retired, *(_form_problem(model, root, entry) for entry in entries)]


@lru_cache(maxsize=1024)
def _validated(model: type[M], data: str) -> M:
    """Return a model, which a preview and layers of a fleet have over and over. Strict JSON mode: lists become tuples
    and "2026-11-24" a date, but "5" never becomes 5."""
    return model.model_validate_json(data, strict=True)


def _retired_keys(model: type[BaseModel]) -> Mapping[str, Message]:
    return model.RETIRED if issubclass(model, Model) else {}


def _retired(model: type[BaseModel], root: Node) -> Iterator[Problem]:
    """Yield a warning for each key that the file no longer has."""
    for key, hint in _retired_keys(model).items():
        if key in root.children:
            message = say('the key "{key}" is no longer used', key=key)
            yield Problem(root.children[key].key, "retired-key", message, hint, "warning")


def _without_short(entries: list[Any]) -> list[Any]:
    """Leave out that a list is too short when an entry is wrong: Pydantic counts only those that are right."""
    places = [tuple(entry["loc"]) for entry in entries]
    return [
        entry
        for entry, place in zip(entries, places, strict=True)
        if entry["type"] != "too_short" or not any(other[: len(place)] == place != other for other in places)
    ]


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
        spaced = say("put a space after each colon, and a text with a comma in it in quotes")
        hint = spaced if re.search(r"[:\s]", name) else did_you_mean(name, fields, say("keys here"))
        return Problem(node.key if node else parent.at, "unknown-key", say('unknown key "{name}"', name=name), hint)
    if kind == "missing":
        at = dict(parent.removed).get(name, parent.key)
        return Problem(
            at,
            "missing-key",
            say('"{key}" is missing', key=error["loc"][-1]),
            say("add a line: {key}: …", key=error["loc"][-1]),
        )
    at = node.at if node else parent.at
    if error.get("input") is None:
        kind = "string_too_short"  # an author who leaves a value out has not written one of the wrong kind
    return Problem(at, _rule(kind), _message(error, _dotted(loc)), _hint(kind, error))


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
            current = [inner for annotation in annotations for inner in models_in(annotation)]
    return [name for inner in current for name in inner.model_fields]


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that a type is made of, such as Step of tuple[Step, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


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
    dotted = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    return dotted or say("the file")


def _quoted(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _no_choice(value: str, where: str) -> Message:
    return say("{where}: {value} is not one of the choices", where=where, value=value)


def _no_date(value: str, where: str) -> Message:
    return say("{where}: {value} is not a date", where=where, value=value)


def _message(error: Mapping[str, Any], where: str) -> Message:
    """Return what is wrong with the form of a value. `where` is the way to it in the file, such as steps[1].mode."""
    value, context = error.get("input"), error.get("ctx", {})
    if value is None:
        return say("{where} is empty", where=where)
    told = _quoted(value)
    length, least, most = context.get("actual_length"), context.get("min_length"), context.get("max_length")
    messages: Mapping[str, Callable[[], Message]] = {
        "literal_error": lambda: _no_choice(told, where),
        "string_pattern_mismatch": lambda: say("{where}: {value} has not the right form", where=where, value=told),
        "string_too_long": lambda: say(
            "{where}: {length} characters, at most {most}", where=where, length=len(str(value).strip()), most=most
        ),
        "string_too_short": lambda: say("{where} is empty", where=where),
        "too_short": lambda: say(
            "{where}: {length} entries, at least {least}", where=where, length=length, least=least
        ),
        "too_long": lambda: say("{where}: {length} entries, at most {most}", where=where, length=length, most=most),
        "greater_than_equal": lambda: say(
            "{where}: {value} is less than {least}", where=where, value=value, least=context.get("ge")
        ),
        "less_than_equal": lambda: say(
            "{where}: {value} is more than {most}", where=where, value=value, most=context.get("le")
        ),
        "union_tag_invalid": lambda: _no_choice(_quoted(context.get("tag")), where),
        "tuple_type": lambda: say("{where}: {value} is not a list", where=where, value=told),
        "string_type": lambda: say("{where}: {value} is not a text", where=where, value=told),
        "int_type": lambda: say("{where}: {value} is not a whole number", where=where, value=told),
        "int_from_float": lambda: say("{where}: {value} is not a whole number", where=where, value=told),
        "bool_type": lambda: say("{where}: {value} is not true or false", where=where, value=told),
        "model_type": lambda: say("{where}: {value} is not keys and values", where=where, value=told),
        "dict_type": lambda: say("{where}: {value} is not keys and values", where=where, value=told),
        "date_type": lambda: _no_date(told, where),
        "date_parsing": lambda: _no_date(told, where),
        "date_from_datetime_parsing": lambda: _no_date(told, where),
    }
    message = messages.get(str(error["type"]))
    return message() if message else say("{where}: {value} does not fit here", where=where, value=told)


PATTERN_HINTS = {
    "%20|": say("an address that starts with https://, without ? # $ % [ ] { } in its path; a space is %20 there"),
    "|/?": say("an address that starts with https://, or a path of this site such as /api/feedback"),
    "https?": say("an address that starts with https://"),
    "0-9._-": say("write only the file's name, such as logo.svg: a to z, digits, dots and hyphens"),
    "^[a-z]{2}$": say("write the two letters of ISO 639-1, such as sv, fi or en"),
    "a-z0-9": say("use lower-case letters a to z, digits and hyphens; å and ä become a, ö becomes o"),
    "a-z": say("use lower-case letters a to z"),
    "A-Z": say("capital letters and digits, such as EX15"),
    "#[0-9a-f": say('a colour of six digits in quotes, such as "#2b2a6e"'),
    "@": say("an address such as namn@example.org"),
}
DATE = say('write year, month and day in quotes: "2026-11-24"')
KEYS = say("write a key, a colon and a value on lines of their own, indented")
HINTS = {
    "string_too_long": say("make it shorter"),
    "string_too_short": say("write something"),
    "too_short": say("add what is missing"),
    "too_long": say("choose the most important ones"),
    "greater_than_equal": say("look for a slip of the finger"),
    "less_than_equal": say("look for a slip of the finger"),
    "string_type": say('write it as text, in quotes if needed: "…"'),
    "int_type": say("write a whole number, without quotes"),
    "int_from_float": say("write a whole number, without quotes"),
    "bool_type": say("write true or false"),
    "tuple_type": say("write a list: one line per entry that starts with -"),
    "model_type": KEYS,
    "dict_type": KEYS,
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
}
"""What to do about a value of the wrong form, by Pydantic's name for the error."""


def _hint(kind: str, error: Mapping[str, Any]) -> Message:
    context = error.get("ctx", {})
    if kind in ("literal_error", "union_tag_invalid"):
        choices = re.findall(r"'([^']+)'", str(context.get("expected") or context.get("expected_tags", "")))
        return did_you_mean(str(error.get("input") or ""), choices, say("the choices"))
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", "")).lower() if "a-z" in str(context.get("pattern", "")) else ""
        source = pattern or str(context.get("pattern", ""))
        folder, slash, name = str(error.get("input")).rpartition("/")
        if slash and "-[a-z0-9]" in source:
            return say("leave out {folder}/: write {name}", folder=folder, name=name)
        hints = (hint for key, hint in PATTERN_HINTS.items() if key in source)
        return next(hints, say("it must match {pattern}", pattern=source))
    if kind in ("model_type", "dict_type") and error["loc"][0] == "patch":
        return say("write what it is now and what it is to be: {example}", example='{was: "…", set: "…"}')
    return HINTS.get(kind, NOTHING)


def json_schema(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a model, as editors load it, with a final newline."""
    schema = _without_titles(model.model_json_schema())
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _without_titles(value: Any) -> Any:
    """Return a schema without the titles that Pydantic makes of names: an editor shows them in place of the key."""
    if isinstance(value, dict):
        keys = {key: inner for key, inner in value.items() if key != "title" or isinstance(inner, dict)}
        return {key: _without_titles(inner) for key, inner in keys.items()}
    return [*map(_without_titles, value)] if isinstance(value, list) else value
