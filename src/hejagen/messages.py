"""Messages: English sentences that remember what they are made of, so that they can be said in another language."""

import gettext
import re
from collections.abc import Mapping
from typing import Protocol

SPOKEN = ("en", "sv")
"""The languages of messages. English is that of the program itself."""


class Words(Protocol):
    """A catalogue, as gettext has it."""

    def gettext(self, message: str, /) -> str:
        """Return the translation of a sentence, or the sentence itself."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """Return the translation of the form that a number needs."""


class Message(str):
    """A sentence in English. `msgid` is what stands in the catalogue, with placeholders such as {name}; `plural` the
    form for other numbers than one, if it has one; `values` are the values of the placeholders."""

    __slots__ = ("msgid", "plural", "values")
    msgid: str
    plural: str
    values: dict[str, object]

    def __new__(cls, msgid: str, plural: str = "", values: dict[str, object] | None = None) -> "Message":
        """Return the message. Raises KeyError when a placeholder has no value."""
        form = plural if plural and values and values["number"] != 1 else msgid
        message = super().__new__(cls, form.format(**values) if values else form)
        message.msgid, message.plural, message.values = msgid, plural, values or {}
        return message

    def __reduce__(self) -> tuple[type["Message"], tuple[str, str, dict[str, object]]]:
        return Message, (self.msgid, self.plural, self.values)


ENGLISH: Words = gettext.NullTranslations()
"""The words of a message as they stand in the program."""
NOTHING = Message("")
"""What to say when there is nothing to say."""


def say(msgid: str, /, **values: object) -> Message:
    """Return a message. Values that are messages are translated with it.

    The msgid is written out at the call, where the catalogue's test looks for it.
    """
    return Message(msgid, "", values)


def say_number(singular: str, plural: str, number: int, /, **values: object) -> Message:
    """Return a message about a number of things, which stands in it as {number}."""
    return Message(singular, plural, {"number": number, **values})


def untranslated(text: str) -> Message:
    """Return as a message a text that comes from elsewhere, such as a word of the author's or of another program."""
    return Message("{text}", "", {"text": text})


def reworded(said: str, words: Mapping[str, Message]) -> Message:
    """Return as a message of ours what another program said; as it was said when no pattern in `words` fits it.

    `words` are messages by a pattern of all that is said, whose named groups are the values of the message.
    """
    for pattern, message in words.items():
        if match := re.fullmatch(pattern, said, re.DOTALL):
            return Message(message.msgid, "", match.groupdict())
    return untranslated(said)


def told(text: str, words: Words) -> str:
    """Return a message in the language of a catalogue; a text that is no message stays as it is."""
    if not isinstance(text, Message):
        return text
    values = {name: told(value, words) if isinstance(value, str) else value for name, value in text.values.items()}
    if text.plural:
        form = words.ngettext(text.msgid, text.plural, int(str(text.values["number"])))
    else:
        form = words.gettext(text.msgid) if text.msgid else ""  # of "" gettext has the head
    return form.format(**values) if values else form
