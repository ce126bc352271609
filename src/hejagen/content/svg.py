"""Clean SVG files from outside: keep what draws, and remove what could run, fetch or draw without end."""

import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import Any

from lxml import etree

from hejagen.content.raster import MAX_PIXELS, Cleaned, Refused, clean_raster
from hejagen.content.xml_words import XML_WORDS
from hejagen.messages import reworded, say

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
XHTML, XML = "http://www.w3.org/1999/xhtml", "http://www.w3.org/XML/1998/namespace"
PLAIN_XML = re.compile(
    rb"(\xef\xbb\xbf)?\s*<(?!\?xml\s[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859-1))", re.IGNORECASE
)
"""The start of XML in an encoding that cannot hide a DOCTYPE."""
MOST_ELEMENTS, MOST_DRAWN = 50_000, 200_000
"""Most elements in a file, and most elements that it draws, counting those that `use` and patterns repeat."""
WORDS = re.compile(r"[\w-]+")
ELEMENTS = frozenset(
    WORDS.findall(
        "svg g a switch symbol use defs path rect circle ellipse line polyline polygon text tspan textPath image "
        "title desc linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix "
        "feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge "
        "feMergeNode feMorphology feOffset"
    )
)
"""Elements that draw. Animations are left out, because readers cannot stop them."""
PROPERTIES = frozenset(
    WORDS.findall(
        "fill fill-rule fill-opacity stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
        "stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color stop-color stop-opacity clip-path "
        "clip-rule mask filter marker-start marker-mid marker-end display visibility overflow paint-order "
        "vector-effect flood-color flood-opacity color-interpolation-filters font-family font-size font-weight "
        "font-style font-stretch text-anchor text-decoration letter-spacing word-spacing dominant-baseline "
        "alignment-baseline baseline-shift writing-mode direction"
    )
)
"""Attributes that are also allowed in a style."""
ATTRIBUTES = PROPERTIES | frozenset(
    WORDS.findall(
        "id d x y transform x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy rotate points width height viewBox "
        "preserveAspectRatio pathLength textLength lengthAdjust startOffset offset gradientUnits gradientTransform "
        "spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits "
        "markerWidth markerHeight markerUnits orient refX refY filterUnits primitiveUnits in in2 result mode type "
        "values operator k1 k2 k3 k4 stdDeviation radius edgeMode tableValues slope intercept amplitude exponent "
        "requiredFeatures requiredExtensions systemLanguage version"
    )
)
QUIET = frozenset(("class", "role", "focusable", "tabindex", "lang", "baseProfile", "contentStyleType"))
"""Attributes that are removed without a message, because the picture looks the same without them."""
NOTES = ("metadata", "namedview")
"""Data of drawing programs. It is removed without a message, like elements in their namespaces."""
FETCHES = re.compile(r"javascript:|data:|@import|url\((?!\s*['\"]?#)|\\", re.IGNORECASE)
"""Values that could run or fetch something. References inside the file, url(#name), are allowed."""
REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]*)")
FONT = re.compile(r"(?:(italic|oblique|normal) )?(?:(bold|normal|[1-9]00) )?([0-9.]+[a-z%]*)(?:/\S+)? (\S.*)")
"""The short form of a font: style, weight, size and family."""
SELECTOR = re.compile(r"\*|[A-Za-z]*[.#][\w-]+|[A-Za-z]+")


Rules = dict[str, dict[str, tuple[int, str]]]
"""Styles by selector and property. Of two with the same weight, the one with the higher number counts."""


def parse_svg(data: bytes) -> Any:
    """Return the root of an SVG file, an lxml element without comments. Raises Refused."""
    if not PLAIN_XML.match(data):
        raise Refused(say("the SVG is not saved in UTF-8"), say("save it again as SVG"))
    if match := re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        line = data[: match.start()].count(b"\n") + 1
        raise Refused(say("the SVG has a DOCTYPE"), say("remove that line; an SVG needs none"), line)
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise Refused(
            say("the SVG has more than {most_elements:,} elements", most_elements=MOST_ELEMENTS),
            say("simplify it, or save it as PNG"),
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = say("the SVG cannot be read: {reason}", reason=reworded(error.msg or "", XML_WORDS))
        raise Refused(reason, say("save it again as SVG"), error.lineno or 1) from None
    if root.tag != f"{{{SVG}}}svg":
        raise Refused(say("the file is not an SVG"), say("save it as SVG in a drawing program"))
    return root


def clean_svg(data: bytes) -> Cleaned:
    """Return an SVG that only draws. Styles become attributes, because pages allow no styles. Raises Refused."""
    root = parse_svg(data)
    removed: list[tuple[int, str]] = []
    rules = _rules(root, removed)
    _pictures(root, removed)
    _clean(root, rules, removed)
    width, height = _size(root)
    if _drawn(root) > MOST_DRAWN:
        hint = say("draw what is repeated as shapes of its own, or save it as PNG")
        raise Refused(
            say("the SVG draws more than {most_drawn:,} things, by repeating itself", most_drawn=MOST_DRAWN), hint
        )
    etree.cleanup_namespaces(root)
    return Cleaned(etree.tostring(root), width, height, tuple(sorted(removed)))


def _clean(root: Any, rules: Rules, removed: list[tuple[int, str]]) -> None:
    """Remove everything from a tree that is not on the lists, from the outside in."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = etree.QName(element)
        if name.namespace != SVG or name.localname not in ELEMENTS:
            element.getparent().remove(element)
            if name.localname not in NOTES and name.namespace in (SVG, XHTML, None):
                removed.append((element.sourceline or 1, f"<{name.localname}>"))
            continue
        waiting.extend(element)
        _spread(element, rules, removed)
        for key, value in list(element.attrib.items()):
            attribute = etree.QName(key)
            if not _draws(name.localname, attribute, value):
                del element.attrib[key]
                quiet = attribute.localname in QUIET or attribute.localname.startswith(("data-", "aria-"))
                if not quiet and attribute.namespace in (None, XLINK):
                    removed.append(
                        (
                            element.sourceline or 1,
                            say(
                                "{attribute} of {element}", attribute=attribute.localname, element=f"<{name.localname}>"
                            ),
                        )
                    )


def _draws(element: str, attribute: Any, value: str) -> bool:
    """Return whether an attribute may stay."""
    if attribute.localname == "href" and attribute.namespace in (None, XLINK):
        return value.startswith("data:image/" if element == "image" else "#") and element != "a"
    if attribute.namespace == XML:
        return bool(attribute.localname == "space")
    return attribute.namespace is None and attribute.localname in ATTRIBUTES and not FETCHES.search(value)


def _pictures(root: Any, removed: list[tuple[int, str]]) -> None:
    """Clean embedded pictures, and remove links to others, because they could fetch something."""
    pixels = 0.0
    for element in root.iter(f"{{{SVG}}}image"):
        for key in ("href", f"{{{XLINK}}}href"):
            link = element.get(key)
            match = EMBEDDED.fullmatch(link) if link else None
            if match:
                try:
                    picture = clean_raster(f".{match[1]}", b64decode(match[2]))
                except (Refused, ValueError):
                    match = None
                else:
                    pixels += picture.width * picture.height
                    removed.extend((element.sourceline, what) for _, what in picture.removed)
                    if picture.removed:
                        element.set(key, f"data:image/{match[1]};base64,{b64encode(picture.data).decode()}")
            if link and not match:
                del element.attrib[key]
                removed.append(
                    (element.sourceline, say("{attribute} of {element}", attribute=link[:40], element="<image>"))
                )
    if pixels > MAX_PIXELS:
        raise Refused(
            say("the pictures in the SVG have {pixels:.0f} million pixels", pixels=pixels / 1e6),
            say("make them smaller"),
        )


def _rules(root: Any, removed: list[tuple[int, str]]) -> Rules:
    """Remove the styles from a tree and return them. Only rules for a name, a class or an id are returned."""
    rules: Rules = {}
    numbers = count()
    for style in list(root.iter(f"{{{SVG}}}style")):
        first, *rest = "".join(style.itertext()).split("/*")
        text = first + "".join(part.partition("*/")[2] for part in rest)
        for rule in text.split("}"):
            selectors, _, body = rule.partition("{")
            for selector in map(str.strip, selectors.split(",") if selectors.strip() else ()):
                if not SELECTOR.fullmatch(selector) or "{" in body:
                    removed.append(
                        (
                            style.sourceline or 1,
                            say(
                                "{attribute} of {element}",
                                attribute=f'"{" ".join(selector.split())[:40]}"',
                                element="<style>",
                            ),
                        )
                    )
                    continue
                table = rules.setdefault(selector, {})
                table.update({key: (next(numbers), value) for key, value in _pairs(body)})
        style.getparent().remove(style)
    return rules


def _pairs(style: str) -> Iterable[tuple[str, str]]:
    """Yield the properties of a style with their values. The short form of a font is split into its parts."""
    for part in style.split(";"):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip().removesuffix("!important").rstrip()
        match = FONT.fullmatch(value) if key == "font" else None
        if match:
            names = ("font-style", "font-weight", "font-size", "font-family")
            yield from ((name, each) for name, each in zip(names, match.groups(), strict=True) if each)
        else:
            yield key, value


def _spread(element: Any, rules: Rules, removed: list[tuple[int, str]]) -> None:
    """Turn the styles of an element into attributes. Its style attribute counts most, then ids, then classes."""
    name = etree.QName(element).localname
    classes = sorted({*element.get("class", "").split()}) if rules else ()
    weights = (
        ("*",),
        (name,),
        [f"{before}.{each}" for each in classes for before in ("", name)],
        [f"{before}#{element.get('id')}" for before in ("", name)],
    )
    said: dict[str, str] = {}
    for selectors in weights if rules else ():
        tables = [rules[selector] for selector in selectors if selector in rules]
        alike = sorted((number, key, value) for table in tables for key, (number, value) in table.items())
        said.update((key, value) for _, key, value in alike)
    said.update(_pairs(element.attrib.pop("style", "")))
    for key, value in said.items():
        if key in PROPERTIES and not FETCHES.search(value):
            element.set(key, value)
        elif FETCHES.search(value):
            removed.append(
                (element.sourceline or 1, say("{attribute} of {element}", attribute=key, element=f"<{name}>"))
            )


def _size(root: Any) -> tuple[float, float]:
    """Return width and height of a picture in pixels, or of its viewBox. Add a viewBox if it has none."""
    lengths = [_number(root.get(key, "").strip().removesuffix("px")) for key in ("width", "height")]
    box = [_number(part) for part in root.get("viewBox", "")[:200].replace(",", " ").split()]
    if len(box) != 4 and all(lengths):
        box = [0, 0, *lengths]
        root.set("viewBox", "0 0 {:g} {:g}".format(*lengths))
    if len(box) != 4 or not all(box[2:]):
        raise Refused(
            say("the SVG has no viewBox"), say('add viewBox="0 0 width height", or save it again'), root.sourceline
        )
    return (lengths[0], lengths[1]) if all(lengths) else (box[2], box[3])


def _number(text: str) -> float:
    """Return a number that can be the side of a picture, or 0."""
    try:
        number = float(text[:20])
    except ValueError:
        return 0
    return number if 0 < number < 100_000 else 0


def _drawn(root: Any) -> float:
    """Return how many elements are drawn, counting repetitions; infinite for references in a circle."""
    referred = {name for element in root.iter() for name in _refers(element)}
    sizes: Counter[str] = Counter()
    leads: dict[str, list[str]] = {}
    waiting = [(root, "")]
    while waiting:
        element, holder = waiting.pop()
        name = element.get("id")
        if name in referred:
            leads.setdefault(holder, []).append(name)
            holder = name
        sizes[holder] += 1
        leads.setdefault(holder, []).extend(_refers(element))
        waiting.extend((inner, holder) for inner in element)
    known: dict[str, float] = {}

    def drawn(name: str, depth: int) -> float:
        if name not in known:
            known[name] = float("inf")  # until it is known: a reference back to it is a circle
            if depth < 300:
                known[name] = sizes[name] + sum(drawn(lead, depth + 1) for lead in leads.get(name, ()))
        return known[name]

    return drawn("", 0)


def _refers(element: Any) -> list[str]:
    """Return the ids that an element refers to."""
    links = [element.get(key, "") for key in ("href", f"{{{XLINK}}}href")]
    names = [link[1:] for link in links if link.startswith("#")]
    for value in element.attrib.values():
        if "url(" in value:
            names += REFERENCE.findall(value)
    return names
