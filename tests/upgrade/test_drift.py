"""What has changed below a layer is told, each kind of it.

The layer below is a region's, on top of the real content, so that it can change."""

import shutil
from pathlib import Path

import pytest

from hejagen.pipeline import read
from hejagen.upgrade.drift import KINDS
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import change, decide, drifted, exercise, layer, looked, run

pytestmark = pytest.mark.build

MINE = "content/sv/exercises/egen.md"


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
        ("held", "exercises/ater", None),
    ]
    assert items[0].at.line == 3
    assert "ater" not in read((OWN, kommun), DAY).site.contents["sv"].exercises, "it stays hidden until it is accepted"
    assert decide(kommun) == [("gomd", "hidden-gone")]
    assert "ater" in read((OWN, kommun), DAY).site.contents["sv"].exercises


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
    text = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [kind for kind in KINDS if f'("{kind}"' not in text] == []


def test_a_broken_record_is_told(kommun: Path) -> None:
    """With its place; nothing is guessed."""
    number = '{"form": 1, "upstream": "", "items": {"a": {"verb": "replaces", "hash": "", "kept": 5}}, "seen": []}'
    for text in (
        "{",
        "[]",
        number,
        '{"form": 2}',
        '{"form": 1, "upstream": "", "items": {"a": 5}, "seen": []}',
        "[" * 10_000,
    ):
        (kommun / "upstream.lock.json").write_text(text)
        done = run("upgrade", str(kommun))
        assert done.returncode == 1 and "[no-lock]" in done.stderr and "Traceback" not in done.stderr, text
