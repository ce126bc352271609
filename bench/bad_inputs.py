"""What a build makes of a thousand bad inputs:

    python3 build.py bench bad_inputs [NUMBER] [--seed SEED] [--only NAME]

Spoils files of the real content, one at a time and always in the same way for the same seed, and reads, makes and
checks the pages of each in a process of its own with 20 seconds of work and 1 GB of memory more than a good one takes.
Printed are the inputs that end in a fault of the program, that take too much, and those that nothing was said about
although their kind must be told. What may be accepted in silence is counted with the reason, which stands in
docs/reference/bad-input.md. Ends with 1 when there is a fault. Linux only.
"""

import argparse
import collections
import gc
import os
import pickle
import random
import re
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
SECONDS = 20
"""Of the processor, for one input."""
PATIENCE = 400
"""Seconds by the clock, for one input that waits for nothing."""
MEMORY = 1_000_000_000
"""Bytes, beyond what the process of a good input has."""
LAST = 3
"""Lines of a traceback that are shown."""
SETTINGS = "site.yaml"
Random = random.Random
Spoil = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """Files that are spoiled in the same ways: their patterns below the root, and the names of the tables of ways."""

    patterns: tuple[str, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to spoil a text. `silent` says why nothing need be said when pages show the difference; "" = it must be
    told."""

    spoil: Spoil
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A bad input: a file of a layer. `way` says how it was spoiled, `silent` is that of the way."""

    number: int
    path: str
    way: str
    silent: str
    data: bytes
    good: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a case: `told`, `accepted` for a reason, `silent` or `unseen` without one, `fault`, `memory`, `late`
    or `unfit` when the good file is none."""

    kind: str
    words: str = ""


# What must be told is marked by a way without reason.
TEXT = "the page shows the author's own text as it is written"
FORM = "the same text in another form"
DESIGN = "how a page looks is the layer's own affair, as long as the page holds the rules"
FREE = "a script that can be read may do what it likes"
GRAMMAR = "brackets, texts, comments and words of scripts are followed, not the whole grammar"
GALLERY = "facts for the gallery, which is another edition"
AGAIN = "the file is as good as before"
MORE = "what has this name is one file more"
NOTE = "a note for editors, which no page shows"
RECORD = "the record is read by hejagen upgrade, and accessibility-check.json by the statement of a published site"
BELOW = "what a catalogue or site.yaml does not say, the one below it says"
BRANCH = "a part of a template that no page of the small site comes to: a comment, a branch, the rest of a macro's file"
APART = "a comment, or the engine of the search, which is made after the pages"
UNUSED = "a title, or a drawing that no page of the small site shows: it has been read"
ELSEWHERE = "a style of other pages than those of the small site: it has been read"
ACCEPTED = (
    TEXT, FORM, DESIGN, FREE, GRAMMAR, GALLERY, AGAIN, MORE, NOTE, RECORD, BELOW, BRANCH, APART, UNUSED, ELSEWHERE
)  # fmt: skip
"""Why nothing need be said."""
NASTY: tuple[tuple[str, str], ...] = (
    ("\u200b", ""),
    ("\u202e", ""),
    ("\u2066", ""),
    ("\x00", ""),
    ("\x1b", ""),
    ("\ufeff", ""),
    ("\u2028", ""),
    ("\u00ad", TEXT),
    ("\u00a0", TEXT),
    ("\u0301", TEXT),
    ("\U0001f9d1\u200d\U0001f680", TEXT),
    ("İ", TEXT),
    ("ſ", TEXT),
    ("ß", TEXT),
    ("\u05d0", TEXT),
)


def _lines(change: Callable[[list[str], Random], None]) -> Spoil:
    def spoil(text: str, by: Random) -> str:
        rows = text.split("\n")
        change(rows, by)
        return "\n".join(rows)

    return spoil


def _any(rows: list[str], by: Random) -> int:
    return by.choice([n for n, row in enumerate(rows) if row.strip()] or [0])


def _delete(rows: list[str], by: Random) -> None:
    del rows[_any(rows, by)]


def _double(rows: list[str], by: Random) -> None:
    n = _any(rows, by)
    rows.insert(n, rows[n])


def _swap(rows: list[str], by: Random) -> None:
    one, two = _any(rows, by), _any(rows, by)
    rows[one], rows[two] = rows[two], rows[one]


def _indent(rows: list[str], by: Random) -> None:
    n = _any(rows, by)
    rows[n] = by.choice(("  ", "\t", " ", "        ")) + rows[n]


def _outdent(rows: list[str], by: Random) -> None:
    n = by.choice([n for n, row in enumerate(rows) if row.startswith(" ")] or [0])
    rows[n] = rows[n].lstrip()


def _join(rows: list[str], by: Random) -> None:
    n = _any(rows, by)
    if n + 1 < len(rows):
        rows[n : n + 2] = [rows[n] + rows[n + 1]]


def _at(insert: Callable[[Random], str]) -> Spoil:
    def spoil(text: str, by: Random) -> str:
        n = by.randrange(len(text) + 1)
        return text[:n] + insert(by) + text[n:]

    return spoil


def _row(*rows: str) -> Spoil:
    def change(all_rows: list[str], by: Random) -> None:
        all_rows.insert(_any(all_rows, by), by.choice(rows))

    return _lines(change)


def _value(*values: str) -> Spoil:
    """Put another value behind one of the keys of YAML, in place of what stands on the line."""

    def change(rows: list[str], by: Random) -> None:
        keys = [n for n, row in enumerate(rows) if re.match(r"[ -]*[a-z_]+: *\S", row)]
        if keys:
            n = by.choice(keys)
            rows[n] = rows[n].partition(":")[0] + ": " + by.choice(values)

    return _lines(change)


def _key(change_of: Callable[[str, Random], str]) -> Spoil:
    def change(rows: list[str], by: Random) -> None:
        keys = [n for n, row in enumerate(rows) if re.match(r" *[a-z_]+:", row)]
        if keys:
            n = by.choice(keys)
            rows[n] = change_of(rows[n], by)

    return _lines(change)


def _in_body(*texts: str) -> Spoil:
    """Put a paragraph among those of the body."""

    def spoil(text: str, by: Random) -> str:
        head, mark, body = text.partition("\n---\n")
        parts = body.split("\n\n")
        parts.insert(by.randrange(1, len(parts) + 1), by.choice(texts))
        return head + mark + "\n\n".join(parts)

    return spoil


def _in_element(*texts: str) -> Spoil:
    """Put markup after one of the tags of a template."""

    def spoil(text: str, by: Random) -> str:
        ends = [match.end() for match in re.finditer(r"</?(?:p|div|section|h1|h2|ul|li)\b[^<>{}]*>", text)] or [
            len(text)
        ]
        n = by.choice(ends)
        return text[:n] + by.choice(texts) + text[n:]

    return spoil


def _replaced(pattern: str, *by_what: str) -> Spoil:
    """Replace one of the matches of a pattern."""

    def spoil(text: str, by: Random) -> str:
        matches = list(re.finditer(pattern, text))
        if not matches:
            return text
        match = by.choice(matches)
        return text[: match.start()] + by.choice(by_what) + text[match.end() :]

    return spoil


WAYS: Mapping[str, Mapping[str, Way]] = {
    "text": {
        "a line is gone": Way(_lines(_delete), TEXT),
        "a line stands twice": Way(_lines(_double), TEXT),
        "two lines changed places": Way(_lines(_swap), TEXT),
        "a line is indented": Way(_lines(_indent), FORM),
        "a line is not indented": Way(_lines(_outdent), FORM),
        "two lines are one": Way(_lines(_join), TEXT),
        "the end is cut off": Way(lambda text, by: text[: by.randrange(len(text))], TEXT),
        "the beginning is cut off": Way(lambda text, by: text[by.randrange(len(text)) :], TEXT),
        "a character is gone": Way(_replaced(r"[^\n]", ""), TEXT),
        "a sign more": Way(_at(lambda by: by.choice("\"'`:#{}[]()<>&%@!|*-_\\/,;=?~^$+")), TEXT),
        "nothing is in it": Way(lambda text, by: ""),
        "only spaces": Way(lambda text, by: " \n\t\n"),
        "all of it twice": Way(lambda text, by: text + text, TEXT),
        "a line without end": Way(_at(lambda by: "a" * 30_000)),
        "brackets without end": Way(_at(lambda by: by.choice("[({<*_`~") * 9_000), TEXT),
        "a long word": Way(_at(lambda by: "ö" * 5_000), TEXT),
    },
    "yaml": {
        "a value of another type": Way(
            _value("null", "~", "[]", "{}", "true", "12", "1.5", "''", '" "', "[a, b]", "{a: b}", "-1", ".nan", ".inf"),
            TEXT,
        ),
        "a number too large": Way(
            _value("9" * 5_000, "1e999", "99999999999999999999", "0x" + "f" * 99, "1_" * 900 + "1"), TEXT
        ),
        "a day that is none": Way(
            _value('"9999-12-31"', '"2026-02-30"', "2026-13-01", '"0000-00-00"', "2026-11-31T99:00"), TEXT
        ),
        "an alias": Way(_value("&a [*a]", "*nowhere", "&x x", "<<: *a")),
        "a tag": Way(_value("!!python/object/apply:os.system [ls]", "!a b", "!!binary AA==", "!!set {a}")),
        "quotes that do not end": Way(_value("'a", '"a', '"\\x"', '"\\ud800"', '"\\0"', "'a''")),
        "a colon in the value": Way(_value("a: b", "a : b: c", ": a", "a:", "- a")),
        "a number sign in the value": Way(_value("Läs #3 först", "ord #ord", "#allt"), TEXT),
        "a block": Way(_value("|", ">", "|2", "|-\n", ">+\n  a\n b"), TEXT),
        "a wrong key": Way(_key(lambda row, by: row.replace(":", "x:", 1))),
        "a key twice": Way(_key(lambda row, by: row + "\n" + row)),
        "a key without value": Way(_key(lambda row, by: row.partition(":")[0] + ":"), TEXT),
        "a key in capitals": Way(_key(lambda row, by: row.upper())),
        "a document more": Way(_row("---", "...", "--- a", "%YAML 1.1")),
        "markup in a value": Way(
            _value(
                "a <b>c</b> d",
                "'<script>alert(1)</script>'",
                "'a & b < c \" d'",
                "'{{ 7*7 }}'",
                "'**fet** [länk](page:om)'",
            ),
            TEXT,
        ),
        "an address of script": Way(_value("'javascript:alert(1)'", "'data:text/html,x'", "'//x.example/a'"), TEXT),
        "a name that is not there": Way(_value("finns-inte", "../../x", "CON", "a b", "å"), TEXT),
        "deep brackets": Way(_value("[" * 400 + "]" * 400, "{a: " * 400 + "1" + "}" * 400)),
    },
    "markdown": {
        "HTML": Way(
            _in_body("<b>fet</b>", "<script>alert(1)</script>", "<!-- dold -->", "<iframe src=x>", "</main>", "a<br>b")
        ),
        "a link that leads nowhere": Way(
            _in_body(
                "[läs](page:finns-inte)",
                "[läs](exercise:nej)",
                "[läs](javascript:alert(1))",
                "[läs]()",
                "[](page:om)",
                "[läs](../om/)",
                "[läs](file:///etc/passwd)",
                "[läs](https://[x/)",
                "[läs](#finns-inte)",
                "[här](page:om)",
            )
        ),
        "a picture that is not there": Way(
            _in_body(
                "![En bild](nej.png)", "![](nej.png)", "![En bild](https://x.example/a.png)", "![a](../../site.yaml)"
            )
        ),
        "a heading more": Way(
            _in_body("# Ett", "## Två", "## Varför", "#### Fyra", "### ", "###### Sex", "Ord\n===", "Ord\n---"), TEXT
        ),
        "marks shown as they are": Way(
            _in_body(
                "Se noten.[^1]",
                "- [ ] Gör",
                "~~struket~~",
                "[ett][två]",
                "a ** b",
                "**fet",
                "==gult==",
                "$x^2$",
                "#Rubrik",
                "| a | b |\n| - |",
                "::: not",
                "{: .klass}",
                ":smile:",
            ),
            TEXT,
        ),
        "a list in lists": Way(
            _in_body("\n".join("  " * n + "- a" for n in range(60)), "> " * 300 + "a", "1. a\n1) b\n- c\n+ d"), TEXT
        ),
        "code": Way(_in_body("```\n" + "a" * 900 + "\n```", "```", "    indraget", "`" * 500), TEXT),
        "a table": Way(
            _in_body("| " + "a | " * 80 + "\n|" + "-|" * 80 + "\n|" + "b|" * 80, "| a |\n|---|\n| b | c |"), TEXT
        ),
        "a nasty pattern": Way(
            _in_body(
                "*a **" * 900,
                "[" * 900 + "a" + "](b)" * 900,
                "![" * 900,
                "`a" * 901,
                "a" + " " * 9_000 + "b",
                "&#" + "9" * 900 + ";",
                "<" * 5_000,
                "\\" * 5_001,
                "_a_" * 3_000,
            ),
            TEXT,
        ),
        "a bold label": Way(_in_body("- **Tillgänglighet:** a", "**Ord:** b", "- **Ord**: b", "- Ord: b"), TEXT),
    },
    "template": {
        "a name that is not there": Way(
            _at(
                lambda by: by.choice(
                    ("{{ finns_inte }}", "{{ page.nej }}", "{{ a.b.c }}", "{% include 'nej.html' %}", "{{ 1|nej }}")
                )
            ),
            "",
        ),
        "a block without end": Way(
            _at(
                lambda by: by.choice(
                    ("{% if 1 %}", "{% for a in b %}", "{% endif %}", "{{", "{%", "{#", "{% block x %}", "}}")
                )
            ),
            DESIGN,
        ),
        "a fault while it is filled": Way(
            _at(
                lambda by: by.choice(
                    ("{{ 1/0 }}", "{{ 'a' + 1 }}", "{{ ''|first.a }}", "{{ [1][9] }}", "{{ 1() }}", "{{ '%d' % 'a' }}")
                )
            ),
            "",
        ),
        "work without end": Way(
            _at(
                lambda by: by.choice(
                    (
                        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                        "{{ 'a' * 999999999 }}",
                        "{{ 9**9**9 }}",
                        "{{ range(99999999)|list }}",
                        "{{ ('a'*900000)|wordwrap(1) }}",
                        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                        "{% set n=namespace(x=1) %}{% for i in range(60) %}{% set n.x=[n.x]*2 %}{% endfor %}{{ n.x }}",
                        "{{ '%999999999s' % 1 }}",
                        "{{ ('a,'*300000).split(',')|join('b'*9999) }}",
                        "{{ lipsum(n=99999) }}",
                        "{{ '{:>999999999}'.format(1) }}",
                    )
                )
            ),
            "",
        ),
        "a way out of the sandbox": Way(
            _at(
                lambda by: by.choice(
                    (
                        "{{ ''.__class__.__mro__ }}",
                        "{{ cycler.__init__.__globals__ }}",
                        "{{ page.subject.__class__ }}",
                        "{{ self.__init__ }}",
                        "{{ '{0.__class__}'.format(1) }}",
                        "{% include '../../../etc/passwd' %}",
                        "{% import 'os' as o %}",
                        "{{ site.__dict__ }}",
                    )
                )
            ),
            "",
        ),
        "what a page may not have": Way(
            _in_element(
                "<script>alert(1)</script>",
                "<script src=https://x.example/a.js></script>",
                "<a href=javascript:alert(1)>läs</a>",
                "<p onclick=alert(1)>a",
                "<p style='color:red'>a</p>",
                "<iframe srcdoc=x></iframe>",
                "<embed src=x>",
                "<object data=x></object>",
                "<base href=https://x.example/>",
                "<meta http-equiv=refresh content='0;url=https://x.example/'>",
                '<meta http-equiv=Content-Security-Policy content="default-src *">',
                "<form action=https://x.example/><button>a</button></form>",
                "<img src=https://x.example/a.png alt=a>",
                "<link rel=stylesheet href=https://x.example/a.css>",
                "<svg><use href=https://x.example/a.svg#a /></svg>",
                "<img src=x>",
                "<h1>En till</h1>",
                "<h6>Sex</h6>",
                "<a href=finns-inte/>läs</a>",
                "<p id=innehall>a</p>",
                "<html lang=xx>",
                "<body>",
                "<p lang=xx-yy-zz-1>a</p>",
                "<style>a{}</style>",
                "<audio src=https://x.example/a.mp3 controls></audio>",
                "<button formaction=javascript:1>a</button>",
            ),
            "",
        ),
        "another name of a block": Way(_replaced(r"{% block \w+", "{% block blokc"), ""),
    },
    "css": {
        "what fetches": Way(
            _row(
                "@import 'https://x.example/a.css';",
                "a { background: url(//x.example/a.png) }",
                "a { background: image-set('https://x.example/a.png' 1x) }",
                "@font-face { font-family: a; src: url(https://x.example/a.woff2) }",
                "@namespace url(https://x.example/);",
            ),
            "",
        ),
        "an end": Way(
            _row("</style><script>alert(1)</script>", "<!--", "/*", "}", "{", "'", '"', "\\", "@media {"), ""
        ),
        "many": Way(_row("a{}" * 6_000, "/*\n" * 9_000, "(" * 9_000, "a:not(" * 3_000), ""),
        "another value": Way(
            _replaced(r": [^;{}]+;", ": red;", ": var(--nej);", ": 99999999999px;", ": expression(alert(1));"), DESIGN
        ),
    },
    "script": {
        "no script": Way(
            _row(
                "})();",
                "function (",
                "const a = ;",
                "`",
                "'",
                "/*",
                "import x from 'y';",
                "</script>",
                "a => {",
                "if (",
                "class {",
            ),
            "",
        ),
        "what a grammar knows": Way(
            _row("let let = 1;", "<!--", "var é́ = \\u00;", "await 1;", "return 1;"),
            GRAMMAR,
        ),
    },
    "catalogue": {
        "markup": Way(
            _replaced(
                r'(?m)^msgstr "[^"\n]+"$',
                'msgstr "<meta http-equiv=refresh content=0>"',
                'msgstr "a \\"b\\" < c & d"',
                "msgstr \"<b>fet</b> 'a'\"",
                'msgstr "</title><script>1</script>"',
                'msgstr "{{ 7*7 }}"',
            ),
            TEXT,
        ),
        "other placeholders": Way(
            _replaced(
                r"(?m)^msgstr .*%\(\w+\)s.*$",
                'msgstr "%(nej)s"',
                'msgstr "%s %d"',
                'msgstr "%(num)999999999s"',
                'msgstr "100 %"',
                'msgstr "%(num"',
            ),
            "",
        ),
        "other plurals": Way(
            _replaced(
                r"plural=[^;]*;",
                "plural=n/0;",
                "plural=n;",
                "plural=(n;",
                "plural=9;",
                "plural=__import__(1);",
                "plural=" + "(" * 300 + "n" + ")" * 300 + ";",
            ),
            "",
        ),
        "another head": Way(_replaced(r"charset=[\w-]+", "charset=utf-99", "charset=utf-16", "charset=", "x"), ""),
        "quotes that do not end": Way(_replaced(r'"$', "", '""', '\\"', '\\x"'), ""),
        "the wrong order": Way(
            _replaced(r"(?m)^msgid", "msgstr", "msgctxt", "msgid_plural", "msgstr[9]", "msgid msgid", "#~ msgid"), TEXT
        ),
    },
    "drawing": {
        "what runs or fetches": Way(
            _replaced(
                r"(?<=>)(?=\s*<)",
                "<script>alert(1)</script>",
                "<image href='https://x.example/a.png'/>",
                "<foreignObject><p>a</p></foreignObject>",
                "<use href='https://x.example/a.svg#a'/>",
                "<a href='javascript:alert(1)'><rect/></a>",
                "<animate attributeName='href' to='javascript:1'/>",
                "<style>@import 'https://x.example/'</style>",
                "<g onload='alert(1)'/>",
            ),
            "",
        ),
        "an entity": Way(
            lambda text, by: (
                by.choice(
                    (
                        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
                        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
                    )
                )
                + text
            ),
            "",
        ),
        "another number": Way(
            _replaced(r"\d+(?:\.\d+)?", "1e999", "-1", "nan", "9" * 500, "", "0", "1e-999", "%"), DESIGN
        ),
        "deep groups": Way(_replaced(r"(?<=>)(?=\s*<)", "<g>" * 3_000 + "</g>" * 3_000), ""),
        "another element": Way(_replaced(r"<(?:path|rect|circle|g)\b", "<nej", "<text", "<PATH", "<svg", "<"), DESIGN),
    },
}
KINDS: Mapping[str, Kind] = {
    "exercises": Kind(("content/sv/exercises/*.md",), ("text", "yaml", "markdown")),
    "pages": Kind(("content/sv/pages/*.md",), ("text", "yaml", "markdown")),
    "programs": Kind(("content/sv/programs/*.yaml",), ("text", "yaml")),
    "worksheets": Kind(("content/sv/worksheets/*.yaml",), ("text", "yaml")),
    "lists": Kind(("content/sv/*.yaml",), ("text", "yaml")),
    "settings": Kind(("tests/publisher/site.yaml",), ("text", "yaml")),
    "locks": Kind(("layers/*/upstream.lock.json", "accessibility-check.json"), ("text",)),
    "templates": Kind(
        (
            "layouts/base.html",
            "layouts/pages/*.html",
            "layouts/components/*/*.html",
        ),
        ("text", "template"),
    ),
    "components": Kind(("layouts/components/*/*.yaml", "layouts/covers/motifs.yaml"), ("text", "yaml")),
    "styles": Kind(("layouts/styles/*.css", "layouts/components/*/*.css"), ("text", "css")),
    "scripts": Kind(("layouts/scripts/*.js", "layouts/components/*/*.js"), ("text", "script")),
    "catalogues": Kind(("layouts/locale/sv/LC_MESSAGES/messages.po",), ("text", "catalogue")),
    "drawings": Kind(("layouts/covers/*.svg", "layouts/covers/people/*.svg", "layouts/icon.svg"), ("text", "drawing")),
}
EASY: Mapping[str, str] = {
    "templates": DESIGN,
    "styles": DESIGN,
    "drawings": DESIGN,
    "components": GALLERY,
    "scripts": FREE,
}
"""Kinds of file in which any of the ways of "text" may pass, with the reason."""
UNSEEN: Mapping[str, str] = {
    ".yaml": GALLERY,
    ".json": RECORD,
    ".po": BELOW,
    ".html": BRANCH,
    ".js": APART,
    ".svg": UNUSED,
    ".css": ELSEWHERE,
}
"""Endings of files in layouts/ and beside it that may be spoiled without a difference in the pages, with the reason."""
BYTES: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "Windows letters": lambda data, by: data.decode().encode("cp1252", "replace"),
    "UTF-16": lambda data, by: data.decode().encode("utf-16"),
    "a byte that is no letter": lambda data, by: data[: len(data) // 2] + b"\xff\xc3(" + data[len(data) // 2 :],
    "half a letter in UTF-8": lambda data, by: data + b"\xe2\x82",
    "a surrogate": lambda data, by: data + b"\xed\xa0\x80",
    "more than a megabyte": lambda data, by: data + b"\nord" * 400_000,
}
NAMES = (
    "a b",
    "å",
    "CON",
    "a.md",
    "A",
    "x" * 200,
    "a\x1b[1m",
    "..a",
    "a%20b",
    "a#b",
    "-a",
    "a'b",
    'a"b',
    "a&b",
    "a.",
    "aux.x",
)
"""Names for files, in place of their own."""


def cases(seed: int, number: int) -> Iterator[Case]:
    """Yield bad inputs, the same ones for the same seed and number."""
    by = Random(seed)
    files = {name: sorted(f for p in kind.patterns for f in ROOT.glob(p)) for name, kind in KINDS.items()}
    for count in range(number):
        kind = list(KINDS)[count % len(KINDS)]
        file = by.choice(files[kind][:: max(1, len(files[kind]) // 8)])
        path = file.relative_to(ROOT).as_posix()
        inside = re.sub(r"^(?:layers/\w+|tests/publisher)/", "", path)
        good = file.read_text("utf-8")
        draw = by.random()
        if draw < 0.06:
            way = by.choice(sorted(BYTES))
            yield Case(count, inside, way, FORM if good.isascii() else "", BYTES[way](file.read_bytes(), by), good)
        elif draw < 0.1:
            name = by.choice(NAMES)
            new = f"{Path(inside).parent}/{name}{file.suffix}"
            yield Case(count, new, f"the name {name!r}", MORE, good.encode(), good)
        elif draw < 0.16:
            character, silent = by.choice(NASTY)
            place = by.randrange(len(good) + 1)
            data = (good[:place] + character + good[place:]).encode("utf-8", "surrogatepass")
            yield Case(count, inside, f"the character U+{ord(character[0]):04X}", silent, data, good)
        else:
            table = by.choice(KINDS[kind].tables)
            name, way_of = by.choice(list(WAYS[table].items()))
            bad = way_of.spoil(good, by)
            silent = EASY.get(kind, way_of.silent) if table == "text" else way_of.silent
            yield Case(count, inside, name, silent, bad.encode("utf-8", "surrogatepass"), good)


def build_of(
    folder: Path, names: tuple[tuple[str, ...], tuple[str, ...]], day: date
) -> tuple[set[str], dict[str, int]]:
    """Return what is said of a layer, and a checksum of each file of its site. Problems are said without hint.

    `names` are the programs and exercises that are made.
    """
    from hejagen.content.selection import select
    from hejagen.editions import EDITIONS
    from hejagen.pipeline import gather, make, read
    from hejagen.problems import BuildStopped, as_text
    from hejagen.rendering.pages import pages

    own = ROOT / "tests" / "publisher"
    try:
        loaded = read((own, folder), day)
        known = next(iter(loaded.site.contents.values()))
        programs = tuple(name for name in names[0] if name in known.programs)
        exercises = tuple(name for name in names[1] if name in known.exercises)
        chosen = (programs or ("starta-smatt",), exercises or ("fredagsraden",))
        loaded = replace(loaded, site=select(loaded.site, *chosen))
        every = pages(loaded.site)
        made = make(loaded, every, gather(loaded, every), EDITIONS["web"])
    except BuildStopped as stopped:
        return {as_text(problem) for problem in stopped.problems}, {}
    return {as_text(problem) for problem in (*loaded.warnings, *made.warnings)}, {
        file.path: hash(file.data) for file in made.files
    }


def names_of(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the programs and exercises to make for a file, by their ids."""
    stem, folder = Path(path).stem, Path(path).parent.name
    return ((stem,) if folder == "programs" else ()), ((stem,) if folder in ("exercises", "worksheets") else ())


def write(folder: Path, path: str, data: bytes) -> None:
    """Put one file into an empty layer. A layer's settings are the layer."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / path).parent.mkdir(parents=True)
    (folder / "site.yaml").write_text("name: Prov\n")
    (folder / path).write_bytes(data)


def apart(work: Callable[[], tuple[set[str], dict[str, int]]]) -> tuple[str, object]:
    """Do work in a process of its own, within limits. Return how it ended, and its result or what was said."""
    ready, answer = os.pipe()
    child = os.fork()
    if not child:
        os.close(ready)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        try:
            said: tuple[str, object] = ("done", work())
        except MemoryError:
            said = ("memory", "".join(traceback.format_exc().splitlines(True)[-LAST:]))
        except BaseException as fault:
            from hejagen.errors import HejagenError

            words = "".join(traceback.format_exc().splitlines(True)[-LAST:])
            said = ("done", ({str(fault)}, {})) if isinstance(fault, HejagenError) else ("fault", words)
        with os.fdopen(answer, "wb") as file:
            pickle.dump(said, file)
        os._exit(0)
    os.close(answer)
    data, deadline = b"", time.monotonic() + PATIENCE
    with os.fdopen(ready, "rb", 0) as file:
        while select.select([file], [], [], max(0.0, deadline - time.monotonic()))[0] and (part := file.read(1 << 20)):
            data += part
    if time.monotonic() > deadline:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return pickle.loads(data) if status == 0 and data else ("late", f"the process ended with {status}")


def same(case: Case) -> bool:
    """Tell whether a text says the same as the good one: the same words, and the same values in YAML."""
    bad = case.data.decode("utf-8", "replace")
    if bad.split() == case.good.split():
        return True
    (bad_facts, bad_body), (facts, body) = parts(case.path, bad), parts(case.path, case.good)
    try:
        return bad_body == body and bool(facts) and yaml.safe_load(bad_facts) == yaml.safe_load(facts)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False


def parts(path: str, text: str) -> tuple[str, str]:
    """Return the facts in YAML and the text below them."""
    if path.endswith(".md"):
        facts, _, body = text.removeprefix("---\n").partition("\n---\n")
        return facts, body
    return (text, "") if path.endswith(".yaml") else ("", text)


def below_the_facts(case: Case) -> bool:
    """Tell whether only what readers see below the facts of a text is spoiled."""
    return (
        case.path.endswith(".md")
        and parts(case.path, case.data.decode("utf-8", "replace"))[0] == parts(case.path, case.good)[0]
    )


def in_notes(case: Case) -> bool:
    """Tell whether only lines with notes for editors are spoiled."""
    changed = {*case.data.decode("utf-8", "replace").split("\n")} ^ {*case.good.split("\n")}
    return all(re.match(r" *(?:- )?(?:label_en|field_term|topic): |#", line) for line in changed)


def judged(case: Case, good: tuple[set[str], dict[str, int]], ending: str, result: object) -> Verdict:
    """Return what came of a case, beside what is said of the good file and made of it."""
    if ending != "done":
        return Verdict(ending, str(result))
    assert isinstance(result, tuple)
    said, files = result
    if not good[1]:
        return Verdict("unfit", "\n".join(sorted(good[0])[:2]))
    if not files or said - good[0]:
        return Verdict("told", "\n".join(sorted(said - good[0])[:2]))
    if case.data.decode("utf-8", "replace") == case.good:
        return Verdict("accepted", AGAIN)
    if files == good[1]:
        easy = "" if case.path.startswith("content/") else UNSEEN.get(Path(case.path).suffix, "")
        easy = BELOW if case.path == SETTINGS else easy
        easy = NOTE if in_notes(case) else easy
        return Verdict("accepted", FORM) if same(case) else Verdict("accepted", easy) if easy else Verdict("unseen")
    reason = case.silent or (TEXT if case.way == "a document more" and below_the_facts(case) else "")
    return Verdict("accepted", reason) if reason else Verdict("silent")


def main() -> int:
    """Try the inputs, print what is wrong and the counts, and return the exit code."""
    asked = argparse.ArgumentParser()
    asked.add_argument("number", nargs="?", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="")
    asked.add_argument("--show", action="store_true", help="also what is said of each")
    options = asked.parse_args()
    day = date(2026, 11, 28)
    tally: collections.Counter[tuple[str, str]] = collections.Counter()
    good: dict[object, tuple[set[str], dict[str, int]]] = {}
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        folder = Path("layer")
        write(folder, "content/sv/exercises/.keep", b"")
        gc.disable()
        build_of(folder, ((), ()), day)  # what is read once is read before the first fork
        gc.freeze()
        for case in cases(options.seed, options.number):
            if options.only not in f"{case.number} {case.path} {case.way}":
                continue
            names = names_of(case.path)
            named = case.way.startswith("the name ")
            key = case.path if case.path == SETTINGS else ("", "") if named else names
            if key not in good:
                write(
                    folder,
                    *((SETTINGS, case.good.encode()) if key == SETTINGS else ("content/sv/exercises/.keep", b"")),
                )
                ending, result = apart(lambda names=names: build_of(folder, names, day))
                good[key] = result if ending == "done" else (set(), {})
            write(folder, case.path, case.data)
            start = time.monotonic()
            verdict = judged(case, good[key], *apart(lambda names=names: build_of(folder, names, day)))
            tally[verdict.kind, verdict.words if verdict.kind == "accepted" else ""] += 1
            if verdict.kind not in ("told", "accepted") or options.show:
                seconds = time.monotonic() - start
                print(
                    f"{case.number} {verdict.kind} {seconds:.1f} s {case.path}: {case.way}\n{verdict.words}", flush=True
                )
    for (kind, reason), count in sorted(tally.items()):
        print(f"{count:5} {kind}{': ' * bool(reason)}{reason}")
    return int(any(kind not in ("told", "accepted") for kind, _ in tally))


if __name__ == "__main__":
    sys.exit(main())
