"""The last result of a command: whether all that it read and wrote is as it was.

Files are the same when size, time of change and inode are; a file that differs in those, or that had been changed just
before it was read, is the same when its bytes are.
"""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from hejagen.store.folder import store
from hejagen.store.key import SIZE, code_version, digest

JUST_NOW = 2_000_000_000
"""Nanoseconds. A file that was changed so shortly before it was read may have been changed once more in the same tick
of the file system's clock (FAT counts in two seconds)."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the system says of a file, all zeros when there is none, and the digest of its bytes.

    `sure` = the status alone tells whether it has changed.
    """

    mode: int
    size: int
    changed: int
    inode: int
    digest: bytes
    sure: bool

    def same(self, path: str) -> bool:
        """Tell whether a file is as it was."""
        status = _status(path)
        if status is None:
            return self.mode == 0
        if (status.st_mode, status.st_size) != (self.mode, self.size):
            return False
        if self.sure and (status.st_mtime_ns, status.st_ino) == (self.changed, self.inode):
            return True
        return _digest(path, status) == self.digest


Files = Mapping[str, Status]
"""Files by path."""


@dataclass(frozen=True, slots=True)
class _Last:
    roots: tuple[str, ...]
    sources: Files
    outputs: tuple[str, ...]
    written: Mapping[str, tuple[int, int]]
    """Size and time of change of each file that was written."""
    result: Any


Walk = Callable[[str], Iterable[str]]
"""Returns the paths of all files in a folder that a command may read."""


def last_result(request: tuple[Any, ...], walk: Walk) -> Any:
    """Return the last result of a request, or None when something that it read or wrote has changed.

    `request` says all that a result depends on besides files.
    """
    last = store().get_value(_key(request))
    if not isinstance(last, _Last):
        return None
    paths = [path for root in last.roots for path in walk(root)]
    if paths != list(last.sources) or not all(status.same(path) for path, status in last.sources.items()):
        return None
    return last.result if _written(last.outputs) == last.written else None


def sources_of(roots: Iterable[str], walk: Walk) -> tuple[tuple[str, ...], Files]:
    """Return the roots, and the status of every file in them. Ask before the files are read."""
    roots = tuple(roots)
    latest = _now() - JUST_NOW
    return roots, {path: _status_of(path, latest) for root in roots for path in walk(root)}


def keep_result(
    request: tuple[Any, ...], sources: tuple[tuple[str, ...], Files], outputs: Iterable[Path], result: Any
) -> None:
    """Keep the result of a request, with the files that it was made from, and all in the folders that it wrote."""
    paths = tuple(map(str, outputs))
    store().put_value(_key(request), _Last(*sources, paths, _written(paths), result))


def _key(request: tuple[Any, ...]) -> str:
    return digest(("last", code_version(), request)).hex()


def _written(outputs: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    written: dict[str, tuple[int, int]] = {}
    for output in outputs:
        folders = [output]
        while folders:
            path = folders.pop()
            status = _status(path)
            if status is None:
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.extend(entry.path for entry in os.scandir(path))
            else:
                written[path] = status.st_size, status.st_mtime_ns
    return written


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - a Path costs as much as the question
    except (OSError, ValueError):
        return None


def _status_of(path: str, latest: int) -> Status:
    status = _status(path)
    if status is None:
        return Status(0, 0, 0, 0, b"", False)
    digest = _digest(path, status)
    return Status(
        status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino, digest, status.st_mtime_ns < latest
    )


def _digest(path: str, status: os.stat_result) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        return b""
    try:
        return blake2b(Path(path).read_bytes(), digest_size=SIZE).digest()
    except OSError:
        return b""


def _now() -> int:
    """Return what the clock of the file system shows, by the time of a file that is written now."""
    key = digest(("now", os.getpid())).hex()
    store().put(key, b"")
    folder = store().folder
    status = _status(str(folder / key[:2] / key[2:])) if folder else None
    if folder:
        (folder / key[:2] / key[2:]).unlink(missing_ok=True)
    return status.st_mtime_ns if status else 0
