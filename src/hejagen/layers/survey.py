"""The whole stack looked over: its settings, and what each layer does, file by file and change by change. The first
value of every command: nothing else reads, validates or overlays the stack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hejagen.layers.folder import RECORD, SETTINGS
from hejagen.layers.lock import hash_of
from hejagen.layers.overlay import Edits, Overlay, edits, not_held, not_hidden, older_program, overlay
from hejagen.layers.piece import TEXTS, Missed, Piece, Step, Verb, read_piece
from hejagen.layers.settings import merged_settings
from hejagen.layers.stack import Layer, Layers, Source
from hejagen.model.node import Node
from hejagen.model.settings import SiteFile
from hejagen.model.site import Base, Origin
from hejagen.problems import Location, Problem, gate
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import Reading


@dataclass(frozen=True, slots=True)
class Survey:
    """A stack of layers, its settings, and all that its layers do, lowest first.

    `origin` tells where the settings stand. `edits` are what each layer's site.yaml says about those below, by the
    layer's name; `overlays` the content by language.
    """

    layers: Layers
    settings: SiteFile
    origin: Origin
    base: Base | None
    """The base layer's own settings; None when nothing lies on top of it."""
    edits: Mapping[str, Edits]
    overlays: Mapping[str, Overlay]
    steps: tuple[Step, ...]
    missed: tuple[Missed, ...]
    """What layers hide and patch that is not there."""
    content: frozenset[str]
    """The paths of the files that are read as content."""

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with what the layers do, for a build to report together with what it finds itself."""
        yield from (step.patched.problem for step in self.steps if step.patched and step.patched.problem)
        yield from (missed.problem for missed in self.missed)
        yield from not_held(self.edits)
        yield from older_program(self.layers, self.edits)

    def of(self, layer: Layer) -> list[Step]:
        """Return what one layer does."""
        return [step for step in self.steps if step.layer == layer.name]

    def below(self, layer: Layer) -> frozenset[str]:
        """Return the keys of the content that the layers below this one show, before this layer does anything."""
        shown: set[str] = set()
        for step in self.steps:
            if step.layer == layer.name:
                break
            if step.verb in ("hides", "holds"):
                shown.discard(step.key)
            elif step.piece and _is_content(step.key):
                shown.add(step.key)
                if step.below and step.below.key != step.key:
                    shown.discard(step.below.key)
        return frozenset(shown)


def survey(layers: Layers) -> Survey:
    """Return what the layers do. Content is read, not judged. Raises BuildStopped when a site.yaml cannot be read."""
    origin, problems = merged_settings(layers)
    gate(problems)
    by_layer, problems = edits(layers)
    gate(problems)
    settings, problems = validate(SiteFile, Reading(origin.root), origin.path)
    gate(problems)
    assert settings is not None
    overlays = {lang: overlay(layers, by_layer, lang, settings.languages) for lang in settings.languages}
    steps = [step for made in overlays.values() for step in made.steps]
    content = frozenset(step.piece.source.path for step in steps if step.piece)
    rank = {layer.name: number for number, layer in enumerate(layers.layers)}
    # Sorted by layer only: within a layer the order is that in which things are done.
    steps = sorted([*steps, *_files(layers, content)], key=lambda step: rank[step.layer])
    missed = [each for made in overlays.values() for each in made.missed]
    missed += not_hidden(by_layer, steps)
    return Survey(layers, settings, origin, _base(layers), by_layer, overlays, tuple(steps), tuple(missed), content)


def read_again(surveyed: Survey, file: Path) -> tuple[str, str, Piece] | None:
    """Return the language, the kind and today's state of an exercise or a page, by its file. None when its facts have
    changed, when a layer patches it, and when it cannot be read."""
    layers = surveyed.layers
    for lang, overlaid in surveyed.overlays.items():
        for kind in ("exercises", "pages"):
            for piece in overlaid.texts[kind]:
                if piece.source.file == file:
                    folder = piece.key.rpartition("/")[0]
                    patched = read_piece(layers, piece.source, folder) is not piece
                    new = read_piece(layers.reading_once(), piece.source, folder)
                    facts = new.reading.root and new.reading.root.plain()
                    same = piece.reading.root and facts == piece.reading.root.plain()
                    return (lang, kind, new) if same and not patched and not new.problems else None
    return None


def _base(layers: Layers) -> Base | None:
    if len(layers.layers) == 1:
        return None
    path = layers.layers[0].shown + SETTINGS
    config, _ = validate(SiteFile, layers.settings[layers.layers[0].name], path)
    return Base(config, path, layers.layers[-1].shown + SETTINGS) if config else None


def _is_content(key: str) -> bool:
    return any(part in TEXTS for part in key.split("/")[:-1])


def _files(layers: Layers, content: frozenset[str]) -> Iterator[Step]:
    """Templates, styles, words, pictures and settings, known by their paths: all files but the `content`."""
    below: dict[str, Source] = {}
    for layer in layers.layers:
        files = layers.files[layer.name]
        for path, source in sorted(files.items()):
            if path not in content:
                old = below.get(path)
                merged = path == SETTINGS or path.endswith(("/messages.po", "/spelling.txt"))
                verb: Verb = "adds" if not old or path == RECORD else "merges" if merged else "replaces"
                pair = (Piece(path, old), Piece(path, source)) if old and verb == "replaces" else (None, None)
                yield Step(layer.name, verb, path, Location(source.shown), below=pair[0], piece=pair[1])
        below.update(files)


def read_file(layers: Layers, piece: Piece) -> Piece:
    """Return a piece with what is in it, also when it is a file that is known by its path, which a survey does not
    read: then its text, or of a picture the hash of its bytes."""
    if piece.key != piece.source.path:
        return piece
    text, problems = layers.text(piece.source)
    if not problems:
        return replace(piece, body=text)
    data, problems = layers.data(piece.source)
    at = Location(piece.source.shown)
    return replace(piece, reading=Reading(Node(hash_of(data.hex()), at, at)), problems=tuple(problems))
