"""Finished pages become a search: Pagefind's index as classic scripts, which browsers also load from a disk.

`search/core.js` holds the engine and what every search needs, each file in `search/i/` a part of the index or what a
language needs, and each file in `search/f/` the texts of some pages. Those two kinds have their content's hash in the
name and are loaded when a search needs them."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hejagen.messages import say
from hejagen.output import File, per_file
from hejagen.search.pagefind import Documents, make_index, search_failed
from hejagen.store.folder import Together

FOLDER = "search"
TEXTS_IN_A_FILE = 20
"""Pages whose texts share a file: enough to make a request worthwhile."""
SIGNATURE = b"pagefind_dcd"
"""How Pagefind's data begins once it is unpacked. Pagefind also accepts it unpacked."""
EXPORTS = re.compile(r"export\{([\w$,]+)\};?\s*$")
MAIN = re.compile(r"<main\b[^<>]*\bdata-pagefind-body\b.*?(?:</main>|\Z)", re.S)
LANG = re.compile(r'<(?:html|body) lang="([^"]*)"')
"""The last match is the language of the interface, which decides how words are stemmed."""
MARK = re.compile(r'data-pagefind-[a-z]+(?:="[^"]*")?')
ABOUT = re.compile(r'<p\s+hidden\s+data-pagefind-meta="[^<>]*></p>\n?')
"""What tells the index of a page, and nobody else."""
SILENT = re.compile(r"<(script|style|svg|template)\b.*?</\1>", re.S)
TAG = re.compile(r"<(/?)([a-z][\w-]*)((?:[\s/][^<>]*)?)>")
SPACE = re.compile(r"\s+")
ENTRY = "pagefind-entry.json"
"""Pagefind's list of languages."""


def search_files(files: Iterable[File], engine: str) -> tuple[File, ...]:
    """Return the files of the search over an edition's pages. `engine` is the script that replaces the network.

    Raises HejagenError when Pagefind fails, or is a version that this module does not know.
    """
    index = _index(_documents(files))
    texts = dict(_texts(index))
    parts = {f"i/{_name(path)}.js": _put(path, index[path]) for path in sorted(index) if path.startswith("index/")}
    groups = [*_languages(index), *_groups(texts)]
    core = [engine, _engine(index["pagefind.js"].decode()), _entry(index)]
    core.append(
        f"heja.index.places({_json([(name, [_name(path) for path in paths]) for name, paths, _ in groups])});\n"
    )
    parts |= {name: text for name, _, text in groups}
    scripts = {"core.js": "".join(core), **parts}
    return tuple(File(f"{FOLDER}/{name}", text.encode()) for name, text in scripts.items())


def without_marks(files: Iterable[File]) -> tuple[File, ...]:
    """Return the files with pages that leave out what only the making of the index reads."""

    return tuple(_without_marks(file) if file.path.endswith(".html") and file.origin else file for file in files)


@per_file
def _without_marks(file: File) -> File:
    html = ABOUT.sub("", file.data.decode())
    parts, end = [], 0
    for mark in MARK.finditer(html):
        if html.rfind("<", 0, mark.start()) > html.rfind(">", 0, mark.start()):  # in a tag
            parts.append(html[end : mark.start()].rstrip())
            end = mark.end()
    return replace(file, data="".join([*parts, html[end:]]).encode())


def _index(documents: Mapping[str, Documents]) -> dict[str, bytes]:
    """Return Pagefind's files by path. Each language has a run, because most editions differ in languages alone."""
    runs = [make_index(of_language) for of_language in documents.values()] or [make_index(())]
    entries = [json.loads(run[ENTRY]) for run in runs]
    languages = {lang: entry for other in entries for lang, entry in other["languages"].items()}
    index = {path: data for run in runs for path, data in run.items()}
    return index | {ENTRY: json.dumps(entries[0] | {"languages": languages}).encode()}


def _documents(files: Iterable[File]) -> dict[str, Documents]:
    """Return what is searched, by language: the main part of the listed pages, with nothing but its words."""
    documents: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(files, key=lambda file: file.path):
        if file.path.endswith(".html") and (document := _document(file)):
            documents.setdefault(document[0], []).append((file.path, document[1]))
    return {lang: tuple(of_language) for lang, of_language in sorted(documents.items())}


@per_file
def _document(file: File) -> tuple[str, str] | None:
    """Return the language of a page, and what is searched of it; None for a page that is not searched."""
    html = file.data.decode()
    main = MAIN.search(html)
    if main is None:
        return None
    lang = ["", *LANG.findall(html, 0, main.start())][-1]
    return lang, f'<html lang="{lang}"><body>{words_of(main[0])}</body></html>'


@Together
def words_of(html: str) -> str:
    """Return what Pagefind reads of a part of a page: without what is not searched, and without attributes but its own.

    So editions whose pages differ in links alone have the same index.
    """
    words: list[str] = []
    ignored, depth, end = "", 0, 0
    for tag in TAG.finditer(html := SILENT.sub("", html)):
        if depth:
            depth += (tag[2] == ignored) * (-1 if tag[1] else 1)
        else:
            words.append(html[end : tag.start()])
            ignored, depth = tag[2], int("data-pagefind-ignore" in tag[3])
            words.append("" if depth else _bare(tag))
        end = tag.end()
    words.append("" if depth else html[end:])
    return SPACE.sub(" ", "".join(words))


def _bare(tag: re.Match[str]) -> str:
    """Return a tag without attributes, unless one is Pagefind's. It ignores labels, but a step's heading is the label
    of its checkbox."""
    name = "span" if tag[2] == "label" else tag[2]
    return f"<{tag[1]}{name}{tag[3] if 'data-pagefind' in tag[3] else ''}>"


def _texts(index: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for path in sorted(index):
        if path.startswith("fragment/"):
            data = gzip.decompress(index[path])
            if not data.startswith(SIGNATURE):
                raise search_failed(
                    say(
                        "{path} does not begin with {signature}: a new format of Pagefind's data",
                        path=path,
                        signature=SIGNATURE.decode(),
                    )
                )
            yield path, data.decode()


def _groups(texts: Mapping[str, str]) -> Iterator[tuple[str, list[str], str]]:
    """Yield the name, the paths and the script of each file of texts."""
    paths = list(texts)
    for start in range(0, len(paths), TEXTS_IN_A_FILE):
        chosen = paths[start : start + TEXTS_IN_A_FILE]
        script = "".join(f"heja.index.put({_json(path)},{_json(texts[path])});\n" for path in chosen)
        yield f"f/{_hash(script)}.js", chosen, script


def _languages(index: Mapping[str, bytes]) -> Iterator[tuple[str, list[str], str]]:
    """Yield the name, the path and the script of what only searches in one language need: its stemmer, and the table of
    its index."""
    languages = json.loads(index[ENTRY])["languages"].values()
    for path in sorted({path for lang in languages for path in _of_language(lang)}):
        script = _put(path, index[path])
        yield f"i/{_hash(script)}.js", [path], script


def _of_language(lang: Mapping[str, str]) -> tuple[str, str]:
    return f"pagefind.{lang['hash']}.pf_meta", f"wasm.{lang['wasm']}.pagefind"


def _hash(script: str) -> str:
    return hashlib.sha256(script.encode()).hexdigest()[:10]


def _engine(source: str) -> str:
    """Return Pagefind's program as a function that takes `fetch`. Two places in it are replaced, and must be there."""
    exports = EXPORTS.search(source)
    if not exports or source.count("export{") != 1:
        raise search_failed(
            say("pagefind.js does not end in one export: a new version of Pagefind, which hejagen does not know")
        )
    body = source[: exports.start()].replace("import.meta.url", "undefined")
    if "import.meta" in body:
        raise search_failed(
            say("pagefind.js asks for import.meta in a new way: a new version of Pagefind, which hejagen does not know")
        )
    return f"heja.index.engine=function(fetch){{{body}return{{{exports[1]}}};}};\n"


def _entry(index: Mapping[str, bytes]) -> str:
    """Return the list of languages as a script. Pagefind writes them in any order: sorted, the same pages give the same
    bytes."""
    entry = json.dumps(json.loads(index[ENTRY]), sort_keys=True)
    return f"heja.index.put('{ENTRY}',{_json(entry)});\n"


def _put(path: str, data: bytes) -> str:
    return f"heja.index.put({_json(path)},'{base64.b64encode(data).decode()}',true);\n"


def _name(path: str) -> str:
    """Return a file's name without its ending, by which engine.js asks for it."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _json(value: object) -> str:
    """Return a value as JavaScript that is also safe inside a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
