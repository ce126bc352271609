"""The command as its users meet it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ENVIRONMENT, ROOT, STATEMENT


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run hejagen in a folder."""
    command = [sys.executable, "-m", "hejagen", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )


def test_build_says_three_lines(tmp_path: Path) -> None:
    """What was built, how long it took, how to look at it."""
    done = run("build", "--out", str(tmp_path / "dist"))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split(":")[0].split(" ")[0] for line in lines] == ["Built", "Time", "Look"]


def test_problems_end_with_one_and_stand_on_stderr(tmp_path: Path) -> None:
    """A mistake gives exit code 1, the message first in its line, no traceback, and a hint."""
    (tmp_path / "site.yaml").write_text("naem: Sundby\n")
    done = run("build", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(
        'site.yaml:1:1: error: unknown key "naem" [unknown-key]\n  hint: did you mean "name"?'
    )
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("form", "start"), [("github", "::error file=site.yaml,line=1,col=1"), ("json", '{"path": "site.yaml", "line": 1')]
)
def test_other_formats(tmp_path: Path, form: str, start: str) -> None:
    """Problems can be read by GitHub and by programs, on standard output."""
    (tmp_path / "site.yaml").write_text("naem: Sundby\n")
    assert run("check", "--format", form, folder=tmp_path).stdout.startswith(start)


def test_wrong_usage_ends_with_two(tmp_path: Path) -> None:
    """A folder that is no layer, an edition that is not there and a folder of others are wrong usage."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.txt").write_text("x")
    for arguments in (("--layer", "empty"), ("--edition", "wbe"), ("--out", "mine")):
        done = run("build", *arguments, folder=tmp_path)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr


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


def test_layers_are_shown(tmp_path: Path) -> None:
    """Each layer is listed with what it adds, replaces, patches and hides, with the id and the place."""
    patch = "hide: [workshop]\npatch: {exercises/fredagsraden: {title: {was: Fredagsraden, set: Raden}}}\n"
    (tmp_path / "site.yaml").write_text(f"name: Sundby\n{patch}")
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "content/sv/pages/ny.md").write_text("x")
    out = run("layers", folder=tmp_path).stdout
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[-4:] == [
        "hides pages/workshop site.yaml:2:8",
        "adds pages/ny content/sv/pages/ny.md:1:1",
        "patches exercises/fredagsraden#title site.yaml:3:34",
        "merges site.yaml site.yaml:1:1",
    ]


def test_version_and_help() -> None:
    """Every command has a help text."""
    assert run("--version").stdout.startswith("hejagen, version ")
    for command in ("build", "check", "serve", "new", "layers", "reference"):
        assert len(run(command, "--help").stdout.splitlines()) > 4
