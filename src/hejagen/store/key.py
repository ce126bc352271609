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

    def of(self, value: Any) -> bytes:
        """Return the digest of a value. Raises TypeError for a value that has none."""
        kind = type(value)
        if kind is str:
            return _hash(b"s", value.encode("utf-8", "surrogatepass"))
        if value is None or kind in (int, bool, float):
            return _hash(b"n", repr(value).encode())
        if kind is bytes:
            return _hash(b"b", value)
        if kind in (tuple, list):
            return _hash(b"l", *map(self.of, value))
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        digest = self._of_object(value, kind)
        self._known[id(value)] = value, digest  # kept alive, so that no other object gets its id
        return digest

    def _of_object(self, value: Any, kind: type) -> bytes:
        name = f"{kind.__module__}.{kind.__qualname__}".encode()
        if hasattr(kind, "answer_digest"):
            return _hash(name, self.of(value.answer_digest()))
        if isinstance(value, enum.Enum):
            return _hash(name, value.name.encode())
        if dataclasses.is_dataclass(value):
            fields = (entry.name for entry in dataclasses.fields(value) if (kind, entry.name) not in self._left_out)
            return _hash(name, *(self.of(getattr(value, field)) for field in fields))
        if hasattr(kind, "model_fields"):  # of Pydantic
            return _hash(name, *(self.of(part) for item in value.__dict__.items() for part in item))
        if isinstance(value, Mapping):
            return _hash(b"m", *(self.of(part) for item in value.items() for part in item))
        if isinstance(value, (set, frozenset)):
            return _hash(b"f", *sorted(map(self.of, value)))
        if isinstance(value, (str, bytes)):
            return _hash(name, value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value)
        if isinstance(value, (date, Path)):
            return _hash(name, str(value).encode("utf-8", "surrogatepass"))
        if isinstance(value, tuple):
            return _hash(name, *map(self.of, value))
        if isinstance(value, type) or callable(value):
            # Our own code, and the version of the program counts beside it.
            return _hash(b"c", f"{value.__module__}.{value.__qualname__}".encode())
        raise TypeError(f"{kind} has no digest")


def digest(value: Any) -> bytes:
    """Return the digest of a value, see Digests."""
    return Digests().of(value)


def _hash(kind: bytes, *parts: bytes) -> bytes:
    made = blake2b(kind, digest_size=SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()


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
