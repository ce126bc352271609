"""What a layer's folder holds, by name. It needs nothing else of the program, so that a command that has nothing to do
ends at once."""

import os
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("content", "layouts", "brand")
SETTINGS, RECORD = "site.yaml", "accessibility-check.json"
"""The files beside the folders: the settings, and what the last accessibility check found."""
LOCK = "upstream.lock.json"
"""The file beside the folders in which a layer has noted what lay below it."""


def is_layer(folder: Path) -> bool:
    """Tell whether a folder has a site.yaml, content/ or layouts/."""
    return any(os.path.lexists(folder / name) for name in (SETTINGS, *FOLDERS))


def files_read(folder: str) -> Iterator[str]:
    """Yield the path of every file that a build may read from a layer's folder, in an order that does not change.

    Files that editors leave behind are among them, and so are names that do not exist beside the folders: what begins
    to exist is a change too.
    """
    yield from (f"{folder}/{name}" for name in (SETTINGS, RECORD, LOCK))
    for top in FOLDERS:
        for at, folders, names in os.walk(f"{folder}/{top}"):
            yield from (f"{at}/{name}" for name in sorted([*folders, *names]))
            folders.sort()
