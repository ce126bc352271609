"""What holds for the base's exercises together, beyond the rules that hold for each."""

import pytest

from hejagen.model.site import Content
from tests.helpers import content


@pytest.fixture(scope="module")
def base() -> Content:
    """What the base has in Swedish."""
    return content()


def test_few_steps_begin_with_writing(base: Content) -> None:
    """At most one step in five asks people to write: most of what a group does is something else."""
    titles = [step.title for exercise in base.exercises.values() for step in exercise.meta.steps]
    writing = [title for title in titles if title.lower().startswith("skriv")]
    assert len(writing) * 5 <= len(titles), writing


def test_few_examples_succeed_wholly(base: Content) -> None:
    """Not every example ends well: at most two in three do."""
    outcomes = [exercise.meta.outcome for exercise in base.exercises.values()]
    assert None not in outcomes
    assert outcomes.count("full") * 3 <= len(outcomes) * 2


def test_every_exercise_has_todays_facts(base: Content) -> None:
    """Exercises of the base have the facts that those of municipalities may lack."""
    missing = [
        name
        for name, exercise in base.exercises.items()
        if exercise.meta.resident_voice is None or not exercise.meta.needs or exercise.meta.tested is None
    ]
    assert missing == []
