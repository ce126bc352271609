"""What all commands share."""

import io
import sys

import pytest

from hejagen.commands.ui import progress


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("stream", "form", "written"),
    [
        (Terminal(), "text", "\r\x1b[K1 of 9 layers, 0 s\r\x1b[K"),
        (Terminal(), "json", ""),
        (io.StringIO(), "text", ""),
    ],
)
def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, form: str, written: str
) -> None:
    """Long work shows how far it has come and for how long, and leaves nothing behind; a log or a program gets none."""
    monkeypatch.setattr(sys, "stderr", stream)
    with progress(form) as show:
        show("1 of 9 layers")
    assert stream.getvalue() == written
