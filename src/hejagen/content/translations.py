"""Tell which translations are older than the texts that they were made from."""

from collections.abc import Iterator, Mapping
from typing import Any

from hejagen.layers.lock import hash_of
from hejagen.layers.piece import Piece
from hejagen.layers.survey import Survey
from hejagen.messages import say
from hejagen.problems import Problem

NOT_TRANSLATED = frozenset({"last_reviewed", "law_reviewed", "status", "tested", "source"})
"""Facts about a text's own life. A translation has its own, and they may change without it."""
SHOWN = 8
"""Hexadecimal digits of a hash that authors write. They need only tell versions of one text apart."""


def source_hash(piece: Piece) -> str:
    """Return the hash of a text as translations state it in `source`, without the facts about its own life."""
    facts: Any = piece.reading.data
    if isinstance(facts, dict):
        facts = {key: value for key, value in facts.items() if key not in NOT_TRANSLATED}
    return hash_of(facts, piece.body).removeprefix("sha256:")[:SHOWN]


def changed_sources(surveyed: Survey) -> Iterator[Problem]:
    """Yield a warning for each translation whose `source` has another hash than the text that it names.

    A translation is compared with the text of its own layer or of those below: what a layer further up changes is that
    layer's own, and not in the translation.
    """
    rank = {layer.name: number for number, layer in enumerate(surveyed.layers.layers)}
    main, *others = surveyed.settings.languages
    originals: dict[str, list[Piece]] = {}
    for step in surveyed.steps:
        if step.piece and step.verb in ("adds", "replaces") and step.piece.source.path.startswith(f"content/{main}/"):
            originals.setdefault(step.key, []).append(step.piece)
    for lang in others:
        for piece in surveyed.overlays[lang].pieces():
            stated = piece.reading.root.get("source") if piece.reading.root else None
            if stated is None or not isinstance(stated.value, dict):
                continue  # the model reports what is no mapping
            known = originals.get(_original(piece.key.removeprefix(f"{lang}/"), stated.children), [])
            below = [text for text in known if rank[text.source.layer] <= rank[piece.source.layer]]
            yield from _compared(piece, stated.children, below)


def _original(key: str, stated: Mapping[str, Any]) -> str:
    """The key of the text that a translation with this key is made from."""
    kind, slash, _ = key.partition("/")
    other = stated.get("id")
    return f"{kind}/{other.value}" if slash and other else key


def _compared(piece: Piece, stated: Mapping[str, Any], originals: list[Piece]) -> Iterator[Problem]:
    assert piece.reading.root
    if not originals:
        at = piece.reading.root.place("source", "id")
        hint = say("write its id in the main language as id, or take source away")
        yield Problem(at, "changed-source", say("there is no text that this is translated from"), hint, "warning")
        return
    present, hash_node = source_hash(originals[-1]), stated.get("hash")
    if hash_node is not None and hash_node.value != present:
        message = say("{path} has changed since it was translated", path=originals[-1].source.shown)
        hint = say('translate what is new there, then write hash: "{hash}"', hash=present)
        yield Problem(hash_node.at, "changed-source", message, hint, "warning")
