"""Components that have a new name: where a layer still uses the old one, and what to write instead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from hejagen.layers.stack import Layers, Source
from hejagen.messages import say
from hejagen.problems import Location, Problem

RULE = "renamed-component"
RENAMED: Mapping[str, str] = {
    "copy": "copy-button",
    "done": "mark-done",
    "facts": "fact-list",
    "kept": "saved-copy-notice",
    "mode": "mode-badge",
    "note": "reflection",
    "opening": "page-header",
    "picks": "needs-list",
    "program": "program-tracker",
    "say": "spoken-example",
    "strip": "progress-strip",
    "wall": "card-grid",
    "way": "entry-card",
    "week": "program-week",
}
"""The new name of each component that has got one, by its old name."""
CLASSES: Mapping[str, str] = {**RENAMED, "ways": "entry-cards", "weeks": "program-weeks"}
"""The new name of each class, by its old name. Those of parts and kinds (__part, --kind) follow."""
PARTS_ONLY = frozenset(("copy", "done", "note", "program"))
"""Components that had classes for their parts alone: a class with just this name was never theirs."""
KINDS: Mapping[str, str] = {".html": "template", ".css": "style", ".js": "script", ".yaml": "description"}
COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)|/\*.*?(?:\*/|\Z)", re.S)
"""What nobody reads. A comment without its end goes on to the end of the file."""
FOLDER = re.compile(rf"layouts/components/({'|'.join(RENAMED)})/")
IMPORT = re.compile(rf"""(?<=["'!])components/({"|".join(RENAMED)})/\1\.html(?=["'])""")
ATTRIBUTE = re.compile(r'\bclass="([^"]*)')
NAME = rf"({'|'.join(CLASSES)})((?:__|--)[\w-]+)?(?![\w-])"
CLASS = re.compile(rf"(?<![\w-]){NAME}")
SELECTOR = re.compile(rf"(?<=\.){NAME}")
ELEMENT = re.compile(rf"(?<![\w.-])heja-({'|'.join(RENAMED)})(?![\w-])")


@dataclass(frozen=True, slots=True)
class _Name:
    """The old name of a class or element in a file of a layer, as it is written there and as it is now."""

    at: Location
    component: str
    old: str
    new: str


def renamed_components(layers: Layers) -> Iterator[Problem]:
    """Yield a problem for each component that a layer calls by an old name: its folder, an import, a class, an element.

    It is an error where nothing answers to the old name: what the layer changes would be lost without a word. It is a
    warning where the layer itself does, in a folder that its own templates import or a class that it both writes and
    styles: perhaps these are its own, perhaps they stand in for the base's.
    """
    texts = {source: COMMENT.sub(_blank, layers.text(source)[0]) for source in _sources(layers)}
    imports = [(source, path) for source, text in texts.items() for path in IMPORT.finditer(text)]
    imported = {path[1] for source, path in imports if _component(source) != path[1]}
    for _, sources in groupby(texts, lambda source: source.shown.rpartition("/")[0]):
        first = next(sources)
        if component := _component(first):
            yield _folder_problem(first, component, component in imported)
    for source, path in imports:
        component, new = path[1], RENAMED[path[1]]
        if not layers.all_of(f"layouts/components/{component}/{component}.html"):
            at = _at(source, texts[source], path.start())
            hint = say(
                'write "components/{new}/{new}.html", and {macro} for {component}',
                new=new,
                macro=new.replace("-", "_"),
                component=component,
            )
            yield Problem(
                at, RULE, say('the component "{component}" is called "{new}" now', component=component, new=new), hint
            )
    names = {source: sorted(_names(source, text), key=lambda name: name.at) for source, text in texts.items()}
    kinds = {(name.component, _kind(source)) for source, inside in names.items() for name in inside}
    for source, inside in names.items():
        others = {component for component, kind in kinds if kind != _kind(source)}
        if not _component(source):  # of such a file the whole folder is reported
            for component, name in {name.component: name for name in reversed(inside)}.items():
                yield _name_problem(name, component in others)


def _sources(layers: Layers) -> Iterator[Source]:
    """Yield the files of components, pages and styles of the layers above the base; of each folder templates first."""
    for layer in layers.layers[1:]:
        files = layers.files[layer.name].values()
        ours = [source for source in files if source.path.startswith("layouts/") and _kind(source)]
        yield from sorted(ours, key=lambda source: (source.path.rpartition("/")[0], _kind(source) != "template"))


def _kind(source: Source) -> str:
    return KINDS.get(PurePosixPath(source.path).suffix, "")


def _component(source: Source) -> str:
    """Return the old name of the component in whose folder a file lies, or ""."""
    folder = FOLDER.match(source.path)
    return folder[1] if folder else ""


def _folder_problem(first: Source, component: str, imported: bool) -> Problem:
    new = RENAMED[component]
    used = say("only your own templates use this folder") if imported else say("no page uses this folder")
    message = say('the component "{component}" is called "{new}" now: {used}', component=component, new=new, used=used)
    hint = say(
        "rename the folder and its files to {new}, and inside them the macro to {macro}, classes to {new} and the "
        "element to heja-{new}",
        new=new,
        macro=new.replace("-", "_"),
    )
    if imported:
        hint = say("{hint}; for a component of your own, choose another name", hint=hint)
    return Problem(Location(first.shown), RULE, message, hint, "warning" if imported else "error")


def _name_problem(name: _Name, answered: bool) -> Problem:
    hint = say("write {new}, and look for more of {component} in this file", new=name.new, component=name.component)
    if name.old.startswith("heja-"):
        message = say('the element "{old}" is called "{new}" now', old=name.old, new=name.new)
        own = say("{hint}; for element names of your own, choose others", hint=hint)
    else:
        message = say('the class "{old}" is called "{new}" now', old=name.old, new=name.new)
        own = say("{hint}; for class names of your own, choose others", hint=hint)
    hint = own if answered else hint
    return Problem(name.at, RULE, message, hint, "warning" if answered else "error")


def _names(source: Source, text: str) -> Iterator[_Name]:
    """Yield the old names of classes and elements in a template, style or script."""
    kind = _kind(source)
    if kind == "description":
        return
    for name in ELEMENT.finditer(text):
        yield _Name(_at(source, text, name.start()), name[1], name[0], f"heja-{RENAMED[name[1]]}")
    for name in _classes(kind, text):
        component, part = name[1], name[2] or ""
        if part or (kind != "script" and component not in PARTS_ONLY):
            yield _Name(_at(source, text, name.start()), component, name[0], CLASSES[component] + part)


def _classes(kind: str, text: str) -> Iterator[re.Match[str]]:
    if kind != "template":
        yield from (SELECTOR if kind == "style" else CLASS).finditer(text)
        return
    for attribute in ATTRIBUTE.finditer(text):
        yield from CLASS.finditer(text, attribute.start(1), attribute.end())


def _blank(comment: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", comment[0])


def _at(source: Source, text: str, place: int) -> Location:
    before = text[:place]
    return Location(source.shown, before.count("\n") + 1, place - before.rfind("\n"))
