"""Words that only scripts say stand once for each language, and components find them there."""

from hejagen.editions.script_words import script_words, with_words_in_scripts
from hejagen.model.site import Origin
from hejagen.output import File

ORIGIN = Origin("layouts/pages/page.html", "base")
SCRIPTS = {"run": b'"use strict";run();\n', "site": b'"use strict";site();\n'}


def page(path: str, lang: str, elements: str) -> File:
    """A page with elements, that loads two scripts."""
    scripts = "".join(f'<script src="../assets/{name}.0a1b.js"></script>' for name in SCRIPTS)
    return File(path, f'<!DOCTYPE html><html lang="{lang}"><body>{elements}{scripts}</body></html>'.encode(), ORIGIN)


PAGES = (
    page("a/index.html", "sv", '<heja-run data-text-go="Kör &amp; &lt;häng&gt; med" data-text-end="Slut"></heja-run>'),
    page(
        "b/index.html", "sv", '<heja-run\ndata-text-go="Kör &amp; &lt;häng&gt; med"\ndata-text-end="Klart"></heja-run>'
    ),
    page("en/index.html", "en", '<heja-run data-text-go="Go" data-text-end="End"></heja-run>'),
    page("sv/index.html", "sv", '<heja-save data-text-full="Fullt"></heja-save><heja-save></heja-save>'),
)
FILES = (*PAGES, *(File(f"assets/{name}.0a1b.js", text) for name, text in SCRIPTS.items()))


def test_what_all_say_alike_leaves_the_pages() -> None:
    """A text that differs, or that only some elements have, stays; each language has words of its own."""
    files, words = script_words(FILES)
    assert words == {"sv": {"run": {"go": "Kör & <häng> med"}}, "en": {"run": {"go": "Go", "end": "End"}}}
    pages = {file.path: file.data.decode() for file in files}
    assert '<heja-run data-text-end="Slut">' in pages["a/index.html"] and "Klart" in pages["b/index.html"]
    assert "<heja-run>" in pages["en/index.html"] and "Fullt" in pages["sv/index.html"]


def test_a_view_leaves_the_pages_for_the_script() -> None:
    """What an element with a view contains goes with its words where all have the same, and stays where they differ."""
    view = '<heja-run data-view="kor" data-text-go="Kör">\n<p lang="en">Go &amp; run</p>\n</heja-run>'
    pages = (page("a/index.html", "sv", view), page("b/index.html", "sv", view))
    files, words = script_words(pages)
    assert words == {"sv": {"run": {"go": "Kör", "view": '\n<p lang="en">Go &amp; run</p>\n'}}}
    assert all(b'<heja-run data-view="kor"></heja-run>' in file.data for file in files)
    other = page("c/index.html", "sv", view.replace("Go", "Stay"))
    files, words = script_words((*pages, other, File("one.html", b"<heja-run></heja-run>")))
    assert words == {"sv": {"run": {"go": "Kör"}}} and all(b"&amp; run</p>" in file.data for file in files[:3])


def test_a_component_s_script_brings_its_words() -> None:
    """Each language loads its own version, which is still strict and cannot end the element it may stand in."""
    files = {file.path: file.data.decode() for file in with_words_in_scripts(FILES)}
    scripts = {path for path in files if path.endswith(".js")}
    versions = {lang: next(path for path in scripts if path.startswith(f"assets/run.{lang}.")) for lang in ("sv", "en")}
    assert scripts == {"assets/site.0a1b.js", *versions.values()}
    for path, lang in (("a/index.html", "sv"), ("en/index.html", "en")):
        assert f'src="../{versions[lang]}"' in files[path] and 'src="../assets/site.0a1b.js"' in files[path]
    text = files[versions["sv"]]
    assert text.startswith('"use strict";') and text.endswith("run();\n")
    assert "Kör & \\u003chäng> med" in text and "Go" not in text
