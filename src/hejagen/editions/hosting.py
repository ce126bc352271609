"""Where the web edition is hosted: one table of types, headers and caching, written out for each kind of server."""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import quoteattr

from hejagen.output import File
from hejagen.rendering.policy import SELF, Policy

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
IIS = """<?xml version="1.0" encoding="utf-8"?>
<!-- För IIS. Skriven av hejagen vid varje bygge: ändra inte här. Guide: docs/how-to/publicera.md -->
<configuration>
  <system.webServer>
    <defaultDocument enabled="true">
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <staticContent>
{types}      <clientCache cacheControlMode="DisableCache" />
    </staticContent>
    <httpErrors errorMode="Custom">
      <remove statusCode="404" subStatusCode="-1" />
      <!-- Sökvägen räknas från webbplatsens rot. -->
      <error statusCode="404" path={missing} responseMode="File" />
    </httpErrors>
    <httpProtocol>
      <customHeaders>
{headers}        {hsts}
      </customHeaders>
    </httpProtocol>
  </system.webServer>
{kept}</configuration>
"""
"""web.config. DisableCache is what IIS calls `Cache-Control: no-cache`. Every type is set anew, so that it does not
matter which ones a version of IIS knows. Source: learn.microsoft.com/iis/configuration/system.webserver."""
IIS_KEPT = """  <location path={folder}>
    <system.webServer>
      <staticContent>
        <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00"
                     cacheControlCustom="public, immutable" />
      </staticContent>
    </system.webServer>
  </location>
"""
"""Rules of a folder whose files may be kept for a year."""


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


def site_files(policy: Policy, url: str | None) -> tuple[File, ...]:
    """Return the files that some hosts read inside the site's own folder. `url` is where the site is published."""
    path = _path(url)
    made = {
        ".nojekyll": "",
        "_headers": _underscore_headers(policy),
        "web.config": _iis(policy, path),
        ".htaccess": _htaccess(policy, path),
    }
    return tuple(File(name, text.encode()) for name, text in made.items())


def server_files(policy: Policy, url: str | None) -> tuple[File, ...]:
    """Return the snippets for whoever runs a server of their own. They are no part of the site, and stand beside it."""
    path = _path(url)
    made = {"hosting/nginx.conf": _nginx(policy, path), "hosting/apache.conf": _apache(policy, path)}
    return tuple(File(name, text.encode()) for name, text in made.items())


def _path(url: str | None) -> str:
    """The site's path on its host, with a slash at both ends."""
    inner = quote(urlsplit(url or "").path.strip("/"), safe="/%")  # nothing that means something to a server
    return f"/{inner}/" if inner else "/"


def _underscore_headers(policy: Policy) -> str:
    # No Cache-Control for the rest: these hosts ask anew by default, and some join the values of two rules that match.
    rows = "".join(f"  {name}: {value}\n" for name, value in headers(policy).items())
    kept = "".join(f"\n/{folder}/*\n  Cache-Control: {KEEP}\n" for folder in IMMUTABLE)
    return f"/*\n{rows}  # {HSTS[0]}: {HSTS[1]}\n{kept}"


def _iis(policy: Policy, path: str) -> str:
    types = "".join(
        f"      <remove fileExtension={quoteattr(ending)} />\n"
        f"      <mimeMap fileExtension={quoteattr(ending)} mimeType={quoteattr(kind)} />\n"
        for ending, kind in TYPES.items()
    )
    rows = "".join(
        f"        <remove name={quoteattr(name)} />\n        <add name={quoteattr(name)} value={quoteattr(value)} />\n"
        for name, value in headers(policy).items()
    )
    kept = "".join(IIS_KEPT.format(folder=quoteattr(folder)) for folder in IMMUTABLE)
    missing = quoteattr(f"{path}404.html".strip("/").replace("/", "\\"))
    hsts = f'<!-- <add name="{HSTS[0]}" value="{HSTS[1]}" /> -->'
    return IIS.format(types=types, headers=rows, hsts=hsts, missing=missing, kept=kept)


def _nginx(policy: Policy, path: str) -> str:
    def rows(cache: str, indent: str) -> str:
        every = "".join(f'{indent}add_header {name} "{value}" always;\n' for name, value in headers(policy).items())
        always = "" if cache == KEEP else " always"  # what is refused in a folder of kept files may come later
        return f'{every}{indent}add_header Cache-Control "{cache}"{always};\n'

    kept = "".join(
        f"\n    # Namnen bär innehållets kontrollsumma.\n"
        f"    location ^~ {path}{folder}/ {{\n{rows(KEEP, ' ' * 8)}    }}\n"
        for folder in IMMUTABLE
    )
    types = "".join(f"        {kind.split(';')[0]} {ending[1:]};\n" for ending, kind in TYPES.items())
    texts = " ".join(_bare(lambda kind: kind.startswith("text/")))
    slash = (
        f"location = {path[:-1]} {{\n    absolute_redirect off;\n    return 301 {path};\n}}\n" if path != "/" else ""
    )
    return f"""# För nginx. Skriven av hejagen vid varje bygge. Guide: docs/how-to/publicera.md
# Läggs inuti server {{ ... }}: include /etc/nginx/snippets/heja.conf;
{slash}location ^~ {path} {{
    alias {PLACE}/;  # mappen med sajtens filer: ändra till er
    index index.html;
    absolute_redirect off;
    error_page 404 {path}404.html;

    types {{
{types}    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types {texts};
    gzip on;
    gzip_vary on;
    gzip_types {" ".join(_bare(_gains))};

    # Ett eget add_header längre in tar bort alla de här: upprepa dem då.
{rows(ASK, "    ")}    # add_header {HSTS[0]} "{HSTS[1]}" always;
{kept}}}
"""


def _apache(policy: Policy, path: str) -> str:
    place = f"Alias {path[:-1]} {PLACE}" if path != "/" else f"DocumentRoot {PLACE}"
    inner = "".join(f"    {line}\n" for line in _apache_rules(policy, path))
    return f"""# För Apache 2.4. Skriven av hejagen vid varje bygge. Guide: docs/how-to/publicera.md
# Kräver: a2enmod headers deflate. {PLACE} är mappen med sajtens filer: ändra till er, på två ställen.
{place}
<Directory {PLACE}>
    Require all granted
    AllowOverride None
    Options -Indexes
    DirectoryIndex index.html
    AddOutputFilterByType DEFLATE text/html {" ".join(_bare(_gains))}
{inner}</Directory>
"""


def _htaccess(policy: Policy, path: str) -> str:
    # Nothing here needs more than AllowOverride FileInfo: where a directive is not allowed, all pages would fail.
    rules = "".join(f"{line}\n" for line in _apache_rules(policy, path, "<IfModule mod_headers.c>", "</IfModule>"))
    about = "# För Apache 2.4. Skriven av hejagen vid varje bygge: ändra inte här. Kräver AllowOverride FileInfo."
    # Below WordPress or the like, its rules would answer for what is not there.
    return f"{about}\n{rules}<IfModule mod_rewrite.c>\nRewriteEngine Off\n</IfModule>\n"


def _apache_rules(policy: Policy, path: str, *guard: str) -> Iterator[str]:
    """Yield the lines that both kinds of file share; `guard` stands around those that need mod_headers."""
    yield f"ErrorDocument 404 {path}404.html"
    for ending, kind in TYPES.items():
        yield f'AddType "{kind}" {ending}'
    yield from guard[:1]
    for name, value in headers(policy).items():
        yield f'Header always set {name} "{value}"'
    yield f'# Header always set {HSTS[0]} "{HSTS[1]}"'
    yield f'Header always set Cache-Control "{ASK}"'
    hashed = f"%{{REQUEST_URI}} =~ m#^{path}({'|'.join(IMMUTABLE)})/# && %{{REQUEST_STATUS}} -lt 400"
    yield f'Header always set Cache-Control "{KEEP}" "expr={hashed}"'
    yield from guard[1:]


def _gains(kind: str) -> bool:
    return kind == TYPES[".svg"] or not kind.startswith(BINARY)


def _bare(wanted: Callable[[str], bool]) -> list[str]:
    """Types without their charset, as nginx and Apache compare them. They take HTML for granted."""
    found = dict.fromkeys(kind.split(";")[0] for kind in TYPES.values() if wanted(kind))
    return [kind for kind in found if kind != "text/html"]
