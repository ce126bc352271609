"""A hash of all that the pages of a site are made from, so that a record of a check can say what it is about."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hejagen.layers.folder import LOCK, RECORD, SETTINGS
from hejagen.layers.lock import hash_of
from hejagen.layers.stack import Layers

PACKAGE = Path(__file__).parents[1]
STATEMENT = "accessibility"
"""The section of site.yaml that only the statement is made from. It may be written after the check that it cites."""


def fingerprint(layers: Layers) -> str:
    """Return the hash of the program, of every file of the layers and of their settings.

    Left out are the record itself and what site.yaml says under `accessibility`, which follow from a check. Line
    endings of Windows count as those of Unix: version control may change them.
    """
    whole = hashlib.sha256(program_hash().encode())
    for part in _parts(layers):
        whole.update(f"{len(part)}\n".encode() + part)
    return f"sha256:{whole.hexdigest()[:32]}"


def _parts(layers: Layers) -> Iterator[bytes]:
    for layer in layers.layers:
        settings = layers.settings[layer.name].data
        kept = {key: value for key, value in settings.items() if key != STATEMENT} if isinstance(settings, dict) else 0
        yield hash_of(kept).encode()
        lock = layers.beside(layer, LOCK)  # it says which new content from below is held back
        files = [source for path, source in layers.files[layer.name].items() if path not in (SETTINGS, RECORD)]
        for source in (*files, *((lock,) if lock else ())):
            yield source.path.encode()
            yield layers.data(source)[0].replace(b"\r\n", b"\n")


@cache
def program_hash() -> str:
    """Return the hash of the program's own files. The base that lies in an installed package is a layer."""
    whole = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("*")):
        path = file.relative_to(PACKAGE)
        if file.is_file() and file.suffix != ".pyc" and path.parts[0] != "base":
            whole.update(path.as_posix().encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()
