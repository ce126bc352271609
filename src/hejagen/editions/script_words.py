"""Words that only scripts say: once for each language in the scripts, and not in every page."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from hejagen.output import File
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


class Use(NamedTuple):
    """A text that a component has in a language."""

    lang: str
    component: str
    name: str


def script_words(files: Iterable[File]) -> tuple[tuple[File, ...], dict[str, Words]]:
    """Return the files with pages that leave out what all elements of a component say alike, and these words by
    language. Pages are those that come from templates.

    A text that differs between elements, or that only some of them have, stays where it is.
    """
    files = tuple(files)
    pages = {file.path: file.data.decode() for file in files if file.path.endswith(".html") and file.origin}
    languages = {path: _language(html) for path, html in pages.items()}
    said: dict[Use, Counter[str]] = {}
    elements: Counter[tuple[str, str]] = Counter()
    for path, html in pages.items():
        for component, attributes in ELEMENT.findall(html):
            elements[languages[path], component] += 1
            for name, text in TEXT.findall(attributes):
                said.setdefault(Use(languages[path], component, name), Counter())[unescape(text)] += 1
        for component, view in _views(html):
            said.setdefault(Use(languages[path], component, VIEW), Counter())[html[view]] += 1
    alike = {
        use: next(iter(texts))
        for use, texts in said.items()
        if list(texts.values()) == [elements[use.lang, use.component]]
    }
    words: dict[str, Words] = {}
    for use, text in sorted(alike.items()):
        words.setdefault(use.lang, {}).setdefault(use.component, {})[use.name] = text

    def shorter(file: File) -> File:
        lang = languages[file.path]

        def without(element: re.Match[str]) -> str:
            return TEXT.sub(lambda text: "" if (lang, element[1], text[1]) in alike else text[0], element[0])

        html = pages[file.path]
        for component, view in reversed(list(_views(html))):
            if (lang, component, VIEW) in alike:
                html = html[: view.start] + html[view.stop :]
        return File(file.path, ELEMENT.sub(without, html).encode(), file.origin)

    return tuple(shorter(file) if file.path in pages else file for file in files), words


def with_words_in_scripts(files: Iterable[File]) -> tuple[File, ...]:
    """Return the files with the words of each component in its script: run.js becomes a script for each language.

    A script whose components say nothing stays one file.
    """
    shorter, words = script_words(files)
    scripts = {match[1]: file for file in shorter if (match := SCRIPT.fullmatch(file.path))}
    spoken: dict[tuple[str, str], Words] = {}
    for lang, components in words.items():
        for component, texts in components.items():
            spoken.setdefault((lang, HOMES.get(component, "site")), {})[component] = texts
    versions = {key: _version(*key, scripts[key[1]], said) for key, said in spoken.items() if key[1] in scripts}
    linked: set[str] = set()

    def link(file: File) -> File:
        html = file.data.decode()
        lang = _language(html)

        def path(script: re.Match[str]) -> str:
            linked.add(versions[lang, script[1]].path if (lang, script[1]) in versions else script[0])
            return versions[lang, script[1]].path if (lang, script[1]) in versions else script[0]

        return File(file.path, SCRIPT.sub(path, html).encode(), file.origin)

    pages = [link(file) if file.path.endswith(".html") and file.origin else file for file in shorter]
    left_behind = {scripts[name].path for _, name in versions} - linked
    return (*(file for file in pages if file.path not in left_behind), *versions.values())


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
