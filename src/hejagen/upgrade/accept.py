"""Decisions about drift, written into the layer: its record, and what a merge makes of its files. Nothing is written
over without the old text being kept, and every file is written whole or not at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from hejagen import __version__
from hejagen.errors import HejagenError
from hejagen.layers.folder import LOCK, SETTINGS
from hejagen.layers.lock import KEPT, Lock, Noted, as_json, hash_of
from hejagen.layers.piece import Piece, Step
from hejagen.layers.stack import Layer, Layers
from hejagen.layers.survey import Survey
from hejagen.messages import say
from hejagen.output import put
from hejagen.reading.yaml_reader import span
from hejagen.upgrade.drift import BY_HAND, Item, hash_piece, title_of
from hejagen.upgrade.merge import Merge, three_way

LABELS = ("yours", "old", "new")


class _NotAccepted(Exception):
    """A decision that cannot be carried out; nothing was changed. Its text is a key of `report.REASONS`."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The three texts of an override: the layer's, what lay below when it was recorded, and what lies there now."""

    mine: str
    old: str | None
    new: str

    def merge(self, labels: tuple[str, str, str] = LABELS) -> Merge | None:
        """Return a merge; None when the old text or git is missing, or when the layer's text only extends the other."""
        if self.old is None or '{% extends "!' in self.mine:
            return None
        return three_way(self.mine, self.old, self.new, labels)


def texts_of(surveyed: Survey, layer: Layer, item: Item) -> Texts | None:
    """Return the texts of an item that replaces a text; None for patches, pictures and all else."""
    step = item.step
    if step is None or step.below is None or step.piece is None or step.piece.problems or step.below.problems:
        return None
    kept = surveyed.layers.beside(layer, item.noted.kept) if item.noted and item.noted.kept else None
    old, problems = surveyed.layers.text(kept) if kept else ("", [])
    mine, new = (surveyed.layers.text(piece.source)[0] for piece in (step.piece, step.below))
    return Texts(mine, old if kept and not problems else None, new)


def accept(
    surveyed: Survey, layer: Layer, lock: Lock | None, items: tuple[Item, ...], *, merge: bool = False
) -> tuple[tuple[Item, str], ...]:
    """Lock that the items have been looked at; with `merge`, take over what has changed in a text first.

    Returns each item with the reason why it was left as it is, "" when it was recorded. Raises HejagenError when
    the layer cannot be written.
    """
    draft = _draft(surveyed, layer, lock)
    told = tuple((item, _reason(draft, item, merge)) for item in items)
    _save(draft, lock)
    return told


def copy(surveyed: Survey, layer: Layer, lock: Lock | None, key: str) -> str | None:
    """Put a copy of what lies below into the layer, recorded, to be changed there. `key` is such as
    `exercises/fredagsraden`, or a path such as `layouts/pages/page.html`.

    Returns the path of the new file, None when nothing below has that key. Raises HejagenError when the layer has the
    file already, and when it cannot be written.
    """
    steps = [step for step in surveyed.steps if step.key == key]
    piece = next((step.piece for step in reversed(steps) if step.piece), None) or _file(surveyed, steps)
    if piece is None:
        return None
    path = piece.source.path
    if any(step.layer == layer.name and step.piece for step in steps) or (layer.folder / path).exists():
        raise HejagenError(say("{path} is there already; nothing was changed.", path=path))
    data, problems = surveyed.layers.data(piece.source)
    if problems:
        return None
    draft = _draft(surveyed, layer, lock)
    if steps[-1].verb not in ("hides", "holds"):  # what is hidden below lies no longer there: the copy is an addition
        draft.noted[key] = _replaced(surveyed.layers, key, piece, draft.kept)
    put(layer.folder, path, data)
    _save(draft, lock)
    return path


def _file(surveyed: Survey, steps: list[Step]) -> Piece | None:
    """The template, style or picture that one layer only has, which a survey does not read."""
    if len(steps) != 1 or steps[0].verb != "adds" or steps[0].key.endswith(".po"):
        return None
    source = surveyed.layers.find("layouts").get(steps[0].key) or surveyed.layers.find("content").get(steps[0].key)
    return Piece(source.path, source) if source else None


def patched_between(surveyed: Survey, layer: Layer, key: str) -> list[Step]:
    """Return the patches that layers below make to an item: a copy of its file has them not."""
    return [s for s in surveyed.steps if s.patched and s.layer != layer.name and s.key.partition("#")[0] == key]


@dataclass(slots=True)
class _Draft:
    """The record to write, and the texts to keep beside it, by path."""

    surveyed: Survey
    layer: Layer
    noted: dict[str, Noted]
    seen: set[str]
    kept: dict[str, str] = field(default_factory=dict)


def _draft(surveyed: Survey, layer: Layer, lock: Lock | None) -> _Draft:
    return _Draft(surveyed, layer, dict(lock.items) if lock else {}, set(lock.seen if lock else surveyed.below(layer)))


def _save(draft: _Draft, lock: Lock | None) -> None:
    """Write the texts first and the lock last: whatever stops us, the lock names only what is there."""
    for path, text in draft.kept.items():
        put(draft.layer.folder, path, text.encode())
    made = Lock(f"hejagen {__version__}", draft.noted, frozenset(draft.seen))
    put(draft.layer.folder, LOCK, as_json(made).encode())
    _tidy(draft.layer, lock.items if lock else {}, draft.noted)


def _reason(draft: _Draft, item: Item, merge: bool) -> str:
    try:
        _accept(draft, item, merge)
    except _NotAccepted as reason:
        return str(reason)
    return ""


def _accept(draft: _Draft, item: Item, merge: bool) -> None:
    if item.kind in BY_HAND:
        raise _NotAccepted(item.kind)
    if merge and item.kind == "changed":
        _merge(draft.surveyed, draft.layer, item)
    if item.kind == "patch-changed":
        _expect(draft.surveyed, draft.layer, item)
    if item.kind in ("new", "held"):
        draft.seen.add(item.key)
    elif item.kind == "orphan":
        draft.noted.pop(item.key, None)
    elif item.step:
        draft.noted[item.key] = _noted(draft.surveyed.layers, item.step, draft.kept)


def tidied(surveyed: Survey, layer: Layer, lock: Lock | None) -> Lock | None:
    """Return the record without what the layer no longer does and content that is gone, as `accept --all` leaves it."""
    if lock is None:
        return None
    current = {step.key for step in surveyed.of(layer)}
    hidden = surveyed.edits[layer.name].keys.hide
    items = {key: noted for key, noted in lock.items.items() if key in current or key.rpartition("/")[2] in hidden}
    return Lock(lock.upstream, items, lock.seen & surveyed.below(layer))


def _noted(layers: Layers, step: Step, kept: dict[str, str]) -> Noted:
    if step.patched:
        return Noted("patches", hash_of(step.patched.below), step.patched.below)
    assert step.below is not None
    if step.verb == "hides":
        return Noted("hides", hash_piece(layers, step.below), title_of(step.below))
    return _replaced(layers, step.key, step.below, kept)


def _replaced(layers: Layers, key: str, below: Piece, kept: dict[str, str]) -> Noted:
    digest = hash_piece(layers, below)
    path = _kept_path(key, below, digest)
    text, problems = layers.text(below.source)
    if not problems:
        kept[path] = text
    return Noted("replaces", digest, title_of(below), "" if problems else path)


def _kept_path(key: str, piece: Piece, digest: str) -> str:
    """The hash stands in the name, so that a record and the texts that it names always belong together."""
    ending = PurePosixPath(piece.source.path).suffix
    return f"{KEPT}/{key.removesuffix(ending)}.{digest[7:15]}{ending}"


def _tidy(layer: Layer, before: Mapping[str, Noted], now: Mapping[str, Noted]) -> None:
    needed = {noted.kept for noted in now.values()}
    for noted in before.values():
        file = layer.folder / noted.kept
        inside = file.resolve().is_relative_to((layer.folder / KEPT).resolve())
        if noted.kept and noted.kept not in needed and inside:
            file.unlink(missing_ok=True)


def _merge(surveyed: Survey, layer: Layer, item: Item) -> None:
    texts = texts_of(surveyed, layer, item)
    made = texts.merge() if texts else None
    if made is None or item.step is None or item.step.piece is None:
        raise _NotAccepted("no-merge")
    source = item.step.piece.source
    if made.conflicts:
        put(layer.folder, f"{KEPT}/proposal/{source.path}", made.text.encode())
        raise _NotAccepted("conflicts")
    _rewrite(surveyed.layers, layer, source.path, made.text)


def _expect(surveyed: Survey, layer: Layer, item: Item) -> None:
    """Write the value that is there now after `was:` of a patch, when it has another."""
    assert item.step is not None and item.step.patched is not None
    patched = item.step.patched
    if "was" not in patched.change.model_fields_set or patched.change.was == patched.below:
        if not patched.fits:
            raise _NotAccepted("patch-remove")
        return
    text, _ = surveyed.layers.text(surveyed.layers.files[layer.name][SETTINGS])
    place = span(text, (*item.step.order, "was"))
    if place is None:
        raise _NotAccepted("patch-gone")
    _rewrite(surveyed.layers, layer, SETTINGS, text[: place[0]] + _yaml(patched.below) + text[place[1] :])


def _yaml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rewrite(layers: Layers, layer: Layer, path: str, text: str) -> None:
    """Put a new text in place of a file of the layer. The old one is kept beside, under a name that is not taken."""
    old, problems = layers.data(layers.files[layer.name][path])
    if problems:
        raise _NotAccepted("unreadable")
    kept, number = f"{KEPT}/before/{path}", 1
    while layers.beside(layer, kept):
        number += 1
        kept = f"{KEPT}/before/{path}.{number}"
    put(layer.folder, kept, old)
    put(layer.folder, path, (text.replace("\n", "\r\n") if b"\r\n" in old else text).encode())
