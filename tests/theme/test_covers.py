"""Covers: the same item gives the same picture, and the picture says what the item is."""

import gzip
import re
from collections import Counter
from typing import get_args

import pytest

from hejagen.content.drawings import read_drawings
from hejagen.layers.stack import stack
from hejagen.model.choices import ExerciseType, Mode
from hejagen.pipeline import Built
from hejagen.theme.covers.bodies import Cast, drawn
from hejagen.theme.covers.choose import Wish, choose, covers
from hejagen.theme.covers.draw import CoverSpec, facets, file_svg, inline_svg
from hejagen.theme.covers.shapes import HEIGHT, WIDTH, clip

COLOURS = {0: "#bfe3f5", 1: "#2b2a6e", 2: "#6a78ac", 3: "#fffdf7", 4: "#ffd54a", 5: "#a9c9e3"}
PEOPLE = ("individual", "pair", "team", "individual_then_team")
DRAWINGS, _ = read_drawings(stack(()))
assert DRAWINGS
SPECS = [
    CoverSpec(f"ovning-{motif}-{mode}-{people}", "context", mode, 5 + 4 * number, people, motif, DRAWINGS)
    for number, motif in enumerate(DRAWINGS.motifs)
    for mode in ("widen", "gather", "switch")
    for people in PEOPLE
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_a_cover_is_whole_small_and_always_the_same(spec: CoverSpec) -> None:
    """Every plane lies in the frame, the drawing repeats, and it is light enough to stand in a page."""
    found = facets(spec)
    assert found == facets(spec)
    for facet in found:
        assert all(-0.01 <= x <= WIDTH + 0.01 and -0.01 <= y <= HEIGHT + 0.01 for x, y in facet.points)
    svg = inline_svg(spec)
    assert all(re.fullmatch(r"(M\d+ \d+(l[-\d][-\d ]*\d)?z)+", data) for data in re.findall(r'd="([^"]*)"', svg))
    assert len(svg) < 9_000 and len(gzip.compress(svg.encode())) < 3_000


def test_no_two_are_alike() -> None:
    """Different items get different pictures."""
    assert len({facets(spec) for spec in SPECS}) == len(SPECS)


@pytest.mark.parametrize("motif", DRAWINGS.motifs)
def test_the_number_of_people_shows(motif: str) -> None:
    """In every motif two take more planes than one and a team more than two; one and then a team is something else."""
    one, two, three, first = (
        drawn(DRAWINGS.motifs[motif], Cast(company, "widen"), DRAWINGS) for company in ("one", "two", "three", "first")
    )
    assert len(one) < len(two) < len(three) or motif in ("mirror", "screen")
    assert first != three or motif == "mirror"


def test_each_type_has_motifs_to_choose_from() -> None:
    """Every type of exercise has at least four motifs, and every mode some that say what it is."""
    assert set(DRAWINGS.suits) == set(get_args(ExerciseType)) and set(DRAWINGS.leans) == set(get_args(Mode))
    assert all(len(set(suits)) >= 4 for suits in DRAWINGS.suits.values()) and all(DRAWINGS.leans.values())


def wishes(number: int) -> list[Wish]:
    """Made-up exercises of every type, area and mode."""
    types, areas, modes = (
        list(DRAWINGS.suits),
        ["context", "leadership", "planning", "support"],
        ["widen", "gather", "switch"],
    )
    return [
        Wish(f"x{n}", areas[n % 4], modes[n // 3 % 3], DRAWINGS.suits[types[n % len(types)]], (modes[n % 3],))
        for n in range(number)
    ]


def test_neighbours_differ() -> None:
    """Among 48 items no two of the same area and mode have the same motif, and no motif is on more than five."""
    asked = wishes(48)
    chosen = choose(asked, DRAWINGS.leans)
    assert len({(wish.area, wish.mode, chosen[wish.id]) for wish in asked}) == len(asked)
    assert max(Counter(chosen.values()).values()) <= 5


def test_a_new_exercise_changes_few_others() -> None:
    """The last one changes none; one in the middle at most a few."""
    asked = wishes(48)
    whole = choose(asked, DRAWINGS.leans)
    assert choose(asked[:-1], DRAWINGS.leans) == {key: motif for key, motif in whole.items() if key != "x47"}
    changes = [
        sum(whole[key] != motif for key, motif in choose([*asked[:n], *asked[n + 1 :]], DRAWINGS.leans).items())
        for n in range(0, 48, 4)
    ]
    assert sum(changes) / len(changes) <= 6


@pytest.mark.build
def test_covers_of_the_site_differ(built: Built) -> None:
    """On this site no two exercises or programs have the same motif, mode and area."""
    specs = [spec for key, spec in covers(built.site).items() if not key.startswith("page:")]
    assert len({(spec.motif, spec.mode, spec.area) for spec in specs}) == len(specs)


def test_progress_fills_the_picture() -> None:
    """Nothing done is all outline, half done is half, all done has none."""
    spec = SPECS[0]
    outlines = [inline_svg(spec, done=share).count('class="t"') for share in (0, 0.5, 1)]
    total = len(facets(spec))
    assert outlines[0] == total and 0 < outlines[1] < total and outlines[2] == 0


def test_a_split_cover_has_a_path_for_each_facet() -> None:
    """Scripts can fill facets in one by one."""
    spec = SPECS[0]
    assert inline_svg(spec, split=True).count("<path") == len(facets(spec)) + 1


def test_files_hold_no_style_or_script() -> None:
    """A cover as a file works under a policy that forbids both, and its line drawing has two colours."""
    svg = file_svg(SPECS[0], COLOURS)
    assert "style" not in svg and "script" not in svg and 'xmlns="http://www.w3.org/2000/svg"' in svg
    lines = file_svg(SPECS[0], COLOURS, outline=True)
    assert not any(colour in lines for colour in COLOURS.values())


def test_clipping() -> None:
    """A square is cut to the part inside a window, whichever way the window turns; outside nothing is left."""
    square = ((0, 0), (10, 0), (10, 10), (0, 10))
    window = ((5, -5), (20, -5), (20, 20), (5, 20))
    assert set(clip(square, window)) == {(5, 0), (10, 0), (10, 10), (5, 10)} == set(clip(square, window[::-1]))
    assert clip(square, ((20, 20), (30, 20), (30, 30))) == ()
