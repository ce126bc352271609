"""Words that only scripts say: once for each language in the scripts, and not in every page."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from hejagen.output import File, per_file
from hejagen.store.folder import Together
from hejagen.theme.assets import BUNDLES, COMPONENTS, hashed

Words = dict[str, dict[str, str]]
"""Texts by component and name: what `data-text-<name>` says on `<heja-component>`."""
ELEMENT = re.compile(r'<heja-([a-z-]+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>')
TEXT = re.compile(r'(?<!\s)\s+data-text-([\w-]+)="([^"]*)"')
LANG = re.compile(r'<(?:html|body)\b[^<>]*?\slang="([^"]*)"')
"""The last match is the language of the interface."""
SCRIPT = re.compile(r"assets/([\w-]+)\.[0-9a-f]+\.js")
VIEW = "view"
"""The name of what an element with `data-view` contains: HTML that its script shows when its address is followed."""
STRICT = '"use strict";'
"""How each script begins. It holds only in the first place."""
HOMES: Mapping[str, str] = {
    path.removeprefix(COMPONENTS).partition("/")[0]: bundle.removesuffix(".js")
    for bundle, paths in BUNDLES.items()
    for path in paths
    if path.startswith(COMPONENTS)
}
"""The script of each component that is not in site.js."""


class _Said(NamedTuple):
    """What the components of a page say, and which scripts it loads."""

    lang: str
    elements: tuple[str, ...]
    """The component of each element."""
    texts: tuple[tuple[str, str, str], ...]
    """The component, the name and the text of each text."""
    scripts: tuple[tuple[str, str], ...]
    """The name and the path of each script."""


Names = Mapping[str, frozenset[tuple[str, str]]]
"""The texts that stand in scripts, as component and name, by language."""


def script_words(files: Iterable[File]) -> tuple[tuple[File, ...], dict[str, Words]]:
    """Return the files with pages that leave out what all elements of a component say alike, and these words by
    language. Pages are those that come from templates.

    A text that differs between elements, or that only some of them have, stays where it is.
    """
    files = tuple(files)
    words = _words(_said_by(file) for file in files if _is_page(file))
    names = _names(words)
    return tuple(_shorter(file, names, {}) if _is_page(file) else file for file in files), words


def with_words_in_scripts(files: Iterable[File]) -> tuple[File, ...]:
    """Return the files with the words of each component in its script: run.js becomes a script for each language.

    A script whose components say nothing stays one file.
    """
    files = tuple(files)
    pages = [_said_by(file) for file in files if _is_page(file)]
    words = _words(pages)
    scripts = {match[1]: file for file in files if (match := SCRIPT.fullmatch(file.path))}
    spoken: dict[tuple[str, str], Words] = {}
    for lang, components in words.items():
        for component, texts in components.items():
            spoken.setdefault((lang, HOMES.get(component, "site")), {})[component] = texts
    versions = {key: _version(*key, scripts[key[1]], said) for key, said in spoken.items() if key[1] in scripts}
    left_behind = {scripts[name].path for _, name in versions}
    left_behind -= {path for said in pages for name, path in said.scripts if (said.lang, name) not in versions}
    paths = {key: version.path for key, version in versions.items()}
    kept = (file for file in files if file.path not in left_behind)
    names = _names(words)
    return (*(_shorter(file, names, paths) if _is_page(file) else file for file in kept), *versions.values())


def _is_page(file: File) -> bool:
    return bool(file.path.endswith(".html") and file.origin)


@per_file
def _said_by(file: File) -> _Said:
    return _said(file.data.decode())


@Together
def _said(html: str) -> _Said:
    elements: list[str] = []
    texts: list[tuple[str, str, str]] = []
    for component, attributes in ELEMENT.findall(html):
        elements.append(component)
        texts += ((component, name, unescape(text)) for name, text in TEXT.findall(attributes))
    texts += ((component, VIEW, html[view]) for component, view in _views(html))
    scripts = dict.fromkeys((match[1], match[0]) for match in SCRIPT.finditer(html))
    return _Said(_language(html), tuple(elements), tuple(texts), tuple(scripts))


def _words(pages: Iterable[_Said]) -> dict[str, Words]:
    """Return what all elements of a component say alike, by language."""
    elements: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str, str], Counter[str]] = {}
    for page in pages:
        elements.update((page.lang, component) for component in page.elements)
        for component, name, text in page.texts:
            said.setdefault((page.lang, component, name), Counter())[text] += 1
    words: dict[str, Words] = {}
    for (lang, component, name), texts in sorted(said.items()):
        if list(texts.values()) == [elements[lang, component]]:
            words.setdefault(lang, {}).setdefault(component, {})[name] = next(iter(texts))
    return words


def _names(words: Mapping[str, Words]) -> Names:
    return {
        lang: frozenset((component, name) for component, texts in of_lang.items() for name in texts)
        for lang, of_lang in words.items()
    }


@per_file
def _shorter(file: File, names: Names, paths: Mapping[tuple[str, str], str]) -> File:
    """Return a page without the texts with these names, and with the paths of scripts by language and name."""
    html = file.data.decode()
    lang = _language(html)
    left_out = names.get(lang, frozenset())

    def without(element: re.Match[str]) -> str:
        return TEXT.sub(lambda text: "" if (element[1], text[1]) in left_out else text[0], element[0])

    for component, view in reversed(list(_views(html))):
        if (component, VIEW) in left_out:
            html = html[: view.start] + html[view.stop :]
    html = ELEMENT.sub(without, html)
    html = SCRIPT.sub(lambda script: paths.get((lang, script[1]), script[0]), html) if paths else html
    return File(file.path, html.encode(), file.origin)


def words_script(lang: str, words: Words) -> str:
    """Return the statement that hands words to components. `text` in layouts/scripts/announce.js reads them."""
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'{{const words=(window.heja??={{}}).words??={{}};words["{lang}"]={{...words["{lang}"],...{text}}}}}\n'


def _views(html: str) -> Iterator[tuple[str, slice]]:
    """Yield each component with a view in a page, and where in the page the view stands."""
    for element in ELEMENT.finditer(html):
        if f' data-{VIEW}="' in element[2].replace("\n", " "):
            yield element[1], slice(element.end(), html.index(f"</heja-{element[1]}>", element.end()))


def _language(html: str) -> str:
    languages: list[str] = LANG.findall(html.partition("<main")[0])
    return languages[-1] if languages else ""


def _version(lang: str, name: str, script: File, words: Words) -> File:
    """Return a script with the words of a language."""
    text = f"{STRICT}{words_script(lang, words)}{script.data.decode().removeprefix(STRICT)}"
    return File(hashed(f"{name}.{lang}.js", text.encode()), text.encode())
