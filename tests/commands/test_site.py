"""`hejagen build`, `check` and `serve`: what is said, where, and with which exit code."""

import socket
from pathlib import Path

import pytest

from tests.helpers import run

pytestmark = pytest.mark.build


def test_build_says_three_lines(tmp_path: Path) -> None:
    """What was built, how long it took, how to look at it."""
    done = run("build", "--exercise", "fredagsraden", "--out", str(tmp_path / "dist"))
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


@pytest.mark.parametrize("target", ["", "nowhere"])
def test_settings_that_are_no_file_are_not_passed_over(tmp_path: Path, target: str) -> None:
    """Where site.yaml is a folder or a link to nothing, the base is not checked in the layer's place."""
    if target:
        (tmp_path / "site.yaml").symlink_to(tmp_path / target)
    else:
        (tmp_path / "site.yaml").mkdir()
    done = run("check", folder=tmp_path)
    assert done.returncode == 1 and "site.yaml:1:1: error" in done.stderr and "unreadable-file" in done.stderr


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
