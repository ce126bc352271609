"""Two texts that have gone different ways from a third: their differences, and what `git merge-file` makes of them."""

import difflib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20
"""The longest that git may work on one text; it needs a hundredth of a second."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A proposal. `conflicts` is their number; each stands in the text between marks, with the old text in between."""

    text: str
    conflicts: int


def three_way(mine: str, old: str, new: str, labels: tuple[str, str, str]) -> Merge | None:
    """Return the merge of what has changed from `old` to `mine` and from `old` to `new`, or None where git is missing.

    `labels` name the three texts at a conflict.
    """
    git = shutil.which("git")
    if git is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("mine", mine), ("old", old), ("new", new)):
            Path(folder, name).write_text(text, "utf-8", newline="\n")
        names = [part for label in labels for part in ("-L", label)]
        command = [git, "merge-file", "-p", "--diff3", *names, "mine", "old", "new"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
    # git returns the number of conflicts, at most 127; above that it has failed.
    return Merge(done.stdout.decode("utf-8"), done.returncode) if 0 <= done.returncode <= 127 else None


def difference(old: str, new: str, old_name: str, new_name: str) -> str:
    """Return a unified diff with little context, "" when the texts are the same."""
    rows = difflib.unified_diff(old.splitlines(), new.splitlines(), old_name, new_name, n=1, lineterm="")
    return "\n".join(rows)
