"""One SVG file that a designer has drawn becomes a drawing: planes, places for bodies, and when each is drawn."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import cos, radians, sin
from typing import Any

from hejagen.content.raster import Refused
from hejagen.content.svg import SVG, parse_svg
from hejagen.messages import Message, say
from hejagen.model.drawing import (
    BODIES,
    COMPANY,
    MODES,
    PLACE,
    Body,
    Box,
    Drawing,
    Matrix,
    Part,
    Point,
    Points,
    combined,
    moved,
)
from hejagen.problems import Location, Problem, did_you_mean

ROLES = {"#bfe3f5": 0, "#2b2a6e": 1, "#6a78ac": 2, "#fffdf7": 3, "#ffd54a": 4, "#a9c9e3": 5}
"""The colours of a drawing, and the role of each. The site shows the colours of its brand instead."""
MOST_PARTS, MOST_CORNERS, FARTHEST = 300, 60, 10_000
"""How many planes and bodies a file may hold, how many corners a plane, and how far from 0,0 a corner may be."""
ALWAYS = ("back", "front")
"""Names of groups that are always drawn."""
UNSEEN = ("title", "desc", "metadata", "defs", "clipPath")
INKSCAPE_LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
LINKS = ("href", "{http://www.w3.org/1999/xlink}href")
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
COMMAND = re.compile(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)")
MOVE = re.compile(r"(?<![\s,])[\s,]*+(?<![a-zA-Z])([a-zA-Z]++)\s*+\(([^()]*)\)")
CLIP = re.compile(r"""url\(\s*['"]?#([^'")]+?)['"]?\s*\)""")
BODY = re.compile(r"(?:.*/)?people/(\w+)-(\w+)\.svg")


def form_problem(shown: str, line: int, message: Message, hint: Message) -> Problem:
    """Return what is wrong with a file, with its line."""
    return Problem(Location(shown, line), "cover-form", message, hint)


@lru_cache(maxsize=256)
def read_drawing(text: str, shown: str, frame: Box | None = None) -> tuple[Drawing | None, tuple[Problem, ...]]:
    """Return the drawing in the text of an SVG file, or None, and the problems in it.

    `shown` is the file's name in messages. `frame` is the box that the drawing must fill; None allows any box.
    """
    try:
        root = parse_svg(text.encode())
    except Refused as refused:
        return None, (form_problem(shown, refused.line, refused.message, refused.hint),)
    reader = _Reader(shown, {element.get("id"): element for element in root.iter(f"{{{SVG}}}clipPath")})
    box = reader.box(root, frame)
    for element in root:
        reader.read(element, _Here(), top=True)
    if reader.problems:
        return None, tuple(reader.problems)
    return Drawing(box, tuple(reader.parts), reader.horizon), ()


class _Fault(Exception):
    """Raised for an element that cannot be read. Holds the reason and what to do."""


@dataclass(frozen=True, slots=True)
class _Here:
    """The values that an element inherits from its parents."""

    matrix: Matrix = PLACE
    fill: str = "black"
    company: frozenset[str] = frozenset(COMPANY)
    modes: frozenset[str] = frozenset(MODES)
    windows: tuple[Points, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Reads one file."""

    shown: str
    clips: Mapping[str, Any]
    parts: list[Part] = field(default_factory=list)
    horizon: Point | None = None
    problems: list[Problem] = field(default_factory=list)

    def box(self, root: Any, frame: Box | None) -> Box:
        """Return the viewBox of the file."""
        try:
            numbers = _numbers(root.get("viewBox", ""))
            if len(numbers) != 4 or not all(0 < side <= FARTHEST for side in numbers[2:]):
                raise _Fault(say("the file has no viewBox"), say('write viewBox="left top width height"'))
            box = Box(*numbers)
            if frame and box != frame:
                raise _Fault(
                    say('viewBox is "{value}"', value=root.get("viewBox")[:40]),
                    say('a motif has viewBox="0 0 400 300"'),
                )
            return box
        except _Fault as fault:
            self.problems.append(form_problem(self.shown, root.sourceline, *fault.args))
            return Box(0, 0, 1, 1)

    def read(self, element: Any, here: _Here, *, top: bool = False) -> None:
        """Note what an element draws. `top`: it stands directly in the file, where groups say when they are drawn."""
        space, _, name = element.tag[1:].rpartition("}")
        if space != SVG or name in UNSEEN or element.get("id") == "ground":
            return
        try:
            style = _style(element)
            if style.get("display") == "none" and not top:
                return
            here = self.within(element, style, here)
            if name == "g":
                here = _when(element, here) if top else here
                for inner in element:
                    self.read(inner, here)
            elif element.get("id") == "horizon":
                if name != "circle":
                    raise _Fault(
                        say("the horizon is no circle"), say("draw it as a circle, and do not make a path of it")
                    )
                self.horizon = moved([(_number(element, "cx"), _number(element, "cy"))], here.matrix)[0]
            else:
                self.add(_body(element, here) if name == "image" else _plane(element, name, style, here))
        except _Fault as fault:
            self.problems.append(form_problem(self.shown, element.sourceline, *fault.args))

    def add(self, part: Part) -> None:
        """Add a part."""
        if len(self.parts) >= MOST_PARTS:
            raise _Fault(
                say("the drawing has more than {most_parts} planes", most_parts=MOST_PARTS), say("make it simpler")
            )
        self.parts.append(part)

    def within(self, element: Any, style: Mapping[str, str], here: _Here) -> _Here:
        """Return the values that apply inside an element: its fill, transform and window."""
        matrix = combined(here.matrix, _matrix(element))
        here = replace(here, matrix=matrix, fill=style.get("fill", here.fill))
        if style.get("clip-path", "none") == "none":
            return here
        match = CLIP.fullmatch(style["clip-path"])
        clip = self.clips.get(match[1]) if match else None
        if clip is None or len(clip) != 1 or clip.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
            raise _Fault(
                say("{value} is not a window of one shape", value=style["clip-path"]),
                say("clip with one polygon or rectangle"),
            )
        inner = combined(combined(matrix, _matrix(clip)), _matrix(clip[0]))
        window = _corners(_outline(clip[0], clip[0].tag.rpartition("}")[2]), inner)
        if not _convex(window):
            raise _Fault(say("a window must not have corners that point inwards"), say("clip with a simpler polygon"))
        return replace(here, windows=(*here.windows, window))


def _style(element: Any) -> dict[str, str]:
    """Return the presentation attributes. Values in `style` override them."""
    style = {key: value.strip() for key, value in element.attrib.items()}
    for part in element.get("style", "").split(";"):
        key, _, value = part.partition(":")
        style[key.strip()] = value.strip()
    return style


def _when(group: Any, here: _Here) -> _Here:
    """When a group is drawn, read from its name: words for company and modes, and a number to tell groups apart."""
    name = group.get(INKSCAPE_LABEL) or group.get("id", "")
    words = [word for word in re.split(r"[\s_-]+", name.lower()) if word and not word.isdecimal()]
    for word in words:
        if word not in (*ALWAYS, *COMPANY, *MODES):
            hint = did_you_mean(word, [*ALWAYS, *COMPANY, *MODES], say("words such as two-three"))
            raise _Fault(say('the group\'s name "{name}" does not tell when it is drawn', name=name[:40]), hint)
    if not words:
        raise _Fault(
            say("the group has no name that tells when it is drawn"), say('write id="back", or another word for it')
        )
    company, modes = here.company & set(words), here.modes & set(words)
    return replace(here, company=company or here.company, modes=modes or here.modes)


def _plane(element: Any, name: str, style: Mapping[str, str], here: _Here) -> Part:
    points = _corners(_outline(element, name), here.matrix)
    role = ROLES.get(here.fill.lower())
    if role is None:
        raise _Fault(
            say('fill="{fill}" is none of the six colours', fill=here.fill[:40]),
            say("use one of {roles}", roles=", ".join(ROLES)),
        )
    if style.get("stroke", "none") != "none":
        raise _Fault(say("the plane has a line around it, which covers do not draw"), say("set stroke to none"))
    return Part((role, points), here.company, here.modes, here.windows)


def _outline(element: Any, name: str) -> list[Point]:
    """Return the corners of a shape from its attributes, before transforms."""
    if name == "polygon":
        return _pairs(_numbers(element.get("points", "")))
    if name == "rect" and not element.get("rx") and not element.get("ry"):
        x, y, width, height = (_number(element, key) for key in ("x", "y", "width", "height"))
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    if name == "path":
        return _path(element.get("d", ""))
    what = say("a rectangle with round corners") if name == "rect" else f"<{name}>"
    hint = say("draw with polygons, rectangles and paths of straight lines, with colours as attributes")
    raise _Fault(say("{what} is not drawn on covers", what=what), hint)


def _path(data: str) -> list[Point]:
    """Return the corners of a path that is one outline of straight lines (SVG 2, section 9.3)."""
    corners: list[Point] = []
    x = y = 0.0
    for letter, text in COMMAND.findall(data):
        if letter not in "MmLlHhVvZz" or (letter in "Mm" and corners):
            raise _Fault(
                say("the path has curves or more than one outline"),
                say("make polygons of it: straight lines, no holes"),
            )
        numbers = _numbers(text)
        if letter in "MmLl":
            steps: list[tuple[float | None, float | None]] = [*_pairs(numbers)]
        else:
            steps = [(number, None) if letter in "Hh" else (None, number) for number in numbers]
        for across, down in steps:
            # A lower-case command is relative to the end of the last line; H and V keep the other coordinate.
            left, top = (x, y) if letter.islower() else (0.0, 0.0)
            x, y = x if across is None else left + across, y if down is None else top + down
            corners.append((x, y))
    return corners


def _body(element: Any, here: _Here) -> Part:
    link = next((element.get(name) for name in LINKS if element.get(name)), "")
    match = BODY.fullmatch(link)
    if not match or match[2] not in BODIES.get(match[1], ()):
        raise _Fault(
            say('"{link}" is no body', link=link[:60]), say("link a file of people, such as people/head-short.svg")
        )
    frame = Box(*(_number(element, key) for key in ("x", "y", "width", "height")))
    _corners(_outline(element, "rect"), here.matrix)
    person = _choice(element, "data-person", "1")
    body = Body(match[1], person, _choice(element, "data-colours", str(person + 1)), frame, here.matrix)
    return Part(body, here.company, here.modes, here.windows)


def _choice(element: Any, key: str, usual: str) -> int:
    """Return a choice of 1, 2 or 3 as 0, 1 or 2."""
    value = element.get(key, usual)
    if value not in ("1", "2", "3"):
        raise _Fault(say('{key} is "{value}"', key=key, value=value[:40]), say('write {key}="1", "2" or "3"', key=key))
    return int(value) - 1


def _matrix(element: Any) -> Matrix:
    """Return the matrix of an element's transform (SVG 2, section 8.5)."""
    text = element.get("transform", "")
    matrix = PLACE
    for name, values in MOVE.findall(text):
        matrix = combined(matrix, _move(name, _numbers(values)))
    if MOVE.sub("", text).strip():
        raise _Fault(
            say('transform="{text}" cannot be read', text=text[:40]), say("use matrix, translate, scale and rotate")
        )
    return matrix


def _move(name: str, numbers: list[float]) -> Matrix:
    match name, numbers:
        case "translate", [x]:
            return 1, 0, 0, 1, x, 0
        case "translate", [x, y]:
            return 1, 0, 0, 1, x, y
        case "scale", [x]:
            return x, 0, 0, x, 0, 0
        case "scale", [x, y]:
            return x, 0, 0, y, 0, 0
        case "rotate", [angle]:
            c, s = cos(radians(angle)), sin(radians(angle))
            return c, s, -s, c, 0, 0
        case "rotate", [angle, x, y]:
            return combined(combined((1, 0, 0, 1, x, y), _move("rotate", [angle])), (1, 0, 0, 1, -x, -y))
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
    raise _Fault(
        say("{name} with {count} numbers is not read", name=name, count=len(numbers)),
        say("use matrix, translate, scale and rotate"),
    )


def _numbers(text: str) -> list[float]:
    if NUMBER.sub("", text).replace(",", "").strip():
        raise _Fault(
            say('"{text}" is not numbers', text=text.strip()[:40]), say("save the drawing again in user units (px)")
        )
    return [float(number) for number in NUMBER.findall(text)]


def _number(element: Any, key: str) -> float:
    numbers = _numbers(element.get(key, "0"))
    if len(numbers) != 1:
        raise _Fault(say('{key} is "{value}"', key=key, value=element.get(key)[:40]), say("write a number"))
    return numbers[0]


def _pairs(numbers: list[float]) -> list[Point]:
    if len(numbers) % 2:
        raise _Fault(say("a corner lacks its second number"), say("write the corners as x,y x,y x,y"))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _corners(points: Iterable[Point], matrix: Matrix) -> Points:
    """Return points where they are drawn. They must enclose an area and not be too far away."""
    corners = moved(points, matrix)
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise _Fault(
            say("a plane of {count} corners", count=len(corners)),
            say("a plane has 3 to {most_corners} corners", most_corners=MOST_CORNERS),
        )
    if not all(abs(x) <= FARTHEST and abs(y) <= FARTHEST for x, y in corners):
        raise _Fault(say("a corner lies far outside the picture"), say("move it in"))
    return corners


def _convex(window: Points) -> bool:
    """Return whether all corners turn the same way."""
    around = [*window, *window[:2]]
    turns = [
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for a, b, c in zip(around, around[1:], around[2:], strict=False)
    ]
    return all(turn >= -0.01 for turn in turns) or all(turn <= 0.01 for turn in turns)
