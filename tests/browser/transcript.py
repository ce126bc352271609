"""A page as it is heard: its accessibility tree in Chromium as indented text, and what is said while one uses it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Node = dict[str, Any]
Tree = Mapping[str, Node]
THROUGH = {"generic", "none", "RootWebArea", "ListMarker"}
"""Roles that are not told: what is inside them is."""
LABELS = {"LabelText", "Legend"}
"""Roles whose words are told as the name of a field. Fields that are inside are told."""
INLINE = {"StaticText", "LineBreak", "emphasis", "strong", "time", "superscript", "subscript", "mark", "code", "Abbr"}
"""Roles that are read within a line."""
BLOCKS = {"paragraph", "listitem", "cell", "columnheader", "rowheader", "term", "definition", "caption", "Figcaption"}
"""Roles whose name is not told: their words are inside them, and stand on the same line when there is nothing else."""
FIELDS = {"textbox", "searchbox", "combobox", "spinbutton", "image", "Date", "InputTime", "button"}
"""Roles whose inside is told as their value."""
PAUSE = " | "
STATES = ("checked", "pressed", "expanded", "selected", "disabled", "required", "invalid", "readonly")
AROUND = ("banner", "contentinfo")
"""What all pages share."""
DAYS = re.compile(r"\b\d{1,2} (jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*( \d{4})?|\b\d{4}-\d\d-\d\d")
PASSING = re.compile(r"(?<= )Version [\d.]+|\s\(\d+,\d\sMB\)")
"""What changes with the program, and what is not always told yet: the size of the whole site."""
LISTEN = """
window.heard = [];
const Moving = Date, now = Moving.parse("2026-11-24T09:00Z");
window.Date = class extends Moving {
  constructor(...when) { super(...(when.length ? when : [now])); }
  static now() { return now; }
};
const words = (e) => (e.getAttribute("aria-label") || e.labels?.[0]?.innerText || e.innerText || e.textContent)
  .trim().replace(/\\s+/g, " ").slice(0, 160);
const region = (n) => (n.nodeType === 1 ? n : n.parentElement)?.closest("[aria-live], [role=status], [role=alert]");
addEventListener("DOMContentLoaded", () => new MutationObserver((rows) => {
  const changed = new Set(rows.map((row) => region(row.target)).filter((e) => e?.checkVisibility()));
  for (const e of changed) if (words(e)) heard.push(`says: ${words(e)}`);
}).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"] }));
addEventListener("focusin", ({ target }) => heard.push(`focus: ${target.localName} "${words(target)}"`));
"""
"""Run before a page's own scripts: writes down what live regions come to hold, and where the focus goes.
The clock stands still, so that what is heard does not depend on how fast the test is."""


def listen(driver: Any) -> None:
    """From the next page on, write down what is said."""
    driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Europe/Stockholm"})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})


def heard(driver: Any) -> list[str]:
    """What was said and where the focus went since the last time, in order."""
    return [_plain(row) for row in driver.execute_script("return window.heard.splice(0)")]


def transcript(driver: Any) -> list[str]:
    """The page that is shown, a line for each thing that a screen reader tells."""
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [f"title: {driver.title}", *_lines(nodes[0], {node["nodeId"]: node for node in nodes}, 0)]


def without_surroundings(lines: list[str], those: list[str]) -> list[str]:
    """The lines of a page, where what stands around its content is one line when it is as on another page."""
    for role in AROUND:
        part = _part(those, role)
        if part and _part(lines, role) == part:
            at = lines.index(role)
            lines = [*lines[:at], f"{role}, as on the start page", *lines[at + len(part) :]]
    return lines


def _part(lines: list[str], role: str) -> list[str]:
    if role not in lines:
        return []
    at = lines.index(role)
    end = next((i for i in range(at + 1, len(lines)) if not lines[i].startswith(" ")), len(lines))
    return lines[at:end]


def _lines(node: Node, tree: Tree, depth: int) -> Iterator[str]:
    """The lines of what is inside a node."""
    words = ""
    for child in _inside(node, tree):
        if _inline(child, tree):
            more = _words(child, tree)
            words += f"{PAUSE}{more}" if _joins(words, more) else more
            continue
        yield from _line(words, depth)
        words = ""
        inside = _inside(child, tree)
        told = _told(child)
        if _role(child) in BLOCKS and all(_inline(one, tree) for one in inside):
            yield "  " * depth + f"{told}: {' '.join(_lines(child, tree, 0))}".rstrip()
        elif _role(child) in FIELDS or _same(_name(child), "".join(_words(one, tree) for one in inside), inside, tree):
            yield "  " * depth + told
        else:
            yield "  " * depth + told
            yield from _lines(child, tree, depth + 1)
    yield from _line(words, depth)


def _joins(before: str, after: str) -> bool:
    """Whether two words meet without a space: whether they are heard as one is decided by how they are laid out."""
    return bool(re.search(r"[\w.,:!?]$", before) and re.match(r"\w", after))


def _line(words: str, depth: int) -> Iterator[str]:
    if _plain(words):
        yield "  " * depth + _plain(words)


def _inside(node: Node, tree: Tree) -> list[Node]:
    """The nodes inside one, where those that are not told give what is inside them."""
    children = [tree[key] for key in node.get("childIds", ()) if key in tree]
    inside = [one for child in children for one in (_inside(child, tree) if _silent(child) else [child])]
    return [one for one in inside if not _inline(one, tree)] if _role(node) in LABELS else inside


def _silent(node: Node) -> bool:
    return bool(node.get("ignored")) or _role(node) in THROUGH | LABELS


def _inline(node: Node, tree: Tree) -> bool:
    return _role(node) in INLINE and all(
        _inline(one, tree) for one in _inside(node, tree) if _role(one) != "InlineTextBox"
    )


def _words(node: Node, tree: Tree) -> str:
    if _role(node) == "LineBreak":
        return " "
    return _name(node) if _role(node) == "StaticText" else "".join(_words(one, tree) for one in _inside(node, tree))


def _same(name: str, words: str, inside: list[Node], tree: Tree) -> bool:
    """Whether a name says all that is inside."""
    return all(_inline(one, tree) for one in inside) and re.sub(r"\s", "", words) in re.sub(r"\s", "", name)


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", "none"))


def _name(node: Node) -> str:
    return str(node.get("name", {}).get("value", ""))


def _told(node: Node) -> str:
    """Role, level, name, states, value and description of a node."""
    values = {row["name"]: row["value"].get("value") for row in node.get("properties", ())}
    role, name, value, about = (
        _role(node),
        *(_plain(str(node.get(k, {}).get("value", ""))) for k in ("name", "value", "description")),
    )
    parts = [f"{role} {values['level']}" if role == "heading" else role]
    parts += [f'"{name}"'] if name and role not in BLOCKS else []
    for state in STATES:
        if state in ("checked", "pressed", "expanded") and str(values.get(state)).lower() == "false":
            parts.append(f"not {state}")
        elif str(values.get(state, "false")).lower() != "false":
            parts.append(state)
    parts += [f"= {value}"] if value and role in FIELDS - {"button"} else []
    parts += [f"({about})"] if about else []
    return " ".join(parts)


def _plain(text: str) -> str:
    return PASSING.sub("", DAYS.sub("‹day›", " ".join(text.replace("\u00ad", "").split())))
