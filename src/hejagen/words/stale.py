"""Find words of a layer that miss each other: translations that are never shown, because their English text has changed
in a layer below, and texts of templates that no catalogue has."""

import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from babel.messages.pofile import PoFileError, read_po
from jinja2.ext import babel_extract

from hejagen.layers.stack import Layers, Source
from hejagen.messages import NOTHING, say, say_number
from hejagen.model.settings import SiteFile
from hejagen.problems import Location, Problem, did_you_mean
from hejagen.words.labels import message_ids
from hejagen.words.translate import CATALOGUE, WRITTEN_IN

TEMPLATES = (".html", ".xml", ".atom", ".txt")
PAGES = ("layouts/base.html", "layouts/components/", "layouts/pages/")
KEYWORDS = ("_", "gettext", "ngettext")
EXTENSIONS = "jinja2.ext.do,jinja2.ext.loopcontrols"


def stale_words(layers: Layers, settings: SiteFile) -> Iterator[Problem]:
    """Yield a warning for each text in a layer's messages.po that nothing uses.

    Such a text is in no catalogue below, in no template of a layer above the base, and not in the settings, which are
    translated too.
    """
    catalogues = [
        (layer, s) for layer in layers.layers for path, s in layers.files[layer.name].items() if path.endswith(".po")
    ]
    if all(layer is layers.layers[0] for layer, _ in catalogues):
        return
    known = {*message_ids(), *_texts(settings.model_dump(mode="json"))}
    template_text = " ".join(_templates(layers))
    shown = {f"layouts/locale/{lang}/LC_MESSAGES/messages.po" for lang in settings.languages}
    for layer, source in catalogues:
        ids = _ids(layers.text(source)[0])
        for text, line in ids.items() if layer is not layers.layers[0] and source.path in shown else ():
            if text not in known and " ".join(text.split()) not in template_text:
                close = did_you_mean(text, tuple(known), NOTHING)
                hint = close if close.startswith("did you") else say("take it out, or look for the new text below")
                message = say('nothing on the site says "{text}" any more', text=text[:60])
                yield Problem(Location(source.shown, line), "stale-words", message, hint, "warning")
        known.update(ids)


def untranslated_words(layers: Layers, settings: SiteFile) -> Iterator[Problem]:
    """Yield a warning for each text that a layer's template has translated, and that no catalogue of a language has.

    What the base's pages have translated is told once for each language that the base does not have.
    """
    asked = [(source, line, text) for source in _sources(layers) for line, text in _asked(layers.text(source)[0])]
    for lang in settings.languages:
        path = CATALOGUE.format(lang)
        catalogues = layers.all_of(path)
        if lang == WRITTEN_IN or not catalogues:
            continue
        known = {text for source in catalogues for text in _ids(layers.text(source)[0])}
        of_the_base = catalogues[0].layer == layers.layers[0].name
        if missing := sorted(set() if of_the_base else _of_pages(layers) - known):
            message = say_number(
                '{number} text of the interface has no words in {lang}: "{text}"',
                '{number} texts of the interface have no words in {lang}, such as "{text}"',
                len(missing),
                lang=lang,
                text=missing[0][:60],
            )
            hint = say("write it and its translation in {path} of the layer", path=path)
            yield Problem(Location(catalogues[-1].shown), "untranslated-words", message, hint, "warning")
        for source, line, text in asked:
            if text not in known:
                message = say('no catalogue has "{text}" in {lang}: it is shown as it is', text=text[:60], lang=lang)
                hint = say("write it and its translation in {path} of the layer", path=path)
                yield Problem(Location(source.shown, line), "untranslated-words", message, hint, "warning")


def _of_pages(layers: Layers) -> set[str]:
    """Return the texts that the base's pages have translated, with the names of choices."""
    base = layers.files[layers.layers[0].name]
    sources = [s for path, s in base.items() if path.startswith(PAGES) and path.endswith(TEMPLATES)]
    return {*message_ids(), *(text for source in sources for _, text in _asked(layers.text(source)[0]))}


@lru_cache(maxsize=256)
def _asked(template: str) -> tuple[tuple[int, str], ...]:
    """Return the texts that a template has translated, with their lines; none when it cannot be read."""
    file = io.BytesIO(template.encode())
    try:
        messages = [*babel_extract(file, KEYWORDS, (), {"extensions": EXTENSIONS, "silent": "true"})]
    except (ValueError, RecursionError):  # numbers and brackets without end: the template itself is told of
        return ()
    texts = ((line, texts if isinstance(texts, tuple) else (texts,)) for line, _, texts, _ in messages)
    return tuple((line, text) for line, parts in texts for text in parts if isinstance(text, str))


def _sources(layers: Layers) -> Iterator[Source]:
    """Yield the templates of all layers above the base."""
    for layer in layers.layers[1:]:
        for path, source in layers.files[layer.name].items():
            if path.startswith("layouts/") and path.endswith(TEMPLATES):
                yield source


def _templates(layers: Layers) -> Iterator[str]:
    for source in _sources(layers):
        yield " ".join(layers.text(source)[0].split())


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


@lru_cache(maxsize=64)
def _ids(text: str) -> Mapping[str, int]:
    """Return the English texts of a catalogue and their lines.

    An empty mapping if the catalogue cannot be read; another rule reports that.
    """
    try:
        catalogue = read_po(io.StringIO(text))
    except (PoFileError, ValueError, LookupError):
        return {}
    ids = ((entry.id, entry.lineno or 1) for entry in catalogue if entry.id)
    return {text: line for ids, line in ids for text in ([ids] if isinstance(ids, str) else ids)}
