"""Decisions about what has changed below: recorded, merged or refused, and never is a text lost."""

import json
import shutil
from pathlib import Path

import pytest

from hejagen.errors import HejagenError
from hejagen.layers.lock import read_lock
from hejagen.upgrade.accept import copy
from tests.helpers import change, decide, drifted, exercise, layer, looked, run

pytestmark = pytest.mark.build

MINE = "content/sv/exercises/egen.md"


def test_changed_underneath_and_merged(region: Path, kommun: Path) -> None:
    """Changes in different places are put together; the old text is kept, and nothing is left to tell."""
    change(region / MINE, "Veckor går fort", "Dagar går fort")
    assert drifted(kommun) == [("changed", "exercises/egen")]
    before = (kommun / MINE).read_bytes()
    assert decide(kommun, merge=True) == []
    text = (kommun / MINE).read_text("utf-8")
    assert "Dagar går fort" in text and "sex minuter på fredagar" in text
    assert (kommun / ".upstream/before" / MINE).read_bytes() == before
    assert drifted(kommun) == []
    change(region / MINE, "Dagar går fort", "År går fort")
    decide(kommun, merge=True)
    assert "Dagar" in (kommun / ".upstream/before" / f"{MINE}.2").read_text("utf-8")


def test_changed_underneath_and_accepted_as_it_is(region: Path, kommun: Path) -> None:
    """Without --merge the layer's text stays, and the next change is told from the new text."""
    before = (kommun / MINE).read_bytes()
    change(region / MINE, "Veckor går fort", "Dagar går fort")
    assert decide(kommun) == [] and drifted(kommun) == []
    assert (kommun / MINE).read_bytes() == before
    assert len(list((kommun / ".upstream/exercises").iterdir())) == 1, "the text before it is not needed any more"


def test_a_conflict_changes_nothing(region: Path, kommun: Path) -> None:
    """Both changed the same line: the layer's file is untouched, a proposal lies beside it, and it is told again."""
    change(region / MINE, "fem minuter på fredagar", "sju minuter på fredagar")
    before = (kommun / MINE).read_bytes()
    assert decide(kommun, merge=True) == [("exercises/egen", "conflicts")]
    assert (kommun / MINE).read_bytes() == before
    proposal = (kommun / ".upstream/proposal" / MINE).read_text("utf-8")
    assert "<<<<<<<" in proposal and "sex minuter" in proposal and "sju minuter" in proposal
    assert drifted(kommun) == [("changed", "exercises/egen")]


def test_the_merge_keeps_windows_line_ends(region: Path, kommun: Path) -> None:
    """A file with CRLF is written with CRLF."""
    (kommun / MINE).write_bytes((kommun / MINE).read_bytes().replace(b"\n", b"\r\n"))
    change(region / MINE, "Veckor går fort", "Dagar går fort")
    decide(kommun, merge=True)
    data = (kommun / MINE).read_bytes()
    assert b"Dagar" in data and data.count(b"\r\n") == data.count(b"\n")


def test_a_copy_is_recorded(region: Path, kommun: Path) -> None:
    """`new copy` gives the text below, under its own path; it is never put over a file."""
    found, top, _ = looked(kommun)
    lock, _ = read_lock(found.layers, top)
    assert copy(found, top, lock, "pages/om") == "content/sv/pages/om.md"
    assert copy(found, top, lock, "pages/finns-inte") is None
    change(kommun / "content/sv/pages/om.md", "order: ", "order: 1")
    assert drifted(kommun) == []
    with pytest.raises(HejagenError, match="is there already"):
        copy(looked(kommun)[0], top, lock, "pages/om")


def test_a_copy_of_what_is_patched_between_says_so(region: Path, kommun: Path) -> None:
    """A copy has the text of the file; the patches of the layers between are told, to be written in."""
    (region.parent / "namnd/content").mkdir(parents=True)
    (region.parent / "namnd/site.yaml").write_text("extends: ../kommun\nname: Nämnd\n")
    done = run("new", "copy", "exercises/lappad", "--layer", "namnd", folder=region.parent)
    assert done.returncode == 0 and "title, at kommun/site.yaml:6:5" in done.stdout, done.stdout + done.stderr


def test_nothing_is_written_outside(region: Path, kommun: Path) -> None:
    """A link in place of .upstream, an id that is a path and a record that names other files do no harm."""
    outside = region.parent / "outside"
    outside.mkdir()
    (outside / "viktig.md").write_text("kvar")
    shutil.rmtree(kommun / ".upstream")
    (kommun / ".upstream").symlink_to(outside)
    change(region / MINE, "Veckor går fort", "Dagar går fort")
    with pytest.raises(HejagenError, match="leads out"):
        decide(kommun)
    (kommun / ".upstream").unlink()
    lock = json.loads((kommun / "upstream.lock.json").read_text())
    lock["items"]["exercises/egen"]["kept"] = "../outside/viktig.md"
    (kommun / "upstream.lock.json").write_text(json.dumps(lock))
    layer(kommun, (kommun / "site.yaml").read_text("utf-8"), farlig=exercise('"../../../../outside/viktig"', "Farlig"))
    layer(region, "name: Region\n", farlig=exercise('"../../../../outside/viktig"', "Farligt"))
    decide(kommun)
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"viktig.md": "kvar"}
