"""The SVG files of layouts/covers become drawings. A designer draws them, and a layer may bring its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Annotated, get_args

from pydantic import Field

from hejagen.content.planes import form_problem, read_drawing
from hejagen.layers.stack import Layers, Source
from hejagen.messages import NOTHING, say
from hejagen.model.base import Model, Slug
from hejagen.model.choices import ExerciseType, Mode
from hejagen.model.drawing import BODIES, Box, Drawing, Drawings
from hejagen.model.node import Node
from hejagen.model.site import Content, Program, TextPage
from hejagen.problems import Location, Problem, did_you_mean
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import read_yaml

FOLDER = "layouts/covers"
PEOPLE, LISTS, ICON = f"{FOLDER}/people", f"{FOLDER}/motifs.yaml", "layouts/icon.svg"
FRAME = Box(0, 0, 400, 300)
"""The box that a motif must fill."""


class MotifsFile(Model):
    """Which motifs suit what. The file of a layer replaces the lists that it names; the others stay."""

    suits: dict[ExerciseType, Annotated[tuple[Slug, ...], Field(min_length=1)]] = Field(default={})
    """Motifs by type of exercise, the best first."""
    remote: tuple[Slug, ...] | None = None
    """Motifs for exercises that are not done on site. They come before the motifs of the type."""
    leans: dict[Mode, tuple[Slug, ...]] = Field(default={})
    """Motifs that express a mode, by mode."""


def read_drawings(layers: Layers) -> tuple[Drawings | None, list[Problem]]:
    """Return the drawings for covers and icon, or None, and the problems in the files."""
    problems: list[Problem] = []
    motifs = _read(layers, _in_folder(layers, FOLDER), problems, FRAME)
    bodies = _read(layers, _in_folder(layers, PEOPLE), problems)
    icons = _read(layers, layers.all_of(ICON)[-1:], problems)
    needed = {f"{kind}-{variant}" for kind, variants in BODIES.items() for variant in variants}
    for source in _in_folder(layers, PEOPLE):
        if (name := PurePosixPath(source.path).stem) not in needed:
            message = say('"{name}" is no body that covers ask for', name=name)
            problems.append(
                form_problem(source.shown, 1, message, did_you_mean(name, sorted(needed), say("the bodies")))
            )
    lists, faults = _lists(layers, motifs)
    problems.extend(faults)
    if problems:
        return None, problems
    if missing := [*(needed - bodies.keys()), *({"icon"} - icons.keys())]:
        problem = Problem(
            Location(FOLDER), "missing-file", say("no drawing of {missing}", missing=", ".join(sorted(missing)))
        )
        return None, [replace(problem, hint=say("copy it from the base layer"))]
    return _together(tuple(motifs.items()), tuple(bodies.items()), icons["icon"], lists.model_dump_json()), []


def _in_folder(layers: Layers, folder: str) -> list[Source]:
    sources = layers.find(folder, ".svg").values()
    return [source for source in sources if str(PurePosixPath(source.path).parent) == folder]


def _read(
    layers: Layers, sources: Iterable[Source], problems: list[Problem], frame: Box | None = None
) -> dict[str, Drawing]:
    """Return the drawings in files, by name. `frame` is the box that each must fill."""
    drawings: dict[str, Drawing] = {}
    for source in sources:
        text, faults = layers.text(source)
        drawing, more = (None, ()) if faults else read_drawing(text, source.shown, frame)
        problems.extend([*faults, *more])
        if drawing:
            drawings[PurePosixPath(source.path).stem] = drawing
    return drawings


def _lists(layers: Layers, motifs: Mapping[str, Drawing]) -> tuple[MotifsFile, list[Problem]]:
    """Return the lists of motifs, each from the highest layer that has it."""
    whole = MotifsFile()
    problems: list[Problem] = []
    for source in layers.all_of(LISTS):
        text, faults = layers.text(source)
        reading = read_yaml(text, source.shown)
        lists, more = (None, []) if faults or reading.broken else validate(MotifsFile, reading, source.shown)
        problems.extend([*faults, *reading.problems, *more])
        if lists and reading.root:
            whole = MotifsFile(
                suits={**whole.suits, **lists.suits},
                remote=whole.remote if lists.remote is None else lists.remote,
                leans={**whole.leans, **lists.leans},
            )
            problems.extend(
                _unknown(name, motifs, at) for name, at in _named(lists, reading.root) if name not in motifs
            )
    return whole, problems


def _named(lists: MotifsFile, root: Node) -> Iterator[tuple[str, Location]]:
    """Yield each motif that a file of lists names, and where."""
    for key, table in (("suits", lists.suits), ("leans", lists.leans)):
        for kind, names in table.items():
            yield from ((name, root.place(key, kind, number)) for number, name in enumerate(names))
    yield from ((name, root.place("remote", number)) for number, name in enumerate(lists.remote or ()))


@lru_cache(maxsize=32)
def _together(
    motifs: tuple[tuple[str, Drawing], ...], bodies: tuple[tuple[str, Drawing], ...], icon: Drawing, lists: str
) -> Drawings:
    """Return the same object for the same files, so that a second build reuses its covers. `lists` is JSON."""
    which = MotifsFile.model_validate_json(lists)
    suits = {str(kind): names for kind, names in which.suits.items()}
    leans = {mode: frozenset(which.leans.get(mode) or ()) for mode in get_args(Mode)}
    return Drawings(dict(motifs), dict(bodies), icon, suits, which.remote or (), leans)


def unknown_motifs(content: Content, drawings: Drawings) -> Iterator[Problem]:
    """Yield a problem for each motif of a program or a page that has no file."""
    items: list[Program | TextPage] = [*content.programs.values(), *content.pages.values()]
    for item in items:
        if item.meta.cover and item.meta.cover.motif not in drawings.motifs:
            yield _unknown(item.meta.cover.motif, drawings.motifs, item.origin.at("cover", "motif"))


def _unknown(motif: str, motifs: Mapping[str, Drawing], at: Location) -> Problem:
    close = did_you_mean(motif, sorted(motifs), NOTHING)
    every = say(
        "the motifs: {motifs}; a new one is a file, {folder}/{motif}.svg",
        motifs=", ".join(sorted(motifs)),
        folder=FOLDER,
        motif=motif,
    )
    hint = say("{close} Or {every}", close=close, every=every) if close.startswith("did") else every
    return Problem(at, "unknown-value", say('there is no motif "{motif}"', motif=motif), hint)
