"""The settings of all layers become one: site.yaml, merged over the stack."""

from hejagen.layers.stack import SETTINGS, Layers
from hejagen.model.settings import ROLES, LayerKeys
from hejagen.model.site import Origin
from hejagen.problems import Problem
from hejagen.reading.yaml_reader import Reading


def merged_settings(layers: Layers) -> tuple[Reading, Origin, list[Problem]]:
    """Return site.yaml, merged key by key and one level deep over the layers, the top layer last, where its values
    stand, and why a layer's cannot be read. The keys that say what a layer does with those below are left out: they
    hold for that layer alone."""
    problems, merged, origin = list(layers.faults), Reading(data={}), Origin(SETTINGS, "base")
    for layer in layers.layers:
        reading = layers.settings[layer.name]
        problems.extend(reading.problems)
        if isinstance(reading.data, dict):
            _merge(merged, reading)
        elif reading.data is not None:
            hint = "start with a key, a colon and a value, such as name: Sundby"
            problems.append(Problem(reading.marks[()], "wrong-type", "expected keys and values", hint))
        if () in reading.marks:
            origin = Origin(layer.shown + SETTINGS, layer.name, merged.marks)
            merged.marks[()] = reading.marks[()]
    return merged, origin, problems


def _merge(below: Reading, above: Reading) -> None:
    for key, value in above.data.items():
        if key in LayerKeys.model_fields:
            continue
        old = below.data.get(key)
        if key == "brand" and isinstance(old, dict) and isinstance(value, dict) and "colour" in value:
            # A colour is the start of a scheme of its own: what is set by hand further down does not belong to it.
            old = {name: given for name, given in old.items() if name not in ROLES}
            for role in ROLES:
                below.marks.pop((key, role), None)
        mergeable = (
            isinstance(old, dict) and isinstance(value, dict) and value.get("kind", old.get("kind")) == old.get("kind")
        )
        below.data[key] = {**old, **value} if mergeable and old else value
    below.marks.update(above.marks)
    below.keys.update(above.keys)
