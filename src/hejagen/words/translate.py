"""Words in the reader's language: gettext catalogues of all layers, and dates."""

import gettext
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from babel import localedata
from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from hejagen.languages import MAIN, language
from hejagen.layers.stack import Layers
from hejagen.messages import reworded, say
from hejagen.model.site import Origin
from hejagen.problems import Location, Problem
from hejagen.store.folder import remembered
from hejagen.words.labels import LABELS, SECTIONS

PO_LINE = re.compile(r'(#.*)?|((msgid|msgid_plural|msgctxt|msgstr|msgstr\[\d\])\s+)?"([^"\\]|\\.)*"')
PLURALS = re.compile(r"nplurals(?!\s*=\s*[1-6]\b)")
"""A number of plural forms that no language has. The parser would allocate memory for all of them."""
FORMS = re.compile(r"nplurals\s*=\s*([1-6])")
ESCAPE = re.compile(r'\\(?:[\\"nrt]|(.?))')
"""A backslash with what it stands before, which is a group when gettext makes nothing of the two."""
WIDE = re.compile(r"%\(\w+\)[^A-Za-z]")
"""A placeholder that asks for a width or a precision, which could be larger than the memory."""
PERCENT = re.compile(r"(?<!%)(?:%%)*(%)(?![%(])")
"""A percent sign that is no placeholder: templates take each text as a format string."""
BRACES = re.compile(r"\{(\w+)\}")
"""A placeholder that a script fills in."""
ENTRY = re.compile(r"^(msgctxt .*\n)?msgid (.*\n(?:\".*\n)*)", re.M)
"""An entry of a catalogue: its context, and its text in quotes, over one or more lines."""
NUMBERS = range(200)
"""Numbers that the rule for plurals is tried with: it may divide by zero, or ask for a form that is not there."""
CATALOGUE = "layouts/locale/{}/LC_MESSAGES/messages.po"
WRITTEN_IN = "en"
"""The language of the texts in templates."""
MAX_WORDS = 5_000
"""Texts in a catalogue. The base has about 800; what reads it may take the square of it in time."""
CHARSET = re.compile(r'"Content-Type:[^"]*charset=([^\s;"\\]+)', re.IGNORECASE)
HINT = say("compare with the base's")
SAME = say("the translation needs the same placeholders, such as %(num)s, as the English text")

PARSER_WORDS = {
    r"unknown named placeholder '(?P<name>.+)'": say('the English text has no placeholder "{name}"'),
    r".*(?:placeholder|format).*": say("the placeholders are others than those of the English text"),
    r".*plural.*|.*division.*zero": say("the rule for plurals cannot be worked out"),
    r"Unknown or misformatted keyword": say("a line begins with none of msgid, msgstr and msgctxt"),
}
"""The message for what the parser of catalogues says, by a pattern of all of it."""


class Translator:
    """Translate texts into one language. A text that is in no catalogue stays in English."""

    def __init__(self, lang: str, translations: gettext.NullTranslations) -> None:
        self.lang = lang
        self.gettext: Callable[[str], str] = translations.gettext
        self.ngettext: Callable[[str, str, int], str] = translations.ngettext

    def label(self, table: str, value: str) -> str:
        """Return the name of a choice, such as label("level", "foundation"). Raises KeyError."""
        return self.gettext(LABELS[table][value])

    def section_keys(self) -> dict[str, str]:
        """Return the keys of an exercise's sections by their headings in this language."""
        return {self.gettext(title): key for key, title in SECTIONS.items()}

    def date(self, value: date) -> str:
        """Return a date in words, such as 24 november 2026."""
        return format_date(value, "long", locale=language(self.lang).og_locale or self.lang)

    def minutes(self, number: int) -> str:
        """Return a time in words, such as 45 minuter."""
        return self.ngettext("%(num)s minute", "%(num)s minutes", number) % {"num": number}

    def short_minutes(self, number: int) -> str:
        """Return a time in short, such as 45 min."""
        return self.gettext("%(num)s min") % {"num": number}

    def size(self, number: int) -> str:
        """Return a number of bytes in words, such as 1,1 MB or 480 kB."""
        large = number >= 1_000_000
        value = round(number / 1_000_000, 1) if large else max(1, round(number / 1000))
        return f"{format_decimal(value, locale=self.lang)} {'MB' if large else 'kB'}"


def is_language(lang: str) -> bool:
    """Tell whether a language with this ISO 639-1 code exists, such as se."""
    return localedata.exists(lang)


def language_name(lang: str) -> str:
    """Return the name of a language in that language, such as Suomi."""
    return str(Locale.parse(lang).get_display_name(lang)).capitalize()


def language_problems(layers: Layers, languages: tuple[str, ...], origin: Origin) -> Iterator[Problem]:
    """Yield a problem for each language of site.yaml that is repeated, unknown or without a folder."""
    for number, lang in enumerate(languages):
        at = origin.at("languages", number)
        if lang in languages[:number]:
            yield Problem(
                at, "duplicate-id", say('the language "{lang}" stands twice', lang=lang), say("keep one of them")
            )
        elif not is_language(lang):
            hint = say("write the two letters of ISO 639-1, such as sv, fi or en")
            yield Problem(at, "unknown-value", say('"{lang}" is no language', lang=lang), hint)
        elif not layers.find(f"content/{lang}"):
            hint = say("put the texts of the language there, or take it out of the list")
            yield Problem(at, "missing-file", say("there is no text in content/{lang}", lang=lang), hint)
        elif lang != WRITTEN_IN and not layers.all_of(path := CATALOGUE.format(lang)):
            message = say("there is no file {path}: all words of the site's own would be English", path=path)
            hint = say("copy {path} of the base to it, and translate it", path=CATALOGUE.format(MAIN))
            yield Problem(at, "missing-file", message, hint)


def translators(
    layers: Layers, languages: tuple[str, ...], origin: Origin
) -> tuple[dict[str, Translator], list[Problem]]:
    """Return a translator for each language of site.yaml, and the problems in the list and the catalogues."""
    problems = list(language_problems(layers, languages, origin))
    words: dict[str, Translator] = {}
    for lang in languages if not problems else ():
        words[lang], faults = translator(layers, lang)
        problems.extend(faults)
    return words, problems


def translator(layers: Layers, lang: str) -> tuple[Translator, list[Problem]]:
    """Return the translator of a language and the problems in its catalogues. Upper layers come before those below."""
    problems: list[Problem] = []
    chain: gettext.NullTranslations = gettext.NullTranslations()
    for source in layers.all_of(CATALOGUE.format(lang)):
        text, faults = layers.text(source)
        faults = faults or list(_faults(text, source.shown))
        if faults:
            problems.extend(faults)
            continue
        try:
            data, wrong_placeholders = compiled(text, lang, source.shown)
            upper = gettext.GNUTranslations(io.BytesIO(data))
            most = max(upper.plural(number) for number in NUMBERS)  # type: ignore[attr-defined]
            if most >= int((FORMS.search(text) or ("", "2"))[1]):
                at = Location(source.shown, text[: max(0, text.find("Plural-Forms"))].count("\n") + 1)
                message = say("its rule for plurals asks for form {number}, which is not there", number=most)
                faults.append(Problem(at, "catalogue", message, HINT))
            faults.extend(wrong_placeholders)
        except (PoFileError, ValueError, TypeError, LookupError, ArithmeticError, UnknownLocaleError) as error:
            said = reworded(str(error), PARSER_WORDS)
            at = Location(source.shown, getattr(error, "lineno", 0) + 1)
            faults.append(Problem(at, "catalogue", say("the catalogue cannot be read: {error}", error=said), HINT))
        problems.extend(faults)
        if not faults:
            upper.add_fallback(chain)
            chain = upper
    return Translator(lang, chain), problems


def translations(layers: Layers, lang: str) -> Iterator[tuple[Location, str]]:
    """Yield each text in the catalogues of a language with its place. They must be such as `translator` can read."""
    for source in layers.all_of(CATALOGUE.format(lang)):
        for message in read_po(io.StringIO(layers.text(source)[0]), locale=lang):
            if message.id:
                strings = (message.string,) if isinstance(message.string, str) else message.string or ()
                yield from ((Location(source.shown, message.lineno or 1), text) for text in strings)


@lru_cache(maxsize=64)
def _faults(text: str, shown: str) -> tuple[Problem, ...]:
    return tuple(_find_faults(text, shown))


def _find_faults(text: str, shown: str) -> Iterator[Problem]:
    """Yield faults that the parser of catalogues ignores: invalid lines, other encodings, too many plural forms."""
    if text.count("\nmsgid ") > MAX_WORDS:
        yield Problem(
            Location(shown),
            "catalogue",
            say("the catalogue has more than {max_words} texts", max_words=MAX_WORDS),
            HINT,
        )
    if PLURALS.search(re.sub(r'"\s*"', "", text)):
        at = Location(shown, text[: max(0, text.find("Plural-Forms"))].count("\n") + 1)
        yield Problem(at, "catalogue", say("no language has so many plural forms"), HINT)
    for number, line in enumerate(text.split("\n"), 1):
        if not PO_LINE.fullmatch(line.strip()):
            yield Problem(Location(shown, number), "catalogue", say("a line without both its quotes"), HINT)
        elif escape := next((match for match in ESCAPE.finditer(line) if match[1] is not None), None):
            message = say('"{escape}" means nothing', escape=escape[0])
            hint = say("write two backslashes to show one, and \\n for a new line")
            yield Problem(Location(shown, number, escape.start() + 1), "catalogue", message, hint)
        elif line.startswith(("msgstr", '"')) and (wide := WIDE.search(line)):
            message = say('"{placeholder}" is no placeholder', placeholder=wide[0])
            yield Problem(Location(shown, number, wide.start() + 1), "catalogue", message, SAME)
        elif line.startswith(("msgstr", '"')) and (percent := PERCENT.search(line)):
            hint = say("write %% to show a percent sign")
            yield Problem(Location(shown, number, percent.start(1) + 1), "catalogue", say('a lone "%"'), hint)
        elif (charset := CHARSET.search(line)) and charset[1].lower() not in ("utf-8", "utf8"):
            message = say('the charset "{charset}"', charset=charset[1])
            hint = say("write charset=utf-8, and save the file so")
            yield Problem(Location(shown, number, charset.start(1) + 1), "catalogue", message, hint)


@lru_cache(maxsize=64)
@remembered
def compiled(text: str, lang: str, shown: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the catalogue in the format that gettext reads, and the problems in its placeholders."""
    catalogue = read_po(io.StringIO(text), locale=lang, abort_invalid=True)
    problems: list[Problem] = []
    for message, errors in catalogue.check():
        at = Location(shown, message.lineno or 1)
        problems.extend(
            Problem(at, "catalogue", say("{id}: {error}", id=_quoted(message.id), error=said), SAME)
            for said in (reworded(str(error), PARSER_WORDS) for error in errors)
        )
    problems.extend(_unread(catalogue, text, shown))
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue(), tuple(problems)


def _unread(catalogue: Catalog, text: str, shown: str) -> Iterator[Problem]:
    """Yield what nobody would read: a text that stands twice, one with a context or marked as fuzzy, and a placeholder
    that no script fills in."""
    seen: set[str] = set()
    for match in ENTRY.finditer(text):
        at, name = Location(shown, text.count("\n", 0, match.start(2)) + 1), re.sub(r'"\s*"', "", match[2]).strip()
        if match[1]:
            yield Problem(at, "catalogue", say("msgctxt is not read"), say("take its line away"))
        elif name in seen:
            yield Problem(at, "catalogue", say("{name} stands twice", name=name[:60]), say("keep one of them"))
        seen.add(name)
    for message in catalogue:
        at = Location(shown, message.lineno or 1)
        if message.id and message.fuzzy:
            hint = say("see that it is right, then take the word fuzzy away")
            yield Problem(at, "catalogue", say("a text that is marked as fuzzy is not read"), hint)
        strings = (message.string,) if isinstance(message.string, str) else message.string or ()
        for name in sorted(set(BRACES.findall("".join(strings))) - set(BRACES.findall("".join(message.id)))):
            yield Problem(at, "catalogue", say('the English text has no placeholder "{name}"', name=name), SAME)


def _quoted(ids: str | list[str] | tuple[str, ...]) -> str:
    return f'"{(ids if isinstance(ids, str) else ids[0])[:60]}"'
