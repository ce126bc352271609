"""Rules about names: what a screen reader says of links, controls, pictures, headings and groups."""

import re
from collections.abc import Iterable, Iterator

from hejagen.checks.edition import Fault, FinishedEdition
from hejagen.checks.html import HEADINGS
from hejagen.checks.markup import Markup, Tag
from hejagen.languages import language
from hejagen.messages import say
from hejagen.rendering.pages import Page

CONTROLS = ("a", "area", "button", "input", "select", "textarea", "summary", "iframe", "object", "meter", "progress")
"""Elements that must have a name; a link only if it has an address."""
CONTROL_ROLES = frozenset((
    "button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "option", "textbox", "searchbox", "combobox",
    "slider", "spinbutton", "img", "dialog", "alertdialog", "progressbar", "meter",
))  # fmt: skip
"""Roles whose elements must have a name (ARIA 1.2, Accessible Name Required)."""
TITLED = (*HEADINGS, "legend", "caption", "label", "th", "figcaption", "dt")
"""Elements whose text names something else, or begins something."""
FILE_NAME = re.compile(r"(?i)\S+\.(png|jpe?g|gif|svg|webp|avif|bmp)|(img|image|dsc|pict?|bild)[-_ ]?\d*")
"""What is no description of a picture but the name of its file."""
LETTER = re.compile(r"\w")
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "button", "cite", "data", "del", "dfn", "em", "i", "ins", "label", "mark", "meter",
    "output", "s", "small", "span", "strong", "time", "u", "var",
))  # fmt: skip
"""Elements that stand in a line of text (HTML, 15.3.4): a browser puts no space between them."""
UNSPACED = ("pre", "code", "kbd", "samp", "svg", "math", "ruby")
"""Elements whose parts may touch."""
WORDS = re.compile(r"[^\W_]+")


def nameless(edition: FinishedEdition) -> Iterator[Fault]:
    """A link, button, field, frame or picture has no name that a screen reader could say."""
    for page, _, markup in edition.read:
        for number in markup.all(*CONTROLS, "@role"):
            tag = markup.tags[number]
            if _must_be_named(markup, number) and not markup.name(number) and not markup.unheard(number):
                name = tag.get("role") or tag.name
                if tag.name == "a":
                    message = say("a link without words: {address}", address=tag.get("href"))
                else:
                    message = say("a {element} without a name", element=name)
                yield Fault(page, number, message, say("give it words, a label or an aria-label"), lost="<label")
        for number in markup.all("details"):
            if not any(markup.tags[child].name == "summary" for child in markup.children(number)):
                message = say("a {element} without a name", element="details")
                yield Fault(page, number, message, say("begin it with a summary"), lost="<summary")


def _must_be_named(markup: Markup, number: int) -> bool:
    tag = markup.tags[number]
    if tag.name == "a":
        return "href" in tag.attributes or tag.get("role") in CONTROL_ROLES
    if tag.name == "input":
        return tag.get("type") != "hidden"
    return tag.name in CONTROLS or tag.get("role") in CONTROL_ROLES


def empty_words(edition: FinishedEdition) -> Iterator[Fault]:
    """A heading, label, legend, caption or head of a column is empty."""
    for page, _, markup in edition.read:
        for number in markup.all(*TITLED):
            if markup.heard(number) or markup.unheard(number) or _filled_later(markup.tags[number]):
                continue
            yield Fault(page, number, say("an empty {element}", element=markup.tags[number].name))


def _filled_later(tag: Tag) -> bool:
    """Tell whether an element is named in another way, or a script fills it in."""
    return any(name in ("aria-label", "aria-labelledby") or name.startswith("data-") for name in tag.attributes)


def vague_name(edition: FinishedEdition) -> Iterator[Fault]:
    """A template's link or button has words that say nothing alone, such as "Read more", or the same words as a link to
    another page."""
    for page, _, markup in edition.read:
        yield from _same_words(page, markup)
        vague = language(page.lang).vague_links | language("en").vague_links
        for number in markup.all("a", "button"):
            if "href" in markup.tags[number].attributes or markup.tags[number].name == "button":
                name = markup.name(number)
                if name.lower().strip(" .!…→›»") in vague and not markup.unheard(number):
                    hint = say("let the words say where it leads")
                    message = say('the link text "{text}" says nothing by itself', text=name)
                    yield Fault(page, number, message, hint, words=name)


def _same_words(page: Page, markup: Markup) -> Iterator[Fault]:
    """Links of one name to different pages of the site. A link within the page leads to what is said of that thing."""
    targets: dict[str, tuple[str, int]] = {}
    for number in markup.all("a"):
        address = markup.tags[number].get("href")
        if not address or address.startswith("#") or ":" in address or markup.unheard(number):
            continue
        name = " ".join(markup.name(number).lower().split())
        before, _ = targets.setdefault(name, (address, number))
        if name and before.partition("#")[0] != address.partition("#")[0]:
            message = say('two links are called "{text}" and lead to different pages', text=markup.name(number))
            yield Fault(page, number, message, say("let the words say where each leads"), level="warning")
            targets[name] = (address, number)


def label_in_name(edition: FinishedEdition) -> Iterator[Fault]:
    """The aria-label of a control lacks the words that are seen on it, which people say to a computer that listens."""
    for page, _, markup in edition.read:
        for number in markup.all("@aria-label"):
            tag = markup.tags[number]
            if tag.name not in ("a", "button", "summary") and tag.get("role") not in CONTROL_ROLES:
                continue
            seen, said = _words(markup.heard(number)), _words(tag.get("aria-label"))
            if seen and seen not in said and not markup.unheard(number):
                message = say('the name "{name}" lacks the words that are seen: "{words}"', name=said, words=seen)
                yield Fault(page, number, message, say("begin the aria-label with what is seen, or take it away"))


def _words(text: str) -> str:
    return " ".join(WORDS.findall(text.lower()))


def file_as_alt(edition: FinishedEdition) -> Iterator[Fault]:
    """The text of a picture is the name of its file."""
    for page, _, markup in edition.read:
        for number in markup.all("@alt"):
            alt = markup.tags[number].get("alt").strip()
            if alt and FILE_NAME.fullmatch(alt):
                hint = say('say what the picture tells, or write alt="" if it only decorates')
                yield Fault(
                    page, number, say('the text of a picture is a file name: "{alt}"', alt=alt), hint, words=alt
                )


def joining_name(edition: FinishedEdition) -> Iterator[Fault]:
    """A field is named by a joining word alone, such as "If", which says nothing in a list of fields."""
    for page, _, markup in edition.read:
        joining = language(page.lang).if_then
        for number in markup.all("textarea", "input", "select"):
            name = markup.name(number)
            if name and name.lower().strip(" .…:,") in joining and not markup.unheard(number):
                hint = say("add words that only screen readers hear: <span class=visually-hidden>…</span>")
                yield Fault(page, number, say('the name "{name}" says nothing by itself', name=name), hint, "warning")


def nameless_group(edition: FinishedEdition) -> Iterator[Fault]:
    """Fields that belong together, such as choices of one question, have no name in common."""
    for page, _, markup in edition.read:
        for number in markup.all("fieldset"):
            if not markup.name(number) and not markup.tags[number].get("aria-label") and not markup.unheard(number):
                yield Fault(page, number, say("a fieldset without a legend"), lost="<legend")
        groups: dict[str, list[int]] = {}
        for number in markup.all("input"):
            tag = markup.tags[number]
            if tag.get("type") == "radio" and not markup.unheard(number):
                groups.setdefault(tag.get("name"), []).append(number)
        for numbers in groups.values():
            if len(numbers) > 1 and not _in_group(markup, numbers[0]):
                message = say("choices of one question without a group around them")
                hint = say("put them in a fieldset with a legend")
                yield Fault(page, numbers[0], message, hint, lost="<fieldset", others=tuple(numbers[1:]))


def joined_words(edition: FinishedEdition) -> Iterator[Fault]:
    """Two texts touch, such as <span>5 minutes</span><span>Alone</span>, and are read and copied as one word."""
    for page, _, markup in edition.read:
        texts = markup.texts
        ends, begins = _by_place(markup.last), _by_place(markup.first)
        for at in range(1, len(texts)):
            before, after = texts[at - 1], texts[at]
            if before[-1].isspace() or not after[0].isalnum():
                continue
            ended = ends.get(at, [])
            begun = [n for n in begins.get(at, []) if markup.last[n] != at]
            between = [n for n in (*ended, *begun) if markup.first[n] < markup.last[n] or not markup.unheard(n)]
            if _touch(before[-1], after[0], bool(ended), bool(begun)) and _in_one_line(markup, between):
                words = f"{before.split()[-1]}{after.split()[0]}"
                message = say('words that touch are read as one: "{words}"', words=words)
                yield Fault(page, begun[0] if begun else ended[0], message, say("put a space between them"))


def _by_place(places: Iterable[int]) -> dict[int, list[int]]:
    """Return the numbers of elements by the text at which they begin or end."""
    numbers: dict[int, list[int]] = {}
    for number, place in enumerate(places):
        numbers.setdefault(place, []).append(number)
    return numbers


def _touch(last: str, first: str, ended: bool, begun: bool) -> bool:
    """Whether two texts are words of their own, where an element ends, begins or both: part of a word may be marked."""
    if ended and begun:
        return last.isalnum() or last in ".,:!?)”"
    return first.isupper() and (last.islower() or last.isdigit())


def _in_one_line(markup: Markup, between: list[int]) -> bool:
    return bool(between) and all(
        markup.tags[n].name in INLINE and not markup.unheard(n) and not markup.inside(n, *UNSPACED) for n in between
    )


def _in_group(markup: Markup, number: int) -> bool:
    around = (markup.tags[parent] for parent in markup.up(number))
    return any(tag.name == "fieldset" or tag.get("role") in ("group", "radiogroup") for tag in around)
