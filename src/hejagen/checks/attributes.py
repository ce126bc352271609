"""Rules about single start tags, which pages share: each is looked at once, however many pages have it."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from hejagen.checks.edition import Fault, FinishedEdition
from hejagen.checks.markup import Tag
from hejagen.languages import language
from hejagen.messages import NOTHING, Message, say

ROLES = frozenset((
    "alert", "alertdialog", "application", "article", "banner", "blockquote", "button", "caption", "cell", "checkbox",
    "code", "columnheader", "combobox", "complementary", "contentinfo", "definition", "deletion", "dialog", "directory",
    "document", "emphasis", "feed", "figure", "form", "generic", "grid", "gridcell", "group", "heading", "img",
    "insertion", "link", "list", "listbox", "listitem", "log", "main", "marquee", "math", "menu", "menubar", "menuitem",
    "menuitemcheckbox", "menuitemradio", "meter", "navigation", "none", "note", "option", "paragraph", "presentation",
    "progressbar", "radio", "radiogroup", "region", "row", "rowgroup", "rowheader", "scrollbar", "search", "searchbox",
    "separator", "slider", "spinbutton", "status", "strong", "subscript", "superscript", "switch", "tab", "table",
    "tablist", "tabpanel", "term", "textbox", "time", "timer", "toolbar", "tooltip", "tree", "treegrid", "treeitem",
))  # fmt: skip
"""Roles of WAI-ARIA 1.2."""
BOOL, STATE = ("true", "false"), ("true", "false", "undefined")
VALUES: dict[str, tuple[str, ...]] = {
    "aria-atomic": BOOL, "aria-busy": BOOL, "aria-disabled": BOOL, "aria-modal": BOOL, "aria-multiline": BOOL,
    "aria-multiselectable": BOOL, "aria-readonly": BOOL, "aria-required": BOOL, "aria-expanded": STATE,
    "aria-hidden": STATE, "aria-grabbed": STATE, "aria-selected": STATE,
    "aria-checked": (*STATE, "mixed"), "aria-pressed": (*STATE, "mixed"),
    "aria-autocomplete": ("inline", "list", "both", "none"),
    "aria-current": ("page", "step", "location", "date", "time", "true", "false"),
    "aria-haspopup": ("true", "false", "menu", "listbox", "tree", "grid", "dialog"),
    "aria-invalid": ("grammar", "false", "spelling", "true"), "aria-live": ("assertive", "off", "polite"),
    "aria-orientation": ("horizontal", "vertical", "undefined"),
    "aria-sort": ("ascending", "descending", "none", "other"),
}  # fmt: skip
"""The values that attributes of WAI-ARIA 1.2 may have."""
FREE = frozenset((
    "aria-activedescendant", "aria-braillelabel", "aria-brailleroledescription", "aria-colcount", "aria-colindex",
    "aria-colindextext", "aria-colspan", "aria-controls", "aria-describedby", "aria-description", "aria-details",
    "aria-errormessage", "aria-flowto", "aria-keyshortcuts", "aria-label", "aria-labelledby", "aria-level", "aria-owns",
    "aria-placeholder", "aria-posinset", "aria-relevant", "aria-roledescription", "aria-rowcount", "aria-rowindex",
    "aria-rowindextext", "aria-rowspan", "aria-setsize", "aria-valuemax", "aria-valuemin", "aria-valuenow",
    "aria-valuetext",
))  # fmt: skip
"""The other attributes of WAI-ARIA 1.2."""
NEEDED = {
    "checkbox": ("aria-checked",), "switch": ("aria-checked",), "radio": ("aria-checked",), "heading": ("aria-level",),
    "slider": ("aria-valuenow",), "scrollbar": ("aria-valuenow",), "meter": ("aria-valuenow",),
    "combobox": ("aria-expanded",), "option": (), "menuitemcheckbox": ("aria-checked",),
}  # fmt: skip
"""Attributes that a role must have (ARIA 1.2), unless the element has the state itself."""
UNNAMED = ("div", "span", "p", "b", "i", "em", "strong", "small", "code", "sub", "sup")
"""Elements that may have no name as long as they have no role (ARIA in HTML, naming prohibited)."""
FIELDS = frozenset((
    "name", "honorific-prefix", "given-name", "additional-name", "family-name", "honorific-suffix", "nickname",
    "username", "new-password", "current-password", "one-time-code", "organization-title", "organization",
    "street-address", "address-line1", "address-line2", "address-line3", "address-level1", "address-level2",
    "address-level3", "address-level4", "country", "country-name", "postal-code", "cc-name", "cc-given-name",
    "cc-additional-name", "cc-family-name", "cc-number", "cc-exp", "cc-exp-month", "cc-exp-year", "cc-csc", "cc-type",
    "transaction-currency", "transaction-amount", "language", "bday", "bday-day", "bday-month", "bday-year", "sex",
    "url", "photo", "tel", "tel-country-code", "tel-national", "tel-area-code", "tel-local", "tel-extension", "email",
    "impp",
))  # fmt: skip
"""What a field may ask for (HTML, 4.10.18.7.1)."""
BEFORE_FIELD = re.compile(r"\A(section-\S+ )?((shipping|billing) )?((home|work|mobile|fax|pager) )?")
LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.IGNORECASE)

KEYBOARD_ROLES = frozenset((
    "button", "checkbox", "combobox", "link", "searchbox", "slider", "spinbutton", "switch", "textbox",
))  # fmt: skip
"""Roles of what the keyboard must reach by itself; others may be reached through what they are part of."""
Faults = Iterator[tuple[Message, Message]]


def _of_tags(edition: FinishedEdition, key: str, look: Callable[[Tag], Faults]) -> Iterator[Fault]:
    """Yield the faults of the elements with a key."""
    for page, _, markup in edition.read:
        keys = [k for k in markup.index if k.startswith(key)] if key.endswith("-") else [key]
        for number in dict.fromkeys(markup.all(*keys)):
            for message, hint in _looked_at(look, markup.tags[number]):
                yield Fault(page, number, message, hint)


@cache
def _looked_at(look: Callable[[Tag], Faults], tag: Tag) -> tuple[tuple[Message, Message], ...]:
    return tuple(look(tag))


def aria_role(edition: FinishedEdition) -> Iterator[Fault]:
    """A role does not exist, lacks an attribute that it needs, or takes away what an element is."""
    yield from _of_tags(edition, "@role", _role_faults)


def _role_faults(tag: Tag) -> Faults:
    for role in tag.get("role").split() or [""]:
        if role not in ROLES:
            yield say('there is no role "{role}"', role=role), say("take it away, or use the element that is meant")
        if tag.name != "input":
            for attribute in NEEDED.get(role, ()):
                if attribute not in tag.attributes:
                    yield say("the role {role} needs {attribute}", role=role, attribute=attribute), NOTHING
    focus = tag.name in ("button", "input", "select", "textarea", "summary") or "tabindex" in tag.attributes
    focus = focus or (tag.name == "a" and "href" in tag.attributes)
    if tag.get("role") in KEYBOARD_ROLES and not focus and tag.get("contenteditable") in ("", "false"):
        message = say("<{element}> has the role {role}, and no key reaches it", element=tag.name, role=tag.get("role"))
        yield message, say("use the element that is meant, such as <button>")
    if tag.get("role") in ("presentation", "none") and focus:
        yield say("{element} takes focus, and its role says that it is nothing", element=tag.name), NOTHING
    if tag.name in NEEDED_AS_THEY_ARE and tag.get("role") in ("presentation", "none", "generic"):
        yield say("<{element}> is needed as what it is", element=tag.name), say("take its role away")


NEEDED_AS_THEY_ARE = ("main", "h1", "h2", "h3", "h4", "ul", "ol", "dl", "nav")
"""Elements that tell what their content is: without them a screen reader neither finds nor counts it."""


def aria_attribute(edition: FinishedEdition) -> Iterator[Fault]:
    """An attribute of ARIA does not exist, or has a value that it cannot have."""
    yield from _of_tags(edition, "@aria-", _aria_faults)


def _aria_faults(tag: Tag) -> Faults:
    for attribute, value in tag.attributes.items():
        if attribute.startswith("aria-"):
            if attribute in VALUES:
                if value not in VALUES[attribute]:
                    yield say('{attribute} cannot be "{value}"', attribute=attribute, value=value), NOTHING
            elif attribute not in FREE:
                yield say("there is no attribute {attribute}", attribute=attribute), NOTHING
    if "aria-label" in tag.attributes and tag.name in UNNAMED and "role" not in tag.attributes:
        message = say("<{element}> without a role cannot have a name, and aria-label is not read", element=tag.name)
        yield message, say("write the words as text, or give the element a role")
    if tag.get("role") == "timer" and tag.get("aria-live") not in ("", "off"):
        message = say("a clock that is told at every second drowns all else")
        yield message, say("take aria-live away, and tell of the time now and then in a status")


def tab_order(edition: FinishedEdition) -> Iterator[Fault]:
    """Keys lead elsewhere than the reader sees: a tabindex above 0, a page that begins in a field, or a stop at what
    does nothing."""
    yield from _of_tags(edition, "@tabindex", _tabindex_faults)
    for page, _, markup in edition.read:
        for number in markup.all("@autofocus"):
            if not markup.inside(number, "dialog"):
                hint = say("take autofocus away: what comes before the field is passed over")
                yield Fault(page, number, say("the page begins in a field"), hint)


TEXTS = ("div", "span", "p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "img", "table", "tr", "td", "section", "article")
"""Elements that do nothing by themselves."""


def _tabindex_faults(tag: Tag) -> Faults:
    if not re.fullmatch(r"-1|0", tag.get("tabindex").strip()):
        message = say('tabindex="{value}" changes the order of the page', value=tag.get("tabindex"))
        yield message, say("put the element where it comes in the order, and write 0 or nothing")
    elif tag.get("tabindex").strip() == "0" and tag.name in TEXTS and "role" not in tag.attributes:
        message = say("<{element}> takes focus, and no screen reader can tell what for", element=tag.name)
        yield message, say("take tabindex away, use a button, or give it a role and a name")


def autocomplete_token(edition: FinishedEdition) -> Iterator[Fault]:
    """An autocomplete is none that browsers know, or stands where they do not use it."""
    yield from _of_tags(edition, "@autocomplete", _autocomplete_faults)


def _autocomplete_faults(tag: Tag) -> Faults:
    value = tag.get("autocomplete").strip().lower()
    if BEFORE_FIELD.sub("", value, count=1) not in FIELDS | {"on", "off"}:
        yield say('there is no autocomplete "{value}"', value=value), say("write email, name, tel, off …")
    elif value not in ("on", "off") and tag.get("type") in ("checkbox", "radio", "button", "submit"):
        yield say('autocomplete="{value}" on a {kind}', value=value, kind=tag.get("type")), say("take it away")


def own_details(edition: FinishedEdition) -> Iterator[Fault]:
    """A field for an e-mail address or a telephone number does not tell browsers so, which could fill it in."""
    for page, _, markup in edition.read:
        for number in markup.all("input"):
            tag = markup.tags[number]
            if tag.get("type") in ("email", "tel") and "autocomplete" not in tag.attributes:
                hint = say('write autocomplete="{kind}"', kind=tag.get("type"))
                yield Fault(page, number, say("a field for {kind} without autocomplete", kind=tag.get("type")), hint)


def view_and_time(edition: FinishedEdition) -> Iterator[Fault]:
    """A page reloads by itself, or stops readers from enlarging it."""
    yield from _of_tags(edition, "meta", _meta_faults)


def _meta_faults(tag: Tag) -> Faults:
    if tag.get("http-equiv").lower() == "refresh":
        yield say("the page changes or reloads by itself"), say("let the reader decide: use a link")
    content = tag.get("content").replace(" ", "").lower()
    widest = re.search(r"maximum-scale=([\d.]+)", content)
    if tag.get("name") == "viewport" and (
        "user-scalable=no" in content or "user-scalable=0" in content or (widest and float(widest[1]) < 5)
    ):
        yield say("readers cannot enlarge the page"), say('write content="width=device-width, initial-scale=1"')


def media_control(edition: FinishedEdition) -> Iterator[Fault]:
    """A film or sound starts by itself, has no controls, or a film has no captions."""
    for page, _, markup in edition.read:
        for number in markup.all("video", "audio"):
            tag = markup.tags[number]
            if "autoplay" in tag.attributes:
                yield Fault(page, number, say("<{element}> starts by itself", element=tag.name))
            if "controls" not in tag.attributes:
                yield Fault(page, number, say("<{element}> without controls", element=tag.name), level="warning")
            tracks = (markup.tags[child].get("kind") for child in markup.children(number))
            if tag.name == "video" and "captions" not in tracks:
                hint = say('add <track kind="captions" srclang="…" src="…">')
                yield Fault(page, number, say("a film without captions"), hint, lost="<track")


def new_window(edition: FinishedEdition) -> Iterator[Fault]:
    """A link opens a new window or tab without saying so."""
    for page, _, markup in edition.read:
        said = language(page.lang).new_window | language("en").new_window
        for number in markup.all("@target"):
            name = markup.name(number).lower()
            if markup.tags[number].get("target") == "_blank" and not any(words in name for words in said):
                hint = say("take target away, or say in the link that it opens a new window")
                yield Fault(page, number, say("a link opens a new window without saying so"), hint, "warning")


def access_key(edition: FinishedEdition) -> Iterator[Fault]:
    """An accesskey takes a key that screen readers, browsers or other languages' keyboards use for something else."""
    for page, _, markup in edition.read:
        for number in markup.all("@accesskey"):
            message = say('accesskey="{key}" takes a key from the reader', key=markup.tags[number].get("accesskey"))
            yield Fault(page, number, message, say("take it away"), "warning")


def hidden_value(edition: FinishedEdition) -> Iterator[Fault]:
    """The attribute hidden has a value that does not mean what it says, such as false."""
    yield from _of_tags(edition, "@hidden", _hidden_faults)


def _hidden_faults(tag: Tag) -> Faults:
    if tag.get("hidden").lower() in ("false", "no", "0"):
        message = say('hidden="{value}" hides: the attribute has no such value', value=tag.get("hidden"))
        yield message, say("take the attribute away to show the element")


def lang_value(edition: FinishedEdition) -> Iterator[Fault]:
    """A lang is none: screen readers would read with the wrong voice."""
    yield from _of_tags(edition, "@lang", _lang_faults)


def _lang_faults(tag: Tag) -> Faults:
    value = tag.get("lang")
    if value and not LANG.fullmatch(value):
        yield say('lang="{value}" is no language', value=value), say("write its two letters, such as sv or en")
