"""Covers: the same item gives the same picture, and the picture says what the item is."""

import gzip

import pytest

from hejagen.cover import CoverSpec, facets, file_svg, inline_svg
from hejagen.cover_motifs import MOTIFS, motif_shapes
from hejagen.cover_shapes import HEIGHT, WIDTH, clip

COLOURS = {0: "#bfe3f5", 1: "#2b2a6e", 2: "#6a78ac", 3: "#fffdf7", 4: "#ffd54a", 5: "#a9c9e3"}
PEOPLE = ("individual", "pair", "team", "individual_then_team")
SPECS = [
    CoverSpec(f"ovning-{motif}-{mode}-{people}", "context", mode, 5 + 9 * number, people, motif)
    for number, motif in enumerate(MOTIFS)
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
    drawn = inline_svg(spec)
    assert len(drawn) < 9_000 and len(gzip.compress(drawn.encode())) < 3_000


def test_no_two_are_alike() -> None:
    """Different items get different pictures."""
    assert len({facets(spec) for spec in SPECS}) == len(SPECS)


def test_the_number_of_people_shows() -> None:
    """One, two and three people take more and more planes; alone and then together is not the same as a team."""
    count = [len(motif_shapes("face", people, "widen", 1, bytes(32))) for people in ("individual", "pair", "team")]
    assert count == sorted(set(count))
    alone_first = motif_shapes("face", "individual_then_team", "widen", 1, bytes(32))
    assert alone_first != motif_shapes("face", "team", "widen", 1, bytes(32))


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
    drawn = file_svg(SPECS[0], COLOURS)
    assert "style" not in drawn and "script" not in drawn and 'xmlns="http://www.w3.org/2000/svg"' in drawn
    lines = file_svg(SPECS[0], COLOURS, outline=True)
    assert not any(colour in lines for colour in COLOURS.values())


def test_clipping() -> None:
    """A square is cut to the part inside a window, whichever way the window turns; outside nothing is left."""
    square = ((0, 0), (10, 0), (10, 10), (0, 10))
    window = ((5, -5), (20, -5), (20, 20), (5, 20))
    assert set(clip(square, window)) == {(5, 0), (10, 0), (10, 10), (5, 10)} == set(clip(square, window[::-1]))
    assert clip(square, ((20, 20), (30, 20), (30, 30))) == ()
