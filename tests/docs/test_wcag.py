"""The page about WCAG names what there is, and every criterion once."""

import re

import pytest
import yaml

from hejagen.checks import FILE_CHECKS, LAYER_CHECKS, rule
from hejagen.commands.reference_pages import all_rules
from hejagen.model.settings import PARTS, TRIALS
from tests.conftest import ROOT

PAGE = (ROOT / "docs/reference/wcag.md").read_text("utf-8")
GUIDE = (ROOT / "docs/how-to/prova-tillganglighet.md").read_text("utf-8")
LEVELS = {
    "A": (
        "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 "
        "2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
    ),
    "AA": (
        "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 "
        "3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
    ),
}
"""The criteria of WCAG 2.2 by level. Version 2.2 has no 4.1.1."""
STATES = ("machine", "person", "in part", "no such content")
NOT_ABOUT_ACCESSIBILITY = {
    "inline-code", "other-origin", "dead-link", "statement-page", "statement-proof", "unknown-block", "unused-template",
}  # fmt: skip
"""Rules that keep pages safe and whole, the statement true, or a layer's templates at work."""
ROWS = re.findall(r"^\| ([1-4]\.\d\.\d+) [^|]+\| (A+) \| ([^|]+) \| [^|]+ \|(.*)\|$", PAGE, re.M)
"""Number, level, state, and what shows it, of each row about a criterion."""
PROOFS = sorted(set(re.findall(r"tests/[\w/.]+\.py::\w+", PAGE)))
SENSES = re.compile(
    r"\b(?:pointer|touch|mouse)(?:down|up|move|start|end|over|enter)\b|\bdevice(?:motion|orientation)\b"
)
DRAGS = re.compile(r"\bdrag(?:start|over|end|gable)\b")


def test_every_criterion_is_there_once() -> None:
    """All of A and AA stand on the page with their level, each once, and so do those of AAA that it has."""
    numbers = [number for number, *_ in ROWS]
    assert len(numbers) == len(set(numbers))
    assert {number: level for number, level, *_ in ROWS if level != "AAA"} == {
        number: level for level, wanted in LEVELS.items() for number in wanted.split()
    }
    assert sum(len(wanted.split()) for wanted in LEVELS.values()) == 55


def test_what_a_machine_sees_is_named() -> None:
    """A row has one of the states, and what is said to be looked at by a machine names what looks."""
    assert {state for _, _, state, _ in ROWS} <= set(STATES)
    assert [number for number, _, state, proof in ROWS if state == "machine" and "`" not in proof] == []


def test_every_rule_is_there() -> None:
    """What stands between backticks in the last column of a table is a rule, a part of the check or a test."""
    cells = [row.rsplit("|", 2)[1] for row in PAGE.splitlines() if row.startswith("|")]
    named = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell) if "::" not in name}
    assert named - set(all_rules()) - set(PARTS[1:]) == set()


@pytest.mark.parametrize("proof", PROOFS)
def test_every_test_is_there(proof: str) -> None:
    """A test that the page names is a function in that file."""
    path, _, name = proof.partition("::")
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.M)


def test_every_rule_about_accessibility_has_a_criterion() -> None:
    """Each rule about finished pages, styles and scripts stands beside a criterion, or is about something else."""
    beside = {name for *_, proof in ROWS for name in re.findall(r"`([\w-]+)`", proof)}
    about = {rule(check) for check in FILE_CHECKS} | {rule(check) for check in LAYER_CHECKS}
    assert about - beside == NOT_ABOUT_ACCESSIBILITY


def test_what_people_have_tried_is_what_is_recorded() -> None:
    """The newest trial of each method in site.yaml gives its day and outcome; without one, the page says so."""
    recorded = yaml.safe_load((ROOT / "site.yaml").read_text("utf-8"))["accessibility"].get("trials", [])
    newest = {trial["method"]: trial for trial in sorted(recorded, key=lambda trial: str(trial["date"]))}
    for method in TRIALS:
        (row,) = re.findall(rf"^\| \[{method}\]\([^)]+\) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.M)
        if trial := newest.get(method):
            assert row == (str(trial["date"]), "passed" if trial["passed"] else "not passed")
        else:
            assert row == ("never", "not yet done by a person")


def test_every_protocol_is_there() -> None:
    """Each link to a protocol leads to a heading of the guide."""
    titles = re.findall(r"^## (.+)$", GUIDE, re.M)
    headings = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    linked = set(re.findall(r"prova-tillganglighet\.md#([^)]+)\)", PAGE))
    assert len(linked) == 6 and linked <= headings


def test_scripts_listen_to_presses_only() -> None:
    """No script or template of the base reacts before a press is let go, to how the device is moved, or to dragging."""
    files = [path for path in (ROOT / "layouts").rglob("*") if path.suffix in (".js", ".html")]
    texts = {path.as_posix(): path.read_text("utf-8") for path in files}
    assert files and [name for name, text in texts.items() if SENSES.search(text) or DRAGS.search(text)] == []
