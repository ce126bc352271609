"""Keys: a hash of a value, and of the program itself."""

import dataclasses
import enum
import os
import sys
import zlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
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
        self._fields: dict[type, tuple[str, ...]] = {}

    def of(self, value: Any) -> bytes:
        """Return the digest of a value. Raises TypeError for a value that has none."""
        parts: list[bytes] = []
        self._write(value, parts)
        return _hash(parts)

    def _write(self, value: Any, parts: list[bytes]) -> None:
        """Write a value so that no other value is written alike: each part says how long it is."""
        kind = type(value)
        if kind is str:
            _put(parts, b"s", value.encode("utf-8", "surrogatepass"))
        elif value is None or kind is int or kind is bool or kind is float:
            _put(parts, b"n", repr(value).encode())
        elif kind is bytes:
            _put(parts, b"b", value)
        elif kind is tuple or kind is list:
            parts.append(b"l%d:" % len(value))
            for part in value:
                self._write(part, parts)
        else:
            parts.append(self._of_object(value, kind))

    def _of_object(self, value: Any, kind: type) -> bytes:
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        parts: list[bytes] = []
        _put(parts, b"o", f"{kind.__module__}.{kind.__qualname__}".encode())
        self._write_object(value, kind, parts)
        digest = _hash(parts)
        self._known[id(value)] = value, digest  # kept alive, so that no other object gets its id
        return digest

    def _write_object(self, value: Any, kind: type, parts: list[bytes]) -> None:
        if hasattr(kind, "answer_digest"):
            self._write(value.answer_digest(), parts)
        elif isinstance(value, enum.Enum):
            self._write(value.name, parts)
        elif dataclasses.is_dataclass(value):
            for field in self._fields_of(kind):
                self._write(getattr(value, field), parts)
        elif hasattr(kind, "model_fields"):  # of Pydantic
            self._write_items(value.__dict__, parts)
        elif isinstance(value, Mapping):
            self._write_items(value, parts)
        elif isinstance(value, (set, frozenset)):
            parts.append(b"f%d:" % len(value))
            parts.extend(sorted(map(self.of, value)))
        elif isinstance(value, (str, bytes)):
            _put(parts, b"t", value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value)
        elif isinstance(value, (date, Path)):
            _put(parts, b"t", str(value).encode("utf-8", "surrogatepass"))
        elif isinstance(value, tuple):
            self._write(tuple(value), parts)
        elif isinstance(value, type) or callable(value):
            # Our own code, and the version of the program counts beside it.
            _put(parts, b"c", f"{value.__module__}.{value.__qualname__}".encode())
        else:
            raise TypeError(f"{kind} has no digest")

    def _write_items(self, items: Mapping[Any, Any], parts: list[bytes]) -> None:
        parts.append(b"m%d:" % len(items))
        for key, value in items.items():
            self._write(key, parts)
            self._write(value, parts)

    def _fields_of(self, kind: type) -> tuple[str, ...]:
        if kind not in self._fields:
            names = (entry.name for entry in dataclasses.fields(kind))
            self._fields[kind] = tuple(name for name in names if (kind, name) not in self._left_out)
        return self._fields[kind]


def digest(value: Any) -> bytes:
    """Return the digest of a value, see Digests."""
    return Digests().of(value)


def _put(parts: list[bytes], kind: bytes, data: bytes) -> None:
    parts.append(b"%b%d:" % (kind, len(data)))
    parts.append(data)


def _hash(parts: list[bytes]) -> bytes:
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


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
