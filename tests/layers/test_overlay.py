"""Content is known by its id: what a layer replaces, hides and holds back stays so."""

from pathlib import Path

import pytest

from hejagen.pipeline import Loaded, read
from tests.conftest import DAY, ROOT
from tests.helpers import content, exercise, layer, stopped

pytestmark = pytest.mark.build


def test_a_small_layer_builds() -> None:
    """Own name, own page, a hidden page, patched values, on top of the real content."""
    loaded: Loaded = read((ROOT / "tests/layers/liten",), DAY)
    made = loaded.site.contents["sv"]
    assert loaded.site.config.name == "HEJA Litenby" and "litenby" in made.pages
    assert "aktionsforskning" not in made.pages
    meta = made.exercises["fredagsraden"].meta
    assert meta.title == "Veckoraden" and meta.materials[-1] == "En blå bok"


def test_a_renamed_file_keeps_its_override_and_stays_hidden(tmp_path: Path) -> None:
    """Content is known by its id: the file below may have any name."""
    low = layer(tmp_path / "low", nytt=exercise("egen", "Nedifrån"), gomd=exercise("hemlig", "Hemlig", "PRO02"))
    site = "extends: ../low\nhide: [hemlig]\npatch: {exercises/egen: {status: {was: reviewed, set: tested}}}\n"
    top = layer(tmp_path / "top", site, egen=exercise("egen", "Uppifrån"))
    made = content(top).exercises
    assert made["egen"].meta.title == "Uppifrån" and made["egen"].meta.status == "tested"
    assert "hemlig" not in made
    exercises = low / "content/sv/exercises"
    (exercises / "nytt.md").rename(exercises / "helt-annat.md")
    (exercises / "gomd.md").rename(exercises / "ater.md")
    again = content(top).exercises
    assert set(again) == set(made) and again["egen"].meta == made["egen"].meta


def test_what_a_lower_layer_hides_an_upper_one_may_bring_back(tmp_path: Path) -> None:
    """A file of one's own is shown."""
    layer(tmp_path / "low", "hide: [fredagsraden]\n")
    top = layer(tmp_path / "top", "extends: ../low\n", fredagsraden=exercise("fredagsraden", "Åter", "EX44"))
    assert content(top).exercises["fredagsraden"].meta.title == "Åter"


def test_what_is_hidden_is_not_suggested(tmp_path: Path) -> None:
    """An exercise that others name can be hidden: lists let it go, links become words. A program is told of."""
    base = content()
    in_programs = {item.exercise for program in base.programs.values() for item in program.meta.sequence}
    suggested = {name for made in base.exercises.values() for name in made.meta.next_exercises}
    free = sorted(suggested - in_programs)[0]
    made = content(layer(tmp_path / "top", f"hide: [{free}, aktionsforskning]\n"))
    assert free not in made.exercises and "aktionsforskning" not in made.pages
    assert "heja:page:aktionsforskning" in base.pages["om"].body.html
    assert "heja:page:aktionsforskning" not in made.pages["om"].body.html
    used = next(item.exercise for item in base.programs["starta-smatt"].meta.sequence)
    found = stopped(layer(tmp_path / "top", f"hide: [{used}]\n"))
    assert {problem.rule for problem in found} == {"broken-reference"}
    assert all("/programs/" in problem.at.path for problem in found)


def test_new_content_can_wait(tmp_path: Path) -> None:
    """With `new: hold`, what the layer has not seen is not shown."""
    low = layer(tmp_path / "low", ett=exercise("ett", "Ett"))
    top = layer(tmp_path / "top", "extends: ../low\nnew: hold\n")
    seen = "".join(f'"exercises/{name}",' for name in content(low).exercises)
    kinds = content(low)
    seen += ",".join(f'"{kind}/{name}"' for kind in ("programs", "pages") for name in getattr(kinds, kind))
    (top / "upstream.lock.json").write_text(f'{{"form": 1, "upstream": "x", "items": {{}}, "seen": [{seen}]}}')
    assert "ett" in content(top).exercises
    layer(low, tva=exercise("tva", "Två", "PRO02"))
    assert "tva" not in content(top).exercises and "tva" in content(low).exercises
