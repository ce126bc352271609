"""Values with their places: what a YAML text holds, as a tree in which each value knows where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hejagen.problems import Location

Path = tuple[str | int, ...]
"""The way to a value: keys, and the numbers of entries in lists, from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value and its place: a text, a number, true, false or null, or nodes in a tuple or by key. Each node equals
    itself alone.

    `key` is the place of its key, or its own when it has none. `removed` are keys that were taken away, and where that
    was said.
    """

    value: Any
    at: Location
    key: Location
    removed: tuple[tuple[str, Location], ...] = ()

    @property
    def children(self) -> Mapping[str, "Node"]:
        """The nodes by key; none when the value is not a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def entries(self) -> tuple["Node", ...]:
        """The nodes of a list; none when the value is not a list."""
        return self.value if isinstance(self.value, tuple) else ()

    def plain(self) -> Any:
        """Return the value without places, as JSON has it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value

    def get(self, *path: str | int) -> "Node | None":
        """Return the node at a path such as ("steps", 2, "minutes"), or None."""
        node: Node | None = self
        for part in path:
            if node is None:
                return None
            if isinstance(part, str):
                node = node.children.get(part)
            else:
                node = node.entries[part] if part < len(node.entries) else None
        return node

    def place(self, *path: str | int) -> Location:
        """Return the place of the value at a path, of what took it away, or the nearest place on the way to it."""
        node = self
        for part in path:
            below = node.get(part)
            if below is None:
                return dict(node.removed).get(str(part), node.at)
            node = below
        return node.at

    def walk(self, *path: str | int) -> Iterator[tuple[Path, "Node"]]:
        """Yield this node and all below it, each with its path. `path` = that of this node."""
        yield path, self
        for key, node in self.children.items():
            yield from node.walk(*path, key)
        for number, node in enumerate(self.entries):
            yield from node.walk(*path, number)

    def put(self, path: Path, node: "Node") -> "Node":
        """Return the tree with another node at a path. The path leads to a node, or to a new key of one."""
        if not path:
            return node
        below = self.get(path[0])
        changed = below.put(path[1:], node) if below else node
        if isinstance(self.value, tuple):
            return replace(self, value=tuple(changed if i == path[0] else old for i, old in enumerate(self.value)))
        return replace(self, value={**self.children, path[0]: changed})

    def without(self, path: Path, at: Location) -> "Node":
        """Return the tree without the key at a path, and `at` as the place where that was said."""
        *above, key = path
        parent = self.get(*above)
        assert parent is not None
        children = {name: node for name, node in parent.children.items() if name != key}
        return self.put(tuple(above), replace(parent, value=children, removed=(*parent.removed, (str(key), at))))
