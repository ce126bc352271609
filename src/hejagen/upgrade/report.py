"""What an upgrade has to tell, in the words of the site's language: as text, as JSON and as a page of its own."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from hejagen.layers.patch import shown
from hejagen.layers.stack import Layer
from hejagen.layers.survey import Survey
from hejagen.problems import visible
from hejagen.rendering.report import filled
from hejagen.upgrade.accept import texts_of
from hejagen.upgrade.drift import KINDS, Item
from hejagen.upgrade.merge import difference
from hejagen.words.translate import Translator

TEMPLATE = "reports/upgrade.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in words: what and where, a remark, values before and now, differences, a merge and its conflicts."""

    kind: str
    key: str
    at: str
    note: str = ""
    was: str = ""
    now: str = ""
    changed: str = ""
    yours: str = ""
    merged: str = ""
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of a kind, with what the kind is called, what it means and what to do."""

    kind: str
    title: str
    meaning: str
    advice: str
    entries: tuple[Entry, ...]


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is used."""
    return message


ACCEPT = _("Then run: hejagen upgrade accept ITEM")
KIND_WORDS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "no-lock": (
        _("No record yet"),
        _("The layer has not noted what lies below it, so nobody can tell what changes."),
        (_("Run: hejagen upgrade accept --all"),),
    ),
    "changed": (
        _("Changed underneath"),
        _("You have a text of your own here. The text that it stands in place of has changed."),
        (_("Take over what you want, by hand or with accept ITEM --merge."), ACCEPT),
    ),
    "patch-changed": (
        _("A value that you patch has changed"),
        _("Your patch was written for another value than the one that is there now."),
        (_("Decide whether your patch still holds."), ACCEPT),
    ),
    "patch-gone": (
        _("A patch without a target"),
        _("What you patch is no longer there."),
        (_("Take the patch out of site.yaml, or give it another target."),),
    ),
    "orphan": (
        _("Left alone"),
        _("Your text stood in place of another, which is gone. It is now published as your own."),
        (_("Remove your file, or keep it as your own."), ACCEPT),
    ),
    "hidden-gone": (
        _("Hidden, but no longer there"),
        _("You hide something that is gone. It may have come back under another id."),
        (_("Take the id out of hide in site.yaml, or write the new one."),),
    ),
    "hidden-reference": (
        _("Leads to something hidden"),
        _("A text names what you hide or hold back."),
        (_("Patch the text, put your own in its place, or show what is hidden."),),
    ),
    "same": (
        _("The same as below"),
        _("Your text or patch makes no difference any more."),
        (_("Remove it. Then you follow what comes from below again."),),
    ),
    "unrecorded": (
        _("Not recorded"),
        _("You have changed something since you last recorded, so nobody can tell when it changes below."),
        (ACCEPT,),
    ),
    "held": (
        _("New, waits for you"),
        _("New content has come from below. It is not shown until you accept it."),
        (_("Read it."), ACCEPT),
    ),
    "new": (
        _("New and published"),
        _("New content has come from below. It is shown on your site already."),
        (_("Read it. Hide it in site.yaml if it does not suit you."), ACCEPT),
    ),
}
"""Title, meaning and advice for each kind of item: message ids."""
REASONS: Mapping[str, tuple[str, ...]] = {
    **{kind: advice for kind, (_title, _meaning, advice) in KIND_WORDS.items()},
    "conflicts": (
        _("Both have changed the same lines. A proposal lies in .upstream/proposal."),
        _("Your file is untouched."),
    ),
    "no-merge": (_("There is nothing to merge here: compare the texts and change your file by hand."),),
    "patch-remove": (_("Take what is no longer in the list out of remove in site.yaml."),),
    "unreadable": (_("Your file cannot be read."),),
}
"""Why an item could not be accepted, by the reason that `accept` returns: message ids."""

DEEDS = {"hides": _("you hide it"), "patches": _("you patch it"), "replaces": _("you have your own in its place")}
"""What a layer does with something below: message ids."""


def reason(told: str, words: Translator) -> str:
    """Return in words why an item was left, or that it was recorded (for "")."""
    return " ".join(map(words.gettext, REASONS[told])) if told else words.gettext("recorded")


def groups(surveyed: Survey, layer: Layer, items: tuple[Item, ...], words: Translator) -> tuple[Group, ...]:
    """Return the items in words, by kind, what matters most first."""
    made = []
    for kind in KINDS:
        entries = tuple(_entry(surveyed, layer, item, words) for item in items if item.kind == kind)
        if entries:
            title, meaning, advice = KIND_WORDS[kind]
            said = " ".join(map(words.gettext, advice))
            made.append(Group(kind, words.gettext(title), words.gettext(meaning), said, entries))
    return tuple(made)


def _entry(surveyed: Survey, layer: Layer, item: Item, words: Translator) -> Entry:
    _ = words.gettext
    entry = Entry(item.kind, item.key, str(item.at))
    if item.kind in ("patch-changed", "same") and item.step and item.step.patched:
        return replace(entry, was=shown(item.old), now=shown(item.new))
    if item.kind == "unrecorded" and item.step and item.step.verb in DEEDS:
        return replace(entry, note=_(DEEDS[item.step.verb]))
    if item.kind == "hidden-gone" and item.new:
        return replace(entry, note=_("%(key)s has the same title") % {"key": item.new})
    if item.kind == "hidden-reference":
        return replace(entry, note=_("named in %(key)s") % {"key": item.new})
    texts = texts_of(surveyed, layer, item) if item.kind == "changed" else None
    if texts is None or texts.old is None:
        return entry
    old, new, mine = _("old text below"), _("new text below"), _("your text")
    made = texts.merge((mine, old, new))
    return replace(
        entry,
        changed=difference(texts.old, texts.new, old, new),
        yours="" if made else difference(texts.old, texts.mine, old, mine),
        merged=made.text if made else "",
        conflicts=made.conflicts if made else 0,
    )


def as_text(made: tuple[Group, ...], layer: Layer, words: Translator) -> str:
    """Return the report as plain text, with the merge's number of conflicts but not its text."""
    _ = words.gettext
    if not made:
        return _("Nothing to do: what lies below %(layer)s is as it was when you last looked.") % {"layer": layer.name}
    rows: list[str] = []
    for group in made:
        rows += [f"{group.title} ({len(group.entries)})", f"  {group.meaning}", f"  {group.advice}", ""]
        for entry in group.entries:
            rows += [visible(f"  {entry.key}  {entry.at}"), *(f"    {line}" for line in _lines(entry, words)), ""]
    return "\n".join(rows).rstrip()


def _lines(entry: Entry, words: Translator) -> list[str]:
    _ = words.gettext
    rows = [entry.note]
    rows.append(_("until now: %(value)s") % {"value": entry.was} if entry.was else "")
    rows.append(_("now: %(value)s") % {"value": entry.now} if entry.now else "")
    rows += [*entry.changed.split("\n"), *entry.yours.split("\n")]
    if entry.merged:
        rows.append(merge_line(entry, words))
    return [row for row in rows if row]


def merge_line(entry: Entry, words: Translator) -> str:
    """Return in a sentence what a merge comes to."""
    if not entry.conflicts:
        text = words.gettext("The two can be merged without conflicts: hejagen upgrade accept %(key)s --merge")
        return text % {"key": entry.key}
    text = words.ngettext("One conflict: choose by hand.", "%(num)s conflicts: choose by hand.", entry.conflicts)
    return text % {"num": entry.conflicts}


def as_json(made: tuple[Group, ...], layer: Layer, words: Translator) -> str:
    """Return the report as one JSON object: the layer's name, and the entries."""
    entries = [asdict(entry) for group in made for entry in group.entries]
    return json.dumps({"layer": layer.name, "items": entries}, ensure_ascii=False, indent=2)


def as_html(surveyed: Survey, made: tuple[Group, ...], layer: Layer, words: Translator) -> str:
    """Return the report as a page that needs no other file. Raises BuildStopped for a faulty template."""
    merge = {entry.key: merge_line(entry, words) for group in made for entry in group.entries if entry.merged}
    values = {"site": surveyed.settings, "layer": layer.name, "groups": made, "merge": merge}
    return filled(surveyed.layers, words, TEMPLATE, **values, nothing=as_text((), layer, words))
