"""Drift: what has happened in the layers below since somebody last looked. Compares a survey with a layer's record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from hejagen.layers.folder import LOCK, SETTINGS
from hejagen.layers.lock import Lock, Noted, hash_of
from hejagen.layers.overlay import hidden_by
from hejagen.layers.patch import Patched
from hejagen.layers.piece import Piece, Step
from hejagen.layers.stack import Layer, Layers
from hejagen.layers.survey import Survey, read_file
from hejagen.problems import Location

Kind = Literal[
    "no-lock", "changed", "patch-changed", "patch-gone", "orphan", "hidden-gone", "hidden-reference",
    "same", "unrecorded", "held", "new",
]  # fmt: skip
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
"""In the order in which they are told: what matters most comes first."""
BY_HAND: frozenset[Kind] = frozenset({"patch-gone", "hidden-gone", "hidden-reference", "same"})
"""What somebody must change in a file; there is nothing to accept."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `old` and `new` are values of a patch, or names; `noted` is what the record has, `step`
    what the layer does."""

    kind: Kind
    key: str
    at: Location
    old: Any = None
    new: Any = None
    noted: Noted | None = None
    step: Step | None = None


def drift(surveyed: Survey, layer: Layer, lock: Lock | None) -> tuple[Item, ...]:
    """Return all that has happened below a layer, in the order of KINDS. Nothing, when all is as recorded."""
    items = list(_steps(surveyed, layer, lock or Lock()))
    items += _gone(surveyed, layer, lock or Lock())
    items += _references(surveyed, layer)
    if lock is None:
        items.append(Item("no-lock", LOCK, Location(layer.shown + LOCK)))
    else:
        settings = Location(layer.shown + SETTINGS)
        held = {item.key for item in items if item.kind == "held"}
        items += [Item("new", key, settings) for key in surveyed.below(layer) - lock.seen - held]
    return tuple(sorted(items, key=lambda item: (KINDS.index(item.kind), item.key, item.at)))


def _steps(surveyed: Survey, layer: Layer, lock: Lock) -> Iterator[Item]:
    for step in surveyed.of(layer):
        noted = lock.items.get(step.key)
        if step.verb == "replaces" and step.below and step.piece:
            now = hash_piece(surveyed.layers, step.below)
            if hash_piece(surveyed.layers, step.piece) == now:
                yield Item("same", step.key, step.at, noted=noted, step=step)
            elif noted is None:
                yield Item("unrecorded", step.key, step.at, step=step)
            elif noted.hash != now:
                yield Item("changed", step.key, step.at, noted=noted, step=step)
        elif step.verb == "adds" and noted and noted.verb == "replaces":
            yield Item("orphan", step.key, step.at, noted=noted, step=step)
        elif step.verb == "holds":
            yield Item("held", step.key, step.at, step=step)
        elif step.verb == "hides" and noted is None:
            yield Item("unrecorded", step.key, step.at, step=step)
        elif step.patched:
            yield from _patch(step, step.patched, noted)


def _patch(step: Step, patched: Patched, noted: Noted | None) -> Iterator[Item]:
    old = noted.value if noted else patched.change.was
    if patched.idle:
        yield Item("same", step.key, step.at, old, patched.below, noted, step)
    elif not patched.fits or (noted and noted.hash != hash_of(patched.below)):
        old = patched.change.was if "was" in patched.change.model_fields_set else old
        yield Item("patch-changed", step.key, step.at, old, patched.below, noted, step)
    elif noted is None:
        yield Item("unrecorded", step.key, step.at, old, patched.below, step=step)


def _gone(surveyed: Survey, layer: Layer, lock: Lock) -> Iterator[Item]:
    """What is hidden or patched, but is not there any more. A thing with the title of a hidden one may be it."""
    titles = {title_of(step.piece): step.key for step in surveyed.steps if step.piece and step.piece.reading.data}
    for missed in (missed for missed in surveyed.missed if missed.layer == layer.name):
        at = missed.problem.at
        if missed.verb == "patches":
            yield Item("patch-gone", missed.key, at)
        else:
            noted = next((noted for key, noted in lock.items.items() if key.split("/")[-1] == missed.key), None)
            yield Item("hidden-gone", missed.key, at, new=titles.get(noted.value) if noted else None, noted=noted)


def _references(surveyed: Survey, layer: Layer) -> Iterator[Item]:
    """Content that names what this layer hides or holds back."""
    hidden = {key: step for key, step in hidden_by(surveyed.steps).items() if step.layer == layer.name}
    for lang, content in surveyed.overlays.items():
        prefix = "" if lang == surveyed.settings.languages[0] else f"{lang}/"
        for piece in content.pieces() if hidden else ():
            for key, at in _named(piece):
                if f"{prefix}{key}" in hidden:
                    yield Item("hidden-reference", f"{prefix}{key}", at, new=piece.key)


def _named(piece: Piece) -> Iterator[tuple[str, Location]]:
    """The exercises that a program needs, each with its place. What only suggests them has let them go."""
    for path, node in piece.reading.root.walk() if piece.reading.root else ():
        if path[-1:] == ("exercise",):
            yield f"exercises/{node.value}", node.at


def hash_piece(layers: Layers, piece: Piece) -> str:
    """Return the hash of a piece: its facts and its text. Line ends, the order of keys and comments do not count."""
    piece = read_file(layers, piece)
    return hash_of(piece.reading.data, piece.body)


def title_of(piece: Piece) -> str:
    """Return the title of a piece, or "" when it has none."""
    data = piece.reading.data
    return str(data.get("title", "")) if isinstance(data, dict) else ""
