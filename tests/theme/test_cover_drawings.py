"""Every motif, for every company and mode, is drawn as it was. To write the list anew, run with HEJAGEN_UPDATE=1."""

import hashlib
import os

from hejagen.content.drawings import read_drawings
from hejagen.layers.stack import stack
from hejagen.theme.covers.draw import CoverSpec, facets, icon_svg
from tests.conftest import ROOT

LIST = ROOT / "tests" / "golden" / "covers.txt"
MODES = ("widen", "gather", "switch")
COMPANY = ("individual", "pair", "team", "individual_then_team")
COLOURS = {0: "#bfe3f5", 1: "#2b2a6e", 2: "#6a78ac", 3: "#fffdf7", 4: "#ffd54a", 5: "#a9c9e3"}
DRAWINGS, _ = read_drawings(stack(()))
assert DRAWINGS
MOTIFS = (
    "face", "front", "mirror", "window", "door", "screen", "speech", "clock", "lamp", "meet", "path", "fork", "stairs",
    "bridge", "boat", "hand", "table", "notes", "plan", "blocks", "sprout", "puzzle", "note",
)  # fmt: skip
"""In the order in which the list was made."""
SPECS = [
    CoverSpec(f"{motif}-{mode}-{company}", "context", mode, 5 + 9 * (number % 8), company, motif, DRAWINGS)
    for number, (motif, mode, company) in enumerate(
        (motif, mode, company) for motif in MOTIFS for mode in MODES for company in COMPANY
    )
]


def digest(text: str) -> str:
    """Twelve digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def row(spec: CoverSpec) -> str:
    """A line for one cover: its name, how many planes it has, and a digest of their colours and printed corners."""
    planes = [f"{plane.role} " + " ".join(f"{round(x)},{round(y)}" for x, y in plane.points) for plane in facets(spec)]
    return f"{spec.id} {len(planes)} {digest(' '.join(planes))}"


def test_every_cover_is_drawn_as_before() -> None:
    """Each line of tests/golden/covers.txt is one cover, so that a difference names the covers that changed."""
    drawn = [row(spec) for spec in SPECS]
    drawn.append(f"icon {digest(icon_svg(DRAWINGS, COLOURS))}")
    if os.environ.get("HEJAGEN_UPDATE"):
        LIST.write_text("\n".join(drawn) + "\n", "utf-8")
    listed = LIST.read_text("utf-8").splitlines()
    assert [line for line in drawn if line not in listed] == []
    assert drawn == listed


def test_the_list_shows_all_kinds_of_covers() -> None:
    """Within each motif the ids give five kinds of first person, covers that are mirrored and covers that are not."""
    for motif in MOTIFS:
        digests = [hashlib.sha256(spec.id.encode()).digest() for spec in SPECS if spec.motif == motif]
        assert {digest[1] & 1 for digest in digests} == {0, 1}
    every = [hashlib.sha256(spec.id.encode()).digest() for spec in SPECS]
    casts = {(digest[2] % 5, 1 + digest[3] % 4, 1 + digest[4] % 3) for digest in every}
    assert len({first for first, _, _ in casts}) == 5 and len(casts) > 55
