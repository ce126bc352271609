"""The pictures of texts: each is what its name says, and safe to show."""

import math
from collections.abc import Iterator
from pathlib import PurePosixPath

from hejagen.content.raster import ENDINGS, Cleaned, Refused, clean_raster
from hejagen.content.svg import clean_svg
from hejagen.layers.stack import Layers, Source
from hejagen.messages import say
from hejagen.model.site import Picture
from hejagen.problems import Location, Problem

HEAVY = 300_000
"""Bytes from which a picture makes readers with a slow network wait."""


def read_pictures(layers: Layers, folder: str) -> tuple[dict[str, Picture], list[Problem]]:
    """Return the pictures below a folder by name, such as karta.svg, and what is wrong with them and with others."""
    pictures: dict[str, Picture] = {}
    problems: list[Problem] = []
    for path, source in layers.find(folder).items():
        picture, faults = _picture(layers, source)
        problems.extend(faults)
        if picture:
            pictures[path.removeprefix(f"{folder}/")] = picture
    return pictures, problems


def _picture(layers: Layers, source: Source) -> tuple[Picture | None, list[Problem]]:
    data, problems = layers.data(source)
    if problems:
        return None, problems
    try:
        cleaned = clean_picture(source.path, data)
    except Refused as refused:
        at = Location(source.shown, refused.line)
        return None, [Problem(at, "picture-form", refused.message, refused.hint)]
    picture = Picture(cleaned.data, math.ceil(cleaned.width), math.ceil(cleaned.height))
    return picture, [*_removed(source.shown, cleaned), *_weight(Location(source.shown), data)]


def clean_picture(name: str, data: bytes) -> Cleaned:
    """Return a picture that is safe to show, by its file's name and bytes. Raises Refused."""
    ending = PurePosixPath(name.lower()).suffix
    if ending == ".svg":
        return clean_svg(data)
    if ending in ENDINGS:
        return clean_raster(ending, data)
    what = (
        say('a file that ends in "{ending}" is not shown', ending=ending[:20])
        if ending
        else say("the name has no ending")
    )
    raise Refused(what, say("save it anew from a picture program, as {endings} or .svg", endings=", ".join(ENDINGS)))


def _removed(shown: str, cleaned: Cleaned) -> Iterator[Problem]:
    """What was taken out of a picture. It is published without it."""
    hint = say(
        "the picture is published without it; if it looks wrong then, save it as plain SVG, with text as outlines"
    )
    if not shown.lower().endswith(".svg"):
        hint = say("the picture is published without it; your own file still has it")
    for line, what in cleaned.removed:
        yield Problem(Location(shown, line), "picture-cleaned", say("{what} is taken out", what=what), hint, "warning")


def _weight(at: Location, data: bytes) -> Iterator[Problem]:
    if len(data) > HEAVY:
        hint = say("make it smaller: at most {heavy} kB and 1,400 pixels wide", heavy=HEAVY // 1000)
        yield Problem(at, "heavy-picture", say("the picture has {count} kB", count=len(data) // 1000), hint, "warning")
