"""Layers stand on each other, and none of them reads what is outside or keeps a build waiting."""

import os
import shutil
from pathlib import Path, PurePosixPath

import pytest

from hejagen.layers.stack import MAX_CHAIN, MAX_PICTURE, MAX_TOTAL, stack
from hejagen.pipeline import read
from tests.conftest import DAY, OWN
from tests.helpers import content, exercise, layer, problems_of, stopped

pytestmark = pytest.mark.build


def test_layers_stand_on_each_other(tmp_path: Path) -> None:
    """Region, municipality, administration: each has what those below have, the uppermost wins, hiding stays hidden."""
    layer(tmp_path / "region", "name: Region\nhide: [workshop]\n", egen=exercise("egen", "Regionens"))
    layer(tmp_path / "kommun", "extends: ../region\nname: Kommun\n", egen=exercise("egen", "Kommunens"))
    top = layer(tmp_path / "skola", "extends: ../kommun\ntagline: För skolan.\n")
    assert [found.name for found in stack((top,)).layers] == ["base", "region", "kommun", "skola"]
    made = read((OWN, top), DAY).site
    assert (made.config.name, made.config.tagline) == ("Kommun", "För skolan.")
    assert made.contents["sv"].exercises["egen"].meta.title == "Kommunens"
    assert "workshop" not in made.contents["sv"].pages
    assert made.config.hide == (), "what a layer does with those below is no setting of the site"


def test_layers_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two layers in folders of the same name do not take each other's files."""
    layer(tmp_path / "a/heja", ett=exercise("ett", "Ett"))
    top = layer(tmp_path / "b/heja", "extends: ../../a/heja\n", tva=exercise("tva", "Två", "PRO02"))
    assert {"ett", "tva"} <= set(content(top).exercises)
    assert [found.name for found in stack((top,)).layers] == ["base", "heja", "b/heja"]


# Hostile layers: a message with a place, exit without a trace, nothing written.


def test_extends_in_a_circle(tmp_path: Path) -> None:
    """A circle is told where it closes."""
    layer(tmp_path / "a", "extends: ../b\n")
    layer(tmp_path / "b", "extends: ../a\n")
    (problem,) = stopped(tmp_path / "a")
    assert problem.rule == "layer-extends" and problem.at.path.endswith("b/site.yaml") and problem.at.column == 10
    (problem,) = stopped(layer(tmp_path / "c", "extends: .\n"))
    assert "circle" in problem.message


def test_extends_what_is_no_layer(tmp_path: Path) -> None:
    """A file, an empty folder and too long a chain are told."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for target in ("../file", "../empty", "/etc/passwd"):
        assert stopped(layer(tmp_path / "top", f"extends: {target}\n"))[0].rule == "layer-extends"
    for number in range(MAX_CHAIN + 1):
        layer(tmp_path / f"l{number}", f"extends: ../l{number + 1}\n")
    layer(tmp_path / f"l{MAX_CHAIN + 1}")
    assert "more than 10" in stopped(tmp_path / "l0")[0].message


@pytest.mark.parametrize("extends", ["[a]", "{a: b}", "5", "true", "''"])
def test_extends_of_another_kind(tmp_path: Path, extends: str) -> None:
    """What is no text is told by the model, not by a traceback."""
    assert stopped(layer(tmp_path / "top", f"extends: {extends}\n"))[0].at.line == 1


@pytest.mark.parametrize(
    "where", ["content/sv/exercises/x.md", "layouts/styles/base.css", "site.yaml", "layouts/pages/page.html"]
)
def test_links_out_are_not_read(tmp_path: Path, where: str) -> None:
    """A link to a file outside is refused, whatever it stands for."""
    top = layer(tmp_path / "top")
    (tmp_path / "secret").write_text("---\nid: x\n---\nlösenord\n")
    (top / where).parent.mkdir(parents=True, exist_ok=True)
    (top / where).unlink(missing_ok=True)
    (top / where).symlink_to(tmp_path / "secret")
    found = stopped(top)
    assert all("lösenord" not in problem.message for problem in found)
    assert {problem.rule for problem in found} <= {"path-outside", "template-missing"}


def test_linked_folders_are_not_followed(tmp_path: Path) -> None:
    """Neither below the layer nor in place of content/."""
    top = layer(tmp_path / "top")
    (top / "content/sv/images").symlink_to("/etc")
    assert [problem.rule for problem in stopped(top)] == ["path-outside"]
    shutil.rmtree(top / "content")
    (top / "content").symlink_to(tmp_path / "elsewhere")
    layer(tmp_path / "other", ett=exercise("ett", "Ett"))
    (tmp_path / "elsewhere").symlink_to(tmp_path / "other/content")
    assert {problem.rule for problem in stopped(top)} == {"path-outside"}


def test_giant_files_are_refused(tmp_path: Path) -> None:
    """A picture has a limit too."""
    top = layer(tmp_path / "top")
    (top / "content/sv/images").mkdir()
    with (top / "content/sv/images/stor.svg").open("wb") as file:
        file.truncate(MAX_PICTURE + 1)
    (problem,) = stopped(top)
    assert problem.rule == "file-too-large" and problem.at.path.endswith("stor.svg")


def test_many_large_files_are_refused(tmp_path: Path) -> None:
    """Files that are allowed one by one are not when they are too large together; none of them is read."""
    top = layer(tmp_path / "top")
    (top / "content/sv/files").mkdir()
    for number in range(MAX_TOTAL // MAX_PICTURE + 1):
        with (top / f"content/sv/files/{number}.pdf").open("wb") as file:
            file.truncate(MAX_PICTURE)
    (problem,) = stopped(top)
    assert problem.rule == "too-many-files" and "300 MB" in problem.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize(
    "places",
    [
        ("site.yaml",),
        ("upstream.lock.json",),
        ("layouts/locale/sv/LC_MESSAGES/messages.po",),
        (
            "accessibility-check.json",
            "brand/logo.svg",
            "content/sv/exercises/x.md",
            "content/sv/files/x.pdf",
            "content/sv/images/x.svg",
            "content/sv/pages/x.txt",
            "layouts/pages/page.html",
        ),
    ],
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, places: tuple[str, ...], linked: bool) -> None:
    """A pipe, or a link to one, is told wherever it stands; nobody waits for what never comes."""
    top = layer(tmp_path / "top", "new: hold\nbrand: {logo: {file: logo.svg, alt: Vi}}\n")
    os.mkfifo(top / "pipe")
    for place in places:
        (top / place).parent.mkdir(parents=True, exist_ok=True)
        (top / place).unlink(missing_ok=True)
        if linked:
            (top / place).symlink_to(top / "pipe")
        else:
            os.mkfifo(top / place)
    found = [problem for problem in stopped(top) if problem.rule == "unreadable-file"]
    assert {problem.at.path.partition("/top/")[2] for problem in found} == set(places)


def test_what_systems_and_editors_leave_is_passed_over(tmp_path: Path) -> None:
    """Thumbnails, settings of folders, locks and copies of editors are no part of a layer."""
    own = layer(tmp_path / "own")
    names = (
        "Thumbs.db", "thumbs.DB", "ehthumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "._a.md", "#p.md#",
        ".#p.md", "p.md~", ".p.md.swp", "p.swp", "~$p.docx", ".~lock.p.odt#", "p.md.bak", "p.md.orig", "p.tmp",
    )  # fmt: skip
    for folder in ("content/sv/images", "content/sv/pages", "content/sv/files", "layouts/covers", "brand"):
        (own / folder).mkdir(parents=True, exist_ok=True)
        for name in names:
            (own / folder / name).write_bytes(b"\0\1")
    assert [problem for problem in problems_of(own) if "/own/" in problem.at.path] == []
    assert not {PurePosixPath(path).name for path in stack((own,)).find("content")} & {*names}


def test_upper_layers_win(tmp_path: Path) -> None:
    """Of files with the same path the top layer's is read; the others add."""
    for name, files in {"low": ["a.md", "b.md"], "top": ["b.md", "c.md"]}.items():
        folder = tmp_path / name / "content"
        folder.mkdir(parents=True)
        for file in files:
            (folder / file).write_text(name)
    files = stack((tmp_path / "low", tmp_path / "top")).find("content").items()
    assert {path: source.layer for path, source in files if source.layer != "base"} == {
        "content/a.md": "low", "content/b.md": "top", "content/c.md": "top",
    }  # fmt: skip


def test_windows_line_ends_and_marks_are_nothing_special(tmp_path: Path) -> None:
    """CRLF and a byte order mark make no difference."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_bytes(b"\xef\xbb\xbfett\r\ntv\xc3\xa5\r\n")
    layers = stack((tmp_path,))
    assert layers.text(layers.find("content")["content/a.md"]) == ("ett\ntvå\n", [])


def test_texts_below_in_a_language_that_the_site_has_not(tmp_path: Path) -> None:
    """A layer in Swedish alone is told nothing of the base's English texts, but of its own."""
    top = layer(tmp_path / "top")
    assert "unused-file" not in {problem.rule for problem in read((OWN, top), DAY).warnings}
    (top / "content/en/pages").mkdir(parents=True)
    (top / "content/en/pages/a.md").write_text("a")
    told = [problem for problem in read((OWN, top), DAY).warnings if problem.rule == "unused-file"]
    assert [problem.at.path.rpartition("content/")[2] for problem in told] == ["en/pages/a.md"]
