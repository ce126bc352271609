"""Patches: values in YAML changed by key, without copying the file. Every value keeps its place in a source file: a
changed one has the place of the patch, so that whatever is wrong with it is told there."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hejagen.model.settings import Change
from hejagen.problems import Location, Problem, did_you_mean
from hejagen.reading.yaml_reader import Path, Reading

MAX_CHANGES = 500
"""Changes in one layer's patch. A layer with more should own the files."""


@dataclass(frozen=True, slots=True)
class Patched:
    """One change: its key such as `steps.2.minutes`, its place, what it says and what it found below."""

    key: str
    at: Location
    change: Change
    found: Any

    @property
    def fits(self) -> bool:
        """Does the patch meet the value that it was written for?"""
        missing = [entry for entry in self.change.remove if _index(self.found, entry) is None]
        return not missing and ("was" not in self.change.model_fields_set or self.change.was == self.found)

    @property
    def idle(self) -> bool:
        """Is what the patch wants there already, so that it changes nothing?"""
        if "set" in self.change.model_fields_set:
            return bool(self.change.set == self.found)
        added = all(_index(self.found, entry) is not None for entry in self.change.append)
        return added and all(_index(self.found, entry) is None for entry in self.change.remove)


def patch(
    reading: Reading, changes: Mapping[str, Change], orders: Reading, place: Path
) -> tuple[Reading, list[Patched], list[Problem]]:
    """Return a new reading with the changes made, the changes with what each found, and the problems.

    `orders` is the reading that the changes stand in, at the path `place`. Keys count entries of a list from 1, or name
    their id. A change with a problem is not made.
    """
    new = Reading(deepcopy(reading.data), dict(reading.marks), dict(reading.keys))
    done: list[Patched] = []
    problems: list[Problem] = []
    for key, change in changes.items():
        at = orders.keys[(*place, key)]
        path = _find(new.data, key)
        if path is None:
            problems.append(_nowhere(new.data, key, at))
            continue
        made = Patched(key, at, change, _get(new.data, path))
        done.append(made)
        if fault := _fault(made, path, orders.marks.get((*place, key, "was"), at)):
            problems.append(fault)
        else:
            _make(new, path, change, orders, (*place, key))
    return new, done, problems


def _find(data: Any, key: str) -> Path | None:
    path: list[str | int] = []
    parts = key.split(".")
    for number, part in enumerate(parts, 1):
        if isinstance(data, dict) and (part in data or number == len(parts)):
            path.append(part)
            data = data.get(part)
        elif isinstance(data, list) and (index := _place(data, part)) is not None:
            path.append(index)
            data = data[index]
        else:
            return None
    return tuple(path)


def _place(entries: list[Any], part: str) -> int | None:
    if re.fullmatch("[0-9]{1,6}", part):
        return int(part) - 1 if 0 < int(part) <= len(entries) else None
    return _index(entries, part)


def _index(entries: Any, wanted: Any) -> int | None:
    """Where in a list an entry stands: the entry itself, or the one with that id."""
    found = entries if isinstance(entries, list) else []
    ids = [entry.get("id") if isinstance(entry, dict) else entry for entry in found]
    return next((number for number, name in enumerate(ids) if wanted in (name, found[number])), None)


def _get(data: Any, path: Path) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else data[part]
    return data


def _nowhere(data: Any, key: str, at: Location) -> Problem:
    keys = [str(name) for name in data] if isinstance(data, dict) else []
    message = f'the patch leads nowhere: there is no "{key}"'
    return Problem(at, "patch-target", message, did_you_mean(key.split(".")[0], keys, "keys there"))


def _fault(made: Patched, path: Path, at: Location) -> Problem | None:
    change, told = made.change, made.change.model_fields_set
    lists = bool(told & {"append", "remove"})
    if path == ("id",):
        return Problem(made.at, "patch-form", "the id cannot be patched", "make a file of your own with another id")
    if ("set" in told) == lists:
        hint = "write was and set, or append, or remove"
        return Problem(made.at, "patch-form", "the patch does not say one thing to do", hint)
    if lists and not isinstance(made.found, list | None):
        return Problem(made.at, "patch-form", f"{shown(made.found)} is not a list", "write was and set")
    if "set" in told and "was" not in told:
        return Problem(made.at, "patch-form", '"was" is missing', f"write was: {shown(made.found)}")
    if "was" in told and change.was != made.found:
        message = f"the patch expects {shown(change.was)}, but here is now {shown(made.found)}"
        hint = f"look at what has changed; if the patch still holds, write was: {shown(made.found)}"
        return Problem(at, "patch-was", message, hint)
    if not made.fits:
        gone = ", ".join(shown(entry) for entry in change.remove if _index(made.found, entry) is None)
        message = f"{gone} is to be removed, but the list is now {shown(made.found)}"
        return Problem(made.at, "patch-was", message, "take it out of remove")
    return None


def shown(value: Any) -> str:
    """Return a value as it can be written in YAML, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"


def _make(new: Reading, path: Path, change: Change, orders: Reading, place: Path) -> None:
    if "set" in change.model_fields_set:
        _drop(new, path)
        if change.set is None and isinstance(path[-1], str):
            _get(new.data, path[:-1]).pop(path[-1], None)
            new.marks[path] = orders.keys[place]
        else:
            _get(new.data, path[:-1])[path[-1]] = change.set
            _graft(new, path, orders, (*place, "set"))
            new.keys[path] = orders.keys[place]
        return
    old = _get(new.data, path) or []
    gone = {_index(old, entry) for entry in change.remove}
    kept = [number for number in range(len(old)) if number not in gone]
    _get(new.data, path[:-1])[path[-1]] = [old[number] for number in kept] + list(change.append)
    _renumber(new, path, {number: position for position, number in enumerate(kept)})
    for number in range(len(change.append)):
        _graft(new, (*path, len(kept) + number), orders, (*place, "append", number))
    new.marks[path] = orders.keys[place]


def _drop(new: Reading, path: Path) -> None:
    for table in (new.marks, new.keys):
        for other in [other for other in table if other[: len(path)] == path]:
            del table[other]


def _graft(new: Reading, path: Path, orders: Reading, place: Path) -> None:
    """Give the values at a path the places that they have in the patch."""
    for table, source in ((new.marks, orders.marks), (new.keys, orders.keys)):
        for other, at in source.items():
            if other[: len(place)] == place:
                table[(*path, *other[len(place) :])] = at


def _renumber(new: Reading, path: Path, numbers: Mapping[int, int]) -> None:
    depth = len(path)
    for table in (new.marks, new.keys):
        inside = {other: table.pop(other) for other in list(table) if len(other) > depth and other[:depth] == path}
        for other, at in inside.items():
            if isinstance(number := other[depth], int) and number in numbers:
                table[(*path, numbers[number], *other[depth + 1 :])] = at
