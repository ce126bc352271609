"""What is found on a page in a browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hejagen.messages import Message, say

Part = Literal["axe", "keyboard", "view"]
Level = Literal["A", "AA", "AAA", "best"]
LEVELS: tuple[Level, ...] = ("A", "AA", "AAA", "best")
"""The levels of WCAG, the strictest demand first, and last what is only good practice."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a reader would meet. `criterion` is the number in WCAG 2.2, or empty. `detail` is the words at the
    spot, or for axe what is wrong there."""

    part: Part
    level: Level
    rule: str
    criterion: str
    detail: str
    selector: str = ""
    view: str = ""
    """How the page was shown, such as "320 px, dark"."""
    shot: str = ""
    """A picture of the page with the spot marked: its name in the report's folder `shots`, or empty."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A page that was looked at: its path in the edition, the hash of its file, what was found, and what a person must
    judge because no program can."""

    edition: str
    path: str
    hash: str
    findings: tuple[Found, ...]
    open: tuple[Found, ...] = ()


NOTES: Mapping[str, Message] = {
    "console": say("the browser's console complains"),
    "elsewhere": say("the page asks another place for something, and so tells it who reads"),
    "cookie": say("the page sets a cookie"),
    "wide": say("reaches past the window, so that one must scroll sideways to read"),
    "cut": say("text is cut off"),
    "moving": say("moves for those who asked for stillness"),
    "small-target": say("is hard to hit: under 44 pixels high or wide"),
    "trap": say("the Tab key does not lead out of here"),
    "focus-out-of-sight": say("has the focus, but is outside the window"),
    "focus-covered": say("has the focus, but lies below something else"),
    "focus-invisible": say("has the focus, but cannot be seen"),
    "focus-mark": say("does not show by a contrast of 3:1 that it has the focus"),
    "focus-cut": say("the mark of focus is cut off"),
    "unreached": say("the Tab key does not reach this"),
    "order": say("the Tab key comes here in another order than one reads"),
    "gone": say("cannot be seen in the colours that the reader has chosen (forced colours)"),
    "hover-stays": say("comes up under the pointer, and Escape does not take it away"),
    "without-script": say("without script there is nothing to read"),
}
"""What a person would notice, by rule. The rules of axe have words of their own, in English."""


def note(found: Found) -> Message:
    """Return what a person would notice, with the words at the spot."""
    if found.rule not in NOTES:
        return say("{what}", what=found.detail)
    return say("{what}: {detail}", what=NOTES[found.rule], detail=found.detail) if found.detail else NOTES[found.rule]
