"""HTML in as few signs as the HTML Standard allows: browsers read the same page, without blanks that show nowhere."""

import re
from functools import lru_cache

BLOCKS = re.compile(
    "/?(?:address|article|aside|blockquote|body|caption|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|g|h[1-6r]"
    "|head|header|legend|li|link|main|meta|nav|ol|optgroup|option|p|path|rect|script|section|select|source|summary|svg|symbol|t[dhr]|table"
    "|tbody|tfoot|thead|title|ul|use)"
)
"""Elements beside whose tags blanks show nowhere: they begin and end a line, or stand where no text is."""
VERBATIM = frozenset(("pre", "script", "style", "textarea"))
"""Elements in which blanks count."""
EMPTY = frozenset(("path", "rect", "use"))
"""Elements of SVG that may end in their own tag."""
ENDS = {
    "/li": "li /ul /ol",
    "/dt": "dt dd",
    "/dd": "dt dd /dl /div",
    "/option": "option optgroup /optgroup /select",
    "/tr": "tr /tbody /thead /table",
    "/td": "td th /tr",
    "/th": "td th /tr",
    "/p": "details div dl fieldset form h1 h2 h3 h4 h5 h6 hr nav ol p section table ul"
    " /article /blockquote /dd /details /div /fieldset /form /li /nav /section /td",
}
"""Tags before which an end tag may be left out. Rule: HTML Standard, 13.1.2.4 Optional tags."""
TAG = re.compile(r"""<(/?[a-zA-Z][^\s/>"'<]*+)((?:"[^"]*"|'[^']*'|[^"'<>])*+)>""")
ATTRIBUTE = re.compile(r"""(?<!\s)\s++([^\s=/"']+)(?:=("[^"]*"|'[^']*'))?""")
PLAIN = re.compile(r"""["']([^\s"'=<>`]+)["']""")
"""A value that needs no quotes. Rule: HTML Standard, 13.1.2.3 Attributes."""
BLANKS = re.compile(r"[ \t\n\r\f]+")


def terse(html: str) -> str:
    """Return HTML, as lxml writes it, without quotes, end tags and blanks that browsers do without."""
    first, *pieces = TAG.split(html)
    names, attributes, texts = pieces[::3], pieces[1::3], pieces[2::3]
    followers = [*names[1:], ""]
    for n, (name, following) in enumerate(zip(names, followers, strict=True)):
        if texts[n] and name not in VERBATIM:
            text = BLANKS.sub(" ", texts[n])
            text = text.lstrip(" ") if _is_block(name) else text
            texts[n] = text.rstrip(" ") if _is_block(following) else text
    rows = [first]
    ended = False
    for name, attribute, text, following in zip(names, attributes, texts, followers, strict=True):
        closes = text == "" and name in EMPTY and following == f"/{name}"
        if not ended and (text or not _ends(name, following)):
            rows.append(_tag(name, attribute, closes=closes))
        rows.append(text)
        ended = closes
    return "".join(rows)


@lru_cache(maxsize=256)
def _is_block(name: str) -> bool:
    return BLOCKS.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _ends(name: str, following: str) -> bool:
    return following in ENDS.get(name, "").split()


@lru_cache(maxsize=1 << 15)
def _tag(name: str, attributes: str, *, closes: bool) -> str:
    short = "".join(f" {key}{_value(value)}" for key, value in ATTRIBUTE.findall(attributes))
    plain = short != "" and not short.endswith(('"', "'"))
    return f"<{name}{short}{' /' if closes and plain else '/' if closes else ''}>"


def _value(quoted: str) -> str:
    if quoted in ("", '""', "''"):
        return ""
    return "=" + (PLAIN.fullmatch(quoted) or ("", quoted))[1]
