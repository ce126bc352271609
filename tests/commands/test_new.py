"""`hejagen new`: what is begun is whole, and nothing is written over."""

from pathlib import Path

import pytest

from tests.conftest import STATEMENT
from tests.helpers import run


@pytest.mark.slow
def test_new_exercise_passes_the_check(tmp_path: Path) -> None:
    """A started exercise, program and page are whole, and are never written over."""
    (tmp_path / "site.yaml").write_text(STATEMENT, "utf-8")
    for kind in ("exercise", "program", "page"):
        made = run("new", kind, f"Ny {kind} på ön", folder=tmp_path)
        assert made.returncode == 0, made.stderr
        again = run("new", kind, f"Ny {kind} på ön", folder=tmp_path)
        assert again.returncode == 1 and "nothing was changed" in again.stderr
    assert (tmp_path / "content/sv/exercises/ny-exercise-pa-on.md").is_file()
    done = run("check", folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_new_stays_in_its_folder(tmp_path: Path) -> None:
    """A language that is a path out of the folder is refused."""
    assert run("new", "page", "Hej", "--lang", "../../..", folder=tmp_path).returncode == 1


@pytest.mark.slow
def test_new_writes_any_title(tmp_path: Path) -> None:
    """A title with quotes, backslashes and invisible characters is one that the check can read."""
    (tmp_path / "site.yaml").write_text(STATEMENT, "utf-8")
    assert run("new", "page", 'Vi \\ "ni" #1: \x1b\tja', folder=tmp_path).returncode == 0
    assert 'title: "Vi \\\\ \\"ni\\" #1: ja"' in (tmp_path / "content/sv/pages/vi-ni-1-ja.md").read_text("utf-8")
    done = run("check", folder=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lang", ["sve", "SV", "..", "s/v", ""])
def test_new_asks_for_a_language(tmp_path: Path, lang: str) -> None:
    """What is not two letters is no language, and no folder is made of it."""
    assert run("new", "page", "Hej", "--lang", lang, folder=tmp_path).returncode == 1
    assert not list(tmp_path.iterdir())
