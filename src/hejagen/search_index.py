"""A folder of pages gets its search index, which Pagefind makes. The only module that starts it."""

import hashlib
import shutil
import subprocess
from pathlib import Path

FOLDER = "pagefind"
STAMP = "source.txt"


class SearchFailed(Exception):
    """Pagefind did not make an index; the text is what it printed."""


UNUSED = ("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
          "pagefind-highlight.js", "pagefind-component-ui.js", "pagefind-component-ui.css")  # fmt: skip
"""Parts of the bundle that our own interface does not use."""


def make_index(folder: Path, before: Path | None) -> None:
    """Write folder/pagefind from the HTML below `folder`. When the pages are those of the build `before`, its index is
    copied instead: indexing is the slowest step of a build. Raises SearchFailed."""
    stamp = _pages_hash(folder)
    old = before / FOLDER if before else None
    if old and (old / STAMP).is_file() and (old / STAMP).read_text("utf-8") == stamp:
        shutil.copytree(old, folder / FOLDER)
        return
    from pagefind_bin import get_executable

    command = [str(get_executable()), "--site", str(folder), "--output-path", str(folder / FOLDER), "--quiet"]
    command += ["--exclude-selectors", "[data-pagefind-ignore]"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (folder / FOLDER / "pagefind-entry.json").is_file():
        raise SearchFailed((done.stderr or done.stdout).strip()[-2000:])
    for name in UNUSED:
        (folder / FOLDER / name).unlink(missing_ok=True)
    (folder / FOLDER / STAMP).write_text(stamp, "utf-8")


def _pages_hash(folder: Path) -> str:
    found = hashlib.sha256()
    for page in sorted(folder.rglob("*.html")):
        found.update(page.relative_to(folder).as_posix().encode() + b"\0" + page.read_bytes())
    return found.hexdigest()
