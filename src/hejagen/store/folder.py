"""The store: bytes by key, in the user's cache folder. Whoever asks gets what was put there, whole, or nothing.

A key says everything that its value was made from, so that a value is never stale. Several builds may use the store at
once. Where the folder cannot be written, nothing is kept, and nothing fails.
"""

import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import update_wrapper, wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, TypeVarTuple

from hejagen.store.key import code_version, digest

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Using = Callable[[Callable[[Any], bytes], Sequence[Any]], Iterable[bytes]]
"""Yields what a function returns for each item, in order."""
VARIABLE = "HEJAGEN_CACHE"
"""The environment variable with the store's folder; empty for no store at all."""
MAX_BYTES = 500_000_000
"""Bytes that the store may hold. When it has more, what has not been used for longest goes."""
GROWN = "grown"
"""The file with the number of bytes that were put since the entries were looked at."""
MAX_TOGETHER = 20_000_000
"""Bytes that the values of a function may have together: those of a few sites."""
CHECK = 16
"""Bytes of the checksum that an entry begins with."""


class Store:
    """A folder of entries, a file for each key. `folder` None = nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.fresh = False
        """Whether what is there is left unread, and made anew."""
        self.resident = False
        """Whether this process builds again and again, so that what was made last is worth its memory."""
        self._put = 0
        """Bytes that were put since `trim`."""

    def get(self, key: str) -> bytes | None:
        """Return the bytes under a key; None if there are none, or if they are damaged."""
        if self.folder is None or self.fresh:
            return None
        path = self._path(self.folder, key)
        try:
            data = path.read_bytes()
            os.utime(path)  # so that `trim` sees that it is used
        except OSError:
            return None
        return data[CHECK:] if data[:CHECK] == _sum(data[CHECK:]) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, whole or not at all."""
        if self.folder is None:
            return
        path = self._path(self.folder, key)
        with suppress(OSError):  # a full disk, or a folder of somebody else
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(_sum(data) + data)
                Path(name).replace(path)
                self._put += len(data)
            except BaseException:
                Path(name).unlink()
                raise

    def get_value(self, key: str) -> Any:
        """Return the value under a key, or None."""
        data = self.get(key)
        if data is None:
            return None
        try:
            return pickle.loads(data)
        except Exception:  # of another version of a library: it is made anew
            return None

    def put_value(self, key: str, value: Any) -> None:
        """Keep a value under a key."""
        if self.folder is not None:
            self.put(key, _packed(value))

    def trim(self) -> None:
        """Put what is kept together, and remove what has not been used for longest, until the store has at most
        MAX_BYTES. Nothing to do until a twentieth of that has been put since the entries were looked at last."""
        for texts in _TOGETHER:
            texts.save(self)
        if self.folder is None or not self._put:
            return
        with suppress(OSError, ValueError):  # the first time there is no such file
            self._put += int((self.folder / GROWN).read_text("ascii"))
        put, self._put = self._put, 0
        due = put > MAX_BYTES // 20
        with suppress(OSError):
            (self.folder / GROWN).write_text("0" if due else str(put), "ascii")
        if not due:
            return
        entries = []
        with suppress(OSError):
            for path in self.folder.glob("*/*"):
                with suppress(OSError):  # another build may have removed it
                    status = path.stat()
                    entries.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= MAX_BYTES:
                return
            with suppress(OSError):
                path.unlink()
            total -= size

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:2] / key[2:]


def _packed(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=CHECK).digest()


def cache_folder() -> Path | None:
    """Return the folder of the store: that of HEJAGEN_CACHE, or `hejagen` where the system keeps users' caches.

    Rules: XDG Base Directory Specification for Linux; ~/Library/Caches in macOS; %LOCALAPPDATA% in Windows.
    """
    if VARIABLE in os.environ:
        chosen = os.environ[VARIABLE]
        return Path(chosen).absolute() if chosen else None
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return Path(local, "hejagen", "cache") if local else None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "hejagen"
        named = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(named) if Path(named).is_absolute() else Path.home() / ".cache") / "hejagen"
    except RuntimeError:  # nobody knows where this user is at home
        return None


_STORES: dict[Path | None, Store] = {}


def store() -> Store:
    """Return the store of this process."""
    folder = cache_folder()
    if folder not in _STORES:
        _STORES[folder] = Store(folder)
    return _STORES[folder]


@contextmanager
def trimmed() -> Iterator[None]:
    """Keep the store within its size, whatever the block puts into it."""
    try:
        yield
    finally:
        store().trim()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Let the store remember what a pure function returns, by its arguments and the version of the program.

    Like `functools.lru_cache`, but it outlives the process. None is not remembered.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remember(*arguments: P.args, **named: P.kwargs) -> T:
        kept = store()
        if kept.folder is None:
            return function(*arguments, **named)
        key = digest((code_version(), name, arguments, named)).hex()
        value: T | None = kept.get_value(key)
        if value is None:
            value = function(*arguments, **named)
            kept.put_value(key, value)
        return value

    return remember


class Together(Generic[*Ts, T]):
    """A pure function, whose values the store remembers in one entry: for what every page is put through.

    An entry for each page would take longer to open than many a value to make. The entry is written when the store is
    trimmed, which every build ends with.
    """

    def __init__(self, function: Callable[[*Ts], T]) -> None:
        self._function = function
        self._values: dict[bytes, bytes] = {}
        """The values by the digest of what they were made from, those asked for last at the end."""
        self._read: tuple[Store, bool] | None = None
        self._grown = False
        update_wrapper(self, function)
        _TOGETHER.append(self)

    def __call__(self, *call: *Ts) -> T:
        """Return what the function returns for its arguments, which must have a digest."""
        (value,) = self.each([call])
        return value

    def each(self, calls: Iterable[tuple[*Ts]], using: Using = map) -> list[T]:
        """Return what the function returns for the arguments of each call. `using` does what is not remembered, as
        `map` does it; `in_order` of the cores shares it among them."""
        kept = store()
        if self._read != (kept, kept.fresh):
            values = kept.get_value(self._key())
            self._values = values if isinstance(values, dict) else {}
            self._read = kept, kept.fresh
        keyed = [(digest(call), call) for call in calls]
        missing = {key: call for key, call in keyed if key not in self._values}
        packed = using(lambda call: _packed(self._function(*call)), tuple(missing.values()))
        values = self._values if kept.folder else {}
        values |= dict(zip(missing, packed, strict=True))
        self._grown |= bool(missing)
        for key, _ in keyed:
            values[key] = values.pop(key)
        return [pickle.loads(values[key]) for key, _ in keyed]

    def save(self, kept: Store) -> None:
        """Put the values into the store, those that were asked for last, if there are new ones."""
        if not self._grown or self._read is None or self._read[0] is not kept:
            return
        self._grown = False
        length, newest = 0, []
        for key, value in reversed(list(self._values.items())):
            length += len(value)
            if length > MAX_TOGETHER:
                break
            newest.append((key, value))
        kept.put_value(self._key(), dict(reversed(newest)))

    def _key(self) -> str:
        return digest((code_version(), "together", f"{self._function.__module__}.{self._function.__qualname__}")).hex()


_TOGETHER: list[Together[*tuple[Any, ...], Any]] = []
