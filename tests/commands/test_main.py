"""The command itself: it says what it is, what is missing, and that it was stopped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ENVIRONMENT, ROOT
from tests.helpers import run


def test_version_and_help() -> None:
    """Every command has a help text."""
    assert run("--version").stdout.startswith("hejagen, version ")
    for command in ("build", "check", "serve", "new", "layers", "reference"):
        assert len(run(command, "--help").stdout.splitlines()) > 4


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
