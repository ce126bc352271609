"""The pages of the editions that are opened from a disk, and the name of their start page."""

from dataclasses import replace

from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.rendering.pages import Page

START = "START.html"
"""The start page. It must be easy to see among the folders. Old unpackers garble names that are not ASCII."""


SOCIAL = "assets/social"
"""How the paths of pictures for social media begin. Only an address on the web can be shared with one."""


def without_social(files: tuple[File, ...]) -> tuple[File, ...]:
    """Return the files without the pictures for social media."""
    return tuple(file for file in files if not file.path.startswith(SOCIAL))


def languages_on_disk(site: Site) -> tuple[str, ...]:
    """Return the languages of copies for a disk, the main one first."""
    main, *others = site.config.languages
    return (main, *(lang for lang in others if lang not in site.config.online_only))


def without_online_only(site: Site, files: tuple[File, ...]) -> tuple[File, ...]:
    """Return the files without the catalogues of the languages that copies for a disk leave out."""
    left_out = tuple(f"assets/catalogue{part}.{lang}." for lang in site.config.online_only for part in ("", "-details"))
    return tuple(file for file in files if not (left_out and file.path.startswith(left_out)))


def disk_pages(site: Site, layers: Layers, every: tuple[Page, ...]) -> tuple[tuple[Page, ...], list[Problem]]:
    """Return the site's pages except those that only a server shows, and those in languages that are online only. The
    start page gets the name START.html."""
    languages = languages_on_disk(site)
    shown = (page for page in every if not page.kind.served and page.lang in languages)
    return tuple(replace(page, path=START) if page.path == "index.html" else page for page in shown), []
