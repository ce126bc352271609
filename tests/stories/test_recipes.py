"""The recipes for GitHub Pages and GitLab Pages do what they promise."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import DAY, ENVIRONMENT, ROOT, STATEMENT, as_of

pytestmark = pytest.mark.slow

STARTERS = ROOT / "src/hejagen/start/starters"
RECIPES = {"github-pages.yml": "dist/web", "gitlab-pages.yml": "public"}
"""The folder that each one publishes."""


def read(name: str) -> dict[Any, Any]:
    """A recipe as its service reads it."""
    found = yaml.safe_load((STARTERS / name).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def lines(value: object) -> Iterator[str]:
    """The commands of a recipe, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("run", "script", "before_script"):
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from lines(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from lines(inner)


def follow(name: str, folder: Path, day: date = DAY) -> subprocess.CompletedProcess[str]:
    """Run a recipe's commands in a layer on a day, all but those that install, stopping at the first that fails."""
    programs = folder.parent / "bin"
    programs.mkdir()
    (programs / "hejagen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m hejagen "$@"\n')
    (programs / "hejagen").chmod(0o755)
    commands = [line for line in lines(read(name)) if not line.startswith("pip ")]
    assert len(commands) == len(list(lines(read(name)))) - 1
    env = as_of(day) | {"PATH": f"{programs}:{ENVIRONMENT['PATH']}"}
    return subprocess.run(
        ["bash", "-ec", "\n".join(commands)], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """A municipality's own repository with a layer in it."""
    folder = tmp_path / "heja-sundvik"
    folder.mkdir()
    (folder / "site.yaml").write_text(f"{STATEMENT}name: Heja Sundvik\nurl: https://sundvik.example/heja/\n", "utf-8")
    return folder


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_makes_the_folder_that_it_publishes(name: str, layer: Path) -> None:
    """Its commands exist and end well, and the folder to publish holds the layer's site."""
    done = follow(name, layer)
    assert done.returncode == 0, done.stderr
    assert "Heja Sundvik" in (layer / RECIPES[name] / "index.html").read_text("utf-8")
    assert RECIPES[name] in str(read(name))


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_stops_at_a_mistake(name: str, layer: Path) -> None:
    """A mistake in the content ends the recipe before anything is built."""
    (layer / "site.yaml").write_text("nam: Heja Sundvik\n", "utf-8")
    done = follow(name, layer)
    assert done.returncode == 1
    assert "unknown key" in done.stdout + done.stderr
    assert not (layer / RECIPES[name]).exists()


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_publishes_no_old_assessment(name: str, layer: Path) -> None:
    """More than twelve months after the assessment the recipe ends before anything is built."""
    done = follow(name, layer, DAY.replace(year=DAY.year + 1) + timedelta(days=1))
    assert done.returncode == 1
    assert "more than twelve months ago" in done.stdout + done.stderr
    assert not (layer / RECIPES[name]).exists()


def test_only_the_main_branch_is_published() -> None:
    """A proposal is checked, not published."""
    github, gitlab = read("github-pages.yml"), read("gitlab-pages.yml")
    assert github["jobs"]["publish"]["if"] == "github.ref == 'refs/heads/main'"
    assert gitlab["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
