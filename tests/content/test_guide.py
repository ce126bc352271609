"""How the guide chooses."""

from dataclasses import replace
from pathlib import Path

import pytest

from hejagen.content.guide import Choice, answers, choices, rank, recommend
from hejagen.model.exercise import GroupSize, LargeGroup
from hejagen.model.guide import GuideFile, NeedChoice, PeopleChoice, PlaceChoice, TimeChoice
from hejagen.model.site import Content, Exercise
from hejagen.pipeline import read
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import content as content_of
from tests.helpers import layer

SIX = PeopleChoice(id="6", label="6–10", min=6, max=10)
TWENTY = TimeChoice(id="20", label="20", minutes=20)


@pytest.fixture(scope="module")
def content() -> Content:
    """The content of the base."""
    return read((ROOT, OWN), DAY).site.contents["sv"]


@pytest.fixture(scope="module")
def guide(content: Content) -> GuideFile:
    """The guide of the base."""
    assert content.guide
    return content.guide


def changed(content: Content, name: str, **facts: object) -> Content:
    """The content with an exercise alone, with other facts."""
    exercise: Exercise = content.exercises[name]
    return replace(content, exercises={name: replace(exercise, meta=exercise.meta.model_copy(update=facts))})


def test_every_choice_has_an_answer_that_fits(content: Content, guide: GuideFile) -> None:
    """Whatever is chosen, the base has an exercise that takes no longer and that so many people can do."""
    count = 0
    for choice in choices(guide):
        first, *_ = recommend(content, guide, choice)
        meta, count = first.meta, count + 1
        assert choice.time is None or min(meta.minutes.active, meta.short_minutes or 480) <= choice.time.minutes
        assert choice.people is None or meta.id in guide.in_any_group or meta.group_size.min <= choice.people.min
    lists = (guide.times, guide.people, guide.places, guide.needs)
    assert count == (len(lists[0]) + 1) * (len(lists[1]) + 1) * (len(lists[2]) + 1) * (len(lists[3]) + 1)


def test_what_is_left_open_decides_nothing(content: Content, guide: GuideFile) -> None:
    """With nothing chosen, all exercises fit, and the first of `first` is the answer."""
    every = recommend(content, guide, Choice())
    assert len(every) == len(content.exercises)
    assert every[0].meta.id == next(name for name in guide.first if name in content.exercises)


def test_people_must_fit_from_the_fewest_to_the_most(content: Content, guide: GuideFile) -> None:
    """An exercise for at most eight is no answer to six to ten people, unless large groups can do it."""
    choice, name = Choice(people=SIX), "minsta-steget-fore-fredag"
    eight = changed(content, name, group_size=GroupSize(min=2, max=8), large_group=None)
    assert recommend(eight, guide, choice) == ()
    large = changed(content, name, group_size=GroupSize(min=2, max=8), large_group=LargeGroup(possible=True, max=40))
    assert [exercise.meta.id for exercise in recommend(large, guide, choice)] == [name]


def test_the_short_way_fits_a_short_time(content: Content, guide: GuideFile) -> None:
    """An exercise that is too long fits when its short way is not, but comes after a whole one."""
    one = content.exercises["minsta-steget-fore-fredag"].meta
    minutes = one.minutes.model_copy(update={"active": 25})
    long = one.model_copy(update={"minutes": minutes, "short_minutes": None})
    short = long.model_copy(update={"short_minutes": 15})
    whole = one.model_copy(update={"minutes": minutes.model_copy(update={"active": 20})})
    choice = Choice(time=TWENTY)
    assert rank(long, guide, choice) is None
    first, second = rank(whole, guide, choice), rank(short, guide, choice)
    assert first and second and first < second


def test_a_need_is_answered_by_what_is_named_then_by_behaviour(content: Content, guide: GuideFile) -> None:
    """First the named exercises in their order, then those that train a behaviour; no others answer."""
    need = NeedChoice(id="x", label="x", exercises=("stoppskylten", "fredagsraden"), behaviours=("test_small",))
    found = [exercise.meta.id for exercise in answers(content, guide, need)]
    training = {key for key, e in content.exercises.items() if "test_small" in e.meta.trained_behaviours}
    assert found[:2] == ["stoppskylten", "fredagsraden"]
    assert set(found[2:]) == training - {"stoppskylten", "fredagsraden"}


def test_place_goes_before_need(content: Content, guide: GuideFile) -> None:
    """What can be done where they meet comes before what answers the need."""
    need = NeedChoice(id="x", label="x", exercises=("lika-mote-pa-skarm-och-i-rum",))
    place = PlaceChoice(id="rum", label="i ett rum", formats=("onsite",))
    assert recommend(content, guide, Choice(need=need))[0].meta.id == "lika-mote-pa-skarm-och-i-rum"
    assert "onsite" in recommend(content, guide, Choice(place=place, need=need))[0].meta.formats


def test_a_layer_adds_an_exercise_to_a_need(tmp_path: Path) -> None:
    """A patch of a need by its id adds to its exercises."""
    own = layer(tmp_path / "own", "name: Prov\npatch:\n  guide/ai:\n    exercises: {append: [fredagsraden]}\n")
    guide = content_of(own).guide
    assert guide
    (need,) = (need for need in guide.needs if need.id == "ai")
    assert need.exercises[-1] == "fredagsraden"
