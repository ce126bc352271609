"""What each layer does with the content of those below it: adds, replaces, hides, holds back, patches. Content is known
by the id inside the file, so that a file may be renamed below without anything being lost or coming back."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hejagen import __version__
from hejagen.layers.folder import LOCK, SETTINGS
from hejagen.layers.lock import Lock, read_lock
from hejagen.layers.patch import MAX_CHANGES, patch
from hejagen.layers.piece import LISTS, TEXTS, Missed, Piece, Step, Verb, read_piece
from hejagen.layers.stack import Layer, Layers, Source
from hejagen.messages import say
from hejagen.model.node import Node, Path
from hejagen.model.settings import Change, LayerKeys
from hejagen.problems import Location, Problem, did_you_mean
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import Reading

LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((exercise|program|page):([a-z0-9-]+)(?:#[^()\s]*)?\)")
"""A link to content in Markdown: its words, what it leads to and the id."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a layer's own site.yaml says about those below: its keys, the node that they stand in, the content that the
    layer has seen (None = it holds nothing back, or has no record), and its record."""

    keys: LayerKeys
    orders: Node
    seen: frozenset[str] | None = None
    lock: Lock | None = None

    def title_of_hidden(self, name: str) -> str:
        """Return the title that a hidden text had when it was recorded, "" when nothing is recorded."""
        noted = self.lock.items.items() if self.lock else ()
        titles = (each.value for key, each in noted if each.verb == "hides" and key.rpartition("/")[2] == name)
        return str(next(titles, None) or "")


@dataclass(frozen=True, slots=True)
class Overlay:
    """The content of a language as the layers so far leave it: texts by kind, and lists by file name. `steps` are what
    led there, `missed` the patches without a target."""

    texts: Mapping[str, tuple[Piece, ...]]
    lists: Mapping[str, Piece]
    steps: tuple[Step, ...] = ()
    missed: tuple[Missed, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """Yield all of it."""
        for pieces in self.texts.values():
            yield from pieces
        yield from self.lists.values()


def edits(layers: Layers) -> tuple[dict[str, Edits], list[Problem]]:
    """Return what each layer's site.yaml says about those below, by the layer's name, and what is wrong with it."""
    by_layer: dict[str, Edits] = {}
    problems: list[Problem] = []
    for layer in layers.layers:
        shown = layer.shown + SETTINGS
        root = layers.settings[layer.name].root or Node({}, Location(shown), Location(shown))
        values = {key: node for key, node in root.children.items() if key in LayerKeys.model_fields}
        orders = replace(root, value=values)
        keys, faults = validate(LayerKeys, Reading(orders), shown)
        problems.extend(faults)
        if keys is None:
            continue
        lock, faults = read_lock(layers, layer)
        holds = keys.new == "hold"
        problems.extend([*(faults if holds else ()), *_too_much(keys, orders)])
        by_layer[layer.name] = Edits(keys, orders, lock.seen if lock and holds else None, lock)
    return by_layer, problems


def _too_much(keys: LayerKeys, orders: Node) -> Iterator[Problem]:
    if sum(map(len, keys.patch.values())) > MAX_CHANGES:
        message = say("the patch has more than {max_changes} changes", max_changes=MAX_CHANGES)
        yield Problem(orders.children["patch"].key, "patch-form", message, say("put files of your own in their place"))


def overlay(layers: Layers, by_layer: Mapping[str, Edits], lang: str, languages: tuple[str, ...]) -> Overlay:
    """Return the content of a language, layer upon layer. The first of `languages` is the main one."""
    content = Overlay(dict.fromkeys(TEXTS, ()), {})
    for layer in layers.layers:
        turn = _Turn(layers, layer, by_layer[layer.name], lang, languages)
        for act in (_hold, _hide, _put_texts, _put_lists, _patch):
            content = act(content, turn)
    return _forget(content, {key.removeprefix(f"{lang}/") for key in hidden_by(content.steps)})


@dataclass(frozen=True, slots=True)
class _Turn:
    """One layer's turn in one language."""

    layers: Layers
    layer: Layer
    edits: Edits
    lang: str
    languages: tuple[str, ...]

    @property
    def prefix(self) -> str:
        return "" if self.lang == self.languages[0] else f"{self.lang}/"

    @property
    def files(self) -> Mapping[str, Source]:
        return self.layers.files[self.layer.name]


def _hold(below: Overlay, turn: _Turn) -> Overlay:
    """Hold back what the layer has not seen."""
    seen = turn.edits.seen
    return below if seen is None else _leave_out(below, turn, "holds", lambda key: key not in seen, ("new",))


def _hide(below: Overlay, turn: _Turn) -> Overlay:
    for number, name in enumerate(turn.edits.keys.hide):
        hidden = {f"{turn.prefix}{kind}/{name}" for kind in TEXTS}
        verb: Verb = "hides"
        if hidden.isdisjoint(piece.key for pieces in below.texts.values() for piece in pieces):
            verb, hidden = "holds", _renamed(below, turn, name)
        below = _leave_out(below, turn, verb, hidden.__contains__, ("hide", number))
    return below


def _renamed(below: Overlay, turn: _Turn, name: str) -> set[str]:
    """Return the keys of what a hidden text may be called now: it has its title, and the layer has not seen it yet. It
    does not come back because its id has changed."""
    title, seen = turn.edits.title_of_hidden(name), turn.edits.lock.seen if turn.edits.lock else frozenset[str]()
    return {
        piece.key
        for pieces in below.texts.values()
        for piece in pieces
        if title
        and piece.key not in seen
        and piece.reading.root
        and piece.reading.root.children.get("title")
        and piece.reading.root.children["title"].value == title
    }


def _leave_out(below: Overlay, turn: _Turn, verb: Verb, leaves: Callable[[str], bool], order: Path) -> Overlay:
    """Leave out the texts with these keys. `order` = the path of what says so in the layer's site.yaml."""
    at = turn.edits.orders.place(*order)
    left_out = (piece for pieces in below.texts.values() for piece in pieces if leaves(piece.key))
    steps = (Step(turn.layer.name, verb, piece.key, at, order, below=piece) for piece in left_out)
    texts = {kind: tuple(piece for piece in pieces if not leaves(piece.key)) for kind, pieces in below.texts.items()}
    return replace(below, texts=texts, steps=(*below.steps, *steps))


def _put_texts(below: Overlay, turn: _Turn) -> Overlay:
    """Put the layer's own texts in place of those below with the same id or path, and the others after them."""
    texts: dict[str, tuple[Piece, ...]] = {}
    steps = list(below.steps)
    for kind, ending in TEXTS.items():
        folder = f"content/{turn.lang}/{kind}/"
        by_key = {piece.key: piece for piece in below.texts[kind]}
        by_path = {piece.source.path: piece for piece in below.texts[kind]}
        now = {piece.source.shown: piece for piece in below.texts[kind]}
        for path, source in turn.files.items():
            if path.startswith(folder) and path.endswith(ending):
                piece = read_piece(turn.layers, source, turn.prefix + kind)
                replaced = by_key.get(piece.key) or by_path.get(path)
                steps.append(_put(turn, replaced, piece))
                if replaced:
                    now.pop(replaced.source.shown, None)
                now[source.shown] = piece
        texts[kind] = tuple(now.values())
    return replace(below, texts=texts, steps=tuple(steps))


def _put_lists(below: Overlay, turn: _Turn) -> Overlay:
    lists, steps = dict(below.lists), list(below.steps)
    for name in dict.fromkeys(file for file, _ in LISTS.values()):
        if source := turn.files.get(f"content/{turn.lang}/{name}"):
            piece = read_piece(turn.layers, source, turn.prefix.rstrip("/"))
            steps.append(_put(turn, lists.get(name), piece))
            lists[name] = piece
    return replace(below, lists=lists, steps=tuple(steps))


def _put(turn: _Turn, replaced: Piece | None, piece: Piece) -> Step:
    verb: Verb = "replaces" if replaced else "adds"
    return Step(turn.layer.name, verb, piece.key, Location(piece.source.shown), below=replaced, piece=piece)


def _patch(below: Overlay, turn: _Turn) -> Overlay:
    for target, changes in turn.edits.keys.patch.items():
        lang, slash, rest = target.partition("/")
        if slash and lang in turn.languages:
            below = _patch_target(below, turn, target, rest, changes) if lang == turn.lang else below
        elif not turn.prefix:
            below = _patch_target(below, turn, target, target, changes)
    return below


def _patch_target(below: Overlay, turn: _Turn, target: str, name: str, changes: Mapping[str, Change]) -> Overlay:
    """Patch one file. `name` = the target without its language."""
    layer, orders = turn.layer.name, turn.edits.orders.children["patch"].children[target]
    piece, inside = _target(below, turn.prefix, name)
    if piece is None:
        missing = Missed(layer, "patches", target, _no_target(below, orders.key, target, name.partition("/")[0]))
        return replace(below, missed=(*below.missed, missing))
    if piece.problems or piece.reading.broken:
        return below
    steps, missed = list(below.steps), list(below.missed)
    root = piece.reading.root or Node({}, Location(piece.source.shown), Location(piece.source.shown))
    for key, change in changes.items():
        root, outcome = patch(root, inside + key, change, orders.children[key])
        step, order = f"{target}#{key}", ("patch", target, key)
        if isinstance(outcome, Problem):
            missed.append(Missed(layer, "patches", step, outcome))
        else:
            steps.append(Step(layer, "patches", step, outcome.at, order, below=piece, patched=outcome))
    new = replace(piece, reading=replace(piece.reading, root=root))
    texts = {kind: tuple(new if old is piece else old for old in pieces) for kind, pieces in below.texts.items()}
    lists = {file: new if old is piece else old for file, old in below.lists.items()}
    return Overlay(texts, lists, tuple(steps), tuple(missed))


def _target(below: Overlay, prefix: str, name: str) -> tuple[Piece | None, str]:
    """The piece that a patch changes, None when it is not there, and what the patch's keys begin with in its file."""
    kind, _, entry = name.partition("/")
    if kind in TEXTS:
        return next((piece for piece in below.texts[kind] if piece.key == prefix + name), None), ""
    file, listed = LISTS.get(kind, ("", ""))
    return below.lists.get(file), f"{listed}.{entry}." if entry else ""


def _no_target(below: Overlay, at: Location, target: str, kind: str) -> Problem:
    known = [piece.key for piece in below.pieces()]
    hint = (
        did_you_mean(target, known, say("there are"))
        if kind in TEXTS
        else did_you_mean(kind, (*TEXTS, *LISTS), say("kinds"))
    )
    return Problem(at, "patch-target", say('there is no "{target}" to patch', target=target), hint)


def _forget(content: Overlay, hidden: set[str]) -> Overlay:
    """What is hidden or held back is no longer suggested: it leaves the lists of what to go on with, and a link to it
    becomes plain words. The rule broken-reference reports a program that needs it."""
    if not hidden:
        return content
    texts = {kind: tuple(_without(piece, hidden) for piece in pieces) for kind, pieces in content.texts.items()}
    return replace(content, texts=texts)


def _without(piece: Piece, hidden: set[str]) -> Piece:
    names = [key.partition("/")[2] for key in hidden if key.startswith("exercises/")]
    links = {f"{kind[:-1]}:{name}" for kind, _, name in (key.partition("/") for key in hidden)}
    reading = replace(piece.reading, root=_unnamed(piece.reading.root, names, links) if piece.reading.root else None)

    def plain(link: re.Match[str]) -> str:
        return link[1] if f"{link[2]}s/{link[3]}" in hidden else link[0]

    return replace(piece, reading=reading, body=LINK.sub(plain, piece.body))


def _unnamed(root: Node, names: list[str], links: set[str]) -> Node:
    """The facts of a text without the exercises of these names among what to go on with, and without ways to begin
    that have these links."""
    if ways := root.get("ways"):
        targets = [(way, way.get("link")) for way in ways.entries]
        left = tuple(way for way, link in targets if not link or str(link.value).partition("?")[0] not in links)
        root = root.put(("ways",), Node(left, ways.key, ways.key)) if len(left) < len(ways.entries) else root
    for key in ("next_exercises", "needs"):
        if node := root.get(key):
            rest = tuple(entry for entry in node.entries if (entry.get("exercise") or entry).value not in names)
            root = root.put((key,), Node(rest, node.key, node.key)) if len(rest) < len(node.entries) else root
    unsure = root.get("unsure")
    return root.without(("unsure",), unsure.key) if unsure and unsure.value in names else root


def not_hidden(by_layer: Mapping[str, Edits], steps: Iterable[Step]) -> Iterator[Missed]:
    """Yield what layers hide that is not there. `steps` = of all languages."""
    hidden = {(step.layer, step.order) for step in steps if step.verb == "hides"}
    for layer, edit in by_layer.items():
        for number, name in enumerate(edit.keys.hide):
            if (layer, ("hide", number)) not in hidden:
                at, message = edit.orders.place("hide", number), say('there is no "{name}" to hide', name=name)
                hint = say("take it out of hide, or look in hejagen layers for what it is called now")
                yield Missed(layer, "hides", name, Problem(at, "hide-missing", message, hint, "warning"))


def not_held(by_layer: Mapping[str, Edits]) -> Iterator[Problem]:
    """Yield a warning for each layer that would hold back what is new, but has no record of what is not."""
    for edit in by_layer.values():
        if edit.keys.new == "hold" and edit.seen is None:
            message = say("nothing can be held back: the layer has no record of what it has seen")
            hint = say("run hejagen upgrade accept --all once")
            yield Problem(edit.orders.place("new"), "no-lock", message, hint, "warning")


def hidden_by(steps: Iterable[Step]) -> Mapping[str, Step]:
    """Return what is hidden or held back by the end of the steps, by key."""
    hidden: dict[str, Step] = {}
    for step in steps:
        if step.verb in ("hides", "holds"):
            hidden[step.key] = step
        elif step.verb in ("adds", "replaces"):
            hidden.pop(step.key, None)
    return hidden


def older_program(layers: Layers, by_layer: Mapping[str, Edits]) -> Iterator[Problem]:
    """Yield an error for each layer that was last looked at with a newer version of the program than this one."""
    for layer in layers.layers:
        lock = by_layer[layer.name].lock if layer.name in by_layer else None
        if lock and _numbers(lock.upstream) > _numbers(__version__):
            message = say(
                "the layer was last looked at with {newer}, and this is hejagen {version}",
                newer=lock.upstream,
                version=__version__,
            )
            hint = say("install the newer one: pip install -r requirements.txt")
            yield Problem(Location(layer.shown + LOCK), "older-program", message, hint)


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version such as "hejagen 0.2.0"; of what is none, nothing."""
    numbers = re.fullmatch(r"hejagen (\d{1,6})\.(\d{1,6})\.(\d{1,6})", f"hejagen {version.removeprefix('hejagen ')}")
    return tuple(map(int, numbers.groups())) if numbers else ()
