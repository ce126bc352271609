"""Which file of a layer a finding in a browser points at."""

import re
from collections.abc import Mapping

NAME = re.compile(r"[.#]((?:\\.|[\w-])+)")
"""A class or an id in a selector."""
STYLES_FIRST = (".css", ".js", ".html")
"""What a browser alone sees is most often in a style, then in a script."""


def blamed(files: Mapping[str, str], selector: str) -> tuple[str, int] | None:
    """Return the file of a layer, with the line, that names what a selector points at: its classes and ids, from
    the inside. `files` are the texts of the layer's own files by path. None = no file names it."""
    ordered = sorted(files, key=lambda path: [not path.endswith(suffix) for suffix in STYLES_FIRST])
    for name in reversed(NAME.findall(selector)):
        whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        for path in ordered:
            if match := whole.search(files[path]):
                return path, files[path].count("\n", 0, match.start()) + 1
    return None
