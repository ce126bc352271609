"""Write the service worker of a hosted site: the list of files that a device may cache, and the code."""

import hashlib
import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.resources import files as resources

from hejagen.editions.hosting import IMMUTABLE
from hejagen.model.site import Site
from hejagen.output import File, per_file
from hejagen.rendering.pages import page_of

NAME, FACTS = "sw.js", "sw.json"
LEFT_OUT = ("robots.txt", "*.xml", "*.atom", "*.zip", "*.sha256", "assets/social*", "*.lines.*")
"""Files that a reader without network does not need. The worker fetches them from the network.

They are for robots, feed readers and social media, or are downloads or covers for forced colours (decoration).
"""


def worker_files(site: Site, files: Iterable[File]) -> tuple[File, File]:
    """Return sw.js, which lists the `files` to cache, and sw.json, which tells the page version and size in bytes.

    The version is a hash of the cached files and of the worker itself.
    """
    cached = {file.path: _fact(file) for file in sorted(files, key=lambda file: file.path) if _needed(file.path)}
    size = sum(length for length, _ in cached.values())
    facts = {"bytes": size, "fallback": _fallback(site), "immutable": IMMUTABLE, "files": cached}
    code = _code("keep")
    version = hashlib.sha256((json.dumps(facts) + code).encode()).hexdigest()[:10]
    build = json.dumps({"version": version, **facts}, separators=(",", ":"))
    return (
        File(NAME, f"const BUILD = {build};\n{code}".encode()),
        File(FACTS, json.dumps({"version": version, "bytes": size}).encode()),
    )


@per_file
def _fact(file: File) -> tuple[int, str]:
    return len(file.data), hashlib.sha256(file.data).hexdigest()[:16]


def _needed(path: str) -> bool:
    # Every page of the site is the index.html of a folder. Other HTML is for the server, or a download.
    if path.endswith(".html"):
        return path.rpartition("/")[2] == "index.html"
    return not any(fnmatchcase(path, pattern) for pattern in LEFT_OUT)


def leaving_worker() -> str:
    """Return a worker that removes itself and the cache of an earlier worker at the same address."""
    return _code("leave")


def _fallback(site: Site) -> dict[str, str]:
    """Return the page to show for uncached pages, by folder of language. The first language has the root."""
    folders = ("" if number == 0 else f"{lang}/" for number, lang in enumerate(site.contents))
    pages = (page_of(content, "no-network").removeprefix("page:") for content in site.contents.values())
    return {folder: f"{folder}{page}/index.html" for folder, page in zip(folders, pages, strict=True)}


def _code(name: str) -> str:
    return resources("hejagen").joinpath(f"editions/worker/{name}.js").read_text("utf-8")
