"""The command as its users meet it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ENVIRONMENT, ROOT, STATEMENT
from tests.helpers import run


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


def test_odd_file_names_are_told_in_one_line(tmp_path: Path) -> None:
    """A file name with signs that addresses or reports read otherwise is told, and cannot write lines of its own."""
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    for name in ("a\n::error::b.txt", "a%0Ab,c.txt", "a#b.txt"):
        (tmp_path / "content/sv/pages" / name).write_text("x")
    done = run("check", "--format", "github", "--layer", ".", folder=tmp_path)
    lines = [line for line in done.stdout.splitlines() if "file-name" in line]
    assert len(lines) == 3 and all(line.startswith("::error file=content/sv/pages/a") for line in lines)
    assert "file=content/sv/pages/a%0A%3A%3Aerror%3A%3Ab.txt,line=1" in done.stdout
    assert "file=content/sv/pages/a%250Ab%2Cc.txt,line=1" in done.stdout
    told = run("check", "--layer", ".", folder=tmp_path).stderr
    assert "content/sv/pages/a\\n::error::b.txt:1:1: error" in told


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_a_picture_that_leads_out_is_told_in_every_form(tmp_path: Path, form: str) -> None:
    """A picture that cannot be read is a problem with its place, in every format."""
    (tmp_path / "lager/content/sv/images").mkdir(parents=True)
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "lager/content/sv/images/a.png").symlink_to(tmp_path / "a.png")
    done = run("check", "--layer", "lager", "--format", form, folder=tmp_path)
    assert done.returncode == 1
    assert "lager/content/sv/images/a.png" in done.stdout + done.stderr and "path-outside" in done.stdout + done.stderr


def test_serve_says_what_is_wrong_before_it_builds(tmp_path: Path) -> None:
    """A port that is taken and a folder that is no layer are wrong usage, told at once."""
    (tmp_path / "empty").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, folder=tmp_path)
    assert done.returncode == 2 and "it is taken" in done.stderr and "Try --port 0" in done.stderr
    done = run("serve", "--port", "0", "--layer", "empty", folder=tmp_path)
    assert done.returncode == 2 and "is not a layer" in done.stderr
    assert not (tmp_path / "dist").exists()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is a file's is told as what cannot be written."""
    (tmp_path / "a").write_text("x")
    done = run("build", "--out", "a/dist", folder=tmp_path)
    assert done.returncode == 1 and "Cannot write" in done.stderr and "Traceback" not in done.stderr


def test_a_missing_package_is_told(tmp_path: Path) -> None:
    """Without one of its packages the program says what to do."""
    (tmp_path / "yaml.py").write_text("raise ImportError('half a package', name='yaml')\n")
    done = subprocess.run(
        [sys.executable, "-m", "hejagen", "check"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=ENVIRONMENT | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("A package is missing or broken: half a package.\nRemove the folder .venv")


@pytest.mark.parametrize("module", ["click", "hejagen.content.load", "yaml"])
def test_ctrl_c_says_the_same_while_loading(tmp_path: Path, module: str) -> None:
    """Stopped before anything has begun, the program says that nothing is lost."""
    code = (
        "import builtins, runpy, sys\nreal = builtins.__import__\n"
        f"def stop(name, *rest, **more):\n    if name == {module!r}: raise KeyboardInterrupt\n"
        "    return real(name, *rest, **more)\n"
        "builtins.__import__ = stop\nsys.argv = ['hejagen', 'check']\n"
        "runpy.run_module('hejagen', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=ENVIRONMENT,
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip()) == (130, "Stopped. The last good build is untouched.")
