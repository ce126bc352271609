"""The slips of an editor's first afternoon: each is told where it is made, and nothing is done in its place."""

from pathlib import Path

import pytest

from hejagen.layers.lock import read_lock
from hejagen.layers.stack import stack
from hejagen.layers.survey import survey
from hejagen.reading.yaml_reader import read_yaml
from hejagen.upgrade.accept import copy
from tests.conftest import ROOT, STATEMENT
from tests.helpers import change, content, drifted, exercise, layer, run, stopped

ANSWERS = "Sundviks kommun\n\nheja(at)sundvik.example\nheja@sundvik.example\n\nred\n#5a1846\nfinns-inte.svg\n\n"


def test_an_answer_that_does_not_fit_is_asked_for_again(tmp_path: Path) -> None:
    """The prompts of `new layer` say what is wrong at once; nobody begins again, and the layer is made."""
    done = run("--lang", "sv", "new", "layer", "sundvik", folder=tmp_path, answers=ANSWERS)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert all(f"”{wrong}” går inte" in said for wrong in ("heja(at)sundvik.example", "red", "finns-inte.svg"))
    assert 'colour: "#5a1846"' in (tmp_path / "sundvik/site.yaml").read_text("utf-8")


def test_options_of_a_new_layer_are_told_without_a_file_that_nobody_has(tmp_path: Path) -> None:
    """A colour in words is told as what was written, and a name that cannot be before anything is asked."""
    rest = ("--organisation", "S", "--email", "s@s.example")
    done = run("new", "layer", "sundvik", *rest, "--colour", "red", folder=tmp_path)
    assert done.returncode == 2 and '"red"' in done.stderr and "site.yaml" not in done.stderr
    done = run("new", "layer", "Sundvik", folder=tmp_path)
    assert "such as sundvik" in done.stderr and "Organisationens" not in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "below"), [("site.yaml.txt", ""), ("site.yml", ""), ("site.yaml", "content")])
def test_a_command_in_the_wrong_folder_does_not_build_the_base(tmp_path: Path, name: str, below: str) -> None:
    """A settings file by another name, or a folder inside the layer: the command says so and writes nothing."""
    (tmp_path / "content").mkdir()
    (tmp_path / name).write_text("name: Sundvik\n")
    for command in (("check",), ("new", "page", "Titel")):
        done = run(*command, folder=tmp_path / below)
        assert done.returncode == 2, done.stdout
        assert "cd .." in done.stderr if below else f"{name} is not read" in done.stderr
    assert [path.name for path in (tmp_path / "content").iterdir()] == []


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("brand:\n  colour: #5a1846\n", "x.yaml:2:11", "#5a1846 is not read"),
        ("brand:\n\tcolour: red\n", "x.yaml:2:1", "a tab"),
    ],
)
def test_slips_in_yaml_are_told_for_what_they_are(text: str, at: str, said: str) -> None:
    """A colour without quotes is a comment to YAML, and a tab is no indent."""
    (problem,) = read_yaml(text, "x.yaml").problems
    assert str(problem.at) == at and said in problem.message


def test_remarks_are_not_taken_for_colours() -> None:
    """A value that is left out, with a remark behind, is nothing to tell."""
    assert read_yaml("a: # fade\nb:   # 5a1846 is ours\nc: x #5a1846\n", "x.yaml").problems == ()


@pytest.mark.parametrize(
    ("site", "hint"),
    [
        ("hide: [pages/workshop]\n", "write workshop"),
        ("brand:\n  logo: {file: brand/logo.svg, alt: S}\n", "only the file's name"),
        ("brand: {colour: red}\n", '"#2b2a6e"'),
        ("patch:\n  pages/om:\n    title: {was:Om, set: Vi}\n", "a space after each colon"),
        ("patch:\n  pages/om:\n    title: {from: Om}\n", "append, remove, set, was"),
    ],
)
def test_hints_say_what_to_write(tmp_path: Path, site: str, hint: str) -> None:
    """The usual slips in site.yaml have hints of their own."""
    (problem,) = stopped(layer(tmp_path / "top", site))
    assert hint in problem.hint


def test_a_program_that_needs_what_is_hidden_is_told_who_hides_it(tmp_path: Path) -> None:
    """The exercise is there, but hidden: the message names the line that hides it."""
    used = content().programs["starta-smatt"].meta.sequence[0].exercise
    problems = stopped(layer(tmp_path / "top", f"name: Prov\nhide: [{used}]\n"))
    assert all(f'"{used}" is hidden' in problem.message for problem in problems)
    assert all(problem.message.endswith("site.yaml:2:8") for problem in problems)


@pytest.mark.parametrize("path", ["layouts/pages/page.html", "layouts/styles/tokens.css"])
def test_a_template_or_a_style_of_the_base_can_be_copied(tmp_path: Path, path: str) -> None:
    """What only the base has is copied as it is, and recorded; words are not copied, for they are merged."""
    top = layer(tmp_path / "top")
    found = survey(stack((top,)))
    this = found.layers.layers[-1]
    assert copy(found, this, None, path) == path
    assert (top / path).read_bytes() == (ROOT / path).read_bytes()
    lock, _ = read_lock(found.layers, this)
    assert lock and list(lock.items) == [path]
    assert copy(found, this, lock, "layouts/locale/sv/LC_MESSAGES/messages.po") is None


def test_a_copy_of_what_a_layer_between_hides_is_an_addition(tmp_path: Path) -> None:
    """Nothing lies below it, so nothing is missed afterwards."""
    layer(tmp_path / "region", "name: Region\n", gomd=exercise("gomd", "Gömd"))
    layer(tmp_path / "kommun", "name: Kommun\nextends: ../region\nhide: [gomd]\n")
    top = layer(tmp_path / "top", "name: Prov\nextends: ../kommun\n")
    found = survey(stack((top,)))
    assert copy(found, found.layers.layers[-1], None, "exercises/gomd")
    assert drifted(top) == []


def test_a_name_that_is_nearly_right_is_asked_about(tmp_path: Path) -> None:
    """`new copy` and `upgrade accept` suggest the whole name."""
    top = layer(tmp_path / "top", "name: Prov\npatch:\n  pages/om:\n    order: {was: 10, set: 11}\n")
    done = run("new", "copy", "fredagsraden", folder=top)
    assert done.returncode == 2 and '"exercises/fredagsraden"?' in done.stderr
    assert run("new", "copy", "pages/workshop", folder=top).returncode == 0
    done = run("upgrade", "accept", "pages/om", folder=top)
    assert done.returncode == 2 and '"pages/om#order"?' in done.stderr


def test_the_first_exercise_is_told_as_it_is_written(tmp_path: Path) -> None:
    """What the tutorial shows of mistakes made on purpose is what the program says to a Swedish editor."""
    (tmp_path / "site.yaml").write_text(STATEMENT, "utf-8")
    run("new", "exercise", "Lyssna två minuter", folder=tmp_path)
    file = tmp_path / "content/sv/exercises/lyssna-tva-minuter.md"
    tutorial = (ROOT / "docs/tutorial/forsta-ovningen.md").read_text("utf-8")
    for was, now in (("active: 20", "active: 21"), ("\nlevel:", "\nlevle:")):
        change(file, was, now)
        said = run("--lang", "sv", "check", folder=tmp_path).stderr
        change(file, now, was)
        error = next(line for line in said.splitlines() if ": fel: " in line)
        assert f"{error}\n{said.split(error)[1].splitlines()[1]}\n" in tutorial
