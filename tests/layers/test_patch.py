"""Patches: whatever is changed, each value has the place in the file that it comes from."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from hejagen.layers.patch import patch
from hejagen.model.node import Node
from hejagen.model.settings import Change
from hejagen.problems import Location
from hejagen.reading.yaml_reader import read_yaml


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
        root, patched, problem = patch(root, key, Change(**orders), order.children[key])
        assert patched and not problem, problem
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
    changed, _, _ = patch(root, "a.b", Change(was=1, set=None), order.children["a.b"])
    assert changed.plain() == {"a": {"c": 2}} and str(changed.place("a", "b")) == "site.yaml:1:1"
    assert root.plain() == {"a": {"b": 1, "c": 2}}, "what lies below is as it was"
