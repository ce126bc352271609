"""Errors: each says what is wrong and what to do, and a fault of our own is kept for those who can mend it."""

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hejagen.errors import UNTOUCHED, HejagenError, Stopped, WrongUsage, cannot
from hejagen.problems import BuildStopped, Location, Problem
from tests.conftest import ENVIRONMENT, ROOT


def test_errors_come_whole_from_another_process() -> None:
    """A fleet gets its errors from other processes: words, problems and exit code are the same there and here."""
    problem = Problem(Location("a.md", 3), "some-rule", "that is wrong")
    for error in (HejagenError("a", "b"), WrongUsage("a"), Stopped(), BuildStopped((problem,))):
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), str(copy), copy.exit_code) == (type(error), str(error), error.exit_code)
    assert pickle.loads(pickle.dumps(BuildStopped((problem,)))).problems == (problem,)


def test_what_the_system_refuses_is_said_with_its_file() -> None:
    """An error of the system becomes a sentence with the file, also when the system names none."""
    assert str(cannot("read", FileNotFoundError(2, "No such file", "a.md"))).startswith(
        "Cannot read a.md: No such file."
    )
    assert str(cannot("write", OSError(28, "No space left"), "dist")).startswith("Cannot write dist: No space left.")


@pytest.mark.slow
def test_a_fault_of_ours_is_kept_in_a_report(tmp_path: Path) -> None:
    """When hejagen crashes, one line says what to do, and names a report that holds the traceback."""
    (tmp_path / "pagefind_bin.py").write_text("def get_executable():\n    raise ZeroDivisionError('provoked')\n")
    done = subprocess.run(
        [sys.executable, "-m", "hejagen", "build", "--fresh", "--out", "dist", "--edition", "web"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=ENVIRONMENT | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")]), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 70 and "Traceback" not in done.stderr and UNTOUCHED in done.stderr.splitlines()[-1]
    name = re.search(r"Send (\S+hejagen-fault-\S+\.txt)", done.stderr.splitlines()[-1])
    assert name, done.stderr
    report = Path(name[1]).read_text("utf-8")
    assert (
        "Traceback" in report
        and "ZeroDivisionError: provoked" in report
        and "'build'" in report
        and "hejagen 0" in report
    )
    assert not (tmp_path / "dist").exists()
