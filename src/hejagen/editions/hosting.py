"""Write the configuration of servers that host the web edition, from one table of types, headers and caching.

The templates are in layouts/hosting. No layer can replace them, because servers execute what they contain.
"""

import re
import string
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit

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
"""Folders whose file names all contain a hash of the content. Browsers may cache these files for ever."""
YEAR = 365 * 24 * 60 * 60
"""Seconds that a browser may cache an immutable file."""
KEEP, ASK = f"public, max-age={YEAR}, immutable", "no-cache"
"""Cache-Control of immutable files, and of all other files, which the browser must revalidate each time."""
HSTS = "Strict-Transport-Security", "max-age=31536000"
"""Written as a comment only, because it applies to every site on the host name."""
BINARY = ("image/", "font/", "application/zip", "application/pdf")
"""Prefixes of the types that compression does not make smaller. SVG is an exception, because it is text."""
PLACE = "/var/www/heja"
"""Folder on the server in the snippets. The administrator changes it."""
FOR_THE_SITE: Mapping[str, str] = {"_headers": "_headers", "web.config": "web.config", ".htaccess": "htaccess"}
"""The files that some hosts read in the folder of the site, and their templates in layouts/hosting."""
SNIPPETS = ("nginx.conf", "apache.conf")
"""Snippets for the configuration of a server. The templates have the same names."""
PLAIN = frozenset(string.ascii_letters + string.digits + "/-._~!&'()*+,;=:@ ")
"""Characters without special meaning between double quotes in the configuration of every server."""


def headers(policy: Policy) -> dict[str, str]:
    """Return the headers of every response, also of scripts and error pages.

    `policy` is the policy of the pages. The header adds who may frame the site, which the standard ignores in a page
    (W3C CSP Level 3, section 3.3).
    """
    return {
        "Content-Security-Policy": str(policy.with_("frame-ancestors", SELF)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def site_files(policy: Policy, url: str | None, lang: str) -> tuple[File, ...]:
    """Return the files that some hosts read in the folder of the site.

    `url` is where the site is published, `lang` the language of the comments.
    """
    texts = _filled(policy, url, lang, FOR_THE_SITE)
    return (File(".nojekyll", b""), *(File(name, text.encode()) for name, text in texts.items()))


def server_files(policy: Policy, url: str | None, lang: str) -> tuple[File, ...]:
    """Return the snippets for the configuration of a server. They lie beside the site and are not part of it."""
    texts = _filled(policy, url, lang, {f"hosting/{name}": name for name in SNIPPETS})
    return tuple(File(name, text.encode()) for name, text in texts.items())


def _filled(policy: Policy, url: str | None, lang: str, templates: Mapping[str, str]) -> dict[str, str]:
    """Return texts by file name. `templates` holds the name of each file's template."""
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
        "unseen": "|".join(map(re.escape, FOR_THE_SITE)),
        "place": PLACE,
        "remark": lambda english: language(lang).server_remarks.get(english, english),
    }
    from xml.sax.saxutils import quoteattr  # with it come urllib.request, http and email

    environment = base_environment("hosting")
    environment.filters |= {"attribute": quoteattr, "quoted": _quoted, "pattern": _pattern, "bare": _without_charset}
    return {name: environment.get_template(template).render(values) for name, template in templates.items()}


def site_path(url: str | None) -> str:
    """Return the site's path on its host, decoded as servers compare it, with a slash at both ends.

    A character that a server could read as syntax stays encoded. It then matches no request and breaks no file.
    """
    decoded = unquote(urlsplit(url or "").path).strip("/")
    inner = "".join(sign if sign in PLAIN or (sign > "~" and sign.isprintable()) else quote(sign) for sign in decoded)
    return f"/{inner}/" if inner else "/"


def _quoted(path: str) -> str:
    """Return the path, in quotes if a server would otherwise read it as several words."""
    return path if re.fullmatch(r"[\w/.~%-]+", path, re.ASCII) else f'"{path}"'


def _pattern(path: str) -> str:
    """Return a regular expression for the path. `site_path` leaves five special characters that need a backslash."""
    return re.sub(r"[.*+()]", r"\\\g<0>", path)


def _without_charset(kind: str) -> str:
    return kind.partition(";")[0]


def _bare(kinds: Iterable[str]) -> list[str]:
    """Return types without their charset, as nginx and Apache compare them, except HTML, which they always include."""
    return [kind for kind in dict.fromkeys(map(_without_charset, kinds)) if kind != "text/html"]
