"""Facts in words of the page's language: times, numbers, choices, and texts of the settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hejagen.model.choices import Format
from hejagen.model.exercise import GroupSize, Time
from hejagen.rendering.view import View


@dataclass(frozen=True, slots=True)
class Phrases:
    """Facts in words."""

    _view: View

    def time(self, minutes: Time) -> str:
        """How long an exercise takes, and what comes before: "45 + 10 min före"."""
        words = self._view.words
        if not minutes.preparation:
            return words.minutes(minutes.active)
        text = words.gettext("%(active)s + %(before)s min before")
        return text % {"active": minutes.active, "before": minutes.preparation}

    def group_size(self, size: GroupSize) -> str:
        """A number of people: 1, or 4–10."""
        return _span(size.min, size.max)

    def people(self, size: GroupSize) -> str:
        """A number of people with the word: 1 person, or 4–10 people."""
        text = self._view.words.ngettext("%(span)s person", "%(span)s people", size.max)
        return text % {"span": _span(size.min, size.max)}

    def roles(self, roles: Iterable[str]) -> str:
        """The roles that somebody takes, in a sentence."""
        return self._listed([self._view.words.label("role", role) for role in roles])

    def formats(self, formats: Iterable[Format]) -> str:
        """Where an exercise can be done, in a sentence."""
        return self._listed([self._view.words.label("format", entry) for entry in formats]).capitalize()

    def weeks(self, number: int) -> str:
        """A number of weeks."""
        return self._view.words.ngettext("%(num)s week", "%(num)s weeks", number) % {"num": number}

    def after_weeks(self, number: int) -> str:
        """When a follow-up comes."""
        return self._view.words.ngettext("After %(num)s week", "After %(num)s weeks", number) % {"num": number}

    def exercises(self, number: int) -> str:
        """A number of exercises."""
        return self._view.words.ngettext("%(num)s exercise", "%(num)s exercises", number) % {"num": number}

    def behaviours(self, number: int) -> str:
        """A number of behaviours."""
        return self._view.words.ngettext("%(num)s behaviour", "%(num)s behaviours", number) % {"num": number}

    def exercise_range(self) -> str:
        """How many exercises there are, and how long they take."""
        times = [exercise.meta.minutes.total for exercise in self._view.content.exercises.values()] or [0]
        minutes = self._view.words.ngettext("%(span)s minute", "%(span)s minutes", max(times))
        return (
            f"{self.exercises(len(self._view.content.exercises))}, {minutes % {'span': _span(min(times), max(times))}}"
        )

    def kind(self) -> str:
        """What the page is, for search results."""
        names = self._kinds()
        return names.get(self._view.page.key.split(":")[0], names["page"])

    def kinds(self) -> list[str]:
        """The kinds that search results can be limited to."""
        return list(self._kinds().values())

    def headline(self, text: str) -> str:
        """A heading that breaks between the parts of its words."""
        vocabulary = self._view.rendering.vocabularies.get(self._view.page.language)
        return vocabulary.headline(text) if vocabulary else text

    def stop(self, text: str) -> str:
        """The full stop after a text, or nothing when it ends with a mark of its own."""
        return "" if text.endswith((".", "?", "!", "…")) else "."

    def setting(self, text: str) -> str:
        """A text of site.yaml in the page's language, if the catalogue of that language has it as a msgid; else marked
        with the site's first language."""
        main = self._view.site.config.languages[0]
        if self._view.content.lang == main:
            return text
        translated = self._view.words.gettext(text)
        return Markup('<span lang="{}">{}</span>').format(main, text) if translated == text else translated

    def _kinds(self) -> dict[str, str]:
        _ = self._view.words.gettext
        return {
            "exercise": _("Exercise"),
            "program": _("Program"),
            "behaviour": _("Behaviour"),
            "area": _("Area"),
            "page": _("Page"),
        }

    def _listed(self, parts: Sequence[str]) -> str:
        lower = [part.lower() for part in parts]
        last = self._view.words.gettext("and")
        return f"{', '.join(lower[:-1])} {last} {lower[-1]}" if len(lower) > 1 else lower[0]


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"
