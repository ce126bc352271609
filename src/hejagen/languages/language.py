"""What a language is to the program. Whoever adds a language writes a value of `Language`, in a module of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Compounds:
    """How words of two or more parts are split, so that a search for the last part finds them."""

    endings: tuple[str, ...]
    """Inflections that a part may have, the longest first."""
    joints: str = ""
    """Letters that may join two parts."""
    lost: str = ""
    """Letters that the first part may lose at its end."""
    common: tuple[str, ...] = ()
    """Words that end many compounds in the field, in case the site's texts do not use them alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLanguage:
    """What the writing guide of a language asks for. The rules `lix`, `long-sentence` and `word-choice` hold it."""

    lix_exercise: int
    """Highest LIX of an exercise."""
    lix_text: int
    """Highest LIX of a program or a page."""
    lix_section: int
    """Highest LIX of a section of an exercise."""
    sentence: int
    """Most words in a sentence."""
    write: str
    """The verb that asks for writing, which few steps should begin with."""
    one: tuple[str, ...]
    """The forms of address of a single reader, the plain one first."""
    many: tuple[str, ...]
    """The forms of address of a group, the plain one first."""
    studied: str
    """Pattern of words that say what was studied, or that nothing was."""
    whom: str
    """Pattern of words and numbers that say on whom."""
    avoid: Mapping[str, str]
    """Words to avoid, each with what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLayer:
    """What `new layer` writes into a layer, in the language of the base."""

    tagline: str
    """The line in the footer of a new layer, with the name of the `organisation`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What holds in one language. The default is for a language that has no module: plain, and without rules."""

    og_locale: str = ""
    """Language and country as social media name them (ogp.me), such as sv_SE. "" = the language alone."""
    letters: str = ""
    """The small letters of its words beyond a to z."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """How letters beyond a to z are written in addresses. What is missing here is left out of them."""
    collation: Mapping[str, str] = field(default_factory=dict)
    """The sign of ASCII that a letter sorts as. The signs { | } ~ come after z, in this order."""
    quotes: str = "\"\"''"
    """What straight quotes become: double opening, double closing, single opening, single closing."""
    nameless: str = "section"
    """Anchor of a heading that has no letter for one."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Anchors that templates give to headings and fields, by their English names; what is missing stays English."""
    zip_name: str = "{id}-offline.zip"
    """Name of the copy for offline use; {id} is the site's."""
    one_page_name: str = "{id}-one-page.html"
    """Name of the site as one file."""
    read_me: str = "READ-ME.txt"
    """Name of the text to read first in the copy for offline use. ASCII: old unpackers spoil other letters."""
    earlier_claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What statements of earlier versions said of a part of the check by its name."""
    conformance: Mapping[str, str] = field(default_factory=dict)
    """How accessible a site is, in the words of the model statement, (EU) 2018/1523: for full, partial and none. A
    catalogue cannot soften them."""
    if_then: tuple[str, str] = ("", "")
    """The words that an exercise's page puts before the two halves of a plan, in small letters."""
    adaptations: tuple[str, ...] = ()
    """The labels of the three bullets about adapting an exercise."""
    vague_links: frozenset[str] = frozenset()
    """Link texts in small letters that say nothing when a screen reader lists the links of a page (WCAG 2.2, 2.4.9)."""
    common_words: frozenset[str] = frozenset()
    """Small words that every text has and texts in other languages lack: they tell what it is written in."""
    interface_words: frozenset[str] = frozenset()
    """Words of controls in small letters, such as close, that no other language of the program has."""
    new_window: frozenset[str] = frozenset()
    """Words in small letters that say that a link opens a new window."""
    compounds: Compounds | None = None
    """None: compounds are not split."""
    dictionary: str = ""
    """Name of its dictionary for hunspell. "" = the spelling is not checked."""
    plain: PlainLanguage | None = None
    """None: texts are not measured."""
    starter_asks: str = ""
    """Pattern of the passages that ask their author to write, in the files that `new` begins. Like the next, only the
    language of the base layer needs it."""
    new_layer: NewLayer | None = None
    server_remarks: Mapping[str, str] = field(default_factory=dict)
    """Remarks in the files for servers, by the English that layouts/hosting has; what is missing stays English."""

    def anchor(self, name: str) -> str:
        """Return an anchor of the templates in this language, such as folj-upp for "follow-up"."""
        return self.anchors.get(name, name)
