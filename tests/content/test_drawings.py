"""Drawings in SVG files: what a designer may draw, and what a layer may bring."""

import time
from pathlib import Path

import pytest

from hejagen.content.drawings import read_drawings
from hejagen.content.planes import read_drawing
from hejagen.layers.stack import stack
from hejagen.model.drawing import COMPANY, MODES, Body, Box, Drawing
from hejagen.pipeline import read
from hejagen.problems import BuildStopped
from hejagen.theme.covers.bodies import Cast, drawn
from hejagen.theme.covers.choose import covers
from hejagen.theme.covers.draw import facets
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import problems_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
INKSCAPE = HEAD + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 300"><i:grid/><defs><i:path-effect/></defs><!-- x -->'
)
CAST = Cast("one", "widen")
GUIDE = (ROOT / "docs/how-to/rita-ett-omslag.md").read_text("utf-8")
SNOW = GUIDE.split("```xml\n")[1].split("```")[0]
"""The example of the page for designers."""


def drawing(body: str, head: str = INKSCAPE) -> Drawing:
    """The drawing of a file with a body, in which nothing is wrong."""
    read, problems = read_drawing(head + body + "</svg>", "a.svg")
    assert read and problems == ()
    return read


@pytest.mark.parametrize(
    "shape",
    [
        '<polygon fill="#2b2a6e" points="10,20 30,20 30,40 10,40"/>',
        '<polygon style="fill:#2B2A6E;stroke:none" fill="#ffffff" points="10 20 30 20 30 40 10 40"/>',
        '<rect fill="#2b2a6e" x="10" y="20" width="20" height="20"/>',
        '<path fill="#2b2a6e" d="M10 20L30 20L30 40L10 40Z"/>',
        '<path fill="#2b2a6e" d="M10,20H30V40H10z"/>',
        '<path fill="#2b2a6e" d="m 10,20 h 20 v 20 h -20 z"/>',
        '<path fill="#2b2a6e" d="m10 20 20 0 0 20-20 0z"/>',
        '<g fill="#2b2a6e" transform="translate(10,20)"><path transform="scale(2)" d="M0,0 H10 V10 H0"/></g>',
        '<path fill="#2b2a6e" transform="matrix(2 0 0 2 10 20)" d="M0 0h10v10H0z"/>',
        '<path fill="#2b2a6e" transform="translate(10) translate(0 20)" d="M0 0h20v20h-20z"/>',
    ],
)
def test_a_plane_may_be_written_in_many_ways(shape: str) -> None:
    """Polygons, rectangles and paths of straight lines give the same plane, wherever colour and transform stand."""
    for group in ('<g id="back">{}</g>', '<g id="g12" i:label="front 2">{}</g>', "{}")[
        : 2 if shape.startswith("<g") else 3
    ]:
        (part,) = drawing(group.format(shape)).parts
        assert part.what == (1, ((10, 20), (30, 20), (30, 40), (10, 40)))
        assert (part.company, part.modes) == (set(COMPANY), set(MODES))


def test_a_shape_can_be_turned() -> None:
    """A turn is in degrees, clockwise, around 0,0 or another point."""
    for turn in ("rotate(90)", "translate(100 0) rotate(90 0 0) translate(0,100)", "rotate(-270 0 0)"):
        (part,) = drawing(f'<path fill="#2b2a6e" transform="{turn}" d="M0 0h10v10z"/>').parts
        points = part.what[1]  # type: ignore[index]
        assert [(round(x, 6), round(y, 6)) for x, y in points] == [(0, 0), (0, 10), (-10, 10)]


@pytest.mark.parametrize(
    ("name", "company", "modes"),
    [
        ("back", COMPANY, MODES),
        ("two", ("two",), MODES),
        ("two-three-2", ("two", "three"), MODES),
        ("First_widen", ("first",), ("widen",)),
        ("gather switch", COMPANY, ("gather", "switch")),
    ],
)
def test_a_groups_name_tells_when_it_is_drawn(name: str, company: tuple[str, ...], modes: tuple[str, ...]) -> None:
    """Words for company and modes; what is hidden in the drawing program counts too, so that layers can be hidden."""
    (part,) = drawing(f'<g id="{name}" display="none"><rect fill="#2b2a6e" width="9" height="9"/></g>').parts
    assert (part.company, part.modes) == (set(company), set(modes))


def test_a_hidden_shape_is_not_drawn() -> None:
    """Within a group, what is hidden is not there."""
    assert drawing('<g id="back"><text style="display:none">Note</text></g>').parts == ()


def test_people_windows_and_the_horizon() -> None:
    """A linked picture is a place for a body, a clip a window, and a circle called horizon a point."""
    shapes = (
        '<g transform="translate(5 5)"><circle id="horizon" cx="10" cy="20" r="3"/></g>'
        '<clipPath id="w"><rect width="20" height="20"/></clipPath>'
        '<g clip-path="url(#w)" transform="translate(100 0)">'
        '<image xlink:href="people/mask-bun.svg" x="-1" y="-2" width="30" height="40" data-person="3" '
        'data-colours="1"/></g>'
    )
    read = drawing(f'<g id="back">{shapes}</g>')
    assert read.horizon == (15, 25)
    (part,) = read.parts
    assert part.what == Body("mask", 2, 0, Box(-1, -2, 30, 40), (1, 0, 0, 1, 100, 0))
    assert part.windows == (((100, 0), (120, 0), (120, 20), (100, 20)),)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SNOW,
        '<?xml version="1.0" encoding="utf-16"?>' + SNOW,
        "<html/>",
        "",
        SNOW.replace("<g", "<g><g") * 2,
        f'{HEAD} viewBox="0 0 400 300">' + "<g>" * 5_000 + "</g>" * 5_000 + "</svg>",
        f'{HEAD} viewBox="0 0 400 300">' + '<rect fill="#2b2a6e" width="9" height="9"/>' * 301 + "</svg>",
        f'{HEAD} viewBox="0 0 400 300"><path fill="#2b2a6e" d="M{"0 0 1 1 " * 50_000}z"/></svg>',
        f'{HEAD} viewBox="0 0 400 300"><path fill="#2b2a6e" d="{"z" * 100_000}"/></svg>',
        f'{HEAD} viewBox="0 0 400 300"><path fill="#2b2a6e" transform="{"translate(1) " * 9_000}" d="M0 0h9"/></svg>',
        f'{HEAD} viewBox="0 0 1e999 300"/>',
        f'{HEAD} viewBox="nan 0 400 300"/>',
    ],
)
def test_a_hostile_file_is_told_soon(text: str) -> None:
    """Entities, other encodings, depth and size end in a message with the file's name, in no time."""
    start = time.process_time()
    read, problems = read_drawing(text, "covers/a.svg")
    assert read is None and {(problem.at.path, problem.rule) for problem in problems} == {
        ("covers/a.svg", "cover-form")
    }
    assert time.process_time() - start < 1


def test_a_motif_of_a_layer_is_on_its_covers(tmp_path: Path) -> None:
    """The example of the guide is a new motif. A page may ask for it, and by the guide's lists it suits exercises."""
    (tmp_path / "layouts/covers").mkdir(parents=True)
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "layouts/covers/snow.svg").write_text(SNOW, "utf-8")
    (tmp_path / "layouts/covers/motifs.yaml").write_text(GUIDE.split("```yaml\n")[1].split("```")[0], "utf-8")
    page = (ROOT / "content/sv/pages/om.md").read_text("utf-8")
    (tmp_path / "content/sv/pages/om.md").write_text(page.replace("motif: front", "motif: snow"), "utf-8")
    site = read((OWN, tmp_path), DAY).site
    specs = covers(site)
    assert specs["page:om"].motif == "snow"
    ground = {(-10, 200), (410, 180), (410, 310), (-10, 310)}
    assert (3, ground) in [
        (role, {*points}) for role, points in drawn(site.drawings.motifs["snow"], CAST, site.drawings)
    ]
    assert len(facets(specs["page:om"])) > 20
    assert site.drawings.suits["reflection"][0] == "snow" and "snow" in {
        spec.motif for key, spec in specs.items() if "exer" in key
    }
    assert site.drawings.suits["planning"][0] == "path" and "snow" in site.drawings.leans["widen"]


def test_a_body_of_a_layer_is_on_every_cover(tmp_path: Path) -> None:
    """A layer may draw a body anew. It fills the place that it has, whatever its own size."""
    folder = tmp_path / "layouts/covers/people"
    folder.mkdir(parents=True)
    (folder / "head-short.svg").write_text(
        f'{HEAD} viewBox="0 0 17 25"><rect fill="#2b2a6e" width="17" height="25"/></svg>', "utf-8"
    )
    own, problems = read_drawings(stack((tmp_path,)))
    assert own and not problems
    icon = [part.what for part in own.bodies["head-short"].parts]
    assert icon == [(1, ((0, 0), (17, 0), (17, 25), (0, 25)))]


def test_an_unknown_motif_is_told_where_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A motif that has no file has a message at its line, with the names that there are."""
    (tmp_path / "layouts/covers").mkdir(parents=True)
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "layouts/covers/motifs.yaml").write_text("suits:\n  micro: [hand, brigde]\nremote: [scren]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    told = [(str(problem.at), problem.message, problem.hint[:24]) for problem in problems_of(tmp_path)]
    assert told == [
        ("layouts/covers/motifs.yaml:2:17", 'there is no motif "brigde"', 'did you mean "bridge"? O'),
        ("layouts/covers/motifs.yaml:3:10", 'there is no motif "scren"', 'did you mean "screen"? O'),
    ]
    (tmp_path / "layouts/covers/motifs.yaml").unlink()
    page = (ROOT / "content/sv/pages/om.md").read_text("utf-8")
    (tmp_path / "content/sv/pages/om.md").write_text(page.replace("motif: front", "motif: xyz"), "utf-8")
    (problem,) = (problem for problem in problems_of(tmp_path) if problem.level == "error")
    row = page.split("\n").index(next(line for line in page.split("\n") if "motif: front" in line))
    assert (problem.at.path, problem.at.line, problem.rule) == ("content/sv/pages/om.md", row + 1, "unknown-value")
    assert problem.hint.startswith("the motifs: blocks, boat, bridge,") and "layouts/covers/xyz.svg" in problem.hint


@pytest.mark.parametrize(
    "lists",
    ["suits: {micro: []}", "suits: {micr: [hand]}", "suits: hand", "leans: [hand]", "x: 1", "[", "suits: {micro: [1]}"],
)
def test_wrong_lists_are_told(lists: str, tmp_path: Path) -> None:
    """What is wrong with the lists of motifs has a message with their file."""
    (tmp_path / "layouts/covers").mkdir(parents=True)
    (tmp_path / "layouts/covers/motifs.yaml").write_text(lists, "utf-8")
    with pytest.raises(BuildStopped) as stopped:
        read((OWN, tmp_path), DAY)
    assert {Path(problem.at.path).name for problem in stopped.value.problems if problem.level == "error"} == {
        "motifs.yaml"
    }
