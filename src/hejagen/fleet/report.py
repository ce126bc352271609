"""Report which layer changes what. Something that many layers change can be improved in the base."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hejagen.fleet.order import Change, Outcome
from hejagen.languages import MAIN
from hejagen.layers.stack import stack
from hejagen.problems import BuildStopped, gate
from hejagen.rendering.report import filled
from hejagen.words.translate import translator

PAGE = "index.html"
TEMPLATE = "reports/fleet.html"


@dataclass(frozen=True, slots=True)
class Changed:
    """One piece of the base, the names of the layers that change it by what they do, and the number of layers."""

    key: str
    layers: Mapping[str, tuple[str, ...]]
    count: int


def changed(outcomes: Iterable[Outcome]) -> tuple[Changed, ...]:
    """Return the pieces that layers replace, patch, hide or hold back, the most frequently changed first.

    Several patches of one piece by one layer count once, and so does a layer below several layers.
    """
    by_key: dict[str, dict[str, set[str]]] = {}
    for change in _all(outcomes):
        if change.verb not in ("adds", "merges"):
            key = change.key.partition("#")[0]
            by_key.setdefault(key, {}).setdefault(change.verb, set()).add(change.layer)
    rows = [
        Changed(key, {verb: tuple(sorted(names)) for verb, names in verbs.items()}, len(set().union(*verbs.values())))
        for key, verbs in by_key.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.key)))


def _all(outcomes: Iterable[Outcome]) -> frozenset[Change]:
    return frozenset(change for outcome in outcomes for change in outcome.changes)


def as_html(outcomes: Sequence[Outcome]) -> str:
    """Return the page as HTML in the language of the base. The page needs no other file."""
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
