"""What the program knows of languages: data, a module for each one. Read language.py first, then sv.py."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from hejagen.languages.language import Language

MAIN = "sv"
"""The language of the base layer, and of what `new` asks and begins."""

TOLD_APART = ("sv", "fi", "en")
"""Languages whose texts are told apart by their small words."""


@cache
def language(code: str) -> Language:
    """Return what holds in a language, by its two letters of ISO 639-1; the default for one without a module here."""
    name = f"{__name__}.{code}"
    return import_module(name).LANGUAGE if find_spec(name) else Language()
