"""The whole stack looked over: what each layer does, file by file and change by change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hejagen.layers.lock import hash_of
from hejagen.layers.overlay import Edits, Overlay, edits, overlay
from hejagen.layers.piece import TEXTS, Piece, Step, Verb
from hejagen.layers.settings import load_settings
from hejagen.layers.stack import RECORD, SETTINGS, Layer, Layers, Source
from hejagen.model.settings import SiteFile
from hejagen.problems import Location, gate
from hejagen.reading.yaml_reader import Reading


@dataclass(frozen=True, slots=True)
class Survey:
    """A stack of layers, its settings, and all that its layers do, lowest first."""

    layers: Layers
    settings: SiteFile
    by_layer: dict[str, Edits]
    languages: dict[str, Overlay]
    steps: tuple[Step, ...]

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
            elif step.own and _is_content(step.key):
                shown.add(step.key)
                if step.below and step.below.key != step.key:
                    shown.discard(step.below.key)
        return frozenset(shown)


def survey(layers: Layers) -> Survey:
    """Return what the layers do. Content is read, not judged. Raises BuildStopped when a site.yaml cannot be read."""
    settings, _, problems = load_settings(layers)
    gate(problems)
    assert settings is not None
    by_layer, problems = edits(layers)
    gate(problems)
    languages = {lang: overlay(layers, by_layer, lang, settings.languages) for lang in settings.languages}
    steps = [step for made in languages.values() for step in made.steps]
    rank = {layer.name: number for number, layer in enumerate(layers.layers)}
    steps += _files(layers, {step.own.source.shown for step in steps if step.own})
    # Sorted by layer only: within a layer the order is that in which things are done.
    return Survey(layers, settings, by_layer, languages, tuple(sorted(steps, key=lambda step: rank[step.layer])))


def _is_content(key: str) -> bool:
    return any(part in TEXTS for part in key.split("/")[:-1])


def _files(layers: Layers, known: Iterable[str]) -> Iterator[Step]:
    """Templates, styles, words, pictures and settings: known by their paths."""
    skip = frozenset(known)
    below: dict[str, Source] = {}
    for layer in layers.layers:
        for path, source in sorted(layers.own(layer).items()):
            if source.shown not in skip:
                old = below.get(path)
                merged = path == SETTINGS or path.endswith("/messages.po")
                verb: Verb = "adds" if not old or path == RECORD else "merges" if merged else "replaces"
                kept = (old, source) if verb == "replaces" else (None, None)
                pieces = [file_piece(layers, found) if found else None for found in kept]
                yield Step(layer.name, verb, path, Location(source.shown), below=pieces[0], own=pieces[1])
        below.update(layers.own(layer))


def file_piece(layers: Layers, source: Source) -> Piece:
    """Return a file that is replaced whole, by its text; a picture by the hash of its bytes."""
    text, problems = layers.text(source)
    if not problems:
        return Piece(source.path, source, Reading(), text)
    data, problems = layers.data(source)
    return Piece(source.path, source, Reading(hash_of(data.hex())), problems=tuple(problems))
