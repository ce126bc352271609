"""A layer's record of the layers below: what each of its files, patches and hidden ids had under it when somebody last
looked. `upstream.lock.json` holds hashes and short values, the folder `.upstream/` the texts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hejagen.layers.folder import LOCK
from hejagen.layers.stack import Layer, Layers
from hejagen.messages import say
from hejagen.problems import Location, Problem

KEPT = ".upstream"
FORM = 1
"""Version of the record's form."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What lay below when it was recorded: what the layer did with it, its hash, its title or value, and the file in
    `.upstream/` with its text, if it was text."""

    verb: str
    hash: str
    value: Any = None
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """All that a layer has noted. `upstream` is the version of the base then; `seen` are the keys of all content."""

    upstream: str = ""
    items: Mapping[str, Noted] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()


def read_lock(layers: Layers, layer: Layer) -> tuple[Lock | None, list[Problem]]:
    """Return a layer's record, None when it has none, and what is wrong with the file."""
    source = layers.beside(layer, LOCK)
    if source is None:
        return None, []
    text, problems = layers.text(source)
    if problems:
        return None, problems
    try:
        data = json.loads(text)
        if data["form"] != FORM:
            raise ValueError("it is of another version")
        items = {str(key): Noted(**noted) for key, noted in data["items"].items()}
        if not all(isinstance(text, str) for noted in items.values() for text in (noted.verb, noted.hash, noted.kept)):
            raise TypeError
        return Lock(str(data["upstream"]), items, frozenset(map(str, data["seen"]))), []
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        at = Location(source.shown, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        hint = say("take it back from your version control, or remove it and run hejagen upgrade accept --all")
        return None, [Problem(at, "no-lock", say("the record cannot be read: {name}", name=type(error).__name__), hint)]


def as_json(lock: Lock) -> str:
    """Return the text of the record's file: sorted, so that it differs only where something has changed."""
    items = {
        key: {name: value for name in Noted.__slots__ if (value := getattr(noted, name)) not in (None, "")}
        for key, noted in lock.items.items()
    }
    data = {"form": FORM, "upstream": lock.upstream, "items": items, "seen": sorted(lock.seen)}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def hash_of(data: Any, body: str = "") -> str:
    """Return the hash of parsed facts and a text. The order of keys and the ends of lines do not matter."""
    rows = [row.rstrip() for row in body.strip().splitlines()]
    facts = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return "sha256:" + hashlib.sha256("\n".join([facts, *rows]).encode()).hexdigest()[:32]
