"""The kinds of pages: what holds for all pages with the same template in layouts/pages/. A new kind is a row here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

PageTemplate = Literal[
    "page", "home", "exercises", "programs", "behaviours", "areas", "search", "training", "follow-up",
    "accessibility", "assessment", "team-assessment", "glossary", "feedback", "agenda", "workshop", "offline",
    "not-found", "no-network",
]  # fmt: skip
"""The kinds that a text in content/<lang>/pages can choose as its `template`."""
CatalogueFile = Literal["catalogue", "catalogue-details"]
"""A file with what scripts know of exercises and programs: what choosing needs, and the rest."""
SHORT: tuple[CatalogueFile, ...] = ("catalogue",)
WHOLE: tuple[CatalogueFile, ...] = ("catalogue", "catalogue-details")


@dataclass(frozen=True, slots=True)
class PageKind:
    """What the program needs to know of a kind of page. The usual one is a text below the start page."""

    name: str
    """Also the name of its template."""
    text: bool = True
    """Its pages are texts that choose it. The others are made of exercises, programs and lists."""
    single: bool = False
    """Every language has exactly one page of it: others link to it by its kind."""
    below_home: bool = True
    """The way to it begins at the start page."""
    listed: bool = True
    """The sitemap names its pages, and robots may index them."""
    searched: bool = True
    """The search finds its pages."""
    served: bool = False
    """Only servers show its pages: copies that are opened from a disk do not have them."""
    missing: bool = False
    """Shown in place of what is not there, at any address."""
    practised: bool = False
    """What readers come for: above other pages in the search, in the feed, and with its origin on paper."""
    catalogue: tuple[CatalogueFile, ...] = ()
    """The files of the catalogue that its scripts need."""
    section: str = ""
    """Entry of the main menu that its pages lie below. Empty = its own name."""


PAGE_KINDS: Mapping[str, PageKind] = {
    kind.name: kind
    for kind in (
        PageKind("page"),
        PageKind("home", single=True, below_home=False, searched=False, catalogue=SHORT),
        PageKind("exercises", single=True),
        PageKind("programs", single=True),
        PageKind("behaviours", single=True),
        PageKind("areas", single=True),
        PageKind("search", single=True, listed=False, searched=False, catalogue=SHORT),
        PageKind("training", single=True, catalogue=WHOLE),
        PageKind("accessibility", single=True),
        PageKind("follow-up", listed=False, searched=False, catalogue=WHOLE, section="training"),
        PageKind("assessment", single=True, catalogue=SHORT),
        PageKind("team-assessment"),
        PageKind("glossary", single=True),
        PageKind("feedback", single=True),
        PageKind("agenda", catalogue=WHOLE),
        PageKind("workshop"),
        PageKind("offline"),
        PageKind("not-found", True, True, below_home=False, listed=False, searched=False, served=True, missing=True),
        PageKind("no-network", single=True, below_home=False, listed=False, searched=False, served=True),
        PageKind("exercise", text=False, practised=True, section="exercises"),
        PageKind("worksheet", text=False, searched=False, section="exercises"),
        PageKind("program", text=False, practised=True, section="programs"),
        PageKind("guide", text=False, section="exercises", catalogue=SHORT),
        PageKind("behaviour", text=False),
        PageKind("area", text=False),
    )
}
"""Every kind by name."""
FILE = PageKind("file", text=False, below_home=False, listed=False, searched=False)
"""What is no page of the site: files for machines, and the pages of the gallery."""
