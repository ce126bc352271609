"""Rules about structure: landmarks, the skip link, tables, lists, and HTML that browsers would mend by guessing."""

from collections import Counter
from collections.abc import Iterator

from hejagen.checks.edition import Fault, FinishedEdition
from hejagen.checks.markup import Markup
from hejagen.checks.outline import title_of
from hejagen.messages import say
from hejagen.rendering.pages import Page

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "search",
    "section", "table", "ul",
))  # fmt: skip
"""Elements that end a paragraph when they begin in one (HTML, 13.1.2.4)."""
PHRASES = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre")
"""Elements that hold text and no blocks."""
PARENTS = {
    "li": ("ul", "ol", "menu"), "dt": ("dl", "div"), "dd": ("dl", "div"), "legend": ("fieldset",),
    "caption": ("table",), "figcaption": ("figure",), "summary": ("details",),
    "tr": ("table", "tbody", "thead", "tfoot"),
    "td": ("tr",), "th": ("tr",),
}  # fmt: skip
"""The elements that some elements must be directly inside."""
CHILDREN = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd", "div"), "select": ("option", "optgroup", "hr")}
"""The elements that may be directly inside some elements, besides scripts and templates."""
OBSOLETE = (
    "marquee",
    "blink",
    "font",
    "center",
    "big",
    "strike",
    "tt",
    "acronym",
    "applet",
    "frame",
    "frameset",
    "dir",
    "bgsound",
)
"""Elements that are no part of HTML any more (HTML, 16.2), some of which move."""
INTERACTIVE = ("a", "button", "input", "select", "textarea", "summary", "iframe", "label")
"""Elements that react to a reader, and must not hold each other."""
LANDMARKS = ("nav", "section")
"""Elements that are landmarks when they have a name, or always."""
NAMED_BY = frozenset(("aria-label", "aria-labelledby"))
"""Attributes that name a landmark."""
MOST_REGIONS = 6
"""Sections with a name, each of which is a landmark, on one page. More of them hide the others."""


def skip_link(edition: FinishedEdition) -> Iterator[Fault]:
    """The first thing that the keyboard reaches is not a link past the menu to the main content."""
    for page, _, markup in edition.read:
        body = next(iter(markup.all("body")), -1)
        links = [n for n in markup.all("a") if "href" in markup.tags[n].attributes and not markup.unheard(n)]
        buttons = [n for n in markup.all("button", "input", "select", "textarea", "summary") if not markup.unheard(n)]
        first = min((*links, *buttons), default=-1)
        if first < 0 or markup.inside(first, "main"):
            continue  # nothing to pass
        target = markup.tags[first].get("href")
        at = markup.ids.get(target[1:], [-1])[0] if target.startswith("#") and len(target) > 1 else -1
        main = next(iter(markup.all("main")), -1)
        hint = say('begin the page with <a href="#main">, and give <main id="main" tabindex="-1">')
        if at < 0 or (main >= 0 and not (main <= at < markup.until[main] or at == main)):
            lost = 'href="#main"'
            yield Fault(page, body, say("no link past the menu to the main content"), hint, lost=lost)
        elif not _focusable(markup, at):
            message = say("the target of the skip link cannot take focus")
            yield Fault(page, at, message, hint, lost="tabindex")


def _focusable(markup: Markup, number: int) -> bool:
    tag = markup.tags[number]
    if "tabindex" in tag.attributes:
        return True
    if "disabled" in tag.attributes:
        return False
    return tag.name in ("button", "select", "textarea", "summary", "iframe") or (
        (tag.name == "a" and "href" in tag.attributes) or (tag.name == "input" and tag.get("type") != "hidden")
    )


def hidden_focus(edition: FinishedEdition) -> Iterator[Fault]:
    """Something inside aria-hidden can take focus: the keyboard stops there, and a screen reader says nothing."""
    for page, _, markup in edition.read:
        for hidden in markup.all("@aria-hidden"):
            if markup.tags[hidden].get("aria-hidden") != "true":
                continue
            if markup.tags[hidden].name in ("body", "main", "html"):
                yield Fault(page, hidden, say("the page itself is hidden from screen readers"))
            for number in range(hidden, markup.until[hidden]):
                tag = markup.tags[number]
                if _focusable(markup, number) and tag.get("tabindex") != "-1" and "hidden" not in tag.attributes:
                    yield Fault(page, number, say("a {element} that takes focus inside aria-hidden", element=tag.name))


def nested_controls(edition: FinishedEdition) -> Iterator[Fault]:
    """A link, button or field is inside another one, and nobody can tell which of them is meant."""
    for page, _, markup in edition.read:
        for outer in markup.all("a", "button"):
            for number in range(outer + 1, markup.until[outer]):
                tag = markup.tags[number]
                if tag.name in INTERACTIVE and tag.get("type") != "hidden":
                    message = say("{inner} inside {outer}", inner=tag.name, outer=markup.tags[outer].name)
                    yield Fault(page, number, message, say("put them beside each other"))


def landmarks(edition: FinishedEdition) -> Iterator[Fault]:
    """Landmarks of one kind have the same name, one menu of several has none, or landmarks are too many to help."""
    for page, _, markup in edition.read:
        names: dict[tuple[str, str], int] = {}
        menus = sum(not markup.unheard(number) for number in markup.all("nav"))
        regions: list[int] = []
        for number in sorted(markup.all(*LANDMARKS)):
            tag = markup.tags[number]
            name = markup.name(number) if tag.attributes.keys() & NAMED_BY else ""
            if markup.unheard(number):
                continue
            if not name:
                if tag.name == "nav" and menus > 1:
                    hint = say("name each by what it holds, with aria-label")
                    message = say("a menu without a name, on a page with several")
                    yield Fault(page, number, message, hint, lost="aria-label")
                continue
            if tag.name == "section":
                regions.append(number)
            if (tag.name, name) in names:
                message = say('two landmarks {element} with the same name: "{name}"', element=tag.name, name=name)
                hint = say("name each by what it holds, with aria-label")
                yield Fault(page, number, message, hint, others=(names[tag.name, name],), lost="aria-label")
            names.setdefault((tag.name, name), number)
        if len(regions) > MOST_REGIONS:
            message = say("{count} sections are landmarks, at most {most} help", count=len(regions), most=MOST_REGIONS)
            hint = say("take aria-labelledby away from the sections: headings are enough")
            yield Fault(page, regions[-1], message, hint, "warning", others=tuple(regions[:-1]))


def table_headers(edition: FinishedEdition) -> Iterator[Fault]:
    """A table has no cells that are headers, or one whose scope is not valid."""
    for page, _, markup in edition.read:
        for table in markup.all("table"):
            if markup.tags[table].get("role") in ("presentation", "none") or markup.unheard(table):
                continue
            heads = [n for n in markup.all("th") if table < n < markup.until[table]]
            if not heads:
                hint = say('write the heads of columns and rows as <th scope="col"> and <th scope="row">')
                yield Fault(page, table, say("a table without headers"), hint, lost="<th")
            for head in heads:
                scope = markup.tags[head].get("scope", "col")
                if scope not in ("col", "row", "colgroup", "rowgroup"):
                    yield Fault(page, head, say("a scope that does not exist: {scope}", scope=scope))


def html_form(edition: FinishedEdition) -> Iterator[Fault]:
    """An end tag is missing or in the wrong place, an attribute is repeated, or an element is where it may not be."""
    for page, _, markup in edition.read:
        for number, end in markup.faults:
            name = markup.tags[number].name
            message = say("<{element}> is not closed", element=name)
            if end:
                message = say("{end} stands where <{element}> is open", end=end, element=name)
            yield Fault(page, number, message, say("close each element before the one around it"))
        repeats = {id(tag): tag for tag in markup.tags if tag.repeated}
        for number, tag in enumerate(markup.tags) if repeats else ():
            for attribute in tag.repeated:
                yield Fault(page, number, say("the attribute {attribute} stands twice", attribute=attribute))
        yield from _misplaced(page, markup)


def _misplaced(page: Page, markup: Markup) -> Iterator[Fault]:
    tags, parents = markup.tags, markup.parents
    for name, allowed in PARENTS.items():
        for number in markup.all(name):
            parent = parents[number]
            if parent >= 0 and tags[parent].name not in (*allowed, "template"):
                message = say("<{inner}> directly inside <{outer}>", inner=name, outer=tags[parent].name)
                yield Fault(page, number, message, say("it belongs inside {elements}", elements=" / ".join(allowed)))
    for name, allowed in CHILDREN.items():
        for number in markup.all(name):
            for child in markup.children(number):
                inner = tags[child].name
                if inner not in allowed and inner not in ("script", "template") and inner not in PARENTS:
                    message = say("<{inner}> directly inside <{outer}>", inner=inner, outer=name)
                    yield Fault(page, child, message, say("put {elements} between them", elements=" / ".join(allowed)))
    for outer in markup.all(*PHRASES):
        for number in range(outer + 1, markup.until[outer]):
            if tags[number].name in BLOCKS:
                message = say("<{inner}> directly inside <{outer}>", inner=tags[number].name, outer=tags[outer].name)
                yield Fault(page, number, message, say("close the <{element}> before it", element=tags[outer].name))


def obsolete_element(edition: FinishedEdition) -> Iterator[Fault]:
    """An element is no longer part of HTML, such as marquee, which moves and cannot be stopped."""
    for page, _, markup in edition.read:
        for number in markup.all(*OBSOLETE):
            message = say("<{element}> is no longer part of HTML", element=markup.tags[number].name)
            yield Fault(page, number, message, say("use elements that say what things are, and a style for the look"))


def same_title(edition: FinishedEdition) -> Iterator[Fault]:
    """Two pages have the same title, and nobody can tell their tabs and bookmarks apart."""
    compared = {
        path: (edition.finished[path][0].lang, outline.title)
        for path, outline in edition.outlines.items()
        if outline.title and _has_own_title(edition.finished[path][0])
    }
    titles = Counter(compared.values())
    for path, (lang, title) in compared.items():
        if titles[lang, title] > 1:
            message, hint = (
                say('other pages have the title "{title}" too', title=title),
                say("let the template write the title of the page"),
            )
            yield Fault(edition.finished[path][0], title_of(edition.markup(path)), message, hint, lost="page.title")


def _has_own_title(page: Page) -> bool:
    return not page.kind.missing and page.key.partition(":")[0] != "gallery"
