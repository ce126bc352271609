"""The hosted site: with what servers of different kinds need to be told, what can be downloaded, and its worker."""

from datetime import date

from hejagen.editions.hosting import server_files, site_files
from hejagen.editions.policy import hosted
from hejagen.editions.service_worker import worker_files
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.edition import Edition


def finish(site: Site, files: tuple[File, ...], built: date) -> tuple[File, ...]:
    """Add the service worker for what is there, and the hosts' files."""
    return (*files, *worker_files(site, files), *site_files(hosted(site), site.config.url, site.config.languages[0]))


def beside(site: Site) -> tuple[File, ...]:
    """Return the snippets for servers, which are not published."""
    return server_files(hosted(site), site.config.url, site.config.languages[0])


EDITION = Edition(
    name="web",
    folder="web",
    policy=hosted,
    finish=finish,
    offers_downloads=True,
    beside=beside,
    scripts=("offline.js",),
    service_worker=True,
)
