"""Mistakes that the folders of bad input have no room for: each gives its message where it stands, and no other."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers import problems_of

pytestmark = pytest.mark.build

EXERCISE = "content/sv/exercises/fredagsraden.md"
PROGRAM = "content/sv/programs/starta-smatt.yaml"
PAGE = "content/sv/pages/om.md"
TEMPLATE = "layouts/pages/page.html"
WORDS = "layouts/locale/sv/LC_MESSAGES/messages.po"
STYLE = "layouts/components/x/x.css"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """A file of the base with one thing changed."""
    text = (ROOT / path).read_text("utf-8")
    assert old in text, old
    return {path: text.replace(old, new, 1)}


def said(text: str) -> dict[str, str]:
    """An exercise with a paragraph on line 5 after the end of its facts."""
    return changed(EXERCISE, "## Varför\n", f"## Varför\n\n{text}\n")


def form(action: str) -> dict[str, str]:
    """A site whose feedback goes to an address."""
    return {"site.yaml": f"feedback: {{kind: form, address: a@b.se, action: {json.dumps(action)}}}\n"}


def introduced(style: str) -> dict[str, str]:
    """A program whose introduction is written in another of YAML's ways."""
    text = (ROOT / PROGRAM).read_text("utf-8")
    return {PROGRAM: re.sub(r"(?ms)^introduction: \|.*?(?=^target)", f"introduction: {style}\n", text)}


LINE = 1 + (ROOT / EXERCISE).read_text("utf-8").split("## Varför")[0].count("\n") + 2
LEVEL = 1 + (ROOT / EXERCISE).read_text("utf-8").split("\nlevel:")[0].count("\n") + 1
INTRO = 1 + (ROOT / PROGRAM).read_text("utf-8").split("\nintroduction")[0].count("\n") + 1
CASES: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    # addresses
    "form to a script": (form("javascript:alert(1)"), ["site.yaml:1:49 wrong-form"]),
    "form that writes on the policy": (form("https://x.se; script-src *"), ["site.yaml:1:49 wrong-form"]),
    "form to half an address": (form("//x.se/a"), ["site.yaml:1:49 wrong-form"]),
    "form to no port": (form("https://x.se:99999/"), ["site.yaml:1:49 wrong-form"]),
    "form to no host": (form("https://[x/"), ["site.yaml:1:49 wrong-form"]),
    "thanks that write on the policy": (
        {"site.yaml": form("send")["site.yaml"].replace("}", ", thanks: 'https://x.se; script-src *'}")},
        ["site.yaml:1:65 wrong-form"],
    ),
    "form to a server": (form("https://x.se:8443/a/b?c=d"), []),
    "form to the site": (form("/api/feedback"), []),
    "form beside the page": (form("send"), []),
    "site at no host": ({"site.yaml": "url: 'https://[x/'\n"}, ["site.yaml:1:6 wrong-form"]),
    "site with a query": ({"site.yaml": "url: 'https://x.se/?a=b'\n"}, ["site.yaml:1:6 wrong-form"]),
    # links and HTML in texts
    "script in a link": (said("[klicka nu](javascript:alert(1))"), [f"{EXERCISE}:{LINE}:13 broken-link"]),
    "script as a link": (said("<JaVaScRiPt:alert(1)>"), [f"{EXERCISE}:{LINE}:2 broken-link"]),
    "file of the computer": (said("[klicka nu](file:///etc/passwd)"), [f"{EXERCISE}:{LINE}:13 broken-link"]),
    "data as a link": (said("[klicka nu](data:text/html,<b>)"), [f"{EXERCISE}:{LINE}:13 broken-link"]),
    "link to no host": (said("[klicka nu](https://[x/)"), [f"{EXERCISE}:{LINE}:13 broken-link"]),
    "HTML and its end": (said('Hej <b onclick="x()">du</b>.'), [f"{EXERCISE}:{LINE}:5 html-not-allowed"]),
    "end of HTML alone": (said("Hej du</b>."), [f"{EXERCISE}:{LINE}:7 html-not-allowed"]),
    "link in quoted YAML": (introduced('"Hej\\n\\n[oss](page:nix)"'), [f"{PROGRAM}:{INTRO}:1 broken-link"]),
    "link in folded YAML": (introduced(">-\n  Hej\n\n\n  [oss](page:nix)"), [f"{PROGRAM}:{INTRO}:1 broken-link"]),
    "link in a block": (introduced("|\n  Hej\n\n  [oss](page:nix)"), [f"{PROGRAM}:{INTRO + 3}:7 broken-link"]),
    # pictures
    "picture by way of the folder": (said("![En bild](../bild.png)"), [f"{EXERCISE}:{LINE}:12 missing-image"]),
    # settings
    "settings as a list": ({"site.yaml": "- a\n"}, ["site.yaml:1:1 wrong-type"]),
    "nothing in the settings": ({"site.yaml": "# inget\n"}, []),
    "settings of the same kind": ({"site.yaml": "feedback: {address: vi@sundby.example}\n"}, []),
    "an exercise and a program with one id": (
        changed(PROGRAM, "id: starta-smatt", "id: fredagsraden"), [f"{PROGRAM}:2:5 duplicate-id"],
    ),
    "a language twice": ({"site.yaml": "languages: [sv, sv]\n"}, ["site.yaml:1:17 duplicate-id"]),
    "a language without a folder": ({"site.yaml": "languages: [sv, fi]\n"}, ["site.yaml:1:17 missing-file"]),
    "no language": ({"site.yaml": "languages: [sv, xx]\n"}, ["site.yaml:1:17 unknown-value"]),
    "a key misspelt": (changed(EXERCISE, "level:", "levl:"), [f"{EXERCISE}:{LEVEL}:1 unknown-key"]),
    # names
    "names for Windows and the terminal": (
        {"content/sv/images/CON.svg": DOT, "content/sv/images/a\x1b[1m\nb.svg": DOT, 
         "content/sv/images/d.svg": DOT, "content/sv/images/D.svg": DOT, "content/sv/images/e.": DOT},
        ["content/sv/images/CON.svg:1:1 file-name", "content/sv/images/a\x1b[1m\nb.svg:1:1 file-name",
         "content/sv/images/d.svg:1:1 file-name", "content/sv/images/e.:1:1 file-name",
         "content/sv/images/e.:1:1 picture-form"],
    ),
    # form of the files
    "facts and nothing more": (
        {EXERCISE: (ROOT / EXERCISE).read_text("utf-8").split("\n## ")[0]}, [f"{EXERCISE}:3:1 missing-section"],
    ),
    "an invisible character": (said("Hej \x1b[31m."), [f"{EXERCISE}:{LINE}:5 not-text"]),
    "an invisible character by escape": (
        changed(EXERCISE, "title: Fredagsraden", 'title: "Fredag\\x01"'), [f"{EXERCISE}:5:8 not-text"],
    ),
    "a line separator": (said("Hej \u2028 du."), [f"{EXERCISE}:{LINE}:5 not-text"]),
    # templates
    "division": ({TEMPLATE: "\n{{ 1/0 }}"}, [f"{TEMPLATE}:2:1 template-variable"]),
    "include of itself": ({TEMPLATE: "\n{% include 'pages/page.html' %}"}, [f"{TEMPLATE}:2:1 template-syntax"]),
    "extends itself": ({TEMPLATE: "{% extends 'pages/page.html' %}"}, [f"{TEMPLATE}:1:1 template-syntax"]),
    "no such template below": ({TEMPLATE: "{% include '!pages/nix.html' %}"}, [f"{TEMPLATE}:1:1 template-missing"]),
    "a large text": ({TEMPLATE: "{{ 'a' * 3000000000 }}"}, [f"{TEMPLATE}:1:1 template-variable"]),
    "a large number": ({TEMPLATE: "{{ 9 ** 9 ** 9 }}"}, [f"{TEMPLATE}:1:1 template-variable"]),
    "a range too large": ({TEMPLATE: "{{ range(10 ** 5 * 9 * 10) }}"}, [f"{TEMPLATE}:1:1 template-variable"]),
    "deep conditions": ({TEMPLATE: "{% if 1 %}" * 120 + "{% endif %}" * 120}, [f"{TEMPLATE}:1:1 template-syntax"]),
    "deep brackets": ({TEMPLATE: "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}"}, [f"{TEMPLATE}:1:1 template-syntax"]),
    "an index too large": ({TEMPLATE: "{{ [1][7] }}"}, [f"{TEMPLATE}:1:1 template-variable"]),
    "another encoding": ({TEMPLATE: "<p>\nå".encode("latin-1")}, [f"{TEMPLATE}:2:1 wrong-encoding"]),
    # catalogues
    "a quote not closed": ({WORDS: PO + 'msgid "a\nmsgstr "b"\n'}, [f"{WORDS}:4:1 catalogue"]),
    "no charset": ({WORDS: PO.replace("utf-8", "utf-99")}, [f"{WORDS}:2:43 catalogue"]),
    "other placeholders": (
        {WORDS: PO + 'msgid "%(num)s min"\nmsgstr "%(nm)s min"\n'}, [f"{WORDS}:4:1 catalogue"],
    ),
    "code for plurals": (
        {WORDS: 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=__import__(1);\\n"\n'},
        [f"{WORDS}:1:1 catalogue"],
    ),
    "more plural forms than memory": (
        {WORDS: PO.rstrip() + '\n"Plural-Forms: nplu"\n"rals=1000000000; plural=n!=1;\\n"\n'},
        [f"{WORDS}:3:1 catalogue"],
    ),
    # styles
    "a style from elsewhere": (
        {STYLE: "a { color: red; }\n@import url(https://x.se/a.css);\nb { background: url('//x.se/b.png') }\n"},
        [f"{STYLE}:2:1 other-origin", f"{STYLE}:3:17 other-origin"],
    ),
    "a comment not closed": ({STYLE: "a { color: red; }\n/* b\n"}, [f"{STYLE}:2:1 style-syntax"]),
    "a brace too many": ({STYLE: "a { content: '}'; }\n}\n"}, [f"{STYLE}:2:1 style-syntax"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_fault(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake is told once, at its place; what is no mistake is not told."""
    files, wanted = CASES[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.chdir(tmp_path)
    assert [f"{p.at} {p.rule}" for p in problems_of(tmp_path) if p.level == "error"] == wanted


def test_an_empty_template_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that writes nothing gives one message, which names its pages, and no other."""
    (tmp_path / TEMPLATE).parent.mkdir(parents=True)
    (tmp_path / TEMPLATE).write_text("\n")
    monkeypatch.chdir(tmp_path)
    (found,) = problems_of(tmp_path)
    assert (found.at.path, found.rule, found.message.split(",")[0]) == (TEMPLATE, "page-basics", "nothing is in it")


@pytest.mark.slow
def test_the_rest_of_many_problems_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file's problems fifty are told, and how many more there are."""
    text = (ROOT / EXERCISE).read_text("utf-8")
    (tmp_path / EXERCISE).parent.mkdir(parents=True)
    (tmp_path / EXERCISE).write_text(text.replace("level:", "".join(f"x{n}: 1\n" for n in range(3000)) + "level:", 1))
    monkeypatch.chdir(tmp_path)
    found = problems_of(tmp_path)
    assert len(found) == 51 and found[-1].message == "… and 2950 more in this file"
