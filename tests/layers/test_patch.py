"""Patches: whatever is changed, each value has the place in the file that it comes from."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hejagen.layers.patch import Patched, patch
from hejagen.model.node import Node
from hejagen.model.settings import Change
from hejagen.problems import Location
from hejagen.reading.yaml_reader import read_yaml, span
from tests.helpers import content, layer, stopped

pytestmark = pytest.mark.build


def tree(random: Random, words: list[str], depth: int = 0) -> Any:
    """Random facts: a mapping of words, lists of words, lists of entries with an id, and more of the same kind."""
    below = [] if depth > 2 else [lambda: tree(random, words, depth + 1)]
    entry = [lambda: {"id": word(random, words), "other": word(random, words)}]
    kinds = [lambda: word(random, words), *below, *(entry if depth else [])]
    facts: dict[str, Any] = {f"k{number}": random.choice(kinds)() for number in range(random.randint(1, 4))}
    return facts | {"listed": [random.choice([lambda: word(random, words), *entry])() for _ in range(3)]}


def word(random: Random, words: list[str]) -> str:
    """A word that stands nowhere else."""
    words.append(f"w{len(words)}{random.choice('xyz')}")
    return words[-1]


def written(random: Random, data: Any, indent: str = "") -> str:
    """A YAML text of facts, in blocks or in one row."""
    rows = []
    for key, value in data.items():
        if isinstance(value, dict) and value and random.random() < 0.7:
            rows.append(f"{indent}{key}:\n{written(random, value, indent + '  ')}")
        elif isinstance(value, list) and value and random.random() < 0.5:
            rows.append(f"{indent}{key}:\n" + "".join(f"{indent}- {json.dumps(entry)}\n" for entry in value))
        else:
            rows.append(f"{indent}{key}: {json.dumps(value)}\n")
    return "".join(rows)


def change(random: Random, words: list[str], root: Node) -> tuple[str, dict[str, Any]]:
    """A key below the root and what to do there; its value is what stands there now."""
    path, node = random.choice(
        [(path, node) for path, node in root.walk() if path] or [(("k0",), replace(root, value=None))]
    )
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    if node.entries and random.random() < 0.7:
        gone = [entry.get("id") or entry for entry in random.sample(node.entries, random.randint(0, len(node.entries)))]
        return key, {"append": [word(random, words)], "remove": [entry.plain() for entry in gone]}
    new = random.choice([lambda: None, lambda: word(random, words), lambda: tree(random, words, 2)])()
    return key, {"was": node.plain(), "set": new}


@pytest.mark.parametrize("seed", range(60))
def test_every_value_knows_its_place(seed: int) -> None:
    """After any number of patches, what stands at the place of a value or a key in a file is that value or key."""
    random, words = Random(seed), [""]
    texts = {"below.yaml": written(random, tree(random, words))}
    root = read_yaml(texts["below.yaml"], "below.yaml").root
    assert root
    for number in range(8):
        key, orders = change(random, words, root)
        name = f"{number}.yaml"
        texts[name] = written(random, {key: orders})
        order = read_yaml(texts[name], name).root
        assert order
        root, patched = patch(root, key, Change(**orders), order.children[key])
        assert isinstance(patched, Patched) and not patched.problem, patched
    for path, node in root.walk():
        assert_in_place(texts, path[-1:], node)


def assert_in_place(texts: dict[str, str], part: tuple[str | int, ...], node: Node) -> None:
    """The texts have the value and the key at their places. A patch names a key by the way to it."""
    value, key = text_at(texts, node.at), text_at(texts, node.key)
    names = [str(name + 1) if isinstance(name, int) else name for name in part]
    if isinstance(node.value, str | None):
        assert value.startswith(json.dumps(node.value)), (node, value)
    else:  # a list that was added to has the place of the patch
        begins = ("[", "{", "-", *node.children, *dict(node.removed))
        assert value.startswith(begins) or last(value) in names, (node, value)
    if names and isinstance(part[0], str):
        assert last(key) in names, (node, key)


def last(row: str) -> str:
    """The last part of the key that begins a row."""
    return row.partition(":")[0].strip('"').rpartition(".")[2]


def text_at(texts: dict[str, str], at: Location) -> str:
    """What stands in a file from a place to the end of the row."""
    return texts[at.path].split("\n")[at.line - 1][at.column - 1 :]


def test_what_a_patch_takes_away_leaves_its_place() -> None:
    """A key that is missing because of a patch is missing at the patch."""
    root = read_yaml("a: {b: 1, c: 2}\n", "below.yaml").root
    order = read_yaml("a.b: {was: 1, set: null}\n", "site.yaml").root
    assert root and order
    changed, _ = patch(root, "a.b", Change(was=1, set=None), order.children["a.b"])
    assert changed.plain() == {"a": {"c": 2}} and str(changed.place("a", "b")) == "site.yaml:1:1"
    assert root.plain() == {"a": {"b": 1, "c": 2}}, "what lies below is as it was"


def test_patches_reach_lists_and_entries(tmp_path: Path) -> None:
    """Keys count entries from 1 or name their id; whole lists take new entries; null takes a key away."""
    term = "{id: sundord, term: Sundord, definition: Ett ord., term_en: Sound word}"
    site = f"""
patch:
  exercises/fredagsraden:
    steps.2.minutes: {{was: 3, set: 4}}
    minutes.active: {{was: 5, set: 6}}
    formats: {{remove: [async]}}
    evidence_strength: {{was: moderate, set: limited}}
  programs/starta-smatt: {{title: {{was: Starta smått, set: Börja smått}}}}
  pages/om: {{order: {{was: 10, set: 11}}}}
  glossary: {{terms: {{append: [{term}]}}}}
  behaviours/invite_voice: {{label_en: {{was: WAS, set: Ask}}}}
"""
    base = content()
    site = site.replace("WAS", f'"{base.behaviours["invite_voice"].label_en}"')
    site = site.replace("was: 10", f"was: {base.pages['om'].meta.order}")
    made = content(layer(tmp_path / "top", site))
    meta = made.exercises["fredagsraden"].meta
    assert (meta.steps[1].minutes, meta.minutes.active, meta.evidence_strength) == (4, 6, "limited")
    assert "async" not in meta.formats and len(meta.formats) == 3
    assert made.programs["starta-smatt"].meta.title == "Börja smått" and made.pages["om"].meta.order == 11
    assert made.terms["sundord"].term == "Sundord" and len(made.terms) == len(base.terms) + 1
    assert made.behaviours["invite_voice"].label_en == "Ask"


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        ("title: {was: Fredagsraden, set: %s}" % ("x" * 50), "site.yaml:3:37: title: 50 characters, at most 45"),
        ("level: {was: foundation, set: hard}", 'site.yaml:3:35: level: "hard" is not one of the choices'),
        ("formats: {append: [mars]}", 'site.yaml:3:24: formats[5]: "mars" is not one of the choices'),
        ("titel: {was: null, set: Hej}", 'site.yaml:3:5: unknown key "titel"'),
        ("purpose: {was: WAS, set: null}", 'site.yaml:3:5: "purpose" is missing'),
        ("minutes.active: {was: 5, set: 6}", "site.yaml:3:35: the steps add up to 5 minutes, but active is 6"),
    ],
)
def test_a_patched_value_is_checked_at_its_place(tmp_path: Path, patch: str, told: str) -> None:
    """The same models and rules hold, and the message points at the patch."""
    patch = patch.replace("WAS", f'"{content().exercises["fredagsraden"].meta.purpose}"')
    problems = stopped(layer(tmp_path / "top", f"patch:\n  exercises/fredagsraden:\n    {patch}\n"))
    found = [problem for problem in problems if problem.level == "error"]
    assert len(found) == 1
    assert told in f"{found[0].at}: {found[0].message}", found[0]


def test_a_patch_that_does_not_meet_its_value_names_both(tmp_path: Path) -> None:
    """What the patch expects and what is there now."""
    site = "patch: {exercises/fredagsraden: {title: {was: Torsdag, set: Vecka}}}\n"
    (problem,) = stopped(layer(tmp_path / "top", site))
    assert problem.rule == "patch-was" and '"Torsdag"' in problem.message and '"Fredagsraden"' in problem.message


def test_a_huge_patch_is_refused(tmp_path: Path) -> None:
    """Ten thousand changes are no patch."""
    rows = "".join(f"    k{number}: {{was: null, set: 1}}\n" for number in range(10_000))
    (problem,) = stopped(layer(tmp_path / "top", f"patch:\n  exercises/fredagsraden:\n{rows}"))
    assert problem.rule == "patch-form" and "500" in problem.message


def test_a_value_is_looked_for_as_it_was_read() -> None:
    """One of YAML's two parsers reads a tab after a colon and a question mark in brackets, and the other does not."""
    text = "patch: {a: {was:\t[b ?c], set: d}}\n"
    place = span(text, ("patch", "a", "was"))
    assert not read_yaml(text, "site.yaml").problems
    assert place and text[slice(*place)] == "[b ?c]"
