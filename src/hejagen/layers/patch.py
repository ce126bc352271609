"""Patches: values in YAML changed by key, without copying the file. Every value keeps its place in a source file: a
changed one has the place of the patch, so that whatever is wrong with it is told there."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from hejagen.messages import say
from hejagen.model.node import Node, Path
from hejagen.model.settings import Change
from hejagen.problems import Location, Problem, did_you_mean

MAX_CHANGES = 500
"""Changes in one layer's patch. A layer with more should own the files."""


@dataclass(frozen=True, slots=True)
class Patched:
    """One change: its key such as `steps.2.minutes`, its place, what it says, what is below, and why it is not made."""

    key: str
    at: Location
    change: Change
    below: Any
    problem: Problem | None = None

    @property
    def fits(self) -> bool:
        """Does the patch meet the value that it was written for?"""
        missing = [entry for entry in self.change.remove if _index(self.below, entry) is None]
        return not missing and ("was" not in self.change.model_fields_set or self.change.was == self.below)

    @property
    def idle(self) -> bool:
        """Is what the patch wants there already, so that it changes nothing?"""
        if "set" in self.change.model_fields_set:
            return bool(self.change.set == self.below)
        added = all(_index(self.below, entry) is not None for entry in self.change.append)
        return added and all(_index(self.below, entry) is None for entry in self.change.remove)


def patch(root: Node, key: str, change: Change, order: Node) -> tuple[Node, Patched | Problem]:
    """Return the tree with a value changed, and the change with the value that it had; a problem when it leads nowhere.

    Keys count entries of a list from 1, or name their id. `order` is the node of the change in site.yaml. A change
    with a problem of its own is not made.
    """
    at = order.key
    path = _find(root, key)
    if path is None:
        return root, _nowhere(root, key, at)
    node = root.get(*path)
    patched = Patched(key, at, change, node.plain() if node else None)
    if problem := _fault(patched, path, order):
        return root, replace(patched, problem=problem)
    if "set" in change.model_fields_set:
        if change.set is None and isinstance(path[-1], str):
            return root.without(path, at), patched
        return root.put(path, replace(order.children["set"], key=at)), patched
    return root.put(path, _listed(node, change, order)), patched


def _find(root: Node, key: str) -> Path | None:
    """The path that a key means. The last part may be a new key."""
    path: list[str | int] = []
    node: Node | None = root
    parts = key.split(".")
    for number, part in enumerate(parts, 1):
        step: str | int | None = None
        if node and isinstance(node.value, dict):
            step = part if part in node.value or number == len(parts) else None
        elif node:
            step = _place(node, part)
        if node is None or step is None:
            return None
        path.append(step)
        node = node.get(step)
    return tuple(path)


def _place(node: Node, part: str) -> int | None:
    if re.fullmatch("[0-9]{1,6}", part):
        return int(part) - 1 if 0 < int(part) <= len(node.entries) else None
    return _index(node.plain(), part)


def _index(entries: Any, wanted: Any) -> int | None:
    """Where in a list an entry stands: the entry itself, or the one with that id."""
    listed = entries if isinstance(entries, list) else []
    ids = [entry.get("id") if isinstance(entry, dict) else entry for entry in listed]
    return next((number for number, name in enumerate(ids) if wanted in (name, listed[number])), None)


def _nowhere(root: Node, key: str, at: Location) -> Problem:
    message = say('the patch leads nowhere: there is no "{key}"', key=key)
    return Problem(at, "patch-target", message, did_you_mean(key.split(".")[0], list(root.children), say("keys there")))


def _fault(patched: Patched, path: Path, order: Node) -> Problem | None:
    change, told = patched.change, patched.change.model_fields_set
    lists = bool(told & {"append", "remove"})
    if path == ("id",):
        return Problem(
            patched.at, "patch-form", say("the id cannot be patched"), say("make a file of your own with another id")
        )
    if ("set" in told) == lists:
        hint = say("write was and set, or append, or remove")
        return Problem(patched.at, "patch-form", say("the patch does not say one thing to do"), hint)
    if lists and not isinstance(patched.below, list | None):
        return Problem(
            patched.at, "patch-form", say("{below} is not a list", below=shown(patched.below)), say("write was and set")
        )
    if "set" in told and "was" not in told:
        return Problem(
            patched.at, "patch-form", say('"was" is missing'), say("write was: {below}", below=shown(patched.below))
        )
    if "was" in told and change.was is None and patched.below is not None:
        hint = say("write was: {below}", below=shown(patched.below))
        return Problem(order.place("was"), "patch-form", say('"was" is empty'), hint)
    if "was" in told and change.was != patched.below:
        message = say(
            "the patch expects {was}, but here is now {below}", was=shown(change.was), below=shown(patched.below)
        )
        hint = say("look at what has changed; if the patch still holds, write was: {below}", below=shown(patched.below))
        return Problem(order.place("was"), "patch-was", message, hint)
    if not patched.fits:
        gone = ", ".join(shown(entry) for entry in change.remove if _index(patched.below, entry) is None)
        message = say("{gone} is to be removed, but the list is now {below}", gone=gone, below=shown(patched.below))
        return Problem(patched.at, "patch-was", message, say("take it out of remove"))
    return None


def shown(value: Any) -> str:
    """Return a value as it can be written in YAML, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"


def _listed(node: Node | None, change: Change, order: Node) -> Node:
    """The list of a node without what a change removes, and with what it appends."""
    entries = node.entries if node else ()
    below = [entry.plain() for entry in entries]
    removed = {_index(below, entry) for entry in change.remove}
    rest = (entry for number, entry in enumerate(entries) if number not in removed)
    appended = order.get("append")
    return Node((*rest, *(appended.entries if appended else ())), order.key, node.key if node else order.key)
