"""Where the web edition is hosted: one table of types, headers and caching, filled into a template for each kind of
server. The templates lie in layouts/hosting; no layer can replace them, since servers obey what they say."""

import re
import string
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit
from xml.sax.saxutils import quoteattr

from hejagen.languages import language
from hejagen.output import File
from hejagen.rendering.policy import SELF, Policy
from hejagen.rendering.templates import base_environment

TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".sha256": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
    ".pdf": "application/pdf",
}
"""Content type by ending, for every ending that the site may hold. JSON is UTF-8 and XML says its encoding itself."""
IMMUTABLE = ("assets", "search/i", "search/f")
"""Folders whose files all have their content's hash in the name: a browser may keep them and never ask again."""
YEAR = 365 * 24 * 60 * 60
"""Seconds that an immutable file may be kept."""
KEEP, ASK = f"public, max-age={YEAR}, immutable", "no-cache"
"""Cache-Control of immutable files, and of all others: kept, but asked for anew each time."""
HSTS = "Strict-Transport-Security", "max-age=31536000"
"""Written as a comment only: it binds the whole host name, also what others have there."""
BINARY = ("image/", "font/", "application/zip", "application/pdf")
"""Beginnings of the types that gain nothing from compression, apart from SVG, which is text."""
PLACE = "/var/www/heja"
"""Folder on the server in the snippets. Whoever puts them in place changes it."""
FOR_THE_SITE: Mapping[str, str] = {"_headers": "_headers", "web.config": "web.config", ".htaccess": "htaccess"}
"""The files that some hosts read inside the site's own folder, and their templates in layouts/hosting."""
SNIPPETS = ("nginx.conf", "apache.conf")
"""What whoever runs a server of their own puts into its configuration; also the names of the templates."""
PLAIN = frozenset(string.ascii_letters + string.digits + "/-._~!&'()*+,;=:@ ")
"""What may stand between double quotes in the configuration of every server without meaning something there."""


def headers(policy: Policy) -> dict[str, str]:
    """Return the headers of every response, scripts and error pages too. `policy` is the pages' own; as a header it
    also says who may frame the site, which the standard ignores in a page (W3C CSP Level 3, section 3.3)."""
    return {
        "Content-Security-Policy": str(policy.with_("frame-ancestors", SELF)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def site_files(policy: Policy, url: str | None, lang: str) -> tuple[File, ...]:
    """Return the files that some hosts read inside the site's own folder.

    `url` is where the site is published, `lang` the language of the comments.
    """
    made = _filled(policy, url, lang, FOR_THE_SITE)
    return (File(".nojekyll", b""), *(File(name, text.encode()) for name, text in made.items()))


def server_files(policy: Policy, url: str | None, lang: str) -> tuple[File, ...]:
    """Return the snippets for whoever runs a server of their own. They are no part of the site, and stand beside it."""
    made = _filled(policy, url, lang, {f"hosting/{name}": name for name in SNIPPETS})
    return tuple(File(name, text.encode()) for name, text in made.items())


def _filled(policy: Policy, url: str | None, lang: str, templates: Mapping[str, str]) -> dict[str, str]:
    """Texts by file name, from `templates`, which has the name of each file's template."""
    path = site_path(url)
    values = {
        "path": path,
        "encoded": quote(path, safe="/%"),
        "headers": headers(policy),
        "types": TYPES,
        "texts": _bare(kind for kind in TYPES.values() if kind.startswith("text/")),
        "compressed": _bare(kind for kind in TYPES.values() if kind == TYPES[".svg"] or not kind.startswith(BINARY)),
        "immutable": IMMUTABLE,
        "keep": KEEP,
        "ask": ASK,
        "hsts": HSTS,
        "place": PLACE,
        "remark": lambda english: language(lang).server_remarks.get(english, english),
    }
    environment = base_environment("hosting")
    environment.filters |= {"attribute": quoteattr, "quoted": _quoted, "pattern": _pattern, "bare": _without_charset}
    return {name: environment.get_template(template).render(values) for name, template in templates.items()}


def site_path(url: str | None) -> str:
    """Return the site's path on its host as servers compare it, decoded, with a slash at both ends.

    A sign that a server could take for an instruction stays encoded. It then matches no request, and spoils no file.
    """
    decoded = unquote(urlsplit(url or "").path).strip("/")
    inner = "".join(sign if sign in PLAIN or (sign > "~" and sign.isprintable()) else quote(sign) for sign in decoded)
    return f"/{inner}/" if inner else "/"


def _quoted(path: str) -> str:
    """A path in quotes, if a server would else read more than one word in it."""
    return path if re.fullmatch(r"[\w/.~%-]+", path, re.ASCII) else f'"{path}"'


def _pattern(path: str) -> str:
    """A regular expression that matches the path. Of what `site_path` lets through, five signs mean something there."""
    return re.sub(r"[.*+()]", r"\\\g<0>", path)


def _without_charset(kind: str) -> str:
    return kind.partition(";")[0]


def _bare(kinds: Iterable[str]) -> list[str]:
    """Types without their charset, as nginx and Apache compare them. They take HTML for granted."""
    return [kind for kind in dict.fromkeys(map(_without_charset, kinds)) if kind != "text/html"]
