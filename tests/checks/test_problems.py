"""Every rule has a folder with bad input, a layer on top of the base, and the messages that it must give.

Most folders hold changes.yaml: for each file to write, what is otherwise in it than in the one of its kind in
tests/starters, or, below layouts/, than in the base's own. A folder may also hold files as they are; grow.txt: a file
to make larger for the test, and the size in bytes; many.txt: a folder to fill for the test, and the number of files.
To write expected.txt anew after a message has changed, run with HEJAGEN_UPDATE=1 and read the difference before
committing it."""

import os
import shutil
from pathlib import Path

import pytest
import yaml

from hejagen.commands.reference_pages import all_rules
from hejagen.problems import as_text
from tests.conftest import ROOT
from tests.helpers import problems_of, replaced, starter

pytestmark = pytest.mark.build

FOLDER = ROOT / "tests" / "problems"


@pytest.mark.parametrize("rule", sorted(path.name for path in FOLDER.iterdir()))
def test_rule(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad input gives its own message, with file, line and column, and no other error."""
    layer = tmp_path / "layer"
    shutil.copytree(FOLDER / rule, layer, symlinks=True)
    if (layer / "changes.yaml").exists():
        for name, changes in yaml.safe_load((layer / "changes.yaml").read_text("utf-8")).items():
            (layer / name).parent.mkdir(parents=True, exist_ok=True)
            of_the_base = name.startswith("layouts/")
            text = replaced(ROOT / name, changes) if of_the_base else starter(Path(name).parent.name, changes)
            (layer / name).write_text(text, "utf-8")
    if (layer / "grow.txt").exists():
        name, size = (layer / "grow.txt").read_text().split()
        (layer / name).write_text((layer / name).read_text() + "x\n" * (int(size) // 2))
    if (layer / "many.txt").exists():
        name, number = (layer / "many.txt").read_text().split()
        (layer / name).mkdir(parents=True)
        for count in range(int(number)):
            (layer / name / f"{count}.svg").touch()
    monkeypatch.chdir(layer)
    found = [problem for problem in problems_of(layer, rule) if problem.level == "error" or problem.rule == rule]
    own = [problem for problem in found if not problem.at.path.startswith("/") or problem.rule == rule]
    text = "".join(f"{as_text(problem)}\n" for problem in own).replace(str(ROOT), "BASE")
    expected = FOLDER / rule / "expected.txt"
    if os.environ.get("HEJAGEN_UPDATE"):
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")
    assert len(own) == len(found), "the base layer has errors of its own"
    assert {problem.rule for problem in own} == {rule}


def test_every_rule_has_a_folder() -> None:
    """A rule without bad input to prove it does not exist, and no folder is left of a rule that is gone."""
    assert set(all_rules()) == {path.name for path in FOLDER.iterdir()}
