"""What click itself says, such as "No such option", in the language of messages.

Click asks the functions of Python's gettext, which read compiled files of the system only. Its modules get ours.
"""

from collections.abc import Callable

import click

from hejagen.messages import Message, Words, say, say_number

MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui, click.types)
SAID: tuple[Message, ...] = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Show this message and exit."),
    say("Show the version and exit."),
    say("default: {default}"),
    say("Error: {message}"),
    say("Try '{command} {option}' for help."),
    say("Invalid value for {param_hint}: {message}"),
    say("Invalid value: {message}"),
    say("No such option {name!r}."),
    say("No such command {name!r}."),
    say("Missing argument"),
    say("Missing option"),
    say("Missing command."),
    say("Option {name!r} does not take a value."),
    say("{name} {filename!r} does not exist."),
    say("{name} {filename!r} is a directory."),
    say("{name} {filename!r} is a file."),
    say("{name} {filename!r} is not readable."),
    say("file"),
    say("directory"),
    say("path"),
    say("{value!r} is not a valid {number_type}."),
    say("{value} is not in the range {range}."),
)
"""The sentences of click that our commands can come to say, as its own catalogue would have them."""
COUNTED: tuple[Message, ...] = (
    say_number("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1, possibility=""),
    say_number("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1, args=""),
    say_number("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1, value="", choice=""),
    say_number("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1, name=""),
)


def give_words(words: Callable[[], Words]) -> None:
    """Let click say its sentences by a catalogue, which is asked for when something is said."""

    def gettext(text: str) -> str:
        return words().gettext(text)

    def ngettext(singular: str, plural: str, number: int) -> str:
        return words().ngettext(singular, plural, number)

    for module in MODULES:
        for name, function in (("_", gettext), ("ngettext", ngettext)):
            if hasattr(module, name):
                setattr(module, name, function)
