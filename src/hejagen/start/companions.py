"""What lies in a layer for tools, and follows the program's version: schemas for editors, and requirements.txt."""

import re
from pathlib import Path

from hejagen import __version__
from hejagen.layers.stack import base_layer
from hejagen.output import put

SCHEMAS = "docs/reference/schemas"
"""Where the first line of content says that schemas lie, from the folder of a layer as from that of the base."""
REQUIREMENTS = "requirements.txt"
PINNED = re.compile(r"(?m)^(hejagen *== *)([\w.]+)")


def put_schemas(folder: Path) -> None:
    """Write the schemas into a layer, where they are missing or old. Raises HejagenError when it cannot be written."""
    base = base_layer().folder
    if folder.resolve() == base.resolve():
        return
    for schema in sorted((base / SCHEMAS).glob("*.json")):
        data, copy = schema.read_bytes(), folder / SCHEMAS / schema.name
        if not copy.is_file() or copy.read_bytes() != data:
            put(folder, f"{SCHEMAS}/{schema.name}", data)


def asked_version(folder: Path) -> str:
    """Return the version of the program that a layer's requirements.txt asks for by number, else ""."""
    file = folder / REQUIREMENTS
    pinned = PINNED.search(file.read_text("utf-8", "replace")) if file.is_file() else None
    return pinned[2] if pinned else ""


def renew_requirements(folder: Path) -> bool:
    """Let a layer's requirements.txt ask for this version of the program. Return whether it asked for another."""
    if asked_version(folder) in ("", __version__):
        return False
    text = (folder / REQUIREMENTS).read_text("utf-8", "replace")
    put(folder, REQUIREMENTS, PINNED.sub(rf"\g<1>{__version__}", text).encode())
    return True
