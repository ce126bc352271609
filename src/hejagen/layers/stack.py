"""Layers: folders shaped like the repository root, one on top of the other. The only door for files to come in."""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from hejagen.errors import WrongUsage
from hejagen.layers.folder import FOLDERS, RECORD, SETTINGS, is_layer
from hejagen.messages import say
from hejagen.problems import Location, Problem
from hejagen.reading.files import decode, name_fault, no_file, open_file, status
from hejagen.reading.yaml_reader import Reading, read_yaml

MAX_BYTES = 1_000_000
"""A text of ours is a few kilobytes; more is a mistake or an attack."""
MAX_PICTURE = 5_000_000
"""Bytes of a picture or another file that is not text. A photograph for the web has a tenth of it."""
MAX_FILES = 25_000
"""Files in a layer; the base has about 500, a site of ten thousand exercises with worksheets 21,000."""
MAX_TOTAL = 300_000_000
"""Bytes of a layer in all: a build has them in memory, and readers take the copy for home with them."""
MAX_CHAIN = 10
"""Layers that extend each other; region, municipality and administration are three."""
BASE = "hejagen"
"""How a layer names the base layer in `extends`."""
SHOWN = frozenset(("images", "files"))
"""Folders whose files are shown or offered as they are."""
LITTER = re.compile(r"(?i)\..*|.*~|~\$.*|#.*#|(eh)?thumbs\.db|desktop\.ini|.*\.(bak|orig|swp|tmp)")
"""Files that systems and editors leave behind. They are no part of a layer."""


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


@dataclass(frozen=True, slots=True)
class Layers:
    """The stack, lowest layer first.

    `files` are each layer's files by path, `settings` what its own site.yaml holds, both by the layer's name. `faults`
    is what is wrong with the stack itself; then it should not be read. `kept` holds what has been read, if it is kept.
    """

    layers: tuple[Layer, ...]
    files: Mapping[str, Mapping[str, Source]]
    settings: Mapping[str, Reading]
    faults: tuple[Problem, ...] = ()
    kept: dict[Path, bytes] | None = field(default=None, compare=False, repr=False)

    def reading_once(self) -> "Layers":
        """Return the same stack, which reads each file once and so sees it in one state, however often it is asked."""
        return replace(self, kept={})

    def find(self, folder: str, suffix: str = "") -> Mapping[str, Source]:
        """Return the files below a folder that end in `suffix`, by path; of the same path the top layer's."""
        merged: dict[str, Source] = {}
        for layer in self.layers:
            for path, source in self.files[layer.name].items():
                if path.startswith(folder + "/") and path.endswith(suffix):
                    merged[path] = source
        return dict(sorted(merged.items()))

    def all_of(self, path: str) -> tuple[Source, ...]:
        """Return the files with this path in every layer that has one, lowest first."""
        return tuple(self.files[layer.name][path] for layer in self.layers if path in self.files[layer.name])

    def beside(self, layer: Layer, path: str) -> Source | None:
        """Return a file of a layer that is no part of the site, such as its record of the base, or None."""
        file = layer.folder / path
        return Source(path, layer.name, file, layer.shown + path) if os.path.lexists(file) else None

    def text(self, source: Source) -> tuple[str, list[Problem]]:
        """Return a file's text with unix line ends, or "" and the reason why it cannot be read as text."""
        data, problems = self._read(source, MAX_BYTES)
        return ("", problems) if problems else decode(data, source.shown)

    def data(self, source: Source) -> tuple[bytes, list[Problem]]:
        """Return the bytes of a picture or font, or b"" and the reason why it cannot be read."""
        return self._read(source, MAX_PICTURE)

    def digest(self, folder: str) -> str:
        """Return a hash of every file below a folder, in each layer."""
        digest = hashlib.sha256()
        for layer in self.layers:
            digest.update(f"{layer.name}\0{layer.shown}\0".encode("utf-8", "surrogateescape"))
            for path, source in self.files[layer.name].items():
                if path.startswith(folder + "/"):
                    data, problems = self.data(source)
                    digest.update(f"{path}\0{len(data)}\0{len(problems)}\0".encode("utf-8", "surrogateescape") + data)
        return digest.hexdigest()

    def _read(self, source: Source, most: int) -> tuple[bytes, list[Problem]]:
        kept = self.kept.get(source.file) if self.kept is not None else None
        if kept is not None and len(kept) <= most:
            return kept, []
        layer = next(layer for layer in self.layers if layer.name == source.layer)
        data, problems = open_file(source.file, layer.folder, source.shown, most)
        if self.kept is not None and not problems:
            self.kept[source.file] = data
        return data, problems

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the files' names, links to folders, and what is no file."""
        for layer in self.layers:
            alike: dict[str, str] = {}
            for source in self.files[layer.name].values():
                mode = status(source.file).st_mode
                if stat.S_ISDIR(mode):
                    message = say("a link to a folder is not followed")
                    yield Problem(Location(source.shown), "path-outside", message, say("put the folder itself here"))
                elif mode and not stat.S_ISREG(mode):
                    yield no_file(source.shown)
                if fault := name_fault(source.path):
                    hint = say("rename it with a-z, 0-9 and hyphens; å and ä become a, ö becomes o")
                    yield Problem(Location(source.shown), "file-name", fault, hint)
                if (other := alike.setdefault(source.path.lower(), source.path)) != source.path:
                    message = say("another file differs from it in capitals only: {other}", other=other)
                    yield Problem(
                        Location(source.shown), "file-name", message, say("in Windows they are one: rename it")
                    )

    def unused(self, used: Collection[str], folder: str = "content") -> Iterator[Problem]:
        """Yield a warning for each file in a folder that nothing reads. `used` = the paths of those that are read.

        A file in `brand`, or in a language that the site does not have, may belong to a layer below that this site does
        without: only the top layer's are reported.
        """
        languages = {path.split("/")[1] for path in used if path.startswith("content/")}
        hints = {"brand": say("name it under brand in site.yaml, or remove it")}
        usual = say("exercises and pages are .md files, programs .yaml files, each in a folder of their own")
        for path, source in self.find(folder).items():
            ours = folder != "brand" and path.split("/")[1] in languages
            judged = ours or source.layer == self.layers[-1].name
            if judged and path not in used and not SHOWN.intersection(path.split("/")):
                hint = hints.get(folder, usual)
                yield Problem(Location(source.shown), "unused-file", say("nothing reads this file"), hint, "warning")


def _walk(layer: Layer) -> Iterator[tuple[str, Source]]:
    for name in (SETTINGS, RECORD):
        file = layer.folder / name
        if os.path.lexists(file):
            yield name, Source(name, layer.name, file, layer.shown + name)
    for top in FOLDERS:
        for folder, folders, files in os.walk(layer.folder / top):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
            linked = [name for name in folders if Path(folder, name).is_symlink()]
            for name in sorted([*files, *linked]):
                file = Path(folder, name)
                path = file.relative_to(layer.folder).as_posix()
                if not LITTER.fullmatch(name):
                    yield path, Source(path, layer.name, file, layer.shown + path)


def base_layer() -> Layer:
    """Return the base layer: the copy in the installed package, or the repository that the package is run from."""
    packaged = Path(__file__).parents[1] / "base"
    folder = packaged if packaged.is_dir() else Path(__file__).resolve().parents[3]
    return Layer("base", folder, _shown(folder))


def stack(folders: tuple[Path, ...]) -> Layers:
    """Return the base layer with the given folders on top, in order, each above the layers that it extends. A folder
    named twice counts once. What is wrong with an `extends` stands in the stack's `faults`.

    Raises WrongUsage when a folder has no site.yaml, no content/ and no layouts/.
    """
    base = base_layer().folder.resolve()
    readings = {base: _settings_of(base)}
    faults: list[Problem] = []
    for folder in folders:
        if not is_layer(folder):
            raise WrongUsage(
                say("{folder} is not a layer: it has neither site.yaml, content/ nor layouts/.", folder=folder)
            )
        chain: dict[Path, Reading] = {}
        lower: Path | None = folder.resolve()
        while lower and lower not in readings:
            chain[lower] = _settings_of(lower)
            lower, problems = _extended(tuple(chain), chain[lower])
            faults.extend(problems)
        readings.update(reversed(chain.items()))
    return _layers(readings, faults)


def _settings_of(folder: Path) -> Reading:
    """What a folder's site.yaml holds; nothing when it has none."""
    file, shown = folder / SETTINGS, _shown(folder) + SETTINGS
    if not os.path.lexists(file):
        return Reading()
    data, problems = open_file(file, folder, shown, MAX_BYTES)
    text, faults = ("", problems) if problems else decode(data, shown)
    return Reading(problems=tuple(faults)) if faults else read_yaml(text, shown)


def _extended(chain: tuple[Path, ...], reading: Reading) -> tuple[Path | None, tuple[Problem, ...]]:
    """The folder that the last of a chain extends, None for the base, and what is wrong with it. Each folder of the
    chain extends the next one."""
    below = reading.root.get("extends") if reading.root else None
    if below is None or below.value == BASE or not isinstance(below.value, str) or "\0" in below.value:
        return None, ()  # the model reports a value that is no text, the reader a character that is none
    target = (chain[-1] / below.value).resolve()
    hint = say('write "{base}", or the way to a folder with a site.yaml, such as ../region', base=BASE)
    if target in chain:
        message = say('"{value}" leads round in a circle', value=below.value)
        hint = say("a layer cannot stand on itself: name a lower one")
    elif not is_layer(target):
        message = say('"{value}" is not a layer', value=below.value)
    elif len(chain) >= MAX_CHAIN:
        message = say("more than {max_chain} layers extend each other", max_chain=MAX_CHAIN)
        hint = say("put some of them together")
    else:
        return target, ()
    return None, (Problem(below.at, "layer-extends", message, hint),)


def _layers(readings: Mapping[Path, Reading], faults: list[Problem]) -> Layers:
    """The stack of these folders, lowest first, and what their site.yaml hold."""
    layers: dict[str, Layer] = {}
    for folder in readings:
        name = _name(folder, layers) if layers else "base"
        layers[name] = Layer(name, folder, _shown(folder))
    files = {name: dict(islice(_walk(layer), MAX_FILES + 1)) for name, layer in layers.items()}
    crowded = (problem for name, layer in layers.items() for problem in _crowded(layer, files[name]))
    settings = dict(zip(layers, readings.values(), strict=True))
    return Layers(tuple(layers.values()), files, settings, (*faults, *crowded))


def _name(folder: Path, taken: Collection[str]) -> str:
    """The folder's name; with more of its path where another layer has that name already."""
    names = ("/".join(folder.parts[-length:]) for length in range(1, len(folder.parts) + 1))
    return next(name for name in names if name not in taken)


def _crowded(layer: Layer, files: Mapping[str, Source]) -> Iterator[Problem]:
    if len(files) > MAX_FILES:
        message = say("the layer has more than {max_files} files", max_files=MAX_FILES)
    elif sum(status(source.file).st_size for source in files.values()) > MAX_TOTAL:
        message = say("the layer's files have more than {max_total} MB together", max_total=MAX_TOTAL // 1_000_000)
    else:
        return
    hint = say("is this the right folder? A layer holds only what differs")
    yield Problem(Location(layer.shown or "."), "too-many-files", message, hint)


def _shown(folder: Path) -> str:
    """How messages begin the paths of a folder's files: relative to where the reader stands, if that is shorter."""
    try:
        relative = folder.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return f"{folder.as_posix()}/"
    return "" if relative == "." else f"{relative}/"
