"""What a fleet has to tell: which layer changes what, so that what many change can be made better for all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hejagen.fleet.run import Change, Outcome
from hejagen.languages import MAIN
from hejagen.layers.stack import stack
from hejagen.problems import BuildStopped, gate
from hejagen.upgrade.report import filled
from hejagen.words.translate import translator

PAGE = "index.html"
TEMPLATE = "reports/fleet.html"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing of the base and what layers do with it: names of layers by what they do, and how many they are."""

    key: str
    layers: Mapping[str, tuple[str, ...]]
    count: int


def changed(outcomes: Iterable[Outcome]) -> tuple[Changed, ...]:
    """Return what layers replace, patch, hide or hold back, what most of them change first. Patches of one thing count
    as one, and a layer that several editions stand on counts once."""
    found: dict[str, dict[str, set[str]]] = {}
    for change in _all(outcomes):
        if change.verb not in ("adds", "merges"):
            key = change.key.partition("#")[0]
            found.setdefault(key, {}).setdefault(change.verb, set()).add(change.layer)
    rows = [
        Changed(key, {verb: tuple(sorted(names)) for verb, names in verbs.items()}, len(set().union(*verbs.values())))
        for key, verbs in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.key)))


def _all(outcomes: Iterable[Outcome]) -> frozenset[Change]:
    return frozenset(change for outcome in outcomes for change in outcome.changes)


def as_html(outcomes: Sequence[Outcome]) -> str:
    """Return the page, in the base's language: it needs no other file."""
    base = stack(())
    words, problems = translator(base, MAIN)
    gate(problems)
    verbs = {outcome.name: Counter(change.verb for change in outcome.changes) for outcome in outcomes}
    errors = {
        outcome.name: len(outcome.fault.problems) if isinstance(outcome.fault, BuildStopped) else 1
        for outcome in outcomes
        if outcome.fault
    }
    return filled(base, words, TEMPLATE, outcomes=outcomes, changed=changed(outcomes), verbs=verbs, errors=errors)
