"""What all commands share."""

import io
import sys

import pytest

from hejagen.commands.ui import progress
from tests.helpers import run


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


def test_click_speaks_the_language_of_messages() -> None:
    """What click says of a wrong command, option or value, and above its help, is in the language that is asked for."""
    swedish = [
        run("--lang", "sv", *words)
        for words in (("bygg",), ("build", "--nix"), ("serve", "--port", "x"), ("check", "-h"))
    ]
    said = " ".join(done.stdout + done.stderr for done in swedish)
    for words in (
        "inget kommando 'bygg'",
        "inget val '--nix'",
        "Fel: Värdet för",
        "Användning:",
        "Visa den här texten",
    ):
        assert words in said
    assert not [words for words in ("Usage", "Error", "Try", "Options", "No such", "Show this") if words in said]
    assert "Error: No such command 'bygg'." in run("--lang", "en", "bygg").stderr
    assert "Mapp 'nix' finns inte." in run("--lang", "sv", "check", "--layer", "nix").stderr
    assert "Directory 'nix' does not exist." in run("--lang", "en", "check", "--layer", "nix").stderr
    assert [done.returncode for done in swedish] == [2, 2, 2, 0]
