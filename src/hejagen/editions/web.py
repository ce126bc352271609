"""The hosted site: search index, service worker and, for servers that read them, a file of headers."""

from pathlib import Path
from urllib.parse import urlsplit

from hejagen.edition import Edition
from hejagen.model import Form, Site
from hejagen.search_index import make_index
from hejagen.service_worker import add_worker


def policy(site: Site) -> str:
    """Return the Content-Security-Policy of every page. Only search needs 'wasm-unsafe-eval'; nothing else is let in.

    Rule of the directives: W3C Content Security Policy Level 3. The page's meta element carries the same policy without
    frame-ancestors, which the standard ignores there.
    """
    target = site.config.feedback.action if isinstance(site.config.feedback, Form) else ""
    host = urlsplit(target)
    elsewhere = f" {host.scheme}://{host.netloc}" if host.netloc else ""
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self'{elsewhere}; manifest-src 'self'; "
        f"form-action 'self'{elsewhere}; base-uri 'none'"
    )


def headers(site: Site) -> str:
    """Return a `_headers` file, as several static hosts read it."""
    rows = {
        "Content-Security-Policy": f"{policy(site)}; frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    }
    every = "".join(f"  {name}: {value}\n" for name, value in rows.items())
    return f"/*\n{every}\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n/sw.*\n  Cache-Control: no-cache\n"


def finish(site: Site, folder: Path, before: Path | None) -> None:
    """Add the headers, the search index and last the service worker to a written site. Raises SearchFailed."""
    (folder / "_headers").write_text(headers(site), "utf-8")
    make_index(folder, before)
    add_worker(site, folder)


EDITION = Edition(name="web", folder="web", index_links=False, policy=policy, finish=finish, service_worker=True)
