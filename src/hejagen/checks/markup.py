"""A finished page as it is written: every start tag, end tag and text, read once for all rules.

lxml mends what it reads and hides faults such as a repeated attribute or an end tag in the wrong place. Rules about
markup need the page as it was written, and elements counted alike in two renderings of the same page.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape

TOKEN = re.compile(
    r"""(<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>)|</([a-zA-Z][^\s<>]*+)[^<>]*+>|([^<]++)"""
    r"""|<!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->|<[!?][^<>]*+>|(<)"""
)
"""A start tag, the name of an end tag, a text, a comment or declaration, or a < that begins none of them."""
NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements without an end tag (HTML, 13.1.2)."""
SHAPES = frozenset(["circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use", "image", "g"])
"""Elements of SVG, which may close themselves."""
OMITTED = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",), "tr": ("tr", "td", "th"),
    "td": ("td", "th"), "th": ("td", "th"), "tbody": ("tbody", "thead", "tr", "td", "th"),
}  # fmt: skip
"""Which open elements a start tag ends, where their own end tags are left out (HTML, 13.1.2.4)."""
OPTIONAL = frozenset((*OMITTED, "html", "head", "body", "optgroup", "thead", "tfoot", "colgroup", "p", "rt", "rp"))
"""Elements whose end tag may be left out."""
UNSEEN = frozenset(("script", "style", "template", "noscript"))
"""Elements whose text is not read to anybody."""
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A start tag, as it is written. Pages share the tags that they have in common."""

    raw: str
    name: str
    attributes: Mapping[str, str]
    repeated: tuple[str, ...] = ()
    """Attributes that it has more than once."""
    keys: tuple[str, ...] = ()
    """What `Markup.all` finds it by: its name, and @ with the name of each attribute."""
    alone: bool = False
    """Has no end tag."""
    unheard: bool = False
    """Assistive technology passes the element and all in it."""

    def get(self, attribute: str, default: str = "") -> str:
        """Return the value of an attribute."""
        return self.attributes.get(attribute, default)


@cache
def tag_of(raw: str) -> Tag:
    """Return a start tag, read."""
    opening = NAME.match(raw)
    assert opening
    name = opening[1].lower()
    attributes: dict[str, str] = {}
    repeated = []
    for match in ATTRIBUTE.finditer(raw, opening.end(), len(raw) - 1):
        attribute, value = match[1].lower(), match[2] or match[3] or match[4] or ""
        if attribute in attributes:
            repeated.append(attribute)
        else:
            attributes[attribute] = unescape(value) if "&" in value else value
    keys = (name, *(f"@{attribute}" for attribute in attributes))
    alone = name in VOID or (raw.endswith("/>") and name in SHAPES)
    unheard = name in UNSEEN or "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return Tag(raw, name, attributes, tuple(repeated), keys, alone, unheard)


@dataclass(slots=True, eq=False)
class Markup:
    """A page. Elements are numbered in the order of their start tags; `parents` holds the number of each one's parent,
    -1 for none; `until` the number after the last element inside it; `texts` all texts in order; `first` and `last`
    which of them are inside each element, the end not included."""

    tags: list[Tag] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    until: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    index: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    faults: list[tuple[int, str]] = field(default_factory=list)
    """Elements whose end tag is missing or in the wrong place, each with the end tag that stands there instead."""
    silent: list[bool] = field(default_factory=list)
    """Whether assistive technology passes each element, because of it or of one around it."""
    names: dict[int, str] = field(default_factory=dict)
    """The accessible names of elements that rules have asked for."""

    def all(self, *keys: str) -> list[int]:
        """Return the elements with one of these names, or for "@name" those with this attribute; by key."""
        index = self.index
        return [number for key in keys if key in index for number in index[key]]

    def up(self, number: int) -> Iterator[int]:
        """Yield the elements around an element, from the inside."""
        parent = self.parents[number]
        while parent >= 0:
            yield parent
            parent = self.parents[parent]

    def inside(self, number: int, *names: str) -> bool:
        """Tell whether an element is inside one with one of these names."""
        return any(self.tags[parent].name in names for parent in self.up(number))

    def unheard(self, number: int) -> bool:
        """Tell whether assistive technology passes an element."""
        return self.silent[number]

    def children(self, number: int) -> Iterator[int]:
        """Yield the elements directly inside an element."""
        child = number + 1
        while child < self.until[number]:
            yield child
            child = self.until[child]

    def text(self, number: int) -> str:
        """Return all text in an element, its spaces made one."""
        return SPACES.sub(" ", unescape("".join(self.texts[self.first[number] : self.last[number]]))).strip()

    def shown(self, number: int) -> str:
        """Return the text in an element that is on the page: without what is hidden or pops up."""
        return SPACES.sub(" ", unescape("".join(self._shown(number)))).strip()

    def _shown(self, number: int) -> Iterator[str]:
        at = self.first[number]
        for child in self.children(number):
            yield from self.texts[at : self.first[child]]
            at = self.last[child]
            if not self.tags[child].unheard and "popover" not in self.tags[child].attributes:
                yield from self._shown(child)
        yield from self.texts[at : self.last[number]]

    def heard(self, number: int) -> str:
        """Return what an element contributes to a name: its text and the names of what is in it, without what is
        unheard (accname 1.2, step 2F)."""
        if self.until[number] == number + 1:
            return self.text(number)
        return SPACES.sub(" ", unescape("".join(self._heard(number)))).strip()

    def _heard(self, number: int) -> Iterator[str]:
        at = self.first[number]
        for child in self.children(number):
            yield from self.texts[at : self.first[child]]
            at = self.last[child]
            tag = self.tags[child]
            if tag.unheard:
                continue
            label = tag.get("aria-label") or (tag.get("alt") if tag.name in ("img", "input") else "")
            yield from (f" {label} ",) if label else self._heard(child)
        yield from self.texts[at : self.last[number]]

    @property
    def ids(self) -> Mapping[str, list[int]]:
        """The elements with each id."""
        by_id: dict[str, list[int]] = {}
        for number in self.all("@id"):
            by_id.setdefault(self.tags[number].attributes["id"], []).append(number)
        return by_id

    def name(self, number: int) -> str:
        """Return the accessible name of an element as far as markup gives it one (accname 1.2): from aria-labelledby,
        aria-label, its label, its alt or its content; "" if it has none."""
        if number not in self.names:
            self.names[number] = self._name(number)
        return self.names[number]

    def _name(self, number: int) -> str:
        tag = self.tags[number]
        if named := tag.get("aria-labelledby"):
            ids = self.ids
            return " ".join(self.heard(ids[name][0]) for name in named.split() if name in ids).strip()
        if label := tag.get("aria-label").strip():
            return label
        if tag.name == "img" or (tag.name == "input" and tag.get("type") == "image"):
            return tag.get("alt").strip() or tag.get("title").strip()
        if tag.name == "input" and tag.get("type") in ("submit", "reset", "button"):
            return tag.get("value").strip() or ("…" if tag.get("type") != "button" else "")
        if tag.name in ("input", "select", "textarea", "meter", "progress", "output"):
            return self.label(number) or tag.get("title").strip()
        if tag.name in ("fieldset", "table", "figure", "details"):
            first = {"fieldset": "legend", "table": "caption", "figure": "figcaption", "details": "summary"}[tag.name]
            heading = next((child for child in self.children(number) if self.tags[child].name == first), None)
            return self.heard(heading) if heading is not None else tag.get("title").strip()
        if tag.name == "svg":
            title = next((child for child in self.children(number) if self.tags[child].name == "title"), None)
            return self.text(title) if title is not None else ""
        return self.heard(number) or tag.get("title").strip()

    def label(self, number: int) -> str:
        """Return the words of the labels of a field."""
        own = self.tags[number].get("id")
        labels = [label for label in self.all("label") if own and self.tags[label].get("for") == own]
        labels += [parent for parent in self.up(number) if self.tags[parent].name == "label"]
        return " ".join(filter(None, map(self.heard, labels)))


def read(page: str) -> Markup:
    """Return a page, read."""
    markup = Markup()
    tags, parents, until, texts, first, last, index, silent = (
        markup.tags, markup.parents, markup.until, markup.texts, markup.first, markup.last, markup.index, markup.silent,
    )  # fmt: skip
    opened: list[int] = []
    number = 0
    raw_text = ""
    for start, end, text, stray in TOKEN.findall(page):
        if text or stray:
            texts.append(text or stray)
        elif raw_text and end.lower() != raw_text:
            texts.append(start)
        elif start:
            tag = tag_of(start)
            if (ends := OMITTED.get(tag.name)) and opened and tags[opened[-1]].name in ends:
                while opened and tags[opened[-1]].name in ends:
                    over = opened.pop()
                    until[over], last[over] = number, len(texts)
                    if tags[over].name == ends[0]:
                        break
            parent = opened[-1] if opened else -1
            tags.append(tag)
            parents.append(parent)
            silent.append(tag.unheard or (parent >= 0 and silent[parent]))
            until.append(number + 1)
            first.append(len(texts))
            last.append(len(texts))
            for key in tag.keys:
                index[key].append(number)
            if not tag.alone:
                opened.append(number)
                if tag.name in ("script", "style"):
                    raw_text = tag.name
            number += 1
        elif end:
            raw_text = ""
            name = end.lower()
            if opened and tags[opened[-1]].name == name:
                over = opened.pop()
                until[over], last[over] = number, len(texts)
            else:
                _close(markup, opened, name, number)
    while opened:
        over = opened.pop()
        until[over], last[over] = number, len(texts)
        if tags[over].name not in OPTIONAL:
            markup.faults.append((over, ""))
    return markup


def _close(markup: Markup, opened: list[int], name: str, number: int) -> None:
    """Take an end tag that is not that of the element opened last."""
    tags = markup.tags
    if not any(tags[element].name == name for element in opened):
        if number:
            markup.faults.append((opened[-1] if opened else number - 1, f"</{name}>"))
        return
    while opened:
        over = opened.pop()
        markup.until[over], markup.last[over] = number, len(markup.texts)
        if tags[over].name == name:
            return
        if tags[over].name not in OPTIONAL:
            markup.faults.append((over, f"</{name}>"))
