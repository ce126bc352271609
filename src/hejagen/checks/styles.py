"""Rules about the styles and scripts of layers: what takes focus, size, spacing or keys away from readers."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hejagen.layers.stack import Layers
from hejagen.messages import NOTHING, Message, say
from hejagen.problems import Finding, Level, Location

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
PART = re.compile(
    r"[{};]|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^{};\"'()]+|[()]", re.S
)


class Declaration(NamedTuple):
    """A declaration: the at-rules and selectors around it, its property, its value, and where it begins in the file."""

    around: tuple[str, ...]
    selector: str
    name: str
    value: str
    start: int


@lru_cache(maxsize=512)
def declarations(text: str) -> tuple[Declaration, ...]:
    """Return the declarations of a style, in order."""
    css = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    opened: list[str] = []
    declared: list[Declaration] = []
    words, start = "", 0

    def declare() -> None:
        name, colon, value = words.strip().partition(":")
        if colon and opened:
            around = tuple(part for part in opened if part.startswith("@"))
            selector = next((part for part in reversed(opened) if not part.startswith("@")), "")
            place = start + len(words) - len(words.lstrip())
            declared.append(Declaration(around, selector, name.strip().lower(), " ".join(value.split()), place))

    for match in PART.finditer(css):
        if match[0] == "{":
            opened.append(" ".join(words.split()))
        elif match[0] in (";", "}"):
            declare()
            if match[0] == "}" and opened:
                opened.pop()
        else:
            words, start = (words, start) if words else ("", match.start())
            words += match[0]
            continue
        words = ""
    return tuple(declared)


Told = tuple[Message, Message, Level]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|\b(?:black|white|red|blue|green|grey|gray|silver"
    r"|orange|yellow|purple|pink|navy|teal|maroon|olive|lime|aqua|fuchsia|brown)\b",
    re.IGNORECASE,
)
PIXELS = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?|\.\d+)px\b")
LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(px|rem|em|pt)\b")
ROOT_PIXELS = {"px": 1.0, "rem": 16.0, "em": 16.0, "pt": 4 / 3}
CLICKED = re.compile(r"(?<![\w-])(a|button|input|select|summary|label|\.btn|\.link|textarea|\[type=)(?![\w-]*__)")
BY_WINDOW = re.compile(r"(?<![\w.])[\d.]+[dsl]?v(w|h|i|b|min|max)\b")
BY_READER = re.compile(r"[\d.](rem|em|ex|ch|lh|rlh|pt|px|%)|var\(")
"""Lengths that follow the window, and those that follow zoom or the reader's own size."""
TEXT_CONTENT = re.compile(r"[\"']([^\"']*\w{2,}[^\"']*)[\"']")


def _px(value: str) -> float | None:
    match = LENGTH.fullmatch(value.removesuffix("!important").strip())
    return float(match[1]) * ROOT_PIXELS[match[2]] if match else None


def focus_removed(layers: Layers) -> Iterator[Finding]:
    """A style takes away the ring around what has focus and puts nothing in its place."""
    for path, text, below in _files(layers, ".css"):
        rules = declarations(text)
        for d in _new(text, below):
            gone = d.name in ("outline", "outline-style", "outline-width", "outline-color") and re.match(
                r"(none|0|0px|transparent)\b", d.value
            )
            if not gone or "print" in "".join(d.around) or ":focus:not(:focus-visible)" in d.selector.replace(" ", ""):
                continue
            same = [o for o in rules if o.selector == d.selector and o is not d]
            if any(
                re.match(r"(outline|box-shadow|border|background|text-decoration)", o.name)
                and not re.match(r"(none|0)\b", o.value)
                for o in same
            ):
                continue
            if re.search(r'\[tabindex="?-1"?\]|:focus-within|^main\b|#main', d.selector):
                continue
            hint = say("leave the outline, or draw another in the same rule: at least 2 px, contrast 3:1")
            yield _at(path, text, d, say("{selector} shows no focus", selector=d.selector), hint)


def _style(check: Callable[[Declaration], Iterator[Told]]) -> Callable[[Layers], Iterator[Finding]]:
    def run(layers: Layers) -> Iterator[Finding]:
        for path, text, below in _files(layers, ".css"):
            for declaration in _new(text, below):
                for message, hint, level in check(declaration):
                    yield _at(path, text, declaration, message, hint, level)

    run.__name__, run.__doc__, run.__module__ = check.__name__, check.__doc__, check.__module__
    return run


@_style
def text_spacing(d: Declaration) -> Iterator[Told]:
    """A style stops readers from giving text more space, or cuts it when they do."""
    important = d.value.endswith("!important")
    if important and d.name in ("line-height", "letter-spacing", "word-spacing"):
        yield say("readers cannot change {name}", name=d.name), say("take !important away"), "error"
    if d.name in ("height", "block-size", "max-height") and re.search(
        r"(?<![\w.#-])(p|li|h[1-6]|label|legend|td|blockquote)(?![\w-])", d.selector.rpartition(" ")[2]
    ):
        size = _px(d.value)
        if size is not None and size > 1:
            hint = say("use min-block-size, so that larger text makes it higher")
            yield say("text in {selector} has a fixed height", selector=d.selector), hint, "error"
    if d.name in ("-webkit-line-clamp", "line-clamp") and d.value not in ("none", "unset"):
        yield say("text in {selector} is cut after some lines", selector=d.selector), NOTHING, "warning"
    if d.name == "text-overflow" and d.value == "ellipsis":
        yield say("text in {selector} is cut with dots", selector=d.selector), say("let it break into lines"), "warning"


@_style
def text_size(d: Declaration) -> Iterator[Told]:
    """A style sets the size of text in pixels or by the window alone, or stops fingers from enlarging the page."""
    if d.name in ("font-size", "font") and "@media print" not in d.around and any(map(float, PIXELS.findall(d.value))):
        hint = say("use rem or a token such as var(--step-0), which follow the reader's own size")
        yield say("text in pixels: {value}", value=d.value), hint, "warning"
    if d.name in ("font-size", "font") and BY_WINDOW.search(d.value) and not BY_READER.search(d.value):
        hint = say("add a part in rem, such as calc(1rem + 1vw): the window's size is the same at any zoom")
        yield say("text that zoom does not enlarge: {value}", value=d.value), hint, "error"
    if d.name == "touch-action" and not re.search(r"auto|manipulation|pinch-zoom", d.value):
        yield say("two fingers do not enlarge {selector}", selector=d.selector), say("add pinch-zoom"), "error"


@_style
def reflow(d: Declaration) -> Iterator[Told]:
    """A style makes something wider than a narrow screen, or hides what does not fit beside it."""
    size = _px(d.value)
    if (
        d.name in ("width", "min-width", "inline-size", "min-inline-size")
        and size
        and size > 320
        and not any(part.startswith("@media") for part in d.around)
    ):
        yield say("{selector} is wider than 320 px", selector=d.selector), say("use max-inline-size"), "error"
    if d.name in ("overflow-x", "overflow") and d.value == "hidden" and d.selector in ("body", "html", "main", ":root"):
        yield say("what does not fit on {selector} cannot be seen", selector=d.selector), NOTHING, "error"


@_style
def raw_colour(d: Declaration) -> Iterator[Told]:
    """A style has a colour of its own, which nobody has measured, and which does not follow dark mode."""
    if d.name.startswith("--") or "print" in "".join(d.around) or "forced-colors" in "".join(d.around):
        return
    if re.search(r"color|background|border|fill|stroke|outline|shadow", d.name) and COLOUR.search(
        re.sub(r"(url|var|color-mix)\(([^()]|\(([^()]|\([^()]*\))*+\))*+\)", "", d.value)
    ):
        yield say("a colour that is no token: {value}", value=d.value), say("use a token such as var(--ink)"), "warning"


@_style
def link_look(d: Declaration) -> Iterator[Told]:
    """Links in text are told from other words by their colour alone."""
    links = re.search(r"(^|[\s,>])(a|a:link|a:any-link|:link|:any-link)$", d.selector) and not re.search(
        r"nav|menu|header|footer|list|card", d.selector
    )
    if d.name in ("text-decoration", "text-decoration-line") and d.value.startswith("none") and links:
        yield (
            say("links of {selector} differ in colour only", selector=d.selector),
            say("leave the line below them"),
            "error",
        )


@_style
def small_target(d: Declaration) -> Iterator[Told]:
    """A button, link or field is lower or narrower than 24 pixels."""
    named = ("width", "height", "inline-size", "block-size", "max-height", "max-width", "max-block-size")
    size = _px(d.value) if d.name in named else None
    if size is not None and 1 < size < 24 and CLICKED.search(d.selector) and "::" not in d.selector:
        yield say("{selector} is smaller than 24 px", selector=d.selector), say("make it 44 px, at least 24"), "error"


@_style
def orientation_lock(d: Declaration) -> Iterator[Told]:
    """A style hides or turns the page when the screen is held in another way."""
    whole = re.search(r"^(body|html|main|:root|#main)\b", d.selector)
    if whole and any("orientation" in part for part in d.around):
        turned = (d.name == "display" and d.value == "none") or (
            d.name in ("transform", "rotate") and d.value != "none"
        )
        if turned:
            yield say("the page works in one orientation only"), say("show the same in both"), "error"


@_style
def sticky_cover(d: Declaration) -> Iterator[Told]:
    """Something stays on the screen while the page moves below it, and may cover what has focus."""
    if d.name == "position" and re.match(r"(sticky|fixed)", d.value) and "print" not in "".join(d.around):
        hint = say("add scroll-padding of its height to html, and let it go on low screens: @media (min-height: 40em)")
        if not any("height" in part for part in d.around):
            yield say("{selector} may cover what has focus", selector=d.selector), hint, "warning"


@_style
def justified_text(d: Declaration) -> Iterator[Told]:
    """Text is justified, which makes rivers of space that many cannot read past."""
    if d.name == "text-align" and d.value.startswith("justify"):
        yield say("justified text in {selector}", selector=d.selector), say("use text-align: start"), "warning"


@_style
def words_in_style(d: Declaration) -> Iterator[Told]:
    """A style writes words, which are neither translated nor found, and are lost without the style."""
    if (
        d.name == "content"
        and (words := TEXT_CONTENT.search(d.value))
        and "attr(" not in d.value
        and "print" not in "".join(d.around)
    ) and re.search(r"::?(before|after)", d.selector):
        yield say('a style writes words: "{words}"', words=words[1]), say("write them in the template"), "error"


@_style
def hidden_label(d: Declaration) -> Iterator[Told]:
    """A style hides labels, legends or the skip link from everybody."""
    hides = (d.name, d.value) in (("display", "none"), ("visibility", "hidden"))
    if hides and "print" not in "".join(d.around):
        named = re.search(r"(^|[\s,>])(label|legend|h1|\.skip[\w-]*|\.visually-hidden)$", d.selector)
        if named:
            yield (
                say("{selector} is hidden from everybody", selector=d.selector),
                say("show it, or use the class visually-hidden"),
                "error",
            )


def endless_motion(layers: Layers) -> Iterator[Finding]:
    """Something moves, blinks or changes without end."""
    yield from _endless_style(layers)
    for path, text, below in _files(layers, ".js"):
        for match in _added(AGAIN, text, below):
            hint = say("let the reader stop it, or end it within 5 seconds")
            yield _of_script(path, text, match, say("something changes again and again"), hint, "warning")


@_style
def _endless_style(d: Declaration) -> Iterator[Told]:
    """A style moves something without end."""
    endless = d.name in ("animation", "animation-iteration-count") and "infinite" in d.value
    if (endless and not any("prefers-reduced-motion" in part for part in d.around)) or "blink" in d.value.split():
        hint = say("let it end within 5 seconds, or put it in @media (prefers-reduced-motion: no-preference)")
        yield say("{selector} moves without end", selector=d.selector), hint, "error"


AGAIN = re.compile(
    r"setInterval\([^;]{0,200}(?:append|replace|before|after|scroll|classList|innerHTML|textContent|hidden)\w*"
)
KEY_TRAP = re.compile(
    r"""(?:key|code)\s*===?\s*["']Tab["']|["']Tab["']\s*===?\s*\w|case\s+["']Tab["']|keyCode\s*===?\s*9\b"""
)
LISTENS = re.compile(
    r"""(?:addEventListener\(\s*["']|\bon)(mousedown|mouseup|mouseover|mouseenter|dblclick|touchstart|touchend|pointerdown"""
    r"""|pointerup|dragstart|devicemotion|deviceorientation)\b"""
)
KEYS_TOO = re.compile(r"""(?:addEventListener\(\s*["']|\bon)(click|keydown|keyup|focus|focusin|change|input)\b""")
SHORTCUT = re.compile(r"""\.key\s*===?\s*["'][a-z0-9?/]["']""")
WORDS_WRITTEN = re.compile(
    r"""(?:textContent|innerText|innerHTML|ariaLabel|placeholder|\.alt|\.title)\s*=\s*["'`][^"'`]*[^\W\d_]{3,}"""
    r"""|setAttribute\(\s*["'](?:aria-label|title|alt)["']\s*,\s*["'`][^"'`]*[^\W\d_]{3,}""")  # fmt: skip


def key_trap(layers: Layers) -> Iterator[Finding]:
    """A script takes the Tab key, and who uses a keyboard may be unable to leave."""
    for path, text, below in _files(layers, ".js"):
        for match in _added(KEY_TRAP, text, below):
            if "preventDefault" in text[match.end() : match.end() + 400]:
                hint = say("let Tab move on; a dialog that is shown with showModal() keeps it by itself")
                yield _of_script(path, text, match, say("the script stops the Tab key"), hint)


def mouse_only(layers: Layers) -> Iterator[Finding]:
    """A script reacts to a mouse, a finger or a shaken telephone, and to no key."""
    for path, text, below in _files(layers, ".js"):
        if not KEYS_TOO.search(text):
            for match in _added(LISTENS, text, below):
                message = say("{event} works with a mouse, a finger or a movement only", event=match[1])
                yield _of_script(path, text, match, message, say("use click on a button, which keys do as well"))


def single_key(layers: Layers) -> Iterator[Finding]:
    """A script does something at a single letter, which who speaks to the computer says by mistake."""
    for path, text, below in _files(layers, ".js"):
        for match in _added(SHORTCUT, text, below):
            if not re.search(r"(?:ctrl|meta|alt)Key", text[max(0, match.start() - 200) : match.end() + 200]):
                hint = say("ask for Ctrl or Alt too, or let the reader turn it off")
                yield _of_script(path, text, match, say("a single key does something"), hint, "warning")


def context_change(layers: Layers) -> Iterator[Finding]:
    """A script goes to another page when a choice is made, takes focus away, or leaves after some time."""
    for path, text, below in _files(layers, ".js"):
        patterns = (
            (
                r"""["'](?:change|input|focus)["']\s*,[^;{]*(?:\{[^}]*)?(?:location(?:\.href)?\s*=|location\.assign\(|\.submit\(\))""",
                say("a choice alone leads to another page"),
            ),
            (r"""["']focus(?:in)?["']\s*,[^;]{0,80}\.blur\(\)""", say("what gets focus loses it at once")),
            (
                r"setTimeout\([^;]{0,120}(?:location(?:\.href)?\s*=|location\.(?:reload|assign|replace)\(|history\.\w+\()",
                say("the page leaves after some time"),
            ),
            (r"setTimeout\([^;]{0,120}\.(?:reset|submit|requestSubmit)\(", say("what is written goes after some time")),
        )
        for pattern, message in patterns:
            for match in _added(re.compile(pattern), text, below):
                yield _of_script(path, text, match, message, say("let the reader decide with a button"))


def words_in_script(layers: Layers) -> Iterator[Finding]:
    """A script writes words of its own, which no catalogue translates."""
    for path, text, below in _files(layers, ".js"):
        for match in _added(WORDS_WRITTEN, text, below):
            hint = say("take them from a data attribute that the template writes with _()")
            yield _of_script(
                path, text, match, say("words in a script: {words}", words=match[0][-40:]), hint, "warning"
            )


def _files(layers: Layers, ending: str) -> Iterator[tuple[str, str, str]]:
    """Yield the styles or scripts of layers above the base: the path, the text, and the text of the file below it.

    The base's own are measured in browsers by its tests.
    """
    base = layers.layers[0].name
    for folder in ("layouts/styles", "layouts/components", "layouts/scripts"):
        for path, source in layers.find(folder, ending).items():
            if source.layer != base:
                below = [layers.text(file)[0] for file in layers.all_of(path)[:-1]]
                yield source.shown, layers.text(source)[0], "\n".join(below)


def _new(text: str, below: str) -> Iterator[Declaration]:
    """Yield the declarations of a style that the style below it does not have."""
    known = {d._replace(start=0) for d in declarations(below)}
    return (d for d in declarations(text) if d._replace(start=0) not in known)


def _added(pattern: re.Pattern[str], text: str, below: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in a script that the script below it does not have."""
    known = {match[0] for match in pattern.finditer(below)}
    return (match for match in pattern.finditer(text) if match[0] not in known)


def _at(path: str, text: str, d: Declaration, message: Message, hint: Message, level: Level = "error") -> Finding:
    line = text.count("\n", 0, d.start) + 1
    return Finding(Location(path, line, d.start - text.rfind("\n", 0, d.start)), message, hint, level)


def _of_script(
    path: str, text: str, match: re.Match[str], message: Message, hint: Message, level: Level = "error"
) -> Finding:
    start = match.start()
    line = text.count("\n", 0, start) + 1
    return Finding(Location(path, line, start - text.rfind("\n", 0, start)), message, hint, level)
