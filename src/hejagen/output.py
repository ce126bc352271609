"""Files become a folder. All output is written to a new folder, which replaces the old one whole at the end."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hejagen.errors import HejagenError, WrongUsage, cannot
from hejagen.model.site import Origin

MARKER = ".hejagen"
"""Marks every folder that this program has written. A folder without it is never replaced."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its path from the root, its bytes, and the template it came from, if any."""

    path: str
    data: bytes
    origin: Origin | None = None


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot("write", error, str(target)) from None


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces `target` if the block succeeds; otherwise nothing changes.

    Raises WrongUsage when `target` holds what this program did not write, HejagenError when the system refuses.
    """
    with _writing(target):
        work = _begin(target)
    try:
        yield work
        with _writing(target):
            _swap(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def refuse_others(target: Path) -> None:
    """Raise WrongUsage when a folder to build into is a file or a link, or holds what this program did not make."""
    in_the_way = target.is_symlink() or (target.exists() and not target.is_dir())
    if in_the_way or (target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file()):
        raise WrongUsage(f"{target} holds files that hejagen did not make.", "Choose another folder with --out.")


def _begin(target: Path) -> Path:
    refuse_others(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-new-", dir=target.parent))
    work.chmod(0o755)
    (work / MARKER).write_text("This folder is made by hejagen and replaced at every build.\n", "utf-8")
    return work


def _sweep(target: Path) -> None:
    """Remove what killed builds left over an hour ago; restore a folder that was caught between two renames."""
    aside = target.parent / f".{target.name}-old"
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)
    for left in target.parent.glob(f".{target.name}-new-*"):
        with suppress(OSError):
            if left.stat().st_mtime < target.parent.stat().st_mtime - 3600:
                shutil.rmtree(left, ignore_errors=True)


def _swap(work: Path, target: Path) -> None:
    aside = target.parent / f".{target.name}-old"
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    work.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def put(folder: Path, path: str, data: bytes) -> None:
    """Write one file below a folder that somebody else owns, such as a layer: whole or not at all.

    Raises HejagenError for a path that leads out of the folder, also through a link, and when the system refuses to
    write.
    """
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise HejagenError(f"{path} leads out of {folder}: nothing was written there.")
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


def write(files: Iterable[File], folder: Path) -> int:
    """Write the files below a folder and return their number.

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
            target.write_bytes(file.data)
        count += 1
    return count
