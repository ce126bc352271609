"""A folder becomes an opened layer: what the commands of a layer's editors work with."""

from dataclasses import dataclass
from pathlib import Path

from hejagen.errors import WrongUsage
from hejagen.layers.lock import Lock, read_lock
from hejagen.layers.stack import Layer, stack
from hejagen.layers.survey import Survey, survey
from hejagen.messages import say
from hejagen.problems import gate
from hejagen.words.translate import Translator, translator


@dataclass(frozen=True, slots=True)
class OpenedLayer:
    """The layer on top, the survey of it and all below, its record, and the words of its main language."""

    layer: Layer
    survey: Survey
    lock: Lock | None
    words: Translator


def open_layer(folder: Path) -> OpenedLayer:
    """Return the layer in a folder, on all that it extends.

    Raises WrongUsage when it is no layer or the base itself, BuildStopped when it cannot be read.
    """
    surveyed = survey(stack((folder,)))
    layer = surveyed.layers.layers[-1]
    if len(surveyed.layers.layers) == 1:
        raise WrongUsage(say("This is the base itself."), say("Name the folder of a layer."))
    words, problems = translator(surveyed.layers, surveyed.settings.languages[0])
    lock, faults = read_lock(surveyed.layers, layer)
    gate([*problems, *faults])
    return OpenedLayer(layer, surveyed, lock, words)
