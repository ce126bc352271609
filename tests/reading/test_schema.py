"""YAML is read without guessing, with the place of every value, and nothing in it can hurt."""

import time

import pytest
from pydantic import BaseModel, ConfigDict

from hejagen.problems import did_you_mean
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import read_yaml


class Inner(BaseModel):
    """For the tests."""

    model_config = ConfigDict(extra="forbid")
    minutes: int


class Outer(BaseModel):
    """For the tests."""

    model_config = ConfigDict(extra="forbid")
    title: str
    parts: tuple[Inner, ...]


def test_values_know_their_places() -> None:
    """Every value has the line and column where it starts, counted in its file."""
    reading = read_yaml("title: Hej\nparts:\n  - minutes: 3\n", "x.yaml", offset=5)
    assert reading.root and str(reading.root.place("parts", 0, "minutes")) == "x.yaml:8:14"
    assert str(reading.root.children["title"].key) == "x.yaml:6:1"


@pytest.mark.parametrize("word", ["No", "on", "yes", "2026-11-24", "1:30", "012", "0x1f", "1e3", ".inf"])
def test_ambiguous_words_are_reported(word: str) -> None:
    """A plain word that YAML may take for something else is not guessed at."""
    reading = read_yaml(f"a: {word}\n", "x.yaml")
    assert [problem.rule for problem in reading.problems] == ["yaml-ambiguous"]


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("-2.5", -2.5), ("true", True), ("~", None), ("'3'", "3"), ("Nora", "Nora")]
)
def test_plain_values(text: str, value: object) -> None:
    """Numbers, true, false and null are themselves; all else is text."""
    assert read_yaml(f"a: {text}\n", "x.yaml").data == {"a": value}


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "[" * 100_000,
        "a: " * 50_000,
        "- " * 50_000,
        "{a: " * 10_000,
        "? " * 10_000,
        "a: !!python/object/apply:os.system ['true']\n",
        "\x01: 2",
        "a: |\n" + " x" * 400_000,
        "%YAML 9.9\n---\na: 1",
        "",
        "- 1\n- 2",
        "a: 1\n---\nb: 2",
        "a: '",
        "\t- a",
    ],
)
def test_hostile_text_gives_a_message_at_once(text: str) -> None:
    """Bombs, depth, tags and noise end in at most a message, within a second."""
    start = time.perf_counter()
    reading = read_yaml(text, "x.yaml")
    _, problems = validate(Outer, reading, "x.yaml")
    assert reading.problems or problems
    assert time.perf_counter() - start < 2


def test_near_misses_are_suggested() -> None:
    """An unknown key names the one that was probably meant, at any depth."""
    reading = read_yaml("title: Hej\nparts:\n  - minuts: 3\n", "x.yaml")
    problems = validate(Outer, reading, "x.yaml")[1]
    unknown = next(problem for problem in problems if problem.rule == "unknown-key")
    assert str(unknown.at) == "x.yaml:3:5"
    assert unknown.hint == 'did you mean "minutes"?'


def test_numbers_in_quotes_are_not_numbers() -> None:
    """A text is never taken for a number."""
    reading = read_yaml("title: Hej\nparts:\n  - minutes: '3'\n", "x.yaml")
    assert [problem.rule for problem in validate(Outer, reading, "x.yaml")[1]] == ["wrong-type"]


def test_hint_lists_choices_when_nothing_is_near() -> None:
    """Without a near miss the choices are named."""
    assert did_you_mean("zzz", ("ett", "två"), "there are") == "there are: ett, två"
