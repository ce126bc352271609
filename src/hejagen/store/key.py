"""Keys: a hash of a value, and of the program itself."""

import dataclasses
import enum
import os
import sys
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from operator import attrgetter, methodcaller
from pathlib import Path
from typing import Any

SIZE = 20
"""Bytes of a key."""
SOURCE = Path(__file__).parents[1]
"""The folder of the program."""


class Digests:
    """Digests of values, each made once: what is shared by many values is looked into one time.

    A value is made of numbers, texts, bytes, days, tuples, lists, sets, mappings, and objects of dataclasses and
    models. Objects count by their class and their fields. An object that has a method `answer_digest` says itself what
    counts, and `left_out` names fields of classes that do not. Other values raise TypeError: a key that leaves out what
    it does not know would be a lie.
    """

    def __init__(self, left_out: frozenset[tuple[type, str]] = frozenset()) -> None:
        self._left_out = left_out
        self._known: dict[int, tuple[Any, bytes]] = {}
        self._asked: dict[int, tuple[Any, bytes]] = {}

    def forget(self) -> None:
        """Forget the digests of what has not been asked for since this was called last."""
        self._known, self._asked = self._asked, {}

    def of(self, value: Any) -> bytes:
        """Return the digest of a value. Raises TypeError for a value that has none."""
        parts: list[bytes] = []
        self._write(value, parts)
        return _hash(parts)

    def _write(self, value: Any, parts: list[bytes]) -> None:
        """Write a value so that no other value is written alike: each part says how long it is."""
        kind = type(value)
        if kind is str:
            data = value.encode("utf-8", "surrogatepass")
            parts.append(b"s%d:" % len(data))
            parts.append(data)
        elif value is None or kind is int or kind is bool or kind is float:
            parts.append(b"n%r;" % value)
        elif kind is bytes:
            parts.append(b"b%d:" % len(value))
            parts.append(value)
        elif kind is tuple or kind is list:
            parts.append(b"l%d:" % len(value))
            for part in value:
                self._write(part, parts)
        else:
            parts.append(self._of_object(value, kind))

    def _of_object(self, value: Any, kind: type) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            digest = self.of((f"{kind.__module__}.{kind.__qualname__}", _way(kind, self._left_out)(value)))
            known = self._known[id(value)] = value, digest  # kept alive, so that no other object gets its id
        self._asked[id(value)] = known
        return known[1]


def digest(value: Any) -> bytes:
    """Return the digest of a value, see Digests."""
    return Digests().of(value)


def _hash(parts: list[bytes]) -> bytes:
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


@cache
def _way(kind: type, left_out: frozenset[tuple[type, str]]) -> Callable[[Any], Any]:
    """Return what tells what counts of the objects of a class: a simpler value. Raises TypeError when nobody knows."""
    if hasattr(kind, "answer_digest"):
        return methodcaller("answer_digest")
    if issubclass(kind, enum.Enum):
        return attrgetter("name")
    if dataclasses.is_dataclass(kind):
        names = [entry.name for entry in dataclasses.fields(kind) if (kind, entry.name) not in left_out]
        return lambda value: [getattr(value, name) for name in names]
    if hasattr(kind, "model_fields"):  # of Pydantic
        return lambda value: list(value.__dict__.items())
    if issubclass(kind, Mapping):
        return lambda value: list(value.items())
    if issubclass(kind, (set, frozenset)):
        return lambda value: sorted(map(Digests(left_out).of, value))
    if issubclass(kind, bytes):
        return bytes
    if issubclass(kind, (str, date, Path)):
        return str
    if issubclass(kind, tuple):
        return tuple
    if issubclass(kind, (type, Callable)):  # type: ignore[arg-type]
        # Our own code, and the version of the program counts beside it.
        return lambda value: f"{value.__module__}.{value.__qualname__}"
    raise TypeError(f"{kind} has no digest")


@cache
def code_version() -> str:
    """Return a hash of the program: every file of it, the names of the installed packages with their versions, and
    Python."""
    made = blake2b(digest_size=SIZE)
    for part in (sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION, *_packages()):
        made.update(part.encode() + b"\0")
    for path in _files(str(SOURCE)):
        made.update(path.encode("utf-8", "surrogateescape") + b"\0")
        made.update(blake2b(Path(path).read_bytes(), digest_size=SIZE).digest())
    return made.hexdigest()


def _packages() -> list[str]:
    names: set[str] = set()
    for entry in map(Path, sys.path):
        names.update(path.name for path in entry.glob("*.dist-info"))
    return sorted(names)


def _files(folder: str) -> list[str]:
    return sorted(
        f"{at}/{name}" for at, folders, names in os.walk(folder) for name in names if not at.endswith("__pycache__")
    )
