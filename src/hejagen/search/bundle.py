"""Pages become the files of the search: Pagefind's index as classic scripts, which every browser loads from a disk too.

`search/core.js` holds the engine and what every search needs; `search/i/` one part of the index each; `search/f/` the
texts of some pages each. The last two are loaded when a search needs them, with their content's hash in the name."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from hejagen.output import File
from hejagen.search.pagefind import Documents, SearchFailed, make_index

FOLDER = "search"
TEXTS_IN_A_FILE = 20
"""Pages whose texts travel together: about as much as one request is worth."""
SIGNATURE = b"pagefind_dcd"
"""Begins Pagefind's data once it is unpacked; Pagefind takes it unpacked as well."""
EXPORTS = re.compile(r"export\{([\w$,]+)\};?\s*$")
MAIN = re.compile(r"<main\b[^>]*\bdata-pagefind-body\b.*?</main>", re.S)
LANG = re.compile(r'<(?:html|body) lang="([^"]*)"')
"""The last one is the language of the interface, in which words are searched."""
LABEL = re.compile(r"<(/?)label\b[^>]*>")
"""Pagefind leaves labels out, but a step's heading is the label of its box."""
LINK = re.compile(r' (?:href|src|srcset)="[^"]*"')


def search_files(files: Iterable[File], engine: str) -> tuple[File, ...]:
    """Return the files of the search of an edition's pages. `engine` is the script that stands in for the network.

    Raises SearchFailed when Pagefind fails, or is another one than the replacements below are made for.
    """
    made = make_index(_documents(files))
    texts = dict(_texts(made))
    parts = {f"i/{_stem(path)}.js": _put(path, made[path]) for path in sorted(made) if path.startswith("index/")}
    groups = list(_groups(texts))
    core = [engine, _engine(made["pagefind.js"].decode()), *_always(made)]
    core.append(
        f"heja.index.places({_json([(name, [_stem(path) for path in paths]) for name, paths, _ in groups])});\n"
    )
    parts |= {name: text for name, _, text in groups}
    found = {"core.js": "".join(core), **parts}
    return tuple(File(f"{FOLDER}/{name}", text.encode()) for name, text in found.items())


def _documents(files: Iterable[File]) -> Documents:
    """What is searched: the main part of the pages that are listed, without links, so that only words count."""
    found = []
    for file in files:
        if file.path.endswith(".html") and (main := MAIN.search(html := file.data.decode())):
            lang = LANG.findall(html)
            words = LABEL.sub(r"<\1span>", LINK.sub("", main[0]))
            text = f'<html lang="{lang[-1] if lang else ""}"><body>{words}</body></html>'
            found.append((file.path, text))
    return tuple(sorted(found))


def _texts(made: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for path in sorted(made):
        if path.startswith("fragment/"):
            data = gzip.decompress(made[path])
            if not data.startswith(SIGNATURE):
                raise SearchFailed(f"{path} does not begin with {SIGNATURE.decode()}: a new form of Pagefind's data")
            yield path, data.decode()


def _groups(texts: Mapping[str, str]) -> Iterator[tuple[str, list[str], str]]:
    """Name, paths and script of each file of texts."""
    paths = list(texts)
    for start in range(0, len(paths), TEXTS_IN_A_FILE):
        chosen = paths[start : start + TEXTS_IN_A_FILE]
        script = "".join(f"heja.index.put({_json(path)},{_json(texts[path])});\n" for path in chosen)
        yield f"f/{hashlib.sha256(script.encode()).hexdigest()[:10]}.js", chosen, script


def _engine(source: str) -> str:
    """Pagefind's own program as a function of `fetch`. Two places are replaced, and must be there."""
    exports = EXPORTS.search(source)
    if not exports or source.count("export{") != 1:
        raise SearchFailed("pagefind.js does not end in one export: a new Pagefind, for which this is not made")
    body = source[: exports.start()].replace("import.meta.url", "undefined")
    if "import.meta" in body:
        raise SearchFailed("pagefind.js asks for import.meta in a new way: a new Pagefind, for which this is not made")
    return f"heja.index.engine=function(fetch){{{body}return{{{exports[1]}}};}};\n"


def _always(made: Mapping[str, bytes]) -> Iterator[str]:
    """What every search needs: the entry, and for each language its program and the table of its index."""
    entry = json.loads(made["pagefind-entry.json"])
    # Pagefind has its languages in any order; sorted, the same pages give the same bytes.
    yield f"heja.index.put('pagefind-entry.json',{_json(json.dumps(entry, sort_keys=True))});\n"
    languages = entry["languages"].values()
    yield from (_put(path, made[path]) for path in sorted(f"pagefind.{lang['hash']}.pf_meta" for lang in languages))
    yield from (_put(path, made[path]) for path in sorted({f"wasm.{lang['wasm']}.pagefind" for lang in languages}))


def _put(path: str, data: bytes) -> str:
    return f"heja.index.put({_json(path)},'{base64.b64encode(data).decode()}',true);\n"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _json(value: object) -> str:
    """A value as a script's text, which may also stand inside a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
