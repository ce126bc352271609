"""What each layer does with the content of those below it: adds, replaces, hides, holds back, patches. Content is known
by the id inside the file, so that a file may be renamed below without anything being lost or coming back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from hejagen.layers.lock import read_lock
from hejagen.layers.patch import MAX_CHANGES, Patched, patch
from hejagen.layers.piece import LISTS, TEXTS, Piece, Step, Verb, read_piece
from hejagen.layers.stack import SETTINGS, Layer, Layers
from hejagen.model.node import Node
from hejagen.model.settings import Change, LayerKeys
from hejagen.problems import Location, Problem, did_you_mean
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import Reading

LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((exercise|program|page):([a-z0-9-]+)(?:#[^)\s]*)?\)")
"""A link to content in Markdown: its words, what it leads to and the id."""


@dataclass(frozen=True, slots=True)
class Edits:
    """The keys of a layer's own site.yaml, where they stand, and the content that it has seen (None = no record)."""

    keys: LayerKeys
    orders: Node
    seen: frozenset[str] | None = None


@dataclass(slots=True)
class Overlay:
    """The content of a language as the top layer has it, by kind and by file name, and how it came to be so."""

    texts: dict[str, list[Piece]] = field(default_factory=dict)
    lists: dict[str, Piece] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """Yield all of it."""
        for pieces in self.texts.values():
            yield from pieces
        yield from self.lists.values()


def edits(layers: Layers) -> tuple[dict[str, Edits], list[Problem]]:
    """Return what each layer's site.yaml says about those below, by the layer's name."""
    found: dict[str, Edits] = {}
    problems: list[Problem] = []
    for layer in layers.layers:
        shown = layer.shown + SETTINGS
        root = layers.settings[layer.name].root or Node({}, Location(shown), Location(shown))
        orders = replace(
            root, value={key: node for key, node in root.children.items() if key in LayerKeys.model_fields}
        )
        keys, faults = validate(LayerKeys, Reading(orders), shown)
        problems.extend(faults)
        if keys is None:
            continue
        seen = None
        if keys.new == "hold":
            lock, faults = read_lock(layers, layer)
            problems.extend(faults)
            seen = lock.seen if lock else None
        found[layer.name] = Edits(keys, orders, seen)
        problems.extend(_too_much(keys, orders))
    return found, problems


def _too_much(keys: LayerKeys, orders: Node) -> Iterator[Problem]:
    if sum(map(len, keys.patch.values())) > MAX_CHANGES:
        message = f"the patch has more than {MAX_CHANGES} changes"
        yield Problem(orders.children["patch"].key, "patch-form", message, "put files of your own in their place")


def overlay(layers: Layers, by_layer: Mapping[str, Edits], lang: str, languages: tuple[str, ...]) -> Overlay:
    """Return the content of a language, layer upon layer. The first of `languages` is the main one."""
    made = Overlay(texts={kind: [] for kind in TEXTS})
    for layer in layers.layers:
        work = _Work(layers, layer, by_layer[layer.name], made, lang, languages)
        work.hold()
        work.hide()
        work.put_texts()
        work.put_lists()
        work.patch()
    _forget(made, {key.removeprefix(f"{lang}/") for key in hidden_by(made.steps)})
    return made


@dataclass(slots=True)
class _Work:
    """One layer's turn."""

    layers: Layers
    layer: Layer
    edits: Edits
    made: Overlay
    lang: str
    languages: tuple[str, ...]

    @property
    def prefix(self) -> str:
        return "" if self.lang == self.languages[0] else f"{self.lang}/"

    def step(self, verb: Verb, key: str, at: Location, **more: Piece | Patched | None) -> None:
        self.made.steps.append(Step(self.layer.name, verb, key, at, **more))  # type: ignore[arg-type]

    def hold(self) -> None:
        if self.edits.keys.new != "hold":
            return
        at = self.edits.orders.place("new")
        if self.edits.seen is None:
            hint = "run hejagen upgrade accept --all once"
            message = "nothing can be held back: the layer has no record of what it has seen"
            self.made.problems.append(Problem(at, "no-lock", message, hint, "warning"))
            return
        for kind, pieces in self.made.texts.items():
            for piece in pieces:
                if piece.key not in self.edits.seen:
                    self.step("holds", piece.key, at, below=piece)
            self.made.texts[kind] = [piece for piece in pieces if piece.key in self.edits.seen]

    def hide(self) -> None:
        for number, name in enumerate(self.edits.keys.hide):
            at = self.edits.orders.place("hide", number)
            hidden = {f"{self.prefix}{kind}/{name}" for kind in TEXTS}
            for kind, pieces in self.made.texts.items():
                for piece in pieces:
                    if piece.key in hidden:
                        self.step("hides", piece.key, at, below=piece)
                self.made.texts[kind] = [piece for piece in pieces if piece.key not in hidden]

    def put_texts(self) -> None:
        own = self.layers.files[self.layer.name]
        for kind, ending in TEXTS.items():
            folder = f"content/{self.lang}/{kind}/"
            mine = [source for path, source in own.items() if path.startswith(folder) and path.endswith(ending)]
            below = self.made.texts[kind]
            by_key = {piece.key: piece for piece in below}
            by_path = {piece.source.path: piece for piece in below}
            now = {piece.source.shown: piece for piece in below}
            for source in mine:
                piece = read_piece(self.layers, source, self.prefix + kind)
                old = by_key.get(piece.key) or by_path.get(source.path)
                self.step("replaces" if old else "adds", piece.key, Location(source.shown), below=old, own=piece)
                if old:
                    now.pop(old.source.shown, None)
                now[source.shown] = piece
            self.made.texts[kind] = list(now.values())

    def put_lists(self) -> None:
        own = self.layers.files[self.layer.name]
        for name in dict.fromkeys(file for file, _ in LISTS.values()):
            if source := own.get(f"content/{self.lang}/{name}"):
                old = self.made.lists.get(name)
                piece = read_piece(self.layers, source, self.prefix.rstrip("/"))
                self.step("replaces" if old else "adds", piece.key, Location(source.shown), below=old, own=piece)
                self.made.lists[name] = piece

    def patch(self) -> None:
        for target, changes in self.edits.keys.patch.items():
            lang, slash, rest = target.partition("/")
            if slash and lang in self.languages:
                if lang == self.lang:
                    self._patch(target, rest, changes)
            elif not self.prefix:
                self._patch(target, target, changes)

    def _patch(self, target: str, local: str, changes: Mapping[str, Change]) -> None:
        kind, _, name = local.partition("/")
        orders = self.edits.orders.get("patch", target)
        assert orders
        if kind in TEXTS:
            key = f"{self.prefix}{kind}/{name}"
            piece = next((piece for piece in self.made.texts[kind] if piece.key == key), None)
            inside = ""
        else:
            file, inside = LISTS.get(kind, ("", ""))
            piece = self.made.lists.get(file)
            inside = f"{inside}.{name}." if name else ""
        if piece is None:
            self.made.problems.append(self._missing(orders.key, target, kind))
            return
        if piece.problems or piece.reading.problems:
            return
        root = piece.reading.root or Node({}, Location(piece.source.shown), Location(piece.source.shown))
        for name, change in changes.items():
            root, patched, problem = patch(root, f"{inside}{name}", change, orders.children[name])
            if patched:
                self.step("patches", f"{target}#{name}", patched.at, below=piece, patched=patched)
            if problem:
                self.made.problems.append(problem)
        changed = replace(piece, reading=Reading(root))
        if kind in TEXTS:
            self.made.texts[kind] = [changed if other is piece else other for other in self.made.texts[kind]]
        else:
            self.made.lists[file] = changed

    def _missing(self, at: Location, target: str, kind: str) -> Problem:
        known = [piece.key for piece in self.made.pieces()]
        hint = (
            did_you_mean(target, known, "there are") if kind in TEXTS else did_you_mean(kind, (*TEXTS, *LISTS), "kinds")
        )
        return Problem(at, "patch-target", f'there is no "{target}" to patch', hint)


def _forget(made: Overlay, hidden: set[str]) -> None:
    """What is hidden or held back is no longer suggested: it leaves the lists of what to go on with, and a link to it
    becomes plain words. A program that needs it is told by the rule broken-reference."""
    if not hidden:
        return
    for kind, pieces in made.texts.items():
        made.texts[kind] = [_without(piece, hidden) for piece in pieces]


def _without(piece: Piece, hidden: set[str]) -> Piece:
    names = [key.partition("/")[2] for key in hidden if key.startswith("exercises/")]
    reading = replace(piece.reading, root=_unnamed(piece.reading.root, names) if piece.reading.root else None)

    def plain(link: re.Match[str]) -> str:
        return link[1] if f"{link[2]}s/{link[3]}" in hidden else link[0]

    return replace(piece, reading=reading, body=LINK.sub(plain, piece.body))


def _unnamed(root: Node, names: list[str]) -> Node:
    """The facts of a text without the exercises of these names among what to go on with."""
    for key in ("next_exercises", "needs"):
        if node := root.get(key):
            rest = tuple(entry for entry in node.entries if (entry.get("exercise") or entry).value not in names)
            root = root.put((key,), Node(rest, node.key, node.key)) if len(rest) < len(node.entries) else root
    unsure = root.get("unsure")
    return root.without(("unsure",), unsure.key) if unsure and unsure.value in names else root


def not_hidden(by_layer: Mapping[str, Edits], steps: Iterable[Step]) -> Iterator[tuple[str, str, Location]]:
    """Yield what layers hide that is not there: the layer's name, the id and its place. `steps` = of all languages."""
    done = {step.at for step in steps if step.verb == "hides"}
    for name, edit in by_layer.items():
        for number, hidden in enumerate(edit.keys.hide):
            at = edit.orders.place("hide", number)
            if at not in done:
                yield name, hidden, at


def hidden_by(steps: Iterable[Step]) -> Mapping[str, Step]:
    """Return what is hidden or held back by the end of the steps, by key."""
    found: dict[str, Step] = {}
    for step in steps:
        if step.verb in ("hides", "holds"):
            found[step.key] = step
        elif step.verb in ("adds", "replaces"):
            found.pop(step.key, None)
    return found
