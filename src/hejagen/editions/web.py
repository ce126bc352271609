"""The hosted site: with what servers of different kinds need to be told, what can be downloaded, and its worker."""

import re
from datetime import date

from hejagen.editions.hosting import server_files, site_files
from hejagen.editions.service_worker import worker_files
from hejagen.model.settings import Form
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.edition import Edition

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")


def policy(site: Site) -> str:
    """Return the Content-Security-Policy of every page. Only search needs 'wasm-unsafe-eval'; nothing else is let in.

    Rule of the directives: W3C Content Security Policy Level 3. The page's meta element carries the same policy without
    frame-ancestors, which the standard ignores there.
    """
    form = site.config.feedback if isinstance(site.config.feedback, Form) else None
    server, thanks = (_elsewhere(form.action), _elsewhere(form.thanks or "")) if form else ("", "")
    asked = server if form and form.answers == "json" else ""
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self'{asked}; manifest-src 'self'; "
        f"form-action 'self'{server}{thanks}; base-uri 'none'"
    )


def _elsewhere(address: str) -> str:
    """The origin of an address on another server as a policy lists it: nothing but its scheme, host and port. Chromium
    also holds form-action against where the server leads on to."""
    host = ORIGIN.match(address)
    return f" {host[0]}" if host else ""


def finish(site: Site, files: tuple[File, ...], built: date) -> tuple[File, ...]:
    """Add the service worker for what is there, and the hosts' files."""
    return (*files, *worker_files(site, files), *site_files(policy(site), site.config.url))


def beside(site: Site) -> tuple[File, ...]:
    """Return the snippets for servers, which are not published."""
    return server_files(policy(site), site.config.url)


EDITION = Edition(
    name="web",
    folder="web",
    policy=policy,
    finish=finish,
    offers_downloads=True,
    beside=beside,
    scripts=("offline.js",),
    service_worker=True,
)
