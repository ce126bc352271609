"""What a page reads while it is rendered: what changes alone, such as the text of an exercise, notes that it is read.

All that is not watched here counts for every page, see shelf.py. So a page never depends on something that nobody knows
of.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar, cast

from hejagen.model.document import Document
from hejagen.model.site import Content, Exercise, Program, Record, Site, TextPage
from hejagen.output import File
from hejagen.words.compounds import Vocabulary

Question = tuple[str, ...]
"""What was read: ("body", language, kind, id), ("asset", name), ("assets",), ("headline", language, text),
("context", language, key of a page), ("record",) or ("offered",)."""
T = TypeVar("T", Exercise, Program, TextPage)
_QUESTIONS: ContextVar[set[Question] | None] = ContextVar("questions", default=None)


@contextmanager
def noted() -> Iterator[set[Question]]:
    """Yield the set to which everything is added that is read in the block."""
    questions: set[Question] = set()
    before = _QUESTIONS.set(questions)
    try:
        yield questions
    finally:
        _QUESTIONS.reset(before)


def _note(*question: str) -> None:
    questions = _QUESTIONS.get()
    if questions is not None:
        questions.add(question)


class Watched:
    """A value, such as a text, that notes when something in it is read."""

    __slots__ = ("_question", "_value")

    def __init__(self, value: Any, question: Question) -> None:
        self._value, self._question = value, question

    def __getattr__(self, name: str) -> Any:
        _note(*self._question)
        return getattr(self._value, name)

    def answer_digest(self) -> Question:
        """Return what counts where this stands: which value it is. What is in it counts where it is read."""
        return self._question


def unwatched(value: Any) -> Any:
    """Return the value itself, without noting anything."""
    return value._value if isinstance(value, Watched) else value


def watched(site: Site) -> Site:
    """Return the site with texts, and a record of checks, that note when they are read."""
    contents = {lang: _watched(content) for lang, content in site.contents.items()}
    record = site.record and cast(Record, Watched(site.record, ("record",)))
    return replace(site, contents=contents, record=record)


def _watched(content: Content) -> Content:
    def watch(kind: str, items: Mapping[str, T]) -> Mapping[str, T]:
        return {
            name: replace(item, body=cast(Document, Watched(item.body, ("body", content.lang, kind, name))))
            for name, item in items.items()
        }

    return replace(
        content,
        exercises=watch("exercise", content.exercises),
        programs=watch("program", content.programs),
        pages=watch("page", content.pages),
    )


class WatchedPaths(Mapping[str, str]):
    """Paths of assets by plain name, which note each name that is asked for."""

    def __init__(self, paths: Mapping[str, str]) -> None:
        self.paths = paths

    def __getitem__(self, name: str) -> str:
        _note("asset", name)
        return self.paths[name]

    def __iter__(self) -> Iterator[str]:
        _note("assets")
        return iter(self.paths)

    def __len__(self) -> int:
        _note("assets")
        return len(self.paths)


class WatchedContext(Mapping[str, Any]):
    """What the template of another page gets, which notes that it is read."""

    def __init__(self, context: Mapping[str, Any], lang: str, key: str) -> None:
        self.context, self._lang, self._key = context, lang, key

    def __getitem__(self, name: str) -> Any:
        _note("context", self._lang, self._key)
        return self.context[name]

    def __iter__(self) -> Iterator[str]:
        _note("context", self._lang, self._key)
        return iter(self.context)

    def __len__(self) -> int:
        _note("context", self._lang, self._key)
        return len(self.context)


class WatchedFiles:
    """The files offered for download, which note that they are read."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = tuple(files)

    def __iter__(self) -> Iterator[File]:
        _note("offered")
        return iter(self.files)


class Headlines:
    """How headings break in a language, which depends on all words of the site."""

    def __init__(self, vocabulary: Vocabulary, lang: str) -> None:
        self._vocabulary, self._lang = vocabulary, lang

    def headline(self, text: str) -> str:
        """Return a heading with good line breaks, see Vocabulary."""
        _note("headline", self._lang, str(text))
        return self._vocabulary.headline(text)
