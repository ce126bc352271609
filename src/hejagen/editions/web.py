"""The hosted site, with configuration for servers, downloads and a service worker."""

from collections.abc import Iterator
from datetime import date

from hejagen.editions import offline, single
from hejagen.editions.hosting import server_files, site_files
from hejagen.editions.policy import hosted
from hejagen.editions.script_words import with_words_in_scripts
from hejagen.editions.service_worker import worker_files
from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.rendering.edition import Edition, Medium, Output
from hejagen.rendering.pages import Page, file_page

MAX_ENTRIES = 30
"""Exercises and programs in the feed."""


def web_pages(site: Site, layers: Layers, every: tuple[Page, ...]) -> tuple[tuple[Page, ...], list[Problem]]:
    """Return all pages of the site, and the files for browsers, robots and feed readers."""
    return (*every, *_files(site, every)), []


def _files(site: Site, every: tuple[Page, ...]) -> Iterator[Page]:
    yield file_page(site, "editions/web/robots.txt")
    yield file_page(site, "editions/web/site.webmanifest")
    if site.config.url:  # sitemap and feed need full addresses
        items = (page for page in every if page.kind.practised)
        newest = sorted(items, key=lambda page: (page.changed, page.key), reverse=True)
        yield file_page(site, "editions/web/sitemap.xml", {"listed": tuple(page for page in every if page.kind.listed)})
        yield file_page(site, "editions/web/feed.atom", {"newest": tuple(newest[:MAX_ENTRIES])})


def finish(site: Site, files: tuple[File, ...], built: date) -> Output:
    """Add the service worker and the files for hosts. The snippets for servers lie beside the site."""
    files = with_words_in_scripts(files)
    policy, url, lang = hosted(site), site.config.url, site.config.languages[0]
    return Output(
        (*files, *worker_files(site, files), *site_files(policy, url, lang)),
        beside=server_files(policy, url, lang),
    )


EDITION = Edition(
    name="web",
    summary="the hosted site",
    policy=hosted,
    pages=web_pages,
    finish=finish,
    medium=Medium(service_worker=True),
    scripts={"offline.js": ("layouts/editions/web/offline.js",)},
    offers=(offline.EDITION, single.EDITION),
)
