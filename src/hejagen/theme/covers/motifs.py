"""Which motif each cover has: what suits the exercise, and is not taken by another of the same kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hejagen.theme.covers import people, places
from hejagen.theme.covers.bodies import Cast
from hejagen.theme.covers.shapes import Point, Shape

SCENES: Mapping[str, Callable[[Cast], list[Shape]]] = {
    "face": people.face, "front": people.front, "mirror": people.mirror, "window": people.window, "door": people.door,
    "screen": people.screen, "speech": people.speech, "clock": people.clock, "lamp": people.lamp, "meet": people.meet,
    "path": places.path, "fork": places.fork, "stairs": places.stairs, "bridge": places.bridge, "boat": places.boat,
    "hand": places.hand, "table": places.table, "notes": places.notes, "plan": places.plan, "blocks": places.blocks,
    "sprout": places.sprout, "puzzle": places.puzzle, "note": places.note,
}  # fmt: skip
"""Every motif by name."""
SUITS: Mapping[str, tuple[str, ...]] = {
    "observation": ("window", "door", "plan", "front"),
    "conversation": ("face", "speech", "front", "bridge", "lamp", "meet", "door"),
    "role_play": ("mirror", "face", "front", "door", "speech"),
    "ideation": ("notes", "sprout", "hand", "lamp", "speech"),
    "decision": ("fork", "table", "puzzle", "stairs", "hand"),
    "experiment": ("blocks", "sprout", "bridge", "table", "stairs"),
    "planning": ("path", "stairs", "plan", "boat", "fork", "bridge", "meet"),
    "debrief": ("clock", "meet", "table", "puzzle", "window", "boat"),
    "reflection": ("mirror", "window", "lamp", "front", "note"),
    "micro": ("hand", "note", "clock", "window", "sprout", "stairs"),
}
"""Motifs by type of exercise."""
LEANS: Mapping[str, frozenset[str]] = {
    "widen": frozenset({"window", "speech", "notes", "sprout", "hand", "lamp", "front", "note"}),
    "gather": frozenset({"table", "puzzle", "bridge", "meet", "blocks", "path", "clock", "face", "plan"}),
    "switch": frozenset({"door", "mirror", "fork", "boat", "stairs"}),
}
"""Motifs that say what a mode is."""
HORIZON: Mapping[str, Point] = {
    "path": (202, 118), "fork": (206, 126), "stairs": (352, 60), "bridge": (200, 176), "boat": (206, 236),
    "door": (270, 140), "lamp": (200, 70), "plan": (318, 84), "window": (240, 70),
}  # fmt: skip
"""Where the gesture begins, for motifs that have a place for it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an item says of its motif: area and mode, what suits it, in order, and the modes of its steps."""

    id: str
    area: str
    mode: str
    suits: tuple[str, ...]
    steps: tuple[str, ...] = ()


def choose(wishes: Iterable[Wish]) -> dict[str, str]:
    """Return a motif for each item, by id. Each takes the one that suits it best and that those before it have used
    least, first of all in the same area: a new item last in the list changes no other."""
    used: Counter[tuple[str, ...]] = Counter()
    chosen: dict[str, str] = {}
    for wish in wishes:

        def cost(motif: str, wish: Wish = wish) -> tuple[float, str]:
            share = sum(motif in LEANS[mode] for mode in wish.steps) / max(1, len(wish.steps))
            taken = 9 * used[motif, wish.area, wish.mode] + 3 * used[motif, wish.area] + 2 * used[(motif,)]
            return taken + 0.3 * wish.suits.index(motif) - share - 0.5 * (motif in LEANS[wish.mode]), motif

        motif = chosen[wish.id] = min(wish.suits, key=cost)
        used.update([(motif, wish.area, wish.mode), (motif, wish.area), (motif,)])
    return chosen


def scene(motif: str, participation: str, mode: str, digest: bytes) -> list[Shape]:
    """Return the shapes of a motif: one body for one, two for a pair, three for a team."""
    count = {"individual": 1, "pair": 2}.get(participation, 3)
    cast = Cast(count, participation == "individual_then_team", _people(digest), mode == "widen")
    return SCENES[motif](cast)


def _people(digest: bytes) -> tuple[int, ...]:
    """Three different people."""
    first, second, third = digest[2] % 5, 1 + digest[3] % 4, 1 + digest[4] % 3
    others = [number for number in range(5) if number != first]
    return first, others[second - 1], [number for number in others if number != others[second - 1]][third - 1]
