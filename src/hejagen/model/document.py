"""What a Markdown text is once it is parsed: its HTML in parts, and the places of its headings, links and pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 to 6, its words, its anchor and its line in the file."""

    level: int
    title: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image: where it points, its words (alt text for an image) and where it stands."""

    target: str
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Item:
    """A bullet at the top level. `label` is its leading bold text without the colon, `html` and `text` are the rest.
    `below` is the HTML of what follows its first paragraph, which `html` ends with."""

    label: str
    html: str
    text: str
    line: int
    below: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list or other block at the top level of a section. `kind` is the token's name, such as paragraph;
    `items` are the bullets of a list."""

    html: str
    text: str
    kind: str
    line: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows up to the next heading of its level. `html` leaves the heading itself out.

    `blocks` end at the first heading inside the section; `rest_html` is that heading and all after it.
    """

    key: str
    title: str
    anchor: str
    line: int
    html: str
    blocks: tuple[Block, ...]
    subsections: tuple["Section", ...]
    rest_html: str = ""

    @property
    def opening_html(self) -> str:
        """HTML of what stands before the first heading inside the section."""
        return "\n".join(block.html for block in self.blocks)

    @property
    def items(self) -> tuple[Item, ...]:
        """The bullets at the top level, of all lists before the first heading inside the section."""
        return tuple(item for block in self.blocks for item in block.items)


@dataclass(frozen=True, slots=True)
class Document:
    """A text, parsed once. Lines count from the start of its file."""

    lang: str
    """The language that it is written in, by its two letters of ISO 639-1."""
    html: str = ""
    intro_html: str = ""
    sections: tuple[Section, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    raw_html: tuple[Link, ...] = ()
    """HTML that the author wrote, which is not allowed."""
    marks: tuple[Link, ...] = ()
    """Signs of Markdown that readers would see, because they do not mean what the author thought; `target` is empty."""
    passages: tuple[tuple[int, str], ...] = ()
    """Every paragraph, bullet and heading as plain text, with its line."""

    def at_line(self, line: int) -> "Document":
        """Return the same with everything in one line: in quoted and folded YAML, lines are not those of the file."""
        headings = tuple(replace(heading, line=line) for heading in self.headings)
        links, images, raw, marks = (
            tuple(replace(link, line=line, column=1) for link in found)
            for found in (self.links, self.images, self.raw_html, self.marks)
        )
        passages = tuple((line, text) for _, text in self.passages)
        return replace(
            self, headings=headings, links=links, images=images, raw_html=raw, marks=marks, passages=passages
        )

    @property
    def toc(self) -> tuple[tuple[str, str], ...]:
        """Title and anchor of the sections, for the list of contents."""
        return tuple((section.title, section.anchor) for section in self.sections)


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """The words to explain where first used: `forms` maps a lower-case form to the term's id. Two glossaries are the
    same only if they are one, so that a text that has been parsed with one is found again."""

    forms: Mapping[str, str] = field(default_factory=dict)

    def pattern(self) -> re.Pattern[str] | None:
        """A pattern that matches any form as a whole word, the longest first; None when there are no forms."""
        if not self.forms:
            return None
        forms = sorted(self.forms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)
