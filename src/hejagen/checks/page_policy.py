"""The rule `page-policy`: whatever template a layer brings, a page keeps its policy, stays where it is, and runs and
loads only what the site has. Pages that only templates of the base have made are left out: the tests hold those."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
from lxml.etree import ParserError, XPath

from hejagen.checks.html import LOADING as LOADED
from hejagen.checks.html import OTHER_ORIGIN
from hejagen.layers.stack import Layers
from hejagen.messages import Message, say
from hejagen.output import File
from hejagen.problems import Location, Problem
from hejagen.rendering.policy import Policy
from hejagen.rendering.templates import FOLDER

POLICY = "content-security-policy"
LOADING = frozenset(("script", "style", "link", "img", "iframe", "object", "embed", "svg", "video", "audio", "body"))
"""Elements that could load or run something before a policy that stands after them."""
PLAIN_METAS = frozenset((POLICY, "content-type", "x-ua-compatible"))
FRAMES = XPath("//iframe|//frame|//embed|//object|//applet|//portal|//*[@srcdoc]")
METAS = XPath("//meta[@http-equiv]")
BASES = XPath("//base")
FORMS = XPath("//form/@action|//*/@formaction", smart_strings=False)
LINKED = XPath("//@href|//@*[name()='xlink:href']|//@src|//@action|//@formaction|//@poster|//@background|//@data"
               "|//@to|//@values|//@from", smart_strings=False)  # fmt: skip
FETCHED = XPath(
    "//@src|//@srcset|//@imagesrcset|//@poster|//@background|//@ping|//@data|//*[name()!='a' and name()!='link']/@href"
    "|//*[name()!='a']/@*[name()='xlink:href']",
    smart_strings=False,
)
SOURCES = XPath("//script/@src", smart_strings=False)
RUNS = re.compile(r"(?:javascript|vbscript|livescript)\s*:", re.I)
ELSEWHERE = re.compile(r"(?:(?!data:)[a-z][a-z0-9+.-]*:|[/\\]{2})", re.I)
UNSEEN = re.compile(r"[\x00-\x20]+")
"""What browsers leave out of an address (URL Standard, 4.4)."""
HINT = say("take it out of the layer's template, or take the template of the layer below")


def page_policy(layers: Layers, files: Iterable[File], policy: Policy) -> Iterator[Problem]:
    """Yield what finished pages have that they may not, once for each template and fault: rule `page-policy`.

    `policy` is the one that pages must carry. Nothing is looked at when no layer has templates of its own.
    """
    upper = [layers.files[layer.name] for layer in layers.layers[1:]]
    if not any(path.startswith(FOLDER) and path.endswith(".html") for paths in upper for path in paths):
        return
    told: set[tuple[str, str]] = set()
    for file in files:
        if not file.path.endswith(".html") or not file.origin or "/editions/" in file.origin.path:
            continue
        try:
            tree = lxml.html.document_fromstring(file.data)
        except ParserError:
            continue  # `page-basics` tells of an empty page
        for message in _faults(tree, policy):
            if (file.origin.path, message) not in told:
                told.add((file.origin.path, message))
                at = Location(file.origin.path)
                whole = say("page {path}: {message}", path=file.path, message=message)
                yield Problem(at, "page-policy", whole, HINT)


def _faults(tree: Any, policy: Policy) -> Iterator[Message]:
    yield from _policy_faults(tree, policy)
    for base in BASES(tree):
        yield say("an element base, which turns its links: {address}", address=base.get("href") or "")
    for frame in FRAMES(tree):
        yield say("another page or program in it: {element}", element=f"<{frame.tag}>")
    for action in FORMS(tree):
        if ELSEWHERE.match(_address(action)) and not action.startswith(_servers(policy)):
            yield say("a form is sent to {address}", address=action)
    for address in LINKED(tree):
        if RUNS.match(_address(address)):
            yield say("an address that is a script: {address}", address=address)
    told = {element.get(name) for tag, name in LOADED.items() for element in tree.iter(tag)}  # by `other-origin`
    for address in FETCHED(tree):
        if ELSEWHERE.match(_address(address)) and not (address in told and OTHER_ORIGIN.match(address)):
            yield say("loads {address}", address=address)
    for address in SOURCES(tree):
        if "assets/" not in address and not OTHER_ORIGIN.match(address):
            yield say("a script that is none of the site's: {address}", address=address)


def _policy_faults(tree: Any, policy: Policy) -> Iterator[Message]:
    metas = {meta: meta.get("http-equiv").strip().lower() for meta in METAS(tree)}
    policies = [meta for meta, name in metas.items() if name == POLICY]
    if [meta.get("content") for meta in policies] != [str(policy)]:
        yield say("not exactly the policy that the program gives it, as {policy} in its head", policy="{{ policy }}")
    elif policies[0].getparent().tag != "head" or LOADING & {
        str(e.tag) for e in policies[0].itersiblings(preceding=True)
    }:
        yield say("its policy stands after what it should be for")
    for meta, name in metas.items():
        if name not in PLAIN_METAS:
            yield say("an order to the browser: {order}", order=f"{name} {meta.get('content') or ''}".strip())


def _address(written: str) -> str:
    return UNSEEN.sub("", written)


def _servers(policy: Policy) -> tuple[str, ...]:
    """Return the servers that forms may be sent to."""
    return tuple(source for source in policy.directives["form-action"] if source.startswith("http"))
