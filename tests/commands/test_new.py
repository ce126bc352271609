"""`hejagen new`: what is begun is whole, and nothing is written over."""

from pathlib import Path

import pytest

from tests.conftest import ROOT, STATEMENT
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
    assert "yaml-ambiguous" not in done.stderr, "a comment of the starter would be taken for lost text"


def test_new_exercise_has_the_headings_of_its_language(tmp_path: Path) -> None:
    """Where the layers have words in a language, an exercise in it begins with its headings."""
    words = tmp_path / "layouts/locale/fi/LC_MESSAGES"
    words.mkdir(parents=True)
    (words / "messages.po").write_text(
        (ROOT / "layers/hallvaara" / words.relative_to(tmp_path) / "messages.po").read_text("utf-8")
    )
    assert run("new", "exercise", "Uusi", "--lang", "fi", folder=tmp_path).returncode == 0
    text = (tmp_path / "content/fi/exercises/uusi.md").read_text("utf-8")
    assert "\n## Miksi\n" in text and "\n## Tee näin\n" in text and "\n## Varför\n" not in text


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


def test_new_exercise_begins_from_what_people_do(tmp_path: Path) -> None:
    """The form is the one chosen; the four questions stand in the file, each with its answer or a place for it."""
    done = run("new", "exercise", "Ny", "--form", "promenad", "--trap", "Alla pratar\nom vädret.", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "content/sv/exercises/ny.md").read_text("utf-8")
    assert "\nactivity_form: promenad " in text
    assert "\n# Hur brukar det gå snett, och vad säger den som leder då? Alla pratar om vädret.\n" in text
    assert "\n# Vad ligger kvar på bordet efteråt? …\n" in text
    assert "_HERE" not in text


def test_new_exercise_refuses_an_unknown_form(tmp_path: Path) -> None:
    """A form that does not exist is refused, and nothing is made."""
    assert run("new", "exercise", "Ny", "--form", "prat", folder=tmp_path).returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_logo_that_cannot_be_shown_loses_no_answer(tmp_path: Path) -> None:
    """It is told by its own path before anything is asked, and asked for again when it was an answer."""
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    done = run("new", "layer", "sundvik", "--logo", "logo.svg", folder=tmp_path)
    assert done.returncode == 2 and "logo.svg:1: the SVG has no viewBox" in done.stderr and done.stdout == ""
    answers = "Sundviks kommun\n\nvi@sundvik.example\n\n#123456\nlogo.svg\n\n"
    done = run("new", "layer", "sundvik", folder=tmp_path, answers=answers)
    assert done.returncode == 0 and "Sundviks kommun" in (tmp_path / "sundvik/site.yaml").read_text("utf-8")
