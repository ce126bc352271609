"""What a release is made of: the wheel and the sdist, built, installed and used as a municipality would."""

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from hejagen import __version__
from tests.conftest import ENVIRONMENT, ROOT

pytestmark = pytest.mark.slow

ANSWERS = ("--organisation", "Sundviks kommun", "--email", "heja@sundvik.example", "--colour", "#5a1846")


def packed(source: Path, target: Path, kind: str) -> Path:
    """The wheel or the sdist of a source tree, built without a network."""
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-d", str(target), "-t", kind]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(target.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


def names(wheel: Path) -> set[str]:
    """The files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree."""
    return packed(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `hejagen` command of a fresh environment that holds the wheel. Its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=True)
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--no-index",
        "--no-deps",
        "--ignore-installed",
        str(wheel),
    ]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "hejagen"


def run(command: Path, folder: Path, *arguments: str) -> str:
    """What the installed command writes, run in a folder; it must end well."""
    env = {"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": ENVIRONMENT["SOURCE_DATE_EPOCH"]}
    done = subprocess.run([command, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_base_layer(wheel: Path) -> None:
    """Content, layouts, schemas and the documentation travel with the program; tests do not."""
    inside = names(wheel)
    for path in ("content/sv/pages/index.md", "layouts/base.html", "docs/reference/schemas/exercise.schema.json"):
        assert f"hejagen/base/{path}" in inside
    assert "hejagen/start/starters/exercise.md" in inside and "hejagen/editions/worker/keep.js" in inside
    assert not [name for name in inside if name.startswith(("tests/", "hejagen/tests"))]


def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """The sdist has all that the wheel is made of, and what the README's two commands need."""
    sdist = packed(ROOT, tmp_path / "sdist", "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = tmp_path / f"hejagen-{__version__}"
    assert names(packed(source, tmp_path / "wheel", "wheel")) == names(wheel)
    for path in (
        "build.py",
        "requirements-test.lock",
        "tests/conftest.py",
        "layers/storhamn/site.yaml",
        "bench/run.py",
    ):
        assert (source / path).is_file(), path


def test_an_installed_hejagen_begins_and_builds_a_layer(installed: Path, tmp_path: Path) -> None:
    """In an empty folder, without the source tree, a municipality starts a layer, checks it and builds it."""
    assert run(installed, tmp_path, "--version").strip().endswith(__version__)
    run(installed, tmp_path, "new", "layer", "sundvik", *ANSWERS)
    layer = tmp_path / "sundvik"
    assert f"hejagen=={__version__}" in (layer / "requirements.txt").read_text("utf-8")
    run(installed, layer, "new", "exercise", "Vår egen övning")
    (layer / "content/sv/exercises/var-egen-ovning.md").unlink()
    run(installed, layer, "build", "--edition", "web")
    assert "HEJA Sundviks kommun" in (layer / "dist/web/index.html").read_text("utf-8")
