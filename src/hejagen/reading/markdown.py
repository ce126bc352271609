"""Markdown becomes a Document: parsed once, with the line of every heading, link and image. A pure function, so that
what has been parsed once is remembered."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cache, lru_cache
from html import escape
from itertools import pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hejagen.languages import language
from hejagen.languages.language import Language
from hejagen.model.document import Block, Document, Glossary, Heading, Item, Link, Section
from hejagen.store.folder import remembered
from hejagen.urls import slugify

OUR_SCHEME = "heja:"
TERM = "heja-term"
"""Marks a word to explain, by the term's id. The component `term` takes its place when a page is made."""
"""Written before our own links in rendered HTML; `render` replaces them with relative addresses."""
KINDS = ("exercise", "program", "page", "behaviour", "area", "term")
"""What a link such as `exercise:fredagsraden` may point to."""
FILES = "files/"
"""Begins the target of a link to a file for download; ../ may stand before it, for those who preview in an editor."""
ANCHOR = re.compile(r"\{#([A-Za-z0-9_-]+)\}$")

MARKS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|~~|==(?=\w)|!?\[[^\[\]\n]*\](?=[(\[])|\[\^[^\[\]\s]+\]|\{[:.#][^{}\n]*\}")
"""Signs of Markdown, of one kind or another, that are left in a text because nothing was made of them."""
FIRST_MARKS = re.compile(r"\[[ xX]\](?=\s)|#{1,6}(?=[^\s#\d])|:::+|\|.*\|$|(?:```|~~~)")
"""The same, at the beginning of a line."""


@lru_cache(maxsize=1 << 15)
def marks_in(text: str, *, first: bool = True) -> tuple[str, ...]:
    """Return the signs of Markdown that are left in a text. `first` = a line begins with it."""
    begun = FIRST_MARKS.match(text) if first else None
    return (*((begun[0],) if begun else ()), *(mark[0] for mark in MARKS.finditer(text)))


class _Parser(MarkdownIt):
    """Nothing is passed over: what is not allowed, HTML and odd links, is parsed in order to be reported."""

    def validateLink(self, url: str) -> bool:
        return True


@cache
def _parser(lang: str) -> MarkdownIt:
    parser = _Parser("commonmark", {"html": True, "typographer": True, "quotes": language(lang).quotes})
    return parser.enable(["table", "smartquotes"])


def parse(
    text: str, lang: str, *, offset: int = 0, keys: Mapping[str, str] | None = None, glossary: Glossary | None = None
) -> Document:
    """Return the Document of a Markdown text, with the quotation marks and addresses of its language.

    `offset` is the number of lines before the text in its file; `keys` maps titles of sections to keys; words in
    `glossary` are explained at their first use.
    """
    return _parse(text, lang, offset, tuple((keys or {}).items()), glossary)


@lru_cache(maxsize=512)
@remembered
def _parse(text: str, lang: str, offset: int, keys: tuple[tuple[str, str], ...], glossary: Glossary | None) -> Document:
    # Many layers show the same texts, and a preview changes one at a time.
    lines = text.split("\n")
    tokens = _parser(lang).parse(text)
    headings = tuple(_headings(tokens, language(lang), offset))
    links, images, raw = _inline_finds(tokens, lines, offset)
    marks = tuple(_marks(tokens, lines, offset))
    passages = tuple((_line(token, offset), _plain(token)) for token in tokens if token.type == "inline")
    _mark_links(tokens)
    if glossary:
        _mark_terms(tokens, glossary)
    return Document(
        lang=lang,
        html=_render(tokens),
        intro_html=_render(_until_heading(tokens, 2)),
        sections=tuple(_sections(tokens, 2, offset, dict(keys))),
        headings=headings,
        links=links,
        images=images,
        raw_html=raw,
        marks=marks,
        passages=passages,
    )


def _line(token: Token, offset: int) -> int:
    return offset + (token.map[0] if token.map else 0) + 1


def _plain(token: Token) -> str:
    """The words of an inline token."""
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
        elif child.type == "html_inline":
            parts.append(str(child.meta.get("word", "")))
    return "".join(parts).strip()


def _headings(tokens: Sequence[Token], written_in: Language, offset: int) -> Iterator[Heading]:
    """Give every heading an id, the author's `{#id}` or one made of its words, and yield it."""
    used: set[str] = set()
    counts: Counter[str] = Counter()
    for token, content in pairwise(tokens):
        if token.type != "heading_open":
            continue
        title, anchor = _plain(content), ""
        if found := ANCHOR.search(title):
            anchor, title = found[1], title[: found.start()].rstrip()
            _strip_anchor(content)
        slug = slugify(title, written_in.addresses) or written_in.nameless
        anchor = anchor or _unused(slug, used, counts)
        used.add(anchor)
        token.attrSet("id", anchor)
        yield Heading(int(token.tag[1]), title, anchor, _line(token, offset))


def _strip_anchor(content: Token) -> None:
    for child in reversed(content.children or []):
        if child.type == "text":
            child.content = ANCHOR.sub("", child.content.rstrip()).rstrip()
            return


def _unused(anchor: str, used: set[str], counts: Counter[str]) -> str:
    """The anchor, or with a number. `counts` remembers the last one tried: many equal headings take no longer each."""
    candidate = anchor
    while candidate in used:
        counts[anchor] += 1
        candidate = f"{anchor}-{counts[anchor] + 1}"
    return candidate


def _inline_finds(
    tokens: Sequence[Token], lines: Sequence[str], offset: int
) -> tuple[tuple[Link, ...], tuple[Link, ...], tuple[Link, ...]]:
    links, images, raw = [], [], []
    for token in tokens:
        if token.type == "html_block":
            raw.append(Link("", token.content.strip()[:60], _line(token, offset), 1))
        if token.type != "inline":
            continue
        for number, child in enumerate(token.children or ()):
            if child.type == "link_open":
                target = str(child.attrGet("href") or "")
                links.append(_find(token, lines, offset, target, _link_text(token, number)))
            elif child.type == "image":
                images.append(_find(token, lines, offset, str(child.attrGet("src") or ""), child.content))
            elif child.type == "html_inline":
                found = _find(token, lines, offset, child.content, child.content)
                raw.append(replace(found, target=""))
    return tuple(links), tuple(images), tuple(raw)


def _marks(tokens: Sequence[Token], lines: Sequence[str], offset: int) -> Iterator[Link]:
    """Yield the signs of Markdown that are shown, and the lines that became headings because of what is below them."""
    for token in tokens:
        if token.type == "heading_open" and token.markup in ("-", "="):
            yield Link("", token.markup * 3, _line(token, offset) + 1, 1)
        if token.type != "inline":
            continue
        before = ""
        for child in token.children or ():
            for mark in marks_in(child.content, first=before in ("", "softbreak")) if child.type == "text" else ():
                yield replace(_find(token, lines, offset, mark, mark), target="")
            before = child.type if child.type != "text" or child.content else before


def _link_text(token: Token, start: int) -> str:
    words = []
    for child in (token.children or [])[start + 1 :]:
        if child.type == "link_close":
            break
        if child.type in ("text", "code_inline", "image"):
            words.append(child.content)
    return "".join(words).strip()


def _find(token: Token, lines: Sequence[str], offset: int, needle: str, text: str) -> Link:
    """Blocks know their lines; where in them something stands is found by looking for it, as the parser writes it
    (encoded) or as the author did."""
    first, last = token.map or (0, 0)
    for number in range(first, min(last, len(lines))):
        for written in (needle, unquote(needle)):
            column = lines[number].find(written)
            if written and column >= 0:
                return Link(needle, text, offset + number + 1, column + 1)
    return Link(needle, text, offset + first + 1, 1)


def file_of(target: str) -> str:
    """Return the name of the file for download that a link leads to, "" for another link."""
    path = target.partition("#")[0].removeprefix("../")
    return path.removeprefix(FILES) if path.startswith(FILES) else ""


def _mark_links(tokens: Iterable[Token]) -> None:
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "")
            if child.type == "link_open" and target.split(":", 1)[0] in KINDS:
                child.attrSet("href", OUR_SCHEME + target)


def _mark_terms(tokens: Sequence[Token], glossary: Glossary) -> None:
    pattern, used = glossary.pattern(), set[str]()
    if pattern is None:
        return
    for before, token in pairwise(tokens):
        if token.type != "inline" or before.type == "heading_open":
            continue
        children: list[Token] = []
        in_link = 0
        for child in token.children or ():
            in_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type == "text" and not in_link:
                children.extend(_explained(child, pattern, glossary, used))
            else:
                children.append(child)
        token.children = children


def _explained(child: Token, pattern: re.Pattern[str], glossary: Glossary, used: set[str]) -> Iterator[Token]:
    """Split a text token around the terms that are used for the first time."""
    end = 0
    for found in pattern.finditer(child.content):
        term = glossary.forms.get(found[0].lower())
        if term is None or term in used:  # İ and ı match i, but are other letters
            continue
        used.add(term)
        yield Token("text", "", 0, content=child.content[end : found.start()])
        html = f'<{TERM} id="{term}">{escape(found[0])}</{TERM}>'
        yield Token("html_inline", "", 0, content=html, meta={"word": found[0]})
        end = found.end()
    yield Token("text", "", 0, content=child.content[end:])


def _render(tokens: Sequence[Token]) -> str:
    parser = _parser("en")  # the language matters to parsing alone
    return str(parser.renderer.render(tokens, parser.options, {})).strip()


def _until_heading(tokens: Sequence[Token], level: int) -> Sequence[Token]:
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and int(token.tag[1]) <= level:
            return tokens[:number]
    return tokens


def _sections(tokens: Sequence[Token], level: int, offset: int, keys: Mapping[str, str]) -> Iterator[Section]:
    starts = [n for n, token in enumerate(tokens) if token.type == "heading_open" and token.tag == f"h{level}"]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=False):
        title = _plain(tokens[start + 1])
        anchor = str(tokens[start].attrGet("id"))
        body = tokens[start + 3 : end]
        opening = _until_heading(body, level + 1)
        yield Section(
            key=keys.get(title, anchor),
            title=title,
            anchor=anchor,
            line=_line(tokens[start], offset),
            html=_render(body),
            blocks=tuple(_blocks(opening, offset)),
            subsections=tuple(_sections(body, level + 1, offset, keys)),
            rest_html=_render(body[len(opening) :]),
        )


def _blocks(tokens: Sequence[Token], offset: int) -> Iterator[Block]:
    start = 0
    for number, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            block = tokens[start : number + 1]
            text = " ".join(_plain(inner) for inner in block if inner.type == "inline")
            kind = block[0].type.removesuffix("_open")
            items = tuple(_items(block, offset)) if kind.endswith("_list") else ()
            yield Block(_render(block), text, kind, _line(block[0], offset), items)
            start = number + 1


def _items(tokens: Sequence[Token], offset: int) -> Iterator[Item]:
    depth, start = 0, 0
    for number, token in enumerate(tokens):
        if token.type == "list_item_open":
            depth += 1
            if depth == 1:
                start = number
        elif token.type == "list_item_close":
            depth -= 1
            if depth == 0:
                yield _item(tokens[start + 1 : number], _line(tokens[start], offset))


def _item(tokens: Sequence[Token], line: int) -> Item:
    inline = next((token for token in tokens if token.type == "inline"), None)
    if inline is None or not inline.children or inline not in tokens[:2]:
        return Item("", _render(tokens), "", line)
    children, label = inline.children, ""
    if children[0].type == "text" and not children[0].content:
        children = children[1:]
    if children and children[0].type == "strong_open":
        end = next(number for number, child in enumerate(children) if child.type == "strong_close")
        label = "".join(child.content for child in children[:end]).strip().rstrip(":")
        children = _after_colon(children[end + 1 :])
    rest = Token("inline", "", 0, children=children, content=inline.content)
    # The first paragraph of a bullet has no marks of its own where it is shown; what follows it keeps its.
    after = tokens.index(inline) + 1
    if after < len(tokens) and tokens[after].type == "paragraph_close":
        after += 1
    below = _render(tokens[after:])
    return Item(label, _render([rest]) + below, _plain(rest), line, below)


def _after_colon(children: list[Token]) -> list[Token]:
    """Leave out a colon that stands outside the bold label in front of it."""
    if children and children[0].type == "text" and children[0].content.startswith(":"):
        first = copy(children[0])
        first.content = first.content[1:].lstrip()
        return [first, *children[1:]]
    return children
