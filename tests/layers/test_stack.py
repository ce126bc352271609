"""Layers: they stand on each other, know content by its id, patch values, and cannot do harm."""

import os
import shutil
from pathlib import Path, PurePosixPath

import pytest

from hejagen.layers.stack import MAX_CHAIN, MAX_PICTURE, MAX_TOTAL, stack
from hejagen.pipeline import Loaded, read
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import content, exercise, layer, problems_of, stopped


def test_a_small_layer_builds() -> None:
    """Own name, own page, a hidden page, patched values, on top of the real content."""
    loaded: Loaded = read((ROOT / "tests/layers/liten",), DAY)
    made = loaded.site.contents["sv"]
    assert loaded.site.config.name == "HEJA Litenby" and "litenby" in made.pages
    assert "aktionsforskning" not in made.pages
    meta = made.exercises["fredagsraden"].meta
    assert meta.title == "Veckoraden" and meta.materials[-1] == "En blå bok"


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


def test_a_renamed_file_keeps_its_override_and_stays_hidden(tmp_path: Path) -> None:
    """Content is known by its id: the file below may have any name."""
    low = layer(tmp_path / "low", nytt=exercise("egen", "Nedifrån"), gomd=exercise("hemlig", "Hemlig", "PRO02"))
    site = "extends: ../low\nhide: [hemlig]\npatch: {exercises/egen: {status: {was: draft, set: reviewed}}}\n"
    top = layer(tmp_path / "top", site, egen=exercise("egen", "Uppifrån"))
    made = content(top).exercises
    assert made["egen"].meta.title == "Uppifrån" and made["egen"].meta.status == "reviewed"
    assert "hemlig" not in made
    exercises = low / "content/sv/exercises"
    (exercises / "nytt.md").rename(exercises / "helt-annat.md")
    (exercises / "gomd.md").rename(exercises / "ater.md")
    again = content(top).exercises
    assert set(again) == set(made) and again["egen"].meta == made["egen"].meta


def test_what_a_lower_layer_hides_an_upper_one_may_bring_back(tmp_path: Path) -> None:
    """A file of one's own is shown."""
    layer(tmp_path / "low", "hide: [fredagsraden]\n")
    top = layer(tmp_path / "top", "extends: ../low\n", fredagsraden=exercise("fredagsraden", "Åter", "EX44"))
    assert content(top).exercises["fredagsraden"].meta.title == "Åter"


def test_patches_reach_lists_and_entries(tmp_path: Path) -> None:
    """Keys count entries from 1 or name their id; whole lists take new entries; null takes a key away."""
    term = "{id: sundord, term: Sundord, definition: Ett ord., term_en: Sound word}"
    site = f"""
patch:
  exercises/fredagsraden:
    steps.2.minutes: {{was: 3, set: 4}}
    minutes.active: {{was: 5, set: 6}}
    formats: {{remove: [async]}}
    evidence_strength: {{was: moderate, set: limited}}
  programs/starta-smatt: {{title: {{was: Starta smått, set: Börja smått}}}}
  pages/om: {{order: {{was: 10, set: 11}}}}
  glossary: {{terms: {{append: [{term}]}}}}
  behaviours/invite_voice: {{label_en: {{was: WAS, set: Ask}}}}
"""
    base = content()
    site = site.replace("WAS", f'"{base.behaviours["invite_voice"].label_en}"')
    site = site.replace("was: 10", f"was: {base.pages['om'].meta.order}")
    made = content(layer(tmp_path / "top", site))
    meta = made.exercises["fredagsraden"].meta
    assert (meta.steps[1].minutes, meta.minutes.active, meta.evidence_strength) == (4, 6, "limited")
    assert "async" not in meta.formats and len(meta.formats) == 3
    assert made.programs["starta-smatt"].meta.title == "Börja smått" and made.pages["om"].meta.order == 11
    assert made.terms["sundord"].term == "Sundord" and len(made.terms) == len(base.terms) + 1
    assert made.behaviours["invite_voice"].label_en == "Ask"


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        ("title: {was: Fredagsraden, set: %s}" % ("x" * 50), "site.yaml:3:37: title: 50 characters, at most 45"),
        ("level: {was: foundation, set: hard}", 'site.yaml:3:35: level: "hard" is not one of the choices'),
        ("formats: {append: [mars]}", 'site.yaml:3:24: formats[5]: "mars" is not one of the choices'),
        ("titel: {was: null, set: Hej}", 'site.yaml:3:5: unknown key "titel"'),
        ("purpose: {was: WAS, set: null}", 'site.yaml:3:5: "purpose" is missing'),
        ("minutes.active: {was: 5, set: 6}", "site.yaml:3:35: the steps add up to 5 minutes, but active is 6"),
    ],
)
def test_a_patched_value_is_checked_at_its_place(tmp_path: Path, patch: str, told: str) -> None:
    """The same models and rules hold, and the message points at the patch."""
    patch = patch.replace("WAS", f'"{content().exercises["fredagsraden"].meta.purpose}"')
    found = stopped(layer(tmp_path / "top", f"patch:\n  exercises/fredagsraden:\n    {patch}\n"))
    assert len(found) == 1
    assert told in f"{found[0].at}: {found[0].message}", found[0]


def test_a_patch_that_does_not_meet_its_value_names_both(tmp_path: Path) -> None:
    """What the patch expects and what is there now."""
    site = "patch: {exercises/fredagsraden: {title: {was: Torsdag, set: Vecka}}}\n"
    (problem,) = stopped(layer(tmp_path / "top", site))
    assert problem.rule == "patch-was" and '"Torsdag"' in problem.message and '"Fredagsraden"' in problem.message


def test_what_is_hidden_is_not_suggested(tmp_path: Path) -> None:
    """An exercise that others name can be hidden: lists let it go, links become words. A program is told of."""
    base = content()
    in_programs = {item.exercise for program in base.programs.values() for item in program.meta.sequence}
    suggested = {name for made in base.exercises.values() for name in made.meta.next_exercises}
    free = sorted(suggested - in_programs)[0]
    made = content(layer(tmp_path / "top", f"hide: [{free}, aktionsforskning]\n"))
    assert free not in made.exercises and "aktionsforskning" not in made.pages
    assert "heja:page:aktionsforskning" in base.pages["om"].body.html
    assert "heja:page:aktionsforskning" not in made.pages["om"].body.html
    used = next(item.exercise for item in base.programs["starta-smatt"].meta.sequence)
    found = stopped(layer(tmp_path / "top", f"hide: [{used}]\n"))
    assert {problem.rule for problem in found} == {"broken-reference"}
    assert all("/programs/" in problem.at.path for problem in found)


def test_new_content_can_wait(tmp_path: Path) -> None:
    """With `new: hold`, what the layer has not seen is not shown."""
    low = layer(tmp_path / "low", ett=exercise("ett", "Ett"))
    top = layer(tmp_path / "top", "extends: ../low\nnew: hold\n")
    seen = "".join(f'"exercises/{name}",' for name in content(low).exercises)
    kinds = content(low)
    seen += ",".join(f'"{kind}/{name}"' for kind in ("programs", "pages") for name in getattr(kinds, kind))
    (top / "upstream.lock.json").write_text(f'{{"form": 1, "upstream": "x", "items": {{}}, "seen": [{seen}]}}')
    assert "ett" in content(top).exercises
    layer(low, tva=exercise("tva", "Två", "PRO02"))
    assert "tva" not in content(top).exercises and "tva" in content(low).exercises


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


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''|attr('__class__') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ '{0.__class__.__mro__}'.format(5) }}",
        "{{ url.func }}{{ url.__globals__ }}",
        "{{ site.model_config.clear() }}",
        "{{ content.exercises.clear() }}",
        "{{ content.origins['glossary.yaml'].root.value.clear() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../etc/passwd' %}",
        "{% include '../site.yaml' %}",
        "{% import '/etc/passwd' as x %}",
        "{% extends '!../../../etc/passwd' %}",
        "{% for a in range(999999999) %}{% endfor %}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x' * 10000000000 }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ 1 / 0 }}",
    ],
)
def test_templates_cannot_reach_out(tmp_path: Path, text: str) -> None:
    """Python's insides, files and what is shared are out of reach: the build stops at the template's line."""
    top = layer(tmp_path / "top")
    (top / "layouts/pages").mkdir(parents=True)
    (top / "layouts/pages/page.html").write_text(f"\n{text}\n")
    found = stopped(top)
    assert all(problem.rule in ("template-variable", "template-missing", "template-syntax") for problem in found), found
    assert found[0].at.path.endswith("layouts/pages/page.html") and found[0].at.line == 2


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


def test_a_huge_patch_is_refused(tmp_path: Path) -> None:
    """Ten thousand changes are no patch."""
    rows = "".join(f"    k{number}: {{was: null, set: 1}}\n" for number in range(10_000))
    (problem,) = stopped(layer(tmp_path / "top", f"patch:\n  exercises/fredagsraden:\n{rows}"))
    assert problem.rule == "patch-form" and "500" in problem.message


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


def test_the_preview_watches_what_a_layer_extends(tmp_path: Path) -> None:
    """A change in a layer further down rebuilds too."""
    from hejagen.preview import roots_of

    layer(tmp_path / "region")
    top = layer(tmp_path / "kommun", "extends: ../region\n")
    assert set(roots_of((top,))) == {ROOT, tmp_path / "region", tmp_path / "kommun"}


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
