"""One reader's file of counts, read as strictly as a stranger's. docs/reference/counts.md describes it."""

import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hejagen.errors import HejagenError
from hejagen.messages import say

FORMAT, VERSION = "heja-counts", 1
MAX_BYTES = 200_000
"""A file with all exercises, every week of ten years and three rounds of the self-check has about 60 kB."""
MAX_DEPTH = 6
"""A file has four levels."""
MAX_COUNT = 10_000
MAX_PLACE = 9
FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
"""How files are opened: without waiting for a pipe's other end, and without following a link."""
ROUNDS = ("before", "after", "later")
SLUG, KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
MAX_NAME = 60
WEEK = re.compile(r"20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])")
TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,60}")


class Refused(HejagenError):
    """A file is not counted. The message says why, in a clause that fits behind the name of the file."""


@dataclass(frozen=True, slots=True)
class Practice:
    """How many times something was done, and how many times the reader came back to it."""

    done: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What one reader has handed in. Answers are places on the item's scale, or None for no occasion."""

    site: str
    exercises: Mapping[str, Practice]
    weeks: Mapping[str, Practice]
    instrument: str = ""
    version: str = ""
    answers: Mapping[str, Mapping[str, int | None]] | None = None
    """By round, then by item."""


def read_file(file: Path) -> bytes:
    """Return the bytes of a regular file of at most `MAX_BYTES`.

    Raises Refused for links, pipes, devices and folders.
    """
    try:
        # A link may lead anywhere, and reading a pipe may never end.
        if file.is_symlink():
            raise Refused(say("it is a link; name the file itself"))
        handle = os.open(file, FLAGS)
        with os.fdopen(handle, "rb") as opened:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Refused(say("it is no file, but a pipe, a device or the like"))
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(say("it cannot be read: {value}", value=error.strerror or error)) from None
    except ValueError:
        raise Refused(say("its name cannot be the name of a file")) from None
    if len(data) > MAX_BYTES:
        raise Refused(say("it is larger than {most} kB", most=MAX_BYTES // 1000))
    return data


def parse(data: bytes, site: str = "") -> Counts:
    """Return the counts in a file's bytes. Raises Refused for everything that a page of the site does not write.

    With a `site`, only its files are accepted.
    """
    root = _mapping(_json(data), "the file")
    if root.get("format") != FORMAT:
        raise Refused(say('it is no file of counts: "format" is not "{format}"', format=FORMAT))
    if type(root.get("version")) is not int or root["version"] != VERSION:
        raise Refused(say('its "version" is not {version}; make it anew with the site as it is now', version=VERSION))
    _only(root, {"format", "version", "site", "made", "exercises", "weeks"}, {"check"}, "the file")
    own = _name(root["site"], SLUG, '"site"')
    if site and own != site:
        raise Refused(say('it comes from the site "{own}", not from "{site}"', own=own, site=site))
    _name(root["made"], WEEK, '"made"')
    exercises = _practices(root["exercises"], SLUG, '"exercises"')
    weeks = _practices(root["weeks"], WEEK, '"weeks"')
    if "check" not in root:
        return Counts(own, exercises, weeks)
    check = _mapping(root["check"], '"check"')
    _only(check, {"instrument", "version", "rounds"}, set(), '"check"')
    rounds = _mapping(check["rounds"], '"rounds"')
    _only(rounds, set(), set(ROUNDS), '"rounds"')
    answers = {name: _answers(rounds[name], f'"{name}"') for name in ROUNDS if name in rounds}
    instrument = _name(check["instrument"], SLUG, '"instrument"')
    return Counts(own, exercises, weeks, instrument, _name(check["version"], TEXT, '"version" of "check"'), answers)


def _json(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(say("it is not UTF-8 text")) from None
    if _depth(text) > MAX_DEPTH:
        raise Refused(say("it is nested deeper than a file of counts"))
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_no_number, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        raise Refused(
            say("it is no JSON: line {lineno}, column {colno}", lineno=error.lineno, colno=error.colno)
        ) from None


def _depth(text: str) -> int:
    """Return how deep brackets are nested, without parsing: a parser of nested lists may run out of stack."""
    depth = most = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign, 0)
        most = max(most, depth)
    return most


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Refused(say("a key is written twice"))
    return values


def _no_number(text: str) -> Any:
    raise Refused(say("{text} is no count: counts are whole numbers", text=text[:20]))


def _integer(text: str) -> int:
    if len(text) > 6:
        raise Refused(
            say("a number has {count} digits; the largest count is {max_count}", count=len(text), max_count=MAX_COUNT)
        )
    return int(text)


def _mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(say("{what} is no object with keys and values", what=what))
    return value


def _only(mapping: dict[str, Any], required: set[str], optional: set[str], what: str) -> None:
    if missing := sorted(required - mapping.keys()):
        raise Refused(say('{what} lacks "{missing}"', what=what, missing=missing[0]))
    if strange := sorted(mapping.keys() - required - optional):
        raise Refused(
            say(
                "{what} has the key {dumps}, which files of counts do not have",
                what=what,
                dumps=json.dumps(strange[0][:40]),
            )
        )


def _name(value: Any, pattern: re.Pattern[str], what: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_NAME or not pattern.fullmatch(value):
        raise Refused(say("{what} has a value that it cannot have", what=what))
    return value


def _count(value: Any, most: int, what: str) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise Refused(say("{what} has a value that is not from 0 to {most}", what=what, most=most))
    return value


def _practices(value: Any, pattern: re.Pattern[str], what: str) -> dict[str, Practice]:
    rows = {}
    for name, row in _mapping(value, what).items():
        _name(name, pattern, what)
        _only(_mapping(row, what), {"done", "returned"}, set(), what)
        rows[name] = Practice(_count(row["done"], MAX_COUNT, what), _count(row["returned"], MAX_COUNT, what))
    return rows


def _answers(value: Any, what: str) -> dict[str, int | None]:
    rows = {}
    for item, place in _mapping(value, what).items():
        rows[_name(item, KEY, what)] = None if place is None else _count(place, MAX_PLACE, what)
    return rows
