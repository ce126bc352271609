"""What ends a command with a message and not with a traceback: one tree of errors, which commands show in one way."""

import os
import sys
from typing import Literal

from hejagen import __version__
from hejagen.messages import NOTHING, Message, say

UNTOUCHED = say("The last good build is untouched.")
"""What to say when a build has failed or was stopped."""


STOPPED = say("Stopped.")
"""What to say when somebody has stopped a command."""


class HejagenError(Exception):
    """Something is wrong that whoever runs the command can put right.

    `message` says what is wrong and `hint` what to do, each in whole sentences. `exit_code` is 1 for problems in the
    content or on the computer, 2 for wrong usage and 130 for Ctrl-C.
    """

    exit_code = 1

    def __init__(self, message: Message, hint: Message = NOTHING) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    @property
    def sentences(self) -> Message:
        """What is wrong and what to do."""
        return say("{message} {hint}", message=self.message, hint=self.hint) if self.hint else self.message


class WrongUsage(HejagenError):
    """The command was called with something that it cannot work with, such as a folder that is not a layer."""

    exit_code = 2


class Stopped(HejagenError):
    """Somebody pressed Ctrl-C."""

    exit_code = 130

    def __init__(self, message: Message = STOPPED, hint: Message = UNTOUCHED) -> None:
        super().__init__(message, hint)


def cannot(verb: Literal["read", "write"], error: OSError, path: str = "") -> HejagenError:
    """Return the error for a file that the system will not read or write. `path` is used when the system names none."""
    what, reason = error.filename or path or say("what is needed"), error.strerror or str(error)
    message = say("Cannot read {what}: {reason}.", what=what, reason=reason)
    if verb == "write":
        message = say("Cannot write {what}: {reason}.", what=what, reason=reason)
    return HejagenError(message, UNTOUCHED)


def report_fault(fault: BaseException) -> Message:
    """Write a report about a fault of the program itself into the folder for temporary files, and return what to say:
    where it lies, or all of it when it cannot be written.

    The report holds the versions of hejagen, Python and the system, the command that was run and the traceback.
    """
    import platform  # these take longer to load than all the rest that a short command needs
    import tempfile
    import traceback

    rows = (
        f"hejagen {__version__}, Python {sys.version}, {platform.platform()}",
        f"command: {sys.argv}",
        *traceback.format_exception(fault),
    )
    try:
        number, name = tempfile.mkstemp(prefix="hejagen-fault-", suffix=".txt")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join(rows))
    except OSError:
        return say(
            "{report}\nThis is a fault in hejagen, not in your files. The last good build is untouched. "
            "Send all this to those who maintain it, and say what you did.",
            report="\n".join(rows),
        )
    return say(
        "This is a fault in hejagen, not in your files. The last good build is untouched. "
        "Send {name} to those who maintain it, and say what you did.",
        name=name,
    )
