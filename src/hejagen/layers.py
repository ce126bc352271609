"""Layers: folders shaped like the repository root, one on top of the other. The only door for files to come in."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hejagen.problems import Location, Problem

MAX_BYTES = 1_000_000
"""A text of ours is a few kilobytes; more is a mistake or an attack."""
MAX_LINE = 20_000
"""Characters in a line; a whole exercise has about 4,000."""
SHOWN = frozenset(("images", "files"))
"""Folders whose files are shown or offered as they are."""
FOLDERS = ("content", "layouts", "brand")
SETTINGS, RECORD = "site.yaml", "accessibility-check.json"
"""The files beside the folders: the settings, and what the last accessibility check found."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder with a name. `shown` is how its files are named in messages."""

    name: str
    folder: Path
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a layer. `path` counts from the layer's folder, `shown` is what messages call it."""

    path: str
    layer: str
    file: Path
    shown: str


class Layers:
    """The stack, lowest layer first."""

    def __init__(self, layers: tuple[Layer, ...]) -> None:
        self.layers = layers
        self._found = {layer.name: dict(_walk(layer)) for layer in layers}
        self._used: set[str] = set()

    def find(self, folder: str, suffix: str = "") -> Mapping[str, Source]:
        """Return the files below a folder that end in `suffix`, by path; of the same path the top layer's."""
        merged: dict[str, Source] = {}
        for layer in self.layers:
            for path, source in self._found[layer.name].items():
                if path.startswith(folder + "/") and path.endswith(suffix):
                    merged[path] = source
        return dict(sorted(merged.items()))

    def all_of(self, path: str) -> tuple[Source, ...]:
        """Return the files with this path in every layer that has one, lowest first."""
        return tuple(self._found[layer.name][path] for layer in self.layers if path in self._found[layer.name])

    def files_of(self, layer: Layer) -> Mapping[str, str]:
        """Return the paths of a layer's files, each with "adds" or "replaces" (a file of a layer below)."""
        below = {path for other in self.layers[: self.layers.index(layer)] for path in self._found[other.name]}
        return {path: "replaces" if path in below else "adds" for path in sorted(self._found[layer.name])}

    def text(self, source: Source) -> tuple[str, list[Problem]]:
        """Return a file's text with unix line ends, or "" and the reason why it cannot be read as text."""
        self._used.add(source.shown)
        at = Location(source.shown)
        if self._leads_out(source):
            return "", [Problem(at, "path-outside", "a link that leads out of the layer", "put the file itself here")]
        try:
            if source.file.stat().st_size > MAX_BYTES:
                message = f"the file is larger than {MAX_BYTES // 1000} kB"
                return "", [Problem(at, "file-too-large", message, "split it, or remove what does not belong here")]
            data = source.file.read_bytes()
        except OSError as error:
            return "", [Problem(at, "unreadable-file", f"cannot read the file: {error.strerror}", "check its rights")]
        return _decode(data, source.shown)

    def data(self, source: Source) -> bytes:
        """Return a file's bytes. Raises OSError, also for a link that leads out of the layer."""
        self._used.add(source.shown)
        if self._leads_out(source):
            raise PermissionError(1, "a link that leads out of the layer", source.shown)
        return source.file.read_bytes()

    def _leads_out(self, source: Source) -> bool:
        layer = next(layer for layer in self.layers if layer.name == source.layer)
        return not source.file.resolve().is_relative_to(layer.folder.resolve())

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the files' names."""
        for layer in self.layers:
            for source in self._found[layer.name].values():
                if not source.path.isascii() or any(c in source.path for c in ' <>:"|?*\\'):
                    hint = "rename it with a-z, 0-9 and hyphens; å and ä become a, ö becomes o"
                    yield Problem(Location(source.shown), "file-name", "the file's name works badly on the web", hint)

    def unused(self, folder: str = "content") -> Iterator[Problem]:
        """Yield a warning for each file in a folder that nothing has read."""
        for source in self.find(folder).values():
            if source.shown not in self._used and not SHOWN.intersection(source.path.split("/")):
                hint = "exercises and pages are .md files, programs .yaml files, each in a folder of their own"
                yield Problem(Location(source.shown), "unused-file", "nothing reads this file", hint, "warning")


def _walk(layer: Layer) -> Iterator[tuple[str, Source]]:
    for name in (SETTINGS, RECORD):
        file = layer.folder / name
        if file.is_file():
            yield name, Source(name, layer.name, file, layer.shown + name)
    for top in FOLDERS:
        for folder, folders, files in os.walk(layer.folder / top):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
            for name in sorted(files):
                file = Path(folder, name)
                path = file.relative_to(layer.folder).as_posix()
                # Pipes and devices would make a reader wait for ever.
                plain = file.is_file() or file.is_symlink()
                if plain and not name.startswith(".") and not name.endswith("~"):
                    yield path, Source(path, layer.name, file, layer.shown + path)


def _decode(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        hint = "save it as text in UTF-8"
        return "", [Problem(Location(shown), "not-text", "the file is not plain text in UTF-8", hint)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        hint = "save the file as UTF-8 (in Windows: Save as, Encoding: UTF-8)"
        return "", [Problem(Location(shown, line, column), "wrong-encoding", "a character that is not UTF-8", hint)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, row in enumerate(text.split("\n"), 1):
        if len(row) > MAX_LINE:
            message = f"the line has more than {MAX_LINE} characters"
            return "", [Problem(Location(shown, number), "line-too-long", message, "split it into paragraphs")]
    return text, []


def base_layer() -> Layer:
    """Return the base layer: the copy in the installed package, or the repository that the package is run from."""
    packaged = Path(__file__).parent / "base"
    folder = packaged if packaged.is_dir() else Path(__file__).resolve().parents[2]
    return Layer("base", folder, _shown(folder))


def stack(folders: tuple[Path, ...]) -> Layers:
    """Return the base layer with the given folders on top, in order. A folder named twice counts once.

    Raises FileNotFoundError when a folder has no site.yaml, no content/ and no layouts/.
    """
    base = base_layer()
    layers = {base.folder.resolve(): base}
    for folder in folders:
        if not any((folder / name).exists() for name in (SETTINGS, *FOLDERS)):
            raise FileNotFoundError(folder)
        full = folder.resolve()
        layers.setdefault(full, Layer(full.name, full, _shown(full)))
    return Layers(tuple(layers.values()))


def _shown(folder: Path) -> str:
    """How messages begin the paths of a folder's files: relative to where the reader stands, if that is shorter."""
    try:
        relative = folder.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return f"{folder.as_posix()}/"
    return "" if relative == "." else f"{relative}/"
