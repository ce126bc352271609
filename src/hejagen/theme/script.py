"""Scripts: what would keep the browser from reading them, which takes all others with it, as they are joined."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from hejagen.messages import Message, say
from hejagen.problems import Location, Problem

TOKEN = re.compile(
    r"(?P<blank>\s+|//[^\n]*|/\*.*?\*/)"
    r"""|(?P<text>"(?:\\(?s:.)|[^"\\\n])*"|'(?:\\(?s:.)|[^'\\\n])*')"""
    r"|(?P<word>[\w$#]+)"
    r"|(?P<sign>/\*|=>|\.\.\.|\+\+|--|\$\{|.)",
    re.S,
)
"""A token of ECMA-262, chapter 12; what stands between backquotes is read apart. A quote or /* that is a sign has no
end; so has a / where a value is expected."""
REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(`|\$\{)?", re.S)
"""Text between backquotes, up to their end or to a value in it."""
ENDED = frozenset(("'", '"', "`", "/*"))
"""Signs that begin what is one token with its end."""
CLOSERS = {")": "(", "]": "[", "}": "{"}
ENDS_VALUE = re.compile(r"[\w$#]+|[)\]}]|\+\+|--|text")
"""Tokens after which / divides. After others it begins a regular expression."""
BEFORE_VALUE = frozenset(
    "return typeof case in of delete void throw new else do instanceof yield await".split()  # noqa: SIM905
)
"""Words after which a value follows."""
LEADS = BEFORE_VALUE | frozenset(
    "async break class const continue default export extends for function get import let set static var".split()  # noqa: SIM905
)
"""Words that another word follows."""
JOINS = frozenset(("in", "of", "instanceof", "extends"))
"""Words that stand between two values."""
UNFINISHED = frozenset("=.&|^%*?!~<") | {"=>", "..."}
"""Signs that something must follow."""
OUTERMOST = re.compile(r"(?:^|;[ \t]*)(?:let|const|class)\b", re.M)
"""What may declare a name for all scripts."""
INSIDE = frozenset(("return", "await", "yield"))
"""Words that stand in functions only."""
MODULES = frozenset(("import", "export"))
"""Words that browsers know in modules only, which ours are not."""
HINT = say("mend it: the browser would read none of the scripts that it is joined with")


@lru_cache(maxsize=256)
def script_faults(text: str, path: str) -> tuple[Problem, ...]:
    """Return the first problem of a script, if it has any: rule `script-syntax`.

    Brackets, quotes, comments and regular expressions are followed, but not the whole grammar.
    """
    return tuple(_at(text, path, place, message) for place, message in _first_fault(text))


def repeated_names(texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each name that two of the scripts to be joined declare outside all functions, by path."""
    first: dict[str, str] = {}
    for path, text in texts.items():
        for name, place in _declared(text):
            if name in first:
                message = say('"{name}" is declared in {path} already', name=name, path=first[name])
                yield _at(text, path, place, message, say("give it another name, or put the script in a function"))
            first.setdefault(name, path)


def _at(text: str, path: str, place: int, message: Message, hint: Message = HINT) -> Problem:
    before = text[:place]
    return Problem(Location(path, before.count("\n") + 1, place - before.rfind("\n")), "script-syntax", message, hint)


def _tokens(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield place, kind and text of each token but blanks. The text between backquotes is one of kind "template"."""
    place, before, opened = 0, "", list[str]()
    while place < len(text):
        match = TOKEN.match(text, place)
        assert match and match.lastgroup
        kind, token = match.lastgroup, match[0]
        if token == "/" and (before in BEFORE_VALUE or not ENDS_VALUE.fullmatch(before)):
            if expression := REGEX.match(text, place):
                kind, token = "text", expression[0]
            else:
                kind, token = "sign", "/"
                yield place, "endless", token
        if token == "`" or (token == "}" and opened and opened[-1] == "${"):
            start = place
            yield from (((start, "sign", "}"),) if token == "}" else ())
            end = TEMPLATE.match(text, place + 1)
            assert end
            if token == "}":
                opened.pop()
            place = end.end()
            if end[1] == "${":
                opened.append("${")
                yield start, "template", ""
                yield end.end() - 2, "sign", "${"
                before = "${"
            else:
                yield (start, "template", "") if end[1] else (start, "sign", "`")
                before = "text"
            continue
        if token == "{":
            opened.append(token)
        elif token == "}" and opened:
            opened.pop()
        if kind != "blank":
            yield place, kind, token
            before = "text" if kind == "text" else token
        place += len(token)


def _first_fault(text: str) -> Iterator[tuple[int, Message]]:
    opened: list[tuple[int, str]] = []
    before, end = "", 0
    for place, kind, token in _tokens(text):
        if kind == "endless" or (kind == "sign" and token in ENDED):
            yield place, say("a {sign} without its end", sign=token)
            return
        if token in CLOSERS and kind == "sign":
            if not opened or opened[-1][1][-1] != CLOSERS[token]:
                yield place, say("a {sign} that closes nothing", sign=token)
                return
            opened.pop()
        elif token in ("(", "[", "{", "${") and kind == "sign":
            opened.append((place, token))
        if before in UNFINISHED and token in (")", "]", "}", ";") and kind == "sign":
            yield place, say("nothing stands between {before} and {after}", before=before, after=token)
            return
        if kind == "word" and not opened and (token in INSIDE and before != "."):
            yield place, say('"{word}" stands outside a function', word=token)
            return
        if kind == "word" and token in MODULES and before != ".":
            follows = text[place + len(token) : place + 200].lstrip()[:1]
            if follows not in tuple("(.:,}=;"):
                yield place, say('"{word}" works in modules only', word=token)
                return
        ended = re.fullmatch(r"[\w$#]+|\]", before) and before not in LEADS
        if kind == "word" and ended and token not in JOINS and "\n" not in text[end:place]:
            yield place, say("no sign stands between {before} and {after}", before=before[:30], after=token[:30])
            return
        before, end = token if kind in ("sign", "word") else "text", place + len(token)
    if opened:
        yield opened[-1][0], say("a {sign} that is not closed", sign=opened[-1][1][-1])


@lru_cache(maxsize=256)
def _declared(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(_declarations(text))


def _declarations(text: str) -> Iterator[tuple[str, int]]:
    """Yield each name that let, const or class declares outside all brackets, with its place."""
    depth, before = 0, ""
    if not OUTERMOST.search(text):
        return
    for place, kind, token in _tokens(text):
        if kind == "sign":
            depth += (token in ("(", "[", "{", "${")) - (token in CLOSERS)
        elif kind == "word" and depth == 0 and before in ("let", "const", "class"):
            yield token, place
        before = token
