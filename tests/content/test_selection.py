"""A smaller site: chosen programs and exercises."""

from pathlib import Path

import pytest

from hejagen.editions import DEFAULT, EDITIONS
from hejagen.errors import WrongUsage
from hejagen.pipeline import build
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import WEB, exercise, layer

pytestmark = pytest.mark.build


def test_a_program_brings_its_exercises(tmp_path: Path) -> None:
    """A chosen program, its exercises and a chosen exercise are there, with the pages around them and nothing else."""
    chosen = ("starta-smatt",), ("tack-forst-svar-sedan",)
    built = build((ROOT,), tmp_path / "dist", (EDITIONS["web"],), DAY, programs=chosen[0], exercises=chosen[1])
    web = built.folders[0]
    content = built.site.contents["sv"]
    within = {item.exercise for item in content.programs["starta-smatt"].meta.sequence if item.exercise}
    assert set(content.exercises) == within | {"tack-forst-svar-sedan"}
    shown = {path.parent.name for path in (web / "ovningar").glob("*/index.html")}
    assert shown == set(content.exercises)
    assert [path.parent.name for path in (web / "program").glob("*/index.html")] == ["starta-smatt"]
    assert (web / "integritet" / "index.html").is_file()


def test_one_exercise_is_enough(tmp_path: Path) -> None:
    """A single exercise makes a whole site in every edition."""
    built = build((ROOT,), tmp_path / "dist", DEFAULT, DAY, exercises=("fredagsraden",))
    assert list(built.site.contents["sv"].exercises) == ["fredagsraden"]


def test_an_unknown_choice_is_told(tmp_path: Path) -> None:
    """An id that does not exist stops the build before anything is written."""
    with pytest.raises(WrongUsage, match='"fredagsrad": did you mean "fredagsraden"'):
        build((ROOT,), tmp_path / "dist", (EDITIONS["web"],), DAY, exercises=("fredagsrad",))
    assert not (tmp_path / "dist").exists()


def test_only_a_preview_shows_a_draft(tmp_path: Path) -> None:
    """A draft is in no page, list, search or file of a build, and is told; whoever previews sees it like all else."""
    text = exercise("utkastet", "Ett riktigt utkast").replace("status: reviewed", "status: draft")
    folder = layer(tmp_path / "layer", utkastet=text)
    built = build((OWN, folder), tmp_path / "dist", DEFAULT, DAY)
    [told] = [problem for problem in built.warnings if problem.rule == "draft"]
    assert told.level == "warning" and told.at.path.endswith("content/sv/exercises/utkastet.md")
    files = [path for path in (tmp_path / "dist").rglob("*") if path.is_file()]
    assert len(files) > 500
    assert [path for path in files if "utkastet" in path.name or b"riktigt utkast" in path.read_bytes()] == []
    shown = build((OWN, folder), tmp_path / "preview", WEB, DAY, drafts=True)
    assert not [problem for problem in shown.warnings if problem.rule == "draft"]
    assert "Ett riktigt utkast" in (shown.folders[0] / "ovningar" / "index.html").read_text("utf-8")
