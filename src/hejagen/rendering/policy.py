"""The security policy of pages, as a value: directives and the sources that each lets in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

NONE, SELF = "'none'", "'self'"


@dataclass(frozen=True, slots=True)
class Policy:
    """A Content-Security-Policy (W3C CSP Level 3). `str()` gives it as pages and headers carry it."""

    directives: Mapping[str, tuple[str, ...]]
    """Sources by the directive's name, in the order in which they are written."""

    def with_(self, directive: str, *sources: str) -> "Policy":
        """Return the policy with a directive replaced, or added at the end."""
        return Policy(MappingProxyType({**self.directives, directive: sources}))

    def without(self, *directives: str) -> "Policy":
        """Return the policy without some directives. Raises KeyError for one that it does not have."""
        rest = dict(self.directives)
        for directive in directives:
            del rest[directive]
        return Policy(MappingProxyType(rest))

    def __str__(self) -> str:
        return "; ".join(" ".join((directive, *sources)) for directive, sources in self.directives.items())
