"""The security policies that editions begin with: of a hosted site, and of pages that are opened from a disk."""

import re

from hejagen.model.settings import Form
from hejagen.model.site import Site
from hejagen.rendering.policy import NONE, SELF, Policy

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")


def hosted(site: Site) -> Policy:
    """Return the policy of a hosted site. Only search needs 'wasm-unsafe-eval'; nothing else is let in.

    A page's meta element cannot carry frame-ancestors: the standard ignores it there, and the servers' headers add it.
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
    """Return the policy of pages that are opened from a disk. To Firefox a local file is not the form's own origin: the
    search form needs the scheme by name."""
    policy = hosted(site)
    own, *servers = policy.directives["form-action"]
    return policy.with_("form-action", own, "file:", *servers)


def _origin(address: str) -> tuple[str, ...]:
    """Return the origin of an address on another server: its scheme, host and port. Chromium also holds form-action
    against the address that the server redirects to."""
    host = ORIGIN.match(address)
    return (host[0],) if host else ()
