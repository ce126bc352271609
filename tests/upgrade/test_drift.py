"""Upgrade: what has changed below a layer is told, each kind of it, and decisions are recorded without losing a text.

The layer below is a region's, on top of the real content, so that it can change."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from hejagen.errors import HejagenError
from hejagen.layers.lock import read_lock
from hejagen.pipeline import read
from hejagen.upgrade.accept import accept, copy, tidied
from hejagen.upgrade.drift import KINDS
from hejagen.upgrade.merge import three_way
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import change, drifted, exercise, layer, looked, run

SITE = """name: Kommun
extends: ../region
hide: [gomd]
patch:
  exercises/lappad:
    title: {was: Lappad, set: Vår}   # en lapp
    materials: {append: [En penna]}
"""
MINE = "content/sv/exercises/egen.md"


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """The layer below: three exercises and a template."""
    names = {"egen": "Egen", "gomd": "Gömd", "lappad": "Lappad"}
    texts = {name: exercise(name, title, f"REG0{n}") for n, (name, title) in enumerate(names.items())}
    made = layer(tmp_path / "region", "name: Region\n", **texts)
    (made / "layouts/pages").mkdir(parents=True)
    (made / "layouts/pages/page.html").write_text('{% extends "!pages/page.html" %}\n')
    return made


@pytest.fixture
def kommun(region: Path) -> Path:
    """The layer: it replaces, hides and patches, and has recorded it all."""
    text = exercise("egen", "Egen", "REG00").replace("fem minuter på fredagar", "sex minuter på fredagar")
    made = layer(region.parent / "kommun", SITE, egen=text)
    decide(made)
    return made


def decide(folder: Path, *, merge: bool = False) -> list[tuple[str, str]]:
    """Accept all; return what was left with the reason."""
    found, top, items = looked(folder)
    lock = tidied(found, top, read_lock(found.layers, top)[0])
    return [(item.key, reason) for item, reason in accept(found, top, lock, items, merge=merge) if reason]


def all_files(folder: Path) -> dict[str, bytes]:
    """Every file by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_has_happened(kommun: Path) -> None:
    """The same layer on the same base reports nothing, however often it is asked; accepting changes no byte."""
    before = all_files(kommun)
    assert drifted(kommun) == [] and decide(kommun) == [] and drifted(kommun) == []
    assert all_files(kommun) == before


@pytest.mark.parametrize("name", ["sundvik", "liten"])
def test_untouched_layers_report_nothing(tmp_path: Path, name: str) -> None:
    """A started layer has recorded the base; one without a record says so, and nothing once it is recorded."""
    folder = tmp_path / name
    if name == "liten":
        shutil.copytree(ROOT / "tests/layers/liten", folder)
        assert ("no-lock", "upstream.lock.json") in drifted(folder)
        decide(folder)
    else:
        options = ("--organisation", "S", "--email", "a@b.example", "--colour", "#5a1846", "--folder", str(folder))
        assert run("new", "layer", name, *options).returncode == 0
    assert drifted(folder) == []


def test_line_ends_order_of_keys_and_comments_are_no_drift(region: Path, kommun: Path) -> None:
    """A Windows checkout, sorted keys and a comment change nothing that anyone reads."""
    for file in [*region.rglob("*.md"), *region.rglob("*.html"), *kommun.rglob("*.md"), kommun / "site.yaml"]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert drifted(kommun) == []
    change(region / MINE, "level: foundation\n", "# en kommentar\n")
    change(region / MINE, "code: REG00\n", "code: REG00\nlevel: foundation\n")
    assert drifted(kommun) == []


def test_a_renamed_file_is_no_drift(region: Path, kommun: Path) -> None:
    """The id is the same: override, hide and patch still hold."""
    for name in ("egen", "gomd", "lappad"):
        file = region / f"content/sv/exercises/{name}.md"
        file.rename(file.with_name(f"ny-{name}.md"))
    assert drifted(kommun) == []
    exercises = read((OWN, kommun), DAY).site.contents["sv"].exercises
    assert "gomd" not in exercises and exercises["lappad"].meta.title == "Vår"


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


def test_identical_to_what_is_below(region: Path, kommun: Path) -> None:
    """A text that has gone the same way, and a patch whose value is there already, can be removed."""
    shutil.copy(kommun / MINE, region / MINE)
    change(region / "content/sv/exercises/lappad.md", "title: Lappad", "title: Vår")
    assert drifted(kommun) == [("same", "exercises/egen"), ("same", "exercises/lappad#title")]
    assert decide(kommun) == [("exercises/egen", "same"), ("exercises/lappad#title", "same")]
    (kommun / MINE).unlink()
    assert drifted(kommun) == [("same", "exercises/lappad#title")]


def test_left_alone(region: Path, kommun: Path) -> None:
    """What it stood in place of is gone; accepted, it is the layer's own."""
    (region / MINE).unlink()
    assert drifted(kommun) == [("orphan", "exercises/egen")]
    assert decide(kommun) == [] and drifted(kommun) == []


def test_hidden_and_gone(region: Path, kommun: Path) -> None:
    """It may have come back under another id: the one with the same title is named. Nothing to accept."""
    change(region / "content/sv/exercises/gomd.md", "id: gomd", "id: ater")
    items = looked(kommun)[2]
    assert [(item.kind, item.key, item.new) for item in items] == [
        ("hidden-gone", "gomd", "exercises/ater"),
        ("new", "exercises/ater", None),
    ]
    assert items[0].at.line == 3
    assert decide(kommun) == [("gomd", "hidden-gone")]


def test_a_patched_value_has_changed(region: Path, kommun: Path) -> None:
    """The patch's `was` is written anew, and nothing else in the file: comments stay, the old file is kept."""
    change(region / "content/sv/exercises/lappad.md", "title: Lappad", 'title: "Ny: titel"')
    items = looked(kommun)[2]
    assert [(item.kind, item.key, item.old, item.new) for item in items] == [
        ("patch-changed", "exercises/lappad#title", "Lappad", "Ny: titel")
    ]
    before = (kommun / "site.yaml").read_text("utf-8")
    assert decide(kommun) == [] and drifted(kommun) == []
    assert (kommun / "site.yaml").read_text("utf-8") == before.replace("was: Lappad", 'was: "Ny: titel"')
    assert (kommun / ".upstream/before/site.yaml").read_text("utf-8") == before
    assert read((OWN, kommun), DAY).site.contents["sv"].exercises["lappad"].meta.title == "Vår"


def test_a_list_that_is_patched_has_changed(region: Path, kommun: Path) -> None:
    """What is appended to is recorded too."""
    change(region / "content/sv/exercises/lappad.md", "- En bokad tid på fredagar", "- En bokad tid på torsdagar")
    assert drifted(kommun) == [("patch-changed", "exercises/lappad#materials")]
    assert decide(kommun) == [] and drifted(kommun) == []


def test_a_patch_without_a_target(region: Path, kommun: Path) -> None:
    """The exercise is gone: there is nothing to accept."""
    (region / "content/sv/exercises/lappad.md").unlink()
    assert drifted(kommun) == [("patch-gone", "exercises/lappad")]
    assert decide(kommun) == [("exercises/lappad", "patch-gone")]


def test_a_program_needs_what_is_hidden(kommun: Path) -> None:
    """Where it is named is told."""
    change(kommun / "site.yaml", "hide: [gomd]", "hide: [gomd, fredagsraden]")
    decide(kommun)
    items = looked(kommun)[2]
    assert {(item.kind, item.key) for item in items} == {("hidden-reference", "exercises/fredagsraden")}
    assert (items[-1].new, "exercise") == ("programs/starta-smatt", "exercise") and "starta-smatt" in items[-1].at.path


def test_new_content_is_told_once(region: Path, kommun: Path) -> None:
    """It is published at once, or held back until it is accepted."""
    layer(region, "name: Region\n", ny=exercise("ny", "Ny", "REG09"))
    assert drifted(kommun) == [("new", "exercises/ny")]
    assert "ny" in read((OWN, kommun), DAY).site.contents["sv"].exercises
    change(kommun / "site.yaml", "name: Kommun\n", "name: Kommun\nnew: hold\n")
    assert drifted(kommun) == [("held", "exercises/ny")]
    assert "ny" not in read((OWN, kommun), DAY).site.contents["sv"].exercises
    assert decide(kommun) == [] and drifted(kommun) == []
    assert "ny" in read((OWN, kommun), DAY).site.contents["sv"].exercises


def test_unrecorded(kommun: Path) -> None:
    """A new override, hide or patch is told until it is recorded."""
    shutil.copy(kommun / MINE, kommun / "content/sv/exercises/fredagsraden.md")
    change(kommun / "content/sv/exercises/fredagsraden.md", "id: egen", "id: fredagsraden")
    change(kommun / "site.yaml", "hide: [gomd]", "hide: [gomd, workshop]")
    change(kommun / "site.yaml", "patch:\n", "patch:\n  pages/om: {menu: {was: about, set: help}}\n")
    keys = ["exercises/fredagsraden", "pages/om#menu", "pages/workshop"]
    assert drifted(kommun) == [("unrecorded", key) for key in keys]
    assert decide(kommun) == [] and drifted(kommun) == []


def test_templates_and_pictures_too(region: Path, kommun: Path) -> None:
    """Files are known by their path; a template that extends gets no merge, a picture no text."""
    (region / "content/sv/images").mkdir()
    (kommun / "content/sv/images").mkdir()
    (kommun / "layouts/pages").mkdir(parents=True)
    for folder, data in ((region, b"\x89PNG\0a"), (kommun, b"\x89PNG\0b")):
        (folder / "content/sv/images/bild.png").write_bytes(data)
    (kommun / "layouts/pages/page.html").write_text('{% extends "!pages/page.html" %}{% block head %}{% endblock %}\n')
    decide(kommun)
    assert drifted(kommun) == []
    (region / "content/sv/images/bild.png").write_bytes(b"\x89PNG\0c")
    (region / "layouts/pages/page.html").write_text('{% extends "!pages/page.html" %}\n{# nytt #}\n')
    keys = ["content/sv/images/bild.png", "layouts/pages/page.html"]
    assert drifted(kommun) == [("changed", key) for key in keys]
    assert decide(kommun, merge=True) == [(key, "no-merge") for key in keys]
    assert decide(kommun) == [] and drifted(kommun) == []


def test_every_kind_is_tested() -> None:
    """No kind of drift without a test that names it."""
    text = Path(__file__).read_text("utf-8")
    assert [kind for kind in KINDS if f'("{kind}"' not in text] == []


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
    layer(kommun, SITE, farlig=exercise('"../../../../outside/viktig"', "Farlig"))
    layer(region, "name: Region\n", farlig=exercise('"../../../../outside/viktig"', "Farligt"))
    decide(kommun)
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"viktig.md": "kvar"}


def test_a_broken_record_is_told(kommun: Path) -> None:
    """With its place; nothing is guessed."""
    for text in ("{", "[]", '{"form": 2}', '{"form": 1, "upstream": "", "items": {"a": 5}, "seen": []}', "[" * 10_000):
        (kommun / "upstream.lock.json").write_text(text)
        done = run("upgrade", str(kommun))
        assert done.returncode == 1 and "[no-lock]" in done.stderr and "Traceback" not in done.stderr, text


def test_the_command_in_three_forms(region: Path, kommun: Path) -> None:
    """Text and JSON on standard output, HTML in a file; 0 = nothing to do, 1 = look here, 2 = wrong usage."""
    calm = run("upgrade", str(kommun))
    assert calm.returncode == 0 and calm.stdout.startswith("Inget att göra")
    change(region / MINE, "Veckor går fort", "<script>alert(1)</script> Dagar")
    text = run("upgrade", folder=kommun)
    assert text.returncode == 1 and "Ändrat under er (1)" in text.stdout and "+<script>" in text.stdout
    made = json.loads(run("upgrade", str(kommun), "--format", "json").stdout)
    assert made["layer"] == "kommun" and made["items"][0]["kind"] == "changed" and made["items"][0]["conflicts"] == 0
    page = kommun.parent / "rapport.html"
    assert run("upgrade", str(kommun), "--format", "html", "--out", str(page)).returncode == 1
    html = page.read_text("utf-8")
    assert (
        '<html lang="sv">' in html and "&lt;script&gt;alert" in html and "<script" not in html and "http://" not in html
    )
    for arguments in (("upgrade",), ("upgrade", "accept"), ("upgrade", "accept", "x", "--layer", str(kommun))):
        assert run(*arguments).returncode == 2, arguments
    done = run("upgrade", "accept", "exercises/egen", "--merge", "--layer", str(kommun))
    assert done.returncode == 0 and "antecknat" in done.stdout
    assert run("upgrade", str(kommun)).returncode == 0


def test_without_git_there_are_two_diffs(region: Path, kommun: Path) -> None:
    """What has changed below, and what the layer changed."""
    change(region / MINE, "Veckor går fort", "Dagar går fort")
    import sys

    command = [sys.executable, "-m", "hejagen", "upgrade", str(kommun), "--format", "json"]
    env = {"PYTHONPATH": str(ROOT / "src"), "PATH": str(kommun)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    (item,) = json.loads(done.stdout)["items"]
    assert not item["merged"] and "+Dagar" in item["changed"] and "sex minuter" in item["yours"]


def test_the_merge_names_the_texts() -> None:
    """A conflict shows all three texts, each with its name."""
    made = three_way("a\n", "b\n", "c\n", ("er text", "gamla", "nya"))
    assert made and made.conflicts == 1
    assert made.text == "<<<<<<< er text\na\n||||||| gamla\nb\n=======\nc\n>>>>>>> nya\n"
