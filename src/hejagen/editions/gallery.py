"""The gallery: one page for each example of a component, and one that shows the brand in all states.

It is for designers and for the tests, and is not published.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from hejagen.editions.policy import hosted
from hejagen.layers.stack import Layers
from hejagen.model.component import ComponentFile, Example
from hejagen.model.site import Origin, Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import read_yaml
from hejagen.rendering.edition import Edition, Medium, Output
from hejagen.rendering.pages import Page
from hejagen.theme.assets import SHEETS
from hejagen.theme.colour import contrast
from hejagen.theme.covers.choose import covers
from hejagen.theme.palette import five
from hejagen.theme.tokens import PAIRS, schemes
from hejagen.urls import slugify

COMPONENTS = "layouts/components"
LINK = re.compile(r'\b(href|action)="(?!mailto:)[^"]*"')
SOURCE = re.compile(r'\b(src|srcset)="[^"]*"')


def gallery(site: Site, layers: Layers, every: tuple[Page, ...]) -> tuple[tuple[Page, ...], list[Problem]]:
    """Return the pages of the gallery, and the problems in the descriptions of the components."""
    problems: list[Problem] = []
    examples = tuple(_examples(site, layers, problems))
    shown = _brand_values(site)
    pages = (
        _page(site, "gallery", "index.html", "editions/gallery/index.html", {"examples": examples}),
        _page(site, "brand", "brand/index.html", "editions/gallery/brand.html", shown),
        _page(site, "file:gallery.css", "gallery.css", "editions/gallery/gallery.css", shown),
        *examples,
    )
    return pages, problems


def _page(site: Site, key: str, path: str, template: str, context: dict[str, Any]) -> Page:
    name, lang = site.config.name, site.config.languages[0]
    return Page(key, path, template, name, name, lang, site.config_origin, context={"sheets": tuple(SHEETS), **context})


def _examples(site: Site, layers: Layers, problems: list[Problem]) -> Iterator[Page]:
    """Yield the pages of examples by name of component. Their links lead nowhere, and their pictures are a cover."""
    spec = next(iter(covers(site).values()), None)
    for source in layers.find(COMPONENTS, ".yaml").values():
        text, unreadable = layers.text(source)
        reading = read_yaml(text, source.shown)
        problems.extend([*unreadable, *reading.problems])
        if unreadable or reading.broken:
            continue
        about, faults = validate(ComponentFile, reading, source.shown)
        problems.extend(faults)
        if about is None:
            continue
        component = PurePosixPath(source.path).stem
        for example in about.examples:
            title, path = f"{component}: {example.name}", f"{component}/{slugify(example.name)}"
            context = {
                "about": about,
                "file": f"components/{component}/{component}.html",
                "macro": component.replace("-", "_"),
                "params": arguments(about, example),
                "still": still,
                "spec": spec,
            }
            page = _page(site, f"gallery:{path}", f"{path}/index.html", "editions/gallery/example.html", context)
            yield replace(page, title=title, summary=about.summary, origin=Origin(source.shown, source.layer))


def arguments(about: ComponentFile, example: Example) -> dict[str, Any]:
    """Return the values of an example by name. Values that are HTML are marked as safe."""
    html = {param.name for param in about.params if param.type == "html"}
    return {name: Markup(value) if name in html else value for name, value in example.params.items()}


def still(html: str, picture: str) -> Markup:
    """Return an example whose links lead to the page itself and whose pictures are `picture`."""
    return Markup(SOURCE.sub(rf'\1="{picture}"', LINK.sub(r'\1="#main"', str(html))))


def _brand_values(site: Site) -> dict[str, Any]:
    """Return each pair of tokens with its contrast in both schemes, the five colours, and the covers' palettes."""
    both = dict(zip(("light", "dark"), schemes(site.config.brand), strict=True))
    pairs = {
        name: [
            (above, below, s.tokens[above], s.tokens[below], f"{contrast(s.tokens[above], s.tokens[below]):.1f}", least)
            for above, below, least in PAIRS
        ]
        for name, s in both.items()
    }
    drawn = [spec for key, spec in covers(site).items() if not key.startswith("page:")]
    specs = [replace(spec, area=area) for area, spec in zip(both["light"].covers, drawn, strict=False)]
    return {"both": both, "pairs": pairs, "five": five(site.config.brand), "specs": specs}


def finish(site: Site, files: tuple[File, ...], built: date) -> Output:
    """Return the files unchanged."""
    return Output(files)


EDITION = Edition(
    name="gallery",
    summary="each component by itself, and the brand in all states",
    policy=hosted,
    pages=gallery,
    finish=finish,
    medium=Medium(from_disk=True),
    searched=False,
)
