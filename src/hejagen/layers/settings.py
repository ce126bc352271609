"""The settings of all layers become one: site.yaml, merged over the stack."""

from collections.abc import Mapping
from dataclasses import replace

from hejagen.layers.folder import SETTINGS
from hejagen.layers.stack import Layers
from hejagen.messages import say
from hejagen.model.node import Node
from hejagen.model.settings import ROLES, LayerKeys
from hejagen.model.site import Origin
from hejagen.problems import Location, Problem


def merged_settings(layers: Layers) -> tuple[Origin, list[Problem]]:
    """Return site.yaml, merged key by key and one level deep over the layers, the top layer last, and why a layer's
    cannot be read. The keys that say what a layer does with those below are left out: they hold for that layer alone.
    """
    problems = list(layers.faults)
    merged = Origin(SETTINGS, "base", Node({}, Location(SETTINGS), Location(SETTINGS)))
    for layer in layers.layers:
        reading = layers.settings[layer.name]
        problems.extend(reading.problems)
        if reading.root is None:
            continue
        if not isinstance(reading.root.value, dict | None):
            hint = say("start with a key, a colon and a value, such as name: Sundby")
            problems.append(Problem(reading.root.at, "wrong-type", say("expected keys and values"), hint))
        settings = _merged(_main_alone(merged.root.children if merged.root else {}), reading.root.children)
        merged = Origin(layer.shown + SETTINGS, layer.name, replace(reading.root, value=settings))
    return merged, problems


def _main_alone(settings: Mapping[str, Node]) -> dict[str, Node]:
    """Settings with the main language alone. The texts of a language are of no use to a layer that has not read them,
    and its own texts would be missing there: it names each language that its site has besides."""
    languages = settings.get("languages")
    if languages is None or len(languages.entries) < 2:
        return dict(settings)
    return {**settings, "languages": replace(languages, value=languages.entries[:1])}


def _merged(below: Mapping[str, Node], above: Mapping[str, Node]) -> dict[str, Node]:
    over = {key: _over(key, below.get(key), node) for key, node in above.items() if key not in LayerKeys.model_fields}
    return {**below, **over}


def _over(key: str, below: Node | None, above: Node) -> Node:
    """A value put over the one below. Keys and values are merged, unless the two are of different kinds."""
    if below is None or not isinstance(above.value, dict) or _kind(above, _kind(below)) != _kind(below):
        return above
    values = below.children
    if key == "brand" and "colour" in above.children:
        # A colour is the start of a scheme of its own: what is set by hand further down does not belong to it.
        values = {name: node for name, node in values.items() if name not in ROLES}
    return replace(above, value={**values, **above.children})


def _kind(settings: Node, default: object = None) -> object:
    node = settings.get("kind")
    return node.value if node else default
