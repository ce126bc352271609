"""The security policies of a hosted site and of pages that are opened from a disk. Editions extend them."""

import re

from hejagen.model.settings import Form
from hejagen.model.site import Site
from hejagen.rendering.policy import NONE, SELF, Policy

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")


def hosted(site: Site) -> Policy:
    """Return the policy of a hosted site. Only search needs 'wasm-unsafe-eval'.

    A page's meta element cannot carry frame-ancestors: the standard ignores it there, so the server headers add it.
    """
    form = site.config.feedback if isinstance(site.config.feedback, Form) else None
    server, thanks = (_origin(form.action), _origin(form.thanks or "")) if form else ((), ())
    asked = server if form and form.answers == "json" else ()
    return Policy(
        {
            "default-src": (NONE,),
            "script-src": (SELF, "'wasm-unsafe-eval'"),
            "style-src": (SELF,),
            "img-src": (SELF, "data:"),
            "font-src": (SELF,),
            "connect-src": (SELF, *asked),
            "manifest-src": (SELF,),
            "form-action": (SELF, *server, *thanks),
            "base-uri": (NONE,),
        }
    )


def on_disk(site: Site) -> Policy:
    """Return the policy of pages that are opened from a disk.

    Firefox does not treat a local file as 'self' in form-action, so the search form needs the scheme by name.
    """
    policy = hosted(site)
    same_site, *servers = policy.directives["form-action"]
    return policy.with_("form-action", same_site, "file:", *servers)


def _origin(address: str) -> tuple[str, ...]:
    """Return the origin of an address on another server: its scheme, host and port.

    Chromium also applies form-action to the address that the server redirects to.
    """
    host = ORIGIN.match(address)
    return (host[0],) if host else ()
