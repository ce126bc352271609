"""The hosted site: search index, and what servers of different kinds need to be told."""

from pathlib import Path
from urllib.parse import quote, urlsplit

from hejagen.edition import Edition
from hejagen.hosting import server_files, site_files
from hejagen.model import Form, Site
from hejagen.output import write
from hejagen.search_index import make_index


def policy(site: Site) -> str:
    """Return the Content-Security-Policy of every page. Only search needs 'wasm-unsafe-eval'; nothing else is let in.

    Rule of the directives: W3C Content Security Policy Level 3. The page's meta element carries the same policy without
    frame-ancestors, which the standard ignores there.
    """
    target = site.config.feedback.action if isinstance(site.config.feedback, Form) else ""
    host = urlsplit(target)
    elsewhere = f" {host.scheme}://{quote(host.netloc, safe=':[]')}" if host.netloc else ""
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self'{elsewhere}; manifest-src 'self'; "
        f"form-action 'self'{elsewhere}; base-uri 'none'"
    )


def finish(site: Site, folder: Path, before: Path | None) -> None:
    """Add the search index and the hosts' files to a written site, and snippets for servers beside it. Raises
    SearchFailed."""
    write(site_files(policy(site), site.config.url), folder)
    write(server_files(policy(site), site.config.url), folder.parent / "hosting")
    make_index(folder, before)


EDITION = Edition(name="web", folder="web", index_links=False, policy=policy, finish=finish)
