"""The files of a hosted site give its service worker: what may be kept on a device, and the code that keeps it."""

import hashlib
import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.resources import files as resources

from hejagen.editions.hosting import IMMUTABLE
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.pages import page_of

NAME, FACTS = "sw.js", "sw.json"
LEFT_OUT = ("robots.txt", "*.xml", "*.atom", "*.zip", "*.sha256", "assets/social*", "*.lines.*")
"""Files that a reader without network does not need: for robots, feed readers and social media, downloads, and covers
for forced colours, which are decoration. They come from the network as before."""


def worker_files(site: Site, files: Iterable[File]) -> tuple[File, File]:
    """Return sw.js, which holds the list of the `files` that are kept, and sw.json, with the version and the size in
    bytes for the page that offers it. The version is a hash of all that is kept and of the worker itself."""
    kept = {
        file.path: (len(file.data), hashlib.sha256(file.data).hexdigest()[:16])
        for file in sorted(files, key=lambda file: file.path)
        if _needed(file.path)
    }
    size = sum(length for length, _ in kept.values())
    facts = {"bytes": size, "fallback": _fallback(site), "immutable": IMMUTABLE, "files": kept}
    code = _code("keep")
    version = hashlib.sha256((json.dumps(facts) + code).encode()).hexdigest()[:10]
    build = json.dumps({"version": version, **facts}, separators=(",", ":"))
    return (
        File(NAME, f"const BUILD = {build};\n{code}".encode()),
        File(FACTS, json.dumps({"version": version, "bytes": size}).encode()),
    )


def _needed(path: str) -> bool:
    # Every page of the site is the index.html of a folder. Other HTML is for the server, or a download.
    if path.endswith(".html"):
        return path.rpartition("/")[2] == "index.html"
    return not any(fnmatchcase(path, pattern) for pattern in LEFT_OUT)


def leaving_worker() -> str:
    """Return a worker that removes itself and what an earlier one kept at the same address."""
    return _code("leave")


def _fallback(site: Site) -> dict[str, str]:
    """The page for what is not kept, by the folder of each language; the first language lies at the root."""
    folders = ("" if number == 0 else f"{lang}/" for number, lang in enumerate(site.contents))
    pages = (page_of(content, "no-network").removeprefix("page:") for content in site.contents.values())
    return {folder: f"{folder}{page}/index.html" for folder, page in zip(folders, pages, strict=True)}


def _code(name: str) -> str:
    return resources("hejagen").joinpath(f"editions/worker/{name}.js").read_text("utf-8")
