"""What a language is to the program. Who adds a language writes one of these, in a module with its two letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What holds in one language. The default is for a language that nobody has described: it has no rules."""

    server_remarks: Mapping[str, str] = field(default_factory=dict)
    """Remarks in the files for servers, by the English that layouts/hosting has; what is missing stays English."""
