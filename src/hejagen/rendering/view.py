"""A page and all that it is shown with: what links, phrases, cards and progress are made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from hejagen.model.site import Content, Site
from hejagen.output import File
from hejagen.rendering.edition import Edition
from hejagen.rendering.pages import Page
from hejagen.rendering.reads import Headlines
from hejagen.words.translate import Translator


@dataclass(frozen=True, slots=True)
class CoverUrls:
    """Links to the three files of a cover."""

    light: str
    dark: str
    lines: str
    soon: bool = False
    """Whether it stands where the page is seen first, and is loaded before the page is laid out."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What every page of an edition is rendered with."""

    site: Site
    edition: Edition
    pages: Mapping[str, Mapping[str, Page]]
    """By language and key."""
    paths: Mapping[str, str]
    """Paths of styles, scripts and pictures by plain name, such as site.css."""
    words: Mapping[str, Translator]
    """By language."""
    vocabularies: Mapping[str, Headlines]
    """By language."""
    compounds: Mapping[str, str]
    """Last parts of compound words for the search, by the page's path."""
    cover: Callable[[CoverUrls], Markup]
    """The component that shows a cover in a list."""
    terms: Mapping[str, Callable[..., Markup]]
    """The component that explains a word, by language."""
    offered: Iterable[File]
    """Files that can be downloaded."""


@dataclass(frozen=True, slots=True)
class View:
    """A page with what its edition is rendered with, seen in the page's language."""

    rendering: Rendering
    page: Page

    @property
    def site(self) -> Site:
        """The site."""
        return self.rendering.site

    @property
    def content(self) -> Content:
        """What is written in the page's language."""
        return self.rendering.site.contents[self.page.lang]

    @property
    def words(self) -> Translator:
        """The words of the page's language."""
        return self.rendering.words[self.page.lang]

    @property
    def pages(self) -> Mapping[str, Page]:
        """The pages of the page's language, by key."""
        return self.rendering.pages[self.page.lang]
