"""What a check yields: a problem that does not know yet which rule it breaks."""

from typing import NamedTuple

from hejagen.problems import Level, Location, Problem


class Finding(NamedTuple):
    """Where, what, what to do about it, and whether it stops the build."""

    at: Location
    message: str
    hint: str = ""
    level: Level = "error"

    def problem(self, rule: str) -> Problem:
        """Return the finding as a problem with a rule."""
        return Problem(self.at, rule, self.message, self.hint, self.level)
