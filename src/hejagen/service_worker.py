"""A finished folder gets its service worker: what a reader may keep on a device, and the code that keeps it."""

import hashlib
import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

from hejagen.model import Site
from hejagen.pages import page_of

NAME, FACTS = "sw.js", "sw.json"
LEFT_OUT = ("404.html", "_headers", ".*", "*.txt", "*.xml", "*.config", "*.zip", "*-lines.*", NAME, FACTS)
"""Files that a reader without network does not need: those for servers and machines, downloads, and the covers for
forced colours, which are decoration. They are fetched when they are used."""


def add_worker(site: Site, folder: Path) -> None:
    """Write sw.js and sw.json into a folder in which everything else is finished. The version is a hash of all that is
    kept and of the worker itself; sw.json holds it and the size in bytes, which the page tells before it asks."""
    kept = {path: (len(data), hashlib.sha256(data).hexdigest()[:16]) for path, data in _kept(folder)}
    size = sum(length for length, _ in kept.values())
    facts = {"bytes": size, "fallback": _fallback(site), "files": kept}
    code = _code("keep")
    version = hashlib.sha256((json.dumps(facts) + code).encode()).hexdigest()[:10]
    build = json.dumps({"version": version, **facts}, separators=(",", ":"))
    (folder / NAME).write_text(f"const BUILD = {build};\n{code}", "utf-8")
    (folder / FACTS).write_text(json.dumps({"version": version, "bytes": size}), "utf-8")


def leaving_worker() -> str:
    """Return a worker that removes itself and what an earlier one kept at the same address."""
    return _code("leave")


def _kept(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not any(fnmatchcase(path, pattern) for pattern in LEFT_OUT):
            yield path, file.read_bytes()


def _fallback(site: Site) -> dict[str, str]:
    """The page for what is not kept, by the folder of each language; the first language lies at the root."""
    folders = ("" if number == 0 else f"{lang}/" for number, lang in enumerate(site.contents))
    pages = (page_of(content, "offline").removeprefix("page:") for content in site.contents.values())
    return {folder: f"{folder}{page}/index.html" for folder, page in zip(folders, pages, strict=True)}


def _code(name: str) -> str:
    return files("hejagen").joinpath(f"worker/{name}.js").read_text("utf-8")
