"""Files become a folder. All output is written to a new folder, which replaces the old one whole at the end."""

import ctypes
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import IO, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from hejagen.errors import HejagenError, WrongUsage, cannot
from hejagen.messages import say
from hejagen.model.site import Origin

P = ParamSpec("P")
T = TypeVar("T")
MARKER = ".hejagen"
"""Marks every folder that this program has written, and names the site. A folder without it is never replaced."""
PATIENCE = 30.0
"""Seconds to wait for another build into the same folder."""
AT_FDCWD, EXCHANGE = -100, 2
"""Linux: paths are relative to the current folder; and, as on macOS, exchange two names."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class File:
    """A file of the site: its path from the root, its bytes, and the template it came from, if any."""

    path: str
    data: bytes
    origin: Origin | None = None

    def __hash__(self) -> int:
        return hash(self.path)


def per_file(function: Callable[Concatenate[File, P], T]) -> Callable[Concatenate[File, P], T]:
    """Let what a pure function made of a file last, with whatever else it got, stay as long as the file does.

    In a preview most files of a build are those of the build before. The function must not return the file itself,
    which would then stay for ever.
    """
    known: WeakKeyDictionary[File, tuple[tuple[Any, ...], T]] = WeakKeyDictionary()

    @wraps(function)
    def made(file: File, /, *more: P.args, **named: P.kwargs) -> T:
        last = known.get(file)
        if last is None or last[0] != (more, named):
            last = known[file] = (more, named), function(file, *more, **named)
        return last[1]

    return made


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot("write", error, str(target)) from None


@contextmanager
def new_folder(target: Path, site: str) -> Iterator[Path]:
    """Yield an empty folder that replaces `target` if the block succeeds; otherwise nothing changes.

    `site` is the id of the site that is built. What the old folder holds of the same site and the block does not write,
    such as another edition, is carried over. Waits for another build into the same folder.

    Raises WrongUsage when `target` holds what this program did not write, HejagenError when the system refuses or
    another build goes on.
    """
    refuse_others(target)
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _one_build_at_a_time(target):
        with _writing(target):
            _sweep(target)
            work = Path(tempfile.mkdtemp(prefix=f".{target.name}-new-", dir=target.parent))
            work.chmod(0o755)
            text = f"This folder is made by hejagen and replaced at every build.\nsite: {site}\n"
            (work / MARKER).write_text(text, "utf-8")
        try:
            yield work
            with _writing(target):
                _carry_over(target, work)
                _swap(work, target)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def refuse_others(target: Path) -> None:
    """Raise WrongUsage when a folder to build into is a file or a link, or holds what this program did not write."""
    in_the_way = target.is_symlink() or (target.exists() and not target.is_dir())
    if in_the_way or (target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file()):
        hint = say(
            "Choose another folder with --out. Is it an old build that has lost its file {marker}? Then remove it.",
            marker=MARKER,
        )
        raise WrongUsage(say("{target} holds files that hejagen did not make.", target=target), hint)


@contextmanager
def _one_build_at_a_time(target: Path) -> Iterator[None]:
    """Hold a lock beside a folder. The system frees it when this process ends, however it ends."""
    path = target.parent / f".{target.name}-lock"
    deadline = time.monotonic() + PATIENCE
    with _writing(path):
        file = _opened_alone(path)
        while file is None:
            if time.monotonic() > deadline:
                holder = path.read_text("utf-8") if path.exists() else ""
                message = say(
                    "Another build (process {number}) is writing {target}.",
                    number=holder[:20] or "unknown",
                    target=target,
                )
                raise HejagenError(message, say("Wait until it has ended, and run the same command again."))
            time.sleep(0.1)
            file = _opened_alone(path)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows does not remove a file that is open
            path.unlink()
        file.close()


def _opened_alone(path: Path) -> IO[str] | None:
    """Return a lock's file, locked and with our process number in it, or None while somebody else has it."""
    file = path.open("a+", encoding="utf-8")
    # Whoever had the lock may have removed its file between our opening and our locking it.
    if _locked(file) and path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return file
    file.close()
    return None


def _locked(file: IO[str]) -> bool:
    """Lock an open file if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sweep(target: Path) -> None:
    """Remove what killed builds have left, and restore a folder that was caught between two renames.

    Nobody else is building into `target`: the lock says so.
    """
    aside = target.parent / f".{target.name}-old"
    if aside.is_dir() and not target.exists():
        aside.rename(target)
    for left in (aside, *target.parent.glob(f".{target.name}-new-*")):
        shutil.rmtree(left, ignore_errors=True)


def _carry_over(target: Path, work: Path) -> None:
    """Link what the old folder holds of the same site into the new one, unless it has been written anew."""
    try:
        same = (target / MARKER).read_bytes() == (work / MARKER).read_bytes()
    except OSError:
        same = False  # there is no old folder
    for entry in target.iterdir() if same else ():
        if not (work / entry.name).exists():
            if entry.is_dir():
                shutil.copytree(entry, work / entry.name, copy_function=_link)
            else:
                _link(str(entry), str(work / entry.name))


def _link(source: str, copy: str) -> None:
    try:
        os.link(source, copy)
    except OSError:  # not every file system has hard links
        shutil.copy2(source, copy)


def _swap(work: Path, target: Path) -> None:
    if target.exists() and _exchanged(work, target):
        return  # the old folder is now in the place of the new one, which the caller removes
    aside = target.parent / f".{target.name}-old"
    if target.exists():
        target.rename(aside)
    work.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _exchanged(first: Path, second: Path) -> bool:
    """Exchange two folders in one step, and return whether the system can do that.

    Linux: renameat2(2) with RENAME_EXCHANGE. macOS: renamex_np(2) with RENAME_SWAP.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return bool(library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*names, EXCHANGE) == 0)
    return False


def put(folder: Path, path: str, data: bytes) -> None:
    """Write one file below a folder that somebody else owns, such as a layer: whole or not at all.

    Raises HejagenError for a path that leads out of the folder, also through a link, and when the system refuses to
    write.
    """
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise HejagenError(say("{path} leads out of {folder}: nothing was written there.", path=path, folder=folder))
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            os.close(number)
            Path(name).write_bytes(data)
            Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)


def write(files: Iterable[File], folder: Path, before: Path) -> int:
    """Write the files below a folder and return their number.

    A file that is in `before` as it should be, the same folder of the last build, is linked: it keeps its time, so that
    programs which copy a site to a server see what has changed.

    Raises ValueError for a path that leads out of the folder, HejagenError when the system refuses.
    """
    folders: set[Path] = set()
    count = 0
    for file in files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{file.path} leads out of the site's folder")
        target = folder / path
        with _writing(target):
            if target.parent not in folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                folders.add(target.parent)
            if not _linked(before / path, target, file.data):
                target.unlink(missing_ok=True)  # it may be a link
                target.write_bytes(file.data)
        count += 1
    return count


def _linked(old: Path, target: Path, data: bytes) -> bool:
    """Link a file of the last build if it holds these bytes, and return whether it does."""
    try:
        status = old.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(data) or old.read_bytes() != data:
            return False
        os.link(old, target)
    except OSError:  # there is none, or the file system has no hard links
        return False
    return True
