"""A build of which nothing has changed says the same, and changes nothing."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STATEMENT
from tests.helpers import run

pytestmark = pytest.mark.slow
ONE = ("build", "--edition", "web", "--exercise", "fredagsraden")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A layer with a store of its own, built once; its page gives a warning."""
    monkeypatch.setenv("HEJAGEN_CACHE", str(tmp_path / "store"))
    (tmp_path / "layer/content/sv").mkdir(parents=True)
    (tmp_path / "layer/site.yaml").write_text(STATEMENT, "utf-8")
    (tmp_path / "layer/content/sv/nobody.txt").write_text("reads this", "utf-8")
    return tmp_path / "layer"


def built(folder: Path) -> tuple[bool, list[str]]:
    """Whether a build made the site anew, and what it said, but for the time."""
    before = (folder / "dist").stat().st_ino if (folder / "dist").exists() else 0
    done = run(*ONE, folder=folder)
    assert done.returncode == 0, done.stderr
    said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("Time:")]
    return (folder / "dist").stat().st_ino != before, said


def test_nothing_changed_is_told_as_before(folder: Path) -> None:
    """The second build leaves the folder as it is, and repeats the warnings; also when files were only touched."""
    anew, said = built(folder)
    assert anew and "nothing reads this file" in " ".join(said)
    assert built(folder) == (False, said)
    os.utime(folder / "site.yaml")
    assert built(folder) == (False, said)
    assert run(*ONE, "--fresh", folder=folder).returncode == 0
    (folder / "content/sv/nobody.txt").unlink()
    assert built(folder)[0] and not built(folder)[0]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file of the same size": lambda folder: (folder / "content/sv/nobody.txt").write_text("reads thus", "utf-8"),
    "a new file": lambda folder: (folder / "content/sv/nobody2.txt").write_text("", "utf-8"),
    "a record": lambda folder: (folder / "upstream.lock.json").write_text("{}", "utf-8"),
    "a page that is gone": lambda folder: (folder / "dist/web/om/index.html").unlink(),
    "a page that is changed": lambda folder: (folder / "dist/web/om/index.html").write_text("x", "utf-8"),
    "a file more": lambda folder: (folder / "dist/web/more.html").write_text("x", "utf-8"),
    "no output": lambda folder: shutil.rmtree(folder / "dist"),
    "no store": lambda folder: shutil.rmtree(folder.parent / "store"),
}


def test_every_change_is_seen(folder: Path) -> None:
    """What is read and what was written: each change of it builds anew."""
    built(folder)
    for name, change in CHANGES.items():
        change(folder)
        assert built(folder)[0], name
        assert not built(folder)[0], name
